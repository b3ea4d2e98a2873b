//! The identity data of one dossier: as it comes ([`Record`]), and as it is held ([`Person`], 48 bytes).

use crate::hash;
use crate::names::NameId;
use liant_model::{Nir, NirKind, NirProblem};
use std::fmt;
use zeroize::DefaultIsZeroes;

/// The identity data of one dossier, as written in its file. Every field may be absent or badly written.
#[derive(Clone, Copy, Default)]
pub struct Record<'a> {
    /// Number of registration in the national directory: 13 characters, or 15 with the key.
    pub nir: Option<&'a str>,
    /// Name at birth (*nom de naissance*).
    pub birth_name: Option<&'a str>,
    /// Name in use, often by marriage (*nom d'usage*, *nom marital*).
    pub usage_name: Option<&'a str>,
    /// First name or names (*prénom*).
    pub first_name: Option<&'a str>,
    /// Date of birth: `1980-02-01`, `19800201`, `01/02/1980`, or only `1980-02` or `1980`.
    pub birth_date: Option<&'a str>,
    /// INSEE code of the commune of residence.
    pub commune: Option<&'a str>,
    /// Number of the household at the CAF (*matricule*). Spouses share it.
    pub caf: Option<&'a str>,
    /// France Travail's region code (*code PE*), without which its identifier means nothing.
    pub ft_region: Option<&'a str>,
    /// France Travail's identifier (*identifiant PE*), unique within its region.
    pub ft_id: Option<&'a str>,
}

impl fmt::Debug for Record<'_> {
    /// Shows no personal value.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Record(•)")
    }
}

/// A record in compact form. Zero everywhere means "absent".
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) struct Person {
    pub(crate) nir: PackedNir,
    pub(crate) caf: u64,
    pub(crate) ft_id: u64,
    pub(crate) birth_name: NameId,
    pub(crate) usage_name: NameId,
    pub(crate) first_name: NameId,
    pub(crate) date: BirthDate,
    pub(crate) commune: u32,
    pub(crate) ft_region: u32,
}

impl Person {
    /// Reads all but the names, which need a table.
    pub(crate) fn read(record: &Record<'_>) -> Self {
        Self {
            nir: PackedNir::read(record.nir.unwrap_or_default()),
            caf: code_hash(record.caf.unwrap_or_default()),
            ft_id: code_hash(record.ft_id.unwrap_or_default()),
            date: BirthDate::read(record.birth_date.unwrap_or_default()),
            commune: commune_code(record.commune.unwrap_or_default()),
            ft_region: region_code(record.ft_region.unwrap_or_default()),
            ..Self::default()
        }
    }

    /// Whether the NIR says another birth year, or another month and day-as-month, than the date beside it.
    pub(crate) fn nir_belies_date(&self) -> bool {
        let (Some((year, month)), Some(born)) = (self.nir.year_month(), self.date.parts()) else {
            return false;
        };
        let month_differs = (1..=12).contains(&month)
            && born.1 != 0
            && month != born.1
            && month != born.2
            && (born.1, born.2) != (1, 1);
        year != (born.0 % 100) as u8 || month_differs
    }
}

impl DefaultIsZeroes for Person {}

/// A NIR in one word: 13 half-bytes (A and B of Corsica as 10 and 11), and a mark when it breaks a rule.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PackedNir(u64);

const DOUBTFUL: u64 = 1 << 63;
const PROVISIONAL: u64 = 1 << 62;
const CHARACTERS: u64 = (1 << 52) - 1;

impl PackedNir {
    /// Reads a NIR. One that breaks a rule of form is kept as doubtful when it still has 13 or 15 characters; it can
    /// then support a link but contradict none.
    pub(crate) fn read(text: &str) -> Self {
        if text.is_empty() {
            return Self(0);
        }
        match Nir::parse(text.as_bytes()) {
            Ok(nir) => {
                let provisional = if nir.kind() == NirKind::Provisional { PROVISIONAL } else { 0 };
                Self(pack(nir.canonical()) | provisional)
            }
            Err(NirProblem::Length) => {
                // Dots and hyphens between groups are a habit of printed cards.
                let mut kept = [0_u8; 16];
                let mut length = 0;
                for byte in text.bytes().filter(u8::is_ascii_alphanumeric).take(16) {
                    kept[length] = byte;
                    length += 1;
                }
                if length < text.trim().len() && matches!(length, 13 | 15) {
                    match Nir::parse(&kept[..length]) {
                        Ok(nir) => Self(pack(nir.canonical())),
                        Err(_) => Self::doubtful(&kept[..length]),
                    }
                } else {
                    Self(0)
                }
            }
            Err(_) => Self::doubtful(text.as_bytes()),
        }
    }

