//! Passwords of people who have an account.

use liant_access::Token;
use liant_access::password::{Password, PasswordFault, Verdict};
use liant_audit::Act;
use liant_store::accounts::{AccountChange, AccountRow, Upkeep};

use super::factors::account_of;
use super::sessions::own_entry;
use super::{AccountError, Notice, NoticeKind, Office, Refusal, SignedIn};
use crate::context::random;

/// Changes her password: she shows the present one. Her other sessions end, and this one goes on under a new token.
///
/// # Errors
/// [`Refusal::TooSoon`], [`Refusal::Wrong`], [`Refusal::Password`].
pub fn change(
    office: &Office<'_>,
    who: &SignedIn,
    present: &Password,
    new: &Password,
) -> Result<(Token, Notice), AccountError> {
    let account = account_of(office, who.account)?;
    office.count_own(account.id)?;
    if office.hasher.verify(present, account.password.as_deref())? == Verdict::Wrong {
        let subject = "password not changed: the present one is wrong".to_owned();
        office.act(own_entry(who, Act::Account, subject), Vec::new(), Vec::new())?;
        return Err(Refusal::Wrong.into());
    }
    office.forgive_own(account.id)?;
    check(office, new, &[account.email.as_str(), &account.name, &who.seat.organisation_name])?;
    let token = Office::token()?;
    let changes = vec![
        AccountChange::Password { account: account.id, hash: office.hasher.hash(new, random()?)? },
        AccountChange::EndSessions { account: account.id, except: Some(who.session) },
        AccountChange::Rotate { session: who.session, token: token.hash(), membership: who.seat.membership },
    ];
    let subject = format!("password changed: account {}", account.id);
    office
        .act(own_entry(who, Act::Account, subject), changes, vec![Upkeep::ForgetBrowsers(account.id)])
        .map_err(|error| error.or(Refusal::Expired))?;
    Ok((token, Notice::of(&account, NoticeKind::PasswordChanged)))
}

/// What is wrong with a password, for a page that says so before it is sent. `own_words` are her name, address, organisation.
pub fn faults(office: &Office<'_>, password: &Password, own_words: &[&str]) -> Vec<PasswordFault> {
    office.rules.password.faults(password, own_words)
}

/// Refuses a weak password.
pub(crate) fn check(
    office: &Office<'_>,
    password: &Password,
    own_words: &[&str],
) -> Result<(), AccountError> {
    let faults = faults(office, password, own_words);
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Password(faults).into()) }
}

/// A name that is shown to colleagues.
pub(super) fn checked_name(name: &str) -> Result<String, AccountError> {
    let name = name.trim();
    let fits = (1..=200).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Refusal::Name.into()) }
}

/// Whether an account has a password of ours.
///
/// # Errors
/// When the store cannot be read.
pub fn has_one(office: &Office<'_>, who: &SignedIn) -> Result<bool, AccountError> {
    let account: AccountRow = account_of(office, who.account)?;
    Ok(account.password.is_some())
}
