//! Address and password.

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::password::Password;
use liant_app::accounts::{Refusal, sign_in};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{Asked, advanced};
use crate::components::Field;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, said};
use crate::{Page, Site};

pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    if page.visitor().is_some() {
        return Ok(Redirect::to(asked.next().place()).into_response());
    }
    screen(&page, "", &asked.next(), None).show()
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
        Err(refusal) => screen(&page, &typed.email, &next, Some(&refusal)).show(),
    }
}

/// The form. What is refused is told beside the address, whichever of the two was wrong.
fn screen<'a>(page: &'a Page, email: &str, next: &Next, refusal: Option<&Refusal>) -> FormPage<'a> {
    let w = page.w;
    let email = Field::email(w, "email", page.say("account-email"))
        .completed_by("username")
        .value(email)
        .error(refusal.map(|refusal| said(page, refusal)));
    let password = Field::password(w, "password", page.say("account-password"), "current-password");
    let form = FormPage::new(page, page.say("sign-in-title"), "/sign-in", page.say("sign-in-submit"))
        .field(email)
        .field(password)
        .hidden("next", next.place())
        .after(page.say("sign-in-help"));
    form.because(refusal)
}
