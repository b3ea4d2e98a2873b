//! The convention language: what parties signed, read from a file that a jurist can read, and executed.
//!
//! A file is a **convention** between parties or a **register entry** (a controller's own processing; a suspension
//! never blinds it). [`check`] reads and lints it and gives every problem with its place; [`Convention::parse`] gives
//! the convention, or the problems. The [`Gate`] executes files that have no error:
//!
//! - [`Gate::decide`]: what may this actor have, for this purpose, by this way, now? Deny by default; every field
//!   that comes out cites the clause that lets it out.
//! - [`Gate::receive`], [`Gate::send`]: may this file pass, under which clause, with what in it?
//! - [`Gate::may_use`]: may the software itself work on these facts, showing them to nobody (`[[use]]`)?
//! - [`Gate::explain`]: why, or why not.
//!
//! [`Matrix`], [`notice`] and [`register`] tell what the clauses say to those who read no file; [`check_together`]
//! finds what two files say against each other.
//!
//! Clauses are about categories of people; [`RecipientRule`] is the rule in data that tells who is an RSA recipient.
//!
//! The grammar is described for its readers in `docs/convention.md`; the files that ship with the product are in
//! `conventions/` and in [`SHIPPED`]. No I/O and no clock here.

mod clauses;
mod contradictions;
mod convention;
mod course;
mod decision;
mod duties;
mod explain;
mod flow_gate;
mod forms;
mod gate;
mod head;
mod limits;
mod lint;
mod lint_special;
mod lint_terms;
mod look_ups;
mod parse;
mod problem;
mod quota;
mod reader;
mod recipient;
mod resting;
pub mod retention;
mod terms;
mod told;

pub use contradictions::check_together;
pub use convention::{
    ClockEntry, Condition, ConditionEntry, ContactEntry, Convention, Due, Ending, Flow, Grant, InForce, Kind,
    ListEntry, Oversight, PartyEntry, PurposeEntry, Quota, Reading, Recipient, Rendezvous, Renewal,
    Retention, Suspension, Text, Use, WiderSearch,
};
pub use course::{Course, CourseError, Milestone, Notice, Suspended};
pub use decision::{
    ClauseRef, Closed, Decision, Direction, FlowPermit, FlowQuery, Granted, Query, Refusal, Release,
    UsePermit, Validity,
};
pub use explain::{Against, ClauseAnswer, Explanation};
pub use forms::Form;
pub use gate::{Gate, SameVersionTwice};
pub use limits::{Closable, LawfulBasis, Limit, Limited, ObjectionLine};
pub use look_ups::{OversightPermit, WiderPermit};
pub use parse::{Checked, check};
pub use problem::{Problem, Severity, Span};
pub use quota::{QuotaPermit, stops_anyone};
pub use recipient::{Met, RecipientRule, RecipientRuleError};
pub use resting::RestsOn;
pub use terms::{
    Capacity, Channel, ClockStart, Consent, Consents, Contact, Despite, FlowDay, Ground, Holding, Length,
    ListKind, NoFlowDay, NoLength, NoticeFrom, People, Reach, ReadingOf, RetentionStart, Rhythm, Silence,
    SpecialBasis, Step, Unit, UnknownWord, UseKind,
};
pub use told::words::{cited, role};
pub use told::{Matrix, MatrixRow, Page, Section, notice, register};

/// The files of the demonstration territory, with their names: the RSA exchange (annexes 4 and 5 of
/// the deliberation) and the register entry of its Département.
pub const SHIPPED: &[(&str, &str)] = &[
    ("62-departement.toml", include_str!("../../../conventions/62-departement.toml")),
    ("62-echange-rsa.toml", include_str!("../../../conventions/62-echange-rsa.toml")),
];

/// The files on accompaniment, with their names: who has signed them adds them to those above.
pub const ON_ACCOMPANIMENT: &[(&str, &str)] = &[
    ("62-accompagnement-global.toml", include_str!("../../../conventions/62-accompagnement-global.toml")),
    (
        "62-echange-accompagnement-global.toml",
        include_str!("../../../conventions/62-echange-accompagnement-global.toml"),
    ),
    ("62-caf-accompagnement.toml", include_str!("../../../conventions/62-caf-accompagnement.toml")),
    ("62-france-travail.toml", include_str!("../../../conventions/62-france-travail.toml")),
    ("62-structure-mandatee.toml", include_str!("../../../conventions/62-structure-mandatee.toml")),
];

/// What another language of files in TOML is read with: tables whose every fault is reported with its place.
pub mod reading {
    pub use crate::problem::Problems;
    pub use crate::reader::{At, Table};
}
