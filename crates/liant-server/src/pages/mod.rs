//! The pages, and the table that says who may see each.

mod account;
mod form_page;
mod health;
mod home;
mod invitation;
mod legal;
mod organisations;
mod sign_in;
mod style;

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::assets::Asset;
use crate::failure::Failure;
use crate::routes::{Access, Route, Table};

/// Every route of the site. To add a screen: a handler in a module of its own, and its line here.
pub(crate) fn table(shows_style: bool) -> Table {
    let table = Table::default()
        .add(Route::get("/", Access::Public), home::show)
        .add(Route::get("/accessibility", Access::Public), legal::accessibility)
        .add(Route::get("/legal", Access::Public), legal::notice)
        .add(Route::get("/assets/{name}", Access::Public), asset)
        .add(Route::get("/healthz", Access::Machine), health::alive)
        .add(Route::get("/readyz", Access::Machine), health::ready)
        .add(Route::get("/metrics", Access::Machine), health::metrics);
    let table = organisations::add(invitation::add(account::add(sign_in::add(table))));
    if !shows_style {
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
