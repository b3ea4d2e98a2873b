use liant_model::{ActId, BatchNo, Date, Instant, ReferenceDate, Source, Territory, Uuid};

use crate::audit_log::{self, AuditRecord};
use crate::bulk::{self, Chunk, Destination};
use crate::connection::{Connection, Kind};
use crate::lock::{Gate, ImportLock};
use crate::value::Value;
use crate::{Store, StoreError};

/// What is known of a file when its import begins.
#[derive(Clone, Debug)]
pub struct BatchMeta {
    /// Territory the file is loaded into.
    pub territory: Territory,
    /// The act that the audit will name.
    pub act: ActId,
    /// Code of the flow.
    pub flow: String,
    /// Register the facts come from.
    pub source: Source,
    /// Clause under which the facts are received.
    pub received_under: String,
    /// The date the file speaks for.
    pub reference_date: ReferenceDate,
    /// The day the file was made.
    pub fabricated_on: Option<Date>,
    /// Name of the file, without its folder.
    pub file_name: String,
    /// When the import began.
    pub started_at: Instant,
    /// Who imports.
    pub actor: String,
}

/// What is known of a file when it has been read to its end.
#[derive(Clone, Debug)]
pub struct Published {
    /// SHA-256 of the file.
    pub file_hash: [u8; 32],
    /// Its length, in bytes.
    pub file_bytes: u64,
    /// Counts, as JSON.
    pub counts: String,
    /// The present moment.
    pub at: Instant,
    /// [`Snapshot::link_moves`](crate::Snapshot::link_moves) when the people of the file were recognised: a batch whose
    /// links rest on others that a human has moved since is not published.
    pub links_seen: i64,
}

/// One file on its way in. No reader sees its rows until [`Import::publish`] moves the territory's pointer; dropped
/// before, or killed, it leaves orphans that the next import sweeps away.
pub struct Import {
    connection: Connection,
    gate: Gate,
    meta: BatchMeta,
    batch: BatchNo,
    rows: u64,
    _lock: ImportLock,
}

impl Import {
    /// Takes the territory's import lock, sweeps what a dead import left, and opens a batch.
    ///
    /// # Errors
    /// [`StoreError::ImportRunning`] when another import is at work.
    pub fn begin(store: &Store, meta: BatchMeta) -> Result<Self, StoreError> {
        let mut connection = Connection::open(store.address())?;
        let lock = ImportLock::take(store.address(), &mut connection, meta.territory)?;
        let gate = store.turnstile().gate()?;
        // Chunks need not be durable one by one: publishing is, and takes all that came before it to the disk.
        if let Connection::Postgres(session) = &mut connection {
            session.client.batch_execute("SET synchronous_commit = off")?;
        }
        if let Connection::Sqlite(connection) = &connection {
            connection.execute_batch(
                "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 1500; PRAGMA cache_size = -32768;",
            )?;
        }
        let mut import = Self { connection, gate, meta, batch: BatchNo(0), rows: 0, _lock: lock };
        import.sweep_orphans()?;
        import.open_batch()?;
        Ok(import)
    }

    /// The number of the batch.
    pub fn batch(&self) -> BatchNo {
        self.batch
    }

    /// Rows written so far.
    pub fn rows_written(&self) -> u64 {
        self.rows
    }

    /// Writes one chunk in a transaction of its own, after those who wait to write.
    ///
    /// # Errors
    /// [`StoreError::Full`] and others; the batch is then to be abandoned.
    pub fn write(&mut self, chunk: &Chunk) -> Result<(), StoreError> {
        if chunk.is_empty() {
            return Ok(());
        }
        self.gate.give_way()?;
        let to = Destination {
            territory: self.meta.territory,
            batch: self.batch,
            source: self.meta.source.as_str(),
            made_at: self.meta.started_at.micros(),
        };
        self.connection
            .transaction(self.meta.territory, Kind::Write, |connection| bulk::write(connection, to, chunk))?;
        self.rows += chunk.len() as u64;
        Ok(())
    }

