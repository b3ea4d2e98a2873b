use liant_model::{Facts, Field, IdentityId, Nir, Territory};
use liant_vault::{BlindIndex, Domain, Keyring};
use zeroize::{Zeroize, Zeroizing};

use crate::AppError;

/// What a sealed value is bound to: it opens nowhere but on its own row.
fn bound_to(territory: Territory, identity: IdentityId) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes.iter_mut().zip(territory.as_str().bytes()).for_each(|(slot, byte)| *slot = byte);
    bytes[4..].copy_from_slice(identity.0.as_bytes());
    bytes
}

/// The sealed values of one source identity: her NIR, and the MSA identifier that is one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Sealable<'a> {
    pub(crate) nir: Option<&'a str>,
    pub(crate) msa: Option<&'a str>,
}

impl Sealable<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.nir.is_none() && self.msa.is_none()
    }

    /// Blind indexes of the two. A NIR that breaks the rules of NIRs is indexed as it is written.
    pub(crate) fn indexes(&self, keys: &Keyring) -> [Option<BlindIndex>; 2] {
        let index = |domain, text: &str| match Nir::parse(text.as_bytes()) {
            Ok(nir) => keys.blind_index(domain, nir.canonical()),
            Err(_) => keys.blind_index(domain, text.as_bytes()),
        };
        [self.nir.map(|nir| index(Domain::Nir, nir)), self.msa.map(|msa| index(Domain::Msa, msa))]
    }

    /// Seals both into one value.
    pub(crate) fn seal(
        &self,
        keys: &Keyring,
        territory: Territory,
        identity: IdentityId,
    ) -> Result<Vec<u8>, AppError> {
        let mut facts = Facts::new();
        facts.push(Field::Nir, self.nir.unwrap_or_default());
        facts.push(Field::MsaIdentifier, self.msa.unwrap_or_default());
        let mut plain = facts.into_bytes();
        let sealed = keys.seal(Domain::Nir, &bound_to(territory, identity), &plain);
        plain.zeroize();
        Ok(sealed?)
    }
}

/// Opens what [`Sealable::seal`] sealed.
pub(crate) fn unseal(
    keys: &Keyring,
    territory: Territory,
    identity: IdentityId,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, AppError> {
    Ok(keys.open(Domain::Nir, &bound_to(territory, identity), sealed)?)
}
