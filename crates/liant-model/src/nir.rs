use std::fmt;

/// The number of registration in the national directory (*numéro d'inscription au répertoire*), without its key:
/// 13 characters, the canonical form in Liant.
///
/// Use of the NIR is restricted by decree (CASF R.262-116-1 and following): the value is never shown by `Debug` or `Display`,
/// is sealed in the store, and is read only to recognise a person or inside the flow that requires it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nir([u8; 13]);

/// What the first characters say of a NIR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NirKind {
    /// 1 or 2: a person registered in the directory.
    Certified,
    /// 3, 4: a person born abroad whose registration is under way; 7, 8: a waiting number
    /// (*numéro d'identification d'attente*). It will be replaced: two different ones may be one person.
    Provisional,
}

/// Why a text is no NIR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NirProblem {
    /// Neither 13 characters nor 15 with the key.
    #[error("a NIR has 13 characters, or 15 with its key")]
    Length,
    /// A character that has no place where it stands.
    #[error("character {0} of the NIR has no place there")]
    Character(u8),
    /// The month part is neither a month nor one of the pseudo-months 20, 30–42, 50–99.
    #[error("the month of the NIR is neither a month nor a pseudo-month")]
    Month,
    /// The commune or the order number is 000.
    #[error("the order number of the NIR is 000")]
    Order,
    /// The two digits of the key do not fit the 13 characters.
    #[error("the key of the NIR does not fit")]
    Key,
}

impl Nir {
    /// Reads a NIR of 13 characters, or of 15 with its key, which is then checked. Spaces are ignored and the
    /// letters of Corsica (2A, 2B) may be lower case.
    ///
    /// # Errors
    /// [`NirProblem`] names the first rule that is broken, never the value.
    pub fn parse(text: &[u8]) -> Result<Self, NirProblem> {
        let mut kept = [0_u8; 15];
        let mut length = 0;
        for byte in text.iter().filter(|byte| **byte != b' ') {
            *kept.get_mut(length).ok_or(NirProblem::Length)? = byte.to_ascii_uppercase();
            length += 1;
        }
        let mut canonical = [0_u8; 13];
        canonical.copy_from_slice(&kept[..13]);
        let nir = Self(canonical);
        match length {
            13 => nir.check().map(|()| nir),
            15 => {
                nir.check()?;
                let [.., tens, units] = kept;
                if !tens.is_ascii_digit() {
                    return Err(NirProblem::Character(14));
                }
                if !units.is_ascii_digit() {
                    return Err(NirProblem::Character(15));
                }
                if (tens - b'0') * 10 + (units - b'0') == nir.key() { Ok(nir) } else { Err(NirProblem::Key) }
            }
            _ => Err(NirProblem::Length),
        }
    }

    fn check(&self) -> Result<(), NirProblem> {
        let nir = &self.0;
        if !matches!(nir[0], b'1'..=b'4' | b'7' | b'8') {
            return Err(NirProblem::Character(1));
        }
        for (place, byte) in nir.iter().enumerate() {
            let corsica = place == 6 && nir[5] == b'2' && matches!(byte, b'A' | b'B');
            if !byte.is_ascii_digit() && !corsica {
                return Err(NirProblem::Character(place as u8 + 1));
            }
        }
        let month = (nir[3] - b'0') * 10 + (nir[4] - b'0');
        if !matches!(month, 1..=12 | 20 | 30..=42 | 50..=99) {
            return Err(NirProblem::Month);
        }
        if &nir[10..13] == b"000" {
            return Err(NirProblem::Order);
        }
        Ok(())
    }

    /// The 13 canonical characters (ASCII digits, and A or B in seventh place for Corsica). Handle with care:
    /// this is the value itself.
    pub fn canonical(&self) -> &[u8; 13] {
        &self.0
    }

    /// The 13 characters as text. Handle with care: this is the value itself.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The two-digit key: 97 − (n mod 97), where 2A counts as 19 and 2B as 18.
    pub fn key(&self) -> u8 {
        let number = self.0.iter().fold(0_u64, |number, byte| {
            number * 10 + if byte.is_ascii_digit() { u64::from(byte - b'0') } else { 0 }
        });
        let corsica = match self.0[6] {
            b'A' => 1_000_000,
            b'B' => 2_000_000,
            _ => 0,
        };
        (97 - (number - corsica) % 97) as u8
    }

