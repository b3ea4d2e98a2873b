//! What the rules of a programme name: each name must be declared.

use std::collections::BTreeSet;

use liant_convention::Span;
use liant_convention::reading::Problems;
use liant_model::Role;

use crate::programme::{Code, Condition, Moment, Programme};

/// A kind of thing that a file declares, and that its rules name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Role,
    Criterion,
    Act,
    Clock,
    Form,
    Route,
    Experiment,
    Exit,
}

impl Kind {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Role => ("unknown-role", "role"),
            Self::Criterion => ("unknown-criterion", "criterion"),
            Self::Act => ("unknown-act", "act"),
            Self::Clock => ("unknown-clock", "clock"),
            Self::Form => ("unknown-form", "form"),
            Self::Route => ("unknown-route", "route"),
            Self::Experiment => ("unknown-experiment", "experiment"),
            Self::Exit => ("unknown-exit", "exit"),
        }
    }

    fn declared(self, programme: &Programme) -> BTreeSet<&str> {
        match self {
            Self::Role => programme.roles.iter().map(|one| one.id.as_str()).collect(),
            Self::Criterion => programme.criteria.iter().map(|one| one.id.as_str()).collect(),
            Self::Act => programme.acts.iter().map(|one| one.id.as_str()).collect(),
            Self::Clock => programme.clocks.iter().map(|one| one.id.as_str()).collect(),
            Self::Form => programme.forms.iter().map(|one| one.id.as_str()).collect(),
            Self::Route => programme.routes.iter().map(|one| one.id.as_str()).collect(),
            Self::Experiment => programme.experiments.iter().map(|one| one.id.as_str()).collect(),
            Self::Exit => programme.exits.iter().map(|one| one.id.as_str()).collect(),
        }
    }
}

/// Every name that the rules use, with the place of the table that uses it.
#[derive(Default)]
struct Named<'p>(Vec<(Kind, &'p str, Span)>);

impl<'p> Named<'p> {
    fn roles(&mut self, roles: impl IntoIterator<Item = &'p Role>, span: Span) {
        self.0.extend(roles.into_iter().map(|role| (Kind::Role, role.as_str(), span)));
    }

    fn codes(&mut self, kind: Kind, codes: impl IntoIterator<Item = &'p Code>, span: Span) {
        self.0.extend(codes.into_iter().map(|code| (kind, code.as_str(), span)));
    }

    fn condition(&mut self, condition: &'p Condition, span: Span) {
        let codes = condition.all.iter().chain(&condition.any).chain(&condition.none);
        self.codes(Kind::Criterion, codes, span);
    }
}

/// Reports the names of nothing.
pub(super) fn lint(programme: &Programme, problems: &mut Problems<'_>) {
    let mut named = Named::default();
    entry(programme, &mut named);
    stay(programme, &mut named);
    watch(programme, &mut named);
    let mut said = BTreeSet::new();
    for (kind, name, span) in named.0 {
        let (rule, word) = kind.words();
        if !kind.declared(programme).contains(name) && said.insert((word, name, span)) {
            let fix = format!("declare it as a [[{word}]], or put the name right");
            problems.error(rule, span, format!("`{name}` is no {word} of the programme"), fix);
        }
    }
    holders(programme, problems);
}

/// Who is named beside a person holds a place there.
fn holders(programme: &Programme, problems: &mut Problems<'_>) {
    let named = programme.entry.names.iter().chain(programme.routes.iter().flat_map(|route| &route.names));
    for role in named.filter_map(|role| programme.role(role)).filter(|role| role.kind.is_none()) {
        let what = format!("`{}` is named beside a person and holds no place", role.id);
        problems.error("no-place", role.span, what, "give the role the `kind` of place that it holds");
    }
}

fn entry<'p>(programme: &'p Programme, named: &mut Named<'p>) {
    let (entry, head) = (&programme.entry, programme.span);
    named.roles(entry.by.iter().chain(&entry.names), head);
    named.roles(entry.consent.iter().flat_map(|consent| &consent.by), head);
    named.condition(&entry.condition, head);
    named.codes(Kind::Criterion, &entry.never_uses, head);
    named.codes(Kind::Act, &entry.needs, head);
    named.codes(Kind::Clock, &entry.clock, head);
    for role in &programme.roles {
        named.roles(&role.named_by, role.span);
    }
    for route in &programme.routes {
        let roles = route.from.iter().chain([&route.to]).chain(&route.confirmed_by);
        named.roles(roles.chain(&route.duration_by).chain(&route.names), route.span);
        named.condition(&route.when, route.span);
        named.codes(Kind::Act, &route.needs, route.span);
        named.codes(Kind::Experiment, &route.experiment, route.span);
        named.codes(Kind::Form, &route.form, route.span);
    }
    for experiment in &programme.experiments {
        named.condition(&experiment.condition, experiment.span);
    }
}

fn stay<'p>(programme: &'p Programme, named: &mut Named<'p>) {
    let (ending, head) = (&programme.ending, programme.span);
    named.roles(ending.by.iter().chain(&ending.right_by), head);
    named.codes(Kind::Act, &ending.needs, head);
    named.codes(Kind::Exit, &ending.withdrawal, head);
    if let Some(duration) = &programme.duration {
        named.roles(&duration.by, duration.span);
        named.codes(Kind::Act, &duration.extension_needs, duration.span);
    }
    for act in &programme.acts {
        named.roles(&act.by, act.span);
        named.codes(Kind::Act, &act.after, act.span);
    }
    if let Some(contract) = &programme.contract {
        named.roles(&contract.by, head);
        named.codes(Kind::Act, contract.needs.iter().chain(&contract.renewal_needs), head);
        for form in &contract.forms {
            named.roles(&form.names, form.span);
        }
    }
    if let Some(record) = &programme.record {
        named.roles(record.by.iter().chain(&record.assessed_by), record.span);
        for nomenclature in &record.nomenclatures {
            named.roles(&nomenclature.by, nomenclature.span);
        }
    }
    if let Some(orientation) = &programme.orientation {
        named.roles(&orientation.by, head);
        named.condition(&orientation.when, head);
    }
}

fn watch<'p>(programme: &'p Programme, named: &mut Named<'p>) {
    for clock in &programme.clocks {
        named.roles(clock.owed_by.iter().chain(&clock.held_by), clock.span);
        named.roles(clock.alerts.iter().flat_map(|alert| &alert.tell), clock.span);
        let acts = clock.from.iter().chain(&clock.until).filter_map(|moment| match moment {
            Moment::Act(act) => Some(act),
            _ => None,
        });
        named.codes(Kind::Act, acts.chain(&clock.until_least), clock.span);
    }
    for caseload in &programme.caseloads {
        named.roles([&caseload.role], caseload.span);
    }
    for indicator in &programme.indicators {
        named.codes(Kind::Criterion, &indicator.criterion, indicator.span);
        named.roles(&indicator.role, indicator.span);
    }
    if let Some(rule) = &programme.committees {
        let role = |one: &'p liant_convention::Recipient| &one.role;
        for one in &rule.committees {
            named.roles(one.led_by.iter().chain(&one.told).map(role), one.span);
        }
        if let Some(review) = &rule.review {
            named.roles(review.signed_by.iter().chain(&review.told).map(role), review.span);
        }
    }
    for tell in &programme.tells {
        named.roles(&tell.to, tell.span);
        named.codes(Kind::Route, &tell.route, tell.span);
    }
}
