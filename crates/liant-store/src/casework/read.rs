//! What is read of accompaniments.

use std::collections::BTreeMap;

use liant_model::{Date, IdentityId, Instant, OrganisationId, Party, PersonId};

use super::{
    CaseworkAlert, CaseworkAlertKey, CaseworkEventRow, CaseworkEvents, CaseworkHead, CaseworkHeads,
    CaseworkLoad, CaseworkPlace, CaseworkRow, CaseworkScope, CaseworkStage, CaseworkTie, NewCaseworkEvent,
    TieId, day, parsed,
};
use crate::StoreError;
use crate::reach::body;
use crate::snapshot::{Snapshot, source};
use crate::value::{Row, Value};

const EVENT: &str =
    "casework_event.identity_id, casework_event.nth, casework_event.recorded_at, casework_event.recorded_by,
    casework_event.organisation_id, casework_event.about_id, casework_event.body, casework_event.party,
    casework_event.register";
const HEAD: &str =
    "head.programme, head.version, head.stage, head.route, head.to_role, head.to_id, head.from_id,
    head.since_day, head.term_day, head.due_on, head.due_clock";
const PLACE: &str =
    "place.place, place.programme, place.role, place.account_id, place.organisation_id, place.stage,
    place.since_day, place.entered_day, place.term_day, place.due_on";
/// The rows of a table that hang on the source identities of the person `?3`: `?1` is the territory, `?2` the pointer. Crossed, so that
/// SQLite goes from the person to her links, and from those to the rows.
fn hers(table: &str, alias: &str) -> String {
    format!(
        "FROM member CROSS JOIN link CROSS JOIN {table} AS {alias}
         WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
             AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
             AND link.link_no = member.link_no AND link.ended_at IS NULL
             AND {alias}.territory_id = link.territory_id AND {alias}.identity_id = link.identity_id"
    )
}

