use liant_access::TokenHash;
use liant_access::membership::Post;
use liant_model::{
    AccountId, FactorId, Instant, InvitationId, Lang, MembershipId, OrganisationId, SessionId, Territory,
};

use super::insert::{
    insert_account, insert_invitation, insert_mandate, insert_membership, insert_organisation,
    insert_session, lang_code, one,
};
use super::review::{self, AccessReviewRow};
use super::unused;
use super::upkeep::{self, Upkeep};
use super::{
    AccountRow, DelegationRow, FactorRow, InvitationRow, MembershipRow, OrganisationRow, PasswordLinkRow,
    PendingRow, SessionRow, SubjectRow,
};
use crate::audit_log::{self, AuditRecord};
use crate::connection::Connection;
use crate::value::Value;
use crate::{Store, StoreError};

/// One act on the accounts: what it changes and its audit entry, which goes to the log of `territory`.
#[derive(Clone, Debug)]
pub struct AccountAct {
    territory: Territory,
    at: Instant,
    audit: AuditRecord,
    changes: Vec<AccountChange>,
    upkeep: Vec<Upkeep>,
}

/// One change of an act. Each that rests on a state fails with [`StoreError::Conflict`] when that state is gone.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// Records an organisation.
    Organisation(OrganisationRow),
    /// Closes an organisation that is open.
    CloseOrganisation(OrganisationId),
    /// Records a mandate.
    Mandate(DelegationRow),
    /// Sets the last day of a mandate, `aaaa-mm-jj`.
    EndMandate {
        /// Which.
        delegation: liant_model::DelegationId,
        /// Its last day.
        last_day: String,
    },
    /// Makes an account.
    Account(AccountRow),
    /// Sets a password, by its hash; a link to a new one is good no more.
    Password {
        /// Whose.
        account: AccountId,
        /// The hash, as a PHC string.
        hash: String,
    },
    /// Gives a link to a new password, in the place of one given before.
    PasswordLink(PasswordLinkRow),
    /// Uses the link that is good.
    UsePasswordLink {
        /// Whose.
        account: AccountId,
        /// Hash of its token.
        token: TokenHash,
    },
    /// Sets the name and the language.
    Profile {
        /// Whose.
        account: AccountId,
        /// Her name.
        name: String,
        /// Her language.
        lang: Lang,
    },
    /// Disables an account that is enabled, and ends its sessions.
    Disable(AccountId),
    /// Enables an account that is disabled.
    Enable(AccountId),
    /// Notes that the owner of an account that nobody uses was warned.
    Warn(AccountId),
    /// Deletes an account that nobody uses, with all that is its owner's.
    Delete {
        /// Which.
        account: AccountId,
        /// When it was last used when that was decided.
        used_at: Instant,
    },
    /// Lets a provider be linked by its word on the address until a moment.
    LinkUntil {
        /// Whose.
        account: AccountId,
        /// Until when; `None` ends the leave.
        until: Option<Instant>,
    },
    /// Links a provider's name for her.
    Subject(SubjectRow),
    /// Designates someone.
    Membership(MembershipRow),
    /// Changes role, admin flag or term of a membership in force, held to what it was. Its sessions end.
    Post {
        /// Which.
        membership: MembershipId,
        /// What it was.
        before: Post,
        /// What it becomes.
        after: Post,
    },
    /// Records what a review found of a membership.
    Review(AccessReviewRow),
    /// Ends a membership in force, and its sessions.
    EndMembership(MembershipId),
    /// Invites someone.
    Invitation(InvitationRow),
    /// Closes an open invitation: accepted by an account, or withdrawn.
    CloseInvitation(ClosedInvitation),
    /// Begins to set up a second factor; one that was begun before is dropped.
    Factor(FactorRow),
    /// Confirms a factor that is being set up, by the step of its first code; the one before it is dropped.
    ConfirmFactor {
        /// Which.
        factor: FactorId,
        /// Whose.
        account: AccountId,
        /// The step of the code that was shown.
        step: i64,
    },
    /// Uses a code of a confirmed factor: its step must be after the last.
    UseStep {
        /// Which.
        factor: FactorId,
        /// The step of the code.
        step: i64,
    },
    /// Replaces the recovery codes.
    RecoveryCodes {
        /// Whose.
        account: AccountId,
        /// Their hashes; none to drop them all.
        hashes: Vec<[u8; 32]>,
    },
    /// Uses a recovery code that was not used.
    UseRecoveryCode {
        /// Whose.
        account: AccountId,
        /// Its hash.
        hash: [u8; 32],
    },
    /// Drops every second factor and recovery code of an account.
    DropFactors(AccountId),
    /// Opens a session.
    Session(SessionRow),
    /// Gives an open session another token, for a membership.
    Rotate {
        /// Which.
        session: SessionId,
        /// Hash of the new token.
        token: TokenHash,
        /// The membership it is for from now on.
        membership: MembershipId,
    },
    /// Ends an open session.
    EndSession(SessionId),
    /// Ends every session of an account but one.
    EndSessions {
        /// Whose.
        account: AccountId,
        /// The one that stays, if any.
        except: Option<SessionId>,
    },
    /// Takes a sign-in under way to its next step: the one it was at must still be there, and is gone.
    Advance {
        /// Hash of the token of the step that was done.
        done: TokenHash,
        /// The next step, if any.
        next: Option<PendingRow>,
    },
}

