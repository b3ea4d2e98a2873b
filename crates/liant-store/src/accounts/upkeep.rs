use liant_access::TokenHash;
use liant_model::{AccountId, Instant, SessionId, Territory};

use super::insert::one;
use super::{OidcRequestRow, PendingRow};
use crate::connection::Connection;
use crate::value::Value;
use crate::{Store, StoreError};

/// What a sign-in under way, or a session in use, leaves on its path. No act, so no audit entry of its own.
#[derive(Clone, Debug)]
pub enum Upkeep {
    /// A sign-in waits for its next step.
    Pending(PendingRow),
    /// A sign-in is given up.
    DropPending(TokenHash),
    /// A code is tried in a sign-in that waits: counted before it is looked at.
    Try {
        /// The sign-in.
        pending: TokenHash,
        /// How many were tried before.
        tries_before: u32,
    },
    /// A question is put to a provider.
    OidcRequest(OidcRequestRow),
    /// Its answer has come: it is asked no more. Fails when it was answered before.
    OidcAnswered(TokenHash),
    /// A browser is known to an account.
    KnowBrowser {
        /// The account.
        account: AccountId,
        /// Hash of the browser's token.
        token: TokenHash,
    },
    /// No browser is known to an account any more.
    ForgetBrowsers(AccountId),
    /// The failures of a lane are forgotten.
    Forget([u8; 16]),
    /// One try of a lane was no failure.
    Uncount([u8; 16]),
    /// A new password is asked for, by the keyed hash of an address.
    AskPassword([u8; 16]),
    /// It is asked for no more.
    DropAsk([u8; 16]),
    /// A session is used.
    Seen(SessionId),
}

impl Store {
    /// Notes what a sign-in under way leaves on its path. `home` is any territory of the installation.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when something is no longer as expected.
    pub fn upkeep(&self, home: Territory, at: Instant, notes: &[Upkeep]) -> Result<(), StoreError> {
        self.write(home, |connection| notes.iter().try_for_each(|note| apply(connection, at, note)))
    }

    /// Removes what is of no use any more: sign-ins, questions and links that ran out before `now`, sessions, tries, wishes for a password and browsers
    /// last seen before `old`. Gives the number of rows.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn sweep_sign_ins(&self, home: Territory, now: Instant, old: Instant) -> Result<u64, StoreError> {
        self.write(home, |connection| {
            let (now, old) = (Value::Integer(now.micros()), Value::Integer(old.micros()));
            let mut rows = 0;
            for (sql, before) in [
                ("DELETE FROM pending_sign_in WHERE expires_at <= ?1", now),
                ("DELETE FROM oidc_request WHERE expires_at <= ?1", now),
                ("DELETE FROM password_link WHERE expires_at <= ?1", now),
                ("DELETE FROM password_ask WHERE asked_at < ?1", old),
                ("DELETE FROM throttle WHERE last_at < ?1", old),
                ("DELETE FROM known_browser WHERE known_since < ?1", old),
                ("DELETE FROM session WHERE seen_at < ?1", old),
            ] {
                rows += connection.execute(sql, &[before])?;
            }
            Ok(rows)
        })
    }
}

pub(super) fn apply(connection: &mut Connection, at: Instant, note: &Upkeep) -> Result<(), StoreError> {
    match note {
        Upkeep::Pending(row) => insert_pending(connection, row),
        Upkeep::DropPending(token) => {
            connection.execute(
                "DELETE FROM pending_sign_in WHERE token_hash = ?1",
                &[Value::Bytes(token.as_bytes())],
            )?;
            Ok(())
        }
        Upkeep::Try { pending, tries_before } => one(
            connection,
            "the sign-in",
            "UPDATE pending_sign_in SET tries = tries + 1 WHERE token_hash = ?1 AND tries = ?2",
            &[Value::Bytes(pending.as_bytes()), Value::Integer(i64::from(*tries_before))],
        ),
        Upkeep::OidcRequest(row) => one(
            connection,
            "the question",
            "INSERT INTO oidc_request (state_hash, issuer, nonce, verifier, invitation_hash, created_at, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            &[
                Value::Bytes(row.state.as_bytes()),
                Value::Text(&row.issuer),
                Value::Text(&row.nonce),
                Value::Bytes(&row.verifier),
                Value::optional_bytes(row.invitation.as_ref().map(<[u8; 32]>::as_slice)),
                Value::Integer(row.created_at.micros()),
                Value::Integer(row.expires_at.micros()),
            ],
        ),
        Upkeep::OidcAnswered(state) => one(
            connection,
            "the question",
            "DELETE FROM oidc_request WHERE state_hash = ?1",
            &[Value::Bytes(state.as_bytes())],
        ),
        Upkeep::KnowBrowser { account, token } => {
            connection.execute(
                "INSERT INTO known_browser (account_id, token_hash, known_since) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account_id, token_hash) DO UPDATE SET known_since = ?3",
                &[Value::Id(account.0), Value::Bytes(token.as_bytes()), Value::Integer(at.micros())],
            )?;
            Ok(())
        }
        Upkeep::ForgetBrowsers(account) => {
            connection.execute("DELETE FROM known_browser WHERE account_id = ?1", &[Value::Id(account.0)])?;
            Ok(())
        }
        Upkeep::Forget(lane) => {
            connection.execute("DELETE FROM throttle WHERE lane = ?1", &[Value::Bytes(lane)])?;
            Ok(())
        }
        Upkeep::Uncount(lane) => {
            connection.execute(
                "UPDATE throttle SET failures = failures - 1 WHERE lane = ?1 AND failures > 0",
                &[Value::Bytes(lane)],
            )?;
            Ok(())
        }
        Upkeep::AskPassword(lane) => {
            connection.execute(
                "INSERT INTO password_ask (lane, asked_at) VALUES (?1, ?2)
                 ON CONFLICT (lane) DO UPDATE SET asked_at = ?2",
                &[Value::Bytes(lane), Value::Integer(at.micros())],
            )?;
            Ok(())
        }
        Upkeep::DropAsk(lane) => {
            connection.execute("DELETE FROM password_ask WHERE lane = ?1", &[Value::Bytes(lane)])?;
            Ok(())
        }
        Upkeep::Seen(session) => {
            connection.execute(
                "UPDATE session SET seen_at = ?1 WHERE session_id = ?2 AND seen_at < ?1",
                &[Value::Integer(at.micros()), Value::Id(session.0)],
            )?;
            Ok(())
        }
    }
}

pub(super) fn insert_pending(connection: &mut Connection, row: &PendingRow) -> Result<(), StoreError> {
    let provider = row.provider.as_ref();
    one(
        connection,
        "the sign-in",
        "INSERT INTO pending_sign_in (token_hash, account_id, stage, way, second_factor, tries, created_at, expires_at,
             issuer, id_token)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        &[
            Value::Bytes(row.token.as_bytes()),
            Value::Id(row.account.0),
            Value::Text(row.stage.code()),
            Value::Text(row.way.code()),
            Value::Integer(i64::from(row.second_factor)),
            Value::Integer(i64::from(row.tries)),
            Value::Integer(row.created_at.micros()),
            Value::Integer(row.expires_at.micros()),
            Value::optional_text(provider.map(|provider| provider.issuer.as_str())),
            Value::optional_bytes(provider.map(|provider| provider.id_token.as_slice())),
        ],
    )
}
