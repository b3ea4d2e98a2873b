//! The dashboard of committees: what happened in a month by local service, and in the months before all together. Its figures lead to no list;
//! what is of few people is hidden, and said to be.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::casework::{
    self, COMMITTEE_MONTHS, Code, Committee, CommitteeWords, EntriesOf, ExitsOf, Month, MonthFigures,
};
use liant_app::people::Format;
use liant_app::{AppError, Context, Workplace};
use liant_model::Date;

use super::chart::{Chart, Stack};
use super::words;
use crate::components::{Column, Columns, Empty};
use crate::failure::Failure;
use crate::pages::dpo::length;
use crate::words::Words;
use crate::{Errand, Page, SignedIn, Site};

#[derive(Template)]
#[template(path = "casework/committee.html")]
struct CommitteePage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    programmes: Vec<(String, String, bool)>,
    months: Vec<(String, String, bool)>,
    file: String,
    /// Where minutes and reviews are, for whom they are.
    papers: Option<&'static str>,
    tiles: Vec<Tile>,
    sections: Vec<Section>,
    small: String,
    counted: String,
    empty: Empty,
}

/// A figure of the month. It leads nowhere.
struct Tile {
    figure: Option<String>,
    text: String,
}

struct Section {
    id: &'static str,
    title: String,
    definitions: Vec<Definition>,
    chart: Chart,
    tables: [Figures; 2],
}

struct Definition {
    what: String,
    text: String,
    source: Option<String>,
}

/// A table of figures, where what is hidden is said to be.
#[derive(Template)]
#[template(path = "casework/figure_table.html")]
pub(super) struct Figures {
    w: Words,
    columns: Columns,
    rows: Vec<Row>,
}

impl askama::filters::HtmlSafe for Figures {}

struct Row {
    name: String,
    is_total: bool,
    cells: Vec<String>,
    /// How many columns after these are hidden.
    hidden: usize,
}

/// The figures of months and places as tables, one of each kind: what stands before a row, whether it is of all together, its figures.
pub(super) fn figure_tables(
    w: Words,
    (rows, first): (&[(String, bool, &MonthFigures)], &'static str),
    has_share: bool,
) -> Vec<Figures> {
    type Cells = fn(Words, &MonthFigures) -> Vec<String>;
    let kinds: [(&'static str, &[&'static str], Cells); 3] = [
        ("committee-part-entries", &["committee-entries", "committee-in-time", "committee-median"], entries),
        (
            "committee-part-exits",
            &["committee-exits", "committee-positive", "committee-lifted", "committee-other"],
            exits,
        ),
        ("committee-part-share", &["committee-share"], share),
    ];
    let table = |(title, heads, cells_of): (&'static str, &[&'static str], Cells)| {
        let numeric = heads.iter().map(|head| Column::new(w.say(head)).numeric());
        let columns = std::iter::once(Column::new(w.say(first))).chain(numeric).collect();
        let row = |(name, is_total, figures): &(String, bool, &MonthFigures)| {
            let cells = cells_of(w, figures);
            Row {
                name: name.clone(),
                is_total: *is_total,
                hidden: heads.len().saturating_sub(cells.len()),
                cells,
            }
        };
        Figures { w, columns: Columns::new(w, w.say(title), columns), rows: rows.iter().map(row).collect() }
    };
    kinds.into_iter().take(if has_share { 3 } else { 2 }).map(table).collect()
}

/// What the address asks for.
#[derive(serde::Deserialize, Default, Clone, Debug)]
#[serde(default)]
pub(in crate::pages) struct Asking {
    programme: String,
    month: String,
}

/// The months that are over, the latest first.
fn months(today: Date) -> Vec<Month> {
    let this = Month::of(today);
    (1..).take(COMMITTEE_MONTHS).map(|before| this.plus(-before)).collect()
}

struct Read {
    programmes: Vec<(String, String, bool)>,
    month: Month,
    words: CommitteeWords,
    months: Vec<Committee>,
    has_papers: bool,
}

