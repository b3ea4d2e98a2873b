//! Everything the command prints: data on standard output, the rest on standard error.

#![expect(clippy::print_stderr, reason = "the one module that prints")]

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use liant_app::{AppError, Blame};
use liant_flux::Diagnostic;
use liant_model::Lang;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// Done, and the data is at fault somewhere.
    DataAtFault,
    /// Done, and the environment is at fault somewhere.
    EnvironmentAtFault,
}

impl Outcome {
    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self::Done => ExitCode::SUCCESS,
            Self::DataAtFault => ExitCode::from(1),
            Self::EnvironmentAtFault => ExitCode::from(2),
        }
    }
}

/// One of two wordings.
pub(crate) fn either<'a>(lang: Lang, fr: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// A line of data.
pub(crate) fn line(text: impl std::fmt::Display) {
    use std::io::Write;
    // A reader that closed the pipe has read enough.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// A remark that is no data.
pub(crate) fn note(text: impl std::fmt::Display) {
    eprintln!("{text}");
}

/// A value as JSON, on one or several lines.
pub(crate) fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string_pretty(value)?);
    Ok(())
}

/// Says which rule refuses a file, and where.
pub(crate) fn refused(diagnostic: &Diagnostic, file: &Path, lang: Lang) -> Outcome {
    eprint!("{}", diagnostic.render(&file.display().to_string(), lang));
    Outcome::DataAtFault
}

/// Says why a command failed; gives its exit code.
pub(crate) fn failure(error: &anyhow::Error, lang: Lang) -> ExitCode {
    let known = error.downcast_ref::<AppError>();
    let word = either(lang, "erreur :", "error:");
    match known {
        Some(AppError::Refused(diagnostic)) => {
            eprint!("{}", diagnostic.render(either(lang, "fichier", "file"), lang));
        }
        // What a command adds, the name of a file, stands before the cause.
        Some(known) if error.to_string() != known.to_string() => {
            eprintln!("{word} {error}{} {}", either(lang, " :", ":"), known.message(lang));
        }
        Some(known) => eprintln!("{word} {}", known.message(lang)),
        None => eprintln!("{word} {error:#}"),
    }
    match known.map(AppError::blame) {
        Some(Blame::Data) => ExitCode::from(1),
        _ => ExitCode::from(2),
    }
}

/// A bar that follows bytes: on a terminal only.
pub(crate) fn bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {binary_bytes}/{binary_total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
