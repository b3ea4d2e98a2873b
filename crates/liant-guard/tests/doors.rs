//! What the two doors let out, and what they leave behind.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_convention::{
    Channel, Convention, FlowQuery, Gate, People, Query, Reach, RecipientRule, Refusal, SHIPPED, UseKind,
};
use liant_guard::{
    AccessRecord, Guarded, GuardedFacts, Limits, NotOpened, Plan, RefusalRecord, Session, Standing,
    Standings, Subject, UsePlan,
};
use liant_model::{
    Actor, Facts, Field, FieldSet, IdentityId, Instant, Nir, Party, PersonId, Purpose, Role, Source,
    Territory,
};
use proptest::prelude::*;

/// 2026-03-01, noon in Paris.
const NOW: Instant = Instant::from_micros(1_772_362_800_000_000);

fn gate() -> Gate {
    let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
    Gate::new(files.collect()).unwrap()
}

fn territory() -> Territory {
    Territory::parse("62").unwrap()
}

fn actor(role: &str) -> Actor {
    Actor {
        name: "someone".to_owned(),
        party: Party::parse("departement-62").unwrap(),
        role: Role::parse(role).unwrap(),
        os_user: None,
    }
}

fn person(number: u8) -> Subject {
    Subject::Person(PersonId::new(NOW, [number; 10]))
}

fn plan(role: &str, purpose: &str) -> Result<Plan, Box<Refusal>> {
    let (actor, purpose) = (actor(role), Purpose::parse(purpose).unwrap());
    Plan::compile(&gate(), &query(&actor, &purpose))
}

fn query<'a>(actor: &'a Actor, purpose: &'a Purpose) -> Query<'a> {
    Query {
        actor,
        purpose,
        channel: Channel::Screen,
        territory: territory(),
        reach: Reach::Territory,
        now: NOW,
    }
}

fn cgpem() -> Plan {
    let technician = actor("technician");
    let query = FlowQuery { profile: "CGPEM", actor: &technician, territory: territory(), now: NOW };
    Plan::for_sending(&gate(), &query).unwrap()
}

fn sealed(subject: Subject, source: Source, values: &[(Field, &str)]) -> GuardedFacts {
    let mut facts = Facts::new();
    for (field, value) in values {
        facts.push(*field, value);
    }
    Guarded::seal(subject, source, facts)
}

const VALUES: [(Field, &str); 4] = [
    (Field::BirthName, "LEFEVRE"),
    (Field::Nir, "2820251108030"),
    (Field::RegistrationStart, "2026-01-05"),
    (Field::RsaState, "2"),
];

const CATEGORIES: [People; 3] = [People::Everyone, People::RsaRecipient, People::RsaRecipientInCourse];

fn standings() -> Standings {
    Standings::begin(&gate(), RecipientRule::shipped().unwrap(), (territory(), NOW), Limits::not_asked())
        .unwrap()
}

/// The standing of someone who is in this category and in none narrower.
fn standing(people: People, subject: Subject) -> Standing {
    let mut standings = standings();
    if people != People::Everyone {
        let in_stock = people == People::RsaRecipientInCourse;
        standings.hold(subject, &Source::FRANCE_TRAVAIL, IdentityId::new(NOW, [9; 10]), in_stock);
    }
    standings.say_address(subject, false);
    standings.of(subject)
}

fn in_course(subject: Subject) -> Standing {
    standing(People::RsaRecipientInCourse, subject)
}

/// Takes in facts of someone in course.
fn add(session: &mut Session<'_>, facts: &GuardedFacts) {
    session.add(facts, &in_course(facts.subject()));
}

/// An audit that keeps nothing.
fn written(record: &AccessRecord) -> Result<(), &'static str> {
    if record.at == NOW { Ok(()) } else { Err("the record is of another moment") }
}

#[test]
fn a_view_holds_what_the_plan_lets_out_with_its_clause() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let mut session = plan.begin();
    add(&mut session, &sealed(person(1), Source::FRANCE_TRAVAIL, &VALUES));
    let views = session.release(written).unwrap();
    let [view] = views.as_slice() else { panic!("{views:?}") };
    assert_eq!(view.get(Field::BirthName), Some("LEFEVRE"));
    assert_eq!(view.get(Field::RegistrationStart), Some("2026-01-05"));
    assert_eq!((view.get(Field::Nir), view.get(Field::RsaState)), (None, None));
    assert_eq!(view.hidden(), 2);
    assert!(view.iter().all(|(_, _, clause)| clause.convention == "62-echange-rsa" && clause.version == 1));
    assert!(!format!("{view:?}").contains("LEFEVRE"));
}

