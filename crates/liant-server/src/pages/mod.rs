//! The pages, and the table that says who may see each.

mod account;
mod audit;
mod calendar;
pub(crate) mod casework;
mod demo;
mod dpo;
mod files;
mod form_page;
mod health;
mod home;
mod imports;
mod invitation;
mod legal;
pub(crate) mod look_ups;
mod month;
mod new_password;
mod organisations;
mod orientation;
mod people;
mod people_address;
mod person;
mod retention;
mod review;
mod sign_in;
mod space;
mod style;
mod upload;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::assets::Asset;
use crate::failure::Failure;
use crate::routes::{Access, Route, Table};

/// Which pages there are that production has not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shows {
    /// The page of components.
    pub(crate) style: bool,
    /// The guided page of a demo.
    pub(crate) demo: bool,
}

/// Every route of the site. To add a screen: a handler in a module of its own, and its line here.
pub(crate) fn table(shows: Shows) -> Table {
    let table = Table::default().add(Route::get("/", home::DESK).in_menu("menu-desk"), home::show);
    let table = people::add(table)
        .add(Route::get("/accessibility", Access::Public), legal::accessibility)
        .add(Route::get("/legal", Access::Public), legal::notice)
        .add(Route::get("/files", files::TECHNICIANS).in_menu("menu-files"), files::list)
        .add(Route::get("/files/new", files::TECHNICIANS), upload::form)
        .add(upload::SEND, upload::send)
        .add(Route::get("/files/uploads/{upload}", files::TECHNICIANS), upload::show)
        .add(Route::post("/files/uploads/{upload}/check", files::TECHNICIANS), upload::check)
        .add(Route::post("/files/uploads/{upload}/import", files::TECHNICIANS), upload::import)
        .add(Route::post("/files/uploads/{upload}/give-up", files::TECHNICIANS), upload::give_up)
        .add(Route::get("/files/received/{batch}", files::TECHNICIANS), imports::show)
        .add(Route::get("/files/received/{batch}/rejects", files::TECHNICIANS), imports::rejects)
        .add(Route::get("/files/received/{batch}/rejects.csv", files::TECHNICIANS), imports::csv)
        .add(Route::get("/month", files::TECHNICIANS).in_menu("menu-month"), month::show)
        .add(month::BUILD, month::build)
        .add(Route::get("/month/held-back", files::TECHNICIANS), month::held_back)
        .add(Route::get("/month/file", files::TECHNICIANS), month::file)
        .add(Route::post("/month/deposited", files::TECHNICIANS), month::deposited)
        .add(Route::get("/calendar", calendar::EVERYONE).in_menu("menu-calendar"), calendar::show)
        .add(Route::post("/calendar/feed", calendar::EVERYONE), calendar::new_feed)
        .add(Route::get("/calendar/feed/{secret}", Access::Public), calendar::feed)
        .add(Route::get("/assets/{name}", Access::Public), asset)
        .add(Route::get("/review", review::REVIEWERS).in_menu("menu-review"), review::queue)
        .add(Route::get("/review/{review}", review::REVIEWERS), review::show)
        .add(Route::post("/review/{review}/accept", review::REVIEWERS), review::accept)
        .add(Route::post("/review/{review}/refuse", review::REVIEWERS), review::refuse)
        .add(Route::post("/review/{review}/undo", review::REVIEWERS), review::take_back)
        .add(Route::get("/identities/{identity}/undone", review::REVIEWERS), review::undone)
        .add(Route::get("/people/{person}/identity", review::REVIEWERS), person::identity)
        .add(Route::post("/people/{person}/identity", review::REVIEWERS), person::undo)
        .add(Route::get("/people/{person}", person::READERS), person::show)
        .add(Route::get("/people/{person}/contact", person::FOLLOWERS), person::no_email::ask)
        .add(Route::post("/people/{person}/contact", person::FOLLOWERS), person::no_email::stop)
        .add(Route::get("/people/{person}/space", person::space::OPENERS), person::space::show)
        .add(Route::post("/people/{person}/space", person::space::OPENERS), person::space::sent)
        .add(
            Route::get("/orientation", orientation::OFFICERS).in_menu("menu-orientation"),
            orientation::queue,
        )
        .add(Route::get("/people/{person}/orientation", orientation::OFFICERS), orientation::show)
        .add(Route::post("/people/{person}/orientation", orientation::OFFICERS), orientation::decide)
        .add(Route::get("/audit", audit::DPO).in_menu("menu-audit"), audit::list)
        .add(Route::get("/audit/entries/{act}", audit::DPO), audit::entry)
        .add(Route::get("/audit/people/{person}", audit::DPO), audit::who_read)
        .add(Route::get("/audit/people/{person}/space", audit::DPO), person::space::show_for_dpo)
        .add(Route::post("/audit/people/{person}/space", audit::DPO), person::space::sent_for_dpo)
        .add(audit::VERIFICATION, audit::verification)
        .add(Route::get("/audit/checkpoint", audit::DPO), audit::checkpoint)
        .add(Route::get("/healthz", Access::Machine), health::alive)
        .add(Route::get("/readyz", Access::Machine), health::ready)
        .add(Route::get("/metrics", Access::Machine), health::metrics);
    let table = casework::add(dpo::add(space::add(retention::add(look_ups::add(table)))));
    let table = organisations::add(new_password::add(invitation::add(account::add(sign_in::add(table)))));
    let table = if shows.demo { table.add(Route::get("/demo", Access::Public), demo::show) } else { table };
    if !shows.style {
        return table;
    }
    table
        .add(Route::get("/style", Access::Public), style::show)
        .add(Route::post("/style", Access::Public), style::sent)
        .add(style::UPLOAD, style::uploaded)
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Failure> {
    Asset::named(&name).map(|asset| asset.response(&headers)).ok_or(Failure::Absent)
}