    /// Publishes the batch: one transaction moves the pointer and writes the audit entry, durably.
    ///
    /// # Errors
    /// When the engine refuses; nothing is then published.
    pub fn publish(mut self, published: &Published, audit: &AuditRecord) -> Result<BatchNo, StoreError> {
        match &mut self.connection {
            Connection::Sqlite(connection) => connection.execute_batch("PRAGMA synchronous = FULL;")?,
            Connection::Postgres(session) => session.client.batch_execute("SET synchronous_commit = on")?,
        }
        let (territory, batch) = (self.meta.territory, self.batch);
        self.gate.give_way()?;
        self.connection.transaction(territory, Kind::Write, |connection| {
            let key = Value::Code(territory);
            connection.execute(
                "UPDATE batch SET state = 'published', published_at = ?1, file_hash = ?2, file_bytes = ?3, counts = ?4
                 WHERE territory_id = ?5 AND batch_no = ?6 AND state = 'loading'",
                &[
                    Value::Integer(published.at.micros()),
                    Value::Bytes(&published.file_hash),
                    Value::Integer(published.file_bytes as i64),
                    Value::Text(&published.counts),
                    key,
                    Value::Integer(batch.0),
                ],
            )?;
            let moved = connection.execute(
                "UPDATE territory SET published = ?1 WHERE territory_id = ?2 AND published < ?1 AND link_moves = ?3",
                &[Value::Integer(batch.0), key, Value::Integer(published.links_seen)],
            )?;
            if moved != 1 {
                return Err(StoreError::Conflict { what: "a link between people, while the file was imported," });
            }
            audit_log::insert(connection, territory, audit)
        })?;
        Ok(batch)
    }

    /// Gives up: the rows written so far are deleted, in chunks, and the batch is marked.
    ///
    /// # Errors
    /// When the engine refuses; the next import then sweeps.
    pub fn abandon(mut self) -> Result<(), StoreError> {
        self.sweep(self.batch)
    }

