//! A search beyond one's reach (*recherche élargie*): exact, for a declared reason, so many times. What is typed stands in no
//! address, and what is found does not open by itself.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::Response;
use liant_app::AppError;
use liant_app::people::{self, Exactly, WiderResult, WiderTerms};
use liant_model::{Field as Datum, Source};

use super::{day_of, reason_field};
use crate::components::{Detail, Errors, Field, Link, SourceMark, SummaryList, Why};
use crate::failure::Failure;
use crate::pages::form_page::answered;
use crate::pages::person::words;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(super) const PATH: &str = "/people/wider";

/// What was typed about someone: never `Debug`.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    reason: String,
    name: String,
    first_name: String,
    #[serde(rename = "born-day")]
    born_day: String,
    #[serde(rename = "born-month")]
    born_month: String,
    #[serde(rename = "born-year")]
    born_year: String,
    number: String,
}

/// What is wrong with it: the name of a field, and the message that says so.
type Fault = (&'static str, &'static str);

impl Typed {
    fn born(&self) -> [&str; 3] {
        [&self.born_day, &self.born_month, &self.born_year]
    }

    /// Whom it looks for; or what is missing.
    fn whom(&self) -> Result<Exactly, Vec<Fault>> {
        let [name, first_name, number] = [&self.name, &self.first_name, &self.number].map(|text| text.trim());
        if !number.is_empty() {
            let is_named =
                [name, first_name].into_iter().chain(self.born()).any(|part| !part.trim().is_empty());
            let whom = Exactly::Numbered(number.to_owned());
            return if is_named { Err(vec![("number", "wider-both")]) } else { Ok(whom) };
        }
        match day_of(self.born()) {
            Some(born) if !name.is_empty() && !first_name.is_empty() => {
                Ok(Exactly::Named { name: name.to_owned(), first_name: first_name.to_owned(), born })
            }
            born => Err([
                name.is_empty().then_some(("name", "wider-name-wrong")),
                first_name.is_empty().then_some(("first_name", "wider-first-name-wrong")),
                born.is_none().then_some(("born", "wider-born-wrong")),
            ]
            .into_iter()
            .flatten()
            .collect()),
        }
    }
}

#[derive(Template)]
#[template(path = "look_ups/wider.html")]
struct WiderPage<'a> {
    page: &'a Page,
    w: Words,
    errors: Errors,
    terms: String,
    reason: Field,
    named: [Field; 3],
    number: Field,
}

#[derive(Template)]
#[template(path = "look_ups/found.html")]
struct FoundPage<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    people: Vec<Found>,
    and_more: bool,
    why: Why,
}

struct Found {
    name: String,
    details: SummaryList,
}

/// The form, for whom a clause lets search.
pub(super) async fn form(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let terms = terms(&site, &page, errand).await?;
    ask(&page, &terms, &Typed::default(), &[])
}

async fn terms(site: &Site, page: &Page, errand: Errand) -> Result<WiderTerms, Failure> {
    let lang = page.w.lang();
    let terms = site.act(errand, move |context, workplace| Ok(people::wider_terms(context, workplace, lang)));
    terms.await?.ok_or(Failure::Absent)
}

/// Searches, and shows those found on this page.
pub(super) async fn search(
    State(site): State<Site>,
    page: Page,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let terms = terms(&site, &page, errand.clone()).await?;
    let is_reasoned = terms.reasons.iter().any(|(code, _)| *code == typed.reason);
    let unreasoned = (!is_reasoned).then_some(("reason", "reason-choose"));
    let whom = match (typed.whom(), unreasoned) {
        (Ok(whom), None) => whom,
        (whom, unreasoned) => {
            let wrong: Vec<Fault> = unreasoned.into_iter().chain(whom.err().into_iter().flatten()).collect();
            return ask(&page, &terms, &typed, &wrong);
        }
    };
    let (reason, lang) = (typed.reason.clone(), page.w.lang());
    let found = site.act(errand, move |context, workplace| {
        people::wider_search(context, workplace, &whom, &reason, lang)
    });
    match found.await {
        Ok(found) => shown(&page, &found),
        Err(Failure::App(AppError::NotExact)) => {
            let is_named = typed.number.trim().is_empty();
            let wrong =
                if is_named { ("name", "wider-name-wrong") } else { ("number", "wider-number-wrong") };
            ask(&page, &terms, &typed, &[wrong])
        }
        Err(error) => Err(error),
    }
}