#[test]
fn the_record_says_who_what_whom_and_why() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let mut session = plan.begin();
    add(&mut session, &sealed(person(2), Source::FRANCE_TRAVAIL, &VALUES));
    add(&mut session, &sealed(person(1), Source::CNAF, &VALUES));
    add(&mut session, &sealed(person(2), Source::CNAF, &VALUES));
    let mut record = None;
    session
        .release(|written| {
            record = Some(written.clone());
            Ok::<_, ()>(())
        })
        .unwrap();
    let record = record.unwrap();
    assert_eq!(record.people, [person(1), person(2)]);
    assert_eq!(record.clauses.len(), 2);
    let json = serde_json::to_value(&record).unwrap();
    assert_eq!(json["actor"]["role"], "orientation_officer");
    assert_eq!(json["purposes"], serde_json::json!(["orientation"]));
    assert_eq!(json["channel"], "screen");
    assert_eq!(json["fields"][0]["source"], "france-travail");
    assert_eq!(json["fields"][0]["fields"], serde_json::json!(["identity.birth_name", "registration.start"]));
    assert_eq!(json["fields"][1]["fields"], serde_json::json!(["identity.birth_name", "rights.state"]));
    assert!(!json.to_string().contains("LEFEVRE"), "a record holds no value");
}

#[test]
fn no_record_no_view() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let mut session = plan.begin();
    add(&mut session, &sealed(person(1), Source::CNAF, &VALUES));
    assert_eq!(session.release(|_| Err("disk full")).unwrap_err(), "disk full");
    let file = plan.begin_file([in_course(person(1))], |_| Err("disk full"));
    assert_eq!(file.err(), Some("disk full"));
}

#[test]
fn a_source_without_a_clause_looks_absent() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let unknown = Source::parse("mission-locale").unwrap();
    let mut session = plan.begin();
    add(&mut session, &sealed(person(1), unknown.clone(), &VALUES));
    let mut record = None;
    let views = session
        .release(|written| {
            record = Some(written.clone());
            Ok::<_, ()>(())
        })
        .unwrap();
    assert!(views.is_empty());
    assert!(record.unwrap().people.is_empty());
    assert!(!plan.allows(&unknown, Field::BirthName, &in_course(person(1))));
}

#[test]
fn a_file_opens_whom_its_record_names() {
    let plan = cgpem();
    assert_eq!(plan.recipient().as_str(), "france-travail");
    let mut record = None;
    let file = plan
        .begin_file([3, 1, 3].map(|number| in_course(person(number))), |written| {
            record = Some(written.clone());
            Ok::<_, ()>(())
        })
        .unwrap();
    let record = record.unwrap();
    assert_eq!(record.people, [person(1), person(3)]);
    assert_eq!(record.flow.as_ref().map(|flow| flow.profile.as_str()), Some("CGPEM"));
    let view = file.open(&sealed(person(1), Source::CNAF, &VALUES)).unwrap();
    assert_eq!((view.get(Field::BirthName), view.get(Field::RsaState)), (Some("LEFEVRE"), None));
    let other = sealed(person(2), Source::CNAF, &VALUES);
    assert_eq!(file.open(&other).unwrap_err(), NotOpened::NotRecorded);
    let unlinked = Subject::Identity(IdentityId::new(NOW, [1; 10]));
    assert_eq!(file.open(&sealed(unlinked, Source::CNAF, &VALUES)).unwrap_err(), NotOpened::NotRecorded);
}

#[test]
fn a_nir_goes_into_the_cgpem_file_and_on_no_screen() {
    let value = Nir::parse(b"2820251108030").unwrap();
    let nir = || Guarded::seal(person(1), Source::CNAF, value);
    let plan_of_file = cgpem();
    let file = plan_of_file.begin_file([in_course(person(1))], written).unwrap();
    assert_eq!(file.open_nir(Field::Nir, &nir()), Ok(value));
    assert_eq!(file.open_nir(Field::MsaIdentifier, &nir()), Err(NotOpened::NotAllowed));
    let elsewhere = Guarded::seal(person(2), Source::CNAF, value);
    assert_eq!(file.open_nir(Field::Nir, &elsewhere), Err(NotOpened::NotRecorded));
    let officer = plan("orientation_officer", "orientation").unwrap();
    let mut session = officer.begin();
    session.add_nir(Field::Nir, &nir(), &in_course(person(1)));
    assert!(session.release(written).unwrap().is_empty());
    let uses = UsePlan::compile(&gate(), UseKind::Recognise, territory(), NOW).unwrap();
    assert_eq!(uses.read_nir(Field::Nir, &nir(), Nir::year), Some(82));
    let counts = UsePlan::compile(&gate(), UseKind::Count, territory(), NOW).unwrap();
    assert_eq!(counts.read_nir(Field::Nir, &nir(), Nir::year), None);
}

