//! Who is asking: the seam where accounts plug in.
//!
//! [`Sessions`] turns the token of a session cookie into a person. This crate holds no account and makes no session:
//! `liant-app` will, through one implementation of this trait given to [`Site::new`](crate::Site::new).

use std::fmt;

use liant_app::{AppError, Workplace};
use liant_model::{Actor, Instant, Territory};

/// The secret of a session, as its cookie carries it. Never printed.
#[derive(Clone)]
pub struct SessionToken(String);

impl SessionToken {
    /// The longest token that is looked up: longer ones are nobody's.
    const MOST: usize = 128;

    /// The token of a cookie, when it has the shape of one.
    pub fn parse(text: &str) -> Option<Self> {
        let shape = (16..=Self::MOST).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
        shape.then(|| Self(text.to_owned()))
    }

    /// The token, to be looked up.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// Someone with a session that stands.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who acts, for which party, in which role.
    pub actor: Actor,
    /// Whose people she works with.
    pub territory: Territory,
    /// Her name, as the header shows it to herself.
    pub name: String,
    /// Her organisation, as the header shows it.
    pub organisation: String,
}

/// Who is asking.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// Nobody known.
    Anonymous,
    /// Someone with a session.
    SignedIn(Box<SignedIn>),
}

impl Visitor {
    /// The signed-in person, if any.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous => None,
            Self::SignedIn(person) => Some(person),
        }
    }
}

/// Turns the token of a cookie into a person. Called once per request, on a working thread: it may read the store.
pub trait Sessions: Send + Sync {
    /// Whose session this is; `None` when it has ended, was revoked, or never was.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn visitor(
        &self,
        workplace: &Workplace,
        token: &SessionToken,
        now: Instant,
    ) -> Result<Option<SignedIn>, AppError>;
}

/// No accounts: every visitor is anonymous.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSessions;

impl Sessions for NoSessions {
    fn visitor(&self, _: &Workplace, _: &SessionToken, _: Instant) -> Result<Option<SignedIn>, AppError> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shape_of_a_token_is_looked_up() {
        assert!(SessionToken::parse("abcdefghijklmnop").is_some());
        for text in ["", "short", "with space 1234567", "quote\"1234567890123", &"a".repeat(129)] {
            assert!(SessionToken::parse(text).is_none(), "{text}");
        }
        assert_eq!(format!("{:?}", SessionToken::parse("abcdefghijklmnop")), "Some(SessionToken(…))");
    }
}
