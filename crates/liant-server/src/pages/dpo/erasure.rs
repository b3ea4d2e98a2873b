//! A request for erasure: what is held and what that rests on, what a ground would reach, carried out on a second confirmation; or
//! refused.

use std::fmt::Write as _;
use std::time::Duration;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::rights::Right;
use liant_app::rights::erasure::{
    self, Erased, ErasureGround, ErasureRefusal, FactSet, Line, Plan, Refused, Wish,
};
use liant_app::rights::shared::{self, Case};
use liant_app::{AppError, Context, Workplace};
use liant_model::{RightsRequestId, Source};

use super::erasure_words::{ground, kept_words, refusal, scope, set};
use super::request::{back, id};
use super::requests::{REQUESTS, name};
use crate::components::{Choice, Column, Columns, Errors, Field, Tag, Tone};
use crate::failure::Failure;
use crate::pages::audit::DPO;
use crate::pages::form_page::{FormPage, answered};
use crate::pages::space;
use crate::routes::Route;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// Carries it out: the engine's files are written again, which takes longer than a page.
pub(super) const CARRY_OUT: Route =
    Route::post("/rights/{request}/erasure/check", DPO).with_limits(64 * 1024, Duration::from_mins(10));

/// What became of a request for erasure, on its page.
pub(super) struct Card {
    /// Where it is carried out or refused, while it waits for that.
    pub(super) acts: Option<(String, String)>,
    pub(super) said: Vec<String>,
    pub(super) clauses: Vec<String>,
    pub(super) certificate: Option<String>,
    /// Where she may be let back, while she is kept out.
    pub(super) admit: Option<String>,
}

pub(super) fn card(w: Words, case: &Case) -> Option<Card> {
    let found = &case.request;
    if found.right != Right::Erasure {
        return None;
    }
    let here = format!("{REQUESTS}/{}/erasure", found.request);
    let outcome = &case.outcome;
    let mut card = Card {
        acts: found.state.is_open().then(|| (here.clone(), format!("{here}/refusal"))),
        said: Vec::new(),
        clauses: Vec::new(),
        certificate: None,
        admit: None,
    };
    if let Some(erased) = &outcome.erased {
        card.said = erased_words(w, erased);
        card.certificate = erased.has_ended.then(|| format!("/retention/{}", erased.run));
        card.admit = erased.kept_out.then(|| format!("{here}/admit"));
    }
    if let Some(Refused { reason, clauses, .. }) = &outcome.refused {
        card.said.push(refusal(w, reason));
        card.clauses = clauses.iter().map(|clause| w.cite(clause)).collect();
    }
    Some(card)
}

fn erased_words(w: Words, erased: &Erased) -> Vec<String> {
    let since =
        w.say("erasure-since").text("moment", w.moment(erased.carried_at)).text("by", &erased.carried_by);
    let mut said = vec![
        String::from(since),
        ErasureGround::from_code(&erased.ground).map_or_else(String::new, |one| ground(w, one)),
        scope(w, erased.whole, &erased.sources, &erased.sets),
    ];
    if erased.whole {
        said.push(w.say(if erased.kept_out { "erasure-kept-out" } else { "erasure-not-kept-out" }).into());
    }
    if !erased.has_ended {
        said.push(w.say("erasure-not-ended").into());
    }
    said
}

struct Row {
    what: String,
    source: String,
    items: u64,
    clause: String,
    basis: String,
    fate: Option<Tag>,
    /// Why it stays though it is meant.
    why: Option<String>,
}

fn row(w: Words, line: &Line, is_chosen: bool) -> Row {
    let own = || w.say("erasure-own").into();
    let fate = match line.kept {
        Some(_) => Tag::new(Tone::Late, w.say("erasure-stays")),
        None if line.meant => Tag::new(Tone::Done, w.say("erasure-goes")),
        None => Tag::new(Tone::Fine, w.say("erasure-stays")),
    };
    Row {
        what: line.set.map_or_else(own, |code| set(w, code)),
        source: line.source.as_ref().map(|source| space::source_name(w, source)).unwrap_or_default(),
        items: line.items,
        clause: line.clause.as_ref().map(|clause| w.cite(&clause.to_string())).unwrap_or_default(),
        basis: line.basis.iter().map(|one| w.cite(one)).collect::<Vec<_>>().join(" ; "),
        fate: is_chosen.then_some(fate),
        why: line.kept.filter(|_| is_chosen).map(|kept| kept_words(w, kept)),
    }
}