/// Which programme and month the address asks for, of those that she may ask for.
fn chosen(
    context: &Context<'_>,
    workplace: &Workplace,
    (asking, who): (&Asking, &SignedIn),
) -> Result<(Vec<Code>, Option<Code>, Month), AppError> {
    let months = months(context.now().date());
    let asked = months.iter().find(|month| month.to_string() == asking.month);
    let month = asked.or(months.first()).copied().ok_or(AppError::Absent("figures"))?;
    let sees = casework::is_shown_paths(workplace, context.territory, &who.actor);
    let all = workplace.programmes(context.territory)?;
    if !sees && !all.iter().any(|one| one.figures.to.contains(&who.actor.role)) {
        return Err(AppError::Absent("figures"));
    }
    let open = all.iter().filter(|one| one.is_open(month.last()));
    let hers = open.filter(|one| sees || one.figures.to.contains(&who.actor.role));
    let mut programmes: Vec<Code> = hers.map(|one| one.id.clone()).collect();
    programmes.dedup();
    let found = programmes.iter().find(|id| id.as_str() == asking.programme);
    let chosen = found.or(programmes.first()).cloned();
    Ok((programmes, chosen, month))
}

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    asking: (&Asking, &SignedIn),
    w: Words,
) -> Result<Read, AppError> {
    let (ids, chosen, month) = chosen(context, workplace, asking)?;
    let all = workplace.programmes(context.territory)?;
    let running = |id: &Code| all.on(id, month.last());
    let mut read = Read {
        programmes: Vec::new(),
        month,
        words: CommitteeWords::default(),
        months: Vec::new(),
        has_papers: casework::has_papers(context, workplace)?,
    };
    let Some(chosen) = chosen else { return Ok(read) };
    read.months = casework::committees(context, workplace, (&chosen, month), COMMITTEE_MONTHS, w.lang())?;
    read.words = running(&chosen).map(|one| casework::committee_words(one, w.lang())).unwrap_or_default();
    let named = ids.iter().filter_map(|id| Some((id, running(id)?)));
    read.programmes =
        named.map(|(id, one)| (id.to_string(), words::said(w, &one.title), *id == chosen)).collect();
    Ok(read)
}

pub(in crate::pages) async fn show(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    let w = page.w;
    let who = page.visitor().cloned().ok_or(Failure::Absent)?;
    let act =
        move |context: &Context<'_>, workplace: &Workplace| read(context, workplace, (&asking, &who), w);
    let read = site.act(errand, act).await?;
    let chosen = read.programmes.iter().find(|(.., chosen)| *chosen).map(|(id, ..)| id.clone());
    let last = read.months.last();
    let fewest = last.map_or(0, |last| u64::from(last.fewest));
    page.show(&CommitteePage {
        page: &page,
        w,
        title: w.say("committee-title").into(),
        lede: words::capital(&w.say("committee-lede").text("month", w.month(read.month.first())).to_string()),
        months: months(w.today())
            .into_iter()
            .map(|one| (one.to_string(), words::capital(&w.month(one.first())), one == read.month))
            .collect(),
        papers: read.has_papers.then(|| page.open_path(super::PAPERS)).flatten(),
        file: format!("?programme={}&month={}", chosen.unwrap_or_default(), read.month),
        tiles: last.map(|last| tiles(w, &last.total, &read.words)).unwrap_or_default(),
        sections: last.map(|last| sections(w, (last, &read.months), &read.words)).unwrap_or_default(),
        small: w.say("committee-small").with("fewest", fewest).into(),
        counted: last
            .map(|last| w.say("committee-counted").text("day", w.date(last.made_at.date())).into())
            .unwrap_or_default(),
        empty: Empty::new(w.say("committee-none"), w.say("committee-none-text")),
        programmes: read.programmes,
    })
}

pub(in crate::pages) async fn csv(
    site: State<Site>,
    page: Page,
    asking: Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    file(site, page, (asking, errand), Format::Csv).await
}

pub(in crate::pages) async fn xlsx(
    site: State<Site>,
    page: Page,
    asking: Query<Asking>,
    errand: Errand,
) -> Result<Response, Failure> {
    file(site, page, (asking, errand), Format::Xlsx).await
}

/// The same cells as a file.
async fn file(
    State(site): State<Site>,
    page: Page,
    (Query(asking), errand): (Query<Asking>, Errand),
    format: Format,
) -> Result<Response, Failure> {
    let w = page.w;
    let who = page.visitor().cloned().ok_or(Failure::Absent)?;
    let made = site.act(errand, move |context, workplace| {
        let (_, chosen, month) = chosen(context, workplace, (&asking, &who))?;
        let chosen = chosen.ok_or(AppError::Absent("programme"))?;
        let bytes = casework::committee_file(context, workplace, (&chosen, month), format, w.lang())?;
        Ok((format!("{chosen}-{month}"), bytes))
    });
    let (of, bytes) = made.await?;
    Ok(as_file(&format!("{}-{of}", w.say("committee-file")), format, bytes))
}

