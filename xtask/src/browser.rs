//! The site in a real browser: Debian's Chromium, driven by Playwright.

use crate::packages;
use crate::process::{cargo, finish, on_path, root, run};
use anyhow::Result;
use std::process::{Command, ExitCode};

/// Runs the tests of `e2e/` against the program just built.
pub(crate) fn test() -> Result<ExitCode> {
    let missing: Vec<&str> = [("chromium", "chromium"), ("node", "nodejs"), ("npm", "npm")]
        .into_iter()
        .filter(|(program, _)| on_path(program).is_none())
        .map(|(_, package)| package)
        .collect();
    if !missing.is_empty() {
        packages::install(&missing)?;
    }
    run(&mut cargo(&["build", "--locked", "--package", "liant"]))?;
    let folder = root().join("e2e");
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(&folder))?;
    let mut playwright = Command::new("npx");
    playwright.args(["--no-install", "playwright", "test"]).current_dir(&folder);
    Ok(if finish(&mut playwright)?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
