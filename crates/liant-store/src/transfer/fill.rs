//! Fills an empty store from an exported one: its rows are written, and shown together at the end.

use std::io::{BufRead, Seek};

use liant_model::{AccountId, ActId, BatchNo, RightsRequestId, Territory};

use super::{Cell, TABLES, Table, check_whole, each_row};
use crate::connection::{Connection, Kind};
use crate::limits::{self, LimitRow};
use crate::retention::{Begun, Destroying, compact};
use crate::value::Value;
use crate::{Store, StoreError};

/// Rows written in one transaction.
const ROWS_AT_ONCE: usize = 5_000;

impl Store {
    /// Fills this store, which must be empty, from what [`Store::export`] wrote. Gives the number of rows.
    ///
    /// # Errors
    /// When the store is not empty, or the file is cut or changed: nothing has then been written.
    pub fn import(&self, input: impl BufRead + Seek) -> Result<u64, StoreError> {
        self.fill(input)?.show()
    }

    /// The same, without showing anything of it yet.
    ///
    /// # Errors
    /// As [`Store::import`].
    pub fn fill(&self, mut input: impl BufRead + Seek) -> Result<Filling<'_>, StoreError> {
        if !self.territories()?.is_empty() {
            return Err(StoreError::NotEmpty);
        }
        check_whole(&mut input)?;
        let mut connection = Connection::open(self.address())?;
        let mut loading = Loading { of: None, rows: Vec::new(), visible: Vec::new(), global: Vec::new() };
        let rows =
            each_row(input, |territory, table, row| loading.take(territory, table, row, &mut connection))?;
        loading.flush(&mut connection)?;
        Ok(Filling { store: self, connection, loading, rows })
    }
}

/// A store that is being filled. All people's rows are there, and no territory: so nobody sees any of them. Dropped before
/// [`show`](Self::show), it leaves a store that is of no use.
pub struct Filling<'s> {
    store: &'s Store,
    connection: Connection,
    loading: Loading,
    rows: u64,
}

impl Filling<'_> {
    /// The territories that it will show.
    pub fn territories(&self) -> Vec<Territory> {
        self.loading.visible.iter().map(|(territory, _)| *territory).collect()
    }

    /// Whether a destruction had ended when what it is filled from was written: then nothing of it is here.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn has_ended(&mut self, territory: Territory, destruction: ActId) -> Result<bool, StoreError> {
        let values = [Value::Code(territory), Value::Id(destruction.0)];
        let found = self.connection.transaction(territory, Kind::Read, |connection| {
            connection.first(
                "SELECT 1 FROM destruction WHERE territory_id = ?1 AND destruction_id = ?2 AND ended_at IS NOT NULL",
                &values,
                |_| Ok(()),
            )
        })?;
        Ok(found.is_some())
    }

    /// Does a destruction again that had not ended when what it is filled from was written.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn destroy_again(&self, territory: Territory, run: Begun<'_>) -> Result<Destroying, StoreError> {
        let of = self.loading.visible.iter().find(|(visible, _)| *visible == territory);
        let place = TABLES.last().and_then(|table| table.place("published"));
        let head = match of.zip(place).and_then(|((_, row), place)| row.get(place)) {
            Some(Cell::Integer(head)) => BatchNo(*head),
            _ => return Err(super::cut("a territory has no published batch")),
        };
        let mut again = Destroying::again(self.store, territory, run, head)?;
        again.make_ready()?;
        Ok(again)
    }

    /// Puts a limit on the use of someone's data as it has been since. Whether anybody whom it was set for is here.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn limit_again(&mut self, territory: Territory, limit: &LimitRow) -> Result<bool, StoreError> {
        self.connection.transaction(territory, Kind::Write, |connection| {
            let mut is_here = false;
            for (identity, _) in limit.identities.iter().filter(|(_, is_hers)| *is_hers) {
                let values = [Value::Code(territory), Value::Id(identity.0)];
                let found = connection.first(
                    "SELECT 1 FROM link WHERE territory_id = ?1 AND identity_id = ?2 LIMIT 1",
                    &values,
                    |_| Ok(()),
                )?;
                is_here |= found.is_some();
            }
            // Whoever was erased before the backup has no limit that could end.
            if is_here {
                limits::put_again(connection, territory, limit)?;
            }
            Ok(is_here)
        })
    }

    /// Lets someone come back who was erased, as was decided since.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn admit_again(&mut self, territory: Territory, request: RightsRequestId) -> Result<(), StoreError> {
        self.connection.transaction(territory, Kind::Write, |connection| {
            crate::erasure::admit(connection, territory, request).map(drop)
        })
    }

    /// Leaves out an account that was deleted since, with all that is its owner's.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn leave_out(&mut self, account: AccountId) -> Result<(), StoreError> {
        let is_its = |table: &Table, row: &[Cell]| {
            let cell = table.place("account_id").and_then(|place| row.get(place));
            matches!(cell, Some(Cell::Id(id)) if *id == account.0)
        };
        self.loading.global.retain(|(table, row)| !is_its(table, row));
        for territory in self.territories() {
            self.connection.transaction(territory, Kind::Write, |connection| {
                crate::accounts::forget_in_territory(connection, account)
            })?;
        }
        Ok(())
    }

    /// Writes the engine's files again without what was taken away.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn compact(&mut self) -> Result<(), StoreError> {
        compact(&mut self.connection, self.store)
    }

    /// Shows every territory at once, or none. Gives the number of rows that were read.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn show(mut self) -> Result<u64, StoreError> {
        self.loading.publish(&mut self.connection)?;
        Ok(self.rows)
    }
}