#[test]
fn the_software_reads_what_its_clause_names() {
    let uses = UsePlan::compile(&gate(), UseKind::Clocks, territory(), NOW).unwrap();
    let facts = sealed(person(1), Source::FRANCE_TRAVAIL, &VALUES);
    let read = uses.read(&facts, |reading| {
        let fields: FieldSet = reading.iter().map(|(field, _)| field).collect();
        (fields, reading.get(Field::BirthName).is_none(), reading.get(Field::RegistrationStart).is_some())
    });
    assert_eq!(read, Some((FieldSet::EMPTY.with(Field::RegistrationStart), true, true)));
    let elsewhere = sealed(person(1), Source::parse("mission-locale").unwrap(), &VALUES);
    assert_eq!(uses.read(&elsewhere, |_| ()), None);
    let record = uses.record();
    assert_eq!((record.kind, record.clauses.len()), (UseKind::Clocks, 2));
    let nord = Territory::parse("59").unwrap();
    assert!(UsePlan::compile(&gate(), UseKind::Clocks, nord, NOW).is_err());
}

#[test]
fn a_refusal_makes_a_record_too() {
    let (technician, purpose) = (actor("technician"), Purpose::parse("orientation").unwrap());
    let refusal = plan("technician", "orientation").unwrap_err();
    let record = RefusalRecord::of_query(&query(&technician, &purpose), &refusal);
    assert!(record.reason.contains("orientation"), "{}", record.reason);
    let flow = FlowQuery { profile: "PECGM", actor: &technician, territory: territory(), now: NOW };
    let refusal = Plan::for_sending(&gate(), &flow).unwrap_err();
    assert_eq!(RefusalRecord::of_flow(&flow, &refusal).profile.as_deref(), Some("PECGM"));
}

#[test]
fn two_clauses_on_one_source_are_each_about_their_own_people() {
    let files = SHIPPED.iter().map(|(name, text)| {
        // The clause of the identity in CGPEM speaks of all recipients, that of the decision of those in course.
        let wide = "sources  = [\"departement\", \"cnaf\", \"france-travail\"]\npeople   = \"rsa_recipient";
        Convention::parse(name, &text.replace(&format!("{wide}_in_course\""), &format!("{wide}\""))).unwrap()
    });
    let gate = Gate::new(files.collect()).unwrap();
    let technician = actor("technician");
    let query = FlowQuery { profile: "CGPEM", actor: &technician, territory: territory(), now: NOW };
    let plan = Plan::for_sending(&gate, &query).unwrap();
    let own = &Source::DEPARTEMENT;
    for (people, named, oriented) in [
        (People::Everyone, false, false),
        (People::RsaRecipient, true, false),
        (People::RsaRecipientInCourse, true, true),
    ] {
        let standing = standing(people, person(1));
        let allowed =
            [Field::BirthName, Field::OrientationNature].map(|field| plan.allows(own, field, &standing));
        assert_eq!(allowed, [named, oriented], "{people}");
        assert!(!plan.allows(&Source::CNAF, Field::OrientationNature, &standing));

        let mut record = None;
        let file = plan.begin_file([standing], |written| {
            record = Some(written.clone());
            Ok::<_, ()>(())
        });
        let values = [(Field::BirthName, "LEFEVRE"), (Field::OrientationNature, "01")];
        let opened = file.unwrap().open(&sealed(person(1), own.clone(), &values));
        let record = record.unwrap();
        let clauses = usize::from(named) + usize::from(oriented);
        assert_eq!((record.people.len(), record.clauses.len()), (usize::from(named), clauses), "{people}");
        let shown = opened.ok().map(|view| view.iter().map(|(field, _, _)| field).collect::<Vec<_>>());
        let expected = [Field::BirthName, Field::OrientationNature].into_iter().take(clauses).collect();
        assert_eq!(shown, named.then_some(expected), "{people}");
    }
    assert_eq!((plan.sources().count(), plan.clauses().count()), (3, 2));
}

