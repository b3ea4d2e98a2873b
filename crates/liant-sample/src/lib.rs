//! Invented territories, their people and their files, for demonstrations and tests.
//!
//! Nothing here shares code with the readers: files are written by a plain writer of bytes, so that a reader is
//! judged by a hand that is not its own. Nobody in these files exists.
//!
//! * [`World`] lives through months: people, households, spells on the RSA and on the register, moves, weddings.
//!   Each [`MonthView`] writes what France Travail, the CNAF and the Département know at its end, with the errors of
//!   each, and the truth.
//! * [`sample`] streams a file of any size, sound or with a [`Defect`] on purpose.
//!
//! Same options and same seed give the same bytes on every machine: no clock, no global state, no floating point.

mod birth;
mod calendar;
mod cgpem;
mod codes;
#[cfg(test)]
mod coherence;
mod defect;
mod history;
mod identity;
mod kin;
mod land;
mod month;
mod month_rsabem;
mod names;
mod numbers;
mod pecgm;
mod rng;
mod rsabem;
mod sample;
mod sample_records;
mod sources;
mod story;
mod tables;
mod text;
mod world;
mod xml;

pub use defect::{Defect, Expected, UnknownDefect};
pub use month::{FileOptions, MonthView};
pub use pecgm::Spelling;
pub use sample::{MOST_RECORDS, SampleError, SampleKind, SampleOptions, UnknownKind, sample};
pub use sources::{Errors, SourceErrors};
pub use story::{StoryKind, StoryLine};
pub use tables::Decisions;
pub use world::{PersonNo, World, WorldOptions};
pub use xml::Encoding;
