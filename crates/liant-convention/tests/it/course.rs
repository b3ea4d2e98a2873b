//! The course of a convention: suspended, resumed, put on notice, ended; and what then leaves.

use jiff::civil::Date;
use liant_convention::{
    Channel, Convention, Course, CourseError, Decision, FlowQuery, Gate, Ground, Milestone, Query, Reach,
    SHIPPED, Step, UseKind, Validity,
};
use liant_model::{Instant, Source};

use crate::common::{actor, pas_de_calais, purpose, shipped, shipped_gate};

const EXCHANGE: &str = "62-echange-rsa";

fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

/// Noon in Paris on a day.
fn noon(day: Date) -> Instant {
    let noon = day.at(12, 0, 0, 0).in_tz("Europe/Paris").unwrap();
    Instant::from_micros(noon.timestamp().as_microsecond())
}

fn step(by: &str, step: Step, from: Date) -> Milestone {
    Milestone { convention: EXCHANGE.to_owned(), step, by: by.parse().unwrap(), from }
}

fn ours(what: Step, from: Date) -> Milestone {
    step("departement-62", what, from)
}

fn theirs(what: Step, from: Date) -> Milestone {
    step("france-travail", what, from)
}

/// The shipped files, the exchange convention with another way to end.
fn with_ending(ending: &str) -> Vec<Convention> {
    let known = "end       = { clause = \"art. 12\", notice = \"2 months\", cure = \"1 month\", cure_from = \"receipt\", suspends_on_default = false }";
    let change = |(name, text): &(&str, &str)| Convention::parse(name, &text.replace(known, ending)).unwrap();
    assert!(SHIPPED.iter().any(|(_, text)| text.contains(known)), "the exchange ends in other words");
    SHIPPED.iter().map(change).collect()
}

fn standing(gate: &Gate, steps: &[Milestone], on: Date) -> Validity {
    gate.following(pas_de_calais(), steps).standing(EXCHANGE, 1, on).unwrap()
}

#[test]
fn the_last_step_of_each_party_that_holds_decides_the_day() {
    use Step::{Resumed, Suspended};
    use Validity::{InForce, Suspended as Off};
    let gate = shipped_gate();
    let (d1, d5, d9) = (day(6, 1), day(6, 5), day(6, 9));
    for (steps, on, expected) in [
        (vec![], d1, InForce),
        (vec![ours(Suspended, d5)], day(6, 4), InForce),
        (vec![ours(Suspended, d5)], d5, Off(d5)),
        (vec![ours(Suspended, d5)], d9, Off(d5)),
        (vec![ours(Suspended, d1), ours(Resumed, d5)], day(6, 4), Off(d1)),
        (vec![ours(Suspended, d1), ours(Resumed, d5)], d5, InForce),
        // Taken back the same day.
        (vec![ours(Suspended, d1), ours(Resumed, d1)], d1, InForce),
        // Planned, and taken back before its day.
        (vec![ours(Suspended, d9), ours(Resumed, d5)], d9, InForce),
        (vec![ours(Suspended, d1), ours(Resumed, d5), ours(Suspended, d9)], d9, Off(d9)),
        // One party's word does not lift the other's.
        (vec![ours(Suspended, d1), theirs(Suspended, d5), ours(Resumed, d9)], d9, Off(d5)),
        (vec![ours(Suspended, d1), theirs(Resumed, d5)], d9, Off(d1)),
    ] {
        assert_eq!(standing(&gate, &steps, on), expected, "{steps:?} {on}");
    }
}

