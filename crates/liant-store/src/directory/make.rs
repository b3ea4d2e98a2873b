//! Writes the rows of the directory: everyone's, from nothing, or again those of people who are due.
//!
//! One at a time makes the directory of a territory. Each step is a short transaction, after those who wait to write, and
//! says in `directory_state` or `directory_due` how far it came: whoever comes after a death goes on there.

use std::collections::{BTreeMap, HashMap};

use liant_identity::Phrase;
use liant_model::{BatchNo, OrganisationId, PersonId, Territory, Uuid};

use super::words::{self, Entries};
use super::{BatchChanges, DuePerson, EventRow, MadePerson, SourceMask, code_of};
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

const COLUMNS: [&str; 22] = [
    "territory_id",
    "person_id",
    "form",
    "sources",
    "before",
    "standing",
    "sort_key",
    "birth_date",
    "commune",
    "service",
    "ft_stock",
    "registered_on",
    "category",
    "ceased_on",
    "radiated_on",
    "waiting_since",
    "nature",
    "oriented_on",
    "referent",
    "referent_organisation",
    "adviser",
    "found_by",
];

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

    /// Empties the tables, a bounded range at a time.
    fn empty(&mut self) -> Result<(), StoreError> {
        const ROUNDS: [&str; 3] = [
            "DELETE FROM directory WHERE territory_id = ?1 AND person_id IN
                 (SELECT person_id FROM directory WHERE territory_id = ?1 ORDER BY person_id LIMIT 5000)",
            "DELETE FROM directory_word WHERE territory_id = ?1 AND word IN
                 (SELECT word FROM directory_word WHERE territory_id = ?1 ORDER BY word LIMIT 5000)",
            "DELETE FROM directory_due WHERE territory_id = ?1 AND person_id IN
                 (SELECT person_id FROM directory_due WHERE territory_id = ?1 ORDER BY person_id LIMIT 5000)",
        ];
        for sql in ROUNDS {
            while self.write(|connection, territory| connection.execute(sql, &[Value::Code(territory)]))? > 0
            {
            }
        }
        Ok(())
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
                insert_rows(connection, territory, part)
            })?;
        }
        for person in people {
            for (phrase, sources) in entries_of(person) {
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
                insert_words(
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

    /// Ends the filling.
    pub fn end_filling(&mut self) -> Result<(), StoreError> {
        self.flush()?;
        self.waiting = Vec::new();
        self.write(|connection, territory| {
            connection.execute(
                "UPDATE directory_state SET filling = 0 WHERE territory_id = ?1",
                &[Value::Code(territory)],
            )
        })?;
        if let Connection::Postgres(session) = &mut self.connection {
            // What its planner knows of the tables comes from when they were empty.
            session.client.batch_execute("ANALYZE directory; ANALYZE directory_word")?;
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
                let head = "INSERT INTO directory_due (territory_id, person_id, mark) VALUES ";
                let tail =
                    " ON CONFLICT (territory_id, person_id) DO UPDATE SET mark = directory_due.mark + 1";
                insert_many(connection, (head, 3, tail), &rows)
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
                let head = "INSERT INTO event (territory_id, batch_no, identity_id, kind, source, happened_on, seen_on) VALUES ";
                insert_many(connection, (head, 7, " ON CONFLICT DO NOTHING"), &rows)
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

    /// Makes the rows of those who were due again; of whom nothing is given, none are left.
    pub fn remake(&mut self, due: &[DuePerson], people: &[MadePerson]) -> Result<(), StoreError> {
        let made: HashMap<PersonId, &MadePerson> = people.iter().map(|made| (made.person, made)).collect();
        self.write(|connection, territory| {
            let ids: Vec<PersonId> = due.iter().map(|due| due.person).collect();
            let before = entries_before(connection, territory, &ids)?;
            let none = Entries::new();
            let (mut gone, mut come) = (Vec::new(), Vec::new());
            let now: Vec<(PersonId, Entries)> = ids
                .iter()
                .map(|person| (*person, made.get(person).map(|made| entries_of(made)).unwrap_or_default()))
                .collect();
            for (person, now) in &now {
                let before = before.get(person).unwrap_or(&none);
                gone.extend(before.keys().filter(|phrase| !now.contains_key(*phrase)).map(|phrase| (phrase, *person)));
                let new = now.iter().filter(|(phrase, mask)| before.get(*phrase) != Some(*mask));
                come.extend(new.map(|(phrase, mask)| (phrase, *person, *mask)));
            }
            for (phrase, person) in gone {
                connection.execute(
                    "DELETE FROM directory_word WHERE territory_id = ?1 AND word = ?2 AND field = ?3 AND person_id = ?4",
                    &[
                        Value::Code(territory),
                        Value::Text(&phrase.text),
                        Value::Integer(i64::from(phrase.field)),
                        Value::Id(person.0),
                    ],
                )?;
            }
            insert_words(connection, territory, come.into_iter())?;
            for person in &ids {
                connection.execute(
                    "DELETE FROM directory WHERE territory_id = ?1 AND person_id = ?2",
                    &[Value::Code(territory), Value::Id(person.0)],
                )?;
            }
            insert_rows(connection, territory, people)?;
            for due in due {
                connection.execute(
                    "DELETE FROM directory_due WHERE territory_id = ?1 AND person_id = ?2 AND mark = ?3",
                    &[Value::Code(territory), Value::Id(due.person.0), Value::Integer(due.mark)],
                )?;
            }
            Ok(())
        })
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

fn entries_of(person: &MadePerson) -> Entries {
    let mut entries = Entries::new();
    for (mask, record) in person.forms.iter().flat_map(|form| &form.found_by) {
        words::add(&mut entries, *mask, record);
    }
    entries
}

/// What the index of words holds of these people.
fn entries_before(
    connection: &mut Connection,
    territory: Territory,
    people: &[PersonId],
) -> Result<BTreeMap<PersonId, Entries>, StoreError> {
    let mut before: BTreeMap<PersonId, Entries> = BTreeMap::new();
    for person in people {
        connection.for_each(
            "SELECT found_by FROM directory WHERE territory_id = ?1 AND person_id = ?2",
            &[Value::Code(territory), Value::Id(person.0)],
            |row| words::add_text(before.entry(*person).or_default(), row.borrowed_text(0)?),
        )?;
    }
    Ok(before)
}

fn insert_words<'p>(
    connection: &mut Connection,
    territory: Territory,
    words: impl Iterator<Item = (&'p Phrase, PersonId, SourceMask)>,
) -> Result<(), StoreError> {
    let rows: Vec<Value<'_>> = words
        .flat_map(|(phrase, person, mask)| {
            [
                Value::Code(territory),
                Value::Text(&phrase.text),
                Value::Integer(i64::from(phrase.field)),
                Value::Id(person.0),
                Value::Integer(mask.0),
            ]
        })
        .collect();
    let head = "INSERT INTO directory_word (territory_id, word, field, person_id, sources) VALUES ";
    let tail = " ON CONFLICT (territory_id, word, field, person_id) DO UPDATE SET sources = excluded.sources";
    insert_many(connection, (head, 5, tail), &rows)
}

fn insert_rows(
    connection: &mut Connection,
    territory: Territory,
    people: &[MadePerson],
) -> Result<(), StoreError> {
    let services: HashMap<String, OrganisationId> = connection
        .all(
            "SELECT commune, organisation_id FROM service_commune WHERE territory_id = ?1",
            &[Value::Code(territory)],
            |row| Ok((row.text(0)?, row.id(1)?)),
        )?
        .into_iter()
        .collect();
    // Texts that the rows lend.
    let texts: Vec<(String, String)> = people
        .iter()
        .flat_map(|person| &person.forms)
        .map(|form| {
            let key = form.found_by.first().map(|(_, record)| record.sort_key()).unwrap_or_default();
            (key, words::to_text(form))
        })
        .collect();
    let mut texts = texts.iter();
    let mut rows: Vec<Value<'_>> = Vec::with_capacity(people.len() * COLUMNS.len());
    for person in people {
        let at = &person.situation;
        let mut before = SourceMask::NONE;
        for form in &person.forms {
            let Some((sort_key, found_by)) = texts.next() else { continue };
            let born = form.found_by.first().map_or("", |(_, record)| record.birth_date());
            rows.extend([
                Value::Code(territory),
                Value::Id(person.person.0),
                Value::Integer(form.sources.first()),
                Value::Integer(form.sources.0),
                Value::Integer(before.0),
                Value::Integer(code_of(person.standing)),
                Value::Text(sort_key),
                Value::Text(born),
                Value::Text(&form.commune),
                Value::optional(services.get(&form.commune), |service| Value::Id(service.0)),
                Value::Integer(at.ft_stock as i64),
                Value::Text(&at.registered_on),
                Value::Text(&at.category),
                Value::Text(&at.ceased_on),
                Value::Text(&at.radiated_on),
                Value::Text(&at.waiting_since),
                Value::Text(&at.nature),
                Value::Text(&at.oriented_on),
                Value::optional(at.referent, |(account, _)| Value::Id(account.0)),
                Value::optional(at.referent, |(_, organisation)| Value::Id(organisation.0)),
                Value::optional(at.adviser, |account| Value::Id(account.0)),
                Value::Text(found_by),
            ]);
            before = before.union(form.sources);
        }
    }
    let head = format!("INSERT INTO directory ({}) VALUES ", COLUMNS.join(", "));
    insert_many(connection, (&head, COLUMNS.len(), ""), &rows)
}

/// Rows that one statement writes.
const ROWS_A_STATEMENT: usize = 50;

/// Writes rows, `width` values each, many a statement.
fn insert_many(
    connection: &mut Connection,
    (head, width, tail): (&str, usize, &str),
    values: &[Value<'_>],
) -> Result<(), StoreError> {
    let sql = |rows: usize| {
        let mut sql = head.to_owned();
        for row in 0..rows {
            let places: Vec<String> = (1..=width).map(|place| format!("?{}", row * width + place)).collect();
            sql.push_str(if row == 0 { "(" } else { ", (" });
            sql.push_str(&places.join(", "));
            sql.push(')');
        }
        sql.push_str(tail);
        sql
    };
    let many = values.chunks_exact(width * ROWS_A_STATEMENT);
    let few = many.remainder();
    let text = sql(ROWS_A_STATEMENT);
    many.into_iter().try_for_each(|part| connection.execute(&text, part).map(drop))?;
    let text = sql(1);
    few.chunks(width).try_for_each(|part| connection.execute(&text, part).map(drop))
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
