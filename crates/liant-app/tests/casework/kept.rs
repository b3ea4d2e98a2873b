//! What is kept of accompaniments: moved whole to another store, destroyed at the term, and nothing personal in it but codes.

use liant_app::{casework, directory, retention};
use liant_audit::verify::leaf_hash;
use liant_model::{ActId, IdentityId, Instant};
use liant_store::{AuditRecord, Change, ChangeSet, LinkDecision, Store};

use crate::world::{ANNE, EMMA, LEA, NOW, World, every_engine, propose, territory};

const TABLES: [&str; 4] = ["casework_event", "casework_head", "casework_place", "casework_alert"];

fn contents(test: &testkit::TestStore) -> Vec<String> {
    let rows = TABLES.iter().flat_map(|table| test.rows("62", &format!("SELECT * FROM {table}")));
    let mut rows: Vec<String> = rows.collect();
    rows.sort_unstable();
    rows
}

fn filled(world: &World) {
    world.enter(ANNE);
    world.act(0, world.yann, EMMA, propose());
    world.at(20, world.head, |context| casework::due(context, &world.workplace).unwrap());
    for table in TABLES {
        assert!(world.count(table) > 0, "{table}");
    }
}

#[test]
fn all_of_it_moves_to_another_store() {
    for world in every_engine() {
        filled(&world);
        let mut file = Vec::new();
        world.workplace.store.export(&mut file).unwrap();
        let other =
            testkit::every_engine().into_iter().find(|test| test.engine == world.test.engine).unwrap();
        let store = Store::open(&other.address).unwrap();
        store.import(std::io::Cursor::new(&file)).unwrap();
        assert_eq!(contents(&world.test), contents(&other), "{}", world.test.engine);
    }
}

#[test]
fn events_hold_codes_and_no_name() {
    for world in every_engine() {
        filled(&world);
        let all = contents(&world.test).join("\n");
        for said in ["ABELARD", "ANNE", "BOUVIER", "1980-01-01", "1000001A", "62041"] {
            assert!(!all.contains(said), "{}: {said}", world.test.engine);
        }
    }
}

#[test]
fn it_goes_with_the_person() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        // The next month's files hold Léa alone.
        let lea = ["CARLIER", "LEA", "1985-07-07", "62193", "1000003C"];
        world.load(crate::world::after(40), ("2026-11-01", "2026-11-30"), &[lea]);
        assert!(world.people.len() > LEA);
        // 15 January 2035: every time of the shipped files is over.
        let later = Instant::from_micros(2_052_468_000_000_000);
        directory::refresh(&world.workplace, territory(), later).unwrap();
        let certified =
            world.run_later(later, |context| retention::run(context, &world.workplace, |_| {}).unwrap());
        let certified = certified.unwrap();
        assert!(!certified.parts.is_empty(), "{engine}");
        for table in TABLES {
            assert_eq!(world.count(table), 0, "{engine}: {table}");
        }
    }
}

/// Finds these source identities to be someone's.
fn link(world: &World, number: u8, identities: &[IdentityId], to: usize) {
    let store = &world.workplace.store;
    let audit = AuditRecord {
        act: ActId::new(NOW, [number; 10]),
        at: NOW,
        commitment: leaf_hash(b"salt", b"payload"),
        salt: b"salt".to_vec(),
        payload: b"payload".to_vec(),
    };
    let mut set = ChangeSet::new(territory(), NOW, audit);
    for identity in identities {
        let links = store.read(territory(), |snapshot| snapshot.links_of_identity(*identity)).unwrap();
        set = set.with(Change::Link {
            identity: *identity,
            expected_link: links.iter().map(|link| link.link_no).max().unwrap(),
            person: world.people[to],
            new_person: false,
            decision: LinkDecision { score: None, evidence: None },
        });
    }
    store.apply(&set).unwrap();
}

#[test]
fn a_path_moves_with_the_link_of_its_carrier() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        let version = |whom: usize| world.path(20, world.head, whom).unwrap().version;
        let (anne, emma) = (version(ANNE), version(EMMA));
        let before = contents(&world.test);
        let links =
            world.workplace.store.read(territory(), |snapshot| snapshot.links_of_person(world.people[EMMA]));
        let emmas: Vec<IdentityId> = links.unwrap().iter().map(|link| link.identity).collect();
        // They are found to be one: both histories are hers, and she may be acted upon.
        link(&world, 1, &emmas, ANNE);
        assert_eq!(version(ANNE), anne + emma, "{engine}");
        assert!(world.path(20, world.head, EMMA).is_err(), "{engine}");
        let remade = world.at(20, world.head, |context| casework::due(context, &world.workplace).unwrap());
        assert_eq!(remade.remade, 1, "{engine}: one person, one entry");
        // That is undone: each has her own again, and so have the lists.
        link(&world, 2, &emmas, EMMA);
        assert_eq!((version(ANNE), version(EMMA)), (anne, emma), "{engine}");
        world.at(20, world.head, |context| casework::due(context, &world.workplace).unwrap());
        assert_eq!(contents(&world.test), before, "{engine}");
    }
}
