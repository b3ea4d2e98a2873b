//! Keys given twice in one file.

use std::hash::{DefaultHasher, Hasher};

use rustc_hash::FxHashSet;

/// The keys of a file met so far, 16 bytes of digest each: two SipHashes, so that no two of the 50 million keys that
/// a file may hold are taken for one.
#[derive(Default)]
pub(crate) struct KeysMet(FxHashSet<u128>);

impl KeysMet {
    /// Meets a key; false when it was met before.
    pub(crate) fn meet(&mut self, key: &str) -> bool {
        self.0.insert(digest(key))
    }
}

fn digest(key: &str) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(seed);
        hasher.write(key.as_bytes());
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_new_once() {
        let mut met = KeysMet::default();
        for key in ["062/1", "062/2", "06/21", ""] {
            assert!(met.meet(key), "{key}");
        }
        assert!(!met.meet("062/2") && !met.meet(""));
        let digest = digest("062/1");
        assert_ne!(digest >> 64, digest & u128::from(u64::MAX), "the halves are two digests");
    }
}
