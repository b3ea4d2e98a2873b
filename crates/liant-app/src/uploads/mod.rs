//! Files on their way in: received, checked, looked at, and then imported or given up.
//!
//! Each lies in a folder of its own of the workplace's spool, for the account of the program alone (0700, 0600), in clear: it
//! is personal data at rest, for as long as someone needs to look at what its import would do. It is removed when it has been
//! imported, given up or refused, and a day after it came in any case ([`KEPT_FOR`]). What was found in it stays a week beside
//! it ([`TOLD_FOR`]), values masked.
//!
//! Work on a file holds the lock of its folder: one piece of work at a time, and when the process is killed the system frees
//! the lock, so that whoever looks next sees an interrupted work and not one that lasts for ever. The store is then as
//! before: it shows all of a file, or nothing.

mod findings;
mod spool;
mod work;

use liant_audit::Act;
use liant_convention::Direction;
use liant_model::{Instant, Lang, Territory};
use liant_store::ChangeSet;

use crate::context::{Audited, audit};
use crate::{AppError, Context, ImportReport, Workplace, access};

pub use findings::{Finding, Said};
pub(crate) use spool::private_folder;
pub use spool::{Incoming, UploadId};
pub use work::{Claim, check, claim, load};

use spool::Folder;

/// The largest file that is taken: the national stock has some 3 GB.
pub const LARGEST: u64 = 4 << 30;
/// How long a file is kept that nobody has decided upon.
pub const KEPT_FOR: i64 = 24 * 3_600 * 1_000_000;
/// How long what was found in a file is told, from the day it came.
pub const TOLD_FOR: i64 = 7 * KEPT_FOR;

/// A file that was received.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its number.
    pub id: UploadId,
    /// Its name, as its sender gave it.
    pub file_name: String,
    /// Its length.
    pub bytes: u64,
    /// The flow it is found to be of.
    pub flow: String,
    /// When it came.
    pub received_at: Instant,
    /// Who sent it.
    pub actor: String,
    /// How far it has come.
    pub stage: Stage,
    /// What is being done with it.
    pub doing: Doing,
    /// Why the last piece of work did not succeed, when the file may be tried again.
    pub note: Option<Said>,
    /// Whether its import was refused because it lacks much of the stock: someone may say that it is whole all the same.
    pub lacks_many: bool,
}

/// How far a file has come.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum Stage {
    /// It is there.
    Received,
    /// It was read to its end: this is what its import would do.
    Checked(Box<Preview>),
    /// It is refused as a whole, and was removed.
    Refused {
        /// What is wrong with it.
        why: Box<Finding>,
    },
    /// It cannot be imported, and was removed.
    Impossible {
        /// Why.
        why: Said,
        /// The import that brought this very file before.
        batch: Option<i64>,
    },
    /// It was imported, and was removed.
    Imported {
        /// The batch.
        batch: i64,
    },
    /// It was given up, and was removed.
    GivenUp,
}

/// What is being done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Nothing.
    Nothing,
    /// It is read, and nothing is written.
    Checking(Progress),
    /// It is imported.
    Importing(Progress),
    /// The process that worked on it has ended before its time. Nothing was written.
    Interrupted,
}

/// How far a piece of work has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub read: u64,
    /// Bytes there are.
    pub total: u64,
}

/// What the import of a file would do, and what was found in it.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Preview {
    /// The counts of an import that writes nothing.
    pub report: ImportReport,
    /// The first of the findings, in the order of the file.
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub found: u64,
}

impl Preview {
    /// Findings that are kept of a file.
    pub const MOST: usize = 500;
}

/// Begins to receive a file. Whoever may import no flow at all is refused when the flow is known: see [`Incoming::finish`].
///
/// # Errors
/// When the spool cannot be written.
pub fn receive(context: &Context<'_>, workplace: &Workplace, name: &str) -> Result<Incoming, AppError> {
    sweep(workplace, context.territory, context.now());
    Incoming::begin(context, workplace, name)
}

/// A file that was received, of a flow that the actor takes in.
///
/// # Errors
/// [`AppError::Absent`] when there is none of this number for her.
pub fn get(context: &Context<'_>, workplace: &Workplace, id: UploadId) -> Result<Upload, AppError> {
    let upload = Folder::of(workplace, context.territory, id).read()?;
    if is_hers(context, workplace, &upload)? { Ok(upload) } else { Err(AppError::Absent("file")) }
}

/// The files that wait for a decision or are worked on, of the flows that the actor takes in, the last received first.
///
/// # Errors
/// When the store cannot be read.
pub fn waiting(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Upload>, AppError> {
    let mut hers = Vec::new();
    for upload in spool::all(workplace, context.territory) {
        let waits = matches!(upload.stage, Stage::Received | Stage::Checked(_));
        if waits && is_hers(context, workplace, &upload)? {
            hers.push(upload);
        }
    }
    Ok(hers)
}

fn is_hers(context: &Context<'_>, workplace: &Workplace, upload: &Upload) -> Result<bool, AppError> {
    access::handles(context, workplace, (&upload.flow, Direction::Receive))
}

/// Gives a file up: it is removed, and that is on record.
///
/// # Errors
/// [`AppError::State`] when it is worked on at this moment; [`AppError::Absent`] as of [`get`].
pub fn give_up(context: &Context<'_>, workplace: &Workplace, id: UploadId) -> Result<(), AppError> {
    let folder = Folder::of(workplace, context.territory, id);
    let claim = claim(context, workplace, id)?;
    folder.remove_data();
    folder.update(|kept| kept.stage = Stage::GivenUp)?;
    drop(claim);
    let what = Audited { subject: format!("a file received and not imported ({id})"), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Destruction, what)?;
    workplace.store.ensure_territory(context.territory)?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);
    Ok(())
}

/// Removes the files that have lain for too long, and what was told of them.
pub fn sweep(workplace: &Workplace, territory: Territory, now: Instant) {
    for upload in spool::all(workplace, territory) {
        let age = now.micros() - upload.received_at.micros();
        let folder = Folder::of(workplace, territory, upload.id);
        let busy = matches!(upload.doing, Doing::Checking(_) | Doing::Importing(_));
        if age > KEPT_FOR && !busy {
            folder.remove_data();
            if matches!(upload.stage, Stage::Received | Stage::Checked(_)) {
                // What cannot be written now is tried again next time.
                let _ = folder.update(|kept| kept.stage = Stage::GivenUp);
            }
        }
        if age > TOLD_FOR && !busy {
            folder.remove();
        }
    }
}

impl Said {
    /// In a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}