fn event(row: &Row<'_>) -> Result<CaseworkEventRow, StoreError> {
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
fn head(row: &Row<'_>, at: usize) -> Result<CaseworkHead, StoreError> {
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
fn place(row: &Row<'_>) -> Result<CaseworkPlace, StoreError> {
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

fn number(row: &Row<'_>, at: usize) -> Result<u32, StoreError> {
    Ok(u32::try_from(row.optional_integer(at)?.unwrap_or_default()).unwrap_or(u32::MAX))
}

/// Puts the events of several carriers in the order in which they were recorded; those of one stay in theirs.
fn in_order(mut rows: Vec<CaseworkEventRow>) -> CaseworkEvents {
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

/// What a scope has, as a table of source identities and programmes; its parameters stand from `next` on. Each part goes by an
/// index of its own.
fn within(scope: CaseworkScope, next: usize) -> (String, Vec<Value<'static>>) {
    let of = |table: &str, condition: &str| {
        format!("SELECT identity_id, programme FROM {table} WHERE territory_id = ?1 AND {condition}")
    };
    match scope {
        CaseworkScope::Caseload(account, organisation) => {
            let condition = format!("account_id = ?{next} AND organisation_id = ?{}", next + 1);
            let values = vec![Value::Id(account.0), Value::Id(organisation.0)];
            (of("casework_place", &condition).replace("SELECT", "SELECT DISTINCT"), values)
        }
        CaseworkScope::Service(organisation) => {
            let body = body(&format!("?{next}"));
            let parts = [
                of("casework_head", &format!("to_id IN {body}")),
                of("casework_head", &format!("from_id IN {body}")),
                of("casework_place", &format!("organisation_id IN {body}")),
            ];
            (parts.join(" UNION "), vec![Value::Id(organisation.0)])
        }
    }
}

/// Which heads are of a scope.
const OF_SCOPE: &str = "head.territory_id = ?1 AND head.identity_id = hers.identity_id
    AND head.programme = hers.programme";

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// The events of a person's path, in order.
    pub fn casework_of(&mut self, person: PersonId) -> Result<CaseworkEvents, StoreError> {
        let values = [self.key(), self.head(), Value::Id(person.0)];
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

    /// What is under way for a person, as it was last made, and what it hangs on.
    pub fn casework_heads_of(
        &mut self,
        person: PersonId,
    ) -> Result<(Vec<IdentityId>, CaseworkHeads), StoreError> {
        let values = [self.key(), self.head(), Value::Id(person.0)];
        let of = |table: &str, alias: &str, columns: &str, order: &str| {
            let hers = hers(table, alias);
            format!("SELECT {columns}, link.identity_id {hers} ORDER BY {alias}.{order}, link.identity_id")
        };
        let heads = of("casework_head", "head", HEAD, "programme");
        let heads = self.parts().0.all(&heads, &values, |row| Ok((row.id(11)?, head(row, 0)?)))?;
        let places = of("casework_place", "place", PLACE, "place");
        let places = self.parts().0.all(&places, &values, |row| Ok((row.id(10)?, place(row)?)))?;
        let mut identities: Vec<IdentityId> = heads
            .iter()
            .map(|(identity, _)| *identity)
            .chain(places.iter().map(|(identity, _)| *identity))
            .collect();
        identities.sort_unstable();
        identities.dedup();
        let mut heads = CaseworkHeads {
            heads: heads.into_iter().map(|(_, head)| head).collect(),
            places: places.into_iter().map(|(_, place)| place).collect(),
        };
        // Engines differ in how they order texts.
        heads.heads.sort_by(|one, other| one.programme.cmp(&other.programme));
        heads.places.sort_by(|one, other| one.place.cmp(&other.place));
        Ok((identities, heads))
    }

    /// The followings and designations that places beside a person, and forms about her, began.
    pub fn casework_ties_of(&mut self, person: PersonId) -> Result<Vec<CaseworkTie>, StoreError> {
        let values = [self.key(), self.head(), Value::Id(person.0)];
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

    /// The alerts that were given of a person, the latest first.
    pub fn casework_alerts_of(&mut self, person: PersonId) -> Result<Vec<CaseworkAlert>, StoreError> {
        let values = [self.key(), self.head(), Value::Id(person.0)];
        let hers = hers("casework_alert", "alert");
        let sql = format!(
            "SELECT alert.programme, alert.clock, alert.start_day, alert.on_day, alert.due_day, alert.told {hers}
             ORDER BY alert.on_day DESC, alert.clock"
        );
        self.parts().0.all(&sql, &values, |row| {
            Ok(CaseworkAlert {
                key: CaseworkAlertKey {
                    programme: row.text(0)?,
                    clock: row.text(1)?,
                    start: parsed(row.borrowed_text(2)?)?,
                    on: parsed(row.borrowed_text(3)?)?,
                },
                due: parsed(row.borrowed_text(4)?)?,
                told: row.borrowed_text(5)?.split_whitespace().map(str::to_owned).collect(),
            })
        })
    }

    /// Forms that wait in an organisation for people of a role, what is due first before the rest; a number of them, after
    /// so many.
    pub fn casework_inbox(
        &mut self,
        (organisation, role): (OrganisationId, &str),
        (skip, most): (usize, usize),
    ) -> Result<Vec<CaseworkRow>, StoreError> {
        let sql = format!(
            "SELECT link.person_id, {HEAD} FROM casework_head AS head CROSS JOIN link
             WHERE link.territory_id = head.territory_id AND link.identity_id = head.identity_id
                 AND link.ended_at IS NULL AND head.territory_id = ?1 AND head.to_id = ?2 AND head.to_role = ?3
                 AND head.stage IN ('relay', 'asked', 'sent')
             ORDER BY COALESCE(head.due_on, '9999-12-31'), head.identity_id LIMIT ?4 OFFSET ?5"
        );
        let values = [
            self.key(),
            Value::Id(organisation.0),
            Value::Text(role),
            Value::Integer(i64::try_from(most).unwrap_or(i64::MAX)),
            Value::Integer(i64::try_from(skip).unwrap_or(i64::MAX)),
        ];
        self.parts().0.all(&sql, &values, |row| Ok(CaseworkRow { person: row.id(0)?, head: head(row, 1)? }))
    }

    /// Forms that an organisation sent and that have led to no entry yet; a number of them, after so many.
    pub fn casework_sent(
        &mut self,
        organisation: OrganisationId,
        (skip, most): (usize, usize),
    ) -> Result<Vec<CaseworkRow>, StoreError> {
        let sql = format!(
            "SELECT link.person_id, {HEAD} FROM casework_head AS head CROSS JOIN link
             WHERE link.territory_id = head.territory_id AND link.identity_id = head.identity_id
                 AND link.ended_at IS NULL AND head.territory_id = ?1 AND head.from_id = ?2 AND head.stage IN ('relay', 'asked', 'sent')
             ORDER BY COALESCE(head.due_on, '9999-12-31'), head.identity_id LIMIT ?3 OFFSET ?4"
        );
        let values = [
            self.key(),
            Value::Id(organisation.0),
            Value::Integer(i64::try_from(most).unwrap_or(i64::MAX)),
            Value::Integer(i64::try_from(skip).unwrap_or(i64::MAX)),
        ];
        self.parts().0.all(&sql, &values, |row| Ok(CaseworkRow { person: row.id(0)?, head: head(row, 1)? }))
    }

    /// What is under way within a scope, due by a day when one is named; what is due first before the rest, what has no date last.
    pub fn casework_list(
        &mut self,
        scope: CaseworkScope,
        by: Option<Date>,
        (skip, most): (usize, usize),
    ) -> Result<Vec<CaseworkRow>, StoreError> {
        let number = |count: usize| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let mut values = vec![self.key(), number(most), number(skip)];
        let due = match by {
            Some(day) => {
                values.push(Value::Day(day));
                "AND head.due_on <= ?4"
            }
            None => "",
        };
        let (within, more) = within(scope, values.len() + 1);
        values.extend(more);
        let sql = format!(
            "SELECT link.person_id, {HEAD} FROM ({within}) AS hers CROSS JOIN casework_head AS head CROSS JOIN link
             WHERE {OF_SCOPE} {due}
                 AND link.territory_id = ?1 AND link.identity_id = head.identity_id AND link.ended_at IS NULL
             ORDER BY COALESCE(head.due_on, '9999-12-31'), head.identity_id, head.programme LIMIT ?2 OFFSET ?3"
        );
        self.parts().0.all(&sql, &values, |row| Ok(CaseworkRow { person: row.id(0)?, head: head(row, 1)? }))
    }

    /// What each professional holds in a programme, of an organisation and those under it or of the territory. The days are those
    /// by which ends are counted, twice, and that since which entries are.
    pub fn casework_loads(
        &mut self,
        programme: &str,
        organisation: Option<OrganisationId>,
        (four, twelve, since): (Date, Date, Date),
    ) -> Result<Vec<CaseworkLoad>, StoreError> {
        let mut values =
            vec![self.key(), Value::Text(programme), Value::Day(four), Value::Day(twelve), Value::Day(since)];
        let condition = match organisation {
            None => String::new(),
            Some(organisation) => {
                values.push(Value::Id(organisation.0));
                format!("AND place.organisation_id IN {}", body("?6"))
            }
        };
        let sum = |test: &str| format!("CAST(SUM(CASE WHEN {test} THEN 1 ELSE 0 END) AS BIGINT)");
        let sql = format!(
            "SELECT place.account_id, place.organisation_id, place.role, {}, {}, {}, {}, {}, MAX(place.since_day)
             FROM casework_place AS place WHERE place.territory_id = ?1 AND place.programme = ?2 {condition}
             GROUP BY place.account_id, place.organisation_id, place.role
             ORDER BY place.role, place.account_id",
            sum("place.stage = 'stay'"),
            sum("place.stage = 'suspended'"),
            sum("place.stage = 'stay' AND place.term_day <= ?3"),
            sum("place.stage = 'stay' AND place.term_day <= ?4"),
            sum("place.stage = 'stay' AND place.entered_day > ?5"),
        );
        self.parts().0.all(&sql, &values, |row| {
            Ok(CaseworkLoad {
                account: row.id(0)?,
                organisation: row.optional_id(1)?,
                role: row.text(2)?,
                people: number(row, 3)?,
                suspended: number(row, 4)?,
                ends: (number(row, 5)?, number(row, 6)?),
                entered: number(row, 7)?,
                last: day(row, 8)?,
            })
        })
    }
}
