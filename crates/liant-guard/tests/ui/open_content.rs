//! No accessor opens sealed facts.
use liant_guard::GuardedFacts;

fn peek(facts: &GuardedFacts) -> usize {
    facts.content().as_bytes().len()
}

fn main() {}
