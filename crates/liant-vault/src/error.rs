//! What can go wrong, in words an operator can act on. No variant ever carries key material or a personal value.

use std::{io, path::PathBuf};

use crate::key::KeyVersion;

/// An error of the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The operating system gave no random bytes.
    #[error("the operating system's random generator failed; nothing was sealed or generated")]
    Random,
    /// The bytes are not a sealed value at all.
    #[error("not a sealed value: {0}; the stored bytes are damaged or come from a later version of Liant")]
    NotSealed(&'static str),
    /// The value was sealed under a key this ring does not hold.
    #[error(
        "sealed under key version {0}, which this key ring does not hold; \
         if keys were just rotated, load the key file again, otherwise restore the key file that has it"
    )]
    UnknownSealKey(KeyVersion),
    /// The index key asked for is not in this ring.
    #[error(
        "this key ring holds no index key version {0}; load the key file again or restore the one that has it"
    )]
    UnknownIndexKey(KeyVersion),
    /// Authentication failed.
    #[error(
        "sealed value refused: it was altered, or sealed for another domain, territory or record than the one it is opened for"
    )]
    Refused,
    /// 2⁴⁰ values were sealed by one ring in one process.
    #[error("this process sealed 2^40 values under one session key; load the key ring again to go on")]
    SessionExhausted,
    /// The value is larger than one sealed value may be.
    #[error("too large to be sealed in one piece")]
    TooLarge,
    /// 65 535 versions exist.
    #[error("no key version is left after 65535 rotations")]
    NoVersionLeft,
    /// The text of a key file is wrong.
    #[error("key file{}: {problem}", .line.map(|line| format!(", line {line}")).unwrap_or_default())]
    KeyText {
        /// Line, from 1, when known.
        line: Option<usize>,
        /// What is wrong and what to do.
        problem: String,
    },
    /// A key file can be read by others than its owner.
    #[error(
        "{path} has mode {mode:03o}, so others than its owner may use it; run `chmod 600` on it, then rotate the keys"
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A file operation failed.
    #[error("cannot {action} {path}: {source}")]
    File {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The key management service refused or failed.
    #[error("key management service {service}: {problem}")]
    Kms {
        /// Its identifier.
        service: String,
        /// What it answered, without key material.
        problem: String,
    },
}

impl VaultError {
    pub(crate) fn text(problem: impl Into<String>) -> Self {
        Self::KeyText { line: None, problem: problem.into() }
    }
}
