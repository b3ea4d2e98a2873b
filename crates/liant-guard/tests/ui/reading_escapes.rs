//! What the software reads for its own work stays in the closure it reads it in.
use liant_guard::{GuardedFacts, Reading, UsePlan};

fn smuggle<'f>(plan: &UsePlan, facts: &'f GuardedFacts) -> Option<Reading<'f>> {
    plan.read(facts, |reading| reading)
}

fn main() {}
