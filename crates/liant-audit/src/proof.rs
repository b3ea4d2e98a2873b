//! Inclusion and consistency proofs (RFC 9162, § 2.1.3 and 2.1.4), made from stored tiles.
//!
//! A proof for a log of n leaves has at most ⌈log₂ n⌉ + 1 hashes of 32 bytes: under 1.3 kB for 2³⁹ leaves.

use crate::verify::{Hash, TILE_HEIGHT, empty_root, node_hash};

/// Where stored hashes are read.
pub trait TileSource {
    /// What reading may fail with.
    type Error;

    /// The `count` hashes of `level` from `first` on; at most 256, all within one tile. Level 0 is the commitments of
    /// the leaves, level n the [`crate::verify::TileNode`]s of that level.
    ///
    /// # Errors
    /// When they cannot be read.
    fn hashes(&self, level: u8, first: u64, count: usize) -> Result<Vec<Hash>, Self::Error>;
}

/// Why a proof cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError<E> {
    /// There is no such leaf, or no such earlier size, in a log of that size.
    #[error("the log has {size} leaves, so there is nothing to prove about {asked}")]
    OutOfRange {
        /// What was asked about.
        asked: u64,
        /// The log's size.
        size: u64,
    },
    /// Stored hashes are absent.
    #[error(
        "the stored tiles are incomplete at level {level}, hash {first}; compute them again from the leaves"
    )]
    Incomplete {
        /// Level of the absent hashes.
        level: u8,
        /// First of those asked for.
        first: u64,
    },
    /// Reading failed.
    #[error("the tiles cannot be read")]
    Source(#[source] E),
}

/// Proves that leaf `index` is in the log of `size` leaves: the hashes beside its path, from the leaf up.
///
/// # Errors
/// [`ProofError`].
pub fn prove_inclusion<S: TileSource>(
    source: &S,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError<S::Error>> {
    if index >= size {
        return Err(ProofError::OutOfRange { asked: index, size });
    }
    let (mut begin, mut end, mut proof) = (0, size, Vec::new());
    while end - begin > 1 {
        let middle = begin + split(end - begin);
        if index < middle {
            proof.push(root_of(source, middle, end)?);
            end = middle;
        } else {
            proof.push(root_of(source, begin, middle)?);
            begin = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// Proves that the log of `old` leaves is the beginning of the log of `size` leaves.
///
/// # Errors
/// [`ProofError`].
pub fn prove_consistency<S: TileSource>(
    source: &S,
    old: u64,
    size: u64,
) -> Result<Vec<Hash>, ProofError<S::Error>> {
    if old > size {
        return Err(ProofError::OutOfRange { asked: old, size });
    }
    if old == 0 || old == size {
        return Ok(Vec::new());
    }
    let (mut begin, mut end, mut proof) = (0, size, Vec::new());
    while old != end {
        let middle = begin + split(end - begin);
        if old <= middle {
            proof.push(root_of(source, middle, end)?);
            end = middle;
        } else {
            proof.push(root_of(source, begin, middle)?);
            begin = middle;
        }
    }
    // The old root itself is known to the verifier; any other subtree the old log ends in is not.
    if begin > 0 {
        proof.push(root_of(source, begin, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Whether `proof` shows that a leaf of this commitment stands at `index` in the log of `size` leaves and root `root`
/// (RFC 9162, § 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf);
    for beside in proof {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(beside, &hash);
            // A right edge without a left sibling climbs until it has one.
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, beside);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows that the log of `old` leaves and root `old_root` is the beginning of the log of `size` leaves
/// and root `root` (RFC 9162, § 2.1.4.2).
pub fn verify_consistency(old: u64, old_root: &Hash, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    if old > size {
        return false;
    }
    if old == size {
        return proof.is_empty() && old_root == root;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == empty_root();
    }
    let mut hashes = proof.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { hashes.next() };
    let Some(&first) = first else { return false };
    let (mut old_hash, mut new_hash) = (first, first);
    let (mut place, mut last) = (old - 1, size - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    for beside in hashes {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            old_hash = node_hash(beside, &old_hash);
            new_hash = node_hash(beside, &new_hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, beside);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *root
}

/// The largest power of two below `size`, which is at least 2.
const fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The root of leaves `begin` to `end`, where `begin` is a multiple of the size's first power of two.
fn root_of<S: TileSource>(source: &S, begin: u64, end: u64) -> Result<Hash, ProofError<S::Error>> {
    let size = end - begin;
    if size.is_power_of_two() {
        return perfect_root(source, size.trailing_zeros(), begin >> size.trailing_zeros());
    }
    let middle = begin + split(size);
    Ok(node_hash(&root_of(source, begin, middle)?, &root_of(source, middle, end)?))
}

/// The root of the perfect subtree number `index` of height `height`: read from the tile level below it.
fn perfect_root<S: TileSource>(source: &S, height: u32, index: u64) -> Result<Hash, ProofError<S::Error>> {
    let (level, above) = ((height / TILE_HEIGHT) as u8, height % TILE_HEIGHT);
    let (first, count) = (index << above, 1_usize << above);
    let mut hashes = source.hashes(level, first, count).map_err(ProofError::Source)?;
    if hashes.len() != count {
        return Err(ProofError::Incomplete { level, first });
    }
    while let [_, _, ..] = hashes.as_slice() {
        let (pairs, _) = hashes.as_chunks::<2>();
        hashes = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    hashes.first().copied().ok_or(ProofError::Incomplete { level, first })
}
