//! The rows that an act adds.

use liant_model::{Instant, Lang};

use super::unused;
use super::{AccountRow, DelegationRow, InvitationRow, MembershipRow, OrganisationRow, SessionRow};
use crate::StoreError;
use crate::connection::Connection;
use crate::value::Value;

pub(super) fn insert_organisation(
    connection: &mut Connection,
    row: &OrganisationRow,
) -> Result<(), StoreError> {
    one(
        connection,
        "the organisation",
        "INSERT INTO organisation (organisation_id, territory_id, kind, name, party, parent_id, created_at, closed_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        &[
            Value::Id(row.id.0),
            Value::Code(row.territory),
            Value::Text(row.kind.code()),
            Value::Text(&row.name),
            Value::Text(row.party.as_str()),
            Value::optional(row.parent.map(|parent| parent.0), Value::Id),
            Value::Integer(row.created_at.micros()),
            Value::optional(row.closed_at.map(Instant::micros), Value::Integer),
        ],
    )
}

pub(super) fn insert_mandate(connection: &mut Connection, row: &DelegationRow) -> Result<(), StoreError> {
    let term = row.mandate.term;
    let (from, to) = (term.from.to_string(), term.to.map(|day| day.to_string()));
    one(
        connection,
        "the mandate",
        "INSERT INTO delegation (delegation_id, mandator_id, mandated_id, from_day, to_day, recorded_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            Value::Id(row.id.0),
            Value::Id(row.mandate.mandator.0),
            Value::Id(row.mandate.mandated.0),
            Value::Text(&from),
            Value::optional_text(to.as_deref()),
            Value::Integer(row.recorded_at.micros()),
        ],
    )
}

pub(super) fn insert_account(connection: &mut Connection, row: &AccountRow) -> Result<(), StoreError> {
    one(
        connection,
        "the account",
        "INSERT INTO account (account_id, email, name, lang, password, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &[
            Value::Id(row.id.0),
            Value::Text(row.email.as_str()),
            Value::Text(&row.name),
            Value::Text(lang_code(row.lang)),
            Value::optional_text(row.password.as_deref()),
            Value::Integer(row.created_at.micros()),
        ],
    )
}

pub(super) fn insert_membership(connection: &mut Connection, row: &MembershipRow) -> Result<(), StoreError> {
    let term = row.post.term;
    let (from, to) = (term.from.to_string(), term.to.map(|day| day.to_string()));
    one(
        connection,
        "the membership",
        "INSERT INTO membership (membership_id, account_id, organisation_id, role, is_admin, from_day, to_day,
             designated_by, designated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        &[
            Value::Id(row.id.0),
            Value::Id(row.account.0),
            Value::Id(row.organisation.0),
            Value::Text(row.post.role.code()),
            Value::Integer(i64::from(row.post.is_admin)),
            Value::Text(&from),
            Value::optional_text(to.as_deref()),
            Value::Text(&row.designated_by),
            Value::Integer(row.designated_at.micros()),
        ],
    )
}

pub(super) fn insert_invitation(connection: &mut Connection, row: &InvitationRow) -> Result<(), StoreError> {
    let term = row.post.term;
    let (from, to) = (term.from.to_string(), term.to.map(|day| day.to_string()));
    one(
        connection,
        "the invitation",
        "INSERT INTO invitation (invitation_id, token_hash, email, organisation_id, role, is_admin, from_day, to_day,
             invited_by, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            Value::Id(row.id.0),
            Value::Bytes(row.token.as_bytes()),
            Value::Text(row.email.as_str()),
            Value::Id(row.organisation.0),
            Value::Text(row.post.role.code()),
            Value::Integer(i64::from(row.post.is_admin)),
            Value::Text(&from),
            Value::optional_text(to.as_deref()),
            Value::Text(&row.invited_by),
            Value::Integer(row.created_at.micros()),
            Value::Integer(row.expires_at.micros()),
        ],
    )
}

pub(super) fn insert_session(connection: &mut Connection, row: &SessionRow) -> Result<(), StoreError> {
    let provider = row.provider.as_ref();
    unused::used(connection, row.account, row.opened_at)?;
    one(
        connection,
        "the session",
        "INSERT INTO session (session_id, token_hash, account_id, membership_id, way, second_factor, browser, opened_at,
             seen_at, issuer, id_token)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        &[
            Value::Id(row.id.0),
            Value::Bytes(row.token.as_bytes()),
            Value::Id(row.account.0),
            Value::Id(row.membership.0),
            Value::Text(row.way.code()),
            Value::Integer(i64::from(row.second_factor)),
            Value::Text(&row.browser),
            Value::Integer(row.opened_at.micros()),
            Value::Integer(row.seen_at.micros()),
            Value::optional_text(provider.map(|provider| provider.issuer.as_str())),
            Value::optional_bytes(provider.map(|provider| provider.id_token.as_slice())),
        ],
    )
}

pub(super) fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    }
}

/// Runs a statement that must change one row.
pub(super) fn one(
    connection: &mut Connection,
    what: &'static str,
    sql: &str,
    values: &[Value<'_>],
) -> Result<(), StoreError> {
    if connection.execute(sql, values)? == 1 { Ok(()) } else { Err(StoreError::Conflict { what }) }
}
