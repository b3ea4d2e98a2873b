//! What she gives of herself, so that her own file and her relatives' are known from a namesake's.

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::AppError;
use liant_app::lookups::{self, Particulars};
use serde::Deserialize;

use crate::components::Field;
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::{Page, Site};

/// What the form sends: never `Debug`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    #[serde(rename = "born-day")]
    day: String,
    #[serde(rename = "born-month")]
    month: String,
    #[serde(rename = "born-year")]
    year: String,
    commune: String,
}

impl Typed {
    fn of(given: Particulars) -> Self {
        let part =
            |part: fn(&liant_model::Date) -> String| given.birth_date.as_ref().map(part).unwrap_or_default();
        Self {
            day: part(|day| day.day().to_string()),
            month: part(|day| day.month().to_string()),
            year: part(|day| day.year().to_string()),
            commune: given.commune.unwrap_or_default(),
        }
    }

    fn day(&self) -> [&str; 3] {
        [&self.day, &self.month, &self.year]
    }
}

pub(super) async fn show(State(site): State<Site>, Me(who): Me, page: Page) -> Result<Response, Failure> {
    let given = site.own(who, lookups::particulars).await?;
    form(&page, &Typed::of(given), (false, false)).show()
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let is_empty = typed.day().iter().all(|part| part.trim().is_empty());
    let birth_date = day_of(typed.day());
    if birth_date.is_none() && !is_empty {
        return form(&page, &typed, (true, false)).show();
    }
    let commune = Some(typed.commune.trim().to_uppercase()).filter(|code| !code.is_empty());
    let given = Particulars { birth_date, commune };
    let set = site.own(who, move |context, workplace| lookups::set_particulars(context, workplace, given));
    match set.await {
        Ok(()) => Ok(Redirect::to("/account?done=particulars").into_response()),
        Err(Failure::App(AppError::Value(_))) => form(&page, &typed, (false, true)).show(),
        Err(failure) => Err(failure),
    }
}

fn form<'a>(page: &'a Page, typed: &Typed, (no_day, no_commune): (bool, bool)) -> FormPage<'a> {
    let w = page.w;
    let said = |is_wrong: bool, key| is_wrong.then(|| w.say(key).into());
    FormPage::new(page, w.say("particulars-title"), "/account/particulars", w.say("save"))
        .text(w.say("particulars-text"))
        .field(
            Field::day(w, "born", w.say("particulars-born"), typed.day())
                .error(said(no_day, "particulars-born-wrong"))
                .optional(),
        )
        .field(
            Field::line(w, "commune", w.say("particulars-commune"))
                .hint(w.say("particulars-commune-hint"))
                .value(&typed.commune)
                .completed_by("off")
                .wide(5)
                .error(said(no_commune, "particulars-commune-wrong"))
                .optional(),
        )
        .link("/account", w.say("cancel"))
        .after(w.say("particulars-after"))
}
