//! How many people one human opens (`[[quota]]`): counted when a file is opened, in pages, exports of one person, the command
//! line alike. Who asks for one person after the other whom she may not see is stopped, and whoever looks over look-ups is told.

use liant_audit::{Act, PeopleBlock};
use liant_convention::{Gate, stops_anyone};
use liant_guard::Scope;
use liant_model::{ActId, Instant, Party, PersonId, Territory};
use liant_store::{BlockingChange, BlockingRow, Change, ChangeSet, StoreError};

use super::oversee;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, trail};

/// Refuses everything to who is stopped. Asked before any plan is made.
pub(crate) fn not_blocked(context: &Context<'_>, workplace: &Workplace) -> Result<(), AppError> {
    if context.is_stopped(workplace)? { Err(AppError::Blocked) } else { Ok(()) }
}

/// Measures the opening of someone's file, and refuses it when it is one too many; or notes that she was asked for by someone
/// who may not see her.
pub(crate) fn measure(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    is_hers: bool,
) -> Result<(), AppError> {
    let quota = context.gate(workplace)?.quota(context.actor, context.territory, context.now());
    let human = context.actor.name.as_str();
    if !is_hers {
        workplace.store.ensure_territory(context.territory)?;
        let tried = workplace.store.note_opening(context.territory, (human, person, true), context.now())?;
        let sought = PeopleBlock::new([person]);
        access::write_refusal_of(context, workplace, "asked for someone beyond her reach", sought)?;
        return match &quota {
            Some(quota) if quota.stops(tried) => {
                block(context, workplace, vec![quota.clause.to_string()], tried)
            }
            None if stops_anyone(tried) => block(context, workplace, Vec::new(), tried),
            _ => Ok(()),
        };
    }
    let Some(quota) = quota else { return Ok(()) };
    let caseload = context.seat.account.zip(context.seat.organisation);
    let (opened, caseload) = workplace.store.read(context.territory, |snapshot| {
        let opened = snapshot.openings(human, person, context.now())?;
        let caseload = match caseload {
            // Asked only of who comes near a bar.
            Some((account, organisation)) if !opened.is_known && opened.hour > 0 => {
                let scope = Scope::Caseload(account, organisation);
                snapshot.followed_in(scope, context.now().date())?.len() as u64
            }
            _ => 0,
        };
        Ok((opened, caseload))
    })?;
    if opened.is_known {
        return Ok(());
    }
    let (per_hour, per_day) = quota.opened(caseload);
    if opened.hour >= per_hour || opened.day >= per_day {
        let clause = &quota.clause;
        let reason = format!("as many people opened as {clause} allows");
        access::write_refusal_of(context, workplace, &reason, PeopleBlock::new([person]))?;
        return Err(AppError::TooManyOpened);
    }
    workplace.store.note_opening(context.territory, (human, person, false), context.now()).map(drop)?;
    Ok(())
}

/// Stops a human: an entry of the log and a place on the desk of whoever looks over look-ups, at once.
fn block(
    context: &Context<'_>,
    workplace: &Workplace,
    clauses: Vec<String>,
    tried: u64,
) -> Result<(), AppError> {
    let blocking = context.act_id()?;
    let row = BlockingRow {
        blocking,
        human: context.actor.name.clone(),
        party: context.actor.party.to_string(),
        role: context.actor.role.to_string(),
        clause: clauses.join(", "),
        tried,
        at: context.now(),
        lifted: None,
    };
    let what = Audited {
        subject: "stopped: asked for people beyond her reach, one after the other".to_owned(),
        clauses,
        counts: vec![("people", tried)],
        ..Audited::default()
    };
    let entry = audit(context, blocking, Act::Refusal, what)?;
    let change = Change::Blocking(BlockingChange::Block(row));
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry).with(change))?;
    access::sequence(context, workplace);
    Ok(())
}

