use liant_audit::verify::Frontier;
use liant_model::{ActId, Instant, Territory};

use crate::connection::Connection;
use crate::value::{Row, Value};
use crate::{Store, StoreError};

/// An audit entry as an act writes it: the salted commitment, and what it commits to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// The leaf of the log: a hash over salt and payload.
    pub commitment: [u8; 32],
    /// The salt, erasable.
    pub salt: Vec<u8>,
    /// The coded entry, erasable.
    pub payload: Vec<u8>,
}

/// An entry of the log in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLeaf {
    /// Its place, from 0.
    pub index: u64,
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// The leaf hash.
    pub commitment: [u8; 32],
    /// Salt and payload, unless they were erased.
    pub content: Option<(Vec<u8>, Vec<u8>)>,
}

impl LogLeaf {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            index: row.integer(0)? as u64,
            act: row.id(1)?,
            at: Instant::from_micros(row.integer(2)?),
            commitment: hash(row.bytes(3)?)?,
            content: row.optional_bytes(4)?.zip(row.optional_bytes(5)?),
        })
    }
}

/// Entries one sequencing transaction takes at most.
const MOST_SEQUENCED: i64 = 1_000;

pub(crate) fn insert(
    connection: &mut Connection,
    territory: Territory,
    audit: &AuditRecord,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO audit_entry (territory_id, act_id, at, commitment, salt, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            Value::Code(territory),
            Value::Id(audit.act.0),
            Value::Integer(audit.at.micros()),
            Value::Bytes(&audit.commitment),
            Value::Bytes(&audit.salt),
            Value::Bytes(&audit.payload),
        ],
    )?;
    Ok(())
}

impl Store {
    /// Gives every waiting entry of `territory` its place in the log. Gives the size of the log.
    ///
    /// # Errors
    /// When the engine refuses, or the stored edge of the tree does not read.
    pub fn sequence_audit(&self, territory: Territory) -> Result<u64, StoreError> {
        loop {
            let (size, taken) = self.write(territory, |connection| sequence(connection, territory))?;
            if taken < MOST_SEQUENCED as usize {
                return Ok(size);
            }
        }
    }

    /// Size and edge of the log's tree.
    ///
    /// # Errors
    /// When the engine refuses, or the stored edge does not read.
    pub fn audit_frontier(&self, territory: Territory) -> Result<Frontier, StoreError> {
        self.read(territory, |snapshot| {
            let (connection, _) = snapshot.parts();
            frontier(connection, territory)
        })
    }

    /// Hands over the log of `territory`, entry by entry in its order.
    ///
    /// # Errors
    /// What `each` gives, or the engine.
    pub fn audit_log(
        &self,
        territory: Territory,
        mut each: impl FnMut(LogLeaf) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.read(territory, |snapshot| {
            let (connection, _) = snapshot.parts();
            connection.for_each(
                "SELECT seq, act_id, at, commitment, salt, payload FROM audit_entry
                 WHERE territory_id = ?1 AND seq IS NOT NULL ORDER BY seq",
                &[Value::Code(territory)],
                |row| each(LogLeaf::read(row)?),
            )
        })
    }

    /// Keeps a signed checkpoint of the log.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn keep_checkpoint(
        &self,
        territory: Territory,
        size: u64,
        at: Instant,
        note: &str,
    ) -> Result<(), StoreError> {
        self.write(territory, |connection| {
            connection.execute(
                "INSERT INTO checkpoint (territory_id, log_size, at, note) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (territory_id, log_size) DO NOTHING",
                &[
                    Value::Code(territory),
                    Value::Integer(size as i64),
                    Value::Integer(at.micros()),
                    Value::Text(note),
                ],
            )?;
            Ok(())
        })
    }

    /// The checkpoints kept of the log, oldest first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn checkpoints(&self, territory: Territory) -> Result<Vec<String>, StoreError> {
        self.read(territory, |snapshot| {
            let (connection, _) = snapshot.parts();
            connection.all(
                "SELECT note FROM checkpoint WHERE territory_id = ?1 ORDER BY log_size",
                &[Value::Code(territory)],
                |row| row.text(0),
            )
        })
    }
}

pub(crate) fn sequence(
    connection: &mut Connection,
    territory: Territory,
) -> Result<(u64, usize), StoreError> {
    let key = Value::Code(territory);
    // On PostgreSQL two sequencers queue on this row; on SQLite the write transaction is alone.
    connection.execute("UPDATE territory SET log_size = log_size WHERE territory_id = ?1", &[key])?;
    let mut edge = frontier(connection, territory)?;
    let waiting = connection.all(
        "SELECT act_id, commitment FROM audit_entry
         WHERE territory_id = ?1 AND seq IS NULL ORDER BY at, act_id LIMIT ?2",
        &[key, Value::Integer(MOST_SEQUENCED)],
        |row| Ok((row.id::<ActId>(0)?, hash(row.bytes(1)?)?)),
    )?;
    for (act, commitment) in &waiting {
        let (size, _) = edge.parts();
        connection.execute(
            "UPDATE audit_entry SET seq = ?1 WHERE territory_id = ?2 AND act_id = ?3",
            &[Value::Integer(size as i64), key, Value::Id(act.0)],
        )?;
        edge.append(*commitment, |_| {});
    }
    let (size, roots) = edge.parts();
    connection.execute(
        "UPDATE territory SET log_size = ?1, log_frontier = ?2 WHERE territory_id = ?3",
        &[Value::Integer(size as i64), Value::Bytes(roots.as_flattened()), key],
    )?;
    Ok((size, waiting.len()))
}

fn frontier(connection: &mut Connection, territory: Territory) -> Result<Frontier, StoreError> {
    let stored = connection.first(
        "SELECT log_size, log_frontier FROM territory WHERE territory_id = ?1",
        &[Value::Code(territory)],
        |row| Ok((row.integer(0)?, row.bytes(1)?)),
    )?;
    let (size, bytes) = stored.ok_or(StoreError::Absent("territory"))?;
    let (roots, rest) = bytes.as_chunks::<32>();
    let edge = if rest.is_empty() { Frontier::from_parts(size as u64, roots.to_vec()) } else { None };
    edge.ok_or_else(|| StoreError::Damaged("the edge of the audit log does not read".to_owned()))
}

fn hash(bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Damaged("a commitment of the audit log has not 32 bytes".to_owned()))
}
