//! Who was shown what of a person: the index answers what the records say, for acts on few and on many, also once the store has
//! moved to another engine.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use std::io::Cursor;

use liant_audit::verify::leaf_hash;
use liant_audit::{Act, Entry, PeopleBlock};
use liant_model::{ActId, Actor, BulkIds, Instant, PersonId, Territory};
use liant_store::{AuditRecord, Change, ChangeSet, DisclosureRow, Store};
use testkit::every_engine;

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

fn territory() -> Territory {
    "62".parse().unwrap()
}

fn people() -> Vec<PersonId> {
    let mut ids = BulkIds::new(NOW, [7; 10]);
    (0..9_000).map(|_| ids.next_id()).collect()
}

/// An act on some of the people: its record, and who was in it.
fn act(number: u16, concerned: Vec<PersonId>) -> (ChangeSet, Vec<PersonId>) {
    let [high, low] = number.to_be_bytes();
    let id = ActId::new(NOW, [high, low, 1, 1, 1, 1, 1, 1, 1, 1]);
    let at = Instant::from_micros(NOW.micros() + i64::from(number));
    let block = PeopleBlock::new(concerned.iter().copied());
    let entry = Entry {
        id,
        at,
        actor: Actor {
            name: "someone".into(),
            party: "departement-62".parse().unwrap(),
            role: "adviser".parse().unwrap(),
            os_user: None,
        },
        purpose: "follow-up".parse().unwrap(),
        act: Act::Read,
        territory: territory(),
        subject: "person".into(),
        clauses: Vec::new(),
        counts: std::collections::BTreeMap::new(),
        people: block.clone(),
    };
    let (salt, payload) = (vec![low; 32], entry.encode());
    let audit = AuditRecord { act: id, at, commitment: leaf_hash(&salt, &payload), salt, payload };
    let row = DisclosureRow {
        act: id,
        at,
        actor: "someone".into(),
        recipient: "departement-62/adviser".into(),
        clauses: "a clause".into(),
        fields: [low; 16],
        people: block.as_bytes().to_vec(),
        what: format!("act {number}"),
        kind: Some("read".into()),
        purposes: "follow-up".into(),
        organisation: None,
    };
    (ChangeSet::new(territory(), at, audit).with(Change::Disclosure(row)), concerned)
}

/// Acts of one, of a page, of the most that have a row each, of one more, and of files.
fn acts(people: &[PersonId]) -> Vec<(ChangeSet, Vec<PersonId>)> {
    let some = |step: usize, most: usize| people.iter().copied().step_by(step).take(most).collect::<Vec<_>>();
    let sets =
        [some(1, 1), some(7, 50), some(3, 200), some(3, 201), some(2, 5_000), some(1, 9_000), Vec::new()];
    (0_u16..).zip(sets).map(|(number, set)| act(number, set)).collect()
}

/// What the index says of some people, and what the records do.
fn holds(store: &Store, engine: &str, people: &[PersonId], acts: &[(ChangeSet, Vec<PersonId>)]) {
    let stranger = PersonId::new(NOW, [9; 10]);
    let asked = people.iter().step_by(499).chain(people.last()).chain([&stranger]);
    for person in asked {
        let expected: Vec<String> = acts
            .iter()
            .enumerate()
            .filter(|(_, (_, concerned))| concerned.contains(person))
            .map(|(number, _)| format!("act {number}"))
            .collect();
        let since = |since| store.read(territory(), |snapshot| snapshot.releases_of(*person, since)).unwrap();
        let found = since(Instant::from_micros(0));
        let what: Vec<String> = found.iter().map(|row| row.what.clone()).collect();
        assert_eq!(what, expected, "{engine}");
        assert!(found.iter().all(|row| row.purposes == ["follow-up"]), "{engine}");
        assert!(found.iter().all(|row| row.kind.as_deref() == Some("read")), "{engine}");
        let late = since(Instant::from_micros(NOW.micros() + 5));
        assert!(late.iter().all(|row| row.what == "act 5" || row.what == "act 6"), "{engine}");
    }
}

#[test]
fn the_index_says_what_the_records_say() {
    let people = people();
    let mut exported: Vec<Vec<u8>> = Vec::new();
    for test in every_engine() {
        let acts = acts(&people);
        test.store.ensure_territory(territory()).unwrap();
        for (set, _) in &acts {
            test.store.record(set.clone()).unwrap();
        }
        holds(&test.store, test.engine, &people, &acts);
        let mut bytes = Vec::new();
        test.store.export(&mut bytes).unwrap();
        exported.push(bytes);
    }
    // A store that was moved has the records, and indexes them when it is first asked.
    for (bytes, test) in exported.iter().rev().zip(every_engine()) {
        test.store.import(Cursor::new(bytes)).unwrap();
        let person = people[0];
        let before = test
            .store
            .read(territory(), |snapshot| snapshot.releases_of(person, Instant::from_micros(0)))
            .unwrap();
        assert!(before.is_empty(), "{}", test.engine);
        test.store.index_readings(territory()).unwrap();
        test.store.index_readings(territory()).unwrap();
        holds(&test.store, test.engine, &people, &acts(&people));
    }
}
