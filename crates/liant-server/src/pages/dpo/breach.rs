//! One breach: whom it concerns, what is owed to whom by when, what was done.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::AppError;
use liant_app::breaches::{self, BreachFile, Deed, Done, SeenAct};
use liant_model::ActId;

use super::breaches::{BREACHES, OwedRow, addressee, moment_of, nature, owed_row, state};
use crate::components::{Choice, Column, Columns, Detail, Empty, Field, Link, Notice, SummaryList, Tag};
use crate::failure::Failure;
use crate::pages::audit;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// Acts shown at once.
const MOST: usize = 100;

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
}

#[derive(Template)]
#[template(path = "dpo/breach.html")]
struct BreachPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    state: Tag,
    here: String,
    is_open: bool,
    details: SummaryList,
    people: u64,
    fields: Vec<(String, String)>,
    field_columns: Columns,
    owed: Vec<(OwedRow, Option<Link>)>,
    owed_columns: Columns,
    done: Vec<DoneRow>,
    done_columns: Columns,
    acts: Vec<ActRow>,
    act_columns: Columns,
    more_acts: u64,
    erased: u64,
    empty: Empty,
}

struct DoneRow {
    machine: String,
    at: String,
    what: String,
    to: String,
    by: String,
}

struct ActRow {
    entry: String,
    machine: String,
    at: String,
    actor: String,
    what: String,
    recipient: String,
    fields: String,
    people: String,
}

pub(super) fn id(text: &str) -> Result<ActId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    mut page: Page,
    Path(breach): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let breach = id(&breach)?;
    let w = page.w;
    let file = site.act(errand, move |context, workplace| breaches::show(context, workplace, breach)).await?;
    page.notice = match asking.done.as_str() {
        "opened" => Some(Notice::done(w, w.say("breach-done-opened"))),
        "recorded" => Some(Notice::done(w, w.say("breach-done-recorded"))),
        _ => None,
    };
    let page = page.under(BREACHES, w.say("breach-title"));
    let here = format!("{BREACHES}/{breach}");
    let heads = |caption: &'static str, keys: &[&'static str]| {
        Columns::new(w, w.say(caption), keys.iter().map(|key| Column::new(w.say(key))).collect())
    };
    let told = file.summary.owed.iter().map(|owed| {
        let to = owed.deadline.to.code();
        let notice = Link::new(format!("{here}/notice?to={to}"), w.say("breach-draft"));
        (owed_row(w, owed), Some(notice))
    });
    page.show(&BreachPage {
        page: &page,
        w,
        title: w.say(nature(file.summary.nature)).into(),
        state: state(w, &file.summary),
        is_open: file.summary.closed_at.is_none(),
        details: details(w, &file),
        people: file.people,
        fields: by_count(w, &file),
        field_columns: heads("breach-fields-caption", &["breach-col-people", "breach-col-field"]),
        owed: told.collect(),
        owed_columns: heads(
            "breach-owed-caption",
            &["breach-col-to", "breach-col-by", "breach-col-kept", "breach-col-clause", "breach-col-draft"],
        ),
        done: file.done.iter().map(|one| done_row(w, one)).collect(),
        done_columns: heads(
            "breach-done-caption",
            &["breach-col-at", "breach-col-deed", "breach-col-to", "breach-col-recorded"],
        ),
        acts: file.acts.iter().take(MOST).map(|act| act_row(w, act)).collect(),
        act_columns: heads(
            "breach-acts-caption",
            &["breach-col-at", "breach-col-actor", "breach-col-what", "breach-col-data", "breach-col-people"],
        ),
        more_acts: file.acts.len().saturating_sub(MOST) as u64,
        erased: file.erased,
        empty: Empty::new(w.say("breach-nobody-title"), w.say("breach-nobody-text")),
        here,
    })
}

/// The data by how many people they were shown of, the most first.
fn by_count(w: Words, file: &BreachFile) -> Vec<(String, String)> {
    let mut counts: BTreeMap<Reverse<u64>, Vec<&str>> = BTreeMap::new();
    for (field, count) in &file.fields {
        counts.entry(Reverse(*count)).or_default().push(field.label(w.lang()));
    }
    counts.into_iter().map(|(Reverse(count), labels)| (w.number(count), labels.join(", "))).collect()
}

/// What it is about.
fn details(w: Words, file: &BreachFile) -> SummaryList {
    let line = |key, value: String| Detail::new(w.say(key)).value(value);
    let mut lines = vec![line("breach-col-discovered", w.moment(file.summary.discovered_at))];
    lines.extend(file.actor.as_ref().map(|actor| line("breach-actor", actor.clone())));
    lines.extend(file.act.map(|act| {
        let entry = Link::new(format!("/audit/entries/{act}"), w.say("breach-entry"));
        line("breach-act", act.to_string()).act(entry)
    }));
    let (since, until) = file.period;
    let from = (since.micros() > 0).then(|| w.date(since.date()));
    let to = until.map(|until| {
        // The period ends before the next day begins.
        w.date(liant_model::Instant::from_micros(until.micros() - 1).date())
    });
    let said = match (from, to) {
        (Some(from), Some(to)) => w.say("conv-from-to").text("from", from).text("to", to),
        (Some(from), None) => w.say("conv-from").text("from", from),
        (None, Some(to)) => w.say("breach-until-day").text("to", to),
        (None, None) => w.say("breach-always"),
    };
    lines.push(line("breach-period", said.into()));
    let suspended = file.suspended.iter().map(|(convention, since)| {
        w.say("breach-suspended").text("convention", convention).text("day", w.date(*since)).into()
    });
    let mut measures: Vec<String> = suspended.collect();
    if measures.is_empty() {
        measures.push(w.say("breach-none-suspended").into());
    }
    let detail = Detail::new(w.say("breach-measures"));
    let suspend = Link::new(super::CONVENTIONS, w.say("breach-suspend"));
    lines.push(measures.into_iter().fold(detail, Detail::value).act(suspend));
    SummaryList::new(w, lines)
}

