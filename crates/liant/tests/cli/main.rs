//! The `liant` command from end to end, on each engine: what a technician does, what bad input gets, what a crash leaves.

#![expect(clippy::unwrap_used, clippy::panic, reason = "test support: a failure here is a failed test")]

mod accounts;
mod answers;
mod audit;
mod casework;
mod child;
mod conventions;
mod crash;
mod decisions;
mod files;
mod gate;
mod installation;
mod keeping;
mod keys;
mod matching;
mod month;
mod privacy;
mod programmes;
mod refused;
mod rejected;
mod rows;
mod serving;
mod setting_up;
mod story;
mod tolerated;
mod words;
