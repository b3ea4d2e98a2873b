//! Whether she agrees to be reached by e-mail and telephone.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::space::contact;
use serde::Deserialize;

use crate::components::Notice;
use crate::failure::Failure;
use crate::me::Own;
use crate::words::Words;
use crate::{Page, Site};

#[derive(Template)]
#[template(path = "space/contact.html")]
struct Contact<'a> {
    page: &'a Page,
    w: Words,
    is_given: bool,
    said: Vec<String>,
}

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    done: String,
}

pub(super) async fn show(
    State(site): State<Site>,
    mut page: Page,
    Query(asked): Query<Asking>,
    own: Own,
) -> Result<Response, Failure> {
    let w = page.w;
    let said = site.hers(own, contact::said).await?;
    page.notice = (asked.done == "1").then(|| Notice::done(w, w.say("space-contact-done")));
    page.show(&Contact {
        page: &page,
        w,
        is_given: said.first().is_some_and(|row| row.given),
        said: said
            .iter()
            .map(|row| {
                let key = if row.given { "space-contact-given" } else { "space-contact-withdrawn" };
                w.say(key).text("day", w.date(row.at.date())).into()
            })
            .collect(),
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    given: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    own: Own,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let given = match typed.given.as_str() {
        "1" => true,
        "0" => false,
        _ => return Err(Failure::Bad),
    };
    site.hers(own, move |context, workplace, her| contact::say(context, workplace, her, given)).await?;
    Ok(Redirect::to("/me/contact?done=1").into_response())
}
