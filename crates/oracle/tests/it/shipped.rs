//! Every decision of the files in `conventions/`, as they stand, and as their life may turn out.

use std::collections::BTreeSet;

use liant_convention::{Channel, Reach, UseKind};
use liant_guard::Standing;
use liant_model::{Date, Field};

use crate::court::{CONSENTS, Case, Court, moment, standings};

const FILES: [&str; 7] = [
    include_str!("../../../../conventions/62-departement.toml"),
    include_str!("../../../../conventions/62-echange-rsa.toml"),
    include_str!("../../../../conventions/62-accompagnement-global.toml"),
    include_str!("../../../../conventions/62-echange-accompagnement-global.toml"),
    include_str!("../../../../conventions/62-caf-accompagnement.toml"),
    include_str!("../../../../conventions/62-metiers-autonomie.toml"),
    include_str!("../../../../conventions/62-reseau-emploi.toml"),
];
const [REGISTER, RSA, FRAME, FORM, ..]: [&str; 7] = FILES;

/// The date of a number that `Judge::days` gives, some days away.
fn date(number: i64, away: i64) -> Date {
    let first = Date::constant((number / 10_000) as i16, (number / 100 % 100) as i8, 1);
    first.checked_add(jiff::Span::new().days(number % 100 - 1 + away)).unwrap()
}

/// Both sides of every day on which something begins or ends.
fn dates(court: &Court) -> BTreeSet<Date> {
    court.judge.days().into_iter().flat_map(|number| [date(number, -1), date(number, 0)]).collect()
}

fn codes() -> Vec<&'static str> {
    Field::all().map(Field::code).collect()
}

/// Everything that the files decide, for every actor, purpose, field, source, reach, channel, consent and day.
fn holds(texts: &[String]) -> usize {
    let court = Court::new(texts.to_vec());
    let standings = standings();
    let days = dates(&court);
    let actions = court.judge.actions();
    let mut decisions = 0;
    for actor in court.judge.actors() {
        for action in &actions {
            for day in &days {
                let case = Case { actor: &actor, action, territory: "62", now: moment(*day, 2) };
                decisions += match action.split_once(':') {
                    None => readings(&court, case, &standings),
                    Some(("file", _)) => files(&court, case),
                    Some(("wider", purpose)) => wider(&court, case, purpose, &standings),
                    Some(("oversee", purpose)) => {
                        court.overseen(case, purpose);
                        1
                    }
                    Some(_) => 0,
                };
            }
        }
    }
    for action in actions.iter().filter_map(|action| action.strip_prefix("use:")) {
        for day in &days {
            decisions += uses(&court, action, *day);
        }
    }
    decisions
}

/// The questions that no clause tells apart: one field of each kind, of each source and of one that nobody names.
fn questions<'a>(sources: &'a [String], kinds: &'a [Vec<&'static str>]) -> Vec<(&'a str, &'a [&'static str])> {
    let sources = sources.iter().map(String::as_str).chain(["elsewhere"]);
    sources.flat_map(|from| kinds.iter().map(move |alike| (from, alike.as_slice()))).collect()
}

fn readings(court: &Court, case: Case<'_>, standings: &[Standing]) -> usize {
    let slice = court.slice(case.actor, case.action);
    let (sources, kinds) = (slice.sources(), slice.kinds(&codes()));
    let asked = questions(&sources, &kinds);
    let mut decisions = 0;
    for channel in Channel::ALL {
        for reach in Reach::ALL {
            for consents in CONSENTS {
                let reading = court.reading(case, *channel, *reach, consents);
                if slice.is_empty() {
                    assert!(reading.is_refused());
                    decisions += 1;
                    continue;
                }
                assert!(reading.sources().iter().all(|from| sources.contains(from)));
                for (from, alike) in &asked {
                    reading.holds(&slice, from, alike);
                }
                decisions += asked.len();
            }
        }
        if !slice.is_empty() {
            for standing in standings {
                court.seen(&slice, case, (*channel, Reach::Designated), standing, &asked);
                decisions += asked.len();
            }
        }
    }
    decisions
}

fn files(court: &Court, case: Case<'_>) -> usize {
    let slice = court.slice(case.actor, case.action);
    let (sources, kinds) = (slice.sources(), slice.kinds(&codes()));
    let asked = questions(&sources, &kinds);
    for profile in ["PECGM", "PECDH", "CGPEM", "RSABEM", "PERSONNES", "ORIENTATIONS"] {
        court.passed(&slice, case, profile, &asked);
    }
    6 * asked.len()
}

fn wider(court: &Court, case: Case<'_>, purpose: &str, standings: &[Standing]) -> usize {
    let slice = court.slice(case.actor, case.action);
    let (sources, kinds) = (slice.sources(), slice.kinds(&codes()));
    let asked = questions(&sources, &kinds);
    for standing in standings {
        court.searched(case, purpose, standing, &asked);
    }
    standings.len() * asked.len()
}

fn uses(court: &Court, kind: &str, day: Date) -> usize {
    let action = format!("use:{kind}");
    let slice = court.slice("software", &action);
    let (sources, kinds) = (slice.sources(), slice.kinds(&codes()));
    let asked = questions(&sources, &kinds);
    let case = Case { actor: "software", action: &action, territory: "62", now: moment(day, 1) };
    court.used(&slice, case, kind.parse::<UseKind>().unwrap(), &asked);
    asked.len()
}

fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn every_decision_of_the_files_as_they_stand() {
    assert!(holds(&FILES.map(str::to_owned)) > 100_000);
}

#[test]
fn every_decision_while_conventions_are_suspended() {
    let suspended = |text: &str, since: &str| {
        changed(text, "in_force", &format!("suspended = {{ since = {since}, clause = \"c\" }}\nin_force"))
    };
    let rsa = suspended(RSA, "2025-05-01, until = 2025-06-30");
    holds(&[REGISTER.to_owned(), rsa, suspended(FRAME, "2026-05-01"), FORM.to_owned()]);
}

/// A first version of the parent that ended, a second to come: in between, what was received must still be destroyed.
#[test]
fn every_decision_between_two_versions_of_the_convention_that_is_carried_out() {
    let first = changed(FRAME, "version    = 2", "version    = 1");
    let first = changed(&first, "until = 2027-12-31", "until = 2026-06-30");
    let second = changed(FRAME, "from = 2026-01-01", "from = 2027-01-01");
    holds(&[first, second, FORM.to_owned()]);
}

#[test]
fn every_decision_once_a_convention_is_amended() {
    let amended = changed(RSA, "version   = 1", "version   = 2");
    let start = amended.find("from = ").unwrap() + "from = ".len();
    let amended = format!("{}2026-02-01{}", &amended[..start], &amended[start + 10..]);
    let narrowed = changed(&amended, "reach    = \"service\"", "reach    = \"caseload\"");
    holds(&[REGISTER.to_owned(), RSA.to_owned(), narrowed]);
}
