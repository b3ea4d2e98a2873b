//! The contracts that she signed and the diagnoses of her, on paper.

use axum::extract::{Path as Place, State};
use axum::response::Response;
use liant_app::space::{Herself, records};
use liant_app::{Context, Workplace};
use liant_model::Lang;

use super::link;
use crate::components::Why;
use crate::failure::Failure;
use crate::me::Own;
use crate::pages::casework::{made, printed_paper};
use crate::{Page, Site};

/// The PDF, or a page to print.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(paper): Place<String>,
    own: Own,
) -> Result<Response, Failure> {
    let nth = paper.parse().map_err(|_| Failure::Absent)?;
    let read = move |context: &Context<'_>, workplace: &Workplace, her: &Herself| {
        let view = records::paper(context, workplace, (her, nth), Lang::Fr)?;
        let made = made(context, workplace, &view)?;
        Ok((view, made))
    };
    let (view, made) = site.hers(own, read).await?;
    let w = page.w;
    let back = link(w, "/me/data", "space-back-data");
    printed_paper(page, (&view, made), (back, Why::new(w, w.say("working-why-hers"))))
}
