//! Coming in: password, code, choice of a membership.

use liant_access::password::{Password, Verdict};
use liant_access::{Email, Token, TokenHash, recovery, totp};
use liant_audit::Act;
use liant_model::{AccountId, MembershipId, SessionId, Territory};
use liant_store::accounts::{
    AccountChange, AccountRow, FactorRow, Lane, PendingRow, ProviderHint, SeatRow, SessionRow, Stage, Tried,
    Upkeep, Way,
};
use liant_vault::Domain;
use zeroize::Zeroizing;

use super::entries::{EntryOf, outsider};
use super::seats::actor;
use super::{
    AccountError, Notice, NoticeKind, Office, Opened, Origin, Refusal, Seat, Step, hash_of, lane_key,
};
use crate::AppError;

/// Shows address and password. The answer for an account that does not exist, is disabled or has no password is that for a
/// wrong password, after the same work.
///
/// # Errors
/// [`Refusal::TooSoon`], [`Refusal::Wrong`].
pub fn password(
    office: &Office<'_>,
    email: &str,
    password: &Password,
    origin: &Origin<'_>,
) -> Result<Step, AccountError> {
    let email = Email::parse(email).ok();
    let store = &office.workplace.store;
    let (account, territory) = store.directory(office.home, |directory| {
        let account = match &email {
            Some(email) => directory.account_of(email)?,
            None => None,
        };
        let seats = match &account {
            Some(account) => directory.seats_of(account.id)?,
            None => Vec::new(),
        };
        Ok((account, seats.first().map(|seat| seat.organisation.territory)))
    })?;
    let lanes = office.lanes(email.as_ref(), account.as_ref(), origin)?;
    office.count(&lanes)?;
    let about =
        account.as_ref().map_or_else(|| "no account".to_owned(), |found| format!("account {}", found.id));
    let usable = account.filter(|account| account.disabled_at.is_none());
    let kept = usable.as_ref().and_then(|account| account.password.as_deref());
    let verdict = office.hasher.verify(password, kept)?;
    let (Verdict::Right { outdated }, Some(account)) = (verdict, usable) else {
        office.refused(None, territory, format!("sign-in refused: wrong address or password, {about}"))?;
        return Err(Refusal::Wrong.into());
    };
    let mut changes = Vec::new();
    if outdated {
        let hash = office.hasher.hash(password, crate::context::random()?)?;
        changes.push(AccountChange::Password { account: account.id, hash });
    }
    let notes = office.uncounted(&lanes, origin);
    let proof = Proof { way: Way::Password, second_factor: false, provider: None, done: None, notes };
    office.next(&account, proof, changes, origin)
}

/// Shows a code of the second factor.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn second_factor(
    office: &Office<'_>,
    pending: &Token,
    code: &str,
    origin: &Origin<'_>,
) -> Result<Step, AccountError> {
    let (row, account) = office.pending(pending, Stage::Factor)?;
    let factor = office.confirmed_factor(account.id)?.ok_or(Refusal::Expired)?;
    let lanes = office.count_code(&row, &account, origin)?;
    let Some(step) = office.open_factor(&factor)?.check(code, office.now(), factor.last_step) else {
        return Err(office.wrong_code(&account)?);
    };
    let use_step = AccountChange::UseStep { factor: factor.id, step };
    let proof = office.code_shown(row, &lanes, origin);
    office.next_or(&account, proof, vec![use_step], origin, Refusal::WrongCode)
}

/// Shows a recovery code in the place of the second factor. The notice is to be sent.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::TooSoon`], [`Refusal::WrongCode`].
pub fn recovery_code(
    office: &Office<'_>,
    pending: &Token,
    code: &str,
    origin: &Origin<'_>,
) -> Result<(Step, Notice), AccountError> {
    let (row, account) = office.pending(pending, Stage::Factor)?;
    let lanes = office.count_code(&row, &account, origin)?;
    let hash = recovery::hash(account.id, code);
    let use_code = AccountChange::UseRecoveryCode { account: account.id, hash };
    let proof = office.code_shown(row, &lanes, origin);
    match office.next_or(&account, proof, vec![use_code], origin, Refusal::WrongCode) {
        Err(AccountError::Refused(Refusal::WrongCode)) => Err(office.wrong_code(&account)?),
        Err(other) => Err(other),
        Ok(step) => Ok((step, Notice::of(&account, NoticeKind::RecoveryCodeUsed))),
    }
}

