//! Rows of the directory on their way into its tables: many a statement on SQLite, whole columns on PostgreSQL.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use liant_identity::Phrase;
use liant_model::{OrganisationId, PersonId, Territory, Uuid};
use postgres::types::ToSql;

use super::counted::raise_edition;
use super::profile::Profile;
use super::words::{self, Entries};
use super::{DuePerson, HAPPENINGS, MadePerson, SourceMask};
use crate::StoreError;
use crate::connection::{Connection, PostgresSession};
use crate::value::Value;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Text,
    Id,
    Integer,
}

use Column::{Id, Integer, Text};

/// Where rows go; every table begins with the territory.
pub(super) struct Destination {
    table: &'static str,
    columns: Vec<(&'static str, Column)>,
    /// What is done with a row that is there.
    tail: &'static str,
}

impl Destination {
    pub(super) fn new(table: &'static str, columns: &[(&'static str, Column)], tail: &'static str) -> Self {
        let territory = [("territory_id", Text)];
        Self { table, columns: territory.into_iter().chain(columns.iter().copied()).collect(), tail }
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// Writes rows, a value a column each.
    pub(super) fn write(&self, connection: &mut Connection, values: &[Value<'_>]) -> Result<(), StoreError> {
        match connection {
            Connection::Postgres(_) if values.is_empty() => Ok(()),
            Connection::Postgres(session) => self.write_columns(session, values),
            Connection::Sqlite(_) => self.write_rows(connection, values),
        }
    }

    fn write_rows(&self, connection: &mut Connection, values: &[Value<'_>]) -> Result<(), StoreError> {
        let width = self.columns.len();
        let sql = |rows: usize| {
            let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, self.names());
            for row in 0..rows {
                let places: Vec<String> =
                    (1..=width).map(|place| format!("?{}", row * width + place)).collect();
                sql.extend([if row == 0 { "(" } else { ", (" }, &places.join(", "), ")"]);
            }
            sql + self.tail
        };
        let many = values.chunks_exact(width * ROWS_A_STATEMENT);
        let few = many.remainder();
        let text = sql(ROWS_A_STATEMENT);
        many.into_iter().try_for_each(|part| connection.execute(&text, part).map(drop))?;
        let text = sql(1);
        few.chunks(width).try_for_each(|part| connection.execute(&text, part).map(drop))
    }

    fn write_columns(&self, session: &mut PostgresSession, values: &[Value<'_>]) -> Result<(), StoreError> {
        let width = self.columns.len();
        let casts: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, (_, column))| {
                let of = match column {
                    Text => "text",
                    Id => "uuid",
                    Integer => "bigint",
                };
                format!("?{}::{of}[]", place + 1)
            })
            .collect();
        let sql = format!(
            "INSERT INTO {} ({}) SELECT * FROM UNNEST({}){}",
            self.table,
            self.names(),
            casts.join(", "),
            self.tail
        );
        let columns: Vec<Box<dyn ToSql + Sync + '_>> = self
            .columns
            .iter()
            .enumerate()
            .map(|(place, (_, column))| -> Box<dyn ToSql + Sync + '_> {
                let cells = values.iter().skip(place).step_by(width);
                match column {
                    Text => Box::new(cells.map(text_of).collect::<Vec<_>>()),
                    Id => Box::new(cells.map(id_of).collect::<Vec<_>>()),
                    Integer => Box::new(cells.map(integer_of).collect::<Vec<_>>()),
                }
            })
            .collect();
        let columns: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| &**column as _).collect();
        let statement = session.prepare(&sql)?;
        session.client.execute(&statement, &columns)?;
        Ok(())
    }
}

/// Rows that one statement writes.
pub(super) const ROWS_A_STATEMENT: usize = 50;

fn text_of<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::Text(text) => Some(text),
        Value::Code(territory) => Some(territory.as_str()),
        _ => None,
    }
}

fn id_of(value: &Value<'_>) -> Option<Uuid> {
    if let Value::Id(id) = value { Some(*id) } else { None }
}

fn integer_of(value: &Value<'_>) -> Option<i64> {
    if let Value::Integer(number) = value { Some(*number) } else { None }
}