    fn doubtful(text: &[u8]) -> Self {
        let mut canonical = [0_u8; 13];
        let mut length = 0;
        for byte in text.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
            if let Some(place) = canonical.get_mut(length) {
                *place = byte.to_ascii_uppercase();
            }
            length += 1;
        }
        let uniform = canonical.iter().skip(1).all(|byte| *byte == canonical[1]);
        let zeros = canonical.iter().map(|byte| usize::from(*byte == b'0')).sum::<usize>();
        let fillers = zeros > 8 || uniform;
        let readable = canonical.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A' | b'B'));
        if matches!(length, 13 | 15) && readable && !fillers {
            Self(pack(&canonical) | DOUBTFUL)
        } else {
            Self(0)
        }
    }

    /// Whether there is none.
    pub(crate) fn absent(self) -> bool {
        self.0 == 0
    }

    /// Whether it breaks a rule of form, so that it may not contradict.
    pub(crate) fn is_doubtful(self) -> bool {
        self.0 & DOUBTFUL != 0
    }

    /// Whether it will be replaced one day.
    pub(crate) fn is_provisional(self) -> bool {
        self.0 & PROVISIONAL != 0
    }

    /// The 13 characters as a word, 0 when absent.
    pub(crate) fn characters(self) -> u64 {
        self.0 & CHARACTERS
    }

    fn character(self, place: usize) -> u64 {
        (self.0 >> (48 - 4 * place)) & 15
    }

    /// Two digits of the year and of the month of birth, when the characters are digits.
    pub(crate) fn year_month(self) -> Option<(u8, u8)> {
        let digits = [self.character(1), self.character(2), self.character(3), self.character(4)];
        if self.absent() || digits.iter().any(|digit| *digit > 9) {
            return None;
        }
        Some(((digits[0] * 10 + digits[1]) as u8, (digits[2] * 10 + digits[3]) as u8))
    }

    /// Whether one slip of the keyboard leads from one to the other: one character changed, or two neighbours
    /// swapped.
    pub(crate) fn one_slip_from(self, other: Self) -> bool {
        let difference = self.characters() ^ other.characters();
        if difference == 0 {
            return false;
        }
        let low = difference.trailing_zeros() / 4;
        let high = difference.ilog2() / 4;
        if low == high {
            return true;
        }
        let at = |word: u64, place: u32| (word >> (4 * place)) & 15;
        let (a, b) = (self.characters(), other.characters());
        high == low + 1 && at(a, low) == at(b, high) && at(a, high) == at(b, low)
    }
}

fn pack(canonical: &[u8; 13]) -> u64 {
    canonical.iter().fold(0, |word, byte| {
        let value = if byte.is_ascii_digit() { byte - b'0' } else { (byte & 0x1F) + 9 };
        (word << 4) | u64::from(value & 15)
    })
}

/// A date of birth, whole or partial; the month or day is 0 when unknown. Months above 12 are kept as written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct BirthDate(u32);

impl BirthDate {
    fn new(year: u32, month: u32, day: u32) -> Self {
        if (1850..=2150).contains(&year) && month <= 31 && day <= 31 && (month <= 12 || day <= 12) {
            Self(year << 10 | month << 5 | day)
        } else {
            Self(0)
        }
    }

    /// Reads any of the forms of [`Record::birth_date`]; what is none of them is absent.
    pub(crate) fn read(text: &str) -> Self {
        let mut parts = [(0_u32, 0_usize); 3];
        let mut part = 0;
        for byte in text.trim().bytes() {
            match byte {
                b'0'..=b'9' => {
                    let Some((value, digits)) = parts.get_mut(part) else { return Self(0) };
                    *value = (*value * 10 + u32::from(byte - b'0')).min(1_000_000_000);
                    *digits += 1;
                }
                b'-' | b'/' | b'.' | b' ' => part += 1,
                b'T' if part == 2 => break,
                _ => return Self(0),
            }
        }
        match parts {
            [(year, 4), (month, 0..=2), (day, 0..=2)] | [(day, 1..=2), (month, 1..=2), (year, 4)] => {
                Self::new(year, month, day)
            }
            [(compact, 8), (_, 0), (_, 0)] => Self::new(compact / 10_000, compact / 100 % 100, compact % 100),
            _ => Self(0),
        }
    }

    /// Whether nothing is known.
    pub(crate) fn absent(self) -> bool {
        self.0 == 0
    }

    /// Whether year, month and day are known.
    pub(crate) fn whole(self) -> bool {
        self.0 & 31 != 0 && (self.0 >> 5) & 31 != 0
    }

    /// Year, month, day.
    pub(crate) fn parts(self) -> Option<(u16, u8, u8)> {
        (self.0 != 0).then_some(((self.0 >> 10) as u16, ((self.0 >> 5) & 31) as u8, (self.0 & 31) as u8))
    }

