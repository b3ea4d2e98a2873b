//! Who was shown what of a person, found by the person.
//!
//! `access_record` holds one row an act, with everyone it concerned as one compressed block: cheap to write for a file of a
//! million people, and useless for finding one of them. So each act is indexed as it is written: one on few people has a row a
//! person (`access_person`); one on many has its block cut in parts by their ids (`access_part`), and what is told of it beside
//! (`access_bulk`). A person's question then reads her own rows, and one part of each file.
//!
//! Acts that were recorded before there was an index, or came with an exported store, wait (`is_indexed = 0`) until
//! [`Store::index_readings`] takes them.

use liant_audit::{Entry, PeopleBlock};
use liant_model::{ActId, Instant, OrganisationId, PersonId, Territory, Uuid};

use crate::connection::Connection;
use crate::rows::DisclosureRow;
use crate::snapshot::{Snapshot, damaged};
use crate::value::{Row, Value};
use crate::{Store, StoreError};

/// People of an act at most who have a row each.
const FEW: u64 = 200;
/// People in a part.
const PART: usize = 2_048;
/// Rows that one statement writes: few texts of statements, few calls.
const AT_ONCE: [usize; 3] = [50, 10, 1];
/// Acts indexed in one transaction.
const ACTS: i64 = 20;

/// One release of data, without whose: of one person, the question says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRow {
    /// The act.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// Who did it.
    pub actor: String,
    /// To which party or role the data went.
    pub recipient: String,
    /// The clauses that let it out.
    pub clauses: String,
    /// Fields released, as a set of 128 bits, big-endian.
    pub fields: [u8; 16],
    /// What the act was.
    pub what: String,
    /// Code of its kind; unknown of old acts whose audit entry was erased.
    pub kind: Option<String>,
    /// Why: the purposes of the conventions.
    pub purposes: Vec<String>,
    /// Where the actor worked.
    pub organisation: Option<OrganisationId>,
}

impl ReleaseRow {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let fields = row.bytes(5)?;
        let purposes = row.optional_text(8)?.unwrap_or_default();
        Ok(Self {
            act: row.id(0)?,
            at: Instant::from_micros(row.integer(1)?),
            actor: row.text(2)?,
            recipient: row.text(3)?,
            clauses: row.text(4)?,
            fields: fields.try_into().map_err(|_| damaged("a field set has not 16 bytes"))?,
            what: row.text(6)?,
            kind: row.optional_text(7)?,
            purposes: purposes.split_whitespace().map(str::to_owned).collect(),
            organisation: row.optional_id(9)?,
        })
    }
}

/// Of each act on many its part where the person would stand: the last that does not begin after her.
const OF_BULK: &str = "SELECT bulk.act_id, bulk.at, bulk.actor, bulk.recipient, bulk.clauses, bulk.fields, bulk.what, bulk.kind,
     bulk.purposes, bulk.organisation_id,
     (SELECT part.people FROM access_part part WHERE part.territory_id = bulk.territory_id AND part.act_id = bulk.act_id
          AND part.first_person <= ?2 ORDER BY part.first_person DESC LIMIT 1)
 FROM access_bulk bulk WHERE bulk.territory_id = ?1 AND bulk.at >= ?3";

const OF_FEW: &str = "SELECT record.act_id, record.at, record.actor, record.recipient, record.clauses, record.fields, record.what,
     record.kind, record.purposes, record.organisation_id
 FROM access_person CROSS JOIN access_record record
 WHERE access_person.territory_id = ?1 AND access_person.person_id = ?2
     AND record.territory_id = access_person.territory_id AND record.act_id = access_person.act_id AND record.at >= ?3";

impl Snapshot<'_> {
    /// Each release of the data of a person since a moment, oldest first, among the acts that are indexed.
    ///
    /// # Errors
    /// When the engine refuses, or a list of people does not read.
    pub fn releases_of(&mut self, person: PersonId, since: Instant) -> Result<Vec<ReleaseRow>, StoreError> {
        let values = [self.key(), Value::Id(person.0), Value::Integer(since.micros())];
        let connection = self.parts().0;
        let mut found = connection.all(OF_FEW, &values, ReleaseRow::read)?;
        connection.for_each(OF_BULK, &values, |row| {
            let Some(part) = row.optional_bytes(10)? else { return Ok(()) };
            if people(&part)?.contains(person) {
                found.push(ReleaseRow::read(row)?);
            }
            Ok(())
        })?;
        found.sort_by_key(|row| (row.at, row.act));
        Ok(found)
    }
}

impl Store {
    /// Indexes the acts that wait for it. Most often none does: that costs a read.
    ///
    /// # Errors
    /// When the engine refuses, or what an act left does not read.
    pub fn index_readings(&self, territory: Territory) -> Result<(), StoreError> {
        loop {
            let waiting = self.read(territory, |snapshot| waiting(snapshot.parts().0, territory))?;
            if waiting.is_empty() {
                return Ok(());
            }
            self.write(territory, |connection| {
                for act in waiting {
                    catch_up(connection, territory, act)?;
                }
                Ok(())
            })?;
        }
    }
}

