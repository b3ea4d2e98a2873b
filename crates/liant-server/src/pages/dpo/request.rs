//! One request: what is asked, by when, who else has part in it, what was done; and its answer.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::rights::shared::{self, Case, Part, PartStep, Recorded};
use liant_app::rights::{self, RequestState, RequestWay, Right};
use liant_app::space::asking;
use liant_app::{AppError, Context, Workplace};
use liant_model::RightsRequestId;

use super::requests::{REQUESTS, SOON, about, name, state};
use crate::components::{
    Choice, Column, Columns, Countdown, Detail, Field, Link, Notice, SummaryList, Tag, Tone,
};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// What the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
}

#[derive(Template)]
#[template(path = "dpo/request.html")]
struct RequestPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    state: Tag,
    due: Option<Countdown>,
    here: String,
    details: SummaryList,
    has_copy: bool,
    makes_documents: bool,
    is_open: bool,
    part_columns: Columns,
    parts: Vec<PartRow>,
    untold: Vec<String>,
    seen: u64,
    step_columns: Columns,
    steps: Vec<StepRow>,
    /// Where it is carried out, while it waits for that.
    carry_out: Option<String>,
    limits: Vec<super::limits::Line>,
    /// What became of a request for erasure, or may.
    erasure: Option<super::erasure::Card>,
}

struct PartRow {
    code: String,
    party: String,
    why: Vec<String>,
    told: Option<String>,
    tag: Tag,
    acts: Vec<(&'static str, String)>,
}

struct StepRow {
    machine: String,
    at: String,
    what: String,
    party: String,
    by: String,
}

pub(super) fn id(text: &str) -> Result<RightsRequestId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

/// The page.
pub(super) async fn show(
    State(site): State<Site>,
    mut page: Page,
    Path(request): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let case = site.act(errand, move |context, workplace| shared::case(context, workplace, request)).await?;
    let w = page.w;
    page.notice = match asking.done.as_str() {
        "opened" => Some(Notice::done(w, w.say("request-done-opened"))),
        "part" => Some(Notice::done(w, w.say("request-done-part"))),
        "limit-refused" => Some(Notice::important(w, w.say("limit-refused"))),
        "limited" => Some(Notice::done(w, w.say("limit-done-set"))),
        "lifted" => Some(Notice::done(w, w.say("limit-done-lifted"))),
        "freed" => Some(Notice::done(w, w.say("limit-done-freed"))),
        "state" => Some(Notice::done(w, w.say("request-done-state"))),
        "erased" => Some(Notice::done(w, w.say("erasure-done"))),
        "erased-not-ended" => Some(Notice::important(w, w.say("erasure-not-ended"))),
        "erasure-refused" => Some(Notice::done(w, w.say("erasure-done-refused"))),
        "erasure-impossible" => Some(Notice::important(w, w.say("erasure-impossible"))),
        "erasure-busy" => Some(Notice::important(w, w.say("erasure-busy"))),
        "admitted" => Some(Notice::done(w, w.say("erasure-done-admitted"))),
        "stale" => Some(Notice::important(w, w.say("request-stale"))),
        _ => None,
    };
    let page = page.under(REQUESTS, w.say("rights-title"));
    let found = &case.request;
    let heads = |caption: &'static str, keys: &[&'static str]| {
        Columns::new(w, w.say(caption), keys.iter().map(|key| Column::new(w.say(key))).collect())
    };
    page.show(&RequestPage {
        page: &page,
        w,
        title: w.say(name(found.right)).into(),
        state: state(w, found.state),
        due: found.state.is_open().then(|| Countdown::new(w, found.due_on, SOON)),
        here: format!("{REQUESTS}/{request}"),
        details: details(w, &case),
        has_copy: found.right == Right::Access,
        makes_documents: site.makes_documents(),
        is_open: STATES.iter().any(|(next, ..)| is_by_hand(found, *next)),
        part_columns: heads(
            "part-caption",
            &["part-col-party", "part-col-why", "part-col-told", "part-col-answer", "part-col-act"],
        ),
        untold: untold(w, &case),
        parts: case.parts.iter().map(|part| part_row(w, part, found.right)).collect(),
        seen: case.steps.len() as u64,
        step_columns: heads(
            "step-caption",
            &["breach-col-at", "part-col-party", "breach-col-deed", "breach-col-recorded"],
        ),
        steps: case.steps.iter().map(|one| step_row(w, one)).collect(),
        carry_out: (found.state.is_open() && rights::limits::is_carried_out(found.right))
            .then(|| format!("{REQUESTS}/{request}/limit")),
        limits: case.limits.iter().map(|one| super::limits::line(w, one)).collect(),
        erasure: super::erasure::card(w, &case),
    })
}

