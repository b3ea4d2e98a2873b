//! A matching run: dossiers are pushed one by one against the known side, then decided together.

use crate::assign::assign;
use crate::candidates::{Finder, Pair};
use crate::estimate::estimate;
use crate::evidence::Evidence;
use crate::known::{Known, People, read};
use crate::names::{Names, NamesView};
use crate::person::{Person, Record};
use crate::weights::{LogWeights, Weights};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Thresholds and bounds of a run. Scores are odds as base-2 logarithms: 0 is one chance in two, 10 is about
/// one error in a thousand, each unit doubles the odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Least score of an automatic link in the scored band.
    pub automatic: f32,
    /// Least score of an automatic link in the certain band, where only rival candidates lower the score.
    pub automatic_certain: f32,
    /// Least score of a dossier sent to human review.
    pub review: f32,
    /// Least score of a candidate shown in review.
    pub shown: f32,
    /// Most candidates shown in review for one dossier.
    pub most_shown: usize,
    /// Most known people compared with one dossier.
    pub most_compared: usize,
    /// Threads used.
    pub threads: usize,
    /// Whether the weights are refined on the files (else the shipped ones are used as they are).
    pub learn: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            automatic: 9.0,
            automatic_certain: 4.0,
            review: -1.0,
            shown: -7.0,
            most_shown: 5,
            most_compared: 16,
            threads: 1,
            learn: true,
        }
    }
}

/// What is to be done with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Link without asking.
    Match,
    /// Show to a person, who decides.
    Review,
}

/// A dossier and a known person, the odds that they are one, and why.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Ordinal of the dossier.
    pub left: u32,
    /// Ordinal of the known person.
    pub right: u32,
    /// Odds (base-2 logarithm) that they are one person, other candidates and rival dossiers taken into account.
    pub score: f32,
    /// What is to be done.
    pub decision: Decision,
    /// The grounds.
    pub evidence: Evidence,
}

impl Link {
    /// The score as a probability.
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.score)).exp2())
    }
}

/// The outcome of a run.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// The links: by dossier, best first. A dossier has one `Match`, or one to several `Review`, or none.
    pub links: Vec<Link>,
    /// Dossiers pushed.
    pub dossiers: u32,
    /// Pairs compared. Bounded for each dossier by [`Options::most_compared`].
    pub compared: u64,
}

/// A run against a known side.
pub struct Matcher<'k> {
    known: &'k Known,
    names: Names,
    left: People,
    options: Options,
}

/// Dossiers handed to a thread at once.
const CHUNK: usize = 8192;
/// Pairs below these odds (base-2 logarithm) are forgotten at once.
const FORGOTTEN: f32 = -10.0;
/// Candidates kept for one dossier.
const KEPT: usize = 6;

impl<'k> Matcher<'k> {
    /// A run with room for `expected` dossiers.
    pub fn new(known: &'k Known, options: Options, expected: usize) -> Self {
        Self {
            known,
            names: Names::starting_at(known.names.end()),
            left: People(Vec::with_capacity(expected)),
            options,
        }
    }

    /// Adds one dossier and gives its ordinal: 0, 1, 2… in the order of the calls.
    pub fn push(&mut self, record: &Record<'_>) -> u32 {
        let ordinal = self.left.0.len() as u32;
        self.left.0.push(read(record, Some(&self.known.names), &mut self.names));
        ordinal
    }

    /// Compares and decides.
    pub fn finish(self) -> Matches {
        let names = NamesView { base: &self.known.names, more: Some(&self.names) };
        let left = &self.left.0;
        let weights = if self.options.learn {
            estimate(self.known, left, names, self.options.most_compared)
        } else {
            Weights::shipped(self.known.len())
        };
        let logs = LogWeights::of(&weights);
        let (chunks, compared) = weigh(self.known, left, names, &logs, &self.options);
        let links = assign(self.known, left, names, &chunks, &self.options);
        Matches { links, dossiers: left.len() as u32, compared }
    }
}

/// Weighs the candidates of every dossier, chunk by chunk, on several threads.
fn weigh(
    known: &Known,
    left: &[Person],
    names: NamesView<'_>,
    weights: &LogWeights,
    options: &Options,
) -> (Vec<Vec<Pair>>, u64) {
    let chunks: Vec<Mutex<Vec<Pair>>> = left.chunks(CHUNK).map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut finder = Finder::new(known, names, weights, options.most_compared);
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
