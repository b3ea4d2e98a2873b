//! Breaches of personal data, what was done about them, and what of the log they are about.

use liant_model::{ActId, Instant, PersonId, Territory};

use crate::StoreError;
use crate::audit_log::LogLeaf;
use crate::connection::Connection;
use crate::rows::DisclosureRow;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// Which acts a breach is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreachScope {
    /// Those of this account, or operator's actor, alone.
    pub actor: Option<String>,
    /// This act alone.
    pub act: Option<ActId>,
    /// Not earlier than this.
    pub since: Instant,
    /// Earlier than this.
    pub until: Option<Instant>,
}

/// A breach of personal data (*violation de données*), a complaint or a flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreachRow {
    /// The act that opened its file.
    pub breach: ActId,
    /// Whose file of breaches it is in.
    pub party: String,
    /// A code: `breach`, `complaint`, `flaw`.
    pub nature: String,
    /// When it was discovered, or the complaint received.
    pub discovered_at: Instant,
    /// The acts that it is about.
    pub scope: BreachScope,
    /// Who opened it: account, or the operator's actor.
    pub opened_by: String,
    /// When.
    pub opened_at: Instant,
}

/// What was done about a breach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreachStepRow {
    /// The act that recorded it.
    pub act: ActId,
    /// The breach.
    pub breach: ActId,
    /// A code: `sent`, `answered`, `closed`.
    pub step: String,
    /// A party, `authority`, or nobody.
    pub addressee: String,
    /// A code: `initial`, `complement`, or nothing.
    pub stage: String,
    /// When it was done.
    pub at: Instant,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Instant,
}

/// What is recorded of a breach.
#[derive(Clone, Debug)]
pub enum BreachChange {
    /// Its file is opened.
    Open(BreachRow),
    /// Something was done about it. The steps recorded before must be as many as whoever acts saw.
    Step {
        /// What.
        row: BreachStepRow,
        /// How many steps there were.
        expected: u64,
    },
}

/// A source identity that moved from a person to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedLink {
    /// The person she was found to be.
    pub person: PersonId,
    /// From when on.
    pub made_at: Instant,
    /// Until when.
    pub ended_at: Instant,
    /// The person she is found to be now.
    pub now: PersonId,
}

impl BreachChange {
    pub(crate) fn apply(&self, connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
        match self {
            Self::Open(row) => open(connection, territory, row),
            Self::Step { row, expected } => {
                let there = connection.first(
                    "SELECT count(*) FROM breach_step WHERE territory_id = ?1 AND breach_id = ?2",
                    &[Value::Code(territory), Value::Id(row.breach.0)],
                    |row| row.integer(0),
                )?;
                if there.unwrap_or_default().cast_unsigned() != *expected {
                    return Err(StoreError::Conflict { what: "the breach" });
                }
                add_step(connection, territory, row)
            }
        }
    }
}

fn open(connection: &mut Connection, territory: Territory, row: &BreachRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO breach (territory_id, breach_id, party, nature, discovered_at, actor, about_act, since_at, until_at,
             opened_by, opened_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            Value::Code(territory),
            Value::Id(row.breach.0),
            Value::Text(&row.party),
            Value::Text(&row.nature),
            Value::Integer(row.discovered_at.micros()),
            Value::optional_text(row.scope.actor.as_deref()),
            Value::optional(row.scope.act, |act| Value::Id(act.0)),
            Value::Integer(row.scope.since.micros()),
            Value::optional(row.scope.until, |at| Value::Integer(at.micros())),
            Value::Text(&row.opened_by),
            Value::Integer(row.opened_at.micros()),
        ],
    )?;
    Ok(())
}

fn add_step(
    connection: &mut Connection,
    territory: Territory,
    row: &BreachStepRow,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO breach_step (territory_id, step_id, breach_id, step, addressee, stage, at, recorded_by, recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            Value::Code(territory),
            Value::Id(row.act.0),
            Value::Id(row.breach.0),
            Value::Text(&row.step),
            Value::Text(&row.addressee),
            Value::Text(&row.stage),
            Value::Integer(row.at.micros()),
            Value::Text(&row.recorded_by),
            Value::Integer(row.recorded_at.micros()),
        ],
    )?;
    Ok(())
}

const BREACH: &str =
    "SELECT breach_id, party, nature, discovered_at, actor, about_act, since_at, until_at, opened_by,
    opened_at FROM breach WHERE territory_id = ?1 AND party = ?2";

fn read(row: &Row<'_>) -> Result<BreachRow, StoreError> {
    Ok(BreachRow {
        breach: row.id(0)?,
        party: row.text(1)?,
        nature: row.text(2)?,
        discovered_at: Instant::from_micros(row.integer(3)?),
        scope: BreachScope {
            actor: row.optional_text(4)?,
            act: row.optional_id(5)?,
            since: Instant::from_micros(row.integer(6)?),
            until: row.optional_integer(7)?.map(Instant::from_micros),
        },
        opened_by: row.text(8)?,
        opened_at: Instant::from_micros(row.integer(9)?),
    })
}

