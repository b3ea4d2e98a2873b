//! The form that records the request of someone who wrote or came.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::rights::{self, LONGEST, NewRequest, Right};
use liant_app::space::held;
use liant_app::{Context, Workplace};
use liant_model::PersonId;

use super::breaches::moment_of;
use super::requests::{REQUESTS, name};
use crate::components::{Choice, Field};
use crate::failure::Failure;
use crate::pages::form_page::FormPage;
use crate::pages::look_ups::day_of;
use crate::pages::space;
use crate::{Errand, Page, Site};

/// What the form sends.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    right: String,
    about: String,
    statement: String,
    #[serde(rename = "on-day")]
    day: String,
    #[serde(rename = "on-month")]
    month: String,
    #[serde(rename = "on-year")]
    year: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Right,
    About,
    Statement,
    Day,
}

fn id(text: &str) -> Result<PersonId, Failure> {
    text.parse().map_err(|_| Failure::Absent)
}

/// The form.
pub(super) async fn form(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
) -> Result<Response, Failure> {
    let today = page.w.today();
    let typed = Typed {
        day: today.day().to_string(),
        month: today.month().to_string(),
        year: today.year().to_string(),
        ..Typed::default()
    };
    ask(&site, page, errand, (id(&person)?, &typed, &[])).await
}

/// Records it.
pub(super) async fn record(
    State(site): State<Site>,
    page: Page,
    Path(person): Path<String>,
    errand: Errand,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let person = id(&person)?;
    let today = page.w.today();
    let right = Right::from_code(&typed.right);
    let about = space::about(&typed.about);
    let day = day_of([&typed.day, &typed.month, &typed.year]).filter(|day| *day <= today);
    // The last minute of the day on which it came, unless that is to come: the clock counts days.
    let received = day.and_then(|day| moment_of(day, if day == today { "0:00" } else { "23:59" }));
    let mut wrong = Vec::new();
    let mut note = |is_wrong, what| wrong.extend(Some(what).filter(|_| is_wrong));
    note(right.is_none(), Wrong::Right);
    note(right == Some(Right::Rectification) && about.is_none(), Wrong::About);
    note(typed.statement.chars().count() > LONGEST, Wrong::Statement);
    note(received.is_none(), Wrong::Day);
    let (Some(right), Some(received), true) = (right, received, wrong.is_empty()) else {
        return ask(&site, page, errand, (person, &typed, &wrong)).await;
    };
    let statement = Some(typed.statement).filter(|text| !text.trim().is_empty());
    let new = NewRequest { right, about, statement };
    let act = move |context: &Context<'_>, workplace: &Workplace| {
        rights::record(context, workplace, person, &new, received)
    };
    let request = site.act(errand, act).await?;
    Ok(Redirect::to(&format!("{REQUESTS}/{request}?done=opened")).into_response())
}

async fn ask(
    site: &Site,
    page: Page,
    errand: Errand,
    (person, typed, wrong): (PersonId, &Typed, &[Wrong]),
) -> Result<Response, Failure> {
    let (w, lang) = (page.w, page.w.lang());
    let act =
        move |context: &Context<'_>, workplace: &Workplace| held::of_person(context, workplace, person, lang);
    let held = site.act(errand, act).await?;
    let back = format!("/audit/people/{person}");
    let page = page.under(back.clone(), w.say("who-read-title"));
    let error = |what: Wrong, key: &'static str| wrong.contains(&what).then(|| String::from(w.say(key)));
    let choice =
        |right: &Right| Choice::new(right.code(), w.say(name(*right))).chosen(right.code() == typed.right);
    let none = Choice::new("", w.say("request-about-all"));
    let data = space::choices(w, &held)
        .into_iter()
        .map(|(code, words)| Choice::new(code.clone(), words).chosen(code == typed.about));
    let about = std::iter::once(none).chain(data).collect();
    let on = [typed.day.as_str(), &typed.month, &typed.year];
    FormPage::new(&page, w.say("new-request-title"), format!("{back}/request"), w.say("new-request-submit"))
        .text(w.say("new-request-text"))
        .field(
            Field::one_of(w, "right", w.say("new-request-right"), Right::ALL.iter().map(choice).collect())
                .error(error(Wrong::Right, "new-request-right-error")),
        )
        .field(
            Field::day(w, "on", w.say("new-request-on"), on)
                .hint(w.say("new-request-on-hint"))
                .error(error(Wrong::Day, "new-request-on-error")),
        )
        .field(
            Field::one_of_many(w, "about", w.say("request-about"), about)
                .error(error(Wrong::About, "new-request-about-error")),
        )
        .field(
            Field::paragraph(w, "statement", w.say("request-statement"))
                .hint(w.say("new-request-statement-hint"))
                .value(typed.statement.as_str())
                .optional()
                .error(
                    wrong
                        .contains(&Wrong::Statement)
                        .then(|| w.say("space-ask-too-long").with("most", LONGEST as u64).into()),
                ),
        )
        .link(back, w.say("cancel"))
        .show()
}
