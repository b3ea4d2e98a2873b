//! The gate against the oracle.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking, as tests do")]

mod classes;
mod court;
mod generated;
mod shipped;
