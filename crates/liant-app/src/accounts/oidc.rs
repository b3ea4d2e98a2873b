//! Signing in at an OpenID provider (ProConnect for professionals): the question, the answer, and whose account it opens.
//!
//! The server speaks the protocol: it sends the browser to the provider with what [`begin`] gives, keeps `state` in a cookie of
//! its own and holds the answer's against it, takes the question back ([`take`]), exchanges the code with the PKCE
//! verifier, checks the token's signature, audience and expiry, and hands the claims to [`complete`].

use liant_access::claims::{ClaimFault, Claims, Provider};
use liant_access::{Email, Token};
use liant_audit::Act;
use liant_model::{AccountId, Lang};
use liant_store::accounts::{AccountChange, AccountRow, OidcRequestRow, SubjectRow, Upkeep, Way};
use liant_vault::Domain;
use zeroize::Zeroizing;

use super::entries::{EntryOf, outsider};
use super::invitations::{joining, open};
use super::sessions::seal_hint;
use super::sign_in::Proof;
use super::{AccountError, Office, Origin, Refusal, Step, hash_of};
use crate::AppError;

/// The providers of this installation.
pub fn providers<'a>(office: &Office<'a>) -> &'a [Provider] {
    &office.rules.providers
}

/// A question to put to a provider. Each text has 64 characters.
#[derive(Debug)]
pub struct Question {
    /// `state`: [`Token::reveal`] gives its text.
    pub state: Token,
    /// `nonce`.
    pub nonce: String,
    /// The PKCE verifier; the question carries its S256 challenge.
    pub verifier: Zeroizing<String>,
}

/// Begins a sign-in at a provider; `invitation` is the token of the invitation that she is accepting, if she is.
///
/// # Errors
/// [`Refusal::Absent`] when there is no such provider.
pub fn begin(
    office: &Office<'_>,
    issuer: &str,
    invitation: Option<&Token>,
) -> Result<Question, AccountError> {
    let provider = provider(office, issuer)?;
    let (state, verifier) = (Office::token()?, Office::token()?.reveal());
    let nonce = Office::token()?.reveal().to_string();
    let sealed =
        office.workplace.keys.seal(Domain::Credential, &verifier_bound(&state), verifier.as_bytes())?;
    let row = OidcRequestRow {
        state: state.hash(),
        issuer: provider.issuer.clone(),
        nonce: nonce.clone(),
        verifier: sealed,
        invitation: invitation.map(|token| *hash_of(token).as_bytes()),
        created_at: office.now(),
        expires_at: office.after_minutes(office.rules.sign_in_minutes),
    };
    office.workplace.store.upkeep(office.home, office.now(), &[Upkeep::OidcRequest(row)])?;
    Ok(Question { state, nonce, verifier })
}

/// A question whose answer has come. It is asked no more.
#[derive(Debug)]
pub struct Answered {
    /// The provider.
    pub issuer: String,
    /// The nonce that the answer must hold.
    pub nonce: String,
    /// The PKCE verifier, for the exchange of the code.
    pub verifier: Zeroizing<String>,
    invitation: Option<[u8; 32]>,
}

/// Takes back the question of this `state`, once.
///
/// # Errors
/// [`Refusal::Expired`].
pub fn take(office: &Office<'_>, state: &Token) -> Result<Answered, AccountError> {
    let store = &office.workplace.store;
    let found = store.directory(office.home, |directory| directory.oidc_request(state.hash()))?;
    let row = found.ok_or(Refusal::Expired)?;
    store
        .upkeep(office.home, office.now(), &[Upkeep::OidcAnswered(row.state)])
        .map_err(|error| AccountError::gone(error, Refusal::Expired))?;
    if row.expires_at <= office.now() {
        return Err(Refusal::Expired.into());
    }
    let plain = office.workplace.keys.open(Domain::Credential, &verifier_bound(state), &row.verifier)?;
    let text = std::str::from_utf8(&plain)
        .map_err(|_| AppError::Internal("a PKCE verifier does not read".to_owned()))?;
    Ok(Answered {
        issuer: row.issuer,
        nonce: row.nonce,
        verifier: Zeroizing::new(text.to_owned()),
        invitation: row.invitation,
    })
}

