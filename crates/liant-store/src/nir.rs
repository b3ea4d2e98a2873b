//! Who has a NIR, by its blind index.

use liant_model::{BatchNo, Block, IdentityId, PersonId, Source};

use crate::snapshot::source;
use crate::value::Value;
use crate::{Snapshot, StoreError};

/// A source identity that has a NIR, and the person she belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NirHolder {
    /// The source that says so.
    pub source: Source,
    /// The source identity.
    pub identity: IdentityId,
    /// The person.
    pub person: PersonId,
}

impl Snapshot<'_> {
    /// The source identities whose identity block holds, now, the NIR of this blind index.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn who_has_nir(&mut self, index: &[u8; 16]) -> Result<Vec<NirHolder>, StoreError> {
        let head = self.published()?.0;
        let (connection, territory) = self.parts();
        let entries = connection.all(
            "SELECT link.source, link.identity_id, link.person_id, entry.from_batch
             FROM nir_entry AS entry JOIN link ON link.territory_id = entry.territory_id
                 AND link.identity_id = entry.identity_id AND link.ended_at IS NULL
             WHERE entry.territory_id = ?1 AND entry.nir_index = ?2 AND entry.from_batch <= ?3",
            &[Value::Code(territory), Value::Bytes(index), Value::Integer(head)],
            |row| {
                let holder =
                    NirHolder { source: source(&row.text(0)?)?, identity: row.id(1)?, person: row.id(2)? };
                Ok((holder, BatchNo(row.integer(3)?)))
            },
        )?;
        let mut holders = Vec::new();
        for (holder, from_batch) in entries {
            // An entry stays when its block is replaced: the block that holds tells whether it still counts.
            let block = self.fact(holder.identity, Block::Identity)?;
            if block.is_some_and(|block| block.from_batch == from_batch) {
                holders.push(holder);
            }
        }
        Ok(holders)
    }
}
