//! Where a request comes from: the address that tries are counted by, and the cookies that a browser keeps between the steps
//! of a sign-in.

use std::convert::Infallible;
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use liant_access::Token;
use liant_app::accounts::Origin;
use liant_app::space::SpaceToken;

use crate::cookies::Cookie;
use crate::serve::Peer;
use crate::{Site, Transport};

/// Where a request comes from. Cheap to clone: a use case runs on a thread of its own.
#[derive(Clone)]
pub(crate) struct Browser(Arc<Kept>);

struct Kept {
    pending: Option<Token>,
    invitation: Option<Token>,
    new_password: Option<Token>,
    known: Option<Token>,
    question: Option<(Token, String)>,
    leaving: Option<Token>,
    space: Option<SpaceToken>,
    space_pending: Option<SpaceToken>,
    has_language: bool,
    address: String,
    name: String,
}

impl Browser {
    /// As the use cases of accounts know it.
    pub(crate) fn origin(&self) -> Origin<'_> {
        Origin { address: &self.0.address, known_browser: self.0.known.as_ref(), browser: &self.0.name }
    }

    /// The sign-in that is under way in it.
    pub(crate) fn pending(&self) -> Option<&Token> {
        self.0.pending.as_ref()
    }

    /// The invitation that was opened in it.
    pub(crate) fn invitation(&self) -> Option<&Token> {
        self.0.invitation.as_ref()
    }

    /// The link to a new password that was opened in it.
    pub(crate) fn new_password(&self) -> Option<&Token> {
        self.0.new_password.as_ref()
    }

    /// The question that it took to an OpenID provider: its state, and the address to go to afterwards.
    pub(crate) fn question(&self) -> Option<&(Token, String)> {
        self.0.question.as_ref()
    }

    /// The state of the logout that it took to an OpenID provider.
    pub(crate) fn leaving(&self) -> Option<&Token> {
        self.0.leaving.as_ref()
    }

    /// The session of her own space.
    pub(crate) fn space(&self) -> Option<&SpaceToken> {
        self.0.space.as_ref()
    }

    /// The way into her own space that is under way in it.
    pub(crate) fn space_pending(&self) -> Option<&SpaceToken> {
        self.0.space_pending.as_ref()
    }

    /// Whether a language was chosen in it.
    pub(crate) fn has_language(&self) -> bool {
        self.0.has_language
    }
}

impl FromRequestParts<Site> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Infallible> {
        let transport = site.transport();
        let token =
            |cookie: Cookie| cookie.read(transport, &parts.headers).and_then(|text| Token::parse(&text).ok());
        let space =
            |cookie: Cookie| cookie.read(transport, &parts.headers).and_then(|text| SpaceToken::parse(&text));
        let peer = parts.extensions.get::<Peer>().map(|Peer(address)| address.ip());
        Ok(Self(Arc::new(Kept {
            pending: token(Cookie::Pending),
            invitation: token(Cookie::Invitation),
            has_language: Cookie::Language.read(transport, &parts.headers).is_some(),
            address: address(transport, &parts.headers, peer),
            name: browser(parts.headers.get(header::USER_AGENT).and_then(|text| text.to_str().ok())),
            new_password: token(Cookie::NewPassword),
            known: token(Cookie::Browser),
            question: Cookie::Question.read(transport, &parts.headers).and_then(|text| question(&text)),
            leaving: token(Cookie::Leaving),
            space: space(Cookie::Space),
            space_pending: space(Cookie::SpacePending),
        })))
    }
}

/// The value of the cookie of a question: its state, then where to go afterwards, in digits that a cookie may hold.
pub(crate) fn question_cookie(state: &Token, place: &str) -> String {
    let mut value = format!("{}-", state.reveal().as_str());
    for byte in place.bytes() {
        // A String takes all that is written to it.
        let _ = write!(value, "{byte:02x}");
    }
    value
}

fn question(value: &str) -> Option<(Token, String)> {
    let (state, place) = value.split_once('-').filter(|(_, place)| place.len().is_multiple_of(2))?;
    let digits = place.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes = digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect::<Option<Vec<_>>>()?;
    Some((Token::parse(state).ok()?, String::from_utf8(bytes).ok()?))
}

/// The network that tries are counted by. Over https a reverse proxy stands before us: the last address of
/// `X-Forwarded-For` is the one that it saw; those before it are the visitor's own word.
fn address(transport: &Transport, headers: &HeaderMap, peer: Option<IpAddr>) -> String {
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back().and_then(|line| line.to_str().ok());
    let seen = forwarded.and_then(|line| line.rsplit(',').next()).and_then(|text| text.trim().parse().ok());
    match seen.filter(|_| transport.is_https()).or(peer).map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => network(address).to_string(),
        None => String::new(),
    }
}

/// One subscriber has 2⁶⁴ addresses: they count as one.
fn network(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)
}

/// A browser in words that its owner recognises; nothing when it says nothing we know.
fn browser(agent: Option<&str>) -> String {
    // The first that fits: each also names those after it.
    const NAMES: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let agent = agent.unwrap_or("");
    let of = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    [of(&NAMES), of(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_in_words() {
        for (agent, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8", ""),
        ] {
            assert_eq!(browser(Some(agent)), words);
        }
        assert_eq!(browser(None), "");
    }

    #[test]
    fn a_question_keeps_its_state_and_where_to_go() {
        let state = Token::new([7; 32]);
        let value = question_cookie(&state, "/people?q=a é");
        assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        let (found, place) = question(&value).unwrap();
        assert_eq!((found.reveal().as_str(), place.as_str()), (state.reveal().as_str(), "/people?q=a é"));
        assert_eq!(question(&question_cookie(&state, "")).unwrap().1, "");
        for wrong in ["", "-", "abc-2f", &format!("{value}f"), &value[..64], &format!("{value}zz")] {
            assert!(question(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn the_proxy_is_believed_and_not_the_visitor() {
        let https = Transport::https("https://liant.example").unwrap();
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.7".parse().unwrap());
        let peer = Some("127.0.0.1".parse().unwrap());
        assert_eq!(address(&https, &headers, peer), "198.51.100.7");
        assert_eq!(address(&Transport::Loopback, &headers, peer), "127.0.0.1");
        headers.append("x-forwarded-for", "2001:db8:1:2:3:4:5:6".parse().unwrap());
        assert_eq!(address(&https, &headers, peer), "2001:db8:1:2::");
        headers.append("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(address(&https, &headers, peer), "127.0.0.1");
    }
}
