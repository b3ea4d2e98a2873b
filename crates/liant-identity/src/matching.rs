//! A matching run: dossiers are pushed one by one against the known side, then decided together.

use crate::assign::assign;
use crate::candidates::{Against, weigh};
use crate::estimate::estimate;
use crate::evidence::{Band, Evidence};
use crate::known::{Known, People, read};
use crate::names::{Names, NamesView};
use crate::person::{Person, Record};
use crate::weights::{LogWeights, Weights};

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
    /// Most known people compared with one dossier, counted in records at their mean number for one person.
    pub most_compared: usize,
    /// Threads used.
    pub threads: usize,
    /// Whether the weights are refined on the files (else the shipped ones are used as they are).
    pub learn: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            automatic: 7.5,
            automatic_certain: 5.0,
            review: -1.5,
            shown: -6.0,
            most_shown: 5,
            most_compared: 16,
            threads: 1,
            learn: true,
        }
    }
}

impl Options {
    /// Least score of an automatic link in this band.
    pub(crate) fn least_automatic(&self, band: Band) -> f32 {
        match band {
            Band::Certain => self.automatic_certain,
            Band::Scored => self.automatic,
            Band::Barred => f32::INFINITY,
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
    /// Ordinal of the known person's record: the best of hers.
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
    /// The links: by dossier, best first. A dossier has one `Match`, or one to several `Review` (one for each person),
    /// or none.
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
        run(self.known, &self.left.0, names, &self.options)
    }
}

/// Compares and decides.
pub(crate) fn run(known: &Known, left: &[Person], names: NamesView<'_>, options: &Options) -> Matches {
    let weights = if options.learn {
        estimate(known, left, names, options)
    } else {
        Weights::shipped(known.owners.people())
    };
    let logs = LogWeights::of(&weights);
    let (chunks, compared) = weigh(known, left, names, &logs, options, Against::All);
    let links = assign(known, left, names, chunks, options);
    Matches { links, dossiers: left.len() as u32, compared }
}
