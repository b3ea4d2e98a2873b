//! The figures of a programme at the end of a month: each with its definition and its source. They lead to no list, and small counts are
//! not shown.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::casework::{self, Code, FigureOf};
use liant_app::{AppError, Context, Workplace};
use liant_model::{Date, Span};

use super::words;
use crate::components::{Column, Columns, Empty, Tag, Tone};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "casework/figures.html")]
struct FiguresPage<'a> {
    page: &'a Page,
    w: Words,
    lede: String,
    programmes: Vec<(String, String, bool)>,
    months: Vec<(String, String, bool)>,
    columns: Columns,
    rows: Vec<Row>,
    empty: Empty,
}

struct Row {
    text: String,
    source: String,
    value: Option<String>,
    of: Option<String>,
    least: Option<String>,
    below: Option<Tag>,
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    programme: String,
    month: String,
}

/// Months that may be asked for.
const MONTHS: i64 = 12;

/// The last days of the months that are over, the latest first.
fn months(today: Date) -> Vec<Date> {
    let first = today.first_of_month();
    (0..MONTHS)
        .map(|before| first.saturating_sub(Span::new().months(before)).saturating_sub(Span::new().days(1)))
        .collect()
}

struct Read {
    programmes: Vec<(String, String, bool)>,
    until: Date,
    figures: Vec<FigureOf>,
}

fn read(context: &Context<'_>, workplace: &Workplace, asking: &Asking, w: Words) -> Result<Read, AppError> {
    let all = workplace.programmes(context.territory)?;
    let months = months(context.now().date());
    let asked = months.iter().find(|day| day.to_string() == asking.month);
    let until = asked.or(months.first()).copied().ok_or(AppError::Absent("figures"))?;
    let measured = all.iter().filter(|one| !one.indicators.is_empty() && one.is_open(until));
    let mut programmes: Vec<(Code, String)> =
        measured.map(|one| (one.id.clone(), words::said(w, &one.title))).collect();
    programmes.dedup_by(|one, other| one.0 == other.0);
    let chosen = programmes.iter().find(|(id, _)| id.as_str() == asking.programme);
    let Some((programme, _)) = chosen.or(programmes.first()) else {
        return Ok(Read { programmes: Vec::new(), until, figures: Vec::new() });
    };
    let figures = casework::figures(context, workplace, (programme, until), w.lang())?;
    let is_chosen = |id: &Code| id == programme;
    let programmes = programmes.iter().map(|(id, title)| (id.to_string(), title.clone(), is_chosen(id)));
    Ok(Read { programmes: programmes.collect(), until, figures })
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let read = site.act(errand, move |context, workplace| read(context, workplace, &asking, w)).await?;
    let months = months(w.today());
    let heads = vec![
        Column::new(w.say("figures-col-what")),
        Column::new(w.say("figures-col-value")).numeric(),
        Column::new(w.say("figures-col-of")).numeric(),
        Column::new(w.say("figures-col-least")).numeric(),
    ];
    page.show(&FiguresPage {
        page: &page,
        w,
        lede: w.say("figures-lede").text("day", w.date(read.until)).into(),
        months: months
            .iter()
            .map(|day| (day.to_string(), words::capital(&w.month(*day)), *day == read.until))
            .collect(),
        programmes: read.programmes,
        columns: Columns::new(w, w.say("figures-title"), heads),
        rows: read.figures.iter().map(|figure| row(w, figure)).collect(),
        empty: Empty::new(w.say("figures-none"), w.say("figures-none-text")),
    })
}

fn row(w: Words, figure: &FigureOf) -> Row {
    let said = |value: u32| {
        let value = u64::from(value);
        match figure.unit {
            "per cent" => w.say("figures-per-cent").with("value", value),
            "days" => w.say("figures-days").with("value", value),
            _ => w.say("figures-people").with("value", value),
        }
        .to_string()
    };
    Row {
        text: words::capital(&w.typeset(&figure.text)),
        source: w.cite(&figure.source),
        value: figure.value.map(said),
        of: figure.of.filter(|_| figure.unit != "people").map(|of| w.number(u64::from(of))),
        least: figure.least.map(said),
        below: figure.below.map(|_| Tag::new(Tone::Soon, w.say("figures-below"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_are_over_end_on_their_last_day() {
        let all = months(Date::constant(2026, 3, 31));
        assert_eq!(all.len(), 12);
        assert_eq!(all[..2], [Date::constant(2026, 2, 28), Date::constant(2026, 1, 31)]);
        assert!(all.iter().all(|day| *day == day.last_of_month()));
    }
}
