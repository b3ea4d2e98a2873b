//! What lists, filters and orders rest on, and of whom a plan allows them.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_convention::{Channel, Convention, Gate, People, Query, Reach, SHIPPED};
use liant_guard::{Audience, Happening, NAMES, NUMBERS, Order, Plan, Scope, Test};
use liant_model::{
    AccountId, Actor, Date, Field, FieldSet, Instant, OrganisationId, Party, Purpose, Role, Source, Territory,
};

/// 2026-03-01, noon in Paris.
const NOW: Instant = Instant::from_micros(1_772_362_800_000_000);
const DAY: Date = Date::constant(2026, 3, 1);

fn plan(role: &str, purpose: &str, reach: Reach) -> Plan {
    let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
    let gate = Gate::new(files.collect()).unwrap();
    let actor = Actor {
        name: "someone".to_owned(),
        party: Party::parse("departement-62").unwrap(),
        role: Role::parse(role).unwrap(),
        os_user: None,
    };
    let (purpose, territory) = (Purpose::parse(purpose).unwrap(), Territory::parse("62").unwrap());
    let query =
        Query { actor: &actor, purpose: &purpose, channel: Channel::Screen, territory, reach, now: NOW };
    Plan::compile(&gate, &query).unwrap()
}

/// Who answers people about their rights has every field of all three registers, of everyone.
fn everything() -> Plan {
    plan("dpo", "person-rights", Reach::Territory)
}

fn officer() -> Plan {
    plan("orientation_officer", "orientation", Reach::Territory)
}

fn account() -> AccountId {
    AccountId::new(NOW, [1; 10])
}

fn organisation() -> OrganisationId {
    OrganisationId::new(NOW, [2; 10])
}

const CATEGORIES: [People; 3] = [People::Everyone, People::RsaRecipient, People::RsaRecipientInCourse];
const OWN: Source = Source::DEPARTEMENT;
const CNAF: Source = Source::CNAF;
const FT: Source = Source::FRANCE_TRAVAIL;

fn sources(audience: &Audience, people: People) -> Vec<Source> {
    let mut sources = audience.of(people).to_vec();
    sources.sort_unstable();
    sources
}

#[test]
fn a_list_names_whom_some_source_may_name() {
    let listing = officer().listing(Scope::Territory).unwrap();
    assert_eq!((listing.territory().as_str(), listing.day(), listing.scope()), ("62", DAY, Scope::Territory));
    // The exchange and the rights are about recipients, the Département's own list about everyone.
    assert_eq!(
        CATEGORIES.map(|people| sources(listing.names(), people)),
        [vec![OWN], vec![CNAF, OWN, FT], vec![CNAF, OWN, FT]]
    );
    for (source, least) in [
        (OWN, Some(People::Everyone)),
        (CNAF, Some(People::RsaRecipient)),
        (FT, Some(People::RsaRecipient)),
        (Source::parse("mission-locale").unwrap(), None),
    ] {
        assert_eq!(listing.names().least(&source), least, "{source}");
    }
    // A name is shown whole or not at all.
    for field in NAMES.iter() {
        assert!(
            officer()
                .narrowed(NAMES.difference(FieldSet::EMPTY.with(field)))
                .listing(Scope::Territory)
                .is_none()
        );
    }
    assert!(officer().narrowed(NAMES).listing(Scope::Territory).is_some());
}

#[test]
fn a_number_finds_whom_its_source_may_name() {
    for number in NUMBERS {
        let plan = everything().narrowed(NAMES.with(number));
        let listing = plan.listing(Scope::Territory).unwrap();
        for other in NUMBERS {
            let found = listing.numbers(other).unwrap();
            let expected = if other == number { vec![CNAF, OWN, FT] } else { Vec::new() };
            assert_eq!(sources(found, People::Everyone), expected, "{number}: {other}");
        }
        assert!(listing.numbers(Field::BirthName).is_none());
    }
}

#[test]
fn a_list_is_no_wider_than_was_asked() {
    let scopes = [
        (Scope::Designated(account(), organisation()), Reach::Designated),
        (Scope::Caseload(account(), organisation()), Reach::Caseload),
        (Scope::Followed(organisation()), Reach::Service),
        (Scope::Service(organisation()), Reach::Service),
        (Scope::Body(organisation()), Reach::Service),
        (Scope::Territory, Reach::Territory),
    ];
    for asked in [Reach::Designated, Reach::Caseload, Reach::Service, Reach::Territory] {
        let plan = plan("orientation_officer", "orientation", asked);
        for (scope, reach) in scopes {
            assert_eq!(scope.reach(), reach);
            assert_eq!(plan.listing(scope).is_some(), reach <= asked, "{scope:?} of {asked}");
        }
    }
}

