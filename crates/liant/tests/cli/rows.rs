//! What lies in a store, read by another hand than the product's: every row of every table, as text.

use std::collections::BTreeMap;

/// Every row, by table.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Rows(BTreeMap<String, Vec<String>>);

/// Tables that tell what was tried; of `batch` and `territory`, [`PUBLISHED`] is what readers see.
const TRACES: [&str; 4] = ["batch", "territory", "audit_entry", "checkpoint"];
/// The pointer that readers follow, and the files that were published.
const PUBLISHED: &str = "SELECT territory.published, batch.batch_no, batch.flow, batch.reference_date, batch.file_name, batch.counts
     FROM territory JOIN batch ON batch.territory_id = territory.territory_id AND batch.state = 'published'";

impl Rows {
    pub(crate) fn read(engine: &str, address: &str) -> Self {
        let mut reader = if engine == "sqlite" { Reader::sqlite(address) } else { Reader::postgres(address) };
        let tables = reader.tables();
        let mut rows: BTreeMap<_, _> = tables
            .into_iter()
            .filter(|table| table != "refinery_schema_history")
            .map(|table| (table.clone(), reader.rows(&format!("SELECT * FROM {table}"))))
            .collect();
        rows.insert("published".to_owned(), reader.rows(PUBLISHED));
        Self(rows)
    }

    /// What readers can see, and all that lies behind it: everything but the traces of what was tried.
    pub(crate) fn matter(&self) -> Self {
        let matter = self.0.iter().filter(|(table, _)| !TRACES.contains(&table.as_str()));
        Self(matter.map(|(table, rows)| (table.clone(), rows.clone())).collect())
    }

    /// The rows of a table.
    pub(crate) fn of(&self, table: &str) -> &[String] {
        &self.0[table]
    }
}

impl std::fmt::Debug for Rows {
    /// How many rows each table has: a failed comparison need not print them all.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.0.iter().map(|(table, rows)| (table, rows.len()))).finish()
    }
}

enum Reader {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Client),
}

impl Reader {
    fn sqlite(path: &str) -> Self {
        Self::Sqlite(rusqlite::Connection::open(path).unwrap())
    }

    fn postgres(url: &str) -> Self {
        let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
        client.batch_execute("SET liant.territory = '62'").unwrap();
        Self::Postgres(client)
    }

    fn tables(&mut self) -> Vec<String> {
        match self {
            Self::Sqlite(connection) => {
                let mut names =
                    connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
                names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
            }
            Self::Postgres(client) => {
                let names =
                    client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", &[]).unwrap();
                names.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    fn rows(&mut self, select: &str) -> Vec<String> {
        let mut rows: Vec<String> = match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare(select).unwrap();
                let columns = statement.column_count();
                let line = |row: &rusqlite::Row<'_>| {
                    let cells = (0..columns).map(|column| Ok(format!("{:?}", row.get_ref(column)?)));
                    Ok(cells.collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
                };
                statement.query_map([], line).unwrap().map(Result::unwrap).collect()
            }
            Self::Postgres(client) => {
                let select = format!("SELECT CAST(found AS TEXT) FROM ({select}) AS found");
                client.query(&select, &[]).unwrap().iter().map(|row| row.get(0)).collect()
            }
        };
        rows.sort();
        rows
    }
}

/// Looks again and again at an import that is under way.
pub(crate) struct Watch(Reader);

impl Watch {
    pub(crate) fn of(engine: &str, address: &str) -> Self {
        Self(if engine == "sqlite" { Reader::sqlite(address) } else { Reader::postgres(address) })
    }

    /// The batch that is loading, and how many source identities lie in the store.
    pub(crate) fn look(&mut self) -> (Option<i64>, i64) {
        const LOADING: &str = "SELECT MAX(batch_no) FROM batch WHERE state = 'loading'";
        const IDENTITIES: &str = "SELECT COUNT(*) FROM identity";
        match &mut self.0 {
            Reader::Sqlite(connection) => {
                let one = |sql| connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)).unwrap();
                (one(LOADING), one(IDENTITIES).unwrap())
            }
            Reader::Postgres(client) => {
                let mut one = |sql| client.query_one(sql, &[]).unwrap().get::<_, Option<i64>>(0);
                (one(LOADING), one(IDENTITIES).unwrap())
            }
        }
    }

    /// Whether a session of this database holds an import's lock.
    pub(crate) fn is_locked(&mut self) -> bool {
        const LOCKS: &str =
            "SELECT COUNT(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
            WHERE locktype = 'advisory' AND datname = current_database()";
        match &mut self.0 {
            Reader::Sqlite(_) => false,
            Reader::Postgres(client) => client.query_one(LOCKS, &[]).unwrap().get::<_, i64>(0) > 0,
        }
    }
}
