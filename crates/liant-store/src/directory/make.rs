//! Writes the rows of the directory: everyone's, from nothing, or again those of people who are due.
//!
//! One at a time makes the directory of a territory. Each step is a short transaction, after those who wait to write, and
//! says in `directory_state` or `directory_due` how far it came: whoever comes after a death goes on there.

use std::collections::BTreeMap;

use liant_identity::Phrase;
use liant_model::{BatchNo, PersonId, Territory, Uuid};

use super::counted::raise_edition;
use super::replace::replace;
use super::write::{self, Column, Destination};
use super::{BatchChanges, DuePerson, EventRow, MadePerson, SourceMask, indexes};
use crate::connection::{Connection, Kind};
use crate::lock::{DirectoryLock, Gate};
use crate::value::Value;
use crate::{Store, StoreError};

/// Makes the directory of one territory, for as long as it holds the lock.
pub struct DirectoryMaker {
    connection: Connection,
    gate: Gate,
    territory: Territory,
    /// Words of the filling that wait to be written in their order.
    waiting: Vec<(Phrase, PersonId, SourceMask)>,
    /// The last person whose words wait.
    reached: Option<PersonId>,
    _lock: DirectoryLock,
}

/// Words that wait at most: an index filled in the order of its key is written once, and not again for each of its rows.
const WORDS_WAITING: usize = 1_500_000;
/// Rows that one transaction writes.
const ROWS_AT_ONCE: usize = 5_000;

impl Store {
    /// What makes the directory of a territory; none while another process does.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn directory_maker(&self, territory: Territory) -> Result<Option<DirectoryMaker>, StoreError> {
        let mut connection = Connection::open(self.address())?;
        let Some(lock) = DirectoryLock::take(self.address(), &mut connection, territory)? else {
            return Ok(None);
        };
        // What is written can be made again: its state is written after it, and never reaches the disk before it.
        match &mut connection {
            Connection::Postgres(session) => session.client.batch_execute("SET synchronous_commit = off")?,
            Connection::Sqlite(connection) => connection.execute_batch(
                "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -262144;",
            )?,
        }
        let gate = self.turnstile().gate()?;
        let waiting = Vec::new();
        Ok(Some(DirectoryMaker { connection, gate, territory, waiting, reached: None, _lock: lock }))
    }
}

