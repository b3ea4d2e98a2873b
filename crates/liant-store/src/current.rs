//! The version of each block that holds, among those that batches brought.

use liant_guard::{GuardedFacts, Subject};
use liant_model::{BatchNo, Block, Facts, IdentityId, PersonId, Source};

use crate::StoreError;
use crate::coded::CodedBlocks;
use crate::snapshot::source;
use crate::value::Row;

/// The current version of one block of facts. What it says is sealed for the guard.
pub struct CurrentFact {
    /// Whose facts: the source identity.
    pub identity: IdentityId,
    /// The person she belongs to.
    pub person: PersonId,
    /// Which block.
    pub block: Block,
    /// Batch that brought this version.
    pub from_batch: BatchNo,
    /// The facts.
    pub facts: GuardedFacts,
    /// Ciphertext of the sealed values; the vault opens it.
    pub sealed: Option<Vec<u8>>,
}

/// One version of a block, until a later one takes its place.
struct Version {
    block: Block,
    from_batch: BatchNo,
    facts: Vec<u8>,
    sealed: Vec<u8>,
}

/// Takes rows of facts by identity and batch, and hands over what holds of each identity once the next one begins.
pub(crate) struct CurrentBlocks<F> {
    /// The only block that is wanted.
    only: Option<Block>,
    each: F,
    whose: Option<(IdentityId, PersonId)>,
    /// The source of the identity: most rows in a row have the same.
    source: Option<Source>,
    versions: Vec<Version>,
}

impl<F: FnMut(CurrentFact) -> Result<(), StoreError>> CurrentBlocks<F> {
    pub(crate) fn new(only: Option<Block>, each: F) -> Self {
        Self { only, each, whose: None, source: None, versions: Vec::new() }
    }

    /// Takes a row: identity, batch, blocks, person, source.
    pub(crate) fn take(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let identity: IdentityId = row.id(0)?;
        if self.begins(identity)? {
            self.whose = Some((identity, row.id(3)?));
            let name = row.borrowed_text(4)?;
            if self.source.as_ref().is_none_or(|before| before.as_str() != name) {
                self.source = Some(source(name)?);
            }
        }
        self.take_blocks(row)
    }

    /// Takes a row, identity, batch and blocks, of whom `owner` tells; one that it does not know is left out.
    pub(crate) fn take_of<'o>(
        &mut self,
        row: &Row<'_>,
        owner: impl Fn(IdentityId) -> Option<(PersonId, &'o Source)>,
    ) -> Result<(), StoreError> {
        let identity: IdentityId = row.id(0)?;
        if self.begins(identity)? {
            let Some((person, source)) = owner(identity) else { return Ok(()) };
            self.whose = Some((identity, person));
            self.source = Some(source.clone());
        }
        self.take_blocks(row)
    }

    /// Whether the rows of another identity begin; then those of the one before are handed over.
    fn begins(&mut self, identity: IdentityId) -> Result<bool, StoreError> {
        let begins = self.whose.is_none_or(|(before, _)| before != identity);
        if begins {
            self.hand_over()?;
        }
        Ok(begins)
    }

    fn take_blocks(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let from_batch = BatchNo(row.integer(1)?);
        for coded in CodedBlocks::of(row.borrowed(2)?) {
            let coded = coded?;
            if self.only.is_some_and(|only| only != coded.block) {
                continue;
            }
            self.versions.retain(|version| version.block != coded.block);
            if !coded.is_empty() {
                let (facts, sealed) = (coded.facts.to_vec(), coded.sealed.to_vec());
                self.versions.push(Version { block: coded.block, from_batch, facts, sealed });
            }
        }
        Ok(())
    }

    /// Hands over what holds of the identity whose rows came last.
    pub(crate) fn hand_over(&mut self) -> Result<(), StoreError> {
        let (Some((identity, person)), Some(source)) = (self.whose, &self.source) else { return Ok(()) };
        self.versions.sort_by_key(|version| version.block as u8);
        for Version { block, from_batch, facts, sealed } in self.versions.drain(..) {
            let facts = Facts::from_bytes(facts).map_err(|error| StoreError::Damaged(error.to_string()))?;
            (self.each)(CurrentFact {
                identity,
                person,
                block,
                from_batch,
                facts: GuardedFacts::seal(Subject::Person(person), source.clone(), facts),
                sealed: (!sealed.is_empty()).then_some(sealed),
            })?;
        }
        Ok(())
    }
}
