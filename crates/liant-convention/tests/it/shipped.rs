//! The shipped files: they have no problem, and what they let out is a committed snapshot to read and judge.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::common::{
    MARCH_2026, actor, days_after_march, gate_with, pas_de_calais, purpose, shipped_gate, words,
};
use liant_convention::{
    Channel, Decision, Direction, FlowQuery, Gate, Granted, People, Query, Reach, Refusal, SHIPPED, UseKind,
    Validity, check,
};
use liant_model::{Actor, Field, FieldSet, Instant, Purpose, Role, Sensitivity, Source, Territory};

#[test]
fn the_shipped_files_have_no_problem() {
    for (name, text) in SHIPPED {
        let checked = check(name, text);
        let problems: Vec<_> = checked.problems.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert!(checked.convention.is_some());
    }
}

fn actors(gate: &Gate) -> Vec<Actor> {
    let entries = gate.conventions().iter().flat_map(|file| &file.parties);
    let names: BTreeSet<_> =
        entries.flat_map(|entry| entry.roles.iter().map(|role| (entry.org.clone(), role.clone()))).collect();
    names.iter().map(|(party, role)| actor(party.as_str(), role.as_str())).collect()
}

fn purposes(gate: &Gate) -> BTreeSet<Purpose> {
    gate.conventions().iter().flat_map(|file| file.purposes.iter().map(|entry| entry.id.clone())).collect()
}

fn profiles(gate: &Gate) -> BTreeSet<String> {
    gate.conventions().iter().flat_map(|file| file.flows.iter().map(|flow| flow.profile.clone())).collect()
}

fn query<'a>(actor: &'a Actor, purpose: &'a Purpose, channel: Channel, now: Instant) -> Query<'a> {
    Query { actor, purpose, channel, territory: pas_de_calais(), reach: Reach::Designated, now }
}

fn flow<'a>(actor: &'a Actor, profile: &'a str, now: Instant) -> FlowQuery<'a> {
    FlowQuery { profile, actor, territory: pas_de_calais(), now }
}

fn say(granted: &Granted) -> String {
    let mut said = String::new();
    for release in granted.releases() {
        writeln!(said, "    {} of {}: {}", release.people, release.source, words(release.fields)).unwrap();
        writeln!(said, "        under {}", release.clause).unwrap();
    }
    said
}

/// Everything that the gate lets out, to anyone, in any way; what is not here is refused.
fn matrix(gate: &Gate, now: Instant) -> String {
    let mut page = String::new();
    for actor in actors(gate) {
        let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for purpose in purposes(gate) {
            for channel in Channel::ALL {
                if let Decision::Granted(granted) = gate.decide(&query(&actor, &purpose, *channel, now)) {
                    given.entry(say(&granted)).or_default().push(format!("{purpose} by {channel}"));
                }
            }
        }
        writeln!(page, "== {}/{}", actor.party, actor.role).unwrap();
        for (said, ways) in &given {
            write!(page, "{}\n{said}", ways.join(", ")).unwrap();
        }
        writeln!(page, "nothing{}\n", if given.is_empty() { "" } else { " else" }).unwrap();
    }
    page
}

fn flow_matrix(gate: &Gate, now: Instant) -> String {
    let mut page = String::new();
    for profile in profiles(gate) {
        let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for actor in actors(gate) {
            for (way, permit) in [
                ("sends", gate.send(&flow(&actor, &profile, now))),
                ("receives", gate.receive(&flow(&actor, &profile, now))),
            ] {
                let Ok(permit) = permit else { continue };
                let said = format!(
                    "{} → {}, under {}\n{}",
                    permit.from,
                    permit.to,
                    permit.clause,
                    say(&permit.content)
                );
                given.entry(said).or_default().push(format!("{}/{} {way}", actor.party, actor.role));
            }
        }
        for (said, who) in given {
            writeln!(page, "== {profile}: {}\n{said}", who.join(", ")).unwrap();
        }
    }
    page
}

