//! Who comes in, for whom and as what: sign-in, sessions, second factors, invitations, and the people of an organisation.
//!
//! The server (and the command line, for the operator) makes an [`Office`] and asks one function here per request:
//!
//! | module | what |
//! |---|---|
//! | [`sign_in`] | password, then code, then choice of a membership: each answers the next [`Step`] |
//! | [`sessions`] | the session of a cookie; list, revoke, switch, sign out |
//! | [`factors`] | set up, replace and reset the second factor; recovery codes |
//! | [`passwords`] | change one's password |
//! | [`forgotten`] | a password that is forgotten: ask, give a link, choose another |
//! | [`invitations`] | invite, look, accept, withdraw |
//! | [`profile`] | name and language |
//! | [`people`] | an admin's people: list, change, end, disable |
//! | [`organisations`] | organisations and mandates |
//! | [`desk`] | what an admin has to see to |
//! | [`oidc`] | the question put to an OpenID provider, and what its answer gives |
//!
//! **Audit.** Each act has an entry, in the log of the organisation's territory. Before a membership is chosen that is the
//! territory of the account's first organisation; for a try on no account at all, the installation's own. The actor is the
//! account's id, never a name or an address: [`people::names`] gives the names back to who may see them. The address typed
//! on an unknown account is kept nowhere, only as a keyed hash among the lanes of throttling. A try that comes too soon is not
//! looked at and leaves no entry: else hammering would fill the log.
//!
//! **Secrets.** A token is given once and kept as a hash; a second factor's secret, a PKCE verifier and a provider's token are
//! sealed. Whoever asks about an account that does not exist, is disabled or has no password gets the same answer after the
//! same work as for a wrong password.

pub mod desk;
mod entries;
pub mod factors;
pub mod forgotten;
pub mod invitations;
pub mod oidc;
pub mod organisations;
pub mod passwords;
pub mod people;
pub mod profile;
mod refusal;
mod seats;
pub mod sessions;
pub mod sign_in;
pub mod unused;

use liant_access::membership::Giver;
use liant_access::password::Hasher;
use liant_access::{AccountRules, Email, OrganisationKind, ProfessionalRole, Token, TokenHash};
use liant_model::{
    AccountId, Actor, Clock, Instant, Lang, MembershipId, OrganisationId, Purpose, SessionId, Territory,
};

use liant_store::accounts::AccountRow;

use crate::context::random;
use crate::{AppError, Context, Workplace};

pub use liant_store::accounts::{DelegationRow, OrganisationRow};
pub use refusal::{AccountError, Refusal};

/// What the use cases of accounts work with.
pub struct Office<'a> {
    pub(crate) workplace: &'a Workplace,
    pub(crate) rules: &'a AccountRules,
    pub(crate) hasher: Hasher,
    pub(crate) home: Territory,
    pub(crate) clock: &'a dyn Clock,
}

impl<'a> Office<'a> {
    /// An office of the installation whose own territory is `home`. Cheap: one per request is fine.
    ///
    /// # Errors
    /// When the rules ask for a hash that argon2 does not make.
    pub fn new(
        workplace: &'a Workplace,
        rules: &'a AccountRules,
        home: Territory,
        clock: &'a dyn Clock,
    ) -> Result<Self, AppError> {
        let hasher = Hasher::new(rules.hash).map_err(|error| AppError::Value(error.to_string()))?;
        Ok(Self { workplace, rules, hasher, home, clock })
    }

    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A token that nobody can guess.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn token() -> Result<Token, AppError> {
        Ok(Token::new(random()?))
    }

    /// An id made now.
    fn id<T>(&self, make: impl Fn(Instant, [u8; 10]) -> T) -> Result<T, AppError> {
        Ok(make(self.now(), random()?))
    }

    pub(crate) fn after_minutes(&self, minutes: u32) -> Instant {
        Instant::from_micros(self.now().micros().saturating_add(i64::from(minutes) * 60_000_000))
    }

    fn after_days(&self, days: u32) -> Instant {
        self.after_minutes(days.saturating_mul(24 * 60))
    }
}

/// Where a request comes from.
pub struct Origin<'a> {
    /// Address on the network; kept only as a keyed hash.
    pub address: &'a str,
    /// The cookie of a browser that has signed in before, if it has one.
    pub known_browser: Option<&'a Token>,
    /// The browser in words that its owner recognises, without version: "Firefox, Linux".
    pub browser: &'a str,
}

