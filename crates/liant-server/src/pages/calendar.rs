//! Due dates, by month and by year, and the feed for people's own calendars.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::calendar::{self, Agenda, DueDate, Month, What};
use liant_app::deposit;
use liant_model::{Date, Span, Territory};

use super::month::hour;
use crate::components::{Countdown, Empty, Link, Notice};
use crate::errand::Errand;
use crate::failure::Failure;
use crate::routes::Access;
use crate::words::Words;
use crate::{Page, Site};

/// Due dates are nobody's data: all who work with files, decisions or people see them.
pub(super) const EVERYONE: Access = Access::Only {
    roles: &["technician", "orientation_officer", "local_service_head", "clerk", "dpo"],
    purpose: "file-handling",
};

/// Days before a date from which it presses.
const SOON: u16 = 7;
/// Days ahead that the list of the next dates looks.
const AHEAD: i64 = 62;
/// Years that may be asked for, around this one.
const YEARS: i16 = 5;

#[derive(Template)]
#[template(path = "calendar.html")]
struct Screen<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    views: [View; 2],
    before: Link,
    after: Link,
    next: Vec<Line>,
    empty: Empty,
    month: Option<Grid>,
    year: Vec<MonthCard>,
    doubts: Vec<String>,
    feed: Feed,
}

struct View {
    link: Link,
    is_current: bool,
}

/// A date in a list.
struct Line {
    day: String,
    title: String,
    sub: String,
    due: Countdown,
}

/// A month as a table of weeks.
struct Grid {
    caption: String,
    heads: Vec<(String, String)>,
    weeks: Vec<Vec<Day>>,
}

#[derive(Default)]
struct Day {
    number: Option<String>,
    full: String,
    is_today: bool,
    holiday: Option<String>,
    dates: Vec<String>,
}

struct MonthCard {
    link: Link,
    is_current: bool,
    dates: Vec<(String, String)>,
}

struct Feed {
    since: Option<String>,
    address: Option<String>,
}

#[derive(serde::Deserialize)]
pub(super) struct Wanted {
    month: Option<String>,
    year: Option<String>,
}

enum Period {
    Month(Month),
    Year(i16),
}

impl Period {
    fn of(wanted: &Wanted, today: Date) -> Result<Self, Failure> {
        let near = |year: i16| (today.year() - YEARS..=today.year() + YEARS).contains(&year);
        let period = match (&wanted.month, &wanted.year) {
            (Some(month), None) => Self::Month(month.parse().map_err(|_| Failure::Absent)?),
            (None, Some(year)) => Self::Year(year.parse().map_err(|_| Failure::Absent)?),
            _ => Self::Month(Month::of(today)),
        };
        let year = match period {
            Self::Month(month) => month.first().year(),
            Self::Year(year) => year,
        };
        if near(year) { Ok(period) } else { Err(Failure::Absent) }
    }

    fn between(&self) -> Option<(Date, Date)> {
        match self {
            Self::Month(month) => Some((month.first(), month.last())),
            Self::Year(year) => Some((Date::new(*year, 1, 1).ok()?, Date::new(*year, 12, 31).ok()?)),
        }
    }
}

pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Query(wanted): Query<Wanted>,
    errand: Errand,
) -> Result<Response, Failure> {
    screen(&site, &page, &wanted, errand, None).await
}

async fn screen(
    site: &Site,
    page: &Page,
    wanted: &Wanted,
    errand: Errand,
    address: Option<String>,
) -> Result<Response, Failure> {
    let w = page.w;
    let today = w.today();
    let period = Period::of(wanted, today)?;
    let between = period.between().ok_or(Failure::Absent)?;
    let far = today.checked_add(Span::new().days(AHEAD)).unwrap_or(today);
    let (agenda, next, since) = site
        .act(errand, move |context, workplace| {
            let agenda = calendar::dates(workplace, context.territory, between)?;
            let mut next =
                calendar::dates(workplace, context.territory, (Month::of(today).first(), far))?.dates;
            let handed_over = deposit::handed_over(context, workplace)?;
            next.retain(|due| due.day >= today || is_owed(due, &handed_over));
            Ok((agenda, next, calendar::feed_since(context, workplace)?))
        })
        .await?;
    let month = match &period {
        Period::Month(month) => *month,
        Period::Year(year) if *year == today.year() => Month::of(today),
        Period::Year(year) => Month::of(Date::new(*year, 1, 1).unwrap_or(today)),
    };
    let is_month = matches!(period, Period::Month(_));
    let year = month.first().year();
    let [before, after] = around(w, &period);
    let screen = Screen {
        page,
        w,
        title: match period {
            Period::Month(month) => w.say("calendar-month").text("month", w.month(month.first())).into(),
            Period::Year(year) => w.say("calendar-year").text("year", year).into(),
        },
        lede: w.say("calendar-lede").into(),
        views: [
            View {
                link: Link::new(format!("/calendar?month={month}"), w.say("calendar-by-month")),
                is_current: is_month,
            },
            View {
                link: Link::new(format!("/calendar?year={year}"), w.say("calendar-by-year")),
                is_current: !is_month,
            },
        ],
        before,
        after,
        next: next.iter().map(|due| line(w, due)).collect(),
        empty: Empty::new(w.say("calendar-empty-title"), w.say("calendar-empty-text")),
        month: is_month.then(|| grid(w, month, &agenda)),
        year: if is_month { Vec::new() } else { cards(w, year, &agenda) },
        doubts: agenda.dates.iter().filter_map(|due| doubt(w, due)).collect(),
        feed: Feed { since: since.map(|at| w.moment(at)), address },
    };
    page.show(&screen)
}

