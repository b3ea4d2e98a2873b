//! What one value must look like.

use liant_model::{CodeLists, DateForm, DateProblem, Field, FieldType, Nir, parse_flow_date};

use crate::diagnostic::{Fault, Severity};
use crate::profile::{Check, Compiled, Element};

/// The codes of a list, packed for comparison, with their labels.
#[derive(Clone, Default)]
pub(crate) struct Codes {
    packed: Vec<u64>,
    labels: Vec<String>,
    open: bool,
}

/// The lists of a profile, by number of element; and, for each label, the element of its code.
pub(crate) struct Lists {
    codes: Vec<Option<Codes>>,
    label_of: Vec<Option<usize>>,
}

fn pack(code: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

impl Lists {
    pub(crate) fn new(profile: &Compiled, lists: &CodeLists) -> Self {
        let codes = profile.elements.iter().map(|element| {
            let list = lists.get(element.list?)?;
            let (packed, labels) =
                list.codes.iter().filter_map(|entry| Some((pack(&entry.code)?, entry.fr.clone()))).unzip();
            Some(Codes { packed, labels, open: list.open })
        });
        let label_of = profile.elements.iter().map(|element| match element.field.map(Field::field_type) {
            Some(FieldType::Label(code)) => profile.element_of(code),
            _ => None,
        });
        Self { codes: codes.collect(), label_of: label_of.collect() }
    }

    fn knows(&self, element: usize, code: &str) -> bool {
        match self.codes.get(element) {
            Some(Some(codes)) => codes.open || pack(code).is_some_and(|code| codes.packed.contains(&code)),
            _ => true,
        }
    }

    /// The element whose code the label in `element` explains.
    pub(crate) fn label_of(&self, element: usize) -> Option<usize> {
        self.label_of.get(element).copied().flatten()
    }

    /// The label that the list of `element` gives to `code`.
    pub(crate) fn label(&self, element: usize, code: &str) -> Option<&str> {
        let codes = self.codes.get(element)?.as_ref()?;
        let packed = pack(code)?;
        let place = codes.packed.iter().position(|known| *known == packed)?;
        codes.labels.get(place).map(String::as_str)
    }
}

/// What became of a value.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    /// What is wrong with it.
    pub(crate) fault: Option<(Severity, Fault)>,
    /// A second remark, that may stand beside the first.
    pub(crate) remark: Option<(Severity, Fault)>,
    /// The value in its standard form, when it was written otherwise.
    pub(crate) standard: Option<Standard>,
}

/// A standard form, without allocation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standard {
    bytes: [u8; 13],
    length: usize,
}

impl Standard {
    fn new(text: &[u8]) -> Self {
        let mut bytes = [0; 13];
        let length = text.len().min(13);
        bytes.iter_mut().zip(text).for_each(|(slot, byte)| *slot = *byte);
        Self { bytes, length }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Checks `value`, which is not empty, against the element of number `index`.
pub(crate) fn check(element: &Element, index: usize, value: &str, lists: &Lists) -> Verdict {
    let mut verdict = Verdict::default();
    let bytes = value.as_bytes();
    let fault = match element.check {
        Check::Text | Check::Territory => None,
        Check::Date => match parse_flow_date(bytes) {
            Ok((_, DateForm::Standard)) => None,
            Ok((_, DateForm::Compact)) => {
                if let [y1, y2, y3, y4, m1, m2, d1, d2] = bytes {
                    verdict.standard =
                        Some(Standard::new(&[*y1, *y2, *y3, *y4, b'-', *m1, *m2, b'-', *d1, *d2]));
                }
                verdict.remark = Some((Severity::Warning, Fault::CompactDate));
                None
            }
            Err(DateProblem::Form) => Some(Fault::DateForm),
            Err(DateProblem::NoSuchDay) => Some(Fault::NoSuchDay),
        },
        Check::Nir => nir(element, bytes, &mut verdict),
        Check::Digits => (!all_digits(bytes)).then_some(Fault::NotDigits),
        Check::Count => (!all_digits(bytes) || bytes.len() > 9).then_some(Fault::NotCount),
        Check::Flag => match value {
            "0" | "1" => None,
            "true" => {
                verdict.standard = Some(Standard::new(b"1"));
                None
            }
            "false" => {
                verdict.standard = Some(Standard::new(b"0"));
                None
            }
            _ => Some(Fault::NotFlag),
        },
        Check::Code => {
            if !lists.knows(index, value) {
                verdict.remark = Some((element.code, Fault::UnknownCode));
            }
            None
        }
        Check::Commune => (!commune(bytes)).then_some(Fault::Commune),
        Check::FtIdentifier => (!ft_identifier(bytes)).then_some(Fault::FtIdentifier),
        Check::Telephone => (bytes.len() != 10 || !all_digits(bytes)).then_some(Fault::Telephone),
        Check::Email => (!email(value)).then_some(Fault::Email),
    };
    if let Some(fault) = fault {
        verdict.fault = Some((element.form, fault));
        return verdict;
    }
    if verdict.standard.is_none() && bytes.len() > element.max {
        let length = value.chars().count();
        if length > element.max {
            verdict.fault = Some((element.length, Fault::TooLong { max: element.max, length }));
            return verdict;
        }
    }
    if let Some(severity) = element.upper
        && !value.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_lowercase())
    {
        verdict.fault = Some((severity, Fault::NotUpperUnaccented));
    }
    verdict
}

fn nir(element: &Element, bytes: &[u8], verdict: &mut Verdict) -> Option<Fault> {
    match Nir::parse(bytes) {
        Ok(nir) => {
            if nir.canonical().as_slice() != bytes {
                verdict.standard = Some(Standard::new(nir.canonical()));
                if !(element.nir_key && bytes.len() == 15) {
                    verdict.remark = Some((Severity::Warning, Fault::NirWritten));
                }
            }
            None
        }
        Err(problem) => Some(Fault::NirForm(problem)),
    }
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// A commune code of INSEE: five digits, or 2A, 2B and three digits.
fn commune(bytes: &[u8]) -> bool {
    match bytes {
        [b'2', b'A' | b'B', rest @ ..] => rest.len() == 3 && all_digits(rest),
        _ => bytes.len() == 5 && all_digits(bytes),
    }
}

/// "Généralement composé de 7 chiffres et une lettre ou de 8 chiffres selon la région".
fn ft_identifier(bytes: &[u8]) -> bool {
    match bytes {
        [digits @ .., last] => digits.len() == 7 && all_digits(digits) && last.is_ascii_alphanumeric(),
        [] => false,
    }
}

fn email(value: &str) -> bool {
    let space = |c: char| c.is_whitespace() || c.is_control();
    match value.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && !domain.contains('@')
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && !value.contains(space)
        }
        None => false,
    }
}
