//! The stand-alone verifier: 500 lines of code at most (comments aside), its parsing included, on SHA-256 and Ed25519 alone.
//!
//! It is given the leaves in order and the checkpoints that others kept, and finds the first thing that is not as
//! signed: a flipped byte, a deletion, a swap, a truncation, a rollback, a duplicate. It trusts no stored hash: it
//! computes every root again. Leaves after the last checkpoint are checked against their own commitments only, and
//! counted apart ([`Report::covered`]).
//!
//! No other module of this crate is used here, so that these files can be read, built and judged alone.

mod log_file;
mod note;
mod text;
mod tree;

use std::{collections::BTreeMap, io::BufRead, ops::Range};

pub use log_file::{FORMAT, LARGEST_PAYLOAD, LogFileError, LogReader, SALT_LENGTH, StoredLeaf};
pub use note::{Checkpoint, NoteError, PublicKey, open_note};
pub use text::{from_base64, from_hex, to_base64, to_hex};
pub use tree::{Frontier, Hash, TILE_HEIGHT, TileNode, empty_root, leaf_hash, node_hash};

/// What is wrong, where, what it means and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Finding {
    /// A leaf's content and commitment do not agree.
    #[error(
        "leaf {0} was altered: its salt and payload do not give its commitment; \
         restore that row from a backup or another export, and find who can write to the log's table"
    )]
    Altered(u64),
    /// Leaves are absent.
    #[error(
        "leaves {} to {} are missing from their place: rows were deleted or moved; restore them from a backup or another export", .0.start, .0.end - 1
    )]
    Missing(Range<u64>),
    /// A leaf comes twice or out of its place.
    #[error(
        "leaf {found} comes where leaf {expected} should: a row was duplicated or moved; restore that row"
    )]
    OutOfPlace {
        /// The place reached.
        expected: u64,
        /// The index found there.
        found: u64,
    },
    /// A stored tile is not what its leaves give.
    #[error(
        "leaves {} to {} do not give the stored tile over them: one of them, or the tile, was altered; \
         compare these rows with a backup or another export", .0.start, .0.end - 1
    )]
    Tile(Range<u64>),
    /// The leaves are not those a checkpoint was signed over.
    #[error(
        "leaves {} to {} are not those the checkpoint of {} leaves was signed over: some were altered, swapped, removed \
         or inserted and their commitments made again; compare these rows with a backup or another export",
        .0.start, .0.end - 1, .0.end
    )]
    Root(Range<u64>),
    /// The log is shorter than it once was.
    #[error(
        "the log ends after {size} leaves, but a checkpoint was signed over {signed}: it was truncated or rolled back; \
         restore the rest from a backup or another export"
    )]
    Shorter {
        /// Leaves found.
        size: u64,
        /// Leaves signed.
        signed: u64,
    },
    /// Two checkpoints of one size have two roots.
    #[error(
        "two checkpoints over {0} leaves have different roots: whoever holds the signing key showed two histories; \
         keep both files as evidence and revoke that key"
    )]
    SplitView(u64),
    /// A checkpoint is of another log.
    #[error(
        "the checkpoint is of the log \"{found}\", this log is \"{expected}\"; give the checkpoints of this one"
    )]
    OtherLog {
        /// This log.
        expected: String,
        /// The checkpoint's.
        found: String,
    },
    /// The export itself cannot be read.
    #[error(transparent)]
    File(#[from] LogFileError),
}

impl Finding {
    /// The first leaf known to be bad or absent (for [`Finding::Root`] and [`Finding::Tile`], the first suspect).
    pub fn first_index(&self) -> Option<u64> {
        match self {
            Self::Altered(index) => Some(*index),
            Self::Missing(leaves) | Self::Tile(leaves) | Self::Root(leaves) => Some(leaves.start),
            Self::OutOfPlace { expected, .. } => Some(*expected),
            Self::Shorter { size, .. } => Some(*size),
            Self::SplitView(_) | Self::OtherLog { .. } | Self::File(_) => None,
        }
    }
}

/// What was verified when nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Leaves read.
    pub size: u64,
    /// Leaves under a checkpoint; the later ones are only known to agree with their own commitments.
    pub covered: u64,
    /// Leaves whose content was erased.
    pub erased: u64,
    /// Distinct checkpoints met.
    pub checkpoints: usize,
    /// The root of the whole log.
    pub root: Hash,
}

