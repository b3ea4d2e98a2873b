//! One run: what is due goes, some people at a time; then nothing is left of it in the engine's files; then it is certified.

use std::time::{Duration, Instant as Moment};

use liant_audit::Act;
use liant_model::ActId;
use liant_store::StoreError;
use liant_store::retention::{Destroying, Destruction};
use ring::digest;

use super::certificate::Certificate;
use super::look::Looking;
use super::{DataSet, Part};
use crate::backup::ledger::{Gone, Ledger, Line};
use crate::context::{Audited, audit};
use crate::deposit::hex;
use crate::{AppError, Context, Workplace, access, backup, directory, trail, uploads};

/// How long the directory is waited for, which another process may be making.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks at it.
const NEXT_LOOK: Duration = Duration::from_millis(200);

/// Destroys everything that is due today, and certifies it; `progress` is told how many items went. A run that died is gone on
/// with, for the day it was begun on. None when nothing is due.
///
/// # Errors
/// When the actor does not act for the rights of people, no clause lets the software destroy, a file is being imported, or
/// the store refuses: what went by then has gone, and the next run goes on.
pub fn run(
    context: &Context<'_>,
    workplace: &Workplace,
    mut progress: impl FnMut(u64),
) -> Result<Option<Certificate>, AppError> {
    trail::watch(context, workplace)?;
    let (territory, store) = (context.territory, &workplace.store);
    store.ensure_territory(territory)?;
    uploads::sweep(workplace, territory, context.now());
    let today = context.now().date();
    backup::destroy_keys(workplace, territory, context.clock)?;
    // Asked before anything is locked: without a clause for it nothing is even begun.
    Looking::begin(context, workplace, today)?;
    let begun = (context.act_id()?, today, context.now(), context.actor.name.as_str());
    let (mut destroying, begun) = Destroying::begin(store, territory, begun)?;
    let mut ledger = Ledger::of_run(workplace, territory, &begun);
    // Of an erasure that died, what was done is put on record; what was not never is.
    for erased in store.read(territory, |snapshot| snapshot.erasures_of_run(begun.id))? {
        ledger.write(&Line::Carried { request: erased.request })?;
    }
    // Looked at under the lock of imports: nothing comes in meanwhile.
    let looking = Looking::begin(context, workplace, begun.day)?;
    let mut told = 0;
    let mut tell = |items: u64| {
        told += items;
        progress(told);
    };
    destroy_people(context, (&looking, workplace), (&mut destroying, &mut ledger), &mut tell)?;
    destroy_by_time(&looking, (&mut destroying, &mut ledger), &mut tell)?;
    let parts = destroying.parts()?.into_iter().map(read_part).collect::<Result<Vec<_>, _>>()?;
    if parts.is_empty() {
        ledger.give_up()?;
        destroying.give_up()?;
        return Ok(None);
    }
    match directory::follow(workplace, territory, context.clock, PATIENCE) {
        // Nothing may be indexed any more: whoever was destroyed was taken out, and nobody is made again.
        Ok(_) | Err(AppError::Gate(_)) => {}
        Err(error) => return Err(error),
    }
    destroying.compact(store)?;
    let certificate = Certificate::of(context, workplace, &begun, (parts, false))?;
    end(context, destroying, ledger, &certificate)?;
    access::sequence(context, workplace);
    backup::forget_old(workplace)?;
    Ok(Some(certificate))
}

