//! A protected address (*adresse protégée*): protected for a coded reason, and no longer, by who needs it.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::addresses::{self, Protection};
use liant_app::lookups::{self, Assessment};
use liant_app::{AppError, Context, Workplace};
use liant_model::{Lang, PersonId};

use super::reason_field;
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::person::id;
use crate::{Errand, Page, Site};

/// What the form sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
}

type Found = (Option<Protection>, Vec<(String, String)>);

/// Whether the address is protected, and the reasons there may be; of someone close, once a reason is declared.
fn look(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, lang): (PersonId, Lang),
) -> Result<Found, AppError> {
    if let Some(bar) = lookups::assess(context, workplace, person)?.and_then(Assessment::bar) {
        return Err(AppError::Close(bar));
    }
    Ok((addresses::state(context, workplace, person, lang)?, addresses::reasons(workplace, lang)))
}

/// The form that protects an address, or that ends it.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let wanted = (person, page.w.lang());
    let found = site.act(errand, move |context, workplace| look(context, workplace, wanted)).await?;
    answer(page, person, &found, None)
}

/// Protects it.
pub(super) async fn protect(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let wanted = (person, page.w.lang());
    let reason = typed.reason.clone();
    let done = site.act(errand, move |context, workplace| {
        let found = look(context, workplace, wanted)?;
        match addresses::protect(context, workplace, person, &reason) {
            Ok(()) => Ok(None),
            Err(AppError::NoSuchWord { .. }) => Ok(Some(found)),
            Err(error) => Err(error),
        }
    });
    match done.await? {
        None => Ok(Redirect::to(&format!("/people/{person}?done=protected")).into_response()),
        Some(found) => answer(page, person, &found, Some(&typed.reason)),
    }
}

/// Ends its protection.
pub(super) async fn unprotect(
    State(site): State<Site>,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    site.act(errand, move |context, workplace| addresses::unprotect(context, workplace, person)).await?;
    Ok(Redirect::to(&format!("/people/{person}?done=unprotected")).into_response())
}

fn answer(
    page: Page,
    person: PersonId,
    (protection, reasons): &Found,
    typed: Option<&str>,
) -> Result<Response, Failure> {
    let w = page.w;
    let back = format!("/people/{person}");
    let page = page.under(back.clone(), w.say("address-person"));
    let Some(protection) = protection else {
        let field = reason_field(w, "address-reason", reasons, typed.unwrap_or_default(), typed.is_some());
        return FormPage::new(
            &page,
            w.say("address-protect"),
            format!("{back}/address"),
            w.say("address-submit"),
        )
        .text(w.say("address-protect-text"))
        .field(field)
        .link(back, w.say("cancel"))
        .after(w.say("address-protect-end"))
        .show();
    };
    let since = w.say("address-since").text("day", w.date(protection.since.date()));
    match &protection.grounds {
        Some((reason, by)) => FormPage::new(
            &page,
            w.say("address-end"),
            format!("{back}/address/end"),
            w.say("address-end-submit"),
        )
        .text(since)
        .text(w.say("address-grounds").text("reason", w.typeset(reason)).text("who", by))
        .text(w.say("address-end-text"))
        .grave()
        .link(back, w.say("cancel"))
        .show(),
        None => FormPage::new(&page, w.say("address-protected"), back.clone(), w.say("address-back"))
            .text(since)
            .text(w.say("address-hidden"))
            .link_only(back)
            .show(),
    }
}
