//! What is asked for on someone's path, and what is answered.

use liant_casework::{Code, Event, Means, Nature, Outcome, Refusal};
use liant_convention::Length;
use liant_model::{AccountId, AppointmentId, Date, DateTime, OrganisationId, Role};

use super::form::Filled;

/// A professional, in the organisation that she acts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Colleague {
    /// Who.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
}

/// A proposal (*proposition d'intégration*).
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The role that receives the form.
    pub to: Role,
    /// The organisation that it is sent to; none: the local service of her commune, when the role is its head's.
    pub organisation: Option<OrganisationId>,
    /// Who of it, when the form is for one: she is then designated, and may read it.
    pub account: Option<AccountId>,
    /// The criteria that the form ticks ([`super::declared`]).
    pub declared: Vec<Code>,
    /// The zone of an experiment.
    pub zone: Option<Code>,
    /// Roles that agreed, beside the sender's.
    pub confirmed_by: Vec<Role>,
    /// Her form, filled in and signed here; none: it was signed on paper.
    pub form: Option<Box<Filled>>,
}

/// An entry (*entrée effective*).
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// For how long.
    pub length: Option<Length>,
    /// The criteria that still hold, of those that are ticked.
    pub declared: Vec<Code>,
    /// Whom the actor names: herself, and those whom her role names.
    pub referents: Vec<(Role, Colleague)>,
    /// Roles that agreed on the length, beside the actor's.
    pub agreed_by: Vec<Role>,
}

/// When, where and with whom an appointment is.
#[derive(Clone, Debug)]
pub struct Met {
    /// The day and hour there.
    pub at: DateTime,
    /// How.
    pub means: Means,
    /// The code of the place.
    pub place: Code,
    /// With whom: a colleague of the actor's, in her role.
    pub with: Colleague,
}

/// What is asked for. Each is an [`liant_casework::Order`] of the programme, with the professionals named in full.
#[derive(Clone, Debug)]
pub enum Asked {
    /// She agrees to the transmission of her form (*recueil du consentement*).
    GiveConsent(Code),
    /// She takes that back.
    WithdrawConsent(Code),
    /// Propose her.
    Propose(Proposed),
    /// Hand on what a partner proposed.
    Forward(Proposed),
    /// Accept the proposal.
    Accept,
    /// Refuse it, for a coded reason.
    Refuse(Code),
    /// Drop it: she does not come.
    Drop(Code),
    /// She withdraws.
    Withdraw,
    /// She enters.
    Enter(Entry),
    /// An act took place, or an appointment was missed or excused.
    Record {
        /// Which.
        act: Code,
        /// What became of it.
        outcome: Outcome,
        /// How they met.
        means: Option<Means>,
        /// The appointment that it comes of.
        appointment: Option<AppointmentId>,
    },
    /// Fix an appointment (*rendez-vous*).
    Fix {
        /// What for.
        act: Code,
        /// When, where, with whom.
        met: Met,
    },
    /// Move it.
    Move(AppointmentId, Met),
    /// Cancel it.
    Cancel(AppointmentId),
    /// Name someone to a free place.
    Name(Role, Colleague),
    /// Give someone's place to another.
    HandOver {
        /// In what role.
        role: Role,
        /// Whose place.
        from: AccountId,
        /// Who takes it.
        to: Colleague,
    },
    /// Someone leaves her place.
    Leave(Role, AccountId),
    /// Make it longer (*prolongation*).
    Extend(Length),
    /// She is followed in her job until a day.
    FollowIntoWork(Date),
    /// Sign a contract (*CER*).
    Sign {
        /// Its form.
        form: Code,
        /// For how long.
        length: Length,
        /// Who signs, where the form makes her the referent.
        who: Option<Colleague>,
    },
    /// Decide or change her orientation.
    Orient(Nature, Option<Code>),
    /// The right has ended.
    EndRight,
    /// She has it again.
    ResumeRight,
    /// End the accompaniment (*sortie*).
    End {
        /// The outcome.
        exit: Code,
        /// What follows.
        next: Option<Code>,
    },
}

/// Acts on one path, in one programme, on one day: all of them are recorded, or none.
#[derive(Clone, Debug)]
pub struct Doing {
    /// In which programme.
    pub programme: Code,
    /// The day on which it happened.
    pub on: Date,
    /// The version of the path that the actor saw.
    pub expected: u64,
    /// What, in order.
    pub asked: Vec<Asked>,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The version of the path now, as the actor may see it; 0 when she sees it no more.
    pub version: u64,
    /// What happened.
    pub events: Vec<Event>,
    /// The roles that the programme says are told of it.
    pub told: Vec<Role>,
}

/// What came of an act: a refusal names the rule of the programme and its source, and changes nothing. Of two acts at once the second is
/// refused as [`liant_casework::Reason::Stale`].
pub type Acted = Result<Recorded, Refusal>;
