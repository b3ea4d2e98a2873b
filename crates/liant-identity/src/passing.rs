//! Few against many: the newcomers are held, everyone known passes by once, and only those who have a value of some key in
//! common with a newcomer are kept. What the weights need of the others is counted as they pass, so that the links are
//! those of a [`Matcher`](crate::Matcher) against everyone.

use crate::blocks::{Key, KeyNames, filed_values, sought_values};
use crate::candidates::LARGEST_BLOCK;
use crate::frequencies::{Counted, Frequencies};
use crate::known::{Filed, Known, People, read};
use crate::matching::run;
use crate::met::Met;
use crate::names::{Names, NamesView};
use crate::numbers::Numbers;
use crate::owners::{GivenOwners, MOST_TOGETHER};
use crate::person::{Person, Record};
use crate::strangers::Strangers;
use crate::{Matches, Options};

/// The dossiers to match, when they are few beside the known people.
pub struct Newcomers {
    names: Names,
    left: People,
}

impl Newcomers {
    /// Room for `expected` dossiers.
    pub fn with_capacity(expected: usize) -> Self {
        Self { names: Names::starting_at(1), left: People(Vec::with_capacity(expected)) }
    }

    /// Adds one dossier and gives its ordinal: 0, 1, 2… in the order of the calls.
    pub fn push(&mut self, record: &Record<'_>) -> u32 {
        let ordinal = self.left.0.len() as u32;
        self.left.0.push(read(record, None, &mut self.names));
        ordinal
    }

    /// Ready for the known people to pass by, about `expected` records.
    pub fn meet(self, expected: usize) -> Passing {
        let Self { names, left } = self;
        let sought = Sought::of(&left.0, NamesView { base: &names, more: None });
        Passing {
            names,
            left,
            sought,
            kept: People::default(),
            kept_of: Vec::new(),
            met: Met::with_capacity(expected),
            earlier: Vec::new(),
            records: 0,
            alone: 0,
            frequencies: Frequencies::default(),
            strangers: Strangers::default(),
        }
    }
}

/// The newcomers while the known people pass by.
pub struct Passing {
    names: Names,
    left: People,
    sought: Sought,
    kept: People,
    /// The person of each record kept, by her number in `met`; `ALONE` for a person of one record.
    kept_of: Vec<u32>,
    met: Met,
    earlier: Vec<Counted>,
    records: usize,
    alone: usize,
    frequencies: Frequencies,
    strangers: Strangers,
}

/// A record whose person has no other.
const ALONE: u32 = u32::MAX;

impl Passing {
    /// A person known by this one record passes. Gives the ordinal by which links name the record, or nothing when no link
    /// can name it.
    pub fn push(&mut self, record: &Record<'_>) -> Option<u32> {
        let person = read(record, None, &mut self.names);
        let counted = self.counted(&person);
        self.earlier.clear();
        self.alone += 1;
        self.strangers.meet(&person);
        self.pass(&person, &counted, ALONE)
    }

    /// One of the records of `person` passes; see [`push`](Self::push). Records given under the same number are one person's,
    /// as in [`KnownBuilder::push_of`](crate::KnownBuilder::push_of).
    pub fn push_of(&mut self, record: &Record<'_>, person: u64) -> Option<u32> {
        let of = person;
        let person = read(record, None, &mut self.names);
        let counted = self.counted(&person);
        let before = self.met.len();
        let number = self.met.meet(of, &person, counted, &mut self.earlier);
        if self.met.len() > before {
            self.strangers.meet(&person);
        }
        self.pass(&person, &counted, number)
    }

    fn counted(&mut self, person: &Person) -> Counted {
        let names = NamesView { base: &self.names, more: None };
        self.frequencies.make_room(names);
        Counted::of(person, names)
    }

    fn pass(&mut self, person: &Person, counted: &Counted, number: u32) -> Option<u32> {
        let names = NamesView { base: &self.names, more: None };
        self.records += 1;
        self.frequencies.add(counted, &self.earlier, names);
        let ordinal = self.kept.0.len() as u32;
        if !self.sought.keep(person, &KeyNames::known(person, names), ordinal) {
            return None;
        }
        self.kept.0.push(*person);
        self.kept_of.push(number);
        Some(ordinal)
    }

