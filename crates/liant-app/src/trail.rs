//! The audit as its readers use it: verify, checkpoint, who read whom.

mod entries;

pub use entries::{
    Acts, EntryFilter, LogEntry, LogPage, Released, acts_since, checkpoint_kept, entries, entry,
};
pub(crate) use entries::{names, purpose_words, watch, watches, write_read};

use std::io::Write;
use std::path::Path;

use liant_audit::verify::{Checkpoint, Finding, Report, StoredLeaf, Verifier};
use liant_audit::{Act, LogWriter, PeopleBlock, SigningKey};
use liant_convention::Channel;
use liant_model::{Instant, PersonId, Territory};
use liant_store::{ChangeSet, LogLeaf, ReleaseRow, StoreError};

use crate::context::{Audited, audit};
use crate::review::{Disclosure, Window, disclosures_of, releases_of};
use crate::{AppError, Context, Workplace, access};

/// The name of a territory's log in its checkpoints.
pub fn log_origin(territory: Territory) -> String {
    format!("liant/audit/{territory}")
}

/// What a verification found: a report, or the first thing that is wrong.
pub type Verdict = Result<Report, Finding>;

/// Verifies the log of a territory against itself, against the edge that the store keeps beside it, and against
/// checkpoints that were kept elsewhere. The edge finds rows that were moved or cut off; a log that was made again whole,
/// edge and all, is found by a checkpoint only.
///
/// # Errors
/// When the store cannot be read. A log that does not hold is a [`Verdict`], not an error.
pub fn verify(
    workplace: &Workplace,
    territory: Territory,
    checkpoints: &[Checkpoint],
) -> Result<Verdict, AppError> {
    let mut known = checkpoints.to_vec();
    known.extend(
        edge(workplace, territory)?.filter(|edge| checkpoints.iter().all(|known| known.size != edge.size)),
    );
    let mut verifier = match Verifier::new(&log_origin(territory), &known) {
        Ok(verifier) => verifier,
        Err(finding) => return Ok(Err(finding)),
    };
    let mut finding = None;
    workplace.store.audit_log(territory, |leaf| {
        if finding.is_none()
            && let Err(found) = verifier.push(&stored(leaf)?)
        {
            finding = Some(found);
        }
        Ok(())
    })?;
    let verdict = finding.map_or_else(|| verifier.finish(), Err);
    // The edge is no checkpoint: what it covers is not counted as covered by one.
    Ok(verdict.map(|report| Report {
        covered: checkpoints.iter().map(|checkpoint| checkpoint.size).max().unwrap_or(0),
        checkpoints: checkpoints.len(),
        ..report
    }))
}

/// The right edge of the log's tree, as a checkpoint that nobody signed.
fn edge(workplace: &Workplace, territory: Territory) -> Result<Option<Checkpoint>, AppError> {
    if !workplace.store.knows(territory)? {
        return Ok(None);
    }
    let frontier = workplace.store.audit_frontier(territory)?;
    let (size, _) = frontier.parts();
    Ok(Some(Checkpoint { origin: log_origin(territory), size, root: frontier.root(), time: 0 }))
}

fn stored(leaf: LogLeaf) -> Result<StoredLeaf, StoreError> {
    let opening = match leaf.content {
        Some((salt, payload)) => {
            let salt =
                salt.try_into().map_err(|_| StoreError::Damaged("a salt has another length".to_owned()))?;
            Some((salt, payload))
        }
        None => None,
    };
    Ok(StoredLeaf { index: leaf.index, commitment: leaf.commitment, opening })
}

/// Writes the log of a territory in the form that the stand-alone verifier reads.
///
/// # Errors
/// When the store cannot be read or the file written.
pub fn export_log(context: &Context<'_>, workplace: &Workplace, path: &Path) -> Result<u64, AppError> {
    access::plan(context, workplace, Channel::Screen)?;
    let territory = context.territory;
    let subject = format!("audit log ({})", path.file_name().unwrap_or_default().to_string_lossy());
    let entry = audit(context, context.act_id()?, Act::Export, Audited { subject, ..Audited::default() })?;
    workplace.store.apply(&ChangeSet::new(territory, context.now(), entry))?;
    workplace.store.sequence_audit(territory)?;
    let fault = |error: std::io::Error| AppError::file(path, error);
    let file = std::fs::File::create(path).map_err(fault)?;
    let mut writer = LogWriter::new(std::io::BufWriter::new(file), &log_origin(territory)).map_err(fault)?;
    let (mut count, mut failure) = (0, None);
    workplace.store.audit_log(territory, |leaf| {
        count += 1;
        if failure.is_none() {
            failure = writer.write(&stored(leaf)?).err();
        }
        Ok(())
    })?;
    if let Some(error) = failure {
        return Err(fault(error));
    }
    let mut file = writer.finish().map_err(fault)?;
    file.flush().map_err(fault)?;
    Ok(count)
}

