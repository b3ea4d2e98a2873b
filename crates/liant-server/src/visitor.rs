//! Who is asking: the session of a cookie, resumed at each request.

use std::fmt;
use std::sync::Arc;

use liant_access::{AccountRules, Token};
use liant_app::accounts::{AccountError, Office, sessions};
use liant_app::space::{Herself, SpaceToken, coming_in};
use liant_app::{AppError, Workplace};
use liant_model::{Clock, FixedClock, Instant, Territory};

pub use liant_app::accounts::SignedIn;

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

/// Who is asking.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// Nobody known.
    Anonymous,
    /// A professional with a session.
    SignedIn(Box<SignedIn>),
    /// A person in her own space.
    Person(Box<Herself>),
}

impl Visitor {
    /// The professional who is signed in, if any.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Anonymous | Self::Person(_) => None,
            Self::SignedIn(person) => Some(person),
        }
    }

    /// The person who is in her own space, if any.
    pub fn herself(&self) -> Option<&Herself> {
        match self {
            Self::Anonymous | Self::SignedIn(_) => None,
            Self::Person(herself) => Some(herself),
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

    /// Who is in her own space by this token; `None` when the session has ended, or never was. A token of one kind is none of
    /// the other.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn herself(
        &self,
        workplace: &Workplace,
        token: &SessionToken,
        now: Instant,
    ) -> Result<Option<Herself>, AppError>;
}

/// The accounts of this installation: its figures and its own territory. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Accounts {
    rules: Arc<AccountRules>,
    home: Territory,
}

impl Accounts {
    /// Accounts under these rules, in the installation whose own territory is `home`.
    pub fn new(rules: AccountRules, home: Territory) -> Self {
        Self { rules: Arc::new(rules), home }
    }

    /// Hours for which the code is good that is handed over for a space.
    pub(crate) fn space_code_hours(&self) -> u32 {
        self.rules.space_code_hours
    }

    /// The office where use cases of accounts are asked for.
    ///
    /// # Errors
    /// As [`Office::new`].
    pub(crate) fn office<'a>(
        &'a self,
        workplace: &'a Workplace,
        clock: &'a dyn Clock,
    ) -> Result<Office<'a>, AppError> {
        Office::new(workplace, &self.rules, self.home, clock)
    }
}

impl Sessions for Accounts {
    fn visitor(
        &self,
        workplace: &Workplace,
        token: &SessionToken,
        now: Instant,
    ) -> Result<Option<SignedIn>, AppError> {
        let Ok(token) = Token::parse(token.reveal()) else { return Ok(None) };
        let clock = FixedClock(now);
        match sessions::resume(&self.office(workplace, &clock)?, &token) {
            Ok(found) => Ok(found),
            Err(AccountError::Refused(_)) => Ok(None),
            Err(AccountError::App(error)) => Err(error),
        }
    }

    fn herself(
        &self,
        workplace: &Workplace,
        token: &SessionToken,
        now: Instant,
    ) -> Result<Option<Herself>, AppError> {
        let Some(token) = SpaceToken::parse(token.reveal()) else { return Ok(None) };
        let clock = FixedClock(now);
        match coming_in::resume(&self.office(workplace, &clock)?, &token) {
            Ok(found) => Ok(found),
            Err(AccountError::Refused(_)) => Ok(None),
            Err(AccountError::App(error)) => Err(error),
        }
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
