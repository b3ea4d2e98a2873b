//! The rules of accounts, and nothing but rules: no I/O, the present moment and random bytes are values.
//!
//! * [`role`], [`organisation`], [`membership`]: who may hold which role where, and who may give it (table of roles of the
//!   programmes; access is for *designated* people only).
//! * [`password`]: the strength rule of the CNIL's recommendation 2022-100, and argon2id.
//! * [`totp`], [`recovery`]: the second factor (RFC 6238) and the codes that replace it.
//! * [`throttle`]: how long to wait after failures, without ever locking anyone out.
//! * [`session`]: idle and absolute limits.
//! * [`space`]: how a person comes into her own space.
//! * [`review`]: when a membership is looked at again.
//! * [`close`]: who looks up herself, a relative or a colleague, and what opens then.
//! * [`provider`], [`claims`]: the identity providers of the settings, and what their statements must hold (ProConnect's rules).
//! * [`AccountRules`]: every figure of the above, as data of `liant.toml`.
//!
//! What refuses says so as an enum with a wording in French and English (`explain`), never with a personal value.

mod checked;
pub mod claims;
pub mod close;
mod email;
mod explain;
mod hex;
pub mod membership;
pub mod organisation;
pub mod password;
pub mod provider;
pub mod recovery;
pub mod review;
pub mod role;
mod rules;
pub mod session;
pub mod space;
pub mod throttle;
mod token;
pub mod totp;

pub use checked::Checked;
pub use email::{Email, InvalidEmail};
pub use explain::Explain;
pub use organisation::OrganisationKind;
pub use role::ProfessionalRole;
pub use rules::{AccountRules, UnsafeRules};
pub use token::{InvalidToken, Token, TokenHash};
