use rusqlite::{Connection, params};

use super::{Chunk, Destination};
use crate::StoreError;

pub(super) fn write(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.identities.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO identity (territory_id, identity_id, from_batch, source, own_key) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for row in &chunk.identities {
            insert.execute(params![territory, row.identity.0.as_bytes(), batch, to.source, row.own_key])?;
        }
    }
    if !chunk.facts.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO fact (territory_id, identity_id, from_batch, blocks) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for row in &chunk.facts {
            insert.execute(params![territory, row.identity.0.as_bytes(), batch, chunk.blocks_of(row)])?;
        }
    }
    write_ends(connection, to, chunk)?;
    write_links(connection, to, chunk)?;
    write_problems(connection, to, chunk)
}

fn write_ends(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    if !chunk.ended_identities.is_empty() {
        let mut end = connection.prepare_cached(
            "UPDATE identity SET to_batch = ?4 WHERE territory_id = ?1 AND identity_id = ?2 AND from_batch = ?3",
        )?;
        for (identity, from) in &chunk.ended_identities {
            end.execute(params![territory, identity.0.as_bytes(), from.0, to.batch.0])?;
        }
    }
    Ok(())
}

fn write_links(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    if !chunk.persons.is_empty() {
        let mut insert = connection
            .prepare_cached("INSERT INTO person (territory_id, person_id, from_batch) VALUES (?1, ?2, ?3)")?;
        for row in &chunk.persons {
            insert.execute(params![territory, row.person.0.as_bytes(), to.batch.0])?;
        }
    }
    if !chunk.members.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO member (territory_id, person_id, identity_id, link_no, from_batch) VALUES (?1, ?2, ?3, 1, ?4)",
        )?;
        for row in &chunk.members {
            insert.execute(params![
                territory,
                row.person.0.as_bytes(),
                row.identity.0.as_bytes(),
                to.batch.0
            ])?;
        }
    }
    if !chunk.nirs.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO nir_entry (territory_id, nir_index, identity_id, from_batch) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for row in &chunk.nirs {
            insert.execute(params![territory, &row.index[..], row.identity.0.as_bytes(), to.batch.0])?;
        }
    }
    if !chunk.links.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO link (territory_id, identity_id, link_no, person_id, from_batch, source, made_at, decision, score, evidence)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for row in &chunk.links {
            insert.execute(params![
                territory,
                row.identity.0.as_bytes(),
                row.person.0.as_bytes(),
                to.batch.0,
                to.source,
                to.made_at,
                row.decision,
                row.score,
                row.evidence.as_deref(),
            ])?;
        }
    }
    Ok(())
}

fn write_problems(connection: &Connection, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    if !chunk.reviews.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO review (territory_id, review_id, batch_no, identity_id, candidate_id, score, evidence, state, version)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', 1)",
        )?;
        for row in &chunk.reviews {
            insert.execute(params![
                territory,
                row.review.0.as_bytes(),
                to.batch.0,
                row.identity.0.as_bytes(),
                row.candidate.0.as_bytes(),
                row.score,
                row.evidence,
            ])?;
        }
    }
    if !chunk.rejects.is_empty() {
        let mut insert = connection.prepare_cached(
            "INSERT INTO reject (territory_id, batch_no, record_no, problem_no, byte_offset, line, element, rule, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for row in &chunk.rejects {
            insert.execute(params![
                territory,
                to.batch.0,
                row.record_no as i64,
                row.problem_no,
                row.byte_offset as i64,
                row.line as i64,
                row.element,
                row.rule,
                row.message,
            ])?;
        }
    }
    Ok(())
}
