//! The sign-in as a browser sees it, without a socket.

use axum::http::StatusCode;

use crate::asking::Visit;
use crate::testing::{self, PASSWORD, code, colleague, site_with_accounts};

const SESSION: &str = "__Host-liant-session";

#[tokio::test]
async fn a_colleague_comes_back_with_her_code_to_where_she_was_going() {
    let site = site_with_accounts();
    let her = colleague(&site, "technician").await;
    let mut visit = Visit::new(&site, &[]);
    visit.open("/sign-in?next=%2Faccount").await;
    let fields = [("email", her.email.as_str()), ("password", PASSWORD), ("next", "/account")];
    let asked = visit.send("/sign-in", &fields).await;
    assert_eq!(asked.header("location"), "/sign-in/code?next=/account");
    assert!(visit.cookie(SESSION).is_none(), "a password alone opens nothing");
    let page = visit.open("/sign-in/code?next=/account").await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    let wrong = visit.send("/sign-in/code", &[("code", "000000"), ("next", "/account")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let in_now = visit.send("/sign-in/code", &[("code", &code(&her.secret, 0)), ("next", "/account")]).await;
    assert_eq!(in_now.header("location"), "/account");
    assert!(visit.cookie("__Host-liant-pending").is_none());
    assert!(visit.open("/").await.text.contains("Camille Delattre"));
    let out = visit.send("/sign-out", &[]).await;
    assert_eq!((out.header("location"), visit.cookie(SESSION)), ("/signed-out", None));
    assert!(!visit.open("/").await.text.contains("Camille Delattre"));
}

#[tokio::test]
async fn an_unknown_account_looks_like_a_wrong_password() {
    let site = site_with_accounts();
    let her = colleague(&site, "technician").await;
    let mut pages = Vec::new();
    for email in [her.email.as_str(), "nobody@office.example"] {
        let mut visit = Visit::new(&site, &[]);
        visit.open("/sign-in").await;
        let answer = visit.send("/sign-in", &[("email", email), ("password", "not the one it is")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        // What differs from one page to the next whatever is typed: the masked token, and the address itself.
        let token = answer.form_token();
        pages.push(answer.text.replace(&token, "").replace(email, ""));
    }
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].contains("Adresse ou mot de passe incorrect"));
}

#[tokio::test]
async fn too_many_failures_are_told_with_the_wait_in_words() {
    let site = site_with_accounts();
    let mut visit = Visit::new(&site, &[]);
    visit.open("/sign-in").await;
    let fields = [("email", "nobody@office.example"), ("password", "x")];
    let mut last = visit.send("/sign-in", &fields).await;
    for _ in 0..5 {
        last = visit.send("/sign-in", &fields).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(last.header("retry-after"), "2");
    assert!(last.text.contains("Réessayez dans 2\u{a0}secondes"));
}

#[tokio::test]
async fn a_second_factor_is_set_up_before_anything_is_seen() {
    let site = site_with_accounts();
    let her = testing::newcomer(&site, "dpo").await;
    let mut visit = Visit::new(&site, &[]);
    visit.open("/sign-in").await;
    let asked = visit.send("/sign-in", &[("email", &her), ("password", PASSWORD)]).await;
    assert_eq!(asked.header("location"), "/sign-in/second-factor");
    visit.open("/sign-in/second-factor").await;
    let scan = visit.send("/sign-in/second-factor", &[]).await;
    assert!(scan.text.contains("<svg class=\"qr\"") && scan.header("cache-control") == "no-store");
    assert!(scan.text.contains("autocomplete=\"one-time-code\""));
    let uri = scan.text.split_once("name=\"uri\" value=\"").unwrap().1.split_once('"').unwrap().0;
    let uri = uri.replace("&#38;", "&");
    let secret = uri.split_once("secret=").unwrap().1.split_once('&').unwrap().0.to_owned();
    let wrong = visit.send("/sign-in/second-factor/confirm", &[("code", "000000"), ("uri", &uri)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text.contains("<svg class=\"qr\"") && wrong.text.contains(&secret[..4]),
        "the same QR code stays"
    );
    let fields = [("code", code(&secret, 0)), ("uri", uri)];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let codes = visit.send("/sign-in/second-factor/confirm", &fields).await;
    assert_eq!(codes.text.matches("<li>").count() - codes.text.matches("<li><a").count(), 10);
    assert!(visit.cookie(SESSION).is_some());
}

#[tokio::test]
async fn a_recovery_code_stands_in_once() {
    let site = site_with_accounts();
    let her = colleague(&site, "technician").await;
    for expected in ["/account?done=recovery-code-used", ""] {
        let mut visit = Visit::new(&site, &[]);
        visit.open("/sign-in").await;
        visit.send("/sign-in", &[("email", her.email.as_str()), ("password", PASSWORD)]).await;
        visit.open("/sign-in/recovery-code").await;
        let answer = visit.send("/sign-in/recovery-code", &[("code", her.recovery[0].as_str())]).await;
        assert_eq!(answer.header("location"), expected);
    }
}

#[tokio::test]
async fn nobody_is_sent_elsewhere_nor_skips_a_step() {
    let site = site_with_accounts();
    let her = colleague(&site, "technician").await;
    let mut visit = Visit::new(&site, &[]);
    for path in ["/sign-in/code", "/sign-in/recovery-code", "/sign-in/second-factor", "/sign-in/seat"] {
        assert_eq!(visit.open(path).await.header("location"), "/sign-in", "{path}");
    }
    visit.open("/sign-in").await;
    visit.send("/sign-in", &[("email", her.email.as_str()), ("password", PASSWORD)]).await;
    for path in ["/sign-in/second-factor", "/sign-in/seat"] {
        assert_eq!(visit.open(path).await.header("location"), "/sign-in/code", "{path}");
    }
    let fields = [("code", code(&her.secret, 0)), ("next", "//evil.example".into())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(visit.send("/sign-in/code", &fields).await.header("location"), "/");
    let signed_in = visit.open("/sign-in?next=https://evil.example").await;
    assert_eq!(signed_in.header("location"), "/");
}
