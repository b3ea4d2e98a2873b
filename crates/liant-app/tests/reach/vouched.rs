//! Coming in to one's own space by an identity that the State vouches for, on each engine: when who is meant is beyond doubt, and
//! then only.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking, as tests do")]

use liant_access::AccountRules;
use liant_access::claims::{ClaimFault, Claims, PivotClaims};
use liant_app::accounts::{AccountError, Office, Refusal, oidc};
use liant_app::directory;
use liant_app::space::coming_in::{self, Entered};
use liant_app::space::opening::{self, SpaceState};
use liant_app::space::{held, vouched};
use liant_model::{FixedClock, Instant, Lang, TraceId};

use crate::world::{ANNE, World, every_engine, later, territory};

const PEOPLE: &str = "https://fc.example/api/v2";
const PROFESSIONALS: &str = "https://pro.example/api/v2";

/// An hour later, when the list has numbers: of Anne one for life, of Léa a waiting one, of Paul that of another month. Nobody
/// has these.
const LATER: Instant = later(0, 1);
const LIST: [[&str; 6]; 6] = [
    ["2800162041999", "ABEL", "ANNE", "1980-01-01", "62041", ""],
    ["8810262041999", "BABEL", "LEA", "1981-02-02", "62193", "1000001"],
    ["", "MARTIN", "CLAIRE", "1985-03-03", "62041", "2000002"],
    ["", "MARTIN", "EMMA", "1990-04-04", "62041", "3000003"],
    ["1010662041999", "DUPONT", "PAUL", "2001-05-05", "62193", "2000002"],
    ["", "ZOLA", "EVE", "1970-06-06", "62193", ""],
];

fn ready() -> impl Iterator<Item = World> {
    every_engine().inspect(|world| {
        world.receive(LATER, &LIST);
        directory::refresh(&world.workplace, territory(), LATER).unwrap();
    })
}

fn office<T>(world: &World, work: impl FnOnce(&Office<'_>) -> T) -> T {
    let provider = |issuer: &str, whom: &str| {
        format!(
            "[[provider]]\nissuer = \"{issuer}\"\nname = \"A provider\"\nsigns_in = \"{whom}\"\nclient_id = \"liant\"\n\
             secret_file = \"s\"\nacr = [\"eidas2\"]\n"
        )
    };
    let text = provider(PROFESSIONALS, "professionals") + &provider(PEOPLE, "people");
    let rules: AccountRules = toml::from_str(&text).unwrap();
    work(&Office::new(&world.workplace, &rules, territory(), &FixedClock(LATER)).unwrap())
}

fn pivot(name: &str, first: &str, date: &str, is_woman: bool) -> PivotClaims {
    PivotClaims {
        birth_name: name.into(),
        first_names: first.into(),
        birth_date: date.into(),
        is_woman,
        birth_place: "62041".into(),
    }
}

fn anne() -> PivotClaims {
    pivot("Abel", "Anne Lise", "1980-01-01", true)
}

/// From the question to the answer, for someone whom the provider states so.
fn come_in(
    world: &World,
    pivot: Option<PivotClaims>,
    change: impl FnOnce(Claims) -> Claims,
) -> Result<Entered, AccountError> {
    office(world, |office| {
        let question = vouched::begin(office, PEOPLE)?;
        let answered = oidc::take(office, &question.state)?;
        let claims = change(Claims {
            issuer: PEOPLE.into(),
            subject: "sub".into(),
            nonce: Some(question.nonce),
            acr: Some("eidas2".into()),
            amr: Vec::new(),
            auth_time: None,
            email: None,
            email_verified: None,
            name: None,
            pivot,
        });
        vouched::complete(office, &answered, &claims, "the.id.token")
    })
}

fn refused<T>(result: Result<T, AccountError>) -> Refusal {
    match result {
        Err(AccountError::Refused(refusal)) => refusal,
        Err(AccountError::App(error)) => panic!("{error}"),
        Ok(_) => panic!("not refused"),
    }
}

#[test]
fn whoever_is_meant_beyond_doubt_comes_in_to_her_one_space() {
    for world in ready() {
        let engine = world.test.engine;
        let entered = come_in(&world, Some(anne()), |claims| claims).unwrap();
        let clock = FixedClock(LATER);
        let context = entered.herself.context(TraceId::new(LATER, [5; 10]), &clock).unwrap();
        let seen = held::held(&context, &world.workplace, &entered.herself, Lang::En).unwrap();
        let values: Vec<_> = seen.records.iter().flat_map(|record| &record.data).collect();
        assert!(values.iter().any(|datum| datum.words == "ANNE"), "{engine}");

        let again = come_in(&world, Some(anne()), |claims| claims).unwrap();
        assert_eq!(world.test.rows("62", "SELECT 1 FROM space").len(), 1, "{engine}");
        office(&world, |office| {
            assert!(coming_in::resume(office, &entered.token).unwrap().is_some(), "{engine}");
            assert!(coming_in::resume(office, &again.token).unwrap().is_some(), "{engine}");
            let logout = coming_in::leave(office, &again.token).unwrap().unwrap();
            let there = (logout.issuer.as_str(), logout.id_token.as_str());
            assert_eq!(there, (PEOPLE, "the.id.token"), "{engine}");
            assert!(coming_in::resume(office, &again.token).unwrap().is_none(), "{engine}");
        });
        // It opens nothing by a number: no code was handed over for it.
        let person = world.people[ANNE];
        let state = world.act_at(LATER, world.officer, |context| {
            opening::state(context, &world.workplace, person).unwrap()
        });
        assert_eq!(state, SpaceState::Vouched, "{engine}");
    }
}

#[test]
fn a_space_that_was_opened_in_person_is_the_same() {
    for world in ready() {
        let engine = world.test.engine;
        let person = world.people[ANNE];
        world.act_at(LATER, world.officer, |context| {
            opening::open(context, &world.workplace, person, 2, Lang::En).unwrap()
        });
        let entered = come_in(&world, Some(anne()), |claims| claims).unwrap();
        assert_eq!(entered.herself.lang(), Lang::En, "{engine}");
        assert_eq!(world.test.rows("62", "SELECT 1 FROM space").len(), 1, "{engine}");
        // Whoever hands over another code closes what let in before.
        world.act_at(LATER, world.officer, |context| {
            opening::open(context, &world.workplace, person, 2, Lang::En).unwrap()
        });
        office(&world, |office| {
            assert!(coming_in::resume(office, &entered.token).unwrap().is_none(), "{engine}");
        });
    }
}

#[test]
fn in_doubt_nobody_comes_in_and_all_are_told_the_same() {
    for world in ready() {
        let engine = world.test.engine;
        for (case, pivot) in [
            ("unknown", Some(pivot("Quolibet", "Odile", "1999-09-09", true))),
            ("unknown, born on the day of another", Some(pivot("Quolibet", "Odile", "1980-01-01", true))),
            ("no number", Some(pivot("Martin", "Emma", "1990-04-04", true))),
            ("a waiting number", Some(pivot("Babel", "Léa", "1981-02-02", true))),
            ("a number of another month", Some(pivot("Dupont", "Paul", "2001-05-05", false))),
            ("another place", Some(PivotClaims { birth_place: "62193".into(), ..anne() })),
            ("no identity", None),
        ] {
            assert_eq!(
                refused(come_in(&world, pivot, |claims| claims)),
                Refusal::NotMeant,
                "{engine}: {case}"
            );
        }
        assert!(world.test.rows("62", "SELECT 1 FROM space").is_empty(), "{engine}");
        let told = world.audited().into_iter().filter(|(_, subject)| subject.contains("beyond doubt"));
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 7, "{engine}");
        assert!(told.windows(2).all(|two| two[0] == two[1]), "{engine}: {told:?}");
        world.keeps_no_name();
    }
}

