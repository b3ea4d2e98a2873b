//! The site as a whole, without a socket: headers, languages, errors, forms, doors.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use liant_app::space::Herself;
use liant_app::{AppError, Workplace};
use liant_model::{Instant, Purpose};

use crate::asking::{OURS, ask, get, post};
use crate::serve::router;
use crate::testing::{person, site, site_with};
use crate::{Access, SessionToken, Sessions, SignedIn, Verb, inventory};

#[tokio::test]
async fn every_answer_has_its_guards_and_its_id() {
    let router = router(&site());
    let mut ids = Vec::new();
    for path in ["/", "/nothing", "/healthz", crate::assets::STYLE.path] {
        let answer = ask(&router, get(path, &[])).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("strict-transport-security").starts_with("max-age="), "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        ids.push(answer.header("x-request-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4, "each request has its own id");
}

#[tokio::test]
async fn no_page_has_inline_script_or_style() {
    let router = router(&site());
    let is_open = |access| matches!(access, Access::Public | Access::Door | Access::Desk { .. });
    for route in inventory(true).iter().filter(|route| route.verb == Verb::Get && is_open(route.access)) {
        let answer = ask(&router, get(route.path, &[])).await;
        for inline in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!answer.text.contains(inline), "{}: {inline}", route.path);
        }
        let scripts = answer.text.matches("<script").count();
        assert_eq!(
            scripts,
            answer.text.matches("<script type=\"module\" src=\"/assets/").count(),
            "{}",
            route.path
        );
    }
}

