//! Chores of the repository: `cargo xtask check | test | mutants | bench`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line reports by printing")]

mod bench;
mod browser;
mod gate;
mod mutants;
mod packages;
mod postgres;
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
    /// What is missing (PostgreSQL's programs, cargo-nextest, cargo-deny) is installed first.
    Test,
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
        Chore::Mutants(options) => mutants::mutants(&options),
        Chore::Bench(options) => bench::bench(options).map(|()| ExitCode::SUCCESS),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::FAILURE
    })
}
