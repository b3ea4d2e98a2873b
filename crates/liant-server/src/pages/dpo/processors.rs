//! The processors of the visitor's party, and the lists that its conventions have it give.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::processors::{self, LONGEST, ListKind, NewProcessor, OwedList, Processor};
use liant_app::{AppError, Context, Workplace};
use liant_model::ActId;

use super::conventions::CONVENTIONS;
use crate::components::{Column, Columns, Countdown, Empty, Field, Link, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(super) const PROCESSORS: &str = "/sub-processors";
/// Days before a list is due from which it presses.
const SOON: u16 = 30;

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
}

#[derive(Template)]
#[template(path = "dpo/processors.html")]
struct ListPage<'a> {
    page: &'a Page,
    w: Words,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
    list_columns: Columns,
    lists: Vec<ListRow>,
}

struct Row {
    id: String,
    name: String,
    service: String,
    country: String,
    against: Option<Tag>,
    term: String,
    is_over: bool,
}

struct ListRow {
    what: String,
    of: &'static str,
    convention: String,
    address: String,
    clause: String,
    last: String,
    due: Option<Countdown>,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    page.notice = match asking.done.as_str() {
        "added" => Some(Notice::done(w, w.say("processors-done-added"))),
        "ended" => Some(Notice::done(w, w.say("processors-done-ended"))),
        "gave" => Some(Notice::done(w, w.say("processors-done-gave"))),
        _ => None,
    };
    let (all, owed) = site.act(errand, processors::list).await?;
    let heads = |caption: &'static str, keys: &[&'static str]| {
        Columns::new(w, w.say(caption), keys.iter().map(|key| Column::new(w.say(key))).collect())
    };
    let page = page.under(CONVENTIONS, w.say("conv-title"));
    page.show(&ListPage {
        page: &page,
        w,
        columns: heads(
            "processors-caption",
            &["processors-col-name", "processors-col-country", "processors-col-term", "processors-col-act"],
        ),
        rows: all.iter().map(|one| row(w, one)).collect(),
        empty: Empty::new(w.say("processors-empty-title"), w.say("processors-empty-text"))
            .with_act(Link::new(format!("{PROCESSORS}/new"), w.say("processors-new"))),
        list_columns: heads(
            "lists-caption",
            &[
                "lists-col-what",
                "lists-col-convention",
                "lists-col-last",
                "lists-col-due",
                "processors-col-act",
            ],
        ),
        lists: owed.iter().map(|one| list_row(w, one)).collect(),
    })
}

fn row(w: Words, one: &Processor) -> Row {
    let term = match one.until {
        Some(until) => w.say("conv-from-to").text("from", w.date(one.from)).text("to", w.date(until)),
        None => w.say("conv-from").text("from", w.date(one.from)),
    };
    let against = (!one.against.is_empty()).then(|| {
        Tag::new(Tone::Late, w.say("processors-against").text("conventions", one.against.join(", ")))
    });
    Row {
        id: one.processor.to_string(),
        name: one.name.clone(),
        service: one.service.clone(),
        country: one.country.clone(),
        against,
        term: term.into(),
        is_over: one.until.is_some(),
    }
}

fn list_row(w: Words, one: &OwedList) -> ListRow {
    let what = match one.of {
        ListKind::SubProcessors => "list-sub-processors",
        ListKind::Countries => "list-countries",
        ListKind::Agents => "list-agents",
    };
    ListRow {
        what: w.say(what).into(),
        of: one.of.as_str(),
        convention: one.convention.clone(),
        address: format!("{CONVENTIONS}/{}?version={}", one.convention, one.version),
        clause: w.cite(&one.clause),
        last: one.last.map_or_else(|| w.say("lists-never").into(), |day| w.date(day)),
        due: one.due.map(|day| Countdown::new(w, day, SOON)),
    }
}

