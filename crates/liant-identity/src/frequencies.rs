//! How often values occur among the known people: the probability that two strangers share them.

use crate::compare::Usual;
use crate::evidence::{CommuneLevel, DateLevel, Evidence, FirstNameLevel, NameLevel};
use crate::hash::{finish, mix};
use crate::names::{NameId, NamesView};
use crate::owners::Owners;
use crate::person::Person;
use crate::weights::LogWeights;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Passes an already mixed word through.
#[derive(Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = finish(word);
    }
    fn write_u32(&mut self, word: u32) {
        self.0 = finish(u64::from(word));
    }
}

type Counts<K> = HashMap<K, u32, BuildHasherDefault<WordHasher>>;

/// Counts over the known people. Names are counted under their joined form.
pub(crate) struct Frequencies {
    surnames: Vec<u32>,
    first_names: Vec<u32>,
    first_names_by_cohort: Counts<u64>,
    cohorts: Counts<u32>,
    dates: Counts<u32>,
    communes: Counts<u32>,
    /// Counts of (name, first name), by hash; collisions only make a pair look more common.
    pairs: Vec<u16>,
    people: f32,
    usual: u32,
}

/// People assumed around the known ones: a name seen in none of ten dossiers is not impossible.
const ASSUMED: f32 = 2000.0;
/// Assumed frequencies of a value never counted.
const RARE_SURNAME: f32 = 1.0 / 4000.0;
const RARE_FIRST_NAME: f32 = 1.0 / 500.0;
const RARE_DATE: f32 = 1.0 / 17_000.0;
const RARE_COMMUNE: f32 = 1.0 / 100.0;
/// Years in a cohort of first names.
const COHORT_YEARS: u32 = 6;

impl Frequencies {
    /// Counts the known people: a value that several records of one person share counts once.
    pub(crate) fn count(records: &[Person], owners: &Owners, names: NamesView<'_>) -> Self {
        let people = owners.people();
        let size = names.base.end() as usize + 1;
        let bits = (usize::BITS - people.leading_zeros()).clamp(8, 20);
        let mut this = Self {
            surnames: vec![0; size],
            first_names: vec![0; size],
            first_names_by_cohort: Counts::default(),
            cohorts: Counts::default(),
            dates: Counts::default(),
            communes: Counts::default(),
            pairs: vec![0; 1 << bits],
            people: people as f32,
            usual: (people / 20_000).max(8) as u32,
        };
        for (ordinal, person) in records.iter().enumerate() {
            let ordinal = ordinal as u32;
            if owners.first(ordinal) == ordinal {
                this.add(person, names, |_| true);
            } else {
                let earlier = || owners.records_of(ordinal).take_while(|other| *other < ordinal);
                this.add(person, names, |same| !earlier().any(|other| same(&records[other as usize])));
            }
        }
        this
    }

    /// Counts the values of one record that are `new`: told whether another record has the same value, it says whether
    /// none of this person's earlier records has.
    fn add(&mut self, person: &Person, names: NamesView<'_>, new: impl Fn(&dyn Fn(&Person) -> bool) -> bool) {
        let joined = |other: &Person| (names.joined(other.birth_name), names.joined(other.first_name));
        let (surname, first) = joined(person);
        let year = person.date.year();
        let cohort = year / COHORT_YEARS;
        let cohort_of = |other: &Person| other.date.year() / COHORT_YEARS;
        self.surnames[surname as usize] += u32::from(new(&|other| joined(other).0 == surname));
        self.first_names[first as usize] += u32::from(new(&|other| joined(other).1 == first));
        if year != 0 {
            if new(&|other| (joined(other).1, cohort_of(other)) == (first, cohort)) {
                *self.first_names_by_cohort.entry(cohort_key(first, year)).or_default() += 1;
            }
            if new(&|other| cohort_of(other) == cohort) {
                *self.cohorts.entry(cohort).or_default() += 1;
            }
            if new(&|other| other.date == person.date) {
                *self.dates.entry(person.date.word()).or_default() += 1;
            }
        }
        if person.commune != 0 && new(&|other| other.commune == person.commune) {
            *self.communes.entry(person.commune).or_default() += 1;
        }
        if new(&|other| joined(other) == (surname, first)) {
            let place = self.pair_place(surname, first);
            self.pairs[place] = self.pairs[place].saturating_add(1);
        }
    }

