//! Finding and weighing the known people who may be the person of a dossier.

use crate::blocks::{Key, KeyNames, key_values, undated_values};
use crate::compare::compare;
use crate::evidence::{Band, Evidence};
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
    pub(crate) before: Option<u32>,
    /// Pairs compared so far.
    pub(crate) compared: u64,
    seen: Vec<u32>,
    pub(crate) found: Vec<(Pair, f32)>,
}

/// Largest block worth reading: a value shared by more people says nothing.
const LARGEST_BLOCK: usize = 24;
/// Odds (base-2 logarithm) above which the other keys are not tried.
const SETTLED: f32 = 14.0;

impl<'a> Finder<'a> {
    pub(crate) fn new(known: &'a Known, names: NamesView<'a>, weights: &'a LogWeights, most: usize) -> Self {
        Self { known, names, weights, most, before: None, compared: 0, seen: Vec::new(), found: Vec::new() }
    }

    /// Compares the candidates of one dossier; they are left in `found`, each with its probability by chance.
    pub(crate) fn find(&mut self, ordinal: u32, left: &Person) {
        self.seen.clear();
        self.found.clear();
        let of = KeyNames::sought(left, self.names);
        let values = self.known.frequencies.of(left, self.names);
        for (place, key) in Key::ALL.into_iter().enumerate() {
            if place == Key::FIRST && self.settled() {
                break;
            }
            let keys = key_values(key, left, &of);
            for value in keys.as_slice() {
                self.read_block(key, *value);
            }
            if key == Key::NamesCommune {
                for value in undated_values(&of).as_slice() {
                    self.read_block(key, *value);
                }
            }
            while self.found.len() < self.seen.len() {
                let right = self.seen[self.found.len()];
                let Some(person) = self.known.people.0.get(right as usize) else { return };
                let evidence = compare(left, person, self.names, &self.known.frequencies);
                let chance = values.chance(&evidence, self.weights);
                let log_odds = self.weights.log_odds(&evidence, chance);
                self.found.push((Pair { left: ordinal, right, log_odds, evidence }, chance));
            }
        }
        self.compared += self.found.len() as u64;
    }

    fn read_block(&mut self, key: Key, value: u64) {
        let Some(block) = self.known.block(key) else { return };
        if block.find(value).count() > LARGEST_BLOCK {
            return;
        }
        for right in block.find(value) {
            if self.before.is_some_and(|before| right >= before) || self.seen.contains(&right) {
                continue;
            }
            if self.seen.len() >= self.most {
                return;
            }
            self.seen.push(right);
        }
    }

    fn settled(&self) -> bool {
        self.found.iter().any(|(pair, _)| pair.log_odds >= SETTLED && pair.evidence.band != Band::Barred)
    }
}
