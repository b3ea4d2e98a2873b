//! Blocking: which known people are worth comparing with a dossier. Each key joins enough fields to stay rare
//! when the population grows; together they leave room for an error in any two fields.

use crate::hash::{finish, mix};
use crate::names::{NameId, NamesView};
use crate::person::Person;

/// What a key is made of, in the order in which keys are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Key {
    Nir,
    FtId,
    Caf,
    DateName,
    NamesCommune,
    NamesYear,
    NamesDay,
    DateInitials,
    DateCommune,
    NameInitialMonth,
    FirstSkeletonYear,
}

impl Key {
    /// Every key, the most telling first.
    pub(crate) const ALL: [Self; 11] = [
        Self::Nir,
        Self::FtId,
        Self::Caf,
        Self::DateName,
        Self::NamesCommune,
        Self::NamesYear,
        Self::NamesDay,
        Self::DateInitials,
        Self::DateCommune,
        Self::NameInitialMonth,
        Self::FirstSkeletonYear,
    ];

    /// How many of [`Key::ALL`] settle most dossiers, without the others.
    pub(crate) const FIRST: usize = 4;
}

/// At most six key values of one dossier for one key.
#[derive(Default)]
pub(crate) struct KeyValues {
    values: [u64; 6],
    length: usize,
}

impl KeyValues {
    fn push(&mut self, key: Key, parts: [u64; 3]) {
        let value = finish(parts.iter().fold(key as u64, |hash, part| mix(hash, *part)));
        if !self.as_slice().contains(&value)
            && let Some(place) = self.values.get_mut(self.length)
        {
            *place = value;
            self.length += 1;
        }
    }

    pub(crate) fn as_slice(&self) -> &[u64] {
        &self.values[..self.length]
    }
}

/// A person's names as keys use them: joined forms, and pairs of (name, first name) to try.
pub(crate) struct KeyNames {
    pairs: [(NameId, NameId); 3],
    /// Unspaced forms of the raw numbers in `pairs`.
    joined: [(NameId, NameId); 3],
}

impl KeyNames {
    /// The pairs of a known person: birth name, usage name.
    pub(crate) fn known(person: &Person, names: NamesView<'_>) -> Self {
        let usage = if person.usage_name == person.birth_name { 0 } else { person.usage_name };
        Self::of([(person.birth_name, person.first_name), (usage, person.first_name), (0, 0)], names)
    }

    /// The pairs of a dossier to match: birth name, usage name, and name and first name exchanged.
    pub(crate) fn sought(person: &Person, names: NamesView<'_>) -> Self {
        let mut this = Self::known(person, names);
        this.pairs[2] = (person.first_name, person.birth_name);
        this.joined[2] = (this.joined[0].1, this.joined[0].0);
        this
    }

    fn of(pairs: [(NameId, NameId); 3], names: NamesView<'_>) -> Self {
        Self { pairs, joined: pairs.map(|(name, first)| (names.joined(name), names.joined(first))) }
    }
}

