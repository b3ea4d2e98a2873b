//! What a file may say word by word and still not mean.

use std::collections::BTreeSet;
use std::fmt::Display;

use liant_model::{Field, FieldSet, Party, Purpose, Sensitivity};

use crate::convention::{Convention, Flow, Grant, Kind, Recipient};
use crate::problem::{Problems, Span};
use crate::terms::{Channel, Reach};
use crate::{contradictions, lint_special, lint_terms, look_ups, quota, retention};

/// The condition that a grant of a NIR by API must require.
pub(crate) const NIR_DECREE: &str = "nir_decree_in_force";

pub(crate) fn lint(convention: &Convention, problems: &mut Problems<'_>) {
    duplicates("party", convention.parties.iter().map(|party| (&party.org, party.span)), problems);
    duplicates("purpose", convention.purposes.iter().map(|purpose| (&purpose.id, purpose.span)), problems);
    duplicates("condition", convention.conditions.iter().map(|c| (&c.id, c.span)), problems);
    duplicates("clock", convention.clocks.iter().map(|clock| (&clock.id, clock.span)), problems);
    duplicates("retention", convention.retention.iter().map(|r| (&r.id, r.span)), problems);
    duplicates("form", convention.forms.iter().map(|form| (&form.id, form.span)), problems);
    lint_parties(convention, problems);
    for grant in &convention.grants {
        lint_grant(convention, grant, problems);
    }
    look_ups::lint(convention, problems);
    quota::lint(convention, problems);
    retention::lint(convention, problems);
    for flow in &convention.flows {
        lint_flow(convention, flow, problems);
    }
    for clock in &convention.clocks {
        for party in clock.owed_by.iter().chain(&clock.owed_to) {
            known_party(convention, party, clock.span, problems);
        }
    }
    lint_purposes(convention, problems);
    lint_special::lint_capacities(convention, problems);
    lint_terms::lint(convention, problems);
    problems.extend(contradictions::within(convention));
}