/// How an invitation was closed.
#[derive(Clone, Copy, Debug)]
pub struct ClosedInvitation {
    /// Which.
    pub id: InvitationId,
    /// Who accepted it; none when it was withdrawn.
    pub by: Option<AccountId>,
}

impl AccountAct {
    /// An act at `at`, with the entry the audit of `territory` keeps of it.
    pub fn new(territory: Territory, at: Instant, audit: AuditRecord) -> Self {
        Self { territory, at, audit, changes: Vec::new(), upkeep: Vec::new() }
    }

    /// Adds a change.
    #[must_use]
    pub fn with(mut self, change: AccountChange) -> Self {
        self.changes.push(change);
        self
    }

    /// Adds changes.
    #[must_use]
    pub fn with_all(mut self, changes: impl IntoIterator<Item = AccountChange>) -> Self {
        self.changes.extend(changes);
        self
    }

    /// Adds what the sign-in leaves on its path.
    #[must_use]
    pub fn and(mut self, upkeep: impl IntoIterator<Item = Upkeep>) -> Self {
        self.upkeep.extend(upkeep);
        self
    }
}

impl Store {
    /// Applies an act on the accounts: every change and its audit entry, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when something is no longer as the act expects.
    pub fn apply_to_accounts(&self, act: &AccountAct) -> Result<(), StoreError> {
        self.write(act.territory, |connection| {
            for change in &act.changes {
                apply(connection, act.at, change)?;
            }
            for note in &act.upkeep {
                upkeep::apply(connection, act.at, note)?;
            }
            audit_log::insert(connection, act.territory, &act.audit)
        })
    }
}

