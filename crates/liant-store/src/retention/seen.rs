//! Whether people are still as they were when it was decided what of them goes.

use std::collections::BTreeSet;

use liant_model::{Instant, PersonId, Territory};

use super::Doomed;
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
