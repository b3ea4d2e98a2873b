//! A forgotten password: its owner asks; whoever manages her access makes sure who she is and gives her a link, once, for a
//! short time; she chooses a new password, with her second factor.
//!
//! Whoever manages access could come in as a colleague only by taking her second factor away *and* giving herself the link:
//! both are in the audit with how her identity was checked, her password stops being good, and her sessions end.

use liant_access::password::Password;
use liant_access::{Checked, Email, Token, recovery};
use liant_audit::Act;
use liant_model::{AccountId, Instant};
use liant_store::accounts::{AccountChange, AccountRow, PasswordLinkRow, Upkeep, Way};

use super::entries::{EntryOf, outsider};
use super::passwords::check;
use super::people::wholly_managed;
use super::sign_in::Proof;
use super::{AccountError, Authority, Notice, NoticeKind, Office, Origin, Refusal, Step, hash_of, lane_key};
use crate::context::random;

/// Notes that the owner of an address asks for a new password. The answer is the same, after the same work, whether the
/// address has an account or not: the note itself is of a keyed hash.
///
/// # Errors
/// [`Refusal::TooSoon`], whether the address has an account or not.
pub fn ask(office: &Office<'_>, email: &str, origin: &Origin<'_>) -> Result<(), AccountError> {
    let email = Email::parse(email).ok();
    let name = email.as_ref().map_or("", Email::as_str);
    office.count_ask(name, origin)?;
    let actor = outsider(None)?;
    let subject = "a new password was asked for".to_owned();
    let entry = EntryOf { actor: &actor, act: Act::SignIn, territory: office.home, subject };
    office.act(entry, Vec::new(), vec![Upkeep::AskPassword(ask_lane(office, name))])?;
    Ok(())
}

/// When the owner of each of these addresses asked for a new password that nobody has given her yet.
pub(super) fn asked(office: &Office<'_>, addresses: &[Email]) -> Result<Vec<Option<Instant>>, AccountError> {
    let lanes: Vec<_> = addresses.iter().map(|email| ask_lane(office, email.as_str())).collect();
    let kept = i64::from(office.rules.invitation_days) * 86_400_000_000;
    let is_recent = |at: &Instant| office.now().micros().saturating_sub(at.micros()) < kept;
    let found = office.workplace.store.directory(office.home, |directory| {
        lanes.iter().map(|lane| directory.password_asked(lane)).collect::<Result<Vec<_>, _>>()
    })?;
    Ok(found.into_iter().map(|at| at.filter(is_recent)).collect())
}

fn ask_lane(office: &Office<'_>, name: &str) -> [u8; 16] {
    lane_key(office.workplace, &[b"ask", name.as_bytes()])
}

/// Why a link is given.
#[derive(Clone, Copy, Debug)]
pub struct Recovery {
    /// How it was made sure that it is she who asks.
    pub checked: Checked,
    /// She has lost her second factor and her recovery codes too: they are taken away, and she sets up others.
    pub factor_lost: bool,
}

/// A link that was given.
#[derive(Debug)]
pub struct Given {
    /// For the link; given once.
    pub token: Token,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// Gives the link that lets someone choose a new password; one given before is good no more. An admin gives it to who works
/// for nobody but hers: another organisation's secrets would hang on her word.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn give_link(
    office: &Office<'_>,
    authority: Authority<'_>,
    account: AccountId,
    why: Recovery,
) -> Result<Given, AccountError> {
    let territory = wholly_managed(office, authority, account)?;
    let row = super::factors::account_of(office, account)?;
    if row.disabled_at.is_some() {
        return Err(Refusal::Absent("account").into());
    }
    let token = Office::token()?;
    let expires_at = office.after_minutes(office.rules.password_link_hours * 60);
    let link = PasswordLinkRow { account, token: token.hash(), created_at: office.now(), expires_at };
    let mut changes = vec![AccountChange::PasswordLink(link)];
    let mut notes = vec![Upkeep::DropAsk(ask_lane(office, row.email.as_str()))];
    let mut subject =
        format!("link for a new password given: account {account}, identity checked: {}", why.checked.code());
    if why.factor_lost {
        changes.extend([
            AccountChange::DropFactors(account),
            AccountChange::EndSessions { account, except: None },
        ]);
        notes.push(Upkeep::ForgetBrowsers(account));
        subject.push_str(", second factor reset");
    }
    let entry = EntryOf { actor: authority.actor(), act: Act::Account, territory, subject };
    office.act(entry, changes, notes)?;
    Ok(Given { token, expires_at })
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Whether a code of the second factor, or a recovery code, is asked for too.
    pub needs_code: bool,
}

