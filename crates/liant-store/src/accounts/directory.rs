use liant_access::{Email, ProfessionalRole, TokenHash};
use liant_model::{AccountId, InvitationId, MembershipId, OrganisationId, SessionId, Territory};

use super::rows::{
    self, ACCOUNT, ACCOUNT_COLUMNS, MEMBERSHIP, MEMBERSHIP_COLUMNS, ORGANISATION, ORGANISATION_COLUMNS,
    SESSION, SESSION_COLUMNS,
};
use super::{
    AccountRow, DelegationRow, FactorRow, InvitationRow, MembershipRow, OidcRequestRow, OrganisationRow,
    PasswordLinkRow, PendingRow, SeatRow, SessionRow,
};
use crate::connection::{Connection, Kind};
use crate::value::{Row, Value};
use crate::{Store, StoreError};

/// Reads one unchanging state of the accounts.
pub struct Directory<'a>(&'a mut Connection);

impl Directory<'_> {
    pub(super) fn connection(&mut self) -> &mut Connection {
        self.0
    }
}

impl Store {
    /// Reads one unchanging state of the accounts. `home` is any territory of the installation.
    ///
    /// # Errors
    /// What `work` gives, or the engine.
    pub fn directory<T>(
        &self,
        home: Territory,
        work: impl FnOnce(&mut Directory<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            connection.transaction(home, Kind::Read, |connection| work(&mut Directory(connection)))
        })
    }

    /// Reads of the accounts what need not agree, in no transaction: each statement sees the state of its own moment.
    ///
    /// # Errors
    /// What `work` gives, or the engine.
    pub fn glance_at_accounts<T>(
        &self,
        work: impl FnOnce(&mut Directory<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|connection| work(&mut Directory(connection)))
    }

    /// The open session of this token, with all that says whether it may be used: one query, since every request asks.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn session(&self, token: TokenHash) -> Result<Option<(SessionRow, AccountRow, SeatRow)>, StoreError> {
        let sql = format!(
            "SELECT {SESSION}, {ACCOUNT}, {MEMBERSHIP}, {ORGANISATION} FROM session s
             JOIN account a ON a.account_id = s.account_id
             JOIN membership m ON m.membership_id = s.membership_id
             JOIN organisation o ON o.organisation_id = m.organisation_id
             WHERE s.token_hash = ?1 AND s.ended_at IS NULL AND a.disabled_at IS NULL AND m.ended_at IS NULL"
        );
        self.with(|connection| {
            connection.first(&sql, &[Value::Bytes(token.as_bytes())], |row| {
                let seat = SESSION_COLUMNS + ACCOUNT_COLUMNS;
                Ok((rows::session(row)?, rows::account(row, SESSION_COLUMNS)?, seat_at(row, seat)?))
            })
        })
    }

    /// The mandates given to a structure.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn mandates_of(&self, mandated: OrganisationId) -> Result<Vec<DelegationRow>, StoreError> {
        self.glance_at_accounts(|directory| directory.mandates_of(mandated))
    }
}

pub(super) fn seat_at(row: &Row<'_>, first: usize) -> Result<SeatRow, StoreError> {
    Ok(SeatRow {
        membership: rows::membership(row, first)?,
        organisation: rows::organisation(row, first + MEMBERSHIP_COLUMNS)?,
    })
}

const INVITATION: &str = "invitation_id, token_hash, email, organisation_id, role, is_admin, from_day, to_day, invited_by, \
     created_at, expires_at, closed_at, account_id";
const DELEGATION: &str = "delegation_id, mandator_id, mandated_id, from_day, to_day, recorded_at";

