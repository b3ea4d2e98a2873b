//! How long it takes to say who was shown what of a person: files of a million people, and as many acts on few as a year has.
//! `cargo run --release -p liant-store --example who_read_speed -- FOLDER [FILES] [PEOPLE]`

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement: it ends when something is wrong"
)]

use std::path::PathBuf;
use std::time::Instant as Stopwatch;

use liant_audit::PeopleBlock;
use liant_model::{ActId, BulkIds, Instant, PersonId, Territory};
use liant_store::{AuditRecord, Change, ChangeSet, DisclosureRow, Store, StoreAddress};

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);
const SMALL: u32 = 20_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "/tmp/who-read".to_owned()));
    let files: u32 = arguments.next().map_or(60, |text| text.parse().unwrap());
    let people: usize = arguments.next().map_or(1_000_000, |text| text.parse().unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let store = Store::open(&StoreAddress::Sqlite(folder.join("liant.db"))).unwrap();
    let territory: Territory = "62".parse().unwrap();
    store.ensure_territory(territory).unwrap();
    let mut ids = BulkIds::new(NOW, [7; 10]);
    let everyone: Vec<PersonId> = (0..people).map(|_| ids.next_id()).collect();
    let record = |number: u32, concerned: &mut dyn Iterator<Item = PersonId>| {
        let [a, b, c, d] = number.to_be_bytes();
        // The bytes before hold the version and the variant of the id in part.
        let act = ActId::new(NOW, [0, 0, 0, a, b, c, d, 0, 0, 0]);
        let at = Instant::from_micros(NOW.micros() + i64::from(number));
        let row = DisclosureRow {
            act,
            at,
            actor: "someone".to_owned(),
            recipient: "departement-62/adviser".to_owned(),
            clauses: "a clause".to_owned(),
            fields: [1; 16],
            people: PeopleBlock::new(concerned).as_bytes().to_vec(),
            what: "person".to_owned(),
            kind: Some("read".to_owned()),
            purposes: "follow-up".to_owned(),
            organisation: None,
        };
        let audit = AuditRecord { act, at, commitment: [d; 32], salt: vec![d; 32], payload: vec![d; 40] };
        store.record(ChangeSet::new(territory, at, audit).with(Change::Disclosure(row))).unwrap();
    };
    let begun = Stopwatch::now();
    for file in 0..files {
        record(file, &mut everyone.iter().copied());
    }
    let each = begun.elapsed() / files.max(1);
    println!("a file of {people} people, recorded and indexed: {each:.1?}");
    let begun = Stopwatch::now();
    for act in 0..SMALL {
        let start = (act as usize * 50) % people.saturating_sub(50).max(1);
        record(files + act, &mut everyone.iter().copied().skip(start).take(50));
    }
    println!("a page of 50 people, recorded and indexed: {:.2?}", begun.elapsed() / SMALL);
    for person in [everyone.first(), everyone.get(people / 2), everyone.last()].into_iter().flatten() {
        let begun = Stopwatch::now();
        let found = store.read(territory, |snapshot| snapshot.releases_of(*person, Instant::from_micros(0)));
        println!("who read a person: {} acts in {:.1?}", found.unwrap().len(), begun.elapsed());
    }
}
