//! Coming in by an identity that the State vouches for: the browser is sent to the provider with a question, and comes back with an
//! answer. What is told afterwards is told on the first page of the way in, where a number lets in all the same.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::Token;
use liant_access::claims::ClaimFault;
use liant_app::accounts::{Office, Refusal, oidc};
use liant_app::space::vouched;
use serde::Deserialize;

use super::HOME;
use super::door::{Told, come_in, sign_in};
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::oidc::{Fault, Question, Stated};
use crate::origin::{Browser, question_cookie};
use crate::pages::form_page::said;
use crate::pages::sign_in::{cookie, onward};
use crate::{Page, Site};

/// Where providers send the browser back: the `redirect_uri` that is declared to them.
pub(super) const BACK: &str = "/me/sign-in/answer";

/// Puts a question to a provider.
pub(super) async fn leave(
    State(site): State<Site>,
    page: Page,
    Path(place): Path<usize>,
) -> Result<Response, Failure> {
    let provider = site.providers().at(place).ok_or(Failure::Absent)?.clone();
    let issuer = provider.issuer.clone();
    let begin = move |office: &Office<'_>| vouched::begin(office, &issuer);
    let made = site.office(begin).await?.map_err(|_| Failure::Absent)?;
    let question = Question {
        state: made.state.reveal(),
        nonce: made.nonce,
        verifier: made.verifier,
        back: format!("{}{BACK}", page.origin()),
    };
    let now = site.now();
    match site.providers().ask(&provider.issuer, move |client| client.way_there(&question, now)).await {
        Ok(address) => {
            let mut response = onward(&page, &provider, &address)?;
            let value = question_cookie(&made.state, HOME);
            cookie(&mut response, Cookie::Question.set(site.transport(), &value));
            Ok(response)
        }
        Err(fault) => not_taken(&site, &page, &provider.name, None, fault).await,
    }
}

/// What a provider sends the browser back with.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Takes the answer of a provider.
pub(super) async fn back(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(answer): Query<Answer>,
) -> Result<Response, Failure> {
    let mut response = taken(&site, &browser, &page, answer).await?;
    cookie(&mut response, Cookie::Question.forget(site.transport()));
    Ok(response)
}

async fn taken(site: &Site, browser: &Browser, page: &Page, answer: Answer) -> Result<Response, Failure> {
    let again = || sign_in(site, page, "", Told::Provider(page.say("provider-again-text").into()));
    // The answer is this browser's own: whoever sends someone else's answer to it is not heard.
    let asked = browser.question().zip(Token::parse(&answer.state).ok());
    let Some((_, state)) = asked.filter(|((state, _), given)| state.hash() == given.hash()) else {
        return again();
    };
    let Ok(question) = site.office(move |office| oidc::take(office, &state)).await? else {
        return again();
    };
    let Some(provider) = site.providers().of(&question.issuer).cloned() else { return again() };
    if answer.iss.as_deref().is_some_and(|iss| iss != provider.issuer) {
        let fault = Fault::Untrusted("iss of the answer: another provider's");
        return not_taken(site, page, &provider.name, Some(question), fault).await;
    }
    let code = match (answer.code, answer.error.as_deref()) {
        (Some(code), None) => code,
        (_, Some("access_denied")) => {
            let text = page.say("provider-cancelled").text("provider", &provider.name);
            return sign_in(site, page, "", Told::Provider(text.into()));
        }
        (_, Some("unmet_authentication_requirements" | "interaction_required")) => {
            let refusal = Refusal::Claims(ClaimFault::Acr);
            return sign_in(site, page, "", Told::Provider(said(page, &refusal)));
        }
        _ => {
            let fault = Fault::Refused("its answer: no code".to_owned());
            return not_taken(site, page, &provider.name, Some(question), fault).await;
        }
    };
    let (verifier, come_back, now) =
        (question.verifier.clone(), format!("{}{BACK}", page.origin()), site.now());
    let exchange = site
        .providers()
        .ask(&provider.issuer, move |client| client.exchange(&code, &verifier, &come_back, now))
        .await;
    let Stated { claims, id_token } = match exchange {
        Ok(stated) => stated,
        Err(fault) => return not_taken(site, page, &provider.name, Some(question), fault).await,
    };
    let complete = move |office: &Office<'_>| vouched::complete(office, &question, &claims, &id_token);
    match site.office(complete).await? {
        Ok(entered) => Ok(come_in(site, browser, &entered, Redirect::to(HOME).into_response())),
        Err(refusal) => sign_in(site, page, "", Told::Provider(said(page, &refusal))),
    }
}

/// The answer leads to nothing: told, logged, and written down when it may be someone's doing.
async fn not_taken(
    site: &Site,
    page: &Page,
    name: &str,
    question: Option<oidc::Answered>,
    fault: Fault,
) -> Result<Response, Failure> {
    let (key, cause) = match &fault {
        Fault::Down(cause) => ("provider-down", cause.clone()),
        Fault::Refused(cause) => ("provider-refused", cause.clone()),
        Fault::Untrusted(what) => ("provider-untrusted", (*what).to_owned()),
    };
    tracing::error!(provider = name, cause, "nobody comes in by a provider for people");
    if let (Fault::Untrusted(what), Some(question)) = (fault, question) {
        let note = move |office: &Office<'_>| oidc::distrusted(office, &question, what);
        // The settings may name it no more: nothing is left to write down.
        let _written = site.office(note).await?;
    }
    sign_in(site, page, "", Told::Provider(page.say(key).text("provider", name).into()))
}
