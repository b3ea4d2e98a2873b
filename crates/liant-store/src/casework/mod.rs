//! Accompaniments (*accompagnements*): a person's history as events, and what inboxes, caseloads and lists of what falls due are
//! answered from. Everything hangs on a source identity, the *carrier* of a path, and moves with her link: when two people are found to
//! be one, both histories are hers, and come apart again when that is undone. `liant-casework` says what the bodies mean.

mod change;
mod each;
mod evidence;
mod form;
mod list;
mod paper;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use liant_model::{
    AccountId, Date, DesignationId, FollowId, IdentityId, Instant, OrganisationId, Party, PersonId, Source,
};

use crate::StoreError;
use crate::appointments::NewNotice;
use crate::value::Row;

pub use evidence::{EvidenceChange, EvidenceRow, EvidenceSignature};
pub use form::NewForm;
pub use paper::{PaperChange, PaperKind, PaperRow};

pub(crate) use change::hold_path;

/// Where something that is under way stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseworkStage {
    /// A proposal waits to be handed on.
    Relay,
    /// A form was sent, and waits for an answer.
    Asked,
    /// A form was sent that needs no answer, or was accepted: the entry is awaited.
    Sent,
    /// She is accompanied.
    Stay,
    /// Another programme goes before.
    Suspended,
}

impl CaseworkStage {
    /// Every stage.
    pub const ALL: [Self; 5] = [Self::Relay, Self::Asked, Self::Sent, Self::Stay, Self::Suspended];

    /// The word the store writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Asked => "asked",
            Self::Sent => "sent",
            Self::Stay => "stay",
            Self::Suspended => "suspended",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.into_iter().find(|stage| stage.as_str() == word);
        found.ok_or_else(|| StoreError::Damaged("something under way is at no known stage".to_owned()))
    }
}

/// Something that happened, before it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCaseworkEvent {
    /// Who records it: account, or the operator's actor.
    pub recorded_by: String,
    /// Where she works.
    pub organisation: Option<OrganisationId>,
    /// The party whose people she is one of.
    pub party: Party,
    /// The register that it is recorded in: under whose clauses it is shown.
    pub register: Source,
    /// The organisation that a form is sent to, or that of whoever takes a place.
    pub about: Option<OrganisationId>,
    /// What happened, as JSON.
    pub body: String,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkEventRow {
    /// The source identity that carries it.
    pub identity: IdentityId,
    /// Its place among those that she carries.
    pub nth: i64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What.
    pub event: NewCaseworkEvent,
}

/// The events of a person, in order: by what carries them, then as they were recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseworkEvents(pub Vec<CaseworkEventRow>);

impl CaseworkEvents {
    /// What carries them, each with the place of its last: what an act on the path expects to find.
    pub fn last(&self) -> BTreeMap<IdentityId, i64> {
        let mut last = BTreeMap::new();
        for row in &self.0 {
            let nth = last.entry(row.identity).or_insert(row.nth);
            *nth = row.nth.max(*nth);
        }
        last
    }
}

/// What is under way in a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkHead {
    /// The programme.
    pub programme: String,
    /// Its version.
    pub version: u32,
    /// Where it stands.
    pub stage: CaseworkStage,
    /// By what way she came.
    pub route: String,
    /// Who is to answer, or has received the form.
    pub to_role: Option<String>,
    /// In which organisation.
    pub to: Option<OrganisationId>,
    /// The organisation that sent it.
    pub from: Option<OrganisationId>,
    /// Since when.
    pub since: Date,
    /// The term.
    pub term: Option<Date>,
    /// What is due first, and by which clock.
    pub due: Option<(Date, String)>,
}

/// A place that someone holds beside a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkPlace {
    /// Which.
    pub place: String,
    /// In which programme.
    pub programme: String,
    /// In what role.
    pub role: String,
    /// Who.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Where the person stands in the programme.
    pub stage: CaseworkStage,
    /// Since when she holds it.
    pub since: Date,
    /// When the person entered.
    pub entered: Option<Date>,
    /// The term.
    pub term: Option<Date>,
    /// What is due first.
    pub due: Option<Date>,
}

/// What is under way for a person, made from her events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseworkHeads {
    /// In each programme.
    pub heads: Vec<CaseworkHead>,
    /// Who stands beside her.
    pub places: Vec<CaseworkPlace>,
}

/// What tells an alert from every other of its carrier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseworkAlertKey {
    /// The programme.
    pub programme: String,
    /// The clock.
    pub clock: String,
    /// The day from which it is counted.
    pub start: Date,
    /// The day of the alert.
    pub on: Date,
}

