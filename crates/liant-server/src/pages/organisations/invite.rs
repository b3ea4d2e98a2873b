//! Someone invited, and an invitation withdrawn.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use liant_access::membership::Term;
use liant_access::{Email, ProfessionalRole};
use liant_app::accounts::OrganisationRow;
use liant_app::accounts::invitations::{self, Invite};
use liant_app::accounts::{Authority, Office, Refusal};
use liant_model::{InvitationId, OrganisationId};
use serde::Deserialize;

use super::password::HandedOver;
use super::{Day, address, admin_field, last_day, managed, role_field};
use crate::components::Field;
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::{FormPage, answered, said};
use crate::{Page, SignedIn, Site};

async fn row(site: &Site, who: &SignedIn, id: OrganisationId) -> Result<OrganisationRow, Failure> {
    let her = who.clone();
    site.office(move |office| managed(office, &her, id)).await?.map_err(Failure::from)
}

pub(super) async fn show(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(organisation): Path<String>,
) -> Result<Response, Failure> {
    let id = organisation.parse().map_err(|_| Failure::Absent)?;
    let row = row(&site, &who, id).await?;
    screen(&page, &row, &Typed::default(), &Wrong::default()).show()
}

#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    email: String,
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

/// What is wrong with the form.
#[derive(Default)]
struct Wrong {
    email: Option<String>,
    role: Option<String>,
    day: Option<String>,
    refusal: Option<Refusal>,
}

pub(super) async fn sent(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(organisation): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let id: OrganisationId = organisation.parse().map_err(|_| Failure::Absent)?;
    let row = row(&site, &who, id).await?;
    let to = Day::parse(&typed.day, &typed.month, &typed.year);
    let (Ok(email), Some(role), false) =
        (Email::parse(&typed.email), ProfessionalRole::from_code(&typed.role), matches!(to, Day::Wrong))
    else {
        let no_email = Email::parse(&typed.email).is_err();
        let no_role = ProfessionalRole::from_code(&typed.role).is_none();
        let wrong = Wrong {
            email: no_email.then(|| page.say("invite-email-wrong").into()),
            role: no_role.then(|| page.say("member-role-none").into()),
            day: matches!(to, Day::Wrong).then(|| page.say("member-to-wrong").into()),
            refusal: None,
        };
        return screen(&page, &row, &typed, &wrong).show();
    };
    let (is_admin, address_of_her) = (typed.admin == "yes", email.as_str().to_owned());
    let term = to.date().map(|last| Term { from: page.w.today(), to: Some(last) });
    let act = move |office: &Office<'_>| {
        let invite = Invite { email: &email, organisation: id, role, is_admin, term };
        invitations::invite(office, Authority::Admin(&who), &invite)
    };
    match site.office(act).await? {
        Ok(invited) => {
            let w = page.w;
            let screen = HandedOver {
                page: &page,
                w,
                title: page.say("invited-title").into(),
                text: page.say("invited-text").text("email", address_of_her).into(),
                hint: page.say("invited-once").text("until", w.full_day(invited.expires_at.date())).into(),
                link: format!("{}/invitation/{}", page.origin(), invited.token.reveal().as_str()),
                how: page.say("invited-mail").into(),
                back: address(id),
            };
            answered(&page, &screen, StatusCode::OK, None)
        }
        Err(refusal) => {
            screen(&page, &row, &typed, &Wrong { refusal: Some(refusal), ..Wrong::default() }).show()
        }
    }
}

fn screen<'a>(page: &'a Page, row: &OrganisationRow, typed: &Typed, wrong: &Wrong) -> FormPage<'a> {
    let w = page.w;
    let email = Field::email(w, "email", page.say("account-email"))
        .completed_by("off")
        .value(&*typed.email)
        .error(wrong.email.clone());
    let role = role_field(w, row.kind, ProfessionalRole::from_code(&typed.role)).error(wrong.role.clone());
    let title = page.say("invite-title").text("organisation", &row.name);
    FormPage::new(page, title, format!("{}/invite", address(row.id)), page.say("invite-submit"))
        .text(page.say("invite-text"))
        .refused(wrong.refusal.as_ref().map(|refusal| said(page, refusal)))
        .field(email)
        .field(role)
        .field(admin_field(w, typed.admin == "yes"))
        .field(last_day(page, [&typed.day, &typed.month, &typed.year], wrong.day.clone()))
        .link(address(row.id), page.say("cancel"))
        .because(wrong.refusal.as_ref())
}

pub(super) async fn ask(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path((organisation, invitation)): Path<(OrganisationId, InvitationId)>,
) -> Result<Response, Failure> {
    let read = move |office: &Office<'_>| {
        managed(office, &who, organisation)?;
        invitations::list(office, Authority::Admin(&who), organisation)
    };
    let open = site.office(read).await??;
    let one = open.into_iter().find(|one| one.id == invitation).ok_or(Failure::Absent)?;
    let action = format!("{}/invitations/{invitation}/withdraw", address(organisation));
    FormPage::new(&page, page.say("withdraw-title"), action, page.say("withdraw-submit"))
        .text(page.say("withdraw-text").text("email", one.email.as_str()))
        .link(address(organisation), page.say("cancel"))
        .grave()
        .show()
}

pub(super) async fn withdrawn(
    State(site): State<Site>,
    Me(who): Me,
    Path((organisation, invitation)): Path<(OrganisationId, InvitationId)>,
) -> Result<Response, Failure> {
    let act = move |office: &Office<'_>| invitations::withdraw(office, Authority::Admin(&who), invitation);
    site.office(act).await??;
    Ok(Redirect::to(&format!("{}?done=withdrawn", address(organisation))).into_response())
}