fn waiting(connection: &mut Connection, territory: Territory) -> Result<Vec<ActId>, StoreError> {
    connection.all(
        "SELECT act_id FROM access_record WHERE is_indexed = 0 AND territory_id = ?1 LIMIT ?2",
        &[Value::Code(territory), Value::Integer(ACTS)],
        |row| row.id(0),
    )
}

/// Indexes an act that waited; what the record did not say then, its audit entry says, unless it was erased.
fn catch_up(connection: &mut Connection, territory: Territory, act: ActId) -> Result<(), StoreError> {
    let (key, id) = (Value::Code(territory), Value::Id(act.0));
    let found = connection.first(
        "SELECT record.act_id, record.at, record.actor, record.recipient, record.clauses, record.fields, record.people,
             record.what, record.kind, record.purposes, record.organisation_id, audit_entry.payload
         FROM access_record record LEFT JOIN audit_entry ON audit_entry.territory_id = record.territory_id
             AND audit_entry.act_id = record.act_id
         WHERE record.territory_id = ?1 AND record.act_id = ?2 AND record.is_indexed = 0",
        &[key, id],
        |row| Ok((DisclosureRow::read(row)?, row.optional_bytes(11)?)),
    )?;
    // Another has indexed it meanwhile.
    let Some((mut row, payload)) = found else { return Ok(()) };
    if row.kind.is_none()
        && let Some(entry) = payload.and_then(|payload| Entry::decode(&payload).ok())
    {
        row.kind = Some(entry.act.code().to_owned());
        row.purposes = entry.purpose.to_string();
    }
    connection.execute(
        "UPDATE access_record SET is_indexed = 1, kind = ?1, purposes = ?2
         WHERE territory_id = ?3 AND act_id = ?4 AND is_indexed = 0",
        &[Value::optional_text(row.kind.as_deref()), Value::Text(&row.purposes), key, id],
    )?;
    index(connection, territory, &row)
}

/// Indexes an act by its people.
pub(crate) fn index(
    connection: &mut Connection,
    territory: Territory,
    row: &DisclosureRow,
) -> Result<(), StoreError> {
    let block = people(&row.people)?;
    if block.len() > FEW {
        of_many(connection, territory, row, &block)
    } else {
        of_few(connection, territory, row, &block)
    }
}

fn of_few(
    connection: &mut Connection,
    territory: Territory,
    row: &DisclosureRow,
    block: &PeopleBlock,
) -> Result<(), StoreError> {
    let people: Vec<PersonId> = block.iter().collect();
    if let Connection::Postgres(session) = connection {
        let sql = "INSERT INTO access_person (territory_id, person_id, act_id)
                   SELECT ?1, person_id, ?2 FROM UNNEST(?3::uuid[]) AS person_id";
        let ids: Vec<Uuid> = people.iter().map(|person| person.0).collect();
        let statement = session.prepare(sql)?;
        session.client.execute(&statement, &[&territory.as_str(), &row.act.0, &ids])?;
        return Ok(());
    }
    let mut left = people.as_slice();
    for size in AT_ONCE {
        let rows: Vec<String> = (0..size).map(|place| format!("(?1, ?{}, ?2)", place + 3)).collect();
        let sql =
            format!("INSERT INTO access_person (territory_id, person_id, act_id) VALUES {}", rows.join(", "));
        while let Some((now, rest)) = left.split_at_checked(size) {
            let mut values = vec![Value::Code(territory), Value::Id(row.act.0)];
            values.extend(now.iter().map(|person| Value::Id(person.0)));
            connection.execute(&sql, &values)?;
            left = rest;
        }
    }
    Ok(())
}

fn of_many(
    connection: &mut Connection,
    territory: Territory,
    row: &DisclosureRow,
    block: &PeopleBlock,
) -> Result<(), StoreError> {
    let (key, act) = (Value::Code(territory), Value::Id(row.act.0));
    connection.execute(
        "INSERT INTO access_bulk (territory_id, act_id, at, actor, recipient, clauses, fields, what, kind, purposes,
             organisation_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            key,
            act,
            Value::Integer(row.at.micros()),
            Value::Text(&row.actor),
            Value::Text(&row.recipient),
            Value::Text(&row.clauses),
            Value::Bytes(&row.fields),
            Value::Text(&row.what),
            Value::optional_text(row.kind.as_deref()),
            Value::Text(&row.purposes),
            Value::optional(row.organisation.map(|organisation| organisation.0), Value::Id),
        ],
    )?;
    let mut people = block.iter();
    loop {
        let part: Vec<PersonId> = people.by_ref().take(PART).collect();
        let Some(first) = part.first() else { return Ok(()) };
        let first = Value::Id(first.0);
        let block = PeopleBlock::new(part.iter().copied());
        connection.execute(
            "INSERT INTO access_part (territory_id, act_id, first_person, people) VALUES (?1, ?2, ?3, ?4)",
            &[key, act, first, Value::Bytes(block.as_bytes())],
        )?;
    }
}

fn people(bytes: &[u8]) -> Result<PeopleBlock, StoreError> {
    PeopleBlock::from_bytes(bytes).map_err(|error| StoreError::Damaged(error.to_string()))
}
