use jiff::Span;
use jiff::civil::Date;

/// What is expected of a flow in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The day from which the file may be there.
    pub from: Date,
    /// The last day on which nothing is amiss.
    pub until: Date,
}

impl Expected {
    /// Days that are left to fetch a file once it is there: a week.
    const GRACE: i64 = 7;

    /// There from a day on: a week is left to fetch it.
    pub fn from(day: Date) -> Self {
        Self { from: day, until: day.checked_add(Span::new().days(Self::GRACE)).unwrap_or(day) }
    }

    /// Owed by a day, that day included.
    pub fn by(from: Date, day: Date) -> Self {
        Self { from, until: day }
    }
}

/// Where a flow stands in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It passed in time.
    Done(Date),
    /// It passed after its day.
    DoneLate(Date),
    /// Its day has passed, and it has not.
    Late(Expected),
    /// It may be there, or is owed soon.
    Awaited(Expected),
    /// Its time has not come.
    ToCome(Expected),
    /// Nothing is expected.
    Nothing,
}

/// Where a flow stands: what was expected, the day on which it passed, the present day.
pub fn follow(expected: Option<Expected>, passed: Option<Date>, today: Date) -> Standing {
    match (expected, passed) {
        (Some(expected), Some(day)) if day > expected.until => Standing::DoneLate(day),
        (_, Some(day)) => Standing::Done(day),
        (None, None) => Standing::Nothing,
        (Some(expected), None) if today > expected.until => Standing::Late(expected),
        (Some(expected), None) if today >= expected.from => Standing::Awaited(expected),
        (Some(expected), None) => Standing::ToCome(expected),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_is_late_from_the_day_after_its_day() {
        let day = |day| Date::constant(2026, 11, day);
        let owed = Expected::by(day(1), day(20));
        let fetched = Expected::from(day(16));
        for (expected, passed, today, standing) in [
            (Some(owed), None, Date::constant(2026, 10, 31), Standing::ToCome(owed)),
            (Some(owed), None, day(1), Standing::Awaited(owed)),
            (Some(owed), None, day(20), Standing::Awaited(owed)),
            (Some(owed), None, day(21), Standing::Late(owed)),
            (Some(owed), Some(day(20)), day(30), Standing::Done(day(20))),
            (Some(owed), Some(day(21)), day(30), Standing::DoneLate(day(21))),
            (Some(fetched), None, day(15), Standing::ToCome(fetched)),
            (Some(fetched), None, day(23), Standing::Awaited(fetched)),
            (Some(fetched), None, day(24), Standing::Late(fetched)),
            (None, Some(day(3)), day(4), Standing::Done(day(3))),
            (None, None, day(4), Standing::Nothing),
        ] {
            assert_eq!(follow(expected, passed, today), standing, "{expected:?} {passed:?} {today}");
        }
    }
}
