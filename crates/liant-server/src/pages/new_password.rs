//! A new password, chosen by the link that whoever manages access has given, with the second factor.
//!
//! As for an invitation, the link's token goes into a cookie at once, out of the address bar and of the history.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::Token;
use liant_access::password::Password;
use liant_app::accounts::forgotten::{self, Opening};
use liant_app::accounts::{AccountError, Office, Refusal};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::account::{Wrong, new_fields};
use super::form_page::{FormPage, said};
use super::sign_in::{advanced, cookie};
use crate::components::Field;
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::routes::{Access, Route, Table};
use crate::{Page, Site};

/// The routes of a new password.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get("/new-password/{token}", Access::Public), opened)
        .add(Route::get("/new-password", Access::Public), show)
        .add(Route::post("/new-password", Access::Public), sent)
}

async fn opened(State(site): State<Site>, Path(token): Path<String>) -> Response {
    let mut response = Redirect::to("/new-password").into_response();
    let line = match Token::parse(&token) {
        Ok(token) => Cookie::NewPassword.set(site.transport(), &token.reveal()),
        Err(_) => Cookie::NewPassword.forget(site.transport()),
    };
    cookie(&mut response, line);
    response
}

fn held(browser: &Browser) -> Result<&Token, AccountError> {
    Ok(browser.new_password().ok_or(Refusal::Expired)?)
}

async fn look(site: &Site, browser: &Browser) -> Result<Result<Opening, Refusal>, Failure> {
    let browser = browser.clone();
    site.office(move |office: &Office<'_>| forgotten::look(office, held(&browser)?)).await
}

async fn show(State(site): State<Site>, browser: Browser, page: Page) -> Result<Response, Failure> {
    match look(&site, &browser).await? {
        Ok(opening) => screen(&page, opening, None).show(),
        Err(_) => gone(&page),
    }
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    code: Zeroizing<String>,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    again: Zeroizing<String>,
}

async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let Ok(opening) = look(&site, &browser).await? else { return gone(&page) };
    if typed.password != typed.again {
        return screen(&page, opening, Some(&Wrong::Different)).show();
    }
    let (from, password) = (browser.clone(), Password::new(&typed.password));
    let act = move |office: &Office<'_>| {
        forgotten::choose(office, held(&from)?, &typed.code, &password, &from.origin())
    };
    match site.office(act).await? {
        // She has just done it herself: the notice would tell her nothing.
        Ok((step, _)) => {
            let mut response = advanced(&site, &browser, &step, &Next::default());
            cookie(&mut response, Cookie::NewPassword.forget(site.transport()));
            Ok(response)
        }
        Err(Refusal::Expired) => gone(&page),
        Err(refusal) => screen(&page, opening, Some(&Wrong::Refused(refusal))).show(),
    }
}

fn screen<'a>(page: &'a Page, opening: Opening, wrong: Option<&Wrong>) -> FormPage<'a> {
    let w = page.w;
    let refusal = match wrong {
        Some(Wrong::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let in_the_code =
        refusal.filter(|refusal| matches!(refusal, Refusal::WrongCode | Refusal::TooSoon { .. }));
    let code = Field::line(w, "code", page.say("new-password-code"))
        .completed_by("one-time-code")
        .hint(page.say("new-password-code-hint"))
        .error(in_the_code.map(|refusal| said(page, refusal)));
    let form =
        FormPage::new(page, page.say("new-password-title"), "/new-password", page.say("password-submit"))
            .text(page.say("new-password-text"));
    let form = if opening.needs_code { form.field(code) } else { form };
    let [password, again] = new_fields(page, wrong);
    form.field(password).field(again).after(page.say("new-password-lost")).because(refusal)
}

fn gone(page: &Page) -> Result<Response, Failure> {
    FormPage::new(page, page.say("new-password-gone-title"), "", page.say("provider-unknown-again"))
        .text(page.say("new-password-gone-text"))
        .link_only("/sign-in")
        .because(Some(&Refusal::Expired))
        .show()
}
