//! A form that was sent: on screen, on paper; and an empty one, to be filled in by hand.

use askama::Template;
use axum::extract::{Path as Place, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::casework::{self, FormModel, FormView, FormWay};
use liant_app::{AppError, Context, Workplace, press};
use liant_model::{FormId, Lang};

use super::said;
use crate::components::{Link, Notice, SummaryList, Why};
use crate::failure::Failure;
use crate::pages::person::id;
use crate::pages::space::as_file;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// The name of the file: it names nobody.
const NAME: &str = "fiche-de-liaison.pdf";

/// A form that was sent, as somebody reads it.
#[derive(Template)]
#[template(path = "casework/form.html")]
pub(in crate::pages) struct FormPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    about: String,
    parts: Vec<(String, SummaryList)>,
    seal: String,
    /// Where it is had on paper; none: this is the paper.
    paper: Option<String>,
    /// Where its sender makes an encrypted archive of it.
    archive: Option<String>,
    back: Link,
    why: Why,
}

impl<'a> FormPage<'a> {
    /// The page of a form.
    pub(in crate::pages) fn new(
        page: &'a Page,
        form: &FormView,
        (paper, back, why): (Option<String>, Link, Why),
    ) -> Self {
        let w = page.w;
        let clauses = form.clauses.iter().map(|clause| Link::new("", w.cite(clause))).collect();
        let about = w
            .say("liaison-about")
            .text("programme", w.typeset(&form.title))
            .text("day", w.date(form.sent_on));
        let parts = said::lines(w, &form.form).into_iter();
        Self {
            page,
            w,
            title: w.say("liaison-title").text("model", said::model(w, form.form.model)).into(),
            about: about.into(),
            parts: parts.map(|(title, lines)| (title, said::list(w, lines))).collect(),
            seal: form.seal.to_string(),
            paper,
            archive: None,
            back,
            why: why.by(clauses).without(form.held_back as u64),
        }
    }
}

pub(super) fn of(place: &(String, String)) -> Result<(liant_model::PersonId, FormId), Failure> {
    Ok((id(&place.0)?, place.1.parse().map_err(|_| Failure::Absent)?))
}

/// On screen.
pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let ((person, form), w) = (of(&place)?, page.w);
    let view = site.act(errand, move |context, workplace| {
        casework::form(context, workplace, (person, form), FormWay::Screen, w.lang())
    });
    let view = view.await?;
    let back = super::super::address(person);
    let page = page.under(back.clone(), w.say("casework-crumb"));
    let (paper, archive) = (format!("{back}/forms/{form}/paper"), format!("{back}/forms/{form}/archive"));
    let why = Why::new(w, w.say("liaison-why")).shown_to_person();
    let screen = FormPage::new(&page, &view, (Some(paper), Link::new(back, w.say("casework-back")), why));
    page.show(&FormPage { archive: view.may_archive.then_some(archive), ..screen })
}

/// On paper: the PDF that the template of its convention makes, or a page to print.
pub(in crate::pages) async fn paper(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (person, form) = of(&place)?;
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        let view = casework::form(context, workplace, (person, form), FormWay::Hand, Lang::Fr)?;
        let made = press::liaison_form(context, workplace, &view, Lang::Fr);
        Ok((view, pressed(made)?))
    };
    let (view, made) = site.act(errand, act).await?;
    let w = page.w;
    let back = Link::new(format!("{}/forms/{form}", super::super::address(person)), w.say("liaison-back"));
    printed(page, (&view, made), (back, Why::new(w, w.say("liaison-why")).shown_to_person()))
}

/// A document, or nothing where none can be made.
pub(in crate::pages) fn pressed(made: Result<Vec<u8>, AppError>) -> Result<Option<Vec<u8>>, AppError> {
    match made {
        Ok(document) => Ok(Some(document)),
        Err(AppError::Press(trouble)) => {
            tracing::warn!(why = trouble.words(Lang::En), "a form was not made as a document");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// A form as a document, or as a page to print where there is none.
pub(in crate::pages) fn printed(
    mut page: Page,
    (view, made): (&FormView, Option<Vec<u8>>),
    (back, why): (Link, Why),
) -> Result<Response, Failure> {
    if let Some(document) = made {
        return Ok(as_file(([(header::CONTENT_TYPE, "application/pdf")], document).into_response(), NAME));
    }
    page.notice = Some(Notice::important(page.w, page.w.say("liaison-print-this")));
    page.show(&FormPage::new(&page, view, (None, back, why)))
}

/// An empty form of the convention in force, to be filled in by hand.
pub(in crate::pages) async fn blank(
    State(site): State<Site>,
    Place(model): Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let model: FormModel = model.parse().map_err(|_| Failure::Absent)?;
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        press::blank_in_force(context, workplace, model, Lang::Fr)
    };
    let document = site.act(errand, act).await?;
    Ok(as_file(([(header::CONTENT_TYPE, "application/pdf")], document).into_response(), NAME))
}
