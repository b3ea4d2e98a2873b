//! The text of a key file.
//!
//! ```toml
//! format = "liant-keys/1"
//! wrapped_by = "file:5d41402a"      # absent when the keys are in clear
//! active_seal = 2
//! active_index = 1
//!
//! [[seal]]                          # one table per seal key; [[index]] likewise
//! version = 1
//! created = 1767225600000000        # µs since 1970 UTC
//! key = "…"                         # hexadecimal: 32 bytes in clear, or as the service wrapped them
//! check = "…"                       # first 4 bytes of a hash of the key, to tell a damaged one
//! ```
//!
//! The TOML parser's own messages quote the text they stumble on, so they are never shown: only the line is.

use std::{collections::BTreeSet, fmt, fmt::Write as _};

use liant_model::{Instant, Lang};
use serde::{Deserialize, de::DeserializeOwned};
use zeroize::{Zeroize, Zeroizing};

use crate::{
    disk::Protection,
    error::{VaultError, Wording},
    hex,
    key::{Key, KeyUse, KeyVersion, SecretKey},
    keyring::Keyring,
};

const FORMAT: &str = "liant-keys/1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RingText {
    format: String,
    wrapped_by: Option<String>,
    active_seal: u16,
    active_index: u16,
    seal: Vec<EntryText>,
    index: Vec<EntryText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntryText {
    version: u16,
    created: i64,
    key: SecretText,
    check: String,
}

/// A text that may be a key: zeroised when dropped, never shown.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct SecretText(String);

impl Drop for SecretText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(redacted)")
    }
}

/// Parses TOML, saying on error which line is wrong and nothing of what it holds.
pub(crate) fn parse_toml<T: DeserializeOwned>(text: &str) -> Result<T, VaultError> {
    toml::from_str(text).map_err(|error| VaultError::KeyText {
        line: error
            .span()
            .map(|span| text.bytes().take(span.start).filter(|&byte| byte == b'\n').count() + 1),
        problem: Wording::new(
            "ce n’est pas du TOML valide, ou une entrée manque, est inconnue ou d’un autre type ; restaurez une copie du fichier",
            "not valid TOML, or an entry is missing, unknown or of the wrong type; restore a copy of the file",
        ),
    })
}

/// The 32 bytes of a key in clear; `name` tells which in the error.
pub(crate) fn parse_secret(text: &SecretText, name: &Wording) -> Result<SecretKey, VaultError> {
    let fr = name.get(Lang::Fr);
    let bytes = hex::decode(&text.0).ok_or_else(|| {
        VaultError::text(format!("{fr} n’est pas hexadécimale"), format!("{name} is not hexadecimal"))
    })?;
    let mut secret = Zeroizing::new([0; 32]);
    if bytes.len() != secret.len() {
        let length = bytes.len();
        return Err(VaultError::text(
            format!("{fr} a {length} octets ; il en faut 32"),
            format!("{name} is {length} bytes long; 32 are needed"),
        ));
    }
    secret.copy_from_slice(&bytes);
    Ok(secret)
}

impl Keyring {
    /// The text of a key file for this ring.
    ///
    /// # Errors
    /// [`VaultError::Kms`] when the keys cannot be wrapped.
    pub fn to_text(&self, protection: Protection<'_>) -> Result<Zeroizing<String>, VaultError> {
        let count = self.seal_keys.len() + self.index_keys.len();
        // Room for everything at once: growing would leave copies of the keys behind.
        let mut text = Zeroizing::new(String::with_capacity(1024 + 512 * count));
        text.push_str("# Liant key file. Whoever has it reads every sealed value; without it none can be read again: keep a copy offline.\n");
        let _ = writeln!(text, "format = \"{FORMAT}\"");
        if let Protection::Wrapped(kms) = protection {
            let _ = writeln!(text, "wrapped_by = {}", toml::Value::from(kms.id()));
        }
        let _ = writeln!(text, "active_seal = {}\nactive_index = {}", self.active_seal, self.active_index);
        for (key_use, keys) in [(KeyUse::Seal, &self.seal_keys), (KeyUse::Index, &self.index_keys)] {
            for key in keys {
                write_entry(&mut text, key_use, key, protection)?;
            }
        }
        Ok(text)
    }

    /// The ring a key file's text describes.
    ///
    /// # Errors
    /// [`VaultError::KeyText`] when the text is wrong or a key damaged, [`VaultError::Kms`] when a key cannot be
    /// unwrapped. Neither shows any part of a key.
    pub fn from_text(text: &str, protection: Protection<'_>) -> Result<Self, VaultError> {
        let ring: RingText = parse_toml(text)?;
        if ring.format != FORMAT {
            return Err(VaultError::text(
                format!(
                    "`format` devrait être \"{FORMAT}\" ; ce n’est pas un fichier de clés de cette version"
                ),
                format!("`format` should be \"{FORMAT}\"; this is not a key file of this version"),
            ));
        }
        check_protection(ring.wrapped_by.as_deref(), protection)?;
        let active_seal = active(ring.active_seal, &ring.seal, KeyUse::Seal)?;
        let active_index = active(ring.active_index, &ring.index, KeyUse::Index)?;
        let seal = read_entries(&ring.seal, KeyUse::Seal, protection)?;
        let index = read_entries(&ring.index, KeyUse::Index, protection)?;
        Self::assemble(seal, active_seal, index, active_index)
    }
}

