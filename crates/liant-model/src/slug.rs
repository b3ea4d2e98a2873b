use std::borrow::Cow;
use std::fmt;

/// Why a text is no short name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no short name: use lower-case letters, digits, `-`, `_` and at most one `/`")]
pub struct InvalidSlug(pub String);

pub(crate) fn check(text: &str) -> Result<(), InvalidSlug> {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'/');
    let shape = !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(allowed)
        && text.bytes().filter(|byte| *byte == b'/').count() <= 1
        && !text.starts_with('/')
        && !text.ends_with('/');
    if shape { Ok(()) } else { Err(InvalidSlug(text.chars().take(64).collect())) }
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// Reads a short name.
            ///
            /// # Errors
            /// [`InvalidSlug`](crate::InvalidSlug) when it holds anything but lower-case letters, digits, `-`, `_` and one inner `/`.
            pub fn parse(text: &str) -> Result<Self, crate::InvalidSlug> {
                crate::slug::check(text)?;
                Ok(Self(Cow::Owned(text.to_owned())))
            }

            /// The short name.
            pub fn as_str(&self) -> &str {
                &self.0
            }

        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::InvalidSlug;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(slug: $name) -> Self {
                slug.0.into_owned()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::InvalidSlug;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    };
}
pub(crate) use slug;

slug! {
    /// A party to conventions (*partie*): `departement-62`, `france-travail`, `caf-62`.
    Party
}

slug! {
    /// Where a fact comes from: the register that identifies the person by a number of its own.
    Source
}

impl Source {
    /// France Travail's register of job seekers; its own identifier is `code-pe` + `identifiant-pe`.
    pub const FRANCE_TRAVAIL: Self = Self(Cow::Borrowed("france-travail"));
    /// The family allowance funds (CAF, and MSA through CNAF's flow); its own identifier is the RSA request number and the person's place in it.
    pub const CNAF: Self = Self(Cow::Borrowed("cnaf"));
    /// The Département's own file of people.
    pub const DEPARTEMENT: Self = Self(Cow::Borrowed("departement"));
}
