//! The code of the second factor, or a recovery code in its place.

use axum::extract::{Form, Query, State};
use axum::response::Response;
use liant_app::accounts::sign_in::{self, Waiting};
use liant_app::accounts::{Office, Refusal, Step};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Asked, advanced, towards, under_way, waiting};
use crate::components::Field;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, said};
use crate::{Page, Site};

/// Which of the two is asked for.
#[derive(Clone, Copy)]
enum Means {
    Code,
    Recovery,
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: Zeroizing<String>,
    #[serde(default)]
    next: String,
}

pub(super) async fn show(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    ask(&site, &browser, &page, &asked.next(), Means::Code).await
}

pub(super) async fn show_recovery(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    ask(&site, &browser, &page, &asked.next(), Means::Recovery).await
}

async fn ask(
    site: &Site,
    browser: &Browser,
    page: &Page,
    next: &Next,
    means: Means,
) -> Result<Response, Failure> {
    match waiting(site, browser).await? {
        Some(Waiting::Factor) => screen(page, next, means, None).show(),
        other => Ok(towards(other.as_ref(), next)),
    }
}

pub(super) async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (code, from) = (typed.code.clone(), browser.clone());
    let act =
        move |office: &Office<'_>| sign_in::second_factor(office, under_way(&from)?, &code, &from.origin());
    let done = site.office(act).await?;
    answer(&site, &browser, &page, &Next::parse(&typed.next), Means::Code, done)
}

pub(super) async fn sent_recovery(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (code, from) = (typed.code.clone(), browser.clone());
    let act = move |office: &Office<'_>| {
        // Nothing sends mail yet: the account page tells her what was used.
        let (step, _unsent) = sign_in::recovery_code(office, under_way(&from)?, &code, &from.origin())?;
        Ok(step)
    };
    let done = site.office(act).await?;
    let next = match &done {
        Ok(_) => Next::parse("/account?done=recovery-code-used"),
        Err(_) => Next::parse(&typed.next),
    };
    answer(&site, &browser, &page, &next, Means::Recovery, done)
}

fn answer(
    site: &Site,
    browser: &Browser,
    page: &Page,
    next: &Next,
    means: Means,
    done: Result<Step, Refusal>,
) -> Result<Response, Failure> {
    match done {
        Ok(step) => Ok(advanced(site, browser, &step, next)),
        Err(Refusal::Expired) => super::expired(page, next),
        Err(refusal) => screen(page, next, means, Some(&refusal)).show(),
    }
}

fn screen<'a>(page: &'a Page, next: &Next, means: Means, refusal: Option<&Refusal>) -> FormPage<'a> {
    let w = page.w;
    let error = refusal.map(|refusal| match (refusal, means) {
        (Refusal::WrongCode, Means::Recovery) => page.say("recovery-code-wrong").into(),
        _ => said(page, refusal),
    });
    let (path, other) = ("/sign-in/code", "/sign-in/recovery-code");
    let form = match means {
        Means::Code => FormPage::new(page, page.say("code-title"), path, page.say("code-submit"))
            .field(Field::code(w, "code", page.say("code-label")).hint(page.say("code-hint")).error(error))
            .link(next.after(other), page.say("code-lost")),
        Means::Recovery => FormPage::new(page, page.say("recovery-title"), other, page.say("code-submit"))
            .text(page.say("recovery-text"))
            .field(
                Field::line(w, "code", page.say("recovery-label"))
                    .wide(20)
                    .completed_by("off")
                    .hint(page.say("recovery-hint"))
                    .error(error),
            )
            .link(next.after(path), page.say("recovery-back"))
            .after(page.say("recovery-none-left")),
    };
    form.hidden("next", next.place()).because(refusal)
}
