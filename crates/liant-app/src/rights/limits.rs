//! What requests close of a person's data, which stay held: restriction of processing (*limitation du traitement*, GDPR art. 18) and
//! objection (*opposition*, art. 21), carried out. The gate's guard holds every release to it; here they are set, looked at again and
//! lifted, by whoever keeps watch over rights for the party that decides.
//!
//! It is written to the record beside backups (`backup::ledger`) before the store, so that no backup that is restored gives her data
//! free; that it ends, after.

use std::collections::{BTreeMap, BTreeSet};

use liant_audit::{Act, PeopleBlock};
pub use liant_casework::{LiftReason, LimitGround, Telling, lifted_on, reviewed_on};
use liant_casework::{RequestState, Right, carried_out};
use liant_convention::{Closable, FlowQuery, Limit, Limited, ObjectionLine, Text};
use liant_guard::{Limits, Plan, Subject};
use liant_model::{ActId, Date, Instant, PersonId, Purpose, RightsRequestId, Source};
use liant_store::{Change, ChangeSet, HeldLimit, LiftRow, LimitChange, LimitRow, RightsChange, StoreError};

use super::{Request, find};
use crate::backup::ledger;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, trail};

/// What is to be carried out.
#[derive(Clone, Debug)]
pub enum Carry {
    /// Her data are stored and not used, on this ground.
    Restriction(LimitGround),
    /// They are not used for these purposes any more; none: for all to which she may object.
    Objection(Vec<Purpose>),
}

/// How a limit ends.
#[derive(Clone, Copy, Debug)]
pub struct Lift {
    /// Why.
    pub reason: LiftReason,
    /// How she was told before, and when.
    pub told: (Telling, Date),
    /// The first day on which it does not hold any more.
    pub on: Date,
}

/// A limit on the use of someone's data.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Closed {
    /// What it is called by.
    pub limit: ActId,
    /// The request that it carries out.
    pub request: RightsRequestId,
    /// Of a restriction, its ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<&'static str>,
    /// Of an objection, the purposes.
    pub purposes: Vec<Objected>,
    /// When it was set, and by whom.
    pub set_at: Instant,
    /// Who set it: her name, where an account did and it is the party's own DPO who asks.
    pub set_by: String,
    /// When somebody looks whether it is still needed.
    pub review_on: Date,
    /// How it ends, once that is decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift: Option<Lifted>,
    /// Whether it holds today.
    pub holds: bool,
    /// Whom it holds though it was not set for her: an open question takes her for the person, or a link did.
    pub by_likeness: Vec<PersonId>,
}

/// A purpose to which someone objects.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Objected {
    /// Its short name.
    pub purpose: Purpose,
    /// In the words of a convention.
    pub text: Text,
}

impl Objected {
    /// What a file of the territory says of a purpose; where none does, its short name.
    fn of(workplace: &Workplace, purpose: &Purpose) -> Self {
        let mut stated = workplace.conventions().iter().flat_map(|file| &file.purposes);
        let code = purpose.to_string();
        let unsaid = || Text { fr: code.clone(), en: code };
        let text = stated.find(|one| one.id == *purpose).map_or_else(unsaid, |one| one.text.clone());
        Self { purpose: purpose.clone(), text }
    }
}

/// The end of a limit.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Lifted {
    /// Why: a code of [`LiftReason`].
    pub reason: String,
    /// How she was told: a code of [`Telling`].
    pub told: String,
    /// When.
    pub told_on: Date,
    /// The first day on which it does not hold any more.
    pub on: Date,
}

impl Closed {
    fn of(workplace: &Workplace, row: LimitRow, today: Date, by_likeness: Vec<PersonId>) -> Self {
        let holds = row.holds_on(today);
        let purposes = match &row.what.what {
            Limited::Restriction => Vec::new(),
            Limited::Objection(to) => to.iter().map(|one| Objected::of(workplace, one)).collect(),
        };
        Self {
            limit: row.limit,
            request: row.request,
            ground: LimitGround::from_code(&row.ground).map(LimitGround::code),
            purposes,
            set_at: row.set_at,
            set_by: row.set_by,
            review_on: row.review_on,
            lift: row.lift.map(|lift| Lifted {
                reason: lift.reason,
                told: lift.told.0,
                told_on: lift.told.1,
                on: lift.on,
            }),
            holds,
            by_likeness,
        }
    }
}

/// Whose rights close some uses today, for the guard to hold every release to it.
pub(crate) fn today(context: &Context<'_>, workplace: &Workplace) -> Result<Limits, AppError> {
    Ok(closing(&held(context, workplace)?))
}

