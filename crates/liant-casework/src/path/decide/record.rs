//! What is written in a party's own working record: by who stands beside the person, in the codes of the programme.

use jiff::civil::Date;

use crate::path::command::{Keeping, RecordOrder};
use crate::path::decide::{Ask, no, no_about};
use crate::path::record::{Goal, RecordEntry, Written};
use crate::path::{Coding, Event, Open, Reason, Refusal, What, WorkingRecord};
use crate::programme::{Code, Coded, During, Nomenclature, RecordRule, RecordState};

pub(super) fn keep(ask: &Ask<'_>, keeping: &Keeping) -> Result<Vec<Event>, Refusal> {
    let rule = ask.programme.record.as_ref().ok_or_else(|| no(Reason::NoRecord, "record", ""))?;
    if rule.assessed_by.contains(&ask.command.by) {
        assessed(ask, rule)?;
    } else {
        ask.only(&rule.by, "record.by", &rule.source)?;
        stage(ask, rule)?;
        let mut beside = ask.path.referents.values();
        if !beside.any(|one| one.who == keeping.who && one.role == ask.command.by) {
            return Err(no(Reason::NotReferent, "record.by", &rule.source));
        }
    }
    let none = WorkingRecord::default();
    let record = ask.path.record(&ask.command.programme, &keeping.party).unwrap_or(&none);
    let entry = Writing { ask, rule, record }.entry(&keeping.order)?;
    Ok(vec![ask.event(What::WorkingRecord { party: keeping.party.clone(), entry })])
}

/// Refuses whoever makes the diagnosis once there is no proposal any more: from then on somebody stands beside the person.
fn assessed(ask: &Ask<'_>, rule: &RecordRule) -> Result<(), Refusal> {
    let open = ask.open()?;
    ask.not_before(open.since(), "command.on")?;
    match open {
        Open::Proposal(_) => Ok(()),
        Open::Relay(_) | Open::Stay(_) => Err(no(Reason::WrongStage, "record.assessed_by", &rule.source)),
    }
}

/// Refuses where the person does not stand where the rule has records written.
fn stage(ask: &Ask<'_>, rule: &RecordRule) -> Result<(), Refusal> {
    let open = ask.open()?;
    ask.not_before(open.since(), "command.on")?;
    let during = match open {
        Open::Relay(_) => None,
        Open::Proposal(_) => Some(During::Proposal),
        Open::Stay(stay) if stay.suspended.is_some() => Some(During::Suspension),
        Open::Stay(_) => Some(During::Accompaniment),
    };
    if during.is_some_and(|during| rule.during.contains(&during)) {
        return Ok(());
    }
    let reason = if during == Some(During::Suspension) { Reason::Suspended } else { Reason::WrongStage };
    Err(no(reason, "record.during", &rule.source))
}

/// An entry being decided on.
struct Writing<'a> {
    ask: &'a Ask<'a>,
    rule: &'a RecordRule,
    record: &'a WorkingRecord,
}

impl<'a> Writing<'a> {
    fn entry(&self, order: &RecordOrder) -> Result<RecordEntry, Refusal> {
        match order {
            RecordOrder::SetGoal { goal, coding } => self.set_goal(*goal, coding),
            RecordOrder::MoveGoal { goal, state, reason } => {
                let known = self.open_goal(*goal)?;
                self.not_before(known.standing.since)?;
                let to = self.state(&self.rule.goal_states, "record.goal_state", state)?;
                self.changes(&known.standing.state, &to.id)?;
                let reason = self.reason(to, reason.as_ref())?;
                Ok(RecordEntry::GoalMoved { goal: *goal, state: to.id.clone(), closed: to.closes, reason })
            }
            RecordOrder::SetAction { goal, action, of } => {
                let known = self.open_goal(*goal)?;
                self.not_before(known.set)?;
                if self.record.action(*action).is_some() {
                    return Err(no(Reason::Stale, "command.expected", ""));
                }
                let of = self.coded(&self.rule.actions, "record.action", of)?.clone();
                let state = self.first(&self.rule.action_states, "record.action_state")?;
                Ok(RecordEntry::ActionSet { goal: *goal, action: *action, of, state })
            }
            RecordOrder::MoveAction { action, state, reason } => {
                let found = self.record.action(*action);
                let (goal, known) = found.ok_or_else(|| self.no(Reason::NoAction, "record.action"))?;
                self.is_open(goal)?;
                if known.standing.closed {
                    return Err(self.no(Reason::ActionClosed, "record.action_state"));
                }
                self.not_before(known.standing.since)?;
                let to = self.state(&self.rule.action_states, "record.action_state", state)?;
                self.changes(&known.standing.state, &to.id)?;
                let reason = self.reason(to, reason.as_ref())?;
                let (action, state) = (*action, to.id.clone());
                Ok(RecordEntry::ActionMoved { action, state, closed: to.closes, reason })
            }
            RecordOrder::NoteBarrier { theme, state } => self.note_barrier(theme, state),
            RecordOrder::GainSkill { skill } => self.gain(skill),
            RecordOrder::NoteProgress { theme, level } => {
                if let Some(theme) = theme {
                    self.theme(theme)?;
                }
                let level = self.coded(&self.rule.levels, "record.level", level)?.clone();
                Ok(RecordEntry::ProgressNoted { theme: theme.clone(), level })
            }
        }
    }

