//! What is sealed or indexed.

use std::fmt;

/// The kind of value sealed or indexed. It is bound to every result: a value sealed in one domain does not open in
/// another, and equal texts of two domains have unrelated blind indexes.
///
/// The codes are written in stored data: never reuse or change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Domain {
    /// *Numéro d'inscription au répertoire*, 13 canonical characters.
    Nir = 1,
    /// *Identifiant MSA* (`identifiant-msa` of the PECGM flow).
    Msa = 2,
    /// A file received or produced, sealed at rest.
    File = 3,
    /// A secret of a professional's sign-in: her second factor's, a provider's token.
    Credential = 4,
    /// Who tries to sign in, or from which network address: indexed only, for throttling.
    Attempt = 5,
    /// What a person writes in a request about her data.
    Statement = 6,
    /// What a register knew someone by who was erased: indexed only, to keep her out of its next files.
    Erased = 7,
    /// What a liaison form says (*fiche de liaison*).
    Form = 8,
}

impl Domain {
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }
}

/// A keyed pseudonym of a value: equal for equal values under one index key, meaningless without that key.
///
/// 16 bytes: among 10⁸ people the chance of any collision stays under 2⁻⁷⁴. Still personal data (RGPD art. 4(5)), so
/// `Debug` does not show it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlindIndex([u8; 16]);

impl BlindIndex {
    /// An index read back from the store.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlindIndex(redacted)")
    }
}
