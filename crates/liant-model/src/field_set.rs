use std::fmt;

use crate::{Field, UnknownField};

/// A set of fields: a word of 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct FieldSet(u128);

impl FieldSet {
    /// No field.
    pub const EMPTY: Self = Self(0);

    /// What locates someone: what is hidden of a protected address (*adresse protégée*).
    pub const ADDRESS: Self = Self::EMPTY
        .with(Field::ResidenceCommune)
        .with(Field::AddressLine)
        .with(Field::AddressComplement)
        .with(Field::Postcode)
        .with(Field::TownName);

    /// Every field of the dictionary.
    pub fn all() -> Self {
        Field::all().collect()
    }

    /// The fields that a pattern of a convention names: a code, or a prefix followed by `.*`, or `*`.
    ///
    /// # Errors
    /// [`UnknownField`] when the pattern names nothing.
    pub fn matching(pattern: &str) -> Result<Self, UnknownField> {
        let set: Self = match pattern.strip_suffix('*') {
            Some(prefix) if prefix.is_empty() || prefix.ends_with('.') => {
                Field::all().filter(|field| field.code().starts_with(prefix)).collect()
            }
            Some(_) => Self::EMPTY,
            None => return Field::from_code(pattern).map(|field| Self::EMPTY.with(field)),
        };
        if set.is_empty() { Err(UnknownField(pattern.to_owned())) } else { Ok(set) }
    }

    /// This set and `field`.
    #[must_use]
    pub const fn with(self, field: Field) -> Self {
        Self(self.0 | 1 << field as u8)
    }

    /// Whether it holds `field`.
    pub const fn contains(self, field: Field) -> bool {
        self.0 >> field as u8 & 1 == 1
    }

    /// The fields of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields of both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The fields of this set that are not in `other`.
    #[must_use]
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether every field of `other` is in this set.
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether it is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many fields it holds.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Its fields, by number.
    pub fn iter(self) -> impl Iterator<Item = Field> {
        Field::all().filter(move |field| self.contains(*field))
    }

    /// The word itself, as the audit writes it.
    pub const fn bits(self) -> u128 {
        self.0
    }

    /// The set of this word; bits of no field are kept, so that an old entry still reads.
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }
}

impl FromIterator<Field> for FieldSet {
    fn from_iter<I: IntoIterator<Item = Field>>(fields: I) -> Self {
        fields.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for FieldSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Field::code)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let contact = FieldSet::matching("contact.*").unwrap();
        assert!(contact.contains(Field::Postcode) && !contact.contains(Field::BirthName));
        assert_eq!(FieldSet::matching("identifiers.nir").unwrap(), FieldSet::EMPTY.with(Field::Nir));
        assert_eq!(FieldSet::matching("*").unwrap(), FieldSet::all());
        for nothing in ["contac*", "nothing.*", "identity", ""] {
            assert!(FieldSet::matching(nothing).is_err(), "{nothing}");
        }
        let bare = FieldSet::all().difference(contact);
        assert_eq!(bare.len() + contact.len(), FieldSet::all().len());
        assert!(FieldSet::all().covers(bare) && !bare.covers(contact));
    }
}