    fn open_batch(&mut self) -> Result<(), StoreError> {
        let meta = &self.meta;
        let fabricated_on = meta.fabricated_on.map(|date| date.to_string());
        self.batch = self.connection.transaction(meta.territory, Kind::Write, |connection| {
            let key = Value::Code(meta.territory);
            connection
                .execute("UPDATE territory SET last_batch = last_batch + 1 WHERE territory_id = ?1", &[key])?;
            let number = connection
                .first("SELECT last_batch FROM territory WHERE territory_id = ?1", &[key], |row| row.integer(0))?
                .ok_or(StoreError::Absent("territory"))?;
            connection.execute(
                "INSERT INTO batch (territory_id, batch_no, act_id, flow, source, received_under, reference_date,
                     fabricated_on, file_name, file_hash, file_bytes, state, started_at, actor, counts)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, 'loading', ?11, ?12, '{}')",
                &[
                    key,
                    Value::Integer(number),
                    Value::Id(meta.act.0),
                    Value::Text(&meta.flow),
                    Value::Text(meta.source.as_str()),
                    Value::Text(&meta.received_under),
                    Value::Text(&meta.reference_date.to_string()),
                    Value::optional_text(fabricated_on.as_deref()),
                    Value::Text(&meta.file_name),
                    Value::Bytes(&[]),
                    Value::Integer(meta.started_at.micros()),
                    Value::Text(&meta.actor),
                ],
            )?;
            Ok(BatchNo(number))
        })?;
        Ok(())
    }

    /// Sweeps every batch that is still loading: we hold the lock, so its import is dead.
    fn sweep_orphans(&mut self) -> Result<(), StoreError> {
        let territory = self.meta.territory;
        let dead = self.connection.transaction(territory, Kind::Read, |connection| {
            connection.all(
                "SELECT batch_no FROM batch WHERE territory_id = ?1 AND state = 'loading'",
                &[Value::Code(territory)],
                |row| row.integer(0).map(BatchNo),
            )
        })?;
        dead.into_iter().try_for_each(|batch| self.sweep(batch))
    }

    fn sweep(&mut self, batch: BatchNo) -> Result<(), StoreError> {
        for step in &SWEEP {
            self.sweep_table(batch, step)?;
        }
        self.gate.give_way()?;
        let territory = self.meta.territory;
        self.connection.transaction(territory, Kind::Write, |connection| {
            let at = [Value::Code(territory), Value::Integer(batch.0)];
            connection.execute("DELETE FROM review WHERE territory_id = ?1 AND batch_no = ?2", &at)?;
            connection.execute("DELETE FROM reject WHERE territory_id = ?1 AND batch_no = ?2", &at)?;
            connection.execute(
                "UPDATE batch SET state = 'abandoned' WHERE territory_id = ?1 AND batch_no = ?2",
                &at,
            )?;
            Ok(())
        })
    }

    /// Walks a table by its key, a bounded range at a time, so that other writers get their turn.
    fn sweep_table(&mut self, batch: BatchNo, step: &Sweep) -> Result<(), StoreError> {
        let territory = self.meta.territory;
        let mut after = if step.by_index { Cursor::Index(Vec::new()) } else { Cursor::Id(Uuid::nil()) };
        loop {
            self.gate.give_way()?;
            // We hold the import lock: between the two transactions nothing of this batch changes, and looking for its rows
            // keeps no writer waiting.
            let key = Value::Code(territory);
            let number = Value::Integer(batch.0);
            let last = self.connection.transaction(territory, Kind::Read, |connection| {
                let found = connection.all(step.find, &[key, after.value(), number], |row| {
                    Ok(if step.by_index { Cursor::Index(row.bytes(0)?) } else { Cursor::Id(row.id(0)?) })
                })?;
                Ok(found.into_iter().next_back())
            })?;
            let Some(last) = last else { return Ok(()) };
            self.gate.give_way()?;
            self.connection.transaction(territory, Kind::Write, |connection| {
                connection.execute(step.undo, &[key, after.value(), last.value(), number])
            })?;
            after = last;
        }
    }
}

/// How far a sweep has come.
enum Cursor {
    Id(Uuid),
    Index(Vec<u8>),
}

impl Cursor {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Id(id) => Value::Id(*id),
            Self::Index(index) => Value::Bytes(index),
        }
    }
}

struct Sweep {
    /// Whether the key is a blind index, and not an id.
    by_index: bool,
    find: &'static str,
    undo: &'static str,
}

macro_rules! sweep {
    ($table:literal, $key:literal, $column:literal, $undo:literal) => {
        Sweep {
            by_index: matches!($key.as_bytes(), b"nir_index"),
            find: concat!(
                "SELECT ",
                $key,
                " FROM ",
                $table,
                " WHERE territory_id = ?1 AND ",
                $key,
                " > ?2 AND ",
                $column,
                " = ?3 ORDER BY ",
                $key,
                " LIMIT 2000"
            ),
            undo: concat!(
                $undo,
                " WHERE territory_id = ?1 AND ",
                $key,
                " > ?2 AND ",
                $key,
                " <= ?3 AND ",
                $column,
                " = ?4"
            ),
        }
    };
}

const SWEEP: [Sweep; 7] = [
    sweep!("fact", "identity_id", "from_batch", "DELETE FROM fact"),
    sweep!("identity", "identity_id", "from_batch", "DELETE FROM identity"),
    sweep!("identity", "identity_id", "to_batch", "UPDATE identity SET to_batch = NULL"),
    sweep!("link", "identity_id", "from_batch", "DELETE FROM link"),
    sweep!("person", "person_id", "from_batch", "DELETE FROM person"),
    sweep!("member", "person_id", "from_batch", "DELETE FROM member"),
    sweep!("nir_entry", "nir_index", "from_batch", "DELETE FROM nir_entry"),
];

impl std::fmt::Debug for Import {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Import").field("batch", &self.batch).field("rows", &self.rows).finish_non_exhaustive()
    }
}