#[test]
fn a_notice_that_nobody_answers_ends_the_convention_with_its_last_day() {
    use Step::{Answered, Notice};
    use Validity::{Ended, InForce, Suspended};
    let (given, last) = (day(6, 15), day(7, 15));
    let plain = shipped();
    let suspending = with_ending(
        "end = { clause = \"art. 12\", cure = \"1 month\", suspends_on_default = true, suspended_by = [\"departement-62\"] }",
    );
    let none =
        with_ending("end = { clause = \"art. 12\", notice = \"2 months\", suspends_on_default = false }");
    for (files, steps, on, expected) in [
        (&plain, vec![ours(Notice, given)], last, InForce),
        (&plain, vec![ours(Notice, given)], day(7, 16), Ended(last)),
        (&plain, vec![ours(Notice, given), ours(Answered, last)], day(7, 16), InForce),
        // An answer after its last day comes too late, and whom the notice was given to does not answer for its giver.
        (&plain, vec![ours(Notice, given), ours(Answered, day(7, 16))], day(7, 20), Ended(last)),
        (&plain, vec![ours(Notice, given), theirs(Answered, given)], day(7, 20), Ended(last)),
        // A second one runs on its own.
        (
            &plain,
            vec![ours(Notice, given), ours(Answered, last), ours(Notice, day(8, 1))],
            day(9, 2),
            Ended(day(9, 1)),
        ),
        (&suspending, vec![ours(Notice, given)], given, Suspended(given)),
        (&suspending, vec![ours(Notice, given), ours(Answered, day(6, 20))], day(6, 19), Suspended(given)),
        (&suspending, vec![ours(Notice, given), ours(Answered, day(6, 20))], day(6, 20), InForce),
        (&suspending, vec![ours(Notice, given)], day(7, 16), Ended(last)),
        // Without words for it, a notice has no effect.
        (&none, vec![ours(Notice, given)], day(12, 1), InForce),
    ] {
        let gate = Gate::new(files.clone()).unwrap();
        assert_eq!(standing(&gate, &steps, on), expected, "{steps:?} {on}");
    }
}

#[test]
fn who_may_take_a_step_and_when() {
    use Step::{Answered, Notice, Resumed, Suspended};
    let files = shipped();
    let exchange = files.iter().find(|file| &*file.id == EXCHANGE).unwrap();
    let today = day(6, 5);
    let past = [ours(Suspended, day(6, 1)), ours(Notice, day(6, 2)), theirs(Notice, day(5, 20))];
    for (recorded, asked, expected) in [
        (&past[..0], ours(Suspended, today), Ok(())),
        (&past[..0], ours(Suspended, day(6, 4)), Err(CourseError::Past)),
        (&past[..0], ours(Suspended, Date::constant(2028, 9, 1)), Err(CourseError::Over)),
        (&past[..1], ours(Suspended, today), Err(CourseError::Suspended)),
        (&past[..1], theirs(Suspended, today), Ok(())),
        (&past[..1], ours(Resumed, today), Ok(())),
        (&past[..1], theirs(Resumed, today), Err(CourseError::NotSuspended)),
        (&past[..0], ours(Resumed, today), Err(CourseError::NotSuspended)),
        (&past[..1], ours(Notice, today), Ok(())),
        (&past[..2], ours(Notice, today), Err(CourseError::NoticeRuns)),
        (&past[..2], ours(Answered, today), Ok(())),
        (&past[..1], ours(Answered, today), Err(CourseError::NoNotice)),
        (&past[..3], theirs(Answered, day(6, 20)), Ok(())),
        (&past[..3], theirs(Answered, day(6, 21)), Err(CourseError::Over)),
    ] {
        let course = Course::of(exchange, &files, recorded);
        assert_eq!(course.admits(exchange, &files, &asked, today), expected, "{recorded:?} {asked:?}");
    }
    for (party, role, may) in [
        ("departement-62", "dpo", true),
        ("france-travail", "dpo", true),
        ("departement-62", "technician", false),
        ("caf-62", "dpo", false),
    ] {
        assert_eq!(exchange.steered(&actor(party, role)).is_ok(), may, "{party}/{role}");
    }
}