    /// The NIR in one word: its digits as a number, times 4, plus 1 for 2A and 2 for 2B. Distinct NIRs have
    /// distinct words.
    pub fn packed(&self) -> u64 {
        let number = self.0.iter().fold(0_u64, |number, byte| {
            number * 10 + if byte.is_ascii_digit() { u64::from(byte - b'0') } else { 0 }
        });
        number * 4
            + match self.0[6] {
                b'A' => 1,
                b'B' => 2,
                _ => 0,
            }
    }

    /// Whether the number is final or provisional.
    pub fn kind(&self) -> NirKind {
        if matches!(self.0[0], b'1' | b'2') { NirKind::Certified } else { NirKind::Provisional }
    }

    /// The two digits of the year of birth.
    pub fn year(&self) -> u8 {
        (self.0[1] - b'0') * 10 + (self.0[2] - b'0')
    }

    /// The month of birth, 1–12, or `None` for a pseudo-month (month unknown, or numbers of the month used up).
    pub fn month(&self) -> Option<u8> {
        let month = (self.0[3] - b'0') * 10 + (self.0[4] - b'0');
        (1..=12).contains(&month).then_some(month)
    }

    /// Whether the person was born outside France (département 99).
    pub fn born_abroad(&self) -> bool {
        &self.0[5..7] == b"99"
    }
}

impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(•)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_known_from_elsewhere() {
        for (nir, key) in [("179012A001234", 71), ("179012B001234", 1)] {
            assert_eq!(Nir::parse(nir.as_bytes()).unwrap().key(), key, "{nir}");
        }
    }

    #[test]
    fn forms() {
        for (text, expected) in [
            ("2820251108030", Ok(NirKind::Certified)),
            ("2 82 02 51 108 030", Ok(NirKind::Certified)),
            ("179012a001234", Ok(NirKind::Certified)),
            ("179012A00123471", Ok(NirKind::Certified)),
            ("179012A00123472", Err(NirProblem::Key)),
            ("7820299108030", Ok(NirKind::Provisional)),
            ("3820299108030", Ok(NirKind::Provisional)),
            ("1822051108030", Ok(NirKind::Certified)),
            ("5820251108030", Err(NirProblem::Character(1))),
            ("18202511O8030", Err(NirProblem::Character(9))),
            ("182021A108030", Err(NirProblem::Character(7))),
            ("1821351108030", Err(NirProblem::Month)),
            ("1820051108030", Err(NirProblem::Month)),
            ("1820251108000", Err(NirProblem::Order)),
            ("182025110803", Err(NirProblem::Length)),
            ("18202511080301", Err(NirProblem::Length)),
            ("", Err(NirProblem::Length)),
        ] {
            assert_eq!(Nir::parse(text.as_bytes()).map(|nir| nir.kind()), expected, "{text}");
        }
    }

    #[test]
    fn debug_hides_the_value() {
        let nir = Nir::parse(b"2820251108030").unwrap();
        assert_eq!(format!("{nir:?}"), "Nir(•)");
    }

    proptest! {
        #[test]
        fn never_panics_and_key_round_trips(text in proptest::collection::vec(any::<u8>(), 0..20)) {
            if let Ok(nir) = Nir::parse(&text) {
                let with_key = format!("{}{:02}", nir.as_str(), nir.key());
                prop_assert_eq!(Nir::parse(with_key.as_bytes()), Ok(nir));
            }
        }

        #[test]
        fn digits_pack_apart(a in "[12][0-9]{2}(0[1-9]|1[0-2])[0-9]{5}[1-9][0-9]{2}", b in "[12][0-9]{2}(0[1-9]|1[0-2])[0-9]{5}[1-9][0-9]{2}") {
            let (x, y) = (Nir::parse(a.as_bytes()).unwrap(), Nir::parse(b.as_bytes()).unwrap());
            prop_assert_eq!(a == b, x.packed() == y.packed());
        }
    }
}
