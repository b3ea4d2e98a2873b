//! Accompaniments (*accompagnements*): one person's, forms that travel, caseloads, what falls due, figures.
//!
//! | address | what |
//! |---|---|
//! | `/people/{person}/accompaniment` | where she stands in each programme, what happened, what may be done |
//! | `/people/{person}/accompaniment/{programme}/{act}` | the form of one kind of act |
//! | `/people/{person}/accompaniment/forms/{form}` | a liaison form that was sent; below it the same on paper, and as an encrypted archive |
//! | `/people/{person}/accompaniment/record` | the working record of the visitor's own party; below it the form of one entry, and what is made of it on paper |
//! | `/forms`, `/forms/sent` | liaison forms received, and sent; `/forms/blank/{model}`: an empty one |
//! | `/caseload` | the people beside whom the visitor stands; below it what falls due, whom she follows, and caseloads |
//! | `/caseload/letters` | what people are told of their appointments by letter, to print and to post |
//! | `/caseload/hand-over` | those beside whom someone stands, given to another |
//! | `/figures` | the indicators of a programme |
//! | `/committee` | what committees are shown, by month and by local service; `.csv`, `.xlsx`: the same cells |
//! | `/committee/papers` | minutes of committees and yearly reviews; below it one to read, to take out and to sign |
//! | `/committee/minutes/{programme}/{committee}/{place}/draft`, `/committee/reviews/{programme}/{year}` | the forms that write them |
//! | `/evidence` | the half-yearly lists that both parties sign; below it each act on one |
//!
//! What may be done, and why not, is said by [`liant_app::casework`]: a page asks, and shows.

mod act;
mod chart;
mod committee;
mod deed;
mod evidence;
mod evidence_act;
mod fields;
mod figures;
mod form;
mod hand_over;
mod letters;
mod lists;
mod loads;
pub(in crate::pages) mod minutes;
mod path;
mod record;
mod typed;
pub(in crate::pages) mod words;

pub(in crate::pages) use form::{FormPage, lines as form_lines, model as form_model, pressed, printed};
pub(in crate::pages) use record::{Says, made, printed_paper, says};

use std::time::Duration;

use liant_model::PersonId;

use crate::routes::{Access, Route, Table};

pub(super) const FORMS: &str = "/forms";
pub(super) const SENT: &str = "/forms/sent";
pub(super) const CASELOAD: &str = "/caseload";
const FORM: &str = "/people/{person}/accompaniment/forms/{form}";
const ARCHIVE: &str = "/people/{person}/accompaniment/forms/{form}/archive";
const RECORD: &str = "/people/{person}/accompaniment/record";
const RECORD_PAPER: &str = "/people/{person}/accompaniment/record/{programme}/papers/{paper}";
const ENTRY: &str = "/people/{person}/accompaniment/record/{programme}/{entry}";
const AGENDA: &str = "/caseload/agenda";
const PEOPLE: &str = "/caseload/people";
const LETTERS: &str = "/caseload/letters";
const WORKERS: &str = "/caseload/workers";
const HAND_OVER: &str = "/caseload/hand-over";
const COMMITTEE: &str = "/committee";
pub(in crate::pages) const PAPERS: &str = "/committee/papers";
const PAPER_SIGN: &str = "/committee/papers/{paper}/sign";
const MINUTES: &str = "/committee/minutes/{programme}/{committee}/{place}/draft";
const REVIEW: &str = "/committee/reviews/{programme}/{year}";
const EVIDENCE: &str = "/evidence";
const FREEZE: &str = "/evidence/{programme}/{half}/freeze";
const COPY: &str = "/evidence/lists/{list}/copy";

/// Who acts on paths.
pub(crate) const ACTORS: Access = Access::Casework {
    roles: &["adviser", "social_referent", "local_service_head", "caf_worker", "platform_agent"],
    figures: &[],
};

/// Who reads them.
pub(crate) const READERS: Access = Access::Casework {
    roles: &[
        "adviser",
        "social_referent",
        "local_service_head",
        "caf_worker",
        "platform_agent",
        "orientation_officer",
    ],
    figures: &[],
};

/// Who has no other list of the people whom she follows.
const FOLLOWERS: Access = Access::Casework { roles: &["adviser", "caf_worker"], figures: &[] };

/// Who gives people to colleagues, and so is shown what they have.
const HEADS: Access = Access::Casework { roles: &["local_service_head"], figures: &[] };

/// Who is shown figures: whoever sees paths, and those to whom programmes show figures alone.
const COUNTERS: Access = Access::Casework {
    roles: &[
        "adviser",
        "social_referent",
        "local_service_head",
        "caf_worker",
        "orientation_officer",
        "agency_director",
        "steering",
        "territorial_direction",
    ],
    figures: &["agency_director", "steering", "territorial_direction"],
};

/// Who may lead a committee, sign a yearly review or be told of one; the programme says who does.
pub(in crate::pages) const COMMITTEES: Access = Access::Casework {
    roles: &["local_service_head", "agency_director", "steering", "territorial_direction"],
    figures: &["local_service_head", "agency_director", "steering", "territorial_direction"],
};

