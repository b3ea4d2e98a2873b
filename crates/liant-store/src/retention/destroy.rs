//! What a run takes away, in bounded transactions.

use std::collections::BTreeSet;

use liant_audit::{Act, Entry};
use liant_convention::retention::{Fate, HeldVersion};
use liant_model::{BatchNo, IdentityId, Instant, PersonId, Territory};

use super::holdings::OWN;
use super::seen::{acted_upon, are_all, are_hers, is_recorded_upon};
use super::{Destroying, Part};
use crate::StoreError;
use crate::casework;
use crate::coded::{CodedBlock, CodedBlocks};
use crate::connection::{Connection, Kind};
use crate::directory;
use crate::erasure::{self, Erasing};
use crate::follow;
use crate::value::Value;

/// What of one source identity goes.
#[derive(Clone, Debug)]
pub struct Doomed {
    /// Whose.
    pub person: PersonId,
    /// Which source identity.
    pub identity: IdentityId,
    /// The versions of her blocks that are due.
    pub versions: Vec<HeldVersion>,
    /// Whether what the controller recorded about her is due.
    pub own: bool,
    /// Whether what hangs on it of her path is due, as all of her path then is.
    pub path: bool,
    /// What becomes of the rest.
    pub fate: Fate,
}

/// What hangs on rows of [`OWN`]: each table, that of its parent, and the column that both have.
const OF_OWN: [(&str, &str, &str); 7] = [
    ("rights_part", "rights_request", "request_id"),
    ("erasure", "rights_request", "request_id"),
    ("erasure_refusal", "rights_request", "request_id"),
    ("space_code", "space", "space_id"),
    ("space_recovery", "space", "space_id"),
    ("space_pending", "space", "space_id"),
    ("space_session", "space", "space_id"),
];

/// What a path is kept in.
const OF_PATH: [&str; 7] = [
    "liaison_form",
    "casework_head",
    "casework_place",
    "casework_alert",
    "casework_tie",
    "appointment_notice",
    "casework_event",
];

/// What finds access records by person: made from them, and gone with them.
const OF_ACCESS: [&str; 3] = ["access_person", "access_bulk", "access_part"];

/// When what goes was decided upon.
#[derive(Clone, Copy)]
struct Moment {
    looked_at: Instant,
    /// The last file that was published by then.
    head: BatchNo,
}

/// Rows that one transaction takes away at most.
const ROWS: i64 = 1_000;

/// Indexes by source identity of tables that have none. A run makes them when there is someone to take away, and takes them off
/// again: kept, they would slow each import.
const INDEXES: [(&str, &str, &str); 5] = [
    ("nir_entry_going", "nir_entry", "identity_id"),
    ("review_going", "review", "identity_id"),
    ("review_candidate_going", "review", "candidate_id"),
    ("look_up_going", "look_up", "identity_id"),
    ("own_record_going", "own_record", "identity_id"),
];

