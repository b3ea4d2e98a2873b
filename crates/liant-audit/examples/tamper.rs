//! Tampers with an export in every way and counts what the verifier misses:
//! `cargo run --release -p liant-audit --example tamper -- [KiB of log] [other tamperings]`.
//!
//! Every byte is changed in turn; then rows are deleted, swapped, cut off the end or rolled back, at random (fixed seed),
//! half of them renumbered to cover the tracks. The checkpoint over the whole log is kept by someone else.
#![expect(clippy::print_stdout, reason = "a measuring tool")]

use std::{env, error::Error, time::Instant};

use liant_audit::{
    LogWriter,
    verify::{Checkpoint, Frontier, StoredLeaf, leaf_hash, verify_export},
};

const ORIGIN: &str = "liant.example/audit/62";

/// xorshift64: reproducible, and enough to choose rows.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn leaf(number: u64, random: &mut Random) -> StoredLeaf {
    let payload: Vec<u8> = (0..100 + random.below(200)).map(|_| random.below(256) as u8).collect();
    let salt = [random.below(256) as u8; 16];
    StoredLeaf { index: number, commitment: leaf_hash(&salt, &payload), opening: Some((salt, payload)) }
}

fn export(log: &[StoredLeaf]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut writer = LogWriter::new(Vec::new(), ORIGIN)?;
    log.iter().try_for_each(|leaf| writer.write(leaf))?;
    Ok(writer.finish()?)
}

fn tamper(log: &mut Vec<StoredLeaf>, random: &mut Random) {
    let (size, kind) = (log.len(), random.below(4));
    match kind {
        0 => drop(log.remove(random.below(size))),
        1 => {
            let left = random.below(size);
            let right = (left + 1 + random.below(size - 1)) % size;
            log.swap(left, right);
        }
        _ => log.truncate(random.below(size)),
    }
    if kind == 3 {
        // Rolled back, then grown to its old size with other acts.
        (log.len()..size).for_each(|number| log.push(leaf(number as u64, random)));
    }
    if random.below(2) == 0 {
        log.iter_mut().zip(0..).for_each(|(leaf, index)| leaf.index = index);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1).map(|word| word.parse::<usize>());
    let (kib, others) = (arguments.next().unwrap_or(Ok(64))?, arguments.next().unwrap_or(Ok(1000))?);
    let (mut random, mut log) = (Random(0x9e37_79b9_7f4a_7c15), Vec::new());
    let (mut frontier, mut bytes) = (Frontier::default(), 0);
    while bytes < kib * 1024 {
        let leaf = leaf(frontier.size(), &mut random);
        bytes += 48 + leaf.opening.as_ref().map_or(0, |(_, payload)| payload.len());
        frontier.append(leaf.commitment, |_| ());
        log.push(leaf);
    }
    let signed =
        [Checkpoint { origin: ORIGIN.to_owned(), size: frontier.size(), root: frontier.root(), time: 0 }];
    let mut file = export(&log)?;
    verify_export(file.as_slice(), &signed)?;

    let (start, mut missed) = (Instant::now(), 0);
    for place in 0..file.len() {
        let mask = 1 << random.below(8);
        file[place] ^= mask;
        missed += usize::from(verify_export(file.as_slice(), &signed).is_ok());
        file[place] ^= mask;
    }
    println!(
        "{} rows, {} bytes, each flipped once: {missed} missed, {:.0?}",
        log.len(),
        file.len(),
        start.elapsed()
    );

    let (start, mut missed) = (Instant::now(), 0);
    for _ in 0..others {
        let mut altered = log.clone();
        tamper(&mut altered, &mut random);
        missed += usize::from(verify_export(export(&altered)?.as_slice(), &signed).is_ok());
    }
    println!("{others} deletions, swaps, truncations, rollbacks: {missed} missed, {:.0?}", start.elapsed());
    Ok(())
}