fn ask(page: &Page, terms: &WiderTerms, typed: &Typed, wrong: &[Fault]) -> Result<Response, Failure> {
    let w = page.w;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let said = |name| wrong.iter().find(|(field, _)| *field == name).map(|(_, key)| String::from(w.say(key)));
    let reason = reason_field(w, "wider-reason", &terms.reasons, &typed.reason, said("reason").is_some());
    let named = [
        Field::line(w, "name", w.say("wider-name"))
            .hint(w.say("wider-name-hint"))
            .value(&typed.name)
            .completed_by("off")
            .error(said("name")),
        Field::line(w, "first_name", w.say("wider-first-name"))
            .value(&typed.first_name)
            .completed_by("off")
            .error(said("first_name")),
        Field::day(w, "born", w.say("wider-born"), typed.born()).error(said("born")),
    ];
    let number = Field::line(w, "number", w.say("wider-number"))
        .hint(w.say("wider-number-hint"))
        .value(&typed.number)
        .completed_by("off")
        .wide(20)
        .error(said("number"));
    let [name, first_name, born] = &named;
    let screen = WiderPage {
        page,
        w,
        errors: Errors::of(w, &[&reason, name, first_name, born, &number]),
        terms: w
            .say("wider-terms")
            .with("hour", i64::from(terms.per_hour))
            .with("day", i64::from(terms.per_day))
            .into(),
        reason,
        named,
        number,
    };
    answered(page, &screen, status, None)
}

fn shown(page: &Page, found: &WiderResult) -> Result<Response, Failure> {
    let w = page.w;
    let why = Why::new(w, w.say("wider-why")).by(vec![Link::new("", w.cite(&found.clause))]);
    let screen = FoundPage {
        page,
        w,
        title: w.say("wider-found").with("count", found.people.len() as u64).into(),
        people: found.people.iter().map(|line| person(w, line)).collect(),
        and_more: found.and_more,
        why,
    };
    answered(page, &screen, StatusCode::OK, None)
}

/// Someone found: her name, and what each source says of her that the clause shows.
fn person(w: Words, line: &people::Line) -> Found {
    let said = |field: Datum| {
        let values = line.origins.iter().flat_map(|origin| &origin.values);
        values.into_iter().find(|value| value.field == field.code()).map(|value| value.value.as_str())
    };
    let name = words::name(w, said(Datum::FirstName), said(Datum::MarriedName), said(Datum::BirthName));
    let is_name = |field: Datum| [Datum::FirstName, Datum::MarriedName, Datum::BirthName].contains(&field);
    let mut details: Vec<(Datum, Detail)> = Vec::new();
    for origin in &line.origins {
        let source = Source::parse(&origin.source).unwrap_or(Source::DEPARTEMENT);
        for value in &origin.values {
            let Ok(field) = Datum::from_code(value.field) else { continue };
            if is_name(field) {
                continue;
            }
            let words = words::value(w, field, &value.value);
            let mark = SourceMark::of(w, &source);
            match details.iter_mut().find(|(of, _)| *of == field) {
                Some((_, detail)) => *detail = detail.clone().said(words, mark),
                None => details.push((field, Detail::new(value.label).said(words, mark))),
            }
        }
    }
    details.sort_by_key(|(field, _)| *field != Datum::BirthDate);
    Found { name, details: SummaryList::new(w, details.into_iter().map(|(_, detail)| detail).collect()) }
}
