//! A plan opens nothing by itself, and a session keeps its views until the record is written.
use liant_guard::{GuardedFacts, Plan, Session, View};

fn open(plan: &Plan, facts: &GuardedFacts) -> Option<View> {
    plan.open(facts)
}

fn look(session: Session<'_>) -> Vec<View> {
    session.views
}

fn main() {}
