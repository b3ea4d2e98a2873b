//! Hexadecimal and base64, in their one canonical form only: any other spelling of the same bytes is refused, so
//! that no flipped byte of a text goes unseen.

const HEX: &[u8; 16] = b"0123456789abcdef";
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(HEX[usize::from(digit)])).collect()
}

/// The bytes of a lower-case hexadecimal text.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

/// Base64 with padding (RFC 4648, § 4).
pub fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sextet = (group >> (18 - 6 * place) & 63) as usize;
            text.push(if place <= chunk.len() { char::from(BASE64[sextet]) } else { '=' });
        }
    }
    text
}

/// The bytes of a base64 text with padding, without line breaks and with null unused bits.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3 + 2);
    let (mut group, mut bits) = (0_u32, 0);
    for &byte in body.as_bytes() {
        let sextet = BASE64.iter().position(|&letter| letter == byte)?;
        group = (group << 6 | sextet as u32) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
        }
    }
    (to_base64(&bytes) == text).then_some(bytes)
}
