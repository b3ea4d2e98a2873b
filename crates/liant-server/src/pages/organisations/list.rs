//! The organisations that she manages, and the people of one.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use liant_app::accounts::OrganisationRow;
use liant_app::accounts::invitations::{self, OpenInvitation};
use liant_app::accounts::organisations;
use liant_app::accounts::people::{self, Colleague};
use liant_app::accounts::{Authority, Office};
use liant_model::{AccountId, OrganisationId};
use serde::Deserialize;

use super::{address, managed};
use crate::components::{Chip, Empty, Filters, Notice, Tag, Tone};
use crate::failure::Failure;
use crate::me::Me;
use crate::pages::form_page::answered;
use crate::{Page, Site, Words};

#[derive(Template)]
#[template(path = "organisations/list.html")]
struct Organisations<'a> {
    page: &'a Page,
    w: Words,
    rows: Vec<Row>,
    mandates: Option<String>,
}

struct Row {
    address: String,
    name: String,
    kind: String,
    tie: &'static str,
}

pub(super) async fn all(State(site): State<Site>, Me(who): Me, page: Page) -> Result<Response, Failure> {
    let w = page.w;
    let her = who.clone();
    let read =
        move |office: &Office<'_>| organisations::managed(office, Authority::Admin(&her), her.seat.territory);
    let found = site.office(read).await??;
    let own = who.seat.organisation;
    let tie = |row: &OrganisationRow| match row.parent {
        _ if row.id == own => "organisation-own",
        Some(parent) if parent == own => "organisation-service",
        _ => "organisation-mandated",
    };
    let mut rows: Vec<Row> = found
        .iter()
        .map(|row| Row {
            address: address(row.id),
            name: row.name.clone(),
            kind: w.typeset(&row.kind.label(w.lang())),
            tie: tie(row),
        })
        .collect();
    rows.sort_by_key(|row| row.tie != "organisation-own");
    let mandates = who.seat.kind.may_mandate().then(|| format!("{}/mandates", address(own)));
    answered(&page, &Organisations { page: &page, w, rows, mandates }, StatusCode::OK, None)
}

#[derive(Template)]
#[template(path = "organisations/people.html")]
struct People<'a> {
    page: &'a Page,
    w: Words,
    name: String,
    kind: String,
    address: String,
    filters: Option<Filters>,
    present: Vec<Member>,
    former: Vec<Member>,
    invitations: Vec<Invited>,
    no_invitations: Empty,
}

/// Someone of the organisation, in a line.
struct Member {
    /// Where she is changed; nowhere for oneself, and for who has gone.
    address: Option<String>,
    name: String,
    email: String,
    role: String,
    is_admin: bool,
    since: String,
    state: Tag,
}

struct Invited {
    email: String,
    role: String,
    until: String,
    withdraw: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
    /// Whom to show alone, by the word that the first page gives.
    #[serde(default)]
    only: String,
}

/// Whom a list is narrowed to.
#[derive(Clone, Copy)]
enum Only {
    /// Who must have a second factor, and has none.
    WithoutFactor,
    /// Whose access ends within thirty days.
    Ending,
}

impl Only {
    /// By the word that the first page gives; none for a word that says nothing.
    fn of(word: &str) -> Option<Self> {
        match word {
            "without-factor" => Some(Self::WithoutFactor),
            "ending" => Some(Self::Ending),
            _ => None,
        }
    }

    fn name(self, w: Words) -> String {
        match self {
            Self::WithoutFactor => w.say("member-without-factor"),
            Self::Ending => w.say("member-ending"),
        }
        .into()
    }

    fn keeps(self, w: Words, one: &Colleague) -> bool {
        let holds = !one.is_disabled && one.post.term.holds_on(w.today());
        holds
            && match self {
                Self::WithoutFactor => one.lacks_factor,
                Self::Ending => one.post.term.to.is_some_and(|to| w.delay(to).0 <= 30),
            }
    }
}

