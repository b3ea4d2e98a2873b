//! Blocking: which known people are worth comparing with a dossier. Each key joins enough fields to stay rare
//! when the population grows; together they leave room for an error in any two fields.

use crate::hash::{finish, mix};
use crate::names::{NameEntry, NameId, NamesView};
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
    NameInitialDay,
    DateInitials,
    DateFirstName,
    DateCommune,
    NameInitialMonth,
    FirstSkeletonYear,
    FirstSkeletonDay,
}

impl Key {
    /// Whether the key is an identifier, which needs no name.
    pub(crate) fn is_identifier(self) -> bool {
        matches!(self, Self::Nir | Self::FtId | Self::Caf)
    }

    /// Every key, the most telling first.
    pub(crate) const ALL: [Self; 13] = [
        Self::Nir,
        Self::FtId,
        Self::Caf,
        Self::DateName,
        Self::NamesCommune,
        Self::NamesYear,
        Self::NameInitialDay,
        Self::DateInitials,
        Self::DateFirstName,
        Self::DateCommune,
        Self::NameInitialMonth,
        Self::FirstSkeletonYear,
        Self::FirstSkeletonDay,
    ];
}

/// At most four key values of one dossier for one key.
#[derive(Default)]
pub(crate) struct KeyValues {
    values: [u64; 4],
    length: usize,
}

impl KeyValues {
    fn push(&mut self, key: Key, parts: [u64; 3]) {
        // The key is stirred in first: values of two keys must not meet, as they may be held together.
        let value = finish(parts.iter().fold(mix(0, key as u64), |hash, part| mix(hash, *part)));
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

    fn into_iter(self) -> impl Iterator<Item = u64> {
        self.values.into_iter().take(self.length)
    }
}

/// One name and one first name of a person, as keys use them.
#[derive(Clone, Copy, Default)]
struct NamePair {
    name: NameId,
    first: NameId,
    name_initial: u8,
    first_initial: u8,
    name_skeleton: u32,
    first_skeleton: u32,
    /// Whether name and first name were exchanged.
    exchanged: bool,
}

/// The pairs of names under which a person is filed or sought; by default none.
#[derive(Default)]
pub(crate) struct KeyNames([NamePair; 4]);

impl KeyNames {
    /// The pairs of a known person: birth name and usage name with the first of her first names, birth name with the
    /// last of them.
    pub(crate) fn known(person: &Person, names: NamesView<'_>) -> Self {
        let first = names.entry_of(person.first_name);
        let head = if first.several { names.entry_of(first.head) } else { first };
        let birth = names.entry_of(person.birth_name);
        let pair = |name: NameEntry, first: NameEntry| NamePair {
            name: name.joined,
            first: first.head,
            name_initial: name.initial,
            first_initial: first.initial,
            name_skeleton: name.skeleton,
            first_skeleton: first.skeleton,
            exchanged: false,
        };
        let mut pairs = [NamePair::default(); 4];
        pairs[0] = pair(birth, head);
        if person.usage_name != person.birth_name && person.usage_name != 0 {
            pairs[1] = pair(names.entry_of(person.usage_name), head);
        }
        if first.tail != first.head {
            pairs[2] = pair(birth, names.entry_of(first.tail));
        }
        Self(pairs)
    }

    /// The pairs of a dossier to match: the same, and name and first name exchanged.
    pub(crate) fn sought(person: &Person, names: NamesView<'_>) -> Self {
        let Self(mut pairs) = Self::known(person, names);
        let (first, birth) = (names.entry_of(person.first_name), names.entry_of(person.birth_name));
        pairs[3] = NamePair {
            name: first.joined,
            first: birth.head,
            name_initial: first.initial,
            first_initial: birth.initial,
            name_skeleton: first.skeleton,
            first_skeleton: birth.skeleton,
            exchanged: true,
        };
        Self(pairs)
    }

    /// The birth name alone.
    pub(crate) fn birth_only(&self) -> Self {
        let mut pairs = [NamePair::default(); 4];
        pairs[0] = self.0[0];
        Self(pairs)
    }