fn apply(connection: &mut Connection, at: Instant, change: &AccountChange) -> Result<(), StoreError> {
    let now = Value::Integer(at.micros());
    match change {
        AccountChange::Organisation(row) => insert_organisation(connection, row),
        AccountChange::CloseOrganisation(id) => one(
            connection,
            "the organisation",
            "UPDATE organisation SET closed_at = ?1 WHERE organisation_id = ?2 AND closed_at IS NULL",
            &[now, Value::Id(id.0)],
        ),
        AccountChange::Mandate(row) => insert_mandate(connection, row),
        AccountChange::EndMandate { delegation, last_day } => one(
            connection,
            "the mandate",
            "UPDATE delegation SET to_day = ?1 WHERE delegation_id = ?2",
            &[Value::Text(last_day), Value::Id(delegation.0)],
        ),
        AccountChange::Account(row) => insert_account(connection, row),
        AccountChange::Password { account, hash } => {
            connection.execute("DELETE FROM password_link WHERE account_id = ?1", &[Value::Id(account.0)])?;
            one(
                connection,
                "the account",
                "UPDATE account SET password = ?1 WHERE account_id = ?2",
                &[Value::Text(hash), Value::Id(account.0)],
            )
        }
        AccountChange::PasswordLink(row) => {
            connection
                .execute("DELETE FROM password_link WHERE account_id = ?1", &[Value::Id(row.account.0)])?;
            one(
                connection,
                "the link",
                "INSERT INTO password_link (account_id, token_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4)",
                &[
                    Value::Id(row.account.0),
                    Value::Bytes(row.token.as_bytes()),
                    Value::Integer(row.created_at.micros()),
                    Value::Integer(row.expires_at.micros()),
                ],
            )
        }
        AccountChange::UsePasswordLink { account, token } => one(
            connection,
            "the link",
            "DELETE FROM password_link WHERE account_id = ?1 AND token_hash = ?2",
            &[Value::Id(account.0), Value::Bytes(token.as_bytes())],
        ),
        AccountChange::Profile { account, name, lang } => one(
            connection,
            "the account",
            "UPDATE account SET name = ?1, lang = ?2 WHERE account_id = ?3",
            &[Value::Text(name), Value::Text(lang_code(*lang)), Value::Id(account.0)],
        ),
        AccountChange::Disable(account) => {
            one(
                connection,
                "the account",
                "UPDATE account SET disabled_at = ?1 WHERE account_id = ?2 AND disabled_at IS NULL",
                &[now, Value::Id(account.0)],
            )?;
            drop_pending(connection, *account)?;
            end_sessions(connection, at, *account, None)
        }
        AccountChange::Enable(account) => one(
            connection,
            "the account",
            "UPDATE account SET disabled_at = NULL WHERE account_id = ?1 AND disabled_at IS NOT NULL",
            &[Value::Id(account.0)],
        ),
        AccountChange::Warn(account) => unused::warn(connection, *account, at),
        AccountChange::Delete { account, used_at } => unused::delete(connection, *account, *used_at),
        AccountChange::LinkUntil { account, until } => one(
            connection,
            "the account",
            "UPDATE account SET link_until = ?1 WHERE account_id = ?2",
            &[Value::optional(until.map(Instant::micros), Value::Integer), Value::Id(account.0)],
        ),
        AccountChange::Subject(row) => one(
            connection,
            "the link",
            "INSERT INTO oidc_subject (issuer, subject, account_id, linked_at) VALUES (?1, ?2, ?3, ?4)",
            &[Value::Text(&row.issuer), Value::Text(&row.subject), Value::Id(row.account.0), now],
        ),
        AccountChange::Membership(row) => insert_membership(connection, row),
        AccountChange::Post { membership, before, after } => {
            change_post(connection, *membership, before, after)?;
            end_sessions_of_membership(connection, at, *membership)
        }
        AccountChange::Review(row) => review::insert(connection, row),
        AccountChange::EndMembership(membership) => {
            one(
                connection,
                "the membership",
                "UPDATE membership SET ended_at = ?1 WHERE membership_id = ?2 AND ended_at IS NULL",
                &[now, Value::Id(membership.0)],
            )?;
            end_sessions_of_membership(connection, at, *membership)
        }
        AccountChange::Invitation(row) => insert_invitation(connection, row),
        AccountChange::CloseInvitation(closed) => one(
            connection,
            "the invitation",
            "UPDATE invitation SET closed_at = ?1, account_id = ?2 WHERE invitation_id = ?3 AND closed_at IS NULL",
            &[now, Value::optional(closed.by.map(|by| by.0), Value::Id), Value::Id(closed.id.0)],
        ),
        AccountChange::Advance { done, next } => {
            one(
                connection,
                "the sign-in",
                "DELETE FROM pending_sign_in WHERE token_hash = ?1",
                &[Value::Bytes(done.as_bytes())],
            )?;
            next.as_ref().map_or(Ok(()), |next| upkeep::insert_pending(connection, next))
        }
        AccountChange::Factor(_)
        | AccountChange::ConfirmFactor { .. }
        | AccountChange::UseStep { .. }
        | AccountChange::RecoveryCodes { .. }
        | AccountChange::UseRecoveryCode { .. }
        | AccountChange::DropFactors(_) => apply_to_factors(connection, at, change),
        AccountChange::Session(_)
        | AccountChange::Rotate { .. }
        | AccountChange::EndSession(_)
        | AccountChange::EndSessions { .. } => apply_to_sessions(connection, at, change),
    }
}