/// Who reads what of whom: standings, narrowest last, against the clauses that ship, source by source.
#[test]
fn a_clause_lets_out_the_people_whom_it_is_about() {
    let (ft, cnaf, own) = (Source::FRANCE_TRAVAIL, Source::CNAF, Source::DEPARTEMENT);
    let officer = || plan("orientation_officer", "orientation").unwrap();
    let technician = || plan("technician", "identity-review").unwrap();
    let dpo = || plan("dpo", "person-rights").unwrap();
    for (who, plan, source, seen) in [
        ("officer", officer(), &ft, [false, true, true]),
        ("officer", officer(), &cnaf, [false, true, true]),
        ("officer", officer(), &own, [true, true, true]),
        ("technician", technician(), &ft, [false, true, true]),
        ("technician", technician(), &cnaf, [true, true, true]),
        ("technician", technician(), &own, [true, true, true]),
        ("dpo", dpo(), &ft, [true, true, true]),
        ("dpo", dpo(), &cnaf, [true, true, true]),
        ("file for France Travail", cgpem(), &ft, [false, false, true]),
        ("file for France Travail", cgpem(), &cnaf, [false, false, true]),
        ("file for France Travail", cgpem(), &own, [false, false, true]),
    ] {
        for (people, seen) in CATEGORIES.into_iter().zip(seen) {
            let case = format!("{who}: {source}, {people}");
            let facts = sealed(person(1), source.clone(), &VALUES);
            let hers = standing(people, person(1));
            assert_eq!(plan.allows(source, Field::BirthName, &hers), seen, "{case}");
            assert_eq!(plan.fields(source, &hers).is_empty(), !seen, "{case}");

            let mut session = plan.begin();
            session.add(&facts, &hers);
            let mut record = None;
            let views = session
                .release(|written| {
                    record = Some(written.clone());
                    Ok::<_, ()>(())
                })
                .unwrap();
            let record = record.unwrap();
            assert_eq!(views.len(), usize::from(seen), "{case}: absent, or not");
            assert_eq!(record.people.len(), usize::from(seen), "{case}");
            assert_eq!(record.clauses.is_empty(), !seen, "{case}");

            let file = plan.begin_file([hers], written).unwrap();
            assert_eq!(file.open(&facts).is_ok(), seen, "{case}");
            let nir = Guarded::seal(person(1), source.clone(), Nir::parse(b"2820251108030").unwrap());
            let opened = file.open_nir(Field::Nir, &nir).is_ok();
            assert_eq!(opened, seen && who.starts_with("file"), "{case}");
        }
    }
}

#[test]
fn the_standing_of_someone_else_opens_nothing() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let from_a_file = standings().of_record(&Source::FRANCE_TRAVAIL, &|_| None, (false, None));
    for wrong in [in_course(person(2)), from_a_file] {
        assert!(plan.allows(&Source::CNAF, Field::BirthName, &wrong));
        let mut session = plan.begin();
        session.add(&sealed(person(1), Source::CNAF, &VALUES), &wrong);
        assert!(session.release(written).unwrap().is_empty());
        let file = plan.begin_file([wrong], written).unwrap();
        let opened = file.open(&sealed(person(1), Source::CNAF, &VALUES));
        assert_eq!(opened.unwrap_err(), NotOpened::NotRecorded);
    }
}

const CHILD: [(Field, &str); 1] = [(Field::HouseholdRole, "ENF")];
const ASKER: [(Field, &str); 1] = [(Field::HouseholdRole, "DEM")];
const RIGHTS: [(Field, &str); 3] =
    [(Field::BenefitNature, "RSA"), (Field::RsaState, "2"), (Field::UnderRightsAndDuties, "1")];
const CLOSED: [(Field, &str); 3] =
    [(Field::BenefitNature, "RSA"), (Field::RsaState, "5"), (Field::UnderRightsAndDuties, "1")];

/// A source identity: of which source, whether its stock holds her, and its blocks.
type Held<'f> = (Source, bool, &'f [&'f [(Field, &'f str)]]);