fn untold(w: Words, case: &Case) -> Vec<String> {
    let owed = case.parts.iter().filter(|part| part.is_owed(case.request.right));
    owed.map(|part| space::party(w, part.party.as_str())).collect()
}

fn details(w: Words, case: &Case) -> SummaryList {
    let found = &case.request;
    let line = |key, value: String| Detail::new(w.say(key)).value(value);
    let way = match found.way {
        RequestWay::Space => "request-way-space",
        RequestWay::Recorded => "request-way-recorded",
    };
    let mut lines = vec![
        line("rights-col-received", w.moment(found.received_at)).value(w.say(way)),
        line("request-about", about(w, found.about.as_ref())),
    ];
    lines.insert(
        1,
        match found.person {
            Some(person) => {
                let who = Link::new(format!("/audit/people/{person}"), w.say("request-who-read"));
                line("request-person", person.to_string()).act(who)
            }
            None => line("request-person", w.say("request-person-erased").into()),
        },
    );
    lines.extend(found.statement.as_ref().map(|text| line("request-statement", text.clone())));
    lines.push(line("request-due", w.date(found.due_on)).value(w.cite(&found.due_clause)));
    SummaryList::new(w, lines)
}

/// What a party did, in words.
pub(super) const fn step(step: PartStep) -> &'static str {
    match step {
        PartStep::Told => "part-told",
        PartStep::Done => "part-done",
        PartStep::Nothing => "part-nothing",
        PartStep::Refused => "part-refused",
    }
}

fn part_row(w: Words, part: &Part, right: Right) -> PartRow {
    let why = [(part.gave, "part-gave"), (part.received, "part-received")];
    let why: Vec<String> = why.into_iter().filter(|(is, _)| *is).map(|(_, key)| w.say(key).into()).collect();
    let tag = match (part.answer, part.told) {
        (Some((answer, _)), _) => Tag::new(Tone::Done, w.say(step(answer))),
        (None, Some(_)) => Tag::new(Tone::Fine, w.say("part-awaited")),
        (None, None) if part.is_owed(right) => Tag::new(Tone::Soon, w.say("part-to-tell")),
        (None, None) => Tag::new(Tone::Fine, w.say("part-not-told")),
    };
    let acts = PartStep::ALL.iter().filter(|one| part.admits(**one));
    let act = |one: &PartStep| {
        let key = match one {
            PartStep::Told => "part-act-told",
            PartStep::Done => "part-act-done",
            PartStep::Nothing => "part-act-nothing",
            PartStep::Refused => "part-act-refused",
        };
        (one.code(), w.say(key).into())
    };
    PartRow {
        code: part.party.to_string(),
        party: space::party(w, part.party.as_str()),
        why,
        told: part.told.map(|at| w.moment(at)),
        tag,
        acts: acts.map(act).collect(),
    }
}

fn step_row(w: Words, one: &Recorded) -> StepRow {
    StepRow {
        machine: w.machine_moment(one.at),
        at: w.moment(one.at),
        what: w.say(step(one.step)).into(),
        party: space::party(w, one.party.as_str()),
        by: one.by.clone(),
    }
}

/// What the form of a party sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct OfParty {
    party: String,
    step: String,
    seen: u64,
}

/// Records that a party was told, or what it answered.
pub(super) async fn part(
    State(site): State<Site>,
    Path(request): Path<String>,
    errand: Errand,
    Form(typed): Form<OfParty>,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let Some(step) = PartStep::from_code(&typed.step) else {
        let found =
            site.act(errand, move |context, workplace| rights::one(context, workplace, request)).await;
        return back(request, "stale", found.map(drop));
    };
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        shared::record(context, workplace, request, (&typed.party, step, typed.seen))
    };
    back(request, "part", site.act(errand, act).await)
}

