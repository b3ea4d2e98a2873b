//! What is due, who is told, and what a scheduler that was away makes of it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use liant_casework::*;
use liant_model::{Instant, PersonId, Uuid};
use proptest::prelude::*;

use crate::oracle::Day;
use crate::story::*;

fn found(story: &Story) -> Vec<(String, String, Vec<String>)> {
    let all = clocks(&story.programmes, &story.path);
    let days = |clock: &Clock<'_>| clock.alerts.iter().map(|alert| alert.on.to_string()).collect();
    all.iter().map(|clock| (clock.what().to_string(), clock.due.to_string(), days(clock))).collect()
}

/// A proposal that takes an answer.
fn asked(on: &str) -> Story {
    let mut story = Story::of(GLOBAL);
    story.order("adviser", on, consent());
    let facts: Vec<&str> = SEEKER.iter().copied().chain(["rsa"]).collect();
    story.order("adviser", on, propose("local_service_head", &facts));
    story
}

/// A tacit agreement takes no answer: nobody is told that one is due.
#[test]
fn only_what_takes_an_answer_waits_for_one() {
    let of = |story: &Story| found(story).into_iter().map(|(what, ..)| what).collect::<Vec<_>>();
    assert_eq!(of(&proposed("2026-03-02")), ["entry"]);
    assert_eq!(of(&asked("2026-03-02")), ["answer", "entry"]);
}

