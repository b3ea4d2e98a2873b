//! Persistence, on SQLite and on PostgreSQL, behind one API.
//!
//! * [`Store::open`] takes an address, opens the engine and brings its schema up to date.
//! * [`Snapshot`] reads what is published for one territory, and nothing else.
//! * [`ChangeSet`] is one act: its changes, with the versions they expect, and its audit entry, applied together
//!   or not at all.
//! * [`Import`] is one file: rows written in chunks under a batch that no reader sees, then published by moving
//!   one pointer.
//! * [`accounts`] holds who may come in: organisations, memberships, factors, sessions.
//!
//! One SQL text serves both engines (`connection.rs` numbers its parameters); what differs, bulk loading and
//! locks, is in `bulk/` and `lock.rs`. Personal data leaves the store only as `liant_guard` seals it.
//!
//! To add a table: a migration for each engine, the same columns; `territory_id` leads its key; add it to
//! `transfer.rs` so that `liant store export` carries it.

pub mod accounts;
mod address;
mod appointments;
mod audit_log;
mod breach;
mod bulk;
mod casework;
mod change;
mod coded;
mod connection;
mod convention_step;
mod current;
mod deposit;
pub mod directory;
mod erasure;
mod error;
mod follow;
mod given;
mod group;
mod health;
mod import;
mod limits;
mod lock;
mod look_ups;
mod mail;
mod migrations;
mod nir;
mod openings;
mod past;
mod processor;
mod reach;
pub mod retention;
mod review;
mod rights;
mod rights_part;
mod rows;
mod saved_filter;
mod sealed;
mod snapshot;
mod space;
mod store;
mod tls;
mod transfer;
mod value;
mod who_read;

pub use address::StoreAddress;
pub use appointments::{LetterPosted, NewNotice, NoticeKey, NoticeRow, NoticeWay};
pub use audit_log::{AuditRecord, LogLeaf};
pub use breach::{BreachChange, BreachRow, BreachScope, BreachStepRow, MovedLink};
pub use bulk::{Chunk, FactRow, IdentityRow, LinkRow, MemberRow, NirRow, PersonRow, RejectRow, ReviewRow};
pub use casework::{
    CaseworkAlert, CaseworkAlertKey, CaseworkChange, CaseworkEventRow, CaseworkEvents, CaseworkHead,
    CaseworkHeads, CaseworkList, CaseworkLoad, CaseworkMade, CaseworkPlace, CaseworkRow, CaseworkScope,
    CaseworkStage, CaseworkTie, EvidenceChange, EvidenceRow, EvidenceSignature, NewCaseworkEvent, NewForm,
    PaperChange, PaperKind, PaperRow, TieId,
};
pub use change::{Change, ChangeSet, LinkDecision};
pub use convention_step::ConventionStepRow;
pub use current::CurrentFact;
pub use deposit::DepositRow;
pub use erasure::{
    Erasing, ErasureChange, ErasureMark, ErasureParty, ErasureRefusalRow, ErasureRow, KnownBy,
};
pub use error::StoreError;
pub use follow::{FollowRole, FollowRow, NewFollow};
pub use given::GivenCheckpoint;
pub use health::{Road, SchemaVersion};
pub use import::{BatchMeta, Import, Published};
pub use limits::{HeldLimit, LiftRow, LimitChange, LimitRow};
pub use look_ups::{
    LookUpChange, LookUpRow, Particulars, Professional, Quota, WiderSearchFilter, WiderSearchRow,
};
pub use mail::{MailKind, MailRow, NewMail};
pub use nir::NirHolder;
pub use openings::{BlockingChange, BlockingRow, Openings};
pub use past::{KeptCheckpoint, LogPart, PastFact, PastOrientation, Spell};
pub use processor::{GivenListRow, ProcessorChange, ProcessorRow};
pub use reach::{DesignationRow, NewDesignation, ProtectionRow, ReachChange};
pub use review::{OpenReview, ReviewState};
pub use rights::{NewRightsRequest, RequestWay, RightsChange, RightsRequestRow};
pub use rights_part::{PartChange, PartStepRow};
pub use rows::{BatchRow, DisclosureRow, OrientationRow, PersonLink};
pub use saved_filter::{SavedFilterChange, SavedFilterRow};
pub use sealed::SealedSample;
pub use snapshot::{CurrentIdentity, Snapshot};
pub use space::{
    ContactRow, NewSpace, SpaceBinding, SpaceChange, SpaceCodeRow, SpacePendingRow, SpaceRow, SpaceSessionRow,
};
pub use store::Store;
pub use tls::TlsProblem;
pub use transfer::{Filling, sealed_in};
pub use who_read::ReleaseRow;