#[test]
fn standing_is_found_in_all_that_the_store_holds() {
    use People::{Everyone, RsaRecipient, RsaRecipientInCourse};
    let cnaf = |in_stock, blocks| -> Held<'_> { (Source::CNAF, in_stock, blocks) };
    let ft = |in_stock| -> Held<'_> { (Source::FRANCE_TRAVAIL, in_stock, &[]) };
    let cases: [(&str, &[Held<'_>], People); 11] = [
        ("nobody knows her", &[], Everyone),
        ("a child", &[cnaf(true, &[&CHILD, &RIGHTS])], Everyone),
        ("an asker with rights", &[cnaf(true, &[&ASKER, &RIGHTS])], RsaRecipientInCourse),
        ("an asker whose right is closed", &[cnaf(true, &[&ASKER, &CLOSED])], RsaRecipient),
        ("an asker who left the stock", &[cnaf(false, &[&ASKER, &RIGHTS])], RsaRecipient),
        ("France Travail alone", &[ft(true)], RsaRecipientInCourse),
        ("France Travail, once", &[ft(false)], RsaRecipient),
        ("the CNAF contradicts", &[cnaf(true, &[&ASKER, &CLOSED]), ft(true)], RsaRecipient),
        ("the CNAF is silent since", &[cnaf(false, &[&ASKER, &CLOSED]), ft(true)], RsaRecipientInCourse),
        // Role and rights of two source identities do not add up.
        ("two children", &[cnaf(true, &[&CHILD, &RIGHTS]), cnaf(true, &[&ASKER, &CLOSED])], RsaRecipient),
        ("our own list", &[(Source::DEPARTEMENT, true, &[&ASKER, &RIGHTS])], Everyone),
    ];
    for (case, held, expected) in cases {
        for backwards in [false, true] {
            let mut standings = standings();
            let mut acts = Vec::new();
            for (number, (_, _, blocks)) in held.iter().enumerate() {
                acts.push((number, None));
                acts.extend(blocks.iter().map(|block| (number, Some(*block))));
            }
            if backwards {
                acts.reverse();
            }
            for (number, block) in acts {
                let (source, in_stock, _) = &held[number];
                let identity = IdentityId::new(NOW, [number as u8; 10]);
                match block {
                    None => standings.hold(person(1), source, identity, *in_stock),
                    Some(block) => standings.read(identity, &sealed(person(1), source.clone(), block)),
                }
            }
            let found = standings.of(person(1));
            assert_eq!(
                CATEGORIES.map(|people| found.is_in(people)),
                CATEGORIES.map(|one| one <= expected),
                "{case}"
            );
            assert!(!standings.of(person(2)).is_in(RsaRecipient), "{case}: another person");
            assert_eq!(
                standings.all_in(RsaRecipientInCourse).count(),
                usize::from(expected == RsaRecipientInCourse),
                "{case}"
            );
        }
    }
}

#[test]
fn a_record_of_a_file_speaks_for_itself() {
    use People::{Everyone, RsaRecipient, RsaRecipientInCourse};
    let standings = standings();
    let all = |role: &'static [(Field, &'static str)], rights: &'static [(Field, &'static str)]| {
        [role, rights].concat()
    };
    for (source, values, expected) in [
        (Source::FRANCE_TRAVAIL, Vec::new(), RsaRecipient),
        (Source::CNAF, all(&CHILD, &RIGHTS), Everyone),
        (Source::CNAF, all(&ASKER, &CLOSED), RsaRecipient),
        (Source::CNAF, all(&ASKER, &RIGHTS), RsaRecipientInCourse),
        (Source::DEPARTEMENT, all(&ASKER, &RIGHTS), Everyone),
        (Source::parse("mission-locale").unwrap(), all(&ASKER, &RIGHTS), Everyone),
    ] {
        let value =
            |wanted: Field| values.iter().find(|(field, _)| *field == wanted).map(|(_, value)| *value);
        let found = standings.of_record(&source, &value, (false, None));
        assert_eq!(
            CATEGORIES.map(|people| found.is_in(people)),
            CATEGORIES.map(|one| one <= expected),
            "{source}: {values:?}"
        );
        assert_eq!(found.subject(), None);
    }
}