/// Rows on their way into the store.
struct Loading {
    /// Where the rows at hand belong.
    of: Option<(Territory, &'static Table)>,
    rows: Vec<Vec<Cell>>,
    /// Rows of the table of territories: written last.
    visible: Vec<(Territory, Vec<Cell>)>,
    /// Rows of the tables of accounts: written with them.
    global: Vec<(&'static Table, Vec<Cell>)>,
}

impl Loading {
    fn take(
        &mut self,
        territory: Option<Territory>,
        table: &'static Table,
        row: Vec<Cell>,
        connection: &mut Connection,
    ) -> Result<(), StoreError> {
        let Some(territory) = territory else {
            self.global.push((table, row));
            return Ok(());
        };
        if table.name == "territory" {
            self.visible.push((territory, row));
            return Ok(());
        }
        let same = self.of.is_some_and(|(there, its)| there == territory && its.name == table.name);
        if !same || self.rows.len() >= ROWS_AT_ONCE {
            self.flush(connection)?;
        }
        self.of = Some((territory, table));
        self.rows.push(row);
        Ok(())
    }

    fn flush(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        if let (Some((territory, table)), false) = (self.of, self.rows.is_empty()) {
            let sql = table.insert();
            connection.transaction(territory, Kind::Write, |connection| {
                self.rows.iter().try_for_each(|row| insert(connection, &sql, territory, row))
            })?;
            self.rows.clear();
        }
        Ok(())
    }

    /// Shows every territory at once, or none.
    fn publish(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let Some((first, _)) = self.visible.first() else { return Ok(()) };
        let sql = TABLES.last().ok_or(StoreError::Absent("table"))?.insert();
        connection.transaction(*first, Kind::Write, |connection| {
            for (table, row) in &self.global {
                let values: Vec<Value<'_>> = row.iter().map(Cell::value).collect();
                connection.execute(&table.insert_global(), &values)?;
            }
            self.visible.iter().try_for_each(|(territory, row)| insert(connection, &sql, *territory, row))
        })
    }
}

fn insert(
    connection: &mut Connection,
    sql: &str,
    territory: Territory,
    row: &[Cell],
) -> Result<(), StoreError> {
    let values: Vec<Value<'_>> =
        std::iter::once(Value::Code(territory)).chain(row.iter().map(Cell::value)).collect();
    connection.execute(sql, &values).map(drop)
}