/// What comes next in a sign-in. The server keeps `pending` in a cookie of its own and shows the page.
#[derive(Debug)]
pub enum Step {
    /// A code of the second factor, or a recovery code.
    SecondFactor {
        /// Names this sign-in.
        pending: Token,
    },
    /// A second factor is to be set up: her role needs one.
    Enrol {
        /// Names this sign-in.
        pending: Token,
    },
    /// A membership is to be chosen. The list may be empty: nobody has designated her, or her mandates have run out; an
    /// invitation may still be accepted.
    Choose {
        /// Names this sign-in.
        pending: Token,
        /// What there is to choose from.
        seats: Vec<Seat>,
    },
    /// She is in.
    Open(Box<Opened>),
}

/// A session that was just opened.
#[derive(Debug)]
pub struct Opened {
    /// For the session's cookie.
    pub token: Token,
    /// For the cookie of a known browser, when this one was not known.
    pub known_browser: Option<Token>,
    /// Who is in.
    pub signed_in: SignedIn,
}

/// A membership that may be worked in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Which.
    pub membership: MembershipId,
    /// Where.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// As what.
    pub role: ProfessionalRole,
    /// Whether she manages the organisation's people.
    pub is_admin: bool,
    /// Whose people it works with.
    pub territory: Territory,
}

/// Someone who is signed in, for one membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Her session.
    pub session: SessionId,
    /// Her account.
    pub account: AccountId,
    /// Her name, as colleagues see it.
    pub name: String,
    /// Her language.
    pub lang: Lang,
    /// The membership that she works in.
    pub seat: Seat,
    /// Who acts, as the gate and the audit know it: her account's id, the organisation's party, her role.
    pub actor: Actor,
    /// Whether she showed a second factor.
    pub second_factor: bool,
    /// When the session was opened.
    pub opened_at: Instant,
    /// When it ends if nothing more is done.
    pub ends_at: Instant,
}

impl SignedIn {
    /// The context of one request, for the purpose that its screen states.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn context<'a>(&'a self, purpose: Purpose, clock: &'a dyn Clock) -> Result<Context<'a>, AppError> {
        let context = Context::new(&self.actor, purpose, self.seat.territory, clock)?;
        Ok(context.seated(self.account, self.seat.organisation))
    }

    /// The purposes that some clause names for her party and role, in the order of the conventions: what a screen may state.
    /// Whether it then gives anything, the gate decides.
    pub fn purposes(&self, workplace: &Workplace) -> Vec<Purpose> {
        let mut found: Vec<Purpose> = Vec::new();
        let files = workplace.conventions().iter().filter(|file| file.territory == self.seat.territory);
        let grants = files.flat_map(|file| &file.grants);
        let mine = grants.filter(|grant| {
            grant.to.iter().any(|to| to.party == self.actor.party && to.role == self.actor.role)
        });
        for purpose in mine.flat_map(|grant| &grant.purposes) {
            if !found.contains(purpose) {
                found.push(purpose.clone());
            }
        }
        found
    }
}

/// In whose name access is given or taken.
#[derive(Clone, Copy)]
pub enum Authority<'a> {
    /// The operator, from the command line: makes organisations and first admins.
    Operator(&'a Actor),
    /// An organisation's admin, who is signed in.
    Admin(&'a SignedIn),
}

impl Authority<'_> {
    fn giver(&self) -> Giver {
        match self {
            Self::Operator(_) => Giver::Operator,
            Self::Admin(admin) => Giver::Professional {
                account: admin.account,
                organisation: admin.seat.organisation,
                is_admin: admin.seat.is_admin,
            },
        }
    }

    fn actor(&self) -> &Actor {
        match self {
            Self::Operator(actor) => actor,
            Self::Admin(admin) => &admin.actor,
        }
    }
}

/// A message that its receiver must be sent: someone may have acted in her name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// To whom.
    pub to: Email,
    /// In which language.
    pub lang: Lang,
    /// About what.
    pub about: NoticeKind,
}

impl Notice {
    fn of(account: &AccountRow, about: NoticeKind) -> Self {
        Self { to: account.email.clone(), lang: account.lang, about }
    }
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// An admin has reset her second factor.
    FactorReset,
    /// A second factor was set up.
    FactorSetUp,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// New recovery codes were made.
    RecoveryCodesMade,
    /// Her password was changed.
    PasswordChanged,
    /// A provider was linked to her account.
    ProviderLinked,
}

/// The keyed hash of a lane's name.
pub(crate) fn lane_key(workplace: &Workplace, parts: &[&[u8]]) -> [u8; 16] {
    let mut name = Vec::new();
    for part in parts {
        name.extend_from_slice(&(part.len() as u32).to_be_bytes());
        name.extend_from_slice(part);
    }
    *workplace.keys.blind_index(liant_vault::Domain::Attempt, &name).as_bytes()
}

/// Reads a token that came from outside; a text that is none names nothing.
fn hash_of(token: &Token) -> TokenHash {
    token.hash()
}