#[derive(Template)]
#[template(path = "dpo/erasure.html")]
struct ErasurePage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    texts: Vec<String>,
    notes: Vec<String>,
    columns: Columns,
    rows: Vec<Row>,
    errors: Errors,
    action: String,
    fields: Vec<Field>,
    hidden: Vec<(&'static str, String)>,
    /// The button; none when it cannot be carried out.
    submit: Option<String>,
    is_grave: bool,
    other: (String, String),
    back: String,
}

fn columns(w: Words, is_chosen: bool) -> Columns {
    let mut heads = vec!["erasure-col-what", "erasure-col-items", "erasure-col-clause"];
    if is_chosen {
        heads.push("erasure-col-fate");
    }
    Columns::new(w, w.say("erasure-caption"), heads.into_iter().map(|key| Column::new(w.say(key))).collect())
}

/// What a form says: a ground, and what is meant.
#[derive(Clone, Default)]
struct Typed {
    ground: String,
    scope: String,
    sources: Vec<String>,
    sets: Vec<String>,
    version: i64,
    /// What the officer was shown, as a digest.
    seen: String,
}

impl Typed {
    fn read(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "ground" => typed.ground = value,
                "scope" => typed.scope = value,
                "source" => typed.sources.push(value),
                "set" => typed.sets.push(value),
                "seen" => typed.seen = value,
                "version" => typed.version = value.parse().unwrap_or_default(),
                _ => {}
            }
        }
        typed
    }

    /// None while something is not chosen.
    fn wish(&self) -> Option<Wish> {
        let ground = ErasureGround::from_code(&self.ground)?;
        let wish = match self.scope.as_str() {
            ALL => Wish { ground, sources: Vec::new(), sets: Vec::new() },
            SOME => Wish {
                ground,
                sources: self.sources.iter().map(|one| Source::parse(one).ok()).collect::<Option<_>>()?,
                sets: self.sets.iter().map(|one| FactSet::from_code(one)).collect::<Option<_>>()?,
            },
            _ => return None,
        };
        (wish.is_whole() == (self.scope == ALL)).then_some(wish)
    }

    /// The address that asks for it: codes alone.
    fn query(&self) -> String {
        let mut query = format!("?ground={}&scope={}", self.ground, self.scope);
        for (name, values) in [("source", &self.sources), ("set", &self.sets)] {
            for value in values.iter().filter(|_| self.scope == SOME) {
                // Writing to a text does not fail.
                let _ = write!(query, "&{name}={value}");
            }
        }
        query
    }
}

const ALL: &str = "all";
const SOME: &str = "some";

/// The form: what is held, and what to erase of it.
pub(super) async fn form(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    ask(&site, page, errand, (&request, &Typed::read(pairs), false)).await
}

/// Leads to what was chosen.
pub(super) async fn choose(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = Typed::read(pairs);
    if typed.wish().is_none() {
        return ask(&site, page, errand, (&request, &typed, true)).await;
    }
    let number = id(&request)?;
    // Whose it is not learns nothing of it.
    site.act(errand, move |context, workplace| shared::case(context, workplace, number).map(drop)).await?;
    Ok(Redirect::to(&format!("{REQUESTS}/{number}/erasure/check{}", typed.query())).into_response())
}