    /// The date as one word, 0 when absent.
    pub(crate) fn word(self) -> u32 {
        self.0
    }

    /// The year, 0 when absent.
    pub(crate) fn year(self) -> u32 {
        self.0 >> 10
    }
}

/// An identifier as a word: its letters and digits, capitals, hashed; 0 when there is none or it is only zeros.
fn code_hash(text: &str) -> u64 {
    let mut kept = [0_u8; 32];
    let mut length = 0;
    for byte in text.bytes().filter(u8::is_ascii_alphanumeric).take(32) {
        kept[length] = byte.to_ascii_uppercase();
        length += 1;
    }
    if kept[..length].iter().all(|byte| *byte == b'0') { 0 } else { hash::text(&kept[..length]).max(1) }
}

/// An INSEE commune code as a word; a lost leading zero is given back.
fn commune_code(text: &str) -> u32 {
    let mut word = 0_u64;
    let mut length = 0;
    for byte in text.bytes().filter(u8::is_ascii_alphanumeric).take(12) {
        word = word.wrapping_mul(37).wrapping_add(match byte.to_ascii_uppercase() {
            digit @ b'0'..=b'9' => u64::from(digit - b'0') + 1,
            letter => u64::from(letter - b'A') + 11,
        });
        length += 1;
    }
    match length {
        0 => 0,
        4 => (word + 37_u64.pow(4)) as u32,
        5 => word as u32,
        _ => (hash::finish(word) as u32) | 1 << 31,
    }
}

/// A region code as a word, leading zeros ignored; 0 when absent.
fn region_code(text: &str) -> u32 {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return 0;
    }
    match trimmed.parse::<u32>() {
        Ok(number) if number < 1 << 30 => number + 1,
        _ => (hash::text(trimmed.as_bytes()) as u32) | 1 << 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates() {
        for (text, expected) in [
            ("1980-02-01", Some((1980, 2, 1))),
            ("19800201", Some((1980, 2, 1))),
            ("01/02/1980", Some((1980, 2, 1))),
            ("1.2.1980", Some((1980, 2, 1))),
            ("1980-02-01T00:00:00", Some((1980, 2, 1))),
            ("1980-02", Some((1980, 2, 0))),
            ("1980", Some((1980, 0, 0))),
            ("1980-00-00", Some((1980, 0, 0))),
            ("1980-25-12", Some((1980, 25, 12))),
            ("1980-25-13", None),
            ("0000-00-00", None),
            ("80-02-01", None),
            ("1980-02-01-03", None),
            ("inconnue", None),
            ("", None),
        ] {
            assert_eq!(BirthDate::read(text).parts(), expected, "{text}");
        }
    }

    #[test]
    fn nirs() {
        let nir = PackedNir::read("2820251108030");
        for same in ["2 82 02 51 108 030", "282.02.51.108.030", "282025110803039"] {
            let key = Nir::parse(b"2820251108030").unwrap().key();
            let text = same.replace("282025110803039", &format!("2820251108030{key:02}"));
            assert!(PackedNir::read(&text) == nir, "{same}");
        }
        assert!(PackedNir::read("179012a001234") == PackedNir::read("179012A001234"));
        for (text, doubtful) in [("282025110803001", true), ("2821951108030", true), ("2820251108030", false)]
        {
            assert_eq!(PackedNir::read(text).is_doubtful(), doubtful, "{text}");
        }
        for text in ["", "0000000000000", "9999999999999", "1000000000000", "28202511", "néant"] {
            assert!(PackedNir::read(text).absent(), "{text}");
        }
        assert!(PackedNir::read("7820251108030").is_provisional());
    }

    #[test]
    fn slips() {
        let nir = PackedNir::read("2820251108030");
        for (other, expected) in [
            ("2820251108030", false),
            ("2820251108031", true),
            ("2820251180030", true),
            ("2820251108300", true),
            ("2820251109031", false),
            ("1820251108031", false),
            ("2820252108030", true),
        ] {
            assert_eq!(nir.one_slip_from(PackedNir::read(other)), expected, "{other}");
            assert_eq!(PackedNir::read(other).one_slip_from(nir), expected, "{other}");
        }
    }

    #[test]
    fn codes() {
        assert_eq!(commune_code("1001"), commune_code("01001"));
        assert_ne!(commune_code("2A004"), commune_code("2B004"));
        assert_eq!(commune_code(" "), 0);
        assert_eq!(region_code("062"), region_code("62"));
        assert_eq!(region_code(""), 0);
        assert_eq!(code_hash("0621234567-00012"), code_hash("062 1234567 00012"));
        assert_eq!(code_hash("000"), 0);
    }
}
