//! From detection to entry: accompaniment.md §2.

use liant_casework::*;

use crate::story::*;

/// What the adviser, the head and the others may propose, and what it takes. Each row: who, to whom, what is known of the person
/// beside that she is of the public, the agreement that it takes.
#[test]
fn each_situation_has_its_agreement() {
    let rows: &[(&str, &str, &[&str], Result<&str, Reason>, &str)] = &[
        ("adviser", "local_service_head", &["rsa", "oriented-ft"], Ok("ft-rsa-oriented"), "§2 tacit (a)"),
        ("adviser", "local_service_head", &["rsa", "awaits-orientation"], Ok("ft-rsa-new"), "§2 tacit (b)"),
        ("adviser", "local_service_head", &[], Ok("ft-no-rsa"), "§2 tacit (c)"),
        ("adviser", "local_service_head", &["rsa"], Ok("ft-other"), "§2 bilateral: every other case"),
        (
            "local_service_head",
            "adviser",
            &["shortage-job"],
            Ok("dept-shortage-job"),
            "§2 shortage occupation",
        ),
        ("local_service_head", "adviser", &["rsa"], Ok("dept-other"), "§2 bilateral"),
        ("social_referent", "local_service_head", &[], Ok("partner"), "§2 a partner writes to the head"),
        ("social_referent", "adviser", &[], Err(Reason::NoRoute), "§2 the head alone talks to the adviser"),
        (
            "caf_worker",
            "adviser",
            &["lone-parent"],
            Err(Reason::OutsideExperiment),
            "§4 experiment: three territories",
        ),
        ("agency_director", "local_service_head", &[], Err(Reason::NoRoute), "§1"),
    ];
    for (by, to, met, expected, source) in rows {
        let mut story = Story::of(GLOBAL);
        story.order("adviser", "2026-03-02", consent());
        let met: Vec<&str> = SEEKER.iter().chain(*met).copied().collect();
        let said = story.try_order(by, "2026-03-02", propose(to, &met));
        let route = said.map_err(|refusal| refusal.reason).map(|events| match &events[0].what {
            Happened::Sent { route, .. } | Happened::Relayed { route, .. } => route.to_string(),
            other => panic!("{other:?}"),
        });
        assert_eq!(route.as_deref().map_err(|reason| *reason), *expected, "{by} {met:?}: {source}");
    }
}

#[test]
fn the_entry_rule_looks_at_the_public_and_at_nothing_else() {
    for (met, about) in [
        (vec!["volunteer", "social-barrier"], "job-seeker"),
        (vec!["job-seeker", "social-barrier"], "volunteer"),
        (vec!["job-seeker", "volunteer"], "social-barrier"),
        (vec!["job-seeker", "volunteer", "social-barrier", "search-blocked"], "search-blocked"),
    ] {
        let mut story = Story::of(GLOBAL);
        story.order("adviser", "2026-03-02", consent());
        let (reason, refusal) = story.refused("adviser", "2026-03-02", propose("local_service_head", &met));
        assert_eq!((reason, refusal.about), (Reason::NotEligible, Some(code(about))), "{met:?}");
        assert_eq!((refusal.rule, refusal.source.as_ref()), ("entry.requires", "annexe 1, art. 2.2 a"));
    }
}

#[test]
fn without_her_consent_collected_by_france_travail_no_form_leaves() {
    let mut story = Story::of(GLOBAL);
    let tacit = || propose("local_service_head", SEEKER);
    let (reason, refusal) = story.refused("adviser", "2026-03-02", tacit());
    assert_eq!((reason, refusal.source.as_ref()), (Reason::NoConsent, "annexe 2, art. 4.1"));
    assert_eq!(story.refused("local_service_head", "2026-03-02", consent()).0, Reason::NotYours);
    // Consent to electronic contact is another consent.
    let email = Order::GiveConsent { consent: code("email") };
    assert_eq!(story.refused("adviser", "2026-03-02", email).0, Reason::UnknownConsent);
    story.order("adviser", "2026-03-03", consent());
    assert_eq!(story.refused("adviser", "2026-03-02", tacit()).0, Reason::NoConsent, "given the day after");
    story.order("adviser", "2026-03-03", tacit());
    // Taken back before the entry, the proposal ends.
    let back = Order::WithdrawConsent { consent: code("transmission") };
    let events = story.order("adviser", "2026-03-04", back);
    assert!(events.iter().any(|event| event.what == Happened::ProposalWithdrawn {}));
    assert!(story.path.open(&story.programme).is_none());
    assert_eq!(story.refused("adviser", "2026-03-05", tacit()).0, Reason::NoConsent);
}

