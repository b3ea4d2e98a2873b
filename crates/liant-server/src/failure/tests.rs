//! One failure of each kind, as its reader meets it. A kind that is new does not compile until [`super::of_app`] names it; the
//! list here holds what each is told.

use liant_access::claims::ClaimFault;
use liant_access::membership::RuleFault;
use liant_app::FileCause;

use super::*;

fn refusals() -> Vec<(Refusal, u16)> {
    vec![
        (Refusal::Absent("account"), 404),
        (Refusal::Expired, 409),
        (Refusal::TooSoon { until: crate::testing::NOW }, 429),
        (Refusal::Wrong, 422),
        (Refusal::WrongCode, 422),
        (Refusal::Password(Vec::new()), 422),
        (Refusal::Rule(RuleFault::NotYours), 422),
        (Refusal::Claims(ClaimFault::Acr), 422),
        (Refusal::NotLinked, 422),
        (Refusal::NotMeant, 422),
        (Refusal::BeingMade, 422),
        (Refusal::OtherAddress, 422),
        (Refusal::FactorNeeded, 422),
        (Refusal::Name, 422),
    ]
}

fn stores() -> Vec<(StoreError, u16)> {
    let file = || std::io::Error::other("x");
    vec![
        (StoreError::Conflict { what: "x" }, 409),
        (StoreError::Busy, 503),
        (StoreError::ImportRunning(crate::testing::home()), 503),
        (StoreError::Absent("x"), 404),
        (StoreError::Address("x".into()), 500),
        (StoreError::Migration("x".into()), 500),
        (StoreError::Full, 500),
        (StoreError::NotEmpty, 500),
        (StoreError::Damaged("x".into()), 500),
        (StoreError::File { path: "x".into(), cause: file() }, 500),
        (StoreError::Engine("x".into()), 500),
    ]
}

fn apps() -> Vec<(AppError, u16)> {
    let words = || vec!["x".to_owned()];
    let date = || "2026-11-02".to_owned();
    vec![
        (AppError::Absent("x"), 404),
        (AppError::State("x".into()), 409),
        (AppError::Answered { accepted: true, by: "x".into() }, 409),
        (AppError::StandsAlone, 409),
        (AppError::OwnLookUp, 403),
        (AppError::SearchNotReviewed, 403),
        (AppError::Blocked, 403),
        (AppError::TooManyOpened, 429),
        (AppError::Close(liant_app::CloseBar::Closed), 403),
        (AppError::NotExact, 422),
        (AppError::Store(StoreError::Spent), 429),
        (AppError::Moving("x".into()), 409),
        (AppError::Value("x".into()), 422),
        (AppError::SameFile { batch: 1, at: date() }, 422),
        (AppError::OlderThanLast { flow: "x".into(), found: date(), last: date() }, 422),
        (AppError::MadeBefore { flow: "x".into(), found: date(), last: date() }, 422),
        (AppError::Unrecognised("x".into()), 422),
        (AppError::Strict { rejected: 1 }, 422),
        (AppError::ManyLeave { left: 1, present: 2, most: 30 }, 422),
        (AppError::Unreadable(FileCause::There), 422),
        (AppError::DecisionsAreNoStock("x".into()), 422),
        (AppError::NoSuchProfile { name: "x".into(), there: words() }, 422),
        (AppError::NoSuchWord { word: "x".into(), there: words() }, 422),
        (AppError::NoSettings("x".into()), 500),
        (AppError::SettingsTerritory("x".into()), 500),
        (AppError::NoSuchActor(words()), 500),
        (AppError::Definition("x".into()), 500),
        (AppError::NotAFile("x".into()), 500),
        (AppError::NotABackup("x".into()), 500),
        (AppError::BackupKeyGone { key: "x".into(), expires: liant_model::Date::constant(2026, 12, 1) }, 500),
        (AppError::KeysDoNotFit { keys: "x".into(), store: "x".into() }, 500),
        (AppError::CheckpointKeyMissing, 500),
        (AppError::NotAPublicKey("x".into()), 500),
        (AppError::File { path: "x".into(), cause: FileCause::There }, 500),
        (AppError::Internal("x".into()), 500),
    ]
}

fn all() -> Vec<(Failure, u16)> {
    let own = vec![
        (Failure::Bad, 400),
        (Failure::Absent, 404),
        (Failure::ForeignForm, 403),
        (Failure::Conflict, 409),
        (Failure::TooLarge, 413),
        (Failure::Unsupported, 415),
        (Failure::Invalid, 422),
        (Failure::TooMany { wait: 7 }, 429),
        (Failure::Busy, 503),
        (Failure::internal("x"), 500),
    ];
    let apps = apps().into_iter().map(|(error, status)| (Failure::App(error), status));
    let stores = stores().into_iter().map(|(error, status)| (Failure::App(error.into()), status));
    let refusals = refusals().into_iter().map(|(refusal, status)| (refusal.into(), status));
    own.into_iter().chain(apps).chain(stores).chain(refusals).collect()
}

#[test]
fn each_failure_has_its_status_and_says_when_to_come_back() {
    for (failure, status) in all() {
        let shown = format!("{failure:?}");
        let response = failure.into_response();
        assert_eq!(response.status().as_u16(), status, "{shown}");
        let waits = response.headers().contains_key(header::RETRY_AFTER);
        assert_eq!(waits, matches!(status, 429 | 503), "{shown}");
    }
}

/// The page of each status: what happened, why, what to do. An error's own words stay in the log.
#[tokio::test]
async fn each_page_says_what_to_do_and_nothing_of_what_failed() {
    let site = crate::testing::site();
    let mut pages = std::collections::BTreeMap::new();
    for (failure, status) in all() {
        let told = failure.trouble().told();
        let facts = Arc::new(Facts::new(&site, &axum::http::HeaderMap::new(), &"/".parse().unwrap()));
        let response = page(&site, facts, failure.into_response());
        assert_eq!(response.status().as_u16(), status);
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let [title, _, help] = told.unwrap_or_else(|| said(StatusCode::from_u16(status).unwrap()));
        assert!(
            text.contains("class=\"govuk-heading-l\"") && title.ends_with("title") && help.ends_with("help")
        );
        let (before, after) = text.split_once("class=\"code num\">").unwrap();
        let without_id = format!("{before}{}", after.split_once('<').unwrap().1);
        // One page a status: two failures that share one cannot be told apart, but for those that are told.
        let known = pages.entry((status, told)).or_insert_with(|| without_id.clone());
        assert_eq!(*known, without_id);
    }
    assert_eq!(pages.len(), 16);
}
