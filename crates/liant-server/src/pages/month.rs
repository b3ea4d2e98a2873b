//! The Département's monthly file: what it would hold, built, fetched, marked as deposited.

use std::time::Duration;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::calendar::{self, Month, What};
use liant_app::deposit::{self, Built, Counted, Deposited, FLOW, Forecast, HeldBack};
use liant_app::names;
use liant_model::{Date, Field as Datum};

use super::files::{TECHNICIANS, who};
use super::upload::capital;
use crate::components::{Countdown, Detail, Empty, Errors, Field, Link, SummaryList, Tile, Tiles, Tone};
use crate::errand::Errand;
use crate::failure::Failure;
use crate::routes::Route;
use crate::words::Words;
use crate::{Page, Site};

/// Building reads everyone of the territory: it may take longer than a page.
pub(super) const BUILD: Route =
    Route::post("/month/build", TECHNICIANS).with_limits(64 * 1024, Duration::from_mins(10));

/// Days before the deposit from which it presses.
const SOON: u16 = 7;
/// People shown among those held back.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "month.html")]
struct Screen<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    due: Option<(String, Countdown)>,
    otherwise: Option<String>,
    tiles: Tiles,
    writes: u64,
    may_leave: bool,
    built: Option<BuiltCard>,
    errors: Errors,
    history: Vec<Past>,
    empty: Empty,
}

struct BuiltCard {
    summary: SummaryList,
    refused: Vec<Line>,
    warnings: Vec<Line>,
    day: Field,
    fetch: String,
    /// Why it is not fetched any more, when someone in it may not be sent.
    out_of_date: Option<String>,
    may_be_marked: bool,
}

struct Line {
    count: String,
    message: String,
    help: String,
    rule: String,
}

struct Past {
    about: String,
    file_name: String,
    written: String,
    built: String,
    deposited: String,
    recorded: String,
}

struct Known {
    forecast: Forecast,
    built: Option<Built>,
    history: Vec<Deposited>,
    names: std::collections::BTreeMap<String, String>,
    due: Option<calendar::DueDate>,
}

async fn known(site: &Site, errand: Errand) -> Result<Known, Failure> {
    site.act(errand, |context, workplace| {
        let built = deposit::built(context, workplace)?;
        let history = deposit::history(context, workplace)?;
        let actors = history.iter().flat_map(|past| [past.built.1.clone(), past.recorded.1.clone()]);
        let names =
            names(workplace, context.territory, actors.chain(built.iter().map(|built| built.by.clone())))?;
        let month = Month::of(context.now().date());
        let agenda = calendar::dates(workplace, context.territory, (month.first(), month.last()))?;
        let is_ours = |what: &What| matches!(what, What::Due { profile, .. } if profile == FLOW);
        let due = agenda.dates.into_iter().find(|due| is_ours(&due.what));
        Ok(Known { forecast: deposit::forecast(context, workplace)?, built, history, names, due })
    })
    .await
}

pub(super) async fn show(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let known = known(&site, errand).await?;
    screen(&page, &known, None)
}

