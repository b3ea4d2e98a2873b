//! Which records are one person's, and why; the way to part one that is not.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::person::{self, Evidence, Record};
use liant_app::review;
use liant_model::{Field, IdentityId};

use super::{id, mark_of, name_of, state, why, words};
use crate::components::{Detail, SourceMark, SummaryList, Why};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "person/identity.html")]
struct IdentityPage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    here: String,
    records: Vec<Shown>,
    alone: bool,
    why: Why,
}

struct Shown {
    identity: IdentityId,
    name: String,
    mark: SourceMark,
    state: String,
    linked: String,
    reason: String,
    details: SummaryList,
}

/// How a record came to be hers, in words: the sentence, and what agrees and what does not.
pub(super) fn linked(w: Words, evidence: &Evidence) -> (String, String) {
    let key = match evidence.decision.as_str() {
        "certain" => "linked-certain",
        "scored" => "linked-scored",
        "human" => "linked-human",
        _ => "linked-new",
    };
    (w.say(key).text("day", w.date(evidence.since.date())).into(), evidence.reason.clone())
}

/// The records of a person, side by side.
pub(in crate::pages) async fn identity(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let lang = page.w.lang();
    let file =
        site.act(errand, move |context, workplace| person::open(context, workplace, person, lang)).await?;
    let w = page.w;
    let page = page.under("/review", w.say("review-title"));
    page.show(&IdentityPage {
        page: &page,
        w,
        who: name_of(w, &file.records),
        here: format!("/people/{person}/identity"),
        alone: file.records.len() < 2,
        records: file.records.iter().map(|record| shown(w, record)).collect(),
        why: why(w, &file),
    })
}

fn shown(w: Words, record: &Record) -> Shown {
    let said = |field| record.get(field).map(|said| said.words.as_str());
    let (linked, reason) = linked(w, &record.evidence);
    let detail = |said: &person::Said| {
        Detail::new(said.field.label(w.lang())).value(words::value(w, said.field, &said.words))
    };
    Shown {
        identity: record.identity,
        name: words::name(w, said(Field::FirstName), said(Field::MarriedName), said(Field::BirthName)),
        mark: mark_of(w, record),
        state: state(w, record),
        linked,
        reason,
        details: SummaryList::new(w, record.values.iter().map(detail).collect()),
    }
}

/// What the form sends.
#[derive(serde::Deserialize, Default, Debug)]
#[serde(default)]
pub(in crate::pages) struct Parting {
    identity: String,
}

/// Parts a record from the person it was linked to.
pub(in crate::pages) async fn undo(
    State(site): State<Site>,
    Path(person): Path<String>,
    errand: Errand,
    Form(parting): Form<Parting>,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let identity: IdentityId = parting.identity.parse().map_err(|_| Failure::Invalid)?;
    site.act(errand, move |context, workplace| review::undo_of(context, workplace, person, identity)).await?;
    Ok(Redirect::to(&format!("/identities/{identity}/undone")).into_response())
}