/// What no clause in force lets the software count makes nobody a recipient, and still contradicts.
#[test]
fn what_may_not_be_counted_makes_no_recipient() {
    let without = |file: &str| {
        let files = SHIPPED.iter().map(|(name, text)| {
            let text = if *name == file {
                text.replace("for     = [\"clocks\", \"count\"]", "for     = [\"clocks\"]")
            } else {
                (*text).to_owned()
            };
            Convention::parse(name, &text).unwrap()
        });
        let gate = Gate::new(files.collect()).unwrap();
        Standings::begin(&gate, RecipientRule::shipped().unwrap(), (territory(), NOW), Limits::not_asked())
            .unwrap()
    };
    let identity = IdentityId::new(NOW, [1; 10]);
    let mut no_france_travail = without("62-echange-rsa.toml");
    no_france_travail.hold(person(1), &Source::FRANCE_TRAVAIL, identity, true);
    assert!(!no_france_travail.of(person(1)).is_in(People::RsaRecipient));
    let mut no_cnaf = without("62-departement.toml");
    no_cnaf.hold(person(1), &Source::CNAF, identity, true);
    for block in [&ASKER[..], &RIGHTS] {
        no_cnaf.read(identity, &sealed(person(1), Source::CNAF, block));
    }
    assert!(!no_cnaf.of(person(1)).is_in(People::RsaRecipient));
    no_cnaf.hold(person(1), &Source::FRANCE_TRAVAIL, identity, true);
    let hers = no_cnaf.of(person(1));
    assert!(hers.is_in(People::RsaRecipient) && !hers.is_in(People::RsaRecipientInCourse));
}

#[test]
fn a_look_at_a_file_is_on_record_before_anything_is_shown() {
    let plan = plan("technician", "file-handling").unwrap();
    let fields = FieldSet::EMPTY.with(Field::FtRegion).with(Field::RsaState);
    let mut record = None;
    plan.look_at_file(&Source::FRANCE_TRAVAIL, fields, [person(2), person(1), person(2)], |written| {
        record = Some(written.clone());
        Ok::<_, ()>(())
    })
    .unwrap();
    let record = record.unwrap();
    assert_eq!(record.people, [person(1), person(2)]);
    assert_eq!(record.fields[0].fields, FieldSet::EMPTY.with(Field::FtRegion), "what the plan lets out");
    assert_eq!(record.clauses.len(), 1);
    let failed = plan.look_at_file(&Source::FRANCE_TRAVAIL, fields, [], |_| Err("disk full"));
    assert_eq!(failed, Err("disk full"));
}

const READERS: [(&str, &str); 5] = [
    ("orientation_officer", "orientation"),
    ("technician", "file-handling"),
    ("technician", "identity-review"),
    ("clerk", "identity-review"),
    ("dpo", "person-rights"),
];

proptest! {
    /// Whatever the facts: what a view shows, the plan allows; what it hides, the plan does not; nothing is lost.
    #[test]
    fn a_view_is_its_plan(
        bits in any::<u128>(),
        reader in 0..READERS.len(),
        source in 0..3_usize,
        people in 0..CATEGORIES.len(),
    ) {
        let hers = standing(CATEGORIES[people], person(1));
        let source = [Source::FRANCE_TRAVAIL, Source::CNAF, Source::DEPARTEMENT][source].clone();
        let plan = plan(READERS[reader].0, READERS[reader].1).unwrap();
        let held: Vec<_> = FieldSet::from_bits(bits).iter().collect();
        let values: Vec<_> = held.iter().map(|field| (*field, field.code())).collect();
        let mut session = plan.begin();
        session.add(&sealed(person(1), source.clone(), &values), &hers);
        let mut recorded = FieldSet::EMPTY;
        let views = session.release(|record| {
            recorded = record.fields.iter().fold(FieldSet::EMPTY, |all, one| all.union(one.fields));
            Ok::<_, ()>(())
        }).unwrap();
        let allowed: FieldSet = held.iter().copied().filter(|field| plan.allows(&source, *field, &hers)).collect();
        let shown: FieldSet = views.iter().flat_map(|view| view.iter().map(|(field, _, _)| field)).collect();
        prop_assert_eq!(shown, allowed);
        prop_assert_eq!(recorded, allowed);
        // Someone about whom no clause of the source is looks absent: not even what is held back is counted.
        let is_there = !plan.fields(&source, &hers).is_empty();
        prop_assert_eq!(views.len(), usize::from(is_there));
        let held_back = if is_there { held.len() - allowed.len() } else { 0 };
        prop_assert_eq!(views.iter().map(liant_guard::View::hidden).sum::<usize>(), held_back);
    }
}
