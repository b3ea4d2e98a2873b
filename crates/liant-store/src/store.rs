use std::sync::{Mutex, PoisonError};

use liant_model::Territory;

use crate::connection::{Connection, Kind};
use crate::directory::Memory;
use crate::group::Group;
use crate::lock::Turnstile;
use crate::snapshot::Snapshot;
use crate::value::Value;
use crate::{StoreAddress, StoreError, migrations};

/// A store that is open. Share it between threads: each piece of work takes a connection of its own.
pub struct Store {
    address: StoreAddress,
    idle: Mutex<Vec<Connection>>,
    turnstile: Turnstile,
    group: Group,
    memory: Memory,
}

impl Store {
    /// Opens the store at `address` and brings its schema up to date.
    ///
    /// # Errors
    /// When the engine cannot be reached, or its schema cannot be brought up to date.
    pub fn open(address: &StoreAddress) -> Result<Self, StoreError> {
        let mut connection = Connection::open(address)?;
        migrations::run(address, &mut connection)?;
        let turnstile = Turnstile::of(address);
        Ok(Self {
            address: address.clone(),
            idle: Mutex::new(vec![connection]),
            turnstile,
            group: Group::default(),
            memory: Memory::default(),
        })
    }

    /// Where the store is.
    pub fn address(&self) -> &StoreAddress {
        &self.address
    }

    /// Whether the store knows `territory` at all.
    ///
    /// # Errors
    /// When the engine refuses.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the bare method is not general over lifetimes"
    )]
    pub fn knows(&self, territory: Territory) -> Result<bool, StoreError> {
        self.read(territory, |snapshot| snapshot.is_known())
    }

    /// Makes sure that `territory` has its row. Does nothing when it has.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn ensure_territory(&self, territory: Territory) -> Result<(), StoreError> {
        if self.knows(territory)? {
            return Ok(());
        }
        self.write(territory, |connection| {
            connection.execute(
                "INSERT INTO territory (territory_id, published, last_batch, link_moves, log_size, log_frontier)
                 VALUES (?1, 0, 0, 0, 0, ?2) ON CONFLICT (territory_id) DO NOTHING",
                &[Value::Code(territory), Value::Bytes(&[])],
            )?;
            Ok(())
        })
    }

    /// The territories of the store, by code.
    ///
    /// # Errors
    /// When the engine refuses.
    pub fn territories(&self) -> Result<Vec<Territory>, StoreError> {
        let mut connection = self.connection()?;
        let codes =
            connection
                .all("SELECT territory_id FROM territory ORDER BY territory_id", &[], |row| row.text(0))?;
        self.give_back(connection);
        codes
            .iter()
            .map(|code| {
                Territory::parse(code).map_err(|_| StoreError::Damaged("a territory has no code".into()))
            })
            .collect()
    }

    /// Reads one unchanging, published state of `territory`.
    ///
    /// # Errors
    /// What `work` gives, or the engine.
    pub fn read<T>(
        &self,
        territory: Territory,
        work: impl FnOnce(&mut Snapshot<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            connection.transaction(territory, Kind::Read, |connection| {
                work(&mut Snapshot::of(connection, &self.memory, territory))
            })
        })
    }

    /// Reads what need not agree, in no transaction: each statement sees the state of its own moment, and none may hang on the pointer
    /// of published batches.
    ///
    /// # Errors
    /// What `work` gives, or the engine.
    pub fn glance<T>(
        &self,
        territory: Territory,
        work: impl FnOnce(&mut Snapshot<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|connection| {
            connection.enter(territory)?;
            work(&mut Snapshot::glance(connection, &self.memory, territory))
        })
    }

    /// Lets go of what was read of people for whom nobody has asked since the turn before.
    pub fn turn_memory(&self) {
        self.memory.turn();
    }

    /// One interactive write transaction.
    pub(crate) fn write<T>(
        &self,
        territory: Territory,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let _turn = self.turnstile.enter()?;
        self.with(|connection| connection.transaction(territory, Kind::Write, work))
    }

    pub(crate) fn group(&self) -> &Group {
        &self.group
    }

    pub(crate) fn turnstile(&self) -> &Turnstile {
        &self.turnstile
    }

    /// A connection for a piece of work that keeps it for long; it is closed at the end.
    pub(crate) fn connection(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => Connection::open(&self.address),
        }
    }

    /// Closes the connections that nobody works on.
    pub(crate) fn close_idle(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    /// A piece of work on a connection, outside any transaction.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection()?;
        let done = work(&mut connection);
        // A connection that failed may be broken: only those that served well are kept.
        if done.is_ok() {
            self.give_back(connection);
        }
        done
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("address", &self.address).finish_non_exhaustive()
    }
}
