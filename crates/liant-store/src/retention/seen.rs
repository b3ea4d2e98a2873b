//! Whether people are still as they were when it was decided what of them goes.

use std::collections::BTreeSet;

use liant_convention::retention::Fate;
use liant_model::{IdentityId, Instant, PersonId, Territory};

use super::Doomed;
use super::holdings::OWN;
use crate::StoreError;
use crate::connection::Connection;
use crate::value::Value;

/// Whether every one of these source identities is still found to be of the person that it was decided upon.
pub(super) fn are_hers(
    connection: &mut Connection,
    territory: Territory,
    doomed: &[Doomed],
) -> Result<bool, StoreError> {
    for one in doomed {
        let hers = connection.first(
            "SELECT 1 FROM link WHERE territory_id = ?1 AND identity_id = ?2 AND person_id = ?3 AND ended_at IS NULL",
            &[Value::Code(territory), Value::Id(one.identity.0), Value::Id(one.person.0)],
            |_| Ok(()),
        )?;
        if hers.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether these are all that each of these people is known by.
pub(super) fn are_all(
    connection: &mut Connection,
    territory: Territory,
    doomed: &[Doomed],
) -> Result<bool, StoreError> {
    let people: BTreeSet<PersonId> = doomed.iter().map(|one| one.person).collect();
    for person in people {
        let hers: Vec<IdentityId> = connection.all(
            "SELECT link.identity_id FROM member JOIN link ON link.territory_id = member.territory_id
                 AND link.identity_id = member.identity_id AND link.link_no = member.link_no AND link.ended_at IS NULL
             WHERE member.territory_id = ?1 AND member.person_id = ?2",
            &[Value::Code(territory), Value::Id(person.0)],
            |row| row.id(0),
        )?;
        if hers.iter().any(|one| doomed.iter().all(|doomed| doomed.identity != *one)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether anything of the controller's own hangs on source identities that go, and was not decided upon: recorded since it was looked
/// at, or at all where its own records stay.
pub(super) fn is_recorded_upon(
    connection: &mut Connection,
    territory: Territory,
    doomed: &[Doomed],
    looked_at: Instant,
) -> Result<bool, StoreError> {
    for one in doomed.iter().filter(|one| one.fate == Fate::Goes) {
        let since = if one.own { looked_at.micros() } else { i64::MIN };
        for (table, recorded) in OWN {
            let sql = format!(
                "SELECT 1 FROM {table} WHERE territory_id = ?1 AND identity_id = ?2 AND {recorded} > ?3 LIMIT 1"
            );
            let values = [Value::Code(territory), Value::Id(one.identity.0), Value::Integer(since)];
            if connection.first(&sql, &values, |_| Ok(()))?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Of those of whom something is due, whose path was recorded upon, or whose data a right of hers closed, since it was looked at: that
/// was not decided upon, and she stays whole.
pub(super) fn acted_upon(
    connection: &mut Connection,
    territory: Territory,
    doomed: &[Doomed],
    looked_at: Instant,
) -> Result<BTreeSet<PersonId>, StoreError> {
    let mut people = BTreeSet::new();
    for one in doomed {
        let since = connection.first(
            "SELECT 1 FROM casework_event WHERE territory_id = ?1 AND identity_id = ?2 AND recorded_at > ?3",
            &[Value::Code(territory), Value::Id(one.identity.0), Value::Integer(looked_at.micros())],
            |_| Ok(()),
        )?;
        let limited = connection.first(
            "SELECT 1 FROM data_limit WHERE territory_id = ?1 AND identity_id = ?2 AND set_at > ?3",
            &[Value::Code(territory), Value::Id(one.identity.0), Value::Integer(looked_at.micros())],
            |_| Ok(()),
        )?;
        if since.or(limited).is_some() {
            people.insert(one.person);
        }
    }
    Ok(people)
}
