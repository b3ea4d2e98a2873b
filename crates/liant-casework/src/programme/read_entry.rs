//! The tables about who enters, by what way.

use liant_convention::reading::{Problems, Table};
use liant_model::Role;

use crate::programme::parse::{
    code, codes, condition, each, length, maybe_code, need_roles, roles, source, words,
};
use crate::programme::{
    Agreement, Condition, ConsentRule, Entry, Experiment, Overdue, RoleRule, Route, Zone,
};

pub(super) fn entry(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Entry> {
    let by = need_roles(table, "by", "the roles that record an entry", problems);
    let condition = Condition {
        all: codes(table, "requires", problems),
        any: codes(table, "requires_any", problems),
        none: codes(table, "excludes", problems),
    };
    let never_uses = codes(table, "never_uses", problems);
    let consent = consent(table, problems);
    let clock = maybe_code(table, "clock", problems);
    let overdue = table.parsed("overdue", str::parse::<Overdue>, problems);
    let needs = codes(table, "needs", problems);
    let names = roles(table, "names", problems);
    let oriented = table.flag("oriented", problems).unwrap_or(false);
    let drop_after = table.number("drop_after_absences", problems).map(|at| at.value);
    let source = source(table, problems);
    Some(Entry {
        by,
        condition,
        never_uses,
        consent,
        clock,
        overdue: overdue.map_or(Overdue::Late, |at| at.value),
        needs,
        names,
        oriented,
        drop_after,
        source: source?,
    })
}

fn consent(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ConsentRule> {
    let mut consent = table.table("consent", problems)?;
    let id = code(&mut consent, "id", "the code of the consent", problems);
    let by = need_roles(&mut consent, "by", "the roles that collect it", problems);
    let source = source(&mut consent, problems);
    consent.finish(problems);
    Some(ConsentRule { id: id?, by, source: source? })
}

pub(super) fn role(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<RoleRule> {
    let span = table.span;
    let id = table.need_parsed("id", "the short name of the role", Role::parse, problems);
    let text = words(table, "text", problems);
    let kind = maybe_code(table, "kind", problems);
    let watches = table.flag("watches", problems).unwrap_or(false);
    let named_by = roles(table, "named_by", problems);
    Some(RoleRule { id: id?.value, text: text?, kind, watches, named_by, span })
}

pub(super) fn route(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Route> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let from = need_roles(table, "from", "the roles that detect", problems);
    let to = table.need_parsed("to", "the role that receives the form", Role::parse, problems);
    let why = "`tacit`, `bilateral` or `relay`";
    let agreement = table.need_parsed("agreement", why, str::parse::<Agreement>, problems);
    let when = condition(table, problems);
    let keeps_orientation = table.flag("keeps_orientation", problems).unwrap_or(false);
    let confirmed_by = roles(table, "confirmed_by", problems);
    let duration_by = roles(table, "duration_by", problems);
    let names = roles(table, "names", problems);
    let needs = codes(table, "needs", problems);
    let within = maybe_code(table, "within", problems);
    let experiment = maybe_code(table, "experiment", problems);
    let form = maybe_code(table, "form", problems);
    let source = source(table, problems);
    Some(Route {
        id: id?,
        from,
        to: to?.value,
        agreement: agreement?.value,
        when,
        keeps_orientation,
        confirmed_by,
        duration_by,
        names,
        needs,
        within,
        experiment,
        form,
        source: source?,
        span,
    })
}

pub(super) fn experiment(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Experiment> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    if !table.has("from") {
        table.missing("from", "its first day", problems);
    }
    let from = table.date("from", problems).map(|at| at.value);
    let lasts = length(table, "lasts", problems);
    let condition = condition(table, problems);
    let zones = each(table, "zone", problems, |zone, problems| {
        let id = code(zone, "id", "the code of the place", problems);
        let workers = zone.number("workers", problems).map(|at| at.value);
        Some(Zone { id: id?, workers })
    });
    let source = source(table, problems);
    let from = from?;
    // The last day of six months from 1 January is 30 June.
    let until =
        lasts.and_then(|lasts| crate::clock::shift(from, lasts, 1)).and_then(|end| end.yesterday().ok());
    Some(Experiment { id: id?, from, until, condition, zones, source: source?, span })
}
