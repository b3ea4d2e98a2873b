//! Many rows a statement: SQLite keeps its place in the tree while a statement runs, so the next row of a table filled in
//! the order of its key is put after the last one without a search from the root.

use std::fmt::Write;

use rusqlite::{Connection, Statement, ToSql, params};

use super::{Chunk, Destination};
use crate::StoreError;

/// Rows that one statement writes.
const ROWS: usize = 50;

/// How a table is filled: what every row shares, then what is its own.
struct Insert<'a> {
    table: &'static str,
    shared: &'a [(&'static str, &'a dyn ToSql)],
    own: &'static [&'static str],
}

impl Insert<'_> {
    fn sql(&self, rows: usize) -> String {
        let names: Vec<&str> =
            self.shared.iter().map(|(name, _)| *name).chain(self.own.iter().copied()).collect();
        let mut sql = format!("INSERT INTO {} ({}) VALUES ", self.table, names.join(", "));
        let (shared, own) = (self.shared.len(), self.own.len());
        for row in 0..rows {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            let own = (1..=own).map(|place| shared + row * own + place);
            for (place, number) in (1..=shared).chain(own).enumerate() {
                // Writing to a String does not fail.
                let _ = write!(sql, "{}?{number}", if place == 0 { "" } else { ", " });
            }
            sql.push(')');
        }
        sql
    }

    /// Writes the rows; `values` binds what is a row's own, from the place it is given.
    fn all<R>(
        &self,
        connection: &Connection,
        rows: &[R],
        values: impl Fn(&R, &mut Places<'_, '_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let full = rows.len() - rows.len() % ROWS;
        let (many, few) = rows.split_at(full);
        self.parts(connection, many, ROWS, &values)?;
        self.parts(connection, few, 1, &values)
    }

    fn parts<R>(
        &self,
        connection: &Connection,
        rows: &[R],
        at_once: usize,
        values: &impl Fn(&R, &mut Places<'_, '_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut statement = connection.prepare_cached(&self.sql(at_once))?;
        for part in rows.chunks(at_once) {
            let mut places = Places { statement: &mut statement, next: 1 };
            self.shared.iter().try_for_each(|(_, value)| places.bind(value))?;
            part.iter().try_for_each(|row| values(row, &mut places))?;
            statement.raw_execute()?;
        }
        Ok(())
    }
}

/// The places of a statement, filled one after the other.
struct Places<'s, 'c> {
    statement: &'s mut Statement<'c>,
    next: usize,
}

impl Places<'_, '_> {
    fn bind(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.statement.raw_bind_parameter(self.next, value)?;
        self.next += 1;
        Ok(())
    }
}

pub(super) fn write(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let of_batch: [(&'static str, &dyn ToSql); 2] =
        [("territory_id", &territory), ("from_batch", &to.batch.0)];
    let of_source = [of_batch[0], of_batch[1], ("source", &to.source)];
    Insert { table: "identity", shared: &of_source, own: &["identity_id", "own_key"] }.all(
        connection,
        &chunk.identities,
        |row, places| {
            places.bind(row.identity.0.as_bytes())?;
            places.bind(&row.own_key)
        },
    )?;
    Insert { table: "fact", shared: &of_batch, own: &["identity_id", "blocks"] }.all(
        connection,
        &chunk.facts,
        |row, places| {
            places.bind(row.identity.0.as_bytes())?;
            places.bind(chunk.blocks_of(row))
        },
    )?;
    write_ends(connection, to, chunk)?;
    write_links(connection, to, chunk, &of_batch)?;
    write_problems(connection, to, chunk)
}

fn write_ends(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    if chunk.ended_identities.is_empty() {
        return Ok(());
    }
    let mut end = connection.prepare_cached(
        "UPDATE identity SET to_batch = ?4 WHERE territory_id = ?1 AND identity_id = ?2 AND from_batch = ?3",
    )?;
    for (identity, from) in &chunk.ended_identities {
        end.execute(params![to.territory.as_str(), identity.0.as_bytes(), from.0, to.batch.0])?;
    }
    Ok(())
}

fn write_links(
    connection: &Connection,
    to: Destination<'_>,
    chunk: &Chunk,
    of_batch: &[(&'static str, &dyn ToSql); 2],
) -> Result<(), StoreError> {
    Insert { table: "person", shared: of_batch, own: &["person_id"] }.all(
        connection,
        &chunk.persons,
        |row, places| places.bind(row.person.0.as_bytes()),
    )?;
    let first = [of_batch[0], of_batch[1], ("link_no", &1)];
    Insert { table: "member", shared: &first, own: &["person_id", "identity_id"] }.all(
        connection,
        &chunk.members,
        |row, places| {
            places.bind(row.person.0.as_bytes())?;
            places.bind(row.identity.0.as_bytes())
        },
    )?;
    Insert { table: "nir_entry", shared: of_batch, own: &["nir_index", "identity_id"] }.all(
        connection,
        &chunk.nirs,
        |row, places| {
            places.bind(&row.index[..])?;
            places.bind(row.identity.0.as_bytes())
        },
    )?;
    let shared = [first[0], first[1], first[2], ("source", &to.source), ("made_at", &to.made_at)];
    let own = &["identity_id", "person_id", "decision", "score", "evidence"];
    Insert { table: "link", shared: &shared, own }.all(connection, &chunk.links, |row, places| {
        places.bind(row.identity.0.as_bytes())?;
        places.bind(row.person.0.as_bytes())?;
        places.bind(row.decision)?;
        places.bind(row.score)?;
        places.bind(row.evidence.as_deref())
    })
}

fn write_problems(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let of_batch: [(&'static str, &dyn ToSql); 2] = [("territory_id", &territory), ("batch_no", &to.batch.0)];
    let open = [of_batch[0], of_batch[1], ("state", &"open"), ("version", &1)];
    let own = &["review_id", "identity_id", "candidate_id", "score", "evidence"];
    Insert { table: "review", shared: &open, own }.all(connection, &chunk.reviews, |row, places| {
        places.bind(row.review.0.as_bytes())?;
        places.bind(row.identity.0.as_bytes())?;
        places.bind(row.candidate.0.as_bytes())?;
        places.bind(row.score)?;
        places.bind(&row.evidence)
    })?;
    let own = &["record_no", "problem_no", "byte_offset", "line", "element", "rule", "message"];
    Insert { table: "reject", shared: &of_batch, own }.all(connection, &chunk.rejects, |row, places| {
        places.bind(row.record_no as i64)?;
        places.bind(row.problem_no)?;
        places.bind(row.byte_offset as i64)?;
        places.bind(row.line as i64)?;
        places.bind(&row.element)?;
        places.bind(&row.rule)?;
        places.bind(&row.message)
    })
}