    fn whole(&self) -> impl Iterator<Item = &NamePair> {
        self.0.iter().filter(|pair| pair.name != 0 && pair.first != 0)
    }
}

/// The values of one key for one person.
pub(crate) fn key_values(key: Key, person: &Person, of: &KeyNames) -> KeyValues {
    let mut values = KeyValues::default();
    let date = u64::from(person.date.word());
    let year = u64::from(person.date.year());
    let commune = u64::from(person.commune);
    match key {
        Key::Nir => push_code(&mut values, key, person.nir.characters()),
        Key::FtId => push_code(&mut values, key, person.ft_id),
        Key::Caf => push_code(&mut values, key, person.caf),
        Key::DateName if date != 0 => {
            for pair in of.0.iter().filter(|pair| pair.name != 0) {
                values.push(key, [date, u64::from(pair.name), 0]);
            }
        }
        Key::DateFirstName if date != 0 => {
            for pair in of.0.iter().filter(|pair| pair.first != 0 && !pair.exchanged) {
                values.push(key, [date, u64::from(pair.first), 0]);
            }
        }
        Key::DateCommune if date != 0 && commune != 0 && of.0[0].first != 0 => {
            values.push(key, [date, commune, u64::from(of.0[0].first_initial)]);
        }
        Key::NamesCommune if commune != 0 => {
            of.whole().for_each(|pair| values.push(key, [pair.both(), commune, 0]));
        }
        Key::NamesYear if year != 0 => of.whole().for_each(|pair| values.push(key, [pair.both(), year, 0])),
        Key::NameInitialDay if person.date.whole() => of.whole().for_each(|pair| {
            values.push(key, [u64::from(pair.name), date & 1023, u64::from(pair.first_initial)]);
        }),
        Key::FirstSkeletonDay if person.date.whole() => of.whole().for_each(|pair| {
            values.push(key, [u64::from(pair.first), u64::from(pair.name_skeleton), date & 1023]);
        }),
        Key::DateInitials if date != 0 => of.whole().for_each(|pair| {
            values.push(key, [date, u64::from(pair.name_initial), u64::from(pair.first_initial)]);
        }),
        Key::NameInitialMonth if date != 0 => of.whole().for_each(|pair| {
            values.push(key, [u64::from(pair.name), date >> 5, u64::from(pair.first_initial)]);
        }),
        Key::FirstSkeletonYear if year != 0 => of.whole().for_each(|pair| {
            values.push(key, [u64::from(pair.first), u64::from(pair.name_skeleton), year]);
        }),
        _ => {}
    }
    values
}

impl NamePair {
    /// The name to the letter, the first name by its skeleton.
    fn both(&self) -> u64 {
        u64::from(self.name) << 32 | u64::from(self.first_skeleton)
    }
}

fn push_code(values: &mut KeyValues, key: Key, code: u64) {
    if code != 0 {
        values.push(key, [code, 0, 0]);
    }
}

/// The values of one key under which a known person is filed.
pub(crate) fn filed_values(key: Key, person: &Person, of: &KeyNames) -> impl Iterator<Item = u64> {
    let undated = if key == Key::NamesCommune && person.date.absent() {
        undated_values(of)
    } else {
        KeyValues::default()
    };
    key_values(key, person, of).into_iter().chain(undated.into_iter())
}

/// Every value under which a dossier may be looked up, whatever the key.
pub(crate) fn sought_values(person: &Person, of: &KeyNames) -> impl Iterator<Item = u64> {
    let keys = Key::ALL.into_iter();
    keys.flat_map(|key| key_values(key, person, of).into_iter()).chain(undated_values(of).into_iter())
}

/// The values under which people without a birth date are filed in [`Key::NamesCommune`].
pub(crate) fn undated_values(of: &KeyNames) -> KeyValues {
    let mut values = KeyValues::default();
    of.whole().for_each(|pair| values.push(Key::NamesCommune, [pair.both(), 0, 1]));
    values
}

/// A frozen index from key values to people: buckets in one array, with 8 bits of each value to tell apart
/// those of one bucket.
pub(crate) struct Block {
    key: Key,
    shift: u32,
    heads: Vec<u32>,
    people: Vec<u32>,
    marks: Vec<u8>,
}

impl Block {
    fn sized(key: Key, people: &[Person]) -> Self {
        let filed = match key {
            Key::Nir => people.iter().filter(|person| !person.nir.absent()).count(),
            Key::FtId => people.iter().filter(|person| person.ft_id != 0).count(),
            Key::Caf => people.iter().filter(|person| person.caf != 0).count(),
            _ => people.len(),
        };
        // Two to four people a bucket.
        let bits = (usize::BITS - filed.leading_zeros()).saturating_sub(2).clamp(4, 31);
        let heads = vec![0; (1 << bits) + 1];
        Self { key, shift: 64 - bits, heads, people: Vec::new(), marks: Vec::new() }
    }

