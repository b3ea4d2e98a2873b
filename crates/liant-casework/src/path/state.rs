use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use liant_model::{AccountId, AppointmentId, Instant, Party, Role};

use crate::SentForm;
use crate::path::{Appointment, Tenure, WorkingRecord};
use crate::programme::{Code, Nature};

/// A person's path (*parcours*), as its events tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    /// How many events it is made of: what a command expects.
    pub version: u64,
    /// What she agreed to, and since when.
    pub consents: BTreeMap<Code, Mark>,
    /// Her orientation.
    pub orientation: Option<Orientation>,
    /// Who stands beside her: one for each place.
    pub referents: BTreeMap<Code, Referent>,
    /// Where she stands in each programme.
    pub tracks: BTreeMap<Code, Track>,
}

/// Where someone stands in a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Track {
    /// What is under way: one thing at a time.
    pub open: Option<Open>,
    /// Stays that are over, in order.
    pub past: Vec<Past>,
    /// Appointments, in the order in which they were fixed.
    pub appointments: Vec<Appointment>,
    /// Each party's own working record: made of what its people wrote alone.
    pub records: BTreeMap<Party, WorkingRecord>,
}

/// What is under way in a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    /// A proposal waits to be handed on.
    Relay(Relay),
    /// A form was sent.
    Proposal(Proposal),
    /// She is accompanied.
    Stay(Box<Stay>),
}

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub on: Date,
    /// When it was recorded.
    pub at: Instant,
    /// Its place in the history.
    pub nth: u64,
}

/// A proposal that waits to be handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// Version of the programme.
    pub version: u32,
    /// By what way.
    pub route: Code,
    /// Since when.
    pub since: Mark,
    /// The form, where it was filled in here.
    pub form: Option<SentForm>,
}

/// A proposal (*proposition d'intégration*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Version of the programme.
    pub version: u32,
    /// By what way.
    pub route: Code,
    /// When the form was sent.
    pub sent: Mark,
    /// When it was accepted.
    pub accepted: Option<Mark>,
    /// What was done since.
    pub log: Log,
}

/// A stay in a programme (*accompagnement*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Version of the programme.
    pub version: u32,
    /// By what way she came.
    pub route: Code,
    /// Whether her orientation may not change meanwhile.
    pub keeps_orientation: bool,
    /// When she entered.
    pub entered: Mark,
    /// What was granted, and its term.
    pub term: Option<Term>,
    /// Days from the form to the entry.
    pub days_to_entry: u32,
    /// Whether the delay of the entry was kept.
    pub in_time: bool,
    /// The roles that have stood beside her.
    pub stood: BTreeSet<Role>,
    /// When it was last decided how long it lasts.
    pub decided: Mark,
    /// When it was last made longer.
    pub extended: Option<Mark>,
    /// The last day of the follow-up in a job.
    pub in_work_until: Option<Date>,
    /// Since when another programme goes before.
    pub suspended: Option<Mark>,
    /// When it was last taken up again.
    pub resumed: Option<Mark>,
    /// How many days it stood still.
    pub days_suspended: u32,
    /// The contract.
    pub contract: Option<Contract>,
    /// When the right ended, and the last day of what may go on.
    pub right_ended: Option<(Mark, Date)>,
    /// Places that someone left, and since when.
    pub vacant: BTreeMap<Code, Mark>,
    /// What was done.
    pub log: Log,
}

/// How long a stay was granted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// In all.
    pub tenure: Tenure,
    /// The day on which it is over: that of the re-examination.
    pub day: Date,
    /// When that was recorded.
    pub at: Instant,
}

/// A contract in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its form.
    pub form: Code,
    /// When it was signed.
    pub signed: Mark,
    /// Its last day.
    pub until: Date,
}

/// A stay that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its first day.
    pub from: Date,
    /// The day on which it was over.
    pub ended: Date,
    /// How many days of it it stood still.
    pub days_suspended: u32,
    /// Its outcome.
    pub exit: Code,
    /// Version of the programme.
    pub version: u32,
    /// Days from the form to the entry.
    pub days_to_entry: u32,
    /// Whether the delay of the entry was kept.
    pub in_time: bool,
    /// The roles that stood beside her.
    pub stood: BTreeSet<Role>,
}

/// Who stands beside the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referent {
    /// In what role.
    pub role: Role,
    /// Who.
    pub who: AccountId,
    /// In which programme.
    pub programme: Code,
    /// Since when.
    pub since: Mark,
}

/// An orientation decided (*décision d'orientation*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orientation {
    /// To what.
    pub nature: Nature,
    /// When.
    pub decided: Mark,
}

/// What was done in a stage: the last time of each act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The last time that each act took place, and how often in person since the last contract.
    pub done: Vec<Done>,
    /// Each time that she did not come and is not excused.
    pub missed: Vec<Mark>,
}

/// An act that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Which.
    pub act: Code,
    /// The last time.
    pub last: Mark,
    /// How many times in person, since the last contract was signed.
    pub in_person: u32,
}

impl Log {
    /// How many times she did not come, without excuse.
    pub fn absences(&self) -> u32 {
        u32::try_from(self.missed.len()).unwrap_or(u32::MAX)
    }

    /// The last of these.
    pub fn absence(&self) -> Option<Mark> {
        self.missed.last().copied()
    }

    /// The last time that an act took place.
    pub fn last(&self, act: &Code) -> Option<Mark> {
        self.of(act).map(|done| done.last)
    }

    /// What is known of an act.
    pub fn of(&self, act: &Code) -> Option<&Done> {
        self.done.iter().find(|done| done.act == *act)
    }
}

impl Path {
    /// What is under way in a programme.
    pub fn open(&self, programme: &Code) -> Option<&Open> {
        self.tracks.get(programme)?.open.as_ref()
    }

    /// The stay in a programme, suspended or not.
    pub fn stay(&self, programme: &Code) -> Option<&Stay> {
        match self.open(programme) {
            Some(Open::Stay(stay)) => Some(stay),
            _ => None,
        }
    }

    /// An appointment in a programme.
    pub fn appointment(&self, programme: &Code, id: AppointmentId) -> Option<&Appointment> {
        self.tracks.get(programme)?.appointments.iter().find(|one| one.id == id)
    }

    /// A party's own working record, in a programme.
    pub fn record(&self, programme: &Code, party: &Party) -> Option<&WorkingRecord> {
        self.tracks.get(programme)?.records.get(party)
    }

    /// The stays that are over, in a programme.
    pub fn past(&self, programme: &Code) -> &[Past] {
        self.tracks.get(programme).map_or(&[], |track| &track.past)
    }
}

impl Open {
    /// Version of the programme that it is under.
    pub fn version(&self) -> u32 {
        match self {
            Self::Relay(relay) => relay.version,
            Self::Proposal(proposal) => proposal.version,
            Self::Stay(stay) => stay.version,
        }
    }

    /// By what way the person came.
    pub fn route(&self) -> &Code {
        match self {
            Self::Relay(relay) => &relay.route,
            Self::Proposal(proposal) => &proposal.route,
            Self::Stay(stay) => &stay.route,
        }
    }

    /// Since when.
    pub fn since(&self) -> Mark {
        match self {
            Self::Relay(relay) => relay.since,
            Self::Proposal(proposal) => proposal.sent,
            Self::Stay(stay) => stay.entered,
        }
    }
}
