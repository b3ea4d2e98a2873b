//! Reading for someone: the gate decides, the record is written, and only then is anything seen.

use liant_audit::{Act, PeopleBlock};
use liant_convention::{
    Channel, ClauseRef, Consents, Direction, FlowPermit, FlowQuery, Query, Reach, RecipientRule,
};
use liant_guard::{AccessRecord, Limits, Plan, RefusalRecord, Standing, Standings, Subject};
use liant_model::{ActId, FieldSet, Party, PersonId, Purpose};
use liant_store::{Change, ChangeSet, CurrentFact, DisclosureRow};

use crate::context::{Audited, audit};
use crate::people::seat;
use crate::{AppError, Context, Workplace, lookups, positions, recipients, rights};

/// The plan of an act of reading on a screen. A refusal is audited too.
pub(crate) fn plan(context: &Context<'_>, workplace: &Workplace, channel: Channel) -> Result<Plan, AppError> {
    lookups::not_blocked(context, workplace)?;
    let query = Query {
        actor: context.actor,
        purpose: &context.purpose,
        channel,
        territory: context.territory,
        reach: Reach::Territory,
        now: context.now(),
    };
    Plan::compile(context.gate(workplace)?, &query)
        .map_err(|refusal| refused(context, workplace, &query, refusal))
}

/// What may come in by a flow, and under which clause. A refusal is audited too.
pub(crate) fn receive(
    context: &Context<'_>,
    workplace: &Workplace,
    profile: &str,
) -> Result<FlowPermit, AppError> {
    lookups::not_blocked(context, workplace)?;
    let query = flow(context, profile);
    let decided = context.gate(workplace)?.receive(&query);
    decided.map_err(|refusal| flow_refused(context, workplace, &query, refusal))
}

/// Whether the actor may send a flow. A refusal is audited too.
pub(crate) fn send(context: &Context<'_>, workplace: &Workplace, profile: &str) -> Result<(), AppError> {
    lookups::not_blocked(context, workplace)?;
    let query = flow(context, profile);
    let decided = context.gate(workplace)?.send(&query);
    decided.map(drop).map_err(|refusal| flow_refused(context, workplace, &query, refusal))
}

/// Whether files of a flow are the actor's to look at: she takes them in for her party, or sends them, be the convention suspended
/// today or not. Of those that are not, none is there for her.
pub(crate) fn handles(
    context: &Context<'_>,
    workplace: &Workplace,
    (profile, way): (&str, Direction),
) -> Result<bool, AppError> {
    lookups::not_blocked(context, workplace)?;
    Ok(context.gate(workplace)?.handles(&flow(context, profile), way))
}

/// Whether a file that takes long may still pass at its end: the convention may have been suspended since it was begun, or the
/// actor stopped. A refusal is audited too.
pub(crate) fn still_passes(
    context: &Context<'_>,
    workplace: &Workplace,
    (profile, way): (&str, Direction),
) -> Result<(), AppError> {
    let (gate, is_stopped) = workplace.footing(context.territory, &context.actor.name)?;
    if is_stopped {
        return Err(AppError::Blocked);
    }
    let query = flow(context, profile);
    let decided = match way {
        Direction::Send => gate.send(&query),
        Direction::Receive => gate.receive(&query),
    };
    decided.map(drop).map_err(|refusal| flow_refused(context, workplace, &query, refusal))
}

fn flow<'a>(context: &'a Context<'_>, profile: &'a str) -> FlowQuery<'a> {
    FlowQuery { profile, actor: context.actor, territory: context.territory, now: context.now() }
}

/// The refusal of a file as an error, once it is on record.
pub(crate) fn flow_refused(
    context: &Context<'_>,
    workplace: &Workplace,
    query: &FlowQuery<'_>,
    refusal: Box<liant_convention::Refusal>,
) -> AppError {
    let record = RefusalRecord::of_flow(query, &refusal);
    match write_refusal(context, workplace, &record.reason) {
        Ok(()) => AppError::Gate(refusal),
        Err(error) => error,
    }
}

