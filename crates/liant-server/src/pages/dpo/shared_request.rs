//! A request that a partner received and told the visitor's party of: what is asked, by when, what her party did. It names nobody.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::AppError;
use liant_app::rights::shared::{self, Asked, PartStep};

use super::request::{id, step};
use super::requests::{REQUESTS, about, name};
use crate::components::{Choice, Field};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::space;
use crate::{Errand, Page, Site};

/// What the form sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    step: String,
}

/// The page: the request, and the question of what was done.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let asked =
        site.act(errand, move |context, workplace| shared::one_asked(context, workplace, request)).await?;
    ask(page, &asked, None)
}

/// Records what her party did.
pub(super) async fn answer(
    State(site): State<Site>,
    page: Page,
    Path(request): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let request = id(&request)?;
    let chosen = PartStep::ANSWERS.into_iter().find(|one| one.code() == typed.step);
    let asked = site
        .act(errand.clone(), move |context, workplace| shared::one_asked(context, workplace, request))
        .await?;
    let Some(chosen) = chosen else { return ask(page, &asked, Some("shared-error")) };
    let act = site.act(errand, move |context, workplace| shared::answer(context, workplace, request, chosen));
    match act.await {
        Ok(()) => Ok(Redirect::to(REQUESTS).into_response()),
        Err(Failure::App(AppError::State(_))) => ask(page, &asked, Some("request-stale")),
        Err(Failure::App(error)) if error.is_conflict() => ask(page, &asked, Some("request-stale")),
        Err(error) => Err(error),
    }
}

fn ask(page: Page, asked: &Asked, wrong: Option<&'static str>) -> Result<Response, Failure> {
    let w = page.w;
    let page = page.under(REQUESTS, w.say("rights-title"));
    let here = format!("{REQUESTS}/shared/{}", asked.request);
    let said = w
        .say("shared-said")
        .text("party", space::party(w, &asked.owed_by))
        .text("day", w.date(asked.received_at.date()))
        .text("told", w.date(asked.told.date()))
        .text("due", w.date(asked.due_on))
        .text("clause", w.cite(&asked.due_clause));
    let form = FormPage::new(&page, w.say(name(asked.right)), here, w.say("shared-submit"))
        .text(about(w, asked.about.as_ref()))
        .text(said)
        .text(w.say("shared-number").text("number", asked.request.to_string()));
    if let Some((answer, at)) = asked.answer {
        let said = w.say("shared-answered").text("answer", w.say(step(answer))).text("moment", w.moment(at));
        return form.text(said).link_only(REQUESTS).show();
    }
    let choices = PartStep::ANSWERS.map(|one| Choice::new(one.code(), w.say(step(one)))).into();
    let error = wrong.map(|key| w.say(key).into());
    form.field(Field::one_of(w, "step", w.say("shared-what"), choices).error(error))
        .link(REQUESTS, w.say("cancel"))
        .show()
}
