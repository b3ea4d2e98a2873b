//! The RSA path and the CAF amendment: accompaniment.md §4 and §5.

use liant_casework::*;

use crate::story::*;

fn orient(nature: &str, reason: Option<&str>) -> Order {
    Order::Orient { nature: nature.parse().unwrap(), reason: reason.map(code) }
}

fn sign(form: &str, months: &str, who: Option<u128>) -> Order {
    Order::Sign { form: code(form), length: length(months), who: who.map(someone) }
}

/// A new entrant whose recommendation was validated: steps 1 to 3.
fn validated(nature: &str) -> Story {
    let mut story = Story::of(RSA);
    story.order("platform_agent", "2026-01-05", propose("local_service_head", &["rsa", "no-referent"]));
    story.act("platform_agent", "2026-01-08", "first-contract");
    story.act("platform_agent", "2026-01-15", "diagnosis");
    story.order("local_service_head", "2026-01-20", orient(nature, None));
    story.order("local_service_head", "2026-01-20", Order::Accept);
    story
}

/// The same, accompanied since 26 January 2026: steps 4 and 5.
fn followed() -> Story {
    let mut story = validated("01");
    story.act("social_referent", "2026-01-26", "synthesis-read");
    story.order(
        "local_service_head",
        "2026-01-26",
        Order::Name { role: role("social_referent"), who: someone(5) },
    );
    story.order("social_referent", "2026-01-26", enter(None, &["rsa"], &[]));
    story.act("social_referent", "2026-02-02", "path-defined");
    story
}

#[test]
fn the_eight_steps_come_in_their_order() {
    let mut story = Story::of(RSA);
    story.order("platform_agent", "2026-01-05", propose("local_service_head", &["rsa", "no-referent"]));
    let (reason, refusal) = story.refused("platform_agent", "2026-01-06", done("diagnosis"));
    assert_eq!((reason, refusal.about), (Reason::ActMissing, Some(code("first-contract"))), "1 before 2");
    assert_eq!(
        story.refused("local_service_head", "2026-01-06", Order::Accept).0,
        Reason::ActMissing,
        "1 and 2 before 3"
    );
    story.act("platform_agent", "2026-01-08", "first-contract");
    story.act("platform_agent", "2026-01-15", "diagnosis");
    story.order("local_service_head", "2026-01-20", Order::Accept);
    let entry = || enter(None, &["rsa"], &[]);
    assert_eq!(
        story.refused("social_referent", "2026-01-26", entry()).0,
        Reason::ActMissing,
        "4: the synthesis is read"
    );
    story.act("social_referent", "2026-01-26", "synthesis-read");
    assert_eq!(
        story.refused("social_referent", "2026-01-26", entry()).0,
        Reason::NotOriented,
        "3: an orientation is decided"
    );
    story.order("local_service_head", "2026-01-26", orient("01", None));
    assert_eq!(
        story.refused("social_referent", "2026-01-26", entry()).0,
        Reason::ReferentMissing,
        "3: one is named"
    );
    let name = Order::Name { role: role("social_referent"), who: someone(5) };
    story.order("local_service_head", "2026-01-26", name);
    story.order("social_referent", "2026-01-26", entry());
    let (reason, refusal) = story.refused("social_referent", "2026-02-02", sign("cer", "6 months", None));
    assert_eq!((reason, refusal.about), (Reason::ActMissing, Some(code("path-defined"))), "5");
    story.act("social_referent", "2026-02-02", "path-defined");
    story.order("social_referent", "2026-02-02", sign("cer", "6 months", None));
    assert_eq!(
        story.stay().contract.as_ref().unwrap().until,
        day("2026-08-01"),
        "6: six months, last day included"
    );
    let again = || sign("cer", "6 months", None);
    assert_eq!(
        story.refused("social_referent", "2026-07-28", again()).1.about,
        Some(code("review")),
        "7 before 8"
    );
    story.act("social_referent", "2026-07-27", "review");
    assert_eq!(
        story.refused("social_referent", "2026-07-28", again()).1.about,
        Some(code("diagnosis-update"))
    );
    story.act("social_referent", "2026-07-28", "diagnosis-update");
    story.order("social_referent", "2026-07-28", again());
    assert_eq!(
        story.refused("social_referent", "2026-07-28", again()).0,
        Reason::ActMissing,
        "a review serves once"
    );
}

