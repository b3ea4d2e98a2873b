//! Who is stopped for asking for many people beyond her reach, for whoever looks over look-ups: she alone lets in again.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::ProfessionalRole;
use liant_app::lookups::{self, Blocked};
use liant_model::ActId;

use crate::components::{Column, Columns, Empty, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(super) const PATH: &str = "/stops";
/// Shown at once.
const MOST: usize = 100;

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
}

#[derive(Template)]
#[template(path = "look_ups/stops.html")]
struct StopsPage<'a> {
    page: &'a Page,
    w: Words,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
}

struct Row {
    stop: ActId,
    machine: String,
    at: String,
    who: String,
    role: String,
    tried: String,
    clause: String,
    state: Tag,
    lifted: Option<String>,
    log: String,
    is_own: bool,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    page.notice = (asking.done == "lifted").then(|| Notice::done(w, w.say("stops-done")));
    let found = site.act(errand, |context, workplace| lookups::blocked(context, workplace, MOST)).await?;
    let heads = ["stops-col-at", "stops-col-who", "stops-col-tried", "stops-col-state"];
    let columns = heads.map(|key| Column::new(w.say(key))).into_iter();
    let columns = columns.chain([Column::new(w.say("stops-col-act")).hidden()]).collect();
    page.show(&StopsPage {
        page: &page,
        w,
        columns: Columns::new(w, w.say("stops-caption"), columns),
        rows: found.iter().map(|one| row(&page, one)).collect(),
        empty: Empty::new(w.say("stops-empty-title"), w.say("stops-empty-text")),
    })
}

fn row(page: &Page, one: &Blocked) -> Row {
    let w = page.w;
    let role = ProfessionalRole::from_code(&one.role).map(|role| w.typeset(&role.label(w.lang())));
    let (tone, key) =
        if one.lifted.is_none() { (Tone::Late, "stops-in-force") } else { (Tone::Fine, "stops-lifted") };
    let lifted = one.lifted.as_ref();
    Row {
        stop: one.blocking,
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        who: one.name.clone().unwrap_or_else(|| one.actor.clone()),
        role: role.unwrap_or_else(|| one.role.clone()),
        tried: w.say("stops-tried").with("count", one.tried).into(),
        clause: w.cite(&one.clause),
        state: Tag::new(tone, w.say(key)),
        lifted: lifted
            .map(|(at, by)| w.say("stops-lifted-by").text("who", by).text("moment", w.moment(*at)).into()),
        log: format!("/audit/entries/{}", one.blocking),
        is_own: page.visitor().is_some_and(|visitor| visitor.account.to_string() == one.actor),
    }
}

/// Lets someone in again.
pub(super) async fn lift(
    State(site): State<Site>,
    Path(stop): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let stop: ActId = stop.parse().map_err(|_| Failure::Absent)?;
    site.act(errand, move |context, workplace| lookups::lift(context, workplace, stop)).await?;
    Ok(Redirect::to(&format!("{PATH}?done=lifted")).into_response())
}
