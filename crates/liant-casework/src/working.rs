use jiff::Span;
use jiff::civil::{Date, Weekday};
use liant_convention::{Convention, FlowDay};
use liant_model::Territory;

use crate::{Holidays, Month};

/// The day that the words of a convention come to in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoned {
    /// The day, by our reading: working Fridays (*vendredis ouvrés*), those that are no public holiday of the
    /// Département, are counted.
    pub date: Date,
    /// The day by the other reading, when it is another: the Fridays are counted, worked or not. It is never the later, so who is
    /// careful keeps it.
    pub otherwise: Option<Date>,
}

/// The day that `3rd working friday` or `monday after 2nd working friday` is in a month. None when the month has not as
/// many working Fridays: the 4th may be missing, the first three never.
///
/// The Monday after stays the date when it is a holiday.
pub fn flow_day(day: FlowDay, month: Month, holidays: &Holidays, territory: Territory) -> Option<Reckoned> {
    let off = holidays.of_year(month.first().year(), territory);
    let works = |date: &Date| off.iter().all(|holiday| holiday.date != *date);
    let date = nth_friday(day, month, works)?;
    let otherwise = nth_friday(day, month, |_| true).filter(|other| *other != date);
    Some(Reckoned { date, otherwise })
}

fn nth_friday(day: FlowDay, month: Month, counts: impl Fn(&Date) -> bool) -> Option<Date> {
    let place = usize::from(day.working_friday).checked_sub(1)?;
    let friday = month.days().filter(|date| date.weekday() == Weekday::Friday).filter(counts).nth(place)?;
    if day.monday_after { friday.checked_add(Span::new().days(3)).ok() } else { Some(friday) }
}

/// A lint of a convention: the months, from one to another, in which its words for a day of the month may be read in two
/// ways, by flow. Settle the reading with the other party, or keep the earlier day.
pub fn ambiguities(
    convention: &Convention,
    (first, last): (Month, Month),
    holidays: &Holidays,
) -> Vec<(String, Month, Reckoned)> {
    let worded = |flow: &liant_convention::Flow| [flow.available, flow.due.as_ref().map(|due| due.day)];
    let flows = convention
        .flows
        .iter()
        .flat_map(|flow| worded(flow).into_iter().flatten().map(|day| (flow.profile.clone(), day)));
    flows
        .flat_map(|(profile, day)| first.to(last).map(move |month| (profile.clone(), day, month)))
        .filter_map(|(profile, day, month)| {
            let reckoned = flow_day(day, month, holidays, convention.territory)?;
            reckoned.otherwise.map(|_| (profile, month, reckoned))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use liant_convention::SHIPPED;
    use proptest::prelude::*;

    use super::*;

    fn reckoned(words: &str, month: &str, code: &str) -> Option<(String, Option<String>)> {
        let holidays = Holidays::shipped().unwrap();
        let territory = Territory::parse(code).unwrap();
        let day = flow_day(words.parse().unwrap(), month.parse().unwrap(), &holidays, territory)?;
        Some((day.date.to_string(), day.otherwise.map(|date| date.to_string())))
    }

    #[test]
    fn working_fridays_are_those_that_are_no_holiday() {
        let third = "3rd working friday";
        for (words, month, code, date, otherwise) in [
            (third, "2026-11", "62", "2026-11-20", None),
            // 1 and 8 May are Fridays and holidays: two weeks between the readings.
            (third, "2026-05", "62", "2026-05-29", Some("2026-05-15")),
            // Good Friday, in Moselle alone.
            (third, "2026-04", "57", "2026-04-24", Some("2026-04-17")),
            (third, "2026-04", "62", "2026-04-17", None),
            // Christmas is a Friday, after the third.
            (third, "2026-12", "62", "2026-12-18", None),
            ("monday after 2nd working friday", "2026-11", "62", "2026-11-16", None),
            ("monday after 2nd working friday", "2026-05", "62", "2026-05-25", Some("2026-05-11")),
            // The Monday is Whit Monday, and stays the date (25 May 2026 above); in 2027 it is in another month's week.
            ("monday after 2nd working friday", "2027-01", "62", "2027-01-18", Some("2027-01-11")),
        ] {
            assert_eq!(
                reckoned(words, month, code),
                Some((date.to_owned(), otherwise.map(str::to_owned))),
                "{words}, {month}, {code}"
            );
        }
        assert_eq!(reckoned("4th working friday", "2026-05", "62"), None, "May 2026 has three");
    }

    proptest! {
        /// A naive calendar: walk the month day by day and count on one's fingers.
        #[test]
        fn as_counted_on_fingers(year in 2020_i16..2060, month in 1_i8..=12, nth in 1_u8..=3, monday: bool) {
            let holidays = Holidays::shipped().unwrap();
            let territory = Territory::parse("67").unwrap();
            let (mut day, mut count) = (Date::constant(year, month, 1), 0);
            loop {
                if day.weekday() == Weekday::Friday && holidays.on(day, territory).is_none() {
                    count += 1;
                }
                if count == nth {
                    break;
                }
                day = day.tomorrow().unwrap();
            }
            let expected = if monday { day.tomorrow().unwrap().tomorrow().unwrap().tomorrow().unwrap() } else { day };
            let words = FlowDay { working_friday: nth, monday_after: monday };
            let found = flow_day(words, Month::of(day), &holidays, territory).unwrap();
            prop_assert_eq!(found.date, expected);
            prop_assert!(found.otherwise.is_none_or(|other| other < found.date));
        }
    }

    #[test]
    fn the_exchange_convention_may_be_read_in_two_ways_in_some_months() {
        let (name, text) = SHIPPED.iter().find(|(name, _)| name.contains("echange")).unwrap();
        let convention = Convention::parse(name, text).unwrap();
        let holidays = Holidays::shipped().unwrap();
        let year = ("2026-01".parse().unwrap(), "2026-12".parse().unwrap());
        let found: Vec<String> = ambiguities(&convention, year, &holidays)
            .iter()
            .map(|(profile, month, _)| format!("{profile} {month}"))
            .collect();
        assert_eq!(found, ["PECGM 2026-05", "CGPEM 2026-05"]);
    }
}
