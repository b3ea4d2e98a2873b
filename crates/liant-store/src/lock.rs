use std::fs::File;
use std::path::{Path, PathBuf};

use liant_model::Territory;
use postgres::error::SqlState;

use crate::connection::Connection;
use crate::{StoreAddress, StoreError};

/// Held for as long as an import runs: one import a territory at a time. The system frees it when the process
/// dies, however it dies.
pub(crate) enum ImportLock {
    /// A locked file beside the store.
    Sqlite { _file: File },
    /// A lock of the session that writes: it ends with the session, after the last commit that was sent by it.
    Postgres,
}

impl ImportLock {
    /// Takes the lock for the session that will write, or says that another import has it.
    pub(crate) fn take(
        address: &StoreAddress,
        writing: &mut Connection,
        territory: Territory,
    ) -> Result<Self, StoreError> {
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
                let Connection::Postgres(session) = writing else {
                    return Err(StoreError::Absent("session"));
                };
                advisory_lock(&mut session.client, territory)
            }
        }
    }
}

/// Waits a moment for the lock: the server may not have seen yet that an import has died.
fn advisory_lock(client: &mut postgres::Client, territory: Territory) -> Result<ImportLock, StoreError> {
    client.batch_execute("SET lock_timeout = '2s'")?;
    let taken = client.execute("SELECT pg_advisory_lock($1)", &[&advisory_key(territory)]);
    client.batch_execute("SET lock_timeout = 0")?;
    match taken {
        Ok(_) => Ok(ImportLock::Postgres),
        Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
            Err(StoreError::ImportRunning(territory))
        }
        Err(error) => Err(error.into()),
    }
}

/// Held while the directory of a territory is made: one process at a time.
pub(crate) enum DirectoryLock {
    Sqlite { _file: File },
    Postgres,
}

impl DirectoryLock {
    /// Takes the lock for the session that will write; none when another has it.
    pub(crate) fn take(
        address: &StoreAddress,
        writing: &mut Connection,
        territory: Territory,
    ) -> Result<Option<Self>, StoreError> {
        match (address, writing) {
            (StoreAddress::Sqlite(path), _) => {
                let what = format!("directory-{territory}");
                let file = open_beside(path, &what)?;
                match file.try_lock() {
                    Ok(()) => Ok(Some(Self::Sqlite { _file: file })),
                    Err(std::fs::TryLockError::WouldBlock) => Ok(None),
                    Err(std::fs::TryLockError::Error(cause)) => {
                        Err(StoreError::File { path: beside(path, &what), cause })
                    }
                }
            }
            (StoreAddress::Postgres(_), Connection::Postgres(session)) => {
                let key = advisory_key(territory) ^ DIRECTORY;
                let row = session.client.query_one("SELECT pg_try_advisory_lock($1)", &[&key])?;
                Ok(row.try_get::<_, bool>(0)?.then_some(Self::Postgres))
            }
            (StoreAddress::Postgres(_), Connection::Sqlite(_)) => Err(StoreError::Absent("session")),
        }
    }
}

impl DirectoryLock {
    /// Frees the lock of a session that goes on; that of a file goes with this.
    pub(crate) fn free(self, connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
        if let (Self::Postgres, Connection::Postgres(session)) = (&self, connection) {
            let key = advisory_key(territory) ^ DIRECTORY;
            session.client.execute("SELECT pg_advisory_unlock($1)", &[&key])?;
        }
        Ok(())
    }
}

/// Held while the schema is brought up to date: two processes that open a new store at once do it one after the other.
pub(crate) struct SchemaLock {
    /// A locked file beside a SQLite store, freed with this.
    _file: Option<File>,
}

impl SchemaLock {
    /// A key that is no territory's.
    const KEY: i64 = 0x4c49_414e_5400;

    /// Waits for the lock. On PostgreSQL it is the session's, until it is [freed](Self::free).
    pub(crate) fn take(address: &StoreAddress, connection: &mut Connection) -> Result<Self, StoreError> {
        match (address, connection) {
            (StoreAddress::Sqlite(path), _) => {
                let file = open_beside(path, "schema")?;
                file.lock().map_err(|cause| StoreError::File { path: beside(path, "schema"), cause })?;
                Ok(Self { _file: Some(file) })
            }
            (StoreAddress::Postgres(_), Connection::Postgres(session)) => {
                session.client.execute("SELECT pg_advisory_lock($1)", &[&Self::KEY])?;
                Ok(Self { _file: None })
            }
            (StoreAddress::Postgres(_), Connection::Sqlite(_)) => Err(StoreError::Absent("session")),
        }
    }

    /// Frees the session's lock.
    pub(crate) fn free(client: &mut postgres::Client) -> Result<(), StoreError> {
        client.execute("SELECT pg_advisory_unlock($1)", &[&Self::KEY])?;
        Ok(())
    }
}

/// Tells the key of this lock from that of imports.
const DIRECTORY: i64 = 1 << 62;

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
