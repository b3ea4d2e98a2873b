//! What the press makes, judged by two readers of PDF that share no code with what writes it: `lopdf`, and poppler's programs.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "test support: a failure here is a failed test"
)]

mod faults;
mod program;
mod reader;
mod samples;
mod signs;
mod world;
