//! What was so before: each version that files brought, each decision taken, each spell in a stock, entries of the log.

use liant_guard::{GuardedFacts, Subject};
use liant_model::{BatchNo, Block, Facts, IdentityId, Instant, PersonId, Source};

use crate::coded::CodedBlocks;
use crate::rows::OrientationRow;
use crate::snapshot::{Snapshot, read_orientation, source};
use crate::value::Value;
use crate::{LogLeaf, Store, StoreError};

/// One version of one block of a source identity. What it says is sealed for the guard.
pub struct PastFact {
    /// Whose facts: the source identity.
    pub identity: IdentityId,
    /// Which block.
    pub block: Block,
    /// The batch that brought it.
    pub batch: BatchNo,
    /// The facts; none once the source speaks of the block no longer.
    pub facts: GuardedFacts,
}

/// One stay of a source identity in the stock of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// The batch that brought her in.
    pub from: BatchNo,
    /// The first batch without her, if there is one.
    pub to: Option<BatchNo>,
}

/// A decision of orientation, in force or replaced.
pub struct PastOrientation {
    /// The decision.
    pub decision: OrientationRow,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// When another was recorded in its place.
    pub ended_at: Option<Instant>,
}

/// Which entries of the log are wanted: the latest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogPart {
    /// Those before this place in the log.
    pub before: Option<u64>,
    /// Not earlier than this.
    pub since: Option<Instant>,
    /// Earlier than this.
    pub until: Option<Instant>,
    /// At most so many are read.
    pub most: u32,
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl Snapshot<'_> {
    /// Every version of every block of a source identity that belongs to `person`, oldest first.
    pub fn past_facts(
        &mut self,
        person: PersonId,
        identity: IdentityId,
        from: &Source,
    ) -> Result<Vec<PastFact>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        let mut versions = Vec::new();
        connection.for_each(
            "SELECT from_batch, blocks FROM fact
             WHERE territory_id = ?1 AND from_batch <= ?2 AND identity_id = ?3 ORDER BY from_batch",
            &[Value::Code(territory), Value::Integer(head), Value::Id(identity.0)],
            |row| {
                let batch = BatchNo(row.integer(0)?);
                for coded in CodedBlocks::of(row.borrowed(1)?) {
                    let coded = coded?;
                    let facts = Facts::from_bytes(coded.facts.to_vec())
                        .map_err(|error| StoreError::Damaged(error.to_string()))?;
                    let facts = GuardedFacts::seal(Subject::Person(person), from.clone(), facts);
                    versions.push(PastFact { identity, block: coded.block, batch, facts });
                }
                Ok(())
            },
        )?;
        Ok(versions)
    }

    /// The source of an identity, and its stays in that source's stock, oldest first.
    pub fn spells(&mut self, identity: IdentityId) -> Result<Option<(Source, Vec<Spell>)>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        let rows = connection.all(
            "SELECT from_batch, to_batch, source FROM identity
             WHERE territory_id = ?1 AND from_batch <= ?2 AND identity_id = ?3 ORDER BY from_batch",
            &[Value::Code(territory), Value::Integer(head), Value::Id(identity.0)],
            |row| {
                let to = row.optional_integer(1)?.filter(|to| *to <= head);
                Ok((source(&row.text(2)?)?, Spell { from: BatchNo(row.integer(0)?), to: to.map(BatchNo) }))
            },
        )?;
        let Some((from, _)) = rows.first() else { return Ok(None) };
        Ok(Some((from.clone(), rows.iter().map(|(_, spell)| *spell).collect())))
    }

    /// Every decision of orientation of a person, also replaced ones, latest first.
    pub fn past_orientations(&mut self, person: PersonId) -> Result<Vec<PastOrientation>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        connection.all(
            "SELECT orientation.orientation_id, orientation.identity_id, link.person_id, orientation.decided_on,
                 orientation.facts, orientation.recorded_at, orientation.ended_at
             FROM member
             JOIN link ON link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
             JOIN orientation ON orientation.territory_id = member.territory_id
                 AND orientation.identity_id = member.identity_id
             WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
             ORDER BY orientation.decided_on DESC, orientation.recorded_at DESC",
            &[Value::Code(territory), Value::Integer(head), Value::Id(person.0)],
            |row| {
                Ok(PastOrientation {
                    decision: read_orientation(row)?,
                    recorded_at: Instant::from_micros(row.integer(5)?),
                    ended_at: row.optional_integer(6)?.map(Instant::from_micros),
                })
            },
        )
    }

    /// Entries of the audit log in their order from the last, with what they say unless it was erased.
    pub fn log_part(&mut self, part: LogPart) -> Result<Vec<LogLeaf>, StoreError> {
        let (connection, territory) = self.parts();
        let before = part.before.map_or(i64::MAX, |place| i64::try_from(place).unwrap_or(i64::MAX));
        connection.all(
            "SELECT seq, act_id, at, commitment, salt, payload FROM audit_entry
             WHERE territory_id = ?1 AND seq < ?2 AND at >= ?3 AND at < ?4 ORDER BY seq DESC LIMIT ?5",
            &[
                Value::Code(territory),
                Value::Integer(before),
                Value::Integer(part.since.map_or(i64::MIN, Instant::micros)),
                Value::Integer(part.until.map_or(i64::MAX, Instant::micros)),
                Value::Integer(i64::from(part.most)),
            ],
            LogLeaf::read,
        )
    }

    /// The entry of one act, once it has its place in the log.
    pub fn log_entry(&mut self, act: liant_model::ActId) -> Result<Option<LogLeaf>, StoreError> {
        let (connection, territory) = self.parts();
        connection.first(
            "SELECT seq, act_id, at, commitment, salt, payload FROM audit_entry
             WHERE territory_id = ?1 AND act_id = ?2 AND seq IS NOT NULL",
            &[Value::Code(territory), Value::Id(act.0)],
            LogLeaf::read,
        )
    }

    /// What one act released, if anything.
    pub fn disclosure(
        &mut self,
        act: liant_model::ActId,
    ) -> Result<Option<crate::DisclosureRow>, StoreError> {
        let (connection, territory) = self.parts();
        let columns = crate::DisclosureRow::COLUMNS;
        connection.first(
            &format!("SELECT {columns} FROM access_record WHERE territory_id = ?1 AND act_id = ?2"),
            &[Value::Code(territory), Value::Id(act.0)],
            crate::DisclosureRow::read,
        )
    }
}

/// A checkpoint that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// How many entries it covers.
    pub size: u64,
    /// When it was signed.
    pub at: Instant,
    /// The signed note.
    pub note: String,
}

impl Store {
    /// The last checkpoint kept of the log.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn last_checkpoint(
        &self,
        territory: liant_model::Territory,
    ) -> Result<Option<KeptCheckpoint>, StoreError> {
        self.read(territory, |snapshot| {
            let (connection, _) = snapshot.parts();
            connection.first(
                "SELECT log_size, at, note FROM checkpoint WHERE territory_id = ?1 ORDER BY log_size DESC LIMIT 1",
                &[Value::Code(territory)],
                |row| {
                    Ok(KeptCheckpoint {
                        size: row.integer(0)?.cast_unsigned(),
                        at: Instant::from_micros(row.integer(1)?),
                        note: row.text(2)?,
                    })
                },
            )
        })
    }
}
