//! Tests of the convention language and of the gate.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

mod common;
mod consents;
mod course;
mod found;
mod problems;
mod properties;
mod shipped;
mod together;
mod told;