    /// Files every known person under her values of each of `keys`, in two passes over the people.
    pub(crate) fn build(keys: &[Key], people: &[Person], names: NamesView<'_>) -> Vec<Self> {
        let mut blocks: Vec<Self> = keys.iter().map(|key| Self::sized(*key, people)).collect();
        each_batch(&mut blocks, people, names, |block, filed| {
            for (_, value) in filed {
                block.heads[(value >> block.shift) as usize] += 1;
            }
        });
        for block in &mut blocks {
            let mut total = 0_u32;
            for head in &mut block.heads {
                total += *head;
                *head = total;
            }
            block.people = vec![0; total as usize];
            block.marks = vec![0; total as usize];
        }
        each_batch(&mut blocks, people, names, |block, filed| {
            for (ordinal, value) in filed {
                let head = &mut block.heads[(value >> block.shift) as usize];
                *head -= 1;
                block.people[*head as usize] = *ordinal;
                block.marks[*head as usize] = *value as u8;
            }
        });
        blocks
    }

    /// Which key this block files by.
    pub(crate) fn key(&self) -> Key {
        self.key
    }

    /// The people filed under a value, the last first, and some who are not: few bits tell values apart.
    pub(crate) fn find(&self, value: u64) -> impl Iterator<Item = u32> + '_ {
        let bucket = (value >> self.shift) as usize;
        let (from, to) = (self.heads[bucket] as usize, self.heads[bucket + 1] as usize);
        self.marks[from..to]
            .iter()
            .zip(&self.people[from..to])
            .filter(move |(mark, _)| **mark == value as u8)
            .map(|(_, ordinal)| *ordinal)
    }
}

/// People taken at once, few enough for what is known of them to stay close to the processor.
const BATCH: usize = 2048;

/// Gives each block what is filed in it, (ordinal, value), batch by batch of people.
fn each_batch(
    blocks: &mut [Block],
    people: &[Person],
    names: NamesView<'_>,
    mut visit: impl FnMut(&mut Block, &[(u32, u64)]),
) {
    let mut known_names = Vec::with_capacity(BATCH);
    let mut filed = Vec::with_capacity(BATCH * 2);
    for (batch, people) in people.chunks(BATCH).enumerate() {
        known_names.clear();
        known_names.extend(people.iter().map(|person| KeyNames::known(person, names)));
        for block in &mut *blocks {
            filed.clear();
            for (offset, (person, of)) in people.iter().zip(&known_names).enumerate() {
                let ordinal = (batch * BATCH + offset) as u32;
                filed.extend(filed_values(block.key, person, of).map(|value| (ordinal, value)));
            }
            visit(block, &filed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn values_of_two_keys_never_meet() {
        let mut met = HashSet::new();
        for key in Key::ALL {
            for first in 0..64 {
                for second in 0..8 {
                    let mut values = KeyValues::default();
                    values.push(key, [first, second, 0]);
                    assert!(met.insert(values.as_slice()[0]), "{} {first} {second}", key as u8);
                }
            }
        }
    }
}
