//! What an import did: who was recognised, who is new, who is in doubt, what was set aside.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::rejects::{self, Reject, Rejects};
use liant_app::{AppError, ImportReport, batches, names};

use super::files::who;
use super::upload::capital;
use crate::components::{Chip, Column, Columns, Empty, Filters, Link, Pagination, Tile, Tiles, Tone};
use crate::errand::Errand;
use crate::failure::Failure;
use crate::next::encoded;
use crate::words::Words;
use crate::{Page, Site};

/// Rejects on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "received.html")]
struct Report<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    tiles: Tiles,
    changes: Vec<Change>,
    rules: Vec<Rule>,
    rejects: Option<(String, Link, Link)>,
    review: Option<Link>,
    clause: String,
}

/// One line of what changed: what, and how many.
pub(super) struct Change {
    pub(super) name: String,
    pub(super) hint: String,
    pub(super) count: String,
}

struct Rule {
    code: String,
    count: String,
    address: String,
}

/// The figures that matter first. `to` says where each leads.
pub(super) fn tiles(w: Words, report: &ImportReport, to: impl Fn(&'static str) -> String) -> Tiles {
    let known = report.changed + report.unchanged + report.recognised_certain + report.recognised_scored;
    let tile = |count, what, key, tone| Tile { count, link: Link::new(to(what), w.say(key)), tone };
    let pressing = |count: u64, tone| if count > 0 { tone } else { Tone::Fine };
    Tiles::new(
        w,
        vec![
            tile(known, "known", "import-known", Tone::Fine),
            tile(report.new_persons, "new", "import-new", Tone::Fine),
            tile(report.to_review, "review", "import-review", pressing(report.to_review, Tone::Soon)),
            tile(report.rejected, "rejected", "import-rejected", pressing(report.rejected, Tone::Late)),
        ],
    )
}

/// What becomes of each record, then who came and went.
pub(super) fn changes(w: Words, report: &ImportReport) -> Vec<Change> {
    [
        (report.records, "import-records", "import-records-hint"),
        (report.new, "import-entries", "import-entries-hint"),
        (report.changed, "import-changed", "import-changed-hint"),
        (report.unchanged, "import-unchanged", "import-unchanged-hint"),
        (report.erased, "import-erased", "import-erased-hint"),
        (report.rejected, "import-set-aside", "import-set-aside-hint"),
        (report.entered, "import-entered", "import-entered-hint"),
        (report.left, "import-left", "import-left-hint"),
        (report.registered, "import-registered", "import-registered-hint"),
        (report.ceased, "import-ceased", "import-ceased-hint"),
        (report.radiated, "import-radiated", "import-radiated-hint"),
        (report.recognised_certain, "import-certain", "import-certain-hint"),
        (report.recognised_scored, "import-scored", "import-scored-hint"),
    ]
    .into_iter()
    // Hardly any file meets someone who was erased.
    .filter(|(count, name, _)| *count > 0 || *name != "import-erased")
    .map(|(count, name, hint)| Change {
        name: w.say(name).into(),
        hint: w.say(hint).into(),
        count: w.number(count),
    })
    .collect()
}

fn flow_and_day(w: Words, flow: &str, reference: &str) -> String {
    let about = reference.parse().map_or_else(|_| reference.to_owned(), |day| w.date(day));
    w.say("import-title").text("flow", flow).text("day", about).into()
}

pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Path(batch): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let number: i64 = batch.parse().map_err(|_| Failure::Absent)?;
    let (file, names) = site
        .act(errand, move |context, workplace| {
            let received = batches(context, workplace)?;
            let mut published = received.into_iter().filter(|file| file.state == "published");
            let file = published.find(|file| file.batch == number).ok_or(AppError::Absent("import"))?;
            let names = names(workplace, context.territory, [file.actor.clone()])?;
            Ok((file, names))
        })
        .await?;
    let w = page.w;
    let page = page.under("/files", w.say("files-title"));
    let rejects = format!("/files/received/{number}/rejects");
    let review = review_address(&page);
    let report = &file.counts;
    let screen = Report {
        page: &page,
        w,
        title: flow_and_day(w, &file.flow, &file.reference_date),
        lede: w
            .say("import-lede")
            .text("who", who(&names, &file.actor))
            .text("when", w.moment(file.at))
            .text("size", w.size(report.bytes))
            .text("name", &file.file_name)
            .into(),
        tiles: tiles(w, report, |what| match what {
            "rejected" => rejects.clone(),
            "review" => review.unwrap_or("#changes").to_owned(),
            _ => "#changes".to_owned(),
        }),
        changes: changes(w, report),
        rules: report
            .rules
            .iter()
            .map(|(code, count)| Rule {
                code: code.clone(),
                count: w.number(*count),
                address: format!("{rejects}?rule={code}"),
            })
            .collect(),
        rejects: (report.rejected > 0).then(|| {
            (
                w.say("import-rejects-text").with("count", report.rejected).to_string(),
                Link::new(rejects.clone(), w.say("import-rejects-see")),
                Link::new(format!("{rejects}.csv"), w.say("import-rejects-csv")),
            )
        }),
        review: review
            .filter(|_| report.to_review > 0)
            .map(|address| Link::new(address, w.say("import-review-see").with("count", report.to_review))),
        clause: file.clause.clone(),
    };
    page.show(&screen)
}

