//! What each party keeps of its own work with a person (*dossier de travail*), as she reads it: under who wrote it.

use liant_convention::Kind;
use liant_guard::View;
use liant_model::{Field, FieldSet, Lang, Party, Source};
use serde::Serialize;

use super::held::source_code;
use crate::Workplace;
use crate::casework::{HerRecord, Programmes, RecordSays};

/// A party's working record of her, in a programme.
#[derive(Clone, Debug, Serialize)]
pub struct HeldRecord {
    /// Whose it is.
    pub party: Party,
    /// That party in words.
    pub written_by: String,
    /// The register that it is in.
    #[serde(serialize_with = "source_code")]
    pub source: Source,
    /// In which programme.
    pub programme: String,
    /// What it says.
    pub says: RecordSays,
    /// The clauses that show it.
    pub shown_under: Vec<String>,
}

impl HeldRecord {
    /// A record of which a view was let out; none when nothing of it was.
    pub(super) fn of(
        workplace: &Workplace,
        record: &HerRecord,
        (view, tells): (&View, &dyn Fn(Field) -> bool),
        (programmes, lang): (&Programmes, Lang),
    ) -> Option<Self> {
        let let_out = view.iter().map(|(field, ..)| field);
        let shown: FieldSet = let_out.filter(|field| tells(*field)).collect();
        let mut clauses: Vec<String> = view.iter().map(|(.., clause)| clause.to_string()).collect();
        clauses.sort_unstable();
        clauses.dedup();
        (!shown.is_empty()).then(|| Self {
            party: record.party().clone(),
            written_by: name_of(workplace, record.party(), lang),
            source: record.register.clone(),
            programme: record.title(programmes, lang),
            says: record.says(programmes, shown, lang),
            shown_under: clauses,
        })
    }
}

/// A party as a file names it: a convention first, which names it to people of other parties.
pub(crate) fn name_of(workplace: &Workplace, party: &Party, lang: Lang) -> String {
    let mut files: Vec<_> = workplace.conventions().iter().collect();
    files.sort_by_key(|file| matches!(file.kind, Kind::Register { .. }));
    let mut entries = files.iter().flat_map(|file| &file.parties).filter(|entry| entry.org == *party);
    let name = entries.find_map(|entry| entry.name.as_ref());
    name.map_or_else(
        || party.to_string(),
        |name| match lang {
            Lang::Fr => name.fr.clone(),
            Lang::En => name.en.clone(),
        },
    )
}