fn duplicates<'a, T: Ord + Display + 'a>(
    table: &str,
    entries: impl Iterator<Item = (&'a T, Span)>,
    problems: &mut Problems<'_>,
) {
    let mut seen = BTreeSet::new();
    for (id, span) in entries {
        if !seen.insert(id) {
            problems.error(
                "declared-twice",
                span,
                format!("[[{table}]] `{id}` is declared twice"),
                "keep one of them",
            );
        }
    }
}

fn lint_parties(convention: &Convention, problems: &mut Problems<'_>) {
    match &convention.kind {
        Kind::Convention if convention.parties.len() < 2 => problems.error(
            "one-party",
            convention.span,
            "a convention binds at least two parties",
            "add the other [[party]], or write a register entry, [register]",
        ),
        Kind::Register { controller } => known_party(convention, controller, convention.span, problems),
        Kind::Convention => {}
    }
}

pub(crate) fn known_party(convention: &Convention, party: &Party, span: Span, problems: &mut Problems<'_>) {
    if !convention.parties.iter().any(|entry| entry.org == *party) {
        problems.error(
            "unknown-party",
            span,
            format!("`{party}` is no party of this file"),
            "declare it as a [[party]]",
        );
    }
}

pub(crate) fn known_purposes(
    convention: &Convention,
    cited: &[Purpose],
    span: Span,
    problems: &mut Problems<'_>,
) {
    for purpose in cited {
        if !convention.purposes.iter().any(|entry| entry.id == *purpose) {
            problems.error(
                "unknown-purpose",
                span,
                format!("`{purpose}` is no purpose of this file"),
                "declare it as a [[purpose]], with its legal basis",
            );
        }
    }
}

fn lint_grant(convention: &Convention, grant: &Grant, problems: &mut Problems<'_>) {
    known_purposes(convention, &grant.purposes, grant.span, problems);
    if !convention.retention.iter().any(|retention| retention.id == grant.keep) {
        problems.error(
            "unknown-retention",
            grant.span,
            format!("`keep` cites `{}`, which is no [[retention]] of this file", grant.keep),
            "declare it: data without an end cannot be kept",
        );
    }
    for required in &grant.requires {
        if !convention.conditions.iter().any(|condition| condition.id == *required) {
            problems.error(
                "unknown-condition",
                grant.span,
                format!("`requires` cites `{required}`, which is no [[condition]] of this file"),
                "declare it; without `met_from` it is not met and the grant gives nothing",
            );
        }
    }
    if grant.fields.is_empty() {
        problems.error(
            "empty-grant",
            grant.span,
            "`except` takes away everything that `fields` names",
            "remove the grant, or put the patterns right",
        );
    }
    lint_sealed(grant, problems);
    lint_special::lint_grant(convention, grant, problems);
    lint_oneself(grant, problems);
    if let Kind::Register { controller } = &convention.kind {
        for recipient in grant.to.iter().filter(|recipient| recipient.party != *controller) {
            problems.error(
                "register-gives-away",
                grant.span,
                format!("a register entry of `{controller}` cannot give data to `{recipient}`"),
                "giving data to another party needs a convention with it",
            );
        }
    }
}

/// The role of a person in her own space.
const PERSON: &str = "person";

/// The person herself sees herself alone; nobody else is near enough to herself to see anyone by such a clause.
fn lint_oneself(grant: &Grant, problems: &mut Problems<'_>) {
    let is_hers = |recipient: &Recipient| recipient.role.as_str() == PERSON;
    let (hers, others): (Vec<_>, Vec<_>) = grant.to.iter().partition(|recipient| is_hers(recipient));
    if !hers.is_empty() && grant.reach != Reach::Oneself {
        problems.error(
            "person-beyond-herself",
            grant.span,
            format!("`{PERSON}` is whoever the data are about, and would see others"),
            "write `reach = \"oneself\"`",
        );
    }
    if let Some(other) = others.first().filter(|_| grant.reach == Reach::Oneself) {
        problems.error(
            "oneself-to-another",
            grant.span,
            format!("`{other}` sees nobody by a clause that reaches to oneself"),
            format!("give it to `{PERSON}`, or write another reach"),
        );
    }
}

fn lint_sealed(grant: &Grant, problems: &mut Problems<'_>) {
    let sealed: FieldSet = Field::all().filter(|field| field.sensitivity() == Sensitivity::Sealed).collect();
    let named: Vec<_> = grant.fields.intersection(sealed).iter().map(Field::code).collect();
    if named.is_empty() {
        return;
    }
    let named = named.join(", ");
    if grant.channels.contains(&Channel::Screen) {
        problems.error(
            "sealed-on-screen",
            grant.span,
            format!("{named} would be shown on screen: it is a NIR"),
            format!(
                "add `except = [\"{}\"]`, or take `screen` out of `channels`",
                named.replace(", ", "\", \"")
            ),
        );
    }
    if grant.channels.contains(&Channel::Api) && !grant.requires.iter().any(|id| id == NIR_DECREE) {
        problems.error(
            "nir-without-decree",
            grant.span,
            format!("{named} would pass by an API without the decree that allows it"),
            format!("add `requires = [\"{NIR_DECREE}\"]` and declare that [[condition]]"),
        );
    }
    if grant.channels.contains(&Channel::Export) {
        problems.warning(
            "sealed-in-export",
            grant.span,
            format!("{named} would lie in files that users take away"),
            "make sure that a text allows it (CASF R.262-116-1 and following)",
        );
    }
}

fn lint_flow(convention: &Convention, flow: &Flow, problems: &mut Problems<'_>) {
    known_party(convention, &flow.from, flow.span, problems);
    known_party(convention, &flow.to, flow.span, problems);
    known_purposes(convention, &flow.purposes, flow.span, problems);
    for handler in flow.by.iter().filter(|role| role.party != flow.from && role.party != flow.to) {
        problems.error(
            "handler-at-neither-end",
            flow.span,
            format!("`{handler}` may not handle a file from `{}` to `{}`", flow.from, flow.to),
            "name roles of the sender and of the receiver in `by`",
        );
    }
    if let Kind::Register { controller } = &convention.kind
        && flow.to != *controller
    {
        problems.error(
            "register-gives-away",
            flow.span,
            format!("a register entry of `{controller}` cannot send a file to `{}`", flow.to),
            "sending data to another party needs a convention with it",
        );
    }
    let granted = convention.grants.iter().filter(|grant| grant.passes_in(flow));
    let granted = granted.fold(FieldSet::EMPTY, |all, grant| all.union(grant.fields));
    let idle: Vec<_> = flow.carries.difference(granted).iter().map(Field::code).collect();
    if !idle.is_empty() {
        problems.warning(
            "no-recipient",
            flow.span,
            format!(
                "{} carries data that no clause gives to a role of `{}` by flow: {}",
                flow.profile,
                flow.to,
                idle.join(", ")
            ),
            "they do not pass; take them out of `carries`, or add the grant",
        );
    }
}

fn lint_purposes(convention: &Convention, problems: &mut Problems<'_>) {
    for purpose in convention.purposes.iter().filter(|_| convention.named_data) {
        let granted = convention.grants.iter().any(|grant| grant.purposes.contains(&purpose.id))
            || convention.oversights.iter().any(|oversight| oversight.purposes.contains(&purpose.id));
        if !granted && !convention.flows.iter().any(|flow| flow.purposes.contains(&purpose.id)) {
            problems.warning(
                "idle-purpose",
                purpose.span,
                format!("no clause serves the purpose `{}`", purpose.id),
                "remove it, or add the grant that it is for",
            );
        }
    }
}