/// What these limits close.
pub(crate) fn closing(held: &[HeldLimit]) -> Limits {
    Limits::of(held.iter().map(|one| (Subject::Person(one.person), one.what.clone())))
}

fn held(context: &Context<'_>, workplace: &Workplace) -> Result<std::sync::Arc<[HeldLimit]>, AppError> {
    let day = context.now().date();
    // Of nearly no territory on nearly every day: whom they hold is asked only when there are some.
    if !workplace.store.glance(context.territory, |snapshot| snapshot.has_limits(day))? {
        return Ok([].into());
    }
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.limited(day))?)
}

/// Everyone of whose data some use is closed today, by whichever party.
pub(crate) fn anyone(context: &Context<'_>, workplace: &Workplace) -> Result<BTreeSet<PersonId>, AppError> {
    Ok(held(context, workplace)?.iter().map(|one| one.person).collect())
}

/// Of whom nothing is counted or computed for the context's purpose: a party that decides about the Département's register restricted
/// the use of her data, or she objected to that purpose. Another party's case, and an objection to something else, stop nothing here.
pub(crate) fn out_of_work(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<BTreeSet<PersonId>, AppError> {
    let gate = context.gate(workplace)?;
    let deciders = gate.deciders(context.territory, &context.actor.party, &Source::DEPARTEMENT);
    // Work rests on no clause: what she objected to was open to it, and nothing goes on in spite of a restriction.
    let work = Closable {
        deciders: &deciders,
        open_to_objection: std::slice::from_ref(&context.purpose),
        despite: None,
    };
    let held = held(context, workplace)?;
    Ok(held.iter().filter(|one| one.what.closes(work)).map(|one| one.person).collect())
}

/// Of whom every one of these plans lets nothing out any more.
pub(crate) fn absent_to(
    context: &Context<'_>,
    workplace: &Workplace,
    plans: &[&Plan],
) -> Result<BTreeSet<PersonId>, AppError> {
    let mut by_person: BTreeMap<PersonId, Vec<Limit>> = BTreeMap::new();
    for one in held(context, workplace)?.iter() {
        by_person.entry(one.person).or_default().push(one.what.clone());
    }
    by_person.retain(|_, limits| plans.iter().all(|plan| plan.is_closed_by(limits)));
    Ok(by_person.into_keys().collect())
}

/// Everyone who may be in no file of a flow that the actor's party sends, by each number that an older file may call her by.
pub(crate) fn out_of_file(
    context: &Context<'_>,
    workplace: &Workplace,
    profile: &str,
) -> Result<BTreeSet<PersonId>, AppError> {
    let mut by_person: BTreeMap<PersonId, Vec<Limit>> = BTreeMap::new();
    for one in held(context, workplace)?.iter() {
        by_person.entry(one.person).or_default().push(one.what.clone());
    }
    if by_person.is_empty() {
        return Ok(BTreeSet::new());
    }
    let query = FlowQuery { profile, actor: context.actor, territory: context.territory, now: context.now() };
    let plan = Plan::for_sending(context.gate(workplace)?, &query).ok();
    by_person.retain(|_, limits| match &plan {
        Some(plan) => plan.is_narrowed_by(limits),
        // While the flow is suspended nothing says for which purposes it would go.
        None => limits.iter().any(|limit| limit.by == context.actor.party),
    });
    let people = by_person.into_keys().collect();
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.ever_called(&people))?)
}

