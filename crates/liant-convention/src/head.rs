//! Reads the head of a file: what it is, and how it lives: term, renewal, suspension, end.

use jiff::civil::Date;
use liant_model::{Party, Territory};

use crate::convention::{Ending, InForce, Kind, Rendezvous, Renewal, Suspension, Text};
use crate::parse::{read_text, short_name, values};
use crate::problem::{Problems, Span};
use crate::reader::Table;
use crate::terms::{Length, NoticeFrom, Silence};

pub(crate) struct Head {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) version: u32,
    pub(crate) title: Text,
    pub(crate) territory: Territory,
    pub(crate) about: Option<Text>,
    pub(crate) named_data: bool,
    pub(crate) under: Option<String>,
    pub(crate) in_force: InForce,
    pub(crate) suspended: Option<Suspension>,
    pub(crate) renewal: Option<Renewal>,
    pub(crate) rendezvous: Option<Rendezvous>,
    pub(crate) ending: Option<Ending>,
    pub(crate) hosting: Option<String>,
    pub(crate) span: Span,
}

pub(crate) fn read_head(root: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Head> {
    let convention = root.table("convention", problems);
    let register = root.table("register", problems);
    let (mut table, is_register) = match (convention, register) {
        (Some(table), None) => (table.named("[convention]"), false),
        (None, Some(table)) => (table.named("[register]"), true),
        (None, None) => {
            root.missing(
                "[convention]",
                "a convention between parties, or [register], a controller's own processing",
                problems,
            );
            return None;
        }
        (Some(_), Some(second)) => {
            problems.error(
                "two-heads",
                second.span,
                "the file is a convention and a register entry at once",
                "write two files",
            );
            return None;
        }
    };
    let head = read_head_table(&mut table, is_register, problems);
    table.finish(problems);
    head
}

fn read_head_table(
    table: &mut Table<'_, '_>,
    is_register: bool,
    problems: &mut Problems<'_>,
) -> Option<Head> {
    let span = table.span;
    let id = table.need_parsed("id", "a short name, `62-echange-rsa`", short_name, problems);
    let title = read_text(table, "title", problems);
    let territory = table.need_parsed(
        "territory",
        "the département code of its people, \"62\"",
        Territory::parse,
        problems,
    );
    let version = table.number("version", problems).map_or(1, |version| version.value);
    let in_force = read_in_force(table, is_register, problems);
    let kind = if is_register {
        let controller =
            table.need_parsed("controller", "the party whose processing it is", Party::parse, problems);
        controller.map(|controller| Kind::Register { controller: controller.value })
    } else {
        Some(Kind::Convention)
    };
    let suspended = read_suspension(table, is_register, problems);
    let renewal = if is_register { None } else { read_renewal(table, problems) };
    let rendezvous = if is_register { None } else { read_rendezvous(table, problems) };
    let ending = if is_register { None } else { read_ending(table, problems) };
    let under = if is_register { None } else { table.parsed("under", short_name, problems) };
    let named_data = is_register || table.flag("named_data", problems).unwrap_or(true);
    let about = if table.has("about") { read_text(table, "about", problems) } else { None };
    let hosting = table.text("hosting", problems).map(|text| text.value);
    // What could not be read has left an error, so that the file is refused; the rest is read on for its own errors.
    Some(Head {
        id: id.map_or_else(String::new, |id| id.value),
        kind: kind.unwrap_or(Kind::Convention),
        version,
        title: title.unwrap_or_default(),
        territory: territory.map_or_else(|| Territory::parse("01").ok(), |at| Some(at.value))?,
        about,
        named_data,
        under: under.map(|under| under.value),
        in_force: in_force.unwrap_or(InForce { from: Date::MIN, until: None }),
        suspended,
        renewal,
        rendezvous,
        ending,
        hosting,
        span,
    })
}

fn read_in_force(
    table: &mut Table<'_, '_>,
    is_register: bool,
    problems: &mut Problems<'_>,
) -> Option<InForce> {
    if !table.has("in_force") {
        table.missing("in_force", "{ from = 2026-01-01, years = 4 }, or `until` and a date", problems);
    }
    let mut dates = table.table("in_force", problems)?;
    let span = dates.span;
    if !dates.has("from") {
        dates.missing("from", "the first day on which it is in force", problems);
    }
    let from = dates.date("from", problems);
    let until = dates.date("until", problems);
    let years = dates.number("years", problems);
    dates.finish(problems);
    let from = from?.value;
    let until = match (until, years) {
        (Some(until), None) => Some(until.value),
        (None, Some(years)) => {
            let until = last_day(from, years.value);
            if until.is_none() {
                problems.error(
                    "no-term",
                    years.span,
                    "its last day would come after the year 9999",
                    "count the years again, or give `until = 2029-12-31`",
                );
                return None;
            }
            until
        }
        (None, None) if is_register => None,
        (None, None) => {
            problems.error(
                "no-term",
                span,
                "the convention has no term",
                "add `years = 4` or `until = 2029-12-31` to `in_force`",
            );
            return None;
        }
        (Some(_), Some(_)) => {
            problems.error("two-terms", span, "`in_force` has both `until` and `years`", "keep one of them");
            return None;
        }
    };
    if until.is_some_and(|until| until < from) {
        problems.error("term-before-start", span, "it ends before it begins", "put the dates right");
        return None;
    }
    Some(InForce { from, until })
}

/// The last day of a convention of so many years that begins on `from`: the eve of the same day, or 28 February when
/// that year has no 29.
fn last_day(from: Date, years: u32) -> Option<Date> {
    let years = jiff::Span::new().try_years(years).ok()?;
    let anniversary = from.checked_add(years).ok()?;
    if anniversary.day() == from.day() { anniversary.yesterday().ok() } else { Some(anniversary) }
}

fn read_suspension(
    table: &mut Table<'_, '_>,
    is_register: bool,
    problems: &mut Problems<'_>,
) -> Option<Suspension> {
    let mut suspended = table.table("suspended", problems)?;
    if is_register {
        problems.error(
            "register-suspended",
            suspended.span,
            "a register entry cannot be suspended",
            "remove `suspended`: a suspension stops disclosure between parties, never a controller's own records",
        );
    }
    if !suspended.has("since") {
        suspended.missing("since", "the first day on which nothing leaves", problems);
    }
    let since = suspended.date("since", problems);
    let until = suspended.date("until", problems);
    let clause = suspended.need_text("clause", "the clause that allows the suspension", problems);
    let by = suspended.parsed("by", Party::parse, problems).map(|by| by.value);
    suspended.finish(problems);
    Some(Suspension { since: since?.value, until: until.map(|until| until.value), clause: clause?.value, by })
}

fn read_renewal(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Renewal> {
    let mut renewal = table.table("renewal", problems)?;
    let clause = renewal.need_text("clause", "where the convention says it", problems);
    let ask_before = renewal.need_parsed("ask_before", "`2 months`", str::parse::<Length>, problems);
    let answer_within = renewal.need_parsed("answer_within", "`30 days`", str::parse::<Length>, problems);
    let silence = renewal.need_parsed("silence", "`refusal` or `renewal`", str::parse::<Silence>, problems);
    renewal.finish(problems);
    Some(Renewal {
        clause: clause?.value,
        ask_before: ask_before?.value,
        answer_within: answer_within?.value,
        silence: silence?.value,
    })
}

fn read_rendezvous(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Rendezvous> {
    let mut rendezvous = table.table("rendezvous", problems)?;
    let clause = rendezvous.need_text("clause", "where the convention says it", problems);
    let before = rendezvous.need_parsed("before", "`3 months`", str::parse::<Length>, problems);
    rendezvous.finish(problems);
    Some(Rendezvous { clause: clause?.value, before: before?.value })
}

fn read_ending(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Ending> {
    let mut ending = table.table("end", problems)?;
    let clause = ending.need_text("clause", "where the convention says it", problems);
    let notice = ending.parsed("notice", str::parse::<Length>, problems);
    let cure = ending.parsed("cure", str::parse::<Length>, problems);
    let cure_from = ending.parsed("cure_from", str::parse::<NoticeFrom>, problems);
    let suspends = ending.flag("suspends_on_default", problems).unwrap_or(false);
    if suspends && !ending.has("suspended_by") {
        ending.missing("suspended_by", "the parties that may suspend it", problems);
    }
    let suspended_by = ending.list("suspended_by", Party::parse, problems);
    ending.finish(problems);
    Some(Ending {
        clause: clause?.value,
        notice: notice.map(|at| at.value),
        cure: cure.map(|at| at.value),
        cure_from: cure_from.map(|at| at.value),
        suspends_on_default: suspends,
        suspended_by: values(suspended_by),
    })
}
