//! Requests that several parties answer: whoever received one tells the others that have part in it, each data protection officer (DPO)
//! records what her party did, and all see the same clock.
//!
//! Which parties have part is computed: those whose flows bring the datum, and those to which the log says it went. A partner's DPO
//! is shown what is asked, about which datum, and by when; never whose it is nor what the person wrote: no clause lets that out,
//! and whoever asks tells her by the parties' own channel.

use std::collections::BTreeSet;

pub use liant_casework::{Part, PartStep};
use liant_casework::{RequestState, Right, parts};
use liant_convention::{Convention, Kind};
use liant_model::{Date, Field, Instant, Party, PersonId, RightsRequestId, Source};
use liant_store::{Change, ErasureParty, ErasureRow, PartChange, PartStepRow, ReleaseRow, RightsRequestRow};

use super::{Request, act, find, one, own, queue};
use crate::conventions::binding;
use crate::{AppError, Context, Workplace, access, trail};

/// Open requests counted at most.
const MOST_COUNTED: usize = 1_000;

/// A request, with the other parties that have part in it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The request.
    pub request: Request,
    /// The parties, by name.
    pub parts: Vec<Part>,
    /// What was recorded of them, in order.
    pub steps: Vec<Recorded>,
    /// What it closed of her data.
    pub limits: Vec<super::limits::Closed>,
    /// What became of it, when it asks for erasure.
    pub outcome: super::erasure::Outcome,
}

/// What was recorded of a party.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The party.
    pub party: Party,
    /// What it did.
    pub step: PartStep,
    /// When that was recorded.
    pub at: Instant,
    /// Who recorded it.
    pub by: String,
}

/// A request that another party received and told the actor's of. It names nobody.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request.
    pub request: RightsRequestId,
    /// Which right is used.
    pub right: Right,
    /// The datum that it is about, if it is about one.
    pub about: Option<(Source, Field)>,
    /// When the person's request was received.
    pub received_at: Instant,
    /// The party that received it, and answers her.
    pub owed_by: String,
    /// The last day for that answer.
    pub due_on: Date,
    /// What sets that day.
    pub due_clause: String,
    /// Where the request stands.
    pub state: RequestState,
    /// When the actor's party was told.
    pub told: Instant,
    /// What it answered, and when.
    pub answer: Option<(PartStep, Instant)>,
}

impl Asked {
    /// Whether an answer of the actor's party is awaited.
    pub const fn is_open(&self) -> bool {
        self.answer.is_none() && self.state.is_open()
    }
}

/// The requests that the actor's party answers, as [`queue`] gives them, and those that others told it of, the first due first. Who
/// has no clause for the first may have the second.
///
/// # Errors
/// When the actor keeps watch over rights for nobody.
pub fn queues(
    context: &Context<'_>,
    workplace: &Workplace,
    open: bool,
    most: usize,
) -> Result<(Vec<Request>, Vec<Asked>), AppError> {
    let mut asked = Vec::new();
    if is_partner(context, workplace)? {
        asked = all_asked(context, workplace)?;
        asked.retain(|one| one.is_open() == open);
        asked.sort_by_key(|one| (one.due_on, one.request));
        if !trail::watches(context, workplace)? {
            return Ok((Vec::new(), asked));
        }
    }
    Ok((queue(context, workplace, open, most)?, asked))
}

/// The last days of the requests that wait for the actor's party, its own and those of partners, the first first: for figures, of
/// which nothing is put on record.
///
/// # Errors
/// When the actor keeps watch over rights for nobody.
pub(crate) fn open_days(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Date>, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let rows = workplace
        .store
        .read(context.territory, |snapshot| snapshot.rights_requests(party, true, MOST_COUNTED))?;
    let mut days: Vec<Date> = rows.iter().map(|row| row.due_on).collect();
    if is_partner(context, workplace)? {
        let asked = all_asked(context, workplace)?;
        days.extend(asked.iter().filter(|one| one.is_open()).map(|one| one.due_on));
    }
    days.sort_unstable();
    Ok(days)
}

/// One request that the actor's party answers, with the parties that have part in it. What the person writes is shown: that is
/// on record.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such request.
pub fn case(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
) -> Result<Case, AppError> {
    let found = one(context, workplace, request)?;
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.parts_of_request(request))?;
    let parts = parts_of(context, workplace, &found, &rows)?;
    let actors: Vec<String> = rows.iter().map(|row| row.recorded_by.clone()).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let steps = rows.into_iter().map(|row| Recorded {
        party: row.party,
        step: row.step,
        at: row.recorded_at,
        by: names.get(&row.recorded_by).cloned().unwrap_or(row.recorded_by),
    });
    let steps = steps.collect();
    let limits = super::limits::of_request(context, workplace, &found)?;
    let outcome = super::erasure::outcome(context, workplace, request)?;
    Ok(Case { request: found, parts, steps, limits, outcome })
}

