//! Declared reasons, for whoever looks over them: those that wait, those that were answered.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::ProfessionalRole;
use liant_access::close::{Closeness, LookUpState};
use liant_app::lookups::{self, Declared};
use liant_model::LookUpId;

use crate::components::{Column, Columns, Empty, Link, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(super) const PATH: &str = "/look-ups";
/// Reasons shown at once.
const MOST: usize = 100;

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    state: String,
    done: String,
}

/// What the form of an answer sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Answer {
    version: i64,
    state: String,
}

#[derive(Template)]
#[template(path = "look_ups/queue.html")]
struct QueuePage<'a> {
    page: &'a Page,
    w: Words,
    states: Vec<(Link, bool)>,
    state: &'static str,
    columns: Columns,
    rows: Vec<Row>,
    is_full: bool,
    most: u64,
    empty: Empty,
}

struct Row {
    look_up: LookUpId,
    version: i64,
    machine: String,
    at: String,
    who: String,
    role: String,
    closeness: Tag,
    reason: String,
    reviewed: Option<String>,
    who_read: String,
    is_own: bool,
    accepts: bool,
    refuses: bool,
}

const STATES: [(LookUpState, &str); 3] = [
    (LookUpState::Pending, "look-ups-pending"),
    (LookUpState::Accepted, "look-ups-accepted"),
    (LookUpState::Refused, "look-ups-refused"),
];

/// The state of this code; those that wait come first.
fn state_of(code: &str) -> LookUpState {
    LookUpState::from_code(code).unwrap_or(LookUpState::Pending)
}

fn address(state: LookUpState) -> String {
    match state {
        LookUpState::Pending => PATH.to_owned(),
        other => format!("{PATH}?state={}", other.code()),
    }
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
        "accepted" => Some(Notice::done(w, w.say("look-ups-done-accepted"))),
        "refused" => Some(Notice::done(w, w.say("look-ups-done-refused"))),
        _ => None,
    };
    show(&site, &page, errand, state_of(&asking.state)).await
}

async fn show(site: &Site, page: &Page, errand: Errand, state: LookUpState) -> Result<Response, Failure> {
    let w = page.w;
    let lang = w.lang();
    let found =
        site.act(errand, move |context, workplace| lookups::declared(context, workplace, state, MOST, lang));
    let found = found.await?;
    let heads = ["look-ups-col-at", "look-ups-col-who", "look-ups-col-close", "look-ups-col-reason"];
    let columns = heads.map(|key| Column::new(w.say(key))).into_iter();
    let columns = columns.chain([Column::new(w.say("look-ups-col-act")).hidden()]).collect();
    let (caption, title, text) = match state {
        LookUpState::Pending => ("look-ups-caption-pending", "look-ups-empty-title", "look-ups-empty-text"),
        LookUpState::Accepted => ("look-ups-caption-accepted", "look-ups-none-title", "look-ups-none-text"),
        LookUpState::Refused => ("look-ups-caption-refused", "look-ups-none-title", "look-ups-none-text"),
    };
    page.show(&QueuePage {
        page,
        w,
        states: STATES.map(|(one, key)| (Link::new(address(one), w.say(key)), one == state)).into(),
        state: state.code(),
        columns: Columns::new(w, w.say(caption), columns),
        is_full: found.len() == MOST,
        most: MOST as u64,
        rows: found.iter().map(|one| row(page, one)).collect(),
        empty: Empty::new(w.say(title), w.say(text)),
    })
}

fn row(page: &Page, one: &Declared) -> Row {
    let w = page.w;
    let (tone, key) = match one.closeness {
        Closeness::Oneself => (Tone::Late, "close-oneself"),
        Closeness::Relative => (Tone::Soon, "close-relative"),
        Closeness::Colleague => (Tone::Fine, "close-colleague"),
    };
    let role = ProfessionalRole::from_code(&one.role).map(|role| w.typeset(&role.label(w.lang())));
    let reviewed = one
        .reviewed
        .as_ref()
        .map(|(by, at)| w.say("look-ups-reviewed").text("who", by).text("moment", w.moment(*at)).into());
    Row {
        look_up: one.look_up,
        version: one.version,
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        who: one.name.clone().unwrap_or_else(|| one.account.to_string()),
        role: role.unwrap_or_else(|| one.role.clone()),
        closeness: Tag::new(tone, w.say(key)),
        reason: w.typeset(&one.reason),
        reviewed,
        who_read: format!("/audit/people/{}", one.person),
        is_own: page.visitor().is_some_and(|visitor| visitor.account == one.account),
        accepts: one.state != LookUpState::Accepted,
        refuses: one.state != LookUpState::Refused,
    }
}

/// Accepts a reason.
pub(super) async fn accept(
    State(site): State<Site>,
    page: Page,
    Path(look_up): Path<String>,
    errand: Errand,
    Form(answer): Form<Answer>,
) -> Result<Response, Failure> {
    review(&site, page, errand, (&look_up, true), &answer).await
}

/// Refuses one.
pub(super) async fn refuse(
    State(site): State<Site>,
    page: Page,
    Path(look_up): Path<String>,
    errand: Errand,
    Form(answer): Form<Answer>,
) -> Result<Response, Failure> {
    review(&site, page, errand, (&look_up, false), &answer).await
}

async fn review(
    site: &Site,
    mut page: Page,
    errand: Errand,
    (look_up, accepted): (&str, bool),
    answer: &Answer,
) -> Result<Response, Failure> {
    let look_up: LookUpId = look_up.parse().map_err(|_| Failure::Absent)?;
    let (version, state) = (answer.version, state_of(&answer.state));
    let done = site.act(errand.clone(), move |context, workplace| {
        lookups::review(context, workplace, look_up, (accepted, version))
    });
    match done.await {
        Ok(()) => {
            let joint = if state == LookUpState::Pending { '?' } else { '&' };
            let done = if accepted { "accepted" } else { "refused" };
            Ok(Redirect::to(&format!("{}{joint}done={done}", address(state))).into_response())
        }
        Err(Failure::App(error)) if error.is_conflict() => {
            page.notice = Some(Notice::important(page.w, page.w.say("look-ups-stale")));
            let mut response = show(site, &page, errand, state).await?;
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(error) => Err(error),
    }
}
