//! What must pass before a change is kept.

use crate::browser;
use crate::mail::MailServer;
use crate::postgres::{Durability, Server};
use crate::press;
use crate::process::{cargo, finish, root, run};
use crate::tools::{DENY, NEXTEST};
use anyhow::Result;
use std::process::{Command, ExitCode};

/// The variable that names a PostgreSQL server to the tests.
const POSTGRES: &str = "LIANT_TEST_POSTGRES";
/// The variable that names its superuser, for the tests that look into the server's files.
const POSTGRES_ADMIN: &str = "LIANT_TEST_POSTGRES_ADMIN";

/// What the fast lane leaves out: the oracle builds Cedar, some hundred crates, and nothing stands on it.
const SLOW: [&str; 2] = ["--exclude", "oracle"];

/// The fast lane: format, lints, tests without PostgreSQL.
pub(crate) fn check() -> Result<ExitCode> {
    format()?;
    lints(&SLOW)?;
    tests(nextest()?.args(SLOW).env_remove("CI").env_remove(POSTGRES).env_remove(POSTGRES_ADMIN))
}

/// The whole gate, cheap failures first; the summary of the test runner comes last.
pub(crate) fn test() -> Result<ExitCode> {
    format()?;
    dependencies()?;
    lints(&[])?;
    run(cargo(&["doc", "--locked", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let mut runner = nextest()?;
    let (server, mail) = (Server::start(Durability::Memory)?, MailServer::start()?);
    run(cargo(&["test", "--locked", "--quiet", "--workspace", "--doc"]).env(POSTGRES, server.url()))?;
    runner.env(POSTGRES, server.url()).env(POSTGRES_ADMIN, server.admin_url()).envs(mail.variables());
    let outcome = tests(&mut runner)?;
    if outcome != ExitCode::SUCCESS {
        return Ok(outcome);
    }
    press::test()?;
    press::build(false)?;
    browser::test()
}

fn format() -> Result<()> {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn lints(left_out: &[&str]) -> Result<()> {
    let mut clippy = cargo(&["clippy", "--locked", "--workspace", "--all-targets"]);
    run(clippy.args(left_out).args(["--", "-D", "warnings"]))
}

/// Licences, forbidden crates, and where every crate comes from.
fn dependencies() -> Result<()> {
    let mut deny = Command::new(DENY.program()?);
    run(deny
        .args(["--locked", "--log-level", "error", "check", "licenses", "bans", "sources"])
        .current_dir(root()))?;
    press::dependencies()
}

fn nextest() -> Result<Command> {
    let mut command = Command::new(NEXTEST.program()?);
    command.args(["nextest", "run", "--locked", "--workspace", "--no-tests=warn"]).current_dir(root());
    Ok(command)
}

/// Runs the test runner, whose own summary is the last word, whatever it is.
fn tests(runner: &mut Command) -> Result<ExitCode> {
    Ok(if finish(runner)?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
