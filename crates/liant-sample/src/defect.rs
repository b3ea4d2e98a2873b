//! Faults on purpose: each names one way in which a file can be bad, for the tests of readers.

use std::fmt;
use std::str::FromStr;

/// What a sound reader makes of a defect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A warning; every record is read.
    Warned,
    /// The record is set aside; the others are read.
    SetAside,
    /// The whole file is refused.
    Refused,
}

macro_rules! defects {
    ($($variant:ident, $name:literal, $expected:ident, $doc:literal;)*) => {
        /// A way in which a file is bad. Defects of one record strike the middle one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Defect {
            $(#[doc = $doc] $variant,)*
        }

        impl Defect {
            /// Every defect.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name, as [`FromStr`] reads it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it is, in a sentence.
            pub const fn description(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }

            /// What a sound reader makes of it.
            pub const fn expected(self) -> Expected {
                match self { $(Self::$variant => Expected::$expected,)* }
            }
        }
    };
}

defects! {
    AccentedTags, "accented-tags", Warned, "Tags are spelt to the letter of the convention's tables, accents and capitals included.";
    CrLf, "crlf", Warned, "Lines end with CR LF.";
    CompactDates, "compact-dates", Warned, "Dates are written aaaammjj.";
    C1Bytes, "c1-bytes", Warned, "A first name holds the byte 0x92, of windows-1252.";
    UnknownCodes, "unknown-codes", Warned, "One record has codes that no list knows.";
    ModalityUnderAxis, "modality-under-axis", Warned, "The mode of accompaniment stands under `axe`, as in the convention's table.";
    BadNir, "bad-nir", SetAside, "One NIR has a letter where a digit stands.";
    MissingName, "missing-name", SetAside, "One record has no birth name.";
    LongName, "long-name", SetAside, "One birth name is longer than the flow allows.";
    ImpossibleDate, "impossible-date", SetAside, "One birth date is 30 February.";
    DuplicatedKey, "duplicated-key", SetAside, "One record has the identifiers of the record before it.";
    RegionWithoutIdentifier, "region-without-identifier", SetAside, "One record has a code-pe without its identifiant-pe.";
    NoIdentifier, "no-identifier", SetAside, "One record has neither NIR nor identifiers of France Travail (CGPEM).";
    UnknownNature, "unknown-nature", SetAside, "One orientation has the nature 09 (CGPEM).";
    FutureDecision, "future-decision", SetAside, "One decision is dated after the file (CGPEM).";
    ReferentWithoutName, "referent-without-name", SetAside, "One referent has a first name, a telephone and an e-mail but no last name (CGPEM).";
    Truncated, "truncated", Refused, "The file stops in the middle of its last record.";
    NoTrailer, "no-trailer", Refused, "The trailer is missing.";
    CountMismatch, "count-mismatch", Refused, "The trailer announces one record more than there are.";
    WrongFlow, "wrong-flow", Refused, "The header names another flow.";
    WrongDepartement, "wrong-departement", Refused, "The file is that of another Département.";
    TrailerDepartement, "trailer-departement", Refused, "The trailer names another Département than the header.";
    OlderReference, "older-reference", Refused, "The reference date is a year too old.";
    ByteOrderMark, "bom", Refused, "A UTF-8 byte order mark stands before an ISO-8859-1 prolog.";
    ByteOrderMarkInside, "bom-inside", Refused, "A UTF-8 byte order mark stands between two records.";
    Nul, "nul", Refused, "A first name holds a NUL byte.";
    ControlCharacter, "control-character", Refused, "A first name holds the byte 0x01.";
    InvalidUtf8, "invalid-utf8", Refused, "A first name holds bytes that are not UTF-8, in a file that says it is (RSABEM).";
    BareAmpersand, "bare-ampersand", Refused, "A first name holds an ampersand that is not escaped.";
    UnclosedTag, "unclosed-tag", Refused, "The tag of a first name is never closed.";
    DeepNesting, "deep-nesting", Refused, "A first name holds ten thousand nested elements.";
    HugeText, "huge-text", Refused, "A first name has ten million letters.";
    EntityBomb, "entity-bomb", Refused, "A document type declares entities that would unfold into a billion words.";
    ExternalEntity, "external-entity", Refused, "A document type declares an entity kept in another file.";
    TrailingRecord, "trailing-record", Refused, "A record stands after the end of the root element.";
}

/// A name that is no defect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no defect; give one of: {names}", names = names())]
pub struct UnknownDefect(pub String);

fn names() -> String {
    Defect::ALL.iter().map(|defect| defect.name()).collect::<Vec<_>>().join(", ")
}

impl FromStr for Defect {
    type Err = UnknownDefect;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|defect| defect.name() == name);
        found.ok_or_else(|| UnknownDefect(name.to_owned()))
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Bytes to put in the first name of the middle record, for the defects that do so.
pub(crate) fn inserted(defect: Defect) -> Option<Vec<u8>> {
    Some(match defect {
        Defect::C1Bytes => vec![0x92],
        Defect::Nul => vec![0],
        Defect::ControlCharacter => vec![1],
        Defect::InvalidUtf8 => vec![0xFF, 0xFE],
        Defect::BareAmpersand => b" & ".to_vec(),
        Defect::EntityBomb => b"&e9;".to_vec(),
        Defect::ExternalEntity => b"&e;".to_vec(),
        Defect::HugeText => vec![b'A'; 10_000_000],
        Defect::DeepNesting => {
            let mut bytes = b"<a>".repeat(10_000);
            bytes.extend(b"</a>".repeat(10_000));
            bytes
        }
        _ => return None,
    })
}

/// The document type to put after the prolog, for the defects that have one.
pub(crate) fn document_type(defect: Defect) -> Option<String> {
    match defect {
        Defect::EntityBomb => {
            let levels = (1..=9).map(|level| {
                let inner = format!("&e{};", level - 1).repeat(10);
                format!("<!ENTITY e{level} \"{inner}\">")
            });
            Some(format!("<!DOCTYPE flux [<!ENTITY e0 \"mot \">{}]>", levels.collect::<String>()))
        }
        Defect::ExternalEntity => {
            Some("<!DOCTYPE flux [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for defect in Defect::ALL {
            assert_eq!(defect.name().parse(), Ok(*defect));
        }
        assert!("nothing".parse::<Defect>().is_err());
    }
}
