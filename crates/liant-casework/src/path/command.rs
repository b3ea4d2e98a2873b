use std::collections::BTreeSet;

use jiff::civil::Date;
use liant_convention::Length;
use liant_model::{AccountId, ActionId, AppointmentId, GoalId, Party, Role};

use crate::SentForm;
use crate::path::{Coding, Meeting};
use crate::programme::{Code, Condition, Means, Nature, Outcome};

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// In which programme.
    pub programme: Code,
    /// In what role she acts; the shell has made sure that it is hers.
    pub by: Role,
    /// The day on which it happens, or happened.
    pub on: Date,
    /// The version of the path that she saw: another act meanwhile refuses hers.
    pub expected: u64,
    /// What.
    pub order: Order,
}

/// What a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// The person agrees to the transmission of her form.
    GiveConsent {
        /// To what.
        consent: Code,
    },
    /// She takes it back.
    WithdrawConsent {
        /// To what.
        consent: Code,
    },
    /// Propose her: the form leaves, by the first route that fits.
    Propose(Proposing),
    /// Hand on what a partner proposed.
    Forward(Proposing),
    /// Accept.
    Accept,
    /// Refuse, or set aside what was to be handed on.
    Refuse {
        /// Why.
        reason: Code,
    },
    /// Give up on someone who does not come.
    Drop {
        /// Why.
        reason: Code,
    },
    /// The person withdraws.
    Withdraw,
    /// She enters.
    Enter(Entering),
    /// Something was done, or she did not come.
    Record {
        /// What.
        act: Code,
        /// What became of it.
        outcome: Outcome,
        /// How they met; of an appointment, as was agreed unless said.
        means: Option<Means>,
        /// The appointment that it comes of.
        appointment: Option<AppointmentId>,
    },
    /// Fix an appointment.
    Fix {
        /// Its id: of a new one.
        appointment: AppointmentId,
        /// When, where, with whom.
        meeting: Meeting,
    },
    /// Move it.
    Move {
        /// Which.
        appointment: AppointmentId,
        /// When, where, with whom from now on.
        meeting: Meeting,
    },
    /// Cancel it.
    Cancel {
        /// Which.
        appointment: AppointmentId,
    },
    /// Name someone to a place that is free.
    Name {
        /// In what role.
        role: Role,
        /// Whom.
        who: AccountId,
    },
    /// Put someone in the place of another.
    HandOver {
        /// In what role.
        role: Role,
        /// Whose place.
        from: AccountId,
        /// Whom.
        to: AccountId,
    },
    /// Someone leaves her place.
    Leave {
        /// In what role.
        role: Role,
        /// Who.
        who: AccountId,
    },
    /// Make the accompaniment longer.
    Extend {
        /// By how much.
        length: Length,
    },
    /// She found work, and is followed in it.
    FollowIntoWork {
        /// Until when.
        until: Date,
    },
    /// Sign a contract.
    Sign {
        /// In what form.
        form: Code,
        /// For how long.
        length: Length,
        /// Who signs, where the form makes her the referent.
        who: Option<AccountId>,
    },
    /// Decide, or change, an orientation.
    Orient {
        /// To what.
        nature: Nature,
        /// Why, when there was one.
        reason: Option<Code>,
    },
    /// The right that the programme rests on has ended.
    EndRight,
    /// The person has it again.
    ResumeRight,
    /// End the accompaniment.
    End {
        /// The outcome.
        exit: Code,
        /// The programme that follows.
        next: Option<Code>,
    },
    /// Write in one's party's own working record.
    KeepRecord(Keeping),
}

/// Who writes in which record, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// The party whose record it is; the shell has made sure that she works for it.
    pub party: Party,
    /// Who writes.
    pub who: AccountId,
    /// What.
    pub order: RecordOrder,
}

/// What is to be written in a working record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordOrder {
    /// Set a goal.
    SetGoal {
        /// Its id: of a new one.
        goal: GoalId,
        /// What it is.
        coding: Coding,
    },
    /// Bring a goal where it stands now.
    MoveGoal {
        /// Which.
        goal: GoalId,
        /// Where it stands.
        state: Code,
        /// Why, where that is asked.
        reason: Option<Code>,
    },
    /// Add an action to a goal.
    SetAction {
        /// To which.
        goal: GoalId,
        /// Its id: of a new one.
        action: ActionId,
        /// Of what kind.
        of: Code,
    },
    /// Bring an action where it stands now.
    MoveAction {
        /// Which.
        action: ActionId,
        /// Where it stands.
        state: Code,
        /// Why, where that is asked.
        reason: Option<Code>,
    },
    /// Say where a barrier stands.
    NoteBarrier {
        /// Which.
        theme: Code,
        /// Where it stands.
        state: Code,
    },
    /// She gained a skill.
    GainSkill {
        /// Which.
        skill: Coding,
    },
    /// Say how far she has come.
    NoteProgress {
        /// On which theme; none: as a whole.
        theme: Option<Code>,
        /// On the scale of the programme.
        level: Code,
    },
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposing {
    /// Whom it is sent to.
    pub to: Role,
    /// What is known of the person today.
    pub facts: Facts,
    /// The zone of an experiment.
    pub zone: Option<Code>,
    /// Who agreed, beside the sender.
    pub confirmed_by: Vec<Role>,
    /// The form, where it was filled in here; none that was signed on paper.
    pub form: Option<SentForm>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entering {
    /// For how long.
    pub length: Option<Length>,
    /// What is known of the person today.
    pub facts: Facts,
    /// Whom the sender names: herself, and those whom her role names.
    pub referents: Vec<(Role, AccountId)>,
    /// Who agreed on the duration, beside the sender.
    pub agreed_by: Vec<Role>,
}

/// The criteria of a programme that a person meets. The software finds them out and keeps them nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts(BTreeSet<Code>);

impl Facts {
    /// Whether she meets a criterion.
    pub fn meets(&self, criterion: &Code) -> bool {
        self.0.contains(criterion)
    }

    /// What stands against a condition: a criterion that is not met, or one that may not be.
    pub fn against(&self, condition: &Condition) -> Option<Code> {
        let missing = condition.all.iter().find(|code| !self.meets(code));
        let barred = || condition.none.iter().find(|code| self.meets(code));
        let none_of = || condition.any.first().filter(|_| !condition.any.iter().any(|code| self.meets(code)));
        missing.or_else(barred).or_else(none_of).cloned()
    }
}

impl FromIterator<Code> for Facts {
    fn from_iter<I: IntoIterator<Item = Code>>(codes: I) -> Self {
        Self(codes.into_iter().collect())
    }
}
