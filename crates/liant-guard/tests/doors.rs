//! What the two doors let out, and what they leave behind.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_convention::{
    Channel, Convention, FlowQuery, Gate, People, Query, Reach, Refusal, SHIPPED, UseKind,
};
use liant_guard::{AccessRecord, Guarded, GuardedFacts, NotOpened, Plan, RefusalRecord, Subject, UsePlan};
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

/// An audit that keeps nothing.
fn written(record: &AccessRecord) -> Result<(), &'static str> {
    if record.at == NOW { Ok(()) } else { Err("the record is of another moment") }
}

#[test]
fn a_view_holds_what_the_plan_lets_out_with_its_clause() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let mut session = plan.begin();
    session.add(&sealed(person(1), Source::FRANCE_TRAVAIL, &VALUES));
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
    session.add(&sealed(person(2), Source::FRANCE_TRAVAIL, &VALUES));
    session.add(&sealed(person(1), Source::CNAF, &VALUES));
    session.add(&sealed(person(2), Source::CNAF, &VALUES));
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
    session.add(&sealed(person(1), Source::CNAF, &VALUES));
    assert_eq!(session.release(|_| Err("disk full")).unwrap_err(), "disk full");
    let file = plan.begin_file([person(1)], |_| Err("disk full"));
    assert_eq!(file.err(), Some("disk full"));
}

#[test]
fn a_source_without_a_clause_looks_absent() {
    let plan = plan("orientation_officer", "orientation").unwrap();
    let unknown = Source::parse("mission-locale").unwrap();
    let mut session = plan.begin();
    session.add(&sealed(person(1), unknown.clone(), &VALUES));
    let mut record = None;
    let views = session
        .release(|written| {
            record = Some(written.clone());
            Ok::<_, ()>(())
        })
        .unwrap();
    assert!(views.is_empty());
    assert!(record.unwrap().people.is_empty());
    assert!(!plan.allows(&unknown, Field::BirthName) && plan.rows(&unknown).is_none());
}

#[test]
fn a_file_opens_whom_its_record_names() {
    let plan = cgpem();
    assert_eq!(plan.recipient().as_str(), "france-travail");
    let mut record = None;
    let file = plan
        .begin_file([person(3), person(1), person(3)], |written| {
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
    let file = plan_of_file.begin_file([person(1)], written).unwrap();
    assert_eq!(file.open_nir(Field::Nir, &nir()), Ok(value));
    assert_eq!(file.open_nir(Field::MsaIdentifier, &nir()), Err(NotOpened::NotAllowed));
    let elsewhere = Guarded::seal(person(2), Source::CNAF, value);
    assert_eq!(file.open_nir(Field::Nir, &elsewhere), Err(NotOpened::NotRecorded));
    let officer = plan("orientation_officer", "orientation").unwrap();
    let mut session = officer.begin();
    session.add_nir(Field::Nir, &nir());
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
fn two_clauses_on_one_source_add_their_fields_and_narrow_its_people() {
    let files = SHIPPED.iter().map(|(name, text)| {
        // The clause of the identity in CGPEM speaks of all recipients, that of the decision of those in course.
        let wide = "sources  = [\"departement\", \"cnaf\", \"france-travail\"]\npeople   = \"rsa_recipient";
        Convention::parse(name, &text.replace(&format!("{wide}_in_course\""), &format!("{wide}\""))).unwrap()
    });
    let gate = Gate::new(files.collect()).unwrap();
    let technician = actor("technician");
    let query = FlowQuery { profile: "CGPEM", actor: &technician, territory: territory(), now: NOW };
    let plan = Plan::for_sending(&gate, &query).unwrap();
    let rows = |source| plan.rows(&source).map(|rows| (rows.people, rows.reach, rows.territory));
    let all = |people| Some((people, Reach::Territory, territory()));
    assert_eq!(rows(Source::CNAF), all(People::RsaRecipient));
    assert_eq!(rows(Source::DEPARTEMENT), all(People::RsaRecipientInCourse));
    for field in [Field::BirthName, Field::OrientationNature] {
        assert!(plan.allows(&Source::DEPARTEMENT, field), "{field}");
    }
    assert!(!plan.allows(&Source::CNAF, Field::OrientationNature));
    assert_eq!((plan.sources().count(), plan.clauses().count()), (3, 2));
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
    fn a_view_is_its_plan(bits in any::<u128>(), reader in 0..READERS.len(), source in 0..3_usize) {
        let source = [Source::FRANCE_TRAVAIL, Source::CNAF, Source::DEPARTEMENT][source].clone();
        let plan = plan(READERS[reader].0, READERS[reader].1).unwrap();
        let held: Vec<_> = FieldSet::from_bits(bits).iter().collect();
        let values: Vec<_> = held.iter().map(|field| (*field, field.code())).collect();
        let mut session = plan.begin();
        session.add(&sealed(person(1), source.clone(), &values));
        let mut recorded = FieldSet::EMPTY;
        let views = session.release(|record| {
            recorded = record.fields.iter().fold(FieldSet::EMPTY, |all, one| all.union(one.fields));
            Ok::<_, ()>(())
        }).unwrap();
        let allowed: FieldSet = held.iter().copied().filter(|field| plan.allows(&source, *field)).collect();
        let shown: FieldSet = views.iter().flat_map(|view| view.iter().map(|(field, _, _)| field)).collect();
        prop_assert_eq!(shown, allowed);
        prop_assert_eq!(recorded, allowed);
        prop_assert_eq!(views.iter().map(liant_guard::View::hidden).sum::<usize>(), held.len() - allowed.len());
    }
}
