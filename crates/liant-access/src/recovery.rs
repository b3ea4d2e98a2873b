//! Recovery codes: what stands for a second factor that was lost. Ten, each good once; 80 bits each, so their hash needs no
//! slowness.

use std::fmt;

use liant_model::{AccountId, SpaceId};
use ring::digest::{Context, SHA256};
use zeroize::Zeroizing;

use crate::totp::base32;

/// How many are given at once.
pub const HOW_MANY: usize = 10;

/// One recovery code, as it is shown once: `ABCD-EFGH-IJKL-MNOP`.
pub struct RecoveryCode(Zeroizing<String>);

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(•)")
    }
}

impl RecoveryCode {
    /// The code of these random bytes.
    pub fn new(random: [u8; 10]) -> Self {
        let signs = Zeroizing::new(base32(&random));
        let (groups, _) = signs.as_bytes().as_chunks::<4>();
        let groups: Vec<&str> = groups.iter().filter_map(|group| std::str::from_utf8(group).ok()).collect();
        Self(Zeroizing::new(groups.join("-")))
    }

    /// Its text, to be shown once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps of it.
    pub fn hash(&self, account: AccountId) -> [u8; 32] {
        hash(account, &self.0)
    }

    /// What the store keeps of it, for the space of a person.
    pub fn hash_of_space(&self, space: SpaceId) -> [u8; 32] {
        hash_of_space(space, &self.0)
    }
}

/// What the store keeps of a code as someone typed it: case, spaces and hyphens do not matter, nor 0 for O, 1 for I.
pub fn hash(account: AccountId, typed: &str) -> [u8; 32] {
    hashed(b"liant recovery code\0", account.0.as_bytes(), typed)
}

/// The same, of a code for the space of a person: one handed over, or one that stands for her second factor.
pub fn hash_of_space(space: SpaceId, typed: &str) -> [u8; 32] {
    hashed(b"liant space code\0", space.0.as_bytes(), typed)
}

fn hashed(kind: &[u8], owner: &[u8; 16], typed: &str) -> [u8; 32] {
    let folded: Zeroizing<String> = Zeroizing::new(
        typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|sign| match sign.to_ascii_uppercase() {
                '0' => 'O',
                '1' => 'I',
                other => other,
            })
            .collect(),
    );
    let mut context = Context::new(&SHA256);
    context.update(kind);
    context.update(owner);
    context.update(folded.as_bytes());
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(context.finish().as_ref()).for_each(|(to, from)| *to = *from);
    bytes
}

#[cfg(test)]
mod tests {
    use liant_model::Instant;

    use super::*;

    #[test]
    fn a_code_is_known_again_however_it_is_typed() {
        let account = AccountId::new(Instant::from_micros(0), [1; 10]);
        let other = AccountId::new(Instant::from_micros(0), [2; 10]);
        let code = RecoveryCode::new([0x39, 0x43, 0, 255, 17, 9, 77, 200, 3, 4]);
        let text = code.reveal();
        assert_eq!((text.len(), text.matches('-').count()), (19, 3));
        let kept = code.hash(account);
        let loose =
            format!(" {} ", text.to_lowercase().replace('-', " ").replace('o', "0").replace('i', "1"));
        assert_eq!(hash(account, &loose), kept);
        assert_ne!(hash(account, &text[..18]), kept);
        assert_ne!(code.hash(other), kept);
        assert_eq!(format!("{code:?}"), "RecoveryCode(•)");
    }
}