pub(crate) fn write_refusal(
    context: &Context<'_>,
    workplace: &Workplace,
    reason: &str,
) -> Result<(), AppError> {
    write_refusal_of(context, workplace, reason, PeopleBlock::default())
}

/// The same, of people who were asked for.
pub(crate) fn write_refusal_of(
    context: &Context<'_>,
    workplace: &Workplace,
    reason: &str,
    people: PeopleBlock,
) -> Result<(), AppError> {
    workplace.store.ensure_territory(context.territory)?;
    let what = Audited { subject: reason.to_owned(), people, ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Refusal, what)?;
    Ok(workplace.store.record(ChangeSet::new(context.territory, context.now(), entry))?)
}

/// The plan of a page about someone: of each person it lets out what the clauses do that reach as far as she stands from
/// the actor. A refusal is audited too.
pub(crate) fn plan_near(
    context: &Context<'_>,
    workplace: &Workplace,
    channel: Channel,
) -> Result<Plan, AppError> {
    plan_near_of(context, workplace, channel, Consents::NONE)
}

/// The same, of people who agreed to `consents`.
pub(crate) fn plan_near_of(
    context: &Context<'_>,
    workplace: &Workplace,
    channel: Channel,
    consents: Consents,
) -> Result<Plan, AppError> {
    lookups::not_blocked(context, workplace)?;
    let query = seat::query(context, Reach::Designated, channel);
    Plan::compile_near_of(context.gate(workplace)?, &query, consents)
        .map_err(|refusal| refused(context, workplace, &query, refusal))
}

/// The refusal of a reading as an error, once it is on record.
pub(crate) fn refused(
    context: &Context<'_>,
    workplace: &Workplace,
    query: &Query<'_>,
    refusal: Box<liant_convention::Refusal>,
) -> AppError {
    let record = RefusalRecord::of_query(query, &refusal);
    match write_refusal(context, workplace, &record.reason) {
        Ok(()) => AppError::Gate(refusal),
        Err(error) => error,
    }
}

/// What finds the standing of people: which of the clauses are about them. A refusal is audited too.
pub(crate) fn standings(context: &Context<'_>, workplace: &Workplace) -> Result<Standings, AppError> {
    standings_within(context, workplace, rights::limits::today(context, workplace)?)
}

/// The same, of whom it was just read what her rights close.
pub(crate) fn standings_within(
    context: &Context<'_>,
    workplace: &Workplace,
    limits: Limits,
) -> Result<Standings, AppError> {
    let rule = RecipientRule::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
    let when = (context.territory, context.now());
    let begun = Standings::begin(context.gate(workplace)?, rule, when, limits);
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
    Ok(workplace.store.record(release(context, record, (context.act_id()?, act), what)?)?)
}

/// The record of one release, with its audit entry, for more to be written with it.
pub(crate) fn release(
    context: &Context<'_>,
    record: &AccessRecord,
    (id, act): (ActId, Act),
    what: &str,
) -> Result<ChangeSet, AppError> {
    let recipient = match &record.flow {
        Some(flow) => flow.recipient.to_string(),
        None => format!("{}/{}", record.actor.party, record.actor.role),
    };
    release_to(context, record, (id, act), (recipient, &[]), what)
}

/// Writes the record of what the actor sends to another party, by a clause of her own and by those under which the addressee may have it:
/// that party is who had it.
pub(crate) fn write_sent(
    context: &Context<'_>,
    workplace: &Workplace,
    record: &AccessRecord,
    (party, clauses): (&Party, &[ClauseRef]),
    what: &str,
) -> Result<(), AppError> {
    let id = (context.act_id()?, Act::Export);
    Ok(workplace.store.record(release_to(context, record, id, (party.to_string(), clauses), what)?)?)
}

