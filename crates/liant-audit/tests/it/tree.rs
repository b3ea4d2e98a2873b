//! The tree against RFC 6962's reference vectors and against its definition.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use std::convert::Infallible;

use crate::common::grow;
use liant_audit::{
    proof::{
        ProofError, TileSource, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
    },
    verify::{Frontier, Hash, TileNode, empty_root, from_hex, leaf_hash, node_hash},
};

/// Leaves and roots of the reference implementation of RFC 6962.
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hash(text: &str) -> Hash {
    from_hex(text).unwrap().try_into().unwrap()
}

fn reference_leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| leaf_hash(&[], &from_hex(leaf).unwrap())).collect()
}

fn numbered_leaves(size: u64) -> Vec<Hash> {
    (0..size).map(|number| leaf_hash(b"", &number.to_be_bytes())).collect()
}

/// The root as RFC 6962 (§ 2.1) defines it.
fn defined_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let mut middle = 1;
            while middle * 2 < leaves.len() {
                middle *= 2;
            }
            let (left, right) = leaves.split_at(middle);
            node_hash(&defined_root(left), &defined_root(right))
        }
    }
}

/// Tiles as a store would keep them: leaves, and completed nodes only.
struct Stored(Vec<Vec<Hash>>);

impl Stored {
    fn of(leaves: &[Hash]) -> Self {
        let mut levels = vec![leaves.to_vec()];
        for TileNode { level, index, hash } in grow(leaves.iter().copied()).1 {
            levels.resize(levels.len().max(usize::from(level) + 1), Vec::new());
            let nodes = &mut levels[usize::from(level)];
            assert_eq!(nodes.len() as u64, index, "tile nodes come in order");
            nodes.push(hash);
        }
        Self(levels)
    }
}

impl TileSource for Stored {
    type Error = Infallible;

    fn hashes(&self, level: u8, first: u64, count: usize) -> Result<Vec<Hash>, Infallible> {
        assert!(first / 256 == (first + count as u64 - 1) / 256, "within one tile");
        let nodes = self.0.get(usize::from(level)).map_or(&[][..], Vec::as_slice);
        Ok(nodes.iter().skip(first as usize).take(count).copied().collect())
    }
}

#[test]
fn roots_are_those_of_the_reference() {
    let leaves = reference_leaves();
    for (size, root) in ROOTS.iter().enumerate() {
        assert_eq!(grow(leaves[..size].iter().copied()).0.root(), hash(root), "size {size}");
        assert_eq!(defined_root(&leaves[..size]), hash(root), "size {size}");
    }
}

#[test]
fn proofs_are_those_of_the_reference() {
    let leaves = reference_leaves();
    let stored = Stored::of(&leaves);
    let inclusion: [(u64, u64, &[&str]); 3] = [
        (0, 1, &[]),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ];
    for (index, size, expected) in inclusion {
        let expected: Vec<_> = expected.iter().map(|text| hash(text)).collect();
        assert_eq!(prove_inclusion(&stored, index, size).unwrap(), expected, "leaf {index} of {size}");
    }
    let consistency: [(u64, u64, &[&str]); 3] = [
        (1, 1, &[]),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];
    for (old, size, expected) in consistency {
        let expected: Vec<_> = expected.iter().map(|text| hash(text)).collect();
        assert_eq!(prove_consistency(&stored, old, size).unwrap(), expected, "{old} to {size}");
    }
}

#[test]
fn every_proof_up_to_70_leaves_verifies_and_every_change_of_it_fails() {
    let leaves = numbered_leaves(70);
    let stored = Stored::of(&leaves);
    let roots: Vec<_> = (0..=70).map(|size| defined_root(&leaves[..size])).collect();
    for size in 1..=70_u64 {
        let root = &roots[size as usize];
        for index in 0..size {
            let (leaf, proof) = (&leaves[index as usize], prove_inclusion(&stored, index, size).unwrap());
            assert!(verify_inclusion(leaf, index, size, &proof, root), "{index} of {size}");
            assert!(!verify_inclusion(&root_of_nothing(), index, size, &proof, root));
            assert!(!verify_inclusion(leaf, index, size, &proof, &root_of_nothing()));
            for other in (0..size).filter(|other| *other != index) {
                assert!(!verify_inclusion(leaf, other, size, &proof, root), "{index} of {size} as {other}");
            }
            for altered in alterations(&proof) {
                assert!(!verify_inclusion(leaf, index, size, &altered, root), "{index} of {size}");
            }
        }
        for old in 0..=size {
            let (old_root, proof) = (&roots[old as usize], prove_consistency(&stored, old, size).unwrap());
            assert!(verify_consistency(old, old_root, size, root, &proof), "{old} to {size}");
            assert!(!verify_consistency(old, &root_of_nothing(), size, root, &proof));
            if old > 0 {
                assert!(!verify_consistency(old, old_root, size, &root_of_nothing(), &proof));
            }
            for altered in alterations(&proof) {
                assert!(!verify_consistency(old, old_root, size, root, &altered), "{old} to {size}");
            }
        }
    }
}

