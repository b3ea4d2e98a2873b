//! Coming in, step by step: address and password, code or recovery code, setting up the second factor, choice of the
//! organisation; and going out. Between the steps the sign-in waits under a token in a cookie of its own.

mod enrolment;
mod factor;
mod forgotten;
mod leave;
mod password;
mod provider;
mod seat;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::Token;
use liant_app::accounts::sign_in::{self, Waiting};
use liant_app::accounts::{AccountError, Office, Opened, Refusal, Step};
use serde::Deserialize;

use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::FormPage;
use crate::routes::{Access, Route, Table};
use crate::{Page, Site, words};

pub(super) use enrolment::{Codes, Enrolling};
pub(super) use provider::{buttons, of as buttons_of, onward, sign_out_there};
pub(super) use seat::{choices, role_words};

/// The routes of the sign-in.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get("/sign-in", Access::Public), password::show)
        .add(Route::post("/sign-in", Access::Public), password::sent)
        .add(Route::get("/sign-in/forgotten", Access::Public), forgotten::show)
        .add(Route::post("/sign-in/forgotten", Access::Public), forgotten::sent)
        .add(Route::post("/sign-in/provider/{place}", Access::Public), provider::leave)
        .add(Route::get(provider::BACK, Access::Public), provider::back)
        .add(Route::get("/sign-in/code", Access::Public), factor::show)
        .add(Route::post("/sign-in/code", Access::Public), factor::sent)
        .add(Route::get("/sign-in/recovery-code", Access::Public), factor::show_recovery)
        .add(Route::post("/sign-in/recovery-code", Access::Public), factor::sent_recovery)
        .add(Route::get("/sign-in/second-factor", Access::Public), enrolment::show)
        .add(Route::post("/sign-in/second-factor", Access::Public), enrolment::begun)
        .add(Route::post("/sign-in/second-factor/confirm", Access::Public), enrolment::sent)
        .add(Route::get("/sign-in/seat", Access::Public), seat::show)
        .add(Route::post("/sign-in/seat", Access::Public), seat::sent)
        .add(Route::get("/sign-in/seat/choose", Access::Public), seat::show_seats)
        .add(Route::post("/sign-in/seat/invitation", Access::Public), seat::accepted)
        .add(Route::post("/sign-out", Access::SignedIn), leave::sent)
        .add(Route::get(leave::DONE, Access::Public), leave::done)
}

/// What every page of the sign-in may be asked with.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    next: String,
}

impl Asked {
    fn next(&self) -> Next {
        Next::parse(&self.next)
    }
}

/// What the sign-in of this browser waits for; nothing when none is under way.
async fn waiting(site: &Site, browser: &Browser) -> Result<Option<Waiting>, Failure> {
    let browser = browser.clone();
    let asked = move |office: &Office<'_>| sign_in::waiting(office, under_way(&browser)?);
    Ok(site.office(asked).await?.ok())
}

/// To the page of what a sign-in waits for; to its beginning when it waits for nothing.
fn towards(waiting: Option<&Waiting>, next: &Next) -> Response {
    let path = match waiting {
        Some(Waiting::Factor) => "/sign-in/code",
        Some(Waiting::Enrol) => "/sign-in/second-factor",
        Some(Waiting::Choose(_)) => "/sign-in/seat",
        None => "/sign-in",
    };
    Redirect::to(&next.after(path)).into_response()
}

/// The sign-in of this browser, for the use case that takes it further.
fn under_way(browser: &Browser) -> Result<&Token, AccountError> {
    Ok(browser.pending().ok_or(Refusal::Expired)?)
}

/// Goes on: the cookies of the next step, and its page.
pub(super) fn advanced(site: &Site, browser: &Browser, step: &Step, next: &Next) -> Response {
    let path = match step {
        Step::SecondFactor { .. } => "/sign-in/code",
        Step::Enrol { .. } => "/sign-in/second-factor",
        Step::Choose { .. } => "/sign-in/seat",
        Step::Open(_) => return with_step(site, browser, step, Redirect::to(next.place())),
    };
    with_step(site, browser, step, Redirect::to(&next.after(path)))
}

/// A response with the cookies of a step.
fn with_step(site: &Site, browser: &Browser, step: &Step, response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    match step {
        Step::SecondFactor { pending } | Step::Enrol { pending } | Step::Choose { pending, .. } => {
            cookie(&mut response, Cookie::Pending.set(site.transport(), &pending.reveal()));
        }
        Step::Open(opened) => come_in(site, browser, opened, &mut response),
    }
    response
}

/// The cookies of who has just come in.
fn come_in(site: &Site, browser: &Browser, opened: &Opened, response: &mut Response) {
    let transport = site.transport();
    cookie(response, Cookie::Session.set(transport, &opened.token.reveal()));
    cookie(response, Cookie::Pending.forget(transport));
    cookie(response, Cookie::Form.forget(transport));
    if let Some(known) = &opened.known_browser {
        cookie(response, Cookie::Browser.set(transport, &known.reveal()));
    }
    // Her own language, unless she has just chosen another here.
    if !browser.has_language() {
        cookie(response, Cookie::Language.set(transport, words::code(opened.signed_in.lang)));
    }
}

/// Says that the sign-in has run out, and leads to its beginning.
fn expired(page: &Page, next: &Next) -> Result<Response, Failure> {
    FormPage::new(page, page.say("sign-in-expired-title"), "", page.say("sign-in-expired-again"))
        .text(page.say("sign-in-expired-text"))
        .link_only(next.after("/sign-in"))
        .show()
}

/// Adds a cookie to a response.
pub(in crate::pages) fn cookie(response: &mut Response, line: Option<HeaderValue>) {
    if let Some(line) = line {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
}

/// Has the browser forget the pages that it keeps: on a computer that others use, nobody goes back to them.
pub(in crate::pages) fn forget_pages(response: &mut Response) {
    let name = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(name, HeaderValue::from_static("\"cache\""));
}

#[cfg(test)]
mod tests;
