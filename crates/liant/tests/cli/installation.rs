//! An installation made by `liant init`, and the command run on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use liant_audit::Entry;
use liant_model::{IdentityId, PersonId, Source};
use serde_json::Value;
use tempfile::TempDir;
use testkit::TestStore;

use crate::files::territory;
use crate::rows::{Rows, Watch};

/// A folder with settings, keys and conventions, and a store on one engine.
pub(crate) struct Installation {
    test: TestStore,
    folder: TempDir,
}

/// How a command ended, and what it said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// An installation on each engine.
pub(crate) fn every_engine() -> impl Iterator<Item = Installation> {
    testkit::every_engine().into_iter().map(Installation::on)
}

/// The command's file.
pub(crate) const LIANT: &str = env!("CARGO_BIN_EXE_liant");

/// A program that is given nothing of this process's settings.
pub(crate) fn program(path: &str) -> Command {
    let mut command = Command::new(path);
    for name in ["LIANT_CONFIG", "LIANT_AS", "LIANT_LANG"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C").stdin(Stdio::null());
    command
}

impl Installation {
    /// On a SQLite file.
    pub(crate) fn sqlite() -> Self {
        Self::on(testkit::sqlite())
    }

    fn on(test: TestStore) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let installation = Self { test, folder };
        let made = installation.bare(&["init", "--dir", ".", "--store", &installation.address()]);
        assert_eq!(made.code, Some(0), "{made:?}");
        // The shipped convention ends in 2028; these tests do not.
        installation.edit_convention("years = 4 }", "years = 60 }");
        installation
    }

    pub(crate) fn engine(&self) -> &'static str {
        self.test.engine
    }

    /// The address of the store, as `--store` takes it.
    pub(crate) fn address(&self) -> String {
        let shown = self.test.address.to_string();
        if self.engine() == "sqlite" {
            return shown;
        }
        // What is shown hides who connects: the server's own URL says it.
        let (_, database) = shown.rsplit_once('/').unwrap();
        let server = std::env::var(testkit::POSTGRES).unwrap();
        let (server, _) = server.rsplit_once('/').unwrap();
        format!("{server}/{database}")
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the folder; gives its name.
    pub(crate) fn write<'n>(&self, name: &'n str, bytes: &[u8]) -> &'n str {
        fs::write(self.path(name), bytes).unwrap();
        name
    }

    /// Replaces a text that stands in the exchange convention.
    pub(crate) fn edit_convention(&self, from: &str, to: &str) {
        let path = self.path("conventions/62-echange-rsa.toml");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "the convention does not say `{from}`");
        fs::write(&path, text.replace(from, to)).unwrap();
    }

    /// The command in the folder of the installation, without an actor.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(LIANT);
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    /// Runs a command that needs no actor.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().unwrap())
    }

    /// Runs a command as an actor.
    pub(crate) fn run(&self, actor: &str, arguments: &[&str]) -> Said {
        Said::of(self.command(&["--as", actor]).args(arguments).output().unwrap())
    }

    /// Runs a command that must succeed, with `--json`; gives what it printed.
    pub(crate) fn json(&self, actor: &str, arguments: &[&str]) -> Value {
        let said = self.run(actor, &[arguments, &["--json"]].concat());
        assert_eq!(said.code, Some(0), "{}: {arguments:?}: {said:?}", self.engine());
        said.json()
    }

    /// Imports a file as the technician; gives the report.
    pub(crate) fn import(&self, file: &str) -> Value {
        self.json("technician", &["flux", "import", file])
    }

    /// Every row of the store.
    pub(crate) fn rows(&self) -> Rows {
        Rows::read(self.engine(), &self.address())
    }

    /// Every entry of the audit log.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let read = self.test.store.audit_log(territory(), |leaf| {
            let (_, payload) = leaf.content.unwrap();
            entries.push(Entry::decode(&payload).unwrap());
            Ok(())
        });
        read.unwrap();
        entries
    }

    /// The person of France Travail's stock who goes under this regional code and identifier.
    pub(crate) fn person_of(&self, (region, identifier): &(String, String)) -> String {
        self.person_where(|key| key.contains(region.as_str()) && key.contains(identifier.as_str()))
    }

    /// Some person of France Travail's stock.
    pub(crate) fn person_of_anyone(&self) -> String {
        self.person_where(|_| true)
    }

    fn person_where(&self, wanted: impl Fn(&str) -> bool) -> String {
        let mut found = None;
        let read = self.test.store.read(territory(), |snapshot| {
            snapshot.present(&Source::FRANCE_TRAVAIL, |_, key, person| {
                if wanted(&key) {
                    found.get_or_insert(person);
                }
                Ok(())
            })
        });
        read.unwrap();
        found.unwrap().to_string()
    }

    /// The people whom a source knows now.
    pub(crate) fn people_of(&self, source: &str) -> Vec<String> {
        let mut people = Vec::new();
        let read = self.test.store.read(territory(), |snapshot| {
            snapshot.present(&source.parse().unwrap(), |_, _, person| {
                people.push(person.to_string());
                Ok(())
            })
        });
        read.unwrap();
        people
    }

    /// The source identities gathered in a person.
    pub(crate) fn gathered_in(&self, person: PersonId) -> BTreeSet<IdentityId> {
        let links = self.test.store.read(territory(), |snapshot| snapshot.links_of_person(person)).unwrap();
        links.into_iter().map(|link| link.identity).collect()
    }

    /// What readers see: the batch they see up to, and how many people of each source there are.
    pub(crate) fn seen(&self) -> (i64, Vec<(String, i64)>, i64) {
        let read = self.test.store.read(territory(), |snapshot| {
            let (sources, persons) = snapshot.counts()?;
            Ok((snapshot.published()?.0, sources, persons))
        });
        read.unwrap()
    }

    /// What follows an import from outside.
    pub(crate) fn watch(&self) -> Watch {
        Watch::of(self.engine(), &self.address())
    }

    /// A server frees the lock of a dead session when it learns that it is dead; a file's is free at once.
    pub(crate) fn wait_until_the_lock_is_free(&self) {
        let mut watch = self.watch();
        while watch.is_locked() {
            std::thread::yield_now();
        }
    }

    /// The store's file, on SQLite.
    pub(crate) fn database(&self) -> PathBuf {
        assert_eq!(self.engine(), "sqlite", "only SQLite has a file");
        PathBuf::from(self.address())
    }
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}
