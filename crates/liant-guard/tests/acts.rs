//! What a plan says of itself, and what the record of an act says of those it was about.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_convention::{
    Channel, Convention, FlowQuery, Gate, Limit, Limited, People, Query, Reach, RecipientRule, SHIPPED,
    UseKind,
};
use liant_guard::{
    AccessRecord, Guarded, GuardedFacts, Limits, NotOpened, Plan, Scope, Standing, Standings, Subject,
    UsePlan,
};
use liant_model::{
    Actor, Facts, Field, FieldSet, IdentityId, Instant, Nir, Party, PersonId, Purpose, Role, Source,
    Territory,
};

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

fn plan(role: &str, channel: Channel, reach: Reach) -> Plan {
    let (actor, purpose) = (actor(role), Purpose::parse("orientation").unwrap());
    let query = Query { actor: &actor, purpose: &purpose, channel, territory: territory(), reach, now: NOW };
    Plan::compile(&gate(), &query).unwrap()
}

fn officer() -> Plan {
    plan("orientation_officer", Channel::Export, Reach::Territory)
}

fn cgpem() -> Plan {
    let technician = actor("technician");
    let query = FlowQuery { profile: "CGPEM", actor: &technician, territory: territory(), now: NOW };
    Plan::for_sending(&gate(), &query).unwrap()
}

fn person(number: u8) -> Subject {
    Subject::Person(PersonId::new(NOW, [number; 10]))
}

fn identity(number: u8) -> IdentityId {
    IdentityId::new(NOW, [number; 10])
}

fn standings() -> Standings {
    Standings::begin(&gate(), RecipientRule::shipped().unwrap(), (territory(), NOW), Limits::not_asked())
        .unwrap()
}

/// Someone in course, or known to nobody, who stands there and whose address is no secret.
fn standing(number: u8, in_course: bool, near: Reach) -> Standing {
    let mut standings = standings();
    if in_course {
        standings.hold(person(number), &Source::FRANCE_TRAVAIL, identity(number), true);
    }
    standings.place(person(number), near);
    standings.say_address(person(number), false);
    standings.of(person(number))
}

fn sealed(number: u8, source: Source) -> GuardedFacts {
    let mut facts = Facts::new();
    facts.push(Field::BirthName, "LEFEVRE");
    facts.push(Field::AddressLine, "12 RUE DES LILAS");
    Guarded::seal(person(number), source, facts)
}

fn record_of<'s>(plan: &Plan, people: impl IntoIterator<Item = &'s Standing>) -> AccessRecord {
    let mut record = None;
    let begun = plan.begin_file(people.into_iter().cloned(), |written| {
        record = Some(written.clone());
        Ok::<_, ()>(())
    });
    assert!(begun.is_ok());
    record.unwrap()
}

#[test]
fn a_plan_says_what_it_is() {
    let officer = officer();
    assert_eq!((officer.recipient().as_str(), officer.reach()), ("departement-62", Reach::Territory));
    assert_eq!(cgpem().recipient().as_str(), "france-travail");
    for (source, field, may) in [
        (Source::CNAF, Field::RsaState, true),
        (Source::CNAF, Field::Nir, false),
        (Source::DEPARTEMENT, Field::RsaState, false),
        (Source::parse("mission-locale").unwrap(), Field::BirthName, false),
    ] {
        assert_eq!(officer.may_let_out(&source, field), may, "{source}: {field}");
    }
    let (nobody, recipient) = (standing(1, false, Reach::Territory), standing(1, true, Reach::Territory));
    assert_eq!((officer.sees(&nobody), officer.sees(&recipient)), (true, true));
    assert_eq!((cgpem().sees(&nobody), cgpem().sees(&recipient)), (false, true));
    assert!(!officer.is_bounded());
    assert!(plan("local_service_head", Channel::Export, Reach::Service).is_bounded());
}

