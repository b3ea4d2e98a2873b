//! The bytes of an entry.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use crate::common::entry;
use liant_audit::{Act, Entry, EntryError, Leaf, LeafError, PeopleBlock, verify::LARGEST_PAYLOAD};
use liant_model::{ActId, Actor, Instant, Party, PersonId, Purpose, Role, Territory};
use proptest::prelude::*;
use uuid::Uuid;

prop_compose! {
    fn any_entry()(
        id: u128, at: i64, name in ".{0,12}", os_user in prop::option::of(".{0,8}"), party in "[a-z0-9-]{1,20}",
        act in prop::sample::select(Act::ALL), subject in ".{0,30}", clauses in prop::collection::vec(".{0,12}", 0..4),
        counts in prop::collection::btree_map(".{0,8}", any::<u64>(), 0..5),
        people in prop::collection::vec(any::<u128>(), 0..6),
    ) -> Entry {
        Entry {
            id: ActId(Uuid::from_u128(id)),
            at: Instant::from_micros(at),
            actor: Actor { name, party: Party::parse(&party).unwrap(), role: Role::parse("dpo").unwrap(), os_user },
            purpose: Purpose::parse("follow-up").unwrap(),
            act,
            territory: Territory::parse("2A").unwrap(),
            subject,
            clauses,
            counts,
            people: PeopleBlock::new(people.into_iter().map(|id| PersonId(Uuid::from_u128(id)))),
        }
    }
}

proptest! {
    #[test]
    fn an_entry_reads_back_as_written(entry in any_entry()) {
        prop_assert_eq!(Entry::decode(&entry.encode()), Ok(entry));
    }

    #[test]
    fn an_altered_payload_is_refused_or_canonical(entry in any_entry(), place: prop::sample::Index, flip in 1_u8..) {
        let mut payload = entry.encode();
        let place = place.index(payload.len());
        payload[place] ^= flip;
        if let Ok(other) = Entry::decode(&payload) {
            prop_assert_eq!(other.encode(), payload);
            prop_assert_ne!(other, entry);
        }
    }

    #[test]
    fn a_cut_or_lengthened_payload_is_refused(entry in any_entry(), place: prop::sample::Index, more: u8) {
        let mut payload = entry.encode();
        // A cut between two optional fields leaves another valid entry; any other is refused.
        if let Ok(other) = Entry::decode(&payload[..place.index(payload.len())]) {
            prop_assert_ne!(&other, &entry);
        }
        payload.push(more);
        prop_assert!(Entry::decode(&payload).is_err());
    }

    #[test]
    fn foreign_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Entry::decode(&bytes);
        let _ = Entry::decode(&[&[1], bytes.as_slice()].concat());
    }
}

/// The table of the module, byte by byte. A change here is a change of version.
#[test]
fn the_encoding_is_the_documented_one() {
    let entry = Entry {
        id: ActId(Uuid::from_u128(0x0102_0304_0506_7708_890a_0b0c_0d0e_0f10)),
        at: Instant::from_micros(1),
        actor: Actor {
            name: "ann".to_owned(),
            party: Party::parse("caf").unwrap(),
            role: Role::parse("dpo").unwrap(),
            os_user: Some(String::new()),
        },
        purpose: Purpose::parse("p").unwrap(),
        act: Act::Read,
        territory: Territory::parse("62").unwrap(),
        subject: "s".to_owned(),
        clauses: vec!["c1".to_owned()],
        counts: [("n".to_owned(), 300)].into(),
        people: PeopleBlock::new([PersonId(Uuid::from_u128(5)), PersonId(Uuid::from_u128(5 | 1 << 32))]),
    };
    let mut expected = vec![1, 1, 16];
    expected.extend([1, 2, 3, 4, 5, 6, 0x77, 8, 0x89, 10, 11, 12, 13, 14, 15, 16]);
    expected.extend([2, 8, 0, 0, 0, 0, 0, 0, 0, 1]);
    expected.extend(b"\x03\x03ann\x04\x03caf\x05\x03dpo\x06\x00\x07\x01p\x08\x04read\x09\x0262\x0a\x01s");
    expected.extend(b"\x0b\x03\x02c1\x0c\x04\x01n\xac\x02");
    expected.extend([13, 18, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 2]);
    assert_eq!(entry.encode(), expected);
}

#[test]
fn wrong_payloads_are_explained() {
    let good = entry(3).encode();
    assert_eq!(Entry::decode(&[]), Err(EntryError::Version(0)));
    let later = [&[2], &good[1..]].concat();
    assert!(Entry::decode(&later).unwrap_err().to_string().contains("version 2"));
    assert_eq!(Entry::decode(&good[..1]), Err(EntryError::Field { tag: 1 }));
    let out_of_order = [&[1], &good[19..]].concat();
    assert_eq!(Entry::decode(&out_of_order), Err(EntryError::Field { tag: 1 }));
    assert_eq!(Entry::decode(&[&good[..], &[14, 0]].concat()), Err(EntryError::Trailing));
    let nobody = Entry { people: PeopleBlock::default(), ..entry(3) }.encode();
    assert_eq!(
        Entry::decode(&[&nobody[..], &[13, 0]].concat()),
        Err(EntryError::Field { tag: 13 }),
        "empty, not absent"
    );
    for names in [b"aa", b"ba"] {
        let [first, second] = *names;
        let counts = [12, 6, 1, first, 1, 1, second, 1];
        let bare = Entry { counts: [].into(), people: PeopleBlock::default(), ..entry(3) }.encode();
        assert_eq!(
            Entry::decode(&[&bare[..], &counts].concat()),
            Err(EntryError::Field { tag: 12 }),
            "{names:?}"
        );
    }
    let huge_length = [&[1, 1][..], &[0xff; 8], &[0x7f]].concat();
    assert_eq!(Entry::decode(&huge_length), Err(EntryError::Field { tag: 1 }));
}

#[test]
fn act_codes_are_unique_and_read_back() {
    for act in Act::ALL {
        assert_eq!(Act::from_code(act.code()), Some(*act));
    }
    assert_eq!(Act::from_code("nothing"), None);
}

#[test]
fn an_entry_too_large_to_export_is_refused() {
    let large = Entry { subject: "x".repeat(LARGEST_PAYLOAD), ..entry(1) };
    assert_eq!(Leaf::new(&large), Err(LeafError::TooLarge));
}

#[test]
fn one_entry_twice_gives_two_commitments() {
    let (one, two) = (Leaf::new(&entry(1)).unwrap(), Leaf::new(&entry(1)).unwrap());
    assert_eq!(one.payload, two.payload);
    assert_ne!(one.commitment(), two.commitment());
    assert_eq!(format!("{one:?}"), format!("Leaf({} bytes)", one.payload.len()));
}