fn destroy_people(
    context: &Context<'_>,
    (looking, workplace): (&Looking<'_>, &Workplace),
    (destroying, ledger): (&mut Destroying, &mut Ledger),
    tell: &mut impl FnMut(u64),
) -> Result<(), AppError> {
    let (mut after, mut is_ready) = (None, false);
    loop {
        let looked_at = context.now();
        let Some((last, due)) = looking.next(after)? else { break };
        after = Some(last);
        if due.doomed.is_empty() {
            continue;
        }
        if !is_ready {
            wait_for_directory(workplace, destroying)?;
            destroying.make_ready()?;
            is_ready = true;
        }
        let items = due.parts.iter().map(|part| part.items).sum();
        let parts: Vec<_> = due.parts.iter().map(write_part).collect();
        let gone = due.doomed.iter().map(Gone::of).collect();
        ledger.write(&Line::People { looked_at, gone, parts: due.parts })?;
        destroying.destroy(&due.doomed, looked_at, &parts)?;
        tell(items);
    }
    Ok(destroying.leave_directory()?)
}

pub(crate) fn wait_for_directory(workplace: &Workplace, destroying: &mut Destroying) -> Result<(), AppError> {
    let began = Moment::now();
    while !destroying.hold_directory(&workplace.store)? {
        if began.elapsed() >= PATIENCE {
            return Err(AppError::Store(StoreError::Conflict {
                what: "the directory, which is being made,",
            }));
        }
        std::thread::sleep(NEXT_LOOK);
    }
    Ok(())
}

fn destroy_by_time(
    looking: &Looking<'_>,
    (destroying, ledger): (&mut Destroying, &mut Ledger),
    tell: &mut impl FnMut(u64),
) -> Result<(), AppError> {
    for (batch, part) in looking.rejects()? {
        let written = write_part(&part);
        ledger.write(&Line::Rejects { batch: batch.0, part })?;
        tell(destroying.destroy_rejects(batch, &written)?);
    }
    if let Some((before, term)) = looking.access_log() {
        let part =
            |data_set| Part { clause: (*term.clause).clone(), data_set, source: None, people: 0, items: 0 };
        let (records, entries) = (part(DataSet::AccessRecords), part(DataSet::LogEntries));
        let (written, erased) = (write_part(&records), write_part(&entries));
        ledger.write(&Line::AccessLog { before, part: records })?;
        tell(destroying.destroy_access_log(before, &written)?);
        ledger.write(&Line::Entries { before, part: entries })?;
        tell(destroying.erase_entries(before, &erased)?);
    }
    Ok(())
}

/// Writes the end of the run and its entries of the log.
pub(crate) fn end(
    context: &Context<'_>,
    destroying: Destroying,
    mut ledger: Ledger,
    certificate: &Certificate,
) -> Result<(), AppError> {
    let text = certificate.to_json()?;
    let hash = hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    let count = |set: DataSet| {
        certificate.parts.iter().filter(|part| part.data_set == set).map(|part| part.items).sum::<u64>()
    };
    let clauses: Vec<String> = certificate.parts.iter().map(|part| part.clause.to_string()).collect();
    let what = Audited {
        subject: format!("destruction {}: certificate sha256 {hash}", certificate.id),
        clauses,
        counts: vec![
            ("access-records", count(DataSet::AccessRecords)),
            ("facts", count(DataSet::Facts)),
            ("own-records", count(DataSet::OwnRecords)),
            ("records-set-aside", count(DataSet::RecordsSetAside)),
        ],
        ..Audited::default()
    };
    let mut entries = vec![audit(context, destroying.id(), Act::Destruction, what)?];
    if count(DataSet::LogEntries) > 0 {
        let what = Audited {
            subject: format!("destruction {}", certificate.id),
            counts: vec![("entries", count(DataSet::LogEntries))],
            ..Audited::default()
        };
        entries.push(audit(context, context.act_id()?, Act::AuditErasure, what)?);
    }
    // Should the store not learn of it, the next run goes on with this one and ends it again.
    ledger.write(&Line::Ended { at: context.now(), certificate: text.clone() })?;
    Ok(destroying.end(context.now(), &text, &entries)?)
}

/// A part as the store keeps it.
pub(crate) fn write_part(part: &Part) -> liant_store::retention::Part {
    liant_store::retention::Part {
        clause: part.clause.clone(),
        data_set: part.data_set.code().to_owned(),
        source: part.source.clone(),
        people: part.people,
        items: part.items,
    }
}

pub(crate) fn read_part(part: liant_store::retention::Part) -> Result<Part, AppError> {
    let unknown =
        || AppError::Internal(format!("a destruction has an unknown set of data: {}", part.data_set));
    Ok(Part {
        data_set: DataSet::from_code(&part.data_set).ok_or_else(unknown)?,
        clause: part.clause,
        source: part.source,
        people: part.people,
        items: part.items,
    })
}

/// The runs, the latest first; one without a certificate did not end, and the next goes on with it.
///
/// # Errors
/// When the actor does not act for the rights of people.
pub fn runs(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Destruction>, AppError> {
    trail::watch(context, workplace)?;
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.destructions())?)
}

/// The certificate of a run that has ended.
///
/// # Errors
/// When there is no such run, or it has not ended; when the actor does not act for the rights of people.
pub fn certificate(context: &Context<'_>, workplace: &Workplace, id: ActId) -> Result<Certificate, AppError> {
    trail::watch(context, workplace)?;
    let found = workplace.store.read(context.territory, |snapshot| snapshot.destruction(id))?;
    let text = found.and_then(|run| run.certificate).ok_or(AppError::Absent("destruction"))?;
    Certificate::from_json(&text)
}
