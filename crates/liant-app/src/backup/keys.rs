//! The keys of backups: a file each, whose name says which backup it opens and on which day it is destroyed.

use std::io;
use std::path::Path;

use liant_model::{Date, Instant};
use liant_vault::{KeyFile, Keyring, Protection};

use super::head::Head;
use crate::AppError;
use crate::uploads::private_folder;

/// Makes the key of a new backup.
pub(super) fn make(folder: &Path, head: Head, now: Instant) -> Result<Keyring, AppError> {
    private_folder(folder).map_err(|error| AppError::file(folder, error))?;
    let ring = Keyring::generate(now)?;
    KeyFile::at(folder.join(head.key_name())).create(&ring, Protection::Clear)?;
    Ok(ring)
}

/// The key of a backup that may be read today.
pub(super) fn open(folder: &Path, head: Head, today: Date) -> Result<Keyring, AppError> {
    let path = folder.join(head.key_name());
    if head.expires <= today || !path.exists() {
        return Err(AppError::BackupKeyGone { key: path, expires: head.expires });
    }
    Ok(KeyFile::at(path).load(Protection::Clear)?)
}

/// Destroys a key: its backup can never be read again.
pub(super) fn destroy(folder: &Path, head: Head) -> Result<(), AppError> {
    let path = folder.join(head.key_name());
    match KeyFile::at(&path).destroy() {
        // Another process was quicker.
        Err(_) if !path.exists() => Ok(()),
        done => Ok(done?),
    }
}

/// The backups whose keys are there.
pub(super) fn living(folder: &Path) -> Result<Vec<Head>, AppError> {
    let fault = |error| AppError::file(folder, error);
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fault(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.map_err(fault)?.file_name();
        let of = name.to_str().and_then(|name| name.strip_suffix(".keys"));
        found.extend(of.and_then(|name| Head::of(name, '_')));
    }
    Ok(found)
}