#[test]
fn a_narrowed_plan_lets_out_no_more_than_both() {
    let officer = officer();
    let hers = standing(1, true, Reach::Territory);
    let narrowed = officer.narrowed(FieldSet::EMPTY.with(Field::RsaState).with(Field::Nir));
    assert_eq!(narrowed.fields(&Source::CNAF, &hers), FieldSet::EMPTY.with(Field::RsaState));
    assert_eq!(narrowed.sources().collect::<Vec<_>>(), [&Source::CNAF]);
    assert_eq!(officer.narrowed(FieldSet::EMPTY).sources().count(), 0);
    let all = Field::all().collect();
    assert_eq!(officer.narrowed(all).fields(&Source::CNAF, &hers), officer.fields(&Source::CNAF, &hers));
}

#[test]
fn the_record_of_a_file_holds_what_may_come_out_of_each_of_its_people() {
    let (nobody, recipient) = (standing(1, false, Reach::Territory), standing(2, true, Reach::Territory));
    let sources = |people: &[Standing]| {
        let record = record_of(&officer(), people);
        record.fields.iter().map(|one| one.source.clone()).collect::<Vec<_>>()
    };
    assert_eq!(sources(std::slice::from_ref(&nobody)), [Source::DEPARTEMENT]);
    for both in [[nobody.clone(), recipient.clone()], [recipient, nobody]] {
        assert_eq!(sources(&both), [Source::CNAF, Source::DEPARTEMENT]);
    }
}

#[test]
fn a_record_says_how_far_the_actor_looked() {
    let head = plan("local_service_head", Channel::Export, Reach::Oneself);
    let (near, far) = (standing(1, true, Reach::Designated), standing(2, true, Reach::Service));
    let beyond = standing(3, true, Reach::Territory);
    assert_eq!(record_of(&head, [&near]).reach, Reach::Designated);
    assert_eq!(record_of(&head, [&far, &near]).reach, Reach::Service);
    let record = record_of(&head, [&near, &beyond]);
    assert_eq!((record.reach, record.people), (Reach::Designated, vec![person(1)]));
    assert_eq!(record_of(&head, []).reach, Reach::Oneself);
    // A file between parties is for its receiver as a whole.
    assert_eq!(record_of(&cgpem(), [&near]).reach, Reach::Territory);

    let mut session = head.begin();
    for (number, standing) in [(2, far), (1, near), (3, beyond)] {
        session.add(&sealed(number, Source::CNAF), &standing);
    }
    let mut record = None;
    let views = session.release(|written| {
        record = Some(written.clone());
        Ok::<_, ()>(())
    });
    let views = views.unwrap();
    let shown: Vec<_> = views.iter().map(|view| (view.subject(), view.source().clone())).collect();
    assert_eq!(shown, [(person(2), Source::CNAF), (person(1), Source::CNAF)]);
    assert_eq!(record.unwrap().reach, Reach::Service);
}

#[test]
fn of_two_standings_of_one_person_the_one_counts_that_opens_less() {
    let officer = officer();
    let (nobody, recipient) = (standing(1, false, Reach::Territory), standing(1, true, Reach::Territory));
    let protected = {
        let mut standings = standings();
        standings.say_address(person(1), true);
        standings.of(person(1))
    };
    let ok = |_: &AccessRecord| Ok::<_, ()>(());
    for both in [[nobody.clone(), recipient.clone()], [recipient, nobody.clone()]] {
        let file = officer.begin_file(both, ok).unwrap();
        assert_eq!(file.open(&sealed(1, Source::CNAF)).unwrap_err(), NotOpened::NotAllowed);
        let own = file.open(&sealed(1, Source::DEPARTEMENT)).unwrap();
        assert_eq!(own.get(Field::AddressLine), Some("12 RUE DES LILAS"));
    }
    for both in [[nobody.clone(), protected.clone()], [protected, nobody]] {
        let own = officer.begin_file(both, ok).unwrap().open(&sealed(1, Source::DEPARTEMENT)).unwrap();
        assert_eq!((own.get(Field::AddressLine), own.hidden()), (None, 1));
    }
    let said = [NotOpened::NotRecorded, NotOpened::NotAllowed].map(|one| one.to_string());
    assert!(said[0].contains("does not name this person") && said[1].contains("no clause"), "{said:?}");
}

