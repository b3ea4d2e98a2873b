use std::fmt;

pub use jiff::civil::Date;

/// The functional date a stock file speaks for (`date-reference`): the first of the month for the monthly
/// flows, the day of the run for the weekly one. Files of one flow are ordered by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceDate(Date);

impl ReferenceDate {
    /// The reference date `date`.
    pub const fn new(date: Date) -> Self {
        Self(date)
    }

    /// The civil date.
    pub const fn date(self) -> Date {
        self.0
    }

    /// Whether two reference dates speak for the same month: header and trailer may differ by day.
    pub fn same_month(self, other: Self) -> bool {
        (self.0.year(), self.0.month()) == (other.0.year(), other.0.month())
    }
}

impl fmt::Display for ReferenceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for ReferenceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReferenceDate({})", self.0)
    }
}

/// How a date was written in a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateForm {
    /// `aaaa-mm-jj`, the form of the convention.
    Standard,
    /// `aaaammjj`, met in the wild: accepted with a warning, never written.
    Compact,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// Neither `aaaa-mm-jj` nor `aaaammjj`.
    #[error("not of the form aaaa-mm-jj")]
    Form,
    /// Well formed, but no such day exists in the calendar.
    #[error("no such day in the calendar")]
    NoSuchDay,
}

/// Reads a date of a flow, `aaaa-mm-jj` or the tolerated `aaaammjj`.
///
/// # Errors
/// [`DateProblem`] when the bytes have another form, or name a day that does not exist.
pub fn parse_flow_date(text: &[u8]) -> Result<(Date, DateForm), DateProblem> {
    let (year, month, day, form) = match text {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            (digits(&[*y1, *y2, *y3, *y4])?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?, DateForm::Standard)
        }
        [y1, y2, y3, y4, m1, m2, d1, d2] => {
            (digits(&[*y1, *y2, *y3, *y4])?, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?, DateForm::Compact)
        }
        _ => return Err(DateProblem::Form),
    };
    if year == 0 {
        return Err(DateProblem::NoSuchDay);
    }
    let date = Date::new(year, month as i8, day as i8).map_err(|_| DateProblem::NoSuchDay)?;
    Ok((date, form))
}

fn digits(text: &[u8]) -> Result<i16, DateProblem> {
    let mut value = 0_i16;
    for byte in text {
        if !byte.is_ascii_digit() {
            return Err(DateProblem::Form);
        }
        value = value * 10 + i16::from(byte - b'0');
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_flows() {
        for (text, expected) in [
            ("2026-02-28", Ok(DateForm::Standard)),
            ("20260228", Ok(DateForm::Compact)),
            ("2024-02-29", Ok(DateForm::Standard)),
            ("2026-02-29", Err(DateProblem::NoSuchDay)),
            ("0000-01-01", Err(DateProblem::NoSuchDay)),
            ("2026-13-01", Err(DateProblem::NoSuchDay)),
            ("28/02/2026", Err(DateProblem::Form)),
            ("2026-2-28", Err(DateProblem::Form)),
            ("2026-02-2x", Err(DateProblem::Form)),
            ("", Err(DateProblem::Form)),
        ] {
            assert_eq!(parse_flow_date(text.as_bytes()).map(|(_, form)| form), expected, "{text}");
        }
    }
}
