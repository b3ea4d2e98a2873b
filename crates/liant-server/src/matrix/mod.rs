//! Who gets what: every route, asked by every role, of the people's own territory and of another, on what is hers to see and on
//! what is not. What is expected stands in [`rows`]; what is asked, in the table of routes: a route in one and not in the
//! other fails.

mod casework;
mod managed;
mod rows;
mod spaces;
mod world;

use axum::http::StatusCode;
use liant_access::ProfessionalRole;

use crate::asking::{Answer, Visit};
use crate::testing::{colleague, site_with_accounts};
use crate::{Site, Verb, inventory};
use rows::{On, ROWS, Row, Who};
use world::{Values, Visitor, World};

pub(crate) use world::settings;

/// An identifier of the right form that is nobody's.
const NOBODY: &str = "01a20000-0000-7000-8000-000000000000";

#[test]
fn every_route_has_its_row_and_every_row_its_route() {
    let routes: Vec<_> = inventory(false).iter().map(|route| (route.verb, route.path)).collect();
    let rows: Vec<_> = ROWS.iter().map(|row| (row.verb, row.path)).collect();
    let without_row: Vec<_> = routes.iter().filter(|route| !rows.contains(route)).collect();
    assert!(without_row.is_empty(), "say in matrix/rows.rs who gets what there: {without_row:?}");
    let without_route: Vec<_> = rows.iter().filter(|row| !routes.contains(row)).collect();
    assert!(without_route.is_empty(), "no such route: {without_route:?}");
    assert_eq!(rows.len(), routes.len(), "a row is there twice");
}

/// The path of a row with these values, and `otherwise` where there is none.
fn path(row: &Row, values: &Values, otherwise: &str) -> String {
    let mut path = String::new();
    for part in row.path.split('/').skip(1) {
        let name = part.trim_matches(['{', '}']);
        let found = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        path.push('/');
        path.push_str(if part.starts_with('{') { found.unwrap_or(otherwise) } else { part });
    }
    if row.on == On::HandOver && !values.is_empty() {
        let pairs: Vec<String> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
        path = format!("{path}?{}", pairs.join("&"));
    }
    path
}

/// Asks with an empty form, where it is one.
async fn ask(visit: &mut Visit, row: &Row, path: &str) -> Answer {
    match row.verb {
        Verb::Get => visit.open(path).await,
        Verb::Post => visit.send(path, &[]).await,
    }
}

/// A visit that has a form's token.
async fn visit(site: &Site, cookie: &str) -> Visit {
    let mut visit = Visit::new(site, &[cookie]);
    visit.open("/account/profile").await;
    visit
}

/// What a page says, but for what is another each time: the id of the request, the form's token, its own address.
fn said(answer: &Answer, path: &str) -> String {
    let mut text = answer.text.replace(answer.header("x-request-id"), "REQUEST");
    // The page in the other language has the query of this one, as HTML writes it.
    if path.contains('?') {
        let written = path.replace('&', "&#38;");
        text = text.replace(&format!("{written}&#38;"), "PATH?");
    }
    text = text.replace(path, "PATH");
    while let Some((before, after)) = text.split_once("name=\"_form\" value=\"") {
        let (_, rest) = after.split_once('"').unwrap();
        text = format!("{before}FORM{rest}");
    }
    text
}

/// Whether the site let her in: it showed the page, did what was asked, or said what is wrong with the form.
fn is_in(answer: &Answer) -> bool {
    let to_sign_in = answer.header("location").starts_with("/sign-in");
    let is_refused = matches!(
        answer.status,
        StatusCode::NOT_FOUND
            | StatusCode::FORBIDDEN
            | StatusCode::UNAUTHORIZED
            | StatusCode::METHOD_NOT_ALLOWED
    );
    !to_sign_in && !is_refused && !answer.status.is_server_error()
}

struct Findings(Vec<String>);

impl Findings {
    fn expect(&mut self, holds: bool, row: &Row, who: &str, what: &str, answer: &Answer) {
        if !holds {
            let status = answer.status.as_u16();
            self.0.push(format!("{:?} {} by {who}: {what}; answered {status}", row.verb, row.path));
        }
    }
}

/// The people whom a page names by their address.
fn named(text: &str) -> Vec<&str> {
    let part = |rest: &'_ str| rest.find(['"', '/', '?', '#', '&']).unwrap_or(rest.len());
    text.split("/people/")
        .skip(1)
        .map(|rest| &rest[..part(rest)])
        .filter(|id| id.len() == NOBODY.len())
        .collect()
}

