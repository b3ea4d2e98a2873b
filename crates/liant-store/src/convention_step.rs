//! Steps in the course of conventions, as they were recorded.

use liant_convention::{Ground, Step};
use liant_model::{ActId, Date, Instant, Party, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// A step in the course of a convention (*vie de la convention*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConventionStepRow {
    /// The act that recorded it.
    pub act: ActId,
    /// Short name of the convention.
    pub convention: String,
    /// What was done.
    pub step: Step,
    /// The party that did it.
    pub party: Party,
    /// Why.
    pub ground: Ground,
    /// The first day on which it holds.
    pub from: Date,
    /// Who recorded it: account, or the operator's actor.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Instant,
}

pub(crate) fn insert(
    connection: &mut Connection,
    territory: Territory,
    row: &ConventionStepRow,
) -> Result<(), StoreError> {
    let last = connection.first(
        "SELECT max(place) FROM convention_step WHERE territory_id = ?1",
        &[Value::Code(territory)],
        |row| row.optional_integer(0),
    )?;
    connection.execute(
        "INSERT INTO convention_step (territory_id, place, step_id, convention, step, party, ground, from_day, recorded_by,
             recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &[
            Value::Code(territory),
            Value::Integer(last.flatten().unwrap_or_default() + 1),
            Value::Id(row.act.0),
            Value::Text(&row.convention),
            Value::Text(row.step.as_str()),
            Value::Text(row.party.as_str()),
            Value::Text(row.ground.as_str()),
            Value::Day(row.from),
            Value::Text(&row.recorded_by),
            Value::Integer(row.recorded_at.micros()),
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ConventionStepRow, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("a step of a convention has no such {what}"));
    Ok(ConventionStepRow {
        act: row.id(0)?,
        convention: row.text(1)?,
        step: row.text(2)?.parse().map_err(|_| damaged("kind"))?,
        party: Party::parse(&row.text(3)?).map_err(|_| damaged("party"))?,
        ground: row.text(4)?.parse().map_err(|_| damaged("ground"))?,
        from: row.text(5)?.parse().map_err(|_| damaged("day"))?,
        recorded_by: row.text(6)?,
        recorded_at: Instant::from_micros(row.integer(7)?),
    })
}

impl Snapshot<'_> {
    /// Every step of the territory's conventions, in the order they were recorded.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn convention_steps(&mut self) -> Result<Vec<ConventionStepRow>, StoreError> {
        let key = self.key();
        self.parts().0.all(
            "SELECT step_id, convention, step, party, ground, from_day, recorded_by, recorded_at FROM convention_step
             WHERE territory_id = ?1 ORDER BY place",
            &[key],
            read,
        )
    }
}