/// An alert that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkAlert {
    /// Which.
    pub key: CaseworkAlertKey,
    /// When what it is about is due.
    pub due: Date,
    /// The roles that are told.
    pub told: Vec<String>,
}

/// A following, or a designation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieId {
    /// A following (*suivi*).
    Follow(FollowId),
    /// A designation (*désignation*).
    Designation(DesignationId),
}

/// What a place beside someone, or a form about her, began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkTie {
    /// Which.
    pub tie: TieId,
    /// In which programme.
    pub programme: String,
    /// The place that began it; none: a form did.
    pub place: Option<String>,
}

/// What is done to accompaniments.
#[derive(Clone, Debug)]
pub enum CaseworkChange {
    /// Records what happened, all of it or nothing.
    Record {
        /// Whose path.
        person: PersonId,
        /// What carries it.
        carrier: IdentityId,
        /// What the act was decided upon: [`CaseworkEvents::last`].
        expected: BTreeMap<IdentityId, i64>,
        /// What happened, in order.
        events: Vec<NewCaseworkEvent>,
        /// What is under way now.
        heads: CaseworkHeads,
        /// The followings and designations that begin with it, each a change of its own.
        ties: Vec<CaseworkTie>,
        /// What she is to be told of her appointments now.
        notices: Vec<NewNotice>,
        /// The form that leaves with it, where it was filled in here.
        form: Option<NewForm>,
    },
    /// Makes again what is under way.
    Heads {
        /// Whose path.
        person: PersonId,
        /// What carries it.
        carrier: IdentityId,
        /// What it was made from: [`CaseworkEvents::last`].
        expected: BTreeMap<IdentityId, i64>,
        /// Every source identity that rows may hang on.
        identities: Vec<IdentityId>,
        /// What is under way.
        heads: CaseworkHeads,
    },
    /// Gives alerts: none of them may have been given before.
    Alerts {
        /// Whose path.
        person: PersonId,
        /// What carries it.
        carrier: IdentityId,
        /// What they were computed from: [`CaseworkEvents::last`].
        expected: BTreeMap<IdentityId, i64>,
        /// Which.
        alerts: Vec<CaseworkAlert>,
    },
    /// Keeps the figures of a month as they are shown, unless they are kept already.
    Publish {
        /// The programme.
        programme: String,
        /// The month.
        month: String,
        /// What is shown, as JSON.
        body: String,
    },
    /// A list of those accompanied in a half-year.
    Evidence(EvidenceChange),
    /// Minutes of a committee, or a yearly review.
    Paper(PaperChange),
}

/// Whose casework is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseworkScope {
    /// What a professional holds, for the organisation that she sits in (*portefeuille*).
    Caseload(AccountId, OrganisationId),
    /// What an organisation and those under it received, sent or hold.
    Service(OrganisationId),
}

/// A list of what is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseworkList<'a> {
    /// Forms that wait in an organisation for people of a role.
    Inbox(OrganisationId, &'a str),
    /// Forms that an organisation sent and that have led to no entry yet.
    Sent(OrganisationId),
    /// What is under way within a scope, due by a day when one is named.
    Scope(CaseworkScope, Option<Date>),
}

/// What was last made for someone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseworkMade {
    /// What it hangs on.
    pub identities: BTreeSet<IdentityId>,
    /// What is under way.
    pub heads: CaseworkHeads,
}

/// What is under way for someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkRow {
    /// The person.
    pub person: PersonId,
    /// The source identity that it hangs on.
    pub identity: IdentityId,
    /// What is under way.
    pub head: CaseworkHead,
}

/// What one professional holds in one role of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseworkLoad {
    /// Who.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// In what role.
    pub role: String,
    /// People whom she accompanies.
    pub people: u32,
    /// Those who wait while another programme goes before.
    pub suspended: u32,
    /// Those of her people whose term comes by the first of the days that were asked for, and by the second.
    pub ends: (u32, u32),
    /// Those of her people who entered since the third day.
    pub entered: u32,
    /// When the last of them was given to her.
    pub last: Option<Date>,
}

/// A day that a row has, when it has one.
fn day(row: &Row<'_>, place: usize) -> Result<Option<Date>, StoreError> {
    let text = row.optional_text(place)?;
    text.map(|text| parsed(&text)).transpose()
}

fn parsed(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged("a day of an accompaniment does not read".to_owned()))
}
