//! The log: lines for a human, or JSON for a collector. What goes in holds no personal value and no address.

use std::io::IsTerminal as _;

use tracing::level_filters::LevelFilter;

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogForm {
    /// For a human.
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts the log of this process, on its standard error. A panic is told by its place alone: its message may quote a
/// value.
pub fn start_log(form: LogForm) {
    let log = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::INFO)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    // Started twice, in a test, the first stays.
    let _ = match form {
        LogForm::Text => tracing::subscriber::set_global_default(log.finish()),
        LogForm::Json => tracing::subscriber::set_global_default(log.json().flatten_event(true).finish()),
    };
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "?".to_owned(), ToString::to_string);
        tracing::error!(place, "panic");
    }));
}
