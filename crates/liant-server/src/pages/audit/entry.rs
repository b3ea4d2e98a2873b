//! One entry of the log; who read one person.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use liant_app::trail::{self, LogEntry, Released};
use liant_app::{AppError, review::Disclosure};
use liant_model::{ActId, Date, Field, Instant, PersonId};

use super::log::start_of;
use super::{PATH, act_name, purpose_name};
use crate::components::{Column, Columns, Detail, Empty, SummaryList};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "audit/entry.html")]
struct EntryPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    details: SummaryList,
    clauses: Vec<String>,
    fields: Vec<&'static str>,
    people: Vec<(String, String)>,
    more: u64,
}

/// One entry.
pub(in crate::pages) async fn entry(
    State(site): State<Site>,
    page: Page,
    Path(act): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let act: ActId = act.parse().map_err(|_| Failure::Absent)?;
    let lang = page.w.lang();
    let (entry, released) =
        site.act(errand, move |context, workplace| trail::entry(context, workplace, act, lang)).await?;
    let w = page.w;
    let page = page.under(PATH, w.say("audit-title"));
    let people: Vec<(String, String)> = released
        .iter()
        .flat_map(|released| &released.people)
        .map(|person| (format!("{PATH}/people/{person}"), person.to_string()))
        .collect();
    let in_all = entry.content.as_ref().map_or(0, |said| said.people);
    page.show(&EntryPage {
        page: &page,
        w,
        title: w.say("entry-title").text("number", w.number(entry.index)).into(),
        details: details(w, &entry, released.as_ref()),
        clauses: entry
            .content
            .as_ref()
            .map(|said| said.clauses.iter().map(|clause| w.cite(clause)).collect())
            .unwrap_or_default(),
        fields: released.map(|released| released.fields).unwrap_or_default(),
        more: in_all.saturating_sub(people.len() as u64),
        people,
    })
}

fn details(w: Words, entry: &LogEntry, released: Option<&Released>) -> SummaryList {
    let line = |key, value: String| Detail::new(w.say(key)).value(value);
    let mut lines = vec![line("audit-col-at", w.moment(entry.at))];
    match &entry.content {
        Some(said) => {
            let actor = match &said.name {
                Some(name) => format!("{name} ({})", said.actor),
                None => said.actor.clone(),
            };
            lines.push(line("audit-col-actor", actor));
            lines.push(line("entry-seat", said.seat.clone()));
            lines.push(line("audit-col-act", act_name(w, said.act)));
            lines.push(line("audit-col-purpose", purpose_name(w, &[], &said.purpose)));
            if !said.subject.is_empty() {
                lines.push(line("entry-subject", said.subject.clone()));
            }
            let counts: Vec<String> =
                said.counts.iter().map(|(name, count)| format!("{name} : {}", w.number(*count))).collect();
            if !counts.is_empty() {
                lines.push(line("entry-counts", counts.join(", ")));
            }
        }
        None => lines.push(line("audit-col-act", w.say("audit-erased-text").into())),
    }
    if let Some(released) = released.filter(|released| !released.recipient.is_empty()) {
        lines.push(line("entry-recipient", released.recipient.clone()));
    }
    lines.push(line("entry-act", entry.act.to_string()));
    SummaryList::new(w, lines)
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    from: String,
}

#[derive(Template)]
#[template(path = "audit/who_read.html")]
struct WhoReadPage<'a> {
    page: &'a Page,
    w: Words,
    person: PersonId,
    here: String,
    from: String,
    count: u64,
    columns: Columns,
    rows: Vec<Reading>,
    empty: Empty,
}

struct Reading {
    machine: String,
    at: String,
    actor: String,
    recipient: String,
    what: String,
    fields: Vec<&'static str>,
    summary: String,
    clauses: String,
}

/// Who read a person.
pub(in crate::pages) async fn who_read(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person: PersonId = person.parse().map_err(|_| Failure::Absent)?;
    let since = asking.from.trim().parse::<Date>().ok().and_then(start_of).unwrap_or(Instant::from_micros(0));
    let found = site
        .act(errand, move |context, workplace| {
            let mut found = trail::who_read_by_name(context, workplace, person, since)?;
            found.reverse();
            Ok::<_, AppError>(found)
        })
        .await?;
    let w = page.w;
    let page = page.under(PATH, w.say("audit-title"));
    let heads =
        ["audit-col-at", "audit-col-actor", "undone-col-recipient", "undone-col-fields", "entry-clauses"];
    page.show(&WhoReadPage {
        page: &page,
        w,
        person,
        here: format!("{PATH}/people/{person}"),
        from: asking.from,
        count: found.len() as u64,
        columns: Columns::new(w, w.say("who-read-caption"), heads.map(|key| Column::new(w.say(key))).into()),
        rows: found.iter().map(|one| reading(w, one)).collect(),
        empty: Empty::new(w.say("who-read-empty-title"), w.say("who-read-empty-text")),
    })
}

fn reading(w: Words, one: &Disclosure) -> Reading {
    let label = |code: &&str| Field::from_code(code).ok().map(|field| field.label(w.lang()));
    let fields: Vec<&'static str> = one.fields.iter().filter_map(label).collect();
    Reading {
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        actor: one.actor.clone(),
        recipient: super::recipient_name(w, &one.recipient),
        what: super::shown_name(w, &one.what),
        summary: w.say("who-read-fields").with("count", fields.len() as u64).into(),
        fields,
        clauses: w.cite(&one.clauses),
    }
}
