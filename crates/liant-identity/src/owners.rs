//! Which records of the known side are one person's.

/// A record whose person has no other.
const ALONE: u32 = u32::MAX;
/// Most records held together. A person has one from each source; far more under one person is a mistake of the caller,
/// which must not make every look-up long.
pub(crate) const MOST_TOGETHER: usize = 256;

/// The records of each person, 4 bytes a record; nothing when each record is a person of her own.
pub(crate) struct Owners {
    /// For each record, the next one of the same person; the last gives the first. Empty when all stand alone.
    next: Vec<u32>,
    records: usize,
    people: usize,
    all_alone: bool,
}

/// The owners as they are given, record by record.
#[derive(Default)]
pub(crate) struct GivenOwners(Vec<u32>);

impl GivenOwners {
    /// Says that the record of this ordinal is `person`'s. Records passed over stand alone.
    pub(crate) fn set(&mut self, ordinal: u32, person: u32, expected: usize) {
        if self.0.is_empty() {
            self.0.reserve_exact(expected);
        }
        self.0.resize(ordinal as usize, ALONE);
        self.0.push(person);
    }

    /// Chains the records of each person, in their order.
    pub(crate) fn chain(self, records: usize) -> Owners {
        let Self(mut given) = self;
        if given.is_empty() {
            return Owners { next: given, records, people: records, all_alone: true };
        }
        given.resize(records, ALONE);
        given.shrink_to_fit();
        let mut order: Vec<u32> = (0..records as u32).collect();
        order.sort_unstable_by_key(|record| (given[*record as usize], *record));
        let mut people = 0;
        let mut rest = order.as_slice();
        while let Some(first) = rest.first() {
            let person = given[*first as usize];
            let most = if person == ALONE { 1 } else { MOST_TOGETHER };
            let length = rest.iter().take(most).take_while(|other| given[**other as usize] == person).count();
            let (hers, others) = rest.split_at(length);
            for (place, record) in hers.iter().enumerate() {
                given[*record as usize] = *hers.get(place + 1).unwrap_or(first);
            }
            people += 1;
            rest = others;
        }
        Owners { next: given, records, people, all_alone: false }
    }
}

impl Owners {
    /// The same records, as those that were kept of more records of more people.
    pub(crate) fn among(self, records: usize, people: usize, all_alone: bool) -> Self {
        Self { records, people, all_alone, ..self }
    }

    /// Number of people.
    pub(crate) fn people(&self) -> usize {
        self.people
    }

    /// Whether each record is a person of her own.
    pub(crate) fn all_alone(&self) -> bool {
        self.all_alone
    }

    /// The first record of the person whose record this is: it names the person.
    pub(crate) fn first(&self, record: u32) -> u32 {
        let mut at = record;
        while let Some(next) = self.next.get(at as usize) {
            if *next <= at {
                return *next;
            }
            at = *next;
        }
        at
    }

    /// All the records of the person whose record this is, in order.
    pub(crate) fn records_of(&self, record: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(self.first(record)), |at| {
            self.next.get(*at as usize).copied().filter(|next| next > at)
        })
    }

    /// How many records this many people have, on average.
    pub(crate) fn records_for(&self, people: usize) -> usize {
        if self.all_alone() {
            return people;
        }
        people.saturating_mul(self.records).div_ceil(self.people.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owners(given: &[Option<u32>]) -> Owners {
        let mut owners = GivenOwners::default();
        for (ordinal, person) in given.iter().enumerate() {
            if let Some(person) = person {
                owners.set(ordinal as u32, *person, given.len());
            }
        }
        owners.chain(given.len())
    }

    #[test]
    fn records_are_chained_by_person() {
        type Case = (&'static [Option<u32>], &'static [&'static [u32]]);
        let cases: &[Case] = &[
            (&[], &[]),
            (&[None, None], &[&[0], &[1]]),
            (&[Some(7), None, Some(7)], &[&[0, 2], &[1], &[0, 2]]),
            (
                &[None, Some(0), Some(5), Some(0), None, Some(0)],
                &[&[0], &[1, 3, 5], &[2], &[1, 3, 5], &[4], &[1, 3, 5]],
            ),
            (&[Some(3), Some(2), Some(2), Some(3)], &[&[0, 3], &[1, 2], &[1, 2], &[0, 3]]),
            // No person has the ordinal that says "alone".
            (&[Some(u32::MAX), Some(u32::MAX)], &[&[0], &[1]]),
        ];
        for (given, expected) in cases {
            let owners = owners(given);
            for (record, hers) in expected.iter().enumerate() {
                assert_eq!(owners.records_of(record as u32).collect::<Vec<_>>(), *hers, "{given:?}");
                assert_eq!(owners.first(record as u32), hers[0], "{given:?}");
            }
            let mut firsts: Vec<u32> = expected.iter().map(|hers| hers[0]).collect();
            firsts.sort_unstable();
            firsts.dedup();
            assert_eq!(owners.people(), firsts.len(), "{given:?}");
        }
    }

    #[test]
    fn far_too_many_records_of_one_person_are_not_held_together() {
        let owners = owners(&[Some(1); 600]);
        assert_eq!(owners.people(), 3);
        assert_eq!(owners.records_of(599).count(), 600 - 2 * MOST_TOGETHER);
        assert_eq!(owners.records_for(3), 600);
    }
}
