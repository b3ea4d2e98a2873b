//! One's own account, without a socket.

use axum::http::StatusCode;

use crate::asking::Visit;
use crate::testing::{PASSWORD, code, colleague, site_with_accounts};

const NEW: &str = "sorbier quai lampe ondine fagot brique";

#[tokio::test]
async fn a_password_is_changed_under_a_new_session_token() {
    let site = site_with_accounts();
    let her = colleague(&site, "clerk").await;
    let mut visit = Visit::new(&site, &[&her.cookie]);
    visit.open("/account/password").await;
    for (present, new, again, said) in [
        ("wrong", NEW, NEW, "mot de passe actuel"),
        (PASSWORD, "motdepasse123", "motdepasse123", "plus courants"),
        (PASSWORD, NEW, "another", "Les deux saisies diffèrent"),
    ] {
        let fields = [("present", present), ("password", new), ("again", again)];
        let answer = visit.send("/account/password", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.text.contains(said), "{said}");
    }
    let fields = [("present", PASSWORD), ("password", NEW), ("again", NEW)];
    assert_eq!(visit.send("/account/password", &fields).await.header("location"), "/account?done=password");
    let mut old = Visit::new(&site, &[&her.cookie]);
    assert_eq!(old.open("/account").await.header("location"), "/sign-in?next=/account");
    let account = visit.open("/account?done=password").await;
    assert_eq!((account.status, account.header("cache-control")), (StatusCode::OK, "no-store"));
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    let site = site_with_accounts();
    let (her, other) = (colleague(&site, "clerk").await, colleague(&site, "clerk").await);
    let mut visit = Visit::new(&site, &[&her.cookie]);
    visit.open("/account").await;
    let mut theirs = Visit::new(&site, &[]);
    theirs.open("/sign-in").await;
    theirs.send("/sign-in", &[("email", &other.email), ("password", PASSWORD)]).await;
    theirs.open("/sign-in/code").await;
    theirs.send("/sign-in/code", &[("code", &code(&other.secret, 0))]).await;
    let page = theirs.open("/account").await.text;
    let path = page.split_once("action=\"/account/sessions/").unwrap().1.split_once('"').unwrap().0;
    let ended = visit.send(&format!("/account/sessions/{path}"), &[]).await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
    let ended = theirs.send(&format!("/account/sessions/{path}"), &[]).await;
    assert_eq!(ended.header("location"), "/account?done=session");
}

#[tokio::test]
async fn name_and_language_are_hers() {
    let site = site_with_accounts();
    let her = colleague(&site, "clerk").await;
    let mut visit = Visit::new(&site, &[&her.cookie]);
    visit.open("/account/profile").await;
    let refused = visit.send("/account/profile", &[("name", " "), ("language", "en")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    visit.send("/account/profile", &[("name", "Inès Leroux"), ("language", "en")]).await;
    let page = visit.open("/account").await.text;
    assert!(page.contains("Inès Leroux") && page.contains("<html lang=\"en\">"));
}