#[test]
fn a_contract_lasts_six_months_at_most() {
    for (asked, reason) in [
        ("6 months", None),
        ("3 months", None),
        ("7 months", Some(Reason::LengthNotAllowed)),
        ("187 days", Some(Reason::LengthNotAllowed)),
    ] {
        let said = followed().try_order("social_referent", "2026-02-02", sign("cer", asked, None));
        assert_eq!(said.err().map(|refusal| refusal.reason), reason, "{asked}");
    }
    let mut global = entered("2026-03-02", "6 months");
    assert_eq!(
        global.refused("adviser", "2026-03-02", sign("cer", "6 months", None)).0,
        Reason::NoContractRule
    );
}

#[test]
fn a_ppae_stands_for_the_contract_and_makes_its_adviser_the_referent() {
    let mut social = followed();
    assert_eq!(
        social.refused("adviser", "2026-02-02", sign("ppae", "6 months", Some(1))).0,
        Reason::UnknownForm,
        "oriented to a social referent"
    );
    let mut story = validated("05");
    story.act("adviser", "2026-01-26", "synthesis-read");
    story.order(
        "local_service_head",
        "2026-01-26",
        Order::Name { role: role("social_referent"), who: someone(5) },
    );
    story.order("adviser", "2026-01-26", enter(None, &["rsa"], &[]));
    story.act("adviser", "2026-02-02", "path-defined");
    assert_eq!(
        story.refused("social_referent", "2026-02-02", sign("ppae", "6 months", Some(5))).0,
        Reason::NotYours
    );
    assert_eq!(
        story.refused("adviser", "2026-02-02", sign("ppae", "6 months", None)).0,
        Reason::ReferentMissing
    );
    story.order("adviser", "2026-02-02", sign("ppae", "6 months", Some(1)));
    let held = &story.path.referents[&code("rsa-referent")];
    assert_eq!((held.who, held.role.as_str()), (someone(1), "adviser"));
}

/// Who may be sent to the CAF, and whom it does not take.
#[test]
fn ways_to_the_caf() {
    let rows: &[(&str, &str, &[&str], Option<Reason>, &str)] = &[
        (
            "caf_worker",
            "local_service_head",
            &["lone-parent-rsa", "followed-by-caf", "no-referent"],
            None,
            "the CAF asks the service",
        ),
        (
            "caf_worker",
            "local_service_head",
            &["lone-parent-rsa", "followed-by-caf"],
            Some(Reason::RouteClosed),
            "she has a referent",
        ),
        ("local_service_head", "caf_worker", &["separation"], None, "unknown family"),
        ("local_service_head", "caf_worker", &["partner-died"], None, "unknown family"),
        ("local_service_head", "caf_worker", &["lone-parent-birth"], None, "unknown family"),
        (
            "local_service_head",
            "caf_worker",
            &["lone-parent-rsa"],
            Some(Reason::RouteClosed),
            "no such event, and the CAF has its 20",
        ),
        (
            "local_service_head",
            "caf_worker",
            &["lone-parent-rsa", "caf-below-least"],
            None,
            "below 20 per worker",
        ),
        ("local_service_head", "caf_worker", &["separation", "under-16"], Some(Reason::RouteClosed), "PMI"),
        (
            "local_service_head",
            "caf_worker",
            &["separation", "traveller"],
            Some(Reason::RouteClosed),
            "other delegate",
        ),
        (
            "local_service_head",
            "caf_worker",
            &["separation", "followed-elsewhere"],
            Some(Reason::RouteClosed),
            "already followed",
        ),
    ];
    for (by, to, met, reason, source) in rows {
        let met: Vec<&str> = met.iter().chain(&["rsa"]).copied().collect();
        let said = Story::of(RSA).try_order(by, "2026-01-05", propose(to, &met));
        assert_eq!(said.err().map(|refusal| refusal.reason), *reason, "{met:?}: {source}");
    }
}

/// Her own diagnosis replaces the platform's; the first interview may send back before any contract.
#[test]
fn the_caf_diagnoses_by_itself_and_sends_back_what_is_outside_its_remit() {
    let mut own = Story::of(RSA);
    let met = ["rsa", "lone-parent-rsa", "followed-by-caf", "no-referent"];
    own.order("caf_worker", "2026-01-05", propose("local_service_head", &met));
    assert_eq!(
        own.refused("local_service_head", "2026-01-06", Order::Accept).1.about,
        Some(code("caf-diagnosis"))
    );
    own.act("caf_worker", "2026-01-06", "caf-diagnosis");
    own.order("local_service_head", "2026-01-07", Order::Accept);
    let mut back = Story::of(RSA);
    back.order("local_service_head", "2026-01-05", propose("caf_worker", &["rsa", "separation"]));
    assert_eq!(
        back.refused("caf_worker", "2026-01-06", Order::Accept).1.about,
        Some(code("first-interview"))
    );
    back.act("caf_worker", "2026-01-09", "first-interview");
    back.order("caf_worker", "2026-01-09", Order::Refuse { reason: code("outside-remit") });
    assert!(back.path.open(&back.programme).is_none());
}

