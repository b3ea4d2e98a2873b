//! How acts on accompaniments are written.

use std::collections::BTreeMap;

use liant_model::{IdentityId, PersonId, Territory};

use super::{
    CaseworkAlert, CaseworkChange, CaseworkHead, CaseworkHeads, CaseworkPlace, CaseworkTie, NewCaseworkEvent,
    TieId,
};
use crate::StoreError;
use crate::appointments;
use crate::connection::Connection;
use crate::value::Value;

const WHAT: &str = "the accompaniment";

impl CaseworkChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        match self {
            Self::Record { person, carrier, expected, events, heads, ties, notices, form } => {
                as_expected(connection, territory, *person, (*carrier, expected))?;
                let last = expected.get(carrier).copied().unwrap_or_default();
                for (nth, event) in (last + 1..).zip(events) {
                    insert(connection, (territory, at), (*carrier, nth), event)?;
                }
                form.iter().try_for_each(|form| form.insert(connection, territory, *carrier))?;
                ties.iter().try_for_each(|tie| insert_tie(connection, territory, *carrier, tie))?;
                let identities: Vec<_> = expected.keys().copied().chain([*carrier]).collect();
                appointments::make_again(connection, (territory, at), (*carrier, &identities), notices)?;
                make_again(connection, territory, (*carrier, &identities), heads)
            }
            Self::Heads { person, carrier, expected, identities, heads } => {
                as_expected(connection, territory, *person, (*carrier, expected))?;
                make_again(connection, territory, (*carrier, identities), heads)
            }
            Self::Alerts { person, carrier, expected, alerts } => {
                as_expected(connection, territory, *person, (*carrier, expected))?;
                alerts.iter().try_for_each(|alert| give(connection, (territory, at), *carrier, alert))
            }
            Self::Evidence(change) => change.apply(connection, (territory, at)),
            Self::Paper(change) => change.apply(connection, (territory, at)),
            Self::Publish { programme, month, body } => {
                let values = [
                    Value::Code(territory),
                    Value::Text(programme),
                    Value::Text(month),
                    Value::Integer(at),
                    Value::Text(body),
                ];
                let written = connection.execute(
                    "INSERT INTO casework_published (territory_id, programme, month, made_at, body)
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                    &values,
                )?;
                if written == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "the figures" }) }
            }
        }
    }
}

/// Refuses when the path is no longer the one that the act was decided upon, or its carrier is another person's. Until the end of the
/// transaction nobody else records anything on it, and no carrier of it becomes another person's: of two at once the second waits, and
/// then sees what the first did.
fn as_expected(
    connection: &mut Connection,
    territory: Territory,
    person: PersonId,
    (carrier, expected): (IdentityId, &BTreeMap<IdentityId, i64>),
) -> Result<(), StoreError> {
    let (key, who) = (Value::Code(territory), Value::Id(person.0));
    hold_path(connection, territory, person)?;
    let found: BTreeMap<IdentityId, i64> = connection
        .all(
            "SELECT link.identity_id, MAX(casework_event.nth) FROM member CROSS JOIN link CROSS JOIN casework_event
             WHERE member.territory_id = ?1 AND member.person_id = ?2
                 AND link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
                 AND casework_event.territory_id = link.territory_id
                 AND casework_event.identity_id = link.identity_id
             GROUP BY link.identity_id",
            &[key, who],
            |row| Ok((row.id(0)?, row.integer(1)?)),
        )?
        .into_iter()
        .collect();
    let hers = connection.first(
        "SELECT 1 FROM link WHERE territory_id = ?1 AND identity_id = ?2 AND person_id = ?3 AND ended_at IS NULL",
        &[key, Value::Id(carrier.0), who],
        |_| Ok(()),
    )?;
    if found == *expected && hers.is_some() { Ok(()) } else { Err(StoreError::Conflict { what: WHAT }) }
}

/// Holds someone's path: until the end of the transaction nobody else records anything on it, and no carrier of it becomes another
/// person's.
pub(crate) fn hold_path(
    connection: &mut Connection,
    territory: Territory,
    person: PersonId,
) -> Result<(), StoreError> {
    // SQLite has one writer at a time.
    if connection.is_postgres() {
        connection.all(
            "SELECT link.identity_id FROM member
             JOIN link ON link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no
             WHERE member.territory_id = ?1 AND member.person_id = ?2 AND link.ended_at IS NULL
             ORDER BY link.identity_id FOR NO KEY UPDATE OF link",
            &[Value::Code(territory), Value::Id(person.0)],
            |_| Ok(()),
        )?;
    }
    Ok(())
}

