//! What is held about her: the first page, all of it by source, and a copy to keep.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use liant_app::casework::{Coming, Means};
use liant_app::space::asking::{self, Copy};
use liant_app::space::forms::HeldForm;
use liant_app::space::held::{self, Datum, Decision, Held, PathStep, Record};
use liant_app::space::records::{HeldPaper, HeldRecord};
use liant_app::space::{Herself, contact, readers};
use liant_app::{Context, Workplace};
use liant_model::{Date, Field, Instant};

use super::{Told, as_file, link, source_name};
use crate::components::{Countdown, Empty, Link, SourceMark};
use crate::failure::Failure;
use crate::me::Own;
use crate::pages::casework::{self, words};
use crate::pages::person::words::{address, name, value};
use crate::words::Words;
use crate::{Page, Site};

/// Acts that the first page tells of.
const FIRST: usize = 3;

#[derive(Template)]
#[template(path = "space/home.html")]
struct Home<'a> {
    page: &'a Page,
    w: Words,
    first_name: Option<String>,
    follows: Option<String>,
    readings: Vec<Told>,
    sources: Vec<(SourceMark, String)>,
    open: Vec<(String, Countdown)>,
    contact: String,
    meets: Vec<(String, Vec<String>)>,
}

/// The first page of her space.
pub(super) async fn home(State(site): State<Site>, page: Page, own: Own) -> Result<Response, Failure> {
    let w = page.w;
    let lang = w.lang();
    let (held, readings, requests, said) = site
        .hers(own, move |context, workplace, her| {
            Ok((
                held::held(context, workplace, her, lang)?,
                readers::readers(context, workplace, her, lang)?,
                asking::requests(context, workplace, her)?,
                contact::said(context, workplace, her)?,
            ))
        })
        .await?;
    let said = match said.first() {
        Some(row) if row.given => w.say("space-contact-given").text("day", w.date(row.at.date())),
        Some(row) => w.say("space-contact-withdrawn").text("day", w.date(row.at.date())),
        None => w.say("space-contact-never"),
    };
    let open = requests.iter().filter(|request| request.state.is_open());
    page.show(&Home {
        page: &page,
        w,
        first_name: first_name(&held),
        follows: follows(&held),
        readings: readings.iter().take(FIRST).map(|reading| Told::new(w, reading)).collect(),
        sources: held
            .records
            .iter()
            .map(|record| {
                let count = w.say("space-data-count").with("count", record.data.len() as u64);
                (SourceMark::of(w, &record.source), count.into())
            })
            .collect(),
        open: open
            .map(|request| {
                (w.say(super::rights::name(request.right)).into(), Countdown::new(w, request.due_on, 7))
            })
            .collect(),
        contact: said.into(),
        meets: held.appointments.iter().map(|one| meet(w, one)).collect(),
    })
}

/// An appointment of hers: when, and what else is to be known.
fn meet(w: Words, one: &Coming) -> (String, Vec<String>) {
    let place = match (&one.place, one.means) {
        (Some(place), Means::InPerson) => w.typeset(place),
        (_, means) => words::means(w, means),
    };
    let mut lines = vec![w.say("space-meet-with").text("who", &one.with).into(), place];
    lines.extend(one.phone.as_ref().map(|phone| w.say("space-meet-change").text("phone", phone).into()));
    (words::day_and_hour(w, one.at), lines)
}

fn said(data: &[Datum], field: Field) -> Option<&str> {
    data.iter().find(|datum| datum.field == field).map(|datum| datum.words.as_str())
}

fn first_name(held: &Held) -> Option<String> {
    let first = held.records.iter().find_map(|record| said(&record.data, Field::FirstName))?;
    Some(first.to_owned())
}

/// Who accompanies her, by the decision in force.
fn follows(held: &Held) -> Option<String> {
    let decision = held.decisions.iter().find(|decision| decision.in_force)?;
    let who: Vec<&str> = [
        Field::ReferentFirstName,
        Field::ReferentName,
        Field::OrientationOrganisation,
        Field::OrientationService,
        Field::ReferentPhone,
    ]
    .iter()
    .filter_map(|field| said(&decision.data, *field))
    .collect();
    (!who.is_empty()).then(|| who.join(", "))
}

