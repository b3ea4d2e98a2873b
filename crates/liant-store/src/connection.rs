use std::collections::HashMap;
use std::fs::OpenOptions;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use liant_model::Territory;

use crate::tls::{Fault, Way};
use crate::value::{Row, Value};
use crate::{StoreAddress, StoreError};

/// How long an interactive writer waits for its turn on SQLite.
const BUSY: Duration = Duration::from_secs(30);

/// One session with an engine. Statements are written once, with parameters `?1`, `?2`…, in order of first use.
pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<PostgresSession>),
}

pub(crate) struct PostgresSession {
    pub(crate) client: postgres::Client,
    prepared: HashMap<String, postgres::Statement>,
    /// Whose rows the engine shows now; nobody's before it was told.
    territory: Option<Territory>,
    /// How many dead rows the last `VACUUM` said that it kept; less than none before one has.
    kept: Arc<AtomicI64>,
}

impl PostgresSession {
    /// Runs a `VACUUM (VERBOSE)`. Gives how many dead rows it kept, since some transaction may still see them; none when it did
    /// not say, as of a table that is not ours.
    pub(crate) fn vacuum(&mut self, sql: &str) -> Result<Option<u64>, StoreError> {
        self.kept.store(-1, Ordering::Relaxed);
        self.client.batch_execute(sql)?;
        Ok(u64::try_from(self.kept.load(Ordering::Relaxed)).ok())
    }

    pub(crate) fn prepare(&mut self, sql: &str) -> Result<postgres::Statement, StoreError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&dollars(sql))?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// PostgreSQL writes `$1` where we, and SQLite, write `?1`.
fn dollars(sql: &str) -> String {
    sql.replace('?', "$")
}

impl Connection {
    pub(crate) fn open(address: &StoreAddress) -> Result<Self, StoreError> {
        let cannot = |cause: String| StoreError::Open { address: address.clone(), cause };
        match address {
            StoreAddress::Sqlite(path) => {
                make_private(path).map_err(|error| cannot(error.to_string()))?;
                let connection =
                    rusqlite::Connection::open(path).map_err(|error| cannot(error.to_string()))?;
                connection.busy_timeout(BUSY)?;
                connection.set_prepared_statement_cache_capacity(64);
                connection.execute_batch(
                    "PRAGMA synchronous = FULL;
                     PRAGMA foreign_keys = ON;
                     PRAGMA temp_store = MEMORY;
                     PRAGMA cache_size = -8192;",
                )?;
                Ok(Self::Sqlite(connection))
            }
            StoreAddress::Postgres(url) => {
                let kept = Arc::new(AtomicI64::new(-1));
                let heard = Arc::clone(&kept);
                let hear = move |notice: &postgres::error::DbError| {
                    // In any language its detail begins with the number: `0 dead row versions cannot be removed yet`.
                    let first = notice.detail().and_then(|detail| detail.split(' ').next()?.parse().ok());
                    if let Some(count) = first {
                        heard.store(count, Ordering::Relaxed);
                    }
                };
                let client =
                    Way::of(url).and_then(|way| way.hearing(hear).connect()).map_err(
                        |fault| match fault {
                            Fault::Tls(problem) => StoreError::Tls { address: address.clone(), problem },
                            // The driver's message names the cause, never the password.
                            Fault::Engine(error) => cannot(error.to_string()),
                        },
                    )?;
                let prepared = HashMap::new();
                Ok(Self::Postgres(Box::new(PostgresSession { client, prepared, territory: None, kept })))
            }
        }
    }

    /// Whether the engine is PostgreSQL, where a statement cannot be the same for both.
    pub(crate) const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Runs statements that take no parameter.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql)?,
            Self::Postgres(session) => session.client.batch_execute(sql)?,
        }
        Ok(())
    }

    /// Runs one statement; gives the number of rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                Ok(statement.execute(rusqlite::params_from_iter(values))? as u64)
            }
            Self::Postgres(session) => {
                let statement = session.prepare(sql)?;
                let values: Vec<&(dyn postgres::types::ToSql + Sync)> =
                    values.iter().map(|value| value as _).collect();
                Ok(session.client.execute(&statement, &values)?)
            }
        }
    }

    /// Runs one query and hands each row to `each`, one at a time.
    pub(crate) fn for_each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    each(&Row::Sqlite(row))?;
                }
            }
            Self::Postgres(session) => {
                use postgres::fallible_iterator::FallibleIterator;
                let statement = session.prepare(sql)?;
                let mut rows = session.client.query_raw(&statement, values.iter().copied())?;
                while let Some(row) = rows.next()? {
                    each(&Row::Postgres(&row))?;
                }
            }
        }
        Ok(())
    }

    /// The rows of one query, each read by `read`.
    pub(crate) fn all<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.for_each(sql, values, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row of one query, if any.
    pub(crate) fn first<T>(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, values, read)?.into_iter().next())
    }

    /// Does `work` in one transaction on the data of `territory`: all of it, or nothing when it fails.
    pub(crate) fn transaction<T>(
        &mut self,
        territory: Territory,
        kind: Kind,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin(territory, kind)?;
        match work(self) {
            Ok(done) => {
                self.batch("COMMIT")?;
                Ok(done)
            }
            Err(error) => {
                // The first error tells the cause; a failing roll-back adds nothing, the engine undoes on close.
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }

    /// From now on the engine shows the rows of this territory, and of no other.
    pub(crate) fn enter(&mut self, territory: Territory) -> Result<(), StoreError> {
        if let Self::Postgres(session) = self
            && session.territory != Some(territory)
        {
            session.client.batch_execute(&format!("SET liant.territory = '{territory}'"))?;
            session.territory = Some(territory);
        }
        Ok(())
    }

    fn begin(&mut self, territory: Territory, kind: Kind) -> Result<(), StoreError> {
        self.enter(territory)?;
        self.batch(match (&*self, kind) {
            (Self::Sqlite(_), Kind::Write) => "BEGIN IMMEDIATE",
            // What is joined is joined in the order it is written, as long as the engine knows no figures of new tables.
            (Self::Postgres(_), Kind::Read) => {
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL join_collapse_limit = 1"
            }
            (Self::Sqlite(_), Kind::Read) | (Self::Postgres(_), Kind::Write) => "BEGIN",
        })
    }
}

/// Makes the file of a new store, for its owner alone. SQLite gives the files beside it the same rights.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Reads one unchanging state.
    Read,
    /// Writes.
    Write,
}
