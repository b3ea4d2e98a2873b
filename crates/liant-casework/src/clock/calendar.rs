use jiff::Span;
use jiff::civil::Date;
use liant_convention::{Length, Unit};
use liant_model::Territory;

use crate::Holidays;
use crate::programme::{IfOff, Weekday};

/// A day, a length of time later (`sign` 1) or earlier (−1). A month from the 31st ends on the last day of a shorter month.
pub(crate) fn shift(day: Date, length: Length, sign: i64) -> Option<Date> {
    let count = i64::from(length.count) * sign;
    let span = match length.unit {
        Unit::Hours => return None,
        Unit::Days => Span::new().try_days(count),
        Unit::Months => Span::new().try_months(count),
        Unit::Years => Span::new().try_years(count),
    };
    day.checked_add(span.ok()?).ok()
}

/// The most days that a length of time may take.
pub(crate) fn at_most_days(length: Length) -> i64 {
    let each = match length.unit {
        Unit::Hours => 0,
        Unit::Days => 1,
        Unit::Months => 31,
        Unit::Years => 366,
    };
    i64::from(length.count) * each
}

/// The days on which the services of a programme work: its days of rest, and the public holidays of a Département.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    rest: [bool; 7],
    /// Holidays from [`Calendar::FIRST`] to [`Calendar::LAST`], in order, reckoned once.
    off: Vec<Date>,
    /// For the years beyond.
    place: Option<(Holidays, Territory)>,
}

impl Calendar {
    /// The years whose holidays are reckoned when the calendar is made.
    const FIRST: i16 = 2000;
    const LAST: i16 = 2099;

    /// A calendar with these days of rest and no holiday.
    pub fn resting(rest: &[Weekday]) -> Self {
        let mut days = [false; 7];
        for day in rest {
            let place = match day {
                Weekday::Monday => 0,
                Weekday::Tuesday => 1,
                Weekday::Wednesday => 2,
                Weekday::Thursday => 3,
                Weekday::Friday => 4,
                Weekday::Saturday => 5,
                Weekday::Sunday => 6,
            };
            days.iter_mut().skip(place).take(1).for_each(|one| *one = true);
        }
        Self { rest: days, off: Vec::new(), place: None }
    }

    /// The same calendar, with the holidays of a Département.
    #[must_use]
    pub fn with(mut self, holidays: &Holidays, territory: Territory) -> Self {
        let years = Self::FIRST..=Self::LAST;
        self.off = years.flat_map(|year| holidays.of_year(year, territory)).map(|one| one.date).collect();
        self.place = Some((holidays.clone(), territory));
        self
    }

    /// Whether services do not work on a day.
    pub fn is_off(&self, day: Date) -> bool {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        self.rest.get(weekday).copied().unwrap_or_default() || self.is_holiday(day)
    }

    fn is_holiday(&self, day: Date) -> bool {
        if (Self::FIRST..=Self::LAST).contains(&day.year()) {
            return self.off.binary_search(&day).is_ok();
        }
        self.place.as_ref().is_some_and(|(holidays, territory)| holidays.on(day, *territory).is_some())
    }

    /// The `count`th working day after a day. The day itself is not counted, whatever it is.
    pub fn working_days_after(&self, day: Date, count: u32) -> Date {
        (0..count).fold(day, |day, _| self.next_working(tomorrow(day)))
    }

    /// The date that becomes of one, by what its clock says of days off.
    pub fn settled(&self, day: Date, rule: IfOff) -> Date {
        match rule {
            IfOff::Keep => day,
            IfOff::Next => self.next_working(day),
            IfOff::Previous => self.seek(day, yesterday),
        }
    }

    /// The day itself when services work on it, else the first after it on which they do.
    fn next_working(&self, day: Date) -> Date {
        self.seek(day, tomorrow)
    }

    fn seek(&self, day: Date, step: fn(Date) -> Date) -> Date {
        let mut found = day;
        // No run of days off is as long; where services never work, the day stays.
        for _ in 0..60 {
            if !self.is_off(found) {
                return found;
            }
            found = step(found);
        }
        day
    }
}

fn tomorrow(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

fn yesterday(day: Date) -> Date {
    day.yesterday().unwrap_or(Date::MIN)
}
