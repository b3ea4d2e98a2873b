//! Key management services: whoever wraps the keys of a ring so that the key file alone opens nothing.

use std::{fmt, path::Path};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{
    disk,
    error::{VaultError, Wording},
    hex,
    key::{SecretKey, check, fill_random, random_key},
    key_text::{SecretText, parse_secret, parse_toml},
};

/// Wraps and unwraps the keys of a ring. Implemented here by [`FileKms`]; a network service or a security module is
/// another implementation.
pub trait Kms {
    /// A stable identifier, written in the key file so that a file meant for another service is refused.
    fn id(&self) -> &str;

    /// Wraps `key`. `label` names the key ("seal 2") and must be bound to the result.
    ///
    /// # Errors
    /// [`VaultError::Kms`] when the service fails or refuses.
    fn wrap(&self, label: &str, key: &SecretKey) -> Result<Vec<u8>, VaultError>;

    /// Gives back what [`Kms::wrap`] wrapped under the same `label`.
    ///
    /// # Errors
    /// [`VaultError::Kms`] when the service fails, or when `wrapped` was altered or has another label.
    fn unwrap(&self, label: &str, wrapped: &[u8]) -> Result<SecretKey, VaultError>;
}

/// A key management service that is a master key in a file of mode 0600, kept apart from the key file (another disk,
/// a secret mounted at start). Wrapping is AES-256-GCM under a random nonce: 12 bytes, ciphertext, tag.
pub struct FileKms {
    id: String,
    cipher: LessSafeKey,
}

const FORMAT: &str = "liant-master-key/1";

impl FileKms {
    /// Makes a master key and writes it to `path`, which must not exist.
    ///
    /// # Errors
    /// [`VaultError::File`], [`VaultError::Random`].
    pub fn create(path: &Path) -> Result<Self, VaultError> {
        let secret = random_key()?;
        let id = check(FORMAT, 0, &secret);
        let mut text = Zeroizing::new(String::with_capacity(512));
        text.push_str("# Liant master key: it unwraps the key file. Keep it away from that file, and keep a copy offline.\n");
        text.push_str("format = \"");
        text.push_str(FORMAT);
        text.push_str("\"\nkey = \"");
        hex::push(&mut text, secret.as_ref());
        text.push_str("\"\ncheck = \"");
        text.push_str(&id);
        text.push_str("\"\n");
        disk::create(path, text.as_bytes())?;
        Self::new(&id, &secret)
    }

    /// Reads the master key at `path`.
    ///
    /// # Errors
    /// [`VaultError::Exposed`] if others may read it, [`VaultError::File`], [`VaultError::KeyText`].
    pub fn open(path: &Path) -> Result<Self, VaultError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct MasterText {
            format: String,
            key: SecretText,
            check: String,
        }
        let text = disk::read(path)?;
        let parsed: MasterText = parse_toml(&text)?;
        if parsed.format != FORMAT {
            return Err(VaultError::text(
                format!("ce n’est pas une clé maîtresse : `format` devrait être \"{FORMAT}\""),
                format!("not a master key: `format` should be \"{FORMAT}\""),
            ));
        }
        let secret = parse_secret(&parsed.key, &Wording::new("la clé maîtresse", "the master key"))?;
        if check(FORMAT, 0, &secret) != parsed.check {
            return Err(VaultError::text(
                "la clé maîtresse est endommagée : elle ne correspond pas à son `check` ; restaurez-en une copie",
                "the master key is damaged: it does not match its `check`; restore a copy",
            ));
        }
        Self::new(&parsed.check, &secret)
    }

    fn new(check: &str, secret: &SecretKey) -> Result<Self, VaultError> {
        let cipher = UnboundKey::new(&AES_256_GCM, secret.as_ref()).map_err(|_| {
            VaultError::text("la clé maîtresse n’a pas 32 octets", "the master key is not 32 bytes long")
        })?;
        Ok(Self { id: format!("file:{check}"), cipher: LessSafeKey::new(cipher) })
    }

    fn error(&self, fr: &str, en: &str) -> VaultError {
        VaultError::Kms { service: self.id.clone(), problem: Wording::new(fr, en) }
    }
}

impl Kms for FileKms {
    fn id(&self) -> &str {
        &self.id
    }

    fn wrap(&self, label: &str, key: &SecretKey) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE_LEN];
        fill_random(&mut nonce)?;
        let mut secret = key.clone();
        let tag = self
            .cipher
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(label.as_bytes()),
                secret.as_mut(),
            )
            .map_err(|_| self.error("une clé n’a pu être enveloppée", "could not wrap a key"))?;
        Ok([nonce.as_slice(), secret.as_slice(), tag.as_ref()].concat())
    }

    fn unwrap(&self, label: &str, wrapped: &[u8]) -> Result<SecretKey, VaultError> {
        let refused = || {
            self.error(
                "une clé enveloppée a été altérée, ou n’est pas celle que dit son nom ; restaurez le fichier des clés",
                "a wrapped key was altered, or is not the one its label names; restore the key file",
            )
        };
        let (&nonce, body) = wrapped.split_first_chunk::<NONCE_LEN>().ok_or_else(refused)?;
        let mut body = Zeroizing::new(body.to_vec());
        let key = self
            .cipher
            .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(label.as_bytes()), &mut body)
            .map_err(|_| refused())?;
        let mut secret = Zeroizing::new([0; 32]);
        if key.len() != secret.len() {
            return Err(refused());
        }
        secret.copy_from_slice(key);
        Ok(secret)
    }
}

impl fmt::Debug for FileKms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileKms").field("id", &self.id).finish_non_exhaustive()
    }
}
