//! Requests by which people use their rights (GDPR art. 15 to 21), and how long an answer may take.

use std::fmt;

use jiff::Span;
use jiff::civil::Date;
use liant_convention::{ClockEntry, ClockStart, Convention, Length, Unit};
use liant_model::{Party, Territory};

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its code, as it is stored: never reuse or change one.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The one of this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

mod erasure;
mod limits;
mod shared;

pub use erasure::{ErasureGround, ErasureRefusal, FactSet, NotErased, Resting, may_be_erased};
pub use limits::{LiftReason, LimitGround, LimitRefusal, Telling, carried_out, lifted_on, reviewed_on};
pub use shared::{Part, PartStep, parts};

codes! {
    /// A right of a person over her data.
    Right {
        /// To know what is held and have a copy (*droit d'accès*, GDPR art. 15).
        Access = "access",
        /// To have an error put right (*rectification*, art. 16).
        Rectification = "rectification",
        /// To have data erased (*effacement*, art. 17).
        Erasure = "erasure",
        /// To have her data kept and not used while something is settled (*limitation*, art. 18).
        Restriction = "restriction",
        /// To object to a use of her data (*opposition*, art. 21).
        Opposition = "opposition",
    }
}

codes! {
    /// Where a request stands.
    RequestState {
        /// Nobody has looked at it.
        Received = "received",
        /// Somebody sees to it.
        UnderWay = "under-way",
        /// She has her answer: it was done.
        Answered = "answered",
        /// She has her answer: it is refused, and why (GDPR art. 12 (4)).
        Refused = "refused",
        /// She took it back.
        Withdrawn = "withdrawn",
    }
}

impl RequestState {
    /// Whether an answer is still owed.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::UnderWay)
    }

    /// Whether a request may go from here to there: an answer that was given stands.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Received => next != Self::Received,
            Self::UnderWay => !next.is_open(),
            Self::Answered | Self::Refused | Self::Withdrawn => false,
        }
    }
}

/// When an answer is owed at the latest, and what says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerDue {
    /// The last day.
    pub day: Date,
    /// Who owes it.
    pub owed_by: Party,
    /// The clause: convention, version, clause.
    pub clause: String,
}

/// The law's own limit, where no clause sets a shorter one.
const BY_LAW: &str = "GDPR art. 12 (3)";

/// By when a party that received a request answers it: by the clocks that start with [`ClockStart::RightsRequestReceived`] of the
/// territory's files in force that bind it, and within a month in any case (GDPR art. 12 (3)). The shortest holds.
///
/// A month ends on the day of the same number, or on the last of the month (regulation 1182/71, art. 3). That an end on a
/// Sunday or a public holiday may wait for the next working day is left aside: the date is never later than the law's.
pub fn answer_due(
    conventions: &[Convention],
    territory: Territory,
    party: &Party,
    received: Date,
) -> AnswerDue {
    let month = after(received, Length { count: 1, unit: Unit::Months }).unwrap_or(received);
    let mut due: Vec<(Date, String)> = Vec::new();
    for file in conventions.iter().filter(|file| file.territory == territory) {
        for clock in file.clocks.iter().filter(|clock| binds(file, clock, party)) {
            let day = after(received, clock.within).filter(|day| *day <= month);
            if let Some(day) = day.filter(|_| is_in_force(file, conventions, received)) {
                due.push((day, format!("{} v{}, {}", file.id, file.version, clock.clause)));
            }
        }
    }
    // Of equal dates a convention's own clause says more than the law.
    let (day, clause) = due.into_iter().min().unwrap_or_else(|| (month, BY_LAW.to_owned()));
    AnswerDue { day, owed_by: party.clone(), clause }
}

/// Whether a clock runs for a party that received a request.
fn binds(file: &Convention, clock: &ClockEntry, party: &Party) -> bool {
    let is_bound = match &clock.owed_by {
        Some(owed_by) => owed_by == party,
        None => file.parties.iter().any(|entry| entry.org == *party),
    };
    is_bound && clock.starts.contains(&ClockStart::RightsRequestReceived)
}

/// Whether a file holds on a day: within its term, and before its next version begins.
fn is_in_force(file: &Convention, all: &[Convention], day: Date) -> bool {
    let is_replaced = all
        .iter()
        .any(|other| other.id == file.id && other.version > file.version && other.in_force.from <= day);
    !is_replaced && day >= file.in_force.from && file.in_force.until.is_none_or(|until| day <= until)
}

