//! Rows of an import, written in chunks of bounded size: row by row on SQLite, column by column on PostgreSQL.

mod postgres;
mod sqlite;

use std::ops::Range;

use liant_model::{BatchNo, Block, IdentityId, PersonId, ReviewId, Territory};

use crate::StoreError;
use crate::coded::CodedBlock;
use crate::connection::Connection;

/// A spell of a person in the stock of a source.
#[derive(Clone, Debug)]
pub struct IdentityRow {
    /// The source identity.
    pub identity: IdentityId,
    /// The source's own key for her.
    pub own_key: String,
}

/// New versions of blocks of one source identity; they lie, coded, in the chunk's arena.
#[derive(Clone, Debug)]
pub struct FactRow {
    /// Whose facts.
    pub identity: IdentityId,
    blocks: Range<usize>,
}

/// Which identity block holds a NIR. Send these in the order of their indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NirRow {
    /// Keyed blind index of the NIR.
    pub index: [u8; 16],
    /// The source identity.
    pub identity: IdentityId,
}

/// A first link as its person sees it. Send these in the order of their persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberRow {
    /// The person.
    pub person: PersonId,
    /// The source identity.
    pub identity: IdentityId,
}

/// A person first seen in this batch.
#[derive(Clone, Copy, Debug)]
pub struct PersonRow {
    /// The person.
    pub person: PersonId,
}

/// The first link of a source identity.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// The source identity.
    pub identity: IdentityId,
    /// The person it is found to be.
    pub person: PersonId,
    /// How that was decided: `new`, `certain` or `scored`.
    pub decision: &'static str,
    /// Score of the match, none for a new person.
    pub score: Option<f64>,
    /// Coded evidence, none for a new person.
    pub evidence: Option<Vec<u8>>,
}

/// A question of identity for a human.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// The question.
    pub review: ReviewId,
    /// The source identity of the file.
    pub identity: IdentityId,
    /// The source identity that may be the same person.
    pub candidate: IdentityId,
    /// Score of the match.
    pub score: f64,
    /// Coded evidence.
    pub evidence: Vec<u8>,
}

/// One problem of a record that was set aside. The value is masked.
#[derive(Clone, Debug)]
pub struct RejectRow {
    /// Place of the record in the file, from 1.
    pub record_no: u64,
    /// Place of the problem in the record, from 1.
    pub problem_no: u32,
    /// Byte of the file where it stands.
    pub byte_offset: u64,
    /// Line of the file where it stands.
    pub line: u64,
    /// The element.
    pub element: String,
    /// Code of the rule.
    pub rule: String,
    /// What is wrong, the value masked.
    pub message: String,
}

/// Rows that are written together. Its memory is meant to be used again: [`Chunk::clear`] keeps it.
#[derive(Debug, Default)]
pub struct Chunk {
    /// Spells that begin.
    pub identities: Vec<IdentityRow>,
    /// Spells that end: the identity and the batch its spell began with.
    pub ended_identities: Vec<(IdentityId, BatchNo)>,
    /// New versions of blocks.
    pub(crate) facts: Vec<FactRow>,
    /// New persons.
    pub persons: Vec<PersonRow>,
    /// First links.
    pub links: Vec<LinkRow>,
    /// The same links by person.
    pub members: Vec<MemberRow>,
    /// Blind indexes of NIRs.
    pub nirs: Vec<NirRow>,
    /// Questions for a human.
    pub reviews: Vec<ReviewRow>,
    /// Problems of records set aside.
    pub rejects: Vec<RejectRow>,
    arena: Vec<u8>,
}

impl Chunk {
    /// Most rows one chunk may hold: what one transaction writes while other writers wait.
    pub const MOST_ROWS: usize = 5_000;

    /// Rows it holds.
    pub fn len(&self) -> usize {
        self.identities.len()
            + self.ended_identities.len()
            + self.facts.len()
            + self.persons.len()
            + self.links.len()
            + self.members.len()
            + self.nirs.len()
            + self.reviews.len()
            + self.rejects.len()
    }

    /// Whether it holds no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the next record, of at most a dozen rows, might not fit.
    pub fn is_full(&self) -> bool {
        self.len() + 12 > Self::MOST_ROWS
    }

    /// Forgets the rows and keeps the memory.
    pub fn clear(&mut self) {
        self.identities.clear();
        self.ended_identities.clear();
        self.facts.clear();
        self.persons.clear();
        self.links.clear();
        self.members.clear();
        self.nirs.clear();
        self.reviews.clear();
        self.rejects.clear();
        self.arena.clear();
    }

    /// Adds a new version of a block; one without facts says that the source has nothing of it any more. The blocks of
    /// one identity come one after the other, and make one row.
    pub fn add_fact(
        &mut self,
        identity: IdentityId,
        block: Block,
        content_hash: [u8; 16],
        facts: &[u8],
        sealed: Option<&[u8]>,
    ) {
        let start = self.arena.len();
        CodedBlock { block, content_hash, facts, sealed: sealed.unwrap_or_default() }.write(&mut self.arena);
        let end = self.arena.len();
        match self.facts.last_mut() {
            Some(row) if row.identity == identity => row.blocks.end = end,
            _ => self.facts.push(FactRow { identity, blocks: start..end }),
        }
    }

    fn blocks_of(&self, row: &FactRow) -> &[u8] {
        &self.arena[row.blocks.clone()]
    }
}

/// Where the rows of a chunk belong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Destination<'a> {
    pub(crate) territory: Territory,
    pub(crate) batch: BatchNo,
    pub(crate) source: &'a str,
    pub(crate) made_at: i64,
}

/// Writes a chunk; the caller holds the transaction.
pub(crate) fn write(
    connection: &mut Connection,
    to: Destination<'_>,
    chunk: &Chunk,
) -> Result<(), StoreError> {
    match connection {
        Connection::Sqlite(connection) => sqlite::write(connection, to, chunk),
        Connection::Postgres(session) => postgres::write(session, to, chunk),
    }
}
