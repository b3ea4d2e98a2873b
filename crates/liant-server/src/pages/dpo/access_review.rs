//! The review of access: who acts for the visitor's party, and whether each still needs to.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::AppError;
use liant_app::access_review::{self, Access, Reviewed, Verdict};
use liant_model::MembershipId;

use crate::components::{Column, Columns, Countdown, Empty, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(in crate::pages) const REVIEW: &str = "/access-review";
/// Days before the day of the next look from which it presses.
const SOON: u16 = 30;
/// Days without coming in after which it is said.
const LONG: i32 = 90;

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
}

#[derive(Template)]
#[template(path = "dpo/access_review.html")]
struct ReviewPage<'a> {
    page: &'a Page,
    w: Words,
    columns: Columns,
    rows: Vec<Row>,
    past_columns: Columns,
    past: Vec<PastRow>,
    empty: Empty,
}

struct Row {
    membership: String,
    name: String,
    email: String,
    organisation: String,
    role: String,
    marks: Vec<Tag>,
    used: String,
    reviewed: String,
    due: Countdown,
    is_own: bool,
}

struct PastRow {
    machine: String,
    at: String,
    name: String,
    place: String,
    verdict: Tag,
    by: String,
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
        "confirmed" => Some(Notice::done(w, w.say("access-done-confirmed"))),
        "withdrawn" => Some(Notice::done(w, w.say("access-done-withdrawn"))),
        "stale" => Some(Notice::important(w, w.say("access-stale"))),
        _ => None,
    };
    let (held, past) = site.act(errand, access_review::list).await?;
    let heads = |caption: &'static str, keys: &[&'static str]| {
        Columns::new(w, w.say(caption), keys.iter().map(|key| Column::new(w.say(key))).collect())
    };
    let keys =
        ["access-col-who", "access-col-role", "access-col-used", "access-col-reviewed", "access-col-act"];
    page.show(&ReviewPage {
        page: &page,
        w,
        columns: heads("access-caption", &keys),
        rows: held.iter().map(|one| row(w, one)).collect(),
        past_columns: heads(
            "access-past-caption",
            &["breach-col-at", "access-col-who", "access-col-found", "access-col-by"],
        ),
        past: past.iter().map(|one| past_row(w, one)).collect(),
        empty: Empty::new(w.say("access-empty-title"), w.say("access-empty-text")),
    })
}

fn row(w: Words, one: &Access) -> Row {
    let mut marks = Vec::new();
    if one.is_admin {
        marks.push(Tag::new(Tone::Fine, w.say("member-admin")));
    }
    if one.is_disabled {
        marks.push(Tag::new(Tone::Late, w.say("member-disabled")));
    }
    if let Some(until) = one.until {
        marks.push(Tag::new(Tone::Soon, w.say("member-until").text("day", w.short_date(until))));
    }
    let last = one.used_at.unwrap_or(one.given_at).date();
    if w.delay(last).0 < -LONG {
        marks.push(Tag::new(Tone::Soon, w.say("access-long-ago")));
    }
    let used = match one.used_at {
        Some(at) => w.date(at.date()),
        None => w.say("access-never").into(),
    };
    let reviewed = match one.reviewed_at {
        Some(at) => w.say("access-reviewed").text("day", w.date(at.date())),
        None => w.say("access-given").text("day", w.date(one.given_at.date())),
    };
    Row {
        membership: one.membership.to_string(),
        name: one.name.clone(),
        email: one.email.clone(),
        organisation: one.organisation.clone(),
        role: w.typeset(&one.role.label(w.lang())),
        marks,
        used,
        reviewed: reviewed.into(),
        due: Countdown::new(w, one.due, SOON),
        is_own: one.is_own,
    }
}

fn past_row(w: Words, one: &Reviewed) -> PastRow {
    let (tone, key) = match one.verdict {
        Verdict::Confirmed => (Tone::Done, "access-confirmed"),
        Verdict::Withdrawn => (Tone::Late, "access-withdrawn"),
    };
    PastRow {
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        name: one.name.clone(),
        place: format!("{}, {}", w.typeset(&one.role.label(w.lang())), one.organisation),
        verdict: Tag::new(tone, w.say(key)),
        by: one.by.clone(),
    }
}

/// What the form sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    verdict: String,
}

/// Confirms a membership, or withdraws it.
pub(super) async fn decide(
    State(site): State<Site>,
    Path(membership): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let membership: MembershipId = membership.parse().map_err(|_| Failure::Absent)?;
    let Some(verdict) = Verdict::from_code(&typed.verdict) else {
        return Ok(Redirect::to(REVIEW).into_response());
    };
    let done = site.act(errand, move |context, workplace| {
        access_review::decide(context, workplace, membership, verdict)
    });
    let done = match done.await {
        Ok(()) => verdict.code(),
        Err(Failure::App(AppError::State(_))) => "stale",
        Err(Failure::App(error)) if error.is_conflict() => "stale",
        Err(error) => return Err(error),
    };
    Ok(Redirect::to(&format!("{REVIEW}?done={done}")).into_response())
}
