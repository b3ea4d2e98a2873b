//! The sealed form of a value and the sessions that write it.
//!
//! ```text
//! offset  length  content
//!      0       1  format, 0x01
//!      1       2  version of the seal key, big-endian
//!      3      16  session salt
//!     19       5  counter in the session, big-endian
//!     24       n  ciphertext, as long as the value
//!   24+n      16  tag of AES-256-GCM
//! ```
//!
//! **Why a nonce never repeats.** GCM fails badly when one key meets one nonce twice, random 96-bit nonces are safe
//! for 2³² values a key only, and drawing them costs a system call a value. So a ring draws one random 128-bit salt when
//! it is loaded, derives a session key `HMAC-SHA256(seal key, "liant seal session\0" ‖ salt)`, and numbers its
//! values: the nonce is the counter, which one atomic increment hands out once. Two sessions share a key only if
//! two salts collide (2⁻⁶⁴ after 2³² loads). A ring is therefore not `Clone`, and nothing of a session is ever saved. The
//! one way to repeat a nonce is to resume a memory snapshot of a running process twice: restart after such a resume.
//!
//! Everything before the ciphertext, the domain and the caller's associated data are authenticated:
//! `header ‖ domain code ‖ associated data`, unambiguous since the first two have fixed lengths.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};
use zeroize::Zeroizing;

use crate::{
    domain::Domain,
    error::VaultError,
    key::{Key, KeyVersion, fill_random},
};

const FORMAT: u8 = 1;
const SALT: usize = 16;
const COUNTER: usize = 5;
const HEADER: usize = 1 + 2 + SALT + COUNTER;
const TAG: usize = 16;
const COUNTER_END: u64 = 1 << (8 * COUNTER);

/// How many bytes a sealed value is longer than the value.
pub const OVERHEAD: usize = HEADER + TAG;

/// A key derived for one life of one ring, and its counter.
pub(crate) struct Session {
    version: KeyVersion,
    salt: [u8; SALT],
    cipher: LessSafeKey,
    next: AtomicU64,
}

impl Session {
    pub(crate) fn start(key: &Key) -> Result<Self, VaultError> {
        let mut salt = [0; SALT];
        fill_random(&mut salt)?;
        let cipher = session_cipher(key, &salt)?;
        Ok(Self { version: key.version, salt, cipher, next: AtomicU64::new(0) })
    }

    pub(crate) fn seal(&self, domain: Domain, aad: &[u8], value: &[u8]) -> Result<Vec<u8>, VaultError> {
        let counter = self.next.fetch_add(1, Ordering::Relaxed);
        if counter >= COUNTER_END {
            // Park the counter, so that it can never wrap however often the caller tries again.
            self.next.store(COUNTER_END, Ordering::Relaxed);
            return Err(VaultError::SessionExhausted);
        }
        let header = Header { version: self.version, salt: self.salt, counter };
        let mut sealed = Vec::with_capacity(value.len() + OVERHEAD);
        sealed.extend_from_slice(&header.to_bytes());
        sealed.extend_from_slice(value);
        let (head, body) = sealed.split_at_mut(HEADER);
        let tag = self
            .cipher
            .seal_in_place_separate_tag(header.nonce(), Aad::from(bound(head, domain, aad)), body)
            .map_err(|_| VaultError::TooLarge)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens a value of this very session without deriving its key again; `None` if it is of another.
    fn cipher_for(&self, header: &Header) -> Option<&LessSafeKey> {
        (header.version == self.version && header.salt == self.salt).then_some(&self.cipher)
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("version", &self.version).finish_non_exhaustive()
    }
}

/// The version of the key a sealed value needs.
pub(crate) fn version_of(sealed: &[u8]) -> Result<KeyVersion, VaultError> {
    Header::split(sealed).map(|(header, _)| header.version)
}

/// Opens `sealed` with the key that `find` gives for its version.
pub(crate) fn open<'a>(
    session: &Session,
    find: impl FnOnce(KeyVersion) -> Option<&'a Key>,
    domain: Domain,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (header, body) = Header::split(sealed)?;
    let aad = bound(&header.to_bytes(), domain, aad);
    let mut value = Zeroizing::new(body.to_vec());
    if let Some(cipher) = session.cipher_for(&header) {
        decrypt(cipher, &header, aad, &mut value)?;
    } else {
        let key = find(header.version).ok_or(VaultError::UnknownSealKey(header.version))?;
        decrypt(&session_cipher(key, &header.salt)?, &header, aad, &mut value)?;
    }
    Ok(value)
}

