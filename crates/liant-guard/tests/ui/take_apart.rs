//! Sealed facts cannot be taken apart.
use liant_guard::GuardedFacts;
use liant_model::Facts;

fn take_apart(facts: GuardedFacts) -> Facts {
    let GuardedFacts { content, .. } = facts;
    content
}

fn main() {}