/// The store may say the same of someone more than once, and in any order.
#[test]
fn what_is_said_twice_holds() {
    let block = |number: u8, values: &[(Field, &str)]| {
        let mut facts = Facts::new();
        for (field, value) in values {
            facts.push(*field, value);
        }
        Guarded::seal(person(number), Source::CNAF, facts)
    };
    let asker = || block(1, &[(Field::HouseholdRole, "DEM")]);
    let rights = || {
        let open =
            [(Field::BenefitNature, "RSA"), (Field::RsaState, "2"), (Field::UnderRightsAndDuties, "1")];
        block(1, &open)
    };
    let mut told = standings();
    for _ in 0..2 {
        told.hold(person(1), &Source::CNAF, identity(1), true);
        told.read(identity(1), &asker());
        told.read(identity(1), &rights());
    }
    assert_eq!(told.of(person(1)).narrowest(), People::RsaRecipientInCourse);
    // Two askers in the stock, neither with rights: whatever France Travail holds, the CNAF's word is the last.
    let mut told = standings();
    for number in [1, 2] {
        told.hold(person(1), &Source::CNAF, identity(number), true);
        told.read(identity(number), &asker());
    }
    assert_eq!(told.of(person(1)).narrowest(), People::RsaRecipient);
    told.hold(person(1), &Source::FRANCE_TRAVAIL, identity(3), true);
    assert_eq!(told.of(person(1)).narrowest(), People::RsaRecipient);
    // Held by one identity at France Travail and left by another: held.
    let mut told = standings();
    told.hold(person(1), &Source::FRANCE_TRAVAIL, identity(1), true);
    told.hold(person(1), &Source::FRANCE_TRAVAIL, identity(2), false);
    assert_eq!(told.of(person(1)).narrowest(), People::RsaRecipientInCourse);

    let mut told = standings();
    for near in [Reach::Service, Reach::Designated, Reach::Territory] {
        told.place(person(1), near);
    }
    assert_eq!(told.of(person(1)).near(), Reach::Designated);
    for (said, is_protected) in
        [(vec![false, true], true), (vec![true, false], true), (vec![false; 2], false)]
    {
        let mut told = standings();
        for one in &said {
            told.say_address(person(1), *one);
        }
        assert_eq!(told.of(person(1)).is_address_protected(), is_protected, "{said:?}");
    }
}

/// The API that France Travail may ask once the decree is out: the only reading that shows a NIR, to a machine.
#[test]
fn a_nir_is_read_by_the_api_that_its_decree_allows() {
    let condition = "clause = \"avenant 1, annexe 2 §3\"\n";
    let met = format!("{condition}met_from = 2026-01-01\n");
    let files = SHIPPED
        .iter()
        .map(|(name, text)| Convention::parse(name, &text.replacen(condition, &met, 1)).unwrap());
    let api = Actor { party: Party::parse("france-travail").unwrap(), ..actor("api") };
    let purpose = Purpose::parse("orientation").unwrap();
    let query = Query {
        actor: &api,
        purpose: &purpose,
        channel: Channel::Api,
        territory: territory(),
        reach: Reach::Territory,
        now: NOW,
    };
    let plan = Plan::compile(&Gate::new(files.collect()).unwrap(), &query).unwrap();
    let nir = Nir::parse(b"2820251108030").unwrap();
    let mut session = plan.begin();
    for (number, in_course) in [(1, true), (2, false)] {
        let nir = Guarded::seal(person(number), Source::CNAF, nir);
        session.add_nir(Field::Nir, &nir, &standing(number, in_course, Reach::Territory));
    }
    let mut record = None;
    let views = session.release(|written| {
        record = Some(written.clone());
        Ok::<_, ()>(())
    });
    let views = views.unwrap();
    let [view] = views.as_slice() else { panic!("{views:?}") };
    assert_eq!((view.get(Field::Nir), view.hidden()), (Some(nir.as_str()), 0));
    let told = format!("{view:?}");
    assert!(told.contains("cnaf") && !told.contains(nir.as_str()), "{told}");
    let record = record.unwrap();
    assert_eq!((record.people, record.clauses.len()), (vec![person(1)], 1));
    assert_eq!(record.fields[0].fields, FieldSet::EMPTY.with(Field::Nir));
}