/// Three meetings in person in each contract; one by telephone is none.
#[test]
fn the_caf_owes_three_meetings_in_person_in_each_contract() {
    let mut story = Story::of(RSA);
    story.order("local_service_head", "2026-01-05", propose("caf_worker", &["rsa", "separation"]));
    story.act("caf_worker", "2026-01-09", "first-interview");
    story.order("caf_worker", "2026-01-09", Order::Accept);
    story.order("local_service_head", "2026-01-09", orient("01", None));
    story.act("caf_worker", "2026-01-12", "synthesis-read");
    let nobody = enter(None, &["rsa"], &[]);
    assert_eq!(story.refused("caf_worker", "2026-01-12", nobody).0, Reason::ReferentMissing);
    story.order("caf_worker", "2026-01-12", enter(None, &["rsa"], &[("caf_worker", 4)]));
    story.act("caf_worker", "2026-01-20", "path-defined");
    story.order("caf_worker", "2026-01-20", sign("cer", "6 months", None));
    let owed = |story: &Story| {
        clocks(&story.programmes, &story.path).iter().any(|clock| clock.what().as_str() == "caf-meetings")
    };
    let phone = Order::Record {
        act: code("caf-meeting"),
        outcome: Outcome::Kept,
        means: Some(Means::Phone),
        appointment: None,
    };
    story.order("caf_worker", "2026-02-01", phone);
    let unsaid =
        Order::Record { act: code("caf-meeting"), outcome: Outcome::Kept, means: None, appointment: None };
    assert_eq!(story.refused("caf_worker", "2026-02-01", unsaid).0, Reason::MeansMissing);
    for (on, still) in [("2026-02-10", true), ("2026-03-10", true), ("2026-04-10", false)] {
        story.act("caf_worker", on, "caf-meeting");
        assert_eq!(owed(&story), still, "{on}");
    }
    story.act("caf_worker", "2026-07-10", "review");
    story.act("caf_worker", "2026-07-10", "diagnosis-update");
    story.order("caf_worker", "2026-07-15", sign("cer", "6 months", None));
    assert!(owed(&story), "counted anew");
    assert!(!owed(&followed()), "the CAF's own commitment, and nobody else's");
}

/// When an orientation may change, and why: §4 and §5.
#[test]
fn an_orientation_changes_for_a_reason_that_holds_at_that_time() {
    let signed = || {
        let mut story = followed();
        story.order("social_referent", "2026-02-02", sign("cer", "6 months", None));
        story
    };
    let rows: &[(&str, Option<&str>, &str, Option<Reason>, &str)] = &[
        (
            "2026-04-01",
            Some("no-progress"),
            "02",
            Some(Reason::ReasonNotNow),
            "same sphere: at the end of the contract",
        ),
        ("2026-07-31", Some("no-progress"), "02", None, "its last month"),
        ("2026-08-01", Some("relational-problem"), "01", None, "its last day"),
        ("2026-08-03", Some("exhaustion"), "01", None, "after it"),
        ("2026-04-01", Some("life-as-a-couple"), "01", None, "at any time"),
        ("2026-04-01", Some("leaves-scheme"), "05", None, "at any time"),
        ("2026-04-01", Some("other-reason"), "05", None, "at any time"),
        ("2026-04-01", Some("personal-situation"), "05", None, "exceptional"),
        ("2026-04-01", Some("outside-remit"), "05", Some(Reason::ReasonNotNow), "before any contract"),
        ("2026-04-01", Some("she-asked"), "05", Some(Reason::UnknownReason), "coded"),
        ("2026-04-01", None, "05", Some(Reason::ReasonMissing), "reasoned"),
        ("2026-04-01", Some("other-reason"), "07", Some(Reason::UnknownNature), "§5: 01 to 06"),
        ("2026-01-19", Some("other-reason"), "05", Some(Reason::TooEarly), "before the decision in force"),
    ];
    for (on, reason, nature, expected, source) in rows {
        let said = signed().try_order("local_service_head", on, orient(nature, *reason));
        assert_eq!(said.err().map(|refusal| refusal.reason), *expected, "{on} {reason:?}: {source}");
    }
    assert_eq!(
        signed().refused("social_referent", "2026-04-01", orient("05", Some("other-reason"))).0,
        Reason::NotYours
    );
    let first =
        Story::of(RSA).try_order("local_service_head", "2026-01-05", orient("05", Some("other-reason")));
    assert_eq!(first.unwrap_err().reason, Reason::ReasonNotNow, "a first orientation changes nothing");
    let mut before = validated("01");
    before.order("local_service_head", "2026-01-22", orient("05", Some("outside-remit")));
}

