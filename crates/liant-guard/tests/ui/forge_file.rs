//! No file begins without its record.
use liant_guard::{BulkSession, Plan};

fn file(plan: &Plan) -> BulkSession<'_> {
    BulkSession { plan, people: Vec::new() }
}

fn main() {}
