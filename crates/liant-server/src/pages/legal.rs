//! What the law asks every public site to say.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::components::{Detail, SummaryList};
use crate::failure::Failure;
use crate::{Page, Site};

/// Declaration of accessibility (*déclaration d'accessibilité*, law 2005-102 art. 47 and decree 2019-768).
#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility<'a> {
    page: &'a Page,
    contact: String,
}

/// Legal notice (*mentions légales*, law 2004-575 art. 1-1), and what the site keeps of its visitors.
#[derive(Template)]
#[template(path = "legal.html")]
struct Notice<'a> {
    page: &'a Page,
    publisher: SummaryList,
    /// Whether something that the law asks for is not said yet.
    lacks: bool,
    dpo: String,
}

pub(super) async fn accessibility(State(site): State<Site>, page: Page) -> Result<Response, Failure> {
    let contact = site.settings().publisher.accessibility.trim().to_owned();
    page.show(&Accessibility { page: &page, contact })
}

pub(super) async fn notice(State(site): State<Site>, page: Page) -> Result<Response, Failure> {
    let publisher = &site.settings().publisher;
    let line = |key, text: &str| {
        let detail = Detail::new(page.say(key));
        if text.trim().is_empty() { detail } else { detail.value(text.trim()) }
    };
    let lines = vec![
        line("legal-publisher", &publisher.name),
        line("legal-director", &publisher.director),
        line("legal-host", &publisher.host),
        line("legal-contact", &publisher.contact),
        line("legal-dpo", &publisher.dpo),
    ];
    page.show(&Notice {
        page: &page,
        publisher: SummaryList::new(page.w, lines),
        lacks: !publisher.missing().is_empty(),
        dpo: publisher.dpo.trim().to_owned(),
    })
}
