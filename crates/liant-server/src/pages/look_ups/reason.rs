//! Why someone opens the file of herself, of a relative or of a colleague: declared before it opens.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::close::Closeness;
use liant_app::lookups::{self, Assessment};
use liant_app::{AppError, CloseBar, Context, Workplace};
use liant_model::{Lang, PersonId};

use super::reason_field;
use crate::failure::Failure;
use crate::next::Next;
use crate::pages::form_page::FormPage;
use crate::pages::person::id;
use crate::{Errand, Page, Site};

/// Where to go once the reason is declared.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    next: String,
}

/// What the form sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
    next: String,
}

/// The person, and the page of hers that was asked for.
struct About {
    person: PersonId,
    is_reviewer: bool,
    next: String,
}

impl About {
    fn new(page: &Page, person: &str, next: &str) -> Result<Self, Failure> {
        let person = id(person)?;
        let home = format!("/people/{person}");
        let is_reviewer = page.is_here(&format!("{home}/identity/reason"));
        let asked = Next::parse(next);
        // A page of hers, and no other.
        let of_hers =
            asked.place().strip_prefix(&home).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let next = match (of_hers, is_reviewer) {
            (true, _) => asked.place().to_owned(),
            (false, true) => format!("{home}/identity"),
            (false, false) => home,
        };
        Ok(Self { person, is_reviewer, next })
    }

    /// This page, as its form and its redirections call it.
    fn here(&self) -> String {
        let place = if self.is_reviewer { "identity/reason" } else { "reason" };
        format!("/people/{}/{place}", self.person)
    }
}

type Reasons = Vec<(String, String)>;

fn look(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, lang): (PersonId, Lang),
) -> Result<(Option<CloseBar>, Reasons), AppError> {
    let found = lookups::assess(context, workplace, person)?;
    Ok((found.and_then(Assessment::bar), lookups::reasons(workplace, lang)))
}

/// The form; or where the reason stands that was declared.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let about = About::new(&page, &person, &asking.next)?;
    let wanted = (about.person, page.w.lang());
    let found = site.act(errand, move |context, workplace| look(context, workplace, wanted)).await?;
    answer(&page, &about, found, None)
}

/// Declares the reason.
pub(super) async fn declare(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let about = About::new(&page, &person, &typed.next)?;
    let wanted = (about.person, page.w.lang());
    let reason = typed.reason.clone();
    let declared = site.act(errand, move |context, workplace| {
        let found = look(context, workplace, wanted)?;
        let Some(CloseBar::Declare(closeness)) = found.0 else { return Ok(Err(found)) };
        match lookups::declare(context, workplace, wanted.0, &reason) {
            Ok(_) => Ok(Ok(closeness)),
            Err(AppError::NoSuchWord { .. }) => Ok(Err(found)),
            Err(error) => Err(error),
        }
    });
    match declared.await? {
        Ok(Closeness::Oneself) => Ok(Redirect::to(&about.here()).into_response()),
        Ok(Closeness::Relative | Closeness::Colleague) => Ok(Redirect::to(&about.next).into_response()),
        Err(found) => answer(&page, &about, found, Some(&typed.reason)),
    }
}

fn answer(
    page: &Page,
    about: &About,
    (bar, reasons): (Option<CloseBar>, Reasons),
    typed: Option<&str>,
) -> Result<Response, Failure> {
    let told = |title, text, help| {
        FormPage::new(page, page.say(title), "/", page.say("reason-home"))
            .text(page.say(text))
            .text(page.say(help))
            .link_only("/")
            .with_status(StatusCode::OK)
            .show()
    };
    match bar {
        None => Ok(Redirect::to(&about.next).into_response()),
        Some(CloseBar::AwaitReview) => told("reason-await-title", "reason-await-text", "reason-await-help"),
        Some(CloseBar::Closed) => told("reason-closed-title", "reason-closed-text", "reason-closed-help"),
        Some(CloseBar::Declare(closeness)) => {
            let (caught, then) = match closeness {
                Closeness::Oneself => ("reason-oneself", "reason-then-oneself"),
                Closeness::Relative => ("reason-relative", "reason-then"),
                Closeness::Colleague => ("reason-colleague", "reason-then"),
            };
            let field =
                reason_field(page.w, "reason-label", &reasons, typed.unwrap_or_default(), typed.is_some());
            FormPage::new(page, page.say("reason-title"), about.here(), page.say("reason-submit"))
                .text(page.say(caught))
                .text(page.say(then))
                .field(field)
                .hidden("next", &about.next)
                .link("/", page.say("reason-give-up"))
                .after(page.say("reason-why"))
                .show()
        }
    }
}
