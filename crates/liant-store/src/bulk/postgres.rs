//! Rows go as arrays, a column each, one statement a table: `COPY` does not check row-level security, so PostgreSQL
//! refuses it on our tables, and going through a temporary table writes everything twice.

use postgres::types::ToSql;
use uuid::Uuid;

use super::{Chunk, Destination};
use crate::StoreError;
use crate::connection::PostgresSession;

type Parameters<'a> = [&'a (dyn ToSql + Sync)];

/// Runs one statement that takes whole columns.
fn run(session: &mut PostgresSession, sql: &str, columns: &Parameters<'_>) -> Result<(), StoreError> {
    let statement = session.prepare(sql)?;
    session.client.execute(&statement, columns)?;
    Ok(())
}

/// One column of the rows.
fn column<'a, R, T>(rows: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

pub(super) fn write(
    session: &mut PostgresSession,
    to: Destination<'_>,
    chunk: &Chunk,
) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.identities.is_empty() {
        let ids: Vec<Uuid> = column(&chunk.identities, |row| row.identity.0);
        let keys: Vec<&str> = column(&chunk.identities, |row| row.own_key.as_str());
        run(
            session,
            "INSERT INTO identity (territory_id, identity_id, from_batch, source, own_key)
             SELECT ?1, id, ?2, ?3, own_key FROM UNNEST(?4::uuid[], ?5::text[]) AS new (id, own_key)",
            &[&territory, &batch, &to.source, &ids, &keys],
        )?;
    }
    if !chunk.facts.is_empty() {
        let ids: Vec<Uuid> = column(&chunk.facts, |row| row.identity.0);
        let blocks: Vec<&[u8]> = column(&chunk.facts, |row| chunk.blocks_of(row));
        run(
            session,
            "INSERT INTO fact (territory_id, identity_id, from_batch, blocks)
             SELECT ?1, id, ?2, blocks FROM UNNEST(?3::uuid[], ?4::bytea[]) AS new (id, blocks)",
            &[&territory, &batch, &ids, &blocks],
        )?;
    }
    write_ends(session, to, chunk)?;
    write_links(session, to, chunk)?;
    write_problems(session, to, chunk)
}

fn write_ends(session: &mut PostgresSession, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    if chunk.ended_identities.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = column(&chunk.ended_identities, |(identity, _)| identity.0);
    let from: Vec<i64> = column(&chunk.ended_identities, |(_, from)| from.0);
    run(
        session,
        "UPDATE identity SET to_batch = ?4
         FROM UNNEST(?2::uuid[], ?3::bigint[]) AS ended (identity_id, from_batch)
         WHERE identity.territory_id = ?1 AND identity.identity_id = ended.identity_id
           AND identity.from_batch = ended.from_batch",
        &[&to.territory.as_str(), &ids, &from, &to.batch.0],
    )
}

