//! Two files of one flow side by side: who entered, who left, who changed, as far as the actor may see it.

use std::collections::HashSet;
use std::fs::File;
use std::path::Path;

use liant_audit::Act;
use liant_convention::Channel;
use liant_flux::{Change, Dossier, Profile, ReadOptions, diff};
use liant_guard::Subject;
use liant_model::{Field, FieldSet, Source};

use crate::import::refusal;
use crate::{AppError, Context, Workplace, access, rights};

/// What happened to one person between the two files.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Difference {
    /// `entered`, `left` or `changed`.
    pub what: &'static str,
    /// The source's own key, when the actor may see it.
    pub key: Option<String>,
    /// Number of the record: in the new file, or in the old one for who left.
    pub record: u64,
    /// What changed, of what the clauses show the actor.
    pub fields: Vec<FieldDifference>,
}

/// One field that changed.
#[derive(Clone, Debug, serde::Serialize)]
pub struct FieldDifference {
    /// Code of the field.
    pub field: &'static str,
    /// Value in the old file.
    pub before: Option<String>,
    /// Value in the new file.
    pub after: Option<String>,
}

/// What a comparison found.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct CompareReport {
    /// The flow.
    pub flow: String,
    /// In the new file only.
    pub entered: u64,
    /// In the old file only.
    pub left: u64,
    /// In both, with other values of what the clauses show the actor.
    pub changed: u64,
    /// In both, the same to her.
    pub unchanged: u64,
    /// The differences, as many as were asked for.
    pub differences: Vec<Difference>,
}

/// Compares two files of a flow. They are in the actor's hands, and the clause that let her party receive them lets her
/// read nothing: what is shown of a record is what the clauses for her, this purpose and the screen let out of someone
/// of the standing that the record itself gives. A record of someone whom no such clause is about is neither shown nor
/// counted, as though its file did not hold it. The record of the act names those of the people shown whom the store
/// knows.
///
/// # Errors
/// When the gate refuses, or a file is refused.
pub fn compare(
    context: &Context<'_>,
    workplace: &Workplace,
    (old, new): (&Path, &Path),
    profile: &Profile,
    most: usize,
) -> Result<CompareReport, AppError> {
    let plan = access::plan(context, workplace, Channel::Screen)?;
    let standings = access::standings(context, workplace)?;
    let carried: FieldSet = profile.fields().collect();
    let limited = rights::limits::anyone(context, workplace)?;
    let (protected, limited) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.protected_keys(profile.source())?, snapshot.keys_of(&limited, profile.source())?))
    })?;
    let seen = |dossier: &Dossier<'_>| {
        let key = dossier.own_key();
        let is_protected = key.is_some_and(|key| protected.contains(key));
        let limited = key.and_then(|key| limited.get(key)).map(|person| Subject::Person(*person));
        let value = |field| dossier.value(field);
        let standing = standings.of_record(profile.source(), &value, (is_protected, limited));
        let fields = plan.fields(profile.source(), &standing).intersection(carried);
        (!fields.is_empty()).then_some(fields)
    };
    let options = ReadOptions { today: Some(context.now().date()), ..ReadOptions::default() };
    let mut found: Vec<(Change, FieldSet)> = Vec::new();
    let mut keep = |change, seen| {
        if found.len() < most {
            found.push((change, seen));
        }
    };
    let summary =
        diff(|| File::open(old), || File::open(new), profile, &workplace.lists, &options, &seen, &mut keep)
            .map_err(refusal)?;
    let keys: HashSet<String> = found.iter().filter_map(|(change, _)| key_of(change)).cloned().collect();
    let key_fields: FieldSet = profile.key_fields().collect();
    let differences: Vec<Difference> =
        found.into_iter().map(|(change, seen)| shown(change, seen.covers(key_fields))).collect();

    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let what = format!("diff {} {}", name(old), name(new));
    workplace.store.ensure_territory(context.territory)?;
    let people = known(context, workplace, profile.source(), &keys)?;
    let out = differences.iter().fold(FieldSet::EMPTY, |all, one| all.union(one.out(key_fields)));
    plan.look_at_file(profile.source(), out, people, |record| {
        access::write(context, workplace, record, Act::Read, &what)
    })?;
    Ok(CompareReport {
        flow: profile.id().to_owned(),
        entered: summary.entered,
        left: summary.left,
        changed: summary.changed,
        unchanged: summary.unchanged,
        differences,
    })
}

impl Difference {
    /// The fields that it shows.
    fn out(&self, key_fields: FieldSet) -> FieldSet {
        let key = if self.key.is_some() { key_fields } else { FieldSet::EMPTY };
        let changed = self.fields.iter().filter_map(|change| Field::from_code(change.field).ok());
        key.union(changed.collect())
    }
}

/// The persons whom the store knows by these keys of the source.
fn known(
    context: &Context<'_>,
    workplace: &Workplace,
    source: &Source,
    keys: &HashSet<String>,
) -> Result<Vec<Subject>, AppError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    Ok(workplace.store.read(context.territory, |snapshot| {
        let mut identities = Vec::new();
        snapshot.identities(source, |current| {
            if keys.contains(&current.own_key) {
                identities.push(current.identity);
            }
            Ok(())
        })?;
        let mut people = Vec::new();
        for identity in identities {
            let links = snapshot.links_of_identity(identity)?;
            let current = links.into_iter().filter(|link| link.ended_at.is_none());
            people.extend(current.map(|link| Subject::Person(link.person)));
        }
        Ok(people)
    })?)
}

fn key_of(change: &Change) -> Option<&String> {
    match change {
        Change::Entered { key, .. } | Change::Left { key, .. } | Change::Changed { key, .. } => key.as_ref(),
    }
}

fn shown(change: Change, key_shown: bool) -> Difference {
    let (what, key, record, fields) = match change {
        Change::Entered { key, record } => ("entered", key, record, Vec::new()),
        Change::Left { key, record } => ("left", key, record, Vec::new()),
        Change::Changed { key, record, fields } => ("changed", key, record, fields),
    };
    let fields = fields
        .into_iter()
        .map(|change| FieldDifference {
            field: change.field.code(),
            before: change.before,
            after: change.after,
        })
        .collect();
    Difference { what, key: key.filter(|_| key_shown), record, fields }
}