fn insert(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    (carrier, nth): (IdentityId, i64),
    event: &NewCaseworkEvent,
) -> Result<(), StoreError> {
    // Of two acts at once the second finds the place taken.
    let written = connection.execute(
        "INSERT INTO casework_event (territory_id, identity_id, nth, recorded_at, recorded_by, organisation_id, about_id, body,
             party, register)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
        &[
            Value::Code(territory),
            Value::Id(carrier.0),
            Value::Integer(nth),
            Value::Integer(at),
            Value::Text(&event.recorded_by),
            Value::optional(event.organisation.map(|one| one.0), Value::Id),
            Value::optional(event.about.map(|one| one.0), Value::Id),
            Value::Text(&event.body),
            Value::Text(event.party.as_str()),
            Value::Text(event.register.as_str()),
        ],
    )?;
    if written == 1 { Ok(()) } else { Err(StoreError::Conflict { what: WHAT }) }
}

fn insert_tie(
    connection: &mut Connection,
    territory: Territory,
    carrier: IdentityId,
    tie: &CaseworkTie,
) -> Result<(), StoreError> {
    let (kind, id) = match tie.tie {
        TieId::Follow(follow) => ("follow", follow.0),
        TieId::Designation(designation) => ("designation", designation.0),
    };
    connection
        .execute(
            "INSERT INTO casework_tie (territory_id, tie_id, identity_id, kind, programme, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            &[
                Value::Code(territory),
                Value::Id(id),
                Value::Id(carrier.0),
                Value::Text(kind),
                Value::Text(&tie.programme),
                Value::optional_text(tie.place.as_deref()),
            ],
        )
        .map(drop)
}

fn make_again(
    connection: &mut Connection,
    territory: Territory,
    (carrier, identities): (IdentityId, &[IdentityId]),
    heads: &CaseworkHeads,
) -> Result<(), StoreError> {
    for identity in identities {
        let whose = [Value::Code(territory), Value::Id(identity.0)];
        for table in ["casework_head", "casework_place"] {
            let sql = format!("DELETE FROM {table} WHERE territory_id = ?1 AND identity_id = ?2");
            connection.execute(&sql, &whose)?;
        }
    }
    for head in &heads.heads {
        insert_head(connection, territory, carrier, head)?;
    }
    for place in &heads.places {
        insert_place(connection, territory, carrier, place)?;
    }
    Ok(())
}

fn insert_head(
    connection: &mut Connection,
    territory: Territory,
    carrier: IdentityId,
    head: &CaseworkHead,
) -> Result<(), StoreError> {
    connection
        .execute(
            "INSERT INTO casework_head (territory_id, identity_id, programme, version, stage, route, to_role, to_id, from_id,
                 since_day, term_day, due_on, due_clock)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            &[
                Value::Code(territory),
                Value::Id(carrier.0),
                Value::Text(&head.programme),
                Value::Integer(i64::from(head.version)),
                Value::Text(head.stage.as_str()),
                Value::Text(&head.route),
                Value::optional_text(head.to_role.as_deref()),
                Value::optional(head.to.map(|one| one.0), Value::Id),
                Value::optional(head.from.map(|one| one.0), Value::Id),
                Value::Day(head.since),
                Value::optional(head.term, Value::Day),
                Value::optional(head.due.as_ref().map(|(day, _)| *day), Value::Day),
                Value::optional_text(head.due.as_ref().map(|(_, clock)| clock.as_str())),
            ],
        )
        .map(drop)
}

fn insert_place(
    connection: &mut Connection,
    territory: Territory,
    carrier: IdentityId,
    place: &CaseworkPlace,
) -> Result<(), StoreError> {
    connection
        .execute(
            "INSERT INTO casework_place (territory_id, identity_id, place, programme, role, account_id, organisation_id, stage,
                 since_day, entered_day, term_day, due_on)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            &[
                Value::Code(territory),
                Value::Id(carrier.0),
                Value::Text(&place.place),
                Value::Text(&place.programme),
                Value::Text(&place.role),
                Value::Id(place.account.0),
                Value::optional(place.organisation.map(|one| one.0), Value::Id),
                Value::Text(place.stage.as_str()),
                Value::Day(place.since),
                Value::optional(place.entered, Value::Day),
                Value::optional(place.term, Value::Day),
                Value::optional(place.due, Value::Day),
            ],
        )
        .map(drop)
}

fn give(
    connection: &mut Connection,
    (territory, at): (Territory, i64),
    carrier: IdentityId,
    alert: &CaseworkAlert,
) -> Result<(), StoreError> {
    let written = connection.execute(
        "INSERT INTO casework_alert (territory_id, identity_id, programme, clock, start_day, on_day, due_day, told, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
        &[
            Value::Code(territory),
            Value::Id(carrier.0),
            Value::Text(&alert.key.programme),
            Value::Text(&alert.key.clock),
            Value::Day(alert.key.start),
            Value::Day(alert.key.on),
            Value::Day(alert.due),
            Value::Text(&alert.told.join(" ")),
            Value::Integer(at),
        ],
    )?;
    if written == 1 { Ok(()) } else { Err(StoreError::Conflict { what: "the alert" }) }
}
