//! Sealed facts do not print.
use liant_guard::{GuardedFacts, GuardedNir};

fn log(facts: &GuardedFacts, nir: &GuardedNir) -> String {
    format!("{facts:?} {nir}")
}

fn main() {}