/// What one source says, in words.
pub(super) struct OfSource {
    /// Since when it speaks of her no more.
    pub(super) left: Option<String>,
    pub(super) mark: SourceMark,
    pub(super) source: String,
    state: String,
    /// By what file and under which clauses, of all that says nothing else.
    pub(super) rule: String,
    pub(super) data: Vec<Shown>,
    pub(super) has_number: bool,
}

/// One datum in words.
pub(super) struct Shown {
    pub(super) label: &'static str,
    pub(super) value: String,
    pub(super) since: String,
    /// By what file and under which clauses, when that is not what holds of most.
    pub(super) rule: Option<String>,
    pub(super) before: Vec<String>,
    wrong: String,
}

/// By what file a datum came and under which clauses, in words.
fn rule(w: Words, datum: &Datum) -> String {
    match &datum.brought {
        Some(brought) => w
            .say("space-datum-rule")
            .text("flow", &brought.flow)
            .text("received", &brought.received_under)
            .text("shown", &datum.shown_under)
            .into(),
        None => w.say("space-datum-recorded").text("shown", &datum.shown_under).into(),
    }
}

/// Data in words, and what holds of most of them.
fn all_shown(w: Words, source: &liant_model::Source, data: &[Datum]) -> (String, Vec<Shown>) {
    let rules: Vec<String> = data.iter().map(|datum| rule(w, datum)).collect();
    let times = |rule: &String| rules.iter().filter(|other| *other == rule).count();
    let usual = rules.iter().max_by_key(|rule| times(rule)).cloned().unwrap_or_default();
    let each = data.iter().zip(rules).map(|(datum, rule)| {
        let rule = Some(rule).filter(|rule| *rule != usual);
        shown(w, source, datum, rule)
    });
    let each = each.collect();
    (usual, each)
}

fn shown(w: Words, source: &liant_model::Source, datum: &Datum, rule: Option<String>) -> Shown {
    let since = datum
        .brought
        .as_ref()
        .map(|brought| w.say("space-datum-since").text("day", w.date(brought.since)).into());
    let about = format!("{}|{}", source.as_str(), datum.field.code());
    Shown {
        label: datum.label,
        value: value(w, datum.field, &datum.words),
        since: since.unwrap_or_default(),
        rule,
        before: datum
            .before
            .iter()
            .map(|before| {
                let words = value(w, datum.field, &before.words);
                match before.since {
                    Some(day) => {
                        w.say("space-datum-before").text("value", words).text("day", w.date(day)).into()
                    }
                    None => words,
                }
            })
            .collect(),
        wrong: address("/me/rights/new", &[("right", "rectification".to_owned()), ("about", about)]),
    }
}

fn of_source(w: Words, record: &Record) -> OfSource {
    let left: Option<String> =
        record.left_on.map(|day| w.say("space-source-left").text("day", w.date(day)).into());
    let count = || w.say("space-data-count").with("count", record.data.len() as u64).into();
    let (rule, data) = all_shown(w, &record.source, &record.data);
    OfSource {
        mark: SourceMark::of(w, &record.source),
        source: record.source.as_str().to_owned(),
        state: left.clone().unwrap_or_else(count),
        left,
        rule,
        data,
        has_number: record.social_security_number_held,
    }
}

/// A decision in words.
pub(super) struct Decided {
    pub(super) title: String,
    pub(super) rule: String,
    pub(super) data: Vec<Shown>,
}

fn decided(w: Words, decision: &Decision) -> Decided {
    let day = decision.from.parse::<Date>().map_or_else(|_| decision.from.clone(), |day| w.date(day));
    let title = if decision.in_force { "space-decision-in-force" } else { "space-decision-past" };
    let (rule, data) = all_shown(w, &liant_model::Source::DEPARTEMENT, &decision.data);
    Decided { title: w.say(title).text("day", day).into(), rule, data }
}

/// A step of her path in words.
pub(super) struct Walked {
    machine: String,
    pub(super) day: String,
    pub(super) words: String,
    pub(super) rule: String,
}

fn walked(w: Words, step: &PathStep) -> Walked {
    Walked {
        machine: step.on.to_string(),
        day: w.date(step.on),
        words: step.words.clone(),
        rule: w
            .say("space-path-rule")
            .text("programme", &step.programme)
            .text("by", &step.by)
            .text("shown", &step.shown_under)
            .into(),
    }
}

