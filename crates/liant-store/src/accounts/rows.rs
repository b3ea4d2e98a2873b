use liant_access::membership::{Mandate, Organisation, Post, Term};
use liant_access::throttle::History;
use liant_access::{Email, OrganisationKind, ProfessionalRole, TokenHash};
use liant_model::{
    AccountId, Date, DelegationId, FactorId, Instant, InvitationId, Lang, MembershipId, OrganisationId,
    Party, SessionId, Territory,
};

use crate::StoreError;
use crate::value::Row;

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationRow {
    /// Which.
    pub id: OrganisationId,
    /// Whose people it works with, and whose log its acts go to.
    pub territory: Territory,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name, unique in the territory.
    pub name: String,
    /// The party to conventions that its people act for.
    pub party: Party,
    /// The body that it is a service of.
    pub parent: Option<OrganisationId>,
    /// When it was recorded.
    pub created_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

impl OrganisationRow {
    /// What the rules ask of it.
    pub fn facts(&self) -> Organisation {
        Organisation {
            id: self.id,
            kind: self.kind,
            parent: self.parent,
            is_closed: self.closed_at.is_some(),
        }
    }
}

/// A mandate that was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelegationRow {
    /// Which.
    pub id: DelegationId,
    /// Who mandates whom, from when to when.
    pub mandate: Mandate,
    /// When it was recorded.
    pub recorded_at: Instant,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Which.
    pub id: AccountId,
    /// What she signs in with.
    pub email: Email,
    /// Her name, as colleagues see it.
    pub name: String,
    /// The language she is written to in.
    pub lang: Lang,
    /// Hash of her password, as a PHC string; none when she signs in at a provider only.
    pub password: Option<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was disabled.
    pub disabled_at: Option<Instant>,
    /// Until when a provider may be linked by its word on the address.
    pub link_until: Option<Instant>,
}

/// A membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembershipRow {
    /// Which.
    pub id: MembershipId,
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub organisation: OrganisationId,
    /// As what, from when to when.
    pub post: Post,
    /// Who designated her: an account's id, or the operator's actor.
    pub designated_by: String,
    /// When.
    pub designated_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
}

/// A membership with its organisation: what someone may sign in for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// The membership.
    pub membership: MembershipRow,
    /// Its organisation.
    pub organisation: OrganisationRow,
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Which.
    pub id: InvitationId,
    /// Hash of its token.
    pub token: TokenHash,
    /// Who is invited.
    pub email: Email,
    /// Where.
    pub organisation: OrganisationId,
    /// As what.
    pub post: Post,
    /// Who invites.
    pub invited_by: String,
    /// When.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
    /// When it was accepted or withdrawn.
    pub closed_at: Option<Instant>,
    /// Who accepted it.
    pub account: Option<AccountId>,
}

/// A second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorRow {
    /// Which.
    pub id: FactorId,
    /// Whose.
    pub account: AccountId,
    /// The sealed secret.
    pub secret: Vec<u8>,
    /// When it was made.
    pub created_at: Instant,
    /// When its owner has shown that she has it.
    pub confirmed_at: Option<Instant>,
    /// Step of the last code used.
    pub last_step: Option<i64>,
}

/// How someone signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a password of ours.
    Password,
    /// At an OpenID provider.
    Oidc,
}

impl Way {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Oidc => "oidc",
        }
    }
}

/// What a sign-in under way waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A code of the second factor.
    Factor,
    /// A second factor to be set up.
    Enrol,
    /// The choice of a membership.
    Choose,
}

impl Stage {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Factor => "factor",
            Self::Enrol => "enrol",
            Self::Choose => "choose",
        }
    }
}

/// What is kept of a provider's answer, for its logout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderHint {
    /// The provider.
    pub issuer: String,
    /// Its token, sealed.
    pub id_token: Vec<u8>,
}

/// A sign-in under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingRow {
    /// Hash of its token.
    pub token: TokenHash,
    /// Whose.
    pub account: AccountId,
    /// What it waits for.
    pub stage: Stage,
    /// How it began.
    pub way: Way,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    /// Codes tried.
    pub tries: u32,
    /// When it began.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
    /// The provider, if any.
    pub provider: Option<ProviderHint>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Which.
    pub id: SessionId,
    /// Hash of its token.
    pub token: TokenHash,
    /// Whose.
    pub account: AccountId,
    /// For which membership.
    pub membership: MembershipId,
    /// How she signed in.
    pub way: Way,
    /// Whether she showed a second factor.
    pub second_factor: bool,
    /// The browser, as its owner recognises it.
    pub browser: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
    /// The provider, if any.
    pub provider: Option<ProviderHint>,
}

