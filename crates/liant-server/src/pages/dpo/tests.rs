//! The DPO's console over HTTP: a convention suspended, and what then shows; what its forms understand.

use axum::http::StatusCode;
use liant_model::Date;

use super::breaches::moment_of;
use crate::asking::Visit;
use crate::testing::{colleague, site_on, site_with_accounts};

#[test]
fn a_time_is_hours_and_minutes_in_france() {
    let day = Date::constant(2026, 11, 16);
    let at = |time: &str| moment_of(day, time).map(liant_model::Instant::micros);
    let nine = 1_794_816_240_000_000; // 2026-11-16 08:04 UTC
    for (typed, moment) in [
        ("9:04", Some(nine)),
        (" 09h04 ", Some(nine)),
        ("9 H 04", Some(nine)),
        ("24:00", None),
        ("9", None),
        ("", None),
    ] {
        assert_eq!(at(typed), moment, "{typed:?}");
    }
}

/// A site under the shipped conventions, on an empty store.
fn site() -> crate::Site {
    let folder = tempfile::tempdir().unwrap().keep();
    let settings = crate::matrix::settings(&folder, "liant.db");
    let workplace = liant_app::Workplace::open(&settings).unwrap();
    site_on(&std::sync::Arc::new(workplace), crate::testing::accounts())
}

const STEP: &str = "/conventions/62-echange-rsa/step";

#[tokio::test]
async fn a_convention_is_suspended_and_resumed_from_the_console() {
    let site = site();
    let dpo = colleague(&site, "dpo").await;
    let mut visit = Visit::new(&site, &[&dpo.cookie]);
    let list = visit.open("/conventions").await.text;
    assert!(list.contains("62-echange-rsa") && list.contains("62-departement"), "{list}");
    assert!(!list.contains("Suspendue depuis"));
    let day = [("from-day", "16"), ("from-month", "11"), ("from-year", "2026")];
    let with = |of: &'static str, ground: &'static str, day: &[(&'static str, &'static str)]| {
        let mut fields = vec![("of", of), ("ground", ground)];
        fields.extend_from_slice(day);
        fields
    };
    visit.open(&format!("{STEP}?of=suspended")).await;
    let past = [("from-day", "15"), ("from-month", "11"), ("from-year", "2026")];
    for (fields, said) in [
        (with("suspended", "", &day), "ground-error"),
        // A ground of another step.
        (with("suspended", "remedied", &day), "ground-error"),
        (with("suspended", "breach", &past), "from-error"),
        (with("resumed", "remedied", &day), "seul qui a suspendu"),
    ] {
        let answer = visit.send(STEP, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
    }
    let done = visit.send(STEP, &with("suspended", "breach", &day)).await;
    assert_eq!(done.header("location"), "/conventions/62-echange-rsa?done=suspended");
    let page = visit.open("/conventions/62-echange-rsa?done=suspended").await.text;
    assert!(page.contains("Suspendue depuis le 16") && page.contains("Violation de données"), "{page}");
    assert!(visit.open("/").await.text.contains("1</span>\n    <a href=\"/conventions\""), "the desk tells");
    visit.send(STEP, &with("resumed", "remedied", &day)).await;
    assert!(visit.open("/conventions/62-echange-rsa").await.text.contains("En vigueur aujourd"));
    // A register entry has no such form.
    let answer = visit.open("/conventions/62-departement/step").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_breach_is_opened_told_and_closed() {
    let site = site();
    let dpo = colleague(&site, "dpo").await;
    let mut visit = Visit::new(&site, &[&dpo.cookie]);
    visit.open("/breaches/new").await;
    let new = |nature, actor, day: &'static str| {
        vec![
            ("nature", nature),
            ("found-day", day),
            ("found-month", "11"),
            ("found-year", "2026"),
            ("time", "8:30"),
            ("actor", actor),
        ]
    };
    let stranger = "nobody@office.example";
    for (fields, said) in [
        (new("", stranger, "16"), "nature-error"),
        (new("breach", stranger, "16"), "actor-error"),
        (new("breach", &dpo.email, "17"), "found-error"),
        (new("breach", "", "16"), "premier jour"),
    ] {
        let answer = visit.send("/breaches/new", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.text.contains(said), "{said}: {}", answer.text);
    }
    let opened = visit.send("/breaches/new", &new("breach", &dpo.email, "14")).await;
    let path = opened.header("location").split('?').next().unwrap().to_owned();
    let page = visit.open(&path).await.text;
    // Found on Saturday at 8:30: told to France Travail 36 hours later, to the authority 72 hours later.
    assert!(page.contains("2026-11-15T20:30:00+01:00") && page.contains("en retard de 12"), "{page}");
    assert!(page.contains("2026-11-17T08:30:00+01:00") && page.contains("reste 23"), "{page}");
    assert!(visit.open("/breaches").await.text.contains("En retard"));
    for to in ["authority", "france-travail"] {
        let draft = visit.open(&format!("{path}/notice?to={to}")).await;
        assert_eq!(draft.status, StatusCode::OK);
        assert!(draft.text.contains("Notification initiale") && !draft.text.contains(&dpo.email));
    }
    let deed = |deed, to, time| {
        vec![
            ("deed", deed),
            ("to", to),
            ("at-day", "15"),
            ("at-month", "11"),
            ("at-year", "2026"),
            ("time", time),
        ]
    };
    let action = format!("{path}/deed");
    visit.open(&action).await;
    let early = visit.send(&action, &deed("answered", "authority", "9:00")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was sent yet");
    visit.send(&action, &deed("initial", "france-travail", "22:00")).await;
    visit.send(&action, &deed("initial", "authority", "9:00")).await;
    let page = visit.open(&path).await.text;
    assert!(page.contains("prévenu avec 1") && page.contains("prévenu à temps"), "{page}");
    assert!(
        visit.open(&format!("{path}/notice?to=authority")).await.text.contains("Notification complémentaire")
    );
    visit.send(&action, &deed("closed", "", "23:00")).await;
    assert!(visit.open("/breaches").await.text.contains("Close"));
    let late = visit.send(&action, &deed("complement", "authority", "23:10")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it is closed");
}

#[tokio::test]
async fn without_a_convention_the_console_is_empty() {
    let site = site_with_accounts();
    let dpo = colleague(&site, "dpo").await;
    let mut visit = Visit::new(&site, &[&dpo.cookie]);
    assert_eq!(visit.open("/conventions").await.status, StatusCode::OK);
    assert_eq!(visit.open("/conventions/62-echange-rsa").await.status, StatusCode::NOT_FOUND);
    assert_eq!(visit.open("/breaches").await.status, StatusCode::NOT_FOUND);
}