/// Runs a statement for people, many at once: `{people}` is where their places go, which follow `values`.
pub(super) fn for_people<'v>(
    people: &[PersonId],
    sql: &str,
    values: &[Value<'v>],
    mut run: impl FnMut(&str, &[Value<'v>]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let places: Vec<String> = (1..=ROWS_A_STATEMENT).map(|no| format!("?{}", values.len() + no)).collect();
    let sql = sql.replace("{people}", &places.join(", "));
    for part in people.chunks(ROWS_A_STATEMENT) {
        let mut all = values.to_vec();
        all.extend(part.iter().map(|person| Value::Id(person.0)));
        // The same statement serves fewer people: the first is named again.
        let filler = part.first().map_or(Value::Null, |person| Value::Id(person.0));
        all.resize(values.len() + ROWS_A_STATEMENT, filler);
        run(&sql, &all)?;
    }
    Ok(())
}

/// The phrases of someone.
pub(super) fn entries_of(person: &MadePerson) -> Entries {
    let mut entries = Entries::new();
    for (mask, record) in person.forms.iter().flat_map(|form| &form.found_by) {
        words::add(&mut entries, *mask, record);
    }
    entries
}

pub(super) fn insert_words<'p>(
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
    let columns = [("word", Text), ("field", Integer), ("person_id", Id), ("sources", Integer)];
    let tail = " ON CONFLICT (territory_id, word, field, person_id) DO UPDATE SET sources = excluded.sources";
    Destination::new("directory_word", &columns, tail).write(connection, &rows)
}

/// A row of the directory, with the texts that it is written from.
struct FormRow<'a> {
    person: &'a MadePerson,
    place: usize,
    profile: Profile,
    name: String,
    sort_key: String,
    found_by: String,
}

/// The rows of people, each in order.
fn rows_of(people: &[MadePerson]) -> Vec<FormRow<'_>> {
    let mut rows = Vec::with_capacity(people.len());
    for person in people {
        let at = &person.situation;
        let mut before = SourceMask::NONE;
        for (place, form) in person.forms.iter().enumerate() {
            let profile = Profile::new(
                person.standing,
                (form.sources, before),
                (at.ft_stock, at.referent.is_none()),
                (&at.nature, &at.category),
            );
            let sort_key = form.found_by.first().map(|(_, record)| record.sort_key()).unwrap_or_default();
            let (name, found_by) = (profile.name(), words::to_text(form));
            rows.push(FormRow { person, place, profile, name, sort_key, found_by });
            before = before.union(form.sources);
        }
    }
    rows
}

/// Writes the rows of people; gives how many came of each profile.
pub(super) fn insert_rows(
    connection: &mut Connection,
    territory: Territory,
    people: &[MadePerson],
) -> Result<BTreeMap<Profile, i64>, StoreError> {
    let services: HashMap<String, OrganisationId> = connection
        .all(
            "SELECT commune, organisation_id FROM service_commune WHERE territory_id = ?1",
            &[Value::Code(territory)],
            |row| Ok((row.text(0)?, row.id(1)?)),
        )?
        .into_iter()
        .collect();
    let rows = rows_of(people);
    let mut profiles: BTreeMap<Profile, i64> = BTreeMap::new();
    let mut values: Vec<Value<'_>> = Vec::with_capacity(rows.len() * (11 + HAPPENINGS.len()));
    for row in &rows {
        let Some(form) = row.person.forms.get(row.place) else { continue };
        let at = &row.person.situation;
        *profiles.entry(row.profile.clone()).or_default() += 1;
        values.extend([
            Value::Code(territory),
            Value::Id(row.person.person.0),
            Value::Integer(form.sources.first()),
            Value::Text(&row.name),
            Value::Text(&row.sort_key),
            Value::Text(form.found_by.first().map_or("", |(_, record)| record.birth_date())),
            Value::Text(&form.commune),
            Value::optional(services.get(&form.commune), |service| Value::Id(service.0)),
            Value::Text(&at.registered_on),
            Value::Text(&at.waiting_since),
            Value::optional(at.referent, |account| Value::Id(account.0)),
            Value::Text(&row.found_by),
        ]);
        values.extend(at.happened.each().map(Value::optional_text));
    }
    let mut columns = vec![
        ("person_id", Id),
        ("form", Integer),
        ("profile", Text),
        ("sort_key", Text),
        ("birth_date", Text),
        ("commune", Text),
        ("service", Id),
        ("registered_on", Text),
        ("waiting_since", Text),
        ("referent", Id),
        ("found_by", Text),
    ];
    columns.extend(HAPPENINGS.iter().map(|(_, _, column)| (*column, Text)));
    Destination::new("directory", &columns, "").write(connection, &values)?;
    Ok(profiles)
}