/// What the link of this token leads to. Says nothing of whose it is.
///
/// # Errors
/// [`Refusal::Expired`].
pub fn look(office: &Office<'_>, token: &Token) -> Result<Opening, AccountError> {
    let account = owner(office, token)?;
    Ok(Opening { needs_code: office.confirmed_factor(account.id)?.is_some() })
}

/// Chooses the new password: the link is used, every session ends, and the sign-in goes on. `code` is one of the second
/// factor, or a recovery code.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::TooSoon`], [`Refusal::WrongCode`], [`Refusal::Password`].
pub fn choose(
    office: &Office<'_>,
    token: &Token,
    code: &str,
    password: &Password,
    origin: &Origin<'_>,
) -> Result<(Step, Notice), AccountError> {
    let account = owner(office, token)?;
    check(office, password, &[account.email.as_str(), &account.name])?;
    let id = account.id;
    let mut changes = vec![AccountChange::UsePasswordLink { account: id, token: hash_of(token) }];
    let factor = office.confirmed_factor(id)?;
    let second_factor = factor.is_some();
    let mut notes = Vec::new();
    if let Some(factor) = factor {
        notes = office.uncounted(&office.count_for(&account, origin)?, origin);
        let digits: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
        let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        changes.push(if is_code {
            let step = office.open_factor(&factor)?.check(&digits, office.now(), factor.last_step);
            let Some(step) = step else { return Err(office.wrong_code(&account)?) };
            AccountChange::UseStep { factor: factor.id, step }
        } else {
            AccountChange::UseRecoveryCode { account: id, hash: recovery::hash(id, code) }
        });
    }
    changes.push(AccountChange::Password { account: id, hash: office.hasher.hash(password, random()?)? });
    changes.push(AccountChange::EndSessions { account: id, except: None });
    let entry = EntryOf {
        actor: &outsider(Some(id))?,
        act: Act::Account,
        territory: office.territory_of(id)?,
        subject: format!("new password chosen by a link: account {id}"),
    };
    // What is gone is the code, or else the link.
    let gone = if second_factor { Refusal::WrongCode } else { Refusal::Expired };
    match office.act(entry, changes, vec![Upkeep::ForgetBrowsers(id)]).map_err(|error| error.or(gone)) {
        Err(AccountError::Refused(Refusal::WrongCode)) => return Err(office.wrong_code(&account)?),
        other => other?,
    }
    let proof = Proof { way: Way::Password, second_factor, provider: None, done: None, notes };
    let step = office.next(&account, proof, Vec::new(), origin)?;
    Ok((step, Notice::of(&account, NoticeKind::PasswordChanged)))
}

/// Whose link this is, if it is still good.
fn owner(office: &Office<'_>, token: &Token) -> Result<AccountRow, AccountError> {
    let found = office.workplace.store.directory(office.home, |directory| {
        let Some(link) = directory.password_link(hash_of(token))? else { return Ok(None) };
        Ok(directory.account(link.account)?.map(|account| (link, account)))
    })?;
    let is_good = |(link, account): &(PasswordLinkRow, AccountRow)| {
        link.expires_at > office.now() && account.disabled_at.is_none()
    };
    Ok(found.filter(is_good).ok_or(Refusal::Expired)?.1)
}
