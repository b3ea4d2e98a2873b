//! The space of someone who is in front of the professional: a code is handed over, on paper.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Response};
use liant_app::space::opening::{self, Handed, SpaceState};
use liant_model::PersonId;
use serde::Deserialize;

use super::id;
use crate::components::{Choice, Field};
use crate::failure::Failure;
use crate::pages::form_page::{FormPage, answered};
use crate::routes::Access;
use crate::words::Words;
use crate::{Errand, Page, Site};

/// Who hands over codes to those whom she may see, and whom she meets.
pub(in crate::pages) const OPENERS: Access = Access::Only {
    roles: &["orientation_officer", "local_service_head", "social_referent"],
    purpose: "follow-up",
};

/// Where the page stands: beside a person's, or beside the record of who read her.
#[derive(Clone, Copy)]
enum Beside {
    Person,
    Record,
}

impl Beside {
    fn address(self, person: PersonId) -> String {
        match self {
            Self::Person => format!("/people/{person}"),
            Self::Record => format!("/audit/people/{person}"),
        }
    }

    fn name(self, w: Words) -> String {
        match self {
            Self::Person => w.say("space-open-back").into(),
            Self::Record => w.say("who-read-title").into(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::pages) struct Typed {
    checked: String,
}

#[derive(Template)]
#[template(path = "space/handed.html")]
struct HandedPage<'a> {
    page: &'a Page,
    w: Words,
    address: String,
    number: String,
    code: String,
    until: String,
    back: String,
}

pub(in crate::pages) async fn show(
    site: State<Site>,
    page: Page,
    person: Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    screen(site, page, person, errand, Beside::Person, false).await
}

pub(in crate::pages) async fn show_for_dpo(
    site: State<Site>,
    page: Page,
    person: Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    screen(site, page, person, errand, Beside::Record, false).await
}

pub(in crate::pages) async fn sent(
    site: State<Site>,
    page: Page,
    person: Path<String>,
    errand: Errand,
    typed: Form<Typed>,
) -> Result<Response, Failure> {
    handed(site, page, person, errand, typed, Beside::Person).await
}

pub(in crate::pages) async fn sent_for_dpo(
    site: State<Site>,
    page: Page,
    person: Path<String>,
    errand: Errand,
    typed: Form<Typed>,
) -> Result<Response, Failure> {
    handed(site, page, person, errand, typed, Beside::Record).await
}

async fn screen(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
    beside: Beside,
    is_unchecked: bool,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let state =
        site.act(errand, move |context, workplace| opening::state(context, workplace, person)).await?;
    let w = page.w;
    let address = beside.address(person);
    let page = page.under(address.clone(), beside.name(w));
    let stands = match state {
        SpaceState::None => w.say("space-open-none"),
        SpaceState::Vouched => w.say("space-open-vouched"),
        SpaceState::Handed { until } => w.say("space-open-handed").text("until", w.moment(until)),
        SpaceState::Lapsed => w.say("space-open-lapsed"),
        SpaceState::Two => w.say("space-open-two"),
        SpaceState::Bound { since } => w.say("space-open-bound").text("day", w.date(since.date())),
    };
    let checked = vec![Choice::new("1", w.say("space-open-checked")).hint(w.say("space-open-checked-hint"))];
    FormPage::new(&page, w.say("space-open-title"), format!("{address}/space"), w.say("space-open-submit"))
        .text(stands)
        .text(w.say("space-open-text"))
        .field(
            Field::any_of(w, "checked", w.say("space-open-check"), checked)
                .error(is_unchecked.then(|| w.say("space-open-unchecked").into())),
        )
        .link(address, w.say("space-open-cancel"))
        .show()
}

async fn handed(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
    beside: Beside,
) -> Result<Response, Failure> {
    if typed.checked != "1" {
        return screen(State(site), page, Path(person), errand, beside, true).await;
    }
    let person = id(&person)?;
    let (hours, lang) = (site.space_code_hours(), page.w.lang());
    let act = move |context: &liant_app::Context<'_>, workplace: &liant_app::Workplace| {
        opening::open(context, workplace, person, hours, lang)
    };
    let Handed { number, code, expires_at } = site.act(errand, act).await?;
    let w = page.w;
    let screen = HandedPage {
        page: &page,
        w,
        address: format!("{}/me/sign-in/code", page.origin()),
        number,
        code: code.reveal().to_owned(),
        until: w.moment(expires_at),
        back: beside.address(person),
    };
    Ok(answered(&page, &screen, axum::http::StatusCode::OK, None)?.into_response())
}
