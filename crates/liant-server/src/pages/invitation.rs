//! An invitation accepted: by someone new, who gets an account; or by someone who has one, once she is signed in.
//!
//! The link's token goes into a cookie at once, so that it stays out of the address bar, of the history and of what a page
//! tells where it came from.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::Token;
use liant_access::password::Password;
use liant_app::accounts::invitations::{self, Invitation};
use liant_app::accounts::{AccountError, Office, Refusal};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::account::{Wrong, language_field, language_of, name_field, new_fields};
use super::form_page::{FormPage, said};
use super::sign_in::{advanced, buttons, cookie};
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::me::Me;
use crate::next::Next;
use crate::origin::Browser;
use crate::routes::{Access, Route, Table};
use crate::{Page, Site};

/// The routes of invitations.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get("/invitation/{token}", Access::Public), opened)
        .add(Route::get("/invitation", Access::Public), show)
        .add(Route::post("/invitation", Access::Public), sent)
        .add(Route::post("/invitation/accept", Access::SignedIn), accepted)
}

async fn opened(State(site): State<Site>, Path(token): Path<String>) -> Response {
    let mut response = Redirect::to("/invitation").into_response();
    let line = match Token::parse(&token) {
        Ok(token) => Cookie::Invitation.set(site.transport(), &token.reveal()),
        Err(_) => Cookie::Invitation.forget(site.transport()),
    };
    cookie(&mut response, line);
    response
}

fn held(browser: &Browser) -> Result<&Token, AccountError> {
    Ok(browser.invitation().ok_or(Refusal::Expired)?)
}

async fn look(site: &Site, browser: &Browser) -> Result<Result<Invitation, Refusal>, Failure> {
    let browser = browser.clone();
    site.office(move |office: &Office<'_>| invitations::look(office, held(&browser)?)).await
}

async fn show(State(site): State<Site>, browser: Browser, page: Page) -> Result<Response, Failure> {
    let Ok(invitation) = look(&site, &browser).await? else { return gone(&page) };
    if page.visitor().is_some() {
        return joining(&page, &invitation, None).show();
    }
    if invitation.has_account {
        return FormPage::new(&page, title(&page, &invitation), "", page.say("sign-in-submit"))
            .text(terms(&page, &invitation))
            .text(page.say("invitation-sign-in").text("email", invitation.email.as_str()))
            .link_only(Next::parse("/invitation").after("/sign-in"))
            .show();
    }
    let typed = Typed { language: page.w.code().to_owned(), ..Typed::default() };
    new_account(&site, &page, &invitation, &typed, None).show()
}

#[derive(Default, Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    again: Zeroizing<String>,
}

/// Makes the account of someone new.
async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let Ok(invitation) = look(&site, &browser).await? else { return gone(&page) };
    if typed.password != typed.again {
        return new_account(&site, &page, &invitation, &typed, Some(&Wrong::Different)).show();
    }
    let (name, lang, from) = (typed.name.clone(), language_of(&typed.language), browser.clone());
    let password = Password::new(&typed.password);
    let act = move |office: &Office<'_>| {
        invitations::accept_as_new(office, held(&from)?, &name, lang, &password, &from.origin())
    };
    match site.office(act).await? {
        Ok(step) => {
            let mut response = advanced(&site, &browser, &step, &Next::default());
            cookie(&mut response, Cookie::Invitation.forget(site.transport()));
            Ok(response)
        }
        Err(Refusal::Expired) => gone(&page),
        Err(refusal) => new_account(&site, &page, &invitation, &typed, Some(&Wrong::Refused(refusal))).show(),
    }
}

/// Accepts as who is signed in.
async fn accepted(
    State(site): State<Site>,
    Me(who): Me,
    browser: Browser,
    page: Page,
) -> Result<Response, Failure> {
    let Ok(invitation) = look(&site, &browser).await? else { return gone(&page) };
    let from = browser.clone();
    let act = move |office: &Office<'_>| invitations::accept_signed_in(office, &who, held(&from)?);
    match site.office(act).await? {
        Ok(()) => {
            let mut response = Redirect::to("/account?done=invitation").into_response();
            cookie(&mut response, Cookie::Invitation.forget(site.transport()));
            Ok(response)
        }
        Err(Refusal::Expired) => gone(&page),
        Err(refusal) => joining(&page, &invitation, Some(&refusal)).show(),
    }
}

fn title(page: &Page, invitation: &Invitation) -> String {
    page.say("invitation-title").text("organisation", &invitation.organisation_name).into()
}

fn terms(page: &Page, invitation: &Invitation) -> String {
    let w = page.w;
    w.say("invitation-terms")
        .text("role", w.typeset(&invitation.role.label(w.lang())))
        .text("until", w.full_day(invitation.expires_at.date()))
        .into()
}

fn gone(page: &Page) -> Result<Response, Failure> {
    FormPage::new(page, page.say("invitation-gone-title"), "", page.say("crumbs-home"))
        .text(page.say("invitation-gone-text"))
        .link_only("/")
        .show()
}

fn new_account<'a>(
    site: &Site,
    page: &'a Page,
    invitation: &Invitation,
    typed: &Typed,
    wrong: Option<&Wrong>,
) -> FormPage<'a> {
    let refusal = match wrong {
        Some(Wrong::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let told_in_a_field = matches!(refusal, Some(Refusal::Name | Refusal::Password(_)));
    let [password, again] = new_fields(page, wrong);
    FormPage::new(page, title(page, invitation), "/invitation", page.say("invitation-create"))
        .text(terms(page, invitation))
        .text(page.say("invitation-address").text("email", invitation.email.as_str()))
        .instead(buttons(site, page, &Next::default()), page.say("invitation-password"))
        .refused(refusal.filter(|_| !told_in_a_field).map(|refusal| said(page, refusal)))
        .field(name_field(page, &typed.name, refusal))
        .field(language_field(page.w, language_of(&typed.language)))
        .field(password)
        .field(again)
        .because(refusal)
}

fn joining<'a>(page: &'a Page, invitation: &Invitation, refusal: Option<&Refusal>) -> FormPage<'a> {
    FormPage::new(page, title(page, invitation), "/invitation/accept", page.say("invitation-accept"))
        .text(terms(page, invitation))
        .text(page.say("invitation-join"))
        .refused(refusal.map(|refusal| said(page, refusal)))
        .link("/", page.say("invitation-later"))
        .because(refusal)
}

#[cfg(test)]
mod tests;
