//! One good 64-bit mix for every table of the crate. Not meant to keep secrets or to resist an adversary.

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Stirs one word into a running hash.
pub(crate) fn mix(hash: u64, word: u64) -> u64 {
    let mut value = (hash ^ word).wrapping_add(MULTIPLIER);
    value = (value ^ (value >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    value ^ (value >> 29)
}

/// The last stirring: spreads every bit over the whole word.
pub(crate) fn finish(hash: u64) -> u64 {
    let mut value = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    value = (value ^ (value >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    value ^ (value >> 33)
}

/// The hash of a text.
pub(crate) fn text(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0_u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = mix(hash, u64::from_le_bytes(word));
    }
    finish(hash)
}
