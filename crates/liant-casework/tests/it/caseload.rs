//! Caseloads: bounds, what they will be, and who takes the next person.

use std::collections::BTreeMap;

use liant_casework::*;
use liant_model::Role;

use crate::story::*;

fn global() -> Programme {
    Programme::parse("global", SHIPPED_PROGRAMMES.iter().find(|(name, _)| name.contains("global")).unwrap().1)
        .unwrap()
}

fn worker(who: u128, role_name: &str, zone: &str, skills: &[&str], time: u32) -> Worker {
    let skills = skills.iter().map(|skill| code(skill)).collect();
    Worker { who: someone(who), role: role(role_name), zones: vec![code(zone)], skills, time }
}

fn loaded(people: u32) -> Load {
    Load { people, ..Load::default() }
}

#[test]
fn a_load_counts_who_is_there_who_leaves_and_who_came() {
    let leaving = entered("2026-01-05", "6 months"); // until 5 July
    let staying = entered("2026-05-20", "12 months");
    let mut waiting = entered("2026-03-02", "12 months");
    let mut events = waiting.history.clone();
    events.push(Event {
        on: day("2026-05-01"),
        what: Happened::Suspended { before: code(SOCIAL) },
        ..events[0].clone()
    });
    waiting.path = replay(&events);
    let mut gone = entered("2026-01-05", "6 months");
    gone.order("adviser", "2026-05-05", Order::Withdraw);
    let paths = [&leaving.path, &staying.path, &waiting.path, &gone.path];
    let programme = global();
    let loads = loads(&programme, paths, day("2026-06-08"));
    let adviser = loads[&(someone(1), role("adviser"))];
    assert_eq!((adviser.people, adviser.suspended, adviser.entered), (2, 1, 1));
    assert_eq!(adviser.ends, Horizons { four: 1, twelve: 1 });
    assert_eq!(adviser.last, Some(day("2026-05-20")));
    assert_eq!(adviser.forecast(), Horizons { four: 1, twelve: 2 });
    assert!(loads.contains_key(&(someone(2), role("social_referent"))));
}

#[test]
fn forecasts_go_on_at_the_pace_of_the_last_twelve_weeks() {
    let load = Load { people: 85, entered: 24, ends: Horizons { four: 5, twelve: 12 }, ..Load::default() };
    assert_eq!(load.forecast(), Horizons { four: 88, twelve: 97 });
}

#[test]
fn gauges_have_the_bounds_of_the_file() {
    let programme = global();
    let adviser = worker(1, "adviser", "arras", &[], 100);
    for (people, fill) in
        [(69, Fill::Below(1)), (70, Fill::Within), (100, Fill::Within), (101, Fill::Above(1))]
    {
        assert_eq!(gauge(&programme, &adviser, &loaded(people)).unwrap().fill(), fill, "{people}");
    }
    let rsa = shipped();
    let rsa = rsa.on(&code(RSA), day("2026-01-01")).unwrap();
    for (time, people, fill) in
        [(100, 19, Fill::Below(1)), (100, 20, Fill::Within), (50, 9, Fill::Below(1)), (50, 10, Fill::Within)]
    {
        let half = worker(1, "caf_worker", "arras", &[], time);
        assert_eq!(gauge(rsa, &half, &loaded(people)).unwrap().fill(), fill, "20 for each full-time post");
    }
    assert!(gauge(&programme, &worker(1, "agency_director", "arras", &[], 100), &loaded(3)).is_none());
}

#[test]
fn the_next_person_goes_to_whoever_has_room_near_her() {
    let programme = global();
    let workers = [
        worker(1, "adviser", "arras", &[], 100),
        worker(2, "adviser", "lens", &[], 100),
        worker(3, "adviser", "lens", &["arabic"], 100),
        worker(4, "adviser", "lens", &[], 50),
        worker(5, "adviser", "lens", &[], 100),
    ];
    let loads: BTreeMap<(liant_model::AccountId, Role), Load> =
        [(1, 70), (2, 80), (3, 90), (4, 45), (5, 100)]
            .map(|(who, people)| ((someone(who), role("adviser")), loaded(people)))
            .into();
    let order = |zone: Option<&str>, skills: &[&str]| -> Vec<u128> {
        let (zone, skills): (Option<Code>, Vec<Code>) =
            (zone.map(code), skills.iter().map(|skill| code(skill)).collect());
        let found = suggest(&programme, &workers, &loads, (zone.as_ref(), &skills));
        found.iter().map(|one| one.who.0.as_u128()).collect()
    };
    // 45 people in half a post are 90 in a whole one: as full as the third, who comes after her.
    assert_eq!(order(Some("lens"), &[]), [2, 3, 4, 1, 5]);
    assert_eq!(order(Some("lens"), &["arabic"]), [3, 2, 4, 1, 5]);
    assert_eq!(order(None, &[]), [1, 2, 3, 4, 5]);
    let zone = code("lens");
    let found = suggest(&programme, &workers, &loads, (Some(&zone), &[]));
    assert_eq!(found[0].because, [Because::Room(20), Because::SameZone, Because::People(80)]);
    assert_eq!(found[4].because, [Because::Full, Because::SameZone, Because::People(100)]);
}

/// Given one by one to the first of the list, people are shared out evenly.
#[test]
fn suggestions_are_fair() {
    let programme = global();
    let workers: Vec<_> = (1..=5).map(|who| worker(who, "adviser", "lens", &[], 100)).collect();
    let mut loads = BTreeMap::new();
    for _ in 0..100 {
        let who = suggest(&programme, &workers, &loads, (None, &[]))[0].who;
        loads.entry((who, role("adviser"))).or_insert_with(Load::default).people += 1;
    }
    assert!(loads.values().all(|load| load.people == 20), "{loads:?}");
}

