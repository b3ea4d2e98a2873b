//! The second factor: set up, replaced, reset.

use liant_access::recovery::{HOW_MANY, RecoveryCode};
use liant_access::{Checked, Token, totp};
use liant_audit::Act;
use liant_model::{AccountId, FactorId};
use liant_store::accounts::{AccountChange, AccountRow, FactorRow, Stage, Upkeep};
use liant_vault::Domain;
use zeroize::Zeroizing;

use super::entries::EntryOf;
use super::people::wholly_managed;
use super::sessions::own_entry;
use super::sign_in::{Proof, factor_bound};
use super::{AccountError, Authority, Notice, NoticeKind, Office, Origin, Refusal, SignedIn, Step};
use crate::context::random;

/// What an authenticator application is given, once.
#[derive(Debug)]
pub struct Enrolment {
    /// The secret in base 32, to be typed.
    pub secret: Zeroizing<String>,
    /// The `otpauth://` address, to be shown as a QR code.
    pub uri: Zeroizing<String>,
}

/// Begins to set up a second factor in a sign-in that asks for one.
///
/// # Errors
/// [`Refusal::Expired`].
pub fn begin_in_sign_in(office: &Office<'_>, pending: &Token) -> Result<Enrolment, AccountError> {
    let (_, account) = office.pending(pending, Stage::Enrol)?;
    let territory = office.territory_of(account.id)?;
    let actor = super::entries::outsider(Some(account.id))?;
    let subject = format!("second factor begun: account {}", account.id);
    begin(office, &account, EntryOf { actor: &actor, act: Act::Account, territory, subject }, Vec::new())
}

/// Confirms it by its first code, goes on with the sign-in, and gives the recovery codes, to be shown once.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn confirm_in_sign_in(
    office: &Office<'_>,
    pending: &Token,
    code: &str,
    origin: &Origin<'_>,
) -> Result<(Step, Vec<RecoveryCode>, Notice), AccountError> {
    let (row, account) = office.pending(pending, Stage::Enrol)?;
    let lanes = office.count_code(&row, &account, origin)?;
    let (mut changes, codes) = confirmed(office, &account, code)?;
    changes.push(AccountChange::EndSessions { account: account.id, except: None });
    // Ending sessions drops sign-ins under way, this one too: it goes on as a new one.
    let proof = Proof { done: None, ..office.code_shown(row, &lanes, origin) };
    let step = office.next_or(&account, proof, changes, origin, Refusal::WrongCode)?;
    Ok((step, codes, Notice::of(&account, NoticeKind::FactorSetUp)))
}

/// Begins to replace her second factor: she shows that she has the present one.
///
/// # Errors
/// [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn begin_again(office: &Office<'_>, who: &SignedIn, code: &str) -> Result<Enrolment, AccountError> {
    let (account, used) = show_present(office, who, code)?;
    let subject = format!("second factor begun: account {}", account.id);
    begin(office, &account, own_entry(who, Act::Account, subject), used)
}

/// Confirms the new one by its first code; the present one, its recovery codes and her other sessions end.
///
/// # Errors
/// [`Refusal::WrongCode`].
pub fn confirm(
    office: &Office<'_>,
    who: &SignedIn,
    code: &str,
) -> Result<(Vec<RecoveryCode>, Notice), AccountError> {
    let account = account_of(office, who.account)?;
    office.count_own(account.id)?;
    let (mut changes, codes) = confirmed(office, &account, code)?;
    office.forgive_own(account.id)?;
    changes.push(AccountChange::EndSessions { account: account.id, except: Some(who.session) });
    let subject = format!("second factor replaced: account {}", account.id);
    office
        .act(own_entry(who, Act::Account, subject), changes, vec![Upkeep::ForgetBrowsers(account.id)])
        .map_err(|error| error.or(Refusal::WrongCode))?;
    Ok((codes, Notice::of(&account, NoticeKind::FactorSetUp)))
}

/// New recovery codes in the place of the old ones: she shows a code of her second factor.
///
/// # Errors
/// [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn new_recovery_codes(
    office: &Office<'_>,
    who: &SignedIn,
    code: &str,
) -> Result<(Vec<RecoveryCode>, Notice), AccountError> {
    let (account, mut changes) = show_present(office, who, code)?;
    let (made, codes) = recovery_codes(account.id)?;
    changes.push(made);
    let subject = format!("recovery codes made: account {}", account.id);
    office
        .act(own_entry(who, Act::Account, subject), changes, Vec::new())
        .map_err(|error| error.or(Refusal::WrongCode))?;
    Ok((codes, Notice::of(&account, NoticeKind::RecoveryCodesMade)))
}

