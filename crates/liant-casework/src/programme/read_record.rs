//! The tables about each party's own working record.

use liant_convention::Text;
use liant_convention::reading::{Problems, Table};

use crate::liaison::Barrier;
use crate::programme::parse::{code, codes, each, need_roles, read_coded, roles, source, values, words};
use crate::programme::{
    Code, CodedGoal, CodedTheme, During, Nomenclature, RecordRule, RecordState, RecordTheme,
};

pub(super) fn record(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<RecordRule> {
    let span = table.span;
    let by = need_roles(table, "by", "the roles that write in their party's record", problems);
    let during = values(table.list("during", str::parse::<During>, problems));
    let assessed_by = roles(table, "assessed_by", problems);
    let themes = each(table, "theme", problems, theme);
    let goal_states = each(table, "goal_state", problems, state);
    let action_states = each(table, "action_state", problems, state);
    let barrier_states = each(table, "barrier_state", problems, state);
    let reasons = each(table, "reason", problems, read_coded);
    let actions = each(table, "action", problems, read_coded);
    let levels = each(table, "level", problems, read_coded);
    let nomenclatures = each(table, "nomenclature", problems, nomenclature);
    let source = source(table, problems);
    Some(RecordRule {
        by,
        during: if during.is_empty() { vec![During::Accompaniment] } else { during },
        assessed_by,
        themes,
        goal_states,
        action_states,
        barrier_states,
        reasons,
        actions,
        levels,
        nomenclatures,
        source: source?,
        span,
    })
}

fn theme(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<RecordTheme> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let barrier = table.parsed("barrier", str::parse::<Barrier>, problems).map(|at| at.value);
    let health = table.flag("health", problems).unwrap_or(false);
    Some(RecordTheme { id: id?, text: text?, barrier, health, span })
}

pub(super) fn state(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<RecordState> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let closes = table.flag("closes", problems).unwrap_or(false);
    let asks_reason = table.flag("asks_reason", problems).unwrap_or(false);
    Some(RecordState { id: id?, text: text?, closes, asks_reason, span })
}

fn nomenclature(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Nomenclature> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let version = code(table, "version", "its version: a code means something in it alone", problems);
    let text = words(table, "text", problems);
    let by = roles(table, "by", problems);
    let (mut themes, mut goals) = (Vec::new(), Vec::new());
    for (theme, unnamed) in each(table, "theme", problems, coded_theme) {
        let unnamed = unnamed.into_iter().map(|id| CodedGoal {
            id,
            text: None,
            theme: theme.theme.clone(),
            span: theme.span,
        });
        goals.extend(unnamed);
        themes.push(theme);
    }
    goals.extend(each(table, "goal", problems, coded_goal));
    let skills = each(table, "skill", problems, read_coded);
    let source = source(table, problems);
    Some(Nomenclature {
        id: id?,
        version: version?,
        text: text?,
        by,
        themes,
        goals,
        skills,
        source: source?,
        span,
    })
}

/// A theme, with the goals of it whose words its source does not give.
fn coded_theme(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<(CodedTheme, Vec<Code>)> {
    let span = table.span;
    let id = code(table, "id", "its code in the nomenclature", problems);
    let text = words(table, "text", problems);
    let theme = code(table, "theme", "the [[record.theme]] that it is", problems);
    let unnamed = codes(table, "goals", problems);
    Some((CodedTheme { id: id?, text: text?, theme: theme?, span }, unnamed))
}

fn coded_goal(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<CodedGoal> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text: Option<Text> = words(table, "text", problems);
    let theme = code(table, "theme", "the [[record.theme]] that it is of", problems);
    Some(CodedGoal { id: id?, text: Some(text?), theme: theme?, span })
}
