//! The `liant` command.
fn main() {}
