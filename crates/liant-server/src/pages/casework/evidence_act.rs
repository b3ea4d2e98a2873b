//! What is done to a half-yearly list: frozen, signed, taken out. Each is asked before it is done.

use std::str::FromStr as _;

use askama::Template;
use axum::extract::{Form, Path as Place, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::casework::{self, EvidenceDesk, EvidenceHalf, EvidenceHalves, EvidenceList, HalfYear};
use liant_app::people::Format;
use liant_app::{AppError, StoreError};
use liant_model::{Party, Uuid};

use super::committee::as_file;
use super::evidence::{desk, half, signed, why};
use super::{EVIDENCE, words};
use crate::components::{Choice, Errors, Field, Why};
use crate::failure::Failure;
use crate::pages::form_page::answered;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/evidence_act.html")]
struct ActPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    texts: Vec<String>,
    errors: Errors,
    facts: Vec<(String, String)>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    field: Option<Field>,
    submit: String,
    is_grave: bool,
    why: Why,
}

impl<'a> ActPage<'a> {
    fn new(page: &'a Page, desk: &EvidenceDesk, title: String, action: String) -> Self {
        let w = page.w;
        Self {
            page,
            w,
            title,
            texts: Vec::new(),
            errors: Errors::of(w, &[]),
            facts: Vec::new(),
            action,
            hidden: Vec::new(),
            field: None,
            submit: String::new(),
            is_grave: false,
            why: why(w, desk),
        }
    }

    fn show(self, wrong: Option<(&'static str, StatusCode)>) -> Result<Response, Failure> {
        let (page, w) = (self.page, self.w);
        let status = wrong.map_or(StatusCode::OK, |(_, status)| status);
        let errors = match wrong {
            Some((key, _)) => self.errors.and(w.say(key).to_string()),
            None => self.errors,
        };
        answered(page, &Self { errors, ..self }, status, None)
    }
}

fn under(page: Page) -> Page {
    let title = page.w.say("evidence-title").to_string();
    page.under(EVIDENCE, title)
}

/// Why an act was not done, where the form says it.
fn refusal(failure: Failure, taken: &'static str) -> Result<(&'static str, StatusCode), Failure> {
    match failure {
        Failure::App(AppError::Store(StoreError::Conflict { .. })) => Ok((taken, StatusCode::CONFLICT)),
        Failure::App(AppError::Value(_)) => Ok(("evidence-wrong-keep", StatusCode::UNPROCESSABLE_ENTITY)),
        other => Err(other),
    }
}

/// A half-year that the address names, with the programme's lists.
fn find_half<'d>(
    desk: &'d EvidenceDesk,
    programme: &str,
    named: &str,
) -> Result<(&'d EvidenceHalves, &'d EvidenceHalf), Failure> {
    let named = HalfYear::from_str(named).map_err(|_| Failure::Absent)?;
    let lists = desk.lists.iter().find(|one| one.programme.as_str() == programme).ok_or(Failure::Absent)?;
    let one = lists.halves.iter().find(|one| one.half == named && one.is_over).ok_or(Failure::Absent)?;
    Ok((lists, one))
}

/// A list that the address names.
fn find_list<'d>(
    desk: &'d EvidenceDesk,
    id: &str,
) -> Result<(&'d EvidenceHalves, &'d EvidenceList), Failure> {
    let id: Uuid = id.parse().map_err(|_| Failure::Absent)?;
    let lists = desk.lists.iter().flat_map(|of| of.halves.iter().map(move |half| (of, half.list.as_ref())));
    lists.filter_map(|(of, list)| Some((of, list?))).find(|(_, list)| list.id == id).ok_or(Failure::Absent)
}

async fn read(site: &Site, page: &Page, errand: Errand) -> Result<EvidenceDesk, Failure> {
    let w = page.w;
    site.act(errand, move |context, workplace| desk(context, workplace, w)).await
}

/// What is known of a list.
fn facts(
    w: Words,
    desk: &EvidenceDesk,
    (of, list): (&EvidenceHalves, &EvidenceList),
) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = vec![
        (w.say("casework-col-programme").into(), w.typeset(&of.title)),
        (w.say("evidence-col-half").into(), words::capital(&half(w, list.half))),
        (w.say("evidence-people").into(), w.number(list.people)),
        (w.say("evidence-frozen").into(), w.date(list.made_at.date())),
        (w.say("evidence-kept-until").into(), w.date(list.kept_until)),
    ];
    for one in &list.signatures {
        let party = space::party(w, one.party.as_str());
        facts.push((w.say("evidence-signed").text("party", party).into(), signed(w, desk, one)));
    }
    facts.push((w.say("evidence-seal").into(), list.hash.clone()));
    facts
}

pub(in crate::pages) async fn freeze_form(
    State(site): State<Site>,
    page: Page,
    Place((programme, named)): Place<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let desk = read(&site, &page, errand).await?;
    freeze_page(&under(page), &desk, (&programme, &named), None)
}

