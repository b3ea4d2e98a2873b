//! What the store holds of a source before a file is read: who is in its stock, and the fingerprint of each block.

use hashbrown::HashTable;
use liant_model::{BatchNo, Block, IdentityId, Source};
use liant_store::{Snapshot, StoreError};
use xxhash_rust::xxh3::xxh3_128;

use crate::fingerprint::Fingerprint;

/// One known source identity.
pub(crate) struct Known {
    pub(crate) identity: IdentityId,
    pub(crate) spell_from: BatchNo,
    pub(crate) left: bool,
    /// Whether this file holds her.
    pub(crate) seen: bool,
}

/// Says that there is no block: two hashes of eight bytes are hardly ever both zero, and then the block is written once more.
const NONE: [u8; 16] = [0; 16];

/// The stock of one source.
pub(crate) struct Stock {
    /// Numbers of keys, found by their hash: five bytes a key, where a map of keys takes thirty.
    numbers: HashTable<u32>,
    /// Keys by number: those of `known` first, in its order, then those that the file brought.
    keys: Vec<u128>,
    known: Vec<Known>,
    /// `blocks.len()` fingerprints for each known identity, in the order of the flow's blocks; none of a block she never had.
    prints: Vec<[u8; 16]>,
    blocks: Vec<Block>,
}

/// Where a source's own key stands.
pub(crate) enum Place {
    New,
    Known(usize),
    Twice,
}

impl Stock {
    pub(crate) fn read(
        snapshot: &mut Snapshot<'_>,
        source: &Source,
        blocks: &[Block],
    ) -> Result<Self, StoreError> {
        let mut stock = Self {
            numbers: HashTable::new(),
            keys: Vec::new(),
            known: Vec::new(),
            prints: Vec::new(),
            blocks: blocks.to_vec(),
        };
        snapshot.identities(source, |current| {
            stock.number_of(key_hash(&current.own_key).0);
            stock.known.push(Known {
                identity: current.identity,
                spell_from: current.from_batch,
                left: current.left,
                seen: false,
            });
            Ok(())
        })?;
        let (Some(first), Some(last)) = (stock.known.first(), stock.known.last()) else { return Ok(stock) };
        let range = (first.identity, last.identity);
        stock.prints = vec![NONE; stock.known.len() * blocks.len()];
        let mut place = 0;
        snapshot.content_hashes(range, |identity, block, fingerprint| {
            // Both lists are in the order of the ids. Of two versions of a block the later comes later, and stays.
            while stock.known.get(place).is_some_and(|known| known.identity < identity) {
                place += 1;
            }
            let number = stock.blocks.iter().position(|known| *known == block);
            let same = stock.known.get(place).is_some_and(|known| known.identity == identity);
            if let (Some(number), true) = (number, same)
                && let Some(print) = stock.prints.get_mut(place * stock.blocks.len() + number)
            {
                *print = fingerprint;
            }
            Ok(())
        })?;
        Ok(stock)
    }

    /// Finds a key, and remembers that the file holds it.
    pub(crate) fn meet(&mut self, key: KeyHash) -> Place {
        let Some(number) = self.number_of(key.0) else { return Place::New };
        match self.known.get_mut(number) {
            Some(known) if !known.seen => {
                known.seen = true;
                Place::Known(number)
            }
            _ => Place::Twice,
        }
    }

    /// The number of a key; none when it is met for the first time, and it then gets the next one.
    fn number_of(&mut self, key: u128) -> Option<usize> {
        let keys = &mut self.keys;
        let found = self.numbers.find(key as u64, |number| keys.get(*number as usize) == Some(&key));
        if let Some(number) = found {
            return Some(*number as usize);
        }
        let number = keys.len() as u32;
        keys.push(key);
        let hash = |number: &u32| keys.get(*number as usize).copied().unwrap_or_default() as u64;
        self.numbers.insert_unique(key as u64, number, hash);
        None
    }

    /// Gives back the memory of the keys once the file has been read: no other is met after.
    pub(crate) fn forget_keys(&mut self) {
        (self.numbers, self.keys) = (HashTable::new(), Vec::new());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub(crate) fn known(&self, place: usize) -> Option<&Known> {
        self.known.get(place)
    }

    /// The fingerprint of a block of a known identity, if she has one.
    pub(crate) fn fingerprint(&self, place: usize, number: usize) -> Option<Fingerprint> {
        let print = self.prints.get(place * self.blocks.len() + number)?;
        (*print != NONE).then_some(Fingerprint(*print))
    }

    /// How many were in the stock before the file.
    pub(crate) fn present(&self) -> u64 {
        self.known.iter().filter(|known| !known.left).count() as u64
    }

    /// Those of the stock that the file does not hold.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &Known> {
        self.known.iter().filter(|known| !known.seen && !known.left)
    }

    /// Those that the file holds.
    pub(crate) fn met(&self) -> impl Iterator<Item = IdentityId> {
        self.known.iter().filter(|known| known.seen).map(|known| known.identity)
    }
}

/// What stands for a source's own key: among 10⁷ keys the chance that 128 bits of any two agree is under 10⁻²⁴.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeyHash(u128);

pub(crate) fn key_hash(own_key: &str) -> KeyHash {
    KeyHash(xxh3_128(own_key.as_bytes()))
}