/// A step of the filling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    made_to: BatchNo,
    filling: bool,
    filled_to: Option<PersonId>,
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl DirectoryMaker {
    fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Connection, Territory) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.gate.give_way()?;
        let territory = self.territory;
        self.connection.transaction(territory, Kind::Write, |connection| work(connection, territory))
    }

    fn state(&mut self) -> Result<Option<(State, String)>, StoreError> {
        let territory = self.territory;
        self.connection.transaction(territory, Kind::Read, |connection| {
            connection.first(
                "SELECT made_to, filling, basis, filled_to FROM directory_state WHERE territory_id = ?1",
                &[Value::Code(territory)],
                |row| {
                    let filled_to: Uuid = row.id(3)?;
                    let filled_to = (!filled_to.is_nil()).then_some(PersonId(filled_to));
                    let made_to = BatchNo(row.integer(0)?);
                    Ok((State { made_to, filling: row.integer(1)? == 1, filled_to }, row.text(2)?))
                },
            )
        })
    }

    fn set_state(&mut self, state: State, basis: &str) -> Result<(), StoreError> {
        self.write(|connection, territory| set_state(connection, territory, state, basis))
    }

    /// Sees to it that the directory is made on `basis`, which names the form of its rows and the fields they may be made
    /// of: one made on another is emptied, and filled anew. Gives whether it is being filled, and after whom it goes on.
    pub fn begin(&mut self, basis: &str) -> Result<Option<Option<PersonId>>, StoreError> {
        if let Some((state, known)) = self.state()?
            && known == basis
        {
            return Ok(state.filling.then_some(state.filled_to));
        }
        // Until it is empty it stands on nothing, so that a death on the way begins here again.
        let nothing = State { made_to: BatchNo(0), filling: true, filled_to: None };
        self.set_state(nothing, "")?;
        self.empty()?;
        self.write(|connection, territory| {
            let published = connection.first(
                "SELECT published FROM territory WHERE territory_id = ?1",
                &[Value::Code(territory)],
                |row| row.integer(0),
            )?;
            let made_to = BatchNo(published.unwrap_or(0));
            set_state(connection, territory, State { made_to, ..nothing }, basis)
        })?;
        Ok(Some(None))
    }

    /// Whether the directory is made on `basis`, and whole.
    pub fn is_made_on(&mut self, basis: &str) -> Result<bool, StoreError> {
        Ok(self.state()?.is_some_and(|(state, known)| known == basis && !state.filling))
    }

    /// Empties the tables. Those of one territory alone go at once, and indexes with them until they are filled; beside
    /// others a bounded range at a time, and the indexes stay.
    fn empty(&mut self) -> Result<(), StoreError> {
        const TABLES: [(&str, &str); 4] = [
            ("directory", "person_id"),
            ("directory_word", "word"),
            ("directory_profile", "profile"),
            ("directory_due", "person_id"),
        ];
        if self.is_alone()? {
            return self.write(|connection, _| {
                let way = if connection.is_postgres() { "TRUNCATE" } else { "DELETE FROM" };
                TABLES.iter().try_for_each(|(table, _)| connection.batch(&format!("{way} {table}")))?;
                indexes::prepare(connection)
            });
        }
        for (table, column) in TABLES {
            let sql = format!(
                "DELETE FROM {table} WHERE territory_id = ?1 AND {column} IN
                     (SELECT {column} FROM {table} WHERE territory_id = ?1 ORDER BY {column} LIMIT 5000)"
            );
            while self.write(|connection, key| connection.execute(&sql, &[Value::Code(key)]))? > 0 {}
        }
        Ok(())
    }

    /// Whether the store holds no other territory.
    fn is_alone(&mut self) -> Result<bool, StoreError> {
        let others = "SELECT territory_id FROM territory WHERE territory_id <> ?1 LIMIT 1";
        let other = self.connection.first(others, &[Value::Code(self.territory)], |row| row.text(0))?;
        Ok(other.is_none())
    }

    /// Writes the rows of everyone up to `last`, who come after those before. Their words are written later, many together
    /// and in order; only then is the place kept.
    pub fn fill(&mut self, people: &[MadePerson], last: PersonId) -> Result<(), StoreError> {
        for part in people.chunks(ROWS_AT_ONCE) {
            self.write(|connection, territory| {
                if let (Some(first), Some(last)) = (part.first(), part.last()) {
                    // A filling that died may have written them; their words are then written again.
                    connection.execute(
                        "DELETE FROM directory WHERE territory_id = ?1 AND person_id >= ?2 AND person_id <= ?3",
                        &[Value::Code(territory), Value::Id(first.person.0), Value::Id(last.person.0)],
                    )?;
                }
                let services = write::services(connection, territory)?;
                let profiles =
                    write::insert_rows(connection, territory, (&write::rows_of(part), &services))?;
                // They are counted at the end, whatever was written twice.
                let uncounted: BTreeMap<_, _> = profiles.into_keys().map(|profile| (profile, 0)).collect();
                write::add_profiles(connection, territory, &uncounted)
            })?;
        }
        for person in people {
            for (phrase, sources) in write::entries_of(person) {
                self.waiting.push((phrase, person.person, sources));
            }
        }
        self.reached = Some(last);
        if self.waiting.len() >= WORDS_WAITING { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable_by(|a, b| (&a.0.text, a.0.field, a.1).cmp(&(&b.0.text, b.0.field, b.1)));
        for part in waiting.chunks(ROWS_AT_ONCE) {
            self.write(|connection, territory| {
                write::insert_words(
                    connection,
                    territory,
                    part.iter().map(|(phrase, person, mask)| (phrase, *person, *mask)),
                )
            })?;
        }
        waiting.clear();
        self.waiting = waiting;
        let Some(reached) = self.reached else { return Ok(()) };
        self.write(|connection, territory| {
            connection.execute(
                "UPDATE directory_state SET filled_to = ?2 WHERE territory_id = ?1",
                &[Value::Code(territory), Value::Id(reached.0)],
            )
        })?;
        Ok(())
    }

    /// Ends the filling: makes the indexes and counts the profiles.
    pub fn end_filling(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.waiting = Vec::new();
        for index in indexes::all() {
            self.write(|connection, _| indexes::make(connection, &index))?;
        }
        self.write(|connection, territory| {
            connection.execute(
                "UPDATE directory_profile SET number = (SELECT COUNT(*) FROM directory
                     WHERE directory.territory_id = ?1 AND directory.profile = directory_profile.profile)
                 WHERE territory_id = ?1",
                &[Value::Code(territory)],
            )?;
            connection.execute(
                "UPDATE directory_state SET filling = 0 WHERE territory_id = ?1",
                &[Value::Code(territory)],
            )?;
            raise_edition(connection, territory)
        })?;
        self.tidy()
    }

    /// On PostgreSQL, says what the tables hold now, and which of their pages need no look for who may see them: an index is
    /// then enough for a count.
    pub fn tidy(&mut self) -> Result<(), StoreError> {
        if let Connection::Postgres(session) = &mut self.connection {
            for table in ["directory", "directory_word", "directory_profile"] {
                session.client.batch_execute(&format!("VACUUM (ANALYZE, TRUNCATE off) {table}"))?;
            }
        }
        Ok(())
    }

    /// The batches published whose changes are not noted yet, in order.
    pub fn batches_to_note(&mut self) -> Result<Vec<BatchNo>, StoreError> {
        let Some((state, _)) = self.state()? else { return Ok(Vec::new()) };
        let territory = self.territory;
        self.connection.transaction(territory, Kind::Read, |connection| {
            connection.all(
                "SELECT batch_no FROM batch JOIN territory ON territory.territory_id = batch.territory_id
                 WHERE batch.territory_id = ?1 AND batch_no > ?2 AND batch_no <= published AND state = 'published'
                 ORDER BY batch_no",
                &[Value::Code(territory), Value::Integer(state.made_to.0)],
                |row| row.integer(0).map(BatchNo),
            )
        })
    }

    /// Notes whom a batch concerns and what it did to them: their rows are then due.
    pub fn note(&mut self, changes: &BatchChanges, events: &[EventRow]) -> Result<(), StoreError> {
        for part in changes.people.chunks(ROWS_AT_ONCE) {
            self.write(|connection, territory| {
                let rows: Vec<Value<'_>> = part
                    .iter()
                    .flat_map(|person| [Value::Code(territory), Value::Id(person.0), Value::Integer(1)])
                    .collect();
                let columns = [("person_id", Column::Id), ("mark", Column::Integer)];
                let tail =
                    " ON CONFLICT (territory_id, person_id) DO UPDATE SET mark = directory_due.mark + 1";
                Destination::new("directory_due", &columns, tail).write(connection, &rows)
            })?;
        }
        let batch = changes.batch;
        for part in events.chunks(ROWS_AT_ONCE) {
            self.write(|connection, territory| {
                let rows: Vec<Value<'_>> = part
                    .iter()
                    .flat_map(|event| {
                        [
                            Value::Code(territory),
                            Value::Integer(batch.0),
                            Value::Id(event.identity.0),
                            Value::Text(event.kind.as_str()),
                            Value::Text(&changes.source),
                            Value::Text(&event.happened_on),
                            Value::Text(&changes.seen_on),
                        ]
                    })
                    .collect();
                let columns = [
                    ("batch_no", Column::Integer),
                    ("identity_id", Column::Id),
                    ("kind", Column::Text),
                    ("source", Column::Text),
                    ("happened_on", Column::Text),
                    ("seen_on", Column::Text),
                ];
                Destination::new("event", &columns, " ON CONFLICT DO NOTHING").write(connection, &rows)
            })?;
        }
        self.write(|connection, territory| {
            connection.execute(
                "UPDATE directory_state SET made_to = ?2 WHERE territory_id = ?1 AND made_to < ?2",
                &[Value::Code(territory), Value::Integer(batch.0)],
            )
        })?;
        Ok(())
    }

    /// Makes the rows of those who were due again; of whom nothing is given, none are left. Gives of how many they changed.
    pub fn remake(&mut self, due: &[DuePerson], people: &[MadePerson]) -> Result<usize, StoreError> {
        self.write(|connection, territory| replace(connection, territory, due, people))
    }
}

fn set_state(
    connection: &mut Connection,
    territory: Territory,
    state: State,
    basis: &str,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO directory_state (territory_id, made_to, filling, filled_to, basis) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (territory_id) DO UPDATE SET made_to = excluded.made_to, filling = excluded.filling,
             filled_to = excluded.filled_to, basis = excluded.basis",
        &[
            Value::Code(territory),
            Value::Integer(state.made_to.0),
            Value::Integer(i64::from(state.filling)),
            Value::Id(state.filled_to.map_or(Uuid::nil(), |person| person.0)),
            Value::Text(basis),
        ],
    )?;
    Ok(())
}

impl Drop for DirectoryMaker {
    /// Frees the lock at once: a server sees only after a while that a session has ended, and who comes next meanwhile would
    /// leave its people waiting.
    fn drop(&mut self) {
        if let Connection::Postgres(session) = &mut self.connection {
            let _ = session.client.batch_execute("SELECT pg_advisory_unlock_all()");
        }
    }
}

impl std::fmt::Debug for DirectoryMaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DirectoryMaker").field("territory", &self.territory).finish_non_exhaustive()
    }
}
