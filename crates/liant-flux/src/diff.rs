use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};

use liant_model::{CodeLists, Field, FieldSet, Sensitivity};
use rustc_hash::FxHashMap;

use crate::diagnostic::Refusal;
use crate::dossier::Dossier;
use crate::options::ReadOptions;
use crate::profile::Profile;
use crate::reader::{Reader, Summary};

/// What happened to one person between two files of a flow.
#[derive(Clone, PartialEq, Eq)]
pub enum Change {
    /// In the new file only.
    Entered {
        /// The source's own key, when the record has one.
        key: Option<String>,
        /// Number of the record in the new file.
        record: u64,
    },
    /// In the old file only.
    Left {
        /// The source's own key, when the record has one.
        key: Option<String>,
        /// Number of the record in the old file.
        record: u64,
    },
    /// In both, with other values.
    Changed {
        /// The source's own key, when the record has one.
        key: Option<String>,
        /// Number of the record in the new file.
        record: u64,
        /// What changed, in the order of the flow.
        fields: Vec<FieldChange>,
    },
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Entered { record, .. } => write!(f, "Entered({record})"),
            Self::Left { record, .. } => write!(f, "Left({record})"),
            Self::Changed { record, fields, .. } => write!(f, "Changed({record}, {fields:?})"),
        }
    }
}

/// One field that changed.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field.
    pub field: Field,
    /// Value in the old file; `None` when absent, and always for a sealed field.
    pub before: Option<String>,
    /// Value in the new file; `None` when absent, and always for a sealed field.
    pub after: Option<String>,
}

impl std::fmt::Debug for FieldChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FieldChange({})", self.field)
    }
}

/// The counts of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffSummary {
    /// Persons in the new file only.
    pub entered: u64,
    /// Persons in the old file only.
    pub left: u64,
    /// Persons in both with other values.
    pub changed: u64,
    /// Persons in both with the same values.
    pub unchanged: u64,
    /// What the old file held.
    pub old: Summary,
    /// What the new file held.
    pub new: Summary,
}

/// A record of the old file: digests of its key and of its content.
type Entry = (u64, u64);

struct Met {
    values: Vec<(Field, String)>,
    record: u64,
    seen: FieldSet,
}

