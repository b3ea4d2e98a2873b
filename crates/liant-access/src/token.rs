use std::fmt;

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::hex;

/// A random secret of 256 bits that is given away once (a session's cookie, a link in a mail) and never kept: the store
/// knows its SHA-256 only. So much chance needs no slow hash.
pub struct Token(Zeroizing<[u8; 32]>);

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no token: 64 hexadecimal digits are expected")]
pub struct InvalidToken;

impl Token {
    /// The token of these random bytes.
    pub fn new(random: [u8; 32]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// Reads what [`Token::reveal`] wrote.
    ///
    /// # Errors
    /// [`InvalidToken`].
    pub fn parse(text: &str) -> Result<Self, InvalidToken> {
        hex::decode(text).map(Self::new).ok_or(InvalidToken)
    }

    /// Its text, 64 hexadecimal digits: for the cookie or the link, and nowhere else.
    pub fn reveal(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.as_slice()))
    }

    /// What the store keeps of it.
    pub fn hash(&self) -> TokenHash {
        let mut bytes = [0; 32];
        bytes.iter_mut().zip(digest(&SHA256, self.0.as_slice()).as_ref()).for_each(|(to, from)| *to = *from);
        TokenHash(bytes)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(•)")
    }
}

/// The SHA-256 of a [`Token`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// A hash read back from the store.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes to store, or to look up.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_shows_nothing() {
        let token = Token::new([0xa5; 32]);
        let text = token.reveal();
        assert_eq!(text.len(), 64);
        assert_eq!(Token::parse(&text).unwrap().hash(), token.hash());
        assert_eq!(format!("{token:?}"), "Token(•)");
        let (short, upper) = (&text[..62], text.to_uppercase());
        for bad in ["", short, upper.as_str(), "zz"] {
            assert_eq!(Token::parse(bad).err(), Some(InvalidToken), "{bad}");
        }
    }
}