/// A file to be kept under a name.
pub(super) fn as_file(name: &str, format: Format, bytes: Vec<u8>) -> Response {
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let disposition = format!("attachment; filename=\"{name}.{}\"", format.extension());
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

fn number(w: Words, count: u32) -> String {
    w.number(u64::from(count))
}

fn per_cent(w: Words, value: Option<u32>) -> String {
    value.map_or_else(none, |value| w.say("figures-per-cent").with("value", u64::from(value)).into())
}

fn days(w: Words, value: Option<u32>) -> String {
    value.map_or_else(none, |value| w.say("figures-days").with("value", u64::from(value)).into())
}

/// Of nobody there is no share, and no delay.
fn none() -> String {
    "–".to_owned()
}

fn tiles(w: Words, total: &MonthFigures, words: &CommitteeWords) -> Vec<Tile> {
    let tile = |figure: Option<String>, key| Tile { figure, text: w.say(key).into() };
    let all = |count: Option<u32>| count.map(|count| number(w, count));
    let entries = |of: &dyn Fn(&EntriesOf) -> String| total.entries.as_ref().map(of);
    let exits = |of: &dyn Fn(&ExitsOf) -> String| total.exits.as_ref().map(of);
    let mut tiles = vec![
        tile(all(all_entries(total)), "committee-entries"),
        tile(entries(&|one| per_cent(w, one.share_in_time())), "committee-in-time"),
        tile(entries(&|one| days(w, one.median)), "committee-median"),
        tile(all(all_exits(total)), "committee-exits"),
        tile(exits(&|one| number(w, one.positive)), "committee-positive"),
        tile(exits(&|one| number(w, one.lifted)), "committee-lifted"),
    ];
    if words.share.is_some() {
        tiles.push(tile(share(w, total).into_iter().next(), "committee-share"));
    }
    tiles
}

/// How many there are in all, also where they are not told apart.
fn all_entries(figures: &MonthFigures) -> Option<u32> {
    figures.entries.as_ref().map(EntriesOf::all).or(figures.all_entries)
}

fn all_exits(figures: &MonthFigures) -> Option<u32> {
    figures.exits.as_ref().map(ExitsOf::all).or(figures.all_exits)
}

/// The cells of a row until the first that is hidden.
fn share(w: Words, figures: &MonthFigures) -> Vec<String> {
    if figures.share.is_some() || figures.nobody { vec![per_cent(w, figures.share)] } else { Vec::new() }
}

fn entries(w: Words, figures: &MonthFigures) -> Vec<String> {
    let all = all_entries(figures).map(|count| number(w, count));
    let apart =
        figures.entries.iter().flat_map(|one| [per_cent(w, one.share_in_time()), days(w, one.median)]);
    all.into_iter().chain(apart).collect()
}

fn exits(w: Words, figures: &MonthFigures) -> Vec<String> {
    let all = all_exits(figures).map(|count| number(w, count));
    let apart = figures.exits.iter().flat_map(|one| [one.positive, one.lifted, one.other]);
    all.into_iter().chain(apart.map(|count| number(w, count))).collect()
}

/// The parts of a bar; the last one is of those who are not told apart.
fn entries_parts(figures: &MonthFigures) -> Option<Vec<u32>> {
    let apart = figures.entries.as_ref().map(|one| vec![one.in_time, one.late]);
    apart.or_else(|| Some(vec![0, 0, figures.all_entries?]))
}

fn exits_parts(figures: &MonthFigures) -> Option<Vec<u32>> {
    let apart = figures.exits.as_ref().map(|one| vec![one.positive, one.lifted, one.other]);
    apart.or_else(|| Some(vec![0, 0, 0, figures.all_exits?]))
}

fn share_parts(figures: &MonthFigures) -> Option<Vec<u32>> {
    (figures.share.is_some() || figures.nobody).then(|| vec![figures.share.unwrap_or(0)])
}

/// What a part of the page is made of.
struct Part {
    id: &'static str,
    title: &'static str,
    caption: &'static str,
    heads: Vec<&'static str>,
    legend: Vec<&'static str>,
    definitions: Vec<Definition>,
    cells: fn(Words, &MonthFigures) -> Vec<String>,
    parts: fn(&MonthFigures) -> Option<Vec<u32>>,
    most: Option<u32>,
}

fn sections(w: Words, (last, months): (&Committee, &[Committee]), words: &CommitteeWords) -> Vec<Section> {
    let exits_of = |what, all: &[String]| Definition {
        what: w.say(what).into(),
        text: words::capital(&w.typeset(&all.join(", "))),
        source: None,
    };
    let cited = |what, one: &Option<(String, String)>, otherwise| {
        let (text, source) = match one {
            Some((text, source)) => (words::capital(&w.typeset(text)), Some(w.cite(source))),
            None => (w.say(otherwise).into(), None),
        };
        Definition { what: w.say(what).into(), text, source }
    };
    let plain = |what, text| Definition { what: w.say(what).into(), text: w.say(text).into(), source: None };
    let in_time = match &words.in_time {
        Some((within, source)) => Definition {
            what: w.say("committee-in-time").into(),
            text: w.say("committee-in-time-within").text("length", length(w, *within)).into(),
            source: Some(w.cite(source)),
        },
        None => plain("committee-in-time", "committee-in-time-text"),
    };
    let mut parts = vec![
        Part {
            id: "entries",
            title: "committee-part-entries",
            caption: "committee-chart-entries",
            heads: vec!["committee-entries", "committee-in-time", "committee-median"],
            legend: vec!["committee-key-in-time", "committee-key-late", "committee-key-apart"],
            definitions: vec![
                plain("committee-entries", "committee-entries-text"),
                in_time,
                plain("committee-median", "committee-median-text"),
            ],
            cells: entries,
            parts: entries_parts,
            most: None,
        },
        Part {
            id: "exits",
            title: "committee-part-exits",
            caption: "committee-chart-exits",
            heads: vec!["committee-exits", "committee-positive", "committee-lifted", "committee-other"],
            legend: vec!["committee-positive", "committee-lifted", "committee-other", "committee-key-apart"],
            definitions: vec![
                exits_of("committee-positive", &words.positive),
                exits_of("committee-lifted", &words.lifted),
                plain("committee-other", "committee-other-text"),
            ],
            cells: exits,
            parts: exits_parts,
            most: None,
        },
    ];
    if words.share.is_some() {
        parts.push(Part {
            id: "share",
            title: "committee-part-share",
            caption: "committee-chart-share",
            heads: vec!["committee-share"],
            legend: vec!["committee-share"],
            definitions: vec![cited("committee-share", &words.share, "committee-share")],
            cells: share,
            parts: share_parts,
            most: Some(100),
        });
    }
    parts.into_iter().map(|part| section(w, part, (last, months))).collect()
}

fn section(w: Words, part: Part, (last, months): (&Committee, &[Committee])) -> Section {
    let short: Vec<String> = w.say("committee-months").to_string().split(' ').map(str::to_owned).collect();
    let stack = |one: &Committee| {
        let cells = (part.cells)(w, &one.total);
        let number = usize::from(one.month.first().month().unsigned_abs());
        Stack {
            month: short.get(number - 1).cloned().unwrap_or_default(),
            parts: (part.parts)(&one.total),
            value: cells.into_iter().next().unwrap_or_else(|| "*".to_owned()),
        }
    };
    let heads: Vec<String> = part.heads.iter().map(|key| w.say(key).into()).collect();
    let columns = |caption: String, first| {
        let numeric = heads.iter().map(|head| Column::new(head.clone()).numeric());
        Columns::new(w, caption, std::iter::once(Column::new(w.say(first))).chain(numeric).collect())
    };
    let row = |name: String, is_total, figures: &MonthFigures| {
        let cells = (part.cells)(w, figures);
        Row { name, is_total, hidden: heads.len().saturating_sub(cells.len()), cells }
    };
    let title: String = w.say(part.title).into();
    let by_month = months.iter().rev();
    let by_month = by_month.map(|one| row(words::capital(&w.month(one.month.first())), false, &one.total));
    let places = last.places.iter().map(|one| {
        let name = one.name.clone().unwrap_or_else(|| w.say("committee-nowhere").into());
        row(name, false, &one.figures)
    });
    let whole = row(w.say("committee-whole").into(), true, &last.total);
    let month = w.month(last.month.first());
    let by_place = w.say("committee-by-place").text("what", &title).text("month", month);
    Section {
        id: part.id,
        definitions: part.definitions,
        chart: Chart::new(
            w.say(part.caption).into(),
            part.legend.iter().map(|key| w.say(key).into()).collect(),
            w.say("committee-chart-hidden").into(),
            (months.iter().map(stack).collect(), part.most),
        ),
        tables: [
            Figures {
                w,
                columns: columns(by_place.into(), "committee-col-place"),
                rows: places.chain([whole]).collect(),
            },
            Figures {
                w,
                columns: columns(
                    w.say("committee-by-month").text("what", &title).into(),
                    "committee-col-month",
                ),
                rows: by_month.collect(),
            },
        ],
        title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_are_over_come_the_latest_first() {
        let all = months(Date::constant(2026, 3, 31));
        let first: Vec<String> = all.iter().take(3).map(ToString::to_string).collect();
        assert_eq!((all.len(), first), (12, vec!["2026-02".into(), "2026-01".into(), "2025-12".into()]));
    }
}
