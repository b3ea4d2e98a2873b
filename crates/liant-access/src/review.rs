//! The review of access (*revue des habilitations*): each membership is looked at again, and confirmed or withdrawn.

use liant_model::Date;

/// Months after which a membership is looked at again (CNIL, *Guide de la sécurité des données personnelles* 2024, sheet 3: at least
/// once a year).
const EVERY: i64 = 12;

/// What a review found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// She still needs her access.
    Confirmed,
    /// She does not: her membership ends.
    Withdrawn,
}

impl Verdict {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Confirmed, Self::Withdrawn];

    /// Its code, as it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The verdict of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// The day by which a membership is looked at again: a year after it was last, or after it was given.
pub fn due(given: Date, reviewed: Option<Date>) -> Date {
    let last = reviewed.map_or(given, |day| day.max(given));
    last.saturating_add(liant_model::Span::new().months(EVERY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_after_the_last_look_or_the_gift() {
        let day = Date::constant;
        for (given, reviewed, expected) in [
            (day(2026, 1, 31), None, day(2027, 1, 31)),
            (day(2024, 2, 29), None, day(2025, 2, 28)),
            (day(2024, 3, 1), Some(day(2025, 6, 15)), day(2026, 6, 15)),
            // Given again after it was reviewed: the gift was a look.
            (day(2026, 3, 1), Some(day(2025, 6, 15)), day(2027, 3, 1)),
        ] {
            assert_eq!(due(given, reviewed), expected, "{given} {reviewed:?}");
        }
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::from_code(verdict.code()), Some(verdict));
        }
        assert_eq!(Verdict::from_code(""), None);
    }
}
