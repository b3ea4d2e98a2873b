//! Moving a store from one engine to the other, as one file.
//!
//! The file holds everything, for the operator of the installation alone: no clause speaks of it, and each territory's
//! audit tells who took or brought it.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use liant_audit::Act;
use liant_model::Territory;
use liant_store::ChangeSet;

use crate::context::{Audited, audit};
use crate::private::PrivateFile;
use crate::{AppError, Context, Workplace};

/// Writes everything the store holds to a file, the audit entry of this act included. Gives the number of rows.
///
/// # Errors
/// When the store cannot be read or the file written.
pub fn export(context: &Context<'_>, workplace: &Workplace, path: &Path) -> Result<u64, AppError> {
    for territory in workplace.store.territories()? {
        record(context, workplace, territory, (Act::Backup, store_in(path)))?;
    }
    let fault = |error| AppError::file(path, error);
    let (private, file) = PrivateFile::begin(path).map_err(fault)?;
    let rows = workplace.store.export(BufWriter::with_capacity(1 << 18, file))?;
    private.finish().map_err(fault)?;
    Ok(rows)
}

/// Fills an empty store from such a file. Gives the number of rows.
///
/// # Errors
/// When the store is not empty, or the file does not read to its end; [`AppError::KeysDoNotFit`] when the keys do not
/// open what the file holds, of any key version: nothing has then been written.
pub fn import(context: &Context<'_>, workplace: &Workplace, path: &Path) -> Result<u64, AppError> {
    let file = File::open(path).map_err(|error| AppError::file(path, error))?;
    let sealed = liant_store::sealed_in(BufReader::with_capacity(1 << 18, &file))?;
    workplace.keys_open(&sealed, || path.display().to_string())?;
    let rows = workplace.store.import(BufReader::with_capacity(1 << 18, &file))?;
    for territory in workplace.store.territories()? {
        record(context, workplace, territory, (Act::Restore, store_in(path)))?;
    }
    Ok(rows)
}

fn store_in(path: &Path) -> Audited {
    let subject = format!("store ({})", path.file_name().unwrap_or_default().to_string_lossy());
    Audited { subject, ..Audited::default() }
}

/// An entry in the log of a territory about the store as a whole.
pub(crate) fn record(
    context: &Context<'_>,
    workplace: &Workplace,
    territory: Territory,
    (act, what): (Act, Audited),
) -> Result<(), AppError> {
    let here = context.elsewhere(territory);
    let entry = audit(&here, here.act_id()?, act, what)?;
    workplace.store.apply(&ChangeSet::new(territory, here.now(), entry))?;
    workplace.store.sequence_audit(territory)?;
    Ok(())
}