fn release_to(
    context: &Context<'_>,
    record: &AccessRecord,
    (id, act): (ActId, Act),
    (recipient, besides): (String, &[ClauseRef]),
    what: &str,
) -> Result<ChangeSet, AppError> {
    let mut clauses: Vec<String> = record.clauses.iter().map(ToString::to_string).collect();
    clauses.extend(
        besides.iter().map(ToString::to_string).filter(|one| !clauses.contains(one)).collect::<Vec<_>>(),
    );
    let people = people_of(record);
    let fields = record.fields.iter().fold(FieldSet::EMPTY, |all, source| all.union(source.fields));
    let row = DisclosureRow {
        act: id,
        at: context.now(),
        actor: record.actor.name.clone(),
        recipient,
        clauses: clauses.join("; "),
        fields: fields.bits().to_be_bytes(),
        people: people.as_bytes().to_vec(),
        what: what.to_owned(),
        kind: Some(act.code().to_owned()),
        purposes: record.purposes.iter().map(Purpose::as_str).collect::<Vec<_>>().join(" "),
        organisation: context.seat.organisation,
    };
    let counts = vec![("people", people.len())];
    let entry = audit(context, id, act, Audited { subject: what.to_owned(), clauses, counts, people })?;
    Ok(ChangeSet::new(context.territory, context.now(), entry).with(Change::Disclosure(row)))
}

/// Whose data a record says came out.
pub(crate) fn people_of(record: &AccessRecord) -> PeopleBlock {
    PeopleBlock::new(record.people.iter().map(|subject| match subject {
        Subject::Person(person) => *person,
        Subject::Identity(identity) => PersonId(identity.0),
    }))
}

/// Someone whom the actor may see, and what is held of her.
pub(crate) struct InSight {
    pub(crate) plan: Plan,
    pub(crate) standing: Standing,
    pub(crate) facts: Vec<CurrentFact>,
}

/// Finds someone whom some clause shows the actor, where she stands.
pub(crate) fn in_sight(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<InSight, AppError> {
    let plan = plan_near(context, workplace, Channel::Screen)?;
    let mut positions = positions::positions(context, workplace)?;
    let facts = workplace
        .store
        .read(context.territory, |snapshot| recipients::gather(snapshot, &mut positions, person))?;
    let standing = positions.standings.of(Subject::Person(person));
    let is_hers = sees(&plan, &standing, &facts);
    lookups::measure(context, workplace, person, is_hers)?;
    if !is_hers {
        return Err(AppError::Absent("person"));
    }
    Ok(InSight { plan, standing, facts })
}

/// Whether the plan lets anything of these facts out of someone who stands there.
fn sees(plan: &Plan, standing: &Standing, facts: &[CurrentFact]) -> bool {
    facts.iter().any(|fact| !plan.fields(fact.facts.source(), standing).is_empty())
}

/// Refuses to open the file of someone close to the actor without a reason that holds, when she may see her at all: who is not
/// hers to see looks absent, close or not.
pub(crate) fn admit(
    context: &Context<'_>,
    workplace: &Workplace,
    plan: (&Plan, &Standing),
    person: PersonId,
    facts: &[CurrentFact],
) -> Result<(), AppError> {
    admit_by_any(context, workplace, (&[plan], false), person, facts)
}

/// The same, by any of several plans, or because they show something of her that no file has (`is_shown`).
pub(crate) fn admit_by_any(
    context: &Context<'_>,
    workplace: &Workplace,
    (plans, is_shown): (&[(&Plan, &Standing)], bool),
    person: PersonId,
    facts: &[CurrentFact],
) -> Result<(), AppError> {
    let is_hers = is_shown || plans.iter().any(|(plan, standing)| sees(plan, standing, facts));
    lookups::measure(context, workplace, person, is_hers)?;
    if is_hers { lookups::admit(context, workplace, person, facts) } else { Ok(()) }
}
