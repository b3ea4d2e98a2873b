//! What is due goes, from wherever it lay, on each engine; the log still verifies, and the certificate says what went.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

mod backups;
mod canaries;
mod erased;
mod runs;
mod spaces;
mod world;