fn done_row(w: Words, one: &Done) -> DoneRow {
    DoneRow {
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        what: w.say(deed(one.deed)).into(),
        to: addressee(w, &one.to),
        by: one.by.clone(),
    }
}

const fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Initial => "deed-initial",
        Deed::Complement => "deed-complement",
        Deed::Answered => "deed-answered",
        Deed::Closed => "deed-closed",
    }
}

fn act_row(w: Words, act: &SeenAct) -> ActRow {
    ActRow {
        entry: format!("/audit/entries/{}", act.act),
        machine: w.machine_moment(act.at),
        at: w.moment(act.at),
        actor: act.actor.clone(),
        what: audit::shown_name(w, &act.what),
        recipient: audit::recipient_name(w, &act.recipient),
        fields: w.number(act.fields),
        people: w.number(act.people),
    }
}

/// The people as a file.
pub(super) async fn people(
    State(site): State<Site>,
    page: Page,
    Path(breach): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let breach = id(&breach)?;
    let w = page.w;
    let heads = [
        "breach-file-person",
        "breach-file-data",
        "breach-file-acts",
        "breach-file-first",
        "breach-file-last",
    ]
    .map(|key| w.say(key).to_string());
    let lang = w.lang();
    let made = site
        .act(errand, move |context, workplace| breaches::export(context, workplace, breach, (&heads, lang)))
        .await?;
    let name = format!("{}-{}.csv", w.say("breach-file"), w.today());
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, made.bytes).into_response())
}

/// What the form of a deed sends.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Typed {
    deed: String,
    to: String,
    #[serde(rename = "at-day")]
    day: String,
    #[serde(rename = "at-month")]
    month: String,
    #[serde(rename = "at-year")]
    year: String,
    time: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Deed,
    To,
    At,
    State,
}

/// The form that records what was done.
pub(super) async fn deed_form(
    State(site): State<Site>,
    page: Page,
    Path(breach): Path<String>,
    Query(asked): Query<Typed>,
    errand: Errand,
) -> Result<Response, Failure> {
    let breach = id(&breach)?;
    let file = site.act(errand, move |context, workplace| breaches::show(context, workplace, breach)).await?;
    ask(page, &file, &asked, &[])
}

/// Records it.
pub(super) async fn record(
    State(site): State<Site>,
    page: Page,
    Path(breach): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let breach = id(&breach)?;
    let file = site
        .act(errand.clone(), move |context, workplace| breaches::show(context, workplace, breach))
        .await?;
    let mut wrong = Vec::new();
    let deed = Deed::from_code(&typed.deed);
    wrong.extend(Some(Wrong::Deed).filter(|_| deed.is_none()));
    let is_known = file.summary.owed.iter().any(|owed| owed.deadline.to.code() == typed.to);
    wrong.extend(Some(Wrong::To).filter(|_| !is_known && deed != Some(Deed::Closed)));
    let at = day_of([&typed.day, &typed.month, &typed.year]).and_then(|day| moment_of(day, &typed.time));
    wrong.extend(Some(Wrong::At).filter(|_| at.is_none()));
    let (Some(deed), Some(at), true) = (deed, at, wrong.is_empty()) else {
        return ask(page, &file, &typed, &wrong);
    };
    let to = typed.to.clone();
    let done = site
        .act(errand, move |context, workplace| breaches::record(context, workplace, breach, (deed, &to, at)));
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("{BREACHES}/{breach}?done=recorded")).into_response()),
        Err(Failure::App(AppError::Value(_))) => ask(page, &file, &typed, &[Wrong::At]),
        Err(Failure::App(AppError::State(_))) => ask(page, &file, &typed, &[Wrong::State]),
        Err(error) => Err(error),
    }
}

fn ask(page: Page, file: &BreachFile, typed: &Typed, wrong: &[Wrong]) -> Result<Response, Failure> {
    let w = page.w;
    let here = format!("{BREACHES}/{}", file.summary.breach);
    let page =
        page.under(BREACHES, w.say("breach-title")).under(here.clone(), w.say(nature(file.summary.nature)));
    let error = |what: Wrong, key: &'static str| wrong.contains(&what).then(|| String::from(w.say(key)));
    let deeds =
        Deed::ALL.map(|one| Choice::new(one.code(), w.say(deed(one))).chosen(one.code() == typed.deed));
    let mut codes: Vec<&str> = file.summary.owed.iter().map(|owed| owed.deadline.to.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    let to = codes.into_iter().map(|code| Choice::new(code, addressee(w, code)).chosen(code == typed.to));
    FormPage::new(&page, w.say("deed-title"), format!("{here}/deed"), w.say("deed-submit"))
        .text(w.say("deed-text"))
        .field(
            Field::one_of(w, "deed", w.say("deed-what"), deeds.into())
                .error(error(Wrong::Deed, "deed-what-error")),
        )
        .field(
            Field::one_of(w, "to", w.say("deed-to"), to.collect())
                .hint(w.say("deed-to-hint"))
                .error(error(Wrong::To, "deed-to-error")),
        )
        .field(
            Field::day(w, "at", w.say("deed-at"), [&typed.day, &typed.month, &typed.year])
                .error(error(Wrong::At, "deed-at-error")),
        )
        .field(
            Field::line(w, "time", w.say("breach-time"))
                .hint(w.say("breach-time-hint"))
                .wide(5)
                .value(typed.time.as_str()),
        )
        .refused(error(Wrong::State, "deed-state-error"))
        .link(here, w.say("cancel"))
        .show()
}