#[test]
fn figures_are_counted_over_their_time() {
    let programme = global();
    let rsa = facts(&["rsa"]);
    let none = facts(&[]);
    let late = {
        let mut story = proposed("2026-05-04");
        ready(&mut story, "2026-05-26"); // 22 days
        story.order("adviser", "2026-05-26", enter(Some("6 months"), SEEKER, &[("adviser", 1)]));
        story
    };
    let gone = |exit: &str| {
        let mut story = entered("2026-03-02", "6 months");
        for act in ["review", "interview"] {
            story.act("adviser", "2026-05-02", act);
        }
        story.order("adviser", "2026-05-02", end(exit));
        story
    };
    let (stays, trained, solved) =
        (entered("2025-06-08", "12 months"), gone("training"), gone("difficulties-solved"));
    let old = entered("2025-06-09", "12 months");
    let people = [(&late, &rsa), (&stays, &rsa), (&trained, &none), (&solved, &rsa), (&old, &none)];
    let count = |of: Measure, least: Option<u32>| {
        let mut indicator =
            programme.indicators.iter().find(|one| one.id.as_str() == "rsa-share").unwrap().clone();
        (indicator.of, indicator.least, indicator.every) = (of, least, Some(length("1 year")));
        indicator.criterion = indicator.criterion.filter(|_| of == Measure::Share);
        let counted = people.iter().map(|(story, facts)| Counted { path: &story.path, facts });
        figure(&programme, &indicator, counted, day("2026-06-08"))
    };
    // The year that ends on 8 June 2026 began on 9 June 2025.
    assert_eq!(count(Measure::Entries, Some(100)), Figure { value: 4, of: 4, part: 4, below: Some(96) });
    assert_eq!(count(Measure::EntriesInTime, None), Figure { value: 75, of: 4, part: 3, below: None });
    assert_eq!(count(Measure::DaysToEntry, None).value, 0);
    assert_eq!(count(Measure::Exits, None).value, 2);
    assert_eq!(count(Measure::PositiveExits, None), Figure { value: 1, of: 2, part: 1, below: None });
    assert_eq!(count(Measure::Accompanied, Some(5)), Figure { value: 5, of: 5, part: 5, below: None });
    assert_eq!(count(Measure::Share, Some(80)), Figure { value: 67, of: 3, part: 2, below: Some(13) });
}

#[test]
fn the_posts_of_the_experiment_are_6_2_and_1() {
    let programme = global();
    let workers =
        [worker(1, "caf_worker", "lillers", &[], 100), worker(2, "caf_worker", "lillers", &[], 100)];
    let found: Vec<_> = posts(&programme, &workers)
        .iter()
        .map(|(zone, there)| (zone.id.to_string(), zone.workers, *there))
        .collect();
    let row = |zone: &str, may, there| (zone.to_owned(), Some(may), there);
    assert_eq!(found, [row("henin-carvin", 6, 0), row("marconnelle", 2, 0), row("lillers", 1, 2)]);
}

#[test]
fn both_are_told_of_the_effective_entry() {
    let programme = global();
    let story = entered("2026-03-02", "6 months");
    let entry = story.history.iter().find(|event| matches!(event.what, Happened::Entered { .. })).unwrap();
    assert_eq!(told(&programme, None, entry), [&role("adviser"), &role("local_service_head")]);
    let sent = story.history.iter().find(|event| matches!(event.what, Happened::Sent { .. })).unwrap();
    assert!(told(&programme, Some(&code("ft-no-rsa")), sent).is_empty());
    assert_eq!(told(&programme, Some(&code("ft-caf")), sent), [&role("local_service_head")]);
}

#[test]
fn an_experiment_is_its_pair_s_and_theirs_who_are_told() {
    let programme = global();
    for (who, way, part, is_one_told) in [
        ("caf_worker", "ft-caf", true, false),
        ("caf_worker", "caf-ft", true, false),
        // She works here by the experiment alone.
        ("caf_worker", "ft-other", false, false),
        ("caf_worker", "dept-shortage-job", false, false),
        ("adviser", "ft-caf", true, false),
        ("adviser", "dept-other", true, false),
        ("adviser", "partner", true, false),
        ("local_service_head", "ft-caf", true, true),
        ("local_service_head", "caf-ft", true, true),
        ("local_service_head", "ft-other", true, false),
        // She stands in nobody's place there.
        ("social_referent", "ft-caf", false, false),
        ("social_referent", "ft-other", true, false),
        // No route names her.
        ("orientation_officer", "ft-caf", true, false),
    ] {
        let route = programme.route(&code(way)).unwrap();
        let found = (has_part(&programme, &role(who), route), is_told(&programme, &role(who), route));
        assert_eq!(found, (part, is_one_told), "{who}: {way}");
    }
}

#[test]
fn figures_of_few_are_not_shown_nor_what_is_left_of_them() {
    for (of, part, shown) in [
        (0, 0, true),
        (4, 4, false),
        (5, 5, true),
        (20, 4, false),
        (20, 16, false),
        (20, 0, true),
        (20, 20, true),
        (20, 5, true),
        (20, 15, true),
        (9, 5, false),
    ] {
        let figure = Figure { value: 0, of, part, below: None };
        assert_eq!(figure.may_be_shown(5), shown, "{part} of {of}");
        assert!(figure.may_be_shown(1), "{part} of {of}: nobody is too few");
    }
}
