//! Forms come from our own pages: a request that acts must come from our origin, and carry a token that only our
//! pages can show.
//!
//! The token proves knowledge of a secret: derived from the session for who is signed in, kept in a cookie for the
//! others. It is masked anew in each page, so that compressing the page tells nothing of it. The check happens before
//! the handler: forms and uploads alike, the token comes first.

use std::fmt::Write as _;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use ring::digest;
use ring::rand::{SecureRandom, SystemRandom};

use crate::chain::Chained;
use crate::facts::Facts;
use crate::failure::Failure;
use crate::{SessionToken, Site};

/// The name of the field that carries the token.
pub(crate) const FIELD: &str = "_form";

const BYTES: usize = 32;

/// What the forms of a visitor must prove to know.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FormSecret([u8; BYTES]);

impl FormSecret {
    /// A new one. Without random bytes no token is ever accepted: it differs from all others by being void.
    pub(crate) fn new() -> Self {
        Self(random())
    }

    /// The one of a session.
    pub(crate) fn of_session(token: &SessionToken) -> Self {
        let text = format!("liant form\0{}", token.reveal());
        let mut secret = [0; BYTES];
        secret.copy_from_slice(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
        Self(secret)
    }

    /// The one of a cookie.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        from_hex(text).map(Self).filter(|secret| secret.0 != [0; BYTES])
    }

    /// The value of its cookie.
    pub(crate) fn cookie(&self) -> String {
        hex(&self.0)
    }

    /// A token for one page.
    pub(crate) fn token(&self) -> String {
        let mask: [u8; BYTES] = random();
        hex(&mask) + &hex(&mixed(mask, self.0))
    }

    /// Whether a token proves this secret.
    fn accepts(&self, token: &str) -> bool {
        let Some((mask, masked)) = token.split_at_checked(2 * BYTES) else { return false };
        let (Some(mask), Some(masked)) = (from_hex(mask), from_hex(masked)) else { return false };
        let difference = mixed(mixed(mask, masked), self.0).iter().fold(0, |sum, byte| sum | byte);
        difference == 0 && self.0 != [0; BYTES]
    }
}

fn random() -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    if SystemRandom::new().fill(&mut bytes).is_err() {
        bytes = [0; BYTES];
    }
    bytes
}

fn mixed(mut one: [u8; BYTES], other: [u8; BYTES]) -> [u8; BYTES] {
    one.iter_mut().zip(other).for_each(|(byte, with)| *byte ^= with);
    one
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn from_hex(text: &str) -> Option<[u8; BYTES]> {
    if text.len() != 2 * BYTES || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; BYTES];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// The request, once it is sure that a form of ours sent it.
pub(crate) async fn checked(site: &Site, facts: &Facts, request: Request) -> Result<Request, Failure> {
    if !from_our_pages(site, request.headers()) {
        return Err(Failure::ForeignForm);
    }
    let kind =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.to_ascii_lowercase();
    let (request, token) = if kind.starts_with("application/x-www-form-urlencoded") {
        of_form(request).await?
    } else if kind.starts_with("multipart/form-data") {
        of_upload(request).await?
    } else {
        return Err(Failure::Unsupported);
    };
    let proven = facts.form_secret().zip(token).is_some_and(|(secret, token)| secret.accepts(&token));
    if proven { Ok(request) } else { Err(Failure::ForeignForm) }
}

/// Whether the browser says that the request comes from a page of ours. All current browsers say it.
fn from_our_pages(site: &Site, headers: &HeaderMap) -> bool {
    let read = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let host = read("host").unwrap_or("");
    let by_origin = read("origin").map(|origin| site.transport().is_own_origin(origin, host));
    let by_fetch = read("sec-fetch-site").map(|fetch| fetch == "same-origin");
    match (by_origin, by_fetch) {
        (None, None) => false,
        (origin, fetch) => origin.unwrap_or(true) && fetch.unwrap_or(true),
    }
}

async fn of_form(request: Request) -> Result<(Request, Option<String>), Failure> {
    let (parts, body) = request.into_parts();
    let bytes = body.collect().await.map_err(|_| Failure::TooLarge)?.to_bytes();
    let token = bytes
        .split(|byte| *byte == b'&')
        .find_map(|pair| pair.strip_prefix(FIELD.as_bytes())?.strip_prefix(b"="))
        .map(|value| String::from_utf8_lossy(value).into_owned());
    Ok((Request::from_parts(parts, Body::from(bytes)), token))
}

/// Far more than a boundary, the head of a part and a token need.
const FIRST_PART: usize = 1024;

/// The token of an upload is its first part: what follows may be large, and is not read before.
async fn of_upload(request: Request) -> Result<(Request, Option<String>), Failure> {
    let (parts, mut body) = request.into_parts();
    let mut start = Vec::new();
    while start.len() < FIRST_PART {
        match body.frame().await {
            Some(Ok(frame)) => start.extend_from_slice(&frame.into_data().unwrap_or_default()),
            Some(Err(_)) => return Err(Failure::TooLarge),
            None => break,
        }
    }
    let token = first_part(&start);
    let start = Body::new(Chained::new(start.into(), body));
    Ok((Request::from_parts(parts, start), token))
}

/// The value of the first part of a form, when it is the token's.
fn first_part(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start.get(..FIRST_PART).unwrap_or(start));
    let (head, rest) = text.split_once("\r\n\r\n")?;
    let (boundary, disposition) = head.split_once("\r\n")?;
    let ours = boundary.starts_with("--") && disposition.ends_with(&format!("name=\"{FIELD}\""));
    let (value, _) = rest.split_once("\r\n")?;
    ours.then(|| value.to_owned())
}
