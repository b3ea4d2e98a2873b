//! The people of an act, as a compressed sorted list.
//!
//! A monthly file concerns hundreds of thousands of people, and the audit says which. Their ids, sorted, are written as:
//!
//! ```text
//! count   integer (LEB128)
//! first   16 bytes, when count > 0
//! then for each next id, compared with the one before:
//!   integer  (high − high before) × 2 + mark      high: the first 96 bits of the id
//!   tail     4 bytes, the last 32 bits of the id, when mark = 1 (they differ from the one before)
//! ```
//!
//! Ids made in bulk (UUIDv7 with a counter, then 32 bits that the whole batch shares) differ from their neighbour by a
//! small count in `high` and not in the tail: one byte each when the batch is whole, two or three when one in some
//! thousands is taken. Any other ids cost up to 18 bytes each, never more.

use std::fmt;

use liant_model::PersonId;
use uuid::Uuid;

use crate::wire::{put_integer, take_integer, take_u64};

/// A sorted list of people without duplicates, compressed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PeopleBlock {
    /// Empty for nobody; otherwise as the module says, verified when it came from outside.
    bytes: Vec<u8>,
}

/// The bytes are not a list of people in its one canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a list of people as the audit writes them; the entry is damaged or of a later version")]
pub struct InvalidPeople;

impl PeopleBlock {
    /// The list of these people, in any order, repeated or not.
    pub fn new(people: impl IntoIterator<Item = PersonId>) -> Self {
        let mut ids: Vec<u128> = people.into_iter().map(|person| person.0.as_u128()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut bytes = Vec::with_capacity(24 + 2 * ids.len());
        let Some((&first, rest)) = ids.split_first() else { return Self::default() };
        put_integer(&mut bytes, ids.len() as u128);
        bytes.extend_from_slice(&first.to_be_bytes());
        let mut before = first;
        for &id in rest {
            let (step, tail) = ((id >> 32) - (before >> 32), id as u32);
            let mark = tail != before as u32;
            put_integer(&mut bytes, step << 1 | u128::from(mark));
            if mark {
                bytes.extend_from_slice(&tail.to_be_bytes());
            }
            before = id;
        }
        bytes.shrink_to_fit();
        Self { bytes }
    }

    /// A list read back. Takes time in proportion to the bytes, and no memory but theirs.
    ///
    /// # Errors
    /// [`InvalidPeople`] when it is cut, too long, unsorted, or not in canonical form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, InvalidPeople> {
        let block = Self { bytes: bytes.to_vec() };
        let mut people = block.iter();
        let promised = people.left;
        // Sorted already, since a step is never negative; a step of nothing would be a repeated id.
        let mut before = None;
        let mut found = 0_u64;
        for person in people.by_ref() {
            if before >= Some(person) {
                return Err(InvalidPeople);
            }
            before = Some(person);
            found += 1;
        }
        let whole = found == promised && people.rest.is_empty() && (found > 0) != bytes.is_empty();
        if whole { Ok(block) } else { Err(InvalidPeople) }
    }

    /// The bytes to store; empty for nobody.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many people.
    pub fn len(&self) -> u64 {
        self.iter().left
    }

    /// Whether it lists nobody.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The people, in the order of their ids, decoded one by one.
    pub fn iter(&self) -> People<'_> {
        let mut rest = self.bytes.as_slice();
        let left = take_u64(&mut rest).unwrap_or(0);
        People { rest, left, before: None }
    }

    /// Whether `person` is listed. Reads the list up to her place.
    pub fn contains(&self, person: PersonId) -> bool {
        self.iter().take_while(|listed| *listed <= person).last() == Some(person)
    }
}

impl<'a> IntoIterator for &'a PeopleBlock {
    type Item = PersonId;
    type IntoIter = People<'a>;

    fn into_iter(self) -> People<'a> {
        self.iter()
    }
}

impl fmt::Debug for PeopleBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PeopleBlock({} people)", self.len())
    }
}

/// The people of a [`PeopleBlock`], in order.
#[derive(Clone)]
pub struct People<'a> {
    rest: &'a [u8],
    left: u64,
    before: Option<u128>,
}

impl People<'_> {
    fn decode(&mut self) -> Option<u128> {
        let Some(before) = self.before else {
            let (first, rest) = self.rest.split_first_chunk()?;
            self.rest = rest;
            return Some(u128::from_be_bytes(*first));
        };
        let token = take_integer(&mut self.rest)?;
        let high = (before >> 32).checked_add(token >> 1).filter(|high| high >> 96 == 0)?;
        let mut tail = before as u32;
        if token & 1 == 1 {
            let (bytes, rest) = self.rest.split_first_chunk()?;
            self.rest = rest;
            // The mark says that the tail changes; writing the same one again is not canonical.
            tail = Some(u32::from_be_bytes(*bytes)).filter(|new| *new != tail)?;
        }
        Some(high << 32 | u128::from(tail))
    }
}