fn use_matrix(gate: &Gate, now: Instant) -> String {
    let mut page = String::new();
    for kind in UseKind::ALL {
        for source in [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL] {
            let answer = match gate.may_use(*kind, &source, pas_de_calais(), now) {
                Ok(permit) => words(permit.fields),
                Err(refusal) => refusal.to_string(),
            };
            writeln!(page, "{kind} facts of {source}: {answer}").unwrap();
        }
    }
    page
}

#[test]
fn matrix_of_readings() {
    insta::assert_snapshot!(matrix(&shipped_gate(), MARCH_2026));
}

#[test]
fn matrix_of_flows() {
    insta::assert_snapshot!(flow_matrix(&shipped_gate(), MARCH_2026));
}

#[test]
fn matrix_of_uses() {
    insta::assert_snapshot!(use_matrix(&shipped_gate(), MARCH_2026));
}

fn fields(gate: &Gate, role: &str, why: &str, channel: Channel, source: &Source, now: Instant) -> FieldSet {
    let actor = actor("departement-62", role);
    let why = purpose(why);
    gate.decide(&query(&actor, &why, channel, now))
        .granted()
        .map_or(FieldSet::EMPTY, |all| all.fields(source))
}

#[test]
fn a_nir_is_never_shown() {
    let gate = shipped_gate();
    let sealed: FieldSet = Field::all().filter(|field| field.sensitivity() == Sensitivity::Sealed).collect();
    assert_eq!(sealed.len(), 2);
    for actor in actors(&gate) {
        for purpose in purposes(&gate) {
            for channel in Channel::ALL {
                let Decision::Granted(granted) = gate.decide(&query(&actor, &purpose, *channel, MARCH_2026))
                else {
                    continue;
                };
                for release in granted.releases() {
                    assert!(release.fields.intersection(sealed).is_empty(), "{actor}, {purpose}, {channel}");
                }
            }
        }
    }
}

#[test]
fn the_journey_of_the_technician_and_of_the_orientation_officer() {
    let gate = shipped_gate();
    let technician = actor("departement-62", "technician");
    for profile in ["PECGM", "PECDH", "RSABEM", "PERSONNES", "ORIENTATIONS"] {
        let permit = gate.receive(&flow(&technician, profile, MARCH_2026));
        assert!(permit.is_ok(), "{profile}: {permit:?}");
    }
    let cgpem = gate.send(&flow(&technician, "CGPEM", MARCH_2026)).unwrap();
    assert_eq!(cgpem.to.as_str(), "france-travail");
    assert!(cgpem.content.fields(&Source::CNAF).contains(Field::Nir));
    assert!(
        !cgpem.content.fields(&Source::CNAF).contains(Field::RsaState),
        "rights never go to France Travail"
    );
    let registration = FieldSet::matching("registration.*").unwrap();
    let ft = Source::FRANCE_TRAVAIL;
    for purpose in ["file-handling", "identity-review", "orientation", "follow-up", "person-rights"] {
        for channel in Channel::ALL {
            let shown = fields(&gate, "technician", purpose, *channel, &ft, MARCH_2026);
            assert!(shown.intersection(registration).is_empty(), "{purpose}, {channel}");
        }
    }
    assert!(
        fields(&gate, "technician", "identity-review", Channel::Screen, &ft, MARCH_2026)
            .contains(Field::BirthDate)
    );
    assert!(
        fields(&gate, "clerk", "identity-review", Channel::Screen, &Source::CNAF, MARCH_2026)
            .contains(Field::CafIdentifier)
    );
    let path = fields(&gate, "orientation_officer", "orientation", Channel::Screen, &ft, MARCH_2026);
    let by_api_alone = FieldSet::EMPTY.with(Field::JobSeeker);
    assert_eq!(registration.difference(path), by_api_alone);
}

