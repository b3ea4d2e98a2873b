//! Signing in at an OpenID provider: the browser is sent there with a question, and comes back with an answer.
//!
//! It goes there from a page of its own: our forms lead to this site alone (`form-action`), redirections included.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use liant_access::Token;
use liant_access::claims::{ClaimFault, Provider, SignsIn};
use liant_app::accounts::oidc::{self, Answered};
use liant_app::accounts::sessions::ProviderLogout;
use liant_app::accounts::{Office, Refusal};
use serde::Deserialize;

use super::password::{Screen, screen};
use super::{advanced, cookie};
use crate::components::{Link, Provider as Button};
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::next::Next;
use crate::oidc::{Fault, Question, Stated};
use crate::origin::{Browser, question_cookie};
use crate::pages::form_page::{FormPage, answered, said};
use crate::{Page, Site};

/// Where providers send the browser back: the `redirect_uri` that is declared to them.
pub(super) const BACK: &str = "/sign-in/answer";

/// The button of each provider of this site for professionals.
pub(in crate::pages) fn buttons(site: &Site, page: &Page, next: &Next) -> Vec<Button> {
    of(site, page, (SignsIn::Professionals, "/sign-in/provider"), next)
}

/// The button of each provider of this site for whom it signs in, whose form leads under an address.
pub(in crate::pages) fn of(
    site: &Site,
    page: &Page,
    (signs_in, under): (SignsIn, &str),
    next: &Next,
) -> Vec<Button> {
    let w = page.w;
    let button = |(place, provider): (usize, &Provider)| {
        let label = match &provider.label {
            Some(label) => label.text(w.lang()).to_owned(),
            None => page.say("provider-button").text("provider", &provider.name).into(),
        };
        let about = provider.about.as_deref();
        let about =
            about.map(|there| Link::new(there, page.say("provider-about").text("provider", &provider.name)));
        Button::new(format!("{under}/{place}"), page.form_token(), label, next.place()).with_about(about)
    };
    let meant = site.providers().all().enumerate().filter(|(_, provider)| provider.signs_in == signs_in);
    meant.map(button).collect()
}

#[derive(Deserialize)]
pub(super) struct Leave {
    #[serde(default)]
    next: String,
}

/// Puts a question to a provider.
pub(super) async fn leave(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Path(place): Path<usize>,
    Form(asked): Form<Leave>,
) -> Result<Response, Failure> {
    let next = Next::parse(&asked.next);
    let provider = site.providers().at(place).ok_or(Failure::Absent)?.clone();
    let (issuer, from) = (provider.issuer.clone(), browser.clone());
    let begin = move |office: &Office<'_>| oidc::begin(office, &issuer, from.invitation());
    let made = site.office(begin).await?.map_err(|_| Failure::Absent)?;
    let question = Question {
        state: made.state.reveal(),
        nonce: made.nonce,
        verifier: made.verifier,
        back: format!("{}{BACK}", page.origin()),
    };
    let now = site.now();
    let there = site.providers().ask(&provider.issuer, move |client| client.way_there(&question, now)).await;
    match there {
        Ok(address) => {
            let mut response = onward(&page, &provider, &address)?;
            let value = question_cookie(&made.state, next.place());
            cookie(&mut response, Cookie::Question.set(site.transport(), &value));
            Ok(response)
        }
        Err(fault) => unreachable(&site, &page, &provider, &next, &fault),
    }
}

/// What a provider sends the browser back with. Several providers: `iss` tells whose answer it is (RFC 9207).
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
    // The answer is this browser's own: whoever sends someone else's answer to it is not heard.
    let asked = browser.question().zip(Token::parse(&answer.state).ok());
    let Some(((_, place), state)) = asked.filter(|((state, _), given)| state.hash() == given.hash()) else {
        return again(page, &Next::default(), None);
    };
    let next = Next::parse(place);
    let Ok(question) = site.office(move |office| oidc::take(office, &state)).await? else {
        return again(page, &next, None);
    };
    let Some(provider) = site.providers().of(&question.issuer).cloned() else {
        return again(page, &next, None);
    };
    if answer.iss.as_deref().is_some_and(|iss| iss != provider.issuer) {
        let fault = Fault::Untrusted("iss of the answer: another provider's");
        return not_taken(site, page, &provider, question, &next, fault).await;
    }
    let code = match (answer.code, answer.error.as_deref()) {
        (Some(code), None) => code,
        (_, Some("access_denied")) => {
            let text = page.say("provider-cancelled").text("provider", &provider.name);
            return screen(site, page, &next, &Screen::told(text)).show();
        }
        (_, Some("unmet_authentication_requirements" | "interaction_required")) => {
            return refused(site, browser, page, &provider, &next, &Refusal::Claims(ClaimFault::Acr));
        }
        (_, error) => {
            let known = error.filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
            let fault = Fault::Refused(format!("its answer: {}", known.unwrap_or("no code")));
            return not_taken(site, page, &provider, question, &next, fault).await;
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
        Err(fault) => return not_taken(site, page, &provider, question, &next, fault).await,
    };
    let from = browser.clone();
    let complete =
        move |office: &Office<'_>| oidc::complete(office, &question, &claims, &id_token, &from.origin());
    match site.office(complete).await? {
        Ok(step) => Ok(advanced(site, browser, &step, &next)),
        Err(refusal) => refused(site, browser, page, &provider, &next, &refusal),
    }
}

