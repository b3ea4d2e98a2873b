use std::sync::Arc;

use liant_guard::{GuardedFacts, Subject};
use liant_model::{BatchNo, Block, Date, Facts, IdentityId, OrientationId, PersonId, Source, Territory};

use crate::StoreError;
use crate::coded::CodedBlocks;
use crate::connection::Connection;
use crate::current::{CurrentBlocks, CurrentFact};
use crate::directory::{MadeDirectory, Memory};
use crate::limits::HeldLimit;
use crate::rows::{BatchRow, OrientationRow, PersonLink};
use crate::value::{Row, Value};

/// One unchanging, published state of one territory; in a glance, what is there at each statement's moment.
pub struct Snapshot<'a> {
    pub(crate) connection: &'a mut Connection,
    pub(crate) memory: &'a Memory,
    territory: Territory,
    is_glance: bool,
    published: Pointer,
    /// How far the directory is made, once it was asked.
    pub(crate) directory: Option<MadeDirectory>,
    /// Whom limits hold on a day, once that was asked.
    pub(crate) limited: Option<(Date, Arc<[HeldLimit]>)>,
}

/// The pointer of published batches, as far as it was asked.
#[derive(Clone, Copy)]
enum Pointer {
    NotAsked,
    /// Of a territory that the store does not know.
    Unknown,
    At(BatchNo),
}

/// Where a source identity stands in the stock of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentIdentity {
    /// The source identity.
    pub identity: IdentityId,
    /// The source's own key for her.
    pub own_key: String,
    /// Batch in which her latest spell began.
    pub from_batch: BatchNo,
    /// Whether she has left the stock since.
    pub left: bool,
}

/// What is true of a version that readers of the published batch see: `?1` is the territory, `?2` the pointer.
macro_rules! visible {
    ($alias:literal) => {
        concat!(
            $alias,
            "territory_id = ?1 AND ",
            $alias,
            "from_batch <= ?2 AND (",
            $alias,
            "to_batch IS NULL OR ",
            $alias,
            "to_batch > ?2)"
        )
    };
}

/// Rows of facts with the person they belong to: `?1` is the territory, `?2` the pointer.
macro_rules! facts_with_person {
    () => {
        "SELECT fact.identity_id, fact.from_batch, fact.blocks, link.person_id, link.source
         FROM fact JOIN link ON link.territory_id = fact.territory_id
             AND link.identity_id = fact.identity_id AND link.ended_at IS NULL
         WHERE fact.territory_id = ?1 AND fact.from_batch <= ?2"
    };
}

#[expect(clippy::missing_errors_doc, reason = "each method fails when the engine refuses, and then only")]
impl<'a> Snapshot<'a> {
    pub(crate) fn of(connection: &'a mut Connection, memory: &'a Memory, territory: Territory) -> Self {
        Self {
            connection,
            memory,
            territory,
            is_glance: false,
            published: Pointer::NotAsked,
            directory: None,
            limited: None,
        }
    }

    /// The same, outside any transaction.
    pub(crate) fn glance(connection: &'a mut Connection, memory: &'a Memory, territory: Territory) -> Self {
        Self { is_glance: true, ..Self::of(connection, memory, territory) }
    }

    pub(crate) fn parts(&mut self) -> (&mut Connection, Territory) {
        (self.connection, self.territory)
    }

    fn pointer(&mut self) -> Result<Option<BatchNo>, StoreError> {
        match self.published {
            Pointer::NotAsked => {}
            Pointer::Unknown => return Ok(None),
            Pointer::At(batch) => return Ok(Some(batch)),
        }
        debug_assert!(!self.is_glance, "what hangs on the pointer is read in one transaction with it");
        let pointer = self.connection.first(
            "SELECT published FROM territory WHERE territory_id = ?1",
            &[Value::Code(self.territory)],
            |row| row.integer(0).map(BatchNo),
        )?;
        self.published = pointer.map_or(Pointer::Unknown, Pointer::At);
        Ok(pointer)
    }

    /// Whether the store knows the territory at all.
    pub(crate) fn is_known(&mut self) -> Result<bool, StoreError> {
        Ok(self.pointer()?.is_some())
    }

    /// The last batch that readers see.
    pub fn published(&mut self) -> Result<BatchNo, StoreError> {
        Ok(self.pointer()?.unwrap_or(BatchNo(0)))
    }

