//! Keys, sealed columns and blind indexes.
//!
//! A NIR (*numéro d'inscription au répertoire*) or an *identifiant MSA* is never stored in clear: the store keeps a
//! **sealed** value ([`Keyring::seal`]) to give it back, and a **blind index** ([`Keyring::blind_index`]) to find it
//! again by equality. Décret 2019-341 closes the list of uses of the NIR; sealing keeps every other use out of reach of
//! whoever reads the database, a backup or a query plan.
//!
//! # Keys
//!
//! A [`Keyring`] holds versioned **seal keys**, of which one is active (the others only open), and versioned **index
//! keys**, of which one is current. The two rotate apart:
//! - [`Keyring::rotate_seal`] is cheap: old values stay readable, new ones use the new key, and a background job may
//!   reseal at leisure ([`Keyring::is_current`]).
//! - [`Keyring::rotate_index`] changes every index value, so the caller must re-index; until that is done it
//!   looks a value up under each version in use ([`Keyring::blind_index_at`]), and stores the version beside the value.
//!
//! Keys come from a key file ([`KeyFile`]), in clear under mode 0600 or wrapped by a [`Kms`]. [`FileKms`] is the
//! local one: a master key in a file of its own, meant for another disk or another owner than the key file.
//!
//! # What is bound to a sealed value
//!
//! Its [`Domain`] and the caller's associated data (by convention the territory's code, then the source identity id): a
//! sealed NIR copied to another person's row, another territory or another column does not open.
//!
//! # Whole files
//!
//! [`SealingWriter`] and [`OpeningReader`] seal a file of any length in pieces: what backups are made of.
//!
//! # Limits
//!
//! Key bytes this crate owns are zeroised when dropped. The expanded key schedules inside `ring` are not, nor are
//! copies the TOML parser may make of a key file in clear: prefer a [`Kms`] where memory disclosure is in the threat
//! model.

mod archive;
mod disk;
mod domain;
mod error;
mod hex;
mod key;
mod key_text;
mod keyring;
mod kms;
mod seal;

pub use archive::{OpeningReader, SealingWriter};
pub use disk::{KeyFile, Protection};
pub use domain::{BlindIndex, Domain};
pub use error::{Action, VaultError, Wording};
pub use key::{KeyVersion, SecretKey};
pub use keyring::Keyring;
pub use kms::{FileKms, Kms};
pub use seal::OVERHEAD;
