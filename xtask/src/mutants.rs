//! Whether the tests of the gate and of the guard would notice a change.

use crate::process::{finish, root};
use crate::tools::MUTANTS;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

#[derive(Args)]
pub(crate) struct Options {
    /// Only what this file changes: the path of a diff
    #[arg(long, value_name = "FILE")]
    in_diff: Option<PathBuf>,
    /// Only mutants of these files
    #[arg(long, value_name = "GLOB")]
    file: Vec<String>,
    /// Only those that no test noticed the last time
    #[arg(long)]
    again: bool,
    /// Where the outcomes go [default: mutants.out beside the repository's Cargo.toml]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How many at once
    #[arg(long, default_value_t = 1, value_name = "N")]
    jobs: usize,
}

/// Runs cargo-mutants as `.cargo/mutants.toml` says. A mutant that no test notices fails it.
pub(crate) fn mutants(options: &Options) -> Result<ExitCode> {
    let mut command = Command::new(MUTANTS.program()?);
    command.args(["mutants", "--package", "liant-convention", "--package", "liant-guard", "--jobs"]);
    command.arg(options.jobs.to_string()).current_dir(root());
    if options.again {
        command.arg("--iterate");
    }
    for file in &options.file {
        command.arg("--file").arg(file);
    }
    if let Some(diff) = &options.in_diff {
        command.arg("--in-diff").arg(diff);
    }
    if let Some(folder) = &options.out {
        command.arg("--output").arg(folder);
    }
    Ok(if finish(&mut command)?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
