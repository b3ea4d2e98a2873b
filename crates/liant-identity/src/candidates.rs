//! Finding and weighing the known people who may be the person of a dossier.

use crate::Options;
use crate::blocks::{Key, KeyNames, KeyValues, key_values, undated_values};
use crate::compare::{compare, compare_nirs};
use crate::evidence::{Band, Evidence, NirLevel};
use crate::frequencies::ValueLogs;
use crate::known::Known;
use crate::names::NamesView;
use crate::person::Person;
use crate::weights::LogWeights;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One weighed pair.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) left: u32,
    pub(crate) right: u32,
    /// Odds (base-2 logarithm) of the pair taken alone.
    pub(crate) log_odds: f32,
    pub(crate) evidence: Evidence,
}

impl Pair {
    /// Whether this pair, rather than the other, stands for the two people that both are about.
    pub(crate) fn better_than(&self, other: &Self, options: &Options) -> bool {
        let linked = self.links_alone(options).cmp(&other.links_alone(options));
        let likelier = self.log_odds.total_cmp(&other.log_odds);
        let earlier = (other.left, other.right).cmp(&(self.left, self.right));
        linked.then(likelier).then(earlier).is_gt()
    }

    /// Whether this pair would be linked if there were no other.
    pub(crate) fn links_alone(&self, options: &Options) -> bool {
        self.log_odds >= options.least_automatic(self.evidence.band)
    }
}

/// Which known people a dossier is compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Against {
    /// All of them.
    All,
    /// Other people's of a smaller ordinal: the known side is compared with itself.
    Earlier,
}

/// What one thread needs to go through dossiers without allocating.
pub(crate) struct Finder<'a> {
    pub(crate) known: &'a Known,
    pub(crate) names: NamesView<'a>,
    pub(crate) weights: &'a LogWeights,
    options: &'a Options,
    /// Most records compared with one dossier.
    most: usize,
    /// Largest block worth reading, in records.
    largest_block: usize,
    against: Against,
    /// Pairs compared so far.
    pub(crate) compared: u64,
    ordinal: u32,
    seen: Vec<u32>,
    /// Records of the blocks being read, and the place of each block among them.
    gathered: Vec<u32>,
    blocks: Vec<Range<usize>>,
    /// The person of each of those found, where a person may have several records.
    persons: Vec<u32>,
    pub(crate) found: Vec<(Pair, f32)>,
}

/// Largest block worth reading: a value that more people share says nothing.
pub(crate) const LARGEST_BLOCK: usize = 24;
/// Odds (base-2 logarithm) above which only identifiers and birth date with birth name are looked up.
const SETTLED: f32 = 14.0;
/// Odds above which no further key is tried at all.
const PLAIN: f32 = 30.0;