/// Those who may be given the lists of evidence; a clause says who is.
const EVIDENCE_OFFICERS: Access = Access::Evidence {
    roles: &["evidence_officer", "agency_director", "territorial_direction", "orientation_officer"],
};

/// A month is counted once, and those before it with it.
const COUNTING: Duration = Duration::from_mins(5);

/// The address of someone's accompaniments.
pub(super) fn address(person: PersonId) -> String {
    format!("/people/{person}/accompaniment")
}

pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get("/people/{person}/accompaniment", READERS), path::show)
        .add(Route::get("/people/{person}/accompaniment/{programme}/{act}", ACTORS), act::show)
        .add(Route::post("/people/{person}/accompaniment/{programme}/{act}", ACTORS), act::sent)
        .add(Route::get(FORM, ACTORS), form::show)
        .add(Route::get("/people/{person}/accompaniment/forms/{form}/paper", ACTORS), form::paper)
        .add(Route::get(ARCHIVE, ACTORS), form::ask)
        .add(Route::post(ARCHIVE, ACTORS), form::take)
        .add(Route::get(RECORD, ACTORS), record::show)
        .add(Route::get(RECORD_PAPER, ACTORS), record::paper)
        .add(Route::get(ENTRY, ACTORS), record::form)
        .add(Route::post(ENTRY, ACTORS), record::sent)
        .add(Route::get("/forms/blank/{model}", ACTORS), form::blank)
        .add(Route::get(FORMS, ACTORS).in_menu("menu-forms"), lists::received)
        .add(Route::get(SENT, ACTORS), lists::sent)
        .add(Route::get(CASELOAD, ACTORS).in_menu("menu-caseload"), lists::mine)
        .add(Route::get(AGENDA, ACTORS), lists::agenda)
        .add(Route::get(PEOPLE, FOLLOWERS), lists::followed)
        .add(Route::get(WORKERS, ACTORS), loads::show)
        .add(Route::get(LETTERS, ACTORS), letters::list)
        .add(Route::post(LETTERS, ACTORS), letters::posted)
        .add(Route::get("/caseload/letters/{letter}", ACTORS), letters::print)
        .add(Route::get(HAND_OVER, ACTORS), hand_over::ask)
        // A hundred people, each an act of its own.
        .add(Route::post(HAND_OVER, ACTORS).with_limits(64 * 1024, Duration::from_mins(5)), hand_over::give)
        .add(
            Route::get("/figures", COUNTERS).in_menu("menu-figures").with_limits(64 * 1024, COUNTING),
            figures::show,
        )
        .add(
            Route::get(COMMITTEE, COUNTERS).in_menu("menu-committee").with_limits(64 * 1024, COUNTING),
            committee::show,
        )
        .add(Route::get("/committee.csv", COUNTERS).with_limits(64 * 1024, COUNTING), committee::csv)
        .add(Route::get("/committee.xlsx", COUNTERS).with_limits(64 * 1024, COUNTING), committee::xlsx)
        .add(Route::get(PAPERS, COMMITTEES), minutes::list)
        .add(Route::get("/committee/papers/{paper}", COMMITTEES), minutes::paper)
        .add(Route::get("/committee/papers/{paper}/csv", COMMITTEES), minutes::csv)
        .add(Route::get("/committee/papers/{paper}/xlsx", COMMITTEES), minutes::xlsx)
        .add(Route::get("/committee/papers/{paper}/json", COMMITTEES), minutes::json)
        .add(Route::get(PAPER_SIGN, COMMITTEES), minutes::sign_form)
        .add(Route::post(PAPER_SIGN, COMMITTEES), minutes::sign)
        .add(Route::get(MINUTES, COMMITTEES).with_limits(64 * 1024, COUNTING), minutes::form)
        .add(Route::post(MINUTES, COMMITTEES).with_limits(64 * 1024, COUNTING), minutes::sent)
        .add(Route::get(REVIEW, COMMITTEES), minutes::review)
        .add(Route::post(REVIEW, COMMITTEES).with_limits(64 * 1024, COUNTING), minutes::review_sent)
        .add(Route::get(EVIDENCE, EVIDENCE_OFFICERS).in_menu("menu-evidence"), evidence::list)
        .add(Route::get(FREEZE, EVIDENCE_OFFICERS), evidence_act::freeze_form)
        // Everyone on it is named in its record.
        .add(Route::post(FREEZE, EVIDENCE_OFFICERS).with_limits(64 * 1024, COUNTING), evidence_act::freeze)
        .add(Route::get("/evidence/lists/{list}/sign", EVIDENCE_OFFICERS), evidence_act::sign_form)
        .add(Route::post("/evidence/lists/{list}/sign", EVIDENCE_OFFICERS), evidence_act::sign)
        .add(Route::get(COPY, EVIDENCE_OFFICERS), evidence_act::copy_form)
        .add(Route::post(COPY, EVIDENCE_OFFICERS).with_limits(64 * 1024, COUNTING), evidence_act::copy)
}
