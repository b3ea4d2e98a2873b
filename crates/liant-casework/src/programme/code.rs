use std::fmt;
use std::sync::Arc;

/// A code that a programme file declares: a criterion, an act, a reason, an exit. It is a short name and never a phrase, so
/// that a history made of codes holds no free text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(Arc<str>);

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write a short name of at most 40 lower-case letters, digits, `-` and `_`")]
pub struct InvalidCode;

impl Code {
    /// The longest that a code may be, in characters.
    pub const MOST: usize = 40;

    /// Reads a code.
    ///
    /// # Errors
    /// [`InvalidCode`] when it is empty, too long, or holds anything but lower-case letters, digits, `-` and `_`.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        let allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
        let sound = !text.is_empty() && text.len() <= Self::MOST && text.bytes().all(allowed);
        if sound { Ok(Self(Arc::from(text))) } else { Err(InvalidCode) }
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({})", self.0)
    }
}

impl TryFrom<String> for Code {
    type Error = InvalidCode;
    fn try_from(text: String) -> Result<Self, InvalidCode> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0.as_ref().to_owned()
    }
}

impl std::str::FromStr for Code {
    type Err = InvalidCode;
    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_short_name_and_no_phrase() {
        for good in ["rsa", "ft-rsa-new", "fixed_term_over_6_months"] {
            assert_eq!(Code::parse(good).map(|code| code.to_string()), Ok(good.to_owned()));
        }
        for bad in ["", "Elle va mieux", "santé", "a/b", "a b", &"a".repeat(41)] {
            assert_eq!(Code::parse(bad), Err(InvalidCode), "{bad}");
            assert!(serde_json::from_value::<Code>(serde_json::Value::from(bad)).is_err(), "{bad}");
        }
    }
}
