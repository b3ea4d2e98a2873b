//! Every decision of the files in `conventions/`, as they stand, and as their life may turn out.

use std::collections::BTreeSet;

use liant_convention::{Channel, Reach, UseKind};
use liant_guard::Standing;
use liant_model::{Date, Field};
use oracle::Slice;

use crate::court::{CONSENTS, Case, Court, moment, standings};

const REGISTER: &str = include_str!("../../../../conventions/62-departement.toml");
const RSA: &str = include_str!("../../../../conventions/62-echange-rsa.toml");
const FRAME: &str = include_str!("../../../../conventions/62-accompagnement-global.toml");
const FORM: &str = include_str!("../../../../conventions/62-echange-accompagnement-global.toml");
const FILES: [&str; 7] = [
    REGISTER,
    RSA,
    FRAME,
    FORM,
    include_str!("../../../../conventions/62-caf-accompagnement.toml"),
    include_str!("../../../../conventions/62-metiers-autonomie.toml"),
    include_str!("../../../../conventions/62-reseau-emploi.toml"),
];

const FLOWS: [&str; 6] = ["PECGM", "PECDH", "CGPEM", "RSABEM", "PERSONNES", "ORIENTATIONS"];

/// The date of a number that `Judge::days` gives, some days away.
fn date(number: i64, away: i64) -> Date {
    let first = Date::constant((number / 10_000) as i16, (number / 100 % 100) as i8, 1);
    first.checked_add(jiff::Span::new().days(number % 100 - 1 + away)).unwrap()
}

/// Both sides of every day on which something begins or ends.
fn dates(days: &[i64]) -> BTreeSet<Date> {
    days.iter().flat_map(|number| [date(*number, -1), date(*number, 0)]).collect()
}

/// What no clause of a slice tells apart: one field of each kind, of each source and of one that nobody names.
struct Questions<'c> {
    slice: Slice<'c>,
    sources: Vec<String>,
    kinds: Vec<Vec<&'static str>>,
    days: BTreeSet<Date>,
}

impl<'c> Questions<'c> {
    fn of(court: &'c Court, actor: &str, action: &str) -> Self {
        let slice = court.slice(actor, action);
        let codes: Vec<_> = Field::all().map(Field::code).collect();
        let (mut sources, kinds) = (slice.sources(), slice.kinds(&codes));
        sources.push("elsewhere".to_owned());
        let days = if slice.is_empty() { court.judge.days() } else { slice.days() };
        Self { slice, sources, kinds, days: dates(&days) }
    }

    fn all(&self) -> Vec<(&str, &[&str])> {
        let of = |from| self.kinds.iter().map(move |alike| (from, alike.as_slice()));
        self.sources.iter().map(String::as_str).flat_map(of).collect()
    }
}

/// Everything that the files decide, for every actor, purpose, field, source, reach, channel, consent and day.
fn holds(texts: &[String]) -> usize {
    let court = Court::new(texts.to_vec());
    let standings = standings();
    let actions = court.judge.actions();
    let mut decisions = 0;
    for action in &actions {
        let kind = action.split_once(':');
        let software = vec!["software".to_owned()];
        let actors = if matches!(kind, Some(("use", _))) { software } else { court.judge.actors() };
        for actor in &actors {
            let questions = Questions::of(&court, actor, action);
            let asked = questions.all();
            for day in &questions.days {
                let case = Case { actor, action, territory: "62", now: moment(*day, 2) };
                decisions += match kind {
                    None => readings(&court, case, &questions, &standings),
                    Some(("wider", purpose)) => {
                        for standing in &standings {
                            court.searched(case, purpose, standing, &asked);
                        }
                        standings.len() * asked.len()
                    }
                    Some(("oversee", purpose)) => {
                        court.overseen(case, purpose);
                        1
                    }
                    Some(("use", work)) => {
                        court.used(&questions.slice, case, work.parse::<UseKind>().unwrap(), &asked);
                        asked.len()
                    }
                    Some(_) => {
                        for profile in FLOWS {
                            court.passed(&questions.slice, case, profile, &asked);
                        }
                        FLOWS.len() * asked.len()
                    }
                };
            }
        }
    }
    decisions
}

fn readings(court: &Court, case: Case<'_>, questions: &Questions<'_>, standings: &[Standing]) -> usize {
    let (slice, asked) = (&questions.slice, questions.all());
    let mut decisions = 0;
    for channel in Channel::ALL {
        for reach in Reach::ALL {
            let consents = if slice.asks_consent() { CONSENTS.as_slice() } else { &CONSENTS[3..] };
            for consents in consents {
                let reading = court.reading(case, *channel, *reach, consents);
                assert!(reading.sources().iter().all(|from| questions.sources.contains(from)));
                assert!(!slice.is_empty() || reading.is_refused());
                for (from, alike) in asked.iter().filter(|_| !slice.is_empty()) {
                    reading.holds(slice, from, alike);
                }
                decisions += asked.len();
            }
        }
        for standing in standings.iter().filter(|_| !slice.is_empty()) {
            court.seen(slice, case, (*channel, Reach::Oneself), standing, &asked);
            decisions += asked.len();
        }
    }
    decisions
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