/// Where doubts about identities are settled, for who may go there.
fn review_address(page: &Page) -> Option<&'static str> {
    page.open_path("/review")
}

#[derive(serde::Deserialize)]
pub(super) struct Wanted {
    rule: Option<String>,
    page: Option<u64>,
}

#[derive(Template)]
#[template(path = "rejects.html")]
struct RejectsScreen<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    lede: String,
    filters: Filters,
    columns: Columns,
    rows: Vec<RejectRow>,
    pagination: Pagination,
    csv: String,
    empty: Empty,
}

struct RejectRow {
    record: String,
    line: String,
    element: String,
    message: String,
    rule: String,
}

pub(super) async fn rejects(
    State(site): State<Site>,
    page: Page,
    Path(batch): Path<String>,
    Query(wanted): Query<Wanted>,
    errand: Errand,
) -> Result<Response, Failure> {
    let found = found(&site, errand, &batch).await?;
    let w = page.w;
    let title = flow_and_day(w, &found.flow, &found.reference_date);
    let here = format!("/files/received/{batch}");
    let page = page.under("/files", w.say("files-title")).under(here.clone(), title.clone());
    let kept: Vec<&Reject> = found
        .rejects
        .iter()
        .filter(|reject| wanted.rule.as_ref().is_none_or(|rule| reject.rule == *rule))
        .collect();
    let list = format!("{here}/rejects");
    let base =
        wanted.rule.as_ref().map_or_else(|| list.clone(), |rule| format!("{list}?rule={}", encoded(rule)));
    let pages = kept.len().div_ceil(PAGE).max(1) as u64;
    let number = wanted.page.unwrap_or(1).clamp(1, pages);
    let chip = |rule: &String| Chip {
        label: w.say("rejects-rule").into(),
        value: rule.clone(),
        without: list.clone(),
    };
    let rows =
        kept.iter().skip((number as usize - 1) * PAGE).take(PAGE).map(|reject| row(w, reject)).collect();
    let column = |key| Column::new(w.say(key));
    let screen = RejectsScreen {
        page: &page,
        w,
        title: w.say("rejects-title").into(),
        lede: w.say("rejects-lede").text("file", &found.file_name).into(),
        filters: Filters::new(w, kept.len() as u64, wanted.rule.iter().map(chip).collect(), list.clone()),
        columns: Columns::new(
            w,
            w.say("rejects-table"),
            vec![
                column("finding-record").numeric(),
                column("finding-line").numeric(),
                column("finding-element"),
                column("finding-message"),
                column("finding-rule"),
            ],
        ),
        rows,
        pagination: Pagination::new(w, number, pages, base),
        csv: format!("{list}.csv"),
        empty: Empty::new(w.say("rejects-empty-title"), w.say("rejects-empty-text"))
            .with_act(Link::new(here, w.say("rejects-back"))),
    };
    page.show(&screen)
}

fn row(w: Words, reject: &Reject) -> RejectRow {
    RejectRow {
        record: w.number(reject.record),
        line: w.number(reject.line),
        element: if reject.element.is_empty() { "—".to_owned() } else { reject.element.clone() },
        message: capital(&reject.message),
        rule: reject.rule.clone(),
    }
}

async fn found(site: &Site, errand: Errand, batch: &str) -> Result<Rejects, Failure> {
    let number: i64 = batch.parse().map_err(|_| Failure::Absent)?;
    site.act(errand, move |context, workplace| rejects::list(context, workplace, number)).await
}

/// The same for a spreadsheet.
pub(super) async fn csv(
    State(site): State<Site>,
    page: Page,
    Path(batch): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let found = found(&site, errand, &batch).await?;
    let bytes =
        rejects::csv(&found.rejects, page.w.lang()).map_err(|error| Failure::internal(error.to_string()))?;
    let name = match page.w.lang() {
        liant_model::Lang::Fr => "rejets",
        liant_model::Lang::En => "rejects",
    };
    let disposition =
        format!("attachment; filename=\"{name}-{}-{}.csv\"", found.flow.to_lowercase(), found.reference_date);
    let kind = "text/csv; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response())
}
