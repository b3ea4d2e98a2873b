//! Use cases, one module per domain: the only caller of the store and of the guard.
//!
//! Every entry point builds a [`Context`] (who, why, where, when) and asks for one use case. What it reads comes
//! through a plan of the gate, what it writes is one change set with its audit entry, or one published batch.

mod access;
pub mod access_review;
pub mod accounts;
pub mod addresses;
pub mod archive;
mod background;
pub mod backup;
pub mod breaches;
pub mod calendar;
pub mod casework;
pub mod cgpem;
pub mod compare;
mod context;
pub mod conventions;
pub mod demo;
pub mod deposit;
pub mod desk;
pub mod directory;
pub mod doctor;
pub mod duplicates;
mod error;
mod error_fr;
mod fingerprint;
mod form_faults;
mod history;
mod import;
pub mod lookups;
pub mod mail;
pub mod matching;
pub mod orientation;
pub mod people;
pub mod person;
mod positions;
pub mod press;
mod private;
pub mod processors;
mod programmes;
mod recipients;
pub mod rejects;
pub mod retention;
pub mod review;
pub mod rights;
mod sealing;
mod settings;
mod sides;
pub mod space;
mod spreadsheet;
pub mod trail;
pub mod transfer;
pub mod uploads;
mod values;
pub mod witnesses;
mod workplace;

pub use context::{Context, SystemClock};
pub use error::{AppError, Blame, FileCause};
pub use history::{ReceivedFile, batches, names};
pub use import::{ImportReport, ImportRequest, import};
pub use liant_store::StoreError;
pub use lookups::CloseBar;
pub use settings::{NamedActor, Publisher, Settings};
pub use workplace::{Workplace, read_conventions};
