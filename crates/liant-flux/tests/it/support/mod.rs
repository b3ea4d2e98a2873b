//! What the tests of the flows share: invented files and short ways to read them.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use liant_flux::{Profile, ReadOptions, Reader, Refusal, Summary};
use liant_model::{CodeLists, Date, Field, Territory};

pub(crate) fn profile(name: &str) -> Profile {
    Profile::shipped(name).unwrap()
}

pub(crate) fn lists() -> CodeLists {
    CodeLists::shipped().unwrap()
}

pub(crate) fn options() -> ReadOptions {
    ReadOptions {
        expected_territory: Some(Territory::parse("62").unwrap()),
        today: Some(Date::constant(2026, 11, 21)),
        ..ReadOptions::default()
    }
}

pub(crate) const HEADER: &str = "<entete><fichier>PECG</fichier><periodicite>M</periodicite><departement>62</departement>\
<date-reference>2026-11-01</date-reference><date-fabrication>2026-11-09</date-fabrication><version>001,0</version></entete>";

pub(crate) const CGPEM_HEADER: &str = "<entete><fichier>CGPE</fichier><periodicite>M</periodicite><departement>62</departement>\
<date-reference>2026-11-01</date-reference><date-fabrication>2026-11-09</date-fabrication><version>001,0</version></entete>";

pub(crate) fn trailer(count: usize) -> String {
    format!(
        "<fin><departement>62</departement><date-reference>2026-11-01</date-reference><nb-dossier>{count}</nb-dossier></fin>"
    )
}

/// A PECGM file of these records, each on its line.
pub(crate) fn pecgm(records: &[&str]) -> String {
    document(HEADER, records)
}

pub(crate) fn cgpem(records: &[&str]) -> String {
    document(CGPEM_HEADER, records)
}

pub(crate) fn document(header: &str, records: &[&str]) -> String {
    let trailer = trailer(records.len());
    let records: String = records.iter().flat_map(|record| [*record, "\n"]).collect();
    format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<flux>{header}\n{records}{trailer}</flux>\n")
}

pub(crate) const IDS: &str =
    "<allocataire><code-pe>062</code-pe><identifiant-pe>0007932B</identifiant-pe></allocataire>";

/// A PECGM record with this in `individu` and this after `allocataire`.
pub(crate) fn dossier(individu: &str, rest: &str) -> String {
    format!("<dossier><individu>{individu}</individu>{IDS}{rest}</dossier>")
}

pub(crate) const PERSON: &str =
    "<nom-naissance>BARBIEUX</nom-naissance><prenom>ZOE</prenom><date-naissance>1981-02-28</date-naissance>";

pub(crate) fn sound() -> String {
    dossier(&format!("<nir>2810262194289</nir>{PERSON}"), "")
}

/// The file in ISO-8859-1.
pub(crate) fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// Every field of every record, the codes of its problems, and what the file held.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) records: Vec<Record>,
    pub(crate) summary: Summary,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) line: u64,
    pub(crate) key: Option<String>,
    pub(crate) values: Vec<(Field, String)>,
    pub(crate) problems: Vec<String>,
}

impl Seen {
    pub(crate) fn value(&self, record: usize, field: Field) -> Option<&str> {
        let values = &self.records[record].values;
        values.iter().find(|(found, _)| *found == field).map(|(_, value)| value.as_str())
    }

    pub(crate) fn warnings(&self) -> Vec<&str> {
        self.summary.warnings.iter().map(|warning| warning.rule.as_str()).collect()
    }
}

pub(crate) fn read(name: &str, bytes: impl std::io::Read) -> Result<Seen, Refusal> {
    read_with(&profile(name), bytes, &options())
}

pub(crate) fn read_with(
    profile: &Profile,
    bytes: impl std::io::Read,
    options: &ReadOptions,
) -> Result<Seen, Refusal> {
    let mut reader = Reader::open(bytes, profile, &lists(), options)?;
    let mut records = Vec::new();
    while let Some(dossier) = reader.next_dossier()? {
        records.push(Record {
            number: dossier.number(),
            offset: dossier.offset(),
            line: dossier.line(),
            key: dossier.own_key().map(str::to_owned),
            values: profile
                .fields()
                .filter_map(|field| Some((field, dossier.value(field)?.to_owned())))
                .collect(),
            problems: dossier.problems().iter().map(|problem| problem.rule.clone()).collect(),
        });
    }
    Ok(Seen { records, summary: reader.finish()? })
}

/// The rule that refuses the file.
pub(crate) fn refused(name: &str, bytes: impl std::io::Read) -> String {
    match read(name, bytes) {
        Err(Refusal::Rule(diagnostic)) => diagnostic.rule,
        Err(Refusal::Io(error)) => format!("io: {error}"),
        Ok(seen) => format!("accepted, {} records, {:?}", seen.records.len(), seen.warnings()),
    }
}