/// Whatever the history says of the proposal, nobody enters without consent.
#[test]
fn an_entry_asks_for_the_consent_again() {
    let mut story = proposed("2026-03-02");
    ready(&mut story, "2026-03-05");
    story.path.consents.clear();
    let entry = enter(Some("6 months"), SEEKER, &[("adviser", 1)]);
    assert_eq!(story.refused("adviser", "2026-03-05", entry).0, Reason::NoConsent);
}

#[test]
fn day_21_is_in_time_and_day_22_is_late_and_nobody_loses_her_place() {
    for (on, days, in_time) in [("2026-03-23", 21, true), ("2026-03-24", 22, false)] {
        let mut story = proposed("2026-03-02");
        ready(&mut story, on);
        let events = story.order("adviser", on, enter(Some("6 months"), SEEKER, &[("adviser", 1)]));
        assert!(
            matches!(&events[0].what, Happened::Entered { days: d, in_time: t, .. } if (*d, *t) == (days, in_time)),
            "{events:?}"
        );
    }
}

/// The file of another programme may let the proposal lapse instead. Ten working days of a country that rests on Sunday and
/// Monday.
#[test]
fn elsewhere_a_proposal_lapses() {
    for (on, reason) in [("2026-03-18", None), ("2026-03-19", Some(Reason::Lapsed))] {
        let mut story = Story::of(BRIDGE);
        let sharing = Order::GiveConsent { consent: code("data-sharing") };
        story.order("parish_nurse", "2026-03-04", sharing);
        story.order("parish_nurse", "2026-03-04", propose("bridge_worker", &["registered", "carer"]));
        story.order(
            "county_office",
            "2026-03-05",
            Order::Name { role: role("bridge_worker"), who: someone(1) },
        );
        let entry = enter(Some("90 days"), &["registered", "carer"], &[("mentor", 2)]);
        let said = story.try_order("bridge_worker", on, entry);
        assert_eq!(said.err().map(|refusal| refusal.reason), reason, "{on}");
    }
}

#[test]
fn twenty_one_days_become_fifteen_by_one_edit() {
    let fifteen = changed(GLOBAL, "within = \"21 days\"", "within = \"15 days\"");
    let fifteen = Story::with(fifteen, GLOBAL);
    for (on, in_time) in [("2026-03-17", true), ("2026-03-18", false)] {
        let mut story = fifteen.clone();
        story.order("adviser", "2026-03-02", consent());
        story.order("adviser", "2026-03-02", propose("local_service_head", SEEKER));
        let due = clocks(&story.programmes, &story.path);
        let due = due.iter().find(|clock| clock.what() == &code("entry")).unwrap().due;
        assert_eq!(due.to_string(), "2026-03-17");
        ready(&mut story, on);
        let events = story.order("adviser", on, enter(Some("6 months"), SEEKER, &[("adviser", 1)]));
        assert!(matches!(&events[0].what, Happened::Entered { in_time: t, .. } if *t == in_time), "{on}");
    }
}

#[test]
fn a_bilateral_proposal_is_answered_by_its_receiver_with_a_coded_reason() {
    let met: Vec<&str> = SEEKER.iter().chain(&["rsa"]).copied().collect();
    let mut story = Story::of(GLOBAL);
    story.order("adviser", "2026-03-02", consent());
    story.order("adviser", "2026-03-02", propose("local_service_head", &met));
    let refuse = |reason: &str| Order::Refuse { reason: code(reason) };
    assert_eq!(story.refused("adviser", "2026-03-05", Order::Accept).0, Reason::NotYours);
    assert_eq!(story.refused("local_service_head", "2026-03-01", Order::Accept).0, Reason::TooEarly);
    assert_eq!(
        story.refused("local_service_head", "2026-03-05", refuse("i-do-not-like-it")).0,
        Reason::UnknownReason
    );
    ready(&mut story, "2026-03-05");
    let entry = || enter(Some("6 months"), &met, &[("adviser", 1)]);
    assert_eq!(story.refused("adviser", "2026-03-05", entry()).0, Reason::NotAgreed);
    let mut refused = story.clone();
    refused.order("local_service_head", "2026-03-06", refuse("no-room"));
    assert!(refused.path.open(&refused.programme).is_none());
    assert!(refused.path.referents.is_empty(), "whoever was named is free again");
    refused.order("adviser", "2026-03-20", propose("local_service_head", &met));
    story.order("local_service_head", "2026-03-06", Order::Accept);
    assert_eq!(story.refused("local_service_head", "2026-03-07", Order::Accept).0, Reason::AlreadyAnswered);
    assert_eq!(
        story.refused("local_service_head", "2026-03-07", refuse("no-room")).0,
        Reason::AlreadyAnswered
    );
    assert_eq!(story.refused("adviser", "2026-03-05", entry()).0, Reason::TooEarly, "before the answer");
    story.order("adviser", "2026-03-10", entry());
}