#[test]
fn a_test_rests_on_its_fields_and_no_others() {
    use Field::{
        BenefitSince, BirthDate, BirthName, CessationDate, OrientationNature, RadiationDate, ReferentName,
        RegistrationCategory, RegistrationStart, ResidenceCommune, RsaState,
    };
    let happened = |kind, source: &Source| Test::Happened(kind, source.clone(), DAY);
    let cases = [
        (Test::Commune("62041".to_owned()), vec![(None, ResidenceCommune)]),
        (Test::Service(Some(organisation())), vec![(None, ResidenceCommune)]),
        (Test::Born(DAY, DAY), vec![(None, BirthDate)]),
        (Test::WithFranceTravail(true), vec![(Some(FT), RegistrationStart)]),
        (Test::Category("1".to_owned()), vec![(Some(FT), RegistrationCategory)]),
        (Test::InCourse(true), vec![(Some(CNAF), RsaState)]),
        (Test::Nature(None), vec![(Some(OWN), OrientationNature)]),
        (Test::ToOrient, vec![(Some(CNAF), RsaState), (Some(OWN), OrientationNature)]),
        (
            Test::ToOrientSince(DAY),
            vec![(Some(CNAF), RsaState), (Some(OWN), OrientationNature), (Some(CNAF), BenefitSince)],
        ),
        (Test::WithoutReferent, vec![(Some(CNAF), RsaState), (Some(OWN), ReferentName)]),
        (Test::Referent(account()), vec![(Some(OWN), ReferentName)]),
        // Whom the CNAF's stock holds is a matter of rights, whom ours does of names.
        (happened(Happening::Entered, &CNAF), vec![(Some(CNAF), RsaState)]),
        (happened(Happening::Left, &CNAF), vec![(Some(CNAF), RsaState)]),
        (happened(Happening::Ceased, &CNAF), vec![(Some(CNAF), CessationDate)]),
        (happened(Happening::Entered, &OWN), vec![(Some(OWN), BirthName)]),
        (happened(Happening::Back, &OWN), vec![(Some(OWN), BirthName)]),
        (happened(Happening::Left, &OWN), vec![(Some(OWN), BirthName)]),
        (happened(Happening::Registered, &OWN), vec![(Some(OWN), RegistrationStart)]),
        (happened(Happening::Entered, &FT), vec![(Some(FT), RegistrationStart)]),
        (happened(Happening::Registered, &FT), vec![(Some(FT), RegistrationStart)]),
        (happened(Happening::Ceased, &FT), vec![(Some(FT), CessationDate)]),
        (happened(Happening::Radiated, &FT), vec![(Some(FT), RadiationDate)]),
    ];
    let all: FieldSet = Field::all().collect();
    for (test, basis) in cases {
        let needed: FieldSet = basis.iter().map(|(_, field)| *field).collect();
        let filter = everything().narrowed(needed).filter(test.clone());
        let filter = filter.unwrap_or_else(|| panic!("{test:?} rests on more"));
        assert_eq!(filter.test(), &test);
        let of: Vec<_> = filter.audiences().iter().map(|(source, _)| source.clone()).collect();
        assert_eq!(of, basis.iter().map(|(source, _)| source.clone()).collect::<Vec<_>>(), "{test:?}");
        for (source, audience) in filter.audiences() {
            let expected = source.clone().map_or_else(|| vec![CNAF, OWN, FT], |source| vec![source]);
            assert_eq!(sources(audience, People::Everyone), expected, "{test:?}");
        }
        for field in needed.iter() {
            let without = everything().narrowed(all.difference(FieldSet::EMPTY.with(field)));
            assert!(without.filter(test.clone()).is_none(), "{test:?} does not rest on {field}");
        }
    }
}

#[test]
fn an_order_rests_on_its_field() {
    let all: FieldSet = Field::all().collect();
    for (order, basis) in [
        (Order::Name, None),
        (Order::Waiting, Some((CNAF, Field::BenefitSince))),
        (Order::Registered, Some((FT, Field::RegistrationStart))),
    ] {
        let sorting = everything().sorting(order).unwrap();
        assert_eq!(sorting.order(), order);
        let source = sorting.audience().map(|(source, _)| source.clone());
        assert_eq!(source, basis.as_ref().map(|(source, _)| source.clone()), "{order:?}");
        if let (Some((source, field)), Some((_, audience))) = (basis, sorting.audience()) {
            assert_eq!(sources(audience, People::Everyone), [source]);
            let without = everything().narrowed(all.difference(FieldSet::EMPTY.with(field)));
            assert!(without.sorting(order).is_none(), "{order:?}");
        }
    }
}

#[test]
fn what_happened_is_written_as_it_is_read() {
    for kind in Happening::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}
