//! One's own account: name, language, password, second factor, recovery codes, sessions, and where one works.

mod factor;
mod particulars;
mod password;
mod profile;
mod sessions;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use liant_app::accounts::sessions::OwnSession;
use liant_app::accounts::{Office, factors, profile as profiles, sessions as own};
use liant_app::lookups;
use serde::Deserialize;

use super::form_page::answered;
use super::sign_in;
use crate::components::{Detail, Field, Link, Notice, SummaryList};
use crate::failure::Failure;
use crate::me::Me;
use crate::routes::{Access, Route, Table};
use crate::{Page, Site, Words};

pub(super) use password::{Wrong, new_fields};
pub(super) use profile::{language_field, language_of, name_field};

/// The routes of the account.
pub(super) fn add(table: Table) -> Table {
    table
        .add(Route::get("/account", Access::SignedIn), show)
        .add(Route::get("/account/profile", Access::SignedIn), profile::show)
        .add(Route::post("/account/profile", Access::SignedIn), profile::sent)
        .add(Route::get("/account/particulars", Access::SignedIn), particulars::show)
        .add(Route::post("/account/particulars", Access::SignedIn), particulars::sent)
        .add(Route::get("/account/password", Access::SignedIn), password::show)
        .add(Route::post("/account/password", Access::SignedIn), password::sent)
        .add(Route::get("/account/second-factor", Access::SignedIn), factor::show)
        .add(Route::post("/account/second-factor", Access::SignedIn), factor::begun)
        .add(Route::post("/account/second-factor/confirm", Access::SignedIn), factor::confirmed)
        .add(Route::get("/account/recovery-codes", Access::SignedIn), factor::show_codes)
        .add(Route::post("/account/recovery-codes", Access::SignedIn), factor::made_codes)
        .add(Route::post("/account/sessions/{session}/end", Access::SignedIn), sessions::ended)
        .add(Route::post("/account/sessions/end-others", Access::SignedIn), sessions::ended_others)
        .add(Route::post("/account/seat", Access::SignedIn), sessions::switched)
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct Account<'a> {
    page: &'a Page,
    w: Words,
    summary: SummaryList,
    place: SummaryList,
    seats: Option<Field>,
    sessions: Vec<OwnSession>,
    limits: String,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    done: String,
}

async fn show(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let w = page.w;
    let her = who.clone();
    let read = move |office: &Office<'_>| {
        let profile = profiles::look(office, &her)?;
        let codes = factors::recovery_codes_left(office, &her)?;
        Ok((profile, codes, own::seats(office, &her)?, own::list(office, &her)?))
    };
    let (profile, codes, seats, sessions) = site.office(read).await??;
    let given = site.own(who.clone(), lookups::particulars).await?;
    let notice = notice(&page, &asked.done, codes);
    let page = match notice {
        Some(notice) => page.with_notice(notice),
        None => page,
    };
    let change = |address: &str| Link::new(address, page.say("account-change"));
    let mut details = vec![
        Detail::new(page.say("account-name")).value(profile.name).act(change("/account/profile")),
        Detail::new(page.say("account-email")).value(profile.email.as_str()),
        Detail::new(page.say("account-language"))
            .value(profile::language(w, profile.lang))
            .act(change("/account/profile")),
    ];
    let particulars = match (&given.birth_date, &given.commune) {
        (Some(_), Some(_)) => page.say("particulars-given"),
        (None, None) => page.say("particulars-none"),
        _ => page.say("particulars-some"),
    };
    let particulars = Detail::new(page.say("particulars-line")).value(particulars);
    details.push(particulars.act(change("/account/particulars")));
    if profile.has_password {
        let password = Detail::new(page.say("account-password")).value("••••••••••••");
        details.push(password.act(change("/account/password")));
    }
    let factor = Detail::new(page.say("account-factor"));
    if profile.has_second_factor {
        let replace = Link::new("/account/second-factor", page.say("account-replace"));
        details.push(factor.value(page.say("account-factor-set")).act(replace));
        let left = page.say("account-codes-left").with("count", codes as u64);
        let renew = Link::new("/account/recovery-codes", page.say("account-renew"));
        details.push(Detail::new(page.say("account-codes")).value(left).act(renew));
    } else {
        let set = Link::new("/account/second-factor", page.say("account-set-up"));
        details.push(factor.value(page.say("account-factor-none")).act(set));
    }
    let place = vec![
        Detail::new(page.say("account-organisation")).value(&*who.seat.organisation_name),
        Detail::new(page.say("account-role")).value(sign_in::role_words(w, &who.seat)),
    ];
    let others: Vec<_> = seats.into_iter().filter(|seat| seat.membership != who.seat.membership).collect();
    let seats = (!others.is_empty()).then(|| {
        Field::one_of(w, "membership", page.say("account-other-seats"), sign_in::choices(w, &others))
    });
    let screen = Account {
        page: &page,
        w,
        summary: SummaryList::new(w, details),
        place: SummaryList::new(w, place),
        seats,
        sessions,
        limits: page.say("account-session-ends").text("moment", w.moment(who.ends_at)).into(),
    };
    answered(&page, &screen, axum::http::StatusCode::OK, None)
}

/// What has just been done, by the word that the redirection carries.
fn notice(page: &Page, done: &str, codes: usize) -> Option<Notice> {
    let w = page.w;
    let done = match done {
        "profile" => page.say("account-done-profile"),
        "particulars" => page.say("particulars-done"),
        "password" => page.say("account-done-password"),
        "factor" => page.say("account-done-factor"),
        "codes" => page.say("account-done-codes"),
        "session" => page.say("account-done-session"),
        "sessions" => page.say("account-done-sessions"),
        "seat" => page.say("account-done-seat"),
        "invitation" => page.say("account-done-invitation"),
        "recovery-code-used" => {
            let text = page.say("account-recovery-used").with("count", codes as u64);
            let link = Link::new("/account/recovery-codes", page.say("account-recovery-renew"));
            return Some(Notice::important(w, text).with_link(link));
        }
        _ => return None,
    };
    Some(Notice::done(w, done))
}

#[cfg(test)]
mod tests;
