//! Engines for tests: every test of the store runs on each of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "test support: a failure here is a failed test"
)]

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use liant_model::Instant;
use liant_store::{Store, StoreAddress};
use liant_vault::{KeyFile, Keyring, Protection};

/// The variable that names a PostgreSQL server for tests, as a URL of a role that may create databases.
/// `cargo xtask test` starts a server and sets it.
pub const POSTGRES: &str = "LIANT_TEST_POSTGRES";

/// The variable that names a superuser of the same server, as a URL: for the tests that look into its files.
pub const POSTGRES_ADMIN: &str = "LIANT_TEST_POSTGRES_ADMIN";

/// A fresh, empty store, gone when dropped.
pub struct TestStore {
    /// Name of the engine, for messages.
    pub engine: &'static str,
    /// Where it is.
    pub address: StoreAddress,
    /// The store.
    pub store: Store,
    database: Option<(String, String)>,
    _folder: Option<tempfile::TempDir>,
}

/// A store on each engine. Without a PostgreSQL server named in the environment SQLite stands alone, except in CI,
/// where that is a failure.
pub fn every_engine() -> Vec<TestStore> {
    let mut stores = vec![sqlite()];
    match std::env::var(POSTGRES) {
        Ok(server) => stores.push(postgres(&server)),
        Err(_) => assert!(std::env::var_os("CI").is_none(), "{POSTGRES} is not set: run `cargo xtask test`"),
    }
    stores
}

/// Writes a new key file, as an installation has one.
pub fn key_file(path: &Path) {
    let keys = Keyring::generate(Instant::from_micros(0)).unwrap();
    KeyFile::at(path).create(&keys, Protection::Clear).unwrap();
}

/// A store in a SQLite file.
pub fn sqlite() -> TestStore {
    let folder = tempfile::tempdir().unwrap();
    let address = StoreAddress::Sqlite(folder.path().join("liant.db"));
    let store = Store::open(&address).unwrap();
    TestStore { engine: "sqlite", address, store, database: None, _folder: Some(folder) }
}

/// A store in a database of its own on the PostgreSQL server `server`.
pub fn postgres(server: &str) -> TestStore {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("liant_test_{}_{number}", std::process::id());
    let mut client = postgres::Client::connect(server, postgres::NoTls).unwrap();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    let (base, _) = server.rsplit_once('/').unwrap_or_else(|| panic!("{POSTGRES} names no database"));
    let address: StoreAddress = format!("{base}/{name}").parse().unwrap();
    let store = Store::open(&address).unwrap();
    TestStore { engine: "postgres", address, store, database: Some((server.to_owned(), name)), _folder: None }
}

impl TestStore {
    /// Where it is, as the settings of an installation say it.
    pub fn place(&self) -> String {
        match &self.address {
            StoreAddress::Sqlite(path) => path.display().to_string(),
            StoreAddress::Postgres(url) => url.clone(),
        }
    }

    /// The rows of a query on the data of a territory, each as one text: to hold what two stores contain against each other.
    pub fn rows(&self, territory: &str, sql: &str) -> Vec<String> {
        match (&self.address, &self.database) {
            (StoreAddress::Sqlite(path), _) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                let mut statement = connection.prepare(sql).unwrap();
                let columns = statement.column_count();
                let rows = statement.query_map([], |row| {
                    let cell = |place| Ok(format!("{:?}", row.get::<_, rusqlite::types::Value>(place)?));
                    Ok((0..columns).map(cell).collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
                });
                rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
            }
            (StoreAddress::Postgres(url), _) => {
                let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
                client.batch_execute(&format!("SET liant.territory = '{territory}'")).unwrap();
                let messages = client.simple_query(sql).unwrap();
                let rows = messages.iter().filter_map(|message| match message {
                    postgres::SimpleQueryMessage::Row(row) => Some(row),
                    _ => None,
                });
                rows.map(|row| {
                    (0..row.len()).map(|place| format!("{:?}", row.get(place))).collect::<Vec<_>>().join("|")
                })
                .collect()
            }
        }
    }
}

impl TestStore {
    /// Runs statements on the data of a territory in a transaction that commits once `other` waits for it, or is done: of two acts at
    /// once, the order that is worst. SQLite has one writer at a time: there it commits before.
    pub fn commit_under(&self, territory: &str, sql: &str, other: impl FnOnce() + Send) {
        match &self.address {
            StoreAddress::Sqlite(path) => {
                rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
                other();
            }
            StoreAddress::Postgres(url) => {
                let connect = || postgres::Client::connect(url, postgres::NoTls).unwrap();
                let (mut first, mut watch) = (connect(), connect());
                first
                    .batch_execute(&format!("BEGIN; SET LOCAL liant.territory = '{territory}'; {sql}"))
                    .unwrap();
                let waiting = "SELECT 1 FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'";
                std::thread::scope(|scope| {
                    let second = scope.spawn(other);
                    while !second.is_finished() && watch.query(waiting, &[]).unwrap().is_empty() {
                        std::thread::yield_now();
                    }
                    first.batch_execute("COMMIT").unwrap();
                });
            }
        }
    }