#[test]
fn a_register_entry_has_no_course() {
    let files = shipped();
    let register = files.iter().find(|file| &*file.id == "62-departement").unwrap();
    let mut asked = ours(Step::Suspended, day(6, 1));
    asked.convention = "62-departement".to_owned();
    let recorded = [asked.clone()];
    let course = Course::of(register, &files, &recorded);
    assert_eq!(course, Course::default());
    assert_eq!(course.admits(register, &files, &asked, day(6, 1)), Err(CourseError::Register));
    let gate = shipped_gate().following(pas_de_calais(), &recorded);
    assert_eq!(gate.standing("62-departement", 1, day(6, 2)), Some(Validity::InForce));
}

#[test]
fn suspended_nothing_leaves_and_only_destruction_goes_on() {
    let (gate, on) = (shipped_gate(), day(6, 2));
    let suspended = gate.following(pas_de_calais(), &[ours(Step::Suspended, day(6, 1))]);
    let now = noon(on);
    let officer = actor("departement-62", "orientation_officer");
    let why = purpose("orientation");
    let asked = Query {
        actor: &officer,
        purpose: &why,
        channel: Channel::Screen,
        territory: pas_de_calais(),
        reach: Reach::Territory,
        now,
    };
    let sources = |gate: &Gate| match gate.decide(&asked) {
        Decision::Granted(granted) => granted.sources(),
        Decision::Refused(_) => Vec::new(),
    };
    assert!(sources(&gate).contains(&Source::FRANCE_TRAVAIL));
    assert!(!sources(&suspended).contains(&Source::FRANCE_TRAVAIL), "the partner's facts stay in");
    assert!(
        sources(&suspended).contains(&Source::DEPARTEMENT),
        "the controller's own records are not blinded"
    );
    let technician = actor("departement-62", "technician");
    for profile in ["PECGM", "PECDH", "CGPEM"] {
        let flow = FlowQuery { profile, actor: &technician, territory: pas_de_calais(), now };
        let passes = |gate: &Gate| gate.send(&flow).is_ok() || gate.receive(&flow).is_ok();
        assert!(passes(&gate) && !passes(&suspended), "{profile}");
    }
    for kind in UseKind::ALL {
        let may = suspended.may_use(*kind, &Source::FRANCE_TRAVAIL, pas_de_calais(), now).is_ok();
        assert_eq!(may, *kind == UseKind::Retain, "{kind}");
    }
    let elsewhere = gate.following("59".parse().unwrap(), &[ours(Step::Suspended, day(6, 1))]);
    assert_eq!(elsewhere.standing(EXCHANGE, 1, on), Some(Validity::InForce), "another territory's steps");
}

#[test]
fn what_the_file_says_is_never_lifted() {
    let gate = crate::common::gate_with(
        "hosting   = \"EU\"",
        "hosting   = \"EU\"\nsuspended = { since = 2026-06-01, clause = \"art. 12\" }",
    );
    let lifted = [ours(Step::Suspended, day(6, 2)), ours(Step::Resumed, day(6, 3))];
    assert_eq!(standing(&gate, &lifted, day(6, 4)), Validity::Suspended(day(6, 1)));
}

#[test]
fn for_a_default_those_suspend_whom_the_text_names() {
    let said = "end = { clause = \"art. 12\", cure = \"1 month\", cure_from = \"receipt\", suspends_on_default = true, suspended_by = [\"france-travail\"] }";
    let silent =
        with_ending("end = { clause = \"art. 12\", notice = \"2 months\", suspends_on_default = false }");
    let named = with_ending(said);
    for (files, party, ground, may) in [
        (&named, "france-travail", Ground::Default, true),
        (&named, "departement-62", Ground::Default, false),
        (&named, "departement-62", Ground::Breach, true),
        (&named, "departement-62", Ground::Flaw, true),
        (&named, "departement-62", Ground::Authority, true),
        (&silent, "departement-62", Ground::Default, true),
    ] {
        let file = files.iter().find(|file| &*file.id == EXCHANGE).unwrap();
        let answer = file.suspends_on(&party.parse().unwrap(), ground);
        assert_eq!(answer, if may { Ok(()) } else { Err(CourseError::NotForDefault) }, "{party} {ground}");
    }
}
