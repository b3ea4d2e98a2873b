//! Outside code cannot open what is sealed, forge what opens it, or see anything before the record is written.

#[test]
fn outside_code_cannot_go_around_the_guard() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