pub(super) async fn one(
    State(site): State<Site>,
    Me(who): Me,
    page: Page,
    Path(organisation): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let id: OrganisationId = organisation.parse().map_err(|_| Failure::Absent)?;
    let her = who.clone();
    let read = move |office: &Office<'_>| {
        let by = Authority::Admin(&her);
        Ok((managed(office, &her, id)?, people::list(office, by, id)?, invitations::list(office, by, id)?))
    };
    let (row, people, open) = site.office(read).await??;
    let above = page.say("menu-organisations");
    let mut page = page.under("/organisations", above);
    if let Some(text) = done(&page, &asked.done) {
        let notice = Notice::done(page.w, text);
        page = page.with_notice(notice);
    }
    let w = page.w;
    let (mut former, mut present): (Vec<_>, Vec<_>) =
        people.into_iter().partition(|one| one.ended_at.is_some());
    let mut filters = None;
    if let Some(only) = Only::of(&asked.only) {
        former.clear();
        present.retain(|one| only.keeps(w, one));
        let chip = Chip { label: w.say("member-state").into(), value: only.name(w), without: address(id) };
        filters = Some(Filters::new(w, present.len() as u64, vec![chip], address(id)));
    }
    let lines = |people: Vec<Colleague>| people.iter().map(|one| member(w, id, who.account, one)).collect();
    let screen = People {
        page: &page,
        w,
        name: row.name,
        kind: w.typeset(&row.kind.label(w.lang())),
        address: address(id),
        filters,
        present: lines(present),
        former: lines(former),
        invitations: open.into_iter().map(|one| invited(w, id, &one)).collect(),
        no_invitations: Empty::new(page.say("invitations-none"), page.say("invitations-none-text")),
    };
    answered(&page, &screen, StatusCode::OK, None)
}

fn member(w: Words, organisation: OrganisationId, her: AccountId, one: &Colleague) -> Member {
    let is_her = one.account == her;
    let not_begun = one.post.term.from > w.today();
    let state = match (one.ended_at, one.post.term.to) {
        (Some(at), _) => Tag::new(Tone::Fine, w.say("member-ended").text("day", w.short_date(at.date()))),
        _ if one.lacks_factor && !one.is_disabled => Tag::new(Tone::Soon, w.say("member-without-factor")),
        _ if one.is_disabled => Tag::new(Tone::Late, w.say("member-disabled")),
        (None, Some(to)) if to < w.today() => Tag::new(Tone::Late, w.say("member-over")),
        _ if one.asked_password_at.is_some() && !is_her => {
            Tag::new(Tone::Late, w.say("member-asks-password"))
        }
        _ if not_begun => {
            Tag::new(Tone::Fine, w.say("member-from").text("day", w.short_date(one.post.term.from)))
        }
        (None, Some(to)) => Tag::new(Tone::Soon, w.say("member-until").text("day", w.short_date(to))),
        (None, None) => Tag::new(Tone::Done, w.say("member-active")),
    };
    let manageable = one.ended_at.is_none() && !is_her;
    Member {
        address: manageable.then(|| format!("{}/people/{}", address(organisation), one.membership)),
        name: if is_her { w.say("member-you").text("name", &one.name).into() } else { one.name.clone() },
        email: one.email.as_str().to_owned(),
        role: w.typeset(&one.post.role.label(w.lang())),
        is_admin: one.post.is_admin,
        since: w.short_date(one.post.term.from),
        state,
    }
}

fn invited(w: Words, organisation: OrganisationId, one: &OpenInvitation) -> Invited {
    Invited {
        email: one.email.as_str().to_owned(),
        role: w.typeset(&one.post.role.label(w.lang())),
        until: w.short_date(one.expires_at.date()),
        withdraw: format!("{}/invitations/{}/withdraw", address(organisation), one.id),
    }
}

/// What has just been done, by the word that the redirection carries.
fn done(page: &Page, done: &str) -> Option<String> {
    let text = match done {
        "changed" => page.say("member-done-changed"),
        "end" => page.say("member-done-end"),
        "disable" => page.say("member-done-disable"),
        "enable" => page.say("member-done-enable"),
        "reset-factor" => page.say("member-done-reset"),
        "sign-out" => page.say("member-done-out"),
        "allow-link" => page.say("member-done-allow"),
        "withdrawn" => page.say("member-done-withdrawn"),
        _ => return None,
    };
    Some(text.into())
}
