//! The choice of the organisation and role to work in, for who has several; or none, and perhaps an invitation.

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use liant_app::accounts::sign_in::{self, Waiting};
use liant_app::accounts::{Office, Refusal, Seat, invitations};
use liant_model::MembershipId;
use serde::Deserialize;

use super::{Asked, advanced, come_in, cookie, expired, towards, under_way, waiting};
use crate::components::{Choice, Field};
use crate::cookies::Cookie;
use crate::failure::Failure;
use crate::next::Next;
use crate::origin::Browser;
use crate::pages::form_page::{FormPage, said};
use crate::{Page, Site, Words};

pub(super) async fn show(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let next = asked.next();
    match waiting(&site, &browser).await? {
        Some(Waiting::Choose(seats)) if browser.invitation().is_some() => {
            invited(&page, &next, !seats.is_empty(), None)
        }
        Some(Waiting::Choose(seats)) => chosen(&page, &next, &seats, None),
        other => Ok(towards(other.as_ref(), &next)),
    }
}

/// The seats that she has, whatever she is invited to.
pub(super) async fn show_seats(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    match waiting(&site, &browser).await? {
        Some(Waiting::Choose(seats)) => chosen(&page, &asked.next(), &seats, None),
        other => Ok(towards(other.as_ref(), &asked.next())),
    }
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    membership: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(typed): Form<Chosen>,
) -> Result<Response, Failure> {
    let next = Next::parse(&typed.next);
    let Ok(membership) = typed.membership.parse::<MembershipId>() else {
        return match waiting(&site, &browser).await? {
            Some(Waiting::Choose(seats)) => {
                chosen(&page, &next, &seats, Some(page.say("seat-none-chosen").into()))
            }
            other => Ok(towards(other.as_ref(), &next)),
        };
    };
    let from = browser.clone();
    let act =
        move |office: &Office<'_>| sign_in::choose(office, under_way(&from)?, membership, &from.origin());
    match site.office(act).await? {
        Ok(opened) => {
            let mut response = Redirect::to(next.place()).into_response();
            come_in(&site, &browser, &opened, &mut response);
            Ok(response)
        }
        Err(Refusal::Absent(_) | Refusal::FactorNeeded) => Err(Failure::Absent),
        Err(_) => expired(&page, &next),
    }
}

/// Accepts the invitation that was opened in this browser, in the sign-in that is under way.
pub(super) async fn accepted(
    State(site): State<Site>,
    browser: Browser,
    page: Page,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let (next, from) = (asked.next(), browser.clone());
    let act = move |office: &Office<'_>| {
        let invitation = from.invitation().ok_or(Refusal::Expired)?;
        invitations::accept_in_sign_in(office, under_way(&from)?, invitation, &from.origin())
    };
    let mut response = match site.office(act).await? {
        Ok(step) => advanced(&site, &browser, &step, &next),
        Err(refusal) => return invited(&page, &next, true, Some(&refusal)),
    };
    cookie(&mut response, Cookie::Invitation.forget(site.transport()));
    Ok(response)
}

/// Seats as answers to a question: where, and as what.
pub(in crate::pages) fn choices(w: Words, seats: &[Seat]) -> Vec<Choice> {
    let choice = |seat: &Seat| {
        Choice::new(seat.membership.to_string(), seat.organisation_name.clone()).hint(role_words(w, seat))
    };
    seats.iter().map(choice).collect()
}

/// As what one works in a seat.
pub(in crate::pages) fn role_words(w: Words, seat: &Seat) -> String {
    let role = w.typeset(&seat.role.label(w.lang()));
    if seat.is_admin { w.say("seat-admin").text("role", role).into() } else { role }
}

fn chosen(page: &Page, next: &Next, seats: &[Seat], error: Option<String>) -> Result<Response, Failure> {
    if seats.is_empty() {
        return FormPage::new(page, page.say("seat-none-title"), "/sign-in", page.say("seat-again"))
            .text(page.say("seat-none-text"))
            .text(page.say("seat-none-help"))
            .link_only("/sign-in")
            .show();
    }
    FormPage::new(page, page.say("seat-title"), "/sign-in/seat", page.say("seat-submit"))
        .text(page.say("seat-text"))
        .field(
            Field::one_of(page.w, "membership", page.say("seat-label"), choices(page.w, seats)).error(error),
        )
        .hidden("next", next.place())
        .show()
}

fn invited(
    page: &Page,
    next: &Next,
    has_seats: bool,
    refusal: Option<&Refusal>,
) -> Result<Response, Failure> {
    let form = FormPage::new(
        page,
        page.say("seat-invited-title"),
        "/sign-in/seat/invitation",
        page.say("invitation-accept"),
    )
    .text(page.say("seat-invited-text"))
    .hidden("next", next.place())
    .refused(refusal.map(|refusal| said(page, refusal)))
    .because(refusal);
    let form =
        if has_seats { form.link(next.after("/sign-in/seat/choose"), page.say("seat-later")) } else { form };
    form.show()
}