    /// Has the planner learn what every column holds, as PostgreSQL does by itself now and then.
    pub fn learn(&self) {
        match &self.address {
            StoreAddress::Sqlite(path) => {
                rusqlite::Connection::open(path).unwrap().execute_batch("ANALYZE").unwrap();
            }
            StoreAddress::Postgres(url) => {
                postgres::Client::connect(url, postgres::NoTls).unwrap().batch_execute("ANALYZE").unwrap();
            }
        }
    }

    /// Every byte of the engine's live files of this store: SQLite's file with its log and its index of the log, PostgreSQL's
    /// files of the database, which its server reads for a superuser. None, with the reason on standard error, when none is
    /// named in [`POSTGRES_ADMIN`].
    #[expect(clippy::print_stderr, reason = "a test that looks at less than it could says so")]
    pub fn files(&self) -> Option<Vec<u8>> {
        let mut all = Vec::new();
        match (&self.address, &self.database) {
            (StoreAddress::Sqlite(path), _) => {
                for suffix in ["", "-wal", "-shm", "-journal"] {
                    let mut name = path.as_os_str().to_owned();
                    name.push(suffix);
                    all.extend(std::fs::read(Path::new(&name)).unwrap_or_default());
                }
            }
            (StoreAddress::Postgres(url), _) => {
                let Ok(admin) = std::env::var(POSTGRES_ADMIN) else {
                    eprintln!("PostgreSQL's files are not looked at: {POSTGRES_ADMIN} names no superuser");
                    return None;
                };
                let (base, _) = admin.rsplit_once('/').unwrap();
                let (_, name) = url.rsplit_once('/').unwrap();
                let mut client =
                    postgres::Client::connect(&format!("{base}/{name}"), postgres::NoTls).unwrap();
                // What still lies in the server's memory is written to its files.
                client.batch_execute("CHECKPOINT").unwrap();
                let files = client.query(
                    "SELECT pg_read_binary_file('base/' || oid || '/' || file, 0, 1 << 26, true) FROM pg_database, pg_ls_dir('base/' || oid) AS file
                     WHERE datname = current_database()",
                    &[],
                );
                for row in files.unwrap() {
                    all.extend(row.get::<_, Option<Vec<u8>>>(0).unwrap_or_default());
                }
            }
        }
        Some(all)
    }

    /// Everything that the rows of the store's tables hold, texts and bytes one after the other.
    pub fn content(&self, territory: &str) -> Vec<u8> {
        let mut all = Vec::new();
        match &self.address {
            StoreAddress::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                let mut tables =
                    connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
                let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
                for name in names {
                    let mut statement =
                        connection.prepare(&format!("SELECT * FROM {}", name.unwrap())).unwrap();
                    let columns = statement.column_count();
                    let mut rows = statement.query([]).unwrap();
                    while let Some(row) = rows.next().unwrap() {
                        for place in 0..columns {
                            match row.get::<_, rusqlite::types::Value>(place).unwrap() {
                                rusqlite::types::Value::Text(text) => all.extend(text.into_bytes()),
                                rusqlite::types::Value::Blob(bytes) => all.extend(bytes),
                                _ => {}
                            }
                            all.push(b'\n');
                        }
                    }
                }
            }
            StoreAddress::Postgres(url) => {
                let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
                client.batch_execute(&format!("SET liant.territory = '{territory}'")).unwrap();
                let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'";
                for name in client.query(tables, &[]).unwrap() {
                    let name: String = name.get(0);
                    for message in client.simple_query(&format!("SELECT * FROM {name}")).unwrap() {
                        let postgres::SimpleQueryMessage::Row(row) = message else { continue };
                        for cell in (0..row.len()).filter_map(|place| row.get(place)) {
                            match cell.strip_prefix("\\x") {
                                Some(digits) => all.extend(unhex(digits)),
                                None => all.extend(cell.bytes()),
                            }
                            all.push(b'\n');
                        }
                    }
                }
            }
        }
        all
    }
}

fn unhex(digits: &str) -> impl Iterator<Item = u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
}

impl Drop for TestStore {
    fn drop(&mut self) {
        let Some((server, name)) = &self.database else { return };
        // A leftover database is a nuisance, not a failure.
        if let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls) {
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}
