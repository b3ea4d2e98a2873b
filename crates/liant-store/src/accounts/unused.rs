//! Accounts that nobody uses any more: found, warned of, deleted with all that is theirs.

use liant_model::{AccountId, Instant, Territory};

use super::Directory;
use super::insert::one;
use crate::StoreError;
use crate::connection::Connection;
use crate::value::Value;

/// An account that was not used since a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnusedAccount {
    /// Which.
    pub account: AccountId,
    /// When someone last came in by it; when it was made, if nobody did.
    pub used_at: Instant,
    /// When its owner was warned, since then.
    pub warned_at: Option<Instant>,
}

impl Directory<'_> {
    /// The accounts that were not used since a moment, of those who work or worked in a territory.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn unused(&mut self, territory: Territory, since: Instant) -> Result<Vec<UnusedAccount>, StoreError> {
        self.connection().all(
            "SELECT account_id, COALESCE(used_at, created_at), warned_at FROM account
             WHERE COALESCE(used_at, created_at) < ?2 AND account_id IN
                 (SELECT membership.account_id FROM membership
                  JOIN organisation ON organisation.organisation_id = membership.organisation_id
                  WHERE organisation.territory_id = ?1)
             ORDER BY account_id",
            &[Value::Code(territory), Value::Integer(since.micros())],
            |row| {
                Ok(UnusedAccount {
                    account: row.id(0)?,
                    used_at: Instant::from_micros(row.integer(1)?),
                    warned_at: row.optional_integer(2)?.map(Instant::from_micros),
                })
            },
        )
    }
}

/// Notes that someone came in.
pub(super) fn used(connection: &mut Connection, account: AccountId, at: Instant) -> Result<(), StoreError> {
    connection
        .execute(
            "UPDATE account SET used_at = ?1, warned_at = NULL WHERE account_id = ?2",
            &[Value::Integer(at.micros()), Value::Id(account.0)],
        )
        .map(drop)
}

/// Notes that the owner was warned.
pub(super) fn warn(connection: &mut Connection, account: AccountId, at: Instant) -> Result<(), StoreError> {
    one(
        connection,
        "the account",
        "UPDATE account SET warned_at = ?1 WHERE account_id = ?2 AND warned_at IS NULL",
        &[Value::Integer(at.micros()), Value::Id(account.0)],
    )
}

/// Deletes an account that was not used since it was found so, and all that is its owner's.
pub(super) fn delete(
    connection: &mut Connection,
    account: AccountId,
    used_at: Instant,
) -> Result<(), StoreError> {
    let which = [Value::Id(account.0)];
    for sql in [
        "DELETE FROM session WHERE account_id = ?1",
        "DELETE FROM pending_sign_in WHERE account_id = ?1",
        "DELETE FROM known_browser WHERE account_id = ?1",
        "DELETE FROM recovery_code WHERE account_id = ?1",
        "DELETE FROM factor WHERE account_id = ?1",
        "DELETE FROM oidc_subject WHERE account_id = ?1",
        "DELETE FROM password_link WHERE account_id = ?1",
        "DELETE FROM account_particulars WHERE account_id = ?1",
        "DELETE FROM mail WHERE account_id = ?1",
        "DELETE FROM invitation WHERE account_id = ?1",
        "DELETE FROM membership WHERE account_id = ?1",
    ] {
        connection.execute(sql, &which)?;
    }
    forget_in_territory(connection, account)?;
    one(
        connection,
        "the account",
        "DELETE FROM account WHERE account_id = ?1 AND COALESCE(used_at, created_at) = ?2",
        &[Value::Id(account.0), Value::Integer(used_at.micros())],
    )
}

/// Deletes what is of an account and lies with the data of a territory.
pub(crate) fn forget_in_territory(connection: &mut Connection, account: AccountId) -> Result<(), StoreError> {
    let which = [Value::Id(account.0)];
    connection.execute("DELETE FROM own_record WHERE account_id = ?1", &which)?;
    connection.execute("DELETE FROM saved_filter WHERE account_id = ?1", &which)?;
    let name = account.to_string();
    connection.execute("DELETE FROM calendar_feed WHERE account = ?1", &[Value::Text(&name)]).map(drop)
}
