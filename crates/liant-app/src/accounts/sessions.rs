//! The session of a cookie, and what its owner may do with hers.

use liant_access::Token;
use liant_access::session::Standing;
use liant_audit::Act;
use liant_model::{Instant, MembershipId, SessionId};
use liant_store::accounts::{AccountChange, ProviderHint, SessionRow, Upkeep};
use liant_vault::Domain;
use zeroize::Zeroizing;

use super::entries::EntryOf;
use super::{AccountError, Office, Refusal, Seat, SignedIn, hash_of};
use crate::AppError;

/// Who is signed in by this token; nobody when the session has ended, idled out or grown too old, when the account is disabled,
/// or when the membership or the mandate that it rests on has ended. Every request asks.
///
/// # Errors
/// When the store cannot be read, or its last use not written down.
pub fn resume(office: &Office<'_>, token: &Token) -> Result<Option<SignedIn>, AccountError> {
    let store = &office.workplace.store;
    let Some((session, account, seat)) = store.session(hash_of(token))? else { return Ok(None) };
    let standing = office.rules.session.standing(session.opened_at, session.seen_at, office.now());
    let Standing::Live { note } = standing else { return Ok(None) };
    let needs_mandate = seat.membership.post.role.needs_mandate_at(seat.organisation.kind);
    let mandates = if needs_mandate { store.mandates_of(seat.organisation.id)? } else { Vec::new() };
    let mandates: Vec<_> = mandates.into_iter().map(|row| row.mandate).collect();
    let shown_enough = session.second_factor || !Seat::of(&seat).needs_second_factor();
    if !office.is_open(&seat, &mandates) || !shown_enough {
        return Ok(None);
    }
    if note {
        store.upkeep(office.home, office.now(), &[Upkeep::Seen(session.id)])?;
    }
    Ok(Some(office.signed_in(&session, &account, &seat)))
}

/// One of her own sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    /// Which.
    pub session: SessionId,
    /// The browser.
    pub browser: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// Whether it is the one that asks.
    pub is_this_one: bool,
}

/// Her sessions that may still be used, newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(office: &Office<'_>, who: &SignedIn) -> Result<Vec<OwnSession>, AccountError> {
    let rows =
        office.workplace.store.directory(office.home, |directory| directory.sessions_of(who.account))?;
    let is_live = |row: &SessionRow| {
        let standing = office.rules.session.standing(row.opened_at, row.seen_at, office.now());
        matches!(standing, Standing::Live { .. })
    };
    let own = |row: SessionRow| OwnSession {
        session: row.id,
        browser: row.browser,
        opened_at: row.opened_at,
        seen_at: row.seen_at,
        is_this_one: row.id == who.session,
    };
    Ok(rows.into_iter().filter(is_live).map(own).collect())
}

/// Ends one of her own sessions.
///
/// # Errors
/// [`Refusal::Absent`] when it is none of hers.
pub fn revoke(office: &Office<'_>, who: &SignedIn, session: SessionId) -> Result<(), AccountError> {
    let found =
        office.workplace.store.directory(office.home, |directory| directory.session_of_id(session))?;
    found.filter(|row| row.account == who.account).ok_or(Refusal::Absent("session"))?;
    let subject = format!("session revoked by its owner: {session}");
    office
        .act(own_entry(who, Act::Account, subject), vec![AccountChange::EndSession(session)], Vec::new())
        .map_err(|error| error.or(Refusal::Absent("session")))
}

/// Ends all her other sessions.
///
/// # Errors
/// When the store cannot be written.
pub fn revoke_others(office: &Office<'_>, who: &SignedIn) -> Result<(), AccountError> {
    end_all(office, who, Some(who.session), "every other session revoked by its owner")
}

/// Ends all her sessions, this one too, and forgets the browsers she has used.
///
/// # Errors
/// When the store cannot be written.
pub fn revoke_all(office: &Office<'_>, who: &SignedIn) -> Result<(), AccountError> {
    end_all(office, who, None, "every session revoked by its owner")
}

fn end_all(
    office: &Office<'_>,
    who: &SignedIn,
    except: Option<SessionId>,
    subject: &str,
) -> Result<(), AccountError> {
    let end = AccountChange::EndSessions { account: who.account, except };
    let entry = own_entry(who, Act::Account, subject.to_owned());
    office.act(entry, vec![end], vec![Upkeep::ForgetBrowsers(who.account)])?;
    Ok(())
}

/// What the logout of a provider asks for.
pub struct ProviderLogout {
    /// The provider.
    pub issuer: String,
    /// The `id_token_hint`.
    pub id_token: Zeroizing<String>,
}