/// A question put to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OidcRequestRow {
    /// Hash of its `state`.
    pub state: TokenHash,
    /// The provider.
    pub issuer: String,
    /// Its `nonce`.
    pub nonce: String,
    /// The PKCE verifier, sealed.
    pub verifier: Vec<u8>,
    /// Hash of the invitation that it answers, if any.
    pub invitation: Option<[u8; 32]>,
    /// When it was put.
    pub created_at: Instant,
    /// Until when an answer is taken.
    pub expires_at: Instant,
}

/// The link that lets someone choose a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordLinkRow {
    /// Whose.
    pub account: AccountId,
    /// Hash of its token.
    pub token: TokenHash,
    /// When it was given.
    pub created_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// The provider's own name for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectRow {
    /// The provider.
    pub issuer: String,
    /// Its name for her.
    pub subject: String,
    /// Her account.
    pub account: AccountId,
}

pub(super) const ORGANISATION: &str =
    "o.organisation_id, o.territory_id, o.kind, o.name, o.party, o.parent_id, o.created_at, o.closed_at";
pub(super) const MEMBERSHIP: &str = "m.membership_id, m.account_id, m.organisation_id, m.role, m.is_admin, m.from_day, m.to_day, \
     m.designated_by, m.designated_at, m.ended_at";
pub(super) const ACCOUNT: &str =
    "a.account_id, a.email, a.name, a.lang, a.password, a.created_at, a.disabled_at, a.link_until";
pub(super) const SESSION: &str = "s.session_id, s.token_hash, s.account_id, s.membership_id, s.way, s.second_factor, s.browser, \
     s.opened_at, s.seen_at, s.ended_at, s.issuer, s.id_token";
/// Number of columns of [`SESSION`], [`MEMBERSHIP`] and [`ACCOUNT`]: where the next row begins when two are read at once.
pub(super) const SESSION_COLUMNS: usize = 12;
pub(super) const MEMBERSHIP_COLUMNS: usize = 10;
pub(super) const ACCOUNT_COLUMNS: usize = 8;
pub(super) const ORGANISATION_COLUMNS: usize = 8;

pub(super) fn organisation(row: &Row<'_>, first: usize) -> Result<OrganisationRow, StoreError> {
    Ok(OrganisationRow {
        id: row.id(first)?,
        territory: Territory::parse(&row.text(first + 1)?).map_err(|_| damaged("a territory"))?,
        kind: OrganisationKind::from_code(&row.text(first + 2)?)
            .ok_or_else(|| damaged("a kind of organisation"))?,
        name: row.text(first + 3)?,
        party: Party::parse(&row.text(first + 4)?).map_err(|_| damaged("a party"))?,
        parent: row.optional_id(first + 5)?,
        created_at: instant(row, first + 6)?,
        closed_at: optional_instant(row, first + 7)?,
    })
}

pub(super) fn delegation(row: &Row<'_>) -> Result<DelegationRow, StoreError> {
    Ok(DelegationRow {
        id: row.id(0)?,
        mandate: Mandate { mandator: row.id(1)?, mandated: row.id(2)?, term: term(row, 3)? },
        recorded_at: instant(row, 5)?,
    })
}

pub(super) fn account(row: &Row<'_>, first: usize) -> Result<AccountRow, StoreError> {
    Ok(AccountRow {
        id: row.id(first)?,
        email: email(row, first + 1)?,
        name: row.text(first + 2)?,
        lang: if row.text(first + 3)? == "fr" { Lang::Fr } else { Lang::En },
        password: row.optional_text(first + 4)?,
        created_at: instant(row, first + 5)?,
        disabled_at: optional_instant(row, first + 6)?,
        link_until: optional_instant(row, first + 7)?,
    })
}

pub(super) fn membership(row: &Row<'_>, first: usize) -> Result<MembershipRow, StoreError> {
    Ok(MembershipRow {
        id: row.id(first)?,
        account: row.id(first + 1)?,
        organisation: row.id(first + 2)?,
        post: post(row, first + 3)?,
        designated_by: row.text(first + 7)?,
        designated_at: instant(row, first + 8)?,
        ended_at: optional_instant(row, first + 9)?,
    })
}

pub(super) fn invitation(row: &Row<'_>) -> Result<InvitationRow, StoreError> {
    Ok(InvitationRow {
        id: row.id(0)?,
        token: token(row, 1)?,
        email: email(row, 2)?,
        organisation: row.id(3)?,
        post: post(row, 4)?,
        invited_by: row.text(8)?,
        created_at: instant(row, 9)?,
        expires_at: instant(row, 10)?,
        closed_at: optional_instant(row, 11)?,
        account: row.optional_id(12)?,
    })
}