/// How many recovery codes she has left.
///
/// # Errors
/// When the store cannot be read.
pub fn recovery_codes_left(office: &Office<'_>, who: &SignedIn) -> Result<usize, AccountError> {
    Ok(office
        .workplace
        .store
        .directory(office.home, |directory| directory.recovery_codes_left(who.account))?)
}

/// Takes away the second factor of someone who has lost it, with her recovery codes and sessions: she sets up another at her
/// next sign-in. The notice is to be sent; how whoever resets has made sure who asks is in the audit. As with a new password, an
/// account that works elsewhere too is for whoever manages all of it.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`] when nobody of hers has this account.
pub fn reset(
    office: &Office<'_>,
    authority: Authority<'_>,
    account: AccountId,
    checked: Checked,
) -> Result<Notice, AccountError> {
    let territory = wholly_managed(office, authority, account)?;
    let row = office.workplace.store.directory(office.home, |directory| directory.account(account))?;
    let row = row.ok_or(Refusal::Absent("account"))?;
    let entry = EntryOf {
        actor: authority.actor(),
        act: Act::Account,
        territory,
        subject: format!("second factor reset: account {account}, identity checked: {}", checked.code()),
    };
    let changes =
        vec![AccountChange::DropFactors(account), AccountChange::EndSessions { account, except: None }];
    office.act(entry, changes, vec![Upkeep::ForgetBrowsers(account)])?;
    Ok(Notice::of(&row, NoticeKind::FactorReset))
}

fn begin(
    office: &Office<'_>,
    account: &AccountRow,
    entry: EntryOf<'_>,
    mut changes: Vec<AccountChange>,
) -> Result<Enrolment, AccountError> {
    let secret = totp::Secret::new(random()?);
    let id = office.id(FactorId::new)?;
    let bound = factor_bound(account.id, id.0.as_bytes());
    let sealed = office.workplace.keys.seal(Domain::Credential, &bound, secret.as_bytes())?;
    changes.push(AccountChange::Factor(FactorRow {
        id,
        account: account.id,
        secret: sealed,
        created_at: office.now(),
        confirmed_at: None,
        last_step: None,
    }));
    office.act(entry, changes, Vec::new()).map_err(|error| error.or(Refusal::WrongCode))?;
    Ok(Enrolment { secret: secret.base32(), uri: secret.uri("Liant", account.email.as_str()) })
}

/// The changes that confirm the factor being set up, if this is its code, and new recovery codes.
fn confirmed(
    office: &Office<'_>,
    account: &AccountRow,
    code: &str,
) -> Result<(Vec<AccountChange>, Vec<RecoveryCode>), AccountError> {
    let factors = office.workplace.store.directory(office.home, |directory| directory.factors(account.id))?;
    let factor = factors.into_iter().find(|factor| factor.confirmed_at.is_none()).ok_or(Refusal::Expired)?;
    let Some(step) = office.open_factor(&factor)?.check(code, office.now(), None) else {
        return Err(office.wrong_code(account)?);
    };
    let (made, codes) = recovery_codes(account.id)?;
    let confirm = AccountChange::ConfirmFactor { factor: factor.id, account: account.id, step };
    Ok((vec![confirm, made], codes))
}

/// Holds someone who is in to a code of her present factor; gives the change that uses it.
fn show_present(
    office: &Office<'_>,
    who: &SignedIn,
    code: &str,
) -> Result<(AccountRow, Vec<AccountChange>), AccountError> {
    let account = account_of(office, who.account)?;
    let Some(factor) = office.confirmed_factor(account.id)? else {
        // Nothing to show: a role that needs none sets up her first.
        return if who.second_factor { Err(Refusal::Expired.into()) } else { Ok((account, Vec::new())) };
    };
    office.count_own(account.id)?;
    let Some(step) = office.open_factor(&factor)?.check(code, office.now(), factor.last_step) else {
        return Err(office.wrong_code(&account)?);
    };
    office.forgive_own(account.id)?;
    Ok((account, vec![AccountChange::UseStep { factor: factor.id, step }]))
}

fn recovery_codes(account: AccountId) -> Result<(AccountChange, Vec<RecoveryCode>), AccountError> {
    let mut codes = Vec::with_capacity(HOW_MANY);
    for _ in 0..HOW_MANY {
        codes.push(RecoveryCode::new(random()?));
    }
    let hashes = codes.iter().map(|code| code.hash(account)).collect();
    Ok((AccountChange::RecoveryCodes { account, hashes }, codes))
}

pub(super) fn account_of(office: &Office<'_>, account: AccountId) -> Result<AccountRow, AccountError> {
    let row = office.workplace.store.directory(office.home, |directory| directory.account(account))?;
    Ok(row.ok_or(Refusal::Expired)?)
}
