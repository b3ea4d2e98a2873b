//! The filters of the people's list that an account keeps under a name.

use liant_model::{AccountId, ActId, Instant, Territory};

use crate::StoreError;
use crate::connection::Connection;
use crate::snapshot::Snapshot;
use crate::value::Value;

/// Filters kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilterRow {
    /// The act that kept them.
    pub filter: ActId,
    /// Whose they are.
    pub account: AccountId,
    /// Their name, unique among the account's.
    pub name: String,
    /// The filters, as an address writes them.
    pub query: String,
}

/// What is done to kept filters.
#[derive(Clone, Debug)]
pub enum SavedFilterChange {
    /// Keeps filters.
    Keep(SavedFilterRow),
    /// Gives them another name.
    Rename {
        /// Which.
        filter: ActId,
        /// Whose.
        account: AccountId,
        /// The new name.
        name: String,
    },
    /// Removes them.
    Remove {
        /// Which.
        filter: ActId,
        /// Whose.
        account: AccountId,
    },
}

const WHAT: &str = "the filters";

/// A name that the account has not given yet, but for `except`.
fn is_free(
    connection: &mut Connection,
    territory: Territory,
    (account, name): (AccountId, &str),
    except: Option<ActId>,
) -> Result<(), StoreError> {
    let found = connection.first(
        "SELECT filter_id FROM saved_filter WHERE territory_id = ?1 AND account_id = ?2 AND name = ?3",
        &[Value::Code(territory), Value::Id(account.0), Value::Text(name)],
        |row| row.id::<ActId>(0),
    )?;
    match found {
        Some(found) if Some(found) != except => Err(StoreError::Conflict { what: "the name of the filters" }),
        _ => Ok(()),
    }
}

pub(crate) fn apply(
    connection: &mut Connection,
    (territory, at): (Territory, Instant),
    change: &SavedFilterChange,
) -> Result<(), StoreError> {
    match change {
        SavedFilterChange::Keep(row) => {
            is_free(connection, territory, (row.account, &row.name), None)?;
            connection.execute(
                "INSERT INTO saved_filter (territory_id, account_id, filter_id, name, query, kept_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                &[
                    Value::Code(territory),
                    Value::Id(row.account.0),
                    Value::Id(row.filter.0),
                    Value::Text(&row.name),
                    Value::Text(&row.query),
                    Value::Integer(at.micros()),
                ],
            )?;
            Ok(())
        }
        SavedFilterChange::Rename { filter, account, name } => {
            is_free(connection, territory, (*account, name), Some(*filter))?;
            let changed = connection.execute(
                "UPDATE saved_filter SET name = ?1 WHERE territory_id = ?2 AND account_id = ?3 AND filter_id = ?4",
                &[
                    Value::Text(name),
                    Value::Code(territory),
                    Value::Id(account.0),
                    Value::Id(filter.0),
                ],
            )?;
            if changed == 1 { Ok(()) } else { Err(StoreError::Absent(WHAT)) }
        }
        SavedFilterChange::Remove { filter, account } => {
            let removed = connection.execute(
                "DELETE FROM saved_filter WHERE territory_id = ?1 AND account_id = ?2 AND filter_id = ?3",
                &[Value::Code(territory), Value::Id(account.0), Value::Id(filter.0)],
            )?;
            if removed == 1 { Ok(()) } else { Err(StoreError::Absent(WHAT)) }
        }
    }
}

impl Snapshot<'_> {
    /// The filters that an account keeps, by name.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn saved_filters(&mut self, account: AccountId) -> Result<Vec<SavedFilterRow>, StoreError> {
        let key = self.key();
        let mut rows = self.parts().0.all(
            "SELECT filter_id, name, query FROM saved_filter WHERE territory_id = ?1 AND account_id = ?2",
            &[key, Value::Id(account.0)],
            |row| Ok(SavedFilterRow { filter: row.id(0)?, account, name: row.text(1)?, query: row.text(2)? }),
        )?;
        rows.sort_by_cached_key(|row| row.name.to_lowercase());
        Ok(rows)
    }
}