fn root_of_nothing() -> Hash {
    [9; 32]
}

/// A proof with one hash flipped, removed, or added.
fn alterations(proof: &[Hash]) -> impl Iterator<Item = Vec<Hash>> {
    let flipped = (0..proof.len()).map(|place| {
        let mut altered = proof.to_vec();
        altered[place][0] ^= 1;
        altered
    });
    let removed = (0..proof.len()).map(|place| [&proof[..place], &proof[place + 1..]].concat());
    flipped.chain(removed).chain([[proof, &[[0; 32]]].concat()])
}

/// A proof that stops before the top of the tree it is claimed for shows nothing, even if its hashes fit.
#[test]
fn a_proof_of_a_smaller_tree_is_refused() {
    let leaves = numbered_leaves(3);
    let (two, three) = (defined_root(&leaves[..2]), defined_root(&leaves));
    assert!(verify_consistency(2, &two, 3, &three, &leaves[2..]));
    assert!(!verify_consistency(2, &two, 8, &three, &leaves[2..]));
    assert!(!verify_inclusion(&leaves[0], 0, 8, &[leaves[1], leaves[2]], &three));
}

#[test]
fn what_is_out_of_range_is_refused() {
    let stored = Stored::of(&numbered_leaves(5));
    assert_eq!(prove_inclusion(&stored, 5, 5), Err(ProofError::OutOfRange { asked: 5, size: 5 }));
    assert_eq!(prove_consistency(&stored, 6, 5), Err(ProofError::OutOfRange { asked: 6, size: 5 }));
    assert!(matches!(prove_inclusion(&stored, 0, 9), Err(ProofError::Incomplete { level: 0, .. })));
    assert!(!verify_inclusion(&[0; 32], 5, 5, &[], &[0; 32]));
    assert!(!verify_inclusion(&[0; 32], 0, 0, &[], &[0; 32]));
    assert!(!verify_consistency(6, &[0; 32], 5, &[0; 32], &[]));
}

#[test]
fn two_levels_of_tiles_give_short_proofs() {
    let leaves = numbered_leaves(65_536 + 256 + 3);
    let (stored, size) = (Stored::of(&leaves), leaves.len() as u64);
    assert_eq!(stored.0.iter().map(Vec::len).collect::<Vec<_>>(), [65_795, 257, 1]);
    let root = defined_root(&leaves);
    assert_eq!(grow(leaves.iter().copied()).0.root(), root);
    for index in [0, 255, 256, 65_535, 65_536, 65_791, 65_792, size - 1] {
        let proof = prove_inclusion(&stored, index, size).unwrap();
        assert!(verify_inclusion(&leaves[index as usize], index, size, &proof, &root), "{index}");
        assert!(proof.len() * 32 <= 2000);
    }
    for old in [1, 255, 256, 257, 65_535, 65_536, 65_537, 65_792, size - 1] {
        let proof = prove_consistency(&stored, old, size).unwrap();
        let old_root = defined_root(&leaves[..old as usize]);
        assert!(verify_consistency(old, &old_root, size, &root, &proof), "{old}");
    }
}

#[test]
fn a_saved_frontier_goes_on_as_before() {
    let leaves = numbered_leaves(300);
    for cut in [0, 1, 7, 255, 256, 299] {
        let (saved, _) = grow(leaves[..cut].iter().copied());
        let (size, roots) = saved.parts();
        let mut again = Frontier::from_parts(size, roots.to_vec()).unwrap();
        leaves[cut..].iter().for_each(|leaf| again.append(*leaf, |_| ()));
        assert_eq!(again, grow(leaves.iter().copied()).0, "cut at {cut}");
    }
    assert_eq!(Frontier::from_parts(3, vec![[0; 32]]), None);
    assert_eq!(Frontier::from_parts(u64::MAX, vec![[0; 32]; 64]), None);
}