/// Accompanied by route (b), her orientation to France Travail does not change.
#[test]
fn an_orientation_that_must_not_change_does_not() {
    let met: Vec<&str> = SEEKER.iter().chain(&["rsa", "awaits-orientation"]).copied().collect();
    let mut story = Story::of(GLOBAL);
    story.order("adviser", "2026-03-02", consent());
    story.order("adviser", "2026-03-02", propose("local_service_head", &met));
    ready(&mut story, "2026-03-05");
    story.act("local_service_head", "2026-03-05", "social-diagnosis");
    story.order("adviser", "2026-03-05", enter(Some("12 months"), &met, &[("adviser", 1)]));
    story.programme = code(RSA);
    let (reason, refusal) = story.refused("local_service_head", "2026-03-20", orient("01", None));
    assert_eq!((reason, refusal.rule), (Reason::OrientationKept, "route.keeps_orientation"));
    story.order("local_service_head", "2026-03-20", orient("05", None));
    assert_eq!(
        story.refused("local_service_head", "2026-04-20", orient("01", Some("other-reason"))).0,
        Reason::OrientationKept
    );
    story.programme = code(GLOBAL);
    story.order("adviser", "2026-05-01", Order::Withdraw);
    story.programme = code(RSA);
    story.order("local_service_head", "2026-05-02", orient("01", Some("other-reason")));
}

#[test]
fn follow_up_goes_on_for_six_months_after_the_rsa() {
    let mut story = followed();
    story.order("social_referent", "2026-02-02", sign("cer", "3 months", None));
    assert_eq!(story.refused("social_referent", "2026-03-15", Order::EndRight).0, Reason::NotYours);
    story.order("technician", "2026-03-15", Order::EndRight);
    let tail = clocks(&story.programmes, &story.path);
    assert_eq!(tail.iter().find(|clock| clock.what().as_str() == "tail").unwrap().due, day("2026-09-15"));
    story.act("social_referent", "2026-05-01", "review");
    story.act("social_referent", "2026-05-01", "diagnosis-update");
    story.order("social_referent", "2026-05-02", sign("cer", "6 months", None));
    assert_eq!(story.stay().contract.as_ref().unwrap().until, day("2026-09-15"), "no contract beyond it");
    let mut again = story.clone();
    again.order("technician", "2026-08-01", Order::ResumeRight);
    again.act("social_referent", "2026-10-01", "meeting");
    story.act("social_referent", "2026-09-15", "meeting");
    assert_eq!(story.refused("social_referent", "2026-09-16", done("meeting")).0, Reason::RightOver);
    story.order("social_referent", "2026-10-01", end("left-territory"));
    assert_eq!(story.path.past(&story.programme)[0].ended, day("2026-09-15"));
    let mut global = entered("2026-03-02", "6 months");
    assert!(matches!(
        global.refused("adviser", "2026-03-15", Order::EndRight).0,
        Reason::NotYours | Reason::NoTail
    ));
}

#[test]
fn an_absence_without_excuse_is_reported_to_the_departement() {
    let mut story = followed();
    let report = |story: &Story| {
        clocks(&story.programmes, &story.path)
            .iter()
            .find(|clock| clock.what().as_str() == "absence")
            .map(|clock| clock.due)
    };
    let excused =
        Order::Record { act: code("meeting"), outcome: Outcome::Excused, means: None, appointment: None };
    story.order("social_referent", "2026-04-29", excused);
    assert_eq!(report(&story), None);
    story.order("social_referent", "2026-04-30", missed("meeting"));
    // Five working days: 1 and 8 May are holidays, each before a weekend.
    assert_eq!(report(&story), Some(day("2026-05-11")));
    story.act("social_referent", "2026-05-05", "absence-report");
    assert_eq!(report(&story), None);
    story.order("social_referent", "2026-05-20", missed("meeting"));
    assert!(report(&story).is_some(), "another one");
    // One that was reported before it was recorded, and one recorded late that an earlier report says nothing of.
    story.now = Some(noon(day("2026-06-30")));
    story.act("social_referent", "2026-06-10", "absence-report");
    story.order("social_referent", "2026-06-09", missed("meeting"));
    assert_eq!(report(&story), None);
    story.order("social_referent", "2026-06-12", missed("meeting"));
    story.act("social_referent", "2026-06-11", "absence-report");
    assert!(report(&story).is_some());
}

#[test]
fn the_rsa_path_is_a_duty_and_not_a_wish() {
    assert_eq!(
        followed().refused("social_referent", "2026-04-01", Order::Withdraw).0,
        Reason::MayNotWithdraw
    );
}
