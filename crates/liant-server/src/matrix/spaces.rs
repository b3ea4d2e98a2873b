//! A person's own space: hers alone. She reaches no page of professionals, and they none of hers.

use axum::http::StatusCode;
use liant_access::ProfessionalRole;
use liant_model::PersonId;

use super::rows::{On, ROWS, Who};
use super::world::World;
use super::{Findings, NOBODY, ask, is_in, path};
use crate::asking::{Answer, Visit};
use crate::testing::code;

const PASSWORD: &str = "brume tuile gant sorbier nef ocre";
const COOKIE: &str = "__Host-liant-space";

/// What stands between two texts of a page.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before}"));
    rest.split_once(after).unwrap().0
}

/// Has a professional hand over a code: the number and the code.
async fn handed(world: &World, role: ProfessionalRole, page: &str, person: PersonId) -> (String, String) {
    let mut visit = world.of(role);
    let path = format!("{page}/{person}/space");
    assert_eq!(visit.open(&path).await.status, StatusCode::OK);
    let unchecked = visit.send(&path, &[]).await;
    assert_eq!(unchecked.status, StatusCode::UNPROCESSABLE_ENTITY, "identity comes first");
    let shown = visit.send(&path, &[("checked", "1")]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.header("cache-control"), "no-store");
    let secrets: Vec<&str> = shown.text.split("code secret num\">").skip(1).collect();
    let text = |place: usize| secrets[place].split_once('<').unwrap().0.to_owned();
    (text(0), text(1))
}

