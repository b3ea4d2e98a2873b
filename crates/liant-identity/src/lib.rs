//! Identity matching that explains itself.
//!
//! The same person is written differently in two files: accents, a married name, a day for a month, a relative's
//! NIR. This crate says which dossiers are one person's, with what odds and why, and leaves the doubtful to a
//! human. It reads no file and learns from no truth.
//!
//! * [`fold_name`] gives names one written form, for matching and for search alike.
//! * [`KnownBuilder`] gathers the known people, each by one record or several; [`Matcher`] matches a file with them.
//! * [`Newcomers`], when they are few, let everyone known pass by once instead, and find the same.
//! * [`Pivot`] finds whom an identity that the State vouches for means, or nobody when in doubt.
//! * [`Evidence`] tells field by field what agrees and what differs; [`Evidence::explain`] says it in words.
//!
//! Three bands: **certain** (an identifier agrees, so does the person around it, nothing contradicts), **scored**
//! (odds in the manner of Fellegi and Sunter, with the frequency of values), and **review**. Two sound NIRs that
//! contradict each other never link by themselves; nor do contact details alone; homonyms stay two people.

mod assign;
mod blocks;
mod candidates;
mod coded;
mod compare;
mod duplicates;
mod estimate;
mod evidence;
mod explain;
mod fold;
mod frequencies;
mod hash;
mod known;
mod matching;
mod met;
mod names;
mod numbers;
mod owners;
mod passing;
mod person;
mod pivot;
mod search;
mod similarity;
mod strangers;
mod weights;

pub use duplicates::duplicates;
pub use evidence::{
    Band, CafLevel, CommuneLevel, DateLevel, Evidence, FirstNameLevel, FtLevel, NameLevel, NirLevel,
};
pub use fold::{fold_into, fold_name};
pub use known::{Known, KnownBuilder};
pub use matching::{Decision, Link, Matcher, Matches, Options};
pub use passing::{Newcomers, Passing};
pub use person::Record;
pub use pivot::Pivot;
pub use search::{CUT, Phrase, SearchWords, Searchable};