fn write_links(session: &mut PostgresSession, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.persons.is_empty() {
        let ids: Vec<Uuid> = column(&chunk.persons, |row| row.person.0);
        run(
            session,
            "INSERT INTO person (territory_id, person_id, from_batch) SELECT ?1, id, ?2 FROM UNNEST(?3::uuid[]) AS new (id)",
            &[&territory, &batch, &ids],
        )?;
    }
    if !chunk.members.is_empty() {
        let persons: Vec<Uuid> = column(&chunk.members, |row| row.person.0);
        let ids: Vec<Uuid> = column(&chunk.members, |row| row.identity.0);
        run(
            session,
            "INSERT INTO member (territory_id, person_id, identity_id, link_no, from_batch)
             SELECT ?1, person, id, 1, ?2 FROM UNNEST(?3::uuid[], ?4::uuid[]) AS new (person, id)",
            &[&territory, &batch, &persons, &ids],
        )?;
    }
    if !chunk.nirs.is_empty() {
        let indexes: Vec<&[u8]> = column(&chunk.nirs, |row| &row.index[..]);
        let ids: Vec<Uuid> = column(&chunk.nirs, |row| row.identity.0);
        run(
            session,
            "INSERT INTO nir_entry (territory_id, nir_index, identity_id, from_batch)
             SELECT ?1, nir, id, ?2 FROM UNNEST(?3::bytea[], ?4::uuid[]) AS new (nir, id)",
            &[&territory, &batch, &indexes, &ids],
        )?;
    }
    if !chunk.links.is_empty() {
        let ids: Vec<Uuid> = column(&chunk.links, |row| row.identity.0);
        let persons: Vec<Uuid> = column(&chunk.links, |row| row.person.0);
        let decisions: Vec<&str> = column(&chunk.links, |row| row.decision);
        let scores: Vec<Option<f64>> = column(&chunk.links, |row| row.score);
        let evidence: Vec<Option<&[u8]>> = column(&chunk.links, |row| row.evidence.as_deref());
        run(
            session,
            "INSERT INTO link (territory_id, identity_id, link_no, person_id, from_batch, source, made_at, decision, score,
                 evidence)
             SELECT ?1, id, 1, person, ?2, ?3, ?4, decision, score, evidence
             FROM UNNEST(?5::uuid[], ?6::uuid[], ?7::text[], ?8::float8[], ?9::bytea[])
                 AS new (id, person, decision, score, evidence)",
            &[&territory, &batch, &to.source, &to.made_at, &ids, &persons, &decisions, &scores, &evidence],
        )?;
    }
    Ok(())
}

fn write_problems(
    session: &mut PostgresSession,
    to: Destination<'_>,
    chunk: &Chunk,
) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.reviews.is_empty() {
        let reviews: Vec<Uuid> = column(&chunk.reviews, |row| row.review.0);
        let ids: Vec<Uuid> = column(&chunk.reviews, |row| row.identity.0);
        let candidates: Vec<Uuid> = column(&chunk.reviews, |row| row.candidate.0);
        let scores: Vec<f64> = column(&chunk.reviews, |row| row.score);
        let evidence: Vec<&[u8]> = column(&chunk.reviews, |row| row.evidence.as_slice());
        run(
            session,
            "INSERT INTO review (territory_id, review_id, batch_no, identity_id, candidate_id, score, evidence, state, version)
             SELECT ?1, review, ?2, id, candidate, score, evidence, 'open', 1
             FROM UNNEST(?3::uuid[], ?4::uuid[], ?5::uuid[], ?6::float8[], ?7::bytea[])
                 AS new (review, id, candidate, score, evidence)",
            &[&territory, &batch, &reviews, &ids, &candidates, &scores, &evidence],
        )?;
    }
    if !chunk.rejects.is_empty() {
        let records: Vec<i64> = column(&chunk.rejects, |row| row.record_no as i64);
        let problems: Vec<i64> = column(&chunk.rejects, |row| i64::from(row.problem_no));
        let offsets: Vec<i64> = column(&chunk.rejects, |row| row.byte_offset as i64);
        let lines: Vec<i64> = column(&chunk.rejects, |row| row.line as i64);
        let elements: Vec<&str> = column(&chunk.rejects, |row| row.element.as_str());
        let rules: Vec<&str> = column(&chunk.rejects, |row| row.rule.as_str());
        let messages: Vec<&str> = column(&chunk.rejects, |row| row.message.as_str());
        run(
            session,
            "INSERT INTO reject (territory_id, batch_no, record_no, problem_no, byte_offset, line, element, rule, message)
             SELECT ?1, ?2, record_no, problem_no, byte_offset, line, element, rule, message
             FROM UNNEST(?3::bigint[], ?4::bigint[], ?5::bigint[], ?6::bigint[], ?7::text[], ?8::text[], ?9::text[])
                 AS new (record_no, problem_no, byte_offset, line, element, rule, message)",
            &[&territory, &batch, &records, &problems, &offsets, &lines, &elements, &rules, &messages],
        )?;
    }
    Ok(())
}
