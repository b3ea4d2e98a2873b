//! Moving a store from one engine to the other, as one file.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use crate::{AppError, Workplace};

/// Writes everything the store holds to a file. Gives the number of rows.
///
/// # Errors
/// When the store cannot be read or the file written.
pub fn export(workplace: &Workplace, path: &Path) -> Result<u64, AppError> {
    let file = File::create(path).map_err(|error| AppError::file(path, error))?;
    Ok(workplace.store.export(BufWriter::with_capacity(1 << 18, file))?)
}

/// Fills an empty store from such a file. Gives the number of rows.
///
/// # Errors
/// When the store is not empty, or the file does not read to its end.
pub fn import(workplace: &Workplace, path: &Path) -> Result<u64, AppError> {
    let file = File::open(path).map_err(|error| AppError::file(path, error))?;
    Ok(workplace.store.import(BufReader::with_capacity(1 << 18, file))?)
}
