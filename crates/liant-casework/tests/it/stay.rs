//! How long, extension, end, suspension: accompaniment.md §2 and §3.

use liant_casework::*;

use crate::story::*;

#[test]
fn the_length_is_one_of_the_programmes() {
    for (asked, reason) in [
        ("6 months", None),
        ("12 months", None),
        ("9 months", Some(Reason::LengthNotAllowed)),
        ("18 months", Some(Reason::LengthNotAllowed)),
    ] {
        let mut story = proposed("2026-03-02");
        ready(&mut story, "2026-03-05");
        let said = story.try_order("adviser", "2026-03-05", enter(Some(asked), SEEKER, &[("adviser", 1)]));
        assert_eq!(said.err().map(|refusal| refusal.reason), reason, "{asked}");
    }
}

/// Initial length, extensions, and the term that comes of them: at most 18 months in all.
#[test]
fn extensions_add_up_and_are_clipped_at_18_months() {
    let rows: &[(&str, &[&str], &str)] = &[
        ("6 months", &["6 months"], "2027-03-02"),
        ("6 months", &["12 months"], "2027-09-02"),
        ("6 months", &["6 months", "6 months"], "2027-09-02"),
        ("12 months", &["6 months"], "2027-09-02"),
        ("12 months", &["12 months"], "2027-09-02"), // 12 + 12 is clipped to 18
    ];
    for (initial, extensions, term) in rows {
        let mut story = entered("2026-03-02", initial);
        for length in *extensions {
            let on = story.term();
            reviewed(&mut story, &on);
            story.order("adviser", &on, extend(length));
        }
        assert_eq!(story.term(), *term, "{initial} {extensions:?}");
        if *term == "2027-09-02" {
            reviewed(&mut story, term);
            let (reason, refusal) = story.refused("adviser", term, extend("6 months"));
            assert_eq!((reason, refusal.rule), (Reason::CapReached, "duration.total_most"), "the 19th month");
            assert_eq!(refusal.source, "annexe 1, art. 2.2 a and d");
        }
    }
}

#[test]
fn an_extension_needs_a_review_an_interview_goals_and_the_pair_each_time() {
    let mut story = entered("2026-03-02", "6 months");
    for (by, act) in [
        ("adviser", "review"),
        ("adviser", "interview"),
        ("adviser", "goals"),
        ("social_referent", "pair-agreement"),
    ] {
        let (reason, refusal) = story.refused("adviser", "2026-08-20", extend("6 months"));
        assert_eq!((reason, refusal.about), (Reason::ActMissing, Some(code(act))));
        story.act(by, "2026-08-20", act);
    }
    assert_eq!(story.refused("social_referent", "2026-08-20", extend("6 months")).0, Reason::NotYours);
    assert_eq!(story.refused("adviser", "2026-08-20", extend("3 months")).0, Reason::LengthNotAllowed);
    story.order("adviser", "2026-08-20", extend("6 months"));
    // Extending sets a re-examination at the new term.
    let found = clocks(&story.programmes, &story.path);
    let again = found.iter().find(|clock| clock.what().as_str() == "re-examination").unwrap();
    assert_eq!(again.due, day("2027-03-02"));
    assert_eq!(
        story.refused("adviser", "2026-08-20", extend("6 months")).0,
        Reason::ActMissing,
        "what was done served once"
    );
    story.now = Some(noon(day("2026-08-21")));
    for on in ["2026-05-04", "2026-08-19"] {
        reviewed(&mut story, on);
    }
    assert_eq!(
        story.refused("adviser", "2026-08-21", extend("6 months")).0,
        Reason::ActMissing,
        "a review of before, recorded after"
    );
}

#[test]
fn an_extension_is_decided_at_the_term_or_soon_after() {
    for (on, reason) in [("2026-09-17", None), ("2026-09-18", Some(Reason::TermPassed))] {
        let mut story = entered("2026-03-02", "6 months");
        reviewed(&mut story, "2026-09-02");
        let said = story.try_order("adviser", on, extend("6 months"));
        assert_eq!(said.err().map(|refusal| refusal.reason), reason, "{on}");
    }
    let mut over = entered("2026-03-02", "6 months");
    assert_eq!(over.refused("adviser", "2026-10-01", done("monthly-point")).0, Reason::TermPassed);
    over.act("adviser", "2026-10-01", "review");
    over.act("adviser", "2026-10-01", "interview");
    over.order("adviser", "2026-10-01", end("difficulties-solved"));
    let past = &over.path.past(&over.programme)[0];
    assert_eq!(past.ended, day("2026-09-02"), "what is recorded late does not make the stay longer");
}

