//! How the site is reached: over https at one address, or in plain http by this machine alone.

/// How browsers reach the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over https, at this origin, through a reverse proxy that holds the certificate.
    Https(
        /// The origin: `https://liant.example`.
        String,
    ),
    /// In plain http, from this machine alone: to try and to develop. Cookies lack `Secure` and `__Host-`.
    Loopback,
}

/// Why an origin is none.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no origin: write https:// and a host name, as https://liant.example")]
pub struct InvalidOrigin(String);

impl Transport {
    /// Https at this origin.
    ///
    /// # Errors
    /// [`InvalidOrigin`] when the text is anything but `https://host[:port]`.
    pub fn https(origin: &str) -> Result<Self, InvalidOrigin> {
        let origin = origin.trim_end_matches('/');
        let host = origin.strip_prefix("https://").unwrap_or("");
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:".contains(&byte);
        if host.is_empty() || !host.bytes().all(sound) {
            return Err(InvalidOrigin(origin.to_owned()));
        }
        Ok(Self::Https(origin.to_owned()))
    }

    pub(crate) const fn is_https(&self) -> bool {
        matches!(self, Self::Https(_))
    }

    /// The origin of our own pages, for a request to `host`.
    pub(crate) fn origin(&self, host: &str) -> String {
        match self {
            Self::Https(own) => own.clone(),
            Self::Loopback => format!("http://{host}"),
        }
    }

    /// Whether this is the origin of our own pages, for a request to `host`.
    pub(crate) fn is_own_origin(&self, origin: &str, host: &str) -> bool {
        match self {
            Self::Https(own) => origin == own,
            Self::Loopback => origin.strip_prefix("http://") == Some(host),
        }
    }

    /// Whether a request to `host` may be for us: a page elsewhere may give our address another name.
    pub(crate) fn serves(&self, host: &str) -> bool {
        match self {
            Self::Https(own) => own.strip_prefix("https://") == Some(host),
            Self::Loopback => {
                let name = host
                    .rsplit_once(':')
                    .filter(|(_, port)| !port.contains(']'))
                    .map_or(host, |(name, _)| name);
                matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_and_a_host() {
        assert_eq!(
            Transport::https("https://liant.example/").unwrap(),
            Transport::Https("https://liant.example".into())
        );
        for text in
            ["http://liant.example", "liant.example", "https://", "https://a/b", "https://a b", "https://u@a"]
        {
            assert!(Transport::https(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_our_own_names_are_served() {
        let https = Transport::https("https://liant.example").unwrap();
        assert!(https.serves("liant.example") && !https.serves("other.example"));
        for host in ["localhost:8080", "127.0.0.1:1", "[::1]:8080", "localhost", "[::1]"] {
            assert!(Transport::Loopback.serves(host), "{host}");
        }
        for host in ["liant.example:8080", "127.0.0.1.example", ""] {
            assert!(!Transport::Loopback.serves(host), "{host}");
        }
        assert!(Transport::Loopback.is_own_origin("http://localhost:80", "localhost:80"));
        assert!(!Transport::Loopback.is_own_origin("http://localhost:81", "localhost:80"));
        assert!(!https.is_own_origin("null", "liant.example"));
    }
}
