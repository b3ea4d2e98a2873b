//! Her requests about her data.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::rights::erasure::Outcome;
use liant_app::rights::limits::Closed;
use liant_app::rights::shared::{Part, PartStep};
use liant_app::rights::{LONGEST, NewRequest, RequestState, RequestWay, Right};
use liant_app::space::asking::{self, Own as Asked};
use liant_app::space::held;
use liant_model::{Field as Datum, Instant, Source};
use serde::Deserialize;

use super::data;
use crate::components::{Choice, Countdown, Empty, Field, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::me::Own;
use crate::pages::dpo;
use crate::pages::form_page::FormPage;
use crate::words::Words;
use crate::{Page, Site};

/// A right in words.
pub(super) fn name(right: Right) -> &'static str {
    match right {
        Right::Access => "space-right-access",
        Right::Rectification => "space-right-rectification",
        Right::Erasure => "space-right-erasure",
        Right::Restriction => "space-right-restriction",
        Right::Opposition => "space-right-opposition",
    }
}

fn hint(right: Right) -> &'static str {
    match right {
        Right::Access => "space-right-access-hint",
        Right::Rectification => "space-right-rectification-hint",
        Right::Erasure => "space-right-erasure-hint",
        Right::Restriction => "space-right-restriction-hint",
        Right::Opposition => "space-right-opposition-hint",
    }
}

/// Where a request stands, in words.
pub(super) fn state(state: RequestState) -> &'static str {
    match state {
        RequestState::Received => "space-state-received",
        RequestState::UnderWay => "space-state-under-way",
        RequestState::Answered => "space-state-answered",
        RequestState::Refused => "space-state-refused",
        RequestState::Withdrawn => "space-state-withdrawn",
    }
}

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
    right: String,
    about: String,
}

struct Line {
    title: String,
    state: Tag,
    received: String,
    about: Option<String>,
    statement: Option<String>,
    due: Option<Countdown>,
    course: Vec<String>,
    parties: Vec<String>,
    clause: String,
    withdraw: Option<String>,
}

fn line(w: Words, asked: &Asked) -> Line {
    let request = &asked.request;
    let is_open = request.state.is_open();
    let due = is_open.then(|| Countdown::new(w, request.due_on, 7));
    let is_late = due.as_ref().is_some_and(|due| due.tone() == Tone::Late);
    let tone = match request.state {
        RequestState::Answered => Tone::Done,
        RequestState::Refused => Tone::Soon,
        _ => Tone::Fine,
    };
    Line {
        title: w.say(name(request.right)).into(),
        state: Tag::new(tone, w.say(state(request.state))),
        received: w.say("space-request-received").text("day", w.date(request.received_at.date())).into(),
        about: request.about.as_ref().map(|(source, field)| {
            w.say("space-request-about")
                .text("label", field.label(w.lang()))
                .text("source", super::source_name(w, source))
                .into()
        }),
        statement: request.statement.clone(),
        due,
        course: course(w, asked, is_late),
        parties: asked.parts.iter().map(|part| spread(w, part)).collect(),
        clause: w.cite(&request.due_clause),
        withdraw: is_open.then(|| format!("/me/rights/{}/withdraw", request.request)),
    }
}

/// How a request stands, in plain words.
fn course(w: Words, Asked { request, datum, limits, outcome, .. }: &Asked, is_late: bool) -> Vec<String> {
    let is_copy = request.right == Right::Access && request.way == RequestWay::Space;
    let key = match request.state {
        RequestState::Received => "space-course-received",
        RequestState::UnderWay => "space-course-under-way",
        RequestState::Answered if is_copy => "space-course-copy",
        RequestState::Answered => "space-course-answered",
        RequestState::Refused => "space-course-refused",
        RequestState::Withdrawn => "space-course-withdrawn",
    };
    let who = super::party(w, &request.owed_by);
    let day = w.date(request.changed_at.date());
    let said = w.say(key).text("party", who).text("day", day).into();
    let late = is_late.then(|| w.say("space-course-late").into());
    let datum = datum.as_ref().map(|datum| {
        let key = if datum.changed_at.is_some() { "space-datum-changed" } else { "space-datum-same" };
        let day = datum.changed_at.map(|at| w.date(at.date())).unwrap_or_default();
        w.say(key).text("value", &datum.words).text("day", day).into()
    });
    let closed = limits.iter().flat_map(|one| closed(w, one));
    let outcome = answered(w, outcome);
    std::iter::once(said).chain(late).chain(datum).chain(closed).chain(outcome).collect()
}

