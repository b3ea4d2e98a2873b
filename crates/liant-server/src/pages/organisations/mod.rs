//! An organisation's admin and her people: the organisations she manages, who is in them and invited, mandates.

mod acts;
mod invite;
mod list;
mod mandates;
mod member;
mod password;

use liant_access::{OrganisationKind, ProfessionalRole};
use liant_app::accounts::OrganisationRow;
use liant_app::accounts::organisations;
use liant_app::accounts::{AccountError, Authority, Office, Refusal};
use liant_model::{Date, OrganisationId};

use crate::components::{Choice, Field};
use crate::routes::{Access, Route, Table};
use crate::{Page, SignedIn, Words};

/// The routes of organisations.
pub(super) fn add(table: Table) -> Table {
    const ADMIN: Access = Access::Admin;
    table
        .add(Route::get("/organisations", ADMIN).in_menu("menu-organisations"), list::all)
        .add(Route::get("/organisations/{organisation}", ADMIN), list::one)
        .add(Route::get("/organisations/{organisation}/invite", ADMIN), invite::show)
        .add(Route::post("/organisations/{organisation}/invite", ADMIN), invite::sent)
        .add(
            Route::get("/organisations/{organisation}/invitations/{invitation}/withdraw", ADMIN),
            invite::ask,
        )
        .add(
            Route::post("/organisations/{organisation}/invitations/{invitation}/withdraw", ADMIN),
            invite::withdrawn,
        )
        .add(Route::get("/organisations/{organisation}/people/{membership}", ADMIN), member::show)
        .add(Route::post("/organisations/{organisation}/people/{membership}", ADMIN), member::sent)
        .add(Route::get("/organisations/{organisation}/people/{membership}/password", ADMIN), password::show)
        .add(Route::post("/organisations/{organisation}/people/{membership}/password", ADMIN), password::sent)
        .add(Route::get("/organisations/{organisation}/people/{membership}/{act}", ADMIN), acts::ask)
        .add(Route::post("/organisations/{organisation}/people/{membership}/{act}", ADMIN), acts::done)
        .add(Route::get("/organisations/{organisation}/mandates", ADMIN), mandates::show)
        .add(Route::post("/organisations/{organisation}/mandates", ADMIN), mandates::sent)
        .add(Route::get("/organisations/{organisation}/mandates/{mandate}/end", ADMIN), mandates::ask)
        .add(Route::post("/organisations/{organisation}/mandates/{mandate}/end", ADMIN), mandates::ended)
}

/// The address of an organisation's page.
fn address(organisation: OrganisationId) -> String {
    format!("/organisations/{organisation}")
}

/// The organisation of this id, if she manages it; else it looks absent.
fn managed(
    office: &Office<'_>,
    who: &SignedIn,
    organisation: OrganisationId,
) -> Result<OrganisationRow, AccountError> {
    let rows = organisations::managed(office, Authority::Admin(who), who.seat.territory)?;
    let found = rows.into_iter().find(|row| row.id == organisation);
    Ok(found.ok_or(Refusal::Absent("organisation"))?)
}

/// What an organisation of this kind may have people as.
fn roles(kind: OrganisationKind) -> impl Iterator<Item = ProfessionalRole> {
    let fits = move |role: &ProfessionalRole| role.is_own_task_of(kind) || role.needs_mandate_at(kind);
    ProfessionalRole::ALL.iter().copied().filter(fits)
}

/// The question of the role.
fn role_field(w: Words, kind: OrganisationKind, chosen: Option<ProfessionalRole>) -> Field {
    let choice = |role: ProfessionalRole| {
        Choice::new(role.code(), w.typeset(&role.label(w.lang()))).chosen(chosen == Some(role))
    };
    Field::one_of(w, "role", w.say("member-role"), roles(kind).map(choice).collect())
}

/// The question whether she manages access.
fn admin_field(w: Words, is_admin: bool) -> Field {
    let choice = Choice::new("yes", w.say("member-admin-choice")).chosen(is_admin);
    Field::any_of(w, "admin", w.say("member-admin"), vec![choice.hint(w.say("member-admin-hint"))])
}

/// A day as three fields give it.
#[derive(Clone, Copy)]
enum Day {
    None,
    Wrong,
    Of(Date),
}

impl Day {
    fn parse(day: &str, month: &str, year: &str) -> Self {
        let parts = [day.trim(), month.trim(), year.trim()];
        if parts.iter().all(|part| part.is_empty()) {
            return Self::None;
        }
        let read = |[day, month, year]: [&str; 3]| {
            Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
        };
        read(parts).filter(|date| (2000..2100).contains(&date.year())).map_or(Self::Wrong, Self::Of)
    }

    fn date(self) -> Option<Date> {
        match self {
            Self::Of(date) => Some(date),
            Self::None | Self::Wrong => None,
        }
    }
}

/// The question of a last day.
fn last_day(page: &Page, typed: [&str; 3], error: Option<String>) -> Field {
    Field::day(page.w, "to", page.say("member-to"), typed).hint(page.say("member-to-hint")).error(error)
}

/// A day as the fields of a form show it.
fn typed(date: Option<Date>) -> [String; 3] {
    match date {
        Some(date) => [date.day().to_string(), date.month().to_string(), date.year().to_string()],
        None => Default::default(),
    }
}

#[cfg(test)]
mod tests;