    fn pair_place(&self, surname: NameId, first: NameId) -> usize {
        (mix(u64::from(surname) << 32, u64::from(first)) as usize) & (self.pairs.len() - 1)
    }

    fn share(&self, count: u32, assumed: f32) -> f32 {
        (count as f32 + ASSUMED * assumed) / (self.people + ASSUMED)
    }

    /// The probabilities (base-2 logarithms) that a stranger shares each value of this person.
    pub(crate) fn of(&self, person: &Person, names: NamesView<'_>) -> ValueLogs {
        let surname = |id: NameId| {
            let count = self.surnames.get(names.joined(id) as usize).copied().unwrap_or_default();
            self.share(count, RARE_SURNAME).log2()
        };
        let first = names.joined(person.first_name);
        let first_share =
            self.share(self.first_names.get(first as usize).copied().unwrap_or_default(), RARE_FIRST_NAME);
        let year = person.date.year();
        let in_cohort = if year == 0 {
            first_share
        } else {
            let bearers =
                self.first_names_by_cohort.get(&cohort_key(first, year)).copied().unwrap_or_default();
            let cohort = self.cohorts.get(&(year / COHORT_YEARS)).copied().unwrap_or_default();
            // The cohort's own share, drawn towards the general one by as much as 200 people.
            (bearers as f32 + 200.0 * first_share) / (cohort as f32 + 200.0)
        };
        let date = self.dates.get(&person.date.word()).copied().unwrap_or_default();
        let commune = self.communes.get(&person.commune).copied().unwrap_or_default();
        let birth = surname(person.birth_name);
        // Homonyms already known, for names and first names that go together (same region, same origin).
        let together = self.pairs[self.pair_place(names.joined(person.birth_name), first)].saturating_sub(1);
        let both =
            (f32::from(together) / (self.people + ASSUMED) * (in_cohort / first_share)).max(1e-12).log2();
        ValueLogs {
            birth,
            usage: if person.usage_name == 0 { birth } else { surname(person.usage_name) },
            first: in_cohort.log2(),
            both,
            date: self.share(date, RARE_DATE).log2(),
            commune: self.share(commune, RARE_COMMUNE).log2(),
        }
    }
}

fn cohort_key(first: NameId, year: u32) -> u64 {
    u64::from(first) << 16 | u64::from(year / COHORT_YEARS)
}

impl Usual for Frequencies {
    fn usual_first_name(&self, joined: NameId) -> bool {
        self.first_names.get(joined as usize).is_some_and(|count| *count >= self.usual)
    }
    fn usual_surname(&self, joined: NameId) -> bool {
        self.surnames.get(joined as usize).is_some_and(|count| *count >= self.usual)
    }
}

/// See [`Frequencies::of`].
pub(crate) struct ValueLogs {
    birth: f32,
    usage: f32,
    first: f32,
    both: f32,
    date: f32,
    commune: f32,
}

impl ValueLogs {
    /// How probable the evidence is between strangers (base-2 logarithm).
    pub(crate) fn chance(&self, evidence: Evidence, weights: &LogWeights) -> f32 {
        let levels = evidence.levels();
        let by_level = |field: usize| weights.strangers[field][levels[field] as usize];
        let name = match evidence.name {
            NameLevel::Equal => self.birth,
            NameLevel::UsageName => self.usage,
            NameLevel::Swapped => self.birth - 7.0,
            _ => by_level(1),
        };
        let first = match evidence.first_name {
            FirstNameLevel::Equal | FirstNameLevel::Swapped => self.first,
            _ => by_level(2),
        };
        let names = if evidence.name == NameLevel::Equal && evidence.first_name == FirstNameLevel::Equal {
            (name + first).max(self.both)
        } else {
            name + first
        };
        let date = if evidence.date == DateLevel::Equal { self.date } else { by_level(3) };
        let commune = if evidence.commune == CommuneLevel::Equal { self.commune } else { by_level(4) };
        by_level(0) + names + date + commune + by_level(5) + by_level(6)
    }
}
