//! The list of the people accompanied in a half-year (*liste semestrielle, preuve du FSE*): who is on it, and until when it is kept.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use liant_convention::{Convention, RetentionStart};

use crate::month::Month;
use crate::path::Path;
use crate::programme::Code;
use crate::rights::after;

/// Half of a year (*semestre*): `2026-1` runs from January to June.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfYear {
    first: Month,
}

/// Why a text is no half-year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a year and a half of it: `2026-1`, `2026-2`")]
pub struct NoHalfYear;

impl HalfYear {
    /// The half-year that a day lies in.
    pub fn of(day: Date) -> Self {
        let month = Month::of(day);
        Self { first: month.plus(-i32::from((day.month() - 1) % 6)) }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first.first()
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.first.plus(5).last()
    }
}

impl fmt::Display for HalfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{}", self.first().year(), self.first().month() / 6 + 1)
    }
}

impl FromStr for HalfYear {
    type Err = NoHalfYear;
    fn from_str(text: &str) -> Result<Self, NoHalfYear> {
        let month = match text.split_once('-') {
            Some((year, "1")) => format!("{year}-01"),
            Some((year, "2")) => format!("{year}-07"),
            _ => return Err(NoHalfYear),
        };
        month.parse().map(|first| Self { first }).map_err(|_| NoHalfYear)
    }
}

/// A stay of someone on the list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Accompanied {
    /// When she entered.
    pub from: Date,
    /// When it was over, and its outcome; none: it went on at the end of the half-year.
    pub ended: Option<(Date, Code)>,
}

/// The stays in a programme that lasted on some day of a half-year, the first first. One that another programme suspends is none that is over.
pub fn accompanied(programme: &Code, path: &Path, half: HalfYear) -> Vec<Accompanied> {
    let during =
        |from: Date, ended: Option<Date>| from <= half.last() && ended.is_none_or(|day| day >= half.first());
    let past = path.past(programme).iter().filter(|past| during(past.from, Some(past.ended)));
    let past = past.map(|past| Accompanied {
        from: past.from,
        // What came after is not of this half-year.
        ended: (past.ended <= half.last()).then(|| (past.ended, past.exit.clone())),
    });
    let open = path.stay(programme).filter(|stay| during(stay.entered.on, None));
    past.chain(open.map(|stay| Accompanied { from: stay.entered.on, ended: None })).collect()
}

/// The last day on which what is let out under a clause of a convention may be kept, when it is made on a day; none when no clause says.
pub fn kept_until(file: &Convention, clause: &str, made: Date) -> Option<Date> {
    let grant = file.grants.iter().find(|grant| *grant.clause == *clause)?;
    let rule = file.retention.iter().find(|rule| rule.id == grant.keep)?;
    let from = match rule.starts {
        RetentionStart::EndOfConvention => file.in_force.until.unwrap_or(made),
        _ => made,
    };
    after(from, rule.keep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_years_are_read_written_and_bounded() {
        for (day, text, first, last) in [
            ("2026-01-01", "2026-1", "2026-01-01", "2026-06-30"),
            ("2026-06-30", "2026-1", "2026-01-01", "2026-06-30"),
            ("2026-07-01", "2026-2", "2026-07-01", "2026-12-31"),
            ("2028-02-29", "2028-1", "2028-01-01", "2028-06-30"),
            ("2026-12-31", "2026-2", "2026-07-01", "2026-12-31"),
        ] {
            let half = HalfYear::of(day.parse().unwrap());
            assert_eq!((half.to_string().as_str(), Ok(half)), (text, text.parse()));
            assert_eq!((half.first(), half.last()), (first.parse().unwrap(), last.parse().unwrap()), "{day}");
        }
        for text in ["", "2026", "2026-0", "2026-3", "2026-01", "26-1", "x-1"] {
            assert_eq!(text.parse::<HalfYear>(), Err(NoHalfYear), "{text}");
        }
    }
}
