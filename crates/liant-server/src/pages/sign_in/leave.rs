//! Going out.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::accounts::{Office, sessions};

use super::cookie;
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::FormPage;
use crate::{Page, Site};

pub(super) async fn sent(State(site): State<Site>, Me(who): Me) -> Result<Response, Failure> {
    let act = move |office: &Office<'_>| sessions::sign_out(office, &who);
    // A session that has ended meanwhile is signed out.
    let _done = site.office(act).await?;
    let mut response = Redirect::to("/signed-out").into_response();
    cookie(&mut response, Cookie::Session.forget(site.transport()));
    Ok(response)
}

pub(super) async fn done(page: Page) -> Result<Response, Failure> {
    if page.visitor().is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    FormPage::new(&page, page.say("signed-out-title"), "/sign-in", page.say("signed-out-again"))
        .text(page.say("signed-out-text"))
        .link_only("/sign-in")
        .show()
}
