//! The minutes of a committee (*relevé de conclusions*) and the yearly review (*bilan annuel*): what they say, what they may not say, and what
//! follows from them. No type here has room for a phrase or for a person.

mod check;
mod follow;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use liant_model::{Party, Uuid};

use crate::programme::Code;

pub use check::{Before, MinutesFault, check_amounts, check_minutes};
pub use follow::{
    Followed, MeetingDue, MeetingStanding, ReviewDue, followed, meeting_due, paper_kept_until, review_due,
};

/// The largest amount of a line, in euros.
pub const MOST_EUROS: u32 = 999_999_999;

/// The most actions that one meeting decides.
pub const MOST_ACTIONS: usize = 20;

/// What the minutes of a meeting say.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// The day of the meeting.
    pub held_on: Date,
    /// In what capacity people were present.
    pub present: BTreeSet<Code>,
    /// The gaps that were noted.
    pub gaps: BTreeSet<Code>,
    /// The actions that were decided, in order.
    pub actions: Vec<Corrective>,
    /// Where the actions of earlier meetings stand.
    pub answers: Vec<Answered>,
    /// The good practices that were shared.
    pub practices: BTreeSet<Code>,
    /// What the committee above is alerted to.
    pub alerts: BTreeSet<Code>,
    /// The day of the next meeting.
    pub next_on: Date,
}

/// An action that was decided (*action corrective*).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrective {
    /// What is done.
    pub action: Code,
    /// The gap that it is to close, one of those that were noted.
    pub gap: Code,
    /// The party that carries it.
    pub party: Party,
    /// The day by which it is done.
    pub due: Date,
}

/// Which action: that of this place in these minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionKey {
    /// The minutes that decided it.
    pub minutes: Uuid,
    /// Its place there, from 0.
    pub nth: u32,
}

/// Where an action of an earlier meeting stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Which.
    pub of: ActionKey,
    /// Where it stands.
    pub state: Code,
    /// Why, where the state gives its reason.
    pub reason: Option<Code>,
}

/// The amounts of a yearly review, in whole euros: by party, by line.
pub type Amounts = BTreeMap<Party, BTreeMap<Code, u32>>;
