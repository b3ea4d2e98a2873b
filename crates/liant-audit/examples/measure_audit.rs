//! What the log costs: `cargo run --release -p liant-audit --example measure_audit`.
#![expect(clippy::print_stdout, reason = "a measuring tool")]

use std::{error::Error, hint::black_box, time::Instant as Stopwatch};

use liant_audit::{
    Act, Entry, Leaf, LogWriter, PeopleBlock,
    verify::{Checkpoint, Frontier, Verifier, verify_export},
};
use liant_model::{ActId, Actor, BulkIds, Instant, Party, PersonId, Purpose, Role, Territory};

const LEAVES: u32 = 200_000;
const PEOPLE: u32 = 1_000_000;

fn rate<T>(name: &str, count: u32, work: impl FnOnce() -> T) -> T {
    let start = Stopwatch::now();
    let result = black_box(work());
    println!("{name}: {:.2} M/s", f64::from(count) / start.elapsed().as_secs_f64() / 1e6);
    result
}

fn main() -> Result<(), Box<dyn Error>> {
    let at = Instant::from_micros(1_790_000_000_000_000);
    let mut ids = BulkIds::new(at, [7; 10]);
    let people: Vec<PersonId> = (0..PEOPLE).map(|_| ids.next_id()).collect();
    let block = rate("people listed", PEOPLE, || PeopleBlock::new(people.iter().copied()));
    println!("bytes a person: {:.2}", block.as_bytes().len() as f64 / f64::from(PEOPLE));
    rate("people read back", PEOPLE, || PeopleBlock::from_bytes(block.as_bytes()).map(|block| block.len()))?;
    rate("people searched for the last", PEOPLE, || people.last().map(|last| block.contains(*last)));

    let entry = Entry {
        id: ActId::new(at, [1; 10]),
        at,
        actor: Actor {
            name: "adviser".to_owned(),
            party: Party::parse("departement-62")?,
            role: Role::parse("adviser")?,
            os_user: None,
        },
        purpose: Purpose::parse("follow-up")?,
        act: Act::Read,
        territory: Territory::parse("62")?,
        subject: "person page".to_owned(),
        clauses: vec!["rsa-62/4.1".to_owned()],
        counts: [("fields".to_owned(), 31)].into(),
        people: PeopleBlock::new(people.iter().copied().take(1)),
    };
    println!("bytes an entry: {}", entry.encode().len());
    let leaves: Vec<Leaf> =
        rate("leaves made", LEAVES, || (0..LEAVES).map(|_| Leaf::new(&entry)).collect::<Result<_, _>>())?;
    let log: Vec<_> = leaves.into_iter().zip(0..).map(|(leaf, index)| leaf.at(index)).collect();
    let frontier = rate("leaves appended", LEAVES, || {
        let mut frontier = Frontier::default();
        for leaf in &log {
            frontier.append(leaf.commitment, |_| ());
        }
        frontier
    });
    let origin = "liant.example/audit/62";
    let signed =
        [Checkpoint { origin: origin.to_owned(), size: frontier.size(), root: frontier.root(), time: 0 }];
    rate("leaves verified", LEAVES, || {
        let mut verifier = Verifier::new(origin, &signed)?;
        log.iter().try_for_each(|leaf| verifier.push(leaf))?;
        verifier.finish()
    })?;
    let mut writer = LogWriter::new(Vec::new(), origin)?;
    log.iter().try_for_each(|leaf| writer.write(leaf))?;
    let file = writer.finish()?;
    rate("leaves verified from an export", LEAVES, || verify_export(file.as_slice(), &signed))?;
    Ok(())
}