/// One route, asked by one visitor.
async fn ask_as(
    world: &World,
    visitor: &Visitor,
    row: &Row,
    roles: &[ProfessionalRole],
    found: &mut Findings,
) {
    let mut visit = visit(&world.site, &visitor.cookie).await;
    let who = format!("{} {}", visitor.role.code(), if visitor.is_home { "at home" } else { "elsewhere" });
    let is_for_her = roles.contains(&visitor.role);
    let nowhere = if is_for_her {
        path(row, &Vec::new(), if row.on == On::Batch { "999999" } else { NOBODY })
    } else {
        "/no-such-page".to_owned()
    };
    if row.on == On::Nothing && is_for_her {
        let answer = ask(&mut visit, row, row.path).await;
        let is_hers = is_in(&answer) || !visitor.is_home;
        found.expect(is_hers, row, &who, "a page for her, kept from her", &answer);
        let strangers = named(&answer.text).into_iter().any(|id| !sees(world, visitor, id));
        found.expect(!strangers, row, &who, "it names people who are not hers", &answer);
        return;
    }
    let nothing = ask(&mut visit, row, &nowhere).await;
    found.expect(!nothing.status.is_success(), row, &who, "nothing, and there is something", &nothing);
    let is_absent = |answer: &Answer, path: &str| {
        answer.status == nothing.status && said(answer, path) == said(&nothing, &nowhere)
    };
    let own = path(row, &world.own(row.on, visitor).await, NOBODY);
    let answer = ask(&mut visit, row, &own).await;
    if is_for_her && visitor.is_home && row.on != On::Later {
        found.expect(is_in(&answer), row, &who, "hers, and kept from her", &answer);
    } else {
        found.expect(
            is_absent(&answer, &own),
            row,
            &who,
            "not hers, and told otherwise than nothing",
            &answer,
        );
    }
    let is_of_person = matches!(row.on, On::Person | On::Protected | On::Act);
    if let Some(other) = world.other(row.on, visitor).filter(|_| is_of_person) {
        let path = path(row, &other, NOBODY);
        let answer = ask(&mut visit, row, &path).await;
        found.expect(is_absent(&answer, &path), row, &who, "of a colleague's people", &answer);
    }
}

fn sees(world: &World, visitor: &Visitor, id: &str) -> bool {
    let is = |person: &liant_model::PersonId| person.to_string() == id;
    match &visitor.within {
        _ if !visitor.is_home => false,
        Some(within) => within.iter().any(is),
        None => world.people.iter().any(is),
    }
}

#[test]
fn each_role_gets_what_is_hers_and_nothing_else() {
    for engine in testkit::every_engine() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        // Dropped outside of it: PostgreSQL's client does not run on its threads.
        let world = runtime.block_on(World::new(&engine.place()));
        let found = runtime.block_on(ask_all(&world));
        drop(world);
        assert!(found.is_empty(), "{}: {}", engine.engine, found.join("\n"));
    }
}

async fn ask_all(world: &World) -> Vec<String> {
    let mut found = Findings(Vec::new());
    for row in ROWS {
        let Who::Roles(roles) = row.who else { continue };
        // Those for whom it is not come first: what is done by those for whom it is changes what there is.
        let (hers, not): (Vec<_>, Vec<_>) =
            world.visitors.iter().partition(|one| one.is_home && roles.contains(&one.role));
        for visitor in not.into_iter().chain(hers) {
            ask_as(world, visitor, row, roles, &mut found).await;
        }
    }
    found.0
}

#[tokio::test]
async fn who_is_not_signed_in_is_asked_to() {
    let site = site_with_accounts();
    let mut found = Findings(Vec::new());
    for row in ROWS {
        let mut visit = Visit::new(&site, &[]);
        visit.open("/sign-in").await;
        let path = path(row, &Vec::new(), NOBODY);
        let answer = ask(&mut visit, row, &path).await;
        let door = if row.who == Who::Herself { "/me/sign-in" } else { "/sign-in" };
        let is_asked = answer.header("location").starts_with(door);
        match row.who {
            Who::Machine => {}
            Who::Anyone => {
                let is_page = is_in(&answer) || row.on == On::Own || answer.status == StatusCode::SEE_OTHER;
                found.expect(is_page, row, "anyone", "open to all", &answer);
            }
            _ => found.expect(is_asked, row, "anyone", "asked to sign in", &answer),
        }
    }
    assert!(found.0.is_empty(), "{}", found.0.join("\n"));
}

#[tokio::test]
async fn an_account_is_its_owners() {
    let site = site_with_accounts();
    let mut found = Findings(Vec::new());
    for row in ROWS.iter().filter(|row| row.who == Who::SignedIn) {
        let her = colleague(&site, "clerk").await;
        let mut visit = visit(&site, &her.cookie).await;
        let path = path(row, &Vec::new(), NOBODY);
        let answer = ask(&mut visit, row, &path).await;
        let is_right = match row.on {
            On::Own => answer.status == StatusCode::NOT_FOUND,
            _ => is_in(&answer) || row.path == "/sign-out",
        };
        found.expect(is_right, row, "clerk", "her own account", &answer);
    }
    assert!(found.0.is_empty(), "{}", found.0.join("\n"));
}
