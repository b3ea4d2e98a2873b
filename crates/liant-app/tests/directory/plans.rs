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
        Plan::compile(&place.workplace.gate(territory()).unwrap(), &query).unwrap()
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
        let service = || Scope::Service(organisation(1));
        for (scope, tests, order, [many, few, count]) in [
            (Scope::Territory, vec![], Order::Name, ["by_name", "by_profile", "profile"]),
            (service(), vec![], Order::Name, ["by_name", "by_service", "by_service"]),
            (Scope::Territory, vec![commune()], Order::Name, ["by_name", "by_commune", "by_commune"]),
            (
                Scope::Territory,
                vec![commune(), Test::ToOrient],
                Order::Waiting,
                ["by_waiting", "by_commune", "by_commune"],
            ),
            (
                service(),
                vec![Test::Category("2".to_owned()), commune()],
                Order::Name,
                ["by_name", "by_commune", "by_commune"],
            ),
            (
                Scope::Territory,
                vec![Test::Nature(Some("01".to_owned())), Test::InCourse(false)],
                Order::Name,
                ["by_name", "by_profile", "profile"],
            ),
            (
                Scope::Territory,
                vec![Test::WithFranceTravail(false)],
                Order::Registered,
                ["by_registration", "by_profile", "profile"],
            ),
            (Scope::Territory, vec![Test::ToOrient], Order::Waiting, ["by_waiting", "by_profile", "profile"]),
            (service(), vec![Test::ToOrient], Order::Waiting, ["by_waiting", "by_service", "by_service"]),
            (
                Scope::Territory,
                vec![Test::Born(since, since)],
                Order::Name,
                ["by_name", "by_profile", "by_profile"],
            ),
            (
                Scope::Territory,
                vec![Test::Referent(account(1))],
                Order::Name,
                ["by_name", "by_referent", "by_referent"],
            ),
            (Scope::Caseload(account(1), organisation(1)), vec![], Order::Name, ["follow_by_account"; 3]),
            (Scope::Followed(organisation(1)), vec![commune()], Order::Name, ["follow_by_organisation"; 3]),
            (
                Scope::Territory,
                vec![Test::Happened(Happening::Ceased, Source::FRANCE_TRAVAIL, since)],
                Order::Name,
                ["by_name", "ft_ceased", "ft_ceased"],
            ),
        ] {
            let listing = plan.listing(scope).unwrap();
            let filters: Vec<_> = tests.iter().map(|test| plan.filter(test.clone()).unwrap()).collect();
            let sorting = plan.sorting(order).unwrap();
            let explained = place
                .workplace
                .store
                .read(territory(), |snapshot| snapshot.explain_list(&listing, &filters, &sorting));
            let explained = explained.unwrap().map(|lines| lines.join("\n"));
            for (lines, index) in explained.iter().zip([many, few, count]) {
                // Of profiles alone there are some hundreds, and all are looked at.
                let name = match index {
                    "profile" if engine == "sqlite" => "p".to_owned(),
                    "profile" => "directory_profile_pkey".to_owned(),
                    follow if follow.starts_with("follow") => follow.to_owned(),
                    index => format!("directory_{index}"),
                };
                let has = lines.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == name);
                let case = format!("{engine}: {scope:?} {tests:?} {order:?} by {name}:\n{lines}");
                // On a table of one row PostgreSQL takes any index that fits.
                assert!(has || (engine != "sqlite" && lines.contains("Index")), "{case}");
                assert!(!lines.contains("SCAN d") && !lines.contains("Seq Scan on directory d"), "{case}");
                assert!(index != "profile" || !lines.contains("directory_by"), "{case}");
            }
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
                Plan::compile(&place.workplace.gate(territory()).unwrap(), &query).unwrap()
            })
        };
        let scopes =
            [Scope::Caseload(account(1), organisation(1)), Scope::Service(organisation(1)), Scope::Territory];
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
