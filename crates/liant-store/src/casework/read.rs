//! What is read of someone's accompaniments, or of everyone's.

use std::collections::BTreeMap;

use liant_model::{IdentityId, Instant, OrganisationId, Party, PersonId};

use super::{
    CaseworkEventRow, CaseworkEvents, CaseworkHead, CaseworkPlace, CaseworkStage, CaseworkTie,
    NewCaseworkEvent, TieId, day, parsed,
};
use crate::StoreError;
use crate::snapshot::{Snapshot, source};
use crate::value::{Row, Value};

pub(super) const EVENT: &str =
    "casework_event.identity_id, casework_event.nth, casework_event.recorded_at, casework_event.recorded_by,
    casework_event.organisation_id, casework_event.about_id, casework_event.body, casework_event.party,
    casework_event.register";
pub(super) const HEAD: &str =
    "head.programme, head.version, head.stage, head.route, head.to_role, head.to_id, head.from_id,
    head.since_day, head.term_day, head.due_on, head.due_clock";
pub(super) const PLACE: &str =
    "place.place, place.programme, place.role, place.account_id, place.organisation_id, place.stage,
    place.since_day, place.entered_day, place.term_day, place.due_on";
/// The rows of a table that hang on the source identities of the person `?3`: `?1` is the territory, `?2` the pointer. Crossed, so that
/// SQLite goes from the person to her links, and from those to the rows.
pub(super) fn hers(table: &str, alias: &str) -> String {
    format!(
        "FROM member CROSS JOIN link CROSS JOIN {table} AS {alias}
         WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
             AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
             AND link.link_no = member.link_no AND link.ended_at IS NULL
             AND {alias}.territory_id = link.territory_id AND {alias}.identity_id = link.identity_id"
    )
}

pub(super) fn event(row: &Row<'_>) -> Result<CaseworkEventRow, StoreError> {
    Ok(CaseworkEventRow {
        identity: row.id(0)?,
        nth: row.integer(1)?,
        recorded_at: Instant::from_micros(row.integer(2)?),
        event: NewCaseworkEvent {
            recorded_by: row.text(3)?,
            organisation: row.optional_id(4)?,
            about: row.optional_id(5)?,
            body: row.text(6)?,
            party: Party::parse(row.borrowed_text(7)?)
                .map_err(|_| StoreError::Damaged("who recorded an event is of no party".to_owned()))?,
            register: source(row.borrowed_text(8)?)?,
        },
    })
}

/// The columns of [`HEAD`], from a place on.
pub(super) fn head(row: &Row<'_>, at: usize) -> Result<CaseworkHead, StoreError> {
    let version = row.integer(at + 1)?;
    Ok(CaseworkHead {
        programme: row.text(at)?,
        version: u32::try_from(version).map_err(|_| StoreError::Damaged("a version is none".to_owned()))?,
        stage: CaseworkStage::parse(row.borrowed_text(at + 2)?)?,
        route: row.text(at + 3)?,
        to_role: row.optional_text(at + 4)?,
        to: row.optional_id(at + 5)?,
        from: row.optional_id(at + 6)?,
        since: parsed(row.borrowed_text(at + 7)?)?,
        term: day(row, at + 8)?,
        due: day(row, at + 9)?.zip(row.optional_text(at + 10)?),
    })
}

/// The columns of [`PLACE`].
pub(super) fn place(row: &Row<'_>) -> Result<CaseworkPlace, StoreError> {
    Ok(CaseworkPlace {
        place: row.text(0)?,
        programme: row.text(1)?,
        role: row.text(2)?,
        account: row.id(3)?,
        organisation: row.optional_id(4)?,
        stage: CaseworkStage::parse(row.borrowed_text(5)?)?,
        since: parsed(row.borrowed_text(6)?)?,
        entered: day(row, 7)?,
        term: day(row, 8)?,
        due: day(row, 9)?,
    })
}

