//! What was let out through a link that was undone.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use liant_app::review::{self, Disclosure};
use liant_model::{Field, IdentityId};

use super::PATH;
use super::question::moment;
use crate::components::{Column, Columns, Empty, SourceMark};
use crate::failure::Failure;
use crate::pages::audit;
use crate::pages::person::words::{mark, side_name};
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "review/undone.html")]
struct UndonePage<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    source: SourceMark,
    period: String,
    person: String,
    before: String,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
}

struct Row {
    at: (String, String),
    actor: String,
    recipient: String,
    fields: String,
    clauses: String,
}

/// The page that follows an undo, and can be come back to.
pub(in crate::pages) async fn undone(
    State(site): State<Site>,
    page: Page,
    Path(identity): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let identity: IdentityId = identity.parse().map_err(|_| Failure::Absent)?;
    let parted =
        site.act(errand, move |context, workplace| review::parted(context, workplace, identity)).await?;
    let w = page.w;
    let page = page.under(PATH, w.say("review-title"));
    let heads = ["undone-col-at", "undone-col-actor", "undone-col-recipient", "undone-col-fields"];
    let columns = heads.map(|key| Column::new(w.say(key))).into();
    let period = w.say("undone-period").text("from", w.moment(parted.from)).text("to", w.moment(parted.to));
    page.show(&UndonePage {
        page: &page,
        w,
        who: side_name(w, &parted.record),
        source: mark(w, &parted.record.source),
        period: period.into(),
        person: format!("/people/{}/identity", parted.person),
        before: format!("/people/{}/identity", parted.before),
        columns: Columns::new(w, w.say("undone-caption"), columns),
        rows: parted.disclosures.iter().map(|one| row(w, one)).collect(),
        empty: Empty::new(w.say("undone-empty-title"), w.say("undone-empty-text")),
    })
}

fn row(w: Words, disclosure: &Disclosure) -> Row {
    let label = |code: &&str| Field::from_code(code).ok().map(|field| field.label(w.lang()));
    let fields: Vec<&str> = disclosure.fields.iter().filter_map(label).collect();
    Row {
        at: moment(w, disclosure.at),
        actor: disclosure.actor.clone(),
        recipient: audit::recipient_name(w, &disclosure.recipient),
        fields: fields.join(", "),
        clauses: disclosure.clauses.clone(),
    }
}