/// Someone who is stopped, or was, as whoever looks over look-ups sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Which.
    pub blocking: ActId,
    /// Who: her account, as the log holds it.
    pub actor: String,
    /// Her name, when she has an account here.
    pub name: Option<String>,
    /// Her role.
    pub role: String,
    /// The clause; empty when none measures her.
    pub clause: String,
    /// How many people beyond her reach she had asked for.
    pub tried: u64,
    /// Since when.
    pub at: Instant,
    /// Until when, and who let her in again, by name or account.
    pub lifted: Option<(Instant, String)>,
}

/// Whether the actor, who looks over look-ups, answers for someone who is stopped: one of her own party, or of a party where
/// nobody does.
pub(super) fn is_hers_to_lift(context: &Context<'_>, gate: &Gate, row: &BlockingRow) -> bool {
    let nobody_else = || {
        let party = Party::parse(&row.party).ok();
        party.is_none_or(|party| gate.overseen(&party, context.territory, context.now()).is_err())
    };
    row.party == context.actor.party.as_str() || nobody_else()
}

/// Those whom the actor answers for who are stopped, the first first, then those who were. Reading it is on record.
///
/// # Errors
/// When no clause has the actor look over look-ups.
pub fn blocked(context: &Context<'_>, workplace: &Workplace, most: usize) -> Result<Vec<Blocked>, AppError> {
    oversee(context, workplace)?;
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    let mut rows = workplace.store.read(context.territory, |snapshot| snapshot.blockings())?;
    let gate = context.gate(workplace)?;
    rows.retain(|row| is_hers_to_lift(context, gate, row));
    rows.truncate(most);
    let by = rows.iter().filter_map(|row| row.lifted.as_ref().map(|(_, by)| by.clone()));
    let actors: Vec<String> = rows.iter().map(|row| row.human.clone()).chain(by).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let what = Audited {
        subject: "people who are stopped".to_owned(),
        counts: vec![("blocked", rows.len() as u64)],
        ..Audited::default()
    };
    super::write(context, workplace, Act::Read, what, None)?;
    let shown = |row: BlockingRow| Blocked {
        blocking: row.blocking,
        name: names.get(&row.human).cloned(),
        actor: row.human,
        role: row.role,
        clause: row.clause,
        tried: row.tried,
        at: row.at,
        lifted: row.lifted.map(|(at, by)| (at, names.get(&by).cloned().unwrap_or(by))),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// The stops in force: their numbers alone, for an alert.
///
/// # Errors
/// When the store refuses.
pub fn stops(workplace: &Workplace, territory: Territory) -> Result<Vec<ActId>, AppError> {
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    Ok(workplace.store.read(territory, |snapshot| snapshot.stops())?)
}

/// Lets someone in again who was stopped.
///
/// # Errors
/// When no clause has the actor look over look-ups, or there is none such that she answers for; [`AppError::OwnLookUp`] when it is
/// herself; a conflict when someone else did it meanwhile.
pub fn lift(context: &Context<'_>, workplace: &Workplace, blocking: ActId) -> Result<(), AppError> {
    oversee(context, workplace)?;
    let gate = context.gate(workplace)?;
    let row = workplace.store.read(context.territory, |snapshot| snapshot.blocking(blocking))?;
    let row = row.filter(|row| is_hers_to_lift(context, gate, row));
    let row = row.ok_or(AppError::Absent("stop"))?;
    if row.human == context.actor.name {
        return Err(AppError::OwnLookUp);
    }
    if row.lifted.is_some() {
        return Err(AppError::Store(StoreError::Conflict { what: "who is stopped" }));
    }
    let change = BlockingChange::Lift { blocking, human: row.human.clone(), by: context.actor.name.clone() };
    let what = Audited { subject: format!("let in again: {} ({blocking})", row.human), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::LookUp, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&set.with(Change::Blocking(change)))?;
    access::sequence(context, workplace);
    Ok(())
}
