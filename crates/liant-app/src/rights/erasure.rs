//! What people have erased (*droit à l'effacement*, GDPR art. 17), carried out or refused by whoever keeps watch over rights for the
//! party that answers. What goes, goes as when its time is over: in a run of destruction, with its certificate, on the record beside
//! backups before it is done.
//!
//! | use case | for |
//! |---|---|
//! | [`held`], [`plan`] | what is held; what a ground would reach of it, and what the law keeps: nothing is written but that it was looked at |
//! | [`carry_out`] | the same, done |
//! | [`refuse`] | the answer that it is not done, and why |
//! | [`admit`] | who was kept out of the next files may come back |

mod carry;
mod look;
pub(crate) mod marks;

use liant_audit::{Act, PeopleBlock};
pub use liant_casework::{ErasureGround, ErasureRefusal, FactSet};
use liant_casework::{Part, RequestState, may_be_erased};
use liant_model::{ActId, Instant, RightsRequestId, Source};
use liant_store::{
    Change, ChangeSet, ErasureChange, ErasureParty, ErasureRefusalRow, RightsChange, StoreError,
};

use super::{Request, find};
use crate::backup::ledger;
use crate::context::{Audited, audit};
use crate::retention::look::Looking;
use crate::{AppError, Context, Workplace, access, trail};

pub use carry::{Done, carry_out};
pub use look::{Kept, Line, Plan};

/// What is to be erased, and why.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The letter of art. 17 (1).
    pub ground: ErasureGround,
    /// Of which registers; none: of all.
    pub sources: Vec<Source>,
    /// Which sets of facts; none: all.
    pub sets: Vec<FactSet>,
}

impl Wish {
    /// Whether it is about everything that is held of her.
    pub fn is_whole(&self) -> bool {
        self.sources.is_empty() && self.sets.is_empty()
    }
}

/// What became of a request for erasure.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Erased {
    /// The letter of art. 17 (1): a code of [`ErasureGround`].
    pub ground: String,
    /// Whether everything went.
    pub whole: bool,
    /// Otherwise, of which registers; none: of all.
    pub sources: Vec<Source>,
    /// Which sets of facts, by code of [`FactSet`]; none: all.
    pub sets: Vec<String>,
    /// When.
    pub carried_at: Instant,
    /// Who carried it out.
    pub carried_by: String,
    /// The run that did it, whose certificate tells what went.
    pub run: ActId,
    /// Whether that run has ended: until then bytes of what went may lie in the engine's files.
    pub has_ended: bool,
    /// Whether the next files of the same registers do not bring her back.
    pub kept_out: bool,
}

/// Why a request for erasure was refused.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Refused {
    /// A code of [`ErasureRefusal`].
    pub reason: String,
    /// The clauses under which her data stay, each with its legal bases.
    pub clauses: Vec<String>,
    /// When it was refused.
    pub refused_at: Instant,
}

/// What became of a request: erased, refused, or nothing yet.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How it was carried out.
    pub erased: Option<Erased>,
    /// Why it was refused.
    pub refused: Option<Refused>,
}

fn state(text: impl Into<String>) -> AppError {
    AppError::State(text.into())
}

/// The request, which must wait for an answer.
fn open(context: &Context<'_>, workplace: &Workplace, request: RightsRequestId) -> Result<Request, AppError> {
    let found = find(context, workplace, request)?;
    may_be_erased(found.right, found.state).map_err(|refusal| state(refusal.to_string()))?;
    Ok(found)
}

/// What would go, and what the law keeps. Nothing goes.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such request; [`AppError::State`] when it asks for another right or has
/// its answer; when no clause lets the software destroy.
pub fn plan(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
    wish: &Wish,
) -> Result<Plan, AppError> {
    let subject = format!("request {request}: what an erasure would reach ({})", wish.ground.article());
    looked_at(context, workplace, (request, wish), subject)
}

/// What is held of whoever asks, and what each part of it rests on, before a ground is chosen.
///
/// # Errors
/// As [`plan`].
pub fn held(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
) -> Result<Plan, AppError> {
    let wish = Wish { ground: ErasureGround::Unlawful, sources: Vec::new(), sets: Vec::new() };
    let subject = format!("request {request}: what is held, and what that rests on");
    looked_at(context, workplace, (request, &wish), subject)
}

fn looked_at(
    context: &Context<'_>,
    workplace: &Workplace,
    (request, wish): (RightsRequestId, &Wish),
    subject: String,
) -> Result<Plan, AppError> {
    let found = open(context, workplace, request)?;
    let looking = Looking::begin(context, workplace, context.now().date())?;
    let plan = look::plan(context, workplace, &looking, (&found, wish))?.0;
    write(context, workplace, (subject, &found), Vec::new())?;
    Ok(plan)
}

