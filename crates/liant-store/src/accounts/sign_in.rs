use liant_access::throttle::{self, History};
use liant_model::{Instant, Territory};

use super::rows;
use crate::connection::Connection;
use crate::value::Value;
use crate::{Store, StoreError};

/// A lane that a try counts in, with how it delays.
#[derive(Clone, Copy, Debug)]
pub struct Lane {
    /// Keyed hash of what the lane is of.
    pub key: [u8; 16],
    /// How it delays.
    pub rule: throttle::Lane,
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It counts, as a failure until it has succeeded, and may be made.
    Counted,
    /// It comes too soon: it does not count, and may be made from then on.
    TooSoon(Instant),
}

impl Store {
    /// Counts a try in its lanes *before* the password or code is looked at, so that a hundred tries at once are a hundred;
    /// or says until when to wait. `home` is any territory of the installation.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn count_try(&self, home: Territory, lanes: &[Lane], now: Instant) -> Result<Tried, StoreError> {
        let mut lanes = lanes.to_vec();
        // Everyone locks them in one order.
        lanes.sort_unstable_by_key(|lane| lane.key);
        // Whoever comes too soon costs a read, not a write.
        if let Some(until) = self.with(|connection| too_soon(connection, &lanes, now))? {
            return Ok(Tried::TooSoon(until));
        }
        self.write(home, |connection| {
            for lane in &lanes {
                // Makes the row, or locks it (PostgreSQL); on SQLite the writer is alone.
                connection.execute(
                    "INSERT INTO throttle (lane, failures, last_at) VALUES (?1, 0, ?2)
                     ON CONFLICT (lane) DO UPDATE SET failures = throttle.failures",
                    &[Value::Bytes(&lane.key), Value::Integer(now.micros())],
                )?;
            }
            if let Some(until) = too_soon(connection, &lanes, now)? {
                return Ok(Tried::TooSoon(until));
            }
            for lane in &lanes {
                let after = lane.rule.after_failure(history(connection, &lane.key)?, now);
                connection.execute(
                    "UPDATE throttle SET failures = ?1, last_at = ?2 WHERE lane = ?3",
                    &[
                        Value::Integer(i64::from(after.failures)),
                        Value::Integer(after.last.micros()),
                        Value::Bytes(&lane.key),
                    ],
                )?;
            }
            Ok(Tried::Counted)
        })
    }

    /// The failures in a row of a lane.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn failures(&self, lane: &[u8; 16]) -> Result<History, StoreError> {
        self.with(|connection| history(connection, lane))
    }
}

fn too_soon(
    connection: &mut Connection,
    lanes: &[Lane],
    now: Instant,
) -> Result<Option<Instant>, StoreError> {
    let mut until = None;
    for lane in lanes {
        until = until.max(lane.rule.open_at(history(connection, &lane.key)?, now));
    }
    Ok(until)
}

fn history(connection: &mut Connection, lane: &[u8; 16]) -> Result<History, StoreError> {
    let found = connection.first(
        "SELECT failures, last_at FROM throttle WHERE lane = ?1",
        &[Value::Bytes(lane)],
        rows::history,
    )?;
    Ok(found.unwrap_or_default())
}
