//! Backups (*sauvegardes*), and how what was destroyed stays destroyed in spite of them.
//!
//! A backup is everything that the store holds, sealed under a key of its own. The key lies in the installation's folder of
//! backups and has a last day: then it is destroyed, by `retention run` or by the site, and the backup can never be read
//! again. What was destroyed in the meantime is kept on record in the same folder (`ledger`), and is destroyed again when a
//! backup of before is restored, before the store shows anything of it.
//!
//! | use case | for |
//! |---|---|
//! | [`back_up`] | writes a backup |
//! | [`restore`] | fills an empty store from one |
//! | [`destroy_keys`] | destroys the keys whose last day has come |
//!
//! The folder holds neither the store nor what is sealed in it: `liant.keys` opens those. A copy of the folder keeps its keys
//! alive, and an old copy lacks what was destroyed since.

mod head;
mod keys;
pub(crate) mod ledger;
mod replay;

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use liant_audit::Act;
use liant_model::{ActId, Clock, Date, Instant, Purpose, Span, Territory};
use liant_vault::{OpeningReader, SealingWriter};

use crate::context::{Audited, software};
use crate::private::PrivateFile;
use crate::{AppError, Context, Settings, Workplace, transfer};

use head::Head;

/// Where backups' keys lie, and how long they do.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BackupSettings {
    /// Folder of the keys and of the record of what was destroyed. Keep it on another disk than the backups.
    pub folder: PathBuf,
    /// How many days a backup can be read, when its maker does not say.
    pub days: u16,
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self { folder: PathBuf::from("backups"), days: 30 }
    }
}

/// A backup that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BackedUp {
    /// Its number, and that of its key.
    pub id: ActId,
    /// The day on which its key is destroyed.
    pub expires: Date,
    /// How many rows it holds.
    pub rows: u64,
}

/// A store that was restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    /// The backup it was restored from.
    pub id: ActId,
    /// How many rows the backup held.
    pub rows: u64,
    /// How many destructions of after the backup were done again.
    pub destroyed_again: u64,
    /// How many limits on the use of someone's data (restriction, objection) are of people whom the backup does not hold: who comes back
    /// with a later file is not found to be them.
    pub limits_of_nobody: u64,
}

const AT_ONCE: usize = 1 << 18;

/// Writes a backup, which can be read for some days: the audit entry of this act is in it.
///
/// # Errors
/// When the store cannot be read, or the file or the key written; no key is then left.
pub fn back_up(
    context: &Context<'_>,
    workplace: &Workplace,
    path: &Path,
    days: Option<u16>,
) -> Result<BackedUp, AppError> {
    let days = days.unwrap_or(workplace.backups.days);
    let id = context.act_id()?;
    let expires = last_day(context.now(), days)?;
    let head = Head { id, expires };
    for territory in workplace.store.territories()? {
        let subject = format!("backup {id} ({}), readable until {expires}", name(path));
        let what = Audited { subject, ..Audited::default() };
        transfer::record(context, workplace, territory, (Act::Backup, what))?;
    }
    let ring = keys::make(&workplace.backups.folder, head, context.now())?;
    let written = write(workplace, path, (head, &ring));
    match written {
        Ok(rows) => Ok(BackedUp { id, expires, rows }),
        Err(error) => {
            keys::destroy(&workplace.backups.folder, head)?;
            Err(error)
        }
    }
}

fn write(
    workplace: &Workplace,
    path: &Path,
    (head, ring): (Head, &liant_vault::Keyring),
) -> Result<u64, AppError> {
    let fault = |error| AppError::file(path, error);
    let (private, file) = PrivateFile::begin(path).map_err(fault)?;
    let out = BufWriter::with_capacity(AT_ONCE, file);
    let mut out = SealingWriter::begin(ring, &head.to_bytes(), out).map_err(fault)?;
    let rows = workplace.store.export(&mut out)?;
    let file = out.finish().map_err(fault)?.into_inner().map_err(|error| fault(error.into_error()))?;
    file.sync_all().map_err(fault)?;
    private.finish().map_err(fault)?;
    Ok(rows)
}

