//! Orientation: whom to orient, and the decision for one person.

mod decision;

pub(super) use decision::{decide, show};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::orientation::{self, ToOrient};

use super::person::words::{address, name};
use crate::components::{Chip, Column, Columns, Empty, Filters, Link, Pagination, Tag, Tone};
use crate::failure::Failure;
use crate::routes::Access;
use crate::words::{Message, Words};
use crate::{Errand, Page, Site};

/// Who records decisions.
pub(super) const OFFICERS: Access = Access::Only { roles: &["orientation_officer"], purpose: "orientation" };

const PATH: &str = "/orientation";
const ON_A_PAGE: usize = 25;
/// Ages that the list is narrowed to, in days: a month, the two months that the law gives (CASF L.262-29), half a year.
const AGES: [u16; 3] = [30, 60, 180];

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(super) struct Asking {
    days: String,
    page: String,
}

#[derive(Template)]
#[template(path = "orientation/queue.html")]
struct QueuePage<'a> {
    page: &'a Page,
    w: Words,
    ages: Vec<(u16, String, bool)>,
    filters: Filters,
    columns: Columns,
    rows: Vec<Row>,
    pagination: Pagination,
    empty: Empty,
}

struct Row {
    person: String,
    act: String,
    name: String,
    born: Option<String>,
    commune: Option<String>,
    since: Option<(String, Tag)>,
}

/// The people to orient.
pub(super) async fn queue(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let number = asking.page.parse::<usize>().unwrap_or(1).clamp(1, 10_000);
    let days = asking.days.parse::<u16>().ok();
    let skip = (number - 1) * ON_A_PAGE;
    let queue = site
        .act(errand, move |context, workplace| {
            orientation::queue(context, workplace, days, (skip, ON_A_PAGE))
        })
        .await?;
    let chip =
        |days| Chip { label: w.say("orientation-age").into(), value: age(w, days), without: PATH.to_owned() };
    let empty = if queue.all == 0 {
        Empty::new(w.say("orientation-empty-title"), w.say("orientation-empty-text"))
    } else {
        Empty::new(w.say("orientation-none-title"), w.say("orientation-none-text"))
            .with_act(Link::new(PATH, w.say("filters-remove-all")))
    };
    let base = address(PATH, &[("days", days.map(|days| days.to_string()).unwrap_or_default())]);
    page.show(&QueuePage {
        page: &page,
        w,
        ages: AGES.map(|one| (one, age(w, one), days == Some(one))).into(),
        filters: Filters::new(w, queue.count as u64, days.map(chip).into_iter().collect(), PATH),
        columns: Columns::new(w, w.say("orientation-caption"), columns(w)),
        rows: queue.page.iter().map(|one| row(w, one)).collect(),
        pagination: Pagination::new(w, number as u64, queue.count.div_ceil(ON_A_PAGE) as u64, base),
        empty,
    })
}

fn age(w: Words, days: u16) -> String {
    w.say("orientation-older").with("days", i64::from(days)).into()
}

fn columns(w: Words) -> Vec<Column> {
    vec![
        Column::new(w.say("orientation-col-person")),
        Column::new(w.say("orientation-col-commune")),
        Column::new(w.say("orientation-col-since")),
        Column::new(w.say("orientation-col-act")).hidden(),
    ]
}

/// How long someone has waited: in days, in months from three on, in years from two on.
fn waits(w: Words, days: i64) -> Message {
    match days {
        ..90 => w.say("orientation-waits").with("days", days),
        90..730 => w.say("orientation-waits-months").with("months", days / 30),
        _ => w.say("orientation-waits-years").with("years", days / 365),
    }
}

fn row(w: Words, one: &ToOrient) -> Row {
    let since = one.since.map(|day| {
        let days = -w.delay(day).0;
        let tone = match days {
            ..30 => Tone::Fine,
            30..60 => Tone::Soon,
            _ => Tone::Late,
        };
        (w.date(day), Tag::new(tone, waits(w, i64::from(days))))
    });
    Row {
        person: format!("/people/{}", one.person),
        act: format!("/people/{}/orientation", one.person),
        name: name(w, one.first_name.as_deref(), one.married_name.as_deref(), one.birth_name.as_deref()),
        born: one.birth_date.map(|day| w.say("person-born-day").text("day", w.date(day)).into()),
        commune: one.commune.clone(),
        since,
    }
}
