use jiff::civil::Date;
use liant_model::{AccountId, AppointmentId, Instant, Party, Role};

use crate::SentForm;
use crate::path::{Meeting, RecordEntry, Tenure};
use crate::programme::{Code, Means, Nature, Outcome};

/// Something that happened on a person's path. History is these; everything else is computed from them. It holds codes, dates,
/// numbers and the ids of professionals: no type in it can hold a phrase or a name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The form of the event.
    pub v: EventForm,
    /// When it was recorded.
    pub at: Instant,
    /// The day on which it happened.
    pub on: Date,
    /// The role of whoever recorded it.
    pub by: Role,
    /// In which programme.
    pub programme: Code,
    /// What happened.
    pub what: What,
}

/// The form in which an event was written. A later one is refused, never misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum EventForm {
    /// The first.
    First,
}

/// A form of events that this program does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("events of form {0} were written by a later version of the program")]
pub struct UnknownForm(u16);

impl TryFrom<u16> for EventForm {
    type Error = UnknownForm;
    fn try_from(form: u16) -> Result<Self, UnknownForm> {
        if form == 1 { Ok(Self::First) } else { Err(UnknownForm(form)) }
    }
}

impl From<EventForm> for u16 {
    fn from(form: EventForm) -> Self {
        match form {
            EventForm::First => 1,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum What {
    /// The person agreed to the transmission of her form (*consentement*).
    ConsentGiven {
        /// To what.
        consent: Code,
    },
    /// She took her consent back.
    ConsentWithdrawn {
        /// To what.
        consent: Code,
    },
    /// A proposal reached who must hand it on.
    Relayed {
        /// Version of the programme.
        version: u32,
        /// By what way.
        route: Code,
        /// The form, where it was filled in here; none that was signed on paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<SentForm>,
    },
    /// The form left (*envoi de la fiche de liaison*).
    Sent {
        /// Version of the programme.
        version: u32,
        /// By what way.
        route: Code,
        /// The form, where it was filled in here; none that was signed on paper.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<SentForm>,
    },
    /// The partner accepted.
    Accepted {},
    /// The partner refused.
    Refused {
        /// Why.
        reason: Code,
    },
    /// The proposal was dropped: the person did not come.
    Dropped {
        /// Why.
        reason: Code,
    },
    /// The person withdrew before the entry.
    ProposalWithdrawn {},
    /// She entered (*entrée effective*).
    Entered {
        /// What was granted.
        tenure: Option<Tenure>,
        /// The day on which it is over.
        term: Option<Date>,
        /// Days since the form was sent.
        days: u32,
        /// Whether the delay was kept.
        in_time: bool,
        /// Whether her orientation may not change meanwhile.
        keeps_orientation: bool,
        /// What the entry means for her orientation.
        orientation: Option<AtEntry>,
    },
    /// Someone took a place beside her.
    Named {
        /// The role.
        role: Role,
        /// The place: of each kind there is one.
        place: Code,
        /// Who.
        who: AccountId,
    },
    /// A place became free.
    Released {
        /// Which.
        place: Code,
        /// Whether it must be filled again.
        vacant: bool,
    },
    /// An act took place, or did not.
    Acted {
        /// Which.
        act: Code,
        /// What became of it.
        outcome: Outcome,
        /// How they met.
        means: Option<Means>,
        /// The appointment that it comes of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointment: Option<AppointmentId>,
    },
    /// An appointment was fixed (*rendez-vous fixé*).
    AppointmentFixed {
        /// Which.
        appointment: AppointmentId,
        /// When, where, with whom.
        meeting: Meeting,
    },
    /// It was moved (*rendez-vous déplacé*).
    AppointmentMoved {
        /// Which.
        appointment: AppointmentId,
        /// When, where, with whom from now on.
        meeting: Meeting,
    },
    /// It was cancelled (*rendez-vous annulé*).
    AppointmentCancelled {
        /// Which.
        appointment: AppointmentId,
    },
    /// The accompaniment was made longer (*prolongation*).
    Extended {
        /// What is granted in all.
        tenure: Tenure,
        /// The new term.
        term: Date,
    },
    /// She found work, and is followed in it (*suivi dans l'emploi*).
    FollowedIntoWork {
        /// Until when.
        until: Date,
    },
    /// Another programme goes before.
    Suspended {
        /// Which.
        before: Code,
    },
    /// It was taken up again.
    Resumed {
        /// The term, put off by the time that it stood still.
        term: Option<Date>,
    },
    /// A contract was signed.
    Signed {
        /// In what form.
        form: Code,
        /// Its last day.
        until: Date,
    },
    /// Her orientation was decided (*décision d'orientation*).
    Oriented {
        /// To what.
        nature: Nature,
        /// Why it was changed.
        reason: Option<Code>,
    },
    /// The right that the programme rests on ended.
    RightEnded {
        /// The last day of what may go on.
        tail_end: Date,
    },
    /// She has the right again.
    RightResumed {},
    /// It ended (*fin de l'accompagnement*).
    Ended {
        /// The outcome.
        exit: Code,
        /// What follows.
        next: Option<Code>,
    },
    /// Someone wrote in her party's own working record (*dossier de travail*). Nobody is told of it, and no other party sees it.
    WorkingRecord {
        /// Whose record.
        party: Party,
        /// What.
        entry: RecordEntry,
    },
}

/// What an entry means for the person's orientation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtEntry {
    /// It stays (*maintien*).
    Kept,
    /// One is to be decided (*nouvelle orientation*).
    New,
    /// It is to be changed (*réorientation à effectuer*).
    ToChange,
}
