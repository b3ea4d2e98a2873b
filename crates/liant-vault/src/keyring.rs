//! The ring of keys: what seals, opens and indexes.

use std::fmt;

use liant_model::Instant;
use ring::hmac;
use zeroize::Zeroizing;

use crate::{
    domain::{BlindIndex, Domain},
    error::VaultError,
    key::{Key, KeyVersion},
    seal::{self, Session},
};

/// Versioned keys: those that seal and open, and those that index.
///
/// Shared by reference between threads. Not `Clone`: two copies of one sealing session would repeat nonces.
pub struct Keyring {
    pub(crate) seal_keys: Vec<Key>,
    pub(crate) active_seal: KeyVersion,
    pub(crate) index_keys: Vec<Key>,
    pub(crate) active_index: KeyVersion,
    session: Session,
    index_mac: hmac::Key,
}

impl Keyring {
    /// A new ring: one seal key and one index key, made at `now`.
    ///
    /// # Errors
    /// [`VaultError::Random`].
    pub fn generate(now: Instant) -> Result<Self, VaultError> {
        let first = KeyVersion::FIRST;
        Self::assemble(vec![Key::generate(first, now)?], first, vec![Key::generate(first, now)?], first)
    }

    /// A ring of these keys, each list without duplicate versions.
    pub(crate) fn assemble(
        seal_keys: Vec<Key>,
        active_seal: KeyVersion,
        index_keys: Vec<Key>,
        active_index: KeyVersion,
    ) -> Result<Self, VaultError> {
        let seal = find(&seal_keys, active_seal).ok_or(VaultError::UnknownSealKey(active_seal))?;
        let index = find(&index_keys, active_index).ok_or(VaultError::UnknownIndexKey(active_index))?;
        let (session, index_mac) = (Session::start(seal)?, index.mac.clone());
        Ok(Self { seal_keys, active_seal, index_keys, active_index, session, index_mac })
    }

    /// Adds a seal key and makes it active; the older ones still open what they sealed. Blind indexes do not change.
    ///
    /// Save the ring ([`crate::KeyFile::update`] does both) before anything is sealed with it.
    ///
    /// # Errors
    /// [`VaultError::Random`], [`VaultError::NoVersionLeft`]; the ring is then as before.
    pub fn rotate_seal(&mut self, now: Instant) -> Result<KeyVersion, VaultError> {
        let key = Key::generate(newest(&self.seal_keys).next()?, now)?;
        self.session = Session::start(&key)?;
        self.active_seal = key.version;
        self.seal_keys.push(key);
        Ok(self.active_seal)
    }

    /// Adds an index key and makes it current. Every stored blind index must then be computed again; the older keys
    /// remain for [`Keyring::blind_index_at`] meanwhile.
    ///
    /// # Errors
    /// As [`Keyring::rotate_seal`].
    pub fn rotate_index(&mut self, now: Instant) -> Result<KeyVersion, VaultError> {
        let key = Key::generate(newest(&self.index_keys).next()?, now)?;
        self.index_mac = key.mac.clone();
        self.active_index = key.version;
        self.index_keys.push(key);
        Ok(self.active_index)
    }

    /// The version that seals.
    pub const fn seal_version(&self) -> KeyVersion {
        self.active_seal
    }

    /// The version under which [`Keyring::blind_index`] indexes; to be stored beside what it returns.
    pub const fn index_version(&self) -> KeyVersion {
        self.active_index
    }

    /// The versions of the index keys held, oldest first.
    pub fn index_versions(&self) -> impl Iterator<Item = KeyVersion> {
        self.index_keys.iter().map(|key| key.version)
    }

    /// Seals `value`: [`crate::OVERHEAD`] bytes longer, different each time. `aad` is what the sealed value belongs to
    /// (by convention the territory's code, then the 16 bytes of the source identity id) and must be given again to
    /// open it.
    ///
    /// # Errors
    /// [`VaultError::SessionExhausted`] after 2⁴⁰ values, [`VaultError::TooLarge`] from 64 GiB.
    pub fn seal(&self, domain: Domain, aad: &[u8], value: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.session.seal(domain, aad, value)
    }

    /// Opens what [`Keyring::seal`] made, under any version held.
    ///
    /// # Errors
    /// [`VaultError::NotSealed`], [`VaultError::UnknownSealKey`], [`VaultError::Refused`].
    pub fn open(&self, domain: Domain, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        seal::open(&self.session, |version| find(&self.seal_keys, version), domain, aad, sealed)
    }

    /// Whether `sealed` is under the active seal key; if not, a background job should open and seal it again.
    ///
    /// # Errors
    /// [`VaultError::NotSealed`].
    pub fn is_current(&self, sealed: &[u8]) -> Result<bool, VaultError> {
        Ok(seal::version_of(sealed)? == self.active_seal)
    }

    /// The blind index of `canonical` under the current index key.
    pub fn blind_index(&self, domain: Domain, canonical: &[u8]) -> BlindIndex {
        index(&self.index_mac, domain, canonical)
    }

    /// The blind index of `canonical` under an older index key, for rows not yet re-indexed.
    ///
    /// # Errors
    /// [`VaultError::UnknownIndexKey`].
    pub fn blind_index_at(
        &self,
        version: KeyVersion,
        domain: Domain,
        canonical: &[u8],
    ) -> Result<BlindIndex, VaultError> {
        let key = find(&self.index_keys, version).ok_or(VaultError::UnknownIndexKey(version))?;
        Ok(index(&key.mac, domain, canonical))
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("seal_version", &self.active_seal)
            .field("index_version", &self.active_index)
            .finish_non_exhaustive()
    }
}

fn find(keys: &[Key], version: KeyVersion) -> Option<&Key> {
    keys.iter().find(|key| key.version == version)
}

fn newest(keys: &[Key]) -> KeyVersion {
    keys.iter().map(|key| key.version).max().unwrap_or(KeyVersion::FIRST)
}

fn index(mac: &hmac::Key, domain: Domain, canonical: &[u8]) -> BlindIndex {
    let mut context = hmac::Context::with_key(mac);
    context.update(&[domain.code()]);
    context.update(canonical);
    let mut out = [0; 16];
    for (to, from) in out.iter_mut().zip(context.sign().as_ref()) {
        *to = *from;
    }
    BlindIndex::from_bytes(out)
}
