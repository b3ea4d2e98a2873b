//! The list as a file: what it would hold and why it may, then the file.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::people::{self, ExportOffer, ExportRequest, Format, Order, Test};
use liant_app::{AppError, Context, Workplace};
use liant_model::{Lang, Source};

use super::PATH;
use super::asking::{Asking, seat_of};
use super::list::codes;
use super::narrowing::{Codes, Namer};
use crate::components::{Choice, Empty, Field, Link, SourceMark};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

#[derive(Template)]
#[template(path = "people/export.html")]
struct ExportPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    hindrance: Option<Empty>,
    said: Vec<(String, String)>,
    columns: Vec<(SourceMark, String)>,
    clauses: Vec<String>,
    most: String,
    hidden: Vec<(&'static str, String)>,
    formats: Field,
    back: String,
}

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    (asking, seat): (&Asking, people::Seat),
    lang: Lang,
) -> Result<(ExportOffer, Codes), AppError> {
    let tests = asking.tests(seat.account, context.now().date());
    let offer = people::offer(context, workplace, &seat, &tests)?;
    Ok((offer, codes(context, workplace, &asking.filters, lang)?))
}

/// What the file would be.
pub(super) async fn ask(
    State(site): State<Site>,
    page: Page,
    Query(pairs): Query<Vec<(String, String)>>,
    errand: Errand,
) -> Result<Response, Failure> {
    let (asking, seat, w) = (Asking::of(&pairs), seat_of(&page), page.w);
    let wanted = asking.clone();
    let (offer, codes) = site
        .act(errand, move |context, workplace| read(context, workplace, (&wanted, seat), w.lang()))
        .await?;
    let page = page.under(PATH, w.say("people-title"));
    let count = offer.count.number;
    page.show(&ExportPage {
        page: &page,
        w,
        title: w.say("people-export-title").with("count", count).into(),
        hindrance: hindrance(w, &offer, &asking),
        said: said(w, &codes, &asking),
        columns: columns(w, &offer),
        clauses: offer.clauses.iter().map(|clause| w.cite(clause)).collect(),
        most: w.say("people-export-most").with("most", offer.most).into(),
        hidden: asking.filters.pairs(),
        formats: Field::one_of(
            w,
            "format",
            w.say("people-export-format"),
            vec![
                Choice::new("xlsx", w.say("people-export-xlsx"))
                    .hint(w.say("people-export-xlsx-hint"))
                    .chosen(true),
                Choice::new("csv", w.say("people-export-csv")).hint(w.say("people-export-csv-hint")),
            ],
        ),
        back: asking.address(),
    })
}

fn said(w: Words, codes: &Codes, asking: &Asking) -> Vec<(String, String)> {
    let namer = Namer { w, codes };
    namer.said(&asking.filters).into_iter().map(|(label, value, _)| (label, value)).collect()
}

/// Why there is no file.
fn hindrance(w: Words, offer: &ExportOffer, asking: &Asking) -> Option<Empty> {
    let back = || Link::new(asking.address(), w.say("people-back"));
    let is_about_ft = |test: &Test| match test {
        Test::WithFranceTravail(_) | Test::Category(_) => true,
        Test::Happened(_, source, _) => *source == Source::FRANCE_TRAVAIL,
        _ => false,
    };
    if !offer.refused.is_empty() {
        let text = if offer.refused.iter().all(is_about_ft) {
            w.say("people-export-ft-text")
        } else {
            w.say("people-export-refused-text")
        };
        return Some(Empty::new(w.say("people-export-refused-title"), text).with_act(back()));
    }
    if offer.count.number > offer.most {
        let text = w.say("people-export-many-text").with("most", offer.most);
        return Some(Empty::new(w.say("people-export-many-title"), text).with_act(back()));
    }
    (offer.count.number == 0)
        .then(|| Empty::new(w.say("people-nobody-title"), w.say("people-nobody-text")).with_act(back()))
}

/// The data of each source, in a line.
fn columns(w: Words, offer: &ExportOffer) -> Vec<(SourceMark, String)> {
    let sources = [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL];
    sources
        .iter()
        .filter_map(|source| {
            let of_source = offer.columns.iter().filter(|column| column.sources.contains(source));
            let labels: Vec<&str> = of_source.map(|column| column.field.label(w.lang())).collect();
            (!labels.is_empty()).then(|| (SourceMark::of(w, source), w.typeset(&labels.join(", "))))
        })
        .collect()
}

/// The file.
pub(super) async fn take(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (asking, seat, w) = (Asking::of(&pairs), seat_of(&page), page.w);
    let format = match pairs.iter().find(|(name, _)| name == "format").map(|(_, value)| value.as_str()) {
        Some("xlsx") => Format::Xlsx,
        Some("csv") => Format::Csv,
        _ => return Err(Failure::Invalid),
    };
    let who = page.visitor().map(|visitor| visitor.name.clone()).unwrap_or_default();
    let wanted = asking.clone();
    let exported = site
        .act(errand, move |context, workplace| {
            let (offer, codes) = read(context, workplace, (&wanted, seat), w.lang())?;
            let request = ExportRequest {
                seat,
                tests: wanted.tests(seat.account, context.now().date()),
                order: Order::Name,
                format,
                filters: wanted.under(""),
                sheets: [w.say("people-sheet").into(), w.say("people-sheet-about").into()],
                about: about(w, &who, (&offer, &said(w, &codes, &wanted))),
            };
            people::export(context, workplace, &request, w.lang())
        })
        .await?;
    let name = format!("{}-{}.{}", w.say("people-file"), w.today(), format.extension());
    let kind = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, exported.bytes).into_response())
}

/// What the file says of itself: who made it, when, what for, of whom, under what.
fn about(w: Words, who: &str, (offer, said): (&ExportOffer, &[(String, String)])) -> Vec<(String, String)> {
    let mut about = vec![
        (w.say("people-about-made").into(), format!("{who}, {}", w.date(w.today()))),
        (w.say("people-about-purpose").into(), w.say("people-export-purpose").into()),
    ];
    about.extend(said.iter().cloned());
    about.extend(offer.clauses.iter().map(|clause| (w.say("people-about-clause").into(), w.cite(clause))));
    about.push((w.say("people-about-rule").into(), w.say("people-export-rule").into()));
    about
}
