use liant_flux::{Diagnostic, Profile, ReadOptions, Reader, Refusal, Severity};
use liant_model::Lang;

use super::Preview;
use crate::{AppError, Context, Workplace};

/// A text in both languages: who reads it later may speak the other.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Said {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

impl Said {
    pub(super) fn of(error: &AppError) -> Self {
        Self { fr: error.message(Lang::Fr), en: error.message(Lang::En) }
    }
}

/// Something found in a file: values are masked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finding {
    /// Whether the record is set aside; else it is taken, and this is a warning.
    pub is_error: bool,
    /// Stable code of the rule.
    pub rule: String,
    /// What is wrong.
    pub message: Said,
    /// What to do.
    pub help: Said,
    /// The text that the rule comes from.
    pub source: Said,
    /// Number of the record, from 1.
    pub record: Option<u64>,
    /// Line, from 1.
    pub line: u64,
    /// Path of the element, or name of the column.
    pub element: String,
    /// The value, masked when personal.
    pub value: Option<String>,
    /// How often, when only the first is shown.
    pub count: u64,
}

impl Finding {
    pub(super) fn of(diagnostic: &Diagnostic, count: u64) -> Self {
        let (fr, en) = (diagnostic.report(Lang::Fr), diagnostic.report(Lang::En));
        Self {
            is_error: diagnostic.severity == Severity::Error,
            rule: fr.rule,
            message: Said { fr: fr.message, en: en.message },
            help: Said { fr: fr.help, en: en.help },
            source: Said { fr: fr.source, en: en.source },
            record: fr.record,
            line: fr.line,
            element: fr.element,
            value: fr.value,
            count,
        }
    }
}

/// Reads a file to its end and keeps what is found in it, the warnings by rule after the problems of records.
pub(super) fn find(
    context: &Context<'_>,
    workplace: &Workplace,
    profile: &Profile,
    file: std::fs::File,
    preview: &mut Preview,
) -> Result<(), Refusal> {
    let options = ReadOptions {
        expected_territory: Some(context.territory),
        today: Some(context.now().date()),
        keys_once: true,
        ..ReadOptions::default()
    };
    let mut reader = Reader::open(file, profile, &workplace.lists, &options)?;
    let mut keep = |diagnostic: &Diagnostic, count: u64| {
        preview.found += 1;
        if preview.findings.len() < Preview::MOST {
            preview.findings.push(Finding::of(diagnostic, count));
        }
    };
    while let Some(dossier) = reader.next_dossier()? {
        dossier.problems().iter().for_each(|problem| keep(problem, 1));
    }
    for warning in &reader.finish()?.warnings {
        if let Some(first) = warning.examples.first() {
            keep(first, warning.count);
        }
    }
    Ok(())
}
