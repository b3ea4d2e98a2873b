//! Requests of people about their data: those that the visitor's party answers, and those that partners told it of.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::rights::shared::{self, Asked};
use liant_app::rights::{self, Request, RequestState, Right};
use liant_app::{Context, Workplace};
use liant_model::{Field, Source};

use super::limits;
use crate::components::{Column, Columns, Countdown, Empty, Link, SourceMark, Tag, Tone};
use crate::failure::Failure;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(in crate::pages) const REQUESTS: &str = "/rights";
/// Days before the last one from which it presses.
pub(super) const SOON: u16 = 7;
/// Requests shown at once.
const MOST: usize = 200;

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    state: String,
}

#[derive(Template)]
#[template(path = "dpo/requests.html")]
struct ListPage<'a> {
    page: &'a Page,
    w: Words,
    states: Vec<(Link, bool)>,
    columns: Columns,
    rows: Vec<Row>,
    shared_columns: Columns,
    shared: Vec<Row>,
    is_full: bool,
    most: u64,
    empty: Empty,
    /// What holds today: each with its request.
    limits: Vec<(Link, limits::Line)>,
}

struct Row {
    address: String,
    machine: String,
    received: String,
    right: String,
    about: String,
    state: Tag,
    from: String,
    due: Option<Countdown>,
    clause: String,
}

/// The list.
pub(super) async fn list(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let open = asking.state != "answered";
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        let (own, asked) = shared::queues(context, workplace, open, MOST)?;
        Ok((own, asked, rights::limits::in_force(context, workplace)?))
    };
    let (own, asked, closed) = site.act(errand, act).await?;
    let w = page.w;
    let heads = |last: &'static str| {
        let keys = ["rights-col-received", "rights-col-right", "rights-col-state", "rights-col-due", last];
        keys.map(|key| Column::new(w.say(key))).into_iter().collect()
    };
    let states = [
        (true, REQUESTS.to_owned(), "rights-open"),
        (false, format!("{REQUESTS}?state=answered"), "rights-answered"),
    ];
    let (title, text) = if open {
        ("rights-empty-title", "rights-empty-text")
    } else {
        ("rights-none-title", "rights-none-text")
    };
    page.show(&ListPage {
        page: &page,
        w,
        states: states.map(|(of, address, key)| (Link::new(address, w.say(key)), of == open)).into(),
        columns: Columns::new(w, w.say("rights-caption"), heads("rights-col-clause")),
        is_full: own.len() == MOST,
        most: MOST as u64,
        rows: own.iter().map(|one| of_own(w, one)).collect(),
        shared_columns: Columns::new(w, w.say("rights-shared-caption"), heads("rights-col-from")),
        shared: asked.iter().map(|one| of_partner(w, one)).collect(),
        empty: Empty::new(w.say(title), w.say(text)),
        limits: closed
            .iter()
            .map(|one| {
                let line = limits::line(w, one);
                (Link::new(format!("{REQUESTS}/{}#limits", one.request), line.what.clone()), line)
            })
            .collect(),
    })
}

fn of_own(w: Words, one: &Request) -> Row {
    Row {
        address: format!("{REQUESTS}/{}", one.request),
        machine: w.machine_moment(one.received_at),
        received: w.date(one.received_at.date()),
        right: w.say(name(one.right)).into(),
        about: about(w, one.about.as_ref()),
        state: state(w, one.state),
        from: String::new(),
        due: one.state.is_open().then(|| Countdown::new(w, one.due_on, SOON)),
        clause: w.cite(&one.due_clause),
    }
}

fn of_partner(w: Words, one: &Asked) -> Row {
    Row {
        address: format!("{REQUESTS}/shared/{}", one.request),
        machine: w.machine_moment(one.received_at),
        received: w.date(one.received_at.date()),
        right: w.say(name(one.right)).into(),
        about: about(w, one.about.as_ref()),
        state: shared_state(w, one),
        from: space::party(w, &one.owed_by),
        due: one.is_open().then(|| Countdown::new(w, one.due_on, SOON)),
        clause: w.cite(&one.due_clause),
    }
}

/// A right in the words of those who answer.
pub(super) const fn name(right: Right) -> &'static str {
    match right {
        Right::Access => "right-access",
        Right::Rectification => "right-rectification",
        Right::Erasure => "right-erasure",
        Right::Restriction => "right-restriction",
        Right::Opposition => "right-opposition",
    }
}

/// Where a request stands, in a tag.
pub(super) fn state(w: Words, state: RequestState) -> Tag {
    let (tone, key) = match state {
        RequestState::Received => (Tone::Soon, "request-received"),
        RequestState::UnderWay => (Tone::Fine, "request-under-way"),
        RequestState::Answered => (Tone::Done, "request-answered"),
        RequestState::Refused => (Tone::Done, "request-refused"),
        RequestState::Withdrawn => (Tone::Fine, "request-withdrawn"),
    };
    Tag::new(tone, w.say(key))
}

/// Where a partner's request stands for the visitor's party.
pub(super) fn shared_state(w: Words, one: &Asked) -> Tag {
    match one.answer {
        Some((step, _)) => Tag::new(Tone::Done, w.say(super::request::step(step))),
        None if one.state.is_open() => Tag::new(Tone::Soon, w.say("part-awaited")),
        None => Tag::new(Tone::Fine, w.say("part-over")),
    }
}

/// The datum that a request is about.
pub(super) fn about(w: Words, about: Option<&(Source, Field)>) -> String {
    match about {
        Some((source, field)) => w
            .say("request-about-datum")
            .text("label", field.label(w.lang()))
            .text("source", SourceMark::of(w, source).name())
            .into(),
        None => w.say("request-about-all").into(),
    }
}
