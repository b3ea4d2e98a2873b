//! Rows of the directory on their way into its tables: many a statement on SQLite, whole columns on PostgreSQL.

use std::collections::{BTreeMap, HashMap};

use liant_identity::Phrase;
use liant_model::{OrganisationId, PersonId, Territory, Uuid};
use postgres::types::ToSql;

use super::profile::Profile;
use super::words::{self, Entries};
use super::{HAPPENINGS, MadePerson, SourceMask};
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

/// Runs a statement for people, so many at once: `{people}` is where their places go, which follow `values`.
pub(crate) fn for_people<'v>(
    (people, at_once): (&[PersonId], usize),
    sql: &str,
    values: &[Value<'v>],
    mut run: impl FnMut(&str, &[Value<'v>]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let places: Vec<String> = (1..=at_once).map(|no| format!("?{}", values.len() + no)).collect();
    let sql = sql.replace("{people}", &places.join(", "));
    for part in people.chunks(at_once) {
        let mut all = values.to_vec();
        all.extend(part.iter().map(|person| Value::Id(person.0)));
        // The same statement serves fewer people: the first is named again.
        let filler = part.first().map_or(Value::Null, |person| Value::Id(person.0));
        all.resize(values.len() + at_once, filler);
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
pub(super) struct FormRow<'a> {
    pub(super) person: &'a MadePerson,
    place: usize,
    profile: Profile,
    name: String,
    sort_key: String,
    found_by: String,
}

/// The rows of people, each in order.
pub(super) fn rows_of<'a>(people: impl IntoIterator<Item = &'a MadePerson>) -> Vec<FormRow<'a>> {
    let mut rows = Vec::new();
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

/// The columns of the directory but the territory, in the order of [`FormRow::values`].
pub(super) fn columns() -> Vec<(&'static str, Column)> {
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
    columns
}

impl FormRow<'_> {
    /// Her row, a value a column.
    fn values(&self, services: &Services) -> Vec<Value<'_>> {
        let Some(form) = self.person.forms.get(self.place) else { return Vec::new() };
        let at = &self.person.situation;
        let mut values = vec![
            Value::Id(self.person.person.0),
            Value::Integer(form.sources.first()),
            Value::Text(&self.name),
            Value::Text(&self.sort_key),
            Value::Text(form.found_by.first().map_or("", |(_, record)| record.birth_date())),
            Value::Text(&form.commune),
            Value::optional(services.get(&form.commune), |service| Value::Id(service.0)),
            Value::Text(&at.registered_on),
            Value::Text(&at.waiting_since),
            Value::optional(at.referent, |account| Value::Id(account.0)),
            Value::Text(&self.found_by),
        ];
        values.extend(at.happened.each().map(Value::optional_text));
        values
    }

    /// Her row in the form in which [`stored`](super::replace) rows are compared.
    pub(super) fn print(&self, services: &Services, print: &mut String) {
        for value in self.values(services) {
            match value {
                Value::Text(text) => print.push_str(text),
                Value::Integer(number) => print.push_str(&number.to_string()),
                Value::Id(id) => print.push_str(&id.to_string()),
                _ => print.push(NOTHING),
            }
            print.push(END);
        }
    }
}

/// What a print has where a row holds nothing, and after each of its values: no text of a register holds either.
pub(super) const NOTHING: char = '\u{1}';
/// See [`NOTHING`].
pub(super) const END: char = '\u{2}';

/// The local service of each commune.
pub(super) type Services = HashMap<String, OrganisationId>;

pub(super) fn services(connection: &mut Connection, territory: Territory) -> Result<Services, StoreError> {
    let services = connection.all(
        "SELECT commune, organisation_id FROM service_commune WHERE territory_id = ?1",
        &[Value::Code(territory)],
        |row| Ok((row.text(0)?, row.id(1)?)),
    )?;
    Ok(services.into_iter().collect())
}

/// Writes the rows of people; gives how many came of each profile.
pub(super) fn insert_rows(
    connection: &mut Connection,
    territory: Territory,
    (rows, services): (&[FormRow<'_>], &Services),
) -> Result<BTreeMap<Profile, i64>, StoreError> {
    let mut profiles: BTreeMap<Profile, i64> = BTreeMap::new();
    let mut values: Vec<Value<'_>> = Vec::with_capacity(rows.len() * (12 + HAPPENINGS.len()));
    for row in rows {
        *profiles.entry(row.profile.clone()).or_default() += 1;
        values.push(Value::Code(territory));
        values.extend(row.values(services));
    }
    Destination::new("directory", &columns(), "").write(connection, &values)?;
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
