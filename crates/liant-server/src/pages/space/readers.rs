//! Who was shown what of her, the latest first.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::space::readers;
use serde::Deserialize;

use super::Told;
use crate::components::{Empty, Pagination};
use crate::failure::Failure;
use crate::me::Own;
use crate::words::Words;
use crate::{Page, Site};

const ON_A_PAGE: usize = 30;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asking {
    page: u64,
}

#[derive(Template)]
#[template(path = "space/readers.html")]
struct Readers<'a> {
    page: &'a Page,
    w: Words,
    count: u64,
    readings: Vec<Told>,
    pages: Pagination,
    empty: Empty,
}

pub(super) async fn list(
    State(site): State<Site>,
    page: Page,
    Query(asking): Query<Asking>,
    own: Own,
) -> Result<Response, Failure> {
    let w = page.w;
    let lang = w.lang();
    let all = site
        .hers(own, move |context, workplace, her| readers::readers(context, workplace, her, lang))
        .await?;
    let pages = (all.len() as u64).div_ceil(ON_A_PAGE as u64).max(1);
    let number = asking.page.clamp(1, pages);
    let before = usize::try_from(number - 1).unwrap_or(0) * ON_A_PAGE;
    page.show(&Readers {
        page: &page,
        w,
        count: all.len() as u64,
        readings: all.iter().skip(before).take(ON_A_PAGE).map(|reading| Told::new(w, reading)).collect(),
        pages: Pagination::new(w, number, pages, "/me/readers"),
        empty: Empty::new(w.say("space-readers-empty-title"), w.say("space-readers-empty-text")),
    })
}
