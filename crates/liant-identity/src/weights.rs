//! The weights of a Fellegi–Sunter comparison with three explanations of a pair: the same person, a relative
//! (twin, sibling, spouse, parent), or two strangers alike by chance.
//!
//! Each explanation says how probable each level of each field is. For strangers the levels "equal" take the
//! frequency of the very value ([`Frequencies`](crate::frequencies::Frequencies)): two DHAINAUT agree less by chance than two MARTIN.

use crate::evidence::{Evidence, FIELDS, LEVELS};

/// Probability of each level of each field; level 0 (absent) is never counted.
pub(crate) type Table = [[f32; LEVELS]; FIELDS];

/// Shipped: the same person. Refined on each file by [`crate::estimate`].
pub(crate) const SAME_PERSON: Table = [
    // NIR: equal, one slip, provisional, doubtful, misplaced, different
    [0.0, 0.968, 0.02, 0.002, 0.002, 0.005, 0.003, 0.0, 0.0, 0.0],
    // name: equal, usage, same usage, swapped, part, close, close usage, alike, different
    [0.0, 0.86, 0.06, 0.002, 0.008, 0.01, 0.04, 0.005, 0.005, 0.01],
    // first name: equal, swapped, part, close, alike, different
    [0.0, 0.91, 0.01, 0.02, 0.04, 0.01, 0.01, 0.0, 0.0, 0.0],
    // date: equal, swapped, same year only, one slip, one part, different
    [0.0, 0.955, 0.006, 0.008, 0.018, 0.01, 0.003, 0.0, 0.0, 0.0],
    // commune: equal, different
    [0.0, 0.80, 0.20, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    // CAF: equal, different
    [0.0, 0.92, 0.08, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    // France Travail: equal, different
    [0.0, 0.94, 0.06, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// Shipped: a relative.
pub(crate) const RELATIVE: Table = [
    [0.0, 0.02, 0.002, 0.003, 0.003, 0.03, 0.942, 0.0, 0.0, 0.0],
    [0.0, 0.50, 0.12, 0.05, 0.0005, 0.01, 0.01, 0.003, 0.01, 0.2965],
    [0.0, 0.002, 0.0005, 0.01, 0.0025, 0.035, 0.95, 0.0, 0.0, 0.0],
    [0.0, 0.10, 0.0005, 0.01, 0.004, 0.0355, 0.85, 0.0, 0.0, 0.0],
    [0.0, 0.60, 0.40, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 0.40, 0.60, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 0.0001, 0.9999, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// Shipped: two strangers. Refined by drawing pairs at random.
pub(crate) const STRANGERS: Table = [
    [0.0, 1e-7, 2e-6, 0.005, 0.005, 0.02, 0.97, 0.0, 0.0, 0.0],
    [0.0, 0.002, 0.001, 0.0002, 1e-6, 0.002, 0.0005, 0.0005, 0.01, 0.984],
    [0.0, 0.01, 1e-6, 0.005, 0.002, 0.04, 0.943, 0.0, 0.0, 0.0],
    [0.0, 6e-5, 6e-5, 5e-4, 1e-3, 4e-3, 0.9944, 0.0, 0.0, 0.0],
    [0.0, 0.02, 0.98, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 2e-6, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 1e-7, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
];

/// All that turns a comparison into odds.
#[derive(Clone)]
pub(crate) struct Weights {
    pub(crate) same: Table,
    pub(crate) relative: Table,
    pub(crate) strangers: Table,
    /// Share of the dossiers whose person is known.
    pub(crate) known_share: f64,
    /// Relatives of a dossier's person among the known, on average.
    pub(crate) relatives: f64,
    /// Number of known people, never below [`SMALLEST_POPULATION`].
    pub(crate) population: f64,
}

/// A short list of known people is held to come from a population of at least this size, so that a common name does
/// not become proof in a small file.
pub(crate) const SMALLEST_POPULATION: f64 = 20_000.0;

impl Weights {
    /// The shipped weights for a known side of `known` people.
    pub(crate) fn shipped(known: usize) -> Self {
        Self {
            same: SAME_PERSON,
            relative: RELATIVE,
            strangers: STRANGERS,
            known_share: 0.7,
            relatives: 0.15,
            population: (known as f64).max(SMALLEST_POPULATION),
        }
    }
}

/// The weights as logarithms (base 2), ready to be added.
pub(crate) struct LogWeights {
    same: Table,
    relative: Table,
    pub(crate) strangers: Table,
    known_share: f64,
    relatives: f64,
    population: f64,
}

impl LogWeights {
    pub(crate) fn of(weights: &Weights) -> Self {
        let logs = |table: &Table| {
            let mut logs = *table;
            for levels in &mut logs {
                levels[0] = 0.0;
                for level in &mut levels[1..] {
                    *level = level.max(1e-12).log2();
                }
            }
            logs
        };
        Self {
            same: logs(&weights.same),
            relative: logs(&weights.relative),
            strangers: logs(&weights.strangers),
            known_share: weights.known_share,
            relatives: weights.relatives,
            population: weights.population,
        }
    }

    /// The three explanations' shares before normalisation: same person, relative, strangers.
    pub(crate) fn shares(&self, levels: [u8; FIELDS], chance: f32) -> [f64; 3] {
        let sum = |table: &Table| -> f32 {
            table.iter().zip(levels).map(|(field, level)| field[level as usize]).sum()
        };
        [
            self.known_share * f64::from(sum(&self.same)).exp2(),
            self.relatives * f64::from(sum(&self.relative)).exp2(),
            self.population * f64::from(chance).exp2(),
        ]
    }

    /// Odds (base-2 logarithm) that the pair is one person, rather than relatives or strangers while the dossier's own
    /// person is unknown. (That her person is another candidate is weighed when dossiers are assigned.)
    pub(crate) fn log_odds(&self, evidence: Evidence, chance: f32) -> f32 {
        let [same, relative, strangers] = self.shares(evidence.levels(), chance);
        ((same / ((relative + strangers) * (1.0 - self.known_share))).log2() as f32).clamp(-60.0, 60.0)
    }
}