/// Files that have passed are theirs to look at who take them in or send them, on any day; nobody else's.
#[test]
fn who_handles_a_flow_is_at_its_end_and_named_for_it() {
    let gate = shipped_gate();
    let before = Instant::from_micros(0);
    for (party, role, profile, receives, sends) in [
        ("departement-62", "technician", "PECGM", true, false),
        ("departement-62", "technician", "CGPEM", false, true),
        ("france-travail", "technician", "CGPEM", true, false),
        ("departement-62", "clerk", "PECGM", false, false),
        ("departement-62", "clerk", "CGPEM", false, false),
        ("cnaf", "technician", "PECGM", false, false),
        ("departement-62", "technician", "NONE", false, false),
    ] {
        let actor = actor(party, role);
        for now in [before, MARCH_2026] {
            let asked = flow(&actor, profile, now);
            let told = (gate.handles(&asked, Direction::Receive), gate.handles(&asked, Direction::Send));
            assert_eq!(told, (receives, sends), "{party}/{role}, {profile}, {now}");
        }
        let elsewhere =
            FlowQuery { territory: Territory::parse("59").unwrap(), ..flow(&actor, profile, MARCH_2026) };
        assert!(!gate.handles(&elsewhere, Direction::Receive) && !gate.handles(&elsewhere, Direction::Send));
    }
}

/// What each way gives when the exchange convention is in force, or not: the register entry goes on all the same.
#[test]
fn between_parties_nothing_passes_out_of_term() {
    let term = "in_force  = { from = 2024-09-01, years = 4 }";
    let suspended = "# suspended = { since = 2026-06-01, clause = \"art. 12\" }";
    let until =
        |date: &str| format!("suspended = {{ since = 2026-03-01, until = {date}, clause = \"art. 12\" }}");
    for (name, gate, now, open) in [
        ("in force", shipped_gate(), MARCH_2026, true),
        ("last day", shipped_gate(), days_after_march(914), true), // 2028-08-31
        ("day after the last", shipped_gate(), days_after_march(915), false),
        ("first day", gate_with(term, "in_force = { from = 2026-03-01, years = 1 }"), MARCH_2026, true),
        (
            "day before the first",
            gate_with(term, "in_force = { from = 2026-03-02, years = 1 }"),
            MARCH_2026,
            false,
        ),
        (
            "suspended today",
            gate_with(suspended, "suspended = { since = 2026-03-01, clause = \"art. 12\" }"),
            MARCH_2026,
            false,
        ),
        (
            "suspended tomorrow",
            gate_with(suspended, "suspended = { since = 2026-03-02, clause = \"art. 12\" }"),
            MARCH_2026,
            true,
        ),
        ("last day of suspension", gate_with(suspended, &until("2026-03-01")), MARCH_2026, false),
        ("suspension over", gate_with(suspended, &until("2026-03-04")), days_after_march(4), true),
    ] {
        let ft = Source::FRANCE_TRAVAIL;
        for (role, why) in [
            ("orientation_officer", "orientation"),
            ("technician", "identity-review"),
            ("dpo", "person-rights"),
        ] {
            let out = fields(&gate, role, why, Channel::Screen, &ft, now);
            assert_eq!(!out.is_empty(), open, "{name}: {role}");
            let own = fields(&gate, role, why, Channel::Screen, &Source::DEPARTEMENT, now);
            assert!(!own.is_empty(), "{name}: the register entry goes on for {role}");
        }
        let technician = actor("departement-62", "technician");
        assert_eq!(gate.receive(&flow(&technician, "PECGM", now)).is_ok(), open, "{name}");
        assert_eq!(gate.send(&flow(&technician, "CGPEM", now)).is_ok(), open, "{name}");
        assert!(gate.receive(&flow(&technician, "RSABEM", now)).is_ok(), "{name}: the CAF's flow goes on");
        for kind in UseKind::ALL {
            let begun = name != "day before the first";
            let expected = open || (*kind == UseKind::Retain && begun);
            assert_eq!(gate.may_use(*kind, &ft, pas_de_calais(), now).is_ok(), expected, "{name}: {kind}");
            assert!(gate.may_use(*kind, &Source::CNAF, pas_de_calais(), now).is_ok(), "{name}: {kind}");
        }
    }
}

