//! Where to go once signed in: an address of this site, and of no other.

use std::fmt::Write as _;

/// An address of this site to come back to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Next(Option<String>);

impl Next {
    const MOST: usize = 1024;

    /// Takes an address only when it is a path of this site: a browser reads `//host` and `/\host` as another site, and
    /// drops tabs and line ends before it looks. Pages of the sign-in itself lead nowhere.
    pub(crate) fn parse(text: &str) -> Self {
        let is_ours = text.len() <= Self::MOST
            && text.starts_with('/')
            && !text.starts_with("//")
            && !text.starts_with("/sign-")
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        Self((is_ours && text != "/").then(|| text.to_owned()))
    }

    /// Where to go: the home page when nothing else was asked.
    pub(crate) fn place(&self) -> &str {
        self.0.as_deref().unwrap_or("/")
    }

    /// The address of a page that keeps this one in mind.
    pub(crate) fn after(&self, path: &str) -> String {
        match &self.0 {
            Some(place) => format!("{path}?next={}", encoded(place)),
            None => path.to_owned(),
        }
    }
}

/// A text as a query carries it.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // A String takes all that is written to it.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_site_are_kept() {
        for good in ["/people", "/people?q=a&page=2", "/person/1#path", "/a%20b"] {
            assert_eq!(Next::parse(good).place(), good);
        }
        let long = format!("/{}", "a".repeat(1024));
        for bad in [
            "",
            "/",
            "people",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "\n//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/é",
            "/sign-in",
            "/sign-out",
            &long,
        ] {
            assert_eq!(Next::parse(bad).place(), "/", "{bad:?}");
        }
        assert_eq!(Next::parse("/people?q=a&b").after("/sign-in"), "/sign-in?next=/people%3Fq%3Da%26b");
        assert_eq!(Next::default().after("/sign-in"), "/sign-in");
    }
}
