//! Address and password.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::password::Password;
use liant_app::accounts::{Refusal, sign_in};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Asked, advanced, provider};
use crate::components::Field;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, said};
use crate::{Page, Site};

pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    if page.visitor().is_some() {
        return Ok(Redirect::to(asked.next().place()).into_response());
    }
    screen(&site, &page, &asked.next(), &Screen::default()).show()
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    next: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let next = Next::parse(&typed.next);
    let (email, secret, from) = (typed.email.clone(), Password::new(&typed.password), browser.clone());
    match site.office(move |office| sign_in::password(office, &email, &secret, &from.origin())).await? {
        Ok(step) => Ok(advanced(&site, &browser, &step, &next)),
        Err(refusal) => {
            let shows = Screen { email: typed.email, refusal: Some(refusal), ..Screen::default() };
            screen(&site, &page, &next, &shows).show()
        }
    }
}

/// What the form shows beside its questions.
#[derive(Default)]
pub(super) struct Screen {
    email: String,
    refusal: Option<Refusal>,
    told: Option<String>,
    status: Option<StatusCode>,
}

impl Screen {
    /// An attempt elsewhere did not come to its end: this is why.
    pub(super) fn told(text: impl Into<String>) -> Self {
        let status = Some(StatusCode::UNPROCESSABLE_ENTITY);
        Self { told: Some(text.into()), status, ..Self::default() }
    }

    /// With another status.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), ..self }
    }
}

/// The form. What is refused is told beside the address, whichever of the two was wrong.
pub(super) fn screen<'a>(site: &Site, page: &'a Page, next: &Next, shows: &Screen) -> FormPage<'a> {
    let w = page.w;
    let refusal = shows.refusal.as_ref();
    let email = Field::email(w, "email", page.say("account-email"))
        .completed_by("username")
        .value(&*shows.email)
        .error(refusal.map(|refusal| said(page, refusal)));
    let password = Field::password(w, "password", page.say("account-password"), "current-password");
    let form = FormPage::new(page, page.say("sign-in-title"), "/sign-in", page.say("sign-in-submit"))
        .instead(provider::buttons(site, page, next), page.say("sign-in-local"))
        .refused(shows.told.clone())
        .field(email)
        .field(password)
        .hidden("next", next.place())
        .link("/sign-in/forgotten", page.say("sign-in-forgotten"))
        .after(page.say("sign-in-help"))
        .because(refusal);
    match shows.status {
        Some(status) => form.with_status(status),
        None => form,
    }
}
