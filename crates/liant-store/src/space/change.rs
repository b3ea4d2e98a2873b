//! What changes of people's own spaces.

use liant_access::TokenHash;
use liant_model::{IdentityId, Lang, SpaceId, Territory};

use super::{NewSpace, SpaceBinding, SpaceCodeRow, SpacePendingRow};
use crate::StoreError;
use crate::accounts::ProviderHint;
use crate::connection::Connection;
use crate::value::Value;

/// A change of spaces. Each that rests on a state fails with [`StoreError::Conflict`] when that state is gone.
#[derive(Clone, Debug)]
pub enum SpaceChange {
    /// Makes a space.
    Make(NewSpace),
    /// Hands over a code, in the place of one handed over before. What let in until then lets in no more.
    HandCode {
        /// Of which space.
        space: SpaceId,
        /// The code.
        code: SpaceCodeRow,
    },
    /// Closes a space: nobody comes in, and who was in is out, until a code is handed over for it.
    Close(SpaceId),
    /// Begins a way in.
    Begin(SpacePendingRow),
    /// Keeps what she chose on her way in.
    Choose {
        /// Her way in.
        token: TokenHash,
        /// Her password as a PHC string.
        password: String,
        /// The secret that she is given, sealed.
        secret: Vec<u8>,
    },
    /// Ends a way in.
    End(TokenHash),
    /// Binds a space: the code has served, and who was in is out.
    Bind(SpaceBinding),
    /// Uses a code of the second factor: its step must be after the last.
    UseStep {
        /// Of which space.
        space: SpaceId,
        /// The step of the code.
        step: i64,
    },
    /// Uses what stands for the second factor.
    UseRecovery {
        /// Of which space.
        space: SpaceId,
        /// Its hash.
        hash: [u8; 32],
    },
    /// Opens a session.
    Session {
        /// Hash of its token.
        token: TokenHash,
        /// Of which space.
        space: SpaceId,
        /// The provider where she came in, if she did so there.
        provider: Option<ProviderHint>,
    },
    /// Ends a session.
    EndSession(TokenHash),
    /// Says whether she consents to be reached by e-mail and telephone.
    Contact {
        /// The source identity that it hangs on.
        identity: IdentityId,
        /// Whether she does.
        given: bool,
        /// Her space.
        said_by: String,
    },
}

/// In microseconds.
const DAY: i64 = 86_400_000_000;

impl SpaceChange {
    pub(crate) fn apply(
        &self,
        connection: &mut Connection,
        (territory, at): (Territory, i64),
    ) -> Result<(), StoreError> {
        let (key, now) = (Value::Code(territory), Value::Integer(at));
        match self {
            Self::Make(new) => make(connection, (key, now), new),
            Self::HandCode { space, code } => hand(connection, key, *space, code),
            Self::Close(space) => close(connection, key, *space),
            Self::Begin(row) => begin(connection, key, row),
            Self::Choose { token, password, secret } => {
                let changed = connection.execute(
                    "UPDATE space_pending SET password = ?1, secret = ?2
                     WHERE territory_id = ?3 AND token_hash = ?4 AND code_hash IS NOT NULL",
                    &[Value::Text(password), Value::Bytes(secret), key, Value::Bytes(token.as_bytes())],
                )?;
                one(changed, "the way in")
            }
            Self::End(token) => {
                let changed = connection.execute(
                    "DELETE FROM space_pending WHERE territory_id = ?1 AND token_hash = ?2",
                    &[key, Value::Bytes(token.as_bytes())],
                )?;
                one(changed, "the way in")
            }
            Self::Bind(binding) => bind(connection, (key, now), binding),
            Self::UseStep { space, step } => {
                let changed = connection.execute(
                    "UPDATE space SET last_step = ?1
                     WHERE territory_id = ?2 AND space_id = ?3 AND (last_step IS NULL OR last_step < ?1)",
                    &[Value::Integer(*step), key, Value::Id(space.0)],
                )?;
                one(changed, "the code")
            }
            Self::UseRecovery { space, hash } => {
                let changed = connection.execute(
                    "UPDATE space_recovery SET used_at = ?1
                     WHERE territory_id = ?2 AND space_id = ?3 AND code_hash = ?4 AND used_at IS NULL",
                    &[now, key, Value::Id(space.0), Value::Bytes(hash)],
                )?;
                one(changed, "the code")
            }
            Self::Session { token, space, provider } => {
                // No session lasts longer than a day: the rules see to it. Nobody's is kept for nothing.
                connection.execute(
                    "DELETE FROM space_session WHERE territory_id = ?1 AND opened_at < ?2",
                    &[key, Value::Integer(at - 2 * DAY)],
                )?;
                connection.execute(
                    "INSERT INTO space_session (territory_id, token_hash, space_id, opened_at, seen_at, issuer, id_token)
                     VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
                    &[
                        key,
                        Value::Bytes(token.as_bytes()),
                        Value::Id(space.0),
                        now,
                        Value::optional_text(provider.as_ref().map(|hint| hint.issuer.as_str())),
                        Value::optional_bytes(provider.as_ref().map(|hint| hint.id_token.as_slice())),
                    ],
                )?;
                Ok(())
            }
            Self::EndSession(token) => connection
                .execute(
                    "DELETE FROM space_session WHERE territory_id = ?1 AND token_hash = ?2",
                    &[key, Value::Bytes(token.as_bytes())],
                )
                .map(drop),
            Self::Contact { identity, given, said_by } => connection
                .execute(
                    "INSERT INTO electronic_contact (territory_id, identity_id, said_at, given, said_by)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                    &[
                        key,
                        Value::Id(identity.0),
                        now,
                        Value::Integer(i64::from(*given)),
                        Value::Text(said_by),
                    ],
                )
                .map(drop),
        }
    }
}

