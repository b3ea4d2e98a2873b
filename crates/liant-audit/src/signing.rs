//! The key that signs checkpoints. It lives off the server: who rewrites the database must not be able to sign what
//! he made of it.

use std::fmt;

use ring::{
    rand::{SecureRandom as _, SystemRandom},
    signature::{Ed25519KeyPair, KeyPair as _},
};
use zeroize::Zeroizing;

use crate::verify::{Checkpoint, PublicKey, from_base64, to_base64};

/// Why a signing key cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The operating system gave no random bytes.
    #[error("the operating system's random generator failed; no key was made")]
    Random,
    /// The name cannot stand in a signature line.
    #[error("a key's name is not empty and has no space, control character or `+`; use the log's name")]
    Name,
    /// The bytes are not an Ed25519 private key.
    #[error(
        "not an Ed25519 private key (PKCS#8, RFC 8410); use a key made by `liant audit`, or by `openssl genpkey -algorithm ed25519`"
    )]
    NotAKey,
}

/// An Ed25519 signing key with the name its signatures bear.
pub struct SigningKey {
    pair: Ed25519KeyPair,
    public: PublicKey,
    pkcs8: Zeroizing<Vec<u8>>,
}

/// What stands before the 32 secret bytes in the PKCS#8 of an Ed25519 key (RFC 8410, § 7). This first version of
/// the format, without the public half, is the one every tool reads.
const PREFIX: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
const BEGIN: &str = "-----BEGIN PRIVATE KEY-----\n";
const END: &str = "-----END PRIVATE KEY-----\n";

impl SigningKey {
    /// Makes a key. `name` is by convention the log's origin; a witness uses its own name.
    ///
    /// # Errors
    /// [`KeyError::Random`], [`KeyError::Name`].
    pub fn generate(name: &str) -> Result<Self, KeyError> {
        let mut der = Zeroizing::new([PREFIX.as_slice(), &[0; 32]].concat());
        let (_, seed) = der.split_at_mut(PREFIX.len());
        SystemRandom::new().fill(seed).map_err(|_| KeyError::Random)?;
        Self::from_pkcs8(name, &der)
    }

    /// Reads a key in PKCS#8 (DER), with or without its public half.
    ///
    /// # Errors
    /// [`KeyError::NotAKey`], [`KeyError::Name`].
    pub fn from_pkcs8(name: &str, der: &[u8]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map_err(|_| KeyError::NotAKey)?;
        let key = pair.public_key().as_ref().try_into().map_err(|_| KeyError::NotAKey)?;
        let public = PublicKey::new(name, key).ok_or(KeyError::Name)?;
        Ok(Self { pair, public, pkcs8: Zeroizing::new(der.to_vec()) })
    }

    /// Reads a key in PEM.
    ///
    /// # Errors
    /// As [`SigningKey::from_pkcs8`].
    pub fn from_pem(name: &str, pem: &str) -> Result<Self, KeyError> {
        let body =
            pem.trim_start().strip_prefix(BEGIN.trim_end()).and_then(|rest| rest.split_once(END.trim_end()));
        let (encoded, _) = body.ok_or(KeyError::NotAKey)?;
        let encoded = Zeroizing::new(encoded.split_ascii_whitespace().collect::<String>());
        let der = Zeroizing::new(from_base64(&encoded).ok_or(KeyError::NotAKey)?);
        Self::from_pkcs8(name, &der)
    }

    /// The key in PEM, to be kept off the server.
    pub fn to_pem(&self) -> Zeroizing<String> {
        let encoded = Zeroizing::new(to_base64(&self.pkcs8));
        let mut pem = Zeroizing::new(String::with_capacity(BEGIN.len() + encoded.len() + 8 + END.len()));
        pem.push_str(BEGIN);
        for (place, letter) in encoded.chars().enumerate() {
            if place > 0 && place % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem.push('\n');
        pem.push_str(END);
        pem
    }

    /// The public half, to be given to everyone.
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// A signature line over `text`.
    fn line(&self, text: &str) -> String {
        let bytes = [self.public.id().as_slice(), self.pair.sign(text.as_bytes()).as_ref()].concat();
        format!("— {} {}\n", self.public.name(), to_base64(&bytes))
    }

    /// The signed note of a checkpoint.
    ///
    /// A log's operator signs only what continues every checkpoint signed before; that is for the caller to verify
    /// ([`crate::proof::verify_consistency`]).
    ///
    /// # Errors
    /// [`KeyError::Name`] when the checkpoint's origin is not one line of text.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<String, KeyError> {
        if checkpoint.origin.is_empty() || checkpoint.origin.contains(char::is_control) {
            return Err(KeyError::Name);
        }
        let text = checkpoint.to_text();
        Ok(format!("{text}\n{}", self.line(&text)))
    }

    /// The signed note of any text, ended by a line's end: a certificate, beside checkpoints.
    ///
    /// # Errors
    /// [`KeyError::Name`] when the text has control characters other than ends of lines, or none at its end.
    pub fn sign_text(&self, text: &str) -> Result<String, KeyError> {
        let odd = |letter: char| letter.is_control() && letter != '\n';
        if !text.ends_with('\n') || text.contains(odd) {
            return Err(KeyError::Name);
        }
        Ok(format!("{text}\n{}", self.line(text)))
    }

    /// Adds this key's signature to a note, as a witness does; `None` if `note` is not one.
    pub fn cosign(&self, note: &str) -> Option<String> {
        let text = &note[..=note.rfind("\n\n")?];
        note.ends_with('\n').then(|| format!("{note}{}", self.line(text)))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SigningKey").field(&self.public).finish()
    }
}