/// A liaison form that she signed, in words.
pub(super) struct Signed {
    address: String,
    pub(super) title: String,
    pub(super) rule: String,
    pub(super) seal: String,
    pub(super) lines: Vec<(String, String)>,
}

fn signed(w: Words, form: &HeldForm) -> Signed {
    let model = casework::form_model(w, form.says.model);
    let clauses: Vec<String> = form.shown_under.iter().map(|clause| w.cite(clause)).collect();
    let parts = casework::form_lines(w, &form.says).into_iter();
    Signed {
        address: format!("/me/forms/{}", form.id),
        title: w.say("space-form").text("day", w.date(form.sent_on)).text("model", model).into(),
        rule: w
            .say("space-form-rule")
            .text("programme", &form.programme)
            .text("shown", clauses.join(" ; "))
            .into(),
        seal: form.seal.to_string(),
        lines: parts.flat_map(|(_, lines)| lines).collect(),
    }
}

/// What a party keeps of its own work with her, in words.
pub(super) struct Worked {
    pub(super) title: String,
    pub(super) rule: String,
    pub(super) says: casework::Says,
    pub(super) papers: Vec<Link>,
}

fn worked(w: Words, record: &HeldRecord) -> Worked {
    let clauses: Vec<String> = record.shown_under.iter().map(|clause| w.cite(clause)).collect();
    Worked {
        title: w.say("space-record").text("who", w.typeset(&record.written_by)).into(),
        rule: w
            .say("space-record-rule")
            .text("programme", w.typeset(&record.programme))
            .text("shown", clauses.join(" ; "))
            .into(),
        says: casework::says(w, &record.says),
        papers: record.papers.iter().map(|one| paper(w, one)).collect(),
    }
}

/// Where she has a paper of hers.
fn paper(w: Words, one: &HeldPaper) -> Link {
    let what = crate::pages::upload::capital(&w.typeset(&one.text));
    let day = one.on.map(|day| w.date(day)).unwrap_or_default();
    let text = w.say("working-paper-of").text("what", what).text("day", day);
    Link::new(format!("/me/papers/{}", one.nth), text)
}

#[derive(Template)]
#[template(path = "space/data.html")]
struct Data<'a> {
    page: &'a Page,
    w: Words,
    sources: Vec<OfSource>,
    decisions: Vec<Decided>,
    forms: Vec<Signed>,
    records: Vec<Worked>,
    path: Vec<Walked>,
    empty: Empty,
}

/// All that is held about her.
pub(super) async fn list(State(site): State<Site>, page: Page, own: Own) -> Result<Response, Failure> {
    let w = page.w;
    let lang = w.lang();
    let held =
        site.hers(own, move |context, workplace, her| held::held(context, workplace, her, lang)).await?;
    page.show(&Data {
        page: &page,
        w,
        sources: held.records.iter().map(|record| of_source(w, record)).collect(),
        decisions: held.decisions.iter().map(|decision| decided(w, decision)).collect(),
        forms: held.forms.iter().map(|form| signed(w, form)).collect(),
        records: held.working_records.iter().map(|record| worked(w, record)).collect(),
        path: held.path.iter().map(|step| walked(w, step)).collect(),
        empty: Empty::new(w.say("space-data-empty-title"), w.say("space-data-empty-text")),
    })
}

/// The whole copy in words: what the page to print shows, and the document.
pub(in crate::pages) struct Whole {
    pub(super) who: String,
    pub(super) made: String,
    pub(super) sources: Vec<OfSource>,
    pub(super) decisions: Vec<Decided>,
    pub(super) forms: Vec<Signed>,
    pub(super) records: Vec<Worked>,
    pub(super) path: Vec<Walked>,
    pub(super) readings: Vec<Told>,
    pub(super) said: Vec<String>,
}

impl Whole {
    /// A copy made at this moment, in words.
    pub(in crate::pages) fn new(w: Words, copy: &Copy, made: Instant) -> Self {
        let held = &copy.held;
        let married = held.records.iter().find_map(|record| said(&record.data, Field::MarriedName));
        let birth = held.records.iter().find_map(|record| said(&record.data, Field::BirthName));
        Self {
            who: name(w, first_name(held).as_deref(), married, birth),
            made: w.say("space-print-made").text("when", w.dated_moment(made)).into(),
            sources: held.records.iter().map(|record| of_source(w, record)).collect(),
            decisions: held.decisions.iter().map(|decision| decided(w, decision)).collect(),
            forms: held.forms.iter().map(|form| signed(w, form)).collect(),
            records: held.working_records.iter().map(|record| worked(w, record)).collect(),
            path: held.path.iter().map(|step| walked(w, step)).collect(),
            readings: copy
                .shown_to
                .iter()
                .map(|reading| Told { at: w.dated_moment(reading.at), ..Told::new(w, reading) })
                .collect(),
            said: heard(w, copy),
        }
    }
}

