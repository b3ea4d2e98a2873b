//! The processors of each party (*sous-traitants*), and when lists were given to partners.

use liant_convention::ListKind;
use liant_model::{ActId, Date, Instant, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};

/// A processor that a party has recourse to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessorRow {
    /// The act that recorded it.
    pub processor: ActId,
    /// The party.
    pub party: String,
    /// The name of the firm or body.
    pub name: String,
    /// What it does for the party.
    pub service: String,
    /// The country from which it does so, as ISO 3166 codes it.
    pub country: String,
    /// From when on.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
    /// Who recorded it: account, or the operator's actor.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Instant,
}

/// A list that was given to the partners of a convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenListRow {
    /// The act that recorded it.
    pub act: ActId,
    /// The party that gave it.
    pub party: String,
    /// The convention.
    pub convention: String,
    /// Of what.
    pub of: ListKind,
    /// When it was given.
    pub on: Date,
    /// Who recorded it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: Instant,
}

/// A change of processors and lists.
#[derive(Clone, Debug)]
pub enum ProcessorChange {
    /// A party has recourse to a processor.
    Add(ProcessorRow),
    /// It has no longer, after this day.
    End {
        /// Which.
        processor: ActId,
        /// The last day.
        on: Date,
    },
    /// A list was given.
    Gave(GivenListRow),
}

impl ProcessorChange {
    pub(crate) fn apply(&self, connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
        match self {
            Self::Add(row) => add(connection, territory, row),
            Self::End { processor, on } => {
                let changed = connection.execute(
                    "UPDATE sub_processor SET until_day = ?1 WHERE territory_id = ?2 AND processor_id = ?3 AND until_day IS NULL",
                    &[Value::Day(*on), Value::Code(territory), Value::Id(processor.0)],
                )?;
                if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "the processor" }) }
            }
            Self::Gave(row) => gave(connection, territory, row),
        }
    }
}

fn add(connection: &mut Connection, territory: Territory, row: &ProcessorRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO sub_processor (territory_id, processor_id, party, name, service, country, from_day, recorded_by,
             recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            Value::Code(territory),
            Value::Id(row.processor.0),
            Value::Text(&row.party),
            Value::Text(&row.name),
            Value::Text(&row.service),
            Value::Text(&row.country),
            Value::Day(row.from),
            Value::Text(&row.recorded_by),
            Value::Integer(row.recorded_at.micros()),
        ],
    )?;
    Ok(())
}

fn gave(connection: &mut Connection, territory: Territory, row: &GivenListRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO given_list (territory_id, given_id, party, convention, of_what, given_on, recorded_by, recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[
            Value::Code(territory),
            Value::Id(row.act.0),
            Value::Text(&row.party),
            Value::Text(&row.convention),
            Value::Text(row.of.as_str()),
            Value::Day(row.on),
            Value::Text(&row.recorded_by),
            Value::Integer(row.recorded_at.micros()),
        ],
    )?;
    Ok(())
}

fn damaged() -> StoreError {
    StoreError::Damaged("a processor or a list does not read".to_owned())
}

fn read(row: &Row<'_>) -> Result<ProcessorRow, StoreError> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| damaged());
    Ok(ProcessorRow {
        processor: row.id(0)?,
        party: row.text(1)?,
        name: row.text(2)?,
        service: row.text(3)?,
        country: row.text(4)?,
        from: day(row.borrowed_text(5)?)?,
        until: row.optional_text(6)?.map(|text| day(&text)).transpose()?,
        recorded_by: row.text(7)?,
        recorded_at: Instant::from_micros(row.integer(8)?),
    })
}

fn read_given(row: &Row<'_>) -> Result<GivenListRow, StoreError> {
    Ok(GivenListRow {
        act: row.id(0)?,
        party: row.text(1)?,
        convention: row.text(2)?,
        of: row.borrowed_text(3)?.parse().map_err(|_| damaged())?,
        on: row.borrowed_text(4)?.parse().map_err(|_| damaged())?,
        recorded_by: row.text(5)?,
        recorded_at: Instant::from_micros(row.integer(6)?),
    })
}

impl Snapshot<'_> {
    /// The processors of a party, those that serve it now first, by name.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn processors(&mut self, party: &str) -> Result<Vec<ProcessorRow>, StoreError> {
        let values = [self.key(), Value::Text(party)];
        self.parts().0.all(
            "SELECT processor_id, party, name, service, country, from_day, until_day, recorded_by, recorded_at
             FROM sub_processor WHERE territory_id = ?1 AND party = ?2
             ORDER BY until_day IS NOT NULL, name, processor_id",
            &values,
            read,
        )
    }

    /// The lists that a party gave, in the order of their days.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn given_lists(&mut self, party: &str) -> Result<Vec<GivenListRow>, StoreError> {
        let values = [self.key(), Value::Text(party)];
        self.parts().0.all(
            "SELECT given_id, party, convention, of_what, given_on, recorded_by, recorded_at FROM given_list
             WHERE territory_id = ?1 AND party = ?2 ORDER BY given_on, given_id",
            &values,
            read_given,
        )
    }
}
