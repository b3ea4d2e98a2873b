//! The review of access: the memberships of a party's people, and what was found when they were looked at.

use liant_access::review::Verdict;
use liant_model::{ActId, Instant, MembershipId, Territory};

use super::directory::seat_at;
use super::rows::{
    self, ACCOUNT, ACCOUNT_COLUMNS, MEMBERSHIP, MEMBERSHIP_COLUMNS, ORGANISATION, ORGANISATION_COLUMNS,
};
use super::{AccountRow, Directory, SeatRow};
use crate::StoreError;
use crate::connection::Connection;
use crate::value::Value;

/// What a review found of a membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessReviewRow {
    /// The act that recorded it.
    pub act: ActId,
    /// The membership.
    pub membership: MembershipId,
    /// What was found.
    pub verdict: Verdict,
    /// Who looked: account, or the operator's actor.
    pub reviewed_by: String,
    /// When.
    pub reviewed_at: Instant,
}

/// A membership in force, as whoever reviews it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldAccess {
    /// The membership and its organisation.
    pub seat: SeatRow,
    /// Its account.
    pub account: AccountRow,
    /// When its owner was last here, among the sessions that are kept.
    pub used_at: Option<Instant>,
    /// When it was last looked at.
    pub reviewed_at: Option<Instant>,
}

pub(super) fn insert(connection: &mut Connection, row: &AccessReviewRow) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO access_review (review_id, membership_id, verdict, reviewed_by, reviewed_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        &[
            Value::Id(row.act.0),
            Value::Id(row.membership.0),
            Value::Text(row.verdict.code()),
            Value::Text(&row.reviewed_by),
            Value::Integer(row.reviewed_at.micros()),
        ],
    )?;
    Ok(())
}

impl Directory<'_> {
    /// The memberships in force of the people who act for a party in a territory, by organisation and name.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn access_of(&mut self, territory: Territory, party: &str) -> Result<Vec<HeldAccess>, StoreError> {
        const NEXT: usize = MEMBERSHIP_COLUMNS + ORGANISATION_COLUMNS + ACCOUNT_COLUMNS;
        let sql = format!(
            "SELECT {MEMBERSHIP}, {ORGANISATION}, {ACCOUNT},
                 (SELECT max(s.seen_at) FROM session s WHERE s.account_id = a.account_id),
                 (SELECT max(r.reviewed_at) FROM access_review r WHERE r.membership_id = m.membership_id)
             FROM organisation o
             JOIN membership m ON m.organisation_id = o.organisation_id AND m.ended_at IS NULL
             JOIN account a ON a.account_id = m.account_id
             WHERE o.territory_id = ?1 AND o.party = ?2 ORDER BY o.name, a.name, m.membership_id"
        );
        self.connection().all(&sql, &[Value::Code(territory), Value::Text(party)], |row| {
            Ok(HeldAccess {
                seat: seat_at(row, 0)?,
                account: rows::account(row, MEMBERSHIP_COLUMNS + ORGANISATION_COLUMNS)?,
                used_at: row.optional_integer(NEXT)?.map(Instant::from_micros),
                reviewed_at: row.optional_integer(NEXT + 1)?.map(Instant::from_micros),
            })
        })
    }

    /// What reviews found since a moment of the memberships of a party's people, the latest first, with whose they were.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn access_reviews(
        &mut self,
        territory: Territory,
        party: &str,
        since: Instant,
    ) -> Result<Vec<(AccessReviewRow, SeatRow, AccountRow)>, StoreError> {
        const NEXT: usize = MEMBERSHIP_COLUMNS + ORGANISATION_COLUMNS + ACCOUNT_COLUMNS;
        let sql = format!(
            "SELECT {MEMBERSHIP}, {ORGANISATION}, {ACCOUNT}, r.review_id, r.verdict, r.reviewed_by, r.reviewed_at
             FROM access_review r
             JOIN membership m ON m.membership_id = r.membership_id
             JOIN organisation o ON o.organisation_id = m.organisation_id
             JOIN account a ON a.account_id = m.account_id
             WHERE o.territory_id = ?1 AND o.party = ?2 AND r.reviewed_at >= ?3
             ORDER BY r.reviewed_at DESC, r.review_id DESC"
        );
        let values = [Value::Code(territory), Value::Text(party), Value::Integer(since.micros())];
        self.connection().all(&sql, &values, |row| {
            let seat = seat_at(row, 0)?;
            let verdict = Verdict::from_code(row.borrowed_text(NEXT + 1)?)
                .ok_or_else(|| StoreError::Damaged("a review of access has no such verdict".to_owned()))?;
            let review = AccessReviewRow {
                act: row.id(NEXT)?,
                membership: seat.membership.id,
                verdict,
                reviewed_by: row.text(NEXT + 2)?,
                reviewed_at: Instant::from_micros(row.integer(NEXT + 3)?),
            };
            Ok((review, seat, rows::account(row, MEMBERSHIP_COLUMNS + ORGANISATION_COLUMNS)?))
        })
    }
}
