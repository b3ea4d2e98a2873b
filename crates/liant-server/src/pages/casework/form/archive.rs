//! A form that was sent, as an encrypted archive for a partner who does not read it here: the passphrase is shown on the page that makes it,
//! and is kept by nobody; the archive is asked for with it.

use askama::Template;
use axum::extract::{Form, Path as Place, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::archive::{Passphrase, encrypted};
use liant_app::casework::{self, ArchiveOffer, FormView};
use liant_app::{Context, Workplace, press};
use liant_model::Lang;

use super::read::{of, pressed};
use super::said::{self, Part};
use crate::components::Why;
use crate::failure::Failure;
use crate::pages::form_page::answered;
use crate::pages::space::as_file;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// The name of the archive, and of the file in it by its kind: in clear in every archive, they name nobody.
const NAME: &str = "fiche-de-liaison.zip";
const DOCUMENT: &str = "fiche-de-liaison.pdf";
const SHEET: &str = "fiche-de-liaison.html";

/// What is said before the archive is made, with its passphrase.
#[derive(Template)]
#[template(path = "casework/form_archive.html")]
struct ArchivePage<'a> {
    page: &'a Page,
    w: Words,
    to: String,
    about: String,
    held_back: String,
    passphrase: &'a Passphrase,
    action: String,
    back: String,
    why: Why,
}

/// The form as a page that needs nothing beside it: what the archive holds where no document can be made.
#[derive(Template)]
#[template(path = "casework/form_sheet.html")]
struct Sheet {
    w: Words,
    title: String,
    about: String,
    parts: Vec<Part>,
    held_back: String,
    seal: String,
    clauses: Vec<String>,
}

impl Sheet {
    fn new(w: Words, form: &FormView) -> Self {
        let about = w
            .say("liaison-about")
            .text("programme", w.typeset(&form.title))
            .text("day", w.date(form.sent_on));
        Self {
            w,
            title: w.say("liaison-title").text("model", said::model(w, form.form.model)).into(),
            about: about.into(),
            parts: said::lines(w, &form.form),
            held_back: held_back(w, form.held_back),
            seal: form.seal.to_string(),
            clauses: form.clauses.iter().map(|clause| w.cite(clause)).collect(),
        }
    }
}

fn held_back(w: Words, many: usize) -> String {
    if many == 0 {
        String::new()
    } else {
        w.say("liaison-archive-held-back").with("count", many as u64).into()
    }
}

/// What is about to leave, to whom, and the passphrase.
pub(in crate::pages) async fn ask(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let ((person, form), w) = (of(&place)?, page.w);
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        casework::archive_offer(context, workplace, (person, form))
    };
    let ArchiveOffer { model, sent_on, organisation, held_back: many } = site.act(errand, act).await?;
    let path = super::super::address(person);
    let back = format!("{path}/forms/{form}");
    let about = w.say("liaison-line").text("day", w.date(sent_on)).text("model", said::model(w, model));
    let page = page.under(path, w.say("casework-crumb")).under(back.clone(), about.clone());
    let passphrase = Passphrase::make()?;
    let screen = ArchivePage {
        page: &page,
        w,
        to: w.typeset(&organisation),
        about: about.into(),
        held_back: held_back(w, many),
        passphrase: &passphrase,
        action: format!("{back}/archive"),
        back,
        why: Why::new(w, w.say("liaison-why")).shown_to_person(),
    };
    answered(&page, &screen, StatusCode::OK, None)
}

/// What the page sends: the passphrase that it showed.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(in crate::pages) struct Asked {
    passphrase: String,
}

/// The archive.
pub(in crate::pages) async fn take(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String)>,
    errand: Errand,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let (person, form) = of(&place)?;
    let passphrase: Option<Passphrase> = asked.passphrase.parse().ok();
    let is_there = passphrase.is_some();
    // In French, as the paper is: it goes to a partner, whoever makes it.
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        if !is_there {
            casework::archive_offer(context, workplace, (person, form))?;
            return Ok(None);
        }
        let view = casework::archive(context, workplace, (person, form), Lang::Fr)?;
        let made = press::liaison_form(context, workplace, &view, Lang::Fr);
        Ok(Some((view, pressed(made)?)))
    };
    let done = site.act(errand, act).await?;
    let (Some((view, made)), Some(passphrase)) = (done, passphrase) else {
        let ask = format!("{}/forms/{form}/archive", super::super::address(person));
        return Ok(Redirect::to(&ask).into_response());
    };
    let archive = if let Some(document) = made {
        encrypted(DOCUMENT, &document, &passphrase)
    } else {
        let sheet = Sheet::new(Words::new(Lang::Fr, page.w.today()), &view).render();
        let sheet = sheet.map_err(|error| Failure::internal(error.to_string()))?;
        encrypted(SHEET, sheet.as_bytes(), &passphrase)
    };
    let archive = ([(header::CONTENT_TYPE, "application/zip")], archive?).into_response();
    Ok(as_file(archive, NAME))
}