/// To which purposes of the actor's party someone may object, by the legal bases that the clauses state.
///
/// # Errors
/// When the actor does not keep watch over rights.
pub fn lines(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<ObjectionLine>, AppError> {
    trail::watch(context, workplace)?;
    let gate = context.gate(workplace)?;
    Ok(gate.objection_lines(context.territory, &context.actor.party, context.now().date()))
}

/// Carries a request out: its data stay held, and every use ends at once but those that the law leaves (GDPR art. 18 (2), art. 21).
/// What is asked for is thereby answered; what waits for another answer is under way.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such request; [`AppError::State`] when the right, the ground or the
/// clauses do not allow it, or nobody could see to it afterwards; a conflict when the request has changed since `version`.
pub fn carry_out(
    context: &Context<'_>,
    workplace: &Workplace,
    (request, version): (RightsRequestId, i64),
    (carry, review_on): (&Carry, Date),
) -> Result<ActId, AppError> {
    let found = find(context, workplace, request)?;
    let person = found.person.ok_or(AppError::Absent("person"))?;
    let seen = access::in_sight(context, workplace, person)?;
    let (ground, what) = match carry {
        Carry::Restriction(ground) => (Some(*ground), Limited::Restriction),
        Carry::Objection(to) => (None, Limited::Objection(open_to(&lines(context, workplace)?, to)?)),
    };
    let next = carried_out(found.right, found.state, ground).map_err(refused)?;
    reviewed_on(review_on, context.now().date()).map_err(refused)?;
    if found.version != version {
        return Err(StoreError::Conflict { what: "the request" }.into());
    }
    let what = Limit { by: context.actor.party.clone(), what };
    if seen.plan.is_closed_by(std::slice::from_ref(&what)) {
        let text = "no clause would let anybody see to it afterwards: say `despite_restriction` in that of the data protection officer";
        return Err(AppError::State(text.to_owned()));
    }
    let links = workplace.store.read(context.territory, |snapshot| snapshot.links_of_person(person))?;
    let row = LimitRow {
        limit: context.act_id()?,
        identities: links.iter().map(|link| (link.identity, true)).collect(),
        what,
        ground: ground.map(|ground| ground.code().to_owned()).unwrap_or_default(),
        request,
        set_by: context.actor.name.clone(),
        set_at: context.now(),
        review_on,
        lift: None,
    };
    set(context, workplace, &found, (row, next))
}

fn set(
    context: &Context<'_>,
    workplace: &Workplace,
    found: &Request,
    (row, next): (LimitRow, RequestState),
) -> Result<ActId, AppError> {
    let limit = row.limit;
    let kind = if row.ground.is_empty() { "objection" } else { "restriction" };
    let moved = RightsChange::Move {
        request: found.request,
        expected_version: found.version,
        state: next,
        changed_by: context.actor.name.clone(),
    };
    // On record first: a backup of before that is restored would free her.
    ledger::limit(workplace, context.territory, &row, context.now())?;
    let changes = vec![Change::Limit(LimitChange::Set(row)), Change::Rights(moved)];
    let subject = format!("request {}: {kind} {limit} set", found.request);
    let written = write(context, workplace, (limit, subject, found.person.into_iter().collect()), changes);
    if written.is_err() {
        ledger::no_limit(workplace, limit)?;
    }
    written.map(|()| limit)
}

/// The purposes of an objection: those named, or all, as far as the legal bases of the clauses leave it to her. It is computed and not
/// chosen.
fn open_to(lines: &[ObjectionLine], to: &[Purpose]) -> Result<Vec<Purpose>, AppError> {
    let is_open = |purpose: &Purpose| lines.iter().any(|line| line.purpose == *purpose && line.is_open);
    if let Some(closed) = to.iter().find(|purpose| !is_open(purpose)) {
        let stated = lines.iter().filter(|line| line.purpose == *closed).flat_map(|line| line.basis.clone());
        let stated: Vec<String> = stated.collect();
        let text = format!("no objection lies to the purpose `{closed}`: {}", stated.join(", "));
        return Err(AppError::State(text));
    }
    let all = lines.iter().filter(|line| line.is_open).map(|line| line.purpose.clone());
    let mut open: Vec<Purpose> = if to.is_empty() { all.collect() } else { to.to_vec() };
    open.sort_unstable();
    open.dedup();
    if open.is_empty() {
        return Err(AppError::State("no purpose is open to objection".to_owned()));
    }
    Ok(open)
}

fn refused(refusal: liant_casework::LimitRefusal) -> AppError {
    AppError::State(refusal.to_string())
}

fn find_limit(context: &Context<'_>, workplace: &Workplace, limit: ActId) -> Result<LimitRow, AppError> {
    trail::watch(context, workplace)?;
    let row = workplace.store.read(context.territory, |snapshot| snapshot.limit(limit))?;
    row.filter(|row| row.what.by == context.actor.party).ok_or(AppError::Absent("limit"))
}

fn people_of(context: &Context<'_>, workplace: &Workplace, limit: ActId) -> Result<Vec<HeldLimit>, AppError> {
    Ok(held(context, workplace)?.iter().filter(|one| one.limit == limit).cloned().collect())
}

/// Says on which day a limit ends, and why. She has been told before (GDPR art. 18 (3)); her space tells her at once too.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such limit of her party; [`AppError::State`] when the days do not go
/// together; a conflict when its end was said already.
pub fn lift(context: &Context<'_>, workplace: &Workplace, limit: ActId, lift: &Lift) -> Result<(), AppError> {
    let mut row = find_limit(context, workplace, limit)?;
    lifted_on(lift.on, lift.told.1, context.now().date()).map_err(refused)?;
    let end = LiftRow {
        reason: lift.reason.code().to_owned(),
        told: (lift.told.0.code().to_owned(), lift.told.1),
        on: lift.on,
        by: (context.actor.name.clone(), context.now()),
    };
    let people = people_of(context, workplace, limit)?.into_iter().map(|one| one.person).collect();
    let change = Change::Limit(LimitChange::Lift { limit, lift: end.clone() });
    let subject = format!("request {}: limit {limit} ends on {}: {}", row.request, lift.on, lift.reason);
    write(context, workplace, (context.act_id()?, subject, people), vec![change])?;
    // In this order: were the last line lost, a backup that is restored would hold her longer, and not free her.
    row.lift = Some(end);
    ledger::limit(workplace, context.territory, &row, context.now())
}

/// Says that someone whom a limit holds by likeness is somebody else: it holds her no longer.
///
/// # Errors
/// When the actor does not keep watch over rights, there is no such limit of her party, or it does not hold this person; [`AppError::State`]
/// when it holds nobody else.
pub fn free(
    context: &Context<'_>,
    workplace: &Workplace,
    (limit, person): (ActId, PersonId),
) -> Result<(), AppError> {
    let row = find_limit(context, workplace, limit)?;
    let people = people_of(context, workplace, limit)?;
    if !people.iter().any(|one| one.person == person) {
        return Err(AppError::Absent("person"));
    }
    if !people.iter().any(|one| one.person != person && one.is_hers) {
        return Err(AppError::State("the limit was set for this very person".to_owned()));
    }
    let links = workplace.store.read(context.territory, |snapshot| snapshot.links_of_person(person))?;
    let identities = links.iter().map(|link| link.identity).collect();
    let change = Change::Limit(LimitChange::Free { limit, identities });
    let subject = format!("request {}: limit {limit} is about somebody else", row.request);
    write(context, workplace, (context.act_id()?, subject, vec![person]), vec![change])?;
    let row = workplace.store.read(context.territory, |snapshot| snapshot.limit(limit))?;
    row.map_or(Ok(()), |row| ledger::limit(workplace, context.territory, &row, context.now()))
}

/// What a request of the actor's party closed.
///
/// # Errors
/// When the actor does not keep watch over rights.
pub fn of_request(
    context: &Context<'_>,
    workplace: &Workplace,
    request: &Request,
) -> Result<Vec<Closed>, AppError> {
    trail::watch(context, workplace)?;
    let rows =
        workplace.store.read(context.territory, |snapshot| snapshot.limits_of_request(request.request))?;
    closed(context, workplace, rows)
}

/// Those that hold today, by the day on which they are looked at again; none for who keeps watch over nobody's rights.
///
/// # Errors
/// When the store cannot be read.
pub fn in_force(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Closed>, AppError> {
    if !trail::watches(context, workplace)? {
        return Ok(Vec::new());
    }
    let mut all = all(context, workplace)?;
    all.retain(|one| one.holds);
    Ok(all)
}

/// Every limit that the actor's party carries out, those without an end first.
///
/// # Errors
/// When the actor does not keep watch over rights.
pub fn all(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Closed>, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.limits(party))?;
    closed(context, workplace, rows)
}

fn closed(
    context: &Context<'_>,
    workplace: &Workplace,
    rows: Vec<LimitRow>,
) -> Result<Vec<Closed>, AppError> {
    let (held, today) = (held(context, workplace)?, context.now().date());
    let actors: Vec<String> = rows.iter().map(|row| row.set_by.clone()).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let closed = rows.into_iter().map(|mut row| {
        let alike = held.iter().filter(|one| one.limit == row.limit && !one.is_hers);
        let alike = alike.map(|one| one.person).collect();
        if let Some(name) = names.get(&row.set_by) {
            row.set_by.clone_from(name);
        }
        Closed::of(workplace, row, today, alike)
    });
    Ok(closed.collect())
}

/// What requests of hers closed, by request. The caller has made sure of who asks.
pub(crate) fn own(
    context: &Context<'_>,
    workplace: &Workplace,
    requests: &[RightsRequestId],
) -> Result<BTreeMap<RightsRequestId, Vec<Closed>>, AppError> {
    let today = context.now().date();
    let rows = workplace.store.read(context.territory, |snapshot| {
        requests.iter().map(|request| snapshot.limits_of_request(*request)).collect::<Result<Vec<_>, _>>()
    })?;
    let closed = |rows: Vec<LimitRow>| {
        rows.into_iter().map(|row| Closed::of(workplace, row, today, Vec::new())).collect()
    };
    Ok(requests.iter().copied().zip(rows.into_iter().map(closed)).collect())
}

/// Whether a right is one that is carried out here.
pub const fn is_carried_out(right: Right) -> bool {
    !LimitGround::of(right).is_empty()
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, subject, people): (ActId, String, Vec<PersonId>),
    changes: Vec<Change>,
) -> Result<(), AppError> {
    let what = Audited { subject, people: PeopleBlock::new(people), ..Audited::default() };
    let entry = audit(context, id, Act::Rights, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&changes.into_iter().fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(())
}