/// Sees to it that profiles are there, and adds to their numbers.
pub(super) fn add_profiles(
    connection: &mut Connection,
    territory: Territory,
    profiles: &BTreeMap<Profile, i64>,
) -> Result<(), StoreError> {
    let named: Vec<(String, &Profile, i64)> =
        profiles.iter().map(|(profile, number)| (profile.name(), profile, *number)).collect();
    let values: Vec<Value<'_>> = named
        .iter()
        .flat_map(|(name, profile, number)| {
            [
                Value::Code(territory),
                Value::Text(name),
                Value::Integer(profile.standing),
                Value::Integer(profile.sources),
                Value::Integer(profile.before),
                Value::Integer(profile.ft_stock),
                Value::Integer(profile.alone),
                Value::Text(&profile.nature),
                Value::Text(&profile.category),
                Value::Integer(*number),
            ]
        })
        .collect();
    let columns = [
        ("profile", Text),
        ("standing", Integer),
        ("sources", Integer),
        ("before", Integer),
        ("ft_stock", Integer),
        ("alone", Integer),
        ("nature", Text),
        ("category", Text),
        ("number", Integer),
    ];
    let tail = " ON CONFLICT (territory_id, profile) DO UPDATE SET number = directory_profile.number + excluded.number";
    Destination::new("directory_profile", &columns, tail).write(connection, &values)
}

/// What the directory held of people before they are made again.
struct Before {
    entries: BTreeMap<PersonId, Entries>,
    /// The names of the profiles of their rows, and how many rows each.
    profiles: BTreeMap<String, i64>,
}

fn before(
    connection: &mut Connection,
    territory: Territory,
    people: &[PersonId],
) -> Result<Before, StoreError> {
    let mut before = Before { entries: BTreeMap::new(), profiles: BTreeMap::new() };
    let sql = "SELECT person_id, profile, found_by FROM directory WHERE territory_id = ?1 AND person_id IN ({people})";
    for_people(people, sql, &[Value::Code(territory)], |sql, values| {
        connection.for_each(sql, values, |row| {
            *before.profiles.entry(row.text(1)?).or_default() += 1;
            words::add_text(before.entries.entry(row.id(0)?).or_default(), row.borrowed_text(2)?)
        })
    })?;
    Ok(before)
}

/// Takes the rows of those who are due away and writes those that are given, in the transaction of the caller.
pub(super) fn replace(
    connection: &mut Connection,
    territory: Territory,
    due: &[DuePerson],
    people: &[MadePerson],
) -> Result<(), StoreError> {
    let key = Value::Code(territory);
    let made: HashMap<PersonId, &MadePerson> = people.iter().map(|made| (made.person, made)).collect();
    let ids: Vec<PersonId> = due.iter().map(|due| due.person).collect();
    let before = before(connection, territory, &ids)?;
    replace_words(connection, territory, (&ids, &before.entries), &made)?;
    let sql = "DELETE FROM directory WHERE territory_id = ?1 AND person_id IN ({people})";
    for_people(&ids, sql, &[key], |sql, values| connection.execute(sql, values).map(drop))?;
    for (name, number) in &before.profiles {
        connection.execute(
            "UPDATE directory_profile SET number = number - ?3 WHERE territory_id = ?1 AND profile = ?2",
            &[key, Value::Text(name), Value::Integer(*number)],
        )?;
    }
    let profiles = insert_rows(connection, territory, people)?;
    add_profiles(connection, territory, &profiles)?;
    // Who became due again meanwhile has another mark, and stays.
    for mark in due.iter().map(|due| due.mark).collect::<BTreeSet<i64>>() {
        let whose: Vec<PersonId> = due.iter().filter(|due| due.mark == mark).map(|due| due.person).collect();
        let sql =
            "DELETE FROM directory_due WHERE territory_id = ?1 AND mark = ?2 AND person_id IN ({people})";
        for_people(&whose, sql, &[key, Value::Integer(mark)], |sql, values| {
            connection.execute(sql, values).map(drop)
        })?;
    }
    raise_edition(connection, territory)
}

fn replace_words(
    connection: &mut Connection,
    territory: Territory,
    (people, before): (&[PersonId], &BTreeMap<PersonId, Entries>),
    made: &HashMap<PersonId, &MadePerson>,
) -> Result<(), StoreError> {
    let none = Entries::new();
    let now: Vec<(PersonId, Entries)> = people
        .iter()
        .map(|person| (*person, made.get(person).map(|made| entries_of(made)).unwrap_or_default()))
        .collect();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (person, now) in &now {
        let before = before.get(person).unwrap_or(&none);
        gone.extend(
            before.keys().filter(|phrase| !now.contains_key(*phrase)).map(|phrase| (phrase, *person)),
        );
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
    insert_words(connection, territory, come.into_iter())
}