async fn ask(
    site: &Site,
    page: Page,
    errand: Errand,
    (request, typed, is_wrong): (&str, &Typed, bool),
) -> Result<Response, Failure> {
    let number = id(request)?;
    let held = site.act(errand, move |context, workplace| erasure::held(context, workplace, number)).await;
    let held: Plan = match held {
        Err(Failure::App(AppError::State(_))) => return back(number, "stale", Ok(())),
        held => held?,
    };
    let w = page.w;
    let here = format!("{REQUESTS}/{number}");
    let page = page.under(REQUESTS, w.say("rights-title")).under(here.clone(), w.say(name(Right::Erasure)));
    let error = |is: bool, key: &'static str| (is_wrong && is).then(|| String::from(w.say(key)));
    let grounds = ErasureGround::ALL
        .iter()
        .map(|one| Choice::new(one.code(), ground(w, *one)).chosen(typed.ground == one.code()));
    let scopes = [
        (ALL, "erasure-scope-all", "erasure-scope-all-hint"),
        (SOME, "erasure-scope-some", "erasure-scope-some-hint"),
    ];
    let scopes = scopes
        .map(|(code, key, hint)| Choice::new(code, w.say(key)).hint(w.say(hint)).chosen(typed.scope == code));
    let mut sources: Vec<&Source> = held.lines.iter().filter_map(|line| line.source.as_ref()).collect();
    sources.dedup();
    let sources = sources.into_iter().map(|one| {
        let is_chosen = typed.sources.iter().any(|chosen| chosen == one.as_str());
        Choice::new(one.as_str(), space::source_name(w, one)).chosen(is_chosen)
    });
    let is_held = |one: &&FactSet| held.lines.iter().any(|line| line.set == Some(one.code()));
    let sets = FactSet::ALL.iter().filter(is_held).map(|one| {
        let is_chosen = typed.sets.iter().any(|chosen| chosen == one.code());
        Choice::new(one.code(), set(w, one.code())).chosen(is_chosen)
    });
    let is_some = typed.scope == SOME && typed.sources.is_empty() && typed.sets.is_empty();
    let fields = vec![
        Field::one_of(w, "ground", w.say("erasure-ground"), grounds.collect())
            .error(error(ErasureGround::from_code(&typed.ground).is_none(), "erasure-ground-error")),
        Field::one_of(w, "scope", w.say("erasure-scope"), scopes.into())
            .error(error(![ALL, SOME].contains(&typed.scope.as_str()), "erasure-scope-error")),
        Field::any_of(w, "source", w.say("erasure-sources"), sources.collect())
            .hint(w.say("erasure-sources-hint"))
            .optional()
            .error(error(is_some, "erasure-some-error")),
        Field::any_of(w, "set", w.say("erasure-sets"), sets.collect())
            .hint(w.say("erasure-sets-hint"))
            .optional(),
    ];
    let errors = Errors::of(w, &fields.iter().collect::<Vec<_>>());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let screen = ErasurePage {
        page: &page,
        w,
        title: w.say("erasure-title").into(),
        texts: vec![w.say("erasure-text").into()],
        notes: Vec::new(),
        columns: columns(w, false),
        rows: held.lines.iter().map(|line| row(w, line, false)).collect(),
        errors,
        action: format!("{here}/erasure"),
        fields,
        hidden: Vec::new(),
        submit: Some(w.say("erasure-see").into()),
        is_grave: false,
        other: (format!("{here}/erasure/refusal"), w.say("erasure-refuse").into()),
        back: here,
    };
    answered(&page, &screen, status, None)
}

/// What would go and what the law keeps, before it is carried out.
pub(super) async fn check(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    let typed = Typed::read(pairs);
    let Some(wish) = typed.wish() else {
        return ask(&site, page, errand, (&request, &typed, true)).await;
    };
    let number = id(&request)?;
    let planned =
        site.act(errand, move |context, workplace| erasure::plan(context, workplace, number, &wish)).await;
    let plan: Plan = match planned {
        Err(Failure::App(AppError::State(_))) => return back(number, "stale", Ok(())),
        planned => planned?,
    };
    let w = page.w;
    let here = format!("{REQUESTS}/{number}");
    let page = page
        .under(REQUESTS, w.say("rights-title"))
        .under(here.clone(), w.say(name(Right::Erasure)))
        .under(format!("{here}/erasure{}", typed.query()), w.say("erasure-title"));
    let mut hidden = vec![
        ("ground", typed.ground.clone()),
        ("scope", typed.scope.clone()),
        ("version", plan.version.to_string()),
        ("seen", plan.seen.clone()),
    ];
    if typed.scope == SOME {
        hidden.extend(typed.sources.iter().map(|one| ("source", one.clone())));
        hidden.extend(typed.sets.iter().map(|one| ("set", one.clone())));
    }
    let chosen = ErasureGround::from_code(plan.ground).map(|one| ground(w, one)).unwrap_or_default();
    let sources: Vec<Source> = typed.sources.iter().filter_map(|one| Source::parse(one).ok()).collect();
    let what =
        if plan.whole { w.say("erasure-scope-all").into() } else { scope(w, false, &sources, &typed.sets) };
    let screen = ErasurePage {
        page: &page,
        w,
        title: w.say("erasure-check-title").into(),
        texts: vec![chosen, what],
        notes: notes(w, &plan),
        columns: columns(w, true),
        rows: plan.lines.iter().map(|line| row(w, line, true)).collect(),
        errors: Errors::of(w, &[]),
        action: format!("{here}/erasure/check"),
        fields: Vec::new(),
        hidden,
        submit: plan.possible.then(|| w.say("erasure-carry-out").into()),
        is_grave: true,
        other: (format!("{here}/erasure{}", typed.query()), w.say("erasure-change").into()),
        back: here,
    };
    answered(&page, &screen, StatusCode::OK, None)
}

