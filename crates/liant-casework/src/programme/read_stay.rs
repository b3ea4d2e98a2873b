//! The tables about the accompaniment itself: how long, what is done, how it ends.

use liant_convention::reading::{Problems, Table};
use liant_model::Role;

use crate::programme::parse::{
    code, codes, condition, days_at_least, each, length, lengths, maybe_code, need_roles, roles, source,
    values, words,
};
use crate::programme::{
    Act, ContractForm, ContractRule, Duration, During, Ending, Exit, Nature, OrientReason, OrientWhen,
    OrientationRule, Suspends,
};

pub(super) fn duration(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Duration> {
    let span = table.span;
    let by = need_roles(table, "by", "the roles that decide it", problems);
    let initial = lengths(table, "initial", problems);
    let extension = lengths(table, "extension", problems);
    let stay_most = length(table, "stay_most", problems);
    let total_most = table.need_parsed("total_most", "the cap, `18 months`", days_at_least, problems);
    let fresh_after = length(table, "fresh_after", problems);
    let in_employment = length(table, "in_employment", problems);
    let decided_until = length(table, "decided_until", problems);
    let extension_needs = codes(table, "extension_needs", problems);
    let source = source(table, problems);
    Some(Duration {
        by,
        initial,
        extension,
        stay_most,
        total_most: total_most?.value,
        fresh_after,
        in_employment,
        decided_until,
        extension_needs,
        source: source?,
        span,
    })
}

pub(super) fn ending(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Ending> {
    let by = need_roles(table, "by", "the roles that record the end", problems);
    let needs = codes(table, "needs", problems);
    let withdrawal = maybe_code(table, "withdrawal", problems);
    let says_next = table.flag("says_next", problems).unwrap_or(false);
    let tail = length(table, "tail", problems);
    let right_by = roles(table, "right_by", problems);
    let source = source(table, problems);
    Some(Ending { by, needs, withdrawal, says_next, tail, right_by, source: source? })
}

pub(super) fn exit(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Exit> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let positive = table.flag("positive", problems).unwrap_or(false);
    let lifted = table.flag("lifted", problems).unwrap_or(false);
    let at_once = table.flag("at_once", problems).unwrap_or(false);
    Some(Exit { id: id?, text: text?, positive, lifted, at_once, span })
}

pub(super) fn act(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Act> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let by = need_roles(table, "by", "the roles that record it", problems);
    let during = values(table.list("during", str::parse::<During>, problems));
    let after = codes(table, "after", problems);
    let meets = table.flag("meets", problems).unwrap_or(false);
    let crosses = table.flag("crosses", problems).unwrap_or(false);
    let least_in_person = table.number("least_in_person", problems).map(|at| at.value);
    let paper = maybe_code(table, "paper", problems);
    let during = if during.is_empty() { vec![During::Accompaniment] } else { during };
    Some(Act { id: id?, text: text?, by, during, after, meets, crosses, least_in_person, paper, span })
}

pub(super) fn contract(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ContractRule> {
    let by = need_roles(table, "by", "the roles that sign it", problems);
    let most = table.need_parsed("most", "the longest that one lasts, `6 months`", days_at_least, problems);
    let needs = codes(table, "needs", problems);
    let renewal_needs = codes(table, "renewal_needs", problems);
    let forms = each(table, "form", problems, contract_form);
    let source = source(table, problems);
    Some(ContractRule { by, most: most?.value, needs, renewal_needs, forms, source: source? })
}

fn contract_form(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ContractForm> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let natures = values(table.list("natures", str::parse::<Nature>, problems));
    let names = table.parsed("names", Role::parse, problems).map(|at| at.value);
    let paper = maybe_code(table, "paper", problems);
    Some(ContractForm { id: id?, text: text?, natures, names, paper, span })
}

pub(super) fn orientation(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<OrientationRule> {
    let by = roles(table, "by", problems);
    let natures = values(table.list("natures", str::parse::<Nature>, problems));
    let on_entry = values(table.list("on_entry", str::parse::<Nature>, problems));
    let when = condition(table, problems);
    let reasons = each(table, "reason", problems, |reason, problems| {
        let span = reason.span;
        let id = code(reason, "id", "its code", problems);
        let text = words(reason, "text", problems);
        let why = "`any_time`, `before_contract` or `end_of_contract`";
        let when = reason.need_parsed("when", why, str::parse::<OrientWhen>, problems);
        Some(OrientReason { id: id?, text: text?, when: when?.value, span })
    });
    let end_from = length(table, "end_of_contract_from", problems);
    let source = source(table, problems);
    Some(OrientationRule { by, natures, on_entry, when, reasons, end_from, source: source? })
}

pub(super) fn suspends(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Suspends> {
    let span = table.span;
    let programme = code(table, "programme", "the programme that stops meanwhile", problems);
    let otherwise = code(table, "otherwise", "its exit, when the person does not come back to it", problems);
    let source = source(table, problems);
    Some(Suspends { programme: programme?, otherwise: otherwise?, source: source?, span })
}