impl Iterator for People<'_> {
    type Item = PersonId;

    fn next(&mut self) -> Option<PersonId> {
        self.left = self.left.checked_sub(1)?;
        let id = self.decode();
        if id.is_none() {
            self.left = 0;
        }
        self.before = id;
        id.map(|id| PersonId(Uuid::from_u128(id)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        // Each takes a byte at least, so a hostile count reserves nothing.
        (0, Some(self.left.min(self.rest.len() as u64 + 1) as usize))
    }
}

impl fmt::Debug for People<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "People({} left)", self.left)
    }
}

#[cfg(test)]
mod tests {
    use liant_model::{BulkIds, Instant};
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_790_000_000_000_000;

    /// A whole batch of ids made together.
    fn batch(millis: i64, seed: u8, count: usize) -> Vec<PersonId> {
        let mut ids = BulkIds::new(Instant::from_micros(NOW + millis * 1000), [seed; 10]);
        (0..count).map(|_| ids.next_id()).collect()
    }

    fn any_person() -> impl Strategy<Value = PersonId> {
        any::<u128>().prop_map(|id| PersonId(Uuid::from_u128(id)))
    }

    fn mixed_people() -> impl Strategy<Value = Vec<PersonId>> {
        let batches = prop::collection::vec((0_i64..3, any::<u8>(), 1_usize..60, 1_usize..9), 0..4);
        let loose = prop::collection::vec(any_person(), 0..20);
        let single = prop::collection::vec(any::<[u8; 10]>(), 0..20);
        (batches, loose, single).prop_map(|(batches, loose, single)| {
            let mut people = loose;
            for (millis, seed, count, step) in batches {
                people.extend(batch(millis, seed, count).into_iter().step_by(step));
            }
            people.extend(single.into_iter().map(|random| PersonId::new(Instant::from_micros(NOW), random)));
            people
        })
    }

    fn sorted(mut people: Vec<PersonId>) -> Vec<PersonId> {
        people.sort_unstable();
        people.dedup();
        people
    }

    proptest! {
        #[test]
        fn any_mix_round_trips(people in mixed_people(), other in any_person()) {
            let block = PeopleBlock::new(people.iter().copied());
            let again = PeopleBlock::from_bytes(block.as_bytes()).unwrap();
            let people = sorted(people);
            prop_assert_eq!(again.iter().collect::<Vec<_>>(), people.clone());
            prop_assert_eq!(again.len(), people.len() as u64);
            prop_assert!(people.iter().all(|person| again.contains(*person)));
            prop_assert_eq!(again.contains(other), people.contains(&other));
            prop_assert!(block.as_bytes().len() <= 20 + 18 * people.len());
        }

        #[test]
        fn hostile_bytes_are_refused_or_canonical(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(block) = PeopleBlock::from_bytes(&bytes) {
                prop_assert_eq!(PeopleBlock::new(&block).bytes, bytes);
            }
        }

        #[test]
        fn altered_bytes_are_refused_or_canonical(people in mixed_people(), place: prop::sample::Index, flip in 1_u8..) {
            let mut bytes = PeopleBlock::new(people).bytes;
            prop_assume!(!bytes.is_empty());
            let place = place.index(bytes.len());
            bytes[place] ^= flip;
            if let Ok(block) = PeopleBlock::from_bytes(&bytes) {
                prop_assert_eq!(PeopleBlock::new(&block).bytes, bytes);
            }
        }
    }

    #[test]
    fn ids_made_in_bulk_take_one_to_three_bytes() {
        let ids = batch(0, 0x5a, 100_000);
        for (step, bytes_each) in [(1, 1), (63, 1), (100, 2), (8000, 2), (9000, 3)] {
            let people: Vec<_> = ids.iter().copied().step_by(step).collect();
            let size = PeopleBlock::new(people.iter().copied()).as_bytes().len();
            assert!(size <= 20 + bytes_each * people.len(), "step {step}: {size} bytes for {}", people.len());
        }
    }

    #[test]
    fn nobody_is_no_bytes_and_refusals_are_plain() {
        assert!(PeopleBlock::new([]).as_bytes().is_empty());
        assert!(PeopleBlock::from_bytes(&[]).unwrap().is_empty());
        let two = PeopleBlock::new(batch(0, 1, 2)).bytes;
        let mut more = two.clone();
        more.push(0);
        let huge_count = [&[0xff; 9][..], &[1], &[0; 40]].concat();
        let repeated = [&[2][..], &[7; 16], &[0]].concat();
        let same_tail = [&[2][..], &[7; 16], &[3], &[7; 4]].concat();
        let past_the_end = [&[2][..], &[0xff; 16], &[2]].concat();
        let mut around = [&[2][..], &[7; 16]].concat();
        put_integer(&mut around, ((1 << 96) + 1) << 1);
        let cut = &two[..two.len() - 1];
        for bad in [&[0], cut, &more, &huge_count, &repeated, &same_tail, &past_the_end, &around] {
            assert_eq!(PeopleBlock::from_bytes(bad), Err(InvalidPeople), "{bad:?}");
        }
    }

    #[test]
    fn debug_shows_no_id() {
        assert_eq!(format!("{:?}", PeopleBlock::new(batch(0, 1, 3))), "PeopleBlock(3 people)");
    }
}
