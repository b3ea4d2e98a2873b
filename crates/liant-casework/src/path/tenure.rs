use jiff::Span;
use jiff::civil::Date;
use liant_convention::{Length, Unit};

use crate::clock::shift;
use crate::path::Past;
use crate::programme::Duration;

/// A length of time that was granted: months and days, added up apart, so that 31 August and twice six months is 31 August again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tenure {
    /// Calendar months.
    pub months: u32,
    /// Calendar days.
    pub days: u32,
}

impl Tenure {
    /// The tenure that a length is.
    pub fn of(length: Length) -> Self {
        let (months, days) = match length.unit {
            Unit::Hours => (0, length.count.div_ceil(24)),
            Unit::Days => (0, length.count),
            Unit::Months => (length.count, 0),
            Unit::Years => (length.count.saturating_mul(12), 0),
        };
        Self { months, days }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { months: self.months.saturating_add(other.months), days: self.days.saturating_add(other.days) }
    }

    /// The day on which a tenure that begins on a day is over.
    pub fn end(self, from: Date) -> Date {
        moved(from, i64::from(self.months), i64::from(self.days))
    }

    /// The whole months and the days that lie between two days.
    pub fn between(from: Date, end: Date) -> Self {
        if end <= from {
            return Self::default();
        }
        let years = i64::from(end.year() - from.year());
        let mut months = years * 12 + i64::from(end.month() - from.month());
        while months > 0 && moved(from, months, 0) > end {
            months -= 1;
        }
        let days = days_between(moved(from, months, 0), end);
        Self { months: u32::try_from(months).unwrap_or_default(), days }
    }
}

/// A day, so many months and then so many days later; the ends of time at the most.
fn moved(day: Date, months: i64, days: i64) -> Date {
    let by = |day: Date, span: Result<Span, jiff::Error>| span.map_or(day, |span| day.saturating_add(span));
    by(by(day, Span::new().try_months(months)), Span::new().try_days(days))
}

/// Days from one to another; none when the other comes first.
pub(crate) fn days_between(from: Date, end: Date) -> u32 {
    let days = end.since(from).map_or(0, |span| i64::from(span.get_days()));
    u32::try_from(days).unwrap_or_default()
}

/// A day, so many days later.
pub(crate) fn days_after(day: Date, days: u32) -> Date {
    moved(day, 0, i64::from(days))
}

/// The day on which a stay that began on `from` is over at the latest, after these earlier stays.
pub(crate) fn cap(rule: &Duration, past: &[Past], from: Date, days_suspended: u32) -> Date {
    let total = Tenure::of(rule.total_most);
    let used = used(rule, past, from);
    let left = moved(
        from,
        i64::from(total.months) - i64::from(used.months),
        i64::from(total.days) - i64::from(used.days),
    );
    let stay = rule.stay_most.map_or(Date::MAX, |most| Tenure::of(most).end(from));
    days_after(left.min(stay), days_suspended)
}

/// What earlier stays took of the cap.
fn used(rule: &Duration, past: &[Past], from: Date) -> Tenure {
    let mut used = Tenure::default();
    let mut next = from;
    for stay in past.iter().rev() {
        let fresh = rule.fresh_after.and_then(|gap| shift(stay.ended, gap, 1));
        if fresh.is_some_and(|fresh| fresh <= next) {
            break;
        }
        used = used.and(Tenure::between(stay.from, moved(stay.ended, 0, -i64::from(stay.days_suspended))));
        next = stay.from;
    }
    used
}