/// Compares two files of a flow by the source's own key: who entered, who left, what changed. Each input is opened
/// anew for each pass: the old one is read twice, the new one once. Memory: 17 bytes a record of the old file, and the values
/// of those that changed.
///
/// `seen` says which fields of a record count, or that the record does not: it is then as though the file did not hold
/// it, and fields that do not count are neither compared nor told. `each` is given a change with the fields that count in it; the key comes
/// whether its fields count or not.
///
/// A record without its key is recognised by NIR, or by names and birth date. Of several records of one key, equal ones
/// are paired first.
///
/// # Errors
/// [`Refusal`] when either file is refused or cannot be read.
pub fn diff<R: Read, S: Read>(
    old: impl Fn() -> io::Result<R>,
    new: impl Fn() -> io::Result<S>,
    profile: &Profile,
    lists: &CodeLists,
    options: &ReadOptions,
    seen: &dyn Fn(&Dossier<'_>) -> Option<FieldSet>,
    each: &mut dyn FnMut(Change, FieldSet),
) -> Result<DiffSummary, Refusal> {
    let fields: Vec<Field> = profile.fields().collect();
    let mut entries: Vec<Entry> = Vec::new();
    let old_summary = pass(old()?, profile, lists, options, seen, &mut |dossier, seen| {
        entries.push(entry(dossier, &fields, seen));
    })?;
    entries.sort_unstable();
    let mut met_again = vec![false; entries.len()];
    let mut changed: FxHashMap<usize, Met> = FxHashMap::default();
    let (mut entered, mut unchanged) = (0, 0);
    let new_summary = pass(new()?, profile, lists, options, seen, &mut |dossier, seen| {
        let (key, content) = entry(dossier, &fields, seen);
        let Some(place) = pair(&entries, &met_again, key, content) else {
            entered += 1;
            let key = dossier.own_key().map(str::to_owned);
            each(Change::Entered { key, record: dossier.number() }, seen);
            return;
        };
        mark(&mut met_again, place);
        if entries.get(place).is_some_and(|old| old.1 == content) {
            unchanged += 1;
        } else {
            let values = values(dossier, &fields, seen);
            changed.insert(place, Met { values, record: dossier.number(), seen });
        }
    })?;
    let changes = changed.len() as u64;
    let mut left = 0;
    pass(old()?, profile, lists, options, seen, &mut |dossier, seen| {
        let (key, content) = entry(dossier, &fields, seen);
        let Ok(place) = entries.binary_search(&(key, content)) else { return };
        let twins = twins(&entries, place);
        let own_key = dossier.own_key().map(str::to_owned);
        if let Some(met) = twins.clone().find_map(|place| changed.remove(&place)) {
            let fields = compare(&values(dossier, &fields, seen), &met.values, &fields);
            let change = Change::Changed { key: own_key, record: met.record, fields };
            each(change, met.seen.intersection(seen));
        } else if let Some(place) = twins.clone().find(|place| met_again.get(*place) == Some(&false)) {
            mark(&mut met_again, place);
            left += 1;
            each(Change::Left { key: own_key, record: dossier.number() }, seen);
        }
    })?;
    Ok(DiffSummary { entered, left, changed: changes, unchanged, old: old_summary, new: new_summary })
}

fn pass<R: Read>(
    input: R,
    profile: &Profile,
    lists: &CodeLists,
    options: &ReadOptions,
    seen: &dyn Fn(&Dossier<'_>) -> Option<FieldSet>,
    each: &mut dyn FnMut(&Dossier<'_>, FieldSet),
) -> Result<Summary, Refusal> {
    let mut reader = Reader::open(input, profile, lists, options)?;
    while let Some(dossier) = reader.next_dossier()? {
        if let Some(seen) = seen(&dossier) {
            each(&dossier, seen);
        }
    }
    reader.finish()
}

fn mark(seen: &mut [bool], place: usize) {
    if let Some(seen) = seen.get_mut(place) {
        *seen = true;
    }
}

/// The entries equal to the one at `place`.
fn twins(entries: &[Entry], place: usize) -> std::ops::Range<usize> {
    let same = entries.get(place).copied().unwrap_or_default();
    let start = entries.partition_point(|entry| *entry < same);
    let end = entries.partition_point(|entry| *entry <= same);
    start..end
}

/// The old record that a new one continues: equal if possible, of the same key otherwise.
fn pair(entries: &[Entry], seen: &[bool], key: u64, content: u64) -> Option<usize> {
    let start = entries.partition_point(|entry| entry.0 < key);
    let of_key =
        (start..entries.len()).take_while(|place| entries.get(*place).is_some_and(|entry| entry.0 == key));
    let free = of_key.filter(|place| seen.get(*place) == Some(&false));
    let mut first = None;
    for place in free {
        if entries.get(place).is_some_and(|entry| entry.1 == content) {
            return Some(place);
        }
        first.get_or_insert(place);
    }
    first
}

fn entry(dossier: &Dossier<'_>, fields: &[Field], seen: FieldSet) -> Entry {
    let mut key = DefaultHasher::new();
    match (dossier.own_key(), dossier.value(Field::Nir)) {
        (Some(own), _) => own.hash(&mut key),
        (None, Some(nir)) => (1, nir).hash(&mut key),
        (None, None) => {
            let name =
                [Field::BirthName, Field::FirstName, Field::BirthDate].map(|field| dossier.value(field));
            (2, name).hash(&mut key);
        }
    }
    let mut content = DefaultHasher::new();
    for field in fields.iter().filter(|field| seen.contains(**field)) {
        (field.number(), dossier.value(*field)).hash(&mut content);
    }
    (key.finish(), content.finish())
}

fn values(dossier: &Dossier<'_>, fields: &[Field], seen: FieldSet) -> Vec<(Field, String)> {
    let seen = fields.iter().filter(|field| seen.contains(**field));
    seen.filter_map(|field| Some((*field, dossier.value(*field)?.to_owned()))).collect()
}

fn compare(before: &[(Field, String)], after: &[(Field, String)], fields: &[Field]) -> Vec<FieldChange> {
    let find = |values: &[(Field, String)], field: Field| {
        values.iter().find(|(found, _)| *found == field).map(|(_, value)| value.clone())
    };
    let change = |field: &Field| {
        let (before, after) = (find(before, *field), find(after, *field));
        if before == after {
            return None;
        }
        let sealed = field.sensitivity() == Sensitivity::Sealed;
        let shown = |value: Option<String>| value.filter(|_| !sealed);
        Some(FieldChange { field: *field, before: shown(before), after: shown(after) })
    };
    fields.iter().filter_map(change).collect()
}
