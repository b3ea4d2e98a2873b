//! Accompaniments from proposal to exit, with several professionals: on each engine.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

mod appointments;
mod archive;
mod caf;
mod counted;
mod evidence;
mod falls_due;
mod forms;
mod hers;
mod kept;
mod letters;
mod liaison;
mod lists;
mod minutes;
mod races;
mod record;
mod rsa;
mod scope;
mod story;
mod ties;
mod witnesses;
mod world;
