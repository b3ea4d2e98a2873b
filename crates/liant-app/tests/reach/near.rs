//! Reach: role × clause × where she sits × where the person stands.

use liant_app::AppError;
use liant_app::people::{self, Designation, ListRequest, Seat, Test};
use liant_convention::Reach;
use liant_model::{Date, PersonId};

use crate::world::{ANNE, EVE, LEA, NOW, Someone, TODAY, every_engine};

#[test]
fn a_page_opens_to_whom_a_clause_reaches() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[LEA]);
        let elsewhere = |who: Someone| Someone { organisation: world.south, ..who };
        for (case, who, person, opens) in [
            ("officer, anybody", world.officer, ANNE, true),
            ("officer, anybody", world.officer, LEA, true),
            ("head, of her commune", world.head, ANNE, true),
            ("head, of another commune", world.head, LEA, false),
            ("head of the south", elsewhere(world.head), LEA, true),
            ("head of the south", elsewhere(world.head), ANNE, false),
            ("referent, whom she follows", world.claire, LEA, true),
            ("referent, of her service only", world.claire, ANNE, false),
            ("referent, of nobody", world.claire, EVE, false),
            ("referent in another seat", elsewhere(world.claire), LEA, false),
            ("referent, for another purpose", Someone { purpose: "orientation", ..world.claire }, LEA, false),
        ] {
            let found = world.show(who, world.people[person]);
            assert_eq!(found.is_ok(), opens, "{engine}: {case}: {:?}", found.map(|_| ()));
        }
    }
}

#[test]
fn who_is_beyond_reach_looks_like_nobody() {
    for world in every_engine() {
        let engine = world.test.engine;
        let nobody = PersonId::new(NOW, [9; 10]);
        for who in [world.head, world.claire] {
            let absent = world.show(who, nobody).unwrap_err();
            assert!(matches!(absent, AppError::Absent("person")), "{engine}: {absent}");
            let beyond = world.show(who, world.people[EVE]).unwrap_err();
            assert_eq!(beyond.to_string(), absent.to_string(), "{engine}");
        }
        // A decision about her cannot be recorded either.
        let decided = |person| {
            world.act(world.head, |context| {
                let proposal = liant_app::orientation::Proposal::default();
                liant_app::orientation::decide(
                    context,
                    &world.workplace,
                    person,
                    &proposal,
                    liant_model::Lang::En,
                )
                .unwrap_err()
                .to_string()
            })
        };
        assert_eq!(decided(world.people[EVE]), decided(nobody), "{engine}");
        // Without a seat nobody is near.
        let unseated = liant_model::Actor {
            name: "head".to_owned(),
            party: "departement-62".parse().unwrap(),
            role: "local_service_head".parse().unwrap(),
            os_user: None,
        };
        let clock = liant_model::FixedClock(NOW);
        let purpose = liant_model::Purpose::parse("orientation").unwrap();
        let context = liant_app::Context::new(&unseated, purpose, crate::world::territory(), &clock).unwrap();
        let shown =
            liant_app::person::show(&context, &world.workplace, world.people[ANNE], liant_model::Lang::En);
        assert!(matches!(shown.unwrap_err(), AppError::Absent("person")), "{engine}");
    }
}

#[test]
fn lists_hold_those_within_reach() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[LEA, EVE]);
        let in_body = |who: Someone| Someone { organisation: world.departement, ..who };
        let by = |reach| ListRequest { seat: Seat { reach, ..Seat::default() }, ..ListRequest::default() };
        for (case, who, reach, expected) in [
            ("officer", world.officer, None, Some(6)),
            ("officer, her body", world.officer, Some(Reach::Service), Some(6)),
            ("officer, her caseload", world.officer, Some(Reach::Caseload), Some(0)),
            ("head", world.head, None, Some(3)),
            ("head of the body", in_body(world.head), None, Some(6)),
            ("head, the territory", world.head, Some(Reach::Territory), None),
            ("referent", world.claire, None, Some(2)),
            ("referent, her service", world.claire, Some(Reach::Service), None),
            ("referent, designated", world.claire, Some(Reach::Designated), Some(0)),
            (
                "referent in another seat",
                Someone { organisation: world.south, ..world.claire },
                None,
                Some(0),
            ),
        ] {
            match (world.list(who, &by(reach)), expected) {
                (Ok(page), Some(expected)) => {
                    assert_eq!(page.count.number, expected, "{engine}: {case}");
                    assert_eq!(page.people.len() as u64, expected, "{engine}: {case}: each is opened too");
                }
                (Err(AppError::Gate(_)), None) => {}
                (found, _) => panic!("{engine}: {case}: {:?}", found.map(|page| page.count)),
            }
        }
        // Searches and counts go no farther.
        let found = world.act(world.head, |context| {
            let seat = Seat::default();
            let search =
                people::search(context, &world.workplace, &seat, "zola", liant_model::Lang::En).unwrap();
            let tests = [Test::Commune("62193".to_owned())];
            (search.people.len(), people::count(context, &world.workplace, &seat, &tests).unwrap().number)
        });
        assert_eq!(found, (0, 0), "{engine}");
    }
}

#[test]
fn a_designation_holds_for_its_days() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = world.people[ANNE];
        let designation = |from, to| Designation {
            person: anne,
            account: world.claire.account,
            organisation: world.north,
            from,
            to,
        };
        let give = |who, from, to| {
            world.act(who, |context| {
                people::designate(context, &world.workplace, &Seat::default(), &designation(from, to))
            })
        };
        let [yesterday, tomorrow] = [Date::constant(2026, 11, 1), Date::constant(2026, 11, 3)];
        for (from, to, opens) in [
            (Date::constant(2026, 10, 1), yesterday, false),
            (tomorrow, Date::constant(2026, 12, 1), false),
            (TODAY, TODAY, true),
        ] {
            let id = give(world.head, from, to).unwrap();
            assert_eq!(world.show(world.claire, anne).is_ok(), opens, "{engine}: {from} {to}");
            let seat = Seat { reach: Some(Reach::Designated), ..Seat::default() };
            let page = world.list(world.claire, &ListRequest { seat, ..ListRequest::default() }).unwrap();
            assert_eq!(page.count.number, u64::from(opens), "{engine}");
            if opens {
                let elsewhere = Someone { organisation: world.south, ..world.claire };
                assert!(world.show(elsewhere, anne).is_err(), "{engine}: in her own seat only");
                world.act(world.head, |context| {
                    let seat = Seat::default();
                    let given = people::designations(context, &world.workplace, &seat, anne).unwrap();
                    assert!(given.iter().any(|row| row.designation == id), "{engine}");
                    people::end_designation(context, &world.workplace, &seat, (anne, id)).unwrap();
                });
                assert!(world.show(world.claire, anne).is_err(), "{engine}: ended");
            }
        }
        assert!(give(world.head, tomorrow, TODAY).is_err(), "{engine}: the last day before the first");
        // Nobody gives whom she may not list.
        assert!(matches!(give(world.claire, TODAY, TODAY), Err(AppError::Absent(_))), "{engine}");
    }
}