impl Directory<'_> {
    /// An organisation.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn organisation(&mut self, id: OrganisationId) -> Result<Option<OrganisationRow>, StoreError> {
        let sql = format!("SELECT {ORGANISATION} FROM organisation o WHERE o.organisation_id = ?1");
        self.0.first(&sql, &[Value::Id(id.0)], |row| rows::organisation(row, 0))
    }

    /// The organisations of a territory, by name.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn organisations(&mut self, territory: Territory) -> Result<Vec<OrganisationRow>, StoreError> {
        let sql =
            format!("SELECT {ORGANISATION} FROM organisation o WHERE o.territory_id = ?1 ORDER BY o.name");
        self.0.all(&sql, &[Value::Code(territory)], |row| rows::organisation(row, 0))
    }

    /// The mandates given to a structure, oldest first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn mandates_of(&mut self, mandated: OrganisationId) -> Result<Vec<DelegationRow>, StoreError> {
        let sql = format!(
            "SELECT {DELEGATION} FROM delegation WHERE mandated_id = ?1 ORDER BY from_day, delegation_id"
        );
        self.0.all(&sql, &[Value::Id(mandated.0)], rows::delegation)
    }

    /// The mandates given by an organisation, oldest first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn mandates_by(&mut self, mandator: OrganisationId) -> Result<Vec<DelegationRow>, StoreError> {
        let sql = format!(
            "SELECT {DELEGATION} FROM delegation WHERE mandator_id = ?1 ORDER BY from_day, delegation_id"
        );
        self.0.all(&sql, &[Value::Id(mandator.0)], rows::delegation)
    }

    /// An account.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn account(&mut self, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
        let sql = format!("SELECT {ACCOUNT} FROM account a WHERE a.account_id = ?1");
        self.0.first(&sql, &[Value::Id(id.0)], |row| rows::account(row, 0))
    }

    /// The account of an address.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn account_of(&mut self, email: &Email) -> Result<Option<AccountRow>, StoreError> {
        let sql = format!("SELECT {ACCOUNT} FROM account a WHERE a.email = ?1");
        self.0.first(&sql, &[Value::Text(email.as_str())], |row| rows::account(row, 0))
    }

    /// The account that a provider names.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn account_of_subject(
        &mut self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<AccountRow>, StoreError> {
        let sql = format!(
            "SELECT {ACCOUNT} FROM account a JOIN oidc_subject p ON p.account_id = a.account_id
             WHERE p.issuer = ?1 AND p.subject = ?2"
        );
        self.0.first(&sql, &[Value::Text(issuer), Value::Text(subject)], |row| rows::account(row, 0))
    }

    /// A membership with its organisation.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn seat(&mut self, id: MembershipId) -> Result<Option<SeatRow>, StoreError> {
        let sql = format!(
            "SELECT {MEMBERSHIP}, {ORGANISATION} FROM membership m
             JOIN organisation o ON o.organisation_id = m.organisation_id WHERE m.membership_id = ?1"
        );
        self.0.first(&sql, &[Value::Id(id.0)], |row| seat_at(row, 0))
    }

    /// The memberships of an account that were not ended, with their organisations, by organisation and role.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn seats_of(&mut self, account: AccountId) -> Result<Vec<SeatRow>, StoreError> {
        let sql = format!(
            "SELECT {MEMBERSHIP}, {ORGANISATION} FROM membership m
             JOIN organisation o ON o.organisation_id = m.organisation_id
             WHERE m.account_id = ?1 AND m.ended_at IS NULL ORDER BY o.name, m.role, m.membership_id"
        );
        self.0.all(&sql, &[Value::Id(account.0)], |row| seat_at(row, 0))
    }

    /// The people of an organisation: memberships, ended ones too, with their accounts, by name.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn people_of(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<(MembershipRow, AccountRow)>, StoreError> {
        let sql = format!(
            "SELECT {MEMBERSHIP}, {ACCOUNT} FROM membership m JOIN account a ON a.account_id = m.account_id
             WHERE m.organisation_id = ?1 ORDER BY a.name, m.designated_at, m.membership_id"
        );
        self.0.all(&sql, &[Value::Id(organisation.0)], |row| {
            Ok((rows::membership(row, 0)?, rows::account(row, MEMBERSHIP_COLUMNS)?))
        })
    }

    /// The accounts of an organisation's people who have a second factor.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn with_factor(&mut self, organisation: OrganisationId) -> Result<Vec<AccountId>, StoreError> {
        self.0.all(
            "SELECT DISTINCT m.account_id FROM membership m JOIN factor f ON f.account_id = m.account_id
             WHERE m.organisation_id = ?1 AND f.confirmed_at IS NOT NULL",
            &[Value::Id(organisation.0)],
            |row| row.id(0),
        )
    }

    /// The memberships of a role in the organisations of a territory that were not ended, with their accounts that are not
    /// disabled, by name; at most `most`.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn seats_in_role(
        &mut self,
        territory: Territory,
        role: ProfessionalRole,
        most: usize,
    ) -> Result<Vec<(SeatRow, AccountRow)>, StoreError> {
        let sql = format!(
            "SELECT {MEMBERSHIP}, {ORGANISATION}, {ACCOUNT} FROM organisation o
             JOIN membership m ON m.organisation_id = o.organisation_id AND m.ended_at IS NULL AND m.role = ?2
             JOIN account a ON a.account_id = m.account_id AND a.disabled_at IS NULL
             WHERE o.territory_id = ?1 ORDER BY a.name, m.membership_id LIMIT ?3"
        );
        let values = [Value::Code(territory), Value::Text(role.code()), Value::Integer(most as i64)];
        self.0.all(&sql, &values, |row| {
            Ok((seat_at(row, 0)?, rows::account(row, MEMBERSHIP_COLUMNS + ORGANISATION_COLUMNS)?))
        })
    }

    /// An invitation, by its token.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn invitation(&mut self, token: &[u8; 32]) -> Result<Option<InvitationRow>, StoreError> {
        let sql = format!("SELECT {INVITATION} FROM invitation WHERE token_hash = ?1");
        self.0.first(&sql, &[Value::Bytes(token)], rows::invitation)
    }

    /// An invitation, by its id.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn invitation_of_id(&mut self, id: InvitationId) -> Result<Option<InvitationRow>, StoreError> {
        let sql = format!("SELECT {INVITATION} FROM invitation WHERE invitation_id = ?1");
        self.0.first(&sql, &[Value::Id(id.0)], rows::invitation)
    }

    /// The invitations of an organisation that are still open, newest first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn open_invitations(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<InvitationRow>, StoreError> {
        let sql = format!(
            "SELECT {INVITATION} FROM invitation WHERE organisation_id = ?1 AND closed_at IS NULL
             ORDER BY created_at DESC, invitation_id"
        );
        self.0.all(&sql, &[Value::Id(organisation.0)], rows::invitation)
    }

    /// The second factors of an account, the newest first: the confirmed one, and one that is being set up.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn factors(&mut self, account: AccountId) -> Result<Vec<FactorRow>, StoreError> {
        self.0.all(
            "SELECT factor_id, account_id, secret, created_at, confirmed_at, last_step FROM factor
             WHERE account_id = ?1 ORDER BY created_at DESC, factor_id DESC",
            &[Value::Id(account.0)],
            rows::factor,
        )
    }

    /// How many recovery codes an account has left.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn recovery_codes_left(&mut self, account: AccountId) -> Result<usize, StoreError> {
        let left = self.0.first(
            "SELECT count(*) FROM recovery_code WHERE account_id = ?1 AND used_at IS NULL",
            &[Value::Id(account.0)],
            |row| row.integer(0),
        )?;
        Ok(usize::try_from(left.unwrap_or_default()).unwrap_or_default())
    }

    /// A sign-in under way.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn pending(&mut self, token: TokenHash) -> Result<Option<PendingRow>, StoreError> {
        self.0.first(
            "SELECT token_hash, account_id, stage, way, second_factor, tries, created_at, expires_at, issuer, id_token
             FROM pending_sign_in WHERE token_hash = ?1",
            &[Value::Bytes(token.as_bytes())],
            rows::pending,
        )
    }

    /// The sessions of an account that were not ended, newest first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn sessions_of(&mut self, account: AccountId) -> Result<Vec<SessionRow>, StoreError> {
        let sql = format!(
            "SELECT {SESSION} FROM session s WHERE s.account_id = ?1 AND s.ended_at IS NULL
             ORDER BY s.opened_at DESC, s.session_id"
        );
        self.0.all(&sql, &[Value::Id(account.0)], rows::session)
    }

    /// A session that was not ended.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn session_of_id(&mut self, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
        let sql = format!("SELECT {SESSION} FROM session s WHERE s.session_id = ?1 AND s.ended_at IS NULL");
        self.0.first(&sql, &[Value::Id(id.0)], rows::session)
    }

    /// A question put to a provider, by its state.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn oidc_request(&mut self, state: TokenHash) -> Result<Option<OidcRequestRow>, StoreError> {
        self.0.first(
            "SELECT state_hash, issuer, nonce, verifier, invitation_hash, created_at, expires_at FROM oidc_request
             WHERE state_hash = ?1",
            &[Value::Bytes(state.as_bytes())],
            rows::oidc_request,
        )
    }

    /// The link to a new password of this token.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn password_link(&mut self, token: TokenHash) -> Result<Option<PasswordLinkRow>, StoreError> {
        self.0.first(
            "SELECT account_id, token_hash, created_at, expires_at FROM password_link WHERE token_hash = ?1",
            &[Value::Bytes(token.as_bytes())],
            rows::password_link,
        )
    }

    /// When a new password was asked for, by the keyed hash of an address.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn password_asked(&mut self, lane: &[u8; 16]) -> Result<Option<liant_model::Instant>, StoreError> {
        let sql = "SELECT asked_at FROM password_ask WHERE lane = ?1";
        let found = self.0.first(sql, &[Value::Bytes(lane)], |row| row.integer(0))?;
        Ok(found.map(liant_model::Instant::from_micros))
    }

    /// Since when a browser is known to an account.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn known_browser(
        &mut self,
        account: AccountId,
        token: TokenHash,
    ) -> Result<Option<liant_model::Instant>, StoreError> {
        let found = self.0.first(
            "SELECT known_since FROM known_browser WHERE account_id = ?1 AND token_hash = ?2",
            &[Value::Id(account.0), Value::Bytes(token.as_bytes())],
            |row| row.integer(0),
        )?;
        Ok(found.map(liant_model::Instant::from_micros))
    }
}