/// What the form of a processor sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    service: String,
    country: String,
    #[serde(rename = "from-day")]
    day: String,
    #[serde(rename = "from-month")]
    month: String,
    #[serde(rename = "from-year")]
    year: String,
}

/// The form of a processor.
pub(super) async fn form(page: Page) -> Result<Response, Failure> {
    let today = page.w.today();
    let typed = Typed {
        day: today.day().to_string(),
        month: today.month().to_string(),
        year: today.year().to_string(),
        ..Typed::default()
    };
    ask(page, &typed, "")
}

/// Records a processor.
pub(super) async fn add(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let Some(from) = day_of([&typed.day, &typed.month, &typed.year]) else {
        return ask(page, &typed, "from");
    };
    let (name, service, country) = (typed.name.clone(), typed.service.clone(), typed.country.clone());
    let new = NewProcessor { name, service, country, from };
    let act = move |context: &Context<'_>, workplace: &Workplace| processors::add(context, workplace, &new);
    match site.act(errand, act).await {
        Ok(()) => Ok(Redirect::to(&format!("{PROCESSORS}?done=added")).into_response()),
        Err(Failure::App(AppError::Value(text))) => {
            let wrong = text.split(':').next().unwrap_or_default().to_owned();
            ask(page, &typed, &wrong)
        }
        Err(error) => Err(error),
    }
}

fn ask(page: Page, typed: &Typed, wrong: &str) -> Result<Response, Failure> {
    let w = page.w;
    let page = page.under(CONVENTIONS, w.say("conv-title")).under(PROCESSORS, w.say("processors-and-lists"));
    let error = |field: &str, key: &'static str| {
        (wrong == field).then(|| w.say(key).with("most", LONGEST as u64).into())
    };
    FormPage::new(&page, w.say("processors-new"), format!("{PROCESSORS}/new"), w.say("processors-submit"))
        .text(w.say("processors-new-text"))
        .field(
            Field::line(w, "name", w.say("processors-name"))
                .value(typed.name.as_str())
                .error(error("name", "processors-text-error")),
        )
        .field(
            Field::line(w, "service", w.say("processors-service"))
                .hint(w.say("processors-service-hint"))
                .value(typed.service.as_str())
                .error(error("service", "processors-text-error")),
        )
        .field(
            Field::line(w, "country", w.say("processors-country"))
                .hint(w.say("processors-country-hint"))
                .wide(2)
                .value(typed.country.as_str())
                .error(error("country", "processors-country-error")),
        )
        .field(
            Field::day(w, "from", w.say("processors-from"), [&typed.day, &typed.month, &typed.year])
                .error(error("from", "breach-day-error")),
        )
        .link(PROCESSORS, w.say("cancel"))
        .show()
}

/// Records that a processor serves no longer.
pub(super) async fn end(
    State(site): State<Site>,
    Path(processor): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let processor: ActId = processor.parse().map_err(|_| Failure::Absent)?;
    let act =
        move |context: &Context<'_>, workplace: &Workplace| processors::end(context, workplace, processor);
    match site.act(errand, act).await {
        Ok(()) => Ok(Redirect::to(&format!("{PROCESSORS}?done=ended")).into_response()),
        // Somebody was faster: the page shows it.
        Err(Failure::App(error)) if error.is_conflict() => Ok(Redirect::to(PROCESSORS).into_response()),
        Err(error) => Err(error),
    }
}

/// What the form of a list sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Given {
    convention: String,
    of: String,
}

/// Records that a list was given.
pub(super) async fn gave(
    State(site): State<Site>,
    errand: Errand,
    Form(typed): Form<Given>,
) -> Result<Response, Failure> {
    let Ok(of) = typed.of.parse::<ListKind>() else { return Ok(Redirect::to(PROCESSORS).into_response()) };
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        processors::gave(context, workplace, &typed.convention, of)
    };
    site.act(errand, act).await?;
    Ok(Redirect::to(&format!("{PROCESSORS}?done=gave")).into_response())
}
