//! Requests by which people use their rights over their data (GDPR art. 15 to 21): recorded with the day they came, answered
//! within the clock of the conventions.
//!
//! | use case | for |
//! |---|---|
//! | [`record`] | whoever keeps watch over rights, for someone who wrote or came |
//! | [`queue`], [`one`], [`of_person`], [`advance`] | the same: what is owed, what was said, where it stands |
//! | [`erasure`] | the same: erasure, carried out or refused |
//! | [`limits`] | the same: restriction and objection, carried out, looked at again, lifted |
//! | [`shared`] | the same, and the partners' officers: who else has part in it, who was told, what each did |
//!
//! A person's own requests are made in her space (`crate::space`).

pub mod erasure;
pub mod limits;
pub mod shared;

use liant_audit::{Act, PeopleBlock};
use liant_casework::answer_due;
pub use liant_casework::{RequestState, Right};
use liant_model::{ActId, Date, Field, IdentityId, Instant, PersonId, RightsRequestId, Source};
pub use liant_store::RequestWay;
use liant_store::{
    Change, ChangeSet, NewRightsRequest, PersonLink, RightsChange, RightsRequestRow, StoreError,
};
use liant_vault::Domain;

use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access, trail};

/// The longest that a person may write in a request, in characters.
pub const LONGEST: usize = 2_000;

/// What a person asks for.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// Which right she uses.
    pub right: Right,
    /// The datum that it is about, if it is about one.
    pub about: Option<(Source, Field)>,
    /// What she writes, if anything: what the datum should be, or why.
    pub statement: Option<String>,
}

/// A request as whoever answers it, or she herself, sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// This request.
    pub request: RightsRequestId,
    /// Whose; nobody's, once everything that was held of her is erased.
    pub person: Option<PersonId>,
    /// Which right she uses.
    pub right: Right,
    /// How it came.
    pub way: RequestWay,
    /// When it was received.
    pub received_at: Instant,
    /// The party that answers.
    pub owed_by: String,
    /// The last day for an answer.
    pub due_on: Date,
    /// What sets that day: convention, version and clause, or the law.
    pub due_clause: String,
    /// The datum that it is about, if it is about one.
    pub about: Option<(Source, Field)>,
    /// What she writes. Personal: on no list, in no log.
    pub statement: Option<String>,
    /// Where it stands.
    pub state: RequestState,
    /// For the next change: what it is decided upon.
    pub version: i64,
    /// When it last changed.
    pub changed_at: Instant,
    /// Who changed it: her space, an account, or the operator's actor.
    pub changed_by: String,
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("request", &self.request)
            .field("right", &self.right)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Records a request of someone who wrote or came, received at that moment.
///
/// # Errors
/// When the actor does not keep watch over rights, there is no such person to see, or the text is too long.
pub fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    new: &NewRequest,
    received_at: Instant,
) -> Result<RightsRequestId, AppError> {
    trail::watch(context, workplace)?;
    access::in_sight(context, workplace, person)?;
    let made = Made { way: RequestWay::Recorded, received_at, state: RequestState::Received, identity: None };
    write(context, workplace, person, new, &made)
}

/// Requests that the actor's party answers: those still open by the day an answer is owed, else those answered, the latest first.
///
/// # Errors
/// When the actor does not keep watch over rights.
pub fn queue(
    context: &Context<'_>,
    workplace: &Workplace,
    open: bool,
    most: usize,
) -> Result<Vec<Request>, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let rows =
        workplace.store.read(context.territory, |snapshot| snapshot.rights_requests(party, open, most))?;
    rows.into_iter().map(|row| opened(context, workplace, row)).collect()
}

/// One request that the actor's party answers. What she writes is shown: that is on record.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such request.
pub fn one(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
) -> Result<Request, AppError> {
    let found = find(context, workplace, request)?;
    let subject = format!("request {request} read");
    act(context, workplace, (context.act_id()?, subject, found.person), None)?;
    Ok(found)
}

/// The requests of a person that the actor's party answers, the latest first.
///
/// # Errors
/// When the actor does not keep watch over rights.
pub fn of_person(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Vec<Request>, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let all = own(context, workplace, person)?;
    Ok(all.into_iter().filter(|request| request.owed_by == party).collect())
}

/// Takes a request on: somebody sees to it, or it is answered.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such request; [`StoreError::Conflict`] when it has changed since
/// `version`, or may not go there: an answer that was given stands; [`AppError::State`] for the answer to a request for erasure, which is
/// that it is carried out ([`erasure::carry_out`]), or why not ([`erasure::refuse`]).
pub fn advance(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
    version: i64,
    state: RequestState,
) -> Result<(), AppError> {
    let found = find(context, workplace, request)?;
    if found.right == Right::Erasure && !state.is_open() {
        let text = "a request for erasure is answered by carrying it out, or by saying why not";
        return Err(AppError::State(text.to_owned()));
    }
    change(context, workplace, &found, version, state)
}

