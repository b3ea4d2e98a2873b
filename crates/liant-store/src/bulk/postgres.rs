use postgres::Client;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::{ToSql, Type};
use uuid::Uuid;

use super::{Chunk, Destination};
use crate::StoreError;

type Parameters<'a> = [&'a (dyn ToSql + Sync)];

const TEXT: Type = Type::TEXT;
const ID: Type = Type::UUID;
const NUMBER: Type = Type::INT8;
const BYTES: Type = Type::BYTEA;
const REAL: Type = Type::FLOAT8;

/// COPY does not check row-level security, so PostgreSQL refuses it on our tables: rows are copied into a temporary
/// table, which no log records, and inserted from there under the policies.
fn copy(
    client: &mut Client,
    table: &str,
    columns: &str,
    types: &[Type],
    each: impl FnOnce(
        &mut dyn FnMut(&Parameters<'_>) -> Result<(), postgres::Error>,
    ) -> Result<(), postgres::Error>,
) -> Result<(), StoreError> {
    let stage = format!("stage_{table}");
    let present = client.query_one("SELECT to_regclass($1) IS NOT NULL", &[&format!("pg_temp.{stage}")])?;
    if !present.try_get::<_, bool>(0)? {
        client.batch_execute(&format!("CREATE TEMP TABLE {stage} (LIKE {table}) ON COMMIT DELETE ROWS"))?;
    }
    let copying = client.copy_in(&format!("COPY {stage} ({columns}) FROM STDIN BINARY"))?;
    let mut writer = BinaryCopyInWriter::new(copying, types);
    each(&mut |row| writer.write(row))?;
    writer.finish()?;
    client.batch_execute(&format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage}"))?;
    Ok(())
}

pub(super) fn write(client: &mut Client, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.identities.is_empty() {
        copy(
            client,
            "identity",
            "territory_id, identity_id, from_batch, source, own_key",
            &[TEXT, ID, NUMBER, TEXT, TEXT],
            |put| {
                chunk
                    .identities
                    .iter()
                    .try_for_each(|row| put(&[&territory, &row.identity.0, &batch, &to.source, &row.own_key]))
            },
        )?;
    }
    if !chunk.facts.is_empty() {
        copy(
            client,
            "fact",
            "territory_id, identity_id, block, from_batch, content_hash, facts, sealed",
            &[TEXT, ID, NUMBER, NUMBER, BYTES, BYTES, BYTES],
            |put| {
                chunk.facts.iter().try_for_each(|row| {
                    let block = i64::from(row.block as u8);
                    put(&[
                        &territory,
                        &row.identity.0,
                        &block,
                        &batch,
                        &&row.content_hash[..],
                        &chunk.facts_of(row),
                        &chunk.sealed_of(row),
                    ])
                })
            },
        )?;
    }
    write_ends(client, to, chunk)?;
    write_links(client, to, chunk)?;
    write_problems(client, to, chunk)
}

/// Ends go as arrays: one statement a chunk, whatever its size.
fn write_ends(client: &mut Client, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    if !chunk.ended_facts.is_empty() {
        let identities: Vec<Uuid> = chunk.ended_facts.iter().map(|(identity, ..)| identity.0).collect();
        let blocks: Vec<i64> =
            chunk.ended_facts.iter().map(|(_, block, _)| i64::from(*block as u8)).collect();
        let from: Vec<i64> = chunk.ended_facts.iter().map(|(.., from)| from.0).collect();
        client.execute(
            "UPDATE fact SET to_batch = $5
             FROM UNNEST($2::uuid[], $3::bigint[], $4::bigint[]) AS ended (identity_id, block, from_batch)
             WHERE fact.territory_id = $1 AND fact.identity_id = ended.identity_id
               AND fact.block = ended.block AND fact.from_batch = ended.from_batch",
            &[&territory, &identities, &blocks, &from, &to.batch.0],
        )?;
    }
    if !chunk.ended_identities.is_empty() {
        let identities: Vec<Uuid> = chunk.ended_identities.iter().map(|(identity, _)| identity.0).collect();
        let from: Vec<i64> = chunk.ended_identities.iter().map(|(_, from)| from.0).collect();
        client.execute(
            "UPDATE identity SET to_batch = $4
             FROM UNNEST($2::uuid[], $3::bigint[]) AS ended (identity_id, from_batch)
             WHERE identity.territory_id = $1 AND identity.identity_id = ended.identity_id
               AND identity.from_batch = ended.from_batch",
            &[&territory, &identities, &from, &to.batch.0],
        )?;
    }
    Ok(())
}

fn write_links(client: &mut Client, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.persons.is_empty() {
        copy(client, "person", "territory_id, person_id, from_batch", &[TEXT, ID, NUMBER], |put| {
            chunk.persons.iter().try_for_each(|row| put(&[&territory, &row.person.0, &batch]))
        })?;
    }
    if !chunk.members.is_empty() {
        copy(
            client,
            "member",
            "territory_id, person_id, identity_id, link_no, from_batch",
            &[TEXT, ID, ID, NUMBER, NUMBER],
            |put| {
                let mut rows = chunk.members.iter();
                rows.try_for_each(|row| put(&[&territory, &row.person.0, &row.identity.0, &1_i64, &batch]))
            },
        )?;
    }
    if !chunk.nirs.is_empty() {
        copy(
            client,
            "nir_entry",
            "territory_id, nir_index, identity_id, from_batch",
            &[TEXT, BYTES, ID, NUMBER],
            |put| {
                let mut rows = chunk.nirs.iter();
                rows.try_for_each(|row| put(&[&territory, &&row.index[..], &row.identity.0, &batch]))
            },
        )?;
    }
    if !chunk.links.is_empty() {
        copy(
            client,
            "link",
            "territory_id, identity_id, link_no, person_id, from_batch, source, made_at, decision, score, evidence",
            &[TEXT, ID, NUMBER, ID, NUMBER, TEXT, NUMBER, TEXT, REAL, BYTES],
            |put| {
                chunk.links.iter().try_for_each(|row| {
                    put(&[
                        &territory,
                        &row.identity.0,
                        &1_i64,
                        &row.person.0,
                        &batch,
                        &to.source,
                        &to.made_at,
                        &row.decision,
                        &row.score,
                        &row.evidence.as_deref(),
                    ])
                })
            },
        )?;
    }
    Ok(())
}

fn write_problems(client: &mut Client, to: Destination<'_>, chunk: &Chunk) -> Result<(), StoreError> {
    let territory = to.territory.as_str();
    let batch = to.batch.0;
    if !chunk.reviews.is_empty() {
        copy(
            client,
            "review",
            "territory_id, review_id, batch_no, identity_id, candidate_id, score, evidence, state, version",
            &[TEXT, ID, NUMBER, ID, ID, REAL, BYTES, TEXT, NUMBER],
            |put| {
                chunk.reviews.iter().try_for_each(|row| {
                    put(&[
                        &territory,
                        &row.review.0,
                        &batch,
                        &row.identity.0,
                        &row.candidate.0,
                        &row.score,
                        &row.evidence,
                        &"open",
                        &1_i64,
                    ])
                })
            },
        )?;
    }
    if !chunk.rejects.is_empty() {
        copy(
            client,
            "reject",
            "territory_id, batch_no, record_no, problem_no, byte_offset, line, element, rule, message",
            &[TEXT, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, TEXT, TEXT, TEXT],
            |put| {
                chunk.rejects.iter().try_for_each(|row| {
                    put(&[
                        &territory,
                        &batch,
                        &(row.record_no as i64),
                        &i64::from(row.problem_no),
                        &(row.byte_offset as i64),
                        &(row.line as i64),
                        &row.element,
                        &row.rule,
                        &row.message,
                    ])
                })
            },
        )?;
    }
    Ok(())
}