fn read_step(row: &Row<'_>) -> Result<BreachStepRow, StoreError> {
    Ok(BreachStepRow {
        act: row.id(0)?,
        breach: row.id(1)?,
        step: row.text(2)?,
        addressee: row.text(3)?,
        stage: row.text(4)?,
        at: Instant::from_micros(row.integer(5)?),
        recorded_by: row.text(6)?,
        recorded_at: Instant::from_micros(row.integer(7)?),
    })
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The breaches in a party's file, the last discovered first.
    pub fn breaches(&mut self, party: &str) -> Result<Vec<BreachRow>, StoreError> {
        let sql = format!("{BREACH} ORDER BY discovered_at DESC, breach_id DESC");
        let values = [self.key(), Value::Text(party)];
        self.parts().0.all(&sql, &values, read)
    }

    /// One of them.
    pub fn breach(&mut self, party: &str, breach: ActId) -> Result<Option<BreachRow>, StoreError> {
        let sql = format!("{BREACH} AND breach_id = ?3");
        let values = [self.key(), Value::Text(party), Value::Id(breach.0)];
        self.parts().0.first(&sql, &values, read)
    }

    /// What was done about breaches, in the order it was recorded; about one of them when it is named.
    pub fn breach_steps(&mut self, breach: Option<ActId>) -> Result<Vec<BreachStepRow>, StoreError> {
        let key = self.key();
        let mut rows = self.parts().0.all(
            "SELECT step_id, breach_id, step, addressee, stage, at, recorded_by, recorded_at FROM breach_step
             WHERE territory_id = ?1 ORDER BY recorded_at, step_id",
            &[key],
            read_step,
        )?;
        rows.retain(|row| breach.is_none_or(|breach| row.breach == breach));
        Ok(rows)
    }

    /// Each release of data within a scope, in order.
    pub fn disclosures_within(&mut self, scope: &BreachScope) -> Result<Vec<DisclosureRow>, StoreError> {
        let until = scope.until.map_or(i64::MAX, Instant::micros);
        let mut values = vec![self.key(), Value::Integer(scope.since.micros()), Value::Integer(until)];
        let mut tests = vec!["territory_id = ?1 AND at >= ?2 AND at < ?3".to_owned()];
        for (column, value) in [
            ("actor", scope.actor.as_deref().map(Value::Text)),
            ("act_id", scope.act.map(|act| Value::Id(act.0))),
        ] {
            if let Some(value) = value {
                values.push(value);
                tests.push(format!("{column} = ?{}", values.len()));
            }
        }
        let columns = DisclosureRow::COLUMNS;
        let sql =
            format!("SELECT {columns} FROM access_record WHERE {} ORDER BY at, act_id", tests.join(" AND "));
        self.parts().0.all(&sql, &values, DisclosureRow::read)
    }

    /// Hands over the entries of the log within a scope, whoever acted, in their order.
    pub fn log_within(
        &mut self,
        scope: &BreachScope,
        mut each: impl FnMut(LogLeaf) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let until = scope.until.map_or(i64::MAX, Instant::micros);
        let mut values = vec![self.key(), Value::Integer(scope.since.micros()), Value::Integer(until)];
        let mut sql = "SELECT seq, act_id, at, commitment, salt, payload FROM audit_entry
             WHERE territory_id = ?1 AND seq IS NOT NULL AND at >= ?2 AND at < ?3"
            .to_owned();
        if let Some(act) = scope.act {
            values.push(Value::Id(act.0));
            sql.push_str(" AND act_id = ?4");
        }
        sql.push_str(" ORDER BY seq");
        self.parts().0.for_each(&sql, &values, |row| each(LogLeaf::read(row)?))
    }

    /// The source identities that were moved from a person to another since a moment, each with whose she is now.
    pub fn moved_links(&mut self, since: Instant) -> Result<Vec<MovedLink>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT past.person_id, past.made_at, past.ended_at, current.person_id
             FROM link past JOIN link current ON current.territory_id = past.territory_id
                 AND current.identity_id = past.identity_id AND current.ended_at IS NULL
             WHERE past.territory_id = ?1 AND past.ended_at > ?2",
            &[key, Value::Integer(since.micros())],
            |row| {
                Ok(MovedLink {
                    person: row.id(0)?,
                    made_at: Instant::from_micros(row.integer(1)?),
                    ended_at: Instant::from_micros(row.integer(2)?),
                    now: row.id(3)?,
                })
            },
        )
    }
}
