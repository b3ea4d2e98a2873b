//! A file on its way in: read once, judged record by record, recognised, written under a batch, published whole.
//!
//! Threads share the work: parsers prepare dossiers, this one decides what changed, one writes chunks, one knows everyone
//! the store knows and recognises the new identities. Nothing is visible until [`liant_store::Import::publish`].

mod batch;
mod file;
mod links;
mod parsers;
mod prepare;
mod reading;
pub(crate) mod recogniser;
mod report;
mod stock;
mod words;

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use liant_audit::{Act, PeopleBlock};
use liant_convention::Direction;
use liant_flux::{Profile, ReadOptions, Reader};
use liant_model::{BatchNo, Block, Date, IdentityId, Lang, PersonId, ReferenceDate};
use liant_store::{BatchMeta, Chunk, Import, Published};

pub use report::ImportReport;

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, background};
pub(crate) use file::{WatchedFile, refusal};
use reading::Reading;
use recogniser::Recognised;

/// What is to be imported, and how.
#[derive(Clone, Copy, Debug)]
pub struct ImportRequest<'a> {
    /// The file.
    pub path: &'a Path,
    /// Its flow profile.
    pub profile: &'a Profile,
    /// Whether to write nothing.
    pub dry_run: bool,
    /// Whether one rejected record refuses the file.
    pub strict: bool,
    /// Most of the stock, in per cent, that may be absent from the file; none when any number may. A file cut short at its
    /// source is sound in itself, and would make everyone it forgot leave.
    pub most_leaving: Option<u8>,
    /// Language of the problems reported.
    pub lang: Lang,
}

/// About how long a record is: only to reserve memory once for a first load.
const BYTES_OF_A_RECORD: u64 = 1_200;

/// A stock smaller than this may well change wholly.
const FEWEST_TO_JUDGE: u64 = 100;

/// Chunks under way between the reader and the writer.
const CHUNKS_UNDER_WAY: usize = 4;

