//! Destroys what is due, for good.
//!
//! * [`Snapshot::holdings`](crate::Snapshot::holdings) tells what is held of people, for the caller to decide what is due;
//! * [`Destroying`] is a run: it has the lock of imports, destroys in bounded transactions and notes in the same transactions what
//!   went under which clause. One that died is gone on with by whoever comes next;
//! * [`Filling::destroy_again`](crate::Filling::destroy_again) does a run again in a store that is being filled from a backup;
//! * [`Destroying::compact`] sees to it that nothing is left of it in the engine's files.

mod compact;
mod counts;
mod destroy;
mod holdings;
mod seen;

use liant_convention::ClauseRef;
use liant_model::{ActId, BatchNo, Date, Instant, Source, Territory};

use crate::audit_log::{self, AuditRecord};
use crate::connection::{Connection, Kind};
use crate::lock::{DirectoryLock, Gate, ImportLock};
use crate::snapshot::{Snapshot, damaged};
use crate::value::{Row, Value};
use crate::{Store, StoreError};

pub(crate) use compact::compact;
pub use compact::remains;
pub use destroy::Doomed;
pub use holdings::{Held, PersonHoldings};

/// What went under one clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The clause.
    pub clause: ClauseRef,
    /// Which set of data: a short word.
    pub data_set: String,
    /// From which register, when it is of one.
    pub source: Option<Source>,
    /// How many people it was about; none when that was not told apart.
    pub people: u64,
    /// How many versions of facts, rows or entries.
    pub items: u64,
}

/// A run, under way or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destruction {
    /// Its number, and that of its audit entry.
    pub id: ActId,
    /// What was due on this day went.
    pub day: Date,
    /// When it was begun.
    pub begun_at: Instant,
    /// By whom.
    pub begun_by: String,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// The certificate, as JSON, once it has ended.
    pub certificate: Option<String>,
}

impl Destruction {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id(0)?,
            day: row.text(1)?.parse().map_err(|_| damaged("the day of a destruction does not read"))?,
            begun_at: Instant::from_micros(row.integer(2)?),
            begun_by: row.text(3)?,
            ended_at: row.optional_integer(4)?.map(Instant::from_micros),
            certificate: row.optional_text(5)?,
        })
    }
}

const RUN: &str = "SELECT destruction_id, day, begun_at, begun_by, ended_at, certificate FROM destruction WHERE territory_id = ?1";

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The runs that were begun, the latest first.
    pub fn destructions(&mut self) -> Result<Vec<Destruction>, StoreError> {
        let key = self.key();
        let sql = format!("{RUN} ORDER BY begun_at DESC, destruction_id DESC");
        self.parts().0.all(&sql, &[key], Destruction::read)
    }

    /// A run.
    pub fn destruction(&mut self, id: ActId) -> Result<Option<Destruction>, StoreError> {
        let values = [self.key(), Value::Id(id.0)];
        self.parts().0.first(&format!("{RUN} AND destruction_id = ?2"), &values, Destruction::read)
    }
}

/// A run at work. No file is imported meanwhile. Dropped before its end, or killed, it is gone on with by the next.
pub struct Destroying {
    connection: Connection,
    gate: Gate,
    territory: Territory,
    id: ActId,
    /// The last file that was published: none comes in meanwhile.
    head: BatchNo,
    /// Whether it does again what was done before, in a store that shows nobody anything yet.
    is_again: bool,
    directory: Option<DirectoryLock>,
    _import: ImportLock,
}

/// A run as it begins: its number, the day, the moment, and the actor.
pub type Begun<'a> = (ActId, Date, Instant, &'a str);

impl Destroying {
    /// Begins a run, or goes on with the one that did not end: its own number, day and actor then count.
    ///
    /// # Errors
    /// [`StoreError::ImportRunning`] when a file is being imported, or another run is at work.
    pub fn begin(
        store: &Store,
        territory: Territory,
        (id, day, at, by): Begun<'_>,
    ) -> Result<(Self, Destruction), StoreError> {
        let mut destroying = Self::open(store, territory, id)?;
        let (run, head) = destroying.write(|connection| {
            let key = Value::Code(territory);
            connection.execute(
                "INSERT INTO destruction (territory_id, destruction_id, day, begun_at, begun_by)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS
                     (SELECT 1 FROM destruction WHERE territory_id = ?1 AND ended_at IS NULL)",
                &[key, Value::Id(id.0), Value::Day(day), Value::Integer(at.micros()), Value::Text(by)],
            )?;
            let found =
                connection.first(&format!("{RUN} AND ended_at IS NULL"), &[key], Destruction::read)?;
            let head = connection.first(
                "SELECT published FROM territory WHERE territory_id = ?1",
                &[key],
                |row| row.integer(0),
            )?;
            Ok((found.ok_or(StoreError::Absent("destruction"))?, BatchNo(head.unwrap_or_default())))
        })?;
        (destroying.id, destroying.head) = (run.id, head);
        Ok((destroying, run))
    }

    /// Does a run again in a store that is being filled from a backup of before its end, and shows nobody anything yet.
    pub(crate) fn again(
        store: &Store,
        territory: Territory,
        (id, day, at, by): Begun<'_>,
        head: BatchNo,
    ) -> Result<Self, StoreError> {
        let mut destroying = Self { head, is_again: true, ..Self::open(store, territory, id)? };
        destroying.write(|connection| {
            let key = Value::Code(territory);
            connection.execute(
                "INSERT INTO destruction (territory_id, destruction_id, day, begun_at, begun_by)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS
                     (SELECT 1 FROM destruction WHERE territory_id = ?1 AND destruction_id = ?2)",
                &[key, Value::Id(id.0), Value::Day(day), Value::Integer(at.micros()), Value::Text(by)],
            )
        })?;
        Ok(destroying)
    }

