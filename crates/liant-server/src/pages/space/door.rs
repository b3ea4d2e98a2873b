//! The way into a person's own space: her number with the code that was handed over, once, then a password and her telephone;
//! her number, password and telephone from then on.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::claims::SignsIn;
use liant_access::password::Password;
use liant_app::accounts::{AccountError, Office, Refusal};
use liant_app::space::SpaceToken;
use liant_app::space::coming_in::{self, Entered, Waiting};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::HOME;
use crate::components::Field;
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, said};
use crate::pages::sign_in::{Codes, Enrolling, buttons_of, cookie, forget_pages, sign_out_there};
use crate::{Page, Site, words};

const CODE: &str = "/me/sign-in/code";
const PASSWORD: &str = "/me/sign-in/password";
const TELEPHONE: &str = "/me/sign-in/telephone";
const CHECK: &str = "/me/sign-in/check";
pub(super) const SIGN_IN: &str = crate::routes::SPACE_SIGN_IN;
/// Where she is told that she is out; declared to providers too.
pub(super) const LEFT: &str = "/me/left";

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    number: String,
    #[serde(default)]
    code: Zeroizing<String>,
    #[serde(default)]
    password: Zeroizing<String>,
}

/// Number and password.
pub(super) async fn show(State(site): State<Site>, page: Page) -> Result<Response, Failure> {
    if page.herself().is_some() {
        return Ok(Redirect::to(HOME).into_response());
    }
    sign_in(&site, &page, "", Told::Nothing)
}

pub(super) async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (number, secret) = (typed.number.clone(), Password::new(&typed.password));
    let act = move |office: &Office<'_>| coming_in::password(office, &number, &secret, &browser.origin());
    match site.office(act).await? {
        Ok(pending) => Ok(on_her_way(&site, &pending, CHECK)),
        Err(refusal) => sign_in(&site, &page, &typed.number, Told::Refusal(&refusal)),
    }
}

/// What the first page of the way in tells beside its form.
pub(super) enum Told<'a> {
    Nothing,
    /// What was typed does not let in.
    Refusal(&'a Refusal),
    /// A provider did not let in, and why.
    Provider(String),
}

pub(super) fn sign_in(site: &Site, page: &Page, number: &str, told: Told<'_>) -> Result<Response, Failure> {
    let (refusal, text) = match told {
        Told::Nothing => (None, None),
        Told::Refusal(refusal) => (Some(refusal), None),
        Told::Provider(text) => (None, Some(text)),
    };
    let buttons = buttons_of(site, page, (SignsIn::People, "/me/sign-in/provider"), &Next::default());
    let mut form =
        FormPage::new(page, page.say("space-sign-in-title"), SIGN_IN, page.say("space-sign-in-submit"));
    if !buttons.is_empty() {
        form = form.instead(buttons, page.say("space-sign-in-number"));
    }
    form.text(page.say("space-sign-in-text"))
        .field(number_field(page, number, refusal))
        .field(Field::password(page.w, "password", page.say("space-password"), "current-password"))
        .link(CODE, page.say("space-first-time"))
        .after(page.say("space-lost"))
        .because(refusal)
        .refused(text)
        .show()
}

fn number_field(page: &Page, number: &str, refusal: Option<&Refusal>) -> Field {
    Field::line(page.w, "number", page.say("space-number"))
        .hint(page.say("space-number-hint"))
        .completed_by("username")
        .wide(20)
        .value(number)
        .error(refusal.map(|refusal| said(page, refusal)))
}

/// Number and the code that was handed over.
pub(super) async fn show_code(page: Page) -> Result<Response, Failure> {
    handed(&page, "", None)
}

pub(super) async fn sent_code(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (number, code) = (typed.number.clone(), typed.code.clone());
    let act = move |office: &Office<'_>| coming_in::code(office, &number, &code, &browser.origin());
    match site.office(act).await? {
        Ok(pending) => Ok(on_her_way(&site, &pending, PASSWORD)),
        Err(refusal) => handed(&page, &typed.number, Some(&refusal)),
    }
}

fn handed(page: &Page, number: &str, refusal: Option<&Refusal>) -> Result<Response, Failure> {
    FormPage::new(page, page.say("space-code-title"), CODE, page.say("space-code-submit"))
        .text(page.say("space-code-text"))
        .field(number_field(page, number, refusal))
        .field(
            Field::line(page.w, "code", page.say("space-code"))
                .hint(page.say("space-code-hint"))
                .completed_by("one-time-code")
                .wide(20),
        )
        .link(SIGN_IN, page.say("space-not-first-time"))
        .because(refusal)
        .show()
}

/// A password of her own.
pub(super) async fn show_password(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
) -> Result<Response, Failure> {
    match waiting(&site, &browser).await? {
        Some(Waiting::Password | Waiting::Enrolment) => chosen(&page, None),
        other => Ok(towards(other)),
    }
}

pub(super) async fn sent_password(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let secret = Password::new(&typed.password);
    let act = move |office: &Office<'_>| coming_in::choose_password(office, under_way(&browser)?, &secret);
    match site.office(act).await? {
        Ok(()) => Ok(Redirect::to(TELEPHONE).into_response()),
        Err(Refusal::Expired) => expired(&page),
        Err(refusal) => chosen(&page, Some(&refusal)),
    }
}

fn chosen(page: &Page, refusal: Option<&Refusal>) -> Result<Response, Failure> {
    FormPage::new(page, page.say("space-choose-title"), PASSWORD, page.say("space-choose-submit"))
        .text(page.say("space-choose-text"))
        .field(
            Field::password(page.w, "password", page.say("space-password"), "new-password")
                .hint(page.say("space-choose-hint"))
                .error(refusal.map(|refusal| said(page, refusal))),
        )
        .because(refusal)
        .show()
}