impl Destroying {
    /// Makes ready for people to be taken away.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn make_ready(&mut self) -> Result<(), StoreError> {
        self.write(|connection| {
            INDEXES.iter().try_for_each(|(index, table, column)| {
                connection
                    .batch(&format!("CREATE INDEX IF NOT EXISTS {index} ON {table} (territory_id, {column})"))
            })
        })
    }

    pub(super) fn clear_up(&mut self) -> Result<(), StoreError> {
        self.write(|connection| {
            INDEXES
                .iter()
                .try_for_each(|(index, _, _)| connection.batch(&format!("DROP INDEX IF EXISTS {index}")))
        })
    }

    /// Takes away what is doomed of a few people, with what went. What the controller recorded after `looked_at` about someone
    /// who stays was not decided upon, and stays.
    ///
    /// # Errors
    /// When the engine refuses, or the lock of the directory is not [held](Self::hold_directory).
    pub fn destroy(
        &mut self,
        doomed: &[Doomed],
        looked_at: Instant,
        parts: &[Part],
    ) -> Result<(), StoreError> {
        if self.directory.is_none() && !self.is_again {
            return Err(StoreError::Absent("lock of the directory"));
        }
        let (territory, is_again) = (self.territory, self.is_again);
        let at = Moment { looked_at, head: self.head };
        let people: BTreeSet<PersonId> = doomed.iter().map(|one| one.person).collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        self.write_with(parts, |connection| {
            // Who records something on a path now has done so before it is looked at, or finds it gone.
            for person in &people {
                casework::hold_path(connection, territory, *person)?;
            }
            if !is_again {
                directory::forget(connection, territory, &people)?;
                // Whom they were found to belong to since they were looked at shows them too.
                for one in doomed {
                    follow::due_by_identity(connection, territory, one.identity)?;
                }
            }
            let acted_upon = acted_upon(connection, territory, doomed, looked_at)?;
            doomed.iter().try_for_each(|one| {
                let stays = acted_upon.contains(&one.person);
                let spared = Doomed { path: one.path && !stays, ..one.clone() };
                let fate = if stays && one.fate == Fate::Goes { Fate::KeepsOwn } else { one.fate };
                take_away(connection, territory, &Doomed { fate, ..spared }, at)
            })
        })
    }

    /// Takes away what someone has erased, answers her request and keeps what is kept of it: all in one transaction.
    ///
    /// # Errors
    /// A conflict when the request has changed since it was looked at, or something was recorded about her that was not decided upon;
    /// when the engine refuses, or the lock of the directory is not [held](Self::hold_directory).
    pub fn erase(&mut self, doomed: &[Doomed], erasing: &Erasing, parts: &[Part]) -> Result<(), StoreError> {
        if self.directory.is_none() && !self.is_again {
            return Err(StoreError::Absent("lock of the directory"));
        }
        let (territory, is_again) = (self.territory, self.is_again);
        let at = Moment { looked_at: erasing.row.carried_at, head: self.head };
        let people: BTreeSet<PersonId> = doomed.iter().map(|one| one.person).collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        self.write_with(parts, |connection| {
            for person in &people {
                casework::hold_path(connection, territory, *person)?;
            }
            if !is_again {
                let is_as_seen = are_hers(connection, territory, doomed)?
                    && (!erasing.row.is_whole() || are_all(connection, territory, doomed)?)
                    && !is_recorded_upon(connection, territory, doomed, at.looked_at)?
                    && acted_upon(connection, territory, doomed, at.looked_at)?.is_empty();
                if !is_as_seen {
                    return Err(StoreError::Conflict { what: "what is held of the person" });
                }
                directory::forget(connection, territory, &people)?;
            }
            erasure::settle(connection, territory, (erasing, is_again))?;
            doomed.iter().try_for_each(|one| take_away(connection, territory, one, at))
        })
    }

    /// Takes away the records set aside of a file. Gives how many rows they had.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn destroy_rejects(&mut self, batch: BatchNo, part: &Part) -> Result<u64, StoreError> {
        let (key, batch) = (Value::Code(self.territory), Value::Integer(batch.0));
        self.in_steps(
            part,
            "SELECT record_no, CAST(0 AS BIGINT), '' FROM reject WHERE territory_id = ?1 AND batch_no = ?2 AND record_no > ?3
             ORDER BY record_no LIMIT ?4",
            (-1, &[key, batch]),
            |connection, record, _| {
                let values = [key, batch, Value::Integer(record)];
                connection.execute(
                    "DELETE FROM reject WHERE territory_id = ?1 AND batch_no = ?2 AND record_no = ?3",
                    &values,
                )
            },
        )
    }

    /// Takes away who was shown what, and who looked whom up and why, before a moment. Gives how many rows.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn destroy_access_log(&mut self, before: Instant, part: &Part) -> Result<u64, StoreError> {
        let mut rows = 0;
        for (table, id, at) in [
            ("access_record", "act_id", "at"),
            ("wider_search", "act_id", "at"),
            ("look_up", "look_up_id", "declared_at"),
            ("blocking", "blocking_id", "at"),
        ] {
            let sql = format!(
                "DELETE FROM {table} WHERE territory_id = ?1 AND {id} IN
                     (SELECT {id} FROM {table} WHERE territory_id = ?1 AND {at} < ?2 ORDER BY {id} LIMIT ?3)"
            );
            loop {
                let values =
                    [Value::Code(self.territory), Value::Integer(before.micros()), Value::Integer(ROWS)];
                let (territory, id) = (self.territory, self.id);
                let gone = self.write(|connection| {
                    for made_from in OF_ACCESS.iter().filter(|_| table == "access_record") {
                        let sql = format!(
                            "DELETE FROM {made_from} WHERE territory_id = ?1 AND act_id IN
                                 (SELECT act_id FROM access_record WHERE territory_id = ?1 AND at < ?2 ORDER BY act_id LIMIT ?3)"
                        );
                        connection.execute(&sql, &values)?;
                    }
                    let gone = connection.execute(&sql, &values)?;
                    let part = Part { items: gone, ..part.clone() };
                    if gone > 0 {
                        super::add_part(connection, (territory, id), &part)?;
                    }
                    Ok(gone)
                })?;
                rows += gone;
                if gone == 0 {
                    break;
                }
            }
        }
        Ok(rows)
    }

    /// Erases what entries of the log before a moment say: payload and salt. Their commitments stay, and the log still
    /// verifies. Entries that prove what the installation did, and are about nobody, stay whole. Gives how many.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn erase_entries(&mut self, before: Instant, part: &Part) -> Result<u64, StoreError> {
        let key = Value::Code(self.territory);
        self.in_steps(
            part,
            "SELECT seq, CAST(1 AS BIGINT), payload FROM audit_entry WHERE territory_id = ?1 AND at < ?2 AND seq > ?3
                 AND payload IS NOT NULL ORDER BY seq LIMIT ?4",
            (-1, &[key, Value::Integer(before.micros())]),
            |connection, seq, payload| {
                if payload.is_some_and(proves) {
                    return Ok(0);
                }
                connection.execute(
                    "UPDATE audit_entry SET salt = NULL, payload = NULL WHERE territory_id = ?1 AND seq = ?2",
                    &[key, Value::Integer(seq)],
                )
            },
        )
    }

    /// Walks rows by a number, so many in a transaction, and counts what `each` took away.
    fn in_steps(
        &mut self,
        part: &Part,
        find: &str,
        (mut after, values): (i64, &[Value<'_>; 2]),
        mut each: impl FnMut(&mut Connection, i64, Option<&[u8]>) -> Result<u64, StoreError>,
    ) -> Result<u64, StoreError> {
        let mut rows = 0;
        loop {
            let [key, of] = *values;
            let asked = [key, of, Value::Integer(after), Value::Integer(ROWS)];
            let found = self.connection.transaction(self.territory, Kind::Read, |connection| {
                connection.all(find, &asked, |row| {
                    let payload = if row.integer(1)? == 1 { row.optional_bytes(2)? } else { None };
                    Ok((row.integer(0)?, payload))
                })
            })?;
            let Some((last, _)) = found.last() else { return Ok(rows) };
            after = *last;
            let (territory, id) = (self.territory, self.id);
            rows += self.write(|connection| {
                let mut gone = 0;
                for (number, payload) in &found {
                    gone += each(connection, *number, payload.as_deref())?;
                }
                if gone > 0 {
                    super::add_part(connection, (territory, id), &Part { items: gone, ..part.clone() })?;
                }
                Ok(gone)
            })?;
        }
    }
}

/// Whether an entry proves what the installation did, and names nobody.
pub(super) fn proves(payload: &[u8]) -> bool {
    Entry::decode(payload).is_ok_and(|entry| {
        let kept = matches!(
            entry.act,
            Act::Destruction
                | Act::AuditErasure
                | Act::Checkpoint
                | Act::Convention
                | Act::Backup
                | Act::Restore
                | Act::KeyNew
                | Act::KeyRotate
        );
        kept && entry.people.is_empty()
    })
}

fn take_away(
    connection: &mut Connection,
    territory: Territory,
    doomed: &Doomed,
    at: Moment,
) -> Result<(), StoreError> {
    let whose = [Value::Code(territory), Value::Id(doomed.identity.0)];
    if doomed.own || doomed.fate == Fate::Goes {
        // Whoever stays keeps what was recorded since.
        let until = if doomed.fate == Fate::Goes { i64::MAX } else { at.looked_at.micros() };
        OWN.iter().try_for_each(|own| take_own(connection, *own, &whose, until))?;
        // What her rights closed goes once it is over, or with all that is held of her: it never ends by falling due.
        let [key, which] = whose;
        connection.execute(
            "DELETE FROM data_limit WHERE territory_id = ?1 AND identity_id = ?2 AND lifts_on <= ?3",
            &[key, which, Value::Day(at.looked_at.date())],
        )?;
    }
    if doomed.path {
        OF_PATH.iter().try_for_each(|table| delete(connection, table, &whose))?;
    }
    if doomed.fate == Fate::Stays {
        return take_versions(connection, territory, doomed);
    }
    for table in ["fact", "nir_entry", "event", "look_up", "own_record"] {
        delete(connection, table, &whose)?;
    }
    connection.execute(
        "DELETE FROM review WHERE territory_id = ?1 AND (identity_id = ?2 OR candidate_id = ?2)",
        &whose,
    )?;
    if doomed.fate == Fate::KeepsOwn {
        return blank(connection, territory, (doomed.identity, at.head));
    }
    delete(connection, "data_limit", &whose)?;
    let people = connection.all(
        "SELECT DISTINCT person_id FROM link WHERE territory_id = ?1 AND identity_id = ?2",
        &whose,
        |row| row.id::<PersonId>(0),
    )?;
    for person in &people {
        connection.execute(
            "DELETE FROM member WHERE territory_id = ?1 AND person_id = ?2 AND identity_id = ?3",
            &[Value::Code(territory), Value::Id(person.0), Value::Id(doomed.identity.0)],
        )?;
    }
    for table in ["link", "identity"] {
        delete(connection, table, &whose)?;
    }
    for person in &people {
        connection.execute(
            "DELETE FROM person WHERE territory_id = ?1 AND person_id = ?2 AND NOT EXISTS
                 (SELECT 1 FROM member WHERE member.territory_id = ?1 AND member.person_id = ?2)",
            &[Value::Code(territory), Value::Id(person.0)],
        )?;
    }
    Ok(())
}

/// Takes away what was recorded of a source identity in one of the tables of [`OWN`], with what hangs on it.
fn take_own(
    connection: &mut Connection,
    (table, recorded): (&str, &str),
    [key, which]: &[Value<'_>; 2],
    until: i64,
) -> Result<(), StoreError> {
    let values = [*key, *which, Value::Integer(until)];
    let of = format!("{table} WHERE territory_id = ?1 AND identity_id = ?2 AND {recorded} <= ?3");
    for (child, _, column) in OF_OWN.iter().filter(|(_, parent, _)| *parent == table) {
        connection.execute(
            &format!(
                "DELETE FROM {child} WHERE territory_id = ?1 AND {column} IN (SELECT {column} FROM {of})"
            ),
            &values,
        )?;
    }
    connection.execute(&format!("DELETE FROM {of}"), &values).map(drop)
}

fn delete(connection: &mut Connection, table: &str, whose: &[Value<'_>; 2]) -> Result<(), StoreError> {
    let sql = format!("DELETE FROM {table} WHERE territory_id = ?1 AND identity_id = ?2");
    connection.execute(&sql, whose).map(drop)
}

/// Makes of a source identity one of the controller's own, of whom no register says anything.
fn blank(
    connection: &mut Connection,
    territory: Territory,
    (identity, head): (IdentityId, BatchNo),
) -> Result<(), StoreError> {
    let departement = liant_model::Source::DEPARTEMENT;
    let own = Value::Text(departement.as_str());
    // Its own number is a key that no file has.
    let number = identity.to_string();
    let (key, which) = (Value::Code(territory), Value::Id(identity.0));
    connection.execute(
        "UPDATE identity SET source = ?1, own_key = ?2, to_batch = COALESCE(to_batch, ?3)
         WHERE territory_id = ?4 AND identity_id = ?5",
        &[own, Value::Text(&number), Value::Integer(head.0), key, which],
    )?;
    connection
        .execute(
            "UPDATE link SET source = ?1, score = NULL, evidence = NULL WHERE territory_id = ?2 AND identity_id = ?3",
            &[own, key, which],
        )
        .map(drop)
}

/// Takes some versions of blocks out of the rows that hold them.
fn take_versions(
    connection: &mut Connection,
    territory: Territory,
    doomed: &Doomed,
) -> Result<(), StoreError> {
    if doomed.versions.is_empty() {
        return Ok(());
    }
    let (key, which) = (Value::Code(territory), Value::Id(doomed.identity.0));
    let rows = connection.all(
        "SELECT from_batch, blocks FROM fact WHERE territory_id = ?1 AND identity_id = ?2 ORDER BY from_batch",
        &[key, which],
        |row| Ok((BatchNo(row.integer(0)?), row.bytes(1)?)),
    )?;
    // Blocks of which an older version stays: it must not hold again.
    let mut older = BTreeSet::new();
    for (batch, blocks) in &rows {
        let (mut left, mut touched) = (Vec::new(), false);
        for coded in CodedBlocks::of(blocks) {
            let coded = coded?;
            let of = |due: &&HeldVersion| due.from == *batch && due.block == coded.block;
            if doomed.versions.iter().any(|due| of(&due)) {
                touched = true;
                if older.contains(&(coded.block as u8)) {
                    let nothing =
                        CodedBlock { block: coded.block, content_hash: [0; 16], facts: &[], sealed: &[] };
                    nothing.write(&mut left);
                }
                if coded.block == liant_model::Block::Identity {
                    forget_numbers(connection, territory, (doomed.identity, *batch))?;
                }
            } else {
                if !coded.is_empty() {
                    older.insert(coded.block as u8);
                }
                coded.write(&mut left);
            }
        }
        if !touched {
            continue;
        }
        let at = [key, which, Value::Integer(batch.0)];
        connection.execute(
            "DELETE FROM event WHERE territory_id = ?1 AND identity_id = ?2 AND batch_no = ?3",
            &at,
        )?;
        if left.is_empty() {
            connection.execute(
                "DELETE FROM fact WHERE territory_id = ?1 AND identity_id = ?2 AND from_batch = ?3",
                &at,
            )?;
        } else {
            connection.execute(
                "UPDATE fact SET blocks = ?4 WHERE territory_id = ?1 AND identity_id = ?2 AND from_batch = ?3",
                &[key, which, Value::Integer(batch.0), Value::Bytes(&left)],
            )?;
        }
    }
    Ok(())
}

fn forget_numbers(
    connection: &mut Connection,
    territory: Territory,
    (identity, batch): (IdentityId, BatchNo),
) -> Result<(), StoreError> {
    connection
        .execute(
            "DELETE FROM nir_entry WHERE territory_id = ?1 AND identity_id = ?2 AND from_batch = ?3",
            &[Value::Code(territory), Value::Id(identity.0), Value::Integer(batch.0)],
        )
        .map(drop)
}
