//! Going out, here and at the provider where the session was opened.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::Token;
use liant_app::accounts::{Office, sessions};
use serde::Deserialize;

use super::{cookie, forget_pages, provider};
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::me::Me;
use crate::origin::Browser;
use crate::pages::form_page::FormPage;
use crate::{Page, Site};

/// Where she is told that she is out: the `post_logout_redirect_uri` that is declared to providers.
pub(super) const DONE: &str = "/signed-out";

pub(super) async fn sent(State(site): State<Site>, Me(who): Me, page: Page) -> Result<Response, Failure> {
    let act = move |office: &Office<'_>| sessions::sign_out(office, &who);
    // A session that has ended meanwhile is signed out.
    let elsewhere = match site.office(act).await?.ok().flatten() {
        Some(logout) => provider::sign_out_there(&site, &page, logout, (DONE, "/sign-in")).await?,
        None => None,
    };
    let mut response = elsewhere.unwrap_or_else(|| Redirect::to(DONE).into_response());
    cookie(&mut response, Cookie::Session.forget(site.transport()));
    forget_pages(&mut response);
    Ok(response)
}

/// What a provider sends the browser back with.
#[derive(Deserialize)]
pub(super) struct Returned {
    #[serde(default)]
    state: String,
}

pub(super) async fn done(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(returned): Query<Returned>,
) -> Result<Response, Failure> {
    if page.visitor().is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let given = Token::parse(&returned.state).ok();
    let is_ours = browser.leaving().zip(given).is_some_and(|(asked, given)| asked.hash() == given.hash());
    let text = if is_ours { page.say("signed-out-there") } else { page.say("signed-out-text") };
    let mut response =
        FormPage::new(&page, page.say("signed-out-title"), "/sign-in", page.say("signed-out-again"))
            .text(text)
            .link_only("/sign-in")
            .show()?;
    if is_ours {
        cookie(&mut response, Cookie::Leaving.forget(site.transport()));
    }
    Ok(response)
}
