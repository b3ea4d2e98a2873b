//! The gate against the oracle on as many drawn decisions as asked for:
//! `cargo run --release -p oracle --example agree -- 5000000`. One JSON object for each figure.
#![expect(clippy::print_stdout, reason = "an example that prints its figures")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a disagreement ends it, as it ends a test")]
#![expect(dead_code, reason = "the court of the tests answers questions that are not put here")]

#[path = "../tests/it/court.rs"]
mod court;
#[path = "../tests/it/generated.rs"]
mod generated;

use std::time::Instant;

fn main() {
    let wanted: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2_000_000);
    let worlds = wanted.div_ceil(generated::OF_A_WORLD as u64);
    let started = Instant::now();
    let mut decisions = 0;
    // Other seeds than those of the tests.
    for first in (0..worlds).step_by(250) {
        let seeds = 1_000_000 + first..1_000_000 + worlds.min(first + 250);
        decisions += generated::worlds(seeds);
    }
    println!("{{\"decisions\": {decisions}, \"seconds\": {:.1}}}", started.elapsed().as_secs_f64());
}
