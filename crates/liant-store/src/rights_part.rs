//! What was recorded of the other parties that have part in a request about rights.

use liant_casework::PartStep;
use liant_model::{ActId, Instant, Party, RightsRequestId, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// A step of a party in a request that another answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartStepRow {
    /// The act that recorded it.
    pub act: ActId,
    /// The request.
    pub request: RightsRequestId,
    /// The party.
    pub party: Party,
    /// What was done.
    pub step: PartStep,
    /// Who recorded it: account, or the operator's actor.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Instant,
}

/// A step to be recorded. Those recorded of the request before must be as many as whoever acts saw.
#[derive(Clone, Debug)]
pub struct PartChange {
    /// The step.
    pub row: PartStepRow,
    /// How many there were.
    pub expected: u64,
}

impl PartChange {
    pub(crate) fn apply(&self, connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
        let Self { row, expected } = self;
        let there = connection.first(
            "SELECT count(*) FROM rights_part WHERE territory_id = ?1 AND request_id = ?2",
            &[Value::Code(territory), Value::Id(row.request.0)],
            |row| row.integer(0),
        )?;
        if there.unwrap_or_default().cast_unsigned() != *expected {
            return Err(StoreError::Conflict { what: "the request" });
        }
        connection.execute(
            "INSERT INTO rights_part (territory_id, step_id, request_id, party, step, recorded_by, recorded_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            &[
                Value::Code(territory),
                Value::Id(row.act.0),
                Value::Id(row.request.0),
                Value::Text(row.party.as_str()),
                Value::Text(row.step.code()),
                Value::Text(&row.recorded_by),
                Value::Integer(row.recorded_at.micros()),
            ],
        )?;
        Ok(())
    }
}

const STEPS: &str = "SELECT step_id, request_id, party, step, recorded_by, recorded_at FROM rights_part WHERE territory_id = ?1";

fn read(row: &Row<'_>) -> Result<PartStepRow, StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("a step in a request has no such {what}"));
    Ok(PartStepRow {
        act: row.id(0)?,
        request: row.id(1)?,
        party: Party::parse(row.borrowed_text(2)?).map_err(|_| damaged("party"))?,
        step: PartStep::from_code(row.borrowed_text(3)?).ok_or_else(|| damaged("kind"))?,
        recorded_by: row.text(4)?,
        recorded_at: Instant::from_micros(row.integer(5)?),
    })
}

impl Snapshot<'_> {
    /// The steps of the other parties in a request, in the order they were recorded.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn parts_of_request(&mut self, request: RightsRequestId) -> Result<Vec<PartStepRow>, StoreError> {
        let sql = format!("{STEPS} AND request_id = ?2 ORDER BY recorded_at, step_id");
        let values = [self.key(), Value::Id(request.0)];
        self.parts().0.all(&sql, &values, read)
    }

    /// The steps of a party in the requests that others answer, in the order they were recorded.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn parts_of_party(&mut self, party: &str) -> Result<Vec<PartStepRow>, StoreError> {
        let sql = format!("{STEPS} AND party = ?2 ORDER BY recorded_at, step_id");
        let values = [self.key(), Value::Text(party)];
        self.parts().0.all(&sql, &values, read)
    }
}