/// The values of one key for one person.
pub(crate) fn key_values(key: Key, person: &Person, of: &KeyNames, names: NamesView<'_>) -> KeyValues {
    let mut values = KeyValues::default();
    let date = u64::from(person.date.word());
    let year = u64::from(person.date.year());
    let commune = u64::from(person.commune);
    match key {
        Key::Nir if !person.nir.absent() => values.push(key, [person.nir.characters(), 0, 0]),
        Key::FtId if person.ft_id != 0 => values.push(key, [person.ft_id, 0, 0]),
        Key::Caf if person.caf != 0 => values.push(key, [person.caf, 0, 0]),
        Key::DateName if date != 0 => {
            for (name, _) in of.joined.iter().filter(|pair| pair.0 != 0) {
                values.push(key, [date, u64::from(*name), 0]);
            }
        }
        Key::DateCommune if date != 0 && commune != 0 && person.first_name != 0 => {
            let first = names.entry(person.first_name);
            values.push(key, [date, commune, u64::from(first.initial)]);
        }
        _ => {}
    }
    for ((name, first), (joined_name, joined_first)) in of.pairs.iter().zip(&of.joined) {
        if *name == 0 || *first == 0 {
            continue;
        }
        let both = u64::from(*joined_name) << 32 | u64::from(*joined_first);
        match key {
            Key::NamesCommune => {
                if commune != 0 {
                    values.push(key, [both, commune, 0]);
                }
            }
            Key::NamesYear if year != 0 => values.push(key, [both, year, 0]),
            Key::NamesDay if person.date.whole() => values.push(key, [both, date & 1023, 0]),
            Key::DateInitials if date != 0 => {
                let initials = [names.entry(*name).initial, names.entry(*first).initial];
                values.push(key, [date, u64::from(initials[0]), u64::from(initials[1])]);
            }
            Key::NameInitialMonth if date != 0 => {
                let initial = names.entry(*first).initial;
                values.push(key, [u64::from(*joined_name), date >> 5, u64::from(initial)]);
            }
            Key::FirstSkeletonYear if year != 0 => {
                let skeleton = names.entry(*name).skeleton;
                values.push(key, [u64::from(*joined_first), u64::from(skeleton), year]);
            }
            _ => {}
        }
    }
    values
}

/// The values under which people without a birth date are filed in [`Key::NamesCommune`].
pub(crate) fn undated_values(of: &KeyNames) -> KeyValues {
    let mut values = KeyValues::default();
    for (name, first) in of.joined.iter().filter(|(name, first)| *name != 0 && *first != 0) {
        values.push(Key::NamesCommune, [u64::from(*name) << 32 | u64::from(*first), 0, 1]);
    }
    values
}

/// A frozen index from key values to people: buckets in one array, with 16 bits of each value to tell apart
/// those of one bucket.
pub(crate) struct Block {
    shift: u32,
    heads: Vec<u32>,
    people: Vec<u32>,
    marks: Vec<u16>,
}

impl Block {
    /// Files every known person under her values of `key`.
    pub(crate) fn build(key: Key, people: &[Person], names: NamesView<'_>) -> Self {
        let each = |visit: &mut dyn FnMut(u32, u64)| {
            for (ordinal, person) in people.iter().enumerate() {
                let of = KeyNames::known(person, names);
                for value in key_values(key, person, &of, names).as_slice() {
                    visit(ordinal as u32, *value);
                }
                if key == Key::NamesCommune && person.date.absent() {
                    for value in undated_values(&of).as_slice() {
                        visit(ordinal as u32, *value);
                    }
                }
            }
        };
        let bits = (usize::BITS - people.len().leading_zeros()).clamp(4, 31);
        let shift = 64 - bits;
        let mut heads = vec![0_u32; (1 << bits) + 1];
        each(&mut |_, value| heads[(value >> shift) as usize] += 1);
        let mut total = 0_u32;
        for head in &mut heads {
            total += *head;
            *head = total;
        }
        let mut block =
            Self { shift, heads, people: vec![0; total as usize], marks: vec![0; total as usize] };
        each(&mut |ordinal, value| {
            let head = &mut block.heads[(value >> shift) as usize];
            *head -= 1;
            block.people[*head as usize] = ordinal;
            block.marks[*head as usize] = value as u16;
        });
        block
    }

    /// The people filed under a value.
    pub(crate) fn find(&self, value: u64) -> impl Iterator<Item = u32> + '_ {
        let bucket = (value >> self.shift) as usize;
        let (from, to) = (self.heads[bucket] as usize, self.heads[bucket + 1] as usize);
        self.marks[from..to]
            .iter()
            .zip(&self.people[from..to])
            .filter(move |(mark, _)| **mark == value as u16)
            .map(|(_, ordinal)| *ordinal)
    }
}
