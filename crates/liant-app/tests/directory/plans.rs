//! The main queries use an index, on each engine.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use liant_convention::{Channel, Query, Reach};
use liant_guard::{Happening, Order, Plan, Scope, Test};
use liant_identity::SearchWords;
use liant_model::{Date, Source};

use crate::world::{MARCH, account, every_engine, known, officer, organisation, territory};

fn plan(place: &crate::world::Place) -> Plan {
    officer(|context| {
        let query = Query {
            actor: context.actor,
            purpose: &context.purpose,
            channel: Channel::Screen,
            territory: territory(),
            reach: Reach::Territory,
            now: context.now(),
        };
        Plan::compile(&place.workplace.gate, &query).unwrap()
    })
}

#[test]
fn lists_and_counts_go_by_an_index() {
    let commune = || Test::Commune("62041".to_owned());
    let since = Date::constant(2025, 6, 1);
    for place in every_engine() {
        place.load("known.csv", &known(&[["R1", "ABEL", "", "Zoé", "1990-12-01", "62041", ""]]));
        place.refresh();
        let (plan, engine) = (plan(&place), place.test.engine);
        for (scope, tests, order, index) in [
            (Scope::Territory, vec![], Order::Name, "directory_by_name"),
            (Scope::Service(organisation(1)), vec![], Order::Name, "directory_by_service"),
            (Scope::Territory, vec![commune()], Order::Name, "directory_by_commune"),
            (Scope::Territory, vec![commune(), Test::ToOrient], Order::Waiting, "directory_by_commune"),
            (
                Scope::Service(organisation(1)),
                vec![Test::Category("2".to_owned()), commune()],
                Order::Name,
                "directory_by_commune",
            ),
            (Scope::Territory, vec![Test::Nature(Some("01".to_owned()))], Order::Name, "directory_by_nature"),
            (Scope::Territory, vec![Test::Category("1".to_owned())], Order::Name, "directory_by_category"),
            (Scope::Territory, vec![Test::ToOrient], Order::Waiting, "directory_to_orient"),
            (
                Scope::Service(organisation(1)),
                vec![Test::ToOrient],
                Order::Waiting,
                "directory_to_orient_of_service",
            ),
            (Scope::Territory, vec![Test::WithoutReferent], Order::Name, "directory_alone"),
            (
                Scope::Service(organisation(1)),
                vec![Test::WithoutReferent],
                Order::Name,
                "directory_alone_of_service",
            ),
            (Scope::Territory, vec![], Order::Registered, "directory_by_registration"),
            (Scope::Territory, vec![Test::Referent(account(1))], Order::Name, "directory_by_referent"),
            (Scope::Caseload(account(1)), vec![], Order::Name, "follow_by_account"),
            (Scope::Followed(organisation(1)), vec![], Order::Name, "follow_by_organisation"),
            (
                Scope::Territory,
                vec![Test::Happened(Happening::Ceased, Source::FRANCE_TRAVAIL, since)],
                Order::Name,
                "event_by_day",
            ),
        ] {
            let listing = plan.listing(scope).unwrap();
            let filters: Vec<_> = tests.iter().map(|test| plan.filter(test.clone()).unwrap()).collect();
            let sorting = plan.sorting(order).unwrap();
            let explained = place
                .workplace
                .store
                .read(territory(), |snapshot| snapshot.explain_list(&listing, &filters, &sorting));
            let [list, count] = explained.unwrap().map(|lines| lines.join("\n"));
            // On tables of a few rows PostgreSQL takes any index that fits; SQLite, which knows no figures here, takes what
            // it takes on a million.
            let goes_by =
                if engine == "sqlite" { list.contains(&format!("{index} ")) } else { list.contains("Index") };
            assert!(goes_by, "{engine}: {scope:?} {tests:?} {order:?} does not go by {index}:\n{list}");
            let counted_by =
                engine != "sqlite" || order != Order::Name || count.contains(&format!("{index} "));
            assert!(counted_by, "{engine}: {scope:?} {tests:?} is not counted by {index}:\n{count}");
            assert!(!list.contains("SCAN d"), "{engine}: {scope:?} {tests:?}:\n{list}");
        }
    }
}

#[test]
fn a_search_goes_by_the_index_of_words() {
    for place in every_engine() {
        place.load("known.csv", &known(&[["R1", "ABEL", "", "Zoé", "1990-12-01", "62041", ""]]));
        place.refresh();
        let listing = plan(&place).listing(Scope::Territory).unwrap();
        for typed in ["abel", "abel zoe", "01/12/1990"] {
            let words = SearchWords::parse(typed).unwrap();
            let explained =
                place.workplace.store.read(territory(), |snapshot| snapshot.explain_search(&listing, &words));
            let lines = explained.unwrap().join("\n");
            let by_words = if place.test.engine == "sqlite" {
                lines.contains("SEARCH w USING PRIMARY KEY (territory_id=? AND word>? AND word<?)")
            } else {
                lines.contains("directory_word_pkey")
            };
            assert!(by_words, "{}: {typed}:\n{lines}", place.test.engine);
        }
    }
}

#[test]
fn nothing_wider_than_what_was_asked_of_the_gate() {
    for place in every_engine() {
        let query = |reach| {
            officer(|context| {
                let query = Query {
                    actor: context.actor,
                    purpose: &context.purpose,
                    channel: Channel::Screen,
                    territory: territory(),
                    reach,
                    now: context.now(),
                };
                Plan::compile(&place.workplace.gate, &query).unwrap()
            })
        };
        let scopes = [Scope::Caseload(account(1)), Scope::Service(organisation(1)), Scope::Territory];
        for (reach, expected) in [
            (Reach::Caseload, [true, false, false]),
            (Reach::Service, [true, true, false]),
            (Reach::Territory, [true, true, true]),
        ] {
            assert_eq!(scopes.map(|scope| query(reach).listing(scope).is_some()), expected, "{reach}");
        }
        // What a plan allows of one territory opens no other.
        let listing = query(Reach::Territory).listing(Scope::Territory).unwrap();
        let elsewhere =
            place.workplace.store.read("59".parse().unwrap(), |snapshot| snapshot.count(&listing, &[]));
        assert!(elsewhere.is_err(), "{MARCH}");
    }
}
