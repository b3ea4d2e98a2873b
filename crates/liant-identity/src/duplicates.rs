//! People recorded twice on the known side.

use crate::candidates::{Against, weigh};
use crate::estimate::draw_strangers;
use crate::evidence::Band;
use crate::known::Known;
use crate::names::NamesView;
use crate::weights::{LogWeights, Weights};
use crate::{Decision, Link, Options};

/// Share of the known people expected to be recorded twice, before any evidence.
const RECORDED_TWICE: f64 = 0.02;

/// The pairs of known people who may be one, `left` the later recorded and `right` the earlier. A person recorded
/// three times gives two or three pairs. The rules of the bands are those of a match between two files.
pub fn duplicates(known: &Known, options: &Options) -> Vec<Link> {
    let names = NamesView { base: &known.names, more: None };
    let people = &known.people.0;
    let mut weights = Weights::shipped(known.len());
    weights.known_share = RECORDED_TWICE;
    if options.learn && !people.is_empty() {
        weights.strangers = draw_strangers(known, people, names);
    }
    let logs = LogWeights::of(&weights);
    let (chunks, _) = weigh(known, people, names, &logs, options, Against::Earlier);
    let pairs = chunks.iter().flatten();
    pairs
        .filter(|pair| pair.log_odds >= options.review)
        .map(|pair| {
            let least = match pair.evidence.band {
                Band::Certain => options.automatic_certain,
                Band::Scored => options.automatic,
                Band::Barred => f32::INFINITY,
            };
            let decision = if pair.log_odds >= least { Decision::Match } else { Decision::Review };
            Link {
                left: pair.left,
                right: pair.right,
                score: pair.log_odds,
                decision,
                evidence: pair.evidence,
            }
        })
        .collect()
}
