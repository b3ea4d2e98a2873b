//! Look-ups that are watched over: of someone close, for a declared reason that someone else reviews; beyond one's reach, by a
//! wider search; of an address that is protected.

mod address;
mod queue;
mod reason;
mod searches;
mod stops;
mod wider;

use liant_model::Date;

use crate::components::{Choice, Field};
use crate::facts::Facts;
use crate::pages::audit::DPO;
use crate::pages::person::{FOLLOWERS, READERS};
use crate::pages::review::REVIEWERS;
use crate::routes::{Admission, Route, Table};
use crate::words::Words;
use crate::{Site, Verb};

/// Where whoever follows a person declares why she needs the file of someone close.
const REASON: &str = "/people/{person}/reason";
/// Where whoever settles identities does: each for the purpose of her own pages.
const REASON_OF_REVIEWER: &str = "/people/{person}/identity/reason";

/// The routes of look-ups.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get(REASON, READERS), reason::show)
        .add(Route::post(REASON, READERS), reason::declare)
        .add(Route::get(REASON_OF_REVIEWER, REVIEWERS), reason::show)
        .add(Route::post(REASON_OF_REVIEWER, REVIEWERS), reason::declare)
        .add(Route::get("/people/{person}/address", FOLLOWERS), address::show)
        .add(Route::post("/people/{person}/address", FOLLOWERS), address::protect)
        .add(Route::post("/people/{person}/address/end", FOLLOWERS), address::unprotect)
        .add(Route::get(wider::PATH, FOLLOWERS), wider::form)
        .add(Route::post(wider::PATH, FOLLOWERS), wider::search)
        .add(Route::get(queue::PATH, DPO).in_menu("menu-look-ups"), queue::list)
        .add(Route::post("/look-ups/{look_up}/accept", DPO), queue::accept)
        .add(Route::post("/look-ups/{look_up}/refuse", DPO), queue::refuse)
        .add(Route::get(stops::PATH, DPO), stops::list)
        .add(Route::post("/stops/{stop}/lift", DPO), stops::lift)
        .add(Route::get(searches::PATH, DPO).in_menu("menu-searches"), searches::list)
        .add(Route::post("/wider-searches/{search}/review", DPO), searches::review)
}

/// Where the visitor declares why she needs the file that did not open to her on this page; none when the page is not one of a
/// person, or there is no such place for her.
pub(crate) fn reason_address(site: &Site, facts: &Facts) -> Option<String> {
    let here = facts.route()?;
    let template =
        if here.path.starts_with("/people/{person}/identity") { REASON_OF_REVIEWER } else { REASON };
    let person = facts.path().strip_prefix("/people/")?.split('/').next()?;
    let is_open = |route: &Route| route.access.admits(facts.visitor()) == Admission::Granted;
    let reads = |path: &str| {
        site.inventory().iter().find(|route| route.path == path && route.verb == Verb::Get && is_open(route))
    };
    let place = reads(template)?.path.replace("{person}", person);
    // An act is not done again by coming back: its page is.
    let next = reads(here.path).map(|_| facts.path());
    Some(next.map_or(place.clone(), |next| format!("{place}?next={next}")))
}

/// A coded reason, asked for among these.
fn reason_field(
    w: Words,
    label: &'static str,
    reasons: &[(String, String)],
    chosen: &str,
    is_wrong: bool,
) -> Field {
    let choices =
        reasons.iter().map(|(code, words)| Choice::new(code, w.typeset(words)).chosen(code == chosen));
    let error = is_wrong.then(|| w.say("reason-choose").into());
    Field::one_of(w, "reason", w.say(label), choices.collect()).error(error)
}

/// A day as the three boxes of a form give it; none when it is no day.
pub(in crate::pages) fn day_of([day, month, year]: [&str; 3]) -> Option<Date> {
    let year = year.trim().parse::<i16>().ok().filter(|year| (1900..=2200).contains(year))?;
    Date::new(year, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

#[cfg(test)]
mod tests;
