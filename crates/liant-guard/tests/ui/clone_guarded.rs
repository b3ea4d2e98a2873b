//! Sealed facts do not copy.
use liant_guard::GuardedFacts;

fn copy(facts: &GuardedFacts) -> GuardedFacts {
    facts.clone()
}

fn main() {}
