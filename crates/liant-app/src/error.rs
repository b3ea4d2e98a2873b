use std::path::PathBuf;

use liant_flux::Diagnostic;

/// Whose fault a failure is: what the exit code of a command tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The data (exit code 1).
    Data,
    /// The call or the environment (exit code 2).
    Call,
}

/// Why a use case did not do what was asked. No message holds a value of a person.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppError {
    /// A file breaks a rule without which none of it can be trusted.
    #[error("the file is refused")]
    Refused(Box<Diagnostic>),
    /// The same file was imported before.
    #[error(
        "this very file was imported before, as batch {batch} on {at}; nothing has changed. If a corrected file was meant, import that one"
    )]
    SameFile {
        /// The batch it was imported as.
        batch: i64,
        /// When.
        at: String,
    },
    /// A later file of the flow is already in.
    #[error(
        "the file speaks for {found}, and {flow} of {last} is already in; nothing has changed. Import the files of a flow in the order of their reference dates"
    )]
    OlderThanLast {
        /// The flow.
        flow: String,
        /// Reference date of the file.
        found: String,
        /// Reference date of the last one.
        last: String,
    },
    /// A later file of another flow of the same source is already in.
    #[error(
        "the file was made on {found}, and {flow} made on {last} is already in: the older would undo the newer; nothing has changed. Import the files of one source in the order they were made"
    )]
    MadeBefore {
        /// The flow of the later file.
        flow: String,
        /// The day the file was made.
        found: String,
        /// The day the later one was made.
        last: String,
    },
    /// The file is of no known flow.
    #[error("{}: no flow is recognised in it; name one with --profile", .0.display())]
    Unrecognised(PathBuf),
    /// The file changed while it was read.
    #[error("{} changed while it was read; nothing has changed. Wait until its transfer has ended, then run again", .0.display())]
    Moving(PathBuf),
    /// Records were rejected, and the caller asked for all or nothing.
    #[error(
        "{rejected} records are at fault and --strict was asked for; nothing has changed. See the diagnostics, or run without --strict to load the others"
    )]
    Strict {
        /// How many.
        rejected: u64,
    },
    /// The gate lets nothing pass.
    #[error("{0}")]
    Gate(Box<liant_convention::Refusal>),
    /// What was asked for is not there, or is not for this actor: the two look the same.
    #[error("no such {0}, or it is not yours to see")]
    Absent(&'static str),
    /// The request contradicts the state of things.
    #[error("{0}")]
    State(String),
    /// A value given by the caller is wrong.
    #[error("{0}")]
    Value(String),
    /// A file of the environment cannot be used.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: String,
    },
    /// The store.
    #[error(transparent)]
    Store(#[from] liant_store::StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] liant_vault::VaultError),
    /// Something that cannot be, was.
    #[error("internal error: {0}. Please report it")]
    Internal(String),
}

impl AppError {
    /// Whose fault it is.
    pub fn blame(&self) -> Blame {
        match self {
            Self::Refused(_)
            | Self::SameFile { .. }
            | Self::OlderThanLast { .. }
            | Self::MadeBefore { .. }
            | Self::Unrecognised(_)
            | Self::Moving(_)
            | Self::Strict { .. } => Blame::Data,
            _ => Blame::Call,
        }
    }

    pub(crate) fn file(path: impl Into<PathBuf>, cause: impl std::fmt::Display) -> Self {
        Self::File { path: path.into(), cause: cause.to_string() }
    }
}

impl From<Box<liant_convention::Refusal>> for AppError {
    fn from(refusal: Box<liant_convention::Refusal>) -> Self {
        Self::Gate(refusal)
    }
}