/// Believes what the provider states, or not, and goes on with the sign-in. Someone whom the provider names for the first time
/// comes in by an invitation to her verified address, or by an admin's leave to link her account ([`super::people::allow_link`]).
/// `id_token` is kept sealed, for the logout.
///
/// # Errors
/// [`Refusal::Claims`], [`Refusal::NotLinked`], [`Refusal::Rule`].
pub fn complete(
    office: &Office<'_>,
    answered: &Answered,
    claims: &Claims,
    id_token: &str,
    origin: &Origin<'_>,
) -> Result<Step, AccountError> {
    let provider = provider(office, &answered.issuer)?;
    let believed = match provider.believe(claims, &answered.nonce, office.now()) {
        Ok(believed) => believed,
        Err(fault) => return Err(disbelieved(office, fault)?),
    };
    let linked = office
        .workplace
        .store
        .directory(office.home, |directory| directory.account_of_subject(&claims.issuer, &claims.subject))?;
    let account = match linked {
        Some(account) => account,
        None if believed.email_verified => first_time(office, answered, claims)?,
        None => return Err(not_linked(office)?),
    };
    if account.disabled_at.is_some() {
        return Err(not_linked(office)?);
    }
    let proof = Proof {
        way: Way::Oidc,
        second_factor: believed.second_factor,
        provider: Some(seal_hint(office, &claims.issuer, id_token)?),
        done: None,
        notes: Vec::new(),
    };
    office.next(&account, proof, Vec::new(), origin)
}

/// Links someone whom the provider names for the first time: the account is made, or found by its address.
fn first_time(office: &Office<'_>, answered: &Answered, claims: &Claims) -> Result<AccountRow, AccountError> {
    let Some(email) = claims.email.as_deref().and_then(|email| Email::parse(email).ok()) else {
        return Err(not_linked(office)?);
    };
    let known = office.workplace.store.directory(office.home, |directory| directory.account_of(&email))?;
    let known = known.filter(|account| account.disabled_at.is_none());
    // One that is good no more, or another's, leaves what an admin has allowed.
    let invitation = match answered.invitation.as_ref().map(|token| open(office, token)) {
        Some(Ok(open)) => Some(open).filter(|open| open.row.email == email),
        Some(Err(AccountError::Refused(_))) | None => None,
        Some(Err(error)) => return Err(error),
    };
    let link = |account: AccountId| {
        AccountChange::Subject(SubjectRow {
            issuer: claims.issuer.clone(),
            subject: claims.subject.clone(),
            account,
        })
    };
    let (account, territory, changes, subject) = match (invitation, known) {
        (Some(invitation), known) => {
            let (account, mut changes) = if let Some(account) = known {
                (account, Vec::new())
            } else {
                let account = new_account(office, email, claims)?;
                (account.clone(), vec![AccountChange::Account(account)])
            };
            let (joining, subject) = joining(office, &invitation, account.id)?;
            changes.extend(joining);
            (account, invitation.organisation.territory, changes, subject)
        }
        (None, Some(account)) if account.link_until.is_some_and(|until| until > office.now()) => {
            let territory = office.territory_of(account.id)?;
            let used = AccountChange::LinkUntil { account: account.id, until: None };
            (account, territory, vec![used], "by leave of an admin".to_owned())
        }
        _ => return Err(not_linked(office)?),
    };
    let mut changes = changes;
    changes.push(link(account.id));
    let entry = EntryOf {
        actor: &outsider(Some(account.id))?,
        act: Act::Account,
        territory,
        subject: format!("provider linked to account {}: {subject}", account.id),
    };
    office.act(entry, changes, Vec::new()).map_err(|error| error.or(Refusal::Expired))?;
    Ok(account)
}

fn new_account(office: &Office<'_>, email: Email, claims: &Claims) -> Result<AccountRow, AccountError> {
    let given = claims.name.as_deref().unwrap_or_default();
    let name = super::passwords::checked_name(given).unwrap_or_else(|_| email.as_str().to_owned());
    Ok(AccountRow {
        id: office.id(AccountId::new)?,
        email,
        name,
        lang: Lang::Fr,
        password: None,
        created_at: office.now(),
        disabled_at: None,
        link_until: None,
    })
}

/// Writes down that a provider's answer was not taken: `what` names the check that it failed, and no person.
///
/// # Errors
/// When the store cannot be written.
pub fn distrusted(office: &Office<'_>, answered: &Answered, what: &str) -> Result<(), AccountError> {
    let provider = provider(office, &answered.issuer)?;
    office.refused(None, None, format!("sign-in at {} refused: {what}", provider.name))
}

fn disbelieved(office: &Office<'_>, fault: ClaimFault) -> Result<AccountError, AccountError> {
    office.refused(None, None, format!("sign-in at a provider refused: {fault}"))?;
    Ok(Refusal::Claims(fault).into())
}

fn not_linked(office: &Office<'_>) -> Result<AccountError, AccountError> {
    office.refused(None, None, "sign-in at a provider refused: no account is linked".to_owned())?;
    Ok(Refusal::NotLinked.into())
}

fn provider<'a>(office: &Office<'a>, issuer: &str) -> Result<&'a Provider, AccountError> {
    let found = office.rules.providers.iter().find(|provider| provider.issuer == issuer);
    Ok(found.ok_or(Refusal::Absent("provider"))?)
}

fn verifier_bound(state: &Token) -> Vec<u8> {
    [b"pkce\0".as_slice(), state.hash().as_bytes()].concat()
}
