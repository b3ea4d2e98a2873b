//! Hashing and the growing edge of the Merkle tree of RFC 6962 (RFC 9162, § 2.1).

use ring::digest::{Context, SHA256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Leaves and nodes are hashed with a different first byte, so that neither passes for the other (RFC 6962, § 2.1).
const LEAF: &[u8] = &[0];
const NODE: &[u8] = &[1];

/// Height of the subtree under one node of a tile: a tile holds 2⁸ = 256 hashes.
pub const TILE_HEIGHT: u32 = 8;

/// `SHA-256` of the parts, one after the other.
fn sha256(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    hash
}

/// The hash of a leaf: `SHA-256(0x00 ‖ salt ‖ payload)`. It commits to the payload, and without the salt says nothing
/// about it.
pub fn leaf_hash(salt: &[u8], payload: &[u8]) -> Hash {
    sha256(&[LEAF, salt, payload])
}

/// The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[NODE, left, right])
}

/// The root of the empty log.
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// One stored hash of a tile: the root of the 256^`level` leaves from leaf `index` × 256^`level` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileNode {
    /// 1 over 256 leaves, 2 over 65 536… (level 0 is the leaves themselves).
    pub level: u8,
    /// Position in its level, from 0.
    pub index: u64,
    /// The hash.
    pub hash: Hash,
}

/// The right edge of the tree: the roots of its perfect subtrees, largest first, one for each bit set in the size.
/// All it takes to append and to give the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    /// The edge of a log of `size` leaves, as [`Frontier::parts`] gave it; `None` if there are not as many roots as
    /// bits set in the size.
    pub fn from_parts(size: u64, roots: Vec<Hash>) -> Option<Self> {
        let whole = size < 1 << 62 && roots.len() == size.count_ones() as usize;
        whole.then_some(Self { size, roots })
    }

    /// What to store: the size, and the roots of the perfect subtrees.
    pub fn parts(&self) -> (u64, &[Hash]) {
        (self.size, &self.roots)
    }

    /// How many leaves the log has.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf and hands out each tile node that it completes.
    pub fn append(&mut self, leaf: Hash, mut completed: impl FnMut(TileNode)) {
        let (mut hash, mut height) = (leaf, 0);
        while self.size >> height & 1 == 1 {
            let Some(left) = self.roots.pop() else { break };
            hash = node_hash(&left, &hash);
            height += 1;
            if height % TILE_HEIGHT == 0 {
                let level = (height / TILE_HEIGHT) as u8;
                completed(TileNode { level, index: self.size >> height, hash });
            }
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// The root of the log as it stands.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let last = roots.next().copied();
        roots.fold(last.unwrap_or_else(empty_root), |right, left| node_hash(left, &right))
    }
}
