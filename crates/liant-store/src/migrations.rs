use crate::connection::Connection;
use crate::lock::SchemaLock;
use crate::{StoreAddress, StoreError};

mod sqlite {
    refinery::embed_migrations!("migrations/sqlite");
}

mod postgres {
    refinery::embed_migrations!("migrations/postgres");
}

/// The number of the last migration there is.
pub(crate) fn known() -> u32 {
    let last = sqlite::migrations::runner().get_migrations().iter().map(refinery::Migration::version).max();
    last.unwrap_or_default().unsigned_abs()
}

/// Brings the schema up to date, one process at a time. A schema newer than this binary is refused.
pub(crate) fn run(address: &StoreAddress, connection: &mut Connection) -> Result<(), StoreError> {
    let _alone = SchemaLock::take(address, connection)?;
    let fault = |error: refinery::Error| StoreError::Migration(error.to_string());
    match connection {
        Connection::Sqlite(connection) => {
            // The file keeps both. SQLite waits for nobody while it changes the journal: hence under the lock.
            connection.execute_batch("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;")?;
            sqlite::migrations::runner().run(connection).map(drop).map_err(fault)
        }
        Connection::Postgres(session) => {
            let done = postgres::migrations::runner().run(&mut session.client).map(drop).map_err(fault);
            SchemaLock::free(&mut session.client)?;
            done
        }
    }
}