/// Whether our file of the month is late.
fn is_owed(due: &DueDate, handed_over: &BTreeSet<String>) -> bool {
    matches!(&due.what, What::Due { profile, .. } if profile == deposit::FLOW)
        && !handed_over.contains(&Month::of(due.day).first().to_string())
}

/// The periods before and after.
fn around(w: Words, period: &Period) -> [Link; 2] {
    match period {
        Period::Month(month) => [-1, 1].map(|step| {
            let other = month.plus(step);
            Link::new(format!("/calendar?month={other}"), w.month(other.first()))
        }),
        Period::Year(year) => {
            [year - 1, year + 1].map(|other| Link::new(format!("/calendar?year={other}"), other.to_string()))
        }
    }
}

/// What falls on a day, in words.
pub(super) fn title(w: Words, due: &DueDate) -> String {
    let (key, profile) = match &due.what {
        What::Available { profile, .. } => ("date-available", profile.as_str()),
        What::Due { profile, .. } => ("date-due", profile.as_str()),
        What::AskRenewal => ("date-renewal", ""),
        What::Ends => ("date-ends", ""),
        What::Destroy => ("date-destroy", ""),
    };
    let text = w.say(key).text("flow", profile).to_string();
    match &due.time {
        Some(time) => w.say("date-before").text("what", text).text("time", hour(w, time)).into(),
        None => text,
    }
}

fn line(w: Words, due: &DueDate) -> Line {
    Line {
        day: w.day(due.day),
        title: title(w, due),
        sub: format!("{} v{}, {}", due.convention, due.version, due.clause),
        due: Countdown::new(w, due.day, SOON),
    }
}

/// Where the words of a clause may be read in two ways.
fn doubt(w: Words, due: &DueDate) -> Option<String> {
    let other = due.otherwise?;
    let text = w
        .say("calendar-doubt")
        .text("what", title(w, due))
        .text("day", w.day(due.day))
        .text("other", w.day(other));
    Some(text.into())
}

fn grid(w: Words, month: Month, agenda: &Agenda) -> Grid {
    let lead = month.first().weekday().to_monday_zero_offset().unsigned_abs();
    let mut days: Vec<Day> = (0..lead).map(|_| Day::default()).collect();
    days.extend(month.days().map(|date| day(w, date, agenda)));
    while !days.len().is_multiple_of(7) {
        days.push(Day::default());
    }
    let mut weeks = Vec::new();
    let mut days = days.into_iter().peekable();
    while days.peek().is_some() {
        weeks.push(days.by_ref().take(7).collect());
    }
    // 1 January 2024 was a Monday.
    let heads =
        (1..=7).filter_map(|day| Date::new(2024, 1, day).ok()).map(|day| w.weekday_names(day)).collect();
    Grid { caption: w.month(month.first()), heads, weeks }
}

fn day(w: Words, date: Date, agenda: &Agenda) -> Day {
    let holiday = agenda.holidays.iter().find(|holiday| holiday.date == date);
    Day {
        number: Some(date.day().to_string()),
        full: w.full_day(date),
        is_today: date == w.today(),
        holiday: holiday.map(|holiday| holiday.name(w.lang()).to_owned()),
        dates: agenda.dates.iter().filter(|due| due.day == date).map(|due| title(w, due)).collect(),
    }
}

fn cards(w: Words, year: i16, agenda: &Agenda) -> Vec<MonthCard> {
    let first = Date::new(year, 1, 1).unwrap_or(w.today());
    let card = |month: Month| MonthCard {
        link: Link::new(format!("/calendar?month={month}"), w.month(month.first())),
        is_current: month == Month::of(w.today()),
        dates: agenda
            .dates
            .iter()
            .filter(|due| Month::of(due.day) == month)
            .map(|due| (w.weekday_and_day(due.day), title(w, due)))
            .collect(),
    };
    Month::of(first).to(Month::of(first).plus(11)).map(card).collect()
}

/// Makes a secret address for her feed: shown once.
pub(super) async fn new_feed(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
) -> Result<Response, Failure> {
    let territory = errand.territory;
    let secret = site
        .act(errand.clone(), |context, workplace| {
            let token = calendar::new_feed(context, workplace)?;
            Ok(token.reveal().to_string())
        })
        .await?;
    let address = format!("{}/calendar/feed/{territory}-{secret}.ics", page.origin());
    let notice = Notice::done(page.w, page.say("feed-made"));
    let page = page.with_notice(notice);
    screen(&site, &page, &Wanted { month: None, year: None }, errand, Some(address)).await
}

/// The feed at a secret address: dates of conventions, nothing about anyone. Calendars fetch it without signing in.
pub(super) async fn feed(
    State(site): State<Site>,
    page: Page,
    Path(secret): Path<String>,
) -> Result<Response, Failure> {
    let (territory, secret) =
        secret.strip_suffix(".ics").and_then(|text| text.split_once('-')).ok_or(Failure::Absent)?;
    let territory = Territory::parse(territory).map_err(|_| Failure::Absent)?;
    let secret = secret.to_owned();
    let (now, lang) = (site.now(), page.w.lang());
    let text = site.work(move |workplace| calendar::feed(workplace, territory, &secret, (now, lang))).await?;
    let kind = "text/calendar; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")], text)
        .into_response())
}
