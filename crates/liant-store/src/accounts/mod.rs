//! Who may come in: organisations, mandates, accounts, memberships, invitations, factors, sessions.
//!
//! These tables are global: a professional may work for several organisations, of several territories. The rules are
//! `liant_access`'s; here they are kept, read ([`Directory`]) and changed ([`AccountAct`]: changes with their audit entry,
//! or nothing). What a sign-in under way leaves on its path ([`Upkeep`]: counted tries, pending steps) is no act and has no
//! entry of its own.

mod act;
mod directory;
mod insert;
mod review;
mod rows;
mod sign_in;
mod unused;
mod upkeep;

pub use act::{AccountAct, AccountChange, ClosedInvitation};
pub use directory::Directory;
pub use review::{AccessReviewRow, HeldAccess};
pub use rows::{
    AccountRow, DelegationRow, FactorRow, InvitationRow, MembershipRow, OidcRequestRow, OrganisationRow,
    PasswordLinkRow, PendingRow, ProviderHint, SeatRow, SessionRow, Stage, SubjectRow, Way,
};
pub use sign_in::{Lane, Tried};
pub use unused::UnusedAccount;
pub(crate) use unused::forget_in_territory;
pub use upkeep::Upkeep;