/// Puts the events of several carriers in the order in which they were recorded; those of one stay in theirs.
pub(super) fn in_order(mut rows: Vec<CaseworkEventRow>) -> CaseworkEvents {
    let mut latest: BTreeMap<IdentityId, Instant> = BTreeMap::new();
    let mut keyed: Vec<(Instant, CaseworkEventRow)> = rows
        .drain(..)
        .map(|row| {
            let at = latest.entry(row.identity).or_insert(row.recorded_at);
            *at = row.recorded_at.max(*at);
            (*at, row)
        })
        .collect();
    keyed.sort_by_key(|(at, _)| *at);
    CaseworkEvents(keyed.into_iter().map(|(_, row)| row).collect())
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The events of a person's path, in order.
    pub fn casework_of(&mut self, person: PersonId) -> Result<CaseworkEvents, StoreError> {
        let values = [self.key(), self.head()?, Value::Id(person.0)];
        let hers = hers("casework_event", "casework_event");
        let sql = format!("SELECT {EVENT} {hers} ORDER BY casework_event.identity_id, casework_event.nth");
        Ok(in_order(self.parts().0.all(&sql, &values, event)?))
    }

    /// The local service of someone's commune, as the directory has it; none when registers give communes of several.
    pub fn service_of(&mut self, person: PersonId) -> Result<Option<OrganisationId>, StoreError> {
        let key = self.key();
        let services = self.parts().0.all(
            "SELECT DISTINCT service FROM directory WHERE territory_id = ?1 AND person_id = ?2 AND service IS NOT NULL
             LIMIT 2",
            &[key, Value::Id(person.0)],
            |row| row.id(0),
        )?;
        Ok(if let [only] = services.as_slice() { Some(*only) } else { None })
    }

    /// The figures of a month as they were shown first, and when; none before.
    pub fn casework_published(
        &mut self,
        programme: &str,
        month: &str,
    ) -> Result<Option<(Instant, String)>, StoreError> {
        let key = self.key();
        self.parts().0.first(
            "SELECT made_at, body FROM casework_published WHERE territory_id = ?1 AND programme = ?2 AND month = ?3",
            &[key, Value::Text(programme), Value::Text(month)],
            |row| Ok((Instant::from_micros(row.integer(0)?), row.text(1)?)),
        )
    }

    /// Hands over the events of everyone who has any, person by person.
    pub fn casework_of_all(
        &mut self,
        mut each: impl FnMut(PersonId, CaseworkEvents) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let values = [self.key()];
        let sql = format!(
            "SELECT {EVENT}, link.person_id FROM casework_event
             JOIN link ON link.territory_id = casework_event.territory_id
                 AND link.identity_id = casework_event.identity_id AND link.ended_at IS NULL
             WHERE casework_event.territory_id = ?1
             ORDER BY link.person_id, casework_event.identity_id, casework_event.nth"
        );
        let mut hers: Option<(PersonId, Vec<CaseworkEventRow>)> = None;
        self.parts().0.for_each(&sql, &values, |row| {
            let (one, person) = (event(row)?, row.id::<PersonId>(9)?);
            match &mut hers {
                Some((same, rows)) if *same == person => rows.push(one),
                _ => {
                    if let Some((person, rows)) = hers.replace((person, vec![one])) {
                        each(person, in_order(rows))?;
                    }
                }
            }
            Ok(())
        })?;
        hers.map_or(Ok(()), |(person, rows)| each(person, in_order(rows)))
    }

    /// The followings and designations that places beside a person, and forms about her, began.
    pub fn casework_ties_of(&mut self, person: PersonId) -> Result<Vec<CaseworkTie>, StoreError> {
        let values = [self.key(), self.head()?, Value::Id(person.0)];
        let hers = hers("casework_tie", "tie");
        let sql = format!("SELECT tie.tie_id, tie.kind, tie.programme, tie.place {hers} ORDER BY tie.tie_id");
        self.parts().0.all(&sql, &values, |row| {
            let tie = match row.borrowed_text(1)? {
                "follow" => TieId::Follow(row.id(0)?),
                "designation" => TieId::Designation(row.id(0)?),
                _ => return Err(StoreError::Damaged("what a place began is of no kind".to_owned())),
            };
            Ok(CaseworkTie { tie, programme: row.text(2)?, place: row.optional_text(3)? })
        })
    }
}
