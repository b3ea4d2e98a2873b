//! Chores of the repository: `cargo xtask check | test | press | mutants | bench`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line reports by printing")]

mod bench;
mod browser;
mod gate;
mod mail;
mod mutants;
mod packages;
mod postgres;
mod press;
mod process;
mod tools;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of the Liant repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Format, lints and the tests that need no server: the fast lane
    Check,
    /// The whole gate: format, licences, lints, documentation, doctests, tests on SQLite and PostgreSQL
    ///
    /// What is missing (PostgreSQL's programs and poppler's, cargo-nextest, cargo-deny, a checker of PDFs) is installed first.
    Test,
    /// Builds the program that makes PDFs, `liant-press`, beside `liant`: some minutes the first time
    Press {
        /// For an installation
        #[arg(long)]
        release: bool,
        /// Judge it as `test` does: dependencies, format, lints, tests, and its documents by a checker of PDF/UA
        #[arg(long)]
        test: bool,
    },
    /// Changes the gate and the guard a little, a hundred ways, and asks whether a test notices: hours
    ///
    /// What is changed, and which changes nothing could notice, is in `.cargo/mutants.toml`.
    Mutants(mutants::Options),
    /// Ours beside the peers, in one run on this machine: figures, ratios and memory
    Bench(bench::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().chore {
        Chore::Check => gate::check(),
        Chore::Test => gate::test(),
        Chore::Press { release, test } => press::press(release, test).map(|()| ExitCode::SUCCESS),
        Chore::Mutants(options) => mutants::mutants(&options),
        Chore::Bench(options) => bench::bench(options).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::FAILURE
    })
}