#[tokio::test]
async fn the_language_is_asked_for_then_kept() {
    let router = router(&site());
    let french = ask(&router, get("/legal", &[])).await;
    assert!(french.text.contains("<html lang=\"fr\">"));
    let english = ask(&router, get("/legal", &[("accept-language", "en-GB,en;q=0.9")])).await;
    assert!(english.text.contains("<html lang=\"en\">"));
    let changed = ask(&router, get("/legal?a=1&lang=en", &[])).await;
    assert_eq!((changed.status, changed.header("location")), (StatusCode::SEE_OTHER, "/legal?a=1"));
    let cookie = changed.cookie("__Host-liant-lang").unwrap();
    let kept = ask(&router, get("/legal", &[("cookie", &cookie), ("accept-language", "fr")])).await;
    assert!(kept.text.contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn an_error_says_what_to_do_and_gives_the_id_of_the_request() {
    let router = router(&site());
    let absent = ask(&router, get("/nothing", &[])).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    assert!(absent.text.contains("Page introuvable") && absent.text.contains(absent.header("x-request-id")));
    let wrong_method = ask(&router, post("/legal", &[OURS], "")).await;
    assert_eq!(wrong_method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong_method.text.contains("<h1"));
    let elsewhere =
        ask(&router, Request::get("/").header("host", "other.example").body(Body::empty()).unwrap()).await;
    assert_eq!(elsewhere.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn a_form_must_come_from_our_page_with_its_token() {
    let router = router(&site());
    let page = ask(&router, get("/style", &[])).await;
    let (cookie, token) = (page.cookie("__Host-liant-form").unwrap(), page.form_token());
    let again = ask(&router, get("/style", &[("cookie", &cookie)])).await;
    assert_ne!(again.form_token(), token, "the token is masked anew");
    assert!(again.cookie("__Host-liant-form").is_none(), "the secret is kept");
    let body = format!("_form={token}&reason=x");
    let cookie = ("cookie", cookie.as_str());
    let foreign = ("origin", "https://evil.example");
    let (same, cross) = (("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site"));
    let flipped = format!("_form={}&reason=x", token.replace('a', "b"));
    let short = format!("_form={}", &token[..64]);
    for (name, headers, body, expected) in [
        ("ours", vec![cookie, OURS], body.as_str(), 200),
        ("ours, by fetch metadata", vec![cookie, same], &body, 200),
        ("no origin", vec![cookie], &body, 403),
        ("foreign origin", vec![cookie, foreign], &body, 403),
        ("null origin", vec![cookie, ("origin", "null")], &body, 403),
        ("cross-site", vec![cookie, OURS, cross], &body, 403),
        ("no cookie", vec![OURS], &body, 403),
        ("void cookie", vec![OURS, ("cookie", VOID)], VOID_TOKEN, 403),
        ("no token", vec![cookie, OURS], "reason=x", 403),
        ("changed token", vec![cookie, OURS], &flipped, 403),
        ("half a token", vec![cookie, OURS], &short, 403),
        ("json", vec![cookie, OURS, ("content-type", "application/json")], "{}", 415),
    ] {
        let answer = ask(&router, post("/style", &headers, body.to_owned())).await;
        assert_eq!(answer.status, expected, "{name}");
    }
}

/// A secret that a server without random bytes would make.
const VOID: &str = "__Host-liant-form=0000000000000000000000000000000000000000000000000000000000000000";
const VOID_TOKEN: &str = "_form=00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

#[tokio::test]
async fn an_upload_is_checked_before_it_is_read_and_bounded() {
    let router = router(&site());
    let page = ask(&router, get("/style", &[])).await;
    let (cookie, token) = (page.cookie("__Host-liant-form").unwrap(), page.form_token());
    let kind = ("content-type", "multipart/form-data; boundary=B");
    let upload = |token: &str, size: usize| {
        format!(
            "--B\r\nContent-Disposition: form-data; name=\"_form\"\r\n\r\n{token}\r\n--B\r\nContent-Disposition: form-data; \
             name=\"file\"; filename=\"a.xml\"\r\n\r\n{}\r\n--B--\r\n",
            "x".repeat(size)
        )
    };
    for (name, body, expected) in [
        ("small", upload(&token, 100), 200),
        ("large", upload(&token, 900_000), 200),
        ("too large", upload(&token, 2_000_000), 413),
        ("foreign", upload("0123", 100), 403),
        ("token last", upload(&token, 100).replace("_form", "later"), 403),
    ] {
        let headers = [kind, OURS, ("cookie", cookie.as_str())];
        let answer = ask(&router, post("/style/upload", &headers, body)).await;
        assert_eq!(answer.status, expected, "{name}");
    }
    let long = format!("_form={token}&reason={}", "x".repeat(400_000));
    let answer = ask(&router, post("/style", &[OURS, ("cookie", &cookie)], long)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

/// A session whose token is the name of a role.
struct ByRole;

impl Sessions for ByRole {
    fn herself(&self, _: &Workplace, _: &SessionToken, _: Instant) -> Result<Option<Herself>, AppError> {
        Ok(None)
    }

    fn visitor(&self, _: &Workplace, token: &SessionToken, _: Instant) -> Result<Option<SignedIn>, AppError> {
        Ok(token.reveal().strip_prefix("session-of-a-").map(person))
    }
}

#[tokio::test]
async fn who_is_signed_in_has_forms_bound_to_the_session() {
    let router = router(&site_with(ByRole));
    let cookie = ("cookie", "__Host-liant-session=session-of-a-technician");
    let page = ask(&router, get("/style", &[cookie])).await;
    assert!(page.text.contains("C. Delattre") && page.cookie("__Host-liant-form").is_none());
    assert_eq!(page.header("cache-control"), "no-store");
    let body = format!("_form={}", page.form_token());
    let sent = ask(&router, post("/style", &[OURS, cookie], body.clone())).await;
    assert_eq!(sent.status, StatusCode::OK);
    let other = ("cookie", "__Host-liant-session=session-of-a-dpo-elsewhere");
    let stolen = ask(&router, post("/style", &[OURS, other], body)).await;
    assert_eq!(stolen.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_store_is_ready_and_figures_stay_on_this_machine() {
    let router = router(&site());
    assert_eq!(ask(&router, get("/readyz", &[])).await.status, StatusCode::OK);
    assert_eq!(ask(&router, get("/metrics", &[])).await.status, StatusCode::NOT_FOUND);
    let near = |forwarded: bool| {
        let mut request =
            get("/metrics", if forwarded { &[("x-forwarded-for", "203.0.113.9")] } else { &[] });
        request.extensions_mut().insert(crate::serve::Peer("127.0.0.1:9".parse().unwrap()));
        request
    };
    assert_eq!(ask(&router, near(true)).await.status, StatusCode::NOT_FOUND);
    let figures = ask(&router, near(false)).await;
    assert!(figures.text.contains(r#"route="/readyz",status="200""#), "{}", figures.text);
}

#[tokio::test]
async fn pages_are_compressed_but_not_for_another_site() {
    let router = router(&site());
    let gzip = ("accept-encoding", "gzip");
    assert_eq!(ask(&router, get("/style", &[gzip])).await.header("content-encoding"), "gzip");
    let cross = [gzip, ("sec-fetch-site", "cross-site")];
    assert_eq!(ask(&router, get("/style", &cross)).await.header("content-encoding"), "");
    let asset = ask(&router, get(crate::assets::SCRIPT.path, &[("accept-encoding", "br")])).await;
    assert_eq!(asset.header("content-encoding"), "br");
    assert!(asset.header("cache-control").contains("immutable"));
}

#[tokio::test]
async fn work_that_panics_is_a_failure_and_the_next_goes_on() {
    let site = site();
    let failed = site.work::<()>(|_| panic!("a bug")).await;
    assert!(matches!(failed, Err(crate::Failure::Internal(_))));
    assert_eq!(site.work(|_| Ok(7)).await.unwrap(), 7);
}

#[test]
fn the_inventory_is_sound() {
    let routes = inventory(true);
    for (place, route) in routes.iter().enumerate() {
        assert!(
            !routes[..place].iter().any(|other| (other.verb, other.path) == (route.verb, route.path)),
            "{route:?}"
        );
        if let Access::Only { roles, purpose } = route.access {
            assert!(!roles.is_empty() && Purpose::parse(purpose).is_ok(), "{route:?}");
        }
    }
    let shown: Vec<_> =
        inventory(false).into_iter().filter(|route| route.path.starts_with("/style")).collect();
    assert!(shown.is_empty(), "production shows no samples: {shown:?}");
}
