//! From the text of a file to a [`Convention`], with every fault on the way.

use std::sync::Arc;

use liant_model::{FieldSet, InvalidSlug, Party, Purpose, Role, Source, Territory};
use toml::de::DeTable;

use crate::convention::{
    ConditionEntry, ContactEntry, Convention, Ending, InForce, Kind, PartyEntry, PurposeEntry, Renewal,
    Suspension, Text,
};
use crate::problem::{Problem, Problems, Span};
use crate::reader::{At, Table};
use crate::terms::{Capacity, Contact, Length, Silence};
use crate::{clauses, lint, look_ups};

/// What [`check`] made of a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The convention, when the file has no error.
    pub convention: Option<Convention>,
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
    let convention = read(Table::new("the file", root.get_ref(), span), &mut problems);
    if let Some(convention) = &convention {
        lint::lint(convention, &mut problems);
    }
    let convention = if problems.has_errors() { None } else { convention };
    Checked { convention, problems: problems.finish() }
}

impl Convention {
    /// Reads a file and refuses it when it has an error; warnings do not matter here, [`check`] gives them.
    ///
    /// # Errors
    /// Every problem of the file, in its order.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let checked = check(file, text);
        checked.convention.ok_or(checked.problems)
    }
}

/// The slug rule of the model, for short names that have no type of their own.
pub(crate) fn short_name(text: &str) -> Result<String, InvalidSlug> {
    Party::parse(text).map(String::from)
}

struct Head {
    id: String,
    kind: Kind,
    version: u32,
    title: Text,
    territory: Territory,
    in_force: InForce,
    suspended: Option<Suspension>,
    renewal: Option<Renewal>,
    ending: Option<Ending>,
    hosting: Option<String>,
    span: Span,
}

