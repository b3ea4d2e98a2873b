//! Working days, months and holidays, against the naive calendar, over four centuries.

use jiff::civil::Date;
use liant_casework::*;
use proptest::prelude::*;

use crate::oracle::Day;
use crate::story::*;

fn any_day() -> impl Strategy<Value = Date> {
    (1900_i16..2300, 1_i8..=12, 1_i8..=31)
        .prop_filter_map("a day", |(year, month, day)| Date::new(year, month, day).ok())
}

fn ours() -> Calendar {
    let (holidays, territory) = place();
    Calendar::resting(&[Weekday::Saturday, Weekday::Sunday]).with(&holidays, territory)
}

#[test]
fn each_day_of_two_centuries_is_off_in_both_calendars_or_in_neither() {
    let calendar = ours();
    let (mut day, last) =
        (Day { year: 1950, month: 1, of_month: 1 }, Day { year: 2150, month: 12, of_month: 31 });
    while day <= last {
        assert_eq!(calendar.is_off(day.date()), !day.works(), "{day:?}");
        day = day.next();
    }
}

#[test]
fn alsace_and_moselle_rest_two_days_more() {
    let (holidays, _) = place();
    let there = liant_model::Territory::parse("57").unwrap();
    let calendar = Calendar::resting(&[Weekday::Saturday, Weekday::Sunday]).with(&holidays, there);
    // Good Friday of 2026, and the Monday after it.
    assert_eq!(calendar.working_days_after(day("2026-04-02"), 1), day("2026-04-07"));
    assert_eq!(ours().working_days_after(day("2026-04-02"), 1), day("2026-04-03"));
    assert_eq!(Calendar::resting(&[]).working_days_after(day("2026-04-02"), 4), day("2026-04-06"));
}

proptest! {
    #[test]
    fn working_days_are_counted_as_on_fingers(start in any_day(), count in 0_u32..40) {
        let calendar = ours();
        let (mut day, mut left) = (Day::of(start), count);
        while left > 0 {
            day = day.next();
            left -= u32::from(day.works());
        }
        prop_assert_eq!(calendar.working_days_after(start, count), day.date());
    }

    #[test]
    fn a_date_on_a_day_off_moves_as_its_rule_says(start in any_day()) {
        let calendar = ours();
        let (mut next, mut previous) = (Day::of(start), Day::of(start));
        while !next.works() {
            next = next.next();
        }
        while !previous.works() {
            previous = previous.before();
        }
        prop_assert_eq!(calendar.settled(start, IfOff::Keep), start);
        prop_assert_eq!(calendar.settled(start, IfOff::Next), next.date());
        prop_assert_eq!(calendar.settled(start, IfOff::Previous), previous.date());
    }

    /// Months are added as the almanac adds them, and what lies between two days gives the second back.
    #[test]
    fn tenures_are_added_as_on_fingers(start in any_day(), months in 0_u32..60, days in 0_u32..60) {
        let expected = Day::of(start).months_on(months.into()).days_on(days.into());
        prop_assert_eq!(Tenure { months, days }.end(start), expected.date());
        let between = Tenure::between(start, expected.date());
        prop_assert_eq!(between.end(start), expected.date());
        prop_assert!(between.days < 31);
    }
}

#[test]
fn leap_years_and_short_months() {
    for (start, months, end) in [
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-08-31", 12, "2026-08-31"), // twice six months is a year, not 28 August
        ("1999-12-31", 2, "2000-02-29"),
        ("2099-12-31", 2, "2100-02-28"),
    ] {
        assert_eq!(Tenure { months, days: 0 }.end(day(start)), day(end), "{start}");
    }
}
