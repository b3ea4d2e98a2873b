use liant_model::{Facts, Field, FieldSet};
use xxhash_rust::xxh3::xxh3_64;

/// What tells whether a block has changed: eight bytes over the fields that every flow of the source carries, eight
/// over the others. A weekly file that carries only the first compares only those.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fingerprint(pub(crate) [u8; 16]);

impl Fingerprint {
    pub(crate) fn common(self) -> [u8; 8] {
        self.0[..8].try_into().unwrap_or_default()
    }

    /// The fingerprint of `old` after a partial flow: the common half is this one's, the other stays.
    pub(crate) fn laid_over(self, old: Self) -> Self {
        let mut laid = old;
        laid.0[..8].copy_from_slice(&self.common());
        laid
    }
}

/// How the fields of a block fall into the two halves of its fingerprint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Halves {
    /// Every flow of the source carries them all.
    AllCommon,
    /// No field is carried by every flow of the source.
    NoneCommon,
    /// These are common, others are not.
    Both(FieldSet),
}

impl Halves {
    /// The halves of a block that has these fields, where `common` are those of every flow of the source.
    pub(crate) fn new(fields: FieldSet, common: FieldSet) -> Self {
        if common.covers(fields) {
            Self::AllCommon
        } else if common.intersection(fields) == FieldSet::EMPTY {
            Self::NoneCommon
        } else {
            Self::Both(common)
        }
    }
}

/// Takes fingerprints; its memory serves again.
#[derive(Default)]
pub(crate) struct Fingerprinter {
    common: Vec<u8>,
    rest: Vec<u8>,
}

impl Fingerprinter {
    /// The fingerprint of a block, with the blind indexes that stand for its sealed values: an index among the
    /// common fields, one among the others.
    pub(crate) fn of(
        &mut self,
        facts: &Facts,
        halves: Halves,
        sealed_common: Option<&[u8; 16]>,
        sealed_rest: Option<&[u8; 16]>,
    ) -> Fingerprint {
        self.common.clear();
        self.rest.clear();
        match halves {
            Halves::AllCommon => self.common.extend_from_slice(facts.as_bytes()),
            Halves::NoneCommon => self.rest.extend_from_slice(facts.as_bytes()),
            Halves::Both(common) => {
                for (number, bytes) in facts.coded() {
                    let is_common = Field::from_number(number).is_some_and(|field| common.contains(field));
                    let half = if is_common { &mut self.common } else { &mut self.rest };
                    half.extend_from_slice(bytes);
                }
            }
        }
        self.common.extend(sealed_common.into_iter().flatten());
        self.rest.extend(sealed_rest.into_iter().flatten());
        let mut fingerprint = [0; 16];
        fingerprint[..8].copy_from_slice(&xxh3_64(&self.common).to_be_bytes());
        fingerprint[8..].copy_from_slice(&xxh3_64(&self.rest).to_be_bytes());
        Fingerprint(fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_half_sees_its_own_fields() {
        let take = |name: &str, caf: &str, nir: Option<&[u8; 16]>| {
            let mut facts = Facts::new();
            facts.push(Field::BirthName, name);
            facts.push(Field::CafIdentifier, caf);
            let halves = Halves::Both(FieldSet::EMPTY.with(Field::BirthName));
            Fingerprinter::default().of(&facts, halves, nir, None)
        };
        let first = take("A", "1", None);
        assert_eq!(first, take("A", "1", None));
        assert_eq!(first.common(), take("A", "2", None).common());
        assert_ne!(first, take("A", "2", None));
        assert_ne!(first.common(), take("B", "1", None).common());
        assert_eq!(take("B", "9", None).laid_over(first), take("B", "1", None));
        assert_ne!(first.common(), take("A", "1", Some(&[7; 16])).common());
    }

    #[test]
    fn halves_that_need_no_parting_are_hashed_as_if_parted() {
        let mut facts = Facts::new();
        facts.push(Field::BirthName, "A");
        facts.push(Field::FirstName, "B");
        let fields: FieldSet = [Field::BirthName, Field::FirstName].into_iter().collect();
        let take = |halves| Fingerprinter::default().of(&facts, halves, Some(&[7; 16]), Some(&[8; 16]));
        let other = FieldSet::EMPTY.with(Field::CafIdentifier);
        for (common, halves) in [
            (FieldSet::all(), Halves::AllCommon),
            (other, Halves::NoneCommon),
            (other.with(Field::FirstName), Halves::Both(other.with(Field::FirstName))),
        ] {
            assert_eq!(Halves::new(fields, common), halves);
            assert_eq!(take(halves), take(Halves::Both(common)), "{halves:?}");
        }
    }
}
