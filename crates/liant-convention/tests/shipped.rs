//! The shipped files: they have no problem, and the matrix of what they let out is a committed snapshot.

use liant_convention::{Gate, SHIPPED, check};

#[test]
fn the_shipped_files_have_no_problem() {
    for (name, text) in SHIPPED {
        let checked = check(name, text);
        let problems: Vec<_> = checked.problems.iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert!(checked.convention.is_some());
    }
    let files = SHIPPED.iter().filter_map(|(name, text)| check(name, text).convention);
    assert!(Gate::new(files.collect()).is_ok());
}
