//! Finding and weighing the known people who may be the person of a dossier.

use crate::blocks::{Key, KeyNames, key_values, undated_values};
use crate::compare::compare;
use crate::evidence::{Band, Evidence};
use crate::frequencies::ValueLogs;
use crate::known::Known;
use crate::names::NamesView;
use crate::person::Person;
use crate::weights::LogWeights;

/// One weighed pair.
#[derive(Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) left: u32,
    pub(crate) right: u32,
    /// Odds (base-2 logarithm) of the pair taken alone.
    pub(crate) log_odds: f32,
    pub(crate) evidence: Evidence,
}

/// What one thread needs to go through dossiers without allocating.
pub(crate) struct Finder<'a> {
    pub(crate) known: &'a Known,
    pub(crate) names: NamesView<'a>,
    pub(crate) weights: &'a LogWeights,
    /// Most known people compared with one dossier.
    pub(crate) most: usize,
    /// Ordinal from which known people are not looked at (when the known side is matched with itself).
    pub(crate) excluded_from: Option<u32>,
    /// Pairs compared so far.
    pub(crate) compared: u64,
    seen: Vec<u32>,
    pub(crate) found: Vec<(Pair, f32)>,
}

/// Largest block worth reading: a value shared by more people says nothing.
const LARGEST_BLOCK: usize = 24;
/// Odds (base-2 logarithm) above which only identifiers and birth date with birth name are looked up.
const SETTLED: f32 = 14.0;
/// Odds above which no further key is tried at all.
const PLAIN: f32 = 30.0;

impl<'a> Finder<'a> {
    pub(crate) fn new(known: &'a Known, names: NamesView<'a>, weights: &'a LogWeights, most: usize) -> Self {
        Self {
            known,
            names,
            weights,
            most,
            excluded_from: None,
            compared: 0,
            seen: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Compares the candidates of one dossier; they are left in `found`, each with its probability by chance.
    ///
    /// Identifiers come first, then birth date with birth name: they settle most dossiers. The other keys are
    /// tried on the rest.
    pub(crate) fn find(&mut self, ordinal: u32, left: &Person) {
        self.seen.clear();
        self.found.clear();
        let of = KeyNames::sought(left, self.names);
        let values = self.known.frequencies.of(left, self.names);
        let first = of.birth_only();
        for key in [Key::Nir, Key::FtId, Key::Caf, Key::DateName] {
            self.try_key(key, ordinal, left, &first, &values);
            if self.settled(PLAIN) {
                break;
            }
        }
        if !self.settled(SETTLED) {
            for key in Key::ALL.into_iter().skip(Key::DateName as usize) {
                self.try_key(key, ordinal, left, &of, &values);
            }
        }
        self.compared += self.found.len() as u64;
    }

    /// Compares the people filed under the dossier's values of a key and not yet compared.
    fn try_key(&mut self, key: Key, ordinal: u32, left: &Person, of: &KeyNames, values: &ValueLogs) {
        for value in key_values(key, left, of).as_slice() {
            self.read_block(key, *value);
        }
        if key == Key::NamesCommune {
            for value in undated_values(of).as_slice() {
                self.read_block(key, *value);
            }
        }
        while let Some(right) = self.seen.get(self.found.len()).copied() {
            let Some(person) = self.known.people.0.get(right as usize) else { return };
            let evidence = compare(left, person, self.names, &self.known.frequencies);
            let chance = values.chance(&evidence, self.weights);
            let log_odds = self.weights.log_odds(&evidence, chance);
            self.found.push((Pair { left: ordinal, right, log_odds, evidence }, chance));
        }
    }

    /// Adds the people of a block, unless there are too many of them to say anything.
    fn read_block(&mut self, key: Key, value: u64) {
        let Some(block) = self.known.block(key) else { return };
        let before = self.seen.len();
        for (place, right) in block.find(value).enumerate() {
            if place >= LARGEST_BLOCK {
                self.seen.truncate(before);
                return;
            }
            let excluded = self.excluded_from.is_some_and(|from| right >= from);
            if !excluded && self.seen.len() < self.most && !self.seen.contains(&right) {
                self.seen.push(right);
            }
        }
    }

    fn settled(&self, odds: f32) -> bool {
        self.found.iter().any(|(pair, _)| pair.log_odds >= odds && pair.evidence.band != Band::Barred)
    }
}
