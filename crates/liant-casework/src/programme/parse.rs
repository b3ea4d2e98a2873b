//! From the text of a file to a [`Programme`], with every fault on the way.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use liant_convention::reading::{At, Problems, Table};
use liant_convention::{Length, Problem, Text};
use liant_model::Role;
use toml::de::DeTable;

use crate::clock::Calendar;
use crate::programme::{
    CalendarRule, Code, Coded, Condition, Programme, Weekday, lint, read_committees, read_entry, read_record,
    read_stay, read_watch,
};

/// What [`check`] made of a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The programme, when the file has no error.
    pub programme: Option<Programme>,
    /// Errors and warnings, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads and lints a file. `file` is the name that problems are reported under.
pub fn check(file: &str, text: &str) -> Checked {
    let mut problems = Problems::new(file, text);
    let (root, syntax) = DeTable::parse_recoverable(text);
    for error in &syntax {
        let span = problems.span(error.span().unwrap_or(0..0));
        problems.error("toml", span, error.message().to_owned(), "put the TOML right: https://toml.io");
    }
    let span = problems.span(0..0);
    let programme = read(Table::new("the file", root.get_ref(), span), &mut problems);
    if let Some(programme) = &programme {
        lint::lint(programme, &mut problems);
    }
    let programme = if problems.has_errors() { None } else { programme };
    Checked { programme, problems: problems.finish() }
}

impl Programme {
    /// Reads a file and refuses it when it has an error; [`check`] gives the warnings too.
    ///
    /// # Errors
    /// Every problem of the file, in its order.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let checked = check(file, text);
        checked.programme.ok_or(checked.problems)
    }
}

