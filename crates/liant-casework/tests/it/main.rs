//! Programmes, paths, clocks and caseloads, from outside.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "test support: a failure here is a failed test"
)]
#![expect(clippy::type_complexity, reason = "a table of cases is read by its rows")]

mod accompanied;
mod appointments;
mod calendar;
mod caseload;
mod clocks;
mod committee;
mod entry;
mod files;
mod journal;
mod minutes;
mod oracle;
mod paths;
mod record;
mod rsa;
mod stay;
mod story;