fn freeze_page(
    page: &Page,
    desk: &EvidenceDesk,
    (programme, named): (&str, &str),
    wrong: Option<(&'static str, StatusCode)>,
) -> Result<Response, Failure> {
    let w = page.w;
    let (of, one) = find_half(desk, programme, named)?;
    let is_signed = one.list.as_ref().is_some_and(|list| !list.signatures.is_empty());
    if is_signed && wrong.is_none() {
        return Err(Failure::Absent);
    }
    let title = w.say("evidence-freeze-title").text("half", half(w, one.half)).into();
    let mut act = ActPage::new(page, desk, title, format!("{EVIDENCE}/{programme}/{named}/freeze"));
    let days = w
        .say("evidence-freeze-text")
        .text("programme", w.typeset(&of.title))
        .text("from", w.date(one.half.first()))
        .text("to", w.date(one.half.last()));
    act.texts = vec![days.into(), w.say("evidence-freeze-record").into()];
    if let Some(list) = &one.list {
        act.texts.push(w.say("evidence-freeze-replaces").text("day", w.date(list.made_at.date())).into());
    }
    act.submit = w.say("evidence-freeze").into();
    act.show(wrong)
}

pub(in crate::pages) async fn freeze(
    State(site): State<Site>,
    page: Page,
    Place((programme, named)): Place<(String, String)>,
    errand: Errand,
) -> Result<Response, Failure> {
    let desk = read(&site, &page, errand.clone()).await?;
    let (of, one) = find_half(&desk, &programme, &named)?;
    let (id, which) = (of.programme.clone(), one.half);
    let done = site
        .act(errand, move |context, workplace| casework::freeze_evidence(context, workplace, (&id, which)));
    match done.await {
        Ok(_) => Ok(Redirect::to(&format!("{EVIDENCE}?done=frozen")).into_response()),
        Err(failure) => {
            let wrong = refusal(failure, "evidence-wrong-signed")?;
            freeze_page(&under(page), &desk, (&programme, &named), Some(wrong))
        }
    }
}

pub(in crate::pages) async fn sign_form(
    State(site): State<Site>,
    page: Page,
    Place(list): Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let party = errand.actor.party.clone();
    let desk = read(&site, &page, errand).await?;
    sign_page(&under(page), &desk, (&list, &party), None)
}

fn sign_page(
    page: &Page,
    desk: &EvidenceDesk,
    (id, party): (&str, &Party),
    wrong: Option<(&'static str, StatusCode)>,
) -> Result<Response, Failure> {
    let w = page.w;
    let (of, list) = find_list(desk, id)?;
    if !list.awaited.contains(party) && wrong.is_none() {
        return Err(Failure::Absent);
    }
    let title = w.say("evidence-sign-title").text("half", half(w, list.half)).into();
    let mut act = ActPage::new(page, desk, title, format!("{EVIDENCE}/lists/{id}/sign"));
    let party = space::party(w, party.as_str());
    act.texts = vec![w.say("evidence-sign-text").text("party", &party).into()];
    act.facts = facts(w, desk, (of, list));
    act.hidden = vec![("hash", list.hash.clone())];
    act.submit = w.say("evidence-sign-for").text("party", &party).into();
    act.is_grave = true;
    act.show(wrong)
}

/// What the form of a signature sends: the content that was read.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(in crate::pages) struct Signing {
    hash: String,
}

pub(in crate::pages) async fn sign(
    State(site): State<Site>,
    page: Page,
    Place(list): Place<String>,
    errand: Errand,
    Form(typed): Form<Signing>,
) -> Result<Response, Failure> {
    let party = errand.actor.party.clone();
    let desk = read(&site, &page, errand.clone()).await?;
    let Ok((_, found)) = find_list(&desk, &list) else {
        // Frozen again since she read it: what she would sign is no longer there.
        return Ok(Redirect::to(&format!("{EVIDENCE}?done=gone")).into_response());
    };
    let (id, hash) = (found.id, typed.hash);
    let done =
        site.act(errand, move |context, workplace| casework::sign_evidence(context, workplace, (id, &hash)));
    match done.await {
        Ok(_) => Ok(Redirect::to(&format!("{EVIDENCE}?done=signed")).into_response()),
        Err(failure) => {
            let wrong = refusal(failure, "evidence-wrong-twice")?;
            sign_page(&under(page), &desk, (&list, &party), Some(wrong))
        }
    }
}

pub(in crate::pages) async fn copy_form(
    State(site): State<Site>,
    page: Page,
    Place(list): Place<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let desk = read(&site, &page, errand).await?;
    let page = under(page);
    let w = page.w;
    let (of, found) = find_list(&desk, &list)?;
    let title = w.say("evidence-copy-title").text("half", half(w, found.half)).into();
    let mut act = ActPage::new(&page, &desk, title, format!("{EVIDENCE}/lists/{list}/copy"));
    act.texts = vec![w.say("evidence-copy-text").into(), w.say("evidence-copy-record").into()];
    if !found.awaited.is_empty() {
        act.texts.push(w.say("evidence-copy-unsigned").into());
    }
    act.facts = facts(w, &desk, (of, found));
    act.field = Some(Field::one_of(
        w,
        "format",
        w.say("people-export-format"),
        vec![
            Choice::new("xlsx", w.say("people-export-xlsx"))
                .hint(w.say("people-export-xlsx-hint"))
                .chosen(true),
            Choice::new("csv", w.say("people-export-csv")).hint(w.say("people-export-csv-hint")),
        ],
    ));
    act.submit = w.say("evidence-copy").into();
    act.show(None)
}

/// What the form of a copy sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(in crate::pages) struct Copying {
    format: String,
}

pub(in crate::pages) async fn copy(
    State(site): State<Site>,
    page: Page,
    Place(list): Place<String>,
    errand: Errand,
    Form(typed): Form<Copying>,
) -> Result<Response, Failure> {
    let w = page.w;
    let desk = read(&site, &page, errand.clone()).await?;
    let (of, found) = find_list(&desk, &list)?;
    let format = match typed.format.as_str() {
        "xlsx" => Format::Xlsx,
        "csv" => Format::Csv,
        _ => return Err(Failure::Invalid),
    };
    let (id, name) = (found.id, format!("{}-{}-{}", w.say("evidence-file"), of.programme, found.half));
    let file = site
        .act(errand, move |context, workplace| {
            casework::export_evidence(context, workplace, (id, format), w.lang())
        })
        .await?;
    Ok(as_file(&name, format, file.bytes))
}
