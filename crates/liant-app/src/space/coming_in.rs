//! Coming in: the code that was handed over, once, with a password and a second factor chosen then; password and second factor
//! from then on. A code alone opens nothing.

use liant_access::password::{Password, Verdict};
use liant_access::recovery::{self, HOW_MANY, RecoveryCode};
use liant_access::session::Standing;
use liant_access::space::SpaceNumber;
use liant_access::totp;
use liant_audit::{Act, PeopleBlock};
use liant_model::{Actor, Instant, Party, Purpose, Role, Territory};
use liant_store::accounts::{Lane, ProviderHint, Upkeep};
use liant_store::{
    Change, ChangeSet, Snapshot, SpaceBinding, SpaceChange, SpacePendingRow, SpaceRow, StoreError,
};
use liant_vault::Domain;
use zeroize::Zeroizing;

use super::{Herself, SpaceToken};
use crate::accounts::factors::Enrolment;
use crate::accounts::sessions::{ProviderLogout, open_hint};
use crate::accounts::{AccountError, Office, Origin, Refusal, lane_key, passwords};
use crate::context::{Audited, audit, random};
use crate::{AppError, Context};

/// Minutes for choosing a password and setting up a telephone: longer than a sign-in takes.
const BINDING_MINUTES: u32 = 30;

/// What a way in waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A password of her own.
    Password,
    /// The first code of her telephone.
    Enrolment,
    /// A code of it.
    Factor,
}

/// A session that was just opened.
#[derive(Debug)]
pub struct Entered {
    /// For her cookie.
    pub token: SpaceToken,
    /// Who is in.
    pub herself: Herself,
}

/// Shows the number of a space and the code that was handed over. The answer for a space that does not exist is that for a wrong
/// code.
///
/// # Errors
/// [`Refusal::TooSoon`], [`Refusal::HandedCode`].
pub fn code(
    office: &Office<'_>,
    number: &str,
    typed: &str,
    origin: &Origin<'_>,
) -> Result<SpaceToken, AccountError> {
    let found = find(office, number, origin)?;
    let good = found.as_ref().filter(|found| {
        let hash = recovery::hash_of_space(found.space.space, typed);
        found
            .code
            .as_ref()
            .is_some_and(|code| code.hash == hash && code.used_at.is_none() && code.expires_at > office.now())
    });
    let Some(found) = good else {
        refused(office, found.as_ref(), "code that was handed over")?;
        return Err(Refusal::HandedCode.into());
    };
    let code = Some(recovery::hash_of_space(found.space.space, typed));
    begin(office, found, code, BINDING_MINUTES, "by a code that was handed over")
}

/// Chooses the password of a space whose code was shown. The secret for her telephone is made with it.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::Password`].
pub fn choose_password(
    office: &Office<'_>,
    token: &SpaceToken,
    password: &Password,
) -> Result<(), AccountError> {
    let (row, space) = under_way(office, token)?;
    row.code.ok_or(Refusal::Expired)?;
    passwords::check(office, password, &[space.number.as_str()])?;
    let hash = office.hasher.hash(password, random()?)?;
    let secret = totp::Secret::new(random()?);
    let sealed = office.workplace.keys.seal(
        Domain::Credential,
        &secret_bound(token.territory, &space),
        secret.as_bytes(),
    )?;
    let choose = SpaceChange::Choose { token: token.token.hash(), password: hash, secret: sealed };
    let what = format!("password chosen on the way into space {}", space.space);
    act(office, token.territory, Some(&space), Act::SignIn, what, vec![choose])
        .map_err(|error| gone(error, Refusal::Expired))
}

/// What her telephone is to be given.
///
/// # Errors
/// [`Refusal::Expired`].
pub fn enrolment(office: &Office<'_>, token: &SpaceToken) -> Result<Enrolment, AccountError> {
    let (row, space) = under_way(office, token)?;
    let sealed = row.code.and(row.secret).ok_or(Refusal::Expired)?;
    let secret = open_secret(office, token.territory, &space, &sealed)?;
    let label = shown_number(token.territory, &space);
    Ok(Enrolment { secret: secret.base32(), uri: secret.uri("Liant", &label) })
}