    /// Compares and decides, once everyone has passed. Ordinals of known records are those given as they passed.
    pub fn finish(self, options: &Options) -> Matches {
        let Self { names, left, sought, kept, kept_of, met, alone, mut frequencies, strangers, .. } = self;
        let people = alone + met.len();
        frequencies.close(people);
        let mut given = GivenOwners::default();
        for (ordinal, number) in (0_u32..).zip(&kept_of) {
            given.set(ordinal, *number, kept_of.len());
        }
        let owners = given.chain(kept_of.len()).among(self.records, people, met.len() == 0);
        let filed = Filed::Passed(Box::new(Passed { found: sought.filed(), met, kept_of }));
        let known = Known { people: kept, owners, names, filed, frequencies, strangers };
        run(&known, &left.0, NamesView { base: &known.names, more: None }, options)
    }
}

/// Most records kept for one value: with one more, the block is too large to be read, however many records people have.
const MOST_KEPT: u32 = (LARGEST_BLOCK * MOST_TOGETHER + 1) as u32;

/// The values under which dossiers may look somebody up, and who has passed with one of them.
struct Sought {
    values: Numbers,
    /// A bit for each value, by its high bits: most values that pass are not sought.
    marks: Vec<u64>,
    shift: u32,
    counts: Vec<u32>,
    /// The values of the record that passes.
    passing: Vec<u64>,
    /// (number of the value, record kept).
    filed: Vec<(u32, u32)>,
}

impl Sought {
    fn of(left: &[Person], names: NamesView<'_>) -> Self {
        let mut values = Numbers::with_capacity(left.len() * 16);
        for person in left {
            for value in sought_values(person, &KeyNames::sought(person, names)) {
                values.number(value);
            }
        }
        let bits = (values.len() * 16).next_power_of_two().clamp(64, 1 << 31);
        let shift = 64 - bits.trailing_zeros();
        let mut marks = vec![0_u64; bits / 64];
        for value in values.keys() {
            let bit = value >> shift;
            marks[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        let counts = vec![0; values.len()];
        Self { values, marks, shift, counts, passing: Vec::new(), filed: Vec::new() }
    }

    /// Files a record under those of its values that are sought; says whether there are any.
    fn keep(&mut self, person: &Person, of: &KeyNames, ordinal: u32) -> bool {
        let before = self.filed.len();
        // All the values first, so that what is known of one is fetched while the next is made.
        self.passing.clear();
        for key in Key::ALL {
            self.passing.extend(filed_values(key, person, of));
        }
        for value in &self.passing {
            let bit = value >> self.shift;
            if self.marks[(bit / 64) as usize] >> (bit % 64) & 1 == 0 {
                continue;
            }
            if let Some(number) = self.values.find(*value)
                && let Some(count) = self.counts.get_mut(number as usize)
                && *count < MOST_KEPT
            {
                *count += 1;
                self.filed.push((number, ordinal));
            }
        }
        self.filed.len() > before
    }

    /// The records by value, once all have passed.
    fn filed(self) -> Found {
        let Self { values, counts: mut heads, filed, .. } = self;
        let mut total = 0;
        for head in &mut heads {
            total += *head;
            *head = total;
        }
        heads.push(total);
        let mut records = vec![0; filed.len()];
        for (number, record) in &filed {
            let head = &mut heads[*number as usize];
            *head -= 1;
            records[*head as usize] = *record;
        }
        Found { values, heads, records }
    }
}

/// Records by the values under which they are sought.
struct Found {
    values: Numbers,
    heads: Vec<u32>,
    records: Vec<u32>,
}

/// The known people who were kept as they passed, as they are found.
pub(crate) struct Passed {
    found: Found,
    met: Met,
    kept_of: Vec<u32>,
}

impl Passed {
    /// The records filed under a value, the last first.
    pub(crate) fn find(&self, value: u64) -> impl Iterator<Item = u32> + '_ {
        let Found { values, heads, records } = &self.found;
        let range = values.find(value).map(|number| {
            let number = number as usize;
            heads[number] as usize..heads[number + 1] as usize
        });
        range.and_then(|range| records.get(range)).unwrap_or_default().iter().copied()
    }

    /// The NIRs of the person whose record this is, each with the birth date beside it.
    pub(crate) fn nirs_of(&self, record: u32) -> impl Iterator<Item = Person> + '_ {
        self.kept_of.get(record as usize).into_iter().flat_map(|number| self.met.nirs_of(*number))
    }
}
