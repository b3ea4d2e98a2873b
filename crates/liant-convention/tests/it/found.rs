//! What the gate once decided otherwise than the reference says: found by the oracle (`crates/oracle`).

use liant_convention::{Convention, FlowQuery, Gate, SHIPPED, UseKind, Validity};
use liant_model::{Date, Instant, Source};

use crate::common::{COOPERATION, FORM, MARCH_2026, actor, pas_de_calais};

fn gate(files: &[&str]) -> Gate {
    let files = files.iter().map(|text| Convention::parse("f", text).unwrap()).collect();
    Gate::new(files).unwrap()
}

fn noon(year: i16, month: i8, day: i8) -> Instant {
    Instant::noon_of(Date::constant(year, month, day))
}

/// Between the end of the parent's first version and the beginning of its second nothing passes, and what was received
/// must still be destroyed.
#[test]
fn destruction_goes_on_between_two_versions_of_the_convention_that_is_carried_out() {
    let first = COOPERATION.replacen("version    = 2", "version    = 1", 1);
    let first = first.replacen("until = 2027-12-31", "until = 2026-06-30", 1);
    let second = COOPERATION.replacen("from = 2026-01-01", "from = 2027-01-01", 1);
    let gate = gate(&[&first, &second, FORM]);
    for (now, open) in [(noon(2026, 6, 30), true), (noon(2026, 7, 1), false), (noon(2027, 1, 1), true)] {
        let may = |kind| gate.may_use(kind, &Source::DEPARTEMENT, pas_de_calais(), now).is_ok();
        assert_eq!((may(UseKind::Clocks), may(UseKind::Retain)), (open, true), "{}", now.date());
    }
    let before = gate.may_use(UseKind::Retain, &Source::DEPARTEMENT, pas_de_calais(), noon(2025, 12, 31));
    assert!(before.is_err(), "before its first day nothing was received");
}

/// Versions numbered against the order of their days: `check` refuses them together, and were they executed all the
/// same, the oldest would not come back when a later one takes over.
#[test]
fn a_version_is_over_once_any_later_one_begins() {
    let version = |number: &str, from: &str| {
        let text = COOPERATION.replacen("version    = 2", &format!("version    = {number}"), 1);
        text.replacen("from = 2026-01-01", &format!("from = {from}"), 1)
    };
    let (first, second) = (version("1", "2026-01-01"), version("2", "2027-01-01"));
    let third = version("3", "2026-07-01");
    let gate = gate(&[&first, &second, &third, FORM]);
    let query = |now| gate.may_use(UseKind::Clocks, &Source::DEPARTEMENT, pas_de_calais(), now);
    // By the first until the third begins, then by the third.
    for now in [noon(2026, 6, 30), noon(2026, 7, 1), noon(2027, 12, 31)] {
        assert!(query(now).is_ok(), "{}", now.date());
    }
    let suspended =
        third.replacen("rendezvous =", "suspended = { since = 2026-07-01, clause = \"c\" }\nrendezvous =", 1);
    let gate = self::gate(&[&first, &second, &suspended, FORM]);
    let query = |now| gate.may_use(UseKind::Clocks, &Source::DEPARTEMENT, pas_de_calais(), now);
    assert!(query(noon(2026, 6, 30)).is_ok());
    let refusal = query(noon(2026, 7, 1)).unwrap_err();
    assert!(refusal.to_string().contains("is suspended since 2026-07-01"), "{refusal}");
}

#[test]
fn a_year_that_begins_on_a_leap_day_has_its_last_day() {
    for (from, years, last) in [
        ("2024-02-29", 1, Date::constant(2025, 2, 28)),
        ("2024-02-29", 4, Date::constant(2028, 2, 28)),
        ("2023-03-01", 1, Date::constant(2024, 2, 29)),
        ("2025-01-01", 2, Date::constant(2026, 12, 31)),
    ] {
        let dates = format!("from = {from}, years = {years}");
        let text = COOPERATION.replacen("from = 2026-01-01, until = 2027-12-31", &dates, 1);
        assert_eq!(Convention::parse("f", &text).unwrap().in_force.until, Some(last), "{dates}");
    }
}

/// Two conventions in force know one flow, and each names its own handlers.
#[test]
fn a_file_passes_under_the_convention_that_lets_its_handler_pass_it() {
    let [(_, register), (_, exchange)] = SHIPPED else { panic!("other files ship") };
    let other = exchange.replacen("id        = \"62-echange-rsa\"", "id        = \"62-autre\"", 1);
    let by = "by        = [\"departement-62/technician\", \"france-travail/technician\"]";
    let officer = "by        = [\"orientation_officer\", \"france-travail/technician\"]";
    assert!(other.contains(by) && other.contains("62-autre"));
    let gate = gate(&[register, exchange, &other.replace(by, officer)]);
    for (role, id) in [("technician", "62-echange-rsa"), ("orientation_officer", "62-autre")] {
        let handler = actor("departement-62", role);
        let query =
            FlowQuery { profile: "CGPEM", actor: &handler, territory: pas_de_calais(), now: MARCH_2026 };
        let permit = gate.send(&query).unwrap();
        assert_eq!(permit.clause.convention, id);
        assert!(permit.content.releases().iter().all(|release| release.clause.convention == id));
    }
    let clerk = actor("departement-62", "clerk");
    let query = FlowQuery { profile: "CGPEM", actor: &clerk, territory: pas_de_calais(), now: MARCH_2026 };
    assert!(gate.send(&query).unwrap_err().to_string().contains("may not handle CGPEM"));
}

#[test]
fn what_a_parent_of_another_day_says_is_told() {
    let later = COOPERATION.replacen("from = 2026-01-01", "from = 2027-01-01", 1);
    let gate = gate(&[&later, FORM]);
    let refusal =
        gate.may_use(UseKind::Clocks, &Source::DEPARTEMENT, pas_de_calais(), MARCH_2026).unwrap_err();
    let liant_convention::Refusal::NotInForce(closed) = *refusal else { panic!("{refusal}") };
    assert!(
        closed.iter().all(|one| one.validity == Validity::NotYet(Date::constant(2027, 1, 1))),
        "{closed:?}"
    );
}