/// Her copy, in words. That it was taken is on record.
pub(super) async fn whole(site: &Site, w: Words, own: Own) -> Result<Whole, Failure> {
    let lang = w.lang();
    let take = move |context: &Context<'_>, workplace: &Workplace, her: &Herself| {
        Ok((asking::copy(context, workplace, her, lang)?, context.now()))
    };
    let (copy, now) = site.hers(own, take).await?;
    Ok(Whole::new(w, &copy, now))
}

#[derive(Template)]
#[template(path = "space/print.html")]
struct Printed<'a> {
    page: &'a Page,
    w: Words,
    who: String,
    made: String,
    sources: Vec<OfSource>,
    decisions: Vec<Decided>,
    forms: Vec<Signed>,
    records: Vec<Worked>,
    path: Vec<Walked>,
    readings: Vec<Told>,
    said: Vec<String>,
    back: Link,
}

/// The whole copy as a page to print.
pub(super) async fn print(State(site): State<Site>, page: Page, own: Own) -> Result<Response, Failure> {
    let whole = whole(&site, page.w, own).await?;
    let back = link(page.w, "/me/rights", "space-back");
    to_print(&page, whole, back)
}

/// A copy as a page to print, with a link back.
pub(super) fn to_print(page: &Page, whole: Whole, back: Link) -> Result<Response, Failure> {
    let Whole { who, made, sources, decisions, forms, records, path, readings, said } = whole;
    let w = page.w;
    page.show(&Printed { page, w, who, made, sources, decisions, forms, records, path, readings, said, back })
}

/// What she said and asked, in words.
fn heard(w: Words, copy: &Copy) -> Vec<String> {
    let day = |text: &str| {
        let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
        day.map_or_else(|| text.to_owned(), |day| w.date(day))
    };
    let contact = copy.electronic_contact.iter().map(|said| {
        let key = if said.given { "space-contact-given" } else { "space-contact-withdrawn" };
        w.say(key).text("day", day(&said.at)).into()
    });
    let requests = copy.requests.iter().filter_map(|asked| {
        let right = liant_app::rights::Right::from_code(asked.right)?;
        let state = liant_app::rights::RequestState::from_code(asked.state)?;
        let said = w
            .say("space-request-line")
            .text("right", w.say(super::rights::name(right)))
            .text("day", day(&asked.received_at))
            .text("state", w.say(super::rights::state(state)));
        Some(said.into())
    });
    contact.chain(requests).collect()
}

/// The whole copy as JSON.
pub(super) async fn copy(State(site): State<Site>, page: Page, own: Own) -> Result<Response, Failure> {
    let lang = page.w.lang();
    let copy =
        site.hers(own, move |context, workplace, her| asking::copy(context, workplace, her, lang)).await?;
    let text = serde_json::to_string_pretty(&copy).map_err(|error| Failure::internal(error.to_string()))?;
    Ok(as_file(([(header::CONTENT_TYPE, "application/json")], text).into_response(), "liant.json"))
}

/// Data that may be put right: `source|field`, and in words.
pub(in crate::pages) fn choices(w: Words, held: &Held) -> Vec<(String, String)> {
    let of = |source: &liant_model::Source, data: &[Datum]| {
        let from = source_name(w, source);
        data.iter()
            .map(|datum| {
                let words = w
                    .say("space-about")
                    .text("label", datum.label)
                    .text("source", &from)
                    .text("value", value(w, datum.field, &datum.words));
                (format!("{}|{}", source.as_str(), datum.field.code()), words.into())
            })
            .collect::<Vec<_>>()
    };
    let records = held.records.iter().flat_map(|record| of(&record.source, &record.data));
    let decisions = held.decisions.iter().filter(|decision| decision.in_force);
    records.chain(decisions.flat_map(|one| of(&liant_model::Source::DEPARTEMENT, &one.data))).collect()
}
