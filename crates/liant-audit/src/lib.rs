//! The tamper-evident log: what is audited, its Merkle tree, its signed checkpoints, and the stand-alone verifier.
//!
//! Each territory has a log of its own. Nothing here stores or reads a clock: the store keeps the rows, and uses this
//! crate as follows.
//!
//! # How the store uses it
//!
//! 1. **In the act's own transaction**: build the [`Entry`], make its [`Leaf`] (salt and payload), insert both with
//!    the commitment as a row *without* an index. No audit row, no act.
//! 2. **A sequencer**, which one process at a time holds by a lease, takes unsequenced rows of a territory in the order of
//!    their act id, and in one transaction: loads the territory's [`verify::Frontier`] (`from_parts`), appends each
//!    commitment, writes the index on each row, inserts each [`verify::TileNode`] completed, saves the frontier
//!    (`parts`). It compares the frontier's size with the one it read when it writes it back, so a lease held twice by
//!    mistake cannot fork the log. It never changes an index once given.
//! 3. **Checkpoints**: `{origin, size, root, time}` of the frontier goes to whoever holds the [`SigningKey`] off the
//!    server with a consistency proof from the last one signed ([`proof`]); the signed note comes back, is stored, and is handed to
//!    partners. What partners keep is what makes a rewritten log show.
//! 4. **Erasure** (RGPD art. 17, and the term of the log itself): set salt and payload of a row to null, in
//!    the transaction of an act [`Act::AuditErasure`]. The commitment stays, the log still verifies, and nothing
//!    can be learnt from the commitment.
//! 5. **Verification**: feed rows in index order to [`verify::Verifier`] with the checkpoints and the stored
//!    tiles, or write them with [`LogWriter`] for a third party's [`verify::verify_export`].
//!
//! # What is proven, and what is not
//!
//! Given a checkpoint kept by others, any change of the leaves under it is found. Leaves after the last
//! checkpoint can be rewritten by whoever controls the server, so checkpoints should be frequent. Content erased with or
//! without right looks the same; the count of erased leaves is reported, and each rightful erasure has its own entry.

mod act;
mod entry;
mod export;
mod leaf;
mod people;
pub mod proof;
mod signing;
pub mod verify;
mod wire;

pub use act::Act;
pub use entry::{Entry, EntryError};
pub use export::LogWriter;
pub use leaf::{Leaf, LeafError};
pub use people::{InvalidPeople, People, PeopleBlock};
pub use signing::{KeyError, SigningKey};
