//! How often values occur among the known people: the probability that two strangers share them.

use crate::compare::Usual;
use crate::evidence::{CommuneLevel, DateLevel, Evidence, FirstNameLevel, NameLevel};
use crate::hash::{finish, mix};
use crate::names::{NameId, NamesView};
use crate::owners::Owners;
use crate::person::{BirthDate, Person};
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
/// Most bits of the place of a pair of names.
const MOST_PAIR_BITS: u32 = 20;
/// Years in a cohort of first names.
const COHORT_YEARS: u32 = 6;

/// The values of one record that are counted.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Counted {
    surname: NameId,
    first: NameId,
    pub(crate) date: BirthDate,
    commune: u32,
}

impl Counted {
    pub(crate) fn of(person: &Person, names: NamesView<'_>) -> Self {
        Self {
            surname: names.joined(person.birth_name),
            first: names.joined(person.first_name),
            date: person.date,
            commune: person.commune,
        }
    }

    fn cohort(&self) -> u32 {
        self.date.year() / COHORT_YEARS
    }
}

impl Default for Frequencies {
    /// Nobody counted yet.
    fn default() -> Self {
        Self {
            surnames: Vec::new(),
            first_names: Vec::new(),
            first_names_by_cohort: Counts::default(),
            cohorts: Counts::default(),
            dates: Counts::default(),
            communes: Counts::default(),
            pairs: vec![0; 1 << MOST_PAIR_BITS],
            people: 0.0,
            usual: 0,
        }
    }
}

impl Frequencies {
    /// Counts the known people: a value that several records of one person share counts once.
    pub(crate) fn count(records: &[Person], owners: &Owners, names: NamesView<'_>) -> Self {
        let mut this = Self::default();
        this.make_room(names);
        let mut earlier = Vec::new();
        for (ordinal, person) in records.iter().enumerate() {
            let ordinal = ordinal as u32;
            earlier.clear();
            if owners.first(ordinal) != ordinal {
                let before = owners.records_of(ordinal).take_while(|other| *other < ordinal);
                earlier.extend(before.map(|other| Counted::of(&records[other as usize], names)));
            }
            this.add(&Counted::of(person, names), &earlier, names);
        }
        this.close(owners.people());
        this
    }

    /// Makes room for the names that were given a number.
    pub(crate) fn make_room(&mut self, names: NamesView<'_>) {
        let size = names.base.end() as usize + 1;
        if size > self.surnames.len() {
            self.surnames.resize(size, 0);
            self.first_names.resize(size, 0);
        }
    }

    /// Counts the values of one record that are in no `earlier` record of its person. There must be room for its names.
    pub(crate) fn add(&mut self, record: &Counted, earlier: &[Counted], names: NamesView<'_>) {
        let new = |same: &dyn Fn(&Counted) -> bool| !earlier.iter().any(same);
        let Counted { surname, first, date, commune } = *record;
        self.surnames[surname as usize] += u32::from(new(&|other| other.surname == surname));
        self.first_names[first as usize] += u32::from(new(&|other| other.first == first));
        if date.year() != 0 {
            let cohort = record.cohort();
            if new(&|other| (other.first, other.cohort()) == (first, cohort)) {
                *self.first_names_by_cohort.entry(cohort_key(first, date.year())).or_default() += 1;
            }
            if new(&|other| other.cohort() == cohort) {
                *self.cohorts.entry(cohort).or_default() += 1;
            }
            if new(&|other| other.date == date) {
                *self.dates.entry(date.word()).or_default() += 1;
            }
        }
        if commune != 0 && new(&|other| other.commune == commune) {
            *self.communes.entry(commune).or_default() += 1;
        }
        if new(&|other| (other.surname, other.first) == (surname, first)) {
            let place = self.pair_place(surname, first, names);
            self.pairs[place] = self.pairs[place].saturating_add(1);
        }
    }

    /// Ends the count, of this many people. Few people take less room.
    pub(crate) fn close(&mut self, people: usize) {
        let bits = (usize::BITS - people.leading_zeros()).clamp(8, MOST_PAIR_BITS);
        let (kept, folded) = self.pairs.split_at_mut(1 << bits);
        for part in folded.chunks(kept.len()) {
            for (count, more) in kept.iter_mut().zip(part) {
                *count = count.saturating_add(*more);
            }
        }
        self.pairs.truncate(1 << bits);
        self.pairs.shrink_to_fit();
        self.people = people as f32;
        self.usual = (people / 20_000).max(8) as u32;
    }

    fn pair_place(&self, surname: NameId, first: NameId, names: NamesView<'_>) -> usize {
        let hash = |id: NameId| u64::from(names.entry_of(id).hash);
        (mix(hash(surname) << 32, hash(first)) as usize) & (self.pairs.len() - 1)
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
        let place = self.pair_place(names.joined(person.birth_name), first, names);
        let together = self.pairs[place].saturating_sub(1);
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
