//! Every decision of the files in `conventions/`, as they stand, and as their life may turn out.

use std::collections::BTreeSet;

use liant_convention::{Channel, Reach, UseKind};
use liant_guard::Standing;
use liant_model::{Date, Field};
use oracle::Slice;

use crate::court::{Alike, CONSENTS, Case, Court, Facts, moment, standings};

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

/// What is asked of an actor and an action: the fields that no clause of the slice tells apart, kind by kind, of each source
/// and of one that nobody names.
struct Questions<'c> {
    slice: Slice<'c>,
    sources: Vec<String>,
    kinds: Vec<Alike>,
    days: BTreeSet<Date>,
}

impl<'c> Questions<'c> {
    fn of(court: &'c Court, actor: &str, action: &str, all_days: &[i64]) -> Self {
        let slice = court.slice(actor, action).by_class();
        let codes: Vec<_> = Field::all().map(Field::code).collect();
        let kinds = slice.kinds(&codes).iter().map(|codes| Alike::of(codes)).collect();
        let mut sources = slice.sources();
        sources.push("elsewhere".to_owned());
        let days = if slice.is_empty() { dates(all_days) } else { dates(&slice.days()) };
        Self { slice, sources, kinds, days }
    }

    fn facts(&self) -> Vec<Facts<'_>> {
        let of = |from| self.kinds.iter().map(move |alike| (from, alike.clone()));
        self.sources.iter().map(String::as_str).flat_map(of).collect()
    }
}

/// Everything that the files decide, for every actor, purpose, field, source, reach, channel, consent and day.
fn holds(texts: &[String]) -> usize {
    let court = Court::new(texts.to_vec());
    let standings = standings();
    let days = court.judge.days();
    let actors = court.judge.actors();
    let mut decisions = 0;
    for action in &court.judge.actions() {
        let software = ["software".to_owned()];
        let by_itself = action.starts_with("use:");
        for actor in if by_itself { software.as_slice() } else { actors.as_slice() } {
            let questions = Questions::of(&court, actor, action, &days);
            let facts = questions.facts();
            for day in &questions.days {
                let case = Case { actor, action, territory: "62", now: moment(*day, 2) };
                decisions += decided(&court, case, &questions, &facts, &standings);
            }
        }
    }
    decisions
}

/// What is decided of one actor and action on one day: how many decisions.
fn decided(
    court: &Court,
    case: Case<'_>,
    questions: &Questions<'_>,
    facts: &[Facts<'_>],
    standings: &[Standing],
) -> usize {
    let slice = &questions.slice;
    match case.action.split_once(':') {
        None => readings(court, case, questions, facts, standings),
        Some(("wider", purpose)) => {
            court.searched(slice, case, purpose, standings, facts);
            standings.len() * facts.len()
        }
        Some(("oversee", purpose)) => {
            court.overseen(slice, case, purpose);
            1
        }
        Some(("use", work)) => {
            court.used(slice, case, work.parse::<UseKind>().unwrap(), facts);
            facts.len()
        }
        Some(_) => {
            for profile in FLOWS {
                court.passed(slice, case, profile, facts);
            }
            FLOWS.len() * facts.len()
        }
    }
}

fn readings(
    court: &Court,
    case: Case<'_>,
    questions: &Questions<'_>,
    facts: &[Facts<'_>],
    standings: &[Standing],
) -> usize {
    let slice = &questions.slice;
    let mut decisions = 0;
    for channel in Channel::ALL {
        for reach in Reach::ALL {
            let consents = if slice.asks_consent() { CONSENTS.as_slice() } else { &CONSENTS[3..] };
            for consents in consents {
                let reading = court.reading(case, *channel, *reach, consents);
                assert!(reading.sources().iter().all(|from| questions.sources.contains(from)));
                assert!(!slice.is_empty() || reading.is_refused());
                for one in facts.iter().filter(|_| !slice.is_empty()) {
                    reading.holds(slice, one);
                }
                decisions += facts.len();
            }
        }
        if !slice.is_empty() {
            court.seen(slice, case, (*channel, Reach::Oneself), standings, facts);
            decisions += standings.len() * facts.len();
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
