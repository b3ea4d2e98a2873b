//! The files handed over on a partner's portal, and the secret addresses of calendar feeds.

use liant_model::{ActId, Instant, Territory};

use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::{Row, Value};
use crate::{Store, StoreError};

/// One file that was handed over (*déposé*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepositRow {
    /// The act that recorded it.
    pub deposit: ActId,
    /// Code of the flow.
    pub flow: String,
    /// The date the file speaks for, `aaaa-mm-jj`.
    pub reference_date: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: Vec<u8>,
    /// Its length, in bytes.
    pub file_bytes: u64,
    /// Counts, as JSON.
    pub counts: String,
    /// When it was built.
    pub built_at: Instant,
    /// Who built it.
    pub built_by: String,
    /// The day it was handed over, `aaaa-mm-jj`, as the actor says it.
    pub deposited_on: String,
    /// When that was recorded.
    pub recorded_at: Instant,
    /// Who recorded it.
    pub recorded_by: String,
}

impl DepositRow {
    fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            deposit: row.id(0)?,
            flow: row.text(1)?,
            reference_date: row.text(2)?,
            file_name: row.text(3)?,
            file_hash: row.bytes(4)?,
            file_bytes: row.integer(5)? as u64,
            counts: row.text(6)?,
            built_at: Instant::from_micros(row.integer(7)?),
            built_by: row.text(8)?,
            deposited_on: row.text(9)?,
            recorded_at: Instant::from_micros(row.integer(10)?),
            recorded_by: row.text(11)?,
        })
    }
}

impl Snapshot<'_> {
    /// The files handed over, the last recorded first.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn deposits(&mut self) -> Result<Vec<DepositRow>, StoreError> {
        const SQL: &str = "SELECT deposit_id, flow, reference_date, file_name, file_hash, file_bytes, counts, built_at, built_by,
            deposited_on, recorded_at, recorded_by FROM deposit WHERE territory_id = ?1 ORDER BY recorded_at DESC, deposit_id DESC";
        let key = self.key();
        self.connection.all(SQL, &[key], DepositRow::read)
    }
}

impl Store {
    /// Whose calendar feed has an address of this hash, in a territory.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn calendar_feed(
        &self,
        territory: Territory,
        token_hash: &[u8],
    ) -> Result<Option<String>, StoreError> {
        self.read(territory, |snapshot| {
            let key = snapshot.key();
            snapshot.connection.first(
                "SELECT account FROM calendar_feed WHERE territory_id = ?1 AND token_hash = ?2",
                &[key, Value::Bytes(token_hash)],
                |row| row.text(0),
            )
        })
    }

    /// When an account's calendar feed was given its address, in a territory; none when it has none.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn calendar_feed_since(
        &self,
        territory: Territory,
        account: &str,
    ) -> Result<Option<Instant>, StoreError> {
        self.read(territory, |snapshot| {
            let key = snapshot.key();
            snapshot.connection.first(
                "SELECT made_at FROM calendar_feed WHERE territory_id = ?1 AND account = ?2",
                &[key, Value::Text(account)],
                |row| row.integer(0).map(Instant::from_micros),
            )
        })
    }
}

pub(crate) fn insert(
    connection: &mut Connection,
    territory: Territory,
    row: &DepositRow,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO deposit (territory_id, deposit_id, flow, reference_date, file_name, file_hash, file_bytes, counts,
             built_at, built_by, deposited_on, recorded_at, recorded_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        &[
            Value::Code(territory),
            Value::Id(row.deposit.0),
            Value::Text(&row.flow),
            Value::Text(&row.reference_date),
            Value::Text(&row.file_name),
            Value::Bytes(&row.file_hash),
            Value::Integer(row.file_bytes as i64),
            Value::Text(&row.counts),
            Value::Integer(row.built_at.micros()),
            Value::Text(&row.built_by),
            Value::Text(&row.deposited_on),
            Value::Integer(row.recorded_at.micros()),
            Value::Text(&row.recorded_by),
        ],
    )?;
    Ok(())
}

/// Gives an account's feed a new address; the one before leads nowhere any more.
pub(crate) fn set_feed(
    connection: &mut Connection,
    (territory, at): (Territory, Instant),
    account: &str,
    token_hash: &[u8],
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO calendar_feed (territory_id, account, token_hash, made_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (territory_id, account) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at",
        &[Value::Code(territory), Value::Text(account), Value::Bytes(token_hash), Value::Integer(at.micros())],
    )?;
    Ok(())
}
