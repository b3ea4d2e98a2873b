//! What the index of words holds of someone, and how it is kept in a row of hers.

use std::collections::BTreeMap;

use liant_identity::{Phrase, Searchable};

use super::{MadeForm, SourceMask};
use crate::StoreError;

/// The phrases of someone, each with the sources that give it.
pub(super) type Entries = BTreeMap<Phrase, SourceMask>;

/// As `directory.found_by` keeps it: a line a source, its mask and what it gives.
pub(super) fn to_text(form: &MadeForm) -> String {
    let lines: Vec<String> =
        form.found_by.iter().map(|(mask, record)| format!("{} {}", mask.0, record.to_text())).collect();
    lines.join("\n")
}

/// Adds the phrases of a record.
pub(super) fn add(entries: &mut Entries, mask: SourceMask, record: &Searchable) {
    for phrase in record.phrases() {
        let sources = entries.entry(phrase).or_default();
        *sources = sources.union(mask);
    }
}

/// Adds the phrases of a row.
pub(super) fn add_text(entries: &mut Entries, found_by: &str) -> Result<(), StoreError> {
    for line in found_by.lines() {
        let read = line.split_once(' ').and_then(|(mask, record)| {
            Some((SourceMask(mask.parse().ok()?), Searchable::from_text(record)?))
        });
        let (mask, record) =
            read.ok_or_else(|| StoreError::Damaged("a row of the directory does not read".to_owned()))?;
        add(entries, mask, &record);
    }
    Ok(())
}