fn label(key_use: KeyUse, version: KeyVersion) -> String {
    format!("{} {version}", key_use.name())
}

fn write_entry(
    text: &mut Zeroizing<String>,
    key_use: KeyUse,
    key: &Key,
    protection: Protection<'_>,
) -> Result<(), VaultError> {
    let _ = write!(
        text,
        "\n[[{}]]\nversion = {}\ncreated = {}\nkey = \"",
        key_use.name(),
        key.version,
        key.created.micros()
    );
    match protection {
        Protection::Clear => hex::push(text, key.secret.as_ref()),
        Protection::Wrapped(kms) => hex::push(text, &kms.wrap(&label(key_use, key.version), &key.secret)?),
    }
    let _ = writeln!(text, "\"\ncheck = \"{}\"", key.check(key_use));
    Ok(())
}

fn check_protection(wrapped_by: Option<&str>, protection: Protection<'_>) -> Result<(), VaultError> {
    match (wrapped_by, protection) {
        (None, Protection::Clear) => Ok(()),
        (Some(id), Protection::Wrapped(kms)) if id == kms.id() => Ok(()),
        (Some(id), Protection::Wrapped(kms)) => Err(VaultError::text(
            format!(
                "ses clés sont enveloppées par {id:?}, et le service configuré est {:?} ; configurez le bon",
                kms.id()
            ),
            format!(
                "its keys are wrapped by {id:?}, but the service configured is {:?}; configure the right one",
                kms.id()
            ),
        )),
        (Some(id), Protection::Clear) => Err(VaultError::text(
            format!(
                "ses clés sont enveloppées par {id:?}, et aucun service n’est configuré ; configurez celui-là"
            ),
            format!(
                "its keys are wrapped by {id:?}, but no key management service is configured; configure that one"
            ),
        )),
        (None, Protection::Wrapped(_)) => Err(VaultError::text(
            "ses clés sont en clair, et un service de gestion des clés est configuré ; lisez-le sans le service, \
             enregistrez-le enveloppé, puis renouvelez les clés",
            "its keys are in clear, but a key management service is configured; \
             load it without the service and save it wrapped, then rotate",
        )),
    }
}

fn active(number: u16, entries: &[EntryText], key_use: KeyUse) -> Result<KeyVersion, VaultError> {
    let known = entries.iter().any(|entry| entry.version == number);
    KeyVersion::new(number).filter(|_| known).ok_or_else(|| {
        let name = key_use.name();
        VaultError::text(
            format!("`active_{name}` vaut {number}, et aucune [[{name}]] n’a cette version"),
            format!("`active_{name}` is {number}, but no [[{name}]] has that version"),
        )
    })
}

fn read_entries(
    entries: &[EntryText],
    key_use: KeyUse,
    protection: Protection<'_>,
) -> Result<Vec<Key>, VaultError> {
    let mut seen = BTreeSet::new();
    let mut keys = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = key_use.name();
        let version = KeyVersion::new(entry.version).ok_or_else(|| {
            VaultError::text(
                format!("une [[{name}]] a la version 0 ; les versions commencent à 1"),
                format!("a [[{name}]] has version 0; versions begin at 1"),
            )
        })?;
        if !seen.insert(version) {
            return Err(VaultError::text(
                format!("deux [[{name}]] ont la version {version}"),
                format!("two [[{name}]] have version {version}"),
            ));
        }
        let label = label(key_use, version);
        let secret = match protection {
            Protection::Clear => {
                let name = Wording::new(format!("la clé de {label}"), format!("the key of {label}"));
                parse_secret(&entry.key, &name)?
            }
            Protection::Wrapped(kms) => {
                let wrapped = hex::decode(&entry.key.0).ok_or_else(|| {
                    VaultError::text(
                        format!("la clé enveloppée de {label} n’est pas hexadécimale"),
                        format!("the wrapped key of {label} is not hexadecimal"),
                    )
                })?;
                kms.unwrap(&label, &wrapped)?
            }
        };
        let key = Key::new(version, Instant::from_micros(entry.created), secret);
        if key.check(key_use) != entry.check {
            return Err(VaultError::text(
                format!(
                    "la clé de {label} est endommagée : elle ne correspond pas à son `check` ; restaurez une copie du fichier"
                ),
                format!(
                    "the key of {label} is damaged: it does not match its `check`; restore a copy of the file"
                ),
            ));
        }
        keys.push(key);
    }
    Ok(keys)
}