impl<'a> Finder<'a> {
    pub(crate) fn new(
        known: &'a Known,
        names: NamesView<'a>,
        weights: &'a LogWeights,
        options: &'a Options,
        against: Against,
    ) -> Self {
        Self {
            known,
            names,
            weights,
            options,
            most: known.owners.records_for(options.most_compared),
            largest_block: known.owners.records_for(LARGEST_BLOCK),
            against,
            compared: 0,
            ordinal: 0,
            seen: Vec::new(),
            gathered: Vec::new(),
            blocks: Vec::new(),
            persons: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Compares the candidates of one dossier; the best record of each person is left in `found`, with its
    /// probability by chance.
    ///
    /// Identifiers come first, then birth date with birth name: they settle most dossiers. The other keys are
    /// tried on the rest.
    pub(crate) fn find(&mut self, ordinal: u32, left: &Person) {
        self.ordinal = ordinal;
        self.seen.clear();
        self.found.clear();
        let of = KeyNames::sought(left, self.names);
        let values = self.known.frequencies.of(left, self.names);
        let first = of.birth_only();
        for key in [Key::Nir, Key::FtId, Key::Caf, Key::DateName] {
            for value in key_values(key, left, &first).as_slice() {
                self.read_block(key, *value);
            }
            self.compare_new(left, &values);
            if self.settled(PLAIN) {
                break;
            }
        }
        if !self.settled(SETTLED) {
            self.read_smallest_first(left, &of);
            self.compare_new(left, &values);
        }
        self.compared += self.found.len() as u64;
        if !self.known.owners.all_alone() {
            self.mind_other_records(left, &values);
            self.keep_best_of_each_person();
        }
    }

    /// A record with no NIR, or a provisional or malformed one, does not hide the NIR that its person has elsewhere: if
    /// none of hers equals the dossier's and one contradicts it, so does she.
    fn mind_other_records(&mut self, left: &Person, values: &ValueLogs) {
        let Self { known, weights, against, ordinal, found, .. } = self;
        let untold = |nir| matches!(nir, NirLevel::Missing | NirLevel::Provisional | NirLevel::Doubtful);
        for (pair, chance) in found.iter_mut().filter(|(pair, _)| untold(pair.evidence.nir)) {
            let mut contradiction = NirLevel::Missing;
            let mut weigh_nirs = |left: &Person| {
                for right in known.nirs_of(pair.right) {
                    // What opposes most comes last.
                    contradiction = match (contradiction, compare_nirs(left, &right)) {
                        (NirLevel::Equal, _) | (_, NirLevel::Equal) => NirLevel::Equal,
                        (NirLevel::Different, _) | (_, NirLevel::Different) => NirLevel::Different,
                        (NirLevel::Misplaced, _) | (_, NirLevel::Misplaced) => NirLevel::Misplaced,
                        _ => NirLevel::Missing,
                    };
                }
            };
            match against {
                Against::All => weigh_nirs(left),
                Against::Earlier => known.nirs_of(*ordinal).for_each(|left| weigh_nirs(&left)),
            }
            if matches!(contradiction, NirLevel::Different | NirLevel::Misplaced) {
                pair.evidence = Evidence { nir: contradiction, ..pair.evidence }.ruled();
                *chance = values.chance(pair.evidence, weights);
                pair.log_odds = weights.log_odds(pair.evidence, *chance);
            }
        }
    }

    /// Keeps one record of each person: one that links by itself if there is, the likeliest, the first pushed.
    fn keep_best_of_each_person(&mut self) {
        self.persons.clear();
        let mut kept = 0;
        for place in 0..self.found.len() {
            let candidate = self.found[place];
            let person = self.known.owners.first(candidate.0.right);
            if let Some(same) = self.persons.iter().position(|other| *other == person) {
                if candidate.0.better_than(&self.found[same].0, self.options) {
                    self.found[same] = candidate;
                }
            } else {
                self.found[kept] = candidate;
                self.persons.push(person);
                kept += 1;
            }
        }
        self.found.truncate(kept);
    }

    /// Reads the blocks of all the other keys, the smallest first: when the room for candidates runs out, the blocks
    /// left aside are those that say least.
    fn read_smallest_first(&mut self, left: &Person, of: &KeyNames) {
        self.blocks.clear();
        self.gathered.clear();
        for key in Key::ALL.into_iter().skip(Key::DateName as usize) {
            let undated = if key == Key::NamesCommune { undated_values(of) } else { KeyValues::default() };
            let values = key_values(key, left, of);
            for value in values.as_slice().iter().chain(undated.as_slice()) {
                let block = self.gather(key, *value);
                if !block.is_empty() {
                    self.blocks.push(block);
                }
            }
        }
        let mut blocks = std::mem::take(&mut self.blocks);
        blocks.sort_by_key(ExactSizeIterator::len);
        for block in &blocks {
            self.take_block(block.clone());
        }
        self.blocks = blocks;
    }

    /// Compares the people gathered and not yet compared.
    fn compare_new(&mut self, left: &Person, values: &ValueLogs) {
        while let Some(right) = self.seen.get(self.found.len()).copied() {
            let Some(person) = self.known.people.0.get(right as usize) else { return };
            let evidence = compare(left, person, self.names, &self.known.frequencies);
            let chance = values.chance(evidence, self.weights);
            let log_odds = self.weights.log_odds(evidence, chance);
            self.found.push((Pair { left: self.ordinal, right, log_odds, evidence }, chance));
        }
    }

    /// Adds the people of a block, unless there are too many of them to say anything.
    fn read_block(&mut self, key: Key, value: u64) {
        self.gathered.clear();
        let block = self.gather(key, value);
        self.take_block(block);
    }

    /// Gathers the records of a block and gives their place among those gathered: none when there are too many of them to
    /// say anything.
    fn gather(&mut self, key: Key, value: u64) -> Range<usize> {
        let before = self.gathered.len();
        self.known.find(key, value, self.names, self.largest_block + 1, &mut self.gathered);
        if self.gathered.len() - before > self.largest_block {
            self.gathered.truncate(before);
        }
        before..self.gathered.len()
    }

    /// Adds gathered records to those to compare, as long as there is room.
    fn take_block(&mut self, block: Range<usize>) {
        let owners = &self.known.owners;
        let own = (self.against == Against::Earlier).then(|| owners.first(self.ordinal));
        for right in self.gathered.get(block).unwrap_or_default() {
            let excluded = own.is_some_and(|own| *right >= self.ordinal || owners.first(*right) == own);
            if !excluded && self.seen.len() < self.most && !self.seen.contains(right) {
                self.seen.push(*right);
            }
        }
    }

    fn settled(&self, odds: f32) -> bool {
        self.found.iter().any(|(pair, _)| pair.log_odds >= odds && pair.evidence.band != Band::Barred)
    }
}

/// Dossiers handed to a thread at once.
const CHUNK: usize = 8192;
/// Pairs below these odds (base-2 logarithm) are forgotten at once.
const FORGOTTEN: f32 = -10.0;
/// Candidates kept for one dossier.
const KEPT: usize = 6;

/// Weighs the candidates of every dossier, chunk by chunk, on several threads.
pub(crate) fn weigh(
    known: &Known,
    left: &[Person],
    names: NamesView<'_>,
    weights: &LogWeights,
    options: &Options,
    against: Against,
) -> (Vec<Vec<Pair>>, u64) {
    let chunks: Vec<Mutex<Vec<Pair>>> = left.chunks(CHUNK).map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut finder = Finder::new(known, names, weights, options, against);
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(place), Some(dossiers)) = (chunks.get(index), left.chunks(CHUNK).nth(index)) else {
                break;
            };
            let mut pairs = Vec::with_capacity(dossiers.len() + dossiers.len() / 8);
            for (offset, person) in dossiers.iter().enumerate() {
                finder.find((index * CHUNK + offset) as u32, person);
                finder.found.sort_by(|a, b| b.0.log_odds.total_cmp(&a.0.log_odds));
                let worth = finder.found.iter().map(|(pair, _)| *pair);
                pairs.extend(worth.take_while(|pair| pair.log_odds >= FORGOTTEN).take(KEPT));
            }
            if let Ok(mut place) = place.lock() {
                *place = pairs;
            }
        }
        finder.compared
    };
    let compared = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..options.threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mine = work();
        mine + helpers.into_iter().filter_map(|helper| helper.join().ok()).sum::<u64>()
    });
    (chunks.into_iter().map(|place| place.into_inner().unwrap_or_default()).collect(), compared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frequencies::Frequencies;
    use crate::known::{KnownBuilder, read};
    use crate::names::Names;
    use crate::weights::Weights;
    use crate::{Record, known::Known};
    use proptest::prelude::*;

    fn one_of(of: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
        prop::sample::select(of).prop_map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    fn records() -> impl Strategy<Value = Vec<Record<'static>>> {
        let record = (
            one_of(&["", "", "1750662041012", "2820262108030"]),
            one_of(&["DHAINAUT", "DHAINNAUT", "WACHEUX", "VACHEUX", "LE GALL", "LEGALL"]),
            one_of(&["", "WACHEUX", "DHAINAUT"]),
            one_of(&["Régis", "Rejis", "Ludivine", "Ludivne", "Jean-Pierre", "Jean"]),
            one_of(&["1975-06-03", "1975-03-06", "1985-06-03", "1982-02-14", "1982-01-01", ""]),
            one_of(&["62041", "62765", ""]),
        );
        let whole = record.prop_map(|(nir, birth_name, usage_name, first_name, birth_date, commune)| {
            Record { nir, birth_name, usage_name, first_name, birth_date, commune, ..Record::default() }
        });
        prop::collection::vec(whole, 1..10)
    }

    fn freeze(records: &[Record<'_>]) -> Known {
        let mut builder = KnownBuilder::with_capacity(records.len());
        for record in records {
            builder.push(record);
        }
        builder.freeze(1)
    }

    proptest! {
        /// Brute force over every pair: what is likely is found, unless something plainer was found first.
        #[test]
        fn blocking_misses_no_likely_pair(left in records(), right in records()) {
            let known = freeze(&right);
            let mut more = Names::starting_at(known.names.end());
            let left: Vec<Person> = left.iter().map(|record| read(record, Some(&known.names), &mut more)).collect();
            let names = NamesView { base: &known.names, more: Some(&more) };
            let weights = LogWeights::of(&Weights::shipped(known.len()));
            let options = Options { most_compared: 64, ..Options::default() };
            let mut finder = Finder::new(&known, names, &weights, &options, Against::All);
            for (ordinal, person) in left.iter().enumerate() {
                finder.find(ordinal as u32, person);
                let frequencies: &Frequencies = &known.frequencies;
                let values = frequencies.of(person, names);
                for (right, other) in known.people.0.iter().enumerate() {
                    let evidence = compare(person, other, names, frequencies);
                    let odds = weights.log_odds(evidence, values.chance(evidence, &weights));
                    let found = finder.found.iter().any(|(pair, _)| pair.right as usize == right);
                    prop_assert!(found || odds < 11.0 || finder.settled(SETTLED), "{evidence:?} {odds}");
                }
            }
        }
    }
}
