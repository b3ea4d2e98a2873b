//! The second factor: one-time codes of six digits that an authenticator application shows (RFC 6238, HMAC-SHA-1, steps of
//! 30 seconds: the form that every application reads).

use std::fmt;

use liant_model::Instant;
use ring::hmac;
use zeroize::Zeroizing;

const STEP_SECONDS: i64 = 30;
const DIGITS: usize = 6;
/// Steps before and after the present one whose code is taken, for clocks that differ.
const TOLERANCE: i64 = 1;

/// The secret that application and software share: 160 bits, as RFC 4226 asks.
pub struct Secret(Zeroizing<[u8; 20]>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(•)")
    }
}

impl Secret {
    /// The secret of these bytes.
    pub fn new(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The secret kept sealed; `None` when its length is another.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    /// The bytes to seal.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret in base 32, for whoever types it instead of reading the QR code.
    pub fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(base32(self.0.as_slice()))
    }

    /// The secret of a text in base 32, as [`Secret::base32`] writes it; `None` when it is another.
    pub fn from_base32(text: &str) -> Option<Self> {
        let (mut bytes, mut held, mut bits) = (Zeroizing::new(Vec::with_capacity(20)), 0_u32, 0);
        for sign in text.bytes() {
            let value = match sign {
                b'A'..=b'Z' => sign - b'A',
                b'2'..=b'7' => sign - b'2' + 26,
                _ => return None,
            };
            held = (held << 5) | u32::from(value);
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                bytes.push((held >> bits) as u8);
                held &= (1 << bits) - 1;
            }
        }
        Self::from_slice(&bytes)
    }

    /// The address that a QR code holds, for an account shown as `label` by the application.
    pub fn uri(&self, issuer: &str, label: &str) -> Zeroizing<String> {
        let (issuer, label) = (percent(issuer), percent(label));
        let secret = self.base32();
        Zeroizing::new(format!("otpauth://totp/{issuer}:{label}?secret={}&issuer={issuer}", secret.as_str()))
    }

    /// The code of one step.
    pub fn code(&self, step: i64) -> String {
        format!("{:06}", self.number(step))
    }

    fn number(&self, step: i64) -> u32 {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, self.0.as_slice());
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let bytes = tag.as_ref();
        let offset = usize::from(bytes.last().copied().unwrap_or_default() & 15);
        let four: [u8; 4] =
            bytes.get(offset..offset + 4).and_then(|four| four.try_into().ok()).unwrap_or_default();
        (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
    }

    /// The step whose code this is, if it may be used at `now`: the present step or a neighbour, and after `last_step`, so
    /// that no code serves twice.
    pub fn check(&self, code: &str, now: Instant, last_step: Option<i64>) -> Option<i64> {
        let typed: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
        if typed.len() != DIGITS || !typed.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let typed: u32 = typed.parse().ok()?;
        let present = step_of(now);
        let mut found = None;
        // Every step is compared, as numbers, so that the time taken tells nothing.
        for step in present - TOLERANCE..=present + TOLERANCE {
            let is_equal = self.number(step) == typed;
            if is_equal && last_step.is_none_or(|last| step > last) && found.is_none() {
                found = Some(step);
            }
        }
        found
    }
}

/// The number of the step that `now` lies in.
pub fn step_of(now: Instant) -> i64 {
    now.micros().div_euclid(STEP_SECONDS * 1_000_000)
}

/// RFC 4648 base 32, without padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    let sign = |value: u32| SIGNS.get((value & 31) as usize).copied().map_or('A', char::from);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(sign(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(sign(held << (5 - bits)));
    }
    text
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_is_written() {
        let secret = Secret::new([0x5a; 20]);
        let read = Secret::from_base32(&secret.base32()).unwrap();
        assert_eq!(read.as_bytes(), secret.as_bytes());
        for text in ["", "abc", "MZXW6YTB", "0189"] {
            assert!(Secret::from_base32(text).is_none(), "{text}");
        }
    }

    fn at(seconds: i64) -> Instant {
        Instant::from_micros(seconds * 1_000_000)
    }

    /// RFC 6238, appendix B, SHA-1, the last six of its eight digits.
    #[test]
    fn the_vectors_of_the_rfc() {
        let secret = Secret::new(*b"12345678901234567890");
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret.code(step_of(at(seconds))), code, "{seconds}");
        }
        assert_eq!(secret.base32().as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    /// RFC 4648, section 10.
    #[test]
    fn the_vectors_of_base_32() {
        for (plain, coded) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_neighbouring_step_is_taken_and_none_twice() {
        let secret = Secret::new([7; 20]);
        let now = at(1_795_000_015);
        let step = step_of(now);
        for (offset, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = secret.code(step + offset);
            assert_eq!(secret.check(&code, now, None), taken.then_some(step + offset), "{offset}");
        }
        let code = secret.code(step);
        assert_eq!(secret.check(&code, now, Some(step - 1)), Some(step));
        assert_eq!(secret.check(&code, now, Some(step)), None);
        assert_eq!(secret.check(&secret.code(step - 1), now, Some(step)), None);
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(secret.check(&spaced, now, None), Some(step));
        for bad in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
            assert_eq!(secret.check(bad, now, None), None, "{bad}");
        }
    }

    #[test]
    fn the_address_escapes_what_it_must() {
        let uri = Secret::new([0; 20]).uri("Liant 62", "a+b@c.example");
        assert!(uri.starts_with("otpauth://totp/Liant%2062:a%2Bb%40c.example?secret=AAAA"));
        assert!(uri.ends_with("&issuer=Liant%2062"));
    }
}
