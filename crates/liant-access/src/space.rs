//! How a person comes into her own space: the number that names it. What she is handed is a
//! [recovery code](crate::recovery); what she then shows is a password and a [code](crate::totp) of her telephone.

use std::fmt;

use liant_model::Territory;

use crate::totp::base32;

/// The number of a space, `62-ABCD-EFGH`: it tells which one, and opens nothing. It is drawn by chance, so that nobody counts or
/// guesses who has a space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpaceNumber {
    territory: Territory,
    signs: String,
}

/// Signs after the territory.
const SIGNS: usize = 8;

/// A text that is no number of a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no number of a space: it is written like 62-ABCD-EFGH")]
pub struct InvalidSpaceNumber;

impl SpaceNumber {
    /// The number of these random bytes.
    pub fn new(territory: Territory, random: [u8; 5]) -> Self {
        Self { territory, signs: base32(&random) }
    }

    /// Reads a number as someone types it: case, spaces and hyphens do not matter, nor 0 for O, 1 for I in its eight signs.
    ///
    /// # Errors
    /// [`InvalidSpaceNumber`].
    pub fn parse(typed: &str) -> Result<Self, InvalidSpaceNumber> {
        let folded: String = typed
            .chars()
            .filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '‐' | '‑' | '–'))
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        let split = folded.len().checked_sub(SIGNS).and_then(|at| folded.split_at_checked(at));
        let (territory, signs) = split.ok_or(InvalidSpaceNumber)?;
        let signs = signs.replace('0', "O").replace('1', "I");
        if !signs.bytes().all(|sign| matches!(sign, b'A'..=b'Z' | b'2'..=b'7')) {
            return Err(InvalidSpaceNumber);
        }
        let territory = Territory::parse(territory).map_err(|_| InvalidSpaceNumber)?;
        Ok(Self { territory, signs })
    }

    /// Where the space is.
    pub const fn territory(&self) -> Territory {
        self.territory
    }

    /// The eight signs, as the store keeps them.
    pub fn signs(&self) -> &str {
        &self.signs
    }
}

impl fmt::Display for SpaceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, rest) = self.signs.split_at_checked(SIGNS / 2).unwrap_or((&self.signs, ""));
        write!(f, "{}-{first}-{rest}", self.territory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_typed() {
        for code in ["62", "2A", "971"] {
            let territory = Territory::parse(code).unwrap();
            let number = SpaceNumber::new(territory, [0x39, 0x08, 0x42, 255, 17]);
            let text = number.to_string();
            assert_eq!(text.len(), code.len() + 10, "{text}");
            let loose = text.to_lowercase().replace('-', " ");
            for typed in
                [text.as_str(), &loose, &text.replace('-', ""), &text.replace('O', "0").replace('I', "1")]
            {
                assert_eq!(SpaceNumber::parse(typed), Ok(number.clone()), "{typed}");
            }
            assert_eq!((number.territory(), number.signs().len()), (territory, 8));
        }
        for bad in ["", "62", "ABCD-EFGH", "99-ABCD-EFGH", "62-ABCD-EFG8", "62-ABCD-EFGÉ", "é62-ABCD-EFGH"]
        {
            assert_eq!(SpaceNumber::parse(bad), Err(InvalidSpaceNumber), "{bad}");
        }
    }
}
