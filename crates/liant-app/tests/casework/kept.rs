//! What is kept of accompaniments: moved whole to another store, destroyed at the term, and nothing personal in it but codes.

use liant_app::casework::Asked;
use liant_app::{casework, directory, retention};
use liant_audit::verify::leaf_hash;
use liant_model::{ActId, IdentityId, Instant};
use liant_store::{AuditRecord, Change, ChangeSet, LinkDecision, Store};

use crate::liaison::signed_here;
use crate::races::{carrier, literal};
use crate::world::{ANNE, EMMA, LEA, NOW, World, code, done, every_engine, met, territory};

const TABLES: [&str; 6] =
    ["casework_event", "casework_head", "casework_place", "casework_alert", "casework_tie", "liaison_form"];

/// 15 January 2035.
const LATER: i64 = 2_052_468_000_000_000;

fn contents(test: &testkit::TestStore) -> Vec<String> {
    let rows = TABLES.iter().flat_map(|table| test.rows("62", &format!("SELECT * FROM {table}")));
    let mut rows: Vec<String> = rows.collect();
    rows.sort_unstable();
    rows
}

fn filled(world: &World) {
    world.enter(ANNE);
    world.act(0, world.yann, EMMA, signed_here());
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

/// Destroys what is due on 15 January 2035, when every time of the shipped files is over, of whom the next month's files no longer hold;
/// gives how many parts went.
fn destroyed(world: &World) -> usize {
    leave_the_files(world);
    destroyed_again(world)
}

/// The files of the next month, with Léa alone.
fn leave_the_files(world: &World) {
    let lea = ["CARLIER", "LEA", "1985-07-07", "62193", "1000003C"];
    world.load(crate::world::after(40), ("2026-11-01", "2026-11-30"), &[lea]);
    assert!(world.people.len() > LEA);
}

fn destroyed_again(world: &World) -> usize {
    let later = Instant::from_micros(LATER);
    directory::refresh(&world.workplace, territory(), later).unwrap();
    let certified =
        world.run_later(later, |context| retention::run(context, &world.workplace, |_| {}).unwrap());
    certified.map_or(0, |certificate| certificate.parts.len())
}

fn end_both(world: &World) {
    world.act(150, world.yann, ANNE, vec![done("review"), met("interview")]);
    world.act(150, world.yann, ANNE, vec![Asked::End { exit: code("training"), next: None }]);
    world.act(21, world.yann, EMMA, vec![Asked::Withdraw]);
}

#[test]
fn it_goes_with_the_person() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        end_both(&world);
        assert!(destroyed(&world) > 0, "{engine}");
        for table in TABLES {
            assert_eq!(world.count(table), 0, "{engine}: {table}");
        }
    }
}

#[test]
fn what_is_under_way_is_never_destroyed() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        let before = contents(&world.test);
        let (follows, given) = (world.count("follow"), world.count("designation"));
        assert!(destroyed(&world) > 0, "{engine}: what files said of them goes");
        assert_eq!(contents(&world.test), before, "{engine}: and all of their paths stays");
        assert_eq!((world.count("follow"), world.count("designation")), (follows, given), "{engine}");
        assert_eq!(destroyed_again(&world), 0, "{engine}: a second run finds nothing");
    }
}

#[test]
fn a_path_that_is_acted_upon_while_it_goes_stays_whole() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        end_both(&world);
        leave_the_files(&world);
        let hers = literal(&world, carrier(&world, EMMA));
        let events =
            world.test.rows("62", &format!("SELECT 1 FROM casework_event WHERE identity_id = {hers}")).len();
        // Somebody records something on Emma's path after the run has looked at it, and before it takes it away.
        let acted = format!(
            "UPDATE link SET ended_at = ended_at WHERE territory_id = '62' AND identity_id = {hers};
             INSERT INTO casework_event (territory_id, identity_id, nth, recorded_at, recorded_by, organisation_id, party,
                 register, about_id, body)
             SELECT territory_id, identity_id, 99, {LATER} + 1, recorded_by, organisation_id, party, register, about_id, body
             FROM casework_event WHERE territory_id = '62' AND identity_id = {hers} AND nth = 1"
        );
        world.test.commit_under("62", &acted, || {
            destroyed_again(&world);
        });
        assert_eq!(world.count("casework_event"), events + 1, "{engine}: hers, and no other");
    }
}

#[test]
fn a_path_of_two_carriers_is_not_cut_in_two() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        // Anne's accompaniment is over, Emma's proposal is under way: they are found to be one.
        world.act(150, world.yann, ANNE, vec![done("review"), met("interview")]);
        world.act(150, world.yann, ANNE, vec![Asked::End { exit: code("training"), next: None }]);
        let emmas =
            world.workplace.store.read(territory(), |snapshot| snapshot.links_of_person(world.people[EMMA]));
        let emmas: Vec<IdentityId> = emmas.unwrap().iter().map(|link| link.identity).collect();
        link(&world, 1, &emmas, ANNE);
        let events = world.count("casework_event");
        destroyed(&world);
        assert_eq!(world.count("casework_event"), events, "{engine}");
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
    // The lists hang on the older history: whichever moves, both find theirs again.
    for (moved, kept) in [(EMMA, ANNE), (ANNE, EMMA)] {
        for world in every_engine() {
            let engine = world.test.engine;
            filled(&world);
            let version = |whom: usize| world.path(20, world.head, whom).unwrap().version;
            let (anne, emma) = (version(ANNE), version(EMMA));
            let before = contents(&world.test);
            let links = world
                .workplace
                .store
                .read(territory(), |snapshot| snapshot.links_of_person(world.people[moved]));
            let theirs: Vec<IdentityId> = links.unwrap().iter().map(|link| link.identity).collect();
            // They are found to be one: both histories are hers, and she may be acted upon.
            link(&world, 1, &theirs, kept);
            assert_eq!(version(kept), anne + emma, "{engine}");
            assert!(world.path(20, world.head, moved).is_err(), "{engine}");
            let remade =
                world.at(20, world.head, |context| casework::due(context, &world.workplace).unwrap());
            assert_eq!(remade.remade, 1, "{engine}: one person, one entry");
            // That is undone: each has her own again, and so have the lists.
            link(&world, 2, &theirs, moved);
            assert_eq!((version(ANNE), version(EMMA)), (anne, emma), "{engine}");
            world.at(20, world.head, |context| casework::due(context, &world.workplace).unwrap());
            assert_eq!(contents(&world.test), before, "{engine}: {moved} moved");
        }
    }
}
