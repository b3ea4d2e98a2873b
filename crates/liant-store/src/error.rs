use std::path::PathBuf;

use crate::StoreAddress;

/// Why the store could not do what was asked. No message holds a value of a person.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The address names no engine we know.
    #[error("`{0}` is no store: give a file path, `sqlite:FILE`, or `postgres://user@host/database`")]
    Address(String),
    /// The engine cannot be reached or opened.
    #[error("cannot open the store {address}: {cause}")]
    Open {
        /// Where it was looked for, without its password.
        address: StoreAddress,
        /// What the engine says.
        cause: String,
    },
    /// The schema cannot be brought up to date.
    #[error("cannot bring the schema up to date: {0}")]
    Migration(String),
    /// The disk takes no more: it is full, a quota or a limit on the size of files is reached, or it fails. Nothing that
    /// readers see has changed.
    #[error(
        "the disk of the store takes no more: it is full, a quota is reached, or it fails; nothing has changed for \
         readers. Free some room, then run again"
    )]
    Full,
    /// Another process writes and did not give way in time.
    #[error("the store is busy: another process has been writing for too long. Run again when it has ended")]
    Busy,
    /// Another import is at work on this territory.
    #[error("another import is at work on territory {0}: wait for its end, then run again")]
    ImportRunning(liant_model::Territory),
    /// A change expected a version that is no longer current.
    #[error("{what} has changed since you read it: look at it again, then decide")]
    Conflict {
        /// The kind of thing that changed.
        what: &'static str,
    },
    /// A store that must be empty is not.
    #[error("the store is not empty: bring an exported store into a new one")]
    NotEmpty,
    /// What was asked for is not there.
    #[error("no such {0}")]
    Absent(&'static str),
    /// Bytes of the store do not read.
    #[error("the store is damaged: {0}. Restore a backup, and keep this file for examination")]
    Damaged(String),
    /// A file beside the store cannot be used.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The engine refused a statement.
    #[error("the engine refused: {0}")]
    Engine(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            ConstraintViolation, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::Full,
            // SQLite says "full" of ENOSPC alone: a quota (EDQUOT) and a limit on size (EFBIG) are failed writes to it.
            Some(SystemIoFailure) if is_failed_write(&error) => Self::Full,
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            Some(ConstraintViolation) => Self::Conflict { what: "something that this act rests on" },
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Engine(error.to_string()),
        }
    }
}

/// Whether the system refused to write, to grow a file, or to bring it to the disk.
fn is_failed_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{
        SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE,
    };
    let failed = [SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE];
    error.sqlite_error().is_some_and(|error| failed.contains(&error.extended_code))
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        match error.as_db_error() {
            Some(refusal) if *refusal.code() == SqlState::DISK_FULL => Self::Full,
            Some(refusal) if *refusal.code() == SqlState::UNIQUE_VIOLATION => {
                Self::Conflict { what: "something that this act rests on" }
            }
            // The detail line of a refusal can quote a row: only the message is kept.
            Some(refusal) => Self::Engine(format!("{} ({})", refusal.message(), refusal.code().code())),
            None => Self::Engine(error.to_string()),
        }
    }
}