/// What became of her request for erasure, where her space still stands.
fn answered(w: Words, outcome: &Outcome) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(erased) = &outcome.erased {
        let what = dpo::scope(w, erased.whole, &erased.sources, &erased.sets);
        let day = w.date(erased.carried_at.date());
        said.push(w.say("space-erased-some").text("day", day).text("what", what).into());
        said.push(w.say("space-erased-back").into());
    }
    if let Some(refused) = &outcome.refused {
        let clauses = refused.clauses.iter().map(|one| w.cite(one)).collect::<Vec<_>>().join(" ; ");
        let reason = dpo::refusal(w, &refused.reason);
        said.push(w.say("space-erasure-refused").text("reason", reason).text("clauses", clauses).into());
        said.push(w.say("space-erasure-appeal").into());
    }
    said
}

/// What her request closed of her data, and how that ends.
fn closed(w: Words, one: &Closed) -> Vec<String> {
    let what = match one.ground {
        Some(code) => w.say("space-limit-restricted").text("ground", dpo::ground(w, code)),
        None => w.say("space-limit-objected").text("purposes", dpo::purposes(w, one)),
    };
    let what = what.text("day", w.date(one.set_at.date())).into();
    let end = match &one.lift {
        None => w.say("space-limit-review").text("day", w.date(one.review_on)).into(),
        Some(lift) => {
            let key = if one.holds { "space-limit-ends" } else { "space-limit-ended" };
            w.say(key).text("day", w.date(lift.on)).text("reason", dpo::reason(w, &lift.reason)).into()
        }
    };
    vec![what, end]
}

/// What is recorded of another party that a request is spread to.
fn spread(w: Words, part: &Part) -> String {
    let day = |at: Instant| w.date(at.date());
    let key = match part.answer {
        _ if part.told.is_none() => "space-part-untold",
        None => "space-part-told",
        Some((PartStep::Done | PartStep::Told, _)) => "space-part-done",
        Some((PartStep::Nothing, _)) => "space-part-nothing",
        Some((PartStep::Refused, _)) => "space-part-refused",
    };
    w.say(key)
        .text("party", super::party(w, part.party.as_str()))
        .text("day", part.told.map(day).unwrap_or_default())
        .text("answered", part.answer.map(|(_, at)| day(at)).unwrap_or_default())
        .into()
}

#[derive(Template)]
#[template(path = "space/rights.html")]
struct Rights<'a> {
    page: &'a Page,
    w: Words,
    lines: Vec<Line>,
    empty: Empty,
    makes_documents: bool,
}

