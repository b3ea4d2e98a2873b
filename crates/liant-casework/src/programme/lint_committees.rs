//! What is wrong in the section on committees.

use std::collections::BTreeSet;

use liant_convention::reading::Problems;
use liant_convention::{Recipient, Span};

use crate::clock::at_most_days;
use crate::programme::lint_record::{lint_states, twice};
use crate::programme::{Coded, CommitteesRule, Measure, ReviewRule};

pub(super) fn lint(rule: &CommitteesRule, problems: &mut Problems<'_>) {
    let coded = |list: &[Coded]| list.iter().map(|one| (one.id.clone(), one.span)).collect::<Vec<_>>();
    for (table, list) in [
        ("[[committees.function]]", coded(&rule.functions)),
        ("[[committees.action]]", coded(&rule.actions)),
        ("[[committees.reason]]", coded(&rule.reasons)),
        ("[[committees.practice]]", coded(&rule.practices)),
        ("[[committees.alert]]", coded(&rule.alerts)),
        ("[[committees.gap]]", rule.gaps.iter().map(|one| (one.id.clone(), one.span)).collect()),
        ("[[committees.committee]]", rule.committees.iter().map(|one| (one.id.clone(), one.span)).collect()),
    ] {
        twice(table, list, problems);
    }
    if !rule.committees.is_empty() && rule.functions.is_empty() {
        let fix = "add [[committees.function]]: minutes say who was there, by function";
        problems.error("missing-key", rule.span, "[committees] has no `function`", fix);
    }
    if !rule.actions.is_empty() {
        let states = ("[[committees.action_state]]", &*rule.action_states);
        lint_states(states, (&rule.reasons, "[[committees.reason]]", rule.span), problems);
    }
    for gap in rule.gaps.iter().filter(|gap| gap.measure == Some(Measure::Accompanied)) {
        let what =
            format!("`{}` hangs on how many people are accompanied, which no committee is shown", gap.id);
        let fix = "bind it to what happened in months: `entries`, `entries_in_time`, `exits`…";
        problems.error("hidden-measure", gap.span, what, fix);
    }
    for one in &rule.committees {
        two_parties(&one.led_by, ("led_by", one.span), problems);
        if one.alert.is_some_and(|alert| at_most_days(alert) >= at_most_days(one.every)) {
            let what = format!("`{}` is told of before it was held", one.id);
            problems.warning("alert-out-of-clock", one.span, what, "bring the alert within `every`");
        }
    }
    if let Some(review) = &rule.review {
        lint_review(review, problems);
    }
}

fn lint_review(review: &ReviewRule, problems: &mut Problems<'_>) {
    two_parties(&review.signed_by, ("signed_by", review.span), problems);
    let lines = review.lines.iter().map(|one| (one.id.clone(), one.span)).collect();
    twice("[[committees.review.line]]", lines, problems);
    let signs = |party: &liant_model::Party| review.signed_by.iter().any(|one| one.party == *party);
    for line in review.lines.iter().filter(|line| line.by.as_ref().is_some_and(|by| !signs(by))) {
        let what = format!("`{}` is of a party that does not sign the review", line.id);
        problems.error("idle-line", line.span, what, "add the party to `signed_by`, or put `by` right");
    }
}

/// What is signed by both parties has somebody of each, and of no party two who could sign in each other's place.
fn two_parties(people: &[Recipient], (key, span): (&str, Span), problems: &mut Problems<'_>) {
    let parties: BTreeSet<_> = people.iter().map(|one| &one.party).collect();
    if parties.len() < 2 || parties.len() < people.len() {
        let what = format!("`{key}` has not one role of each of two parties");
        problems.error("one-of-each", span, what, "name one role of each party");
    }
}