/// Binds the space by the first code of her telephone: the code that was handed over has served. Gives what stands for the
/// telephone when it is lost, to be shown once.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn bind(
    office: &Office<'_>,
    token: &SpaceToken,
    typed: &str,
    origin: &Origin<'_>,
) -> Result<(Entered, Vec<RecoveryCode>), AccountError> {
    let (row, space) = under_way(office, token)?;
    let (Some(code), Some(password), Some(secret)) = (row.code, &row.password, &row.secret) else {
        return Err(Refusal::Expired.into());
    };
    count(office, token, &row, &space, origin)?;
    let opened = open_secret(office, token.territory, &space, secret)?;
    let Some(step) = opened.check(typed, office.now(), None) else {
        return Err(wrong_code(office, token.territory, &space)?);
    };
    let mut codes = Vec::with_capacity(HOW_MANY);
    for _ in 0..HOW_MANY {
        codes.push(RecoveryCode::new(random()?));
    }
    let binding = SpaceBinding {
        space: space.space,
        code,
        password: password.clone(),
        secret: secret.clone(),
        step,
        recovery: codes.iter().map(|code| code.hash_of_space(space.space)).collect(),
    };
    let what = format!("space {} bound to a password and a second factor", space.space);
    let bound = vec![SpaceChange::Bind(binding)];
    let entered = enter(office, (token.territory, &space), bound, what, origin)
        .map_err(|error| gone(error, Refusal::HandedCode))?;
    Ok((entered, codes))
}

/// Shows the number of a space and its password. The answer for a space that does not exist, or that nobody has come into yet, is
/// that for a wrong password, after the same work.
///
/// # Errors
/// [`Refusal::TooSoon`], [`Refusal::WrongNumber`].
pub fn password(
    office: &Office<'_>,
    number: &str,
    password: &Password,
    origin: &Origin<'_>,
) -> Result<SpaceToken, AccountError> {
    let found = find(office, number, origin)?;
    let kept = found.as_ref().and_then(|found| found.space.password.as_deref());
    let is_right = matches!(office.hasher.verify(password, kept)?, Verdict::Right { .. });
    let Some(right) = found.as_ref().filter(|_| is_right) else {
        refused(office, found.as_ref(), "number or password")?;
        return Err(Refusal::WrongNumber.into());
    };
    begin(office, right, None, office.rules.sign_in_minutes, "by password")
}

/// Shows a code of her telephone, or one that stands for it.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn second_factor(
    office: &Office<'_>,
    token: &SpaceToken,
    typed: &str,
    origin: &Origin<'_>,
) -> Result<Entered, AccountError> {
    let (row, space) = under_way(office, token)?;
    let secret = space.secret.as_ref().filter(|_| row.code.is_none()).ok_or(Refusal::Expired)?;
    count(office, token, &row, &space, origin)?;
    let digits = typed.chars().filter(|sign| !sign.is_whitespace()).count();
    let change = if digits <= 6 {
        let opened = open_secret(office, token.territory, &space, secret)?;
        opened
            .check(typed, office.now(), space.last_step)
            .map(|step| SpaceChange::UseStep { space: space.space, step })
    } else {
        let hash = recovery::hash_of_space(space.space, typed);
        Some(SpaceChange::UseRecovery { space: space.space, hash })
    };
    let Some(change) = change else { return Err(wrong_code(office, token.territory, &space)?) };
    let changes = vec![change, SpaceChange::End(token.token.hash())];
    let what = format!("came into space {}", space.space);
    match enter(office, (token.territory, &space), changes, what, origin) {
        Err(AppError::Store(StoreError::Conflict { .. })) => {
            Err(wrong_code(office, token.territory, &space)?)
        }
        other => Ok(other?),
    }
}

