//! The register of processing activities (*registre des activités de traitement*, GDPR art. 30), from the files that are executed.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use liant_app::conventions;
use liant_convention::{Section, Validity};

use super::conventions::CONVENTIONS;
use super::words;
use crate::components::{Empty, Tag};
use crate::failure::Failure;
use crate::words::Words;
use crate::{Errand, Page, Site};

pub(super) const PATH: &str = "/register";

#[derive(Template)]
#[template(path = "dpo/register.html")]
struct RegisterPage<'a> {
    page: &'a Page,
    w: Words,
    entries: Vec<Entry>,
    empty: Empty,
}

/// One entry: what a file makes of itself, letter by letter of art. 30 (1).
struct Entry {
    id: String,
    title: String,
    version: String,
    address: String,
    state: Tag,
    sections: Vec<Section>,
}

/// The register: each file that binds the visitor's party and has not ended.
pub(super) async fn show(State(site): State<Site>, page: Page, errand: Errand) -> Result<Response, Failure> {
    let found = site.act(errand, conventions::list).await?;
    let w = page.w;
    let entries = found.iter().filter(|held| !matches!(held.validity, Validity::Ended(_))).map(|held| {
        let told = liant_convention::register(&held.file, w.lang());
        let said = |text: &String| w.typeset(text);
        Entry {
            id: format!("{}-{}", told.convention, told.version),
            title: w.typeset(&told.title),
            version: w.say("conv-version").with("version", i64::from(told.version)).into(),
            address: format!("{CONVENTIONS}/{}?version={}", told.convention, told.version),
            state: words::standing(w, held),
            sections: told
                .sections
                .iter()
                .map(|section| Section {
                    title: w.typeset(&section.title),
                    text: section.text.iter().map(said).collect(),
                    items: section.items.iter().map(said).collect(),
                })
                .collect(),
        }
    });
    let page = page.under(CONVENTIONS, w.say("conv-title"));
    page.show(&RegisterPage {
        page: &page,
        w,
        entries: entries.collect(),
        empty: Empty::new(w.say("conv-empty-title"), w.say("conv-empty-text")),
    })
}
