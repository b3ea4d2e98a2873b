//! The password: the present one, and a new one that is held to the rules.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::password::Password;
use liant_app::accounts::{Refusal, passwords};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::components::Field;
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, said};
use crate::pages::sign_in::cookie;
use crate::{Page, Site};

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    screen(&page, None).show()
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    present: Zeroizing<String>,
    #[serde(default)]
    password: Zeroizing<String>,
    #[serde(default)]
    again: Zeroizing<String>,
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    if typed.password != typed.again {
        return screen(&page, Some(&Wrong::Different)).show();
    }
    let (present, new) = (Password::new(&typed.present), Password::new(&typed.password));
    match site.office(move |office| passwords::change(office, &who, &present, &new)).await? {
        // She has just done it herself: the notice would tell her nothing.
        Ok((token, _)) => {
            let mut response = Redirect::to("/account?done=password").into_response();
            cookie(&mut response, Cookie::Session.set(site.transport(), &token.reveal()));
            Ok(response)
        }
        Err(refusal) => screen(&page, Some(&Wrong::Refused(refusal))).show(),
    }
}

/// What is wrong with passwords that were typed.
pub(in crate::pages) enum Wrong {
    /// The new one was not typed twice alike.
    Different,
    /// A rule refuses.
    Refused(Refusal),
}

fn screen<'a>(page: &'a Page, wrong: Option<&Wrong>) -> FormPage<'a> {
    let w = page.w;
    let refusal = match wrong {
        Some(Wrong::Refused(refusal)) => Some(refusal),
        _ => None,
    };
    let present_error = match refusal {
        Some(Refusal::Wrong) => Some(page.say("password-present-wrong").into()),
        Some(refusal @ Refusal::TooSoon { .. }) => Some(said(page, refusal)),
        _ => None,
    };
    let present =
        Field::password(w, "present", page.say("password-present"), "current-password").error(present_error);
    let [new, again] = new_fields(page, wrong);
    FormPage::new(page, page.say("password-title"), "/account/password", page.say("password-submit"))
        .text(page.say("password-text"))
        .field(present)
        .field(new)
        .field(again)
        .link("/account", page.say("cancel"))
        .because(refusal)
}

/// The questions of a new password: also asked by an invitation.
pub(in crate::pages) fn new_fields(page: &Page, wrong: Option<&Wrong>) -> [Field; 2] {
    let w = page.w;
    let (weak, different) = match wrong {
        Some(Wrong::Refused(refusal @ Refusal::Password(_))) => (Some(said(page, refusal)), None),
        Some(Wrong::Different) => (None, Some(page.say("password-different").into())),
        _ => (None, None),
    };
    [
        Field::password(w, "password", page.say("password-new"), "new-password")
            .hint(page.say("password-hint"))
            .error(weak),
        Field::password(w, "again", page.say("password-again"), "new-password").error(different),
    ]
}
