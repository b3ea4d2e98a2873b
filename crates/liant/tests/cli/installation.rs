//! An installation made by `liant init`, and the command run on it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use testkit::TestStore;

use crate::rows::Rows;

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

/// The command, with nothing of this process's settings.
pub(crate) fn liant() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_liant"));
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
        let mut command = liant();
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
