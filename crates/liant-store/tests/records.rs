//! Records that many write at once: each lasts, in its place in the log, and one that is refused refuses no other.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use liant_audit::PeopleBlock;
use liant_audit::verify::leaf_hash;
use liant_model::{ActId, Instant, PersonId, Territory};
use liant_store::{AuditRecord, Change, ChangeSet, DisclosureRow, Store, StoreAddress, StoreError};
use testkit::every_engine;

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn record(number: u8) -> ChangeSet {
    let (salt, payload) = (vec![number; 16], vec![number; 40]);
    let act = ActId::new(NOW, [number; 10]);
    let at = Instant::from_micros(NOW.micros() + i64::from(number));
    let commitment = leaf_hash(&salt, &payload);
    let row = DisclosureRow {
        act,
        at,
        actor: "someone".to_owned(),
        recipient: "departement-62/adviser".to_owned(),
        clauses: "a clause".to_owned(),
        fields: [number; 16],
        people: PeopleBlock::new([PersonId::new(NOW, [number; 10])]).as_bytes().to_vec(),
        what: "person".to_owned(),
        kind: Some("read".to_owned()),
        purposes: "follow-up".to_owned(),
        organisation: None,
    };
    let audit = AuditRecord { act, at, commitment, salt, payload };
    ChangeSet::new(territory(), at, audit).with(Change::Disclosure(row))
}

#[test]
fn many_at_once_each_last_in_their_place() {
    for test in every_engine() {
        let store = &test.store;
        store.ensure_territory(territory()).unwrap();
        store.record(record(1)).unwrap();
        std::thread::scope(|scope| {
            for first in [2_u8, 22, 42, 62] {
                scope.spawn(move || {
                    for number in first..first + 20 {
                        store.record(record(number)).unwrap();
                        // The same act again: refused, alone.
                        assert!(store.record(record(1)).is_err());
                    }
                });
            }
        });
        let mut leaves = Vec::new();
        store
            .audit_log(territory(), |leaf| {
                leaves.push(leaf);
                Ok(())
            })
            .unwrap();
        let places: Vec<u64> = leaves.iter().map(|leaf| leaf.index).collect();
        assert_eq!(places, (0..81).collect::<Vec<_>>(), "{}", test.engine);
        assert_eq!(store.audit_frontier(territory()).unwrap().parts().0, 81);
        assert_eq!(test.rows("62", "SELECT act_id FROM access_record").len(), 81, "{}", test.engine);
    }
}

#[test]
fn a_record_changes_nothing_else() {
    for test in every_engine() {
        test.store.ensure_territory(territory()).unwrap();
        let feed = Change::CalendarFeed { account: "someone".to_owned(), token_hash: vec![1; 32] };
        let refused = test.store.record(record(1).with(feed));
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{}", test.engine);
    }
}

#[test]
fn a_new_store_is_opened_by_several_at_once() {
    for test in every_engine() {
        let address = match &test.address {
            StoreAddress::Sqlite(path) => StoreAddress::Sqlite(path.with_file_name("new.db")),
            server @ StoreAddress::Postgres(_) => server.clone(),
        };
        for _ in 0..8 {
            if let StoreAddress::Sqlite(path) = &address {
                let _ = std::fs::remove_file(path);
            }
            std::thread::scope(|scope| {
                let opened: Vec<_> =
                    (0..6).map(|_| scope.spawn(|| Store::open(&address).map(drop))).collect();
                for one in opened {
                    one.join().unwrap().unwrap_or_else(|fault| panic!("{}: {fault}", test.engine));
                }
            });
        }
    }
}
