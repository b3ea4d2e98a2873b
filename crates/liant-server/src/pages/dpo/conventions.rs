//! The conventions and register entries that bind the visitor's party, and how each stands.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use liant_app::conventions::{self, Held};
use liant_convention::Validity;

use super::words;
use crate::components::{Column, Columns, Countdown, Empty, Tag, Tone};
use crate::failure::Failure;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(in crate::pages) const CONVENTIONS: &str = "/conventions";
/// Days before a date of a convention from which it presses.
pub(super) const SOON: u16 = 90;

#[derive(Template)]
#[template(path = "dpo/conventions.html")]
struct ListPage<'a> {
    page: &'a Page,
    w: Words,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
}

struct Row {
    address: String,
    title: String,
    id: String,
    parties: String,
    state: Tag,
    said: Option<String>,
    term: String,
    next: Vec<(String, Countdown)>,
    is_register: bool,
}

/// The list.
pub(super) async fn list(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let found = site.act(errand, conventions::list).await?;
    let w = page.w;
    let heads = ["conv-col-title", "conv-col-state", "conv-col-parties", "conv-col-term", "conv-col-next"];
    page.show(&ListPage {
        page: &page,
        w,
        columns: Columns::new(w, w.say("conv-caption"), heads.map(|key| Column::new(w.say(key))).into()),
        rows: found.iter().map(|held| row(w, held)).collect(),
        empty: Empty::new(w.say("conv-empty-title"), w.say("conv-empty-text")),
    })
}

fn row(w: Words, held: &Held) -> Row {
    let file = &held.file;
    Row {
        address: format!("{CONVENTIONS}/{}?version={}", file.id, file.version),
        title: words::text(w, &file.title),
        id: w.say("conv-id").text("id", &file.id).with("version", i64::from(file.version)).into(),
        parties: file
            .parties
            .iter()
            .map(|one| space::party(w, one.org.as_str()))
            .collect::<Vec<_>>()
            .join(", "),
        state: words::standing(w, held),
        said: (held.validity != Validity::InForce).then(|| words::standing_text(w, held)),
        term: term(w, held),
        next: next(w, held),
        is_register: held.is_register(),
    }
}

/// From its first day to its last.
pub(super) fn term(w: Words, held: &Held) -> String {
    let from = w.date(held.file.in_force.from);
    match held.ends {
        Some(last) => w.say("conv-from-to").text("from", from).text("to", w.date(last)).into(),
        None => w.say("conv-from").text("from", from).into(),
    }
}

/// The dates to come: renewal to ask, a notice to answer, its end.
pub(super) fn next(w: Words, held: &Held) -> Vec<(String, Countdown)> {
    if matches!(held.validity, Validity::Ended(_)) {
        return Vec::new();
    }
    let mut dates = Vec::new();
    let running = held.course.notices().iter().filter(|notice| notice.answered.is_none());
    dates.extend(running.map(|notice| (w.say("conv-next-cure"), notice.cure_by)));
    dates.extend(held.file.ask_renewal_by().map(|day| (w.say("conv-next-renewal"), day)));
    dates.extend(held.ends.map(|day| (w.say("conv-next-end"), day)));
    let said = |(said, day): (crate::words::Message, _)| (said.into(), Countdown::new(w, day, SOON));
    dates.into_iter().map(said).collect()
}

/// Whether something about it waits for the DPO: it is suspended, a notice runs, or a date is near.
pub(in crate::pages) fn presses(w: Words, held: &Held) -> bool {
    matches!(held.validity, Validity::Suspended(_))
        || next(w, held).iter().any(|(_, due)| due.tone() != Tone::Fine)
}
