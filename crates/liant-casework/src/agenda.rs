use jiff::Span;
use jiff::civil::Date;
use liant_convention::{Convention, Kind, Length, RetentionStart, Unit};
use liant_model::Party;

use crate::{Holidays, Month, flow_day};

/// A date that a convention sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDate {
    /// The day, in the zone of the clause.
    pub day: Date,
    /// The hour, `17:00`, when the clause gives one.
    pub time: Option<String>,
    /// Time zone of the hour: `Europe/Paris`.
    pub zone: Option<String>,
    /// The day by another reading of the same words: never later.
    pub otherwise: Option<Date>,
    /// What falls on it.
    pub what: What,
    /// Short name of the convention.
    pub convention: String,
    /// Its version.
    pub version: u32,
    /// The clause.
    pub clause: String,
}

/// What falls on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A file may be fetched from this day on.
    Available {
        /// Its flow.
        profile: String,
        /// Who sends it.
        from: Party,
    },
    /// A file is owed by this day.
    Due {
        /// Its flow.
        profile: String,
        /// To whom.
        to: Party,
    },
    /// The last day to ask for renewal (*reconduction*).
    AskRenewal,
    /// The last day of the convention.
    Ends,
    /// The last day to destroy what was received under a convention that has ended.
    Destroy,
}

/// Every date that conventions set from one day to another, both included, in order. Of the versions of a convention, each sets
/// dates until the next begins; one that is suspended sets none of its flows.
pub fn agenda(conventions: &[Convention], (first, last): (Date, Date), holidays: &Holidays) -> Vec<DueDate> {
    let mut found = Vec::new();
    for convention in conventions {
        let next = conventions
            .iter()
            .filter(|other| other.id == convention.id && other.version > convention.version)
            .map(|other| other.in_force.from)
            .min();
        flows(convention, (first, last), next, holidays, &mut found);
        if next.is_none() && convention.kind == Kind::Convention {
            term(convention, &mut found);
        }
    }
    found.retain(|due| due.day >= first && due.day <= last);
    found.sort_by(|a, b| (a.day, &a.time, &a.what).cmp(&(b.day, &b.time, &b.what)));
    found
}

fn flows(
    convention: &Convention,
    (first, last): (Date, Date),
    next: Option<Date>,
    holidays: &Holidays,
    found: &mut Vec<DueDate>,
) {
    // A Monday after the last Friday of a month lies in the next month.
    for month in Month::of(first).plus(-1).to(Month::of(last)) {
        for flow in &convention.flows {
            let reckoned = |day| flow_day(day, month, holidays, convention.territory);
            if let Some(day) = flow.available.and_then(reckoned) {
                let what = What::Available { profile: flow.profile.clone(), from: flow.from.clone() };
                found.push(DueDate {
                    otherwise: day.otherwise,
                    ..date(convention, day.date, &flow.clause, what)
                });
            }
            if let Some((due, day)) = flow.due.as_ref().and_then(|due| Some((due, reckoned(due.day)?))) {
                let what = What::Due { profile: flow.profile.clone(), to: flow.to.clone() };
                found.push(DueDate {
                    time: Some(due.time.clone()),
                    zone: Some(due.zone.clone()),
                    otherwise: day.otherwise,
                    ..date(convention, day.date, &flow.clause, what)
                });
            }
        }
    }
    found.retain(|due| {
        let own = due.convention == *convention.id && due.version == convention.version;
        !own || stands(convention, next, due.day)
    });
}

/// Whether the flows of a convention pass on a day.
fn stands(convention: &Convention, next: Option<Date>, day: Date) -> bool {
    let term = convention.in_force;
    let suspended = convention.suspended.as_ref().is_some_and(|suspension| {
        day >= suspension.since && suspension.until.is_none_or(|until| day <= until)
    });
    day >= term.from
        && term.until.is_none_or(|until| day <= until)
        && next.is_none_or(|next| day < next)
        && !suspended
}