/// Signs the present state of the log. The note is for partners to keep: with it, anyone finds a log that was
/// rewritten.
///
/// # Errors
/// When the store cannot be read or written.
pub fn checkpoint(
    context: &Context<'_>,
    workplace: &Workplace,
    key: &SigningKey,
) -> Result<String, AppError> {
    let entry = audit(context, context.act_id()?, Act::Checkpoint, Audited::default())?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    workplace.store.sequence_audit(context.territory)?;
    let frontier = workplace.store.audit_frontier(context.territory)?;
    let (size, _) = frontier.parts();
    let origin = log_origin(context.territory);
    let checkpoint = Checkpoint { origin, size, root: frontier.root(), time: context.now().micros() };
    let note = key.sign(&checkpoint).map_err(|error| AppError::Internal(error.to_string()))?;
    workplace.store.keep_checkpoint(context.territory, size, context.now(), &note)?;
    Ok(note)
}

/// Who was shown data of a person, since a moment: also while one of her source identities was linked to someone else.
///
/// # Errors
/// When the gate refuses, or the store; [`AppError::Absent`] when nobody has this number and nothing was ever read under it.
pub fn who_read(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    since: Instant,
) -> Result<Vec<Disclosure>, AppError> {
    access::plan(context, workplace, Channel::Screen)?;
    let windows = windows(context, workplace, person, since)?;
    let found = disclosures_of(context, workplace, &windows)?;
    if windows.len() == 1 && found.is_empty() {
        return Err(AppError::Absent("person"));
    }
    write_who_read(context, workplace, person, found.len())?;
    Ok(found)
}

/// Each release of her data since a moment, as the store keeps it. The caller has made sure of who asks.
pub(crate) fn releases(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    since: Instant,
) -> Result<Vec<ReleaseRow>, AppError> {
    releases_of(context, workplace, &windows(context, workplace, person, since)?)
}

/// A person since a moment, and whoever one of her source identities was linked to meanwhile.
fn windows(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    since: Instant,
) -> Result<Vec<Window>, AppError> {
    Ok(workplace.store.read(context.territory, |snapshot| {
        let mut windows = vec![Window { person, from: since, to: None }];
        for current in snapshot.links_of_person(person)? {
            for link in snapshot.links_of_identity(current.identity)? {
                windows.push(Window {
                    person: link.person,
                    from: link.made_at.max(since),
                    to: link.ended_at,
                });
            }
        }
        Ok(windows)
    })?)
}

/// Puts on record that it was asked who read someone.
pub(crate) fn write_who_read(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    found: usize,
) -> Result<(), AppError> {
    let what = Audited {
        subject: "who read".to_owned(),
        counts: vec![("disclosures", found as u64)],
        people: PeopleBlock::new([person]),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Read, what)?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);
    Ok(())
}

/// The same, each with the name of who read when she has an account here.
///
/// # Errors
/// As [`who_read`].
pub fn who_read_by_name(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    since: Instant,
) -> Result<Vec<Disclosure>, AppError> {
    let mut found = who_read(context, workplace, person, since)?;
    name_actors(context, workplace, &mut found)?;
    Ok(found)
}

/// Puts names in the place of accounts.
pub(crate) fn name_actors(
    context: &Context<'_>,
    workplace: &Workplace,
    disclosures: &mut [Disclosure],
) -> Result<(), AppError> {
    let actors: Vec<String> = disclosures.iter().map(|one| one.actor.clone()).collect();
    let names = names(workplace, context.territory, &actors)?;
    for disclosure in disclosures {
        if let Some(name) = names.get(&disclosure.actor) {
            disclosure.actor.clone_from(name);
        }
    }
    Ok(())
}
