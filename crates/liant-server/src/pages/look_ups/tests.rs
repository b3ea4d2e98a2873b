//! What the forms of look-ups understand, without a socket.

use axum::http::StatusCode;
use liant_model::Date;

use super::day_of;
use crate::asking::Visit;
use crate::testing::{colleague, site_with_accounts};

#[test]
fn a_day_is_whole_or_none() {
    for (typed, day) in [
        (["27", "3", "1985"], Some(Date::constant(1985, 3, 27))),
        ([" 1 ", "02", "1985"], Some(Date::constant(1985, 2, 1))),
        (["31", "2", "1985"], None),
        (["27", "3", "85"], None),
        (["", "", ""], None),
        (["27", "mars", "1985"], None),
    ] {
        assert_eq!(day_of(typed), day, "{typed:?}");
    }
}

#[tokio::test]
async fn what_she_gives_of_herself_is_kept_and_taken_back() {
    let site = site_with_accounts();
    let her = colleague(&site, "clerk").await;
    let mut visit = Visit::new(&site, &[&her.cookie]);
    let path = "/account/particulars";
    visit.open(path).await;
    for (day, commune, said) in [("31", "62041", "born-error"), ("27", "6204", "commune-error")] {
        let fields = [("born-day", day), ("born-month", "2"), ("born-year", "1985"), ("commune", commune)];
        let answer = visit.send(path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.text.contains(said), "{said}");
    }
    let fields = [("born-day", "27"), ("born-month", "2"), ("born-year", "1985"), ("commune", "2a004")];
    assert_eq!(visit.send(path, &fields).await.header("location"), "/account?done=particulars");
    let form = visit.open(path).await;
    assert!(form.text.contains("value=\"1985\"") && form.text.contains("value=\"2A004\""), "{}", form.text);
    let account = visit.open("/account").await.text;
    assert!(account.contains("Indiquées") && !account.contains("2A004"), "her account does not show them");
    visit.send(path, &[]).await;
    assert!(visit.open("/account").await.text.contains("Non indiquées"));
}

#[tokio::test]
async fn without_a_clause_there_is_no_wider_search_and_no_queue() {
    let site = site_with_accounts();
    for (role, path) in
        [("social_referent", "/people/wider"), ("dpo", "/look-ups"), ("dpo", "/wider-searches")]
    {
        let her = colleague(&site, role).await;
        let answer = Visit::new(&site, &[&her.cookie]).open(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{role} {path}");
    }
}
