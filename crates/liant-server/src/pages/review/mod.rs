//! Identity review: the queue, one newcomer with whom she may be, the answers, and what a wrong link let out.

mod question;
mod undone;

pub(super) use question::{accept, refuse, show, take_back};
pub(super) use undone::undone;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::review::{self, Asked, Likelihood, QueueFilter};
use liant_model::{Date, Field};

use super::person::words::{address, mark, side_name};
use crate::components::{
    Chip, Column, Columns, Empty, Filters, Link, Notice, Pagination, SourceMark, Tag, Tone,
};
use crate::failure::Failure;
use crate::routes::Access;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// Who settles doubts about identity.
pub(super) const REVIEWERS: Access =
    Access::Only { roles: &["clerk", "technician"], purpose: "identity-review" };

const PATH: &str = "/review";
const ON_A_PAGE: usize = 20;
const AGES: [u16; 3] = [7, 30, 90];

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(super) struct Asking {
    file: String,
    score: String,
    days: String,
    page: String,
    /// What was just done, from [`done`].
    done: String,
    /// To which question.
    of: String,
}

impl Asking {
    fn filter(&self) -> QueueFilter {
        QueueFilter {
            batch: self.file.parse().ok(),
            likelihood: Likelihood::ALL.into_iter().find(|one| one.code() == self.score),
            days: self.days.parse().ok(),
        }
    }

    fn without(&self, name: &str) -> String {
        let kept = |of: &str, value: &String| if of == name { String::new() } else { value.clone() };
        let pairs = [("file", &self.file), ("score", &self.score), ("days", &self.days)];
        address(PATH, &pairs.map(|(of, value)| (of, kept(of, value))))
    }
}

#[derive(Template)]
#[template(path = "review/queue.html")]
struct QueuePage<'a> {
    page: &'a Page,
    w: Words,
    files: Vec<(String, String, bool)>,
    scores: Vec<(&'static str, String, bool)>,
    ages: Vec<(u16, String, bool)>,
    filters: Filters,
    more: bool,
    columns: Columns,
    rows: Vec<Row>,
    pagination: Pagination,
    empty: Empty,
}

struct Row {
    address: String,
    name: String,
    born: Option<String>,
    source: SourceMark,
    candidates: String,
    likelihood: Tag,
    asked: Date,
    reason: String,
}

pub(super) fn likelihood(w: Words, score: f64) -> Tag {
    match Likelihood::of(score) {
        Likelihood::High => Tag::new(Tone::Done, w.say("review-high")),
        Likelihood::Middle => Tag::new(Tone::Fine, w.say("review-middle")),
        Likelihood::Low => Tag::new(Tone::Soon, w.say("review-low")),
    }
}

fn likelihood_name(w: Words, likelihood: Likelihood) -> String {
    match likelihood {
        Likelihood::High => w.say("review-high"),
        Likelihood::Middle => w.say("review-middle"),
        Likelihood::Low => w.say("review-low"),
    }
    .into()
}

/// The notice of what was just done.
fn done(w: Words, asking: &Asking) -> Option<Notice> {
    let text = match asking.done.as_str() {
        "accepted" => w.say("review-done-accepted"),
        "refused" => w.say("review-done-refused"),
        "reopened" => return Some(Notice::done(w, w.say("review-done-reopened"))),
        _ => return None,
    };
    let notice = Notice::done(w, text);
    let of = asking.of.parse::<liant_model::ReviewId>().ok();
    Some(match of {
        Some(of) => notice.with_link(Link::new(format!("{PATH}/{of}"), w.say("review-look-again"))),
        None => notice,
    })
}

/// The queue.
pub(super) async fn queue(
    State(site): State<Site>,
    mut page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let number = asking.page.parse::<usize>().unwrap_or(1).clamp(1, 1_000);
    let (filter, lang) = (asking.filter(), w.lang());
    let skip = (number - 1) * ON_A_PAGE;
    let queue = site
        .act(errand, move |context, workplace| {
            review::queue(context, workplace, filter, (skip, ON_A_PAGE), lang)
        })
        .await?;
    page.notice = done(w, &asking);
    let files: Vec<(String, String, bool)> = queue
        .files
        .iter()
        .map(|file| {
            let day =
                file.reference_date.parse::<Date>().map_or(file.reference_date.clone(), |day| w.date(day));
            (file.batch.to_string(), format!("{}, {day}", file.flow), Some(file.batch) == filter.batch)
        })
        .collect();
    let chips = chips(w, &asking, filter, &files);
    let empty = if chips.is_empty() {
        Empty::new(w.say("review-empty-title"), w.say("review-empty-text"))
    } else {
        Empty::new(w.say("review-none-title"), w.say("review-none-text"))
            .with_act(Link::new(PATH, w.say("filters-remove-all")))
    };
    let pages = queue.count.div_ceil(ON_A_PAGE) as u64;
    page.show(&QueuePage {
        page: &page,
        w,
        scores: Likelihood::ALL
            .map(|one| (one.code(), likelihood_name(w, one), filter.likelihood == Some(one)))
            .into(),
        ages: AGES.map(|days| (days, age(w, days), filter.days == Some(days))).into(),
        files,
        filters: Filters::new(w, queue.count as u64, chips, PATH),
        more: queue.more,
        columns: Columns::new(w, w.say("review-caption"), columns(w)),
        rows: queue.page.iter().map(|asked| row(w, asked)).collect(),
        pagination: Pagination::new(w, number as u64, pages, asking.without("")),
        empty,
    })
}

fn age(w: Words, days: u16) -> String {
    w.say("review-older").with("days", i64::from(days)).into()
}

fn chips(w: Words, asking: &Asking, filter: QueueFilter, files: &[(String, String, bool)]) -> Vec<Chip> {
    let chip = |label, value: String, name: &str| Chip {
        label: w.say(label).into(),
        value,
        without: asking.without(name),
    };
    let file = filter.batch.map(|batch| {
        files
            .iter()
            .find(|(.., chosen)| *chosen)
            .map_or_else(|| batch.to_string(), |(_, name, _)| name.clone())
    });
    [
        file.map(|name| chip("review-file", name, "file")),
        filter.likelihood.map(|one| chip("review-score", likelihood_name(w, one), "score")),
        filter.days.map(|days| chip("review-age", age(w, days), "days")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn columns(w: Words) -> Vec<Column> {
    vec![
        Column::new(w.say("review-col-newcomer")),
        Column::new(w.say("review-col-source")),
        Column::new(w.say("review-col-reason")),
        Column::new(w.say("review-score")),
        Column::new(w.say("review-col-asked")),
        Column::new(w.say("review-col-act")).hidden(),
    ]
}

fn row(w: Words, asked: &Asked) -> Row {
    Row {
        address: format!("{PATH}/{}", asked.review),
        name: side_name(w, &asked.newcomer),
        born: asked.newcomer.get(Field::BirthDate).and_then(|day| day.parse().ok()).map(|day| w.date(day)),
        source: mark(w, &asked.newcomer.source),
        candidates: w.say("review-candidates").with("count", asked.candidates as u64).into(),
        likelihood: likelihood(w, asked.score),
        asked: asked.at.date(),
        reason: asked.reason.clone(),
    }
}
