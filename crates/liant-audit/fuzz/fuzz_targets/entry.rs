//! Any bytes as an audit entry, and after the fields that every entry has. One entry has one encoding.
#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use liant_audit::{Act, Entry, PeopleBlock};
use liant_model::{ActId, Actor, Instant, Party, Purpose, Role, Territory, Uuid};
use libfuzzer_sys::fuzz_target;

static START: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let entry = Entry {
        id: ActId(Uuid::nil()),
        at: Instant::from_micros(0),
        actor: Actor {
            name: "a.technician".to_owned(),
            party: Party::parse("departement").unwrap(),
            role: Role::parse("technician").unwrap(),
            os_user: None,
        },
        purpose: Purpose::parse("orientation").unwrap(),
        act: Act::Checkpoint,
        territory: Territory::parse("62").unwrap(),
        subject: String::new(),
        clauses: Vec::new(),
        counts: BTreeMap::new(),
        people: PeopleBlock::default(),
    };
    entry.encode()
});

fuzz_target!(|bytes: &[u8]| {
    for payload in [bytes.to_vec(), [&START, bytes].concat()] {
        if let Ok(entry) = Entry::decode(&payload) {
            assert_eq!(entry.encode(), payload);
        }
    }
});
