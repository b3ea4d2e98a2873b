//! What the law asks every public site to say.

use askama::Template;
use axum::response::Response;

use crate::Page;
use crate::failure::Failure;

/// Declaration of accessibility (*déclaration d'accessibilité*, law 2005-102 art. 47 and decree 2019-768).
#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility<'a> {
    page: &'a Page,
}

/// Legal notice (*mentions légales*, law 2004-575 art. 1-1), and what the site keeps of its visitors.
#[derive(Template)]
#[template(path = "legal.html")]
struct Notice<'a> {
    page: &'a Page,
}

pub(super) async fn accessibility(page: Page) -> Result<Response, Failure> {
    page.show(&Accessibility { page: &page })
}

pub(super) async fn notice(page: Page) -> Result<Response, Failure> {
    page.show(&Notice { page: &page })
}
