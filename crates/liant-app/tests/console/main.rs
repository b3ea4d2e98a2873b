//! The DPO's console: a convention suspended stops every way out, in every process; a breach concerns exactly whom the log says.

#![expect(clippy::unwrap_used, clippy::panic, reason = "test support: a failure here is a failed test")]

mod access;
mod breaches;
mod erasure;
mod limits;
mod processors;
mod requests;
mod suspended;
mod world;
