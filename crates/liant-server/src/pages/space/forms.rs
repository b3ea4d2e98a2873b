//! The liaison forms that she signed: on screen, and on paper.

use axum::extract::{Path as Place, State};
use axum::response::Response;
use liant_app::casework::FormWay;
use liant_app::space::{Herself, forms};
use liant_app::{Context, Workplace, press};
use liant_model::{FormId, Lang};

use super::link;
use crate::components::Why;
use crate::failure::Failure;
use crate::me::Own;
use crate::pages::casework::{FormPage, pressed, printed};
use crate::{Page, Site};

/// On screen.
pub(super) async fn show(
    State(site): State<Site>,
    page: Page,
    Place(form): Place<String>,
    own: Own,
) -> Result<Response, Failure> {
    let (form, w) = (id(&form)?, page.w);
    let read = move |context: &Context<'_>, workplace: &Workplace, her: &Herself| {
        forms::form(context, workplace, (her, form), FormWay::Screen, w.lang())
    };
    let view = site.hers(own, read).await?;
    let paper = format!("/me/forms/{form}/paper");
    let why = Why::new(w, w.say("liaison-why-hers"));
    page.show(&FormPage::new(&page, &view, (Some(paper), link(w, "/me/data", "space-back-data"), why)))
}

/// On paper.
pub(super) async fn paper(
    State(site): State<Site>,
    page: Page,
    Place(form): Place<String>,
    own: Own,
) -> Result<Response, Failure> {
    let (form, w) = (id(&form)?, page.w);
    let read = move |context: &Context<'_>, workplace: &Workplace, her: &Herself| {
        let view = forms::form(context, workplace, (her, form), FormWay::Hand, Lang::Fr)?;
        let made = press::liaison_form(context, workplace, &view, Lang::Fr);
        Ok((view, pressed(made)?))
    };
    let (view, made) = site.hers(own, read).await?;
    let back = link(w, format!("/me/forms/{form}"), "liaison-back");
    printed(page, (&view, made), (back, Why::new(w, w.say("liaison-why-hers"))))
}

fn id(text: &str) -> Result<FormId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}