fn read(mut root: Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Programme> {
    let head = read_head(&mut root, problems);
    let calendar = read_calendar(&mut root, problems);
    let criteria = each(&mut root, "criterion", problems, read_coded);
    let entry = one(&mut root, "entry", "who may enter, and how", problems, read_entry::entry);
    let roles = each(&mut root, "role", problems, read_entry::role);
    let routes = each(&mut root, "route", problems, read_entry::route);
    let experiments = each(&mut root, "experiment", problems, read_entry::experiment);
    let refusals = each(&mut root, "refusal", problems, read_coded);
    let duration = maybe(&mut root, "duration", problems, read_stay::duration);
    let ending = one(&mut root, "ending", "how it ends", problems, read_stay::ending);
    let exits = each(&mut root, "exit", problems, read_stay::exit);
    let acts = each(&mut root, "act", problems, read_stay::act);
    let contract = maybe(&mut root, "contract", problems, read_stay::contract);
    let record = maybe(&mut root, "record", problems, read_record::record);
    let orientation = maybe(&mut root, "orientation", problems, read_stay::orientation);
    let suspends = each(&mut root, "suspends", problems, read_stay::suspends);
    let clocks = each(&mut root, "clock", problems, read_watch::clock);
    let caseloads = each(&mut root, "caseload", problems, read_watch::caseload);
    let indicators = each(&mut root, "indicator", problems, read_watch::indicator);
    let figures =
        maybe(&mut root, "figures", problems, |table, problems| Some(read_watch::figures(table, problems)));
    let figures = figures.unwrap_or_default();
    let reminders = maybe(&mut root, "reminders", problems, read_watch::reminders);
    let forms = each(&mut root, "form", problems, read_coded);
    let committees = maybe(&mut root, "committees", problems, read_committees::committees);
    let lists = each(&mut root, "list", problems, read_watch::list);
    let tells = each(&mut root, "tell", problems, read_watch::tell);
    root.finish(problems);
    let head = head?;
    Some(Programme {
        id: head.id,
        version: head.version,
        title: head.title,
        conventions: head.conventions,
        from: head.from,
        until: head.until,
        calendar: calendar?,
        criteria,
        entry: entry?,
        roles,
        routes,
        experiments,
        refusals,
        duration,
        ending: ending?,
        exits,
        acts,
        contract,
        record,
        orientation,
        suspends,
        clocks,
        caseloads,
        indicators,
        figures,
        reminders,
        forms,
        committees,
        lists,
        tells,
        span: head.span,
    })
}

struct Head {
    id: Code,
    version: u32,
    title: Text,
    conventions: Vec<String>,
    from: Date,
    until: Option<Date>,
    span: liant_convention::Span,
}

fn read_head(root: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Head> {
    one(root, "programme", "the head of the file", problems, |table, problems| {
        let span = table.span;
        let id = code(table, "id", "the short name of the programme", problems);
        let version = table.number("version", problems).map_or(1, |version| version.value);
        let title = words(table, "title", problems);
        let conventions = values(table.texts("conventions", problems));
        if !table.has("from") {
            table.missing("from", "the first day on which someone may be proposed", problems);
        }
        let from = table.date("from", problems);
        let until = table.date("until", problems).map(|at| at.value);
        let from = from?.value;
        if until.is_some_and(|until| until < from) {
            let fix = "put the dates right";
            problems.error("ends-before-it-begins", span, "the programme ends before it begins", fix);
        }
        Some(Head { id: id?, version, title: title?, conventions, from, until, span })
    })
}

fn read_calendar(root: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<CalendarRule> {
    one(root, "calendar", "whose days are counted", problems, |table, problems| {
        let zone =
            |name: &str| TimeZone::get(name).map_err(|_| "write a zone of the IANA list: `Europe/Paris`");
        let zone = table.need_parsed("zone", "where its dates are dates, `Europe/Paris`", zone, problems);
        let hour = |text: &str| Time::strptime("%H:%M", text).map_err(|_| "write an hour: `08:00`");
        let alerts_at = table.need_parsed("alerts_at", "the hour of alerts, `08:00`", hour, problems);
        let rest = values(table.list("rest", str::parse::<Weekday>, problems));
        if rest.len() >= 7 {
            problems.error(
                "no-working-day",
                table.span,
                "every day is a day of rest",
                "leave one to work on",
            );
        }
        Some(CalendarRule { zone: zone?.value, alerts_at: alerts_at?.value, days: Calendar::resting(&rest) })
    })
}

/// A code and its text.
pub(super) fn read_coded(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Coded> {
    let span = table.span;
    let id = code(table, "id", "its code", problems);
    let text = words(table, "text", problems);
    Some(Coded { id: id?, text: text?, span })
}

/// Reads every `[[key]]` table; one that cannot be read has left its problems and is skipped.
pub(super) fn each<T>(
    root: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
    mut read: impl FnMut(&mut Table<'_, '_>, &mut Problems<'_>) -> Option<T>,
) -> Vec<T> {
    let mut read_all = Vec::new();
    for mut table in root.tables(key, problems) {
        read_all.extend(read(&mut table, problems));
        table.finish(problems);
    }
    read_all
}

/// Reads the `[key]` table, when it is there.
pub(super) fn maybe<T>(
    root: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
    read: impl FnOnce(&mut Table<'_, '_>, &mut Problems<'_>) -> Option<T>,
) -> Option<T> {
    let mut table = root.table(key, problems)?.named(&format!("[{key}]"));
    let found = read(&mut table, problems);
    table.finish(problems);
    found
}

/// Reads the `[key]` table, which must be there.
fn one<T>(
    root: &mut Table<'_, '_>,
    key: &'static str,
    why: &str,
    problems: &mut Problems<'_>,
    read: impl FnOnce(&mut Table<'_, '_>, &mut Problems<'_>) -> Option<T>,
) -> Option<T> {
    if !root.has(key) {
        root.missing(&format!("[{key}]"), why, problems);
    }
    maybe(root, key, problems, read)
}

/// A text of people: one for all languages, or one for each.
pub(super) fn words(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Text> {
    if !table.has(key) {
        table.missing(key, "{ fr = \"…\", en = \"…\" }, or one text for all languages", problems);
    }
    if table.is_text(key) {
        return table.text(key, problems).map(|at| Text { fr: at.value.clone(), en: at.value });
    }
    let mut text = table.table(key, problems)?;
    let fr = text.need_text("fr", "the French text", problems);
    let en = text.need_text("en", "the English text", problems);
    text.finish(problems);
    Some(Text { fr: fr?.value, en: en?.value })
}

pub(super) fn code(
    table: &mut Table<'_, '_>,
    key: &'static str,
    why: &str,
    problems: &mut Problems<'_>,
) -> Option<Code> {
    table.need_parsed(key, why, Code::parse, problems).map(|at| at.value)
}

pub(super) fn maybe_code(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Code> {
    table.parsed(key, Code::parse, problems).map(|at| at.value)
}

pub(super) fn codes(table: &mut Table<'_, '_>, key: &'static str, problems: &mut Problems<'_>) -> Vec<Code> {
    values(table.list(key, Code::parse, problems))
}

pub(super) fn roles(table: &mut Table<'_, '_>, key: &'static str, problems: &mut Problems<'_>) -> Vec<Role> {
    values(table.list(key, Role::parse, problems))
}

pub(super) fn need_roles(
    table: &mut Table<'_, '_>,
    key: &'static str,
    why: &str,
    problems: &mut Problems<'_>,
) -> Vec<Role> {
    values(table.need_list(key, why, Role::parse, problems))
}

pub(super) fn length(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Length> {
    table.parsed(key, days_at_least, problems).map(|at| at.value)
}

pub(super) fn lengths(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Vec<Length> {
    values(table.list(key, days_at_least, problems))
}

/// A length of time of at least a day: programmes count no hours.
pub(super) fn days_at_least(text: &str) -> Result<Length, &'static str> {
    let length = text.parse::<Length>().ok();
    let length =
        length.filter(|length| length.unit != liant_convention::Unit::Hours && length.count <= 10_000);
    length.ok_or("write a number and a unit: `21 days`, `6 months`, `1 year`")
}

/// Where a rule comes from: no rule of the house stands without.
pub(super) fn source(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<String> {
    table
        .need_text("source", "where the rule comes from: an article, an annex, a decision", problems)
        .map(|at| at.value)
}

/// `when`, `when_any` and `unless` of a table.
pub(super) fn condition(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Condition {
    Condition {
        all: codes(table, "when", problems),
        any: codes(table, "when_any", problems),
        none: codes(table, "unless", problems),
    }
}

pub(super) fn values<T>(list: Vec<At<T>>) -> Vec<T> {
    list.into_iter().map(|at| at.value).collect()
}
