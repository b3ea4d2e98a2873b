//! A liaison form that left: which one, and the seal of what was signed. What it says is kept elsewhere, under seal.

use std::fmt;

use liant_model::FormId;
use serde::{Deserialize, Serialize};

use crate::FormModel;
use crate::programme::Route;

/// The seal of what a person signed (*sceau d'intégrité*): a SHA-256. It is written as 64 hexadecimal digits in lower case, so that no
/// phrase fits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FormSeal([u8; 32]);

/// A text that is no seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a seal is 64 hexadecimal digits, in lower case")]
pub struct NoSeal;

impl FormSeal {
    /// The seal that a hash is.
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }
}

impl TryFrom<String> for FormSeal {
    type Error = NoSeal;
    fn try_from(text: String) -> Result<Self, NoSeal> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let digit = |sign: u8| match sign {
            b'0'..=b'9' => Ok(sign - b'0'),
            b'a'..=b'f' => Ok(sign - b'a' + 10),
            _ => Err(NoSeal),
        };
        let bytes: Vec<u8> = pairs
            .iter()
            .map(|[high, low]| Ok(digit(*high)? << 4 | digit(*low)?))
            .collect::<Result<_, NoSeal>>()?;
        if !rest.is_empty() {
            return Err(NoSeal);
        }
        bytes.try_into().map(Self).map_err(|_| NoSeal)
    }
}

impl From<FormSeal> for String {
    fn from(seal: FormSeal) -> Self {
        seal.to_string()
    }
}

impl fmt::Display for FormSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FormSeal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The form that left with a proposal: what both parties hold of it, and what shows that it was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentForm {
    /// Which.
    pub id: FormId,
    /// Its model.
    pub model: FormModel,
    /// The seal of what she signed.
    pub seal: FormSeal,
}

impl FormModel {
    /// The model that travels by a route; none by a route without a form, or with one that Liant does not know.
    pub fn of_route(route: &Route) -> Option<Self> {
        route.form.as_ref()?.as_str().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_sixty_four_digits_and_nothing_else() {
        let seal = FormSeal::new(std::array::from_fn(|place| (place * 7) as u8));
        let text = String::from(seal);
        assert_eq!(text.len(), 64);
        assert_eq!(FormSeal::try_from(text.clone()), Ok(seal));
        let others = [
            String::new(),
            text[1..].to_owned(),
            format!("{text}0"),
            format!("{text}00"),
            text.to_uppercase(),
            format!("{} {}", &text[..31], &text[..32]),
            "é".repeat(32),
        ];
        for other in others {
            assert_eq!(FormSeal::try_from(other.clone()), Err(NoSeal), "{other}");
        }
    }
}
