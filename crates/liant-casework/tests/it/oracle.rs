//! A second calendar, naive and written from the almanac and not from the code: it counts days on its fingers.

use jiff::civil::Date;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) of_month: i64,
}

impl Day {
    pub(crate) fn of(date: Date) -> Self {
        Self { year: date.year().into(), month: date.month().into(), of_month: date.day().into() }
    }

    pub(crate) fn date(self) -> Date {
        Date::new(self.year as i16, self.month as i8, self.of_month as i8).unwrap()
    }

    pub(crate) fn next(self) -> Self {
        if self.of_month < length(self.year, self.month) {
            Self { of_month: self.of_month + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, of_month: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, of_month: 1 }
        }
    }

    pub(crate) fn before(self) -> Self {
        if self.of_month > 1 {
            Self { of_month: self.of_month - 1, ..self }
        } else if self.month > 1 {
            Self { month: self.month - 1, of_month: length(self.year, self.month - 1), ..self }
        } else {
            Self { year: self.year - 1, month: 12, of_month: 31 }
        }
    }

    pub(crate) fn days_on(self, days: i64) -> Self {
        (0..days).fold(self, |day, _| day.next())
    }

    /// The same day of the month, so many months later; the last of a shorter month.
    pub(crate) fn months_on(self, months: i64) -> Self {
        let all = self.year * 12 + self.month - 1 + months;
        let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
        Self { year, month, of_month: self.of_month.min(length(year, month)) }
    }

    /// Days since the first of January of the year 1, which was a Monday.
    pub(crate) fn number(self) -> i64 {
        let years = self.year - 1;
        let before: i64 = (1..self.month).map(|month| length(self.year, month)).sum();
        years * 365 + years.div_euclid(4) - years.div_euclid(100)
            + years.div_euclid(400)
            + before
            + self.of_month
            - 1
    }

    /// 0 for a Monday.
    pub(crate) fn weekday(self) -> i64 {
        self.number().rem_euclid(7)
    }

    /// Whether services of the Pas-de-Calais work: Monday to Friday, less the eleven holidays of France.
    pub(crate) fn works(self) -> bool {
        self.weekday() < 5 && !self.is_holiday()
    }

    pub(crate) fn is_holiday(self) -> bool {
        let fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
        let since_easter = self.number() - easter(self.year).number();
        fixed.contains(&(self.month, self.of_month)) || [1, 39, 50].contains(&since_easter)
    }
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Easter by Oudin's rule (1940), another one than Butcher's.
fn easter(year: i64) -> Day {
    let (golden, century) = (year % 19, year / 100);
    let epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let sunday = moon - weekday;
    let month = 3 + (sunday + 40) / 44;
    Day { year, month, of_month: sunday + 28 - 31 * (month / 4) }
}
