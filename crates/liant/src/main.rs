//! The `liant` command: arguments, progress, output and exit codes. The work is done by `liant-app`.
//!
//! Exit codes: 0 done, 1 the data is at fault, 2 the call or the environment is.

mod account_arguments;
mod arguments;
mod casework_arguments;
mod commands;
mod convention_arguments;
mod erasure_arguments;
mod output;
mod workshop;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let lang = arguments.language();
    match commands::run(arguments) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => output::failure(&error, lang),
    }
}
