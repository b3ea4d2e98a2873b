//! What she asks about her data. A copy is given at once; the rest is answered within the clock of the conventions.

use liant_model::{Instant, Lang, PersonId, RightsRequestId};
use serde::Serialize;

use super::Herself;
use super::held::{self, Held};
use super::readers::{self, Reading};
use crate::rights::erasure::{self, Outcome};
use crate::rights::limits::{self, Closed};
use crate::rights::shared::{self, Part};
use crate::rights::{self, Made, NewRequest, Request, RequestState, RequestWay, Right};
use crate::{AppError, Context, Workplace, trail};

/// Her requests, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn requests(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
) -> Result<Vec<Request>, AppError> {
    rights::own(context, workplace, her.person)
}

/// A request of hers, and what became of it.
#[derive(Clone, Debug)]
pub struct Own {
    /// The request.
    pub request: Request,
    /// The other parties that were told of it, or have to be: whoever received a datum that is put right, erased or limited, and
    /// whoever it came from (GDPR art. 19).
    pub parts: Vec<Part>,
    /// What the datum that is to be put right says now, if it is held and hers to see.
    pub datum: Option<Stands>,
    /// What it closed of her data.
    pub limits: Vec<Closed>,
    /// What became of it, when it asks for erasure.
    pub outcome: Outcome,
}

/// What a datum says that is to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    /// In words.
    pub words: String,
    /// When a file brought it, if that was after the request.
    pub changed_at: Option<Instant>,
}

/// Her requests, the latest first, each with what became of it.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn cases(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    lang: Lang,
) -> Result<Vec<Own>, AppError> {
    let requests = shared::own_parts(context, workplace, her.person)?;
    let to_be_put_right =
        |request: &Request| request.right == Right::Rectification && request.about.is_some();
    let held = if requests.iter().any(|(request, _)| to_be_put_right(request)) {
        Some(held::held(context, workplace, her, lang)?)
    } else {
        None
    };
    let stands = |request: &Request| {
        let held = held.as_ref().filter(|_| to_be_put_right(request))?;
        let (source, field) = request.about.as_ref()?;
        let of_source = held.records.iter().filter(|record| record.source == *source);
        let datum = of_source.flat_map(|record| &record.data).find(|datum| datum.field == *field)?;
        let received = datum.brought.as_ref().map(|brought| brought.received_at);
        let changed_at = received.filter(|at| *at > request.received_at);
        Some(Stands { words: datum.words.clone(), changed_at })
    };
    let numbers: Vec<RightsRequestId> = requests.iter().map(|(request, _)| request.request).collect();
    let mut closed = limits::own(context, workplace, &numbers)?;
    let own = requests.into_iter().map(|(request, parts)| {
        Ok(Own {
            datum: stands(&request),
            limits: closed.remove(&request.request).unwrap_or_default(),
            outcome: erasure::own(context, workplace, request.request)?,
            request,
            parts,
        })
    });
    own.collect()
}

/// Makes a request. One for a copy is answered by this very act: [`copy`] gives it whenever she asks.
///
/// # Errors
/// When the text is too long, or the store cannot be written.
pub fn ask(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    new: &NewRequest,
) -> Result<RightsRequestId, AppError> {
    let state = if new.right == Right::Access { RequestState::Answered } else { RequestState::Received };
    let made =
        Made { way: RequestWay::Space, received_at: context.now(), state, identity: Some(her.identity) };
    rights::write(context, workplace, her.person, new, &made)
}

/// Takes a request of hers back.
///
/// # Errors
/// [`AppError::Absent`] when it is none of hers; a conflict when it was answered meanwhile.
pub fn withdraw(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    request: RightsRequestId,
) -> Result<(), AppError> {
    let own = requests(context, workplace, her)?;
    let found = own.iter().find(|one| one.request == request).ok_or(AppError::Absent("request"))?;
    rights::change(context, workplace, found, found.version, RequestState::Withdrawn)
}

/// A copy of what is held, and of what became of it (GDPR art. 15 (1) and (3)): as JSON it is documented in `docs/json.md`.
#[derive(Clone, Debug, Serialize)]
pub struct Copy {
    /// When it was made.
    pub made_at: String,
    /// The territory.
    pub territory: String,
    /// What is held.
    pub held: Held,
    /// Who was shown what of it, the latest first.
    pub shown_to: Vec<Reading>,
    /// What she said of being reached by e-mail and telephone.
    pub electronic_contact: Vec<Said>,
    /// What she asked for.
    pub requests: Vec<Asked>,
}

/// What she said of being reached by e-mail and telephone.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// When.
    pub at: String,
    /// Whether she gave her consent, or withdrew it.
    pub given: bool,
}

/// What she asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// Which right she used.
    pub right: &'static str,
    /// When it was received.
    pub received_at: String,
    /// The last day for an answer.
    pub due_on: String,
    /// Where it stands.
    pub state: &'static str,
    /// What she wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The other parties that were told of it, or have to be.
    pub parties: Vec<Spread>,
}

/// Another party that a request is spread to.
#[derive(Clone, Debug, Serialize)]
pub struct Spread {
    /// The party.
    pub party: String,
    /// When it was told; nothing while it has to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_at: Option<String>,
    /// What it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<&'static str>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<String>,
}

impl Spread {
    fn of(part: &Part) -> Self {
        Self {
            party: part.party.to_string(),
            told_at: part.told.map(|at| at.to_string()),
            answer: part.answer.map(|(step, _)| step.code()),
            answered_at: part.answer.map(|(_, at)| at.to_string()),
        }
    }
}

/// Her copy.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn copy(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    lang: Lang,
) -> Result<Copy, AppError> {
    let held = held::held_for_copy(context, workplace, her, lang)?;
    told(context, workplace, (her.person, held), lang)
}

/// The same, for whoever answers a request made otherwise: it holds what the clauses of whoever asks show her, and of that what the
/// person's own let her see, so that nothing of another's is handed over (GDPR art. 15 (4)).
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such person to see.
pub fn copy_of(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<Copy, AppError> {
    trail::watch(context, workplace)?;
    let held = held::of_person(context, workplace, person, lang)?;
    told(context, workplace, (person, held), lang)
}

fn told(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, held): (PersonId, Held),
    lang: Lang,
) -> Result<Copy, AppError> {
    let shown_to = readers::of(context, workplace, person, lang)?;
    let said = workplace.store.read(context.territory, |snapshot| snapshot.contact_of(person))?;
    let asked = shared::own_parts(context, workplace, person)?;
    Ok(Copy {
        made_at: context.now().to_string(),
        territory: context.territory.to_string(),
        held,
        shown_to,
        electronic_contact: said
            .iter()
            .map(|row| Said { at: row.at.to_string(), given: row.given })
            .collect(),
        requests: asked
            .into_iter()
            .map(|(request, parts)| Asked {
                right: request.right.code(),
                received_at: request.received_at.to_string(),
                due_on: request.due_on.to_string(),
                state: request.state.code(),
                statement: request.statement,
                parties: parts.iter().map(Spread::of).collect(),
            })
            .collect(),
    })
}