    fn set_goal(&self, goal: liant_model::GoalId, coding: &Coding) -> Result<RecordEntry, Refusal> {
        if self.record.goal(goal).is_some() {
            return Err(no(Reason::Stale, "command.expected", ""));
        }
        let found = self.nomenclature(coding)?.goal(&coding.code);
        let found = found.ok_or_else(|| self.unknown("record.nomenclature", &coding.code))?;
        self.theme(&found.theme)?;
        let under_way = |one: &Goal| one.coding == *coding && !one.standing.closed;
        if self.record.goals.iter().any(under_way) {
            return Err(self.no(Reason::GoalOpen, "record.goal_state"));
        }
        let state = self.first(&self.rule.goal_states, "record.goal_state")?;
        Ok(RecordEntry::GoalSet { goal, theme: found.theme.clone(), coding: coding.clone(), state })
    }

    fn note_barrier(&self, theme: &Code, state: &Code) -> Result<RecordEntry, Refusal> {
        self.theme(theme)?;
        let to = self.state(&self.rule.barrier_states, "record.barrier_state", state)?;
        if let Some((before, since)) = self.record.barrier(theme) {
            self.not_before(since)?;
            self.changes(before, &to.id)?;
        }
        Ok(RecordEntry::BarrierNoted { theme: theme.clone(), state: to.id.clone() })
    }

    fn gain(&self, skill: &Coding) -> Result<RecordEntry, Refusal> {
        if self.nomenclature(skill)?.skill(&skill.code).is_none() {
            return Err(self.unknown("record.nomenclature", &skill.code));
        }
        if self.record.skills.iter().any(|(held, _)| held == skill) {
            return Err(self.no(Reason::SkillHeld, "record.nomenclature"));
        }
        Ok(RecordEntry::SkillGained { skill: skill.clone() })
    }

    /// A goal of this record that is under way.
    fn open_goal(&self, goal: liant_model::GoalId) -> Result<&'a Goal, Refusal> {
        let known = self.record.goal(goal).ok_or_else(|| self.no(Reason::NoGoal, "record.goal_state"))?;
        self.is_open(known)?;
        Ok(known)
    }

    fn is_open(&self, goal: &Goal) -> Result<(), Refusal> {
        if goal.standing.closed { Err(self.no(Reason::GoalClosed, "record.goal_state")) } else { Ok(()) }
    }

    fn nomenclature(&self, coding: &Coding) -> Result<&'a Nomenclature, Refusal> {
        let found = self.rule.nomenclature(&coding.nomenclature, &coding.version);
        let found = found.ok_or_else(|| self.unknown("record.nomenclature", &coding.nomenclature))?;
        if found.is_of(&self.ask.command.by) {
            Ok(found)
        } else {
            Err(no_about(Reason::NotYours, "record.nomenclature.by", &found.source, &found.id))
        }
    }

    fn theme(&self, theme: &Code) -> Result<(), Refusal> {
        let known = self.rule.theme(theme);
        known.map(drop).ok_or_else(|| self.unknown("record.theme", theme))
    }

    fn coded<'c>(&self, list: &'c [Coded], rule: &'static str, code: &Code) -> Result<&'c Code, Refusal> {
        let found = list.iter().find(|one| one.id == *code);
        found.map(|one| &one.id).ok_or_else(|| self.unknown(rule, code))
    }

    fn state<'s>(
        &self,
        states: &'s [RecordState],
        rule: &'static str,
        code: &Code,
    ) -> Result<&'s RecordState, Refusal> {
        states.iter().find(|one| one.id == *code).ok_or_else(|| self.unknown(rule, code))
    }

    /// The state of what is new.
    fn first(&self, states: &[RecordState], rule: &'static str) -> Result<Code, Refusal> {
        states.first().map(|one| one.id.clone()).ok_or_else(|| self.no(Reason::NoRecord, rule))
    }

    fn changes(&self, from: &Code, to: &Code) -> Result<(), Refusal> {
        if from == to { Err(self.no(Reason::SameState, "record")) } else { Ok(()) }
    }

    /// The reason, where the state gives one and where it gives none.
    fn reason(&self, to: &RecordState, reason: Option<&Code>) -> Result<Option<Code>, Refusal> {
        match (to.asks_reason, reason) {
            (true, None) => Err(self.no(Reason::WhyMissing, "record.reason")),
            (true, Some(reason)) if self.rule.reasons.iter().any(|one| one.id == *reason) => {
                Ok(Some(reason.clone()))
            }
            (true, Some(reason)) => {
                Err(no_about(Reason::UnknownReason, "record.reason", &self.rule.source, reason))
            }
            (false, Some(_)) => Err(self.no(Reason::ReasonNotNow, "record.reason")),
            (false, None) => Ok(None),
        }
    }

    fn not_before(&self, since: Written) -> Result<(), Refusal> {
        let on: Date = self.ask.on();
        if on >= since.on { Ok(()) } else { Err(no(Reason::TooEarly, "command.on", "")) }
    }

    fn no(&self, reason: Reason, rule: &'static str) -> Refusal {
        no(reason, rule, &self.rule.source)
    }

    fn unknown(&self, rule: &'static str, code: &Code) -> Refusal {
        no_about(Reason::NotInRecord, rule, &self.rule.source, code)
    }
}
