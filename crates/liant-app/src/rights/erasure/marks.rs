//! What keeps someone out who was erased: keyed marks of the key by which a register knew her, bound to the register. Nothing can be read
//! of them. A number (NIR) makes no mark: one that was wrongly given would keep out whom it belongs to.

use std::collections::{BTreeSet, HashSet};

use liant_model::Source;
use liant_store::{ErasureMark, KnownBy, Snapshot, StoreError};
use liant_vault::{Domain, KeyVersion, Keyring};

use crate::AppError;

fn of_key(
    keys: &Keyring,
    version: KeyVersion,
    (source, own_key): (&Source, &str),
) -> Result<Vec<u8>, AppError> {
    let text = format!("{source}\0{own_key}");
    Ok(keys.blind_index_at(version, Domain::Erased, text.as_bytes())?.as_bytes().to_vec())
}

/// The marks of what a register knew these source identities by: its own keys.
pub(super) fn of(keys: &Keyring, known: &[KnownBy]) -> Result<Vec<ErasureMark>, AppError> {
    let version = keys.index_version();
    let mut marks = BTreeSet::new();
    for (source, own_key) in known {
        let mark = of_key(keys, version, (source, own_key))?;
        marks.insert(ErasureMark { source: source.clone(), mark, key_version: version.get() });
    }
    Ok(marks.into_iter().collect())
}

/// Whom a register's file does not bring back.
pub(crate) struct KeptOut {
    source: Source,
    versions: BTreeSet<u16>,
    marks: HashSet<Vec<u8>>,
}

impl KeptOut {
    pub(crate) fn read(snapshot: &mut Snapshot<'_>, source: &Source) -> Result<Self, StoreError> {
        let marks = snapshot.erasure_marks(source)?;
        Ok(Self {
            source: source.clone(),
            versions: marks.iter().map(|one| one.key_version).collect(),
            marks: marks.into_iter().map(|one| one.mark).collect(),
        })
    }

    /// Whether whoever has this key was erased.
    pub(crate) fn holds(&self, keys: &Keyring, own_key: &str) -> Result<bool, AppError> {
        for version in self.versions.iter().filter_map(|version| KeyVersion::new(*version)) {
            if self.marks.contains(&of_key(keys, version, (&self.source, own_key))?) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
