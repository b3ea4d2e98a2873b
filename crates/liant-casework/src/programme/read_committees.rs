//! The tables about committees, their minutes and the yearly review.

use liant_convention::Recipient;
use liant_convention::reading::{At, Problems, Table};
use liant_model::{Party, Role};

use crate::programme::parse::{code, days_at_least, each, length, maybe, read_coded, source, values, words};
use crate::programme::read_record::state;
use crate::programme::{
    CommitteeOf, CommitteeRule, CommitteesRule, GapRule, Measure, MoneyLine, MonthDay, ReviewRule,
};

pub(super) fn committees(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<CommitteesRule> {
    let span = table.span;
    let committees = each(table, "committee", problems, committee);
    let functions = each(table, "function", problems, read_coded);
    let gaps = each(table, "gap", problems, gap);
    let actions = each(table, "action", problems, read_coded);
    let action_states = each(table, "action_state", problems, state);
    let reasons = each(table, "reason", problems, read_coded);
    let practices = each(table, "practice", problems, read_coded);
    let alerts = each(table, "alert", problems, read_coded);
    let review = maybe(table, "review", problems, review);
    let source = source(table, problems);
    Some(CommitteesRule {
        committees,
        functions,
        gaps,
        actions,
        action_states,
        reasons,
        practices,
        alerts,
        review,
        source: source?,
        span,
    })
}

fn committee(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<CommitteeRule> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let of = table.need_parsed("of", "`place` or `territory`", str::parse::<CommitteeOf>, problems);
    let every = table.need_parsed("every", "at most how long between two meetings", days_at_least, problems);
    let alert = length(table, "alert", problems);
    let led_by = people(table, "led_by", "who leads it: `party/role`", problems);
    let told = values(table.list("told", party_role, problems));
    let source = source(table, problems);
    Some(CommitteeRule {
        id: id?,
        text: text?,
        of: of?.value,
        every: every?.value,
        alert,
        led_by,
        told,
        source: source?,
        span,
    })
}

fn gap(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<GapRule> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let measure = table.parsed("measure", str::parse::<Measure>, problems).map(|at: At<Measure>| at.value);
    Some(GapRule { id: id?, text: text?, measure, span })
}

fn review(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ReviewRule> {
    let span = table.span;
    let text = words(table, "text", problems);
    let due = table.need_parsed("due", "by which day of the year after", str::parse::<MonthDay>, problems);
    let alert = length(table, "alert", problems);
    let signed_by = people(table, "signed_by", "who signs it: `party/role`", problems);
    let told = values(table.list("told", party_role, problems));
    let lines = each(table, "line", problems, line);
    let source = source(table, problems);
    Some(ReviewRule { text: text?, due: due?.value, alert, signed_by, told, lines, source: source?, span })
}

fn line(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<MoneyLine> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let by = table.parsed("by", Party::parse, problems).map(|at| at.value);
    Some(MoneyLine { id: id?, text: text?, by, span })
}

fn people(
    table: &mut Table<'_, '_>,
    key: &'static str,
    why: &str,
    problems: &mut Problems<'_>,
) -> Vec<Recipient> {
    values(table.need_list(key, why, party_role, problems))
}

/// A role of a party: `departement-62/local_service_head`.
fn party_role(text: &str) -> Result<Recipient, &'static str> {
    let wrong = "write a party and a role: `departement-62/local_service_head`";
    let (party, role) = text.rsplit_once('/').ok_or(wrong)?;
    Ok(Recipient {
        party: Party::parse(party).map_err(|_| wrong)?,
        role: Role::parse(role).map_err(|_| wrong)?,
    })
}
