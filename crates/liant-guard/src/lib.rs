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
//! A clause is about certain people. A plan lets a row out only together with the [`Standing`] of its person, under the
//! clauses that are about her; [`Standings`] finds it inside the second door, so that no caller opens facts for it.
//!
//! A person's own rights close some of it, whatever the clauses say: her standing has her [`Limits`] in it, a plan holds each
//! release to them, and a list leaves her out.
//!
//! A [`Plan`] also says what lists, searches and counts may rest on ([`Listing`], [`Filter`], [`Sorting`]): the store's
//! queries take these, and only a plan makes them.

mod lists;
mod plan;
mod record;
mod sealed;
mod session;
mod standing;
mod use_plan;
mod view;

pub use lists::{Audience, Filter, Happening, Listing, NAMES, NUMBERS, Order, Scope, Sorting, Test};
pub use plan::Plan;
pub use record::{AccessRecord, FlowRecord, RefusalRecord, SourceFields, UseRecord};
pub use sealed::{Guarded, GuardedFacts, GuardedNir, Subject};
pub use session::{BulkSession, NotOpened, Session};
pub use standing::{Limits, Standing, Standings};
pub use use_plan::{Reading, UsePlan};
pub use view::View;