/// Verifies leaves as they come.
#[derive(Debug)]
pub struct Verifier {
    frontier: Frontier,
    signed: BTreeMap<u64, Hash>,
    tiles: BTreeMap<(u8, u64), Hash>,
    covered: u64,
    erased: u64,
}

impl Verifier {
    /// A verifier of the log named `origin`, against checkpoints whose signatures were verified
    /// ([`Checkpoint::open`]).
    ///
    /// # Errors
    /// [`Finding::OtherLog`], [`Finding::SplitView`], and [`Finding::Root`] for a wrong root of no leaf.
    pub fn new(origin: &str, checkpoints: &[Checkpoint]) -> Result<Self, Finding> {
        let mut signed = BTreeMap::new();
        for Checkpoint { origin: found, size, root, .. } in checkpoints {
            if found != origin {
                return Err(Finding::OtherLog { expected: origin.to_owned(), found: found.clone() });
            }
            if signed.insert(*size, *root).is_some_and(|other| other != *root) {
                return Err(Finding::SplitView(*size));
            }
        }
        if signed.get(&0).is_some_and(|root| *root != empty_root()) {
            return Err(Finding::SplitView(0));
        }
        Ok(Self { frontier: Frontier::default(), signed, tiles: BTreeMap::new(), covered: 0, erased: 0 })
    }

    /// Also compares these stored tiles: they narrow a wrong root down to 256 leaves.
    #[must_use]
    pub fn with_tiles(mut self, tiles: impl IntoIterator<Item = TileNode>) -> Self {
        self.tiles = tiles.into_iter().map(|tile| ((tile.level, tile.index), tile.hash)).collect();
        self
    }

    /// Verifies the next leaf.
    ///
    /// # Errors
    /// The [`Finding`] it reveals; the verifier should then be dropped.
    pub fn push(&mut self, leaf: &StoredLeaf) -> Result<(), Finding> {
        let expected = self.frontier.size();
        if leaf.index > expected {
            return Err(Finding::Missing(expected..leaf.index));
        }
        if leaf.index < expected {
            return Err(Finding::OutOfPlace { expected, found: leaf.index });
        }
        match &leaf.opening {
            Some((salt, payload)) if leaf_hash(salt, payload) != leaf.commitment => {
                return Err(Finding::Altered(expected));
            }
            Some(_) => {}
            None => self.erased += 1,
        }
        let (tiles, mut wrong) = (&self.tiles, None);
        self.frontier.append(leaf.commitment, |tile| {
            let height = TILE_HEIGHT * u32::from(tile.level);
            if tiles.get(&(tile.level, tile.index)).is_some_and(|stored| *stored != tile.hash) {
                wrong.get_or_insert(tile.index << height..(tile.index + 1) << height);
            }
        });
        if let Some(leaves) = wrong {
            return Err(Finding::Tile(leaves));
        }
        let size = self.frontier.size();
        if let Some(root) = self.signed.get(&size) {
            if *root != self.frontier.root() {
                return Err(Finding::Root(self.covered..size));
            }
            self.covered = size;
        }
        Ok(())
    }

    /// Ends the log here.
    ///
    /// # Errors
    /// [`Finding::Shorter`] when a checkpoint was signed over more leaves.
    pub fn finish(self) -> Result<Report, Finding> {
        let size = self.frontier.size();
        match self.signed.last_key_value() {
            Some((&signed, _)) if signed > size => Err(Finding::Shorter { size, signed }),
            _ => Ok(Report {
                size,
                covered: self.covered,
                erased: self.erased,
                checkpoints: self.signed.len(),
                root: self.frontier.root(),
            }),
        }
    }
}

/// Verifies an export against checkpoints whose signatures were verified.
///
/// # Errors
/// The first [`Finding`].
pub fn verify_export(input: impl BufRead, checkpoints: &[Checkpoint]) -> Result<Report, Finding> {
    let reader = LogReader::new(input)?;
    let mut verifier = Verifier::new(&reader.origin, checkpoints)?;
    for leaf in reader {
        verifier.push(&leaf?)?;
    }
    verifier.finish()
}