#[test]
fn a_reading_holds_the_fields_of_its_use_alone() {
    let index = UsePlan::compile(&gate(), UseKind::Index, territory(), NOW).unwrap();
    let mut facts = Facts::new();
    facts.push(Field::BirthName, "LEFEVRE");
    facts.push(Field::RsaState, "2");
    let facts = Guarded::seal(person(1), Source::CNAF, facts);
    let read = index.read(&facts, |reading| {
        let texts: Vec<_> = reading.texts().map(|(field, text)| (field, text.to_owned())).collect();
        let state = (reading.get(Field::RsaState), reading.text(Field::RsaState).is_some());
        (texts, reading.text(Field::BirthName).map(str::to_owned), state)
    });
    let name = "LEFEVRE".to_owned();
    assert_eq!(read, Some((vec![(Field::BirthName, name.clone())], Some(name), (None, false))));
}

/// Restricted by one party, her data stay with the others; of what is closed nothing comes out, and nobody names her.
#[test]
fn what_her_own_rights_close_stays_in() {
    let party = |name: &str| Party::parse(name).unwrap();
    let limited = |limit: Limit| {
        let limits = Limits::of([(person(1), limit)]);
        let rule = RecipientRule::shipped().unwrap();
        let mut standings = Standings::begin(&gate(), rule, (territory(), NOW), limits).unwrap();
        standings.hold(person(1), &Source::FRANCE_TRAVAIL, identity(1), true);
        standings.say_address(person(1), false);
        standings.of(person(1))
    };
    let restricted = |by: &str| Limit { by: party(by), what: Limited::Restriction };
    let objected = |to: &str| Limit {
        by: party("departement-62"),
        what: Limited::Objection(vec![Purpose::parse(to).unwrap()]),
    };
    let dpo = {
        let (actor, purpose) = (actor("dpo"), Purpose::parse("person-rights").unwrap());
        let (channel, reach) = (Channel::Screen, Reach::Territory);
        let query =
            Query { actor: &actor, purpose: &purpose, channel, territory: territory(), reach, now: NOW };
        Plan::compile(&gate(), &query).unwrap()
    };
    for (limit, officer_sees, is_sent, dpo_sees) in [
        (restricted("departement-62"), false, false, true),
        (restricted("france-travail"), true, true, true),
        (objected("orientation"), false, true, true),
        (objected("follow-up"), true, true, true),
        (objected("accompaniment"), true, false, true),
        (objected("person-rights"), true, true, true),
    ] {
        let hers = limited(limit.clone());
        let limits = std::slice::from_ref(&limit);
        assert_eq!(officer().sees(&hers), officer_sees, "{limit:?}");
        assert_eq!(officer().is_closed_by(limits), !officer_sees, "{limit:?}");
        assert_eq!(cgpem().sees(&hers), is_sent, "{limit:?}");
        assert_eq!(dpo.sees(&hers), dpo_sees, "{limit:?}");
        let listing = officer().listing(Scope::Territory).unwrap();
        assert_eq!(listing.leaves_out(limits), !officer_sees, "{limit:?}");
        assert_eq!(record_of(&officer(), [&hers]).people.is_empty(), !officer_sees, "{limit:?}");
        let plan = officer();
        let mut session = plan.begin();
        session.add(&sealed(1, Source::CNAF), &hers);
        let views = session.release(|_| Ok::<_, ()>(())).unwrap();
        assert_eq!(views.is_empty(), !officer_sees, "{limit:?}");
    }
}