fn decrypt(
    cipher: &LessSafeKey,
    header: &Header,
    aad: Vec<u8>,
    value: &mut Vec<u8>,
) -> Result<(), VaultError> {
    let length =
        cipher.open_in_place(header.nonce(), Aad::from(aad), value).map_err(|_| VaultError::Refused)?.len();
    value.truncate(length);
    Ok(())
}

fn session_cipher(key: &Key, salt: &[u8; SALT]) -> Result<LessSafeKey, VaultError> {
    let mut context = hmac::Context::with_key(&key.mac);
    context.update(b"liant seal session\0");
    context.update(salt);
    // `ring` refuses a key of the wrong length only, and HMAC-SHA256 gives 32 bytes.
    let cipher = UnboundKey::new(&AES_256_GCM, context.sign().as_ref()).map_err(|_| VaultError::Refused)?;
    Ok(LessSafeKey::new(cipher))
}

fn bound(header: &[u8], domain: Domain, aad: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(header.len() + 1 + aad.len());
    out.extend_from_slice(header);
    out.push(domain.code());
    out.extend_from_slice(aad);
    out
}

/// What stands before the ciphertext.
struct Header {
    version: KeyVersion,
    salt: [u8; SALT],
    counter: u64,
}

impl Header {
    fn to_bytes(&self) -> [u8; HEADER] {
        let mut out = [0; HEADER];
        out[0] = FORMAT;
        out[1..3].copy_from_slice(&self.version.get().to_be_bytes());
        out[3..3 + SALT].copy_from_slice(&self.salt);
        out[3 + SALT..].copy_from_slice(&self.counter.to_be_bytes()[8 - COUNTER..]);
        out
    }

    fn split(sealed: &[u8]) -> Result<(Self, &[u8]), VaultError> {
        let (&[format, v0, v1], rest) = sealed.split_first_chunk::<3>().ok_or(TOO_SHORT)?;
        if format != FORMAT {
            return Err(VaultError::NotSealed("unknown format byte"));
        }
        let version =
            KeyVersion::new(u16::from_be_bytes([v0, v1])).ok_or(VaultError::NotSealed("key version 0"))?;
        let (&salt, rest) = rest.split_first_chunk::<SALT>().ok_or(TOO_SHORT)?;
        let (&[c0, c1, c2, c3, c4], body) = rest.split_first_chunk::<COUNTER>().ok_or(TOO_SHORT)?;
        if body.len() < TAG {
            return Err(TOO_SHORT);
        }
        let counter = u64::from_be_bytes([0, 0, 0, c0, c1, c2, c3, c4]);
        Ok((Self { version, salt, counter }, body))
    }

    fn nonce(&self) -> Nonce {
        let mut bytes = [0; NONCE_LEN];
        bytes[NONCE_LEN - 8..].copy_from_slice(&self.counter.to_be_bytes());
        Nonce::assume_unique_for_key(bytes)
    }
}

const TOO_SHORT: VaultError = VaultError::NotSealed("too short");

#[cfg(test)]
mod tests {
    use liant_model::Instant;

    use super::*;

    #[test]
    fn an_exhausted_session_refuses_and_stays_so() {
        let session =
            Session::start(&Key::generate(KeyVersion::FIRST, Instant::from_micros(0)).unwrap()).unwrap();
        session.next.store(COUNTER_END - 1, Ordering::Relaxed);
        assert!(session.seal(Domain::Nir, b"", b"last").is_ok());
        for _ in 0..3 {
            assert!(matches!(session.seal(Domain::Nir, b"", b"more"), Err(VaultError::SessionExhausted)));
        }
    }

    #[test]
    fn the_counter_is_the_nonce_and_never_repeats() {
        let session =
            Session::start(&Key::generate(KeyVersion::FIRST, Instant::from_micros(0)).unwrap()).unwrap();
        let counters: Vec<u64> = (0..1000)
            .map(|_| Header::split(&session.seal(Domain::Nir, b"", b"x").unwrap()).unwrap().0.counter)
            .collect();
        assert_eq!(counters, (0..1000).collect::<Vec<_>>());
    }
}