#[test]
fn the_twenty_one_days_and_who_is_told_on_which() {
    let story = asked("2026-03-02");
    let all = found(&story);
    let row = |what: &str, due: &str, days: &[&str]| {
        (what.to_owned(), due.to_owned(), days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        all,
        [
            row(
                "answer",
                "2026-03-12",
                &["2026-03-07", "2026-03-11", "2026-03-12", "2026-03-14", "2026-03-17"]
            ),
            row(
                "entry",
                "2026-03-23",
                &["2026-03-09", "2026-03-16", "2026-03-21", "2026-03-23", "2026-03-24", "2026-03-30"]
            ),
        ]
    );
    let clocks = clocks(&story.programmes, &story.path);
    let told: Vec<_> = clocks[1].alerts.iter().map(|alert| alert.rule.tell.len()).collect();
    assert_eq!(told, [2, 2, 2, 2, 3, 3], "late, it goes higher");
    for (on, standing) in [
        ("2026-03-20", ClockStanding::Ahead(3)),
        ("2026-03-23", ClockStanding::Due),
        ("2026-03-24", ClockStanding::Late(1)),
    ] {
        assert_eq!(clocks[1].standing(day(on)), standing);
    }
}

#[test]
fn clocks_start_stop_and_start_anew() {
    let mut story = entered("2026-03-02", "6 months");
    let due = |story: &Story| found(story).into_iter().map(|(what, due, _)| (what, due)).collect::<Vec<_>>();
    let row = |what: &str, due: &str| (what.to_owned(), due.to_owned());
    assert_eq!(due(&story), [row("monthly-point", "2026-04-02"), row("re-examination", "2026-09-02")]);
    story.act("social_referent", "2026-03-28", "monthly-point");
    assert_eq!(due(&story)[0], row("monthly-point", "2026-04-28"));
    story.act("adviser", "2026-03-20", "monthly-point");
    assert_eq!(
        due(&story)[0],
        row("monthly-point", "2026-04-28"),
        "one recorded late does not hide a later one"
    );
    story.order("adviser", "2026-05-02", Order::Withdraw);
    assert_eq!(due(&story), []);
}

/// An act recorded ten days late does not bring the alerts of ten days, but the last of those that were missed.
#[test]
fn nobody_is_told_before_a_clock_is_known() {
    let mut story = Story::of(GLOBAL);
    story.now = Some(noon(day("2026-03-20")));
    story.order("adviser", "2026-03-02", consent());
    story.order("adviser", "2026-03-02", propose("local_service_head", SEEKER));
    let clocks = clocks(&story.programmes, &story.path);
    let entry = clocks.iter().find(|clock| clock.what().as_str() == "entry").unwrap();
    let days: Vec<_> = entry.alerts.iter().map(|alert| alert.on.to_string()).collect();
    assert_eq!(days, ["2026-03-16", "2026-03-21", "2026-03-23", "2026-03-24", "2026-03-30"]);
    let before = due_alerts(&clocks, Instant::from_micros(0), noon(day("2026-03-19")));
    assert!(before.is_empty());
    let first = due_alerts(&clocks, noon(day("2026-03-19")), noon(day("2026-03-20")));
    assert_eq!(first.iter().filter(|alert| alert.clock.what().as_str() == "entry").count(), 1);
}

/// The hour of alerts is eight o'clock in Paris in winter and in summer.
#[test]
fn an_alert_has_its_hour_on_both_sides_of_the_change_of_clocks() {
    let story = proposed("2026-03-09");
    let all = clocks(&story.programmes, &story.path);
    let alerts = due_alerts(&all, noon(day("2026-03-09")), noon(day("2026-04-30")));
    let hour = |on: &str| {
        let alert = alerts.iter().find(|one| one.alert.on == day(on)).unwrap();
        jiff::Timestamp::from_microsecond(alert.at.micros()).unwrap().to_string()
    };
    assert_eq!(hour("2026-03-28"), "2026-03-28T07:00:00Z");
    assert_eq!(hour("2026-03-30"), "2026-03-30T06:00:00Z");
}

/// An hour that the change leaves out is the next that there is, and one that comes twice is the first.
#[test]
fn an_hour_that_there_is_not_and_one_that_there_is_twice() {
    for (sent, on, expected) in [
        ("2026-03-15", "2026-03-29", "2026-03-29T01:30:00Z"),
        ("2026-10-04", "2026-10-25", "2026-10-25T00:30:00Z"),
    ] {
        let mut story =
            Story::with(changed(GLOBAL, "alerts_at = \"08:00\"", "alerts_at = \"02:30\""), GLOBAL);
        story.order("adviser", sent, consent());
        story.order("adviser", sent, propose("local_service_head", SEEKER));
        let all = clocks(&story.programmes, &story.path);
        let alerts = due_alerts(&all, noon(day(sent)), noon(day("2026-12-01")));
        let entry = |one: &&DueAlert<'_, '_>| one.alert.on == day(on) && one.clock.what().as_str() == "entry";
        let at =
            alerts.iter().find(entry).map(|one| jiff::Timestamp::from_microsecond(one.at.micros()).unwrap());
        assert_eq!(at.map(|at| at.to_string()).as_deref(), Some(expected), "{on}");
    }
}

#[test]
fn a_week_of_outage_delays_alerts_and_loses_and_doubles_none() {
    let story = asked("2026-03-02");
    let all = clocks(&story.programmes, &story.path);
    let person = PersonId(Uuid::from_u128(7));
    let keys = |runs: &[&str]| -> Vec<AlertKey> {
        let ends: Vec<Instant> = runs.iter().map(|on| noon(day(on))).collect();
        let windows = ends.windows(2);
        windows.flat_map(|pair| due_alerts(&all, pair[0], pair[1])).map(|alert| alert.key(person)).collect()
    };
    let daily: Vec<String> = (1..=31).map(|on| format!("2026-03-{on:02}")).collect();
    let daily: Vec<&str> = daily.iter().map(String::as_str).collect();
    let away: Vec<&str> =
        daily.iter().copied().filter(|on| !("2026-03-08".."2026-03-15").contains(on)).collect();
    assert_eq!(keys(&daily), keys(&away));
    assert_eq!(keys(&daily).len(), 11);
    assert_eq!(keys(&daily).iter().collect::<BTreeSet<_>>().len(), 11, "each has its own key");
}

#[test]
fn a_file_that_is_missing_is_no_silence() {
    let story = proposed("2026-03-02");
    assert!(without_file(&story.programmes, &story.path).is_empty());
    let none = Programmes::default();
    assert!(clocks(&none, &story.path).is_empty());
    assert_eq!(without_file(&none, &story.path), [(&code(GLOBAL), 1)]);
}

proptest! {
    /// However the time is cut into runs, each alert is given once.
    #[test]
    fn runs_of_any_length_give_each_alert_once(mut cuts in proptest::collection::vec(0_i64..90 * 24, 0..12)) {
        let story = entered("2026-03-02", "6 months");
        let all = clocks(&story.programmes, &story.path);
        let start = noon(day("2026-03-02")).micros();
        let at = |hours: i64| Instant::from_micros(start + hours * 3_600_000_000);
        cuts.extend([0, 90 * 24]);
        cuts.sort_unstable();
        let given = |from, to| due_alerts(&all, from, to).iter().map(|one| (one.at, one.alert.on)).collect::<Vec<_>>();
        let whole = given(at(0), at(90 * 24));
        let pieces: Vec<_> = cuts.windows(2).flat_map(|pair| given(at(pair[0]), at(pair[1]))).collect();
        prop_assert_eq!(whole, pieces);
    }

    /// Any length of any kind of days, from any day of four centuries, against the naive calendar.
    #[test]
    fn due_dates_are_those_of_the_naive_calendar(
        (year, month, of_month) in (1901_i16..2299, 1_i8..=12, 1_i8..=28),
        count in 1_u32..60, unit in 0_usize..4, if_off in 0_usize..3,
    ) {
        let sent = Date::new(year, month, of_month).unwrap();
        let (length, counts) = [("days", "calendar"), ("days", "working"), ("months", "calendar"), ("years", "calendar")][unit];
        let moves = ["keep", "next", "previous"][if_off];
        let count = if unit == 3 { count % 5 + 1 } else { count };
        let text = SHIPPED_PROGRAMMES.iter().find(|(name, _)| name.contains("global")).unwrap().1;
        let text = text
            .replace("from        = 2024-01-01", "from        = 1900-01-01")
            .replace("within = \"21 days\"", &format!("within = \"{count} {length}\"\ncounts = \"{counts}\"\nif_off = \"{moves}\""));
        let (holidays, territory) = place();
        let programme = Programme::parse("changed", &text).unwrap();
        let mut story = Story::with(Programmes::new(vec![programme], &holidays, territory).unwrap(), GLOBAL);
        story.order("adviser", &sent.to_string(), consent());
        story.order("adviser", &sent.to_string(), propose("local_service_head", SEEKER));
        let due = clocks(&story.programmes, &story.path).iter().find(|clock| clock.what().as_str() == "entry").unwrap().due;
        let mut expected = Day::of(sent);
        match unit {
            0 => expected = expected.days_on(count.into()),
            1 => {
                let mut left = count;
                while left > 0 {
                    expected = expected.next();
                    left -= u32::from(expected.works());
                }
            }
            2 => expected = expected.months_on(count.into()),
            _ => expected = expected.months_on(i64::from(count) * 12),
        }
        while if_off > 0 && !expected.works() {
            expected = if if_off == 1 { expected.next() } else { expected.before() };
        }
        prop_assert_eq!(due, expected.date());
    }
}