/// What a way in waits for; nothing when it has run out.
///
/// # Errors
/// When the store cannot be read.
pub fn waiting(office: &Office<'_>, token: &SpaceToken) -> Result<Option<Waiting>, AccountError> {
    match under_way(office, token) {
        Ok((row, _)) => Ok(Some(match (row.code, row.secret) {
            (None, _) => Waiting::Factor,
            (Some(_), None) => Waiting::Password,
            (Some(_), Some(_)) => Waiting::Enrolment,
        })),
        Err(AccountError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Who is in by this token; nobody when the session has ended, idled out or grown too old. Every request asks.
///
/// # Errors
/// When the store cannot be read, or its last use not written down.
pub fn resume(office: &Office<'_>, token: &SpaceToken) -> Result<Option<Herself>, AccountError> {
    let (store, hash, now) = (&office.workplace.store, token.token.hash(), office.now());
    let found = store.read(token.territory, |snapshot| {
        let found = snapshot.space_session(hash)?;
        let Some(row) = &found else { return Ok(None) };
        Ok(if is_hers_alone(office, snapshot, &row.space)? { found } else { None })
    })?;
    let Some(row) = found else { return Ok(None) };
    let limits = &office.rules.session;
    let Standing::Live { note } = limits.standing(row.opened_at, row.seen_at, now) else { return Ok(None) };
    if note {
        store.note_space_seen(token.territory, hash, now)?;
    }
    Ok(Some(Herself::new(&row.space, token.territory, limits.ends_at(row.opened_at, now))?))
}

/// Goes out. When she came in at a provider, her browser is to be sent to its logout with what this gives.
///
/// # Errors
/// When the store cannot be written.
pub fn leave(office: &Office<'_>, token: &SpaceToken) -> Result<Option<ProviderLogout>, AccountError> {
    let hash = token.token.hash();
    let row = office.workplace.store.read(token.territory, |snapshot| snapshot.space_session(hash))?;
    // A session that has ended meanwhile is left.
    let Some(row) = row else { return Ok(None) };
    let what = format!("left space {}", row.space.space);
    act(office, token.territory, Some(&row.space), Act::SignIn, what, vec![SpaceChange::EndSession(hash)])?;
    // She is out, whatever becomes of the logout there.
    row.provider.as_ref().map(|hint| open_hint(office, hint)).transpose()
}

/// A space that was named, and the code last handed over for it.
struct Found {
    territory: Territory,
    space: SpaceRow,
    code: Option<liant_store::SpaceCodeRow>,
}

/// Finds a space by its number, once the try is counted: by the number, whoever has it, and by where it comes from.
fn find(office: &Office<'_>, number: &str, origin: &Origin<'_>) -> Result<Option<Found>, AccountError> {
    let number = SpaceNumber::parse(number).ok();
    let name = number.as_ref().map(ToString::to_string).unwrap_or_default();
    office.count(&lanes(office, &name, origin))?;
    let Some(number) = number else { return Ok(None) };
    let territory = number.territory();
    let found = office.workplace.store.read(territory, |snapshot| {
        let Some(space) = snapshot.space_of_number(&number)? else { return Ok(None) };
        if !is_hers_alone(office, snapshot, &space)? {
            return Ok(None);
        }
        let code = snapshot.space_code(space.space)?;
        Ok(Some(Found { territory, space, code }))
    })?;
    Ok(found)
}

fn lanes(office: &Office<'_>, number: &str, origin: &Origin<'_>) -> [Lane; 3] {
    let (rules, address) = (&office.rules.throttle, origin.address.as_bytes());
    let key = |parts: &[&[u8]]| lane_key(office.workplace, parts);
    [
        Lane { key: key(&[b"space pair", number.as_bytes(), address]), rule: rules.pair },
        Lane { key: key(&[b"space", number.as_bytes()]), rule: rules.account },
        Lane { key: key(&[b"address", address]), rule: rules.address },
    ]
}

/// Counts a code before it is looked at: on the way in, and in the lanes.
fn count(
    office: &Office<'_>,
    token: &SpaceToken,
    row: &SpacePendingRow,
    space: &SpaceRow,
    origin: &Origin<'_>,
) -> Result<(), AccountError> {
    if row.tries >= office.rules.codes_per_sign_in {
        return Err(Refusal::Expired.into());
    }
    office.count(&lanes(office, &shown_number(token.territory, space), origin))?;
    let store = &office.workplace.store;
    store
        .count_space_try(token.territory, row.token, row.tries)
        .map_err(|error| AccountError::gone(error, Refusal::Expired))
}

fn shown_number(territory: Territory, space: &SpaceRow) -> String {
    SpaceNumber::parse(&format!("{territory}{}", space.number))
        .map_or_else(|_| String::new(), |it| it.to_string())
}

/// Whether nobody else comes in to what this space shows. Two who each had a space and were found to be one person may be two all
/// the same: then neither comes in, until a professional who has her in front of her hands over another code.
fn is_hers_alone(
    office: &Office<'_>,
    snapshot: &mut Snapshot<'_>,
    space: &SpaceRow,
) -> Result<bool, StoreError> {
    for other in snapshot.spaces_of(space.person)? {
        if other.space != space.space && is_in_use(office, snapshot, &other)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether someone comes in to a space: by what she has bound it to, or by a provider today, which binds it to nothing.
pub(super) fn is_in_use(
    office: &Office<'_>,
    snapshot: &mut Snapshot<'_>,
    space: &SpaceRow,
) -> Result<bool, StoreError> {
    let longest = i64::from(office.rules.session.absolute_hours) * 3_600_000_000;
    let since = Instant::from_micros(office.now().micros().saturating_sub(longest));
    Ok(space.bound_at.is_some() || snapshot.is_space_open(space.space, since)?)
}

/// A way in that has begun and not run out, and its space.
fn under_way(office: &Office<'_>, token: &SpaceToken) -> Result<(SpacePendingRow, SpaceRow), AccountError> {
    let hash = token.token.hash();
    let found = office.workplace.store.read(token.territory, |snapshot| {
        let found = snapshot.space_pending(hash)?;
        let Some((_, space)) = &found else { return Ok(None) };
        Ok(if is_hers_alone(office, snapshot, space)? { found } else { None })
    })?;
    Ok(found.filter(|(row, _)| row.expires_at > office.now()).ok_or(Refusal::Expired)?)
}

fn begin(
    office: &Office<'_>,
    found: &Found,
    code: Option<[u8; 32]>,
    minutes: u32,
    way: &str,
) -> Result<SpaceToken, AccountError> {
    let token = SpaceToken { territory: found.territory, token: Office::token()? };
    let row = SpacePendingRow {
        token: token.token.hash(),
        space: found.space.space,
        code,
        password: None,
        secret: None,
        tries: 0,
        created_at: office.now(),
        expires_at: office.after_minutes(minutes),
    };
    let what = format!("on the way into space {} {way}", found.space.space);
    act(office, found.territory, Some(&found.space), Act::SignIn, what, vec![SpaceChange::Begin(row)])?;
    Ok(token)
}

/// Opens a session, with the changes that go with it.
pub(super) fn open(
    office: &Office<'_>,
    (territory, space): (Territory, &SpaceRow),
    mut changes: Vec<SpaceChange>,
    (what, provider): (String, Option<ProviderHint>),
) -> Result<Entered, AppError> {
    let token = SpaceToken { territory, token: Office::token()? };
    changes.push(SpaceChange::Session { token: token.token.hash(), space: space.space, provider });
    act(office, territory, Some(space), Act::SignIn, what, changes)?;
    let ends_at = office.rules.session.ends_at(office.now(), office.now());
    Ok(Entered { token, herself: Herself::new(space, territory, ends_at)? })
}

/// The same, by what she typed: the tries before are forgiven.
fn enter(
    office: &Office<'_>,
    (territory, space): (Territory, &SpaceRow),
    changes: Vec<SpaceChange>,
    what: String,
    origin: &Origin<'_>,
) -> Result<Entered, AppError> {
    let entered = open(office, (territory, space), changes, (what, None))?;
    let [pair, account, address] = lanes(office, &shown_number(territory, space), origin);
    // Whoever comes in has made two tries: a number with its code or password, then a code of her telephone.
    let counted = Upkeep::Uncount(address.key);
    let notes = [Upkeep::Forget(pair.key), Upkeep::Forget(account.key), counted.clone(), counted];
    office.workplace.store.upkeep(office.home, office.now(), &notes)?;
    Ok(entered)
}

fn wrong_code(
    office: &Office<'_>,
    territory: Territory,
    space: &SpaceRow,
) -> Result<AccountError, AccountError> {
    let what = format!("wrong code on the way into space {}", space.space);
    act(office, territory, Some(space), Act::SignIn, what, Vec::new())?;
    Ok(Refusal::WrongCode.into())
}

/// Writes a refusal down: what was typed is kept nowhere.
fn refused(office: &Office<'_>, found: Option<&Found>, what: &str) -> Result<(), AccountError> {
    let subject = match found {
        Some(found) => format!("wrong {what}: space {}", found.space.space),
        None => format!("wrong {what}: no space"),
    };
    let territory = found.map_or(office.home, |found| found.territory);
    act(office, territory, found.map(|found| &found.space), Act::SignIn, subject, Vec::new())?;
    Ok(())
}

/// Writes an act of someone on her way in or out: she is not known yet, so that the software says it.
pub(super) fn act(
    office: &Office<'_>,
    territory: Territory,
    space: Option<&SpaceRow>,
    kind: Act,
    subject: String,
    changes: Vec<SpaceChange>,
) -> Result<(), AppError> {
    let unread = |error: &dyn std::fmt::Display| AppError::Internal(error.to_string());
    let actor = Actor {
        name: space.map_or_else(|| "unknown".to_owned(), |space| space.space.to_string()),
        party: Party::parse("liant").map_err(|error| unread(&error))?,
        role: Role::SOFTWARE,
        os_user: None,
    };
    let purpose = Purpose::parse("sign-in").map_err(|error| unread(&error))?;
    office.workplace.store.ensure_territory(territory)?;
    let context = Context::new(&actor, purpose, territory, office.clock)?;
    let people = PeopleBlock::new(space.map(|space| space.person));
    let entry = audit(&context, context.act_id()?, kind, Audited { subject, people, ..Audited::default() })?;
    let set = ChangeSet::new(territory, context.now(), entry);
    office.workplace.store.apply(&changes.into_iter().map(Change::Space).fold(set, ChangeSet::with))?;
    crate::access::sequence(&context, office.workplace);
    Ok(())
}

/// A state that was gone when the act came to be written, as this refusal.
fn gone(error: AppError, refusal: Refusal) -> AccountError {
    match error {
        AppError::Store(StoreError::Conflict { .. }) => refusal.into(),
        other => other.into(),
    }
}

/// What the secret of a space is bound to: it opens nowhere else.
fn secret_bound(territory: Territory, space: &SpaceRow) -> Vec<u8> {
    [b"space\0".as_slice(), territory.as_str().as_bytes(), b"\0", space.space.0.as_bytes()].concat()
}

fn open_secret(
    office: &Office<'_>,
    territory: Territory,
    space: &SpaceRow,
    sealed: &[u8],
) -> Result<totp::Secret, AccountError> {
    let bound = secret_bound(territory, space);
    let plain: Zeroizing<Vec<u8>> = office.workplace.keys.open(Domain::Credential, &bound, sealed)?;
    totp::Secret::from_slice(&plain)
        .ok_or_else(|| AppError::Internal("a second factor has another length".to_owned()).into())
}
