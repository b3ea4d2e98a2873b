//! Breaches of personal data (*violations de données*): whom they concern, and what is owed to whom by when. Pure.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Time;
use liant_convention::{ClockStart, Convention, Kind, Length, Unit};
use liant_model::{FieldSet, Instant, Party, PersonId};

/// What was discovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// A breach of personal data (*violation de données*, GDPR art. 4 (12)).
    Breach,
    /// A complaint (*réclamation*).
    Complaint,
    /// A security flaw (*faille*).
    Flaw,
}

impl Nature {
    /// Every nature.
    pub const ALL: [Self; 3] = [Self::Breach, Self::Complaint, Self::Flaw];

    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Complaint => "complaint",
            Self::Flaw => "flaw",
        }
    }

    /// The nature of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    const fn starts(self) -> ClockStart {
        match self {
            Self::Breach => ClockStart::BreachDiscovered,
            Self::Complaint => ClockStart::ComplaintReceived,
            Self::Flaw => ClockStart::FlawDiscovered,
        }
    }
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addressee {
    /// A party of a convention.
    Party(Party),
    /// The supervisory authority (*CNIL*).
    Authority,
}

impl Addressee {
    /// The code under which the authority stands: no party has it.
    pub const AUTHORITY: &'static str = "authority";

    /// Its code: the party's short name, or `authority`.
    pub fn code(&self) -> &str {
        match self {
            Self::Party(party) => party.as_str(),
            Self::Authority => Self::AUTHORITY,
        }
    }
}

/// What is owed to someone by a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// To whom.
    pub to: Addressee,
    /// By when.
    pub at: Instant,
    /// How long the clock runs.
    pub within: Length,
    /// The clause, with its convention and version; the law's article for the authority.
    pub clause: String,
}

/// The time within which the authority is told (GDPR art. 33 (1)).
const AUTHORITY: Length = Length { count: 72, unit: Unit::Hours };

/// What is owed once something was discovered: the clocks of the conventions in force that it starts and that our party owes, and,
/// when it touches anyone's data, the authority's, unless a register entry words it. In order of their moments. Hours run on, day and night, on Sundays and
/// holidays too; longer times end with their last day.
pub fn deadlines<'a>(
    in_force: impl IntoIterator<Item = &'a Convention>,
    (nature, touches_people): (Nature, bool),
    discovered: Instant,
    our: &Party,
) -> Vec<Deadline> {
    let mut all = Vec::new();
    for convention in in_force {
        let starts = |clock: &&liant_convention::ClockEntry| {
            clock.starts.contains(&nature.starts()) && clock.owed_by.as_ref().is_none_or(|by| by == our)
        };
        for clock in convention.clocks.iter().filter(starts) {
            let others = convention.parties.iter().map(|party| &party.org).filter(|org| *org != our);
            let to: Vec<Addressee> = match (&clock.owed_to, &convention.kind) {
                (Some(to), _) => vec![Addressee::Party(to.clone())],
                // A controller's own processing: nobody else is bound, and the law names the authority.
                (None, Kind::Register { .. }) => vec![Addressee::Authority],
                (None, Kind::Convention) => others.cloned().map(Addressee::Party).collect(),
            };
            all.extend(to.into_iter().map(|to| Deadline {
                to,
                at: end(discovered, clock.within),
                within: clock.within,
                clause: format!("{} v{}, {}", convention.id, convention.version, clock.clause),
            }));
        }
    }
    // Where a register entry repeats the law, its clause says more.
    let at = end(discovered, AUTHORITY);
    let is_said = all.iter().any(|one: &Deadline| one.to == Addressee::Authority && one.at <= at);
    if (nature == Nature::Breach || touches_people) && !is_said {
        let clause = "GDPR art. 33 (1)".to_owned();
        all.push(Deadline { to: Addressee::Authority, at, within: AUTHORITY, clause });
    }
    all.sort_by(|one, other| (one.at, &one.to).cmp(&(other.at, &other.to)));
    all
}

/// The end of a length of time that begins at a moment.
pub fn end(from: Instant, within: Length) -> Instant {
    const HOUR: i64 = 3_600_000_000;
    let count = i64::from(within.count);
    let span = match within.unit {
        Unit::Hours => return Instant::from_micros(from.micros().saturating_add(count.saturating_mul(HOUR))),
        Unit::Days => Span::new().try_days(count),
        Unit::Months => Span::new().try_months(count),
        Unit::Years => Span::new().try_years(count),
    };
    let last = span.map_or(from.date(), |span| from.date().saturating_add(span));
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
    let moment = last.to_datetime(Time::MAX).to_zoned(zone);
    moment.map_or(from, |moment| Instant::from_micros(moment.timestamp().as_microsecond()))
}

/// Where a deadline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was told in time.
    InTime,
    /// It was told so long after its moment, in microseconds.
    Late(i64),
    /// So long is left, in microseconds.
    Runs(i64),
    /// It has passed so long ago, in microseconds, and nothing was told.
    Missed(i64),
}

/// Where a deadline stands: told at a moment or not yet.
pub fn kept(at: Instant, told: Option<Instant>, now: Instant) -> Kept {
    match told {
        Some(told) if told <= at => Kept::InTime,
        Some(told) => Kept::Late(told.micros() - at.micros()),
        None if now <= at => Kept::Runs(at.micros() - now.micros()),
        None => Kept::Missed(now.micros() - at.micros()),
    }
}

/// One act that showed data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// When.
    pub at: Instant,
    /// What.
    pub fields: FieldSet,
    /// Whose, as the log named them then.
    pub people: Vec<PersonId>,
}

/// A record of someone that was moved to someone else: what was shown of the one while it was hers was of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Whose it was.
    pub person: PersonId,
    /// From when on.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
    /// Whose it is now.
    pub now: PersonId,
}

/// What was shown of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// All that was shown of her.
    pub fields: FieldSet,
    /// The acts that showed it, by their places among those given, in order.
    pub acts: Vec<u32>,
}

/// Whom acts concern, and what they showed of each: the union over the acts, each counted for whoever the log names and for
/// whoever the records that she had then belong to now.
pub fn concerned(acts: &[Shown], moved: &[Moved]) -> BTreeMap<PersonId, Concerned> {
    let mut by_person: BTreeMap<PersonId, Vec<&Moved>> = BTreeMap::new();
    for one in moved {
        by_person.entry(one.person).or_default().push(one);
    }
    let mut all: BTreeMap<PersonId, Concerned> = BTreeMap::new();
    let mut add = |person: PersonId, place: u32, fields: FieldSet| {
        let found = all.entry(person).or_default();
        found.fields = found.fields.union(fields);
        if found.acts.last() != Some(&place) {
            found.acts.push(place);
        }
    };
    for (place, act) in (0_u32..).zip(acts) {
        for person in &act.people {
            add(*person, place, act.fields);
            let held = by_person.get(person).into_iter().flatten();
            for one in held.filter(|one| act.at >= one.from && act.at < one.until) {
                add(one.now, place, act.fields);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests;
