use std::sync::Arc;

use liant_model::{Lang, NirProblem};

use crate::message;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The rule is broken and the record, or the file, is kept as it is.
    Warning,
    /// The rule is broken: the record is set aside, or the file refused.
    Error,
}

/// A text in both languages of the product.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(from = "BilingualText")]
pub struct Bilingual {
    fr: Arc<str>,
    en: Arc<str>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct BilingualText {
    fr: String,
    en: String,
}

impl From<BilingualText> for Bilingual {
    fn from(text: BilingualText) -> Self {
        Self { fr: text.fr.into(), en: text.en.into() }
    }
}

impl Bilingual {
    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// Where in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Number of the record, from 1; `None` for the header, the trailer and the file itself.
    pub record: Option<u64>,
    /// Line, from 1.
    pub line: u64,
    /// Byte offset from the start of the file.
    pub offset: u64,
    /// Path of the element, `individu/nir`, or name of the column; empty when the place is no element.
    pub element: String,
}

/// What is wrong: the rule's kind and what its message needs to say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each kind is spelled out in message.rs")]
pub enum Fault {
    Required,
    TooLong { max: usize, length: usize },
    DateForm,
    NoSuchDay,
    CompactDate,
    NirForm(NirProblem),
    NirWritten,
    NotDigits,
    NotCount,
    NotFlag,
    UnknownCode,
    Commune,
    FtIdentifier,
    NotUpperUnaccented,
    Telephone,
    Email,
    Repeated,
    Encodable,
    Moved { to: &'static str },
    Rule { message: Bilingual, help: Bilingual },
    KeyMissing,
    KeyTwice,
    Ambiguous,
    TagSpelling { canonical: String },
    UnknownElement,
    UnknownColumn,
    C1Bytes,
    CrLf,
    EncodingDeclared { found: String },
    EmptyFile,
    ByteOrderMark,
    UnknownEncoding,
    ControlByte { byte: u8 },
    InvalidBytes { encoding: &'static str },
    NotXml,
    Doctype,
    Entity,
    StrayText,
    ChildInValue,
    Malformed { cause: String },
    Unbalanced,
    NestedRecord,
    TooDeep { max: usize },
    TooManyAttributes { max: usize },
    TextTooLong { max: usize },
    RecordTooLarge { max: usize },
    TooManyPersons { max: usize },
    TooManyRecords { max: u64 },
    Truncated,
    TrailingContent,
    HeaderMissing { element: String },
    HeaderRepeated,
    HeaderValueMissing,
    HeaderValue { expected: String },
    WrongFlow { expected: String },
    WrongTerritory { expected: String },
    NoSuchTerritory,
    ReferenceMonth,
    CountForm,
    CountMismatch { declared: u64, counted: u64 },
    RecordAfterTrailer,
    ColumnMissing { wanted: String },
    ColumnRepeated,
    CellCount { expected: usize, found: usize },
    QuoteOpen,
}

/// One finding about a file. Personal values are masked before they get here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// Stable code of the rule, `PECGM-NIR-FORM`.
    pub rule: String,
    /// What is wrong.
    pub fault: Fault,
    /// The text the rule comes from.
    pub article: Bilingual,
    /// Where it is wrong.
    pub place: Place,
    /// The value at fault, masked ([`liant_model::mask`]) unless it is no personal datum.
    pub value: Option<String>,
}

impl Diagnostic {
    /// A record whose identifier the file holds already, at `place`: whoever keeps the keys it has read says it so.
    pub fn key_twice(profile: &crate::Profile, place: Place) -> Self {
        crate::record::file_diagnostic(profile, Severity::Error, Fault::KeyTwice, place)
    }

    /// What is wrong, in one line without a final stop.
    pub fn message(&self, lang: Lang) -> String {
        message::message(&self.fault, lang)
    }

    /// What to do about it.
    pub fn help(&self, lang: Lang) -> String {
        message::help(&self.fault, lang)
    }

    /// The diagnostic as an owned, serialisable report in one language.
    pub fn report(&self, lang: Lang) -> Report {
        Report {
            severity: self.severity,
            rule: self.rule.clone(),
            message: self.message(lang),
            source: self.article.get(lang).to_owned(),
            record: self.place.record,
            line: self.place.line,
            offset: self.place.offset,
            element: self.place.element.clone(),
            value: self.value.clone(),
            help: self.help(lang),
        }
    }

    /// The diagnostic as plain text of a few lines, in the manner of a compiler. `file` is the name shown to the
    /// reader. Ends with a line feed.
    pub fn render(&self, file: &str, lang: Lang) -> String {
        message::render(self, file, lang)
    }
}

/// A diagnostic as JSON shows it. The names are a contract of `--json`:
///
/// | name | meaning |
/// |---|---|
/// | `severity` | `error` or `warning` |
/// | `rule` | stable code of the rule |
/// | `message` | what is wrong, in the chosen language |
/// | `source` | the text the rule comes from |
/// | `record` | number of the record from 1, or null for the header, the trailer and the file |
/// | `line` | line from 1 |
/// | `offset` | byte offset from the start of the file |
/// | `element` | path of the element, or empty |
/// | `value` | the value, masked when personal, or null |
/// | `help` | what to do |
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[expect(missing_docs, reason = "the table above documents each name")]
pub struct Report {
    pub severity: Severity,
    pub rule: String,
    pub message: String,
    pub source: String,
    pub record: Option<u64>,
    pub line: u64,
    pub offset: u64,
    pub element: String,
    pub value: Option<String>,
    pub help: String,
}

/// Why a whole file is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The file breaks a rule without which no record of it can be trusted.
    #[error("{} at line {} (byte {}): {}", .0.rule, .0.place.line, .0.place.offset, .0.message(Lang::En))]
    Rule(Box<Diagnostic>),
    /// The bytes could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] std::io::Error),
}

impl Refusal {
    /// The diagnostic, unless reading itself failed.
    pub fn diagnostic(&self) -> Option<&Diagnostic> {
        match self {
            Self::Rule(diagnostic) => Some(diagnostic),
            Self::Io(_) => None,
        }
    }
}
