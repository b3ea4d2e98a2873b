//! The content is no public field.
use liant_guard::GuardedFacts;
use liant_model::Facts;

fn peek(facts: GuardedFacts) -> Facts {
    facts.content
}

fn main() {}
