use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

/// A month of a year: `2026-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

/// Why a text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a year and a month: `2026-11`")]
pub struct NoMonth;

impl Month {
    /// The month that a day lies in.
    pub fn of(day: Date) -> Self {
        Self { first: day.first_of_month() }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.first.last_of_month()
    }

    /// The month `months` later, or earlier when negative; itself at the ends of time.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let moved = Span::new().try_months(months).ok().and_then(|span| self.first.checked_add(span).ok());
        Self { first: moved.unwrap_or(self.first) }
    }

    /// Its days in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.first.series(Span::new().days(1)).take(usize::from(self.first.days_in_month().unsigned_abs()))
    }

    /// How many months from this one to another; none to an earlier one.
    pub(crate) fn months_to(self, other: Self) -> Option<usize> {
        let number = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        usize::try_from(number(other.first) - number(self.first)).ok()
    }

    /// From this month to another, both included.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        self.first.series(Span::new().months(1)).take_while(move |day| *day <= last.first).map(Self::of)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl FromStr for Month {
    type Err = NoMonth;
    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let (year, month) = text.split_once('-').ok_or(NoMonth)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(NoMonth);
        }
        let (year, month) = (year.parse().map_err(|_| NoMonth)?, month.parse().map_err(|_| NoMonth)?);
        Date::new(year, month, 1).map(Self::of).map_err(|_| NoMonth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_written_and_counted() {
        let month: Month = "2026-11".parse().unwrap();
        assert_eq!((month.to_string(), month.plus(2).to_string()), ("2026-11".into(), "2027-01".into()));
        assert_eq!((month.days().count(), month.last().day()), (30, 30));
        assert_eq!(month.plus(-2).to(month).count(), 3);
        assert_eq!((month.months_to(month.plus(14)), month.months_to(month.plus(-1))), (Some(14), None));
        for text in ["", "2026", "2026-13", "26-11", "2026-1", "2026-+1", "2026-11-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
