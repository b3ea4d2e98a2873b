//! The first page without a socket: who finds what, and what it leads to.

use axum::http::StatusCode;
use liant_access::ProfessionalRole;

use super::DESK;
use crate::asking::{Visit, ask, get};
use crate::serve::router;
use crate::testing::{colleague, colleague_in, newcomer_in, site, site_for_demo, site_with_accounts};

#[test]
fn every_role_has_a_desk() {
    for role in ProfessionalRole::ALL {
        assert!(DESK.purpose(&role.role()).is_some(), "{role:?}");
    }
}

#[tokio::test]
async fn who_has_not_signed_in_reads_what_this_is() {
    let answer = ask(&router(&site()), get("/", &[])).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains("Un parcours, tous ceux qui l’accompagnent"));
    assert!(!answer.text.contains("Ma journée"), "a desk is no place of a public menu");
}

#[tokio::test]
async fn who_has_finds_her_desk_whatever_her_role() {
    let site = site_with_accounts();
    for role in ProfessionalRole::ALL {
        let her = colleague(&site, role.code()).await;
        let answer = Visit::new(&site, &[&her.cookie]).open("/").await;
        assert_eq!(answer.status, StatusCode::OK, "{role:?}");
        assert!(answer.text.contains("<title>Ma journée — Liant</title>"), "{role:?}");
        // Without any convention no clause gives her anything: the page says so, and no refusal is put on record.
        assert!(answer.text.contains("Rien à faire ici"), "{role:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn an_admin_is_led_to_those_who_have_not_come_in() {
    let site = site_with_accounts();
    let place = Some("Département A");
    let her = colleague_in(&site, "technician", place, true).await;
    let other = newcomer_in(&site, "clerk", place).await;
    let mut visit = Visit::new(&site, &[&her.cookie]);
    let desk = visit.open("/").await.text;
    assert!(desk.contains("personne sans second facteur"), "{desk}");
    let (before, _) = desk.split_once("?only=without-factor").unwrap();
    let (_, path) = before.rsplit_once('"').unwrap();
    let list = visit.open(&format!("{path}?only=without-factor")).await.text;
    assert!(list.contains(&other) && !list.contains(&her.email), "{list}");
    let everyone = visit.open(path).await.text;
    assert!(everyone.contains(&other) && everyone.contains(&her.email));
}

#[tokio::test]
async fn the_guided_page_is_that_of_a_demo_on_this_machine_alone() {
    for (site, expected) in [
        (site_with_accounts(), StatusCode::NOT_FOUND),
        (site_for_demo(crate::Transport::https("https://liant.example").unwrap()), StatusCode::NOT_FOUND),
        (site_for_demo(crate::Transport::Loopback), StatusCode::OK),
    ] {
        let host = if expected == StatusCode::OK { "127.0.0.1:8080" } else { crate::asking::HOST };
        let request = axum::http::Request::get("/demo").header("host", host);
        let answer = ask(&router(&site), request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.status, expected);
        assert_eq!(answer.text.contains("gant de crin"), expected == StatusCode::OK, "the password");
    }
}