#[test]
fn a_follow_up_in_a_job_goes_past_18_months_and_no_farther_than_it_lasts() {
    let long = |until: &str| {
        let mut story = entered("2026-03-02", "12 months");
        reviewed(&mut story, "2027-03-02");
        story.order("adviser", "2027-03-02", extend("6 months"));
        story.order("adviser", "2027-08-01", Order::FollowIntoWork { until: day(until) });
        reviewed(&mut story, "2027-09-02");
        story.order("adviser", "2027-09-02", extend("6 months"));
        story.term()
    };
    assert_eq!(long("2027-11-15"), "2027-11-15");
    assert_eq!(long("2029-01-01"), "2028-03-02", "no longer than the file lets it");
    let mut youth = Story::of(YOUTH);
    youth.order(
        "counsellor",
        "2026-03-02",
        propose("counsellor", &["aged-16-to-25", "not-in-studies", "not-in-durable-work", "commits"]),
    );
    assert_eq!(
        youth.refused("counsellor", "2026-03-02", Order::FollowIntoWork { until: day("2027-01-01") }).0,
        Reason::WrongStage
    );
}

#[test]
fn an_end_needs_a_review_and_an_interview_but_not_of_who_left_or_died() {
    let mut story = entered("2026-03-02", "6 months");
    assert_eq!(story.refused("adviser", "2026-05-02", end("training")).0, Reason::ActMissing);
    assert_eq!(story.refused("adviser", "2026-05-02", end("promoted")).0, Reason::UnknownExit);
    let mut left = story.clone();
    left.order("adviser", "2026-05-02", end("left-territory"));
    assert!(left.path.open(&left.programme).is_none() && left.path.referents.is_empty());
    story.act("adviser", "2026-05-02", "review");
    story.act("adviser", "2026-05-02", "interview");
    assert_eq!(story.refused("social_referent", "2026-05-02", end("training")).0, Reason::NotYours);
    story.order("adviser", "2026-05-02", end("training"));
    assert!(matches!(story.refused("adviser", "2026-05-03", done("monthly-point")).0, Reason::NothingOpen));
}

/// Someone who comes back soon has what is left of the 18 months; a year later, the whole again.
#[test]
fn earlier_stays_count_until_a_year_has_passed() {
    for (back, term) in [("2026-10-01", "2027-09-29"), ("2027-05-03", "2028-05-03")] {
        let mut story = entered("2025-11-01", "12 months");
        story.order("adviser", "2026-05-03", end("left-territory"));
        story.order("adviser", back, propose("local_service_head", SEEKER));
        ready(&mut story, back);
        story.order("adviser", back, enter(Some("12 months"), SEEKER, &[("adviser", 1)]));
        assert_eq!(story.term(), term, "{back}: six months and two days were taken of eighteen");
    }
    let mut spent = entered("2024-11-01", "12 months");
    reviewed(&mut spent, "2025-11-01");
    spent.order("adviser", "2025-11-01", extend("6 months"));
    spent.order("adviser", "2026-05-01", end("left-territory"));
    spent.order("adviser", "2026-05-02", propose("local_service_head", SEEKER));
    ready(&mut spent, "2026-05-02");
    let again = enter(Some("6 months"), SEEKER, &[("adviser", 1)]);
    assert_eq!(spent.refused("adviser", "2026-05-02", again).0, Reason::CapReached);
}

const BLOCKED: &[&str] = &["job-seeker", "search-blocked", "agrees", "rsa"];

/// Someone in global accompaniment whom the pair proposes for social follow-up, which begins on a day.
fn social(from: &str, length_of: &str) -> Story {
    let mut story = entered("2026-03-02", "12 months");
    story.programme = code(SOCIAL);
    let mut proposal = proposing("local_service_head", BLOCKED);
    proposal.zone = Some(code("trial-east"));
    let alone = Order::Propose(proposal.clone());
    assert_eq!(story.refused("adviser", from, alone).0, Reason::NotConfirmed, "proposed by a pair");
    proposal.confirmed_by = vec![role("social_referent")];
    story.order("adviser", from, Order::Propose(proposal));
    story.order("local_service_head", from, Order::Accept);
    story.order("local_service_head", from, enter(Some(length_of), BLOCKED, &[("social_referent", 3)]));
    story
}