/// The question is no more, or another browser's: she begins again.
fn again(page: &Page, next: &Next, text: Option<String>) -> Result<Response, Failure> {
    let text = text.unwrap_or_else(|| page.say("provider-again-text").into());
    FormPage::new(page, page.say("provider-again-title"), "", page.say("sign-in-expired-again"))
        .text(text)
        .link_only(next.after("/sign-in"))
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .show()
}

/// The answer leads to nothing: told, logged, and written down when it may be someone's doing.
async fn not_taken(
    site: &Site,
    page: &Page,
    provider: &Provider,
    question: Answered,
    next: &Next,
    fault: Fault,
) -> Result<Response, Failure> {
    match fault {
        Fault::Down(_) => unreachable(site, page, provider, next, &fault),
        Fault::Refused(cause) => {
            tracing::warn!(issuer = provider.issuer, cause, "a provider refused the exchange");
            let text = page.say("provider-refused").text("provider", &provider.name);
            again(page, next, Some(text.into()))
        }
        Fault::Untrusted(what) => {
            tracing::error!(issuer = provider.issuer, cause = what, "a provider's answer is not taken");
            let note = move |office: &Office<'_>| oidc::distrusted(office, &question, what);
            // The settings may name it no more: nothing is left to write down.
            let _written = site.office(note).await?;
            let text = page.say("provider-untrusted").text("provider", &provider.name);
            again(page, next, Some(text.into()))
        }
    }
}

/// The provider is down: local accounts still come in.
fn unreachable(
    site: &Site,
    page: &Page,
    provider: &Provider,
    next: &Next,
    fault: &Fault,
) -> Result<Response, Failure> {
    let cause = format!("{fault:?}");
    tracing::error!(issuer = provider.issuer, cause, "a provider does not answer");
    let text = page.say("provider-down").text("provider", &provider.name);
    screen(site, page, next, &Screen::told(text).with_status(StatusCode::SERVICE_UNAVAILABLE)).show()
}

/// What the rules say of someone the provider knows.
fn refused(
    site: &Site,
    browser: &Browser,
    page: &Page,
    provider: &Provider,
    next: &Next,
    refusal: &Refusal,
) -> Result<Response, Failure> {
    match refusal {
        Refusal::NotLinked => {
            let key =
                if browser.invitation().is_some() { "provider-other-text" } else { "provider-unknown-text" };
            FormPage::new(page, page.say("provider-unknown-title"), "", page.say("provider-unknown-again"))
                .text(page.say("provider-unknown-met").text("provider", &provider.name))
                .text(page.say(key).text("provider", &provider.name))
                .text(page.say("provider-unknown-local"))
                .link_only(next.after("/sign-in"))
                .because(Some(refusal))
                .show()
        }
        Refusal::Expired => again(page, next, None),
        other => screen(site, page, next, &Screen::told(said(page, other))).show(),
    }
}

/// The page that takes the browser to a provider, by itself or by its link.
#[derive(Template)]
#[template(path = "sign_in/onward.html")]
struct Onward<'a> {
    page: &'a Page,
    title: String,
    text: String,
    submit: String,
    address: &'a str,
}

pub(in crate::pages) fn onward(page: &Page, provider: &Provider, address: &str) -> Result<Response, Failure> {
    let say = |key| String::from(page.say(key).text("provider", &provider.name));
    let title = say("provider-onward-title");
    took(
        page,
        &Onward { page, title, text: say("provider-onward-text"), submit: say("provider-onward"), address },
    )
}

fn took(page: &Page, screen: &Onward<'_>) -> Result<Response, Failure> {
    let mut response = answered(page, screen, StatusCode::OK, None)?;
    let line = HeaderValue::try_from(format!("0;url={}", screen.address));
    let line = line.map_err(|_| Failure::internal("the address of a provider is no header"))?;
    response.headers_mut().insert(header::REFRESH, line);
    Ok(response)
}

/// Takes the browser out of the provider where it signed in: signed out here alone, it would come in again without a word. It comes
/// back to `done`; where the provider cannot be reached, it may come in here `again`.
pub(in crate::pages) async fn sign_out_there(
    site: &Site,
    page: &Page,
    logout: ProviderLogout,
    (done, again): (&str, &str),
) -> Result<Option<Response>, Failure> {
    let Some(provider) = site.providers().of(&logout.issuer).cloned() else { return Ok(None) };
    let state = Office::token()?;
    let (text, back, now) = (state.reveal(), format!("{}{done}", page.origin()), site.now());
    let way = site
        .providers()
        .ask(&provider.issuer, move |client| client.way_out(&logout.id_token, &text, &back, now))
        .await;
    let address = match way {
        Ok(Some(address)) => address,
        Ok(None) => return Ok(None),
        Err(fault) => {
            let cause = format!("{fault:?}");
            tracing::error!(issuer = provider.issuer, cause, "no logout at a provider");
            return Ok(Some(still_there(page, &provider, again)?));
        }
    };
    let say = |key| String::from(page.say(key).text("provider", &provider.name));
    let title = say("provider-leaving-title");
    let screen = Onward {
        page,
        title,
        text: say("provider-leaving-text"),
        submit: say("provider-onward"),
        address: &address,
    };
    let mut response = took(page, &screen)?;
    cookie(&mut response, Cookie::Leaving.set(site.transport(), &state.reveal()));
    Ok(Some(response))
}

/// Signed out here, and not there.
fn still_there(page: &Page, provider: &Provider, again: &str) -> Result<Response, Failure> {
    FormPage::new(page, page.say("signed-out-title"), "", page.say("signed-out-again"))
        .text(page.say("signed-out-text"))
        .text(page.say("signed-out-here-only").text("provider", &provider.name))
        .link_only(again)
        .show()
}
