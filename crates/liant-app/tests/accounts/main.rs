//! Accounts from the first admin to the last sign-out, on each engine.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

mod access;
mod coming_in;
mod forgotten;
mod providers;
mod world;