/// Chooses the membership to work in.
///
/// # Errors
/// [`Refusal::Expired`]; [`Refusal::Absent`] when it is none of hers, or may not be worked in now.
pub fn choose(
    office: &Office<'_>,
    pending: &Token,
    membership: MembershipId,
    origin: &Origin<'_>,
) -> Result<Opened, AccountError> {
    let (row, account) = office.pending(pending, Stage::Choose)?;
    let seats = office
        .workplace
        .store
        .directory(office.home, |directory| office.open_seats(directory, account.id))?;
    let seat = seats.into_iter().find(|seat| seat.membership.id == membership);
    let seat = seat.ok_or(Refusal::Absent("membership"))?;
    office.open(&account, &seat, Proof::after(row), Vec::new(), origin, Refusal::Expired)
}

/// What a sign-in that is under way waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A code of the second factor, or a recovery code.
    Factor,
    /// A second factor is to be set up.
    Enrol,
    /// One of these memberships is to be chosen.
    Choose(Vec<Seat>),
}

/// What a sign-in waits for: nothing is shown, counted or changed.
///
/// # Errors
/// [`Refusal::Expired`].
pub fn waiting(office: &Office<'_>, pending: &Token) -> Result<Waiting, AccountError> {
    let (row, account) = office.under_way(pending)?;
    Ok(match row.stage {
        Stage::Factor => Waiting::Factor,
        Stage::Enrol => Waiting::Enrol,
        Stage::Choose => {
            let store = &office.workplace.store;
            let seats = store.directory(office.home, |directory| office.open_seats(directory, account.id))?;
            Waiting::Choose(seats.iter().map(Seat::of).collect())
        }
    })
}

/// What someone has shown so far.
pub(super) struct Proof {
    pub(super) way: Way,
    pub(super) second_factor: bool,
    pub(super) provider: Option<ProviderHint>,
    /// The step that is done, when this is not the first.
    pub(super) done: Option<TokenHash>,
    /// What takes the try of this step off the lanes, when there was one and it was right.
    pub(super) notes: Vec<Upkeep>,
}

impl Proof {
    /// What was shown before this step; nothing is in it.
    pub(super) fn after(row: PendingRow) -> Self {
        Self {
            way: row.way,
            second_factor: row.second_factor,
            provider: row.provider,
            done: Some(row.token),
            notes: Vec::new(),
        }
    }
}

