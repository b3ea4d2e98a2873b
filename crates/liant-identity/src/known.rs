//! The known side of a matching: people held in compact memory, with their blocking indexes.
//!
//! A person may be known by several records, one from each source: they then answer for her together and do not compete.

use crate::blocks::{Block, Key, KeyNames, filed_values};
use crate::frequencies::Frequencies;
use crate::names::{Names, NamesView};
use crate::owners::{GivenOwners, Owners};
use crate::passing::Passed;
use crate::person::{Person, Record};
use crate::strangers::Strangers;
use zeroize::Zeroize;

/// Gathers the known people one by one.
pub struct KnownBuilder {
    people: People,
    owners: GivenOwners,
    names: Names,
}

/// People whose memory is wiped when it is given back.
#[derive(Default)]
pub(crate) struct People(pub(crate) Vec<Person>);

impl Drop for People {
    fn drop(&mut self) {
        // What was never used holds nothing, and stays untouched.
        self.0.as_mut_slice().zeroize();
    }
}

impl KnownBuilder {
    /// A builder with room for `expected` records. A good guess also avoids leaving copies of identifiers behind in
    /// memory, as a growing array does.
    pub fn with_capacity(expected: usize) -> Self {
        Self {
            people: People(Vec::with_capacity(expected)),
            owners: GivenOwners::default(),
            names: Names::starting_at(1),
        }
    }

    /// Adds a person known by this one record and gives its ordinal: 0, 1, 2… in the order of the calls.
    pub fn push(&mut self, record: &Record<'_>) -> u32 {
        let ordinal = self.people.0.len() as u32;
        self.people.0.push(read(record, None, &mut self.names));
        ordinal
    }

    /// Adds one of the records of `person` and gives its ordinal, in the same numbering as [`push`](Self::push).
    ///
    /// `person` is a number of the caller's own choosing, below `u32::MAX`: records given under the same number, in
    /// whatever order, are one person's. They do not compete for a dossier, the nearest of them answers for her, and
    /// she counts once among the known. A person has a handful of records; those beyond 256 count as another's.
    pub fn push_of(&mut self, record: &Record<'_>, person: u32) -> u32 {
        let expected = self.people.0.capacity();
        let ordinal = self.push(record);
        self.owners.set(ordinal, person, expected);
        ordinal
    }

    /// Builds the indexes, on at most `threads` threads.
    pub fn freeze(self, threads: usize) -> Known {
        let names = NamesView { base: &self.names, more: None };
        let people = &self.people.0;
        let owners = self.owners.chain(people.len());
        let share = Key::ALL.len().div_ceil(threads.clamp(1, Key::ALL.len()));
        let (frequencies, mut blocks) = std::thread::scope(|scope| {
            let mut shares = Key::ALL.chunks(share);
            let mine = shares.next().unwrap_or_default();
            let helpers: Vec<_> =
                shares.map(|keys| scope.spawn(move || Block::build(keys, people, names))).collect();
            let frequencies = Frequencies::count(people, &owners, names);
            let mut blocks = Block::build(mine, people, names);
            for helper in helpers {
                blocks.extend(helper.join().unwrap_or_default());
            }
            (frequencies, blocks)
        });
        blocks.sort_by_key(|block| block.key() as u8);
        let mut strangers = Strangers::default();
        (0_u32..)
            .zip(people)
            .filter(|(ordinal, _)| owners.first(*ordinal) == *ordinal)
            .for_each(|(_, person)| strangers.meet(person));
        let Self { people, names, .. } = self;
        Known { people, owners, names, filed: Filed::Whole(blocks), frequencies, strangers }
    }
}

/// Reads a record, names included.
pub(crate) fn read(record: &Record<'_>, base: Option<&Names>, names: &mut Names) -> Person {
    let mut person = Person::read(record);
    person.birth_name = names.intern(base, record.birth_name.unwrap_or_default());
    person.usage_name = names.intern(base, record.usage_name.unwrap_or_default());
    person.first_name = names.intern(base, record.first_name.unwrap_or_default());
    person
}

/// The known people, ready to be matched with. Identifiers are wiped from memory when it is dropped.
pub struct Known {
    pub(crate) people: People,
    pub(crate) owners: Owners,
    pub(crate) names: Names,
    pub(crate) filed: Filed,
    pub(crate) frequencies: Frequencies,
    pub(crate) strangers: Strangers,
}

/// Where the known people are found by the values of their keys.
pub(crate) enum Filed {
    /// Everyone, under every value.
    Whole(Vec<Block>),
    /// Those who have something in common with a dossier, under that.
    Passed(Box<Passed>),
}

impl Known {
    /// Number of records pushed.
    pub fn len(&self) -> usize {
        self.people.0.len()
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.people.0.is_empty()
    }

    /// Adds to `found` the records filed under a value of a key, the last first; at most `most` of them.
    pub(crate) fn find(&self, key: Key, value: u64, names: NamesView<'_>, most: usize, found: &mut Vec<u32>) {
        match &self.filed {
            Filed::Whole(blocks) => {
                let Some(block) = blocks.get(key as usize) else { return };
                let filed = |record: &u32| {
                    let person = self.people.0.get(*record as usize);
                    person.is_some_and(|person| {
                        let of = if key.is_identifier() {
                            KeyNames::default()
                        } else {
                            KeyNames::known(person, names)
                        };
                        filed_values(key, person, &of).any(|other| other == value)
                    })
                };
                found.extend(block.find(value).filter(filed).take(most));
            }
            Filed::Passed(passed) => found.extend(passed.find(value).take(most)),
        }
    }

    /// The NIRs of the person whose record this is, each with the birth date beside it, nothing else.
    pub(crate) fn nirs_of(&self, record: u32) -> impl Iterator<Item = Person> + '_ {
        let (whole, passed) = match &self.filed {
            Filed::Whole(_) => (Some(self.owners.records_of(record)), None),
            Filed::Passed(passed) => (None, Some(passed.nirs_of(record))),
        };
        let of_records = whole.into_iter().flatten().filter_map(|other| self.people.0.get(other as usize));
        of_records
            .map(|person| Person { nir: person.nir, date: person.date, ..Person::default() })
            .chain(passed.into_iter().flatten())
    }
}