#[test]
fn social_follow_up_suspends_the_professional_side_and_the_adviser_stays_on_watch() {
    let mut story = social("2026-06-01", "6 months");
    let held: Vec<_> = story
        .path
        .referents
        .iter()
        .map(|(place, held)| (place.as_str(), held.who, held.programme.as_str()))
        .collect();
    assert_eq!(held, [("path-referent", someone(1), GLOBAL), ("social-referent", someone(3), SOCIAL)]);
    let watch = clocks(&story.programmes, &story.path);
    let watch = watch.iter().find(|clock| clock.what().as_str() == "watch").unwrap();
    assert_eq!(watch.due, day("2026-12-01"), "re-examined at the latest at 6 months");
    story.programme = code(GLOBAL);
    for order in [done("monthly-point"), extend("6 months")] {
        let reason = story.refused("adviser", "2026-06-15", order).0;
        assert!(matches!(reason, Reason::Suspended | Reason::WrongStage), "{reason}");
    }
}

#[test]
fn who_comes_back_from_social_follow_up_has_the_time_that_was_left() {
    let mut story = social("2026-06-01", "6 months");
    let back = |next: Option<&str>| Order::End { exit: code("barriers-lifted"), next: next.map(code) };
    assert_eq!(story.refused("social_referent", "2026-12-01", back(Some(GLOBAL))).0, Reason::ActMissing);
    story.act("adviser", "2026-12-01", "re-examination");
    assert_eq!(story.refused("social_referent", "2026-12-01", back(None)).0, Reason::NextMissing);
    let mut elsewhere = story.clone();
    story.order("social_referent", "2026-12-01", back(Some(GLOBAL)));
    story.programme = code(GLOBAL);
    // 12 months from 2 March 2026, put off by the 183 days from 1 June to 1 December.
    assert_eq!(story.term(), "2027-09-01");
    assert_eq!(story.stay().days_suspended, 183);
    assert!(story.stay().vacant.contains_key(&code("social-referent")), "somebody is to be named beside her");
    story.order(
        "local_service_head",
        "2026-12-02",
        Order::Name { role: role("social_referent"), who: someone(2) },
    );
    reviewed(&mut story, "2027-09-01");
    story.order("adviser", "2027-09-01", extend("12 months"));
    assert_eq!(story.term(), "2028-03-03", "18 months and the 183 days");
    elsewhere.order("social_referent", "2026-12-01", back(Some(RSA)));
    assert_eq!(elsewhere.path.past(&code(GLOBAL))[0].exit, code("difficulties-worse"));
    assert!(elsewhere.path.referents.is_empty());
}

/// What was there stays there: she cannot have left before the suspension that followed.
#[test]
fn an_end_does_not_come_before_a_suspension() {
    let mut story = social("2026-06-01", "6 months");
    story.programme = code(GLOBAL);
    story.now = Some(noon(day("2026-06-10")));
    assert_eq!(story.refused("adviser", "2026-05-31", Order::Withdraw).0, Reason::TooEarly);
    assert_eq!(story.refused("adviser", "2026-05-31", end("left-territory")).0, Reason::TooEarly);
    story.order("adviser", "2026-06-01", Order::Withdraw);
}

#[test]
fn who_dies_in_social_follow_up_is_deceased_in_both() {
    let mut story = social("2026-06-01", "6 months");
    story.order("social_referent", "2026-07-01", end("deceased"));
    assert_eq!(story.path.past(&code(GLOBAL))[0].exit, code("deceased"));
}