fn screen(page: &Page, known: &Known, typed: Option<(Typed, String)>) -> Result<Response, Failure> {
    let w = page.w;
    let today = w.today();
    let is_wrong = typed.is_some();
    let built = known.built.as_ref().map(|built| built_card(w, known, built, typed));
    let errors = Errors::of(w, &built.iter().map(|card| &card.day).collect::<Vec<_>>());
    let is_done = known.history.iter().any(|past| past.reference_date == today.first_of_month().to_string());
    let due = known.due.as_ref().filter(|_| !is_done).map(|due| {
        let time = due.time.as_deref().unwrap_or("").to_owned();
        let text = w.say("month-due").text("day", w.day(due.day)).text("time", hour(w, &time));
        (text.to_string(), Countdown::new(w, due.day, SOON))
    });
    let otherwise = known.due.as_ref().filter(|_| !is_done).and_then(|due| due.otherwise);
    let forecast = known.forecast;
    let screen = Screen {
        page,
        w,
        title: w.say("month-title").text("flow", FLOW).text("month", w.month(today)).into(),
        due,
        otherwise: otherwise.map(|day| w.say("month-otherwise").text("day", w.day(day)).into()),
        tiles: tiles(w, forecast),
        writes: forecast.recipients - forecast.to_orient,
        may_leave: forecast.may_leave,
        built,
        errors,
        history: known.history.iter().map(|past| past_row(w, known, past)).collect(),
        empty: Empty::new(w.say("month-history-empty-title"), w.say("month-history-empty-text")),
    };
    let mut response = page.show(&screen)?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `17:00` as each language writes it.
pub(super) fn hour(w: Words, time: &str) -> String {
    match (w.lang(), time.split_once(':')) {
        (liant_model::Lang::Fr, Some((hour, "00"))) => format!("{hour}\u{a0}h"),
        (liant_model::Lang::Fr, Some((hour, minute))) => format!("{hour}\u{a0}h\u{a0}{minute}"),
        _ => time.to_owned(),
    }
}

fn tiles(w: Words, forecast: Forecast) -> Tiles {
    let pressing = |count: u64| if count > 0 { Tone::Soon } else { Tone::Fine };
    let tile = |count, address: &str, key, tone| Tile { count, link: Link::new(address, w.say(key)), tone };
    Tiles::new(
        w,
        vec![
            tile(forecast.recipients, "#file", "month-recipients", Tone::Fine),
            tile(forecast.recipients - forecast.to_orient, "#file", "month-written", Tone::Fine),
            tile(forecast.to_orient, "/month/held-back", "month-to-orient", pressing(forecast.to_orient)),
            tile(forecast.without_referent, "#erased", "month-erased", pressing(forecast.without_referent)),
        ],
    )
}

fn built_card(w: Words, known: &Known, built: &Built, typed: Option<(Typed, String)>) -> BuiltCard {
    let detail = |key, value: String| Detail::new(w.say(key)).value(value);
    let today = w.today();
    let (typed, error) = match typed {
        Some((typed, error)) => ([typed.day, typed.month, typed.year], Some(error)),
        None => ([today.day().to_string(), today.month().to_string(), today.year().to_string()], None),
    };
    let [day, month, year] = &typed;
    BuiltCard {
        summary: SummaryList::new(
            w,
            vec![
                detail("month-built", format!("{}, {}", who(&known.names, &built.by), w.moment(built.at))),
                detail("month-records", w.number(built.written)),
                detail("month-size", w.size(built.bytes)),
                detail("month-hash", built.hash.chars().take(16).collect()),
                detail("month-clauses", built.clauses.join(" ; ")),
            ],
        ),
        refused: built.refused.iter().map(|rule| line(w, rule)).collect(),
        warnings: built.warnings.iter().map(|rule| line(w, rule)).collect(),
        day: Field::day(w, "on", w.say("month-deposited-on"), [day, month, year])
            .hint(w.say("month-deposited-hint"))
            .error(error),
        out_of_date: built.is_out_of_date.then(|| {
            let key = if built.may_be_marked { "month-out-of-date-gone" } else { "month-out-of-date" };
            w.say(key).into()
        }),
        may_be_marked: built.may_be_marked,
        fetch: w.say("month-fetch").text("name", &built.file_name).text("size", w.size(built.bytes)).into(),
    }
}

fn line(w: Words, rule: &Counted) -> Line {
    Line {
        count: w.number(rule.count),
        message: capital(&rule.message),
        help: capital(&rule.help),
        rule: rule.rule.clone(),
    }
}

fn past_row(w: Words, known: &Known, past: &Deposited) -> Past {
    let by = |(at, actor): &(liant_model::Instant, String)| {
        format!("{}, {}", who(&known.names, actor), w.moment(*at))
    };
    let about: Option<Date> = past.reference_date.parse().ok();
    Past {
        about: about.map_or_else(|| past.reference_date.clone(), |day| w.month(day)),
        file_name: past.file_name.clone(),
        written: w.number(past.written),
        built: by(&past.built),
        deposited: w.day(past.on),
        recorded: by(&past.recorded),
    }
}

/// Builds the file, as the command line does.
pub(super) async fn build(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let lang = page.w.lang();
    site.act(errand, move |context, workplace| deposit::build(context, workplace, lang)).await?;
    Ok(Redirect::to("/month#file").into_response())
}

/// The file itself.
pub(super) async fn file(State(site): State<Site>, errand: Errand) -> Result<Response, Failure> {
    let (built, bytes) = site.act(errand, deposit::fetch).await?;
    let disposition = format!("attachment; filename=\"{}\"", built.file_name);
    let kind = "application/xml; charset=iso-8859-1".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// The day of the deposit, as it was typed.
#[derive(serde::Deserialize)]
pub(super) struct Typed {
    #[serde(rename = "on-day", default)]
    day: String,
    #[serde(rename = "on-month", default)]
    month: String,
    #[serde(rename = "on-year", default)]
    year: String,
}

impl Typed {
    fn date(&self) -> Option<Date> {
        let number = |text: &str| text.trim().parse().ok();
        let year = self.year.trim().parse().ok()?;
        Date::new(year, number(&self.month)?, number(&self.day)?).ok()
    }
}

/// Marks the file as deposited.
pub(super) async fn deposited(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let known = known(&site, errand.clone()).await?;
    let Some(built) = &known.built else { return Err(Failure::Conflict) };
    let day = typed.date().filter(|day| *day >= built.at.date() && *day <= page.w.today());
    let Some(day) = day else {
        let error = page.say("month-deposited-error").text("first", page.w.date(built.at.date())).to_string();
        return screen(&page, &known, Some((typed, error)));
    };
    site.act(errand, move |context, workplace| deposit::mark(context, workplace, day)).await?;
    Ok(Redirect::to("/month#history").into_response())
}

#[derive(Template)]
#[template(path = "held-back.html")]
struct HeldBackScreen<'a> {
    page: &'a Page,
    w: Words,
    lede: String,
    rows: Vec<HeldRow>,
    empty: Empty,
}

struct HeldRow {
    name: String,
    birth: String,
    number: String,
}

/// Those who are held back, as far as the conventions let her see them.
pub(super) async fn held_back(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
) -> Result<Response, Failure> {
    let (forecast, people) = site
        .act(errand, |context, workplace| {
            Ok((deposit::forecast(context, workplace)?, deposit::held_back(context, workplace, SHOWN)?))
        })
        .await?;
    let w = page.w;
    let page = page.under("/month", w.say("menu-month"));
    let shown = people.len() as u64;
    let lede = w.say("held-lede").with("count", forecast.to_orient).with("shown", shown);
    let screen = HeldBackScreen {
        page: &page,
        w,
        lede: lede.into(),
        rows: people.iter().map(|person| held_row(w, person)).collect(),
        empty: Empty::new(w.say("held-empty-title"), w.say("held-empty-text")),
    };
    page.show(&screen)
}

fn held_row(w: Words, person: &HeldBack) -> HeldRow {
    let value = |datum: Datum| {
        person.values.iter().find(|(known, _)| *known == datum).map(|(_, value)| value.as_str())
    };
    let dash = || "—".to_owned();
    let name: Vec<&str> = [Datum::BirthName, Datum::FirstName].into_iter().filter_map(value).collect();
    let number =
        [Datum::CafIdentifier, Datum::RsaRequestNumber, Datum::FtIdentifier].into_iter().find_map(value);
    let birth = value(Datum::BirthDate);
    HeldRow {
        name: if name.is_empty() { dash() } else { name.join(" ") },
        birth: birth
            .map_or_else(dash, |birth| birth.parse().map_or_else(|_| birth.to_owned(), |day| w.date(day))),
        number: number.map_or_else(dash, str::to_owned),
    }
}
