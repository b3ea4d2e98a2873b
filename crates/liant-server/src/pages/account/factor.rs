//! The second factor replaced, and new recovery codes.

use axum::extract::{Form, State};
use axum::response::Response;
use liant_app::accounts::{Office, Refusal, factors, profile};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::components::Field;
use crate::failure::Failure;
use crate::me::Me;
use crate::next::Next;
use crate::pages::form_page::{FormPage, said};
use crate::pages::sign_in::{Codes, Enrolling};
use crate::{Page, SignedIn, Site};

const CONFIRM: &str = "/account/second-factor/confirm";

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: Zeroizing<String>,
    #[serde(default)]
    uri: Zeroizing<String>,
}

pub(super) async fn show(State(site): State<Site>, Me(who): Me, page: Page) -> Result<Response, Failure> {
    let has_one = has_factor(&site, who).await?;
    replace(&page, has_one, None).show()
}

async fn has_factor(site: &Site, who: SignedIn) -> Result<bool, Failure> {
    let read = move |office: &Office<'_>| profile::look(office, &who);
    Ok(site.office(read).await??.has_second_factor)
}

pub(super) async fn begun(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let (code, her) = (typed.code.clone(), who.clone());
    match site.office(move |office| factors::begin_again(office, &her, &code)).await? {
        Ok(enrolment) => {
            Enrolling::show(&page, enrolment.uri, CONFIRM, &Next::parse("/account?done=factor"), None)
        }
        Err(refusal) => replace(&page, has_factor(&site, who).await?, Some(&refusal)).show(),
    }
}

pub(super) async fn confirmed(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let code = typed.code.clone();
    match site.office(move |office| factors::confirm(office, &who, &code)).await? {
        // She has just done it herself: the notice would tell her nothing.
        Ok((codes, _)) => Codes::show(&page, codes, "/account?done=factor"),
        Err(refusal) => {
            let next = Next::parse("/account?done=factor");
            Enrolling::show(&page, typed.uri, CONFIRM, &next, Some(&refusal))
        }
    }
}

pub(super) async fn show_codes(page: Page) -> Result<Response, Failure> {
    renew(&page, None).show()
}

pub(super) async fn made_codes(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    match site.office(move |office| factors::new_recovery_codes(office, &who, &typed.code)).await? {
        Ok((codes, _)) => Codes::show(&page, codes, "/account?done=codes"),
        Err(refusal) => renew(&page, Some(&refusal)).show(),
    }
}

fn code_field(page: &Page, refusal: Option<&Refusal>) -> Field {
    Field::code(page.w, "code", page.say("factor-present"))
        .hint(page.say("code-hint"))
        .error(refusal.map(|refusal| said(page, refusal)))
}

fn replace<'a>(page: &'a Page, has_one: bool, refusal: Option<&Refusal>) -> FormPage<'a> {
    let form = if has_one {
        FormPage::new(page, page.say("factor-title"), "/account/second-factor", page.say("code-submit"))
            .text(page.say("factor-text"))
            .field(code_field(page, refusal))
            .after(page.say("factor-lost"))
    } else {
        FormPage::new(page, page.say("enrol-title"), "/account/second-factor", page.say("enrol-begin"))
            .text(page.say("enrol-need"))
            .refused(refusal.map(|refusal| said(page, refusal)))
    };
    form.link("/account", page.say("cancel")).because(refusal)
}

fn renew<'a>(page: &'a Page, refusal: Option<&Refusal>) -> FormPage<'a> {
    FormPage::new(page, page.say("renew-title"), "/account/recovery-codes", page.say("renew-submit"))
        .text(page.say("renew-text"))
        .field(code_field(page, refusal))
        .link("/account", page.say("cancel"))
        .because(refusal)
}