    fn open(store: &Store, territory: Territory, id: ActId) -> Result<Self, StoreError> {
        let mut connection = Connection::open(store.address())?;
        let import = ImportLock::take(store.address(), &mut connection, territory)?;
        if let Connection::Sqlite(connection) = &connection {
            // What is deleted is overwritten at once, also in pages that nothing else is written to.
            connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
        }
        let gate = store.turnstile().gate()?;
        let (head, is_again) = (BatchNo(0), false);
        Ok(Self { connection, gate, territory, id, head, is_again, directory: None, _import: import })
    }

    /// Its number.
    pub const fn id(&self) -> ActId {
        self.id
    }

    /// Takes the lock of the directory, which people are taken out of; false when another has it.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn hold_directory(&mut self, store: &Store) -> Result<bool, StoreError> {
        if self.directory.is_none() {
            self.directory = DirectoryLock::take(store.address(), &mut self.connection, self.territory)?;
        }
        Ok(self.directory.is_some())
    }

    /// Gives the lock of the directory back, for who was taken out of it to be made again.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn leave_directory(&mut self) -> Result<(), StoreError> {
        match self.directory.take() {
            Some(lock) => lock.free(&mut self.connection, self.territory),
            None => Ok(()),
        }
    }

    /// What went so far, by clause, those of a run that died too.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn parts(&mut self) -> Result<Vec<Part>, StoreError> {
        let values = [Value::Code(self.territory), Value::Id(self.id.0)];
        self.connection.transaction(self.territory, Kind::Read, |connection| {
            connection.all(
                "SELECT convention, version, clause, data_set, source, people, items FROM destruction_part
                 WHERE territory_id = ?1 AND destruction_id = ?2
                 ORDER BY convention, version, clause, data_set, source",
                &values,
                read_part,
            )
        })
    }

    /// Ends the run: its certificate and its entries of the log are written together.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn end(mut self, at: Instant, certificate: &str, entries: &[AuditRecord]) -> Result<(), StoreError> {
        let (territory, id) = (self.territory, self.id);
        self.write(|connection| {
            connection.execute(
                "UPDATE destruction SET ended_at = ?1, certificate = ?2
                 WHERE territory_id = ?3 AND destruction_id = ?4",
                &[
                    Value::Integer(at.micros()),
                    Value::Text(certificate),
                    Value::Code(territory),
                    Value::Id(id.0),
                ],
            )?;
            entries.iter().try_for_each(|entry| audit_log::insert(connection, territory, entry))
        })
    }

    /// Ends a run that was done again, as it had ended; without an end it is left for the next run to go on with.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn done_again(mut self, end: Option<(Instant, &str)>) -> Result<(), StoreError> {
        self.clear_up()?;
        match end {
            Some((at, certificate)) => self.end(at, certificate, &[]),
            None => Ok(()),
        }
    }

    /// Ends a run that found nothing to destroy: as though it had not been.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn give_up(mut self) -> Result<(), StoreError> {
        self.clear_up()?;
        let values = [Value::Code(self.territory), Value::Id(self.id.0)];
        self.write(|connection| {
            connection
                .execute("DELETE FROM destruction WHERE territory_id = ?1 AND destruction_id = ?2", &values)
                .map(drop)
        })
    }

    /// One bounded transaction, after those who wait to write.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.gate.give_way()?;
        self.connection.transaction(self.territory, Kind::Write, work)
    }

    /// The same, with what went in it.
    fn write_with(
        &mut self,
        parts: &[Part],
        work: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (territory, id) = (self.territory, self.id);
        self.write(|connection| {
            work(connection)?;
            parts.iter().try_for_each(|part| add_part(connection, (territory, id), part))
        })
    }
}

fn read_part(row: &Row<'_>) -> Result<Part, StoreError> {
    let source = row.text(4)?;
    let version = row.integer(1)?.try_into().map_err(|_| damaged("a version is out of range"))?;
    Ok(Part {
        clause: ClauseRef { convention: row.text(0)?, version, clause: row.text(2)? },
        data_set: row.text(3)?,
        source: if source.is_empty() { None } else { Some(crate::snapshot::source(&source)?) },
        people: row.integer(5)? as u64,
        items: row.integer(6)? as u64,
    })
}

fn add_part(
    connection: &mut Connection,
    (territory, id): (Territory, ActId),
    part: &Part,
) -> Result<(), StoreError> {
    connection
        .execute(
            "INSERT INTO destruction_part (territory_id, destruction_id, convention, version, clause, data_set, source,
                 people, items)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (territory_id, destruction_id, convention, version, clause, data_set, source)
             DO UPDATE SET people = destruction_part.people + excluded.people,
                 items = destruction_part.items + excluded.items",
            &[
                Value::Code(territory),
                Value::Id(id.0),
                Value::Text(&part.clause.convention),
                Value::Integer(i64::from(part.clause.version)),
                Value::Text(&part.clause.clause),
                Value::Text(&part.data_set),
                Value::Text(part.source.as_ref().map_or("", Source::as_str)),
                Value::Integer(part.people as i64),
                Value::Integer(part.items as i64),
            ],
        )
        .map(drop)
}