/// Imports one file: every reader sees all of it, or nothing.
///
/// `progress` is told how many bytes have been read, and how many there are.
///
/// # Errors
/// [`AppError`]; the store is then as before.
pub fn import(
    context: &Context<'_>,
    workplace: &Workplace,
    request: ImportRequest<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportReport, AppError> {
    let done = load(context, workplace, request, progress);
    // What the gate refuses is on record already.
    if let Err(error) = &done
        && !request.dry_run
        && !matches!(error, AppError::Gate(_))
    {
        let name = request.path.file_name().unwrap_or_default().to_string_lossy();
        let why = match error {
            AppError::Refused(diagnostic) => diagnostic.rule.clone(),
            error => error.to_string(),
        };
        // The caller is told what was wrong with the file, whatever becomes of this entry.
        let _ = access::write_refusal(context, workplace, &format!("import of {name}: {why}"));
    }
    done
}

fn load(
    context: &Context<'_>,
    workplace: &Workplace,
    request: ImportRequest<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<ImportReport, AppError> {
    let permit = access::receive(context, workplace, request.profile.id())?;
    if request.profile.blocks().contains(&Block::Orientation) {
        return Err(AppError::DecisionsAreNoStock(request.profile.id().to_owned()));
    }
    let clause = permit.clause.to_string();
    let allowed = permit.content.fields(request.profile.source());
    if !request.dry_run {
        workplace.store.ensure_territory(context.territory)?;
    }

    let file = WatchedFile::open(request.path)?;
    refuse_twice_early(context, workplace, &file)?;
    let options = ReadOptions {
        expected_territory: Some(context.territory),
        leave_out_known_labels: true,
        today: Some(context.now().date()),
        ..ReadOptions::default()
    };
    let reader = Reader::open(file.reader(), request.profile, &workplace.lists, &options).map_err(refusal)?;
    let header = reader.header().clone();
    let reference = header.reference_date.unwrap_or_else(|| ReferenceDate::new(context.now().date()));
    refuse_older(context, workplace, request.profile, (reference, header.fabrication_date))?;

    let act = context.act_id()?;
    let meta = BatchMeta {
        territory: context.territory,
        act,
        flow: request.profile.id().to_owned(),
        source: request.profile.source().clone(),
        received_under: clause.clone(),
        reference_date: reference,
        fabricated_on: header.fabrication_date,
        file_name: file.name(),
        started_at: context.now(),
        actor: context.actor.name.clone(),
    };
    let import = if request.dry_run { None } else { Some(Import::begin(&workplace.store, meta)?) };
    // Now that no other import runs: one may have published since the first look.
    if let Err(error) =
        refuse_older(context, workplace, request.profile, (reference, header.fabrication_date))
    {
        let _ = import.map(Import::abandon);
        return Err(error);
    }
    let batch = import.as_ref().map_or(BatchNo(0), Import::batch);
    let mut reading = Reading::new(context, workplace, request, allowed)?;
    reading.report.received_under.clone_from(&clause);
    reading.report.reference_date = reference.to_string();
    let (import, outcome) = run(context, workplace, import, reader, &mut reading, &file, progress);

    let hash = outcome
        .and_then(|()| file.unchanged())
        .and_then(|()| check_whole(context, workplace, request, &file, &reading));
    match (import, hash) {
        (None, hash) => {
            hash?;
            reading.report.dry_run = true;
            Ok(reading.report)
        }
        (Some(import), Err(error)) => {
            // What cannot be swept now, the next import sweeps: the first cause is what the caller needs.
            let _ = import.abandon();
            Err(error)
        }
        (Some(import), Ok(hash)) => {
            reading.report.rows_written = import.rows_written();
            reading.report.batch = Some(batch.0);
            let counts = serde_json::to_string(&reading.report)
                .map_err(|error| AppError::Internal(error.to_string()))?;
            let published = Published {
                file_hash: hash,
                file_bytes: file.bytes(),
                counts,
                at: context.now(),
                links_seen: reading.links_seen,
            };
            let entry = Audited {
                subject: format!("{} {} ({})", request.profile.id(), reference, file.name()),
                clauses: vec![clause],
                counts: reading.counts(),
                people: PeopleBlock::new(reading.people().map(|identity: IdentityId| PersonId(identity.0))),
            };
            import.publish(&published, &audit(context, act, Act::Import, entry)?)?;
            access::sequence(context, workplace);
            Ok(reading.report)
        }
    }
}

/// Runs the threads to their end. Gives the import back, whatever happened, to publish or abandon.
fn run<R: std::io::Read>(
    context: &Context<'_>,
    workplace: &Workplace,
    import: Option<Import>,
    reader: Reader<R>,
    reading: &mut Reading<'_>,
    file: &WatchedFile,
    progress: &mut dyn FnMut(u64, u64),
) -> (Option<Import>, Result<(), AppError>) {
    let (to_writer, chunks) = sync_channel::<Chunk>(CHUNKS_UNDER_WAY);
    let (give_back, emptied) = sync_channel::<Chunk>(CHUNKS_UNDER_WAY + 1);
    let (to_recogniser, people) = sync_channel(64);
    let now = context.now();
    let expected = if reading.is_first_load() { (file.length() / BYTES_OF_A_RECORD) as usize } else { 0 };
    std::thread::scope(|scope| {
        let writer = scope.spawn(move || write(import, &chunks, &give_back));
        // The receiver is owned by its thread, so that a failure there closes the channel and the reader does not wait
        // for ever.
        let recogniser = scope.spawn(move || {
            background::give_way();
            recogniser::recognise(workplace, (context.territory, now), expected, &people)
        });
        let channels = reading::Channels { to_writer: &to_writer, emptied: &emptied, to_recogniser };
        let read = reading.read(reader, file, &channels, progress);
        // The recogniser works until its channel closes.
        drop(channels);
        let read = read.and_then(|()| links::write_nirs(reading, &to_writer, &emptied));
        let recognised =
            recogniser.join().unwrap_or_else(|_| Err(AppError::Internal("the recogniser failed".into())));
        // A recogniser that failed is why the reader could not go on, never the other way round.
        let linked = recognised.and_then(|recognised: Recognised| {
            read.and_then(|()| links::write(reading, &recognised, &to_writer, &emptied))
        });
        drop(to_writer);
        match writer.join() {
            Ok((import, Ok(()))) => (import, linked),
            Ok((import, Err(error))) => (import, Err(error)),
            Err(_) => (None, Err(AppError::Internal("the writer failed".into()))),
        }
    })
}

fn write(
    mut import: Option<Import>,
    chunks: &Receiver<Chunk>,
    give_back: &SyncSender<Chunk>,
) -> (Option<Import>, Result<(), AppError>) {
    let mut failure = None;
    while let Ok(mut chunk) = chunks.recv() {
        if let Some(import) = &mut import
            && let Err(error) = import.write(&chunk)
        {
            failure = Some(error.into());
            break;
        }
        chunk.clear();
        // The reader may have ended: then nobody wants the memory back.
        let _ = give_back.try_send(chunk);
    }
    (import, failure.map_or(Ok(()), Err))
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the bare method is not general over lifetimes"
)]
/// Refuses a file that would put the stock of its source back: older than the last of its flow by reference date, or
/// made before the last file of another flow of the same source.
fn refuse_older(
    context: &Context<'_>,
    workplace: &Workplace,
    profile: &Profile,
    (reference, made): (ReferenceDate, Option<Date>),
) -> Result<(), AppError> {
    let (reference, made) = (reference.to_string(), made.map(|made| made.to_string()));
    let batches = workplace.store.read(context.territory, |snapshot| snapshot.batches())?;
    let published = || batches.iter().filter(|batch| batch.state == "published");
    let of_flow =
        published().filter(|batch| batch.flow == profile.id()).map(|batch| &batch.reference_date).max();
    if let Some(last) = of_flow.filter(|last| **last > reference) {
        let (flow, last) = (profile.id().to_owned(), last.clone());
        return Err(AppError::OlderThanLast { flow, found: reference, last });
    }
    let of_source = published()
        .filter(|batch| batch.source == profile.source().as_str() && batch.flow != profile.id())
        .max_by_key(|batch| &batch.fabricated_on);
    match (made, of_source.and_then(|batch| Some((batch, batch.fabricated_on.as_ref()?)))) {
        (Some(made), Some((batch, last))) if made < *last => {
            Err(AppError::MadeBefore { flow: batch.flow.clone(), found: made, last: last.clone() })
        }
        _ => Ok(()),
    }
}

/// A file as long as one that was received is hashed before it is read: most often it is that one.
fn refuse_twice_early(
    context: &Context<'_>,
    workplace: &Workplace,
    file: &WatchedFile,
) -> Result<(), AppError> {
    let length = file.length();
    let as_long = workplace.store.read(context.territory, |snapshot| {
        Ok(snapshot.batches()?.iter().any(|batch| batch.state == "published" && batch.file_bytes == length))
    })?;
    if as_long { refuse_twice(context, workplace, &file.hash_now()?) } else { Ok(()) }
}

fn refuse_twice(context: &Context<'_>, workplace: &Workplace, hash: &[u8; 32]) -> Result<(), AppError> {
    let before = workplace.store.read(context.territory, |snapshot| snapshot.batch_with_hash(hash))?;
    before.map_or(Ok(()), |before| {
        let at = before.published_at.map_or_else(String::new, |at| at.to_string());
        Err(AppError::SameFile { batch: before.batch.0, at })
    })
}

/// What can only be judged when the file has been read to its end.
fn check_whole(
    context: &Context<'_>,
    workplace: &Workplace,
    request: ImportRequest<'_>,
    file: &WatchedFile,
    reading: &Reading<'_>,
) -> Result<[u8; 32], AppError> {
    access::still_passes(context, workplace, (request.profile.id(), Direction::Receive))?;
    let hash = file.hash()?;
    refuse_twice(context, workplace, &hash)?;
    let (left, present) = reading.leaving();
    if let Some(most) = request.most_leaving
        && present >= FEWEST_TO_JUDGE
        && left * 100 > present * u64::from(most)
    {
        return Err(AppError::ManyLeave { left, present, most });
    }
    if request.strict && reading.report.rejected > 0 {
        return Err(AppError::Strict { rejected: reading.report.rejected });
    }
    Ok(hash)
}