#[test]
fn a_tacit_agreement_has_no_answer() {
    let mut story = proposed("2026-03-02");
    assert_eq!(story.refused("local_service_head", "2026-03-03", Order::Accept).0, Reason::NoAnswerNeeded);
    assert_eq!(
        story.refused("adviser", "2026-03-03", propose("local_service_head", SEEKER)).0,
        Reason::AlreadyOpen
    );
}

#[test]
fn what_a_partner_proposes_goes_by_the_head_of_service() {
    let mut story = Story::of(GLOBAL);
    story.order("adviser", "2026-03-02", consent());
    story.order("social_referent", "2026-03-02", propose("local_service_head", SEEKER));
    let forward = |met| Order::Forward(proposing("adviser", met));
    assert_eq!(story.refused("social_referent", "2026-03-04", forward(SEEKER)).0, Reason::NotYours);
    assert_eq!(
        story.refused("adviser", "2026-03-04", enter(Some("6 months"), SEEKER, &[])).0,
        Reason::WrongStage
    );
    let mut tacit = story.clone();
    let met: Vec<&str> = SEEKER.iter().chain(&["shortage-job"]).copied().collect();
    let events = tacit.order("local_service_head", "2026-03-04", forward(&met));
    assert!(matches!(&events[0].what, Happened::Sent { route, .. } if route.as_str() == "dept-shortage-job"));
    // The 21 days run from the sending, not from what the partner wrote.
    let entry = clocks(&tacit.programmes, &tacit.path);
    let entry = entry.iter().find(|clock| clock.what().as_str() == "entry").unwrap();
    assert_eq!((entry.start, entry.due), (day("2026-03-04"), day("2026-03-25")));
    story.order("local_service_head", "2026-03-04", Order::Refuse { reason: code("other-path") });
    assert!(story.path.open(&story.programme).is_none());
}

#[test]
fn who_does_not_come_may_be_given_up_after_two_absences() {
    let mut story = proposed("2026-03-02");
    let drop = || Order::Drop { reason: code("no-show") };
    story.order("adviser", "2026-03-09", missed("integration-interview"));
    assert_eq!(story.refused("adviser", "2026-03-09", drop()).0, Reason::TooFewAbsences);
    let excused = Order::Record {
        act: code("integration-interview"),
        outcome: Outcome::Excused,
        means: None,
        appointment: None,
    };
    story.order("adviser", "2026-03-12", excused);
    assert_eq!(story.refused("adviser", "2026-03-12", drop()).0, Reason::TooFewAbsences, "excused");
    let interview = enter(Some("6 months"), SEEKER, &[("adviser", 1)]);
    let (reason, refusal) = story.refused("adviser", "2026-03-12", interview);
    assert_eq!((reason, refusal.about), (Reason::ActMissing, Some(code("integration-interview"))));
    story.order("adviser", "2026-03-16", missed("integration-interview"));
    story.order("adviser", "2026-03-16", drop());
    assert!(story.path.open(&story.programme).is_none());
    let met = Order::Record { act: code("review"), outcome: Outcome::Missed, means: None, appointment: None };
    let mut inside = entered("2026-03-02", "6 months");
    assert_eq!(inside.refused("adviser", "2026-03-09", met).0, Reason::NotMet, "a review is no appointment");
}

#[test]
fn she_may_withdraw_at_any_time() {
    let mut before = proposed("2026-03-02");
    before.order("adviser", "2026-03-05", Order::Withdraw);
    assert!(before.path.open(&before.programme).is_none());
    let mut inside = entered("2026-03-02", "6 months");
    assert_eq!(inside.refused("technician", "2026-04-05", Order::Withdraw).0, Reason::NotYours);
    inside.clone().order("person", "2026-04-05", Order::Withdraw);
    inside.order("social_referent", "2026-04-05", Order::Withdraw);
    assert_eq!(inside.path.past(&inside.programme)[0].exit, code("withdrew"));
    assert!(inside.path.referents.is_empty());
}

