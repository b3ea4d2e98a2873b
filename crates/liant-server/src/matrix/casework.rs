//! What the pages of accompaniments answer to forms that have aged, and to addresses that nobody's page leads to.

use axum::http::StatusCode;
use liant_access::ProfessionalRole as Role;

use super::world::World;

const GLOBAL: &str = "accompagnement-global";

/// Someone whom the head of a service sees: the address of her path.
fn path_of(world: &World) -> String {
    let head = world.visitors.iter().find(|one| one.is_home && one.role == Role::LocalServiceHead).unwrap();
    let person = head.within.as_ref().unwrap().first().unwrap();
    format!("/people/{person}/accompaniment")
}

#[test]
fn a_form_of_another_state_is_told_so_before_what_lacks_on_it() {
    let engine = testkit::sqlite();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::new(&engine.place()));
    runtime.block_on(stale(&world));
    drop(world);
}

async fn stale(world: &World) {
    let base = path_of(world);
    let mut head = world.of(Role::LocalServiceHead);
    let told = head.open(&base).await.text;
    // The first form that her path leads to.
    let (_, rest) = told.split_once(&format!("href=\"{base}/")).unwrap_or_else(|| panic!("no form: {told}"));
    let (form, _) = rest.split_once(['"', '?']).unwrap();
    let path = format!("{base}/{form}");
    let shown = head.open(&path).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    let (_, rest) = shown.text.split_once("name=\"expected\" value=\"").unwrap();
    let (version, _) = rest.split_once('"').unwrap();
    let notice = "Quelqu’un a agi sur ce parcours";
    // Of the state that she read: what lacks is asked for.
    let lacking = head.send(&path, &[("expected", version)]).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!lacking.text.contains(notice));
    // Of another, or of none: somebody acted, whatever lacks; what was typed stays.
    for expected in ["7", "", "x"] {
        let fields = [("expected", expected), ("day-day", "31"), ("day-month", "2"), ("day-year", "2026")];
        let stale = head.send(&path, &fields).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{expected}");
        assert!(stale.text.contains(notice), "{expected}: {}", stale.text);
        assert!(stale.text.contains("value=\"31\""), "what was typed stays");
        assert!(!stale.text.contains("Indiquez un jour qui existe"), "{expected}");
    }
    // What was a choice when the form was opened and is none now: no page that is missing.
    let path = format!("{base}/{GLOBAL}/leave");
    let second = head.send(&path, &[("expected", "7"), ("role", "social_referent")]).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.text.contains(notice), "{}", second.text);
    let never = head.open(&path).await;
    assert_eq!(never.status, StatusCode::NOT_FOUND);
}
