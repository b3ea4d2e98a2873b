//! Sealed data, and the only two doors to it.
//!
//! The store gives [`Guarded`] rows and nothing else. Outside this crate nothing opens them: no accessor, no `Debug`,
//! no serialisation (compile-fail tests prove it). The doors are
//!
//! - a [`Plan`], which the gate makes for an actor, a purpose and a way: it opens rows into [`View`]s, and gives no view
//!   before the [`AccessRecord`] of the act is written. A page or a list uses [`Plan::begin`] and
//!   [`Session::release`]; a file of many people uses [`Plan::begin_file`], which writes the record first;
//! - a [`UsePlan`], which the gate makes for the software's own work (`[[use]]` clauses): it opens rows inside
//!   closures, and its [`UseRecord`] says under which clauses.
//!
//! A [`Plan`] also answers what may be filtered on, sorted by and counted ([`Plan::allows`]) and which rows may be read
//! at all ([`Plan::rows`]).

mod plan;
mod record;
mod sealed;
mod session;
mod use_plan;
mod view;

pub use plan::{Plan, Rows};
pub use record::{AccessRecord, FlowRecord, RefusalRecord, SourceFields, UseRecord};
pub use sealed::{Guarded, GuardedFacts, GuardedNir, Subject};
pub use session::{BulkSession, NotOpened, Session};
pub use use_plan::{Reading, UsePlan};
pub use view::View;
