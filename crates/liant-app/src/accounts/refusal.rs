use liant_access::Explain;
use liant_access::claims::ClaimFault;
use liant_access::membership::RuleFault;
use liant_access::password::PasswordFault;
use liant_model::{Instant, Lang};
use liant_store::StoreError;

use crate::AppError;

/// Why a use case of accounts did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A rule refuses: tell the person.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The environment failed.
    #[error(transparent)]
    App(#[from] AppError),
}

/// What a rule refuses. No message holds a personal value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Address and password do not go together. Says nothing of which of the two, nor of an account that is disabled.
    #[error("address and password do not go together")]
    Wrong,
    /// The number of a space and the code that was handed over do not go together, or the code is good no more.
    #[error("the number and the code that was handed over do not go together, or the code is good no more")]
    HandedCode,
    /// Who an identity that the State vouches for is among those known is not beyond doubt.
    #[error("who this is among those known is not beyond doubt")]
    NotMeant,
    /// What is known is being brought up to date: someone may be missing yet.
    #[error("what is known of people is being brought up to date")]
    BeingMade,
    /// The number of a space and the password do not go together.
    #[error("the number and the password do not go together")]
    WrongNumber,
    /// Too many failures: wait.
    #[error("too many failures: wait until {until}")]
    TooSoon {
        /// Until when.
        until: Instant,
    },
    /// The code is wrong, or was used.
    #[error("the code is wrong, or was used before")]
    WrongCode,
    /// A sign-in, a link or a session that is no longer good.
    #[error("this has expired, or was used before: begin again")]
    Expired,
    /// The password is too weak.
    #[error("the password is refused: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Password(Vec<PasswordFault>),
    /// Access is not given or taken.
    #[error(transparent)]
    Rule(#[from] RuleFault),
    /// The provider's statement is not believed.
    #[error(transparent)]
    Claims(#[from] ClaimFault),
    /// The provider names someone who has no account here.
    #[error("no account is linked to this identity: ask your organisation's admin for an invitation")]
    NotLinked,
    /// The invitation is for another address.
    #[error("the invitation is for another address than that of this account")]
    OtherAddress,
    /// A second factor is needed.
    #[error("this role needs a second factor")]
    FactorNeeded,
    /// A value is missing or too long.
    #[error("a name of 1 to 200 characters is expected")]
    Name,
    /// What was asked for is not there, or not hers.
    #[error("no such {0}, or it is not yours")]
    Absent(&'static str),
}

impl From<StoreError> for AccountError {
    fn from(error: StoreError) -> Self {
        Self::App(AppError::Store(error))
    }
}

impl From<RuleFault> for AccountError {
    fn from(fault: RuleFault) -> Self {
        Self::Refused(Refusal::Rule(fault))
    }
}

impl From<liant_vault::VaultError> for AccountError {
    fn from(error: liant_vault::VaultError) -> Self {
        Self::App(AppError::Vault(error))
    }
}

impl From<liant_access::password::HashFault> for AccountError {
    fn from(error: liant_access::password::HashFault) -> Self {
        Self::App(AppError::Internal(error.to_string()))
    }
}

impl AccountError {
    /// A state that was gone when the act came to be written, as this refusal.
    pub(crate) fn gone(error: StoreError, refusal: Refusal) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::Refused(refusal),
            other => other.into(),
        }
    }
}

impl Explain for Refusal {
    fn explain(&self, lang: Lang) -> String {
        let (fr, en) = match self {
            Self::Password(faults) => {
                return faults.iter().map(|fault| fault.explain(lang)).collect::<Vec<_>>().join(" ");
            }
            Self::Rule(fault) => return fault.explain(lang),
            Self::Claims(fault) => return fault.explain(lang),
            Self::TooSoon { until } => {
                return match lang {
                    Lang::Fr => format!("Trop d'échecs : réessayez après {until}."),
                    Lang::En => format!("Too many failures: try again after {until}."),
                };
            }
            Self::HandedCode => (
                "Ce numéro et ce code ne vont pas ensemble, ou le code a expiré ou déjà servi : demandez-en un autre à votre référent.",
                "This number and this code do not go together, or the code has expired or was used: ask your referent for another.",
            ),
            Self::NotMeant => (
                "Nous n’avons pas pu reconnaître avec certitude le dossier qui est le vôtre. Demandez un code à la personne qui vous suit : il vous sera remis en main propre.",
                "We could not tell beyond doubt which file is yours. Ask whoever follows you for a code: it will be handed to you in person.",
            ),
            Self::BeingMade => (
                "Nos fichiers sont en cours de mise à jour : réessayez dans quelques minutes, ou entrez avec votre numéro.",
                "Our files are being brought up to date: try again in a few minutes, or come in with your number.",
            ),
            Self::WrongNumber => ("Numéro ou mot de passe incorrect.", "Wrong number or password."),
            Self::Wrong => ("Adresse ou mot de passe incorrect.", "Wrong address or password."),
            Self::WrongCode => (
                "Ce code est incorrect ou a déjà servi : attendez le suivant.",
                "This code is wrong or was used before: wait for the next one.",
            ),
            Self::Expired => (
                "Ce lien ou cette connexion a expiré ou a déjà servi : recommencez.",
                "This link or sign-in has expired or was used before: begin again.",
            ),
            Self::NotLinked => (
                "Aucun compte n'est lié à cette identité : demandez une invitation à l'administrateur de votre organisation.",
                "No account is linked to this identity: ask your organisation's admin for an invitation.",
            ),
            Self::OtherAddress => (
                "Cette invitation est adressée à une autre adresse que celle de votre compte.",
                "This invitation is for another address than your account's.",
            ),
            Self::FactorNeeded => (
                "Ce rôle demande une authentification à deux facteurs : reconnectez-vous.",
                "This role needs a second factor: sign in again.",
            ),
            Self::Name => ("Indiquez un nom de 1 à 200 caractères.", "Give a name of 1 to 200 characters."),
            Self::Absent(_) => (
                "Cet élément n'existe pas, ou n'est pas à vous.",
                "There is no such thing, or it is not yours.",
            ),
        };
        match lang {
            Lang::Fr => fr.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}
