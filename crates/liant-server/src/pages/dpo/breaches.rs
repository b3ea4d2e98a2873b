//! The file of breaches: the list, and the form that opens one.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::AppError;
use liant_app::breaches::{self, Addressee, Kept, Nature, NewBreach, Owed, Summary};
use liant_model::{Date, Instant, Span};

use crate::components::{Choice, Column, Columns, Empty, Field, Link, Tag, Tone};
use crate::failure::Failure;
use crate::pages::audit::start_of;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::pages::space;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(in crate::pages) const BREACHES: &str = "/breaches";
const MICROS_A_MINUTE: i64 = 60_000_000;
/// Hours before a moment from which it presses.
const SOON: i64 = 12;

#[derive(Template)]
#[template(path = "dpo/breaches.html")]
struct ListPage<'a> {
    page: &'a Page,
    w: Words,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
}

struct Row {
    address: String,
    machine: String,
    discovered: String,
    nature: String,
    state: Tag,
    next: Option<OwedRow>,
}

/// A deadline, in words.
pub(super) struct OwedRow {
    pub(super) to: String,
    pub(super) machine: String,
    pub(super) at: String,
    pub(super) tag: Tag,
    pub(super) within: String,
    pub(super) clause: String,
}

/// The list.
pub(super) async fn list(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let found = site.act(errand, breaches::list).await?;
    let w = page.w;
    let heads = ["breach-col-discovered", "breach-col-nature", "breach-col-state", "breach-col-next"];
    page.show(&ListPage {
        page: &page,
        w,
        columns: Columns::new(w, w.say("breach-caption"), heads.map(|key| Column::new(w.say(key))).into()),
        rows: found.iter().map(|one| row(w, one)).collect(),
        empty: Empty::new(w.say("breach-empty-title"), w.say("breach-empty-text"))
            .with_act(Link::new("/breaches/new", w.say("breach-new"))),
    })
}

fn row(w: Words, one: &Summary) -> Row {
    Row {
        address: format!("{BREACHES}/{}", one.breach),
        machine: w.machine_moment(one.discovered_at),
        discovered: w.moment(one.discovered_at),
        nature: w.say(nature(one.nature)).into(),
        state: state(w, one),
        next: one.pressing().map(|owed| owed_row(w, owed)),
    }
}

/// Open or closed.
pub(super) fn state(w: Words, one: &Summary) -> Tag {
    if one.closed_at.is_some() {
        return Tag::new(Tone::Done, w.say("breach-closed"));
    }
    let late = one.owed.iter().any(|owed| matches!(owed.kept, Kept::Missed(_)));
    if late { Tag::new(Tone::Late, w.say("breach-late")) } else { Tag::new(Tone::Soon, w.say("breach-open")) }
}

pub(super) const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Breach => "nature-breach",
        Nature::Complaint => "nature-complaint",
        Nature::Flaw => "nature-flaw",
    }
}

/// Whom a notice goes to, in words.
pub(super) fn addressee(w: Words, code: &str) -> String {
    if code == Addressee::AUTHORITY { w.say("to-authority").into() } else { space::party(w, code) }
}

pub(super) fn owed_row(w: Words, owed: &Owed) -> OwedRow {
    OwedRow {
        to: addressee(w, owed.deadline.to.code()),
        machine: w.machine_moment(owed.deadline.at),
        at: w.moment(owed.deadline.at),
        tag: kept(w, owed.kept),
        within: super::words::length(w, owed.deadline.within),
        clause: w.cite(&owed.deadline.clause),
    }
}

/// Where a deadline stands, in a tag: what is left of it, or how late it is, to the minute.
fn kept(w: Words, kept: Kept) -> Tag {
    let said = |key: &'static str, micros: i64| {
        let minutes = micros / MICROS_A_MINUTE;
        w.say(key).with("hours", minutes / 60).with("minutes", minutes % 60)
    };
    match kept {
        Kept::InTime => Tag::new(Tone::Done, w.say("kept-in-time")),
        Kept::Late(by) => Tag::new(Tone::Late, said("kept-late", by)),
        Kept::Missed(by) => Tag::new(Tone::Late, said("kept-missed", by)),
        Kept::Runs(left) => {
            let tone = if left <= SOON * 60 * MICROS_A_MINUTE { Tone::Soon } else { Tone::Fine };
            Tag::new(tone, said("kept-runs", left))
        }
    }
}

/// What the form sends, and what an address may fill it with.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Typed {
    nature: String,
    actor: String,
    act: String,
    #[serde(rename = "found-day")]
    found_day: String,
    #[serde(rename = "found-month")]
    found_month: String,
    #[serde(rename = "found-year")]
    found_year: String,
    time: String,
    #[serde(rename = "since-day")]
    since_day: String,
    #[serde(rename = "since-month")]
    since_month: String,
    #[serde(rename = "since-year")]
    since_year: String,
    #[serde(rename = "until-day")]
    until_day: String,
    #[serde(rename = "until-month")]
    until_month: String,
    #[serde(rename = "until-year")]
    until_year: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nature,
    Found,
    Time,
    Actor,
    Act,
    Since,
    Until,
    Nothing,
}

/// The form.
pub(super) async fn form(page: Page, Query(typed): Query<Typed>) -> Result<Response, Failure> {
    ask(page, &typed, &[])
}

