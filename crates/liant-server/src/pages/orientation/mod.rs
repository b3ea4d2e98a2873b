//! Orientation: whom to orient, and the decision for one person.

mod decision;

pub(super) use decision::{decide, show};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::people::{self, Line, ListRequest, Order, PageSize, Test};
use liant_model::{Date, Field, Span};

use super::people::{LAST_PAGE, seat_of, town, whole_name};
use super::person::words::address;
use crate::components::{Chip, Column, Columns, Empty, Filters, Link, Pagination, Tag, Tone};
use crate::failure::Failure;
use crate::routes::Access;
use crate::words::{Message, Words};
use crate::{Errand, Page, Site};

/// Who records decisions.
pub(super) const OFFICERS: Access = Access::Only { roles: &["orientation_officer"], purpose: "orientation" };

const PATH: &str = "/orientation";
const ON_A_PAGE: u64 = 25;
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
    stale: bool,
    too_many: Option<String>,
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

/// The people to orient: the list of them, those who wait longest first.
pub(super) async fn queue(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let number = asking.page.parse::<u64>().unwrap_or(1).clamp(1, LAST_PAGE);
    let days = asking.days.parse::<u16>().ok();
    let seat = seat_of(&page);
    let skip = usize::try_from((number - 1) * ON_A_PAGE).unwrap_or(usize::MAX);
    let (found, anyone) = site
        .act(errand, move |context, workplace| {
            let tests = vec![match days {
                Some(days) => Test::ToOrientSince(before(context.now().date(), days)),
                None => Test::ToOrient,
            }];
            let (order, size) = (Order::Waiting, PageSize::Short);
            let request = ListRequest { seat, tests, order, after: None, skip, size };
            let found = people::list(context, workplace, &request, w.lang())?;
            let anyone = found.count.number > 0
                || people::count(context, workplace, &seat, &[Test::ToOrient])?.number > 0;
            Ok((found, anyone))
        })
        .await?;
    let chip =
        |days| Chip { label: w.say("orientation-age").into(), value: age(w, days), without: PATH.to_owned() };
    let empty = if anyone {
        Empty::new(w.say("orientation-none-title"), w.say("orientation-none-text"))
            .with_act(Link::new(PATH, w.say("filters-remove-all")))
    } else {
        Empty::new(w.say("orientation-empty-title"), w.say("orientation-empty-text"))
    };
    let base = address(PATH, &[("days", days.map(|days| days.to_string()).unwrap_or_default())]);
    let count = found.count.number;
    page.show(&QueuePage {
        page: &page,
        w,
        ages: AGES.map(|one| (one, age(w, one), days == Some(one))).into(),
        stale: !found.state.is_fresh(),
        too_many: (found.count.and_more).then(|| w.say("people-more-listed").with("count", count).into()),
        filters: Filters::new(w, count, days.map(chip).into_iter().collect(), PATH),
        columns: Columns::new(w, w.say("orientation-caption"), columns(w)),
        rows: found.people.iter().map(|one| row(w, one)).collect(),
        pagination: Pagination::new(w, number, count.div_ceil(ON_A_PAGE).min(LAST_PAGE), base),
        empty,
    })
}

/// So many days before.
fn before(today: Date, days: u16) -> Date {
    today.saturating_sub(Span::new().days(i64::from(days)))
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

fn row(w: Words, one: &Line) -> Row {
    let said = |field: Field| one.said(field).map(|(_, value)| value);
    let day = |field: Field| said(field).and_then(|day| day.parse::<Date>().ok());
    let since = day(Field::BenefitSince).or_else(|| day(Field::RsaRequested)).map(|day| {
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
        name: whole_name(w, one),
        born: day(Field::BirthDate).map(|day| w.say("person-born-day").text("day", w.date(day)).into()),
        commune: town(w, one),
        since,
    }
}