#[test]
fn a_later_version_takes_over() {
    let next = SHIPPED[1].1.replacen("version   = 1", "version   = 2", 1).replacen(
        "from = 2024-09-01",
        "from = 2026-03-02",
        1,
    );
    // The amendment takes the screen away from the officer.
    let next = next.replacen("channels = [\"flow\", \"screen\"]", "channels = [\"flow\"]", 1);
    let mut files = crate::common::shipped();
    files.push(liant_convention::Convention::parse("v2", &next).unwrap());
    let gate = Gate::new(files.clone()).unwrap();
    let ft = Source::FRANCE_TRAVAIL;
    assert!(
        !fields(&gate, "orientation_officer", "orientation", Channel::Screen, &ft, MARCH_2026).is_empty()
    );
    assert!(
        fields(&gate, "orientation_officer", "orientation", Channel::Screen, &ft, days_after_march(1))
            .is_empty()
    );
    let day = MARCH_2026.date();
    for (id, version, expected) in [
        ("62-echange-rsa", 1, Some(Validity::InForce)),
        ("62-echange-rsa", 2, Some(Validity::NotYet(days_after_march(1).date()))),
        ("62-echange-rsa", 3, None),
        ("62-departement", 2, None),
        ("59-echange-rsa", 1, None),
    ] {
        assert_eq!(gate.standing(id, version, day), expected, "{id} v{version}");
    }
    files.push(files[1].clone());
    assert_eq!(Gate::new(files).unwrap_err().version, 1);
}

#[test]
fn a_condition_opens_its_grants_from_its_day_on() {
    let condition = "clause = \"avenant 1, annexe 2 §3\"\n";
    let api = actor("france-travail", "api");
    let why = purpose("orientation");
    for (met_from, open) in [("2026-02-28", true), ("2026-03-01", true), ("2026-03-02", false)] {
        let gate = gate_with(condition, &format!("{condition}met_from = {met_from}\n"));
        let granted = gate.decide(&query(&api, &why, Channel::Api, MARCH_2026)).granted();
        assert_eq!(granted.is_ok(), open, "{met_from}");
        assert!(!open || granted.unwrap().fields(&Source::CNAF).contains(Field::Nir));
    }
}

#[test]
fn no_file_passes_for_the_people_of_another_territory() {
    let gate = shipped_gate();
    let technician = actor("departement-62", "technician");
    let nord =
        FlowQuery { territory: Territory::parse("59").unwrap(), ..flow(&technician, "PECGM", MARCH_2026) };
    assert!(matches!(*gate.receive(&nord).unwrap_err(), Refusal::UnknownFlow { .. }));
}

/// `except` in a use and in a flow, and the people of two grants that answer together: each keeps its own.
#[test]
fn what_is_excepted_stays_in_and_each_clause_keeps_its_people() {
    let recognise =
        "sources = [\"france-travail\"]\nfields  = [\"identity.*\", \"identifiers.*\", \"contact.commune\"]";
    let gate = gate_with(recognise, &format!("{recognise}\nexcept = [\"identity.sex\"]"));
    let used =
        gate.may_use(UseKind::Recognise, &Source::FRANCE_TRAVAIL, pas_de_calais(), MARCH_2026).unwrap();
    assert!(used.fields.contains(Field::BirthName) && !used.fields.contains(Field::Sex));

    let gate = gate_with("rhythm    = \"weekly\"", "except = [\"registration.start\"]\nrhythm = \"weekly\"");
    let technician = actor("departement-62", "technician");
    let weekly = gate.receive(&flow(&technician, "PECDH", MARCH_2026)).unwrap();
    let fields = weekly.content.fields(&Source::FRANCE_TRAVAIL);
    assert!(fields.contains(Field::CessationDate) && !fields.contains(Field::RegistrationStart));

    let people = |granted: &Granted, source| -> BTreeSet<People> {
        let releases = granted.releases().iter().filter(|release| release.source == source);
        releases.map(|release| release.people).collect()
    };
    let cgpem = shipped_gate().send(&flow(&technician, "CGPEM", MARCH_2026)).unwrap();
    assert_eq!(people(&cgpem.content, Source::DEPARTEMENT), [People::RsaRecipientInCourse].into());
    let lists = shipped_gate().receive(&flow(&technician, "RSABEM", MARCH_2026)).unwrap();
    assert_eq!(people(&lists.content, Source::CNAF), [People::Everyone, People::RsaRecipient].into());
    assert_eq!(people(&lists.content, Source::FRANCE_TRAVAIL), [].into());
}

