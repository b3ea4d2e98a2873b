//! A step in the course of a convention: the form, and the act.

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::AppError;
use liant_app::conventions::{self, Held, grounds};
use liant_convention::{CourseError, Ground, Step};

use super::conventions::CONVENTIONS;
use super::words;
use crate::components::{Choice, Field};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::{Errand, Page, Site};

/// Which step the address asks for.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    of: String,
}

/// What the form sends.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Typed {
    of: String,
    ground: String,
    #[serde(rename = "from-day")]
    day: String,
    #[serde(rename = "from-month")]
    month: String,
    #[serde(rename = "from-year")]
    year: String,
}

/// The step of this code; suspension when none is named.
fn step_of(code: &str) -> Step {
    code.parse().unwrap_or(Step::Suspended)
}

/// The form.
pub(super) async fn form(
    State(site): State<Site>,
    page: Page,
    Path(id): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let held = find(&site, errand, id).await?;
    let today = page.w.today();
    let typed = Typed {
        of: asking.of,
        ground: String::new(),
        day: today.day().to_string(),
        month: today.month().to_string(),
        year: today.year().to_string(),
    };
    ask(page, &held, &typed, None)
}

async fn find(site: &Site, errand: Errand, id: String) -> Result<Held, Failure> {
    let (versions, _) =
        site.act(errand, move |context, workplace| conventions::show(context, workplace, &id)).await?;
    // What the visitor may not steer has no such form.
    versions.into_iter().next().filter(|held| held.is_steered).ok_or(Failure::Absent)
}

/// What is wrong with what was typed.
#[derive(Clone, Copy)]
enum Wrong {
    Ground,
    Day,
    Step(CourseError),
}

/// The act.
pub(super) async fn take(
    State(site): State<Site>,
    page: Page,
    Path(id): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let held = find(&site, errand.clone(), id.clone()).await?;
    let step = step_of(&typed.of);
    let ground = typed.ground.parse::<Ground>().ok().filter(|ground| grounds(step).contains(ground));
    let Some(ground) = ground else { return ask(page, &held, &typed, Some(Wrong::Ground)) };
    let Some(from) = day_of([&typed.day, &typed.month, &typed.year]) else {
        return ask(page, &held, &typed, Some(Wrong::Day));
    };
    let named = id.clone();
    let done = site.act(errand, move |context, workplace| {
        conventions::take_step(context, workplace, &named, (step, ground, from))
    });
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("{CONVENTIONS}/{id}?done={step}")).into_response()),
        Err(Failure::App(AppError::Course(CourseError::Past))) => ask(page, &held, &typed, Some(Wrong::Day)),
        Err(Failure::App(AppError::Course(error))) => ask(page, &held, &typed, Some(Wrong::Step(error))),
        Err(error) => Err(error),
    }
}

fn ask(page: Page, held: &Held, typed: &Typed, wrong: Option<Wrong>) -> Result<Response, Failure> {
    let w = page.w;
    let step = step_of(&typed.of);
    let back = format!("{CONVENTIONS}/{}", held.file.id);
    let page =
        page.under(CONVENTIONS, w.say("conv-title")).under(back.clone(), words::text(w, &held.file.title));
    let (title, text, submit) = match step {
        Step::Suspended => ("act-suspend", "suspend-text", "act-suspend"),
        Step::Resumed => ("act-resume", "resume-text", "act-resume"),
        Step::Notice => ("act-give-notice", "notice-step-text", "act-give-notice"),
        Step::Answered => ("act-answer-notice", "answer-step-text", "act-answer-notice"),
    };
    let choices = grounds(step).iter().map(|ground| {
        Choice::new(ground.as_str(), w.say(words::ground(*ground))).chosen(ground.as_str() == typed.ground)
    });
    let error = |key: &'static str, is: bool| is.then(|| w.say(key).into());
    let reason = Field::one_of(w, "ground", w.say("step-ground"), choices.collect())
        .error(error("step-ground-error", matches!(wrong, Some(Wrong::Ground))));
    let day = Field::day(w, "from", w.say("step-from"), [&typed.day, &typed.month, &typed.year])
        .hint(w.say("step-from-hint"))
        .error(error("step-from-error", matches!(wrong, Some(Wrong::Day))));
    let refused = match wrong {
        Some(Wrong::Step(error)) => Some(w.typeset(&AppError::Course(error).message(w.lang()))),
        _ => None,
    };
    let form = FormPage::new(&page, w.say(title), format!("{back}/step"), w.say(submit))
        .text(w.say(text))
        .field(reason)
        .field(day)
        .hidden("of", step.as_str())
        .refused(refused)
        .link(back, w.say("cancel"));
    let form = if matches!(step, Step::Suspended | Step::Notice) { form.grave() } else { form };
    form.show()
}
