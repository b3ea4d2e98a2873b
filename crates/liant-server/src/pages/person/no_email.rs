//! Someone tells who follows her that she wants no more e-mail.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::space::contact;

use super::id;
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::{Errand, Page, Site};

/// Asks once more.
pub(in crate::pages) async fn ask(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    site.act(errand, move |context, workplace| contact::of_person(context, workplace, person)).await?;
    let (w, back) = (page.w, format!("/people/{person}"));
    let page = page.under(back.clone(), w.say("address-person"));
    FormPage::new(&page, w.say("contact-stop-title"), format!("{back}/contact"), w.say("contact-stop-submit"))
        .text(w.say("contact-stop-text"))
        .link(back, w.say("cancel"))
        .show()
}

/// Records it.
pub(in crate::pages) async fn stop(
    State(site): State<Site>,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    site.act(errand, move |context, workplace| contact::taken_back(context, workplace, person)).await?;
    Ok(Redirect::to(&format!("/people/{person}?done=no-email")).into_response())
}