/// What to know before it is done.
fn notes(w: Words, plan: &Plan) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if !plan.possible {
        let is_nothing = !plan.lines.iter().any(|line| line.meant);
        let key = if is_nothing { "erasure-nothing" } else { "erasure-law-keeps" };
        notes.push(w.say(key).into());
        return notes;
    }
    if !plan.parties.is_empty() {
        let parties: Vec<String> = plan.parties.iter().map(|one| space::party(w, one)).collect();
        notes.push(w.say("erasure-parties").text("parties", parties.join(", ")).into());
    }
    let comes_back = if plan.keeps_out { "erasure-kept-out" } else { "erasure-not-kept-out" };
    notes.push(w.say(comes_back).into());
    if plan.frozen_lists > 0 {
        notes.push(w.say("erasure-frozen").with("count", plan.frozen_lists).into());
    }
    notes.push(w.say("erasure-left").into());
    notes.push(w.say("erasure-long").into());
    notes
}

/// Carries it out.
pub(super) async fn carry_out(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = Typed::read(pairs);
    let Some(wish) = typed.wish() else {
        return ask(&site, page, errand, (&request, &typed, true)).await;
    };
    let (number, version, seen) = (id(&request)?, typed.version, typed.seen);
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        erasure::carry_out(context, workplace, (number, version, &seen), &wish)
    };
    match site.act(errand, act).await {
        Ok(done) => {
            back(number, if done.certificate.is_some() { "erased" } else { "erased-not-ended" }, Ok(()))
        }
        Err(Failure::App(AppError::State(_))) => back(number, "erasure-impossible", Ok(())),
        Err(Failure::App(error)) if error.is_busy() => back(number, "erasure-busy", Ok(())),
        Err(error) => back(number, "erased", Err(error)),
    }
}

/// What the form of a refusal sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Refusing {
    reason: String,
    version: i64,
}

/// The form that refuses it.
pub(super) async fn refusal_form(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let number = id(&request)?;
    let case = site.act(errand, move |context, workplace| shared::case(context, workplace, number)).await?;
    ask_reason(page, number, (case.request.version, None))
}

/// Refuses it.
pub(super) async fn refuse(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
    Form(typed): Form<Refusing>,
) -> Result<Response, Failure> {
    let (number, version) = (id(&request)?, typed.version);
    let Some(reason) = ErasureRefusal::from_code(&typed.reason) else {
        site.act(errand, move |context, workplace| shared::case(context, workplace, number)).await?;
        return ask_reason(page, number, (version, Some("erasure-reason-error")));
    };
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        erasure::refuse(context, workplace, (number, version), reason)
    };
    match site.act(errand, act).await {
        Err(Failure::App(AppError::State(_))) => {
            ask_reason(page, number, (version, Some("erasure-reason-not-held")))
        }
        done => back(number, "erasure-refused", done),
    }
}

fn ask_reason(
    page: Page,
    number: RightsRequestId,
    (version, wrong): (i64, Option<&'static str>),
) -> Result<Response, Failure> {
    let w = page.w;
    let here = format!("{REQUESTS}/{number}");
    let page = page.under(REQUESTS, w.say("rights-title")).under(here.clone(), w.say(name(Right::Erasure)));
    let reasons = ErasureRefusal::ALL.iter().map(|one| Choice::new(one.code(), refusal(w, one.code())));
    let error = wrong.map(|key| w.say(key).into());
    let action = format!("{here}/erasure/refusal");
    FormPage::new(&page, w.say("erasure-refuse"), action, w.say("erasure-refuse"))
        .text(w.say("erasure-refuse-text"))
        .field(Field::one_of(w, "reason", w.say("erasure-reason"), reasons.collect()).error(error))
        .hidden("version", version.to_string())
        .link(here, w.say("cancel"))
        .show()
}

/// Lets someone come back who was erased.
pub(super) async fn admit(
    State(site): State<Site>,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let number = id(&request)?;
    let act = move |context: &Context<'_>, workplace: &Workplace| erasure::admit(context, workplace, number);
    back(number, "admitted", site.act(errand, act).await)
}
