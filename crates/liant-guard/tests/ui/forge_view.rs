//! Only a plan makes views.
use liant_guard::{Subject, View};
use liant_model::Source;

fn view(subject: Subject) -> View {
    View::new(subject, Source::CNAF, Vec::new(), 0, Vec::new().into())
}

fn main() {}
