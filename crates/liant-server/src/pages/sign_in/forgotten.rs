//! A forgotten password: asked for, and what happens then. Nothing tells whether the address has an account.

use axum::extract::{Form, State};
use axum::response::Response;
use liant_app::accounts::{Refusal, forgotten};
use serde::Deserialize;

use crate::components::Field;
use crate::failure::Failure;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, said};
use crate::{Page, Site};

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    screen(&page, "", None).show()
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    email: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let email = typed.email.clone();
    match site.office(move |office| forgotten::ask(office, &email, &browser.origin())).await? {
        Ok(()) => {
            FormPage::new(&page, page.say("forgotten-done-title"), "", page.say("provider-unknown-again"))
                .text(page.say("forgotten-done-text"))
                .text(page.say("forgotten-done-next"))
                .link_only("/sign-in")
                .show()
        }
        Err(refusal) => screen(&page, &typed.email, Some(&refusal)).show(),
    }
}

fn screen<'a>(page: &'a Page, email: &str, refusal: Option<&Refusal>) -> FormPage<'a> {
    let email = Field::email(page.w, "email", page.say("account-email"))
        .completed_by("username")
        .value(email)
        .error(refusal.map(|refusal| said(page, refusal)));
    FormPage::new(page, page.say("forgotten-title"), "/sign-in/forgotten", page.say("forgotten-submit"))
        .text(page.say("forgotten-text"))
        .field(email)
        .link("/sign-in", page.say("cancel"))
        .because(refusal)
}