#[test]
fn social_follow_up_is_6_and_6_months_and_24_in_all() {
    let mut story = social("2026-06-01", "6 months");
    story.act("adviser", "2026-12-01", "re-examination");
    story.order("local_service_head", "2026-12-01", extend("6 months"));
    assert_eq!(story.term(), "2027-06-01");
    story.act("adviser", "2027-06-01", "re-examination");
    assert_eq!(
        story.refused("local_service_head", "2027-06-01", extend("6 months")).0,
        Reason::CapReached,
        "6 + 6 bounds a stay"
    );
    story.order(
        "social_referent",
        "2027-06-01",
        Order::End { exit: code("barriers-lifted"), next: Some(code(GLOBAL)) },
    );
    // A second stay, of 12 months: 24 in all. There is no third.
    let mut on = "2027-07-01".to_owned();
    for (round, reason) in [(2, None), (3, Some(Reason::CapReached))] {
        let mut proposal = proposing("local_service_head", BLOCKED);
        proposal.zone = Some(code("trial-west"));
        proposal.confirmed_by = vec![role("social_referent"), role("adviser")];
        story.order("adviser", &on, Order::Propose(proposal));
        story.order("local_service_head", &on, Order::Accept);
        let entry = enter(Some("6 months"), BLOCKED, &[("social_referent", 3)]);
        let said = story.try_order("local_service_head", &on, entry);
        assert_eq!(said.err().map(|refusal| refusal.reason), reason, "round {round}");
        if reason.is_none() {
            let half = story.term();
            story.act("adviser", &half, "re-examination");
            story.order("local_service_head", &half, extend("6 months"));
            on = story.term();
            story.act("adviser", &on, "re-examination");
            story.order(
                "social_referent",
                &on,
                Order::End { exit: code("barriers-lifted"), next: Some(code(GLOBAL)) },
            );
        }
    }
}

#[test]
fn social_follow_up_starts_from_a_pair_in_its_places_and_for_rsa_recipients_first() {
    let rows = [
        ("trial-east", vec!["job-seeker", "search-blocked", "agrees"], Reason::OutsideExperiment),
        ("elsewhere", BLOCKED.to_vec(), Reason::OutsideExperiment),
        ("trial-east", vec!["job-seeker", "agrees", "rsa"], Reason::NotEligible),
    ];
    for (zone, met, reason) in rows {
        let mut story = entered("2026-03-02", "12 months");
        story.programme = code(SOCIAL);
        let mut proposal = proposing("local_service_head", &met);
        proposal.zone = Some(code(zone));
        proposal.confirmed_by = vec![role("social_referent")];
        assert_eq!(
            story.refused("adviser", "2026-06-01", Order::Propose(proposal)).0,
            reason,
            "{zone} {met:?}"
        );
    }
    let mut outside = Story::of(SOCIAL);
    outside.order("adviser", "2026-06-01", consent());
    let mut proposal = proposing("local_service_head", BLOCKED);
    proposal.zone = Some(code("trial-east"));
    proposal.confirmed_by = vec![role("social_referent")];
    assert_eq!(outside.refused("adviser", "2026-06-01", Order::Propose(proposal)).0, Reason::NotWithin);
}

// ---- Who stands beside the person ----

#[test]
fn of_each_kind_there_is_one_referent() {
    let mut story = entered("2026-03-02", "6 months");
    let name = |who| Order::Name { role: role("social_referent"), who: someone(who) };
    assert_eq!(story.refused("local_service_head", "2026-04-01", name(9)).0, Reason::PlaceTaken);
    let caf = Order::Name { role: role("caf_worker"), who: someone(2) };
    assert_eq!(
        story.refused("local_service_head", "2026-04-01", caf).0,
        Reason::PlaceTaken,
        "the same place by another role"
    );
    let hand_over =
        |from, to| Order::HandOver { role: role("social_referent"), from: someone(from), to: someone(to) };
    assert_eq!(story.refused("local_service_head", "2026-04-01", hand_over(9, 8)).0, Reason::PlaceEmpty);
    assert_eq!(
        story.refused("adviser", "2026-04-01", hand_over(2, 8)).0,
        Reason::NotYours,
        "§1: the head names"
    );
    story.order("local_service_head", "2026-04-01", hand_over(2, 8));
    assert_eq!(story.path.referents[&code("social-referent")].who, someone(8));
    let head = Order::Name { role: role("local_service_head"), who: someone(7) };
    assert_eq!(story.refused("local_service_head", "2026-04-01", head).0, Reason::NoPlace);
    // One who leaves: the vacancy is a delay until someone is named.
    story.order(
        "local_service_head",
        "2026-04-07",
        Order::Leave { role: role("social_referent"), who: someone(8) },
    );
    let vacancy = |story: &Story| {
        clocks(&story.programmes, &story.path)
            .iter()
            .find(|clock| clock.what().as_str() == "vacancy")
            .map(|clock| clock.due)
    };
    assert_eq!(vacancy(&story), Some(day("2026-04-14")), "five working days");
    story.order("local_service_head", "2026-04-09", name(9));
    assert_eq!(vacancy(&story), None);
}