fn parts_of(
    context: &Context<'_>,
    workplace: &Workplace,
    request: &Request,
    rows: &[PartStepRow],
) -> Result<Vec<Part>, AppError> {
    let erasure = workplace.store.read(context.territory, |snapshot| snapshot.erasure(request.request))?;
    match (erasure, request.person) {
        // What it is about is gone: those who had it are as they were when it went.
        (Some(row), _) => Ok(those_told(&row, rows)),
        (None, Some(person)) => Ok(Grounds::of(context, workplace, person)?.parts(request, rows)),
        (None, None) => Ok(parts(&BTreeSet::new(), &BTreeSet::new(), &recorded_in(rows))),
    }
}

/// The parties that have part in a request that nobody has told of yet.
pub(super) fn own_parties(
    context: &Context<'_>,
    workplace: &Workplace,
    request: &Request,
) -> Result<Vec<Part>, AppError> {
    parts_of(context, workplace, request, &[])
}

fn those_told(row: &ErasureRow, rows: &[PartStepRow]) -> Vec<Part> {
    let who = |is: fn(&ErasureParty) -> bool| {
        row.parties.iter().filter(|one| is(one)).map(|one| one.party.clone()).collect()
    };
    parts(&who(|one| one.gave), &who(|one| one.received), &recorded_in(rows))
}

fn recorded_in(rows: &[PartStepRow]) -> Vec<(Party, PartStep, Instant)> {
    rows.iter().map(|row| (row.party.clone(), row.step, row.recorded_at)).collect()
}

