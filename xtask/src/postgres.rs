//! A PostgreSQL server of our own: on the loopback address, in a folder that goes with it.

use crate::packages;
use crate::process::{is_root, on_path, run};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Starts a server, says so, then waits for the end of its standard input, stops the server and removes the folder. It
/// outlives whoever started it, so nothing is left behind when that one is interrupted or killed.
const KEEPER: &str = include_str!("postgres.sh");

/// Whether a commit waits for the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// As in production.
    Disk,
    /// Data are worth nothing after the run.
    Memory,
}

/// A running server; stopped and removed when dropped.
pub(crate) struct Server {
    programs: PathBuf,
    keeper: Child,
    port: u16,
}

impl Server {
    /// Starts a server with a role `liant` (may create databases, not a superuser) and a database of the same name.
    /// PostgreSQL's programs are installed first when absent.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = programs()?;
        // Another process may take the free port before the server does.
        let mut last = None;
        for _ in 0..3 {
            match Self::start_on(&programs, free_port()?, durability) {
                Ok(server) => return Ok(server),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| anyhow::anyhow!("PostgreSQL did not start")))
    }

    fn start_on(programs: &Path, port: u16, durability: Durability) -> Result<Self> {
        // PostgreSQL refuses to run as root; Debian's package brings a user for it.
        let root = is_root()?;
        let mut command = Command::new(if root { "runuser" } else { "sh" });
        if root {
            command.args(["-u", "postgres", "--", "sh"]).env_remove("TMPDIR");
        }
        let sync = if durability == Durability::Disk { "on" } else { "off" };
        command.args(["-c", KEEPER, "postgres.sh"]).arg(programs).args([&port.to_string(), sync]);
        // A group of its own: Ctrl-C must not reach it before its turn.
        command.current_dir("/").process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = command.spawn().context("cannot start the keeper of PostgreSQL")?;
        let mut said = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        if said.trim() != "ready" {
            drop(keeper.stdin.take());
            let status = keeper.wait()?;
            bail!("PostgreSQL did not start on port {port} ({status})");
        }
        Ok(Self { programs: programs.to_path_buf(), keeper, port })
    }

    /// The address of the database `liant`, as its owner.
    pub(crate) fn url(&self) -> String {
        self.url_of("liant")
    }

    /// The address of the server's superuser.
    pub(crate) fn admin_url(&self) -> String {
        self.admin_url_of("postgres")
    }

    fn admin_url_of(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes the database `name` anew, empty.
    pub(crate) fn empty(&self, name: &str) -> Result<()> {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.url_of("postgres")]);
        command.args(["-c", "SET client_min_messages TO warning"]);
        command.args(["-c", &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]);
        run(command.args(["-c", &format!("CREATE DATABASE {name}")]))
    }

    /// Does now what the server would do by itself in the minutes after a load: what is measured next is the work alone.
    pub(crate) fn settle(&self, database: &str) -> Result<()> {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-q", "-v", "ON_ERROR_STOP=1", "-d", &self.admin_url_of(database)]);
        run(command.args(["-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"]))
    }

    /// The address of a database, as its owner.
    pub(crate) fn url_of(&self, database: &str) -> String {
        format!("postgres://liant@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // Nothing can be done about a failure here, and the keeper has said why.
        let _ = self.keeper.wait();
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?.local_addr()?.port())
}

/// The folder of `initdb` and its companions.
fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed() {
        return Ok(folder);
    }
    packages::install(&["postgresql"])?;
    installed().context("the package postgresql is installed, but initdb is not found")
}

fn installed() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.pop() {
        return Some(folder);
    }
    on_path("initdb").and_then(|path| path.parent().map(Path::to_path_buf))
}