impl Office<'_> {
    /// The lanes that a try counts in.
    fn lanes(
        &self,
        email: Option<&Email>,
        account: Option<&AccountRow>,
        origin: &Origin<'_>,
    ) -> Result<Vec<Lane>, AccountError> {
        let (rules, name) = (&self.rules.throttle, email.map_or("", Email::as_str).as_bytes());
        if let (Some(account), Some(token)) = (account, origin.known_browser) {
            let known = self
                .workplace
                .store
                .directory(self.home, |directory| directory.known_browser(account.id, hash_of(token)))?;
            let kept = i64::from(self.rules.known_browser_days) * 86_400_000_000;
            let is_known =
                known.is_some_and(|since| self.now().micros().saturating_sub(since.micros()) < kept);
            let key = self.device_lane(account.id, token);
            if is_known && rules.trusts(self.workplace.store.failures(&key)?, self.now()) {
                return Ok(vec![Lane { key, rule: rules.device }]);
            }
        }
        let address = origin.address.as_bytes();
        let lane = |parts: &[&[u8]], rule| Lane { key: lane_key(self.workplace, parts), rule };
        Ok(vec![
            lane(&[b"pair", name, address], rules.pair),
            lane(&[b"account", name], rules.account),
            lane(&[b"address", address], rules.address),
        ])
    }

    fn device_lane(&self, account: AccountId, token: &Token) -> [u8; 16] {
        lane_key(self.workplace, &[b"device", account.0.as_bytes(), hash_of(token).as_bytes()])
    }

    /// Counts a try in these lanes, before it is looked at.
    pub(crate) fn count(&self, lanes: &[Lane]) -> Result<(), AccountError> {
        match self.workplace.store.count_try(self.home, lanes, self.now())? {
            Tried::Counted => Ok(()),
            Tried::TooSoon(until) => Err(Refusal::TooSoon { until }.into()),
        }
    }

    /// Counts a try, of a password or a code, by someone who is in already.
    pub(super) fn count_own(&self, account: AccountId) -> Result<(), AccountError> {
        self.count(&[Lane { key: self.own_lane(account), rule: self.rules.throttle.pair }])
    }

    /// Forgives her tries: one was right.
    pub(super) fn forgive_own(&self, account: AccountId) -> Result<(), AccountError> {
        let forget = Upkeep::Forget(self.own_lane(account));
        Ok(self.workplace.store.upkeep(self.home, self.now(), &[forget])?)
    }

    fn own_lane(&self, account: AccountId) -> [u8; 16] {
        lane_key(self.workplace, &[b"own", account.0.as_bytes()])
    }

    /// What takes a try that was right off the failures of where it came from: it was none, and an office of a hundred people
    /// shares one address.
    pub(super) fn uncounted(&self, counted: &[Lane], origin: &Origin<'_>) -> Vec<Upkeep> {
        let address = lane_key(self.workplace, &[b"address", origin.address.as_bytes()]);
        // A known browser has not counted there.
        counted.iter().filter(|lane| lane.key == address).map(|lane| Upkeep::Uncount(lane.key)).collect()
    }

    /// What is shown once a code, which counted as a try, is right.
    pub(super) fn code_shown(&self, row: PendingRow, counted: &[Lane], origin: &Origin<'_>) -> Proof {
        Proof { second_factor: true, notes: self.uncounted(counted, origin), ..Proof::after(row) }
    }

    /// What forgives the failures before a sign-in that succeeded.
    fn forgive(&self, account: &AccountRow, origin: &Origin<'_>) -> Vec<Upkeep> {
        let (name, address) = (account.email.as_str().as_bytes(), origin.address.as_bytes());
        let key = |parts: &[&[u8]]| lane_key(self.workplace, parts);
        let mut notes =
            vec![Upkeep::Forget(key(&[b"pair", name, address])), Upkeep::Forget(key(&[b"account", name]))];
        notes.extend(origin.known_browser.map(|token| Upkeep::Forget(self.device_lane(account.id, token))));
        notes
    }

    /// Counts a wish for a new password: by the address typed, whoever has it, and by where it comes from.
    pub(super) fn count_ask(&self, name: &str, origin: &Origin<'_>) -> Result<(), AccountError> {
        let rules = &self.rules.throttle;
        let lane = |parts: &[&[u8]], rule| Lane { key: lane_key(self.workplace, parts), rule };
        self.count(&[
            lane(&[b"asks", name.as_bytes()], rules.pair),
            lane(&[b"asks from", origin.address.as_bytes()], rules.address),
        ])
    }

    /// Counts a code that is shown for this account; gives the lanes that it counts in.
    pub(super) fn count_for(
        &self,
        account: &AccountRow,
        origin: &Origin<'_>,
    ) -> Result<Vec<Lane>, AccountError> {
        let lanes = self.lanes(Some(&account.email), Some(account), origin)?;
        self.count(&lanes)?;
        Ok(lanes)
    }

    /// Counts a code before it is looked at: in the sign-in, and in the lanes that this gives.
    pub(super) fn count_code(
        &self,
        row: &PendingRow,
        account: &AccountRow,
        origin: &Origin<'_>,
    ) -> Result<Vec<Lane>, AccountError> {
        let store = &self.workplace.store;
        if row.tries >= self.rules.codes_per_sign_in {
            store.upkeep(self.home, self.now(), &[Upkeep::DropPending(row.token)])?;
            return Err(Refusal::Expired.into());
        }
        let lanes = self.count_for(account, origin)?;
        store
            .upkeep(self.home, self.now(), &[Upkeep::Try { pending: row.token, tries_before: row.tries }])
            .map_err(|error| AccountError::gone(error, Refusal::Expired))?;
        Ok(lanes)
    }

    /// A sign-in that waits for this step, and its account.
    pub(super) fn pending(
        &self,
        token: &Token,
        stage: Stage,
    ) -> Result<(PendingRow, AccountRow), AccountError> {
        let found = self.under_way(token)?;
        if found.0.stage == stage { Ok(found) } else { Err(Refusal::Expired.into()) }
    }

    /// A sign-in that has begun and not run out, and its account.
    fn under_way(&self, token: &Token) -> Result<(PendingRow, AccountRow), AccountError> {
        let found = self.workplace.store.directory(self.home, |directory| {
            let Some(row) = directory.pending(hash_of(token))? else { return Ok(None) };
            let account = directory.account(row.account)?;
            Ok(account.map(|account| (row, account)))
        })?;
        let holds = |(row, account): &(PendingRow, AccountRow)| {
            row.expires_at > self.now() && account.disabled_at.is_none()
        };
        Ok(found.filter(holds).ok_or(Refusal::Expired)?)
    }

    pub(super) fn confirmed_factor(&self, account: AccountId) -> Result<Option<FactorRow>, AccountError> {
        let factors = self.workplace.store.directory(self.home, |directory| directory.factors(account))?;
        Ok(factors.into_iter().find(|factor| factor.confirmed_at.is_some()))
    }

    pub(super) fn open_factor(&self, factor: &FactorRow) -> Result<totp::Secret, AccountError> {
        let bound = factor_bound(factor.account, factor.id.0.as_bytes());
        let plain: Zeroizing<Vec<u8>> =
            self.workplace.keys.open(Domain::Credential, &bound, &factor.secret)?;
        totp::Secret::from_slice(&plain)
            .ok_or_else(|| AppError::Internal("a second factor has another length".to_owned()).into())
    }

    /// Writes a refusal down. `territory` is the account's, if there is one.
    pub(super) fn refused(
        &self,
        account: Option<AccountId>,
        territory: Option<Territory>,
        subject: String,
    ) -> Result<(), AccountError> {
        let actor = outsider(account)?;
        let territory = territory.unwrap_or(self.home);
        self.act(EntryOf { actor: &actor, act: Act::SignIn, territory, subject }, Vec::new(), Vec::new())?;
        Ok(())
    }

    pub(super) fn wrong_code(&self, account: &AccountRow) -> Result<AccountError, AccountError> {
        let territory = self.territory_of(account.id)?;
        self.refused(Some(account.id), Some(territory), "sign-in refused: wrong code".to_owned())?;
        Ok(Refusal::WrongCode.into())
    }

    /// The territory whose log speaks of an account: its first organisation's.
    pub(super) fn territory_of(&self, account: AccountId) -> Result<Territory, AccountError> {
        let seats = self.workplace.store.directory(self.home, |directory| directory.seats_of(account))?;
        Ok(seats.first().map_or(self.home, |seat| seat.organisation.territory))
    }

    /// Takes a sign-in to its next step, with the changes that go with this one.
    pub(super) fn next(
        &self,
        account: &AccountRow,
        proof: Proof,
        changes: Vec<AccountChange>,
        origin: &Origin<'_>,
    ) -> Result<Step, AccountError> {
        self.next_or(account, proof, changes, origin, Refusal::Expired)
    }

    /// As [`Office::next`]; a state that is gone is told as `gone`.
    pub(super) fn next_or(
        &self,
        account: &AccountRow,
        proof: Proof,
        changes: Vec<AccountChange>,
        origin: &Origin<'_>,
        gone: Refusal,
    ) -> Result<Step, AccountError> {
        // A membership that this very act makes is worked in from the next step on.
        let joins = changes.iter().any(|change| matches!(change, AccountChange::Membership(_)));
        let confirms = changes.iter().any(|change| matches!(change, AccountChange::ConfirmFactor { .. }));
        let (seats, has_factor) = self.workplace.store.directory(self.home, |directory| {
            let seats = self.open_seats(directory, account.id)?;
            let has_factor =
                directory.factors(account.id)?.iter().any(|factor| factor.confirmed_at.is_some());
            Ok((seats, has_factor || confirms))
        })?;
        let needs_factor =
            joins || seats.is_empty() || seats.iter().any(|seat| Seat::of(seat).needs_second_factor());
        let stage = match (proof.second_factor, has_factor) {
            (false, true) => Stage::Factor,
            (false, false) if needs_factor => Stage::Enrol,
            _ => match seats.as_slice() {
                [only] if !joins => {
                    let opened = self.open(account, only, proof, changes, origin, gone)?;
                    return Ok(Step::Open(Box::new(opened)));
                }
                _ => Stage::Choose,
            },
        };
        let pending = self.wait(account, stage, proof, changes, seats.first(), gone)?;
        Ok(match stage {
            Stage::Factor => Step::SecondFactor { pending },
            Stage::Enrol => Step::Enrol { pending },
            Stage::Choose => {
                let seats = self
                    .workplace
                    .store
                    .directory(self.home, |directory| self.open_seats(directory, account.id))?;
                Step::Choose { pending, seats: seats.iter().map(Seat::of).collect() }
            }
        })
    }

    /// Has a sign-in wait for its next step.
    fn wait(
        &self,
        account: &AccountRow,
        stage: Stage,
        proof: Proof,
        mut changes: Vec<AccountChange>,
        seat: Option<&SeatRow>,
        gone: Refusal,
    ) -> Result<Token, AccountError> {
        let token = Self::token()?;
        let row = PendingRow {
            token: token.hash(),
            account: account.id,
            stage,
            way: proof.way,
            second_factor: proof.second_factor,
            tries: 0,
            created_at: self.now(),
            expires_at: self.after_minutes(self.rules.sign_in_minutes),
            provider: proof.provider,
        };
        let mut notes = proof.notes;
        match proof.done {
            Some(done) => changes.push(AccountChange::Advance { done, next: Some(row) }),
            None => notes.push(Upkeep::Pending(row)),
        }
        let entry = EntryOf {
            actor: &outsider(Some(account.id))?,
            act: Act::SignIn,
            territory: seat.map_or(self.home, |seat| seat.organisation.territory),
            subject: format!("sign-in under way by {}: next, {}", proof.way.code(), stage.code()),
        };
        self.act(entry, changes, notes).map_err(|error| error.or(gone))?;
        Ok(token)
    }

    /// Opens a session.
    fn open(
        &self,
        account: &AccountRow,
        seat: &SeatRow,
        proof: Proof,
        mut changes: Vec<AccountChange>,
        origin: &Origin<'_>,
        gone: Refusal,
    ) -> Result<Opened, AccountError> {
        if Seat::of(seat).needs_second_factor() && !proof.second_factor {
            return Err(Refusal::FactorNeeded.into());
        }
        let (token, now) = (Self::token()?, self.now());
        let row = SessionRow {
            id: self.id(SessionId::new)?,
            token: token.hash(),
            account: account.id,
            membership: seat.membership.id,
            way: proof.way,
            second_factor: proof.second_factor,
            browser: origin.browser.chars().filter(|sign| !sign.is_control()).take(80).collect(),
            opened_at: now,
            seen_at: now,
            ended_at: None,
            provider: proof.provider,
        };
        let signed_in = self.signed_in(&row, account, seat);
        let factor = if row.second_factor { "with a second factor" } else { "without a second factor" };
        let subject = format!(
            "signed in by {}, {factor}: membership {}, session {}",
            row.way.code(),
            row.membership,
            row.id
        );
        changes.extend(proof.done.map(|done| AccountChange::Advance { done, next: None }));
        changes.push(AccountChange::Session(row));
        let (mut notes, mut known_browser) = (proof.notes, None);
        notes.extend(self.forgive(account, origin));
        if origin.known_browser.is_none() {
            let browser = Self::token()?;
            notes.push(Upkeep::KnowBrowser { account: account.id, token: browser.hash() });
            known_browser = Some(browser);
        } else if let Some(token) = origin.known_browser {
            notes.push(Upkeep::KnowBrowser { account: account.id, token: hash_of(token) });
        }
        let entry = EntryOf {
            actor: &actor(account, seat),
            act: Act::SignIn,
            territory: seat.organisation.territory,
            subject,
        };
        self.act(entry, changes, notes).map_err(|error| error.or(gone))?;
        Ok(Opened { token, known_browser, signed_in })
    }
}

/// What a factor's secret is bound to: it opens nowhere but on its own row.
pub(super) fn factor_bound(account: AccountId, factor: &[u8; 16]) -> Vec<u8> {
    [b"factor\0".as_slice(), account.0.as_bytes(), factor].concat()
}