/// Every request of a person, the latest first, each with the other parties that she is told of. The caller has made sure of who
/// asks.
pub(crate) fn own_parts(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Vec<(Request, Vec<Part>)>, AppError> {
    let requests = own(context, workplace, person)?;
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let grounds = Grounds::of(context, workplace, person)?;
    let steps = workplace.store.read(context.territory, |snapshot| {
        requests
            .iter()
            .map(|request| {
                Ok((snapshot.erasure(request.request)?, snapshot.parts_of_request(request.request)?))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    let told = requests.into_iter().zip(steps).map(|(request, (erasure, rows))| {
        let mut parts = match &erasure {
            Some(erasure) => those_told(erasure, &rows),
            None => grounds.parts(&request, &rows),
        };
        parts.retain(|part| part.is_hers_to_know(request.right, request.state));
        (request, parts)
    });
    Ok(told.collect())
}

/// What tells which parties have part in the requests of one person.
struct Grounds {
    our: Party,
    files: Vec<Convention>,
    /// Wherever she is known from.
    sources: BTreeSet<Source>,
    releases: Vec<ReleaseRow>,
}

impl Grounds {
    fn of(context: &Context<'_>, workplace: &Workplace, person: PersonId) -> Result<Self, AppError> {
        let held = workplace.store.read(context.territory, |snapshot| snapshot.held_of(&[person]))?;
        Ok(Self {
            our: context.actor.party.clone(),
            files: binding(context, workplace, context.now())?,
            sources: held.values().flat_map(|held| &held.identities).map(|one| one.source.clone()).collect(),
            releases: trail::releases(context, workplace, person, Instant::from_micros(0))?,
        })
    }

    /// The other parties that have part in a request of hers.
    fn parts(&self, request: &Request, rows: &[PartStepRow]) -> Vec<Part> {
        let about = request.about.as_ref();
        let sources: BTreeSet<&Source> = match about {
            Some((source, _)) => BTreeSet::from([source]),
            // About no one datum: wherever she is known from.
            None => self.sources.iter().collect(),
        };
        let gave: BTreeSet<Party> = sources
            .into_iter()
            .flat_map(|source| senders(&self.files, source))
            .filter(|party| **party != self.our)
            .cloned()
            .collect();
        let received = self
            .releases
            .iter()
            .filter(|row| {
                let fields = liant_model::FieldSet::from_bits(u128::from_be_bytes(row.fields));
                about.is_none_or(|(_, field)| fields.contains(*field))
            })
            .filter_map(|row| Party::parse(row.recipient.split('/').next()?).ok())
            .filter(|party| *party != self.our)
            .collect();
        parts(&gave, &received, &recorded_in(rows))
    }
}

/// The parties whose flows bring the facts of a source.
fn senders<'a>(files: &'a [Convention], source: &'a Source) -> impl Iterator<Item = &'a Party> {
    let flows = files.iter().flat_map(|file| &file.flows);
    flows.filter(move |flow| flow.sources.contains(source)).map(|flow| &flow.from)
}

/// Records, of a party that has part in a request of the actor's, that it was told, or what it answered by the parties' own
/// channel. `seen` is how many steps the actor saw.
///
/// # Errors
/// [`AppError::Absent`] when there is no such request, or the party has no part in it; [`AppError::State`] when it was told already, or
/// has answered; a conflict when somebody else recorded something meanwhile.
pub fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
    (party, step, seen): (&str, PartStep, u64),
) -> Result<(), AppError> {
    let found = find(context, workplace, request)?;
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.parts_of_request(request))?;
    let parts = parts_of(context, workplace, &found, &rows)?;
    let part =
        parts.into_iter().find(|part| part.party.as_str() == party).ok_or(AppError::Absent("party"))?;
    write(context, workplace, (found.person, request), (&part, step, seen))
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, request): (Option<PersonId>, RightsRequestId),
    (part, step, seen): (&Part, PartStep, u64),
) -> Result<(), AppError> {
    if !part.admits(step) {
        let text = "a party is told once, and answers once when it was told";
        return Err(AppError::State(text.to_owned()));
    }
    let id = context.act_id()?;
    let row = PartStepRow {
        act: id,
        request,
        party: part.party.clone(),
        step,
        recorded_by: context.actor.name.clone(),
        recorded_at: context.now(),
    };
    let subject = format!("request {request}: {} {step}", part.party);
    let change = Change::RightsPart(PartChange { row, expected: seen });
    act(context, workplace, (id, subject, person), Some(change))
}

/// Whether the actor answers for the data of her party in a convention that binds it to another.
fn is_partner(context: &Context<'_>, workplace: &Workplace) -> Result<bool, AppError> {
    let files = binding(context, workplace, context.now())?;
    Ok(files.iter().any(|file| file.kind == Kind::Convention && file.steered(context.actor).is_ok()))
}

fn all_asked(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Asked>, AppError> {
    let party = &context.actor.party;
    let (steps, rows) = workplace.store.read(context.territory, |snapshot| {
        let steps = snapshot.parts_of_party(party.as_str())?;
        let mut rows: Vec<RightsRequestRow> = Vec::new();
        for request in steps.iter().map(|step| step.request).collect::<BTreeSet<_>>() {
            rows.extend(snapshot.rights_request(request)?);
        }
        Ok((steps, rows))
    })?;
    Ok(rows.into_iter().filter_map(|row| asked(party, &steps, row)).collect())
}

fn asked(party: &Party, steps: &[PartStepRow], row: RightsRequestRow) -> Option<Asked> {
    let recorded: Vec<(Party, PartStep, Instant)> = steps
        .iter()
        .filter(|step| step.request == row.request)
        .map(|step| (party.clone(), step.step, step.recorded_at))
        .collect();
    let part = parts(&BTreeSet::new(), &BTreeSet::new(), &recorded).into_iter().next()?;
    Some(Asked {
        request: row.request,
        right: row.right,
        about: row.about,
        received_at: row.received_at,
        owed_by: row.owed_by,
        due_on: row.due_on,
        due_clause: row.due_clause,
        state: row.state,
        told: part.told?,
        answer: part.answer,
    })
}

/// One request that another party told the actor's of.
///
/// # Errors
/// [`AppError::Absent`] when there is none such, or the actor does not answer for her party's data: the latter is on record.
pub fn one_asked(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
) -> Result<Asked, AppError> {
    if !is_partner(context, workplace)? {
        access::write_refusal(
            context,
            workplace,
            "a request is shared with who answers for the data of a party",
        )?;
        return Err(AppError::Absent("request"));
    }
    let found = all_asked(context, workplace)?.into_iter().find(|one| one.request == request);
    found.ok_or(AppError::Absent("request"))
}

/// Answers a request that another party told the actor's of.
///
/// # Errors
/// As [`one_asked`]; [`AppError::State`] when her party has answered.
pub fn answer(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
    step: PartStep,
) -> Result<(), AppError> {
    let asked = one_asked(context, workplace, request)?;
    let (row, rows) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.rights_request(request)?, snapshot.parts_of_request(request)?))
    })?;
    let row = row.ok_or(AppError::Absent("request"))?;
    let part = Part {
        party: context.actor.party.clone(),
        gave: false,
        received: false,
        told: Some(asked.told),
        answer: asked.answer,
    };
    write(context, workplace, (row.person, request), (&part, step, rows.len() as u64))
}