    pub(crate) fn territory(&self) -> Territory {
        self.territory
    }

    pub(crate) fn key(&self) -> Value<'static> {
        Value::Code(self.territory)
    }

    pub(crate) fn head(&mut self) -> Result<Value<'static>, StoreError> {
        Ok(Value::Integer(self.published()?.0))
    }

    /// Every file received, latest first.
    pub fn batches(&mut self) -> Result<Vec<BatchRow>, StoreError> {
        const SQL: &str = "SELECT batch_no, act_id, flow, reference_date, file_name, file_hash, state, started_at,
            published_at, actor, received_under, counts, source, fabricated_on, file_bytes FROM batch WHERE territory_id = ?1 ORDER BY batch_no DESC";
        let key = self.key();
        self.connection.all(SQL, &[key], BatchRow::read)
    }

    /// The published file that has this SHA-256, if it was received before.
    pub fn batch_with_hash(&mut self, hash: &[u8; 32]) -> Result<Option<BatchRow>, StoreError> {
        let batches = self.batches()?;
        Ok(batches.into_iter().find(|batch| batch.state == "published" && batch.file_hash == hash))
    }

    /// Hands over the source identities of `source`, in the order of their ids, each with its latest spell.
    pub fn identities(
        &mut self,
        source: &Source,
        mut each: impl FnMut(CurrentIdentity) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let head = self.published()?.0;
        let mut last: Option<CurrentIdentity> = None;
        let key = self.key();
        self.connection.for_each(
            "SELECT identity_id, own_key, from_batch, to_batch FROM identity
             WHERE territory_id = ?1 AND from_batch <= ?2 AND source = ?3 ORDER BY identity_id, from_batch",
            &[key, Value::Integer(head), Value::Text(source.as_str())],
            |row| {
                let next = CurrentIdentity {
                    identity: row.id(0)?,
                    own_key: row.text(1)?,
                    from_batch: BatchNo(row.integer(2)?),
                    left: row.optional_integer(3)?.is_some_and(|to| to <= head),
                };
                match last.replace(next) {
                    Some(before) if last.as_ref().is_none_or(|next| next.identity != before.identity) => {
                        each(before)
                    }
                    _ => Ok(()),
                }
            },
        )?;
        last.map_or(Ok(()), each)
    }

    /// Hands over the content hash of each version of each block of the source identities `first` to `last`, by identity;
    /// of two versions of a block the later comes later, and holds.
    pub fn content_hashes(
        &mut self,
        (first, last): (IdentityId, IdentityId),
        mut each: impl FnMut(IdentityId, Block, [u8; 16]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (key, head) = (self.key(), self.head()?);
        self.connection.for_each(
            "SELECT identity_id, blocks FROM fact
             WHERE territory_id = ?1 AND from_batch <= ?2 AND identity_id >= ?3 AND identity_id <= ?4
             ORDER BY identity_id, from_batch",
            &[key, head, Value::Id(first.0), Value::Id(last.0)],
            |row| {
                let identity = row.id(0)?;
                CodedBlocks::of(row.borrowed(1)?).try_for_each(|coded| {
                    let coded = coded?;
                    each(identity, coded.block, coded.content_hash)
                })
            },
        )
    }

    /// Hands over one block of every source identity that has it, with the person it belongs to, by identity.
    pub fn block_of_all(
        &mut self,
        block: Block,
        each: impl FnMut(CurrentFact) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (key, head) = (self.key(), self.head()?);
        let mut current = CurrentBlocks::new(Some(block), each);
        self.connection.for_each(
            concat!(facts_with_person!(), " ORDER BY fact.identity_id, fact.from_batch"),
            &[key, head],
            |row| current.take(row),
        )?;
        current.hand_over()
    }

    /// One current block of one source identity.
    pub fn fact(&mut self, identity: IdentityId, block: Block) -> Result<Option<CurrentFact>, StoreError> {
        Ok(self.facts(identity)?.into_iter().find(|fact| fact.block == block))
    }

    /// The current blocks of one source identity.
    pub fn facts(&mut self, identity: IdentityId) -> Result<Vec<CurrentFact>, StoreError> {
        let (key, head) = (self.key(), self.head()?);
        let mut found = Vec::new();
        let mut current = CurrentBlocks::new(None, |fact| {
            found.push(fact);
            Ok(())
        });
        self.connection.for_each(
            concat!(
                facts_with_person!(),
                " AND fact.identity_id = ?3 ORDER BY fact.identity_id, fact.from_batch"
            ),
            &[key, head, Value::Id(identity.0)],
            |row| current.take(row),
        )?;
        current.hand_over()?;
        Ok(found)
    }

    /// Where one source identity comes from, and where she stands in its stock.
    pub fn identity(
        &mut self,
        identity: IdentityId,
    ) -> Result<Option<(Source, CurrentIdentity)>, StoreError> {
        let head = self.published()?.0;
        let key = self.key();
        let mut spells = self.connection.all(
            "SELECT identity_id, own_key, from_batch, to_batch, source FROM identity
             WHERE territory_id = ?1 AND from_batch <= ?2 AND identity_id = ?3 ORDER BY from_batch",
            &[key, Value::Integer(head), Value::Id(identity.0)],
            |row| {
                let left = row.optional_integer(3)?.is_some_and(|to| to <= head);
                let spell = CurrentIdentity {
                    identity: row.id(0)?,
                    own_key: row.text(1)?,
                    from_batch: BatchNo(row.integer(2)?),
                    left,
                };
                Ok((source(&row.text(4)?)?, spell))
            },
        )?;
        Ok(spells.pop())
    }

    /// Every link that a source identity has had, oldest first; the current one has not ended.
    pub fn links_of_identity(&mut self, identity: IdentityId) -> Result<Vec<PersonLink>, StoreError> {
        let (key, head) = (self.key(), self.head()?);
        self.connection.all(
            "SELECT identity_id, link_no, person_id, made_at, ended_at, decision, score, evidence FROM link
             WHERE territory_id = ?1 AND from_batch <= ?2 AND identity_id = ?3 ORDER BY link_no",
            &[key, head, Value::Id(identity.0)],
            PersonLink::read,
        )
    }

    /// The current links of a person: the source identities gathered in her.
    // Crossed, so that SQLite goes from the person to her links, not through every link in their order.
    pub fn links_of_person(&mut self, person: PersonId) -> Result<Vec<PersonLink>, StoreError> {
        let (key, head) = (self.key(), self.head()?);
        self.connection.all(
            "SELECT link.identity_id, link.link_no, link.person_id, made_at, ended_at, decision, score, evidence
             FROM member CROSS JOIN link
             WHERE link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no
                 AND member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
                 AND link.ended_at IS NULL ORDER BY link.identity_id",
            &[key, head, Value::Id(person.0)],
            PersonLink::read,
        )
    }

    /// Hands over the current person of each source identity of `source` that is in its stock, by identity.
    pub fn present(
        &mut self,
        source: &Source,
        mut each: impl FnMut(IdentityId, String, PersonId) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (key, head) = (self.key(), self.head()?);
        self.connection.for_each(
            concat!(
                "SELECT identity.identity_id, identity.own_key, link.person_id
                 FROM identity JOIN link ON link.territory_id = identity.territory_id
                     AND link.identity_id = identity.identity_id AND link.ended_at IS NULL
                 WHERE ",
                visible!("identity."),
                " AND identity.source = ?3 ORDER BY identity.identity_id"
            ),
            &[key, head, Value::Text(source.as_str())],
            |row| each(row.id(0)?, row.text(1)?, row.id(2)?),
        )
    }

    /// The decisions that orient a person now, latest first: more than one when two people were found to be one.
    pub fn orientations_of(&mut self, person: PersonId) -> Result<Vec<OrientationRow>, StoreError> {
        let (key, head) = (self.key(), self.head()?);
        self.connection.all(
            "SELECT orientation.orientation_id, orientation.identity_id, link.person_id, orientation.decided_on,
                 orientation.facts
             FROM member
             JOIN link ON link.territory_id = member.territory_id AND link.identity_id = member.identity_id
                 AND link.link_no = member.link_no AND link.ended_at IS NULL
             JOIN orientation ON orientation.territory_id = member.territory_id
                 AND orientation.identity_id = member.identity_id AND orientation.ended_at IS NULL
             WHERE member.territory_id = ?1 AND member.from_batch <= ?2 AND member.person_id = ?3
             ORDER BY orientation.decided_on DESC, orientation.recorded_at DESC",
            &[key, head, Value::Id(person.0)],
            read_orientation,
        )
    }

    /// Hands over the decisions that orient people now: of one person the latest comes last.
    pub fn orientations(
        &mut self,
        mut each: impl FnMut(OrientationRow) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let key = self.key();
        self.connection.for_each(
            "SELECT orientation.orientation_id, orientation.identity_id, link.person_id, orientation.decided_on,
                 orientation.facts
             FROM orientation
             JOIN link ON link.territory_id = orientation.territory_id
                 AND link.identity_id = orientation.identity_id AND link.ended_at IS NULL
             WHERE orientation.territory_id = ?1 AND orientation.ended_at IS NULL
             ORDER BY link.person_id, orientation.decided_on, orientation.recorded_at",
            &[key],
            |row| each(read_orientation(row)?),
        )
    }

    /// The problems of the records that a batch set aside: record, line, byte, element, rule, message.
    pub fn rejects(&mut self, batch: BatchNo) -> Result<Vec<crate::RejectRow>, StoreError> {
        let key = self.key();
        self.connection.all(
            "SELECT record_no, problem_no, byte_offset, line, element, rule, message FROM reject
             WHERE territory_id = ?1 AND batch_no = ?2 ORDER BY record_no, problem_no",
            &[key, Value::Integer(batch.0)],
            |row| {
                Ok(crate::RejectRow {
                    record_no: row.integer(0)? as u64,
                    problem_no: row.integer(1)? as u32,
                    byte_offset: row.integer(2)? as u64,
                    line: row.integer(3)? as u64,
                    element: row.text(4)?,
                    rule: row.text(5)?,
                    message: row.text(6)?,
                })
            },
        )
    }

    /// How many times a human has moved a link.
    pub fn link_moves(&mut self) -> Result<i64, StoreError> {
        let key = self.key();
        let moves = self.connection.first(
            "SELECT link_moves FROM territory WHERE territory_id = ?1",
            &[key],
            |row| row.integer(0),
        )?;
        Ok(moves.unwrap_or(0))
    }

    /// How many source identities have ever been linked to a person.
    pub fn identity_count(&mut self) -> Result<usize, StoreError> {
        let key = self.key();
        let count = self.connection.first(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM link WHERE territory_id = ?1 AND link_no = 1",
            &[key],
            |row| row.integer(0),
        )?;
        Ok(count.unwrap_or(0) as usize)
    }

    /// How many source identities each source has in its stock, and how many persons there are.
    pub fn counts(&mut self) -> Result<(Vec<(String, i64)>, i64), StoreError> {
        let (key, head) = (self.key(), self.head()?);
        let sources = self.connection.all(
            concat!(
                "SELECT source, CAST(COUNT(*) AS BIGINT) FROM identity WHERE ",
                visible!(""),
                " GROUP BY source ORDER BY source"
            ),
            &[key, head],
            |row| Ok((row.text(0)?, row.integer(1)?)),
        )?;
        let persons = self.connection.first(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM person WHERE territory_id = ?1 AND from_batch <= ?2
             AND EXISTS (SELECT 1 FROM member JOIN link ON link.territory_id = member.territory_id
                     AND link.identity_id = member.identity_id AND link.link_no = member.link_no
                 WHERE member.territory_id = person.territory_id AND member.person_id = person.person_id
                     AND link.ended_at IS NULL)",
            &[key, head],
            |row| row.integer(0),
        )?;
        Ok((sources, persons.unwrap_or(0)))
    }
}

pub(crate) fn read_orientation(row: &Row<'_>) -> Result<OrientationRow, StoreError> {
    let facts = Facts::from_bytes(row.bytes(4)?).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let person: PersonId = row.id(2)?;
    Ok(OrientationRow {
        orientation: row.id::<OrientationId>(0)?,
        identity: row.id(1)?,
        person,
        decided_on: row.text(3)?,
        facts: GuardedFacts::seal(Subject::Person(person), Source::DEPARTEMENT, facts),
    })
}

pub(crate) fn source(name: &str) -> Result<Source, StoreError> {
    Source::parse(name).map_err(|_| damaged("a source has no name"))
}

pub(crate) fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(what.to_owned())
}