/// A moment of a day in France, by its hour and minute: `9:05`, `09h05`.
pub(super) fn moment_of(day: Date, time: &str) -> Option<Instant> {
    let (hour, minute) = time.trim().split_once([':', 'h', 'H'])?;
    let (hour, minute) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
    let moment = day.to_datetime(time).to_zoned(zone).ok()?;
    Some(Instant::from_micros(moment.timestamp().as_microsecond()))
}

/// What was typed as a breach, or all that is wrong with it.
fn read(typed: &Typed) -> Result<NewBreach, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let nature = Nature::from_code(&typed.nature);
    let found = day_of([&typed.found_day, &typed.found_month, &typed.found_year]);
    let discovered_at = found.and_then(|day| moment_of(day, &typed.time));
    let act = some(&typed.act).map(|act| act.parse());
    let parts = [&typed.since_day, &typed.since_month, &typed.since_year];
    let since = if parts.iter().all(|part| part.trim().is_empty()) {
        // An act, or an account from the beginning.
        Some(Instant::from_micros(0))
    } else {
        day_of(parts.map(String::as_str)).and_then(start_of)
    };
    let parts = [&typed.until_day, &typed.until_month, &typed.until_year];
    let has_until = parts.iter().any(|part| !part.trim().is_empty());
    let until =
        day_of(parts.map(String::as_str)).and_then(|day| start_of(day.saturating_add(Span::new().days(1))));
    let mut note = |is_wrong, what| wrong.extend(Some(what).filter(|_| is_wrong));
    note(nature.is_none(), Wrong::Nature);
    note(found.is_none(), Wrong::Found);
    note(found.is_some() && discovered_at.is_none(), Wrong::Time);
    note(matches!(act, Some(Err(_))), Wrong::Act);
    note(since.is_none(), Wrong::Since);
    note(has_until && until.is_none(), Wrong::Until);
    let actor = some(&typed.actor);
    let is_narrow = actor.is_some() || act.is_some() || since.is_some_and(|since| since.micros() > 0);
    note(!is_narrow, Wrong::Nothing);
    match (nature, discovered_at, since, act.transpose()) {
        (Some(nature), Some(discovered_at), Some(since), Ok(act)) if wrong.is_empty() => {
            Ok(NewBreach { nature, discovered_at, actor, act, since, until })
        }
        _ => Err(wrong),
    }
}

/// Opens a breach.
pub(super) async fn open(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let new = match read(&typed) {
        Ok(new) => new,
        Err(wrong) => return ask(page, &typed, &wrong),
    };
    match site.act(errand, move |context, workplace| breaches::open(context, workplace, &new)).await {
        Ok(breach) => Ok(Redirect::to(&format!("{BREACHES}/{breach}?done=opened")).into_response()),
        Err(Failure::App(AppError::Value(text))) => {
            let wrong = match text.split(':').next() {
                Some("account") => Wrong::Actor,
                Some("period") => Wrong::Until,
                _ => Wrong::Found,
            };
            ask(page, &typed, &[wrong])
        }
        Err(error) => Err(error),
    }
}

fn ask(page: Page, typed: &Typed, wrong: &[Wrong]) -> Result<Response, Failure> {
    let w = page.w;
    let page = page.under(BREACHES, w.say("breach-title"));
    let error = |what: Wrong, key: &'static str| wrong.contains(&what).then(|| String::from(w.say(key)));
    let natures =
        Nature::ALL.map(|one| Choice::new(one.code(), w.say(nature(one))).chosen(one.code() == typed.nature));
    let found = [typed.found_day.as_str(), &typed.found_month, &typed.found_year];
    let since = [typed.since_day.as_str(), &typed.since_month, &typed.since_year];
    let until = [typed.until_day.as_str(), &typed.until_month, &typed.until_year];
    FormPage::new(&page, w.say("breach-new"), "/breaches/new", w.say("breach-open-submit"))
        .text(w.say("breach-new-text"))
        .field(
            Field::one_of(w, "nature", w.say("breach-nature"), natures.into())
                .error(error(Wrong::Nature, "breach-nature-error")),
        )
        .field(
            Field::day(w, "found", w.say("breach-found"), found)
                .hint(w.say("breach-found-hint"))
                .error(error(Wrong::Found, "breach-found-error")),
        )
        .field(
            Field::line(w, "time", w.say("breach-time"))
                .hint(w.say("breach-time-hint"))
                .wide(5)
                .value(typed.time.as_str())
                .error(error(Wrong::Time, "breach-time-error")),
        )
        .field(
            Field::line(w, "actor", w.say("breach-actor"))
                .hint(w.say("breach-actor-hint"))
                .optional()
                .value(typed.actor.as_str())
                .error(error(Wrong::Actor, "breach-actor-error")),
        )
        .field(
            Field::line(w, "act", w.say("breach-act"))
                .hint(w.say("breach-act-hint"))
                .optional()
                .value(typed.act.as_str())
                .error(error(Wrong::Act, "breach-act-error")),
        )
        .field(
            Field::day(w, "since", w.say("breach-since"), since)
                .hint(w.say("breach-since-hint"))
                .optional()
                .error(error(Wrong::Since, "breach-day-error")),
        )
        .field(
            Field::day(w, "until", w.say("breach-until"), until)
                .optional()
                .error(error(Wrong::Until, "breach-until-error")),
        )
        .refused(error(Wrong::Nothing, "breach-nothing-error"))
        .link(BREACHES, w.say("cancel"))
        .after(w.say("breach-new-after"))
        .show()
}
