//! Passwords: how strong, and how they are kept.

mod hash;
mod policy;

pub use hash::{HashCost, HashFault, Hasher, Verdict};
pub use policy::{Password, PasswordFault, PasswordPolicy};
