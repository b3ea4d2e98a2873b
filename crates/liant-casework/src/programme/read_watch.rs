//! The tables about what is watched: clocks, caseloads, figures, lists, who is told.

use liant_convention::reading::{Problems, Table};
use liant_model::{Party, Role};

use crate::programme::parse::{
    code, days_at_least, each, length, lengths, maybe_code, need_roles, roles, source, values, words,
};
use crate::programme::{
    AlertDay, AlertRule, CaseloadRule, ClockRule, Days, During, FiguresRule, IfOff, Indicator, ListRule,
    Measure, Moment, Per, RemindersRule, Tell,
};

pub(super) fn clock(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ClockRule> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let from = table.need_list("from", "what starts it: `sent`, `act:point`", str::parse::<Moment>, problems);
    let during = table.parsed("during", str::parse::<During>, problems);
    let within = length(table, "within", problems);
    let counts = table.parsed("counts", str::parse::<Days>, problems);
    let if_off = table.parsed("if_off", str::parse::<IfOff>, problems);
    let until = values(table.list("until", str::parse::<Moment>, problems));
    let until_least = maybe_code(table, "until_least", problems);
    let held_by = table.parsed("held_by", Role::parse, problems).map(|at| at.value);
    let alerts = each(table, "alert", problems, alert);
    let owed_by = roles(table, "owed_by", problems);
    let source = source(table, problems);
    Some(ClockRule {
        id: id?,
        text: text?,
        from: values(from),
        during: during.map_or(During::Accompaniment, |at| at.value),
        within,
        counts: counts.map_or(Days::Calendar, |at| at.value),
        if_off: if_off.map_or(IfOff::Keep, |at| at.value),
        until,
        until_least,
        held_by,
        alerts: alerts.into_iter().flatten().collect(),
        owed_by,
        source: source?,
        span,
    })
}

/// One line of alerts: the same people on several days.
fn alert(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Vec<AlertRule>> {
    let on = table.need_list(
        "on",
        "when: `day 7`, `7 days before`, `due`, `3 days late`",
        str::parse::<AlertDay>,
        problems,
    );
    let tell = need_roles(table, "tell", "the roles that are told", problems);
    let sound = !on.is_empty() && !tell.is_empty();
    sound.then(|| on.into_iter().map(|on| AlertRule { on: on.value, tell: tell.clone() }).collect())
}

pub(super) fn caseload(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<CaseloadRule> {
    let span = table.span;
    let role = table.need_parsed("role", "whose caseload", Role::parse, problems);
    let least = table.number("least", problems).map(|at| at.value);
    let most = table.number("most", problems).map(|at| at.value);
    let per = table.parsed("per", str::parse::<Per>, problems).map_or(Per::Worker, |at| at.value);
    let source = source(table, problems);
    Some(CaseloadRule { role: role?.value, least, most, per, source: source?, span })
}

pub(super) fn figures(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> FiguresRule {
    let fewest = table.number("fewest", problems).map_or(FiguresRule::default().fewest, |at| at.value);
    FiguresRule { fewest, to: roles(table, "to", problems) }
}

pub(super) fn reminders(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<RemindersRule> {
    let span = table.span;
    let (email, letter) = (lengths(table, "email", problems), lengths(table, "letter", problems));
    let (post, ahead) = (length(table, "post", problems), length(table, "ahead", problems));
    let source = source(table, problems);
    Some(RemindersRule { email, letter, post, ahead, source: source?, span })
}

pub(super) fn indicator(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Indicator> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let of = table.need_parsed("of", "what is counted: `entries`, `exits`…", str::parse::<Measure>, problems);
    let criterion = maybe_code(table, "criterion", problems);
    let role = table.parsed("role", Role::parse, problems).map(|at| at.value);
    let per = table.parsed("per", str::parse::<Per>, problems).map_or(Per::Programme, |at| at.value);
    let every = length(table, "every", problems);
    let least = table.number("least", problems).map(|at| at.value);
    let source = source(table, problems);
    Some(Indicator {
        id: id?,
        text: text?,
        of: of?.value,
        criterion,
        role,
        per,
        every,
        least,
        source: source?,
        span,
    })
}

pub(super) fn list(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ListRule> {
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    let every = table.need_parsed("every", "how often, `6 months`", days_at_least, problems);
    let signed_by = values(table.list("signed_by", Party::parse, problems));
    let source = source(table, problems);
    Some(ListRule { id: id?, text: text?, every: every?.value, signed_by, source: source? })
}

pub(super) fn tell(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Tell> {
    let span = table.span;
    let of = table.need_list("of", "of what: `entered`, `extended`", str::parse::<Moment>, problems);
    let to = need_roles(table, "to", "the roles that are told", problems);
    let route = maybe_code(table, "route", problems);
    let source = source(table, problems);
    Some(Tell { of: values(of), to, route, source: source?, span })
}
