//! How a store is: what whoever looks after it asks.

use liant_model::Instant;

use crate::connection::Connection;
use crate::tls::{Fault, Way};
use crate::{Store, StoreAddress, StoreError, migrations};

/// The schema of a store, and the one that this program knows: migrations are numbered from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaVersion {
    /// The last migration that the store has had.
    pub applied: u32,
    /// The last one there is.
    pub known: u32,
}

/// How personal data travel to a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Road {
    /// They do not: it is a file of this machine.
    File,
    /// By the loopback address or a socket of this machine.
    Local,
    /// By TLS, with a verified certificate.
    Tls,
}

impl StoreAddress {
    /// How personal data travel there. A road that is not safe is never taken.
    ///
    /// # Errors
    /// [`StoreError::Tls`] when the address asks for an unsafe one; [`StoreError`] when it does not read.
    pub fn road(&self) -> Result<Road, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(Road::File),
            Self::Postgres(url) => match Way::of(url) {
                Ok(way) if way.encrypted => Ok(Road::Tls),
                Ok(_) => Ok(Road::Local),
                Err(Fault::Tls(problem)) => Err(StoreError::Tls { address: self.clone(), problem }),
                Err(Fault::Engine(error)) => Err(error.into()),
            },
        }
    }
}

impl Store {
    /// The version of its schema.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn schema(&self) -> Result<SchemaVersion, StoreError> {
        let applied = self.with(|connection| {
            let sql = "SELECT CAST(MAX(version) AS BIGINT) FROM refinery_schema_history";
            connection.first(sql, &[], |row| row.integer(0))
        })?;
        Ok(SchemaVersion {
            applied: u32::try_from(applied.unwrap_or_default()).unwrap_or_default(),
            known: migrations::known(),
        })
    }

    /// Has PostgreSQL look at how the tables that an import fills are filled now: it plans by what it saw last, and after a first
    /// file that was nothing. SQLite plans without.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn look_at_tables(&self) -> Result<(), StoreError> {
        self.with(|connection| match connection {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(_) => connection.batch("ANALYZE person, member, link, identity, fact"),
        })
    }

    /// What the clock of the engine's machine shows, when it may be another machine.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn engine_clock(&self) -> Result<Option<Instant>, StoreError> {
        self.with(|connection| match connection {
            Connection::Sqlite(_) => Ok(None),
            Connection::Postgres(_) => {
                let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
                connection.first(sql, &[], |row| row.integer(0).map(Instant::from_micros))
            }
        })
    }
}
