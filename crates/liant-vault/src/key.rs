//! One versioned key.

use std::fmt;

use liant_model::Instant;
use ring::{
    digest, hmac,
    rand::{SecureRandom, SystemRandom},
};
use zeroize::Zeroizing;

use crate::error::VaultError;

/// 32 secret bytes, zeroised when dropped.
pub type SecretKey = Zeroizing<[u8; 32]>;

/// The version of a key, from 1. Seal keys and index keys are numbered apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyVersion(u16);

impl KeyVersion {
    /// The first version of a kind of key.
    pub const FIRST: Self = Self(1);

    /// A version read back from the store or a key file; `None` for 0, which is no version.
    pub const fn new(number: u16) -> Option<Self> {
        if number == 0 { None } else { Some(Self(number)) }
    }

    /// The number, to store.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The version of the key that a sealed value needs.
    ///
    /// # Errors
    /// [`VaultError::NotSealed`].
    pub fn of_sealed(sealed: &[u8]) -> Result<Self, VaultError> {
        crate::seal::version_of(sealed)
    }

    pub(crate) fn next(self) -> Result<Self, VaultError> {
        self.0.checked_add(1).map(Self).ok_or(VaultError::NoVersionLeft)
    }
}

impl fmt::Display for KeyVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a key of the ring is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyUse {
    Seal,
    Index,
}

impl KeyUse {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Index => "index",
        }
    }
}

/// One key of the ring, with its HMAC state ready for use.
pub(crate) struct Key {
    pub(crate) version: KeyVersion,
    pub(crate) created: Instant,
    pub(crate) secret: SecretKey,
    pub(crate) mac: hmac::Key,
}

impl Key {
    pub(crate) fn new(version: KeyVersion, created: Instant, secret: SecretKey) -> Self {
        let mac = hmac::Key::new(hmac::HMAC_SHA256, secret.as_ref());
        Self { version, created, secret, mac }
    }

    pub(crate) fn generate(version: KeyVersion, created: Instant) -> Result<Self, VaultError> {
        Ok(Self::new(version, created, random_key()?))
    }

    /// Eight hexadecimal characters that tell a damaged key from a good one, and tell nothing else about it.
    pub(crate) fn check(&self, key_use: KeyUse) -> String {
        check(key_use.name(), self.version.get(), &self.secret)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("version", &self.version)
            .field("created", &self.created)
            .finish_non_exhaustive()
    }
}

pub(crate) fn check(name: &str, version: u16, secret: &[u8; 32]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"liant key check\0");
    context.update(name.as_bytes());
    context.update(&version.to_be_bytes());
    context.update(secret);
    crate::hex::encode(context.finish().as_ref().get(..4).unwrap_or_default())
}

pub(crate) fn random_key() -> Result<SecretKey, VaultError> {
    let mut secret = Zeroizing::new([0; 32]);
    fill_random(secret.as_mut())?;
    Ok(secret)
}

pub(crate) fn fill_random(bytes: &mut [u8]) -> Result<(), VaultError> {
    SystemRandom::new().fill(bytes).map_err(|_| VaultError::Random)
}
