//! One colleague: what she holds, and her role, rights and last day changed.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::ProfessionalRole;
use liant_access::membership::{Post, Term};
use liant_app::accounts::OrganisationRow;
use liant_app::accounts::people::{self, Colleague};
use liant_app::accounts::{AccountError, Authority, Office, Refusal};
use liant_model::{MembershipId, OrganisationId};
use serde::Deserialize;

use super::{Day, address, admin_field, last_day, managed, role_field, typed};
use crate::components::{Detail, Errors, Field, Link, SummaryList};
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{answered, said};
use crate::{Page, SignedIn, Site, Words};

#[derive(Template)]
#[template(path = "organisations/member.html")]
struct Member<'a> {
    page: &'a Page,
    w: Words,
    title: String,
    errors: Errors,
    summary: SummaryList,
    fields: [Field; 3],
    address: String,
    acts: Vec<Link>,
}

/// Someone of an organisation that she manages, whose membership stands, and who designated her: no
/// name when it was the operator.
pub(super) fn found(
    office: &Office<'_>,
    who: &SignedIn,
    organisation: OrganisationId,
    membership: MembershipId,
) -> Result<(OrganisationRow, Colleague, String), AccountError> {
    let row = managed(office, who, organisation)?;
    let people = people::list(office, Authority::Admin(who), organisation)?;
    let one = people
        .into_iter()
        .find(|one| one.membership == membership && one.ended_at.is_none() && one.account != who.account)
        .ok_or(Refusal::Absent("membership"))?;
    let by = people::names(office, std::slice::from_ref(&one.designated_by))?.pop().flatten();
    let by = by.unwrap_or_default();
    Ok((row, one, by))
}

pub(super) async fn show(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((organisation, membership)): Path<(OrganisationId, MembershipId)>,
) -> Result<Response, Failure> {
    let read = move |office: &Office<'_>| found(office, &who, organisation, membership);
    let found = site.office(read).await??;
    let post = found.1.post;
    let day = typed(post.term.to);
    screen(page, &found, post.role, post.is_admin, [&day[0], &day[1], &day[2]], None, None)
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    role: String,
    #[serde(default)]
    admin: String,
    #[serde(rename = "to-day", default)]
    day: String,
    #[serde(rename = "to-month", default)]
    month: String,
    #[serde(rename = "to-year", default)]
    year: String,
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((organisation, membership)): Path<(OrganisationId, MembershipId)>,
    Form(asked): Form<Typed>,
) -> Result<Response, Failure> {
    let her = who.clone();
    let read = move |office: &Office<'_>| found(office, &her, organisation, membership);
    let found = site.office(read).await??;
    let role = ProfessionalRole::from_code(&asked.role).ok_or(Failure::Invalid)?;
    let is_admin = asked.admin == "yes";
    let day = [asked.day.as_str(), &asked.month, &asked.year];
    let to = Day::parse(day[0], day[1], day[2]);
    if matches!(to, Day::Wrong) {
        let wrong = Some(page.say("member-to-wrong").into());
        return screen(page, &found, role, is_admin, day, wrong, None);
    }
    let term = Term { to: to.date(), ..found.1.post.term };
    let after = Post { role, is_admin, term };
    let act = move |office: &Office<'_>| people::change(office, Authority::Admin(&who), membership, after);
    match site.office(act).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=changed", address(organisation))).into_response()),
        Err(refusal) => screen(page, &found, role, is_admin, day, None, Some(&refusal)),
    }
}

fn screen(
    page: Page,
    (row, one, by): &(OrganisationRow, Colleague, String),
    role: ProfessionalRole,
    is_admin: bool,
    day: [&str; 3],
    wrong_day: Option<String>,
    refusal: Option<&Refusal>,
) -> Result<Response, Failure> {
    let w = page.w;
    let above = page.say("menu-organisations");
    let page = page.under("/organisations", above).under(address(row.id), &*row.name);
    let fields =
        [role_field(w, row.kind, Some(role)), admin_field(w, is_admin), last_day(&page, day, wrong_day)];
    let mut errors = Errors::of(w, &fields.iter().collect::<Vec<_>>());
    if let Some(refusal) = refusal {
        errors = errors.and(said(&page, refusal));
    }
    let own = format!("{}/people/{}", address(row.id), one.membership);
    let act = |name: &str, key| Link::new(format!("{own}/{name}"), page.say(key));
    let able = if one.is_disabled {
        act("enable", "member-act-enable")
    } else {
        act("disable", "member-act-disable")
    };
    let mut acts = vec![
        act("password", "member-act-password"),
        act("reset-factor", "member-act-reset"),
        act("sign-out", "member-act-out"),
    ];
    if page.has_providers() {
        acts.push(act("allow-link", "member-act-allow"));
    }
    acts.extend([able, act("end", "member-act-end")]);
    let by = if by.is_empty() { page.say("member-by-operator").into() } else { by.clone() };
    let designated =
        page.say("member-designated-by").text("name", by).text("day", w.date(one.designated_at.date()));
    let mut details = vec![
        Detail::new(page.say("account-email")).value(one.email.as_str()),
        Detail::new(page.say("member-since")).value(w.date(one.post.term.from)),
        Detail::new(page.say("member-designated")).value(designated),
    ];
    if let Some(at) = one.asked_password_at {
        details.push(Detail::new(page.say("member-asked-password")).value(w.moment(at)));
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let screen = Member {
        page: &page,
        w,
        title: one.name.clone(),
        errors,
        summary: SummaryList::new(w, details),
        fields,
        address: own.clone(),
        acts,
    };
    answered(&page, &screen, status, None)
}
