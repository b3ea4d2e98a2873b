//! What is wrong in the section on working records.

use std::collections::BTreeSet;

use liant_convention::Span;
use liant_convention::reading::Problems;
use liant_model::Role;

use crate::liaison::Barrier;
use crate::programme::{Code, Coded, During, Nomenclature, Programme, RecordRule, RecordState};

pub(super) fn lint(rule: &RecordRule, problems: &mut Problems<'_>) {
    for (table, states) in [
        ("[[record.goal_state]]", &rule.goal_states),
        ("[[record.action_state]]", &rule.action_states),
        ("[[record.barrier_state]]", &rule.barrier_states),
    ] {
        lint_states((table, states), (&rule.reasons, "[[record.reason]]", rule.span), problems);
    }
    let coded = |list: &[Coded]| list.iter().map(|one| (one.id.clone(), one.span)).collect();
    let themes = rule.themes.iter().map(|one| (one.id.clone(), one.span)).collect();
    let lists: [(&str, Vec<(Code, Span)>); 4] = [
        ("[[record.theme]]", themes),
        ("[[record.reason]]", coded(&rule.reasons)),
        ("[[record.action]]", coded(&rule.actions)),
        ("[[record.level]]", coded(&rule.levels)),
    ];
    for (table, names) in lists {
        twice(table, names, problems);
    }
    if rule.themes.is_empty() {
        let fix = "add a [[record.theme]]: goals are sorted by barrier";
        problems.error("missing-key", rule.span, "[record] has no `theme`", fix);
    }
    if rule.during.contains(&During::Proposal) {
        let what = "a record would be written before anybody stands beside her";
        problems.warning("early-record", rule.span, what, "leave `proposal` out of `during`");
    }
    if let Some(role) = rule.assessed_by.iter().find(|role| rule.by.contains(role)) {
        let what = format!("`{role}` makes the diagnosis, and would write as a referent too");
        let fix = "leave it in one of `by` and `assessed_by`: who makes the diagnosis writes while the person is proposed alone";
        problems.error("declared-twice", rule.span, what, fix);
    }
    lint_themes(rule, problems);
    for nomenclature in &rule.nomenclatures {
        lint_nomenclature(nomenclature, rule, problems);
    }
    let names = rule.nomenclatures.iter();
    let names: Vec<(String, Span)> =
        names.map(|one| (format!("{} {}", one.id, one.version), one.span)).collect();
    let mut seen = BTreeSet::new();
    for (name, span) in &names {
        if !seen.insert(name) {
            let what = format!("`{name}` is there twice");
            problems.error("declared-twice", *span, what, "give each version once");
        }
    }
}

pub(super) fn twice(table: &str, names: Vec<(Code, Span)>, problems: &mut Problems<'_>) {
    let mut seen = BTreeSet::new();
    for (name, span) in names {
        if !seen.insert(name.clone()) {
            let what = format!("two {table} are called `{name}`");
            problems.error("declared-twice", span, what, "rename one, or remove it");
        }
    }
}

/// What is new has a state that goes on, and can be brought to one that closes.
pub(super) fn lint_states(
    (table, states): (&str, &[RecordState]),
    (reasons, reasons_table, span): (&[Coded], &str, Span),
    problems: &mut Problems<'_>,
) {
    let names = states.iter().map(|one| (one.id.clone(), one.span)).collect();
    twice(table, names, problems);
    let goes_on = states.first().is_some_and(|first| !first.closes && !first.asks_reason);
    if !goes_on || !states.iter().any(|one| one.closes) {
        let what = format!("{table} needs a first state that goes on, and one that closes");
        problems.error("no-states", span, what, "put the first one first, and say `closes = true`");
    }
    for state in states.iter().filter(|one| one.asks_reason && reasons.is_empty()) {
        let what = format!("`{}` gives its reason, and there is none", state.id);
        problems.error("no-reason", state.span, what, format!("add the {reasons_table} codes"));
    }
}

/// Each tick of the form is one theme at most, and health is said to be.
fn lint_themes(rule: &RecordRule, problems: &mut Problems<'_>) {
    let mut seen = BTreeSet::new();
    for theme in &rule.themes {
        if theme.barrier.is_some_and(|barrier| !seen.insert(barrier)) {
            let what = format!("`{}` is a barrier that another theme is already", theme.id);
            problems.error("declared-twice", theme.span, what, "one theme for each barrier");
        }
        if theme.barrier == Some(Barrier::Health) && !theme.health {
            let what = format!("`{}` tells of her health, and the file does not say so", theme.id);
            problems.error("health-not-said", theme.span, what, "add `health = true` (GDPR art. 9)");
        }
    }
}

fn lint_nomenclature(one: &Nomenclature, rule: &RecordRule, problems: &mut Problems<'_>) {
    let of = |table: &str| format!("{table} of {} {}", one.id, one.version);
    let lists: [(&str, Vec<(Code, Span)>); 3] = [
        ("theme", one.themes.iter().map(|theme| (theme.id.clone(), theme.span)).collect()),
        ("goal", one.goals.iter().map(|goal| (goal.id.clone(), goal.span)).collect()),
        ("skill", one.skills.iter().map(|skill| (skill.id.clone(), skill.span)).collect()),
    ];
    for (table, names) in lists {
        twice(&of(table), names, problems);
    }
    let named = one.themes.iter().map(|theme| (&theme.theme, theme.span));
    let named = named.chain(one.goals.iter().map(|goal| (&goal.theme, goal.span)));
    let mut said = BTreeSet::new();
    for (theme, span) in named {
        if rule.theme(theme).is_none() && said.insert(theme) {
            let what = format!("`{theme}` is no [[record.theme]] of the programme");
            problems.error("unknown-theme", span, what, "declare it, or put the name right");
        }
    }
    let writes = |role: &&Role| rule.by.contains(role) || rule.assessed_by.contains(role);
    if let Some(role) = one.by.iter().find(|role| !writes(role)) {
        let what = format!("`{role}` codes by `{}` and writes in no record", one.id);
        problems.error("idle-nomenclature", one.span, what, "add the role to `by` of [record]");
    }
}

/// A code of a nomenclature means the same in every file that has that version of it.
pub(super) fn together(programmes: &[Programme]) -> Vec<String> {
    let all: Vec<(&Programme, &Nomenclature)> = programmes
        .iter()
        .flat_map(|programme| {
            let lists = programme.record.iter().flat_map(|rule| &rule.nomenclatures);
            lists.map(move |one| (programme, one))
        })
        .collect();
    let mut found = Vec::new();
    for (place, (programme, one)) in all.iter().enumerate() {
        let others = all.iter().skip(place + 1);
        for (other, same) in others.filter(|(_, same)| same.id == one.id && same.version == one.version) {
            let goals = one.goals.iter().filter(|goal| {
                same.goal(&goal.id).is_some_and(|same| same.theme != goal.theme || same.text != goal.text)
            });
            let skills = one
                .skills
                .iter()
                .filter(|skill| same.skill(&skill.id).is_some_and(|same| same.text != skill.text));
            for id in goals.map(|goal| &goal.id).chain(skills.map(|skill| &skill.id)) {
                found.push(format!(
                    "`{id}` of {} {} is one thing in {} and another in {}",
                    one.id, one.version, programme.id, other.id
                ));
            }
        }
    }
    found
}
