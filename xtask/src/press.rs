//! The press: a workspace of its own, built beside the program.

use crate::packages;
use crate::process::{cache, cargo, on_path, read, root, run, target};
use crate::tools::{DENY, NEXTEST};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// Judges the press, where that is asked, and builds it.
pub(crate) fn press(release: bool, judged: bool) -> Result<()> {
    if judged {
        dependencies()?;
        test()?;
    }
    build(release)
}

/// Builds `liant-press` beside `liant`.
pub(crate) fn build(release: bool) -> Result<()> {
    let mut command = cargo(&["build"]);
    if release {
        command.arg("--release");
    }
    run(of_the_press(&mut command))
}

/// Licences of what it brings, and where it comes from.
pub(crate) fn dependencies() -> Result<()> {
    let mut deny = Command::new(DENY.program()?);
    deny.args(["--locked", "--log-level", "error", "--manifest-path", "press/Cargo.toml"]);
    run(deny.args(["--config", "deny.toml", "check", "licenses", "bans", "sources"]).current_dir(root()))
}

/// The checker of PDF/UA-1, from PyPI: what a machine can check of the Matterhorn protocol, and more. What it brings is pinned in
/// `press/checker.txt`.
const CHECKER: &str = "outloud";
/// What it holds against a table of one row: its heads outnumber its data.
const UNFIT: &str = "TBL-010";

/// Its format, lints and tests. Readers of PDF that share no code with it judge what it makes, and a checker of PDF/UA-1.
pub(crate) fn test() -> Result<()> {
    if ["pdftotext", "pdfinfo"].iter().any(|program| on_path(program).is_none()) {
        packages::install(&["poppler-utils"])?;
    }
    run(cargo(&["fmt", "--check", "--manifest-path", "press/Cargo.toml"]).env("CARGO_TARGET_DIR", target()))?;
    let mut tests = Command::new(NEXTEST.program()?);
    let samples = target().join("press-samples");
    if samples.exists() {
        std::fs::remove_dir_all(&samples).with_context(|| format!("cannot empty {}", samples.display()))?;
    }
    std::fs::create_dir_all(&samples).with_context(|| format!("cannot make {}", samples.display()))?;
    // What `cargo clippy` does, but for building as well: to check three hundred crates and then build them takes half as long again.
    tests.args(["nextest", "run"]).env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    run(of_the_press(tests.env("LIANT_PRESS_SAMPLES", &samples).current_dir(root())))?;
    run(Command::new(checker()?).args(["--skip", UNFIT, "--fail-on", "error", "--quiet"]).arg(&samples))
}

/// The checker, installed into the cache when absent.
fn checker() -> Result<PathBuf> {
    let pins = root().join("press").join("checker.txt");
    let folder = cache()?.join("tools").join(CHECKER);
    let (program, done) = (folder.join("bin").join(CHECKER), folder.join("pins.txt"));
    let wanted = std::fs::read(&pins).with_context(|| format!("cannot read {}", pins.display()))?;
    if std::fs::read(&done).ok().as_ref() != Some(&wanted) {
        if read(Command::new("python3").args(["-c", "import ensurepip"])).is_err() {
            packages::install(&["python3", "python3-venv"])?;
        }
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        let mut install = Command::new(folder.join("bin").join("python"));
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
        ]);
        run(install.args(["--require-hashes", "--requirement"]).arg(&pins))?;
        std::fs::write(&done, wanted).with_context(|| format!("cannot write {}", done.display()))?;
    }
    Ok(program)
}

fn of_the_press(command: &mut Command) -> &mut Command {
    command.args(["--locked", "--manifest-path", "press/Cargo.toml"]).env("CARGO_TARGET_DIR", target())
}
