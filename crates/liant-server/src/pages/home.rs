//! The first page: what this is, and where to come in.

use askama::Template;
use axum::response::Response;

use crate::Page;
use crate::failure::Failure;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    page: &'a Page,
}

pub(super) async fn show(page: Page) -> Result<Response, Failure> {
    page.show(&Home { page: &page })
}