#[test]
fn an_entry_says_what_it_means_for_her_orientation() {
    let rows: &[(&[&str], Option<&str>, Option<AtEntry>, &str)] = &[
        (&["rsa", "oriented-ft"], Some("05"), Some(AtEntry::Kept), "§2 kept"),
        (&["rsa", "oriented-ft"], None, Some(AtEntry::New), "§2 new"),
        (&["rsa", "oriented-ft"], Some("01"), Some(AtEntry::ToChange), "§2 re-orientation to do"),
        (
            &["rsa", "awaits-orientation"],
            None,
            Some(AtEntry::Kept),
            "§2 (b): her orientation does not change",
        ),
        (&[], None, None, "§2: for an RSA recipient"),
    ];
    for (met, oriented, expected, source) in rows {
        let met: Vec<&str> = SEEKER.iter().chain(*met).copied().collect();
        let mut story = Story::of(RSA);
        if let Some(nature) = oriented {
            let decision = Order::Orient { nature: nature.parse().unwrap(), reason: None };
            story.order("local_service_head", "2026-03-01", decision);
        }
        story.programme = code(GLOBAL);
        story.order("adviser", "2026-03-02", consent());
        story.order("adviser", "2026-03-02", propose("local_service_head", &met));
        ready(&mut story, "2026-03-05");
        let events = story.order("adviser", "2026-03-05", enter(Some("12 months"), &met, &[("adviser", 1)]));
        assert!(
            matches!(&events[0].what, Happened::Entered { orientation, .. } if orientation == expected),
            "{source}: {events:?}"
        );
        assert!(
            events.iter().all(|event| !matches!(event.what, Happened::Oriented { .. })),
            "an entry decides none"
        );
    }
}

#[test]
fn a_command_that_saw_an_older_path_is_refused_and_so_is_tomorrow() {
    let mut story = proposed("2026-03-02");
    let mut command = Command {
        programme: story.programme.clone(),
        by: role("adviser"),
        on: day("2026-03-03"),
        expected: story.path.version - 1,
        order: Order::Withdraw,
    };
    let now = noon(day("2026-03-03"));
    let reason =
        |command: &Command| decide(&story.programmes, &story.path, command, now).map_err(|no| no.reason);
    assert_eq!(reason(&command), Err(Reason::Stale));
    command.expected = story.path.version;
    command.on = day("2026-03-04");
    assert_eq!(reason(&command), Err(Reason::Future));
    command.on = day("2026-03-03");
    command.programme = code("no-such");
    assert_eq!(reason(&command), Err(Reason::UnknownProgramme));
    story.programme = code(BRIDGE);
    let early =
        story.refused("parish_nurse", "2025-03-31", propose("bridge_worker", &["registered", "carer"]));
    assert_eq!(early.0, Reason::UnknownProgramme, "before its first day");
}

fn form(model: FormModel) -> SentForm {
    SentForm { id: liant_model::FormId(liant_model::Uuid::from_u128(7)), model, seal: FormSeal::new([7; 32]) }
}

/// A form goes by the route that has it. Each row: who, to whom, what is known of the person, the form, and the refusal.
#[test]
fn a_form_travels_by_its_route_and_no_other() {
    use FormModel::{Bilateral, Tacit};
    let rows: &[(&str, &str, &[&str], FormModel, Option<Reason>)] = &[
        ("adviser", "local_service_head", &[], Tacit, None),
        ("adviser", "local_service_head", &[], Bilateral, Some(Reason::OtherForm)),
        ("adviser", "local_service_head", &["rsa"], Bilateral, None),
        ("adviser", "local_service_head", &["rsa"], Tacit, Some(Reason::OtherForm)),
        ("social_referent", "local_service_head", &[], Bilateral, None),
        ("social_referent", "local_service_head", &[], Tacit, Some(Reason::OtherForm)),
    ];
    for (by, to, met, model, expected) in rows {
        let mut story = Story::of(GLOBAL);
        story.order("adviser", "2026-03-02", consent());
        let met: Vec<&str> = SEEKER.iter().chain(*met).copied().collect();
        let order = Order::Propose(Proposing { form: Some(form(*model)), ..proposing(to, &met) });
        let said = story.try_order(by, "2026-03-02", order).map_err(|refusal| refusal.reason);
        let borne = said.as_ref().ok().and_then(|events| match &events[0].what {
            Happened::Sent { form, .. } | Happened::Relayed { form, .. } => *form,
            _ => None,
        });
        assert_eq!(said.err(), *expected, "{by} {met:?} {model}");
        assert_eq!(borne, expected.is_none().then(|| form(*model)), "{by} {met:?} {model}");
    }
}

/// What a partner's form says goes on as it is where it is the form of the next route, and stays behind where it is not.
#[test]
fn a_form_that_is_handed_on_stays_the_same() {
    for (met, route_has_it) in [(["rsa"], true), (["shortage-job"], false)] {
        let mut story = Story::of(GLOBAL);
        story.order("adviser", "2026-03-02", consent());
        let met: Vec<&str> = SEEKER.iter().chain(&met).copied().collect();
        let sent = form(FormModel::Bilateral);
        let order = Proposing { form: Some(sent), ..proposing("local_service_head", &met) };
        story.order("social_referent", "2026-03-02", Order::Propose(order));
        let events = story
            .try_order("local_service_head", "2026-03-03", Order::Forward(proposing("adviser", &met)))
            .unwrap();
        let Happened::Sent { form: borne, .. } = &events[0].what else { panic!("{:?}", events[0].what) };
        assert_eq!(*borne, route_has_it.then_some(sent), "{met:?}");
    }
}