/// A person who has come in with what she was handed: her visit, her number and the secret of her telephone.
async fn come_in(world: &World, person: PersonId) -> (Visit, String, String) {
    let (number, code_handed) = handed(world, ProfessionalRole::OrientationOfficer, "/people", person).await;
    let mut visit = Visit::new(&world.site, &[]);
    visit.open("/me/sign-in/code").await;
    let wrong = visit.send("/me/sign-in/code", &[("number", &number), ("code", "ABCD-EFGH-IJKL-MNOP")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = visit.send("/me/sign-in/code", &[("number", &number), ("code", &code_handed)]).await;
    assert_eq!(right.header("location"), "/me/sign-in/password", "{}", right.text);
    assert_eq!(visit.open("/me").await.header("location"), "/me/sign-in", "a code alone opens nothing");
    let weak = visit.send("/me/sign-in/password", &[("password", "azerty")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = visit.send("/me/sign-in/password", &[("password", PASSWORD)]).await;
    assert_eq!(chosen.header("location"), "/me/sign-in/telephone");
    let page = visit.open("/me/sign-in/telephone").await;
    let secret = between(&page.text, "?secret=", "&").to_owned();
    let entered = visit.send("/me/sign-in/telephone", &[("code", &code(&secret, 0))]).await;
    assert_eq!(entered.status, StatusCode::OK, "{}", entered.text);
    assert!(entered.text.matches("<li>").count() >= 10, "ten recovery codes");
    assert!(visit.cookie(COOKIE).is_some());
    let again = visit.send("/me/sign-in/code", &[("number", &number), ("code", &code_handed)]).await;
    assert_ne!(again.status, StatusCode::SEE_OTHER, "the code has served");
    (visit, number, secret)
}

fn asks_to_come_in(answer: &Answer) -> bool {
    answer.header("location") == "/me/sign-in"
}

async fn every_door(world: &World) -> Vec<String> {
    let mut found = Findings(Vec::new());
    let (person, other) = (world.people[0], world.people[1]);
    let (mut hers, number, secret) = come_in(world, person).await;
    let token = hers.cookie(COOKIE).unwrap().to_owned();

    // Hers, to her; to every professional, a door.
    let rows: Vec<_> = ROWS.iter().filter(|row| row.who == Who::Herself).collect();
    assert!(rows.len() >= 12);
    for row in &rows {
        hers.open("/me").await;
        let path = path(row, &Vec::new(), NOBODY);
        if row.path != "/me/leave" {
            let answer = ask(&mut hers, row, &path).await;
            let is_right = if matches!(row.on, On::Own | On::Later) {
                answer.status == StatusCode::NOT_FOUND
            } else {
                is_in(&answer)
            };
            found.expect(is_right, row, "herself", "her own space", &answer);
            let names_other = answer.text.contains(&other.to_string());
            found.expect(!names_other, row, "herself", "another is named", &answer);
        }
        for visitor in &world.visitors {
            let mut visit = super::visit(&world.site, &visitor.cookie).await;
            let answer = ask(&mut visit, row, &path).await;
            found.expect(asks_to_come_in(&answer), row, visitor.role.code(), "a person's space", &answer);
        }
    }
    // The professionals' pages, to her: as to nobody; and a token of one kind is none of the other.
    let planted = format!("__Host-liant-session={token}");
    for row in ROWS.iter().filter(|row| !matches!(row.who, Who::Anyone | Who::Machine | Who::Herself)) {
        let path = path(row, &Vec::new(), &person.to_string());
        let own = format!("{COOKIE}={token}");
        for (who, cookies) in
            [("herself", vec![own.as_str()]), ("her token as theirs", vec![planted.as_str()])]
        {
            let mut visit = Visit::new(&world.site, &cookies);
            visit.open("/sign-in").await;
            let answer = ask(&mut visit, row, &path).await;
            let is_out = answer.header("location").starts_with("/sign-in");
            found.expect(is_out, row, who, "a page of professionals", &answer);
        }
    }
    let theirs = world.visitors[0].cookie.split_once('=').unwrap().1;
    let mut visit = Visit::new(&world.site, &[&format!("{COOKIE}=62.{theirs}")]);
    assert!(asks_to_come_in(&visit.open("/me").await), "a professional's token in her cookie");

    // She leaves, and comes in again by number, password and telephone.
    hers.open("/me").await;
    assert_eq!(hers.send("/me/leave", &[]).await.header("location"), "/me/left");
    let mut stale = Visit::new(&world.site, &[&format!("{COOKIE}={token}")]);
    assert!(asks_to_come_in(&stale.open("/me").await), "a session that was left");
    hers.open("/me/sign-in").await;
    let wrong =
        hers.send("/me/sign-in", &[("number", &number), ("password", "something else entirely")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = hers.send("/me/sign-in", &[("number", &number), ("password", PASSWORD)]).await;
    assert_eq!(right.header("location"), "/me/sign-in/check");
    assert!(asks_to_come_in(&hers.open("/me").await), "a password alone opens nothing");
    let used = hers.send("/me/sign-in/check", &[("code", &code(&secret, 0))]).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "no code serves twice");
    let entered = hers.send("/me/sign-in/check", &[("code", &code(&secret, 1))]).await;
    assert_eq!(entered.header("location"), "/me");
    found.0
}

#[test]
fn her_space_is_hers_and_no_professionals_page_is() {
    for engine in testkit::every_engine() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let world = runtime.block_on(World::new(&engine.place()));
        let found = runtime.block_on(every_door(&world));
        drop(world);
        assert!(found.is_empty(), "{}: {}", engine.engine, found.join("\n"));
    }
}

/// With or without a word that a document was asked for and not made.
fn is_the_page_to_print(answer: &Answer, was_not_made: bool) -> bool {
    answer.status == StatusCode::OK
        && answer.header("content-type").starts_with("text/html")
        && answer.text.contains("Copie de vos données")
        && answer.text.contains("Le PDF n’a pas pu être fait") == was_not_made
}

async fn a_visit(world: &World) {
    let person = world.people[2];
    let (mut hers, ..) = come_in(world, person).await;
    let home = hers.open("/me").await;
    assert!(home.text.contains("Qui a consulté votre dossier") && !home.text.contains("/sign-out"));
    // An officer opens her page: she sees it, by organisation and function, and no name.
    world.of(ProfessionalRole::OrientationOfficer).open(&format!("/people/{person}")).await;
    let readers = hers.open("/me/readers").await;
    assert!(readers.text.contains("A ouvert votre dossier"), "{}", readers.text);
    assert!(
        readers.text.contains("vous étiez dans une liste")
            || readers.text.contains("Vous étiez dans une liste")
    );
    assert!(!readers.text.contains("Camille Delattre"));
    let data = hers.open("/me/data").await;
    assert!(data.text.contains("C’est faux") && data.text.contains("62-departement v1"));
    let copy = hers.open("/me/copy").await;
    assert!(copy.header("content-disposition").starts_with("attachment"));
    let parsed: serde_json::Value = serde_json::from_str(&copy.text).unwrap();
    assert!(parsed["held"]["records"].as_array().is_some_and(|records| !records.is_empty()));
    // Where no document is made, the page to print stands in, and nothing speaks of one.
    assert!(is_the_page_to_print(&hers.open("/me/copy.pdf").await, false));
    assert!(!hers.open("/me/rights").await.text.contains("/me/copy.pdf"));
    // A request without a right is told; one to put an error right names the datum.
    hers.open("/me/rights/new").await;
    assert_eq!(hers.send("/me/rights/new", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nothing = hers.send("/me/rights/new", &[("right", "rectification")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let about = "departement|identity.birth_name";
    let asked = hers
        .send("/me/rights/new", &[("right", "rectification"), ("about", about), ("statement", "ABEILLE")])
        .await;
    assert_eq!(asked.header("location"), "/me/rights?done=asked");
    let rights = hers.open("/me/rights").await;
    assert!(rights.text.contains("ABEILLE") && rights.text.contains("/withdraw"));
    // What she agrees to is seen by those who follow her.
    hers.open("/me/contact").await;
    assert_eq!(hers.send("/me/contact", &[("given", "1")]).await.header("location"), "/me/contact?done=1");
    let theirs = world.of(ProfessionalRole::OrientationOfficer).open(&format!("/people/{person}")).await;
    assert!(theirs.text.contains("Accepté le"), "consent on her page");
}

/// A press that refuses, for her and for whoever answers her request.
#[cfg(unix)]
#[test]
fn a_copy_that_cannot_be_made_is_a_page_to_print() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let press = folder.path().join("press");
    std::fs::write(&press, "#!/bin/sh\necho 'liant-press: copy.typ:1:1: no' >&2; exit 1\n").unwrap();
    std::fs::set_permissions(&press, std::fs::Permissions::from_mode(0o700)).unwrap();
    let engine = testkit::sqlite();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::with_press(&engine.place(), Some(press)));
    runtime.block_on(async {
        let (mut hers, ..) = come_in(&world, world.people[2]).await;
        assert!(hers.open("/me/rights").await.text.contains("/me/copy.pdf"));
        assert!(is_the_page_to_print(&hers.open("/me/copy.pdf").await, true));
        let mut dpo = world.of(ProfessionalRole::Dpo);
        let request = format!("/rights/{}", world.request);
        assert!(dpo.open(&request).await.text.contains("(PDF)"));
        let copy = dpo.send(&format!("{request}/copy.pdf"), &[]).await;
        assert!(is_the_page_to_print(&copy, true) && copy.text.contains(&request), "{}", copy.text);
    });
    drop(world);
}

#[test]
fn what_she_sees_and_asks() {
    let engine = testkit::sqlite();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::new(&engine.place()));
    runtime.block_on(a_visit(&world));
    let by_dpo = runtime.block_on(handed(&world, ProfessionalRole::Dpo, "/audit/people", world.people[3]));
    assert!(by_dpo.0.starts_with("62-"));
    drop(world);
}
