//! The flows that parties exchange: what a file must be, and its reading and writing.
//!
//! A [`Profile`] says what a flow is, as data. A [`Reader`] streams the persons of a file in constant memory and
//! reports what is wrong as [`Diagnostic`]s; a [`Refusal`] stops it where nothing more can be trusted. Nothing here
//! opens a file or looks at a clock.
//!
//! A file goes through [`Reader`]: `frame` cuts it into records, `scan` reads a plain record fast, `careful` reads
//! any other with quick-xml, `record` applies the rules of the profile, `check` those of one value.
//!
//! The careful reading is the reference: it takes over for any record the fast one does not fully understand, and a
//! differential test holds the two together. For several threads, [`Reader::next_chunk`] hands out records unread and
//! [`ChunkParser`]s read them, with the same words in the same places. [`Writer`] writes a file by the rules the reader
//! applies; [`diff`] compares two files of a flow.
//!
//! To add an element: a row in `profiles/*.toml`, and the field it carries in the dictionary.

mod book;
mod capture;
mod careful;
mod check;
mod chunk;
mod csv;
mod detect;
mod diagnostic;
mod diff;
#[cfg(test)]
mod differential;
mod dossier;
mod encoding;
mod fold;
mod frame;
mod header;
mod keys;
mod message;
mod options;
mod profile;
mod profile_text;
mod reader;
mod record;
mod rules;
mod scan;
mod source;
mod tally;
mod transcode;
mod tree;
mod walk;
mod writer;

pub use chunk::{Chunk, ChunkParser};
pub use detect::detect;
pub use diagnostic::{Bilingual, Diagnostic, Fault, Place, Refusal, Report, Severity};
pub use diff::{Change, DiffSummary, FieldChange, diff};
pub use dossier::Dossier;
pub use encoding::{Encoding, fold_c1};
pub use fold::{latin1, upper_unaccented};
pub use header::Header;
pub use liant_model::Lang;
pub use options::{Limits, ReadOptions};
pub use profile::{Format, Profile, ProfileError};
pub use reader::{Reader, Summary};
pub use tally::Warning;
pub use transcode::{FromWindows1252, is_utf8};
pub use writer::{Values, WriteError, WriteHeader, Writer, Written};
