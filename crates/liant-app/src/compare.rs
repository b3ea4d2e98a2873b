//! Two files of one flow side by side: who entered, who left, who changed, as far as the actor may see it.

use std::fs::File;
use std::path::Path;

use liant_audit::Act;
use liant_convention::Channel;
use liant_flux::{Change, Profile, ReadOptions, diff};
use liant_model::FieldSet;

use crate::context::{Audited, audit};
use crate::import::refusal;
use crate::{AppError, Context, Workplace, access};

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

/// Compares two files of a flow. The values shown are those that the conventions show the actor.
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
    let seen = plan.fields(profile.source());
    let clauses: Vec<String> = plan.clauses().map(ToString::to_string).collect();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    workplace.store.ensure_territory(context.territory)?;
    let what =
        Audited { subject: format!("diff {} {}", name(old), name(new)), clauses, ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Read, what)?;
    workplace.store.apply(&liant_store::ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);

    let options = ReadOptions { today: Some(context.now().date()), ..ReadOptions::default() };
    let mut report = CompareReport { flow: profile.id().to_owned(), ..CompareReport::default() };
    let key_shown = profile.key_fields().all(|field| seen.contains(field));
    let differences = &mut report.differences;
    let mut changed = 0;
    let summary =
        diff(|| File::open(old), || File::open(new), profile, &workplace.lists, &options, &mut |change| {
            let difference = shown(change, seen, key_shown);
            let is_change = difference.what == "changed";
            // What changed in fields that the actor may not see is neither shown nor counted.
            if is_change && difference.fields.is_empty() {
                return;
            }
            changed += u64::from(is_change);
            if differences.len() < most {
                differences.push(difference);
            }
        })
        .map_err(refusal)?;
    report.entered = summary.entered;
    report.left = summary.left;
    report.changed = changed;
    report.unchanged = summary.unchanged + summary.changed - changed;
    Ok(report)
}

fn shown(change: Change, seen: FieldSet, key_shown: bool) -> Difference {
    let (what, key, record, fields) = match change {
        Change::Entered { key, record } => ("entered", key, record, Vec::new()),
        Change::Left { key, record } => ("left", key, record, Vec::new()),
        Change::Changed { key, record, fields } => ("changed", key, record, fields),
    };
    let fields = fields
        .into_iter()
        .filter(|change| seen.contains(change.field))
        .map(|change| FieldDifference {
            field: change.field.code(),
            before: change.before,
            after: change.after,
        })
        .collect();
    Difference { what, key: key.filter(|_| key_shown), record, fields }
}
