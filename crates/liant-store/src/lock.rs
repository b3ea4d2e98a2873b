use std::fs::File;
use std::path::{Path, PathBuf};

use liant_model::Territory;

use crate::connection::Connection;
use crate::value::Value;
use crate::{StoreAddress, StoreError};

/// Held for as long as an import runs: one import a territory at a time. The system frees it when the process
/// dies, however it dies.
pub(crate) enum ImportLock {
    Sqlite { _file: File },
    Postgres { _session: Connection },
}

impl ImportLock {
    /// Takes the lock, or says that another import has it.
    pub(crate) fn take(address: &StoreAddress, territory: Territory) -> Result<Self, StoreError> {
        match address {
            StoreAddress::Sqlite(path) => {
                let file = open_beside(path, &format!("import-{territory}"))?;
                match file.try_lock() {
                    Ok(()) => Ok(Self::Sqlite { _file: file }),
                    Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::ImportRunning(territory)),
                    Err(std::fs::TryLockError::Error(cause)) => {
                        Err(StoreError::File { path: beside(path, "import"), cause })
                    }
                }
            }
            StoreAddress::Postgres(_) => {
                // Its own session: a lock of a session outlives transactions, and dies with the connection.
                let mut session = Connection::open(address)?;
                let key = Value::Integer(advisory_key(territory));
                let taken = session
                    .first("SELECT CAST(pg_try_advisory_lock(?1) AS INT)::BIGINT", &[key], |row| {
                        row.integer(0)
                    })?
                    .unwrap_or(0);
                if taken == 1 {
                    Ok(Self::Postgres { _session: session })
                } else {
                    Err(StoreError::ImportRunning(territory))
                }
            }
        }
    }
}

fn advisory_key(territory: Territory) -> i64 {
    territory.as_str().bytes().fold(0x4c49_414e_5400, |key, byte| (key << 8) | i64::from(byte))
}

/// The turnstile of a SQLite file. SQLite lets writers race for its one write lock, and one that writes chunk after
/// chunk would nearly always win: interactive writers hold the turnstile, shared, while they wait and write, and
/// an import passes it between two chunks, so it gives way to them.
pub(crate) struct Turnstile(Option<PathBuf>);

impl Turnstile {
    pub(crate) fn of(address: &StoreAddress) -> Self {
        Self(match address {
            StoreAddress::Sqlite(path) => Some(path.clone()),
            StoreAddress::Postgres(_) => None,
        })
    }

    /// For an interactive writer: hold what this gives until the write is done.
    pub(crate) fn enter(&self) -> Result<Option<File>, StoreError> {
        let Some(path) = &self.0 else { return Ok(None) };
        let file = open_beside(path, "turn")?;
        file.lock_shared().map_err(|cause| StoreError::File { path: beside(path, "turn"), cause })?;
        Ok(Some(file))
    }

    /// For an import: lets those who wait go first. Take it once, pass it between chunks.
    pub(crate) fn gate(&self) -> Result<Gate, StoreError> {
        let Some(path) = &self.0 else { return Ok(Gate(None)) };
        Ok(Gate(Some((open_beside(path, "turn")?, beside(path, "turn")))))
    }
}

pub(crate) struct Gate(Option<(File, PathBuf)>);

impl Gate {
    pub(crate) fn give_way(&self) -> Result<(), StoreError> {
        let Some((file, path)) = &self.0 else { return Ok(()) };
        let fault = |cause| StoreError::File { path: path.clone(), cause };
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => file.lock().map_err(fault)?,
            Err(std::fs::TryLockError::Error(cause)) => return Err(fault(cause)),
        }
        file.unlock().map_err(fault)
    }
}

fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!("-{what}"));
    PathBuf::from(name)
}

fn open_beside(path: &Path, what: &str) -> Result<File, StoreError> {
    let path = beside(path, what);
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|cause| StoreError::File { path, cause })
}