fn make(
    connection: &mut Connection,
    (key, now): (Value<'_>, Value<'_>),
    new: &NewSpace,
) -> Result<(), StoreError> {
    let lang = match new.lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    };
    connection.execute(
        "INSERT INTO space (territory_id, space_id, number, identity_id, party, lang, made_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &[
            key,
            Value::Id(new.space.0),
            Value::Text(new.number.signs()),
            Value::Id(new.identity.0),
            Value::Text(&new.party),
            Value::Text(lang),
            now,
        ],
    )?;
    Ok(())
}

fn hand(
    connection: &mut Connection,
    key: Value<'_>,
    space: SpaceId,
    code: &SpaceCodeRow,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO space_code (territory_id, space_id, code_hash, given_by, made_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (territory_id, space_id) DO UPDATE SET code_hash = excluded.code_hash,
             given_by = excluded.given_by, made_at = excluded.made_at, expires_at = excluded.expires_at, used_at = NULL",
        &[
            key,
            Value::Id(space.0),
            Value::Bytes(&code.hash),
            Value::Text(&code.given_by),
            Value::Integer(code.made_at.micros()),
            Value::Integer(code.expires_at.micros()),
        ],
    )?;
    // Whoever asks for a code has lost what let her in: it may be in other hands.
    close(connection, key, space)
}

fn close(connection: &mut Connection, key: Value<'_>, space: SpaceId) -> Result<(), StoreError> {
    let whose = [key, Value::Id(space.0)];
    connection.execute(
        "UPDATE space SET password = NULL, secret = NULL, last_step = NULL, bound_at = NULL
         WHERE territory_id = ?1 AND space_id = ?2",
        &whose,
    )?;
    empty(connection, &whose)
}

/// Ends sessions and ways in, and takes away what stands for the second factor.
fn empty(connection: &mut Connection, whose: &[Value<'_>; 2]) -> Result<(), StoreError> {
    ["space_recovery", "space_session", "space_pending"].iter().try_for_each(|table| {
        let sql = format!("DELETE FROM {table} WHERE territory_id = ?1 AND space_id = ?2");
        connection.execute(&sql, whose).map(drop)
    })
}

fn begin(connection: &mut Connection, key: Value<'_>, row: &SpacePendingRow) -> Result<(), StoreError> {
    // Ways that ran out are of no use any more.
    connection.execute(
        "DELETE FROM space_pending WHERE territory_id = ?1 AND expires_at < ?2",
        &[key, Value::Integer(row.created_at.micros())],
    )?;
    connection.execute(
        "INSERT INTO space_pending (territory_id, token_hash, space_id, code_hash, password, secret, tries, created_at,
             expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            key,
            Value::Bytes(row.token.as_bytes()),
            Value::Id(row.space.0),
            Value::optional_bytes(row.code.as_ref().map(<[u8; 32]>::as_slice)),
            Value::optional_text(row.password.as_deref()),
            Value::optional_bytes(row.secret.as_deref()),
            Value::Integer(i64::from(row.tries)),
            Value::Integer(row.created_at.micros()),
            Value::Integer(row.expires_at.micros()),
        ],
    )?;
    Ok(())
}

fn bind(
    connection: &mut Connection,
    (key, now): (Value<'_>, Value<'_>),
    binding: &SpaceBinding,
) -> Result<(), StoreError> {
    let space = Value::Id(binding.space.0);
    let served = connection.execute(
        "UPDATE space_code SET used_at = ?1
         WHERE territory_id = ?2 AND space_id = ?3 AND code_hash = ?4 AND used_at IS NULL AND expires_at > ?1",
        &[now, key, space, Value::Bytes(&binding.code)],
    )?;
    one(served, "the code")?;
    connection.execute(
        "UPDATE space SET password = ?1, secret = ?2, last_step = ?3, bound_at = ?4
         WHERE territory_id = ?5 AND space_id = ?6",
        &[
            Value::Text(&binding.password),
            Value::Bytes(&binding.secret),
            Value::Integer(binding.step),
            now,
            key,
            space,
        ],
    )?;
    empty(connection, &[key, space])?;
    for hash in &binding.recovery {
        connection.execute(
            "INSERT INTO space_recovery (territory_id, space_id, code_hash) VALUES (?1, ?2, ?3)",
            &[key, space, Value::Bytes(hash)],
        )?;
    }
    Ok(())
}

pub(super) fn one(changed: u64, what: &'static str) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Conflict { what }) }
}