pub(super) async fn list(
    State(site): State<Site>,
    mut page: Page,
    Query(asked): Query<Asking>,
    own: Own,
) -> Result<Response, Failure> {
    let w = page.w;
    let lang = w.lang();
    let requests =
        site.hers(own, move |context, workplace, her| asking::cases(context, workplace, her, lang)).await?;
    page.notice = match asked.done.as_str() {
        "access" => Some(Notice::done(w, w.say("space-done-access"))),
        "asked" => Some(Notice::done(w, w.say("space-done-asked"))),
        "withdrawn" => Some(Notice::done(w, w.say("space-done-withdrawn"))),
        _ => None,
    };
    page.show(&Rights {
        page: &page,
        w,
        lines: requests.iter().map(|case| line(w, case)).collect(),
        empty: Empty::new(w.say("space-rights-empty-title"), w.say("space-rights-empty-text")),
        makes_documents: site.makes_documents(),
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    right: String,
    about: String,
    statement: String,
}

/// What is wrong with what she typed.
#[derive(Default)]
struct Wrong {
    right: Option<String>,
    about: Option<String>,
    statement: Option<String>,
}

pub(super) async fn form(
    State(site): State<Site>,
    page: Page,
    Query(asked): Query<Asking>,
    own: Own,
) -> Result<Response, Failure> {
    let typed = Typed { right: asked.right, about: asked.about, statement: String::new() };
    screen(&site, page, own, &typed, Wrong::default()).await
}

async fn screen(site: &Site, page: Page, own: Own, typed: &Typed, wrong: Wrong) -> Result<Response, Failure> {
    let w = page.w;
    let lang = w.lang();
    let held =
        site.hers(own, move |context, workplace, her| held::held(context, workplace, her, lang)).await?;
    let rights = Right::ALL
        .iter()
        .map(|right| {
            let is_chosen = typed.right == right.code();
            Choice::new(right.code(), w.say(name(*right))).hint(w.say(hint(*right))).chosen(is_chosen)
        })
        .collect();
    let none = Choice::new("", w.say("space-about-none"));
    let data = data::choices(w, &held)
        .into_iter()
        .map(|(code, words)| Choice::new(code.clone(), words).chosen(code == typed.about));
    let about = std::iter::once(none).chain(data).collect();
    let page = page.under("/me/rights", w.say("space-rights-title"));
    FormPage::new(&page, w.say("space-ask-title"), "/me/rights/new", w.say("space-ask-submit"))
        .text(w.say("space-ask-text"))
        .field(Field::one_of(w, "right", w.say("space-ask-right"), rights).error(wrong.right))
        .field(
            Field::one_of_many(w, "about", w.say("space-ask-about"), about)
                .hint(w.say("space-ask-about-hint"))
                .error(wrong.about),
        )
        .field(
            Field::paragraph(w, "statement", w.say("space-ask-statement"))
                .hint(w.say("space-ask-statement-hint"))
                .value(typed.statement.clone())
                .optional()
                .error(wrong.statement),
        )
        .show()
}

pub(super) async fn sent(
    State(site): State<Site>,
    page: Page,
    own: Own,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let w = page.w;
    let right = Right::from_code(&typed.right);
    let about = about(&typed.about);
    let wrong = Wrong {
        right: right.is_none().then(|| w.say("space-ask-no-right").into()),
        about: (right == Some(Right::Rectification) && about.is_none())
            .then(|| w.say("space-ask-no-about").into()),
        statement: (typed.statement.chars().count() > LONGEST)
            .then(|| w.say("space-ask-too-long").with("most", LONGEST as u64).into()),
    };
    let Some(right) = right.filter(|_| wrong.about.is_none() && wrong.statement.is_none()) else {
        return screen(&site, page, own, &typed, wrong).await;
    };
    let new =
        NewRequest { right, about, statement: Some(typed.statement).filter(|text| !text.trim().is_empty()) };
    site.hers(own, move |context, workplace, her| asking::ask(context, workplace, her, &new)).await?;
    let done = if right == Right::Access { "access" } else { "asked" };
    Ok(Redirect::to(&format!("/me/rights?done={done}")).into_response())
}

/// A datum, as the form names it.
pub(in crate::pages) fn about(text: &str) -> Option<(Source, Datum)> {
    let (source, field) = text.split_once('|')?;
    Some((Source::parse(source).ok()?, Datum::from_code(field).ok()?))
}

pub(super) async fn withdrawn(
    State(site): State<Site>,
    Path(request): Path<String>,
    own: Own,
) -> Result<Response, Failure> {
    let request = request.parse().map_err(|_| Failure::Absent)?;
    site.hers(own, move |context, workplace, her| asking::withdraw(context, workplace, her, request)).await?;
    Ok(Redirect::to("/me/rights?done=withdrawn").into_response())
}
