//! Learning the weights from the files themselves, without any truth: levels between strangers from pairs drawn
//! at random, the others by expectation–maximisation over candidate pairs. The shipped weights count as a number
//! of pairs already seen, so that small files change little.

use crate::Options;
use crate::candidates::{Against, Finder};
use crate::compare::compare;
use crate::evidence::{FIELDS, LEVELS};
use crate::known::Known;
use crate::names::NamesView;
use crate::person::Person;
use crate::weights::{LogWeights, SAME_PERSON, STRANGERS, Table, Weights};

/// Dossiers looked at, at most.
const DOSSIERS: usize = 20_000;
/// Random pairs drawn.
const RANDOM_PAIRS: usize = 50_000;
/// How many pairs the shipped weights are worth.
const SHIPPED_STRANGERS: f32 = 20_000.0;
const SHIPPED_SAME: f64 = 300.0;
const ROUNDS: usize = 6;

/// The weights for these files.
pub(crate) fn estimate(known: &Known, left: &[Person], names: NamesView<'_>, options: &Options) -> Weights {
    let mut weights = Weights::shipped(known.owners.people());
    if known.is_empty() || left.is_empty() {
        return weights;
    }
    weights.strangers = draw_strangers(known, left, names);
    let sample = sample(known, left, names, options, &weights);
    let dossiers = left.len().div_ceil(stride(left.len())) as f64;
    for _ in 0..ROUNDS {
        maximise(&mut weights, &sample, dossiers);
    }
    weights
}

fn stride(dossiers: usize) -> usize {
    dossiers.div_ceil(DOSSIERS).max(1)
}

/// Levels among pairs drawn at random.
pub(crate) fn draw_strangers(known: &Known, left: &[Person], names: NamesView<'_>) -> Table {
    let mut table = STRANGERS.map(|field| field.map(|level| level * SHIPPED_STRANGERS));
    let people = known.strangers.people();
    let pairs = RANDOM_PAIRS.min(left.len().saturating_mul(people.len()));
    // Steps prime to one another walk over both sides evenly, and the same at each run.
    let (mut a, mut b) = (0_usize, people.len() / 2);
    for _ in 0..pairs {
        a = (a + 7919) % left.len();
        b = (b + 104_729) % people.len();
        let evidence = compare(&left[a], &people[b], names, &known.frequencies);
        for (field, level) in table.iter_mut().zip(evidence.levels()) {
            if level != 0 {
                field[level as usize] += 1.0;
            }
        }
    }
    normalise(&mut table);
    table
}

fn normalise(table: &mut Table) {
    for field in table {
        field[0] = 0.0;
        let total: f32 = field.iter().sum();
        for level in field {
            *level /= total;
        }
    }
}

/// The candidate pairs of some dossiers: levels and probability by chance.
fn sample(
    known: &Known,
    left: &[Person],
    names: NamesView<'_>,
    options: &Options,
    weights: &Weights,
) -> Vec<([u8; FIELDS], f32)> {
    let logs = LogWeights::of(weights);
    let mut finder = Finder::new(known, names, &logs, options, Against::All);
    let mut sample = Vec::new();
    for (ordinal, person) in left.iter().enumerate().step_by(stride(left.len())) {
        finder.find(ordinal as u32, person);
        sample.extend(finder.found.iter().map(|(pair, chance)| (pair.evidence.levels(), *chance)));
    }
    sample
}

/// One round: how much each pair is of each explanation, then the levels of each explanation.
fn maximise(weights: &mut Weights, sample: &[([u8; FIELDS], f32)], dossiers: f64) {
    let logs = LogWeights::of(weights);
    let mut same = SAME_PERSON.map(|field| field.map(|level| f64::from(level) * SHIPPED_SAME));
    let (mut found, mut relatives) = (0.0, 0.0);
    for (levels, chance) in sample {
        let shares = logs.shares(*levels, *chance);
        let total: f64 = shares.iter().sum();
        let (is_same, is_relative) = (shares[0] / total, shares[1] / total);
        found += is_same;
        relatives += is_relative;
        for (field, level) in levels.iter().enumerate().filter(|(_, level)| **level != 0) {
            same[field][*level as usize] += is_same;
        }
    }
    weights.same = to_table(&same);
    // Candidates come by shared dates and names, so they show relatives in a distorted way: only their number
    // is learnt, their table is kept.
    weights.known_share = ((found + 0.7 * 50.0) / (dossiers + 50.0)).clamp(0.02, 0.95);
    weights.relatives = ((relatives + 0.15 * 1000.0) / (dossiers + 1000.0)).clamp(0.02, 1.0);
}

fn to_table(counts: &[[f64; LEVELS]; FIELDS]) -> Table {
    let mut table = counts.map(|field| field.map(|count| count as f32));
    normalise(&mut table);
    table
}
