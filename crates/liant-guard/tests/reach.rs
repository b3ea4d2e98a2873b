//! How far a clause reaches, and what it shows of a protected address.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use std::fmt::Write as _;

use liant_convention::{Channel, Convention, FlowQuery, Gate, Query, Reach, RecipientRule, SHIPPED};
use liant_guard::{Guarded, Limits, Plan, Standing, Standings, Subject};
use liant_model::{Actor, Facts, Field, Instant, Party, PersonId, Purpose, Role, Source, Territory};

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

fn person() -> Subject {
    Subject::Person(PersonId::new(NOW, [1; 10]))
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

fn plan_of(role: &str, purpose: &str) -> Plan {
    let (actor, purpose) = (actor(role), Purpose::parse(purpose).unwrap());
    Plan::compile(&gate(), &query(&actor, &purpose)).unwrap()
}

/// Conventions in which the clerk has a clause of each reach on one source.
fn by_reach() -> Gate {
    let files = SHIPPED.iter().map(|(name, text)| {
        let mut text = (*text).to_owned();
        if name.starts_with("62-departement") {
            for (reach, fields, address) in [
                ("designated", "contact.*", "false"),
                ("caseload", "household.*", "false"),
                ("territory", "identity.birth_name", "false"),
                ("caseload", "contact.commune", "true"),
            ] {
                write!(
                    text,
                    "\n[[grant]]\nclause = \"{reach}, {fields}\"\nto = [\"clerk\"]\npurpose = [\"follow-up\"]\n\
                     sources = [\"cnaf\"]\npeople = \"everyone\"\nreach = \"{reach}\"\nfields = [\"{fields}\"]\n\
                     channels = [\"screen\"]\nkeep = \"own-file\"\nprotected_address = {address}\n"
                ).unwrap();
            }
        }
        Convention::parse(name, &text).unwrap()
    });
    Gate::new(files.collect()).unwrap()
}

fn standing_at(near: Option<Reach>, is_protected: Option<bool>) -> Standing {
    let rule = RecipientRule::shipped().unwrap();
    let mut standings = Standings::begin(&gate(), rule, (territory(), NOW), Limits::not_asked()).unwrap();
    if let Some(near) = near {
        standings.place(person(), near);
    }
    if let Some(is_protected) = is_protected {
        standings.say_address(person(), is_protected);
    }
    standings.of(person())
}

#[test]
fn a_clause_lets_out_whom_it_reaches() {
    let (clerk, why) = (actor("clerk"), Purpose::parse("follow-up").unwrap());
    let plan = Plan::compile_near(&by_reach(), &query(&clerk, &why)).unwrap();
    let allowed = |field, standing: &Standing| plan.allows(&Source::CNAF, field, standing);
    let asked = [Field::BirthName, Field::HouseholdRole, Field::ResidenceCommune, Field::AddressLine];
    let (near, far) = (Some(false), Some(true));
    for (place, protected, expected) in [
        (Some(Reach::Designated), near, [true, true, true, true]),
        (Some(Reach::Caseload), near, [true, true, true, false]),
        (Some(Reach::Service), near, [true, false, false, false]),
        (Some(Reach::Territory), near, [true, false, false, false]),
        (None, near, [true, false, false, false]),
        // Of a protected address, what the clause gives that needs it, and nothing of the others.
        (Some(Reach::Designated), far, [true, true, true, false]),
        (Some(Reach::Caseload), far, [true, true, true, false]),
        (Some(Reach::Service), far, [true, false, false, false]),
        // Of whom nobody said, it is protected.
        (Some(Reach::Designated), None, [true, true, true, false]),
    ] {
        let standing = standing_at(place, protected);
        assert_eq!(asked.map(|field| allowed(field, &standing)), expected, "{place:?} {protected:?}");
    }
    assert!(plan.is_bounded());
    // The clause that is cited is one that reaches her and gives the address.
    let mut commune = Facts::new();
    commune.push(Field::ResidenceCommune, "62041");
    let facts = Guarded::seal(person(), Source::CNAF, commune);
    let mut session = plan.begin();
    session.add(&facts, &standing_at(Some(Reach::Designated), Some(true)));
    let mut reach = None;
    let views = session
        .release(|record| {
            reach = Some(record.reach);
            Ok::<_, ()>(())
        })
        .unwrap();
    let clauses: Vec<_> =
        views.iter().flat_map(liant_guard::View::iter).map(|(.., clause)| clause.clause.clone()).collect();
    assert_eq!((clauses, reach), (vec!["caseload, contact.commune".to_owned()], Some(Reach::Designated)));
}

#[test]
fn a_test_that_would_locate_spares_the_protected() {
    use liant_guard::Test;
    let plan = plan_of("orientation_officer", "orientation");
    for (test, spares) in [
        (Test::Commune("62041".to_owned()), true),
        (Test::Service(None), true),
        (Test::ToOrient, false),
        (Test::WithFranceTravail(true), false),
    ] {
        assert_eq!(plan.filter(test.clone()).unwrap().spares_protected(), spares, "{test:?}");
    }
    // Who answers a person about her own rights needs her address.
    let dpo = plan_of("dpo", "person-rights");
    assert!(!dpo.filter(Test::Commune("62041".to_owned())).unwrap().spares_protected());
}

#[test]
fn a_file_carries_the_address_that_its_convention_says() {
    let technician = actor("technician");
    let sending = FlowQuery { profile: "CGPEM", actor: &technician, territory: territory(), now: NOW };
    let plan = Plan::for_sending(&gate(), &sending).unwrap();
    let protected = standing_at(None, Some(true));
    let known = standing_at(None, Some(false));
    for source in [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL] {
        assert_eq!(plan.fields(&source, &protected), plan.fields(&source, &known));
    }
}
