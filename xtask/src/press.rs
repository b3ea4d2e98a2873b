//! The press: a workspace of its own, built beside the program.

use crate::packages;
use crate::process::{cache, cargo, on_path, root, run, target};
use crate::tools::{DENY, NEXTEST};
use anyhow::{Context, Result};
use std::path::PathBuf;
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

/// The checker of PDF/UA-1, from PyPI: what a machine can check of the Matterhorn protocol.
const CHECKER: (&str, &str) = ("outloud", "0.2.1");

/// Its format, lints and tests. Readers of PDF that share no code with it judge what it makes, and a checker of PDF/UA-1.
pub(crate) fn test() -> Result<()> {
    if ["pdftotext", "pdfinfo"].iter().any(|program| on_path(program).is_none()) {
        packages::install(&["poppler-utils"])?;
    }
    run(cargo(&["fmt", "--check", "--manifest-path", "press/Cargo.toml"]).env("CARGO_TARGET_DIR", target()))?;
    run(of_the_press(cargo(&["clippy"])).args(["--all-targets", "--", "-D", "warnings"]))?;
    let mut tests = Command::new(NEXTEST.program()?);
    let samples = target().join("press-samples");
    std::fs::create_dir_all(&samples).with_context(|| format!("cannot make {}", samples.display()))?;
    tests.args(["nextest", "run"]).env("LIANT_PRESS_SAMPLES", &samples).current_dir(root());
    run(&mut of_the_press(tests))?;
    run(Command::new(checker()?).args(["--fail-on", "error", "--quiet"]).arg(&samples))
}

/// The checker, installed into the cache when absent.
fn checker() -> Result<PathBuf> {
    let (name, version) = CHECKER;
    let folder = cache()?.join("tools").join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.is_file() {
        if on_path("python3").is_none() {
            packages::install(&["python3", "python3-venv"])?;
        }
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let mut install = Command::new(folder.join("bin").join("python"));
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        run(install.arg(format!("{name}=={version}")))?;
    }
    Ok(program)
}

fn of_the_press(mut command: Command) -> Command {
    command.args(["--locked", "--manifest-path", "press/Cargo.toml"]).env("CARGO_TARGET_DIR", target());
    command
}
