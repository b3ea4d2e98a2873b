//! A person's own space: the way in, what is held about her, who read it, her requests, how she may be reached. For the phone
//! first.

mod contact;
mod data;
mod document;
mod door;
mod forms;
mod papers;
mod provider;
mod readers;
mod rights;

pub(super) use data::{Whole, choices};
pub(super) use document::document;
pub(super) use rights::about;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use liant_access::ProfessionalRole;
use liant_app::space::readers::{Reading, ReadingWay};

use crate::components::{Link, SourceMark};
use crate::routes::{Access, Route, Table};
use crate::words::Words;

const HOME: &str = "/me";

/// The routes of people's own spaces.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get(HOME, Access::Oneself).in_menu("space-menu-home"), data::home)
        .add(Route::get("/me/data", Access::Oneself).in_menu("space-menu-data"), data::list)
        .add(Route::get("/me/readers", Access::Oneself).in_menu("space-menu-readers"), readers::list)
        .add(Route::get("/me/rights", Access::Oneself).in_menu("space-menu-rights"), rights::list)
        .add(Route::get("/me/rights/new", Access::Oneself), rights::form)
        .add(Route::post("/me/rights/new", Access::Oneself), rights::sent)
        .add(Route::post("/me/rights/{request}/withdraw", Access::Oneself), rights::withdrawn)
        .add(Route::get("/me/copy", Access::Oneself), data::copy)
        .add(Route::get("/me/copy.pdf", Access::Oneself), document::copy)
        .add(Route::get("/me/print", Access::Oneself), data::print)
        .add(Route::get("/me/forms/{form}", Access::Oneself), forms::show)
        .add(Route::get("/me/forms/{form}/paper", Access::Oneself), forms::paper)
        .add(Route::get("/me/papers/{paper}", Access::Oneself), papers::show)
        .add(Route::get("/me/contact", Access::Oneself).in_menu("space-menu-contact"), contact::show)
        .add(Route::post("/me/contact", Access::Oneself), contact::sent)
        .add(Route::post("/me/leave", Access::Oneself), door::left)
        .add(Route::get("/me/sign-in", Access::Door), door::show)
        .add(Route::post("/me/sign-in", Access::Door), door::sent)
        .add(Route::get("/me/sign-in/code", Access::Door), door::show_code)
        .add(Route::post("/me/sign-in/code", Access::Door), door::sent_code)
        .add(Route::get("/me/sign-in/password", Access::Door), door::show_password)
        .add(Route::post("/me/sign-in/password", Access::Door), door::sent_password)
        .add(Route::get("/me/sign-in/telephone", Access::Door), door::show_telephone)
        .add(Route::post("/me/sign-in/telephone", Access::Door), door::sent_telephone)
        .add(Route::get("/me/sign-in/check", Access::Door), door::show_check)
        .add(Route::post("/me/sign-in/check", Access::Door), door::sent_check)
        .add(Route::post("/me/sign-in/provider/{place}", Access::Door), provider::leave)
        .add(Route::get(provider::BACK, Access::Door), provider::back)
        .add(Route::get(door::LEFT, Access::Door), door::done)
}

/// A party to conventions in words, as a person knows it.
pub(super) fn party(w: Words, party: &str) -> String {
    match party.split_once('-').map_or(party, |(kind, _)| kind) {
        "departement" => w.say("source-departement").into(),
        "caf" => w.say("source-caf").into(),
        "france" if party == "france-travail" => "France Travail".to_owned(),
        _ => party.to_owned(),
    }
}

/// An act by which something of hers was shown, in words.
struct Told {
    machine: String,
    at: String,
    who: String,
    function: String,
    way: String,
    why: String,
    count: String,
    labels: String,
    clauses: Vec<String>,
}

impl Told {
    fn new(w: Words, reading: &Reading) -> Self {
        let role = reading.role.as_deref();
        let function = role.map_or_else(String::new, |role| {
            ProfessionalRole::from_code(role)
                .map_or_else(|| role.to_owned(), |known| w.typeset(&known.label(w.lang())))
        });
        let place = reading.organisation.clone().unwrap_or_else(|| party(w, &reading.party));
        let who = match &reading.name {
            Some(name) => w.say("space-reader-named").text("name", name).text("place", place).into(),
            None => place,
        };
        let purposes = w.typeset(&reading.purposes.join(", "));
        Self {
            machine: w.machine_moment(reading.at),
            at: w.moment(reading.at),
            who,
            function,
            way: w.say(way(reading.way)).into(),
            why: if purposes.is_empty() {
                String::new()
            } else {
                w.say("space-reader-why").text("purposes", purposes).into()
            },
            count: w.say(fields(reading.way)).with("count", reading.labels.len() as u64).into(),
            labels: reading.labels.join(", "),
            clauses: reading.clauses.iter().map(|clause| w.cite(clause)).collect(),
        }
    }
}

/// Of an act on several the record keeps the data together: of each, some of them.
fn fields(way: ReadingWay) -> &'static str {
    match way {
        ReadingWay::Page | ReadingWay::Accompaniment | ReadingWay::Identity => "space-reader-fields",
        _ => "space-reader-fields-most",
    }
}

fn way(way: ReadingWay) -> &'static str {
    match way {
        ReadingWay::Page => "space-way-page",
        ReadingWay::Accompaniment => "space-way-accompaniment",
        ReadingWay::List => "space-way-list",
        ReadingWay::Search => "space-way-search",
        ReadingWay::Identity => "space-way-identity",
        ReadingWay::File => "space-way-file",
        ReadingWay::Export => "space-way-export",
        ReadingWay::Appointment => "space-way-appointment",
        ReadingWay::Other => "space-way-other",
    }
}

/// The name of a source, for a sentence or a list.
pub(in crate::pages) fn source_name(w: Words, source: &liant_model::Source) -> String {
    SourceMark::of(w, source).name().to_owned()
}

/// A page that leads to the others of the space.
fn link(w: Words, address: impl Into<String>, key: &'static str) -> Link {
    Link::new(address, w.say(key))
}

/// Has a response lie in no cache, and be saved under a name.
pub(super) fn as_file(mut response: Response, name: &str) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