/// Her telephone: what it is to be given, and its first code.
pub(super) async fn show_telephone(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
) -> Result<Response, Failure> {
    telephone(&site, &browser, &page, None).await
}

pub(super) async fn sent_telephone(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (code, from) = (typed.code.clone(), browser.clone());
    let act = move |office: &Office<'_>| coming_in::bind(office, under_way(&from)?, &code, &from.origin());
    match site.office(act).await? {
        Ok((entered, codes)) => Ok(come_in(&site, &browser, &entered, Codes::show(&page, codes, HOME)?)),
        Err(Refusal::Expired | Refusal::HandedCode) => expired(&page),
        Err(refusal) => telephone(&site, &browser, &page, Some(&refusal)).await,
    }
}

async fn telephone(
    site: &Site,
    browser: &Browser,
    page: &Page,
    refusal: Option<&Refusal>,
) -> Result<Response, Failure> {
    let from = browser.clone();
    let act = move |office: &Office<'_>| coming_in::enrolment(office, under_way(&from)?);
    match site.office(act).await? {
        Ok(enrolment) => Enrolling::show(page, enrolment.uri, TELEPHONE, &Next::default(), refusal),
        Err(_) => expired(page),
    }
}

/// A code of her telephone.
pub(super) async fn show_check(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
) -> Result<Response, Failure> {
    match waiting(&site, &browser).await? {
        Some(Waiting::Factor) => checked(&page, None),
        other => Ok(towards(other)),
    }
}

pub(super) async fn sent_check(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (code, from) = (typed.code.clone(), browser.clone());
    let act =
        move |office: &Office<'_>| coming_in::second_factor(office, under_way(&from)?, &code, &from.origin());
    match site.office(act).await? {
        Ok(entered) => Ok(come_in(&site, &browser, &entered, Redirect::to(HOME).into_response())),
        Err(Refusal::Expired) => expired(&page),
        Err(refusal) => checked(&page, Some(&refusal)),
    }
}

fn checked(page: &Page, refusal: Option<&Refusal>) -> Result<Response, Failure> {
    FormPage::new(page, page.say("space-check-title"), CHECK, page.say("space-check-submit"))
        .field(
            Field::line(page.w, "code", page.say("space-check"))
                .hint(page.say("space-check-hint"))
                .completed_by("one-time-code")
                .wide(20)
                .error(refusal.map(|refusal| said(page, refusal))),
        )
        .after(page.say("space-lost"))
        .because(refusal)
        .show()
}

/// Goes out.
pub(super) async fn left(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
) -> Result<Response, Failure> {
    let act = move |office: &Office<'_>| match browser.space() {
        Some(token) => coming_in::leave(office, token),
        None => Ok(None),
    };
    // A session that has ended meanwhile is left.
    let elsewhere = match site.office(act).await?? {
        Some(logout) => sign_out_there(&site, &page, logout, (LEFT, SIGN_IN)).await?,
        None => None,
    };
    let mut response = elsewhere.unwrap_or_else(|| Redirect::to(LEFT).into_response());
    cookie(&mut response, Cookie::Space.forget(site.transport()));
    forget_pages(&mut response);
    Ok(response)
}

pub(super) async fn done(State(site): State<Site>, page: Page) -> Result<Response, Failure> {
    let mut response =
        FormPage::new(&page, page.say("space-left-title"), SIGN_IN, page.say("space-left-again"))
            .text(page.say("space-left-text"))
            .link_only(SIGN_IN)
            .show()?;
    cookie(&mut response, Cookie::Leaving.forget(site.transport()));
    Ok(response)
}

async fn waiting(site: &Site, browser: &Browser) -> Result<Option<Waiting>, Failure> {
    let browser = browser.clone();
    let asked = move |office: &Office<'_>| match browser.space_pending() {
        Some(token) => coming_in::waiting(office, token),
        None => Ok(None),
    };
    Ok(site.office(asked).await?.ok().flatten())
}

/// To the page of what a way in waits for; to its beginning when it waits for nothing.
fn towards(waiting: Option<Waiting>) -> Response {
    let path = match waiting {
        Some(Waiting::Password) => PASSWORD,
        Some(Waiting::Enrolment) => TELEPHONE,
        Some(Waiting::Factor) => CHECK,
        None => SIGN_IN,
    };
    Redirect::to(path).into_response()
}

fn under_way(browser: &Browser) -> Result<&SpaceToken, AccountError> {
    Ok(browser.space_pending().ok_or(Refusal::Expired)?)
}

/// Goes on, with the way in kept in a cookie of its own.
fn on_her_way(site: &Site, pending: &SpaceToken, path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    cookie(&mut response, Cookie::SpacePending.set(site.transport(), &pending.reveal()));
    response
}

/// A response with the cookies of who has just come in.
pub(super) fn come_in(site: &Site, browser: &Browser, entered: &Entered, mut response: Response) -> Response {
    let transport = site.transport();
    cookie(&mut response, Cookie::Space.set(transport, &entered.token.reveal()));
    cookie(&mut response, Cookie::SpacePending.forget(transport));
    cookie(&mut response, Cookie::Form.forget(transport));
    if !browser.has_language() {
        cookie(&mut response, Cookie::Language.set(transport, words::code(entered.herself.lang())));
    }
    response
}

fn expired(page: &Page) -> Result<Response, Failure> {
    FormPage::new(page, page.say("sign-in-expired-title"), "", page.say("sign-in-expired-again"))
        .text(page.say("sign-in-expired-text"))
        .link_only(SIGN_IN)
        .show()
}
