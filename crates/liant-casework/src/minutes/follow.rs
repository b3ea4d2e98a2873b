//! What follows from minutes: where actions stand, when a committee meets again, when a review is due. Computed whenever it is asked for.

use jiff::civil::Date;
use liant_convention::{Convention, Holding};
use liant_model::{Party, Uuid};

use super::{ActionKey, Minutes};
use crate::clock::shift;
use crate::programme::{Code, CommitteeRule, CommitteesRule, ReviewRule};

/// An action, followed from meeting to meeting.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Followed {
    /// Which.
    pub key: ActionKey,
    /// What is done.
    pub action: Code,
    /// The gap that it is to close.
    pub gap: Code,
    /// The party that carries it.
    pub party: Party,
    /// The day of the meeting that decided it.
    pub decided_on: Date,
    /// The day by which it is done.
    pub due: Date,
    /// Where it stands.
    pub state: Code,
    /// Why, where the state gives its reason.
    pub reason: Option<Code>,
    /// The day of the meeting that said so last; none: no meeting was held since.
    pub said_on: Option<Date>,
    /// Whether nothing more comes after that.
    pub is_closed: bool,
}

impl Followed {
    /// Whether it should be done by now, and is not.
    pub fn is_overdue(&self, today: Date) -> bool {
        !self.is_closed && self.due < today
    }
}

/// The actions of a committee, in the order in which they were decided: from its minutes that all have signed, in the order of their days.
pub fn followed<'a>(
    rules: &CommitteesRule,
    minutes: impl IntoIterator<Item = (Uuid, &'a Minutes)>,
) -> Vec<Followed> {
    let first = rules.action_states.iter().find(|state| !state.closes).map(|state| &state.id);
    let mut all: Vec<Followed> = Vec::new();
    for (id, said) in minutes {
        for answer in &said.answers {
            if let Some(one) = all.iter_mut().find(|one| one.key == answer.of) {
                one.is_closed = rules.state(&answer.state).is_some_and(|state| state.closes);
                one.state = answer.state.clone();
                one.reason.clone_from(&answer.reason);
                one.said_on = Some(said.held_on);
            }
        }
        let Some(first) = first else { continue };
        all.extend((0..).zip(&said.actions).map(|(nth, one)| Followed {
            key: ActionKey { minutes: id, nth },
            action: one.action.clone(),
            gap: one.gap.clone(),
            party: one.party.clone(),
            decided_on: said.held_on,
            due: one.due,
            state: first.clone(),
            reason: None,
            said_on: None,
            is_closed: false,
        }));
    }
    all
}

/// When a committee meets again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeetingDue {
    /// The day of the last meeting whose minutes all have signed.
    pub last: Option<Date>,
    /// The day on which it was to meet next.
    pub planned: Option<Date>,
    /// The last day that the rhythm allows; none: no meeting was ever written down.
    pub latest: Option<Date>,
    /// The first day on which its leaders are told.
    pub told_from: Option<Date>,
}

/// Where a committee stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingStanding {
    /// No meeting was ever written down.
    Never,
    /// It met, and need not meet soon.
    Held,
    /// It is to meet soon.
    Soon,
    /// It should have met.
    Late,
}

/// When a committee meets again, after its last minutes that all have signed.
pub fn meeting_due(committee: &CommitteeRule, last: Option<&Minutes>) -> MeetingDue {
    let held = last.map(|said| said.held_on);
    let latest = held.and_then(|day| shift(day, committee.every, 1));
    let planned = last.map(|said| said.next_on);
    let before = |day: Date| committee.alert.map_or(Some(day), |alert| shift(day, alert, -1));
    MeetingDue { last: held, planned, latest, told_from: planned.or(latest).and_then(before) }
}

impl MeetingDue {
    /// Where it stands on a day.
    pub fn standing(&self, today: Date) -> MeetingStanding {
        match (self.latest, self.told_from) {
            (None, _) => MeetingStanding::Never,
            (Some(latest), _) if today > latest => MeetingStanding::Late,
            (_, Some(from)) if today >= from => MeetingStanding::Soon,
            _ => MeetingStanding::Held,
        }
    }
}

/// When the review of a year is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewDue {
    /// The year.
    pub year: i16,
    /// The last day.
    pub by: Date,
    /// The first day on which its signatories are told: never before the year is over.
    pub told_from: Date,
}

/// When the review of a year is due; none at the ends of time.
pub fn review_due(rule: &ReviewRule, year: i16) -> Option<ReviewDue> {
    let by = rule.due.of(year.checked_add(1)?)?;
    let over = Date::new(year + 1, 1, 1).ok()?;
    let told_from = rule.alert.and_then(|alert| shift(by, alert, -1)).unwrap_or(by);
    Some(ReviewDue { year, by, told_from: told_from.max(over) })
}

/// Until when a paper that all signed on a day is kept, by the conventions of the programme: of several clauses, the first to end. None: no
/// clause says how long.
pub fn paper_kept_until<'a>(files: impl IntoIterator<Item = &'a Convention>, signed: Date) -> Option<Date> {
    let rules = files.into_iter().flat_map(|file| &file.retention).filter(|rule| rule.of == Holding::Papers);
    rules.filter_map(|rule| shift(signed, rule.keep, 1)).min()
}
