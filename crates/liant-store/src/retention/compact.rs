//! What was deleted leaves bytes behind: in free pages, in pages that other rows still use, in the write-ahead log, in what the
//! planner knows of a column. Tables are written again without them.

use super::Destroying;
use crate::connection::Connection;
use crate::{Store, StoreAddress, StoreError};

/// Everything that holds people's data, or ids of people.
const TABLES: [&str; 23] = [
    "fact",
    "identity",
    "nir_entry",
    "person",
    "link",
    "member",
    "review",
    "reject",
    "orientation",
    "follow",
    "designation",
    "address_protection",
    "wider_search",
    "look_up",
    "own_record",
    "opening",
    "event",
    "access_record",
    "audit_entry",
    "directory",
    "directory_profile",
    "directory_word",
    "directory_due",
];

/// Where bytes of what was destroyed may still lie, outside the engine's own live files: for the certificate, in French and in
/// English.
pub fn remains(address: &StoreAddress) -> (&'static str, &'static str) {
    match address {
        StoreAddress::Sqlite(_) => (
            "le fichier de la base a été réécrit et son journal vidé ; restent les sauvegardes déjà faites, jusqu’à leur \
             terme, et les blocs que le système de fichiers a libérés",
            "the database file was written again and its log emptied; what is left lies in backups made before, until \
             they end, and in blocks that the file system has freed",
        ),
        StoreAddress::Postgres(_) => (
            "les tables et leurs index ont été réécrits ; restent le journal de transactions (WAL) du serveur jusqu’à son \
             recyclage, ses archives et répliques, les sauvegardes déjà faites, jusqu’à leur terme, et les blocs que le \
             système de fichiers a libérés",
            "tables and their indexes were written again; what is left lies in the server's transaction log (WAL) until \
             it is recycled, in its archives and replicas, in backups made before, until they end, and in blocks that the \
             file system has freed",
        ),
    }
}

impl Destroying {
    /// Writes again whatever held what went, so that no byte of it is left in the engine's live files. Writers, and on PostgreSQL
    /// readers of the table at hand, wait meanwhile; it needs as much room as the store has.
    ///
    /// # Errors
    /// When the engine refuses, or someone reads the store for so long that its log cannot be emptied: the run is then not
    /// ended, and the next one goes on here.
    pub fn compact(&mut self, store: &Store) -> Result<(), StoreError> {
        self.clear_up()?;
        // A connection that lies idle keeps nothing of what it read; it may hold a place in the log.
        store.close_idle();
        match &mut self.connection {
            Connection::Sqlite(connection) => {
                connection.flush_prepared_statement_cache();
                // The copy of the whole store that is made on the way goes to a file, which has no name.
                connection.execute_batch("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY;")?;
                let busy: i64 =
                    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
                if busy == 0 { Ok(()) } else { Err(StoreError::Conflict { what: "the log of the store" }) }
            }
            Connection::Postgres(session) => {
                for table in TABLES {
                    session.client.batch_execute(&format!("VACUUM (FULL, ANALYZE) {table}"))?;
                }
                // What the planner knew of columns before; a role that does not own the database is told that it may not.
                session.client.batch_execute("VACUUM (FULL) pg_statistic")?;
                Ok(())
            }
        }
    }
}
