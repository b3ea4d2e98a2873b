//! Reading for someone: the gate decides, the record is written, and only then is anything seen.

use liant_audit::{Act, PeopleBlock};
use liant_convention::{Channel, FlowPermit, FlowQuery, Query, Reach, RecipientRule};
use liant_guard::{AccessRecord, Plan, RefusalRecord, Standings, Subject};
use liant_model::{FieldSet, PersonId};
use liant_store::{Change, ChangeSet, DisclosureRow};

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace};

/// The plan of an act of reading on a screen. A refusal is audited too.
pub(crate) fn plan(context: &Context<'_>, workplace: &Workplace, channel: Channel) -> Result<Plan, AppError> {
    let query = Query {
        actor: context.actor,
        purpose: &context.purpose,
        channel,
        territory: context.territory,
        reach: Reach::Territory,
        now: context.now(),
    };
    Plan::compile(&workplace.gate, &query).map_err(|refusal| {
        let record = RefusalRecord::of_query(&query, &refusal);
        match write_refusal(context, workplace, &record.reason) {
            Ok(()) => AppError::Gate(refusal),
            Err(error) => error,
        }
    })
}

/// What may come in by a flow, and under which clause. A refusal is audited too.
pub(crate) fn receive(
    context: &Context<'_>,
    workplace: &Workplace,
    profile: &str,
) -> Result<FlowPermit, AppError> {
    let query = FlowQuery { profile, actor: context.actor, territory: context.territory, now: context.now() };
    workplace.gate.receive(&query).map_err(|refusal| {
        let record = RefusalRecord::of_flow(&query, &refusal);
        match write_refusal(context, workplace, &record.reason) {
            Ok(()) => AppError::Gate(refusal),
            Err(error) => error,
        }
    })
}

/// Whether the actor may send a flow. A refusal is audited too.
pub(crate) fn send(context: &Context<'_>, workplace: &Workplace, profile: &str) -> Result<(), AppError> {
    let query = FlowQuery { profile, actor: context.actor, territory: context.territory, now: context.now() };
    workplace.gate.send(&query).map(drop).map_err(|refusal| {
        let record = RefusalRecord::of_flow(&query, &refusal);
        match write_refusal(context, workplace, &record.reason) {
            Ok(()) => AppError::Gate(refusal),
            Err(error) => error,
        }
    })
}

pub(crate) fn write_refusal(
    context: &Context<'_>,
    workplace: &Workplace,
    reason: &str,
) -> Result<(), AppError> {
    workplace.store.ensure_territory(context.territory)?;
    let what = Audited { subject: reason.to_owned(), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Refusal, what)?;
    Ok(workplace.store.record(ChangeSet::new(context.territory, context.now(), entry))?)
}

/// What finds the standing of people: which of the clauses are about them. A refusal is audited too.
pub(crate) fn standings(context: &Context<'_>, workplace: &Workplace) -> Result<Standings, AppError> {
    let rule = RecipientRule::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
    let begun = Standings::begin(&workplace.gate, rule, context.territory, context.now());
    begun.map_err(|refusal| match write_refusal(context, workplace, &refusal.to_string()) {
        Ok(()) => AppError::Gate(refusal),
        Err(error) => error,
    })
}

/// Gives what waits its place in the log. The act is done and its entry durable: when this fails, the next act, or the
/// server, takes what waits.
pub(crate) fn sequence(context: &Context<'_>, workplace: &Workplace) {
    let _ = workplace.store.sequence_audit(context.territory);
}

/// Writes the record of one release, with its audit entry.
pub(crate) fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    record: &AccessRecord,
    act: Act,
    what: &str,
) -> Result<(), AppError> {
    let id = context.act_id()?;
    let clauses: Vec<String> = record.clauses.iter().map(ToString::to_string).collect();
    let people = PeopleBlock::new(record.people.iter().map(|subject| match subject {
        Subject::Person(person) => *person,
        Subject::Identity(identity) => PersonId(identity.0),
    }));
    let fields = record.fields.iter().fold(FieldSet::EMPTY, |all, source| all.union(source.fields));
    let recipient = match &record.flow {
        Some(flow) => flow.recipient.to_string(),
        None => format!("{}/{}", record.actor.party, record.actor.role),
    };
    let row = DisclosureRow {
        act: id,
        at: context.now(),
        actor: record.actor.name.clone(),
        recipient,
        clauses: clauses.join("; "),
        fields: fields.bits().to_be_bytes(),
        people: people.as_bytes().to_vec(),
        what: what.to_owned(),
    };
    let counts = vec![("people", people.len())];
    let entry = audit(context, id, act, Audited { subject: what.to_owned(), clauses, counts, people })?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Disclosure(row));
    Ok(workplace.store.record(set)?)
}