/// The page again, with what was done; where somebody else was faster, it says so and shows how it stands.
pub(super) fn back(
    request: RightsRequestId,
    done: &str,
    result: Result<(), Failure>,
) -> Result<Response, Failure> {
    let done = match result {
        Ok(()) => done,
        Err(Failure::App(AppError::State(_))) => "stale",
        Err(Failure::App(error)) if error.is_conflict() => "stale",
        Err(error) => return Err(error),
    };
    Ok(Redirect::to(&format!("{REQUESTS}/{request}?done={done}")).into_response())
}

/// Her copy, for whoever hands it over.
pub(super) async fn copy(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let lang = page.w.lang();
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        let found = rights::one(context, workplace, request)?;
        asking::copy_of(context, workplace, found.person.ok_or(AppError::Absent("person"))?, lang)
    };
    let copy = site.act(errand, act).await?;
    let bytes = serde_json::to_vec_pretty(&copy)
        .map_err(|error| Failure::App(AppError::Internal(error.to_string())))?;
    let name = format!("attachment; filename=\"{request}.json\"");
    let heads = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((heads, bytes).into_response())
}

/// The same as a document, or as a page to print.
pub(super) async fn document(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let w = page.w;
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        let found = rights::one(context, workplace, request)?;
        let person = found.person.ok_or(AppError::Absent("person"))?;
        Ok((asking::copy_of(context, workplace, person, w.lang())?, context.now()))
    };
    let (copy, now) = site.act(errand, act).await?;
    let back = Link::new(format!("{REQUESTS}/{request}"), w.say("request-back"));
    space::document(&site, page, space::Whole::new(w, &copy, now), (back, &format!("{request}.pdf"))).await
}

/// What the form of an answer sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Answer {
    state: String,
    version: i64,
}

/// The states that whoever answers may take a request to.
const STATES: [(RequestState, &str, &str); 3] = [
    (RequestState::UnderWay, "answer-under-way", "answer-under-way-hint"),
    (RequestState::Answered, "answer-answered", "answer-answered-hint"),
    (RequestState::Refused, "answer-refused", "answer-refused-hint"),
];

/// Whether a request is taken there by a note alone: one for erasure is answered by carrying it out, or by saying why not.
fn is_by_hand(found: &rights::Request, next: RequestState) -> bool {
    found.state.may_become(next) && (found.right != Right::Erasure || next.is_open())
}

/// The form of an answer.
pub(super) async fn answer_form(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let case = site.act(errand, move |context, workplace| shared::case(context, workplace, request)).await?;
    ask(page, &case, false)
}

/// Takes it on, or records that it was answered.
pub(super) async fn answer(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
    Form(typed): Form<Answer>,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let chosen = RequestState::from_code(&typed.state);
    let Some(next) = chosen.filter(|next| STATES.iter().any(|(one, ..)| one == next)) else {
        let case = site.act(errand, move |context, workplace| shared::case(context, workplace, request));
        return ask(page, &case.await?, true);
    };
    let version = typed.version;
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        rights::advance(context, workplace, request, version, next)
    };
    back(request, "state", site.act(errand, act).await)
}

fn ask(page: Page, case: &Case, is_wrong: bool) -> Result<Response, Failure> {
    let w = page.w;
    let found = &case.request;
    let here = format!("{REQUESTS}/{}", found.request);
    let page = page.under(REQUESTS, w.say("rights-title")).under(here.clone(), w.say(name(found.right)));
    let states = STATES.iter().filter(|(next, ..)| is_by_hand(found, *next));
    let choices =
        states.map(|(next, key, hint)| Choice::new(next.code(), w.say(key)).hint(w.say(hint))).collect();
    let error = is_wrong.then(|| w.say("answer-error").into());
    let form = FormPage::new(&page, w.say("answer-title"), format!("{here}/answer"), w.say("answer-submit"))
        .text(w.say("answer-text"));
    let untold = untold(w, case);
    let form = if untold.is_empty() {
        form
    } else {
        form.text(w.say("part-untold").text("parties", untold.join(", ")))
    };
    form.field(Field::one_of(w, "state", w.say("answer-what"), choices).error(error))
        .hidden("version", found.version.to_string())
        .link(here, w.say("cancel"))
        .show()
}
