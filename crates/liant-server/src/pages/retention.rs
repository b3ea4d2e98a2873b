//! What is due for destruction, what was destroyed, and the certificates, for the data protection officer. Nothing is destroyed
//! from here: a run writes the store again, and is the command line's (`liant retention run`).

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::retention::{self, Part, Run};
use liant_model::{ActId, Date};

use crate::components::{Column, Columns, Empty, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::pages::audit::DPO;
use crate::routes::{Route, Table};
use crate::words::Words;
use crate::{Errand, Page, Site};

const PATH: &str = "/retention";

/// The routes of destructions. A plan looks at everyone: it may take longer than a page.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get(PATH, DPO).in_menu("menu-retention").with_limits(0, Duration::from_mins(2)), list)
        .add(Route::get("/retention/{run}", DPO), certificate)
}

/// What the address asks for: a day.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    day: String,
}

#[derive(Template)]
#[template(path = "retention.html")]
struct RetentionPage<'a> {
    page: &'a Page,
    w: Words,
    day: String,
    due_on: String,
    columns: Columns,
    parts: Vec<Row>,
    withheld: Vec<String>,
    undated: u64,
    empty: Empty,
    run_columns: Columns,
    runs: Vec<RunRow>,
    no_runs: Empty,
}

struct Row {
    what: String,
    source: String,
    people: String,
    items: String,
    clause: String,
}

struct RunRow {
    machine: String,
    at: String,
    day: String,
    by: String,
    state: Tag,
    certificate: Option<String>,
}

/// What is due on a day, and the runs.
pub(super) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let day: Option<Date> = asking.day.trim().parse().ok();
    let (plan, runs) = site
        .act(errand, move |context, workplace| {
            Ok((retention::plan(context, workplace, day)?, retention::runs(context, workplace)?))
        })
        .await?;
    if plan.under_way {
        page.notice = Some(Notice::important(w, w.say("retention-under-way")));
    }
    let heads = ["retention-col-what", "retention-col-people", "retention-col-items", "retention-col-clause"];
    let run_heads = ["retention-col-at", "retention-col-day", "retention-col-by", "retention-col-state"];
    let columns = |caption, heads: [&'static str; 4]| {
        Columns::new(w, w.say(caption), heads.map(|key| Column::new(w.say(key))).into())
    };
    page.show(&RetentionPage {
        page: &page,
        w,
        day: plan.day.to_string(),
        due_on: w.say("retention-due").text("day", w.date(plan.day)).into(),
        columns: columns("retention-caption", heads),
        parts: plan.parts.iter().map(|part| row(w, part)).collect(),
        withheld: plan
            .withheld
            .iter()
            .map(|source| w.say("retention-withheld").text("source", source).into())
            .collect(),
        undated: plan.undated,
        empty: Empty::new(w.say("retention-empty-title"), w.say("retention-empty-text")),
        run_columns: columns("retention-runs-caption", run_heads),
        runs: runs.iter().map(|run| run_row(w, run)).collect(),
        no_runs: Empty::new(w.say("retention-none-title"), w.say("retention-none-text")),
    })
}

fn row(w: Words, part: &Part) -> Row {
    Row {
        what: w.typeset(part.data_set.words(w.lang())),
        source: part.source.as_ref().map_or_else(String::new, ToString::to_string),
        people: if part.people == 0 { "—".to_owned() } else { part.people.to_string() },
        items: part.items.to_string(),
        clause: w.cite(&part.clause.to_string()),
    }
}

fn run_row(w: Words, run: &Run) -> RunRow {
    let (tone, key) = match run.ended_at {
        Some(_) => (Tone::Fine, "retention-ended"),
        None => (Tone::Late, "retention-not-ended"),
    };
    RunRow {
        machine: w.machine_moment(run.begun_at),
        at: w.moment(run.begun_at),
        day: w.date(run.day),
        by: run.begun_by.clone(),
        state: Tag::new(tone, w.say(key)),
        certificate: run.ended_at.map(|_| format!("{PATH}/{}", run.id)),
    }
}

/// The certificate of a run in plain words, not signed: the key lies elsewhere.
pub(super) async fn certificate(
    State(site): State<Site>,
    page: Page,
    Path(run): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let run: ActId = run.parse().map_err(|_| Failure::Absent)?;
    let lang = page.w.lang();
    let text = site
        .act(errand, move |context, workplace| {
            Ok(retention::certificate(context, workplace, run)?.words(lang))
        })
        .await?;
    let name = format!("attachment; filename=\"destruction-{run}.txt\"");
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
