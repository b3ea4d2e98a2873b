//! People recorded twice on the known side.

use crate::candidates::{Against, Pair, weigh};
use crate::estimate::draw_strangers;
use crate::known::Known;
use crate::names::NamesView;
use crate::weights::{LogWeights, Weights};
use crate::{Decision, Link, Options};
use std::collections::HashMap;

/// Share of the known people expected to be recorded twice, before any evidence.
const RECORDED_TWICE: f64 = 0.02;

/// The pairs of known people who may be one, `left` the later recorded and `right` the earlier. A person recorded
/// three times gives two or three pairs. Records given as one person's make no pair, and two people make at most one:
/// that of their nearest records. The rules of the bands are those of a match between two files.
pub fn duplicates(known: &Known, options: &Options) -> Vec<Link> {
    let names = NamesView { base: &known.names, more: None };
    let people = &known.people.0;
    let mut weights = Weights::shipped(known.owners.people());
    weights.known_share = RECORDED_TWICE;
    if options.learn && !people.is_empty() {
        weights.strangers = draw_strangers(known, people, names);
    }
    let logs = LogWeights::of(&weights);
    let (chunks, _) = weigh(known, people, names, &logs, options, Against::Earlier);
    let likely = |pair: &Pair| pair.log_odds >= options.review;
    let mut pairs: Vec<Pair> = chunks.into_iter().flatten().filter(likely).collect();
    keep_best_of_each_two(known, &mut pairs, options);
    pairs
        .into_iter()
        .map(|pair| {
            let decision = if pair.links_alone(options) { Decision::Match } else { Decision::Review };
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

/// Keeps one pair of records for each two people.
fn keep_best_of_each_two(known: &Known, pairs: &mut Vec<Pair>, options: &Options) {
    if known.owners.all_alone() {
        return;
    }
    let two = |pair: &Pair| {
        let (a, b) = (known.owners.first(pair.left), known.owners.first(pair.right));
        (a.min(b), a.max(b))
    };
    let mut best: HashMap<(u32, u32), Pair> = HashMap::with_capacity(pairs.len());
    for pair in pairs.iter() {
        let kept = best.entry(two(pair)).or_insert(*pair);
        if pair.better_than(kept, options) {
            *kept = *pair;
        }
    }
    pairs.retain(|pair| {
        best.get(&two(pair)).is_some_and(|kept| (kept.left, kept.right) == (pair.left, pair.right))
    });
}
