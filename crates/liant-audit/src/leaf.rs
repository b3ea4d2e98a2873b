//! A leaf as the store keeps it: the payload, its salt, and the commitment that stays when both are erased.

use std::fmt;

use ring::rand::{SecureRandom, SystemRandom};

use crate::{
    entry::Entry,
    verify::{Hash, LARGEST_PAYLOAD, SALT_LENGTH, StoredLeaf, leaf_hash},
};

/// Why a leaf cannot be made; the act must then not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// The operating system gave no random bytes.
    #[error("the operating system's random generator failed; the act cannot be audited, so it is refused")]
    Random,
    /// The payload is over 16 MiB.
    #[error("the audit entry is over 16 MiB; split the act into smaller ones")]
    TooLarge,
}

/// The content of a leaf.
///
/// The salt makes the commitment say nothing of the payload: without it, whoever keeps the log could try out every
/// likely payload after an erasure (RGPD art. 17). 16 random bytes put that out of reach.
#[derive(Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The salt; erased with the payload.
    pub salt: [u8; SALT_LENGTH],
    /// The encoded [`Entry`].
    pub payload: Vec<u8>,
}

impl Leaf {
    /// Encodes an entry under a fresh salt.
    ///
    /// # Errors
    /// [`LeafError`].
    pub fn new(entry: &Entry) -> Result<Self, LeafError> {
        let mut salt = [0; SALT_LENGTH];
        SystemRandom::new().fill(&mut salt).map_err(|_| LeafError::Random)?;
        let payload = entry.encode();
        if payload.len() > LARGEST_PAYLOAD { Err(LeafError::TooLarge) } else { Ok(Self { salt, payload }) }
    }

    /// `SHA-256(0x00 ‖ salt ‖ payload)`: what the log keeps for ever.
    pub fn commitment(&self) -> Hash {
        leaf_hash(&self.salt, &self.payload)
    }

    /// The leaf at its place in the log.
    pub fn at(self, index: u64) -> StoredLeaf {
        StoredLeaf { index, commitment: self.commitment(), opening: Some((self.salt, self.payload)) }
    }
}

impl fmt::Debug for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Leaf({} bytes)", self.payload.len())
    }
}