fn apply_to_factors(
    connection: &mut Connection,
    at: Instant,
    change: &AccountChange,
) -> Result<(), StoreError> {
    let now = Value::Integer(at.micros());
    match change {
        AccountChange::Factor(row) => {
            connection.execute(
                "DELETE FROM factor WHERE account_id = ?1 AND confirmed_at IS NULL",
                &[Value::Id(row.account.0)],
            )?;
            one(
                connection,
                "the factor",
                "INSERT INTO factor (factor_id, account_id, secret, created_at) VALUES (?1, ?2, ?3, ?4)",
                &[
                    Value::Id(row.id.0),
                    Value::Id(row.account.0),
                    Value::Bytes(&row.secret),
                    Value::Integer(row.created_at.micros()),
                ],
            )
        }
        AccountChange::ConfirmFactor { factor, account, step } => {
            connection.execute(
                "DELETE FROM factor WHERE account_id = ?1 AND factor_id <> ?2",
                &[Value::Id(account.0), Value::Id(factor.0)],
            )?;
            one(
                connection,
                "the factor",
                "UPDATE factor SET confirmed_at = ?1, last_step = ?2
                 WHERE factor_id = ?3 AND account_id = ?4 AND confirmed_at IS NULL",
                &[now, Value::Integer(*step), Value::Id(factor.0), Value::Id(account.0)],
            )
        }
        AccountChange::UseStep { factor, step } => one(
            connection,
            "the code",
            "UPDATE factor SET last_step = ?1
             WHERE factor_id = ?2 AND confirmed_at IS NOT NULL AND (last_step IS NULL OR last_step < ?1)",
            &[Value::Integer(*step), Value::Id(factor.0)],
        ),
        AccountChange::RecoveryCodes { account, hashes } => {
            connection.execute("DELETE FROM recovery_code WHERE account_id = ?1", &[Value::Id(account.0)])?;
            hashes.iter().try_for_each(|hash| {
                one(
                    connection,
                    "the recovery codes",
                    "INSERT INTO recovery_code (account_id, code_hash) VALUES (?1, ?2)",
                    &[Value::Id(account.0), Value::Bytes(hash)],
                )
            })
        }
        AccountChange::UseRecoveryCode { account, hash } => one(
            connection,
            "the recovery code",
            "UPDATE recovery_code SET used_at = ?1 WHERE account_id = ?2 AND code_hash = ?3 AND used_at IS NULL",
            &[now, Value::Id(account.0), Value::Bytes(hash)],
        ),
        AccountChange::DropFactors(account) => {
            connection.execute("DELETE FROM recovery_code WHERE account_id = ?1", &[Value::Id(account.0)])?;
            connection.execute("DELETE FROM factor WHERE account_id = ?1", &[Value::Id(account.0)])?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn apply_to_sessions(
    connection: &mut Connection,
    at: Instant,
    change: &AccountChange,
) -> Result<(), StoreError> {
    match change {
        AccountChange::Session(row) => insert_session(connection, row),
        AccountChange::Rotate { session, token, membership } => one(
            connection,
            "the session",
            "UPDATE session SET token_hash = ?1, membership_id = ?2, seen_at = ?3
             WHERE session_id = ?4 AND ended_at IS NULL",
            &[
                Value::Bytes(token.as_bytes()),
                Value::Id(membership.0),
                Value::Integer(at.micros()),
                Value::Id(session.0),
            ],
        ),
        AccountChange::EndSession(session) => one(
            connection,
            "the session",
            "UPDATE session SET ended_at = ?1, id_token = NULL WHERE session_id = ?2 AND ended_at IS NULL",
            &[Value::Integer(at.micros()), Value::Id(session.0)],
        ),
        AccountChange::EndSessions { account, except } => {
            drop_pending(connection, *account)?;
            end_sessions(connection, at, *account, *except)
        }
        _ => Ok(()),
    }
}

fn end_sessions(
    connection: &mut Connection,
    at: Instant,
    account: AccountId,
    except: Option<SessionId>,
) -> Result<(), StoreError> {
    // No session has the nil id.
    let except = except.map_or(liant_model::Uuid::nil(), |session| session.0);
    connection.execute(
        "UPDATE session SET ended_at = ?1, id_token = NULL
         WHERE account_id = ?2 AND session_id <> ?3 AND ended_at IS NULL",
        &[Value::Integer(at.micros()), Value::Id(account.0), Value::Id(except)],
    )?;
    Ok(())
}

fn end_sessions_of_membership(
    connection: &mut Connection,
    at: Instant,
    membership: MembershipId,
) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE session SET ended_at = ?1, id_token = NULL WHERE membership_id = ?2 AND ended_at IS NULL",
        &[Value::Integer(at.micros()), Value::Id(membership.0)],
    )?;
    Ok(())
}

fn drop_pending(connection: &mut Connection, account: AccountId) -> Result<(), StoreError> {
    connection.execute("DELETE FROM pending_sign_in WHERE account_id = ?1", &[Value::Id(account.0)])?;
    Ok(())
}

fn change_post(
    connection: &mut Connection,
    membership: MembershipId,
    before: &Post,
    after: &Post,
) -> Result<(), StoreError> {
    let (from, to) = (after.term.from.to_string(), after.term.to.map(|day| day.to_string()));
    one(
        connection,
        "the membership",
        "UPDATE membership SET role = ?1, is_admin = ?2, from_day = ?3, to_day = ?4
         WHERE membership_id = ?5 AND role = ?6 AND is_admin = ?7 AND ended_at IS NULL",
        &[
            Value::Text(after.role.code()),
            Value::Integer(i64::from(after.is_admin)),
            Value::Text(&from),
            Value::optional_text(to.as_deref()),
            Value::Id(membership.0),
            Value::Text(before.role.code()),
            Value::Integer(i64::from(before.is_admin)),
        ],
    )
}
