//! What an OpenID provider's statement about someone must hold before we believe it: ProConnect's rules (`state` and `nonce` of
//! 32 characters and more, the returned `acr` verified and not merely asked for, `amr` for the second factor).
//!
//! The server checks the signature, issuer, audience and expiry of the token with the provider's keys before it asks here.

use liant_model::{Instant, Lang};

use crate::explain::{Explain, either};
pub use crate::provider::{Label, Provider, Signature, SignsIn};

/// What the provider states.
#[derive(Clone)]
pub struct Claims {
    /// `iss`.
    pub issuer: String,
    /// `sub`: the provider's own name for her.
    pub subject: String,
    /// `nonce`.
    pub nonce: Option<String>,
    /// `acr`.
    pub acr: Option<String>,
    /// `amr`.
    pub amr: Vec<String>,
    /// `auth_time`: when she showed who she is.
    pub auth_time: Option<Instant>,
    /// `email`.
    pub email: Option<String>,
    /// `email_verified`.
    pub email_verified: Option<bool>,
    /// `given_name` and `usual_name`, or `name`: shown beside what she does.
    pub name: Option<String>,
    /// Who she is after the national directory of natural persons, when all of it is stated.
    pub pivot: Option<PivotClaims>,
}

/// An identity that the State vouches for (*identité pivot*), as FranceConnect states it.
#[derive(Clone)]
pub struct PivotClaims {
    /// `family_name`: name at birth.
    pub birth_name: String,
    /// `given_name`: first names, all of them.
    pub first_names: String,
    /// `birthdate`, `1980-02-01`.
    pub birth_date: String,
    /// `gender`.
    pub is_woman: bool,
    /// `birthplace`: INSEE code of the commune; `birthcountry` when that is not France.
    pub birth_place: String,
}

impl std::fmt::Debug for PivotClaims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PivotClaims(•)")
    }
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claims").field("issuer", &self.issuer).field("acr", &self.acr).finish_non_exhaustive()
    }
}

/// What is believed of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Believed {
    /// Whether a second factor was used at the provider's.
    pub second_factor: bool,
    /// Whether the address is hers.
    pub email_verified: bool,
}

/// Why a statement is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimFault {
    /// Another provider speaks than the one asked.
    #[error("the statement is another provider's: begin the sign-in again")]
    Issuer,
    /// It is not the answer to our question.
    #[error("the statement answers another question (nonce): begin the sign-in again")]
    Nonce,
    /// Identity or authentication are weaker than asked for.
    #[error("the provider vouches for too little (acr): sign in there with a stronger means")]
    Acr,
    /// She showed who she is too long ago, or in the future.
    #[error("the provider saw her too long ago (auth_time): sign out there, then begin again")]
    TooOld,
    /// There is no subject.
    #[error("the statement names nobody (sub)")]
    Subject,
}

impl Explain for ClaimFault {
    fn explain(&self, lang: Lang) -> String {
        let (fr, en) = match self {
            Self::Issuer | Self::Nonce | Self::Subject => (
                "La réponse du fournisseur d'identité ne correspond pas à la demande : recommencez la connexion.",
                "The identity provider's answer does not fit the question: begin the sign-in again.",
            ),
            Self::Acr => (
                "Le niveau de garantie donné par le fournisseur d'identité est insuffisant : connectez-vous auprès de lui avec un moyen plus sûr.",
                "The identity provider vouches for too little: sign in there with a stronger means.",
            ),
            Self::TooOld => (
                "Votre connexion auprès du fournisseur d'identité est trop ancienne : déconnectez-vous de chez lui, puis recommencez.",
                "Your sign-in at the identity provider is too old: sign out there, then begin again.",
            ),
        };
        either(lang, fr, en)
    }
}

/// People are asked to show who they are each time: minutes that this may take.
const JUST_NOW_MINUTES: u32 = 15;
/// A minute by which the provider's clock may be ahead of ours.
const AHEAD: i64 = 60 * 1_000_000;

impl Provider {
    /// What is believed of `claims`, given the nonce that was sent.
    ///
    /// # Errors
    /// The first [`ClaimFault`].
    pub fn believe(&self, claims: &Claims, nonce: &str, now: Instant) -> Result<Believed, ClaimFault> {
        if claims.issuer != self.issuer {
            return Err(ClaimFault::Issuer);
        }
        if claims.nonce.as_deref() != Some(nonce) {
            return Err(ClaimFault::Nonce);
        }
        if claims.subject.is_empty() || claims.subject.len() > 255 {
            return Err(ClaimFault::Subject);
        }
        let is_among = |list: &[String]| claims.acr.as_ref().is_some_and(|acr| list.contains(acr));
        if !self.acr.is_empty() && !is_among(&self.acr) {
            return Err(ClaimFault::Acr);
        }
        if let Some(seen) = claims.auth_time {
            let age = now.micros().saturating_sub(seen.micros());
            let longest = match self.signs_in {
                SignsIn::Professionals => self.longest_age_minutes,
                SignsIn::People => self.longest_age_minutes.min(JUST_NOW_MINUTES),
            };
            if age > i64::from(longest) * 60 * 1_000_000 || age < -AHEAD {
                return Err(ClaimFault::TooOld);
            }
        }
        Ok(Believed {
            second_factor: is_among(&self.second_factor_acr) || claims.amr.iter().any(|means| means == "mfa"),
            email_verified: claims.email_verified.unwrap_or(self.vouches_for_email),
        })
    }
}
