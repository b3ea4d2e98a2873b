//! Who was shown what of her: pages, lists, searches, exports and files of many people, each in words, with its clause.
//!
//! Told by organisation and function; by name only where the settings say so. Nothing tells of an act how many it concerned, nor
//! whom else.

use std::collections::HashMap;

use liant_model::{Field, FieldSet, Instant, Lang, OrganisationId, PersonId, Territory};
use liant_store::ReleaseRow;
use serde::Serialize;

use super::{Herself, ROLE};
use crate::{AppError, Context, Workplace, trail};

/// One act by which something of hers was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// When.
    #[serde(serialize_with = "super::held::moment")]
    pub at: Instant,
    /// In what way.
    pub way: ReadingWay,
    /// Where whoever read it works; nothing of a file that another body received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The party that she acted for, or that received a file.
    pub party: String,
    /// Her function, as conventions name it; nothing of a file that another body received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Her name, where the settings say that people are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Why, in the words of the conventions.
    pub purposes: Vec<String>,
    /// The clauses.
    pub clauses: Vec<String>,
    /// Codes of what was shown.
    pub fields: Vec<&'static str>,
    /// Its labels.
    #[serde(skip)]
    pub labels: Vec<&'static str>,
}

/// In what way something was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingWay {
    /// Her page was opened.
    Page,
    /// The page of her accompaniment was opened.
    Accompaniment,
    /// She stood in a list.
    List,
    /// A search found her.
    Search,
    /// It was asked whether two records are hers.
    Identity,
    /// She stood in a file for another body.
    File,
    /// She stood in a file that a professional took away.
    Export,
    /// She was written to about an appointment, or a letter to her was printed.
    Appointment,
    /// Other.
    Other,
}

impl ReadingWay {
    /// Every way.
    pub const ALL: [Self; 9] = [
        Self::Page,
        Self::Accompaniment,
        Self::List,
        Self::Search,
        Self::Identity,
        Self::File,
        Self::Export,
        Self::Appointment,
        Self::Other,
    ];

    fn of(row: &ReleaseRow) -> Self {
        let goes_out = !row.recipient.contains('/');
        match row.kind.as_deref() {
            _ if row.what.starts_with("appointment ") => Self::Appointment,
            Some("export" | "send") if goes_out => Self::File,
            Some("export" | "send") => Self::Export,
            Some("search") => Self::Search,
            Some("read") if row.what == "person" => Self::Page,
            Some("read")
                if matches!(
                    row.what.as_str(),
                    "accompaniment" | "working record" | "contract or diagnosis"
                ) =>
            {
                Self::Accompaniment
            }
            Some("read") if row.what == "identity review" => Self::Identity,
            Some("read") => Self::List,
            _ => Self::Other,
        }
    }
}

/// Who was shown what of her, the latest first; her own visits are left out. Asking is on record.
///
/// # Errors
/// When the store cannot be read.
pub fn readers(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
    lang: Lang,
) -> Result<Vec<Reading>, AppError> {
    of(context, workplace, her.person, lang)
}

/// The same, of someone. The caller has made sure of who asks.
pub(super) fn of(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    lang: Lang,
) -> Result<Vec<Reading>, AppError> {
    let mut rows = trail::releases(context, workplace, person, Instant::from_micros(0))?;
    rows.retain(|row| row.recipient.split_once('/').is_none_or(|(_, role)| role != ROLE));
    rows.reverse();
    trail::write_who_read(context, workplace, person, rows.len())?;
    let purposes: HashMap<String, String> =
        trail::purpose_words(workplace, context.territory, lang).into_iter().collect();
    let organisations = organisations(workplace, context.territory, &rows)?;
    let names = if workplace.names_readers {
        let actors: Vec<String> = rows.iter().map(|row| row.actor.clone()).collect();
        trail::names(workplace, context.territory, &actors)?
    } else {
        HashMap::new()
    };
    Ok(rows.iter().map(|row| told(row, lang, &purposes, &organisations, &names)).collect())
}

fn told(
    row: &ReleaseRow,
    lang: Lang,
    purposes: &HashMap<String, String>,
    organisations: &HashMap<OrganisationId, String>,
    names: &HashMap<String, String>,
) -> Reading {
    let fields = FieldSet::from_bits(u128::from_be_bytes(row.fields));
    let (party, role) = match row.recipient.split_once('/') {
        Some((party, role)) => (party.to_owned(), Some(role.to_owned())),
        None => (row.recipient.clone(), None),
    };
    let goes_out = role.is_none();
    let words = |code: &String| purposes.get(code).unwrap_or(code).clone();
    Reading {
        at: row.at,
        way: ReadingWay::of(row),
        organisation: row
            .organisation
            .filter(|_| !goes_out)
            .and_then(|organisation| organisations.get(&organisation).cloned()),
        party,
        role,
        name: names.get(&row.actor).filter(|_| !goes_out).cloned(),
        purposes: row.purposes.iter().map(words).collect(),
        clauses: row.clauses.split("; ").filter(|clause| !clause.is_empty()).map(str::to_owned).collect(),
        fields: fields.iter().map(Field::code).collect(),
        labels: fields.iter().map(|field: Field| field.label(lang)).collect(),
    }
}

/// The names of the organisations where they worked.
fn organisations(
    workplace: &Workplace,
    territory: Territory,
    rows: &[ReleaseRow],
) -> Result<HashMap<OrganisationId, String>, AppError> {
    let mut ids: Vec<OrganisationId> = rows.iter().filter_map(|row| row.organisation).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(workplace.store.directory(territory, |directory| {
        let mut found = HashMap::new();
        for id in ids {
            if let Some(row) = directory.organisation(id)? {
                found.insert(id, row.name);
            }
        }
        Ok(found)
    })?)
}
