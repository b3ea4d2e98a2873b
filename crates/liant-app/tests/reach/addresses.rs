//! Protected addresses: hidden from whoever does not need them, in pages, lists and filters.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_app::people::{ListRequest, Test};
use liant_app::{AppError, addresses};
use liant_model::Lang;

use crate::world::{ANNE, EMMA, Someone, World, every_engine, later};

fn commune(world: &World, who: Someone) -> Option<String> {
    let shown = world.show(who, world.people[ANNE]).unwrap();
    shown.into_iter().find(|(code, _)| *code == "contact.commune").map(|(_, value)| value)
}

fn listed(world: &World, who: Someone, tests: Vec<Test>) -> (u64, usize) {
    let page = world.list(who, &ListRequest { tests, ..ListRequest::default() }).unwrap();
    let communes = page.people.iter().flat_map(|line| &line.origins).flat_map(|origin| &origin.values);
    (page.count.number, communes.filter(|value| value.field == "contact.commune").count())
}

#[test]
fn only_those_who_need_it_see_a_protected_address() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[ANNE, EMMA]);
        let arras = || vec![Test::Commune("62041".to_owned())];
        assert!(commune(&world, world.head).is_some(), "{engine}");
        assert_eq!(listed(&world, world.officer, arras()), (3, 3), "{engine}");
        let state = |who| {
            world.act(who, |context| {
                addresses::state(context, &world.workplace, world.people[ANNE], Lang::Fr).unwrap()
            })
        };
        assert_eq!(state(world.head), None, "{engine}");
        let protect = |who, reason| {
            world
                .act(who, |context| addresses::protect(context, &world.workplace, world.people[ANNE], reason))
        };
        assert!(matches!(protect(world.head, "because"), Err(AppError::NoSuchWord { .. })), "{engine}");
        protect(world.head, "protection-order").unwrap();
        protect(world.head, "threat").unwrap();

        for (case, who, sees) in [
            ("officer", world.officer, false),
            ("head", world.head, false),
            ("referent, who writes to her", world.claire, true),
            ("the rights of people", world.dpo, true),
        ] {
            assert_eq!(commune(&world, who).is_some(), sees, "{engine}: {case}");
            let grounds = state(who).unwrap().grounds;
            assert_eq!(grounds.is_some(), sees, "{engine}: {case}");
            if let Some((reason, by)) = grounds {
                assert_eq!(
                    (reason.as_str(), by.as_str()),
                    ("Ordonnance de protection", "Hugo H"),
                    "{engine}"
                );
            }
        }
        // Lists show no commune of hers, and no filter on communes finds her.
        assert_eq!(listed(&world, world.officer, Vec::new()), (6, 5), "{engine}");
        assert_eq!(listed(&world, world.officer, arras()), (2, 2), "{engine}");
        let services = vec![Test::Service(Some(world.north))];
        assert_eq!(listed(&world, world.officer, services).0, 2, "{engine}");
        assert_eq!(
            listed(&world, world.head, Vec::new()),
            (3, 2),
            "{engine}: she stays in the service's list"
        );
        assert_eq!(listed(&world, world.claire, arras()), (2, 2), "{engine}: who needs it may filter by it");

        let unprotect = |who| {
            world.act_at(later(1, 0), who, |context| {
                addresses::unprotect(context, &world.workplace, world.people[ANNE])
            })
        };
        assert!(matches!(unprotect(world.head), Err(AppError::Absent(_))), "{engine}");
        assert!(commune(&world, world.head).is_none(), "{engine}");
        unprotect(world.claire).unwrap();
        assert!(commune(&world, world.head).is_some(), "{engine}");
        assert!(
            matches!(unprotect(world.claire), Err(AppError::Absent(_))),
            "{engine}: nothing is left to end"
        );
        let acts: Vec<_> = world.audited().into_iter().filter(|(act, _)| act == "address").collect();
        assert_eq!(acts.len(), 2, "{engine}: {acts:?}");
    }
}

#[test]
fn each_part_of_her_stays_protected_when_a_link_is_undone() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(world.officer, |context| {
            addresses::protect(context, &world.workplace, world.people[ANNE], "shelter").unwrap();
        });
        let identities = world.test.rows("62", "SELECT DISTINCT identity_id FROM address_protection");
        let hers = world
            .workplace
            .store
            .read(crate::world::territory(), |snapshot| snapshot.links_of_person(world.people[ANNE]))
            .unwrap();
        assert_eq!(identities.len(), hers.len(), "{engine}");
        // Moved to another engine she is protected there.
        let mut file = std::io::Cursor::new(Vec::new());
        world.workplace.store.export(&mut file).unwrap();
        for to in testkit::every_engine() {
            file.set_position(0);
            to.store.import(&mut file).unwrap();
            let is_protected = to.store.read(crate::world::territory(), |snapshot| {
                Ok(snapshot.protected()?.contains(&world.people[ANNE]))
            });
            assert!(is_protected.unwrap(), "{engine} to {}", to.engine);
        }
    }
}
