use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{CustomizedPasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use super::Password;

/// How dear argon2id makes each try.
///
/// Default: 64 MiB and 3 passes, the second recommendation of RFC 9106 §4 with one lane: three times OWASP's minimum in
/// memory, half again in passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HashCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for HashCost {
    fn default() -> Self {
        Self { memory_kib: 64 * 1024, passes: 3 }
    }
}

impl HashCost {
    /// OWASP's minimum.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2 };
}

/// Why a hash was not made or does not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashFault {
    /// The cost is none that argon2 takes.
    #[error("argon2id does not take {memory_kib} KiB and {passes} passes")]
    Cost {
        /// Memory asked for.
        memory_kib: u32,
        /// Passes asked for.
        passes: u32,
    },
    /// The kept hash does not read.
    #[error("a kept password hash does not read")]
    Damaged,
    /// The hash could not be computed.
    #[error("a password could not be hashed: is there memory left?")]
    Failed,
}

/// What a try at a password gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is another password.
    Wrong,
    /// It is the one.
    Right {
        /// The hash was made at another cost than today's: make it again.
        outdated: bool,
    },
}

/// Makes and checks hashes at one cost.
pub struct Hasher {
    argon: Argon2<'static>,
    decoy: String,
}

impl Hasher {
    /// A hasher at this cost.
    ///
    /// # Errors
    /// [`HashFault::Cost`].
    pub fn new(cost: HashCost) -> Result<Self, HashFault> {
        let HashCost { memory_kib, passes } = cost;
        let params = Params::new(memory_kib, passes, 1, Some(32))
            .map_err(|_| HashFault::Cost { memory_kib, passes })?;
        // A hash that no password has been found for: trying one costs what it costs for a real account.
        let decoy = format!(
            "$argon2id$v=19$m={memory_kib},t={passes},p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        );
        Ok(Self { argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params), decoy })
    }

    /// The hash of a password under this random salt, as a PHC string.
    ///
    /// # Errors
    /// [`HashFault::Failed`].
    pub fn hash(&self, password: &Password, salt: [u8; 16]) -> Result<String, HashFault> {
        let params = self.argon.params().clone();
        self.argon
            .hash_password_customized(password.as_bytes(), &salt, None, None, params)
            .map(|hash: PasswordHash| hash.to_string())
            .map_err(|_| HashFault::Failed)
    }

    /// Tries a password against the kept hash; without one (no such account, or one that has no password) the try costs the
    /// same and is wrong.
    ///
    /// # Errors
    /// [`HashFault::Damaged`].
    pub fn verify(&self, password: &Password, kept: Option<&str>) -> Result<Verdict, HashFault> {
        let hash = PasswordHash::new(kept.unwrap_or(&self.decoy)).map_err(|_| HashFault::Damaged)?;
        let params = Params::try_from(&hash).map_err(|_| HashFault::Damaged)?;
        if password.is_too_long()
            || self.argon.verify_password(password.as_bytes(), &hash).is_err()
            || kept.is_none()
        {
            return Ok(Verdict::Wrong);
        }
        let today = self.argon.params();
        let outdated = params.m_cost() != today.m_cost()
            || params.t_cost() != today.t_cost()
            || params.p_cost() != today.p_cost();
        Ok(Verdict::Right { outdated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher(memory_kib: u32) -> Hasher {
        Hasher::new(HashCost { memory_kib, passes: 1 }).unwrap()
    }

    #[test]
    fn a_hash_is_a_phc_string_and_knows_its_password() {
        let hash = hasher(64).hash(&Password::new("k7#Vq!m2Zp&x"), [3; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        let try_it = |hasher: &Hasher, text: &str| hasher.verify(&Password::new(text), Some(&hash));
        assert_eq!(try_it(&hasher(64), "k7#Vq!m2Zp&x"), Ok(Verdict::Right { outdated: false }));
        assert_eq!(try_it(&hasher(128), "k7#Vq!m2Zp&x"), Ok(Verdict::Right { outdated: true }));
        assert_eq!(try_it(&hasher(64), "k7#Vq!m2Zp&y"), Ok(Verdict::Wrong));
        assert_ne!(hasher(64).hash(&Password::new("k7#Vq!m2Zp&x"), [4; 16]).unwrap(), hash);
    }

    #[test]
    fn without_a_kept_hash_every_password_is_wrong_and_the_decoy_reads() {
        let hasher = hasher(64);
        assert_eq!(hasher.verify(&Password::new("anything"), None), Ok(Verdict::Wrong));
        assert!(PasswordHash::new(&hasher.decoy).is_ok());
        assert_eq!(hasher.verify(&Password::new("x"), Some("$argon2id$")), Err(HashFault::Damaged));
        assert!(Hasher::new(HashCost { memory_kib: 0, passes: 0 }).is_err());
    }
}
