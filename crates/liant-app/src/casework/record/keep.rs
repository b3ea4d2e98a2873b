//! An entry in the record of the actor's own party: decided by the programme, written with the path, and told to nobody.

use liant_audit::{Act, PeopleBlock};
use liant_casework::{Command, Event, Happened, Keeping, Order, Reason, RecordOrder, Refusal, decide, fold};
use liant_model::{AccountId, ActionId, GoalId, PersonId};
use liant_store::{CaseworkChange, Change, ChangeSet, NewCaseworkEvent, StoreError};

use super::super::acts::stale;
use super::super::{appointments, held, register_of, words};
use super::view::{self, Looked};
use super::{RecordAsked, RecordDoing, field_of, rules};
use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access};

/// How often an entry is tried that another act on the path came before: what the other party does refuses nobody's entry.
const TRIES: usize = 4;

/// Writes an entry in the record of the actor's party; gives its version now.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] when there is no such person of whose record a clause lets the actor have such a datum.
pub fn keep(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    doing: &RecordDoing,
) -> Result<Result<u64, Refusal>, AppError> {
    for _ in 0..TRIES {
        match try_keep(context, workplace, person, doing) {
            Err(AppError::Store(StoreError::Conflict { .. })) => {}
            answer => return answer,
        }
    }
    Ok(Err(stale()))
}

fn try_keep(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    doing: &RecordDoing,
) -> Result<Result<u64, Refusal>, AppError> {
    let looked = view::look(context, workplace, person)?;
    let record = looked.record(context, &doing.programme);
    if record.version != doing.expected {
        return Ok(Err(stale()));
    }
    let who = context.seat.account.ok_or(AppError::Absent("person"))?;
    if !acts_for_her_place(context, &looked, who) {
        let (reason, source) = (Reason::NotReferent, "".into());
        return Ok(Err(Refusal { reason, rule: "record.by", source, about: None }));
    }
    let programmes = workplace.programmes(context.territory)?;
    let path = &looked.held.path;
    let keeping = Keeping { party: context.actor.party.clone(), who, order: order(context, &doing.asked)? };
    let command = Command {
        programme: doing.programme.clone(),
        by: context.actor.role.clone(),
        on: doing.on,
        expected: path.version,
        order: Order::KeepRecord(keeping),
    };
    let events = match decide(&programmes, path, &command, context.now()) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let rules = rules(&programmes, &doing.programme);
    for event in &events {
        let Happened::WorkingRecord { entry, .. } = &event.what else { continue };
        // Who may not read it does not write it.
        if !field_of(&rules, entry, &record).is_some_and(|field| looked.may(field)) {
            return Err(AppError::Absent("record"));
        }
    }
    write(context, workplace, (person, &looked), &events)?;
    Ok(Ok(record.version + events.len() as u64))
}

/// Whether it is for where she sits that she stands beside the person: who works for two organisations writes for the one that has her there.
fn acts_for_her_place(context: &Context<'_>, looked: &Looked, who: AccountId) -> bool {
    let held = &looked.held;
    let mut places = held.path.referents.iter().filter(|(_, one)| one.who == who);
    places.all(|(place, _)| {
        let organisation = held.works_for(place, who);
        organisation.is_none() || organisation == context.seat.organisation
    })
}

fn order(context: &Context<'_>, asked: &RecordAsked) -> Result<RecordOrder, AppError> {
    Ok(match asked {
        RecordAsked::SetGoal(coding) => {
            RecordOrder::SetGoal { goal: GoalId::new(context.now(), random()?), coding: coding.clone() }
        }
        RecordAsked::MoveGoal { goal, state, reason } => {
            RecordOrder::MoveGoal { goal: *goal, state: state.clone(), reason: reason.clone() }
        }
        RecordAsked::SetAction { goal, of } => RecordOrder::SetAction {
            goal: *goal,
            action: ActionId::new(context.now(), random()?),
            of: of.clone(),
        },
        RecordAsked::MoveAction { action, state, reason } => {
            RecordOrder::MoveAction { action: *action, state: state.clone(), reason: reason.clone() }
        }
        RecordAsked::NoteBarrier { theme, state } => {
            RecordOrder::NoteBarrier { theme: theme.clone(), state: state.clone() }
        }
        RecordAsked::GainSkill(skill) => RecordOrder::GainSkill { skill: skill.clone() },
        RecordAsked::NoteProgress { theme, level } => {
            RecordOrder::NoteProgress { theme: theme.clone(), level: level.clone() }
        }
    })
}

/// Writes what was decided, with the path: nothing of who sees her, and of what she is told, changes by it.
fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, looked): (PersonId, &Looked),
    events: &[Event],
) -> Result<(), AppError> {
    let programmes = workplace.programmes(context.territory)?;
    let held = &looked.held;
    let row = |event: &Event| -> Result<NewCaseworkEvent, AppError> {
        Ok(NewCaseworkEvent {
            recorded_by: context.actor.name.clone(),
            organisation: context.seat.organisation,
            party: context.actor.party.clone(),
            register: register_of(&context.actor.party),
            about: None,
            body: held::body(event)?,
        })
    };
    let rows: Vec<NewCaseworkEvent> = events.iter().map(row).collect::<Result<_, _>>()?;
    let path = events.iter().fold(held.path.clone(), fold);
    let mut recorded: Vec<_> = held.recorded().collect();
    recorded.extend(events.iter().zip(&rows));
    let change = CaseworkChange::Record {
        person,
        carrier: held.carrier().ok_or(AppError::Absent("person"))?,
        expected: held.rows.last(),
        heads: held::heads_of(&programmes, &path, &recorded),
        notices: appointments::to_tell(&programmes, &path, &recorded),
        events: rows.clone(),
        ties: Vec::new(),
        form: None,
    };
    let kinds: Vec<&str> = events.iter().map(|event| words::kind(&event.what)).collect();
    let what = Audited {
        subject: kinds.join(", "),
        counts: vec![("events", events.len() as u64)],
        people: PeopleBlock::new([person]),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Casework, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Casework(change));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}