fn read(mut root: Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Convention> {
    let head = read_head(&mut root, problems);
    let parties = each(&mut root, "party", problems, read_party);
    let purposes = each(&mut root, "purpose", problems, read_purpose);
    let conditions = each(&mut root, "condition", problems, read_condition);
    let flows = each(&mut root, "flow", problems, |t, p| clauses::read_flow(t, &parties, p));
    let grants = each(&mut root, "grant", problems, |t, p| clauses::read_grant(t, &parties, p));
    let uses = each(&mut root, "use", problems, clauses::read_use);
    let wider_searches =
        each(&mut root, "wider_search", problems, |t, p| look_ups::read_wider_search(t, &parties, p));
    let oversights = each(&mut root, "oversight", problems, |t, p| look_ups::read_oversight(t, &parties, p));
    let clocks = each(&mut root, "clock", problems, clauses::read_clock);
    let retention = each(&mut root, "retention", problems, clauses::read_retention);
    let contacts = read_contacts(&mut root, &parties, problems);
    root.finish(problems);
    let head = head?;
    Some(Convention {
        id: Arc::from(head.id),
        kind: head.kind,
        version: head.version,
        title: head.title,
        territory: head.territory,
        in_force: head.in_force,
        suspended: head.suspended,
        renewal: head.renewal,
        ending: head.ending,
        hosting: head.hosting,
        parties,
        purposes,
        conditions,
        flows,
        grants,
        uses,
        wider_searches,
        oversights,
        clocks,
        retention,
        contacts,
        span: head.span,
    })
}

/// Reads every `[[key]]` table; one that cannot be read has left its problems and is skipped.
fn each<T>(
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

fn read_head(root: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Head> {
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
    let ending = if is_register { None } else { read_ending(table, problems) };
    let hosting = table.text("hosting", problems).map(|text| text.value);
    // What could not be read has left an error, so that the file is refused; the rest is read on for its own errors.
    Some(Head {
        id: id.map_or_else(String::new, |id| id.value),
        kind: kind.unwrap_or(Kind::Convention),
        version,
        title: title.unwrap_or_default(),
        territory: territory.map_or_else(|| Territory::parse("01").ok(), |at| Some(at.value))?,
        in_force: in_force.unwrap_or(InForce { from: jiff::civil::Date::MIN, until: None }),
        suspended,
        renewal,
        ending,
        hosting,
        span,
    })
}

pub(crate) fn read_text(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> Option<Text> {
    if !table.has(key) {
        table.missing(key, "{ fr = \"…\", en = \"…\" }", problems);
    }
    let mut text = table.table(key, problems)?;
    let fr = text.need_text("fr", "the French text", problems);
    let en = text.need_text("en", "the English text", problems);
    text.finish(problems);
    Some(Text { fr: fr?.value, en: en?.value })
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

/// The last day of a convention of so many years that begins on `from`.
fn last_day(from: jiff::civil::Date, years: u32) -> Option<jiff::civil::Date> {
    let years = jiff::Span::new().try_years(years).ok()?;
    from.checked_add(years).ok()?.yesterday().ok()
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
    suspended.finish(problems);
    Some(Suspension { since: since?.value, until: until.map(|until| until.value), clause: clause?.value })
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

fn read_ending(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Ending> {
    let mut ending = table.table("end", problems)?;
    let clause = ending.need_text("clause", "where the convention says it", problems);
    let notice = ending.parsed("notice", str::parse::<Length>, problems);
    let cure = ending.parsed("cure", str::parse::<Length>, problems);
    let suspends = ending.flag("suspends_on_default", problems).unwrap_or(false);
    ending.finish(problems);
    Some(Ending {
        clause: clause?.value,
        notice: notice.map(|at| at.value),
        cure: cure.map(|at| at.value),
        suspends_on_default: suspends,
    })
}

fn read_party(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<PartyEntry> {
    let span = table.span;
    let org = table.need_parsed("org", "the short name of the party", Party::parse, problems);
    let why = "what it is in the sense of the GDPR: controller, joint or processor";
    let capacity = table.need_parsed("capacity", why, str::parse::<Capacity>, problems);
    let roles = table.list("roles", Role::parse, problems);
    let capacity = capacity.map_or(Capacity::Controller, |at| at.value);
    Some(PartyEntry { org: org?.value, capacity, roles: values(roles), span })
}

fn read_purpose(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<PurposeEntry> {
    let span = table.span;
    let id = table.need_parsed("id", "the short name of the purpose", Purpose::parse, problems);
    let text = read_text(table, "text", problems);
    let why = "the articles of law it stands on; without a basis nothing may be processed (GDPR art. 6)";
    let basis = table.need_list("basis", why, |text| Ok::<_, InvalidSlug>(text.to_owned()), problems);
    Some(PurposeEntry { id: id?.value, text: text.unwrap_or_default(), basis: values(basis), span })
}

fn read_condition(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ConditionEntry> {
    let span = table.span;
    let id = table.need_parsed("id", "the short name that `requires` cites", short_name, problems);
    let text = read_text(table, "text", problems);
    let clause = table.need_text("clause", "where the convention says it", problems);
    let met_from = table.date("met_from", problems).map(|date| date.value);
    let clause = clause.map_or_else(String::new, |at| at.value);
    Some(ConditionEntry { id: id?.value, text: text.unwrap_or_default(), clause, met_from, span })
}

fn read_contacts(
    root: &mut Table<'_, '_>,
    parties: &[PartyEntry],
    problems: &mut Problems<'_>,
) -> Vec<ContactEntry> {
    let Some(mut table) = root.table("contacts", problems) else { return Vec::new() };
    let mut contacts = Vec::new();
    for contact in Contact::ALL {
        for name in table.texts(contact.as_str(), problems) {
            match clauses::contact(&name.value, parties) {
                Ok(role) => contacts.push(ContactEntry { contact: *contact, role }),
                Err(fix) => problems.error(
                    "unknown-party",
                    name.span,
                    format!("`{}` names no role of a party", name.value),
                    fix,
                ),
            }
        }
    }
    table.finish(problems);
    contacts
}

pub(crate) fn values<T>(list: Vec<At<T>>) -> Vec<T> {
    list.into_iter().map(|at| at.value).collect()
}

/// The fields of `fields` and of `except`. A pattern that matches nothing is an error.
pub(crate) fn read_fields(
    table: &mut Table<'_, '_>,
    key: &'static str,
    problems: &mut Problems<'_>,
) -> (FieldSet, FieldSet) {
    let pattern = |text: &str| {
        let unknown =
            "write a code of the dictionary, `identity.birth_name`, or a family of them, `identity.*`";
        FieldSet::matching(text).map_err(|_| unknown)
    };
    let named = table.need_list(key, "the fields, `identity.birth_name` or `identity.*`", pattern, problems);
    let named = named.iter().fold(FieldSet::EMPTY, |all, one| all.union(one.value));
    let mut excepted = FieldSet::EMPTY;
    for except in table.list("except", pattern, problems) {
        if except.value.intersection(named).is_empty() {
            problems.error(
                "idle-except",
                except.span,
                format!("`except` takes away what `{key}` of {} does not name", table.name),
                "remove it, or put the pattern right",
            );
        }
        excepted = excepted.union(except.value);
    }
    (named, excepted)
}

/// The sources of a clause.
pub(crate) fn read_sources(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Vec<Source> {
    let why = "the registers whose facts it is about, [\"france-travail\"]";
    values(table.need_list("sources", why, Source::parse, problems))
}
