//! The amounts that a party writes in the yearly review: one whole number of euros a line.

use std::collections::BTreeMap;

use axum::extract::{Form, Path as Place, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{self, Code, MOST_EUROS, MinutesFault, ReviewForm};
use liant_app::{AppError, StoreError};

use super::super::typed::Typed;
use super::super::{PAPERS, words};
use super::form::replaced;
use crate::components::Field;
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// What is wrong: a line, and what is said of it; of none, what is wrong with all of it.
type Wrong = (Option<Code>, String);

fn asked((programme, year): &(String, String)) -> Result<(Code, i16), Failure> {
    let programme = Code::parse(programme).map_err(|_| Failure::Absent)?;
    Ok((programme, year.parse().map_err(|_| Failure::Absent)?))
}

fn under(page: Page) -> Page {
    let title = page.w.say("papers-title").to_string();
    page.under(PAPERS, title)
}

async fn read(site: &Site, errand: Errand, asked: &(Code, i16)) -> Result<ReviewForm, Failure> {
    let (programme, year) = asked.clone();
    let read = move |context: &liant_app::Context<'_>, workplace: &liant_app::Workplace| {
        casework::review_form(context, workplace, (&programme, year))
    };
    site.act(errand, read).await
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let read = read(&site, errand, &asked(&place)?).await?;
    let written = read.draft.as_ref().and_then(|(.., amounts, _)| amounts.get(&read.party));
    let typed = written.map_or_else(Vec::new, |amounts| {
        amounts.iter().map(|(code, euros)| (code.to_string(), euros.to_string())).collect()
    });
    made(&under(page), &read, (&Typed(typed), &[]), StatusCode::OK)
}

pub(in crate::pages) async fn sent(
    State(site): State<Site>,
    page: Page,
    Place(place): Place<(String, String)>,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (typed, asked, page) = (Typed(pairs), asked(&place)?, under(page));
    let read = read(&site, errand.clone(), &asked).await?;
    let w = page.w;
    let amounts = match amounts(w, &read, &typed) {
        Ok(amounts) => amounts,
        Err(wrong) => return made(&page, &read, (&typed, &wrong), StatusCode::UNPROCESSABLE_ENTITY),
    };
    let replaces = replaced(&typed);
    let done = site.act(errand, move |context, workplace| {
        casework::draft_review(context, workplace, (&asked.0, asked.1), (amounts, replaces))
    });
    let refused = |wrong: Vec<Wrong>, status| made(&page, &read, (&typed, &wrong), status);
    match done.await {
        Ok(Ok(line)) => Ok(Redirect::to(&format!("{PAPERS}/{}?done=sealed", line.id)).into_response()),
        Ok(Err(faults)) => {
            let wrong = faults.into_iter().map(|fault| match fault {
                MinutesFault::NoAmount(code) | MinutesFault::TooLarge(code) => {
                    (Some(code), w.say("papers-wrong-amount").to_string())
                }
                _ => (None, w.say("papers-wrong-code").to_string()),
            });
            refused(wrong.collect(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::App(AppError::Store(StoreError::Conflict { .. }))) => {
            refused(vec![(None, w.say("papers-wrong-stale").into())], StatusCode::CONFLICT)
        }
        Err(Failure::App(AppError::Value(_))) => {
            refused(vec![(None, w.say("papers-wrong-keep").into())], StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(failure) => Err(failure),
    }
}

/// The lines of the party, with what was typed: a whole number, whose thousands may be apart.
fn amounts(w: Words, read: &ReviewForm, typed: &Typed) -> Result<BTreeMap<Code, u32>, Vec<Wrong>> {
    let (mut amounts, mut wrong) = (BTreeMap::new(), Vec::new());
    let review = read.programme.committees.as_ref().and_then(|rules| rules.review.as_ref());
    for line in review.into_iter().flat_map(|review| review.lines_of(&read.party)) {
        let text: String = typed.get(line.id.as_str()).chars().filter(|sign| !sign.is_whitespace()).collect();
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse::<u32>().ok().filter(|euros| digits && *euros <= MOST_EUROS) {
            Some(euros) => {
                amounts.insert(line.id.clone(), euros);
            }
            None => wrong.push((Some(line.id.clone()), w.say("papers-wrong-amount").into())),
        }
    }
    if wrong.is_empty() { Ok(amounts) } else { Err(wrong) }
}

fn made(
    page: &Page,
    read: &ReviewForm,
    (typed, wrong): (&Typed, &[Wrong]),
    status: StatusCode,
) -> Result<Response, Failure> {
    let w = page.w;
    let year = read.due.year;
    let review = read.programme.committees.as_ref().and_then(|rules| rules.review.as_ref());
    let review = review.ok_or(Failure::Absent)?;
    let party = space::party(w, read.party.as_str());
    let mut form = FormPage::new(
        page,
        w.say("papers-amounts-title").text("year", year).text("party", &party),
        format!("/committee/reviews/{}/{year}", read.programme.id),
        w.say("papers-seal"),
    )
    .text(
        w.say("papers-amounts-text").text("day", w.date(read.due.by)).text("source", w.cite(&review.source)),
    )
    .link(PAPERS, w.say("papers-back"))
    .with_status(status);
    form = form.hidden("read", "yes");
    if let Some((id, seal, _, signed)) = &read.draft {
        // As for minutes: what was read first, or nothing.
        let read_first =
            if typed.get("read").is_empty() { Some((*id, seal.clone())) } else { replaced(typed) };
        if let Some((id, seal)) = read_first {
            form = form.hidden("draft", id.to_string()).hidden("seal", seal);
        }
        if *signed > 0 {
            form = form.text(w.say("papers-form-signed"));
        }
    }
    for line in review.lines_of(&read.party) {
        let error = wrong.iter().find(|(code, _)| code.as_ref() == Some(&line.id));
        let field = Field::line(w, line.id.to_string(), words::capital(&words::said(w, &line.text)))
            .hint(w.say("papers-amount-hint"))
            .value(typed.get(line.id.as_str()))
            .wide(10)
            .error(error.map(|(_, text)| text.clone()));
        form = form.field(field);
    }
    let general = wrong.iter().find(|(code, _)| code.is_none()).map(|(_, text)| text.clone());
    form.refused(general).show()
}
