//! Cargo subcommands of fixed versions, built once into the cache.

use crate::process::{cache, cargo, read, run};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

/// A cargo subcommand from crates.io.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    features: &'static [&'static str],
}

/// The test runner; without the features that only its own updates use.
pub(crate) const NEXTEST: Tool =
    Tool { name: "cargo-nextest", version: "0.9.151", features: &["--no-default-features"] };

/// The judge of dependencies.
pub(crate) const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2", features: &[] };

/// What changes the code a little, to see whether a test notices.
pub(crate) const MUTANTS: Tool = Tool { name: "cargo-mutants", version: "27.1.0", features: &[] };

impl Tool {
    /// The program, built first when absent. An installed one of the same version on the search path serves as well.
    pub(crate) fn program(&self) -> Result<PathBuf> {
        if self.is_version(&PathBuf::from(self.name)) {
            return Ok(self.name.into());
        }
        let folder = cache()?.join("tools").join(format!("{}-{}", self.name, self.version));
        let program = folder.join("bin").join(self.name);
        if !self.is_version(&program) {
            self.build(&folder)?;
        }
        Ok(program)
    }

    fn is_version(&self, program: &PathBuf) -> bool {
        read(Command::new(program).arg("--version")).is_ok_and(|text| text.contains(self.version))
    }

    fn build(&self, folder: &PathBuf) -> Result<()> {
        let scratch = folder.join("build");
        let mut command =
            cargo(&["install", "--locked", "--force", "--quiet", self.name, "--version", self.version]);
        command.args(self.features).arg("--root").arg(folder).env("CARGO_TARGET_DIR", &scratch);
        // Built to run a few seconds a day: compile time matters more than speed.
        for (key, value) in [("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "false")]
        {
            command.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        run(&mut command)?;
        std::fs::remove_dir_all(&scratch).with_context(|| format!("cannot remove {}", scratch.display()))
    }
}
