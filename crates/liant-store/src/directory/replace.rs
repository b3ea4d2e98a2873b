//! Makes the rows of people again: of most of those whom a file concerns, nothing that the directory tells has changed, and nothing is
//! written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use liant_model::{PersonId, Territory};

use super::counted::raise_edition;
use super::words::{self, Entries};
use super::write::{
    Column, END, NOTHING, ROWS_A_STATEMENT, add_profiles, columns, entries_of, for_people, insert_rows,
    insert_words, rows_of, services,
};
use super::{DuePerson, MadePerson};
use crate::StoreError;
use crate::connection::Connection;
use crate::value::{Row, Value};

/// What the directory holds of someone before she is made again.
#[derive(Default)]
struct Before {
    /// Her rows, one after the other, as [`FormRow::print`](super::write::FormRow::print) says them.
    print: String,
    /// The names of the profiles of her rows.
    profiles: Vec<String>,
    /// What her rows are found by.
    found_by: Vec<String>,
}

fn before(
    connection: &mut Connection,
    territory: Territory,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Before>, StoreError> {
    let columns = columns();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let place = |wanted: &str| names.iter().position(|name| *name == wanted).unwrap_or_default();
    let (profile, found_by) = (place("profile"), place("found_by"));
    let sql = format!(
        "SELECT {} FROM directory WHERE territory_id = ?1 AND person_id IN ({{people}}) ORDER BY person_id, form",
        names.join(", ")
    );
    let mut held: HashMap<PersonId, Before> = HashMap::new();
    for_people((people, ROWS_A_STATEMENT), &sql, &[Value::Code(territory)], |sql, values| {
        connection.for_each(sql, values, |row| {
            let one = held.entry(row.id(0)?).or_default();
            print(row, &columns, &mut one.print)?;
            one.profiles.push(row.text(profile)?);
            one.found_by.push(row.text(found_by)?);
            Ok(())
        })
    })?;
    Ok(held)
}

/// A row that is stored, as [`FormRow::print`](super::write::FormRow::print) says one.
fn print(row: &Row<'_>, columns: &[(&str, Column)], print: &mut String) -> Result<(), StoreError> {
    for (place, (_, column)) in columns.iter().enumerate() {
        let said = match column {
            Column::Text => row.optional_text(place)?,
            Column::Integer => row.optional_integer(place)?.map(|number| number.to_string()),
            Column::Id => row.optional_id::<liant_model::Uuid>(place)?.map(|id| id.to_string()),
        };
        match said {
            Some(said) => print.push_str(&said),
            None => print.push(NOTHING),
        }
        print.push(END);
    }
    Ok(())
}

/// Takes the rows of those who are due away and writes those that are given, in the transaction of the caller. Of whom both are the
/// same, neither is done. Gives of how many they were not.
pub(super) fn replace(
    connection: &mut Connection,
    territory: Territory,
    due: &[DuePerson],
    people: &[MadePerson],
) -> Result<usize, StoreError> {
    let ids: Vec<PersonId> = due.iter().map(|due| due.person).collect();
    let (services, held) = (services(connection, territory)?, before(connection, territory, &ids)?);
    let mut prints: HashMap<PersonId, String> = HashMap::new();
    for row in rows_of(people) {
        row.print(&services, prints.entry(row.person.person).or_default());
    }
    let print = |person: &PersonId| prints.get(person).map(String::as_str);
    let changed: Vec<PersonId> = ids
        .iter()
        .filter(|person| held.get(person).map(|before| before.print.as_str()) != print(person))
        .copied()
        .collect();
    if !changed.is_empty() {
        let which: HashSet<PersonId> = changed.iter().copied().collect();
        let made: Vec<&MadePerson> = people.iter().filter(|made| which.contains(&made.person)).collect();
        write_anew(connection, territory, (&changed, &held), &made, &services)?;
    }
    clear_due(connection, territory, due)?;
    if !changed.is_empty() {
        raise_edition(connection, territory)?;
    }
    Ok(changed.len())
}

fn write_anew(
    connection: &mut Connection,
    territory: Territory,
    (people, held): (&[PersonId], &HashMap<PersonId, Before>),
    made: &[&MadePerson],
    services: &super::write::Services,
) -> Result<(), StoreError> {
    let key = Value::Code(territory);
    replace_words(connection, territory, (people, held), made)?;
    let sql = "DELETE FROM directory WHERE territory_id = ?1 AND person_id IN ({people})";
    for_people((people, ROWS_A_STATEMENT), sql, &[key], |sql, values| {
        connection.execute(sql, values).map(drop)
    })?;
    let mut left: BTreeMap<&str, i64> = BTreeMap::new();
    for name in people.iter().filter_map(|person| held.get(person)).flat_map(|before| &before.profiles) {
        *left.entry(name).or_default() += 1;
    }
    for (name, number) in left {
        connection.execute(
            "UPDATE directory_profile SET number = number - ?3 WHERE territory_id = ?1 AND profile = ?2",
            &[key, Value::Text(name), Value::Integer(number)],
        )?;
    }
    let rows = rows_of(made.iter().copied());
    let profiles = insert_rows(connection, territory, (&rows, services))?;
    add_profiles(connection, territory, &profiles)
}

/// Those who are made are due no longer; who became due again meanwhile has another mark, and stays.
fn clear_due(connection: &mut Connection, territory: Territory, due: &[DuePerson]) -> Result<(), StoreError> {
    for mark in due.iter().map(|due| due.mark).collect::<BTreeSet<i64>>() {
        let whose: Vec<PersonId> = due.iter().filter(|due| due.mark == mark).map(|due| due.person).collect();
        let sql =
            "DELETE FROM directory_due WHERE territory_id = ?1 AND mark = ?2 AND person_id IN ({people})";
        for_people(
            (&whose, ROWS_A_STATEMENT),
            sql,
            &[Value::Code(territory), Value::Integer(mark)],
            |sql, values| connection.execute(sql, values).map(drop),
        )?;
    }
    Ok(())
}

fn replace_words(
    connection: &mut Connection,
    territory: Territory,
    (people, held): (&[PersonId], &HashMap<PersonId, Before>),
    made: &[&MadePerson],
) -> Result<(), StoreError> {
    let mut each: BTreeMap<PersonId, (Entries, Entries)> = BTreeMap::new();
    for person in people {
        let (was, _) = each.entry(*person).or_default();
        for text in held.get(person).into_iter().flat_map(|before| &before.found_by) {
            words::add_text(was, text)?;
        }
    }
    for made in made {
        each.entry(made.person).or_default().1 = entries_of(made);
    }
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    for (person, (was, now)) in &each {
        gone.extend(was.keys().filter(|phrase| !now.contains_key(*phrase)).map(|phrase| (phrase, *person)));
        let new = now.iter().filter(|(phrase, mask)| was.get(*phrase) != Some(*mask));
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
