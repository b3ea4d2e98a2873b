//! Values sealed, opened and indexed a second on one core: `cargo run --release -p liant-vault --example measure_vault`.
#![expect(clippy::print_stdout, reason = "a measuring tool")]

use std::{hint::black_box, time::Instant};

use liant_vault::{Domain, Keyring, Protection, VaultError};

const TIMES: u32 = 1_000_000;

fn rate(name: &str, mut work: impl FnMut(u32) -> Result<(), VaultError>) -> Result<(), VaultError> {
    let start = Instant::now();
    for turn in 0..TIMES {
        work(turn)?;
    }
    println!("{name}: {:.2} M/s", f64::from(TIMES) / start.elapsed().as_secs_f64() / 1e6);
    Ok(())
}

fn main() -> Result<(), VaultError> {
    let ring = Keyring::generate(liant_model::Instant::default())?;
    let other = Keyring::from_text(&ring.to_text(Protection::Clear)?, Protection::Clear)?;
    let (aad, nir) = ([7; 32], *b"1809975123456");
    let sealed = ring.seal(Domain::Nir, &aad, &nir)?;
    for _ in 0..3 {
        rate("seal", |turn| {
            black_box(ring.seal(Domain::Nir, &aad, &[turn.to_be_bytes().as_slice(), &nir[4..]].concat())?);
            Ok(())
        })?;
        rate("open, same session", |_| {
            ring.open(Domain::Nir, &aad, &sealed).map(|value| drop(black_box(value)))
        })?;
        rate("open, other session", |_| {
            other.open(Domain::Nir, &aad, &sealed).map(|value| drop(black_box(value)))
        })?;
        rate("blind index", |turn| {
            black_box(ring.blind_index(Domain::Nir, &turn.to_be_bytes()));
            Ok(())
        })?;
    }
    Ok(())
}
