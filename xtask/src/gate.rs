//! What must pass before a change is kept.

use crate::postgres::{Durability, Server};
use crate::process::{cargo, root, run};
use crate::tools::{DENY, NEXTEST};
use anyhow::Result;
use std::process::Command;

/// The variable that names a PostgreSQL server to the tests.
const POSTGRES: &str = "LIANT_TEST_POSTGRES";

/// The fast lane: format, lints, tests without PostgreSQL.
pub(crate) fn check() -> Result<()> {
    format()?;
    lints()?;
    run(nextest()?.env_remove("CI").env_remove(POSTGRES))
}

/// The whole gate, cheap failures first; the summary of the test runner comes last.
pub(crate) fn test() -> Result<()> {
    format()?;
    dependencies()?;
    lints()?;
    run(cargo(&["doc", "--locked", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let mut tests = nextest()?;
    let server = Server::start(Durability::Memory)?;
    run(cargo(&["test", "--locked", "--quiet", "--workspace", "--doc"]).env(POSTGRES, server.url()))?;
    run(tests.env(POSTGRES, server.url()))
}

fn format() -> Result<()> {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn lints() -> Result<()> {
    run(&mut cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Licences, forbidden crates, and where every crate comes from.
fn dependencies() -> Result<()> {
    let mut deny = Command::new(DENY.program()?);
    run(deny
        .args(["--locked", "--log-level", "error", "check", "licenses", "bans", "sources"])
        .current_dir(root()))
}

fn nextest() -> Result<Command> {
    let mut command = Command::new(NEXTEST.program()?);
    command.args(["nextest", "run", "--locked", "--workspace", "--no-tests=warn"]).current_dir(root());
    Ok(command)
}