#[test]
fn every_refusal_says_why() {
    let gate = shipped_gate();
    let suspended = gate_with("# suspended = { since = 2026-06-01", "suspended = { since = 2026-03-01");
    let condition = gate_with(
        "purpose  = [\"orientation\"]\nsources  = [\"departement\", \"cnaf\"]",
        "purpose  = [\"accompaniment\"]\nsources  = [\"departement\", \"cnaf\"]",
    );
    let sixty_two = pas_de_calais();
    let nord = Territory::parse("59").unwrap();
    let rows = [
        ("party", &gate, "caf-59", "adviser", "orientation", Channel::Screen, sixty_two, Reach::Territory),
        (
            "territory",
            &gate,
            "departement-62",
            "orientation_officer",
            "orientation",
            Channel::Screen,
            nord,
            Reach::Territory,
        ),
        (
            "role",
            &gate,
            "departement-62",
            "gardener",
            "orientation",
            Channel::Screen,
            sixty_two,
            Reach::Territory,
        ),
        (
            "purpose",
            &gate,
            "departement-62",
            "orientation_officer",
            "curiosity",
            Channel::Screen,
            sixty_two,
            Reach::Territory,
        ),
        (
            "grant",
            &gate,
            "departement-62",
            "technician",
            "orientation",
            Channel::Screen,
            sixty_two,
            Reach::Territory,
        ),
        (
            "channel",
            &gate,
            "departement-62",
            "orientation_officer",
            "orientation",
            Channel::Api,
            sixty_two,
            Reach::Territory,
        ),
        (
            "reach",
            &gate,
            "departement-62",
            "local_service_head",
            "orientation",
            Channel::Screen,
            sixty_two,
            Reach::Territory,
        ),
        (
            "flow",
            &gate,
            "departement-62",
            "orientation_officer",
            "orientation",
            Channel::Flow,
            sixty_two,
            Reach::Territory,
        ),
        (
            "condition",
            &condition,
            "france-travail",
            "api",
            "accompaniment",
            Channel::Api,
            sixty_two,
            Reach::Territory,
        ),
        (
            "suspended",
            &suspended,
            "france-travail",
            "api",
            "orientation",
            Channel::Api,
            sixty_two,
            Reach::Territory,
        ),
    ];
    let mut page = String::new();
    for (name, gate, party, role, why, channel, territory, reach) in rows {
        let actor = actor(party, role);
        let why = purpose(why);
        let query = Query { actor: &actor, purpose: &why, channel, territory, reach, now: MARCH_2026 };
        let refusal = gate.decide(&query).granted().expect_err(name);
        writeln!(page, "{name}: {refusal}").unwrap();
    }
    for (party, role, profile, send) in [
        ("departement-62", "clerk", "PECGM", false),
        ("departement-62", "technician", "PECGM", true),
        ("departement-62", "technician", "XYZ", false),
    ] {
        let actor = actor(party, role);
        let query = flow(&actor, profile, MARCH_2026);
        let refusal = if send { gate.send(&query) } else { gate.receive(&query) }.expect_err(profile);
        writeln!(page, "{role} {profile}: {refusal}").unwrap();
    }
    let elsewhere = gate.may_use(UseKind::Recognise, &Source::CNAF, nord, MARCH_2026).expect_err("Nord");
    writeln!(page, "use: {elsewhere}").unwrap();
    insta::assert_snapshot!(page);
    let technician = actor("departement-62", "technician");
    let refusal = suspended.receive(&flow(&technician, "PECGM", MARCH_2026)).expect_err("suspended");
    let Refusal::NotInForce(closed) = *refusal else { panic!("{refusal}") };
    assert!(
        matches!(closed.as_slice(), [one] if matches!(one.validity, Validity::Suspended(_))),
        "{closed:?}"
    );
}

