//! Sessions ended, and the organisation changed.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::accounts::{Office, Refusal, sessions};
use liant_model::{MembershipId, SessionId};
use serde::Deserialize;

use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, said};
use crate::pages::sign_in::cookie;
use crate::{Page, Site};

pub(super) async fn ended(
    State(site): State<Site>,
    Me(who): Me,
    Path(session): Path<String>,
) -> Result<Response, Failure> {
    let session: SessionId = session.parse().map_err(|_| Failure::Absent)?;
    let act = move |office: &Office<'_>| sessions::revoke(office, &who, session);
    site.office(act).await??;
    Ok(Redirect::to("/account?done=session").into_response())
}

pub(super) async fn ended_others(State(site): State<Site>, Me(who): Me) -> Result<Response, Failure> {
    let act = move |office: &Office<'_>| sessions::revoke_others(office, &who);
    site.office(act).await??;
    Ok(Redirect::to("/account?done=sessions").into_response())
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    membership: String,
}

pub(super) async fn switched(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Failure> {
    // Nothing was ticked: nothing changes.
    let Ok(membership) = chosen.membership.parse::<MembershipId>() else {
        return Ok(Redirect::to("/account").into_response());
    };
    match site.office(move |office| sessions::switch(office, &who, membership)).await? {
        Ok((token, _)) => {
            let mut response = Redirect::to("/account?done=seat").into_response();
            cookie(&mut response, Cookie::Session.set(site.transport(), &token.reveal()));
            Ok(response)
        }
        Err(refusal @ Refusal::FactorNeeded) => {
            FormPage::new(&page, page.say("seat-title"), "/sign-out", page.say("sign-out"))
                .refused(Some(said(&page, &refusal)))
                .because(Some(&refusal))
                .link("/account", page.say("cancel"))
                .show()
        }
        Err(other) => Err(other.into()),
    }
}
