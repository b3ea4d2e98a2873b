//! The blocks that one batch brought of one source identity, as one value: block, content hash, facts, sealed values,
//! one after the other.
//!
//! A block that the batch did not change is not there: the version before it still holds. A block that the source no
//! longer speaks of is there, empty. So a row is written once and never touched again.

use liant_model::Block;

use crate::StoreError;

/// One version of one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodedBlock<'a> {
    pub(crate) block: Block,
    /// What tells whether the block has changed.
    pub(crate) content_hash: [u8; 16],
    pub(crate) facts: &'a [u8],
    pub(crate) sealed: &'a [u8],
}

impl CodedBlock<'_> {
    /// Whether the source says nothing of the block any more.
    pub(crate) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.sealed.is_empty()
    }

    /// Adds the block to `out`.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.block as u8);
        out.extend_from_slice(&self.content_hash);
        put_length(out, self.facts.len());
        put_length(out, self.sealed.len());
        out.extend_from_slice(self.facts);
        out.extend_from_slice(self.sealed);
    }
}

/// A length, seven bits a byte, the lowest first.
fn put_length(out: &mut Vec<u8>, mut length: usize) {
    while length > 0x7f {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
}

/// The blocks that [`CodedBlock::write`] wrote, until the first that does not read.
pub(crate) struct CodedBlocks<'a>(&'a [u8]);

impl<'a> CodedBlocks<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn length(&mut self) -> Option<usize> {
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21, 28] {
            let byte = *self.take(1)?.first()?;
            length |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(length);
            }
        }
        None
    }

    fn read(&mut self) -> Option<CodedBlock<'a>> {
        let block = Block::from_number(*self.take(1)?.first()?)?;
        let content_hash = self.take(16)?.try_into().ok()?;
        let (facts, sealed) = (self.length()?, self.length()?);
        Some(CodedBlock { block, content_hash, facts: self.take(facts)?, sealed: self.take(sealed)? })
    }
}

impl<'a> Iterator for CodedBlocks<'a> {
    type Item = Result<CodedBlock<'a>, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let read = self.read();
        if read.is_none() {
            self.0 = &[];
        }
        Some(
            read.ok_or_else(|| StoreError::Damaged("the blocks of a source identity do not read".to_owned())),
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            blocks in prop::collection::vec((1_u8..=8, any::<[u8; 16]>(), prop::collection::vec(any::<u8>(), 0..300),
                prop::collection::vec(any::<u8>(), 0..80)), 0..6),
        ) {
            let blocks: Vec<_> = blocks.iter().filter_map(|(number, hash, facts, sealed)| {
                let block = Block::from_number(*number)?;
                Some(CodedBlock { block, content_hash: *hash, facts, sealed })
            }).collect();
            let mut bytes = Vec::new();
            for block in &blocks {
                block.write(&mut bytes);
            }
            let read: Result<Vec<_>, _> = CodedBlocks::of(&bytes).collect();
            prop_assert_eq!(read.unwrap(), blocks);
        }

        #[test]
        fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(CodedBlocks::of(&bytes).count() <= bytes.len());
        }
    }

    #[test]
    fn a_cut_value_is_damaged() {
        let mut bytes = Vec::new();
        CodedBlock { block: Block::Identity, content_hash: [7; 16], facts: &[1, 2, 3], sealed: &[4] }
            .write(&mut bytes);
        for length in 1..bytes.len() {
            assert!(CodedBlocks::of(&bytes[..length]).any(|block| block.is_err()), "{length} bytes");
        }
    }
}