fn find(context: &Context<'_>, workplace: &Workplace, request: RightsRequestId) -> Result<Request, AppError> {
    trail::watch(context, workplace)?;
    let row = workplace.store.read(context.territory, |snapshot| snapshot.rights_request(request))?;
    let row = row.filter(|row| row.owed_by == context.actor.party.as_str());
    opened(context, workplace, row.ok_or(AppError::Absent("request"))?)
}

/// How a request comes to be.
pub(crate) struct Made {
    pub(crate) way: RequestWay,
    pub(crate) received_at: Instant,
    pub(crate) state: RequestState,
    /// What it hangs on: of a request made in a space, what the space hangs on; else what is held of her for longest.
    pub(crate) identity: Option<IdentityId>,
}

/// Every request of a person. The caller has made sure of who asks.
pub(crate) fn own(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Vec<Request>, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.rights_requests_of(person))?;
    rows.into_iter().map(|row| opened(context, workplace, row)).collect()
}

/// Takes a request on. The caller has made sure of who asks.
pub(crate) fn change(
    context: &Context<'_>,
    workplace: &Workplace,
    found: &Request,
    version: i64,
    state: RequestState,
) -> Result<(), AppError> {
    if found.version != version || !found.state.may_become(state) {
        return Err(StoreError::Conflict { what: "the request" }.into());
    }
    let change = RightsChange::Move {
        request: found.request,
        expected_version: version,
        state,
        changed_by: context.actor.name.clone(),
    };
    let subject = format!("request {} of {}: {state}", found.request, found.right);
    act(context, workplace, (context.act_id()?, subject, found.person), Some(Change::Rights(change)))
}

/// Records a request. The caller has made sure of who asks.
pub(crate) fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    new: &NewRequest,
    made: &Made,
) -> Result<RightsRequestId, AppError> {
    let statement = new.statement.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if statement.is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(AppError::Value(format!("what is asked for is longer than {LONGEST} characters")));
    }
    let identity = if let Some(identity) = made.identity {
        identity
    } else {
        let links = workplace.store.read(context.territory, |snapshot| snapshot.links_of_person(person))?;
        let oldest = links.iter().map(|link: &PersonLink| link.identity).min();
        oldest.ok_or(AppError::Absent("person"))?
    };
    let request = RightsRequestId::new(context.now(), random()?);
    let seal = |text: &str| workplace.keys.seal(Domain::Statement, &bound(context, request), text.as_bytes());
    let conventions = workplace.conventions();
    let due = answer_due(conventions, context.territory, &context.actor.party, made.received_at.date());
    let change = RightsChange::Record(NewRightsRequest {
        request,
        identity,
        right: new.right,
        way: made.way,
        made_by: context.actor.name.clone(),
        received_at: made.received_at,
        owed_by: due.owed_by.to_string(),
        due_on: due.day,
        due_clause: due.clause,
        about: new.about.clone(),
        said: statement.map(seal).transpose()?,
        state: made.state,
    });
    let subject = format!("request {request} of {}: {}", new.right, made.state);
    act(context, workplace, (context.act_id()?, subject, Some(person)), Some(Change::Rights(change)))?;
    Ok(request)
}

/// What a statement is bound to: it opens on its own row alone.
fn bound(context: &Context<'_>, request: RightsRequestId) -> Vec<u8> {
    [context.territory.as_str().as_bytes(), b"\0rights\0", request.0.as_bytes()].concat()
}

fn opened(context: &Context<'_>, workplace: &Workplace, row: RightsRequestRow) -> Result<Request, AppError> {
    let statement = match &row.said {
        None => None,
        Some(sealed) => {
            let plain = workplace.keys.open(Domain::Statement, &bound(context, row.request), sealed)?;
            let text = std::str::from_utf8(&plain)
                .map_err(|_| AppError::Internal("what a person wrote does not read".to_owned()))?;
            Some(text.to_owned())
        }
    };
    Ok(Request {
        request: row.request,
        person: row.person,
        right: row.right,
        way: row.way,
        received_at: row.received_at,
        owed_by: row.owed_by,
        due_on: row.due_on,
        due_clause: row.due_clause,
        about: row.about,
        statement,
        state: row.state,
        version: row.version,
        changed_at: row.changed_at,
        changed_by: row.changed_by,
    })
}

fn act(
    context: &Context<'_>,
    workplace: &Workplace,
    (id, subject, person): (ActId, String, Option<PersonId>),
    change: Option<Change>,
) -> Result<(), AppError> {
    let what = Audited { subject, people: PeopleBlock::new(person), ..Audited::default() };
    let entry = audit(context, id, Act::Rights, what)?;
    workplace.store.ensure_territory(context.territory)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&change.into_iter().fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(())
}
