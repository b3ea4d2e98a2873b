//! People who pass by with several records: what must be remembered of those that are not kept.

use crate::frequencies::{Counted, WordHasher};
use crate::hash::finish;
use crate::numbers::Numbers;
use crate::owners::MOST_TOGETHER;
use crate::person::{PackedNir, Person};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use zeroize::{DefaultIsZeroes, Zeroize};

/// What is remembered of a record: the values that are counted, which its person's other records may share, and the
/// NIR, which may contradict a dossier.
#[derive(Clone, Copy, Default, PartialEq)]
struct Remembered {
    nir: PackedNir,
    counted: Counted,
}

/// The people met so far, each under a number of ours.
pub(crate) struct Met {
    numbers: Numbers,
    /// How many records each has, less one.
    records: Vec<u8>,
    first: Vec<Remembered>,
    /// Records that say something else than the first of their person, and the one remembered before, of the same.
    others: Vec<(Remembered, Option<u32>)>,
    last_other: HashMap<u32, u32, BuildHasherDefault<WordHasher>>,
}

impl Met {
    /// Room for the people of this many records.
    pub(crate) fn with_capacity(records: usize) -> Self {
        Self {
            numbers: Numbers::with_capacity(records / 2),
            records: Vec::with_capacity(records),
            first: Vec::with_capacity(records),
            others: Vec::new(),
            last_other: HashMap::default(),
        }
    }

    /// How many people.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Meets a record of the person of this key and gives her number. `earlier` is filled with what her earlier records
    /// said: nothing when this is the first. Records beyond [`MOST_TOGETHER`] are another's.
    pub(crate) fn meet(
        &mut self,
        key: u64,
        record: &Person,
        counted: Counted,
        earlier: &mut Vec<Counted>,
    ) -> u32 {
        earlier.clear();
        let met = Remembered { nir: record.nir, counted };
        let mut key = finish(key);
        loop {
            let number = self.numbers.number(key);
            let place = number as usize;
            let Some(records) = self.records.get_mut(place) else {
                self.records.push(0);
                self.first.push(met);
                return number;
            };
            if usize::from(*records) + 1 < MOST_TOGETHER {
                *records += 1;
                earlier.extend(self.remembered(number).map(|remembered| remembered.counted));
                if !self.remembered(number).any(|remembered| remembered == met) {
                    let other = self.others.len() as u32;
                    let before = self.last_other.insert(number, other);
                    self.others.push((met, before));
                }
                return number;
            }
            key = finish(key ^ 1);
        }
    }

    fn remembered(&self, number: u32) -> impl Iterator<Item = Remembered> + '_ {
        let other = |place: u32| self.others.get(place as usize);
        let last = self.last_other.get(&number).and_then(|last| other(*last));
        let others = std::iter::successors(last, move |(_, before)| before.and_then(other));
        self.first.get(number as usize).into_iter().chain(others.map(|(remembered, _)| remembered)).copied()
    }

    /// The NIRs of a person, each with the birth date beside it.
    pub(crate) fn nirs_of(&self, number: u32) -> impl Iterator<Item = Person> + '_ {
        self.remembered(number).map(|Remembered { nir, counted }| Person {
            nir,
            date: counted.date,
            ..Person::default()
        })
    }
}

impl Drop for Met {
    fn drop(&mut self) {
        self.first.as_mut_slice().zeroize();
        self.others.iter_mut().for_each(|(other, _)| other.zeroize());
    }
}

impl DefaultIsZeroes for Remembered {}
