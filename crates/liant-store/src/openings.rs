//! Whom each human opens, whom she asks for in vain, and who is stopped for it. What is counted lies in the store: it outlives
//! restarts, and every process counts together.

use liant_model::{ActId, Instant, PersonId, Territory};

use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};
use crate::{Store, StoreError};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// How many people a human has opened, or asked for in vain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Openings {
    /// Others than the one asked about, in the last hour.
    pub hour: u64,
    /// Others than the one asked about, in the last day.
    pub day: u64,
    /// Whether the one asked about is among those of the last hour.
    pub is_known: bool,
}

/// Someone who may open nobody until someone else has looked at what she did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockingRow {
    /// Its entry in the log.
    pub blocking: ActId,
    /// Who: account, or the operator's actor.
    pub human: String,
    /// The party that she acted for.
    pub party: String,
    /// Her role.
    pub role: String,
    /// The clause that stops her.
    pub clause: String,
    /// How many people beyond her reach she had asked for.
    pub tried: u64,
    /// Since when.
    pub at: Instant,
    /// Until when, and who let her in again.
    pub lifted: Option<(Instant, String)>,
}

/// A change of who is stopped.
#[derive(Clone, Debug)]
pub enum BlockingChange {
    /// Stops a human, unless she is stopped already.
    Block(BlockingRow),
    /// Lets her in again; she begins to be counted anew.
    Lift {
        /// Which.
        blocking: ActId,
        /// Who she is.
        human: String,
        /// Who lets her in.
        by: String,
    },
}

impl BlockingChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let key = Value::Code(territory);
        match self {
            Self::Block(row) => connection
                .execute(
                    "INSERT INTO blocking (territory_id, blocking_id, human, party, role, clause, tried, at)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE NOT EXISTS
                         (SELECT 1 FROM blocking WHERE territory_id = ?1 AND human = ?3 AND lifted_at IS NULL)",
                    &[
                        key,
                        Value::Id(row.blocking.0),
                        Value::Text(&row.human),
                        Value::Text(&row.party),
                        Value::Text(&row.role),
                        Value::Text(&row.clause),
                        Value::Integer(row.tried as i64),
                        Value::Integer(row.at.micros()),
                    ],
                )
                .map(drop),
            Self::Lift { blocking, human, by } => {
                let lifted = connection.execute(
                    "UPDATE blocking SET lifted_at = ?1, lifted_by = ?2
                     WHERE territory_id = ?3 AND blocking_id = ?4 AND lifted_at IS NULL",
                    &[Value::Integer(at), Value::Text(by), key, Value::Id(blocking.0)],
                )?;
                if lifted != 1 {
                    return Err(StoreError::Conflict { what: "who is stopped" });
                }
                connection
                    .execute(
                        "DELETE FROM opening WHERE territory_id = ?1 AND human = ?2",
                        &[key, Value::Text(human)],
                    )
                    .map(drop)
            }
        }
    }
}

impl Store {
    /// Notes that a human opened someone, or asked for her in vain; forgets those of the day before. Gives how many there are
    /// in the last day, this one included.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn note_opening(
        &self,
        territory: Territory,
        (human, person, beyond): (&str, PersonId, bool),
        at: Instant,
    ) -> Result<u64, StoreError> {
        let (key, human) = (Value::Code(territory), Value::Text(human));
        let (beyond, now) = (Value::Integer(i64::from(beyond)), at.micros());
        self.write(territory, |connection| {
            connection.execute(
                "DELETE FROM opening WHERE territory_id = ?1 AND human = ?2 AND beyond = ?3 AND at < ?4",
                &[key, human, beyond, Value::Integer(now - DAY)],
            )?;
            connection.execute(
                "INSERT INTO opening (territory_id, human, beyond, person_id, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (territory_id, human, beyond, person_id) DO UPDATE SET at = excluded.at",
                &[key, human, beyond, Value::Id(person.0), Value::Integer(now)],
            )?;
            let count = connection.first(
                "SELECT CAST(COUNT(*) AS BIGINT) FROM opening WHERE territory_id = ?1 AND human = ?2 AND beyond = ?3",
                &[key, human, beyond],
                |row| row.integer(0),
            )?;
            Ok(count.unwrap_or_default() as u64)
        })
    }
}

const BLOCKING: &str = "SELECT blocking_id, human, party, role, clause, tried, at, lifted_at, lifted_by FROM blocking WHERE territory_id = ?1";

fn read(row: &Row<'_>) -> Result<BlockingRow, StoreError> {
    let lifted_at = row.optional_integer(7)?.map(Instant::from_micros);
    Ok(BlockingRow {
        blocking: row.id(0)?,
        human: row.text(1)?,
        party: row.text(2)?,
        role: row.text(3)?,
        clause: row.text(4)?,
        tried: row.integer(5)? as u64,
        at: Instant::from_micros(row.integer(6)?),
        lifted: lifted_at.zip(row.optional_text(8)?),
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// How many people a human has opened up to now, others than `person`.
    pub fn openings(&mut self, human: &str, person: PersonId, now: Instant) -> Result<Openings, StoreError> {
        let since = |span: i64| Value::Integer(now.micros() - span);
        let values = [self.key(), Value::Text(human), since(DAY), since(HOUR), Value::Id(person.0)];
        let found = self.parts().0.first(
            "SELECT CAST(COUNT(CASE WHEN person_id <> ?5 AND at >= ?4 THEN 1 END) AS BIGINT),
                 CAST(COUNT(CASE WHEN person_id <> ?5 THEN 1 END) AS BIGINT),
                 CAST(COUNT(CASE WHEN person_id = ?5 AND at >= ?4 THEN 1 END) AS BIGINT)
             FROM opening WHERE territory_id = ?1 AND human = ?2 AND beyond = 0 AND at >= ?3",
            &values,
            |row| {
                let is_known = row.integer(2)? > 0;
                Ok(Openings { hour: row.integer(0)? as u64, day: row.integer(1)? as u64, is_known })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Whether a human is stopped.
    pub fn is_blocked(&mut self, human: &str) -> Result<bool, StoreError> {
        let values = [self.key(), Value::Text(human)];
        let found = self.parts().0.first(
            "SELECT 1 FROM blocking WHERE territory_id = ?1 AND human = ?2 AND lifted_at IS NULL",
            &values,
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// The stops in force, of all parties.
    pub fn stops(&mut self) -> Result<Vec<ActId>, StoreError> {
        let key = self.key();
        let sql = "SELECT blocking_id FROM blocking WHERE territory_id = ?1 AND lifted_at IS NULL ORDER BY blocking_id";
        self.parts().0.all(sql, &[key], |row| row.id(0))
    }

    /// Those who are stopped, of all parties, the first first, then those who were, the last first.
    pub fn blockings(&mut self) -> Result<Vec<BlockingRow>, StoreError> {
        let key = self.key();
        let sql = format!(
            "{BLOCKING} ORDER BY lifted_at IS NOT NULL, CASE WHEN lifted_at IS NULL THEN at END, at DESC"
        );
        self.parts().0.all(&sql, &[key], read)
    }

    /// One of those who are or were stopped.
    pub fn blocking(&mut self, blocking: ActId) -> Result<Option<BlockingRow>, StoreError> {
        let values = [self.key(), Value::Id(blocking.0)];
        self.parts().0.first(&format!("{BLOCKING} AND blocking_id = ?2"), &values, read)
    }
}
