//! The audit entries of accounts, and the acts that carry them.

use liant_audit::Act;
use liant_model::{AccountId, Actor, Party, Purpose, Role, Territory};
use liant_store::StoreError;
use liant_store::accounts::{AccountAct, AccountChange, Upkeep};

use super::{AccountError, Office};
use crate::context::{Audited, audit};
use crate::{AppError, Context};

/// What an act leaves in the log: in whose name, of what kind, in which territory, about what. `subject` holds ids, never a
/// name or an address.
pub(super) struct EntryOf<'a> {
    pub(super) actor: &'a Actor,
    pub(super) act: Act,
    pub(super) territory: Territory,
    pub(super) subject: String,
}

/// Whoever has not come in yet: an account on its way, or nobody known.
pub(super) fn outsider(account: Option<AccountId>) -> Result<Actor, AppError> {
    let party = Party::parse("liant").map_err(|error| AppError::Internal(error.to_string()))?;
    let name = account.map_or_else(|| "unknown".to_owned(), |account| account.to_string());
    Ok(Actor { name, party, role: Role::SOFTWARE, os_user: None })
}

impl Office<'_> {
    /// Applies an act with its entry, and gives the entry its place in the log.
    pub(super) fn act(
        &self,
        entry: EntryOf<'_>,
        changes: Vec<AccountChange>,
        upkeep: Vec<Upkeep>,
    ) -> Result<(), StoreOr> {
        let purpose = match entry.act {
            Act::SignIn => "sign-in",
            _ => "account-management",
        };
        let purpose = Purpose::parse(purpose).map_err(|error| AppError::Internal(error.to_string()))?;
        let store = &self.workplace.store;
        store.ensure_territory(entry.territory)?;
        let context = Context::new(entry.actor, purpose, entry.territory, self.clock)?;
        let what = Audited { subject: entry.subject, ..Audited::default() };
        let record = audit(&context, context.act_id()?, entry.act, what)?;
        let act = AccountAct::new(entry.territory, context.now(), record).with_all(changes).and(upkeep);
        store.apply_to_accounts(&act)?;
        crate::access::sequence(&context, self.workplace);
        Ok(())
    }
}

/// The store's refusal, apart from any other failure: a state that is gone is told in the words of what was asked.
pub(super) enum StoreOr {
    Store(StoreError),
    App(AppError),
}

impl StoreOr {
    /// This error, with `refusal` in the place of a state that is gone.
    pub(super) fn or(self, refusal: super::Refusal) -> AccountError {
        match self {
            Self::Store(error) => AccountError::gone(error, refusal),
            Self::App(error) => error.into(),
        }
    }
}

impl From<StoreError> for StoreOr {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<AppError> for StoreOr {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<StoreOr> for AccountError {
    fn from(error: StoreOr) -> Self {
        match error {
            StoreOr::Store(error) => error.into(),
            StoreOr::App(error) => error.into(),
        }
    }
}