/// The dates of a convention's end.
fn term(convention: &Convention, found: &mut Vec<DueDate>) {
    let Some(until) = convention.in_force.until else { return };
    let ending = convention.ending.as_ref().map_or("", |ending| ending.clause.as_str());
    let renewal = convention.renewal.as_ref();
    found.push(date(convention, until, renewal.map_or(ending, |renewal| &renewal.clause), What::Ends));
    if let Some((renewal, day)) = renewal.and_then(|one| Some((one, shift(until, one.ask_before, -1)?))) {
        found.push(date(convention, day, &renewal.clause, What::AskRenewal));
    }
    for kept in convention.retention.iter().filter(|kept| kept.starts == RetentionStart::EndOfConvention) {
        if let Some(day) = shift(until, kept.keep, 1) {
            found.push(date(convention, day, &kept.clause, What::Destroy));
        }
    }
}

fn date(convention: &Convention, day: Date, clause: &str, what: What) -> DueDate {
    DueDate {
        day,
        time: None,
        zone: None,
        otherwise: None,
        what,
        convention: convention.id.to_string(),
        version: convention.version,
        clause: clause.to_owned(),
    }
}

/// A day, a length of time later (`sign` 1) or earlier (−1). Hours are of no use between days.
fn shift(day: Date, length: Length, sign: i64) -> Option<Date> {
    let count = i64::from(length.count) * sign;
    let span = match length.unit {
        Unit::Hours => return None,
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

    fn exchange(change: impl Fn(String) -> String) -> Convention {
        let (name, text) = SHIPPED.iter().find(|(name, _)| name.contains("echange")).unwrap();
        Convention::parse(name, &change((*text).to_owned())).unwrap()
    }

    fn days(conventions: &[Convention], first: &str, last: &str) -> Vec<String> {
        let between = (first.parse().unwrap(), last.parse().unwrap());
        let name = |what: &What| match what {
            What::Available { profile, .. } => format!("{profile} from"),
            What::Due { profile, .. } => format!("{profile} by"),
            other => format!("{other:?}"),
        };
        agenda(conventions, between, &Holidays::shipped().unwrap())
            .iter()
            .map(|due| format!("{} {} {}", name(&due.what), due.day, due.time.as_deref().unwrap_or("-")))
            .collect()
    }

    #[test]
    fn a_month_of_the_exchange() {
        let all: Vec<Convention> =
            SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
        assert_eq!(
            days(&all, "2026-11-01", "2026-11-30"),
            ["PECGM from 2026-11-16 -", "CGPEM by 2026-11-20 17:00"]
        );
    }

    #[test]
    fn the_end_of_a_convention_and_what_surrounds_it() {
        let found = days(&[exchange(|text| text)], "2028-06-01", "2028-12-31");
        let ends: Vec<&String> =
            found.iter().filter(|line| !line.contains(" from ") && !line.contains(" by ")).collect();
        assert_eq!(ends, ["AskRenewal 2028-06-30 -", "Ends 2028-08-31 -", "Destroy 2028-10-31 -"]);
        assert!(found.iter().all(|line| !line.contains("2028-09") && !line.contains("2028-11")), "{found:?}");
    }

    #[test]
    fn a_suspended_convention_sets_no_date_of_its_flows() {
        let suspended = exchange(|text| {
            text.replace(
                "# suspended = { since = 2026-06-01",
                "suspended = { since = 2026-06-01, until = 2026-11-15",
            )
        });
        assert_eq!(
            days(&[suspended], "2026-05-01", "2026-11-30"),
            [
                "PECGM from 2026-05-25 -",
                "CGPEM by 2026-05-29 17:00",
                "PECGM from 2026-11-16 -",
                "CGPEM by 2026-11-20 17:00"
            ]
        );
    }

    #[test]
    fn a_version_sets_dates_until_the_next_begins() {
        let first = exchange(|text| text);
        let second = exchange(|text| {
            text.replace("version   = 1", "version   = 2")
                .replace("from = 2024-09-01, years = 4", "from = 2026-12-01, years = 4")
                .replace("3rd working friday", "1st working friday")
        });
        let found = days(&[first, second], "2026-11-01", "2026-12-31");
        assert_eq!(
            found,
            [
                "PECGM from 2026-11-16 -",
                "CGPEM by 2026-11-20 17:00",
                "CGPEM by 2026-12-04 17:00",
                "PECGM from 2026-12-14 -"
            ]
        );
    }
}
