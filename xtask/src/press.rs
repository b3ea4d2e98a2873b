//! The press: a workspace of its own, built beside the program.

use crate::packages;
use crate::process::{cargo, on_path, root, run, target};
use crate::tools::{DENY, NEXTEST};
use anyhow::Result;
use std::process::Command;

/// Builds `liant-press` beside `liant`.
pub(crate) fn build(release: bool) -> Result<()> {
    let mut command = of_the_press(cargo(&["build"]));
    if release {
        command.arg("--release");
    }
    run(&mut command)
}

/// Licences of what it brings, and where it comes from.
pub(crate) fn dependencies() -> Result<()> {
    let mut deny = Command::new(DENY.program()?);
    deny.args(["--locked", "--log-level", "error", "--manifest-path", "press/Cargo.toml", "check"]);
    run(deny.args(["--config", "deny.toml", "licenses", "bans", "sources"]).current_dir(root()))
}

/// Its format, lints and tests. An independent reader of PDF (poppler) judges what it makes.
pub(crate) fn test() -> Result<()> {
    if ["pdftotext", "pdfinfo"].iter().any(|program| on_path(program).is_none()) {
        packages::install(&["poppler-utils"])?;
    }
    run(cargo(&["fmt", "--check", "--manifest-path", "press/Cargo.toml"]).env("CARGO_TARGET_DIR", target()))?;
    run(of_the_press(cargo(&["clippy"])).args(["--all-targets", "--", "-D", "warnings"]))?;
    let mut tests = Command::new(NEXTEST.program()?);
    tests.args(["nextest", "run"]).current_dir(root());
    run(&mut of_the_press(tests))
}

fn of_the_press(mut command: Command) -> Command {
    command.args(["--locked", "--manifest-path", "press/Cargo.toml"]).env("CARGO_TARGET_DIR", target());
    command
}