#[test]
fn two_programmes_share_one_place() {
    let mut story = entered("2026-03-02", "6 months");
    story.programme = code(YOUTH);
    let met = ["aged-16-to-25", "not-in-studies", "not-in-durable-work", "commits"];
    story.order("counsellor", "2026-03-10", propose("counsellor", &met));
    story.act("counsellor", "2026-03-12", "diagnosis");
    let entry = |who| enter(Some("6 months"), &met, &[("counsellor", who)]);
    assert_eq!(
        story.refused("counsellor", "2026-03-12", entry(5)).0,
        Reason::PlaceTaken,
        "two path referents"
    );
}

#[test]
fn an_entry_names_both_of_the_pair() {
    let mut story = proposed("2026-03-02");
    story.act("adviser", "2026-03-05", "integration-interview");
    let alone = enter(Some("6 months"), SEEKER, &[("adviser", 1)]);
    let (reason, refusal) = story.refused("adviser", "2026-03-05", alone);
    assert_eq!((reason, refusal.about), (Reason::ReferentMissing, Some(code("social-referent"))));
    let both = enter(Some("6 months"), SEEKER, &[("adviser", 1), ("social_referent", 2)]);
    assert_eq!(
        story.refused("adviser", "2026-03-05", both).0,
        Reason::NotYours,
        "the head names the social referent"
    );
}

// ---- The experiment of the CAF: §4 ----

fn lone_parent() -> Vec<&'static str> {
    SEEKER.iter().chain(&["lone-parent", "rsa"]).copied().collect()
}

fn to_caf(zone: &str) -> Order {
    let mut proposal = proposing("caf_worker", &lone_parent());
    proposal.zone = Some(code(zone));
    Order::Propose(proposal)
}

#[test]
fn the_experiment_takes_people_in_three_territories_for_six_months() {
    let rows = [
        ("henin-carvin", "2024-05-31", Some(Reason::OutsideExperiment)),
        ("henin-carvin", "2024-06-01", None),
        ("lillers", "2024-11-30", None),
        ("lillers", "2024-12-01", Some(Reason::OutsideExperiment)),
        ("arras", "2024-07-01", Some(Reason::OutsideExperiment)),
    ];
    for (zone, on, reason) in rows {
        let mut story = Story::of(GLOBAL);
        story.order("adviser", "2024-05-15", consent());
        let said = story.try_order("adviser", on, to_caf(zone));
        assert_eq!(said.err().map(|refusal| refusal.reason), reason, "{zone} {on}");
    }
}

#[test]
fn the_caf_worker_agrees_on_the_length_and_people_under_way_finish() {
    let mut story = Story::of(GLOBAL);
    story.order("adviser", "2024-11-20", consent());
    story.order("adviser", "2024-11-20", to_caf("marconnelle"));
    story.order("caf_worker", "2024-11-25", Order::Accept);
    story.act("adviser", "2024-12-05", "integration-interview");
    story.order("caf_worker", "2024-12-05", Order::Name { role: role("caf_worker"), who: someone(4) });
    let mut entering = Entering {
        length: Some(length("12 months")),
        facts: facts(&lone_parent()),
        referents: vec![(role("adviser"), someone(1))],
        agreed_by: Vec::new(),
    };
    let alone = Order::Enter(entering.clone());
    assert_eq!(story.refused("adviser", "2024-12-05", alone).0, Reason::NotConfirmed);
    entering.agreed_by = vec![role("caf_worker")];
    // After the last day of the experiment: the form had been sent.
    story.order("adviser", "2024-12-05", Order::Enter(entering));
    let term = story.term();
    for act in ["review", "interview", "goals"] {
        story.act("adviser", &term, act);
    }
    story.act("caf_worker", &term, "pair-agreement");
    story.order("adviser", &term, extend("6 months"));
    assert_eq!(story.term(), "2026-06-05");
}
