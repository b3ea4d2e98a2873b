//! The contract with the person and the diagnosis on paper: the PDF that their template makes, or a page to print.

use askama::Template;
use axum::extract::{Path as Place, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::casework::{self, Code, PaperKey, PaperLine, PaperView, PaperWords, RecordTrack};
use liant_app::{AppError, Context, Workplace, press};
use liant_model::{Date, Lang, PersonId};

use super::super::form::pressed;
use super::super::words;
use super::address;
use super::said::{self, Says, says};
use crate::components::{Link, Notice, Why};
use crate::failure::Failure;
use crate::pages::people::whole_name;
use crate::pages::person::id;
use crate::pages::space::as_file;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// A contract or a diagnosis, as a page to print.
#[derive(Template)]
#[template(path = "casework/record_paper.html")]
struct PaperPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    programme: String,
    who: String,
    lines: Vec<String>,
    says: Says,
    back: Link,
    why: Why,
}

/// Where a paper is asked for.
pub(super) fn link(w: Words, (person, track): (PersonId, &RecordTrack), line: &PaperLine) -> Link {
    let text = words::capital(&w.typeset(&line.text));
    let text: String = match line.on {
        Some(on) => w.say("working-paper-of").text("what", text).text("day", w.date(on)).into(),
        None => w.say("working-paper-draft").text("what", text).into(),
    };
    Link::new(format!("{}/{}/papers/{}", address(person), track.programme, line.key), text)
}

/// The words of a document.
fn document(w: Words, view: &PaperView) -> liant_documents::RecordPaper {
    view.document(&PaperWords {
        person: whole_name(w, &view.name),
        title: words::capital(&w.typeset(&view.text)),
        typeset: &|text| words::capital(&w.typeset(text)),
        day: &|day| w.date(day),
        state: &|state, since, reason| said::standing(w, (state, reason), since),
        left: w.say("working-left").into(),
    })
}

/// The document, in French as it is signed; nothing where none can be made.
pub(in crate::pages) fn made(
    context: &Context<'_>,
    workplace: &Workplace,
    view: &PaperView,
) -> Result<Option<Vec<u8>>, AppError> {
    let document = document(Words::new(Lang::Fr, context.now().date()), view);
    pressed(press::record_paper(context, workplace, (&document, view.made_on), Lang::Fr))
}

/// The document, or a page to print where there is none.
pub(in crate::pages) fn printed(
    mut page: Page,
    (view, made): (&PaperView, Option<Vec<u8>>),
    (back, why): (Link, Why),
) -> Result<Response, Failure> {
    if let Some(document) = made {
        let name = format!("{}.pdf", view.form);
        return Ok(as_file(([(header::CONTENT_TYPE, "application/pdf")], document).into_response(), &name));
    }
    let w = page.w;
    page.notice = Some(Notice::important(w, w.say("liaison-print-this")));
    let clauses = view.clauses.iter().map(|clause| Link::new("", w.cite(clause))).collect();
    let day = |key: &'static str, day: Option<Date>| -> Option<String> {
        day.map(|day| w.say(key).text("day", w.date(day)).into())
    };
    let by = view.by.as_ref().map_or_else(|| view.role.clone(), |by| format!("{by}, {}", view.role));
    let lines = [
        Some(
            w.say("working-paper-by").text("party", w.typeset(&view.party)).text("by", w.typeset(&by)).into(),
        ),
        day("working-paper-on", view.on),
        day("working-paper-until", view.until),
    ];
    page.show(&PaperPage {
        page: &page,
        w,
        title: words::capital(&w.typeset(&view.text)),
        programme: w.typeset(&view.title),
        who: whole_name(w, &view.name),
        lines: lines.into_iter().flatten().collect(),
        says: says(w, &view.says),
        back,
        why: why.by(clauses),
    })
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place((person, programme, paper)): Place<(String, String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (person, w) = (id(&person)?, page.w);
    let programme = Code::parse(&programme).map_err(|_| Failure::Absent)?;
    let key = PaperKey::parse(&paper).ok_or(Failure::Absent)?;
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        let view = casework::record_paper(context, workplace, (person, &programme, &key), Lang::Fr)?;
        let made = made(context, workplace, &view)?;
        Ok((view, made))
    };
    let (view, made) = site.act(errand, act).await?;
    let back = Link::new(address(person), w.say("working-crumb"));
    printed(page, (&view, made), (back, Why::new(w, w.say("working-why")).shown_to_person()))
}