fn last_day(now: Instant, days: u16) -> Result<Date, AppError> {
    let bad = || AppError::Value("a backup can be read for 1 to 366 days".to_owned());
    if !(1..=366).contains(&days) {
        return Err(bad());
    }
    now.date().checked_add(Span::new().days(days)).map_err(|_| bad())
}

/// Fills an empty store from a backup, destroys again what was destroyed since, and only then shows it.
///
/// The log is as it was when the backup was made: checkpoints given away since do not fit it, and tell so. What fell due
/// since the backup was made goes with the next run.
///
/// # Errors
/// When the store is not empty; [`AppError::NotABackup`]; [`AppError::BackupKeyGone`] when its last day has come, or the
/// folder of backups does not hold its key; when it was cut or changed; [`AppError::KeysDoNotFit`] when the keys do not open
/// what it holds. Nothing is then shown.
pub fn restore(context: &Context<'_>, workplace: &Workplace, path: &Path) -> Result<Restored, AppError> {
    let fault = |error| AppError::file(path, error);
    let file = File::open(path).map_err(fault)?;
    let head = Head::read(&file).map_err(fault)?.ok_or_else(|| AppError::NotABackup(path.to_path_buf()))?;
    let ring = keys::open(&workplace.backups.folder, head, context.now().date())?;
    let bytes = head.to_bytes();
    let reader = || {
        let opening = OpeningReader::begin(&ring, &bytes, &file).map_err(fault)?;
        Ok::<_, AppError>(BufReader::with_capacity(AT_ONCE, opening))
    };
    let sealed = liant_store::sealed_in(reader()?)?;
    workplace.keys_open(&sealed, || path.display().to_string())?;
    let mut filling = workplace.store.fill(reader()?)?;
    let (destroyed_again, limits_of_nobody) = replay::all(workplace, &mut filling)?;
    filling.compact()?;
    let rows = filling.show()?;
    for territory in workplace.store.territories()? {
        let what = Audited {
            subject: format!("backup {} ({})", head.id, name(path)),
            counts: vec![("destroyed-again", destroyed_again)],
            ..Audited::default()
        };
        transfer::record(context, workplace, territory, (Act::Restore, what))?;
    }
    Ok(Restored { id: head.id, rows, destroyed_again, limits_of_nobody })
}

/// When the latest backup that can still be read was made.
///
/// # Errors
/// When the folder of the keys cannot be read.
pub fn latest(settings: &Settings) -> Result<Option<Instant>, AppError> {
    let living = keys::living(&settings.path(&settings.backup.folder))?;
    Ok(living.into_iter().filter_map(Head::made_at).max())
}

/// Destroys the keys whose last day has come, in the installation's own name; the log of this territory tells. Gives how many.
///
/// # Errors
/// When a key cannot be removed, or the store refuses.
pub fn destroy_keys(workplace: &Workplace, territory: Territory, clock: &dyn Clock) -> Result<u64, AppError> {
    let folder = &workplace.backups.folder;
    let mut due = keys::living(folder)?;
    due.retain(|head| head.expires <= clock.now().date());
    let actor = software()?;
    let purpose = Purpose::parse("file-handling").map_err(|error| AppError::Internal(error.to_string()))?;
    let context = Context::new(&actor, purpose, territory, clock)?;
    for head in &due {
        keys::destroy(folder, *head)?;
        let subject = format!("key of backup {}: its last day has come", head.id);
        let what = Audited { subject, ..Audited::default() };
        transfer::record(&context, workplace, territory, (Act::Destruction, what))?;
    }
    if !due.is_empty() {
        forget_old(workplace)?;
    }
    Ok(due.len() as u64)
}

/// The day on which the last key there is will be destroyed: until then some backup can be read.
pub(crate) fn readable_until(workplace: &Workplace) -> Result<Option<Date>, AppError> {
    Ok(keys::living(&workplace.backups.folder)?.iter().map(|head| head.expires).max())
}

/// Forgets what was destroyed before every backup that can be read: none of them holds it.
pub(crate) fn forget_old(workplace: &Workplace) -> Result<(), AppError> {
    let folder = &workplace.backups.folder;
    let first = keys::living(folder)?.iter().map(|head| head.made()).min();
    ledger::forget(folder, first)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
