//! A look at a few sealed values, to tell whether the keys at hand are those of the store.

use liant_model::{IdentityId, Territory};
use liant_vault::KeyVersion;

use crate::coded::CodedBlocks;
use crate::value::Value;
use crate::{Snapshot, StoreError};

/// One sealed value, and what it is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSample {
    /// The territory.
    pub territory: Territory,
    /// The source identity whose value it is.
    pub identity: IdentityId,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

impl SealedSample {
    /// Adds the sealed values of a coded row, each unless one of its territory and key version is there. One that tells
    /// no version is added: it opens under no key.
    pub(crate) fn keep(
        samples: &mut Vec<Self>,
        territory: Territory,
        identity: IdentityId,
        blocks: &[u8],
    ) -> Result<(), StoreError> {
        for block in CodedBlocks::of(blocks) {
            let sealed = block?.sealed;
            let version = KeyVersion::of_sealed(sealed).ok();
            let is_there =
                |one: &Self| one.territory == territory && KeyVersion::of_sealed(&one.sealed).ok() == version;
            if !sealed.is_empty() && !samples.iter().any(is_there) {
                samples.push(Self { territory, identity, sealed: sealed.to_vec() });
            }
        }
        Ok(())
    }
}

/// Rows looked at, at each end of the table.
const ROWS: i64 = 1_000;

impl Snapshot<'_> {
    /// Some sealed values of the territory: one of each key version among its oldest and its newest source
    /// identities. A bounded look, whatever the store holds.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn sealed_samples(&mut self) -> Result<Vec<SealedSample>, StoreError> {
        let (connection, territory) = self.parts();
        let mut samples = Vec::new();
        for order in ["ASC", "DESC"] {
            let sql = format!(
                "SELECT identity_id, blocks FROM fact WHERE territory_id = ?1
                 ORDER BY identity_id {order}, from_batch {order} LIMIT ?2"
            );
            connection.for_each(&sql, &[Value::Code(territory), Value::Integer(ROWS)], |row| {
                SealedSample::keep(&mut samples, territory, row.id(0)?, row.bytes(1)?.as_ref())
            })?;
        }
        Ok(samples)
    }
}
