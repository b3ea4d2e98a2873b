//! Whichever way the engine goes, a list holds the same people in the same order, and as many as are counted.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use std::collections::BTreeSet;

use liant_app::people::{self, Count, ListRequest, Seat};
use liant_convention::{Channel, Query, Reach};
use liant_guard::{Filter, Happening, Listing, Order, Plan, Scope, Test};
use liant_model::{Date, PersonId, Source};
use liant_sample::{Decisions, FileOptions, World, WorldOptions};

use crate::world::{MARCH, Place, account, every_engine, officer, organisation, territory};

/// A place where every test has someone who passes it and someone who does not.
fn furnish(place: &Place, world: &World) {
    for (number, month) in world.months().enumerate() {
        let mut files: [Vec<u8>; 3] = Default::default();
        if number == 0 {
            month.write_known_csv(&mut files[0]).unwrap();
            place.load("known", &files[0]);
        }
        month.write_rsabem(&mut files[1], FileOptions::default()).unwrap();
        place.load(&format!("rsabem-{number}"), &files[1]);
        month.write_pecgm(&mut files[2], FileOptions::default()).unwrap();
        place.load(&format!("pecgm-{number}"), &files[2]);
        // The first months make the directory; what the later ones changed is told.
        place.refresh();
    }
    let mut decisions = Vec::new();
    world.month(1).unwrap().write_orientations_csv(&mut decisions, Decisions::InForce).unwrap();
    place.orient("decisions.csv", &decisions);
    let communes: Vec<String> = (0..1_000).step_by(2).map(|code| format!("62{code:03}")).collect();
    officer(|context| people::set_communes(context, &place.workplace, organisation(1), &communes)).unwrap();
    place.refresh();
    let everyone = place.all(&ListRequest::default());
    let some: Vec<PersonId> = everyone.iter().copied().step_by(3).collect();
    place.assign(Seat::default(), &some, (5, 1)).unwrap();
}

fn plan(place: &Place) -> Plan {
    officer(|context| {
        let query = Query {
            actor: context.actor,
            purpose: &context.purpose,
            channel: Channel::Screen,
            territory: territory(),
            reach: Reach::Territory,
            now: context.now(),
        };
        Plan::compile(&place.workplace.gate(territory()).unwrap(), &query).unwrap()
    })
}

fn tests(place: &Place) -> Vec<Test> {
    let commune = place
        .test
        .rows("62", "SELECT commune FROM directory GROUP BY commune ORDER BY COUNT(*) DESC, commune LIMIT 1");
    let commune: String = commune[0].chars().filter(char::is_ascii_digit).collect();
    let happened = |kind, source| Test::Happened(kind, source, Date::constant(2025, 1, 1));
    vec![
        Test::Commune(commune),
        Test::Service(Some(organisation(1))),
        Test::Service(None),
        Test::Born(Date::constant(1970, 1, 1), Date::constant(1989, 12, 31)),
        Test::WithFranceTravail(true),
        Test::WithFranceTravail(false),
        Test::Category("1".to_owned()),
        Test::InCourse(true),
        Test::InCourse(false),
        Test::Nature(Some("01".to_owned())),
        Test::Nature(None),
        Test::ToOrient,
        Test::WithoutReferent,
        Test::Referent(account(5)),
        happened(Happening::Entered, Source::FRANCE_TRAVAIL),
        happened(Happening::Left, Source::FRANCE_TRAVAIL),
        happened(Happening::Ceased, Source::FRANCE_TRAVAIL),
        happened(Happening::Entered, Source::CNAF),
    ]
}

/// Those of a list, by every way, and how many are counted.
fn listed(place: &Place, plan: &Plan, listing: &Listing, filters: &[Filter], order: Order) -> Vec<PersonId> {
    let sorting = plan.sorting(order).unwrap();
    let case = format!("{}: {:?} {filters:?} {order:?}", place.test.engine, listing.scope());
    let ([many, few, few_of_profiles], count) = place
        .workplace
        .store
        .read(territory(), |snapshot| {
            let ways = snapshot.list_each_way(listing, filters, &sorting, 100_000)?;
            Ok((ways, snapshot.count(listing, filters)?))
        })
        .unwrap();
    assert_eq!(many, few, "{case}");
    assert_eq!(few_of_profiles, few, "{case}");
    if order == Order::Name {
        assert_eq!(count, Count { number: few.len() as u64, and_more: false }, "{case}");
    }
    few
}

#[test]
fn every_way_gives_the_same() {
    let world = World::new(WorldOptions::new(territory(), 250, 11, MARCH, 3));
    let mut numbers: Vec<Vec<usize>> = Vec::new();
    for place in every_engine() {
        furnish(&place, &world);
        let plan = plan(&place);
        let filters: Vec<Filter> = tests(&place).into_iter().map(|test| plan.filter(test).unwrap()).collect();
        let mut of_engine = Vec::new();
        for scope in [
            Scope::Territory,
            Scope::Service(organisation(1)),
            Scope::Caseload(account(5), organisation(5)),
            Scope::Followed(organisation(5)),
        ] {
            let listing = plan.listing(scope).unwrap();
            let list = |filters: &[Filter], order| listed(&place, &plan, &listing, filters, order);
            let alone: Vec<BTreeSet<PersonId>> = filters
                .iter()
                .map(|filter| list(std::slice::from_ref(filter), Order::Name).into_iter().collect())
                .collect();
            of_engine.extend(alone.iter().map(BTreeSet::len));
            let choices: Vec<&[Filter]> = filters.iter().map(std::slice::from_ref).collect();
            for (one, base) in filters.iter().enumerate() {
                let base = std::slice::from_ref(base);
                let read = place
                    .workplace
                    .store
                    .read(territory(), |snapshot| snapshot.count_each(&listing, base, &choices));
                let counts: Vec<u64> = read.unwrap().iter().map(|count| count.number).collect();
                for (other, filter) in filters.iter().enumerate() {
                    // Who passes two tests passes each.
                    let both: BTreeSet<PersonId> = alone[one].intersection(&alone[other]).copied().collect();
                    assert_eq!(counts[other], both.len() as u64, "{scope:?} {base:?} {filter:?}");
                    // Not all pairs: each is a list by two ways.
                    if (one + other) % 4 != 0 || other < one {
                        continue;
                    }
                    let order = [Order::Name, Order::Waiting, Order::Registered][(one + other / 2) % 3];
                    let found = list(&[base[0].clone(), filter.clone()], order);
                    assert!(
                        found.iter().all(|person| both.contains(person)),
                        "{scope:?} {base:?} {filter:?}"
                    );
                    assert!(
                        order != Order::Name || found.len() == both.len(),
                        "{scope:?} {base:?} {filter:?}"
                    );
                }
            }
        }
        let whole = &of_engine[..filters.len()];
        assert!(whole.iter().all(|number| *number > 0), "each test finds someone: {whole:?}");
        numbers.push(of_engine);
    }
    assert!(numbers.windows(2).all(|pair| pair[0] == pair[1]), "two engines, one answer: {numbers:?}");
}
