//! Dossiers made ready for a decision, on their way from a thread that prepares them to the one that decides.

use liant_flux::{Diagnostic, Refusal};
use liant_model::Facts;

use super::recogniser::FIELDS;
use super::stock::KeyHash;
use super::words::{Words, WordsReader};
use crate::fingerprint::Fingerprint;
use crate::sealing::Sealable;

/// Dossiers in the order of the file. Cleared, it serves again.
#[derive(Default)]
pub(crate) struct Batch {
    heads: Vec<Head>,
    blocks: Vec<BlockHead>,
    /// Coded facts of each block, one after the other.
    coded: Vec<u8>,
    /// Of each dossier that counts: its own key, its MSA identifier, and [`FIELDS`].
    words: Words,
    problems: Vec<Diagnostic>,
    /// What refuses the file, after the last dossier here.
    pub(crate) refusal: Option<Refusal>,
}

/// One dossier; the next one begins where it ends.
struct Head {
    place: RecordPlace,
    key: Option<KeyHash>,
    nir_index: Option<[u8; 16]>,
    is_sound: bool,
    blocks_end: usize,
    coded_end: usize,
    problems_end: usize,
}

/// The facts of one block: what tells whether they changed, and how many bytes they are.
struct BlockHead {
    print: Fingerprint,
    length: usize,
}

/// Where a record stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordPlace {
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) line: u64,
}

/// A dossier made ready.
pub(crate) struct Prepared<'a> {
    pub(crate) place: RecordPlace,
    pub(crate) content: Content<'a>,
}

/// What a dossier holds.
pub(crate) enum Content<'a> {
    /// It is set aside; its key, if it has one, says who is in the stock all the same.
    Rejected(Option<KeyHash>, &'a [Diagnostic]),
    /// It counts.
    Sound(Sound<'a>),
}

/// A dossier that counts.
#[derive(Clone, Copy)]
pub(crate) struct Sound<'a> {
    pub(crate) key: KeyHash,
    pub(crate) own_key: &'a str,
    /// The sealed values that the clause lets in.
    pub(crate) sealable: Sealable<'a>,
    /// Blind index of the NIR.
    pub(crate) nir_index: Option<[u8; 16]>,
    /// Stands before the values of [`FIELDS`].
    words: WordsReader<'a>,
    blocks: &'a [BlockHead],
    coded: &'a [u8],
}

impl<'a> Sound<'a> {
    /// The values of [`FIELDS`] that the clause lets in.
    pub(crate) fn recognisable(&self) -> [Option<&'a str>; FIELDS.len()] {
        let mut words = self.words;
        words.next_of()
    }

    /// The fingerprint and the coded facts of each block of the flow, in their order.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (Fingerprint, &'a [u8])> + use<'a> {
        let mut coded = self.coded;
        self.blocks.iter().map(move |block| {
            let (facts, rest) = coded.split_at_checked(block.length).unwrap_or_default();
            coded = rest;
            (block.print, facts)
        })
    }
}

impl Batch {
    /// A batch with room for the people of so many bytes of a file, as people mostly are: their values then do not move.
    pub(crate) fn for_bytes(bytes: usize) -> Self {
        Self { words: Words::with_capacity(bytes / 4, bytes / 64), ..Self::default() }
    }

    /// Forgets everything and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.heads.clear();
        self.blocks.clear();
        self.coded.clear();
        self.words.clear();
        self.problems.clear();
        self.refusal = None;
    }

    /// Adds a dossier that is set aside.
    pub(super) fn push_rejected(
        &mut self,
        place: RecordPlace,
        key: Option<KeyHash>,
        problems: &[Diagnostic],
    ) {
        self.problems.extend_from_slice(problems);
        self.push_head(place, key, None, false);
    }

    /// Begins a dossier that counts with its words.
    pub(super) fn push_words(
        &mut self,
        own_key: &str,
        msa: Option<&str>,
        recognisable: [Option<&str>; FIELDS.len()],
    ) {
        self.words.push(Some(own_key));
        self.words.push(msa);
        for value in recognisable {
            self.words.push(value);
        }
    }

    /// Adds a block of the dossier that was begun.
    pub(super) fn push_block(&mut self, print: Fingerprint, facts: &Facts) {
        self.coded.extend_from_slice(facts.as_bytes());
        self.blocks.push(BlockHead { print, length: facts.as_bytes().len() });
    }

    /// Ends the dossier that was begun.
    pub(super) fn end_sound(&mut self, place: RecordPlace, key: KeyHash, nir_index: Option<[u8; 16]>) {
        self.push_head(place, Some(key), nir_index, true);
    }

    fn push_head(
        &mut self,
        place: RecordPlace,
        key: Option<KeyHash>,
        nir_index: Option<[u8; 16]>,
        is_sound: bool,
    ) {
        let (blocks_end, coded_end, problems_end) =
            (self.blocks.len(), self.coded.len(), self.problems.len());
        self.heads.push(Head { place, key, nir_index, is_sound, blocks_end, coded_end, problems_end });
    }

    /// The dossiers in their order.
    pub(crate) fn dossiers(&self) -> impl Iterator<Item = Prepared<'_>> {
        let mut words = self.words.read();
        let (mut blocks, mut coded, mut problems) = (0, 0, 0);
        self.heads.iter().map(move |head| {
            let content = match head.key {
                Some(key) if head.is_sound => {
                    let (own_key, msa) = (words.next().unwrap_or_default(), words.next());
                    let before = words;
                    let [nir, ..]: [_; FIELDS.len()] = words.next_of();
                    Content::Sound(Sound {
                        key,
                        own_key,
                        sealable: Sealable { nir, msa },
                        words: before,
                        nir_index: head.nir_index,
                        blocks: self.blocks.get(blocks..head.blocks_end).unwrap_or_default(),
                        coded: self.coded.get(coded..head.coded_end).unwrap_or_default(),
                    })
                }
                key => {
                    Content::Rejected(key, self.problems.get(problems..head.problems_end).unwrap_or_default())
                }
            };
            (blocks, coded, problems) = (head.blocks_end, head.coded_end, head.problems_end);
            Prepared { place: head.place, content }
        })
    }
}
