//! What was deleted leaves bytes behind: in free pages, in pages that other rows still use, in the write-ahead log, in what the
//! planner knows of a column. Tables are written again without them.

use std::time::{Duration, Instant};

use super::Destroying;
use crate::connection::{Connection, PostgresSession};
use crate::{Store, StoreAddress, StoreError};

/// Every table of the store.
const TABLES: &str =
    "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";
/// How long whoever reads is waited for, table by table.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two tries.
const NEXT: Duration = Duration::from_millis(500);

/// Where bytes of what was destroyed may still lie, outside the engine's own live files: for the certificate, in French and in
/// English.
pub fn remains(address: &StoreAddress) -> (&'static str, &'static str) {
    match address {
        StoreAddress::Sqlite(_) => (
            "le fichier de la base a été réécrit et son journal vidé ; restent les copies faites autrement que par \
             `liant store backup`, et les blocs que le système de fichiers a libérés",
            "the database file was written again and its log emptied; what is left lies in copies made otherwise than \
             by `liant store backup`, and in blocks that the file system has freed",
        ),
        StoreAddress::Postgres(_) => (
            "les tables et leurs index ont été réécrits ; restent le journal de transactions (WAL) du serveur jusqu’à son \
             recyclage, ses archives et répliques, les copies faites autrement que par `liant store backup`, et les \
             blocs que le système de fichiers a libérés",
            "tables and their indexes were written again; what is left lies in the server's transaction log (WAL) until \
             it is recycled, in its archives and replicas, in copies made otherwise than by `liant store backup`, and in \
             blocks that the file system has freed",
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
        compact(&mut self.connection, store)
    }
}

pub(crate) fn compact(connection: &mut Connection, store: &Store) -> Result<(), StoreError> {
    // A connection that lies idle keeps nothing of what it read; it may hold a place in the log.
    store.close_idle();
    match connection {
        Connection::Sqlite(connection) => {
            connection.flush_prepared_statement_cache();
            // The copy of the whole store that is made on the way goes to a file, which has no name.
            connection.execute_batch("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY;")?;
            let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
            if busy == 0 { Ok(()) } else { Err(StoreError::StillRead) }
        }
        Connection::Postgres(session) => {
            let tables = session.client.query(TABLES, &[])?;
            for table in &tables {
                let table: String = table.try_get(0)?;
                if !rewrite(session, &format!("VACUUM (FULL, VERBOSE, ANALYZE) {table}"))? {
                    return Err(StoreError::Engine("VACUUM does not say what it kept".to_owned()));
                }
            }
            // What the planner knew of columns before; a role that does not own the database is told that it may not.
            rewrite(session, "VACUUM (FULL, VERBOSE) pg_statistic").map(drop)
        }
    }
}

/// Writes a table again. Rows that a transaction may still see are written too: it is done again until there is none. Whether the
/// server said so.
fn rewrite(session: &mut PostgresSession, sql: &str) -> Result<bool, StoreError> {
    let began = Instant::now();
    loop {
        match session.vacuum(sql)? {
            Some(0) => return Ok(true),
            None => return Ok(false),
            Some(_) if began.elapsed() >= PATIENCE => {
                return Err(StoreError::StillRead);
            }
            Some(_) => std::thread::sleep(NEXT),
        }
    }
}
