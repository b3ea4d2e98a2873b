//! What a published batch changed: read from the versions of its blocks, after publication, so that no import waits for it.

use std::collections::BTreeSet;

use liant_guard::{GuardedFacts, Happening, Subject};
use liant_model::{BatchNo, Block, Date, Facts, IdentityId, Instant, PersonId, Source};

use crate::StoreError;
use crate::coded::CodedBlocks;
use crate::snapshot::{Snapshot, damaged, source};
use crate::value::Value;

/// Whom a batch concerns.
#[derive(Clone, Debug)]
pub struct BatchChanges {
    /// The batch.
    pub batch: BatchNo,
    /// Its source.
    pub source: String,
    /// The date that it speaks for, `aaaa-mm-jj`.
    pub reference_date: String,
    /// The day it was published, `aaaa-mm-jj`.
    pub seen_on: String,
    /// Whether it is the first of its source: then everyone is new in it, and that is no news.
    pub is_first: bool,
    /// Everyone whose rows it may change, in order, each once.
    pub people: Vec<PersonId>,
    /// Source identities of which it brought new versions of blocks, in order.
    pub changed: Vec<IdentityId>,
    /// Spells that it began or ended.
    pub spells: Vec<(IdentityId, Happening)>,
}

/// Something that happened to someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRow {
    /// The source identity.
    pub identity: IdentityId,
    /// What.
    pub kind: Happening,
    /// When, `aaaa-mm-jj`.
    pub happened_on: String,
}

/// A registration before a batch and after it.
pub struct RegistrationChange {
    /// The source identity.
    pub identity: IdentityId,
    /// As it was; none when there was none.
    pub before: Option<GuardedFacts>,
    /// As it is.
    pub after: GuardedFacts,
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Whom a batch concerns. Reads the whole stock of versions once: no index of `fact` by batch makes imports slower.
    pub fn batch_changes(&mut self, batch: BatchNo) -> Result<BatchChanges, StoreError> {
        let (key, number) = (self.key(), Value::Integer(batch.0));
        let rows = self.batches()?;
        let row = rows.iter().find(|row| row.batch == batch).ok_or(StoreError::Absent("batch"))?;
        let is_first = !rows
            .iter()
            .any(|other| other.batch < batch && other.source == row.source && other.state == "published");
        let published_at = row.published_at.unwrap_or(Instant::from_micros(0));
        let seen: Date = published_at.date();
        let mut people = BTreeSet::new();
        let mut changed = Vec::new();
        let (connection, _) = self.parts();
        connection.for_each(
            "SELECT fact.identity_id, link.person_id FROM fact JOIN link ON link.territory_id = fact.territory_id
                 AND link.identity_id = fact.identity_id AND link.ended_at IS NULL
             WHERE fact.territory_id = ?1 AND fact.from_batch = ?2 ORDER BY fact.identity_id",
            &[key, number],
            |row| {
                changed.push(row.id(0)?);
                people.insert(row.id(1)?);
                Ok(())
            },
        )?;
        let mut spells = Vec::new();
        connection.for_each(
            "SELECT identity.identity_id, link.person_id, identity.from_batch,
                 CAST((SELECT COUNT(*) FROM identity AS earlier WHERE earlier.territory_id = identity.territory_id
                     AND earlier.identity_id = identity.identity_id AND earlier.from_batch < ?2) AS BIGINT)
             FROM identity JOIN link ON link.territory_id = identity.territory_id
                 AND link.identity_id = identity.identity_id AND link.ended_at IS NULL
             WHERE identity.territory_id = ?1 AND (identity.from_batch = ?2 OR identity.to_batch = ?2)
             ORDER BY identity.identity_id",
            &[key, number],
            |row| {
                let kind = match (row.integer(2)? == batch.0, row.integer(3)?) {
                    (false, _) => Happening::Left,
                    (true, 0) => Happening::Entered,
                    (true, _) => Happening::Back,
                };
                spells.push((row.id(0)?, kind));
                people.insert(row.id(1)?);
                Ok(())
            },
        )?;
        Ok(BatchChanges {
            batch,
            source: row.source.clone(),
            reference_date: row.reference_date.clone(),
            seen_on: seen.to_string(),
            is_first,
            people: people.into_iter().collect(),
            changed,
            spells,
        })
    }

    /// Hands over the registration of each of these source identities that the batch brought anew, with the one before.
    pub fn registration_changes(
        &mut self,
        batch: BatchNo,
        identities: &[IdentityId],
        mut each: impl FnMut(RegistrationChange) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let key = self.key();
        let (connection, _) = self.parts();
        for identity in identities {
            let (mut before, mut after, mut of) = (None, None, None);
            connection.for_each(
                "SELECT fact.from_batch, fact.blocks, link.person_id, link.source FROM fact
                 JOIN link ON link.territory_id = fact.territory_id AND link.identity_id = fact.identity_id
                     AND link.ended_at IS NULL
                 WHERE fact.territory_id = ?1 AND fact.identity_id = ?2 AND fact.from_batch <= ?3
                 ORDER BY fact.from_batch",
                &[key, Value::Id(identity.0), Value::Integer(batch.0)],
                |row| {
                    of = Some((row.id::<PersonId>(2)?, source(row.borrowed_text(3)?)?));
                    for coded in CodedBlocks::of(row.borrowed(1)?) {
                        let coded = coded?;
                        if coded.block == Block::Registration {
                            let facts = coded.facts.to_vec();
                            if row.integer(0)? == batch.0 {
                                after = Some(facts);
                            } else {
                                before = Some(facts);
                            }
                        }
                    }
                    Ok(())
                },
            )?;
            if let (Some(after), Some((person, source))) = (after, of) {
                let before = before.map(|before| seal(before, person, &source)).transpose()?;
                each(RegistrationChange {
                    identity: *identity,
                    before,
                    after: seal(after, person, &source)?,
                })?;
            }
        }
        Ok(())
    }
}

fn seal(facts: Vec<u8>, person: PersonId, source: &Source) -> Result<GuardedFacts, StoreError> {
    let facts = Facts::from_bytes(facts).map_err(|error| damaged(&error.to_string()))?;
    Ok(GuardedFacts::seal(Subject::Person(person), source.clone(), facts))
}
