//! Setting up a second factor: what it is, the QR code and the secret, the first code, and the recovery codes, shown once.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use liant_access::recovery::RecoveryCode;
use liant_app::accounts::factors::{self, Enrolment};
use liant_app::accounts::sign_in::Waiting;
use liant_app::accounts::{Office, Refusal, Step};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Asked, expired, towards, under_way, waiting, with_step};
use crate::components::{Errors, Field};
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, answered, said};
use crate::{Page, Site, qr};

/// The page of the QR code.
#[derive(Template)]
#[template(path = "sign_in/enrolment.html")]
pub(in crate::pages) struct Enrolling<'a> {
    page: &'a Page,
    errors: Errors,
    asked: Field,
    qr: qr::Drawing,
    uri: Zeroizing<String>,
    secret: String,
    action: &'static str,
    next: String,
}

impl<'a> Enrolling<'a> {
    /// Shows what the application is to be given; its first code is sent to `action`.
    pub(in crate::pages) fn show(
        page: &'a Page,
        uri: Zeroizing<String>,
        action: &'static str,
        next: &Next,
        refusal: Option<&Refusal>,
    ) -> Result<Response, Failure> {
        let qr = qr::Drawing::of(&uri).ok_or(Failure::Bad)?;
        let secret = secret_of(&uri).ok_or(Failure::Bad)?;
        let asked = Field::code(page.w, "code", page.say("enrol-code"))
            .hint(page.say("enrol-code-hint"))
            .error(refusal.map(|refusal| said(page, refusal)));
        let errors = Errors::of(page.w, &[&asked]);
        let (status, wait) = page.status_of(refusal);
        let next = next.place().to_owned();
        answered(page, &Self { page, errors, asked, qr, uri, secret, action, next }, status, wait)
    }
}

/// The secret of an `otpauth` address, in groups of four to be typed. The address may come back from our own form, from her
/// alone: it is shown again, and never believed.
fn secret_of(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("otpauth://totp/").filter(|_| uri.len() <= 600)?;
    let (_, secret) = rest.split_once("?secret=")?;
    let secret: Vec<char> = secret.chars().take_while(char::is_ascii_alphanumeric).collect();
    let groups: Vec<String> = secret.chunks(4).map(|group| group.iter().collect()).collect();
    Some(groups.join(" "))
}

/// The page of the recovery codes: shown once.
#[derive(Template)]
#[template(path = "sign_in/codes.html")]
pub(in crate::pages) struct Codes<'a> {
    page: &'a Page,
    recovery: Vec<RecoveryCode>,
    next: String,
}

impl<'a> Codes<'a> {
    /// Shows these codes, then leads to `next`.
    pub(in crate::pages) fn show(
        page: &'a Page,
        codes: Vec<RecoveryCode>,
        next: impl Into<String>,
    ) -> Result<Response, Failure> {
        answered(page, &Self { page, recovery: codes, next: next.into() }, StatusCode::OK, None)
    }
}

pub(super) async fn show(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let next = asked.next();
    match waiting(&site, &browser).await? {
        Some(Waiting::Enrol) => {
            FormPage::new(&page, page.say("enrol-title"), "/sign-in/second-factor", page.say("enrol-begin"))
                .text(page.say("enrol-why"))
                .text(page.say("enrol-need"))
                .hidden("next", next.place())
                .show()
        }
        other => Ok(towards(other.as_ref(), &next)),
    }
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: Zeroizing<String>,
    #[serde(default)]
    uri: Zeroizing<String>,
    #[serde(default)]
    next: String,
}

const CONFIRM: &str = "/sign-in/second-factor/confirm";

pub(super) async fn begun(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let next = asked.next();
    let act = move |office: &Office<'_>| factors::begin_in_sign_in(office, under_way(&browser)?);
    match site.office(act).await? {
        Ok(Enrolment { uri, .. }) => Enrolling::show(&page, uri, CONFIRM, &next, None),
        Err(_) => expired(&page, &next),
    }
}

pub(super) async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let next = Next::parse(&typed.next);
    let (code, from) = (typed.code.clone(), browser.clone());
    let act = move |office: &Office<'_>| {
        factors::confirm_in_sign_in(office, under_way(&from)?, &code, &from.origin())
    };
    match site.office(act).await? {
        // She has just done it herself: the notice would tell her nothing.
        Ok((step, codes, _)) => {
            let place = match step {
                Step::Open(_) => next.place().to_owned(),
                _ => next.after("/sign-in/seat"),
            };
            let response = Codes::show(&page, codes, place)?;
            Ok(with_step(&site, &browser, &step, response))
        }
        Err(Refusal::Expired) => expired(&page, &next),
        Err(refusal) => Enrolling::show(&page, typed.uri, CONFIRM, &next, Some(&refusal)),
    }
}
