//! The data dictionary of Liant.
//!
//! Every personal datum the platform can hold is named once, as a [`Field`]: its code, category, sensitivity,
//! type, and its label in French and English. Flows map their tags to fields, the store keeps fields by
//! [`Block`], conventions grant fields to roles, the gate releases fields. Nothing here does I/O, and the
//! present moment is always a value ([`Clock`]).
//!
//! To add a datum: one line in `field.rs`, a row in the flow profile that carries it, a word in a convention
//! that lets it out. To add a code list: one file in `data/codelists/`.

mod clock;
mod codelist;
mod date;
mod facts;
mod field;
mod field_set;
mod ids;
mod nir;
mod people;
mod sensitive;
mod slug;
mod system;
mod territory;

pub use jiff::Span;
pub use jiff::civil::{DateTime, Time};
pub use uuid::Uuid;

pub use clock::{Clock, FixedClock, Instant};
pub use codelist::{CodeEntry, CodeList, CodeListError, CodeLists};
pub use date::{Date, DateForm, DateProblem, ReferenceDate, parse_flow_date};
pub use facts::{Facts, FactsError};
pub use field::{Block, Category, Field, FieldType, Lang, Sensitivity, UnknownField};
pub use field_set::FieldSet;
pub use ids::{
    AccountId, ActId, ActionId, AppointmentId, BatchNo, BulkIds, DelegationId, DesignationId, FactorId,
    FollowId, FormId, GoalId, IdentityId, InvitationId, LookUpId, MembershipId, OrganisationId,
    OrientationId, PersonId, ProtectionId, ReviewId, RightsRequestId, SessionId, SpaceId, TraceId,
};
pub use nir::{Nir, NirKind, NirProblem};
pub use people::{Actor, Purpose, Role};
pub use sensitive::{Sensitive, mask};
pub use slug::{InvalidSlug, Party, Source};
pub use system::system_words;
pub use territory::{InvalidTerritory, Territory};