/// Answers that nothing is erased, and why. The clauses under which her data stay are kept with the answer.
///
/// # Errors
/// As [`plan`]; [`AppError::State`] when nothing that is held of her is kept for that reason; a conflict when the request has changed since
/// `version`.
pub fn refuse(
    context: &Context<'_>,
    workplace: &Workplace,
    (request, version): (RightsRequestId, i64),
    reason: ErasureRefusal,
) -> Result<(), AppError> {
    if find(context, workplace, request)?.version != version {
        return Err(StoreError::Conflict { what: "the request" }.into());
    }
    let found = open(context, workplace, request)?;
    let looking = Looking::begin(context, workplace, context.now().date())?;
    let clauses = look::clauses(context, workplace, &looking, (&found, reason))?;
    let row = ErasureRefusalRow {
        request,
        reason: reason.code().to_owned(),
        clauses,
        refused_by: context.actor.name.clone(),
        refused_at: context.now(),
    };
    let moved = RightsChange::Move {
        request,
        expected_version: version,
        state: RequestState::Refused,
        changed_by: context.actor.name.clone(),
    };
    let changes = vec![Change::Erasure(ErasureChange::Refuse(row)), Change::Rights(moved)];
    let subject = format!("request {request}: erasure refused, {reason} ({})", reason.article());
    write(context, workplace, (subject, &found), changes)
}

/// Lets someone come back with the next files who was erased in whole and kept out.
///
/// # Errors
/// When the actor does not keep watch over rights, or there is no such request; [`AppError::State`] when it keeps nobody out.
pub fn admit(context: &Context<'_>, workplace: &Workplace, request: RightsRequestId) -> Result<(), AppError> {
    let found = find(context, workplace, request)?;
    let (row, kept_out) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.erasure(request)?, snapshot.is_kept_out(request)?))
    })?;
    let row = row.filter(|_| kept_out).ok_or_else(|| state("the request keeps nobody out"))?;
    let subject = format!("request {request}: who was erased may come back with the next files");
    write(context, workplace, (subject, &found), vec![Change::Erasure(ErasureChange::Admit(request))])?;
    // In this order: were the line lost, a backup that is restored would keep her out, and not bring her back.
    ledger::admitted(workplace, context.territory, (row.run, request), context.now())
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (subject, found): (String, &Request),
    changes: Vec<Change>,
) -> Result<(), AppError> {
    let what = Audited { subject, people: PeopleBlock::new(found.person), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Rights, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&changes.into_iter().fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(())
}

/// What became of a request of the actor's party.
///
/// # Errors
/// When the actor does not keep watch over rights.
pub fn outcome(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
) -> Result<Outcome, AppError> {
    trail::watch(context, workplace)?;
    let mut outcome = own(context, workplace, request)?;
    if let Some(erased) = &mut outcome.erased {
        let names = trail::names(workplace, context.territory, std::slice::from_ref(&erased.carried_by))?;
        if let Some(name) = names.get(&erased.carried_by) {
            erased.carried_by.clone_from(name);
        }
    }
    Ok(outcome)
}

/// The same. The caller has made sure of who asks.
pub(crate) fn own(
    context: &Context<'_>,
    workplace: &Workplace,
    request: RightsRequestId,
) -> Result<Outcome, AppError> {
    let (erased, refused) = workplace.store.read(context.territory, |snapshot| {
        let erased = match snapshot.erasure(request)? {
            None => None,
            Some(row) => {
                let run = snapshot.destruction(row.run)?;
                let has_ended = run.is_some_and(|run| run.ended_at.is_some());
                Some((row, has_ended, snapshot.is_kept_out(request)?))
            }
        };
        Ok((erased, snapshot.erasure_refusal(request)?))
    })?;
    let erased = erased.map(|(row, has_ended, kept_out)| Erased {
        whole: row.is_whole(),
        ground: row.ground,
        sources: row.sources,
        sets: row.sets,
        carried_at: row.carried_at,
        carried_by: row.carried_by,
        run: row.run,
        has_ended,
        kept_out,
    });
    let refused =
        refused.map(|row| Refused { reason: row.reason, clauses: row.clauses, refused_at: row.refused_at });
    Ok(Outcome { erased, refused })
}

/// Who is told of what is erased.
fn told(parts: &[Part]) -> Vec<ErasureParty> {
    let with_part = parts.iter().filter(|part| part.gave || part.received);
    with_part
        .map(|part| ErasureParty { party: part.party.clone(), gave: part.gave, received: part.received })
        .collect()
}