/// The last day of a length of time that starts on this one. Hours count as the whole days in them: never later.
pub(crate) fn after(day: Date, within: Length) -> Option<Date> {
    let count = i64::from(within.count);
    let span = match within.unit {
        Unit::Hours => Span::new().try_days(count / 24),
        Unit::Days => Span::new().try_days(count),
        Unit::Months => Span::new().try_months(count),
        Unit::Years => Span::new().try_years(count),
    };
    day.checked_add(span.ok()?).ok()
}

#[cfg(test)]
mod tests {
    use liant_convention::SHIPPED;

    use super::*;

    fn shipped(change: impl Fn(&str) -> String) -> Vec<Convention> {
        SHIPPED.iter().map(|(name, text)| Convention::parse(name, &change(text)).unwrap()).collect()
    }

    fn due(conventions: &[Convention], party: &str, day: &str) -> (String, String) {
        let due = answer_due(
            conventions,
            Territory::parse("62").unwrap(),
            &Party::parse(party).unwrap(),
            day.parse().unwrap(),
        );
        assert_eq!(due.owed_by.as_str(), party);
        (due.day.to_string(), due.clause)
    }

    #[test]
    fn an_answer_is_owed_within_a_month() {
        let all = shipped(str::to_owned);
        for (received, last) in [
            ("2026-11-22", "2026-12-22"),
            ("2026-01-31", "2026-02-28"),
            ("2028-01-31", "2028-02-29"),
            ("2026-08-31", "2026-09-30"),
            ("2026-12-15", "2027-01-15"),
        ] {
            assert_eq!(due(&all, "departement-62", received).0, last, "{received}");
        }
        let (_, clause) = due(&all, "departement-62", "2026-11-22");
        assert!(clause.starts_with("62-"), "{clause}");
    }

    #[test]
    fn the_shortest_clock_of_those_that_bind_holds() {
        let shorter = shipped(|text| text.replace("within  = \"1 month\"", "within  = \"20 days\""));
        assert_eq!(due(&shorter, "departement-62", "2026-11-01").0, "2026-11-21");
        // The register entry binds its controller alone.
        assert_eq!(due(&shorter, "france-travail", "2026-11-01").0, "2026-12-01");
    }

    #[test]
    fn where_no_clause_holds_the_law_does() {
        let all = shipped(|text| text.replace("within = \"1 month\"", "within = \"2 months\""));
        for (party, day) in [
            ("ccas-nowhere", "2026-11-01"),
            ("france-travail", "2026-11-01"),
            ("france-travail", "2030-01-01"),
        ] {
            let (last, clause) = due(&all, party, day);
            assert_eq!(clause, BY_LAW, "{party} {day}");
            assert_eq!(last.get(8..), Some("01"), "a month later");
        }
    }

    #[test]
    fn a_version_holds_until_the_next_begins() {
        let mut all = shipped(str::to_owned);
        let next = |text: &str| {
            text.replace("version    = 1", "version    = 2")
                .replace("from = 2024-01-01", "from = 2027-01-01")
                .replace("within  = \"1 month\"", "within  = \"10 days\"")
        };
        all.extend(shipped(next).into_iter().filter(|file| file.version == 2));
        assert_eq!(all.len(), SHIPPED.len() + 1);
        assert_eq!(due(&all, "departement-62", "2026-12-20").0, "2027-01-20");
        assert_eq!(due(&all, "departement-62", "2027-01-01").0, "2027-01-11");
    }

    #[test]
    fn an_answer_stands() {
        use RequestState::{Answered, Received, Refused, UnderWay, Withdrawn};
        for (from, to, may) in [
            (Received, UnderWay, true),
            (Received, Answered, true),
            (Received, Received, false),
            (UnderWay, Refused, true),
            (UnderWay, Withdrawn, true),
            (UnderWay, Received, false),
            (Answered, UnderWay, false),
            (Refused, Answered, false),
            (Withdrawn, Received, false),
        ] {
            assert_eq!(from.may_become(to), may, "{from} to {to}");
        }
        for state in RequestState::ALL {
            assert_eq!(RequestState::from_code(state.code()), Some(*state));
        }
        for right in Right::ALL {
            assert_eq!(Right::from_code(right.code()), Some(*right));
        }
        assert_eq!(Right::from_code("portability"), None);
    }
}