#[test]
fn what_is_not_believed_leads_nowhere() {
    for world in ready() {
        let engine = world.test.engine;
        let weak = come_in(&world, Some(anne()), |claims| Claims { acr: Some("eidas1".into()), ..claims });
        assert_eq!(refused(weak), Refusal::Claims(ClaimFault::Acr), "{engine}");
        let replayed = come_in(&world, Some(anne()), |claims| Claims { nonce: None, ..claims });
        assert_eq!(refused(replayed), Refusal::Claims(ClaimFault::Nonce), "{engine}");
        office(&world, |office| {
            // Neither provider does the other's work.
            assert_eq!(
                refused(vouched::begin(office, PROFESSIONALS)),
                Refusal::Absent("provider"),
                "{engine}"
            );
            assert_eq!(refused(oidc::begin(office, PEOPLE, None)), Refusal::Absent("provider"), "{engine}");
            let question = oidc::begin(office, PROFESSIONALS, None).unwrap();
            let answered = oidc::take(office, &question.state).unwrap();
            let claims = Claims {
                issuer: PROFESSIONALS.into(),
                subject: "sub".into(),
                nonce: Some(question.nonce),
                acr: Some("eidas2".into()),
                amr: Vec::new(),
                auth_time: None,
                email: None,
                email_verified: None,
                name: None,
                pivot: Some(anne()),
            };
            let crossed = vouched::complete(office, &answered, &claims, "the.id.token");
            assert_eq!(refused(crossed), Refusal::Absent("provider"), "{engine}");
        });
        assert!(world.test.rows("62", "SELECT 1 FROM space_session").is_empty(), "{engine}");
    }
}

#[test]
fn while_people_may_be_missing_nobody_is_recognised() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.receive(LATER, &LIST);
        let early = come_in(&world, Some(anne()), |claims| claims);
        assert_eq!(refused(early), Refusal::BeingMade, "{engine}");
        directory::refresh(&world.workplace, territory(), LATER).unwrap();
        assert!(come_in(&world, Some(anne()), |claims| claims).is_ok(), "{engine}");
    }
}