pub(super) fn factor(row: &Row<'_>) -> Result<FactorRow, StoreError> {
    Ok(FactorRow {
        id: row.id(0)?,
        account: row.id(1)?,
        secret: row.bytes(2)?,
        created_at: instant(row, 3)?,
        confirmed_at: optional_instant(row, 4)?,
        last_step: row.optional_integer(5)?,
    })
}

pub(super) fn session(row: &Row<'_>) -> Result<SessionRow, StoreError> {
    Ok(SessionRow {
        id: row.id(0)?,
        token: token(row, 1)?,
        account: row.id(2)?,
        membership: row.id(3)?,
        way: way(row, 4)?,
        second_factor: row.integer(5)? != 0,
        browser: row.text(6)?,
        opened_at: instant(row, 7)?,
        seen_at: instant(row, 8)?,
        ended_at: optional_instant(row, 9)?,
        provider: provider(row, 10)?,
    })
}

pub(super) fn pending(row: &Row<'_>) -> Result<PendingRow, StoreError> {
    let stage = row.text(2)?;
    Ok(PendingRow {
        token: token(row, 0)?,
        account: row.id(1)?,
        stage: [Stage::Factor, Stage::Enrol, Stage::Choose]
            .into_iter()
            .find(|known| known.code() == stage)
            .ok_or_else(|| damaged("a stage of sign-in"))?,
        way: way(row, 3)?,
        second_factor: row.integer(4)? != 0,
        tries: u32::try_from(row.integer(5)?).unwrap_or(u32::MAX),
        created_at: instant(row, 6)?,
        expires_at: instant(row, 7)?,
        provider: provider(row, 8)?,
    })
}

pub(super) fn password_link(row: &Row<'_>) -> Result<PasswordLinkRow, StoreError> {
    Ok(PasswordLinkRow {
        account: AccountId(row.id(0)?),
        token: token(row, 1)?,
        created_at: instant(row, 2)?,
        expires_at: instant(row, 3)?,
    })
}

pub(super) fn oidc_request(row: &Row<'_>) -> Result<OidcRequestRow, StoreError> {
    Ok(OidcRequestRow {
        state: token(row, 0)?,
        issuer: row.text(1)?,
        nonce: row.text(2)?,
        verifier: row.bytes(3)?,
        invitation: row
            .optional_bytes(4)?
            .map(|bytes| bytes.try_into().map_err(|_| damaged("a hash")))
            .transpose()?,
        created_at: instant(row, 5)?,
        expires_at: instant(row, 6)?,
    })
}

pub(super) fn history(row: &Row<'_>) -> Result<History, StoreError> {
    Ok(History { failures: u32::try_from(row.integer(0)?).unwrap_or(u32::MAX), last: instant(row, 1)? })
}

fn post(row: &Row<'_>, first: usize) -> Result<Post, StoreError> {
    Ok(Post {
        role: ProfessionalRole::from_code(&row.text(first)?).ok_or_else(|| damaged("a role"))?,
        is_admin: row.integer(first + 1)? != 0,
        term: term(row, first + 2)?,
    })
}

fn term(row: &Row<'_>, first: usize) -> Result<Term, StoreError> {
    let day = |text: String| text.parse::<Date>().map_err(|_| damaged("a day"));
    Ok(Term { from: day(row.text(first)?)?, to: row.optional_text(first + 1)?.map(day).transpose()? })
}

fn way(row: &Row<'_>, place: usize) -> Result<Way, StoreError> {
    let code = row.text(place)?;
    let found = [Way::Password, Way::Oidc].into_iter().find(|way| way.code() == code);
    found.ok_or_else(|| damaged("a way of sign-in"))
}

fn provider(row: &Row<'_>, first: usize) -> Result<Option<ProviderHint>, StoreError> {
    let parts = row.optional_text(first)?.zip(row.optional_bytes(first + 1)?);
    Ok(parts.map(|(issuer, id_token)| ProviderHint { issuer, id_token }))
}

fn email(row: &Row<'_>, place: usize) -> Result<Email, StoreError> {
    Email::parse(&row.text(place)?).map_err(|_| damaged("an address"))
}

fn token(row: &Row<'_>, place: usize) -> Result<TokenHash, StoreError> {
    row.bytes(place)?.try_into().map(TokenHash::from_bytes).map_err(|_| damaged("a hash"))
}

fn instant(row: &Row<'_>, place: usize) -> Result<Instant, StoreError> {
    row.integer(place).map(Instant::from_micros)
}

fn optional_instant(row: &Row<'_>, place: usize) -> Result<Option<Instant>, StoreError> {
    Ok(row.optional_integer(place)?.map(Instant::from_micros))
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("{what} of the accounts does not read"))
}
