//! From the text of a file to a [`Convention`], with every fault on the way.

use std::sync::Arc;

use liant_model::{FieldSet, InvalidSlug, Party, Purpose, Role, Source};
use toml::de::DeTable;

use crate::convention::{
    Condition, ConditionEntry, ContactEntry, Convention, PartyEntry, PurposeEntry, Recipient, Text,
};
use crate::head::read_head;
use crate::problem::{Problem, Problems};
use crate::reader::{At, Table};
use crate::terms::{Capacity, Consent, Contact};
use crate::{clauses, duties, forms, lint, look_ups, quota};

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
    let convention = read(file, Table::new("the file", root.get_ref(), span), &mut problems);
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

fn read(file: &str, mut root: Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Convention> {
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
    let quotas = each(&mut root, "quota", problems, |t, p| quota::read_quota(t, &parties, p));
    let clocks = each(&mut root, "clock", problems, clauses::read_clock);
    let retention = each(&mut root, "retention", problems, clauses::read_retention);
    let lists = each(&mut root, "list", problems, duties::read_list);
    let readings = each(&mut root, "reading", problems, duties::read_reading);
    let forms = each(&mut root, "form", problems, forms::read_form);
    let contacts = read_contacts(&mut root, &parties, problems);
    root.finish(problems);
    let head = head?;
    Some(Convention {
        file: Arc::from(file),
        id: Arc::from(head.id),
        kind: head.kind,
        version: head.version,
        title: head.title,
        territory: head.territory,
        about: head.about,
        named_data: head.named_data,
        under: head.under,
        in_force: head.in_force,
        suspended: head.suspended,
        renewal: head.renewal,
        rendezvous: head.rendezvous,
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
        quotas,
        clocks,
        retention,
        lists,
        readings,
        forms,
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

fn read_party(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<PartyEntry> {
    let span = table.span;
    let org = table.need_parsed("org", "the short name of the party", Party::parse, problems);
    let name = if table.has("name") { read_text(table, "name", problems) } else { None };
    let why = "what it is in the sense of the GDPR: controller, joint, processor or sub_processor";
    let capacity = table.need_parsed("capacity", why, str::parse::<Capacity>, problems);
    let capacity = capacity.map_or(Capacity::Controller, |at| at.value);
    let processes = matches!(capacity, Capacity::Processor | Capacity::SubProcessor);
    let of = if processes {
        table.need_parsed(
            "of",
            "the party on whose instruction it acts (GDPR art. 28)",
            Party::parse,
            problems,
        )
    } else {
        None
    };
    let through = if processes { table.parsed("through", role_of_party, problems) } else { None };
    let roles = table.list("roles", Role::parse, problems);
    Some(PartyEntry {
        org: org?.value,
        name,
        capacity,
        of: of.map(|of| of.value),
        through: through.map(|through| through.value),
        roles: values(roles),
        span,
    })
}

/// `party/role`; whether the file declares them is seen later.
fn role_of_party(text: &str) -> Result<Recipient, String> {
    let (party, role) = text.split_once('/').ok_or("write `party/role`")?;
    let party = Party::parse(party).map_err(|error| error.to_string())?;
    Ok(Recipient { party, role: Role::parse(role).map_err(|error| error.to_string())? })
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
    let clause = clause.map_or_else(String::new, |at| at.value);
    let met = read_met(table, problems);
    Some(ConditionEntry { id: id?.value, text: text.unwrap_or_default(), clause, met, span })
}

/// What the condition hangs on: one thing at most. On nothing yet, it is not met.
fn read_met(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Condition {
    let met_from = table.date("met_from", problems).map(|date| date.value);
    let met_until = table.date("met_until", problems).map(|date| date.value);
    let consent = table.parsed("consent", str::parse::<Consent>, problems);
    let between = values(table.list("between", Party::parse, problems));
    let said = [met_from.is_some() || met_until.is_some(), consent.is_some(), !between.is_empty()];
    if said.iter().filter(|said| **said).count() > 1 {
        problems.error(
            "two-conditions",
            table.span,
            "a condition hangs on one of `met_from`, `consent` and `between`",
            "write a [[condition]] for each, and require both",
        );
    }
    match consent {
        Some(consent) => Condition::Consent(consent.value),
        None if between.is_empty() => Condition::Fact { from: met_from, until: met_until },
        None => Condition::Between(between),
    }
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