#[test]
fn explanations() {
    let gate = shipped_gate();
    let mut page = String::new();
    for (role, why, field) in [
        ("orientation_officer", "orientation", Field::RegistrationStart),
        ("technician", "file-handling", Field::RegistrationStart),
        ("orientation_officer", "orientation", Field::Nir),
        ("local_service_head", "orientation", Field::RsaState),
    ] {
        let actor = Actor { role: Role::parse(role).unwrap(), ..actor("departement-62", "dpo") };
        let why = purpose(why);
        let query = Query { reach: Reach::Territory, ..query(&actor, &why, Channel::Screen, MARCH_2026) };
        let explanation = gate.explain(field, &query, liant_convention::Consents::NONE);
        let decided = gate
            .decide(&query)
            .granted()
            .is_ok_and(|granted| granted.releases().iter().any(|release| release.fields.contains(field)));
        assert_eq!(explanation.is_granted(), decided);
        writeln!(page, "{role}, {why}, screen\n{explanation}\n").unwrap();
    }
    insta::assert_snapshot!(page);
}

#[test]
fn who_may_search_wider_and_who_looks_over_it() {
    let gate = shipped_gate();
    for (party, role, why, searches, oversees) in [
        ("departement-62", "local_service_head", "orientation", true, false),
        ("departement-62", "social_referent", "follow-up", true, false),
        ("departement-62", "social_referent", "person-rights", false, false),
        ("departement-62", "orientation_officer", "orientation", false, false),
        ("departement-62", "dpo", "person-rights", false, true),
        ("departement-62", "dpo", "follow-up", false, false),
        ("france-travail", "dpo", "person-rights", false, false),
    ] {
        let (actor, why) = (actor(party, role), purpose(why));
        let query = query(&actor, &why, Channel::Screen, MARCH_2026);
        let found = gate.wider_search(&query);
        assert_eq!(found.is_ok(), searches, "{actor} {why}");
        match found {
            Ok(permit) => {
                assert_eq!((permit.per_hour, permit.per_day, permit.most_found), (10, 30, 5));
                assert!(permit.reasons.contains(&"visit".to_owned()));
                let fields = permit.content.fields(&Source::DEPARTEMENT);
                assert!(
                    fields.contains(Field::BirthName) && fields.intersection(FieldSet::ADDRESS).is_empty()
                );
            }
            Err(refusal) => assert!(matches!(*refusal, Refusal::NoWiderSearch { .. })),
        }
        assert_eq!(gate.oversee(&query).is_ok(), oversees, "{actor} {why}");
    }
    let overseen =
        |gate: &Gate, party: &str, now| gate.overseen(&party.parse().unwrap(), pas_de_calais(), now);
    assert!(overseen(&gate, "departement-62", MARCH_2026).is_ok());
    assert!(overseen(&gate, "france-travail", MARCH_2026).is_err());
    // Before the register entry is in force nobody searches wider, and nobody looks over it.
    let early = Instant::from_micros(1_600_000_000_000_000);
    let (head, why) = (actor("departement-62", "local_service_head"), purpose("orientation"));
    let refused = gate.wider_search(&query(&head, &why, Channel::Screen, early)).unwrap_err();
    assert!(matches!(*refused, Refusal::NotInForce(_)), "{refused}");
    assert!(overseen(&gate, "departement-62", early).is_err());
}

#[test]
fn a_length_of_time_counts_back() {
    let day = jiff::civil::Date::constant(2026, 3, 31);
    for (length, expected) in [
        ("90 days", "2025-12-31"),
        ("1 month", "2026-02-28"),
        ("1 year", "2025-03-31"),
        ("36 hours", "2026-03-29"),
    ] {
        assert_eq!(length.parse::<liant_convention::Length>().unwrap().before(day).to_string(), expected);
    }
}
