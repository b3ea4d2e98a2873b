//! An erasure carried out: a run of destruction of its own.

use std::fs;

use liant_audit::{Act, PeopleBlock};
use liant_model::{ActId, RightsRequestId};
use liant_store::retention::{Destroying, Destruction};
use liant_store::{Erasing, ErasureRow, StoreError};

use super::look::{self, Planned};
use super::{Wish, find, marks, open, state, told};
use crate::backup::ledger::{Gone, KeptErasure, Ledger, Line};
use crate::context::{Audited, audit};
use crate::retention::look::Looking;
use crate::retention::{self, Certificate, run};
use crate::rights::Request;
use crate::{AppError, Context, Workplace, access, backup, deposit, directory, uploads};

/// An erasure that was carried out.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Done {
    /// The run: what its certificate is called by.
    pub run: ActId,
    /// What was certified; none while bytes of what went may lie in the engine's files, since somebody read them for too long. The
    /// next run of destruction goes on there.
    pub certificate: Option<Certificate>,
}

/// Erases what the ground reaches, for good, and answers the request. What is meant goes whole or not at all, as `seen` of the plan has it.
///
/// # Errors
/// As [`super::plan`]; [`AppError::State`] when something that is meant has to stay, or a run of destruction has not ended; a conflict when
/// the request has changed since `version`, or what is held of her has since it was looked at; when a file is being imported. Nothing
/// has then gone.
pub fn carry_out(
    context: &Context<'_>,
    workplace: &Workplace,
    (request, version, seen): (RightsRequestId, i64, &str),
    wish: &Wish,
) -> Result<Done, AppError> {
    // First of all whether it has changed: a second click finds it answered.
    if find(context, workplace, request)?.version != version {
        return Err(StoreError::Conflict { what: "the request" }.into());
    }
    let found = open(context, workplace, request)?;
    let (territory, store) = (context.territory, &workplace.store);
    let today = context.now().date();
    // Asked before anything is locked: without a clause for it nothing is even begun.
    possible(&look::plan(context, workplace, &Looking::begin(context, workplace, today)?, (&found, wish))?)?;
    uploads::sweep(workplace, territory, context.now());
    let act = context.act_id()?;
    let begun = (act, today, context.now(), context.actor.name.as_str());
    let (mut destroying, begun) = Destroying::begin(store, territory, begun)?;
    if begun.id != act {
        return Err(state("a run of destruction has not ended: `liant retention run` goes on with it"));
    }
    let mut ledger = Ledger::of_run(workplace, territory, &begun);
    match erase(context, workplace, (&mut destroying, &mut ledger), (&found, wish, &begun), seen) {
        Ok(()) => {}
        // Anything else may have come after it was done: the next run then goes on.
        Err(error) if error.is_conflict() || matches!(error, AppError::State(_) | AppError::Absent(_)) => {
            ledger.give_up()?;
            destroying.give_up()?;
            return Err(error);
        }
        Err(error) => return Err(error),
    }
    access::sequence(context, workplace);
    forget_built(context, workplace);
    let certificate = finish(context, workplace, (destroying, ledger), &begun)?;
    Ok(Done { run: act, certificate })
}

fn possible((plan, ..): &Planned) -> Result<(), AppError> {
    if plan.possible {
        return Ok(());
    }
    let stays = plan.lines.iter().filter(|line| line.kept.is_some());
    let mut stays: Vec<String> = stays
        .map(|line| line.clause.as_ref().map_or_else(|| "own".to_owned(), ToString::to_string))
        .collect();
    stays.sort_unstable();
    stays.dedup();
    Err(state(if stays.is_empty() {
        "nothing is held of what is to be erased".to_owned()
    } else {
        format!("the law keeps what this ground does not reach: {}", stays.join("; "))
    }))
}

fn erase(
    context: &Context<'_>,
    workplace: &Workplace,
    (destroying, ledger): (&mut Destroying, &mut Ledger),
    (found, wish, begun): (&Request, &Wish, &Destruction),
    seen: &str,
) -> Result<(), AppError> {
    let looked_at = context.now();
    // Looked at again under the lock of imports: nothing comes in meanwhile.
    let looking = Looking::begin(context, workplace, begun.day)?;
    let planned = look::plan(context, workplace, &looking, (found, wish))?;
    possible(&planned)?;
    let (plan, doomed, parts, parties) = planned;
    if plan.seen != seen {
        return Err(StoreError::Conflict { what: "what is held of the person" }.into());
    }
    let row = ErasureRow {
        request: found.request,
        run: begun.id,
        ground: plan.ground.to_owned(),
        sources: wish.sources.clone(),
        sets: wish.sets.iter().map(|set| set.code().to_owned()).collect(),
        parties: told(&parties),
        carried_by: context.actor.name.clone(),
        carried_at: looked_at,
    };
    let (request, known) = workplace.store.read(context.territory, |snapshot| {
        let mut known = Vec::new();
        for one in doomed.iter().filter(|_| plan.keeps_out) {
            known.extend(snapshot.known_by(one.identity)?);
        }
        Ok((snapshot.rights_request(found.request)?, known))
    })?;
    let mut request = request.ok_or(AppError::Absent("request"))?;
    request.version = found.version;
    let subject = format!("request {}: erased ({}), destruction {}", found.request, plan.article, begun.id);
    let clauses = parts.iter().map(|part| part.clause.to_string()).collect();
    let what = Audited { subject, clauses, people: PeopleBlock::new(found.person), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Rights, what)?;
    let erasing = Erasing { row, request, marks: marks::of(&workplace.keys, &known)?, entry: Some(entry) };
    run::wait_for_directory(workplace, destroying)?;
    destroying.make_ready()?;
    let written: Vec<_> = parts.iter().map(retention::write_part).collect();
    let gone = doomed.iter().map(Gone::of).collect();
    ledger.write(&Line::Erased { gone, parts, erasure: Box::new(KeptErasure::of(&erasing)) })?;
    destroying.erase(&doomed, &erasing, &written)?;
    ledger.write(&Line::Carried { request: found.request })?;
    Ok(destroying.leave_directory()?)
}

/// Removes the file of the exchange that was built and may hold her: it is out of date, and nobody fetches it any more.
fn forget_built(context: &Context<'_>, workplace: &Workplace) {
    if let Some(path) = deposit::built_file(context, workplace) {
        // What cannot be removed now is replaced by the next file that is built.
        let _ = fs::remove_file(path);
    }
}

/// Sees to it that nothing is left in the engine's files, and certifies it; none when somebody reads for too long.
fn finish(
    context: &Context<'_>,
    workplace: &Workplace,
    (mut destroying, ledger): (Destroying, Ledger),
    begun: &Destruction,
) -> Result<Option<Certificate>, AppError> {
    match directory::follow(workplace, context.territory, context.clock, run::PATIENCE) {
        Ok(_) | Err(AppError::Gate(_)) => {}
        Err(error) => return Err(error),
    }
    match destroying.compact(&workplace.store) {
        Err(StoreError::StillRead) => return Ok(None),
        done => done?,
    }
    let parts = destroying.parts()?.into_iter().map(run::read_part).collect::<Result<Vec<_>, _>>()?;
    let certificate = Certificate::of(context, workplace, begun, (parts, true))?;
    run::end(context, destroying, ledger, &certificate)?;
    access::sequence(context, workplace);
    backup::forget_old(workplace)?;
    Ok(Some(certificate))
}
