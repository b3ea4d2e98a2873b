//! Civil days as plain numbers: histories add and compare days by the million.

use liant_model::Date;

/// A civil day, counted from 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Day(i32);

impl Day {
    /// The day of these year, month and day of the month.
    pub(crate) fn new(year: i32, month: u32, day: u32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted = ((month + 9) % 12).cast_signed();
        let day_of_year = (153 * shifted + 2) / 5 + day.cast_signed() - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }

    /// The day of a civil date.
    pub(crate) fn of(date: Date) -> Self {
        Self::new(i32::from(date.year()), date.month() as u32, date.day() as u32)
    }

    /// Year, month, day of the month.
    pub(crate) fn parts(self) -> (i32, u32, u32) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        (year_of_era + era * 400 + i32::from(month <= 2), month as u32, day as u32)
    }

    /// The civil date, when the calendar of the model reaches it.
    pub(crate) fn date(self) -> Date {
        let (year, month, day) = self.parts();
        Date::new(year as i16, month as i8, day as i8).unwrap_or(Date::ZERO)
    }

    /// The year.
    pub(crate) fn year(self) -> i32 {
        self.parts().0
    }

    /// So many days later (earlier when negative).
    pub(crate) fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// Days from `earlier` to this one.
    pub(crate) fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The first day of its month.
    pub(crate) fn month_start(self) -> Self {
        let (_, _, day) = self.parts();
        self.plus(1 - day.cast_signed())
    }

    /// The first day of the month so many months later.
    pub(crate) fn plus_months(self, months: u32) -> Self {
        let (year, month, _) = self.parts();
        let count = year * 12 + month.cast_signed() - 1 + months.cast_signed();
        Self::new(count.div_euclid(12), count.rem_euclid(12) as u32 + 1, 1)
    }

    /// The last day of its month.
    pub(crate) fn month_end(self) -> Self {
        self.plus_months(1).plus(-1)
    }

    /// Whether it is a Friday.
    pub(crate) fn is_friday(self) -> bool {
        self.0.rem_euclid(7) == 1
    }

    /// `aaaa-mm-jj` as ten ASCII characters.
    pub(crate) fn digits(self) -> [u8; 10] {
        let (year, month, day) = self.parts();
        let digit = |value: u32, unit: u32| b'0' + (value / unit % 10) as u8;
        let year = year.unsigned_abs();
        [
            digit(year, 1000),
            digit(year, 100),
            digit(year, 10),
            digit(year, 1),
            b'-',
            digit(month, 10),
            digit(month, 1),
            b'-',
            digit(day, 10),
            digit(day, 1),
        ]
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_calendar_of_the_model() {
        let mut date = Date::constant(1899, 12, 25);
        let mut day = Day::of(date);
        while date < Date::constant(2101, 1, 10) {
            assert_eq!(day.date(), date);
            assert_eq!(day.to_string(), date.to_string());
            assert_eq!(day.month_end().date(), date.last_of_month());
            assert_eq!(day.month_start().date(), date.first_of_month());
            assert_eq!(day.is_friday(), date.weekday().to_monday_one_offset() == 5);
            date = date.tomorrow().unwrap();
            day = day.plus(1);
        }
        assert_eq!(Day::new(2025, 11, 30).plus_months(14), Day::new(2027, 1, 1));
    }
}
