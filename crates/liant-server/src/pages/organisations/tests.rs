//! An admin and her people, without a socket.

use axum::http::StatusCode;

use crate::asking::Visit;
use crate::testing::{colleague, colleague_in, site_with_accounts};

/// The first address of a page that begins so.
fn address(text: &str, start: &str) -> String {
    let rest = text.split_once(&format!("\"{start}")).unwrap().1;
    format!("{start}{}", rest.split_once('"').unwrap().0)
}

#[tokio::test]
async fn only_her_own_organisation_is_there() {
    let site = site_with_accounts();
    let (one, other) = (Some("Département A"), Some("Département B"));
    let her = colleague_in(&site, "technician", one, true).await;
    let elsewhere = colleague_in(&site, "technician", other, true).await;
    let nobody = colleague(&site, "technician").await;
    let own = Visit::new(&site, &[&her.cookie]).open("/organisations").await.text;
    assert!(own.contains("Département A") && !own.contains("Département B"));
    let path = address(&own, "/organisations/");
    assert_eq!(Visit::new(&site, &[&her.cookie]).open(&path).await.status, StatusCode::OK);
    for cookie in [&elsewhere.cookie, &nobody.cookie] {
        for page in ["", "/invite", "/mandates"] {
            let answer = Visit::new(&site, &[cookie]).open(&format!("{path}{page}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        }
    }
    assert_eq!(
        Visit::new(&site, &[&nobody.cookie]).open("/organisations").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn access_that_is_ended_is_out_at_the_next_request() {
    let site = site_with_accounts();
    let place = Some("Département");
    let her = colleague_in(&site, "technician", place, true).await;
    let other = colleague_in(&site, "clerk", place, false).await;
    let mut visit = Visit::new(&site, &[&her.cookie]);
    let path = address(&visit.open("/organisations").await.text, "/organisations/");
    let member = address(&visit.open(&path).await.text, &format!("{path}/people/"));
    assert_eq!(visit.open(&format!("{member}/nonsense")).await.status, StatusCode::BAD_REQUEST);
    let asked = visit.open(&format!("{member}/end")).await;
    assert!(asked.text.contains("govuk-button--warning"));
    assert_eq!(Visit::new(&site, &[&other.cookie]).open("/account").await.status, StatusCode::OK);
    assert_eq!(
        visit.send(&format!("{member}/end"), &[]).await.header("location"),
        format!("{path}?done=end")
    );
    let out = Visit::new(&site, &[&other.cookie]).open("/account").await;
    assert_eq!(out.header("location"), "/sign-in?next=/account");
}
