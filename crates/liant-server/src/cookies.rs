//! Cookies: read, and written with all their guards.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::Transport;

/// A cookie of the site, by the name it has over https.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The language chosen.
    Language,
    /// The secret of the forms, for who has no session.
    Form,
    /// The session.
    Session,
    /// A sign-in that is under way.
    Pending,
    /// An invitation that was opened.
    Invitation,
    /// A link to a new password that was opened.
    NewPassword,
    /// A browser that has signed in before.
    Browser,
    /// A question that was put to an OpenID provider: its state, and where to go afterwards.
    Question,
    /// A logout at an OpenID provider: its state.
    Leaving,
    /// The session of a person in her own space: another than a professional's.
    Space,
    /// Her way into it.
    SpacePending,
}

impl Cookie {
    /// Its name. Over https the `__Host-` prefix keeps other hosts from planting it; over plain http, on this machine
    /// alone, a browser would refuse that name.
    fn name(self, transport: &Transport) -> &'static str {
        match (self, transport.is_https()) {
            (Self::Language, true) => "__Host-liant-lang",
            (Self::Language, false) => "liant-lang",
            (Self::Form, true) => "__Host-liant-form",
            (Self::Form, false) => "liant-form",
            (Self::Session, true) => "__Host-liant-session",
            (Self::Session, false) => "liant-session",
            (Self::Pending, true) => "__Host-liant-pending",
            (Self::Pending, false) => "liant-pending",
            (Self::Invitation, true) => "__Host-liant-invitation",
            (Self::Invitation, false) => "liant-invitation",
            (Self::NewPassword, true) => "__Host-liant-new-password",
            (Self::NewPassword, false) => "liant-new-password",
            (Self::Browser, true) => "__Host-liant-browser",
            (Self::Browser, false) => "liant-browser",
            (Self::Question, true) => "__Host-liant-question",
            (Self::Question, false) => "liant-question",
            (Self::Leaving, true) => "__Host-liant-leaving",
            (Self::Leaving, false) => "liant-leaving",
            (Self::Space, true) => "__Host-liant-space",
            (Self::Space, false) => "liant-space",
            (Self::SpacePending, true) => "__Host-liant-space-pending",
            (Self::SpacePending, false) => "liant-space-pending",
        }
    }

    /// Its value in a request.
    pub(crate) fn read(self, transport: &Transport, headers: &HeaderMap) -> Option<String> {
        let name = self.name(transport);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
    }

    /// The line that sets it. `value` is of letters, digits, `-`, `_` and `.`.
    pub(crate) fn set(self, transport: &Transport, value: &str) -> Option<HeaderValue> {
        let guards = match self {
            Self::Language => "SameSite=Lax; Max-Age=31536000",
            Self::Form => "SameSite=Strict",
            Self::Session | Self::Pending | Self::Space | Self::SpacePending => "SameSite=Lax",
            Self::Invitation => "SameSite=Lax; Max-Age=3600",
            // The first two come back with the answer of another site.
            Self::Question | Self::Leaving | Self::NewPassword => "SameSite=Lax; Max-Age=900",
            // As long as the rules know a browser by default; the store decides.
            Self::Browser => "SameSite=Lax; Max-Age=15552000",
        };
        self.line(transport, value, guards)
    }

    /// The line that has the browser forget it.
    pub(crate) fn forget(self, transport: &Transport) -> Option<HeaderValue> {
        self.line(transport, "", "SameSite=Lax; Max-Age=0")
    }

    fn line(self, transport: &Transport, value: &str, guards: &str) -> Option<HeaderValue> {
        let secure = if transport.is_https() { "; Secure" } else { "" };
        let line = format!("{}={value}; Path=/; HttpOnly; {guards}{secure}", self.name(transport));
        HeaderValue::from_str(&line).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn https() -> Transport {
        Transport::https("https://liant.example").unwrap()
    }

    #[test]
    fn over_https_every_cookie_has_all_its_guards() {
        let all = [
            Cookie::Language,
            Cookie::Form,
            Cookie::Session,
            Cookie::Pending,
            Cookie::Invitation,
            Cookie::NewPassword,
            Cookie::Browser,
            Cookie::Question,
            Cookie::Leaving,
            Cookie::Space,
            Cookie::SpacePending,
        ];
        for line in all.iter().flat_map(|cookie| [cookie.set(&https(), "x"), cookie.forget(&https())]) {
            let line = line.unwrap();
            let line = line.to_str().unwrap();
            assert!(line.starts_with("__Host-liant-"), "{line}");
            for guard in ["; Path=/", "; HttpOnly", "; Secure", "; SameSite="] {
                assert!(line.contains(guard), "{line}");
            }
            assert!(!line.contains("Domain"));
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; __Host-liant-lang=en"));
        headers.append(header::COOKIE, HeaderValue::from_static("liant-form=planted"));
        assert_eq!(Cookie::Language.read(&https(), &headers).as_deref(), Some("en"));
        assert_eq!(Cookie::Form.read(&https(), &headers), None);
        assert_eq!(Cookie::Form.read(&Transport::Loopback, &headers).as_deref(), Some("planted"));
    }
}
