//! A small invented log.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_audit::{
    Act, Entry, Leaf, LogWriter, PeopleBlock, SigningKey,
    verify::{Checkpoint, Frontier, Hash, StoredLeaf, TileNode},
};
use liant_model::{ActId, Actor, BulkIds, Instant, Party, Purpose, Role, Territory};

pub(crate) const ORIGIN: &str = "liant.example/audit/62";
const START: i64 = 1_790_000_000_000_000;

pub(crate) fn entry(number: u8) -> Entry {
    let at = Instant::from_micros(START + i64::from(number) * 1_000_000);
    let mut ids = BulkIds::new(at, [number; 10]);
    Entry {
        id: ActId::new(at, [number; 10]),
        at,
        actor: Actor {
            name: "technician".to_owned(),
            party: Party::parse("departement-62").unwrap(),
            role: Role::parse("technician").unwrap(),
            os_user: number.is_multiple_of(2).then(|| "svc".to_owned()),
        },
        purpose: Purpose::parse("orientation").unwrap(),
        act: Act::ALL[usize::from(number) % Act::ALL.len()],
        territory: Territory::parse("62").unwrap(),
        subject: format!("file {number}"),
        clauses: vec!["rsa-62/4.1".to_owned(), "rsa-62/4.2".to_owned()],
        counts: [("read".to_owned(), 1000), ("rejected".to_owned(), u64::from(number))].into(),
        people: PeopleBlock::new((0..number).map(|_| ids.next_id())),
    }
}

/// The first `size` leaves of the log.
pub(crate) fn leaves(size: u8) -> Vec<StoredLeaf> {
    (0..size).map(|number| Leaf::new(&entry(number)).unwrap().at(u64::from(number))).collect()
}

/// The edge and the tile nodes of these leaves.
pub(crate) fn grow(leaves: impl IntoIterator<Item = Hash>) -> (Frontier, Vec<TileNode>) {
    let (mut frontier, mut tiles) = (Frontier::default(), Vec::new());
    for leaf in leaves {
        frontier.append(leaf, |tile| tiles.push(tile));
    }
    (frontier, tiles)
}

/// The checkpoint of these leaves.
pub(crate) fn checkpoint(leaves: &[StoredLeaf]) -> Checkpoint {
    let (frontier, _) = grow(leaves.iter().map(|leaf| leaf.commitment));
    Checkpoint { origin: ORIGIN.to_owned(), size: frontier.size(), root: frontier.root(), time: START }
}

/// Their export.
pub(crate) fn export(leaves: &[StoredLeaf]) -> Vec<u8> {
    let mut writer = LogWriter::new(Vec::new(), ORIGIN).unwrap();
    for leaf in leaves {
        writer.write(leaf).unwrap();
    }
    writer.finish().unwrap()
}

pub(crate) fn signing_key() -> SigningKey {
    SigningKey::generate(ORIGIN).unwrap()
}