/// Ends this session. When it was opened at a provider, the browser is to be sent to its logout with what this gives.
///
/// # Errors
/// When the store cannot be written.
pub fn sign_out(office: &Office<'_>, who: &SignedIn) -> Result<Option<ProviderLogout>, AccountError> {
    let session =
        office.workplace.store.directory(office.home, |directory| directory.session_of_id(who.session))?;
    // A session that has ended meanwhile is signed out.
    let Some(session) = session else { return Ok(None) };
    let hint = session.provider.map(|hint| open_hint(office, &hint)).transpose()?;
    let subject = format!("signed out: session {}", who.session);
    office.act(
        own_entry(who, Act::SignIn, subject),
        vec![AccountChange::EndSession(who.session)],
        Vec::new(),
    )?;
    Ok(hint)
}

/// Goes on in another membership of hers, under a new token: the old one is of no use any more.
///
/// # Errors
/// [`Refusal::Absent`] when it is none of hers or may not be worked in now; [`Refusal::FactorNeeded`].
pub fn switch(
    office: &Office<'_>,
    who: &SignedIn,
    membership: MembershipId,
) -> Result<(Token, SignedIn), AccountError> {
    let (session, account, seats) = office.workplace.store.directory(office.home, |directory| {
        let session = directory.session_of_id(who.session)?;
        Ok((session, directory.account(who.account)?, office.open_seats(directory, who.account)?))
    })?;
    let (session, account) = session.zip(account).ok_or(Refusal::Expired)?;
    let seat = seats.into_iter().find(|seat| seat.membership.id == membership);
    let seat = seat.ok_or(Refusal::Absent("membership"))?;
    if Seat::of(&seat).needs_second_factor() && !session.second_factor {
        return Err(Refusal::FactorNeeded.into());
    }
    let token = Office::token()?;
    let rotate = AccountChange::Rotate { session: session.id, token: token.hash(), membership };
    let signed_in = office.signed_in(&session, &account, &seat);
    let subject = format!("session {} goes on in membership {membership}", session.id);
    office
        .act(own_entry(&signed_in, Act::SignIn, subject), vec![rotate], Vec::new())
        .map_err(|error| error.or(Refusal::Expired))?;
    Ok((token, signed_in))
}

/// The memberships that she may go on in.
///
/// # Errors
/// When the store cannot be read.
pub fn seats(office: &Office<'_>, who: &SignedIn) -> Result<Vec<Seat>, AccountError> {
    let seats = office
        .workplace
        .store
        .directory(office.home, |directory| office.open_seats(directory, who.account))?;
    Ok(seats.iter().map(Seat::of).collect())
}

/// Removes what is of no use any more: sign-ins that ran out, sessions and tries of longer than `rules.known_browser_days`
/// ago. For the server's daily job. Gives the number of rows.
///
/// # Errors
/// When the store cannot be written.
pub fn sweep(office: &Office<'_>) -> Result<u64, AccountError> {
    let kept = i64::from(office.rules.known_browser_days) * 86_400_000_000;
    let old = Instant::from_micros(office.now().micros().saturating_sub(kept));
    Ok(office.workplace.store.sweep_sign_ins(office.home, office.now(), old)?)
}

/// The entry of an act on her own account.
pub(super) fn own_entry(who: &SignedIn, act: Act, subject: String) -> EntryOf<'_> {
    EntryOf { actor: &who.actor, act, territory: who.seat.territory, subject }
}

pub(crate) fn seal_hint(
    office: &Office<'_>,
    issuer: &str,
    id_token: &str,
) -> Result<ProviderHint, AccountError> {
    let sealed = office.workplace.keys.seal(Domain::Credential, &hint_bound(issuer), id_token.as_bytes())?;
    Ok(ProviderHint { issuer: issuer.to_owned(), id_token: sealed })
}

pub(crate) fn open_hint(office: &Office<'_>, hint: &ProviderHint) -> Result<ProviderLogout, AccountError> {
    let plain = office.workplace.keys.open(Domain::Credential, &hint_bound(&hint.issuer), &hint.id_token)?;
    let text = std::str::from_utf8(&plain)
        .map_err(|_| AppError::Internal("a provider's token does not read".to_owned()))?;
    Ok(ProviderLogout { issuer: hint.issuer.clone(), id_token: Zeroizing::new(text.to_owned()) })
}

fn hint_bound(issuer: &str) -> Vec<u8> {
    [b"id_token\0".as_slice(), issuer.as_bytes()].concat()
}
