use std::path::PathBuf;

use liant_model::{Lang, system_words};

use crate::{StoreAddress, TlsProblem};

/// Why the store could not do what was asked. No message holds a value of a person.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no engine we know.
    #[error("`{0}` is no store: give a file path, `sqlite:FILE`, or `postgres://user@host/database`")]
    Address(String),
    /// The engine cannot be reached or opened.
    #[error("cannot open the store {address}: {cause}")]
    Open {
        /// Where it was looked for, without its password.
        address: StoreAddress,
        /// What the engine says.
        cause: String,
    },
    /// The way to the server is not safe.
    #[error("cannot open the store {address}: {problem}")]
    Tls {
        /// Where it was looked for, without its password.
        address: StoreAddress,
        /// What is wrong.
        problem: TlsProblem,
    },
    /// The schema cannot be brought up to date.
    #[error("cannot bring the schema up to date: {0}")]
    Migration(String),
    /// The disk takes no more: it is full, a quota or a limit on the size of files is reached, or it fails. Nothing that
    /// readers see has changed.
    #[error(
        "the disk of the store takes no more: it is full, a quota is reached, or it fails; nothing has changed for \
         readers. Free some room, then run again"
    )]
    Full,
    /// Another process writes and did not give way in time.
    #[error("the store is busy: another process has been writing for too long. Run again when it has ended")]
    Busy,
    /// Another import is at work on this territory.
    #[error("another import is at work on territory {0}: wait for its end, then run again")]
    ImportRunning(liant_model::Territory),
    /// A change expected a version that is no longer current.
    #[error("{what} has changed since you read it: look at it again, then decide")]
    Conflict {
        /// The kind of thing that changed.
        what: &'static str,
    },
    /// What was destroyed cannot be taken off the disk while someone reads it.
    #[error(
        "someone goes on reading what was destroyed, so that its bytes cannot go: end long readings, then run again, which goes \
         on here"
    )]
    StillRead,
    /// What a human may do in an hour or a day is done.
    #[error(
        "you have made as many wider searches as the convention allows: wait, or ask a colleague in whose reach it lies"
    )]
    Spent,
    /// A store that must be empty is not.
    #[error("the store is not empty: bring an exported store into a new one")]
    NotEmpty,
    /// What was asked for is not there.
    #[error("no such {0}")]
    Absent(&'static str),
    /// Bytes of the store do not read.
    #[error("the store is damaged: {0}. Restore a backup, and keep this file for examination")]
    Damaged(String),
    /// A file beside the store cannot be used.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The engine refused a statement.
    #[error("the engine refused: {0}")]
    Engine(String),
}

impl StoreError {
    /// What is wrong and what to do, in `lang`. What an engine says is quoted as it says it.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.to_string(),
            Lang::Fr => self.french(),
        }
    }

    fn french(&self) -> String {
        match self {
            Self::Address(address) => format!(
                "« {address} » n’est pas un dépôt : donnez le chemin d’un fichier, `sqlite:FICHIER`, ou \
                 `postgres://utilisateur@hôte/base`"
            ),
            Self::Open { address, cause } => {
                format!("impossible d’ouvrir le dépôt {address} ; le moteur répond « {cause} »")
            }
            Self::Tls { address, problem } => {
                format!("impossible d’ouvrir le dépôt {address} : {}", problem.words(Lang::Fr))
            }
            Self::Migration(cause) => {
                format!("impossible de mettre à jour le schéma du dépôt ; le moteur répond « {cause} »")
            }
            Self::Full => {
                "le disque du dépôt ne prend plus rien : il est plein, un quota est atteint, ou il est en \
                 panne ; rien n’a changé pour les lecteurs. Libérez de la place, puis recommencez"
                    .to_owned()
            }
            Self::Busy => {
                "le dépôt est occupé : un autre processus écrit depuis trop longtemps. Recommencez quand il \
                 aura fini"
                    .to_owned()
            }
            Self::ImportRunning(territory) => format!(
                "une autre importation est en cours sur le territoire {territory} : attendez sa fin, puis recommencez"
            ),
            Self::Conflict { .. } => {
                "ce que cet acte modifie a changé depuis que vous l’avez lu : regardez-le à \
                 nouveau, puis décidez"
                    .to_owned()
            }
            Self::StillRead => {
                "quelqu’un lit encore ce qui a été détruit, et ses octets ne peuvent partir : mettez fin aux longues \
                 lectures, puis recommencez, ce qui reprend ici"
                    .to_owned()
            }
            Self::Spent => {
                "vous avez fait autant de recherches élargies que la convention en permet : attendez, ou demandez à un \
                 collègue dans le périmètre duquel se trouve la personne"
                    .to_owned()
            }
            Self::NotEmpty => {
                "le dépôt n’est pas vide : apportez un dépôt exporté dans un nouveau".to_owned()
            }
            Self::Absent(what) => format!("introuvable dans le dépôt : {what}"),
            Self::Damaged(cause) => format!(
                "le dépôt est endommagé ({cause}). Restaurez une sauvegarde, et gardez ce fichier pour l’examiner"
            ),
            Self::File { path, cause } => format!("{} : {}", path.display(), system_words(cause, Lang::Fr)),
            Self::Engine(cause) => format!("le moteur du dépôt refuse et répond « {cause} »"),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            ConstraintViolation, DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
            SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DiskFull) => Self::Full,
            // SQLite says "full" of ENOSPC alone: a quota (EDQUOT) and a limit on size (EFBIG) are failed writes to it.
            Some(SystemIoFailure) if is_failed_write(&error) => Self::Full,
            Some(DatabaseBusy | DatabaseLocked) => Self::Busy,
            Some(ConstraintViolation) => Self::Conflict { what: "something that this act rests on" },
            Some(DatabaseCorrupt | NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Engine(error.to_string()),
        }
    }
}

/// Whether the system refused to write, to grow a file, or to bring it to the disk.
fn is_failed_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{
        SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE,
    };
    let failed = [SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE];
    error.sqlite_error().is_some_and(|error| failed.contains(&error.extended_code))
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        match error.as_db_error() {
            Some(refusal) if *refusal.code() == SqlState::DISK_FULL => Self::Full,
            Some(refusal) if *refusal.code() == SqlState::UNIQUE_VIOLATION => {
                Self::Conflict { what: "something that this act rests on" }
            }
            // The detail line of a refusal can quote a row: only the message is kept.
            Some(refusal) => Self::Engine(format!("{} ({})", refusal.message(), refusal.code().code())),
            None => Self::Engine(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_said_in_both_languages() {
        let some = || "some cause".to_owned();
        for error in [
            StoreError::Address("mysql://host".to_owned()),
            StoreError::Open { address: StoreAddress::Sqlite("liant.db".into()), cause: some() },
            StoreError::Tls {
                address: StoreAddress::Postgres("postgres://h/d".to_owned()),
                problem: TlsProblem::NoRoots,
            },
            StoreError::Migration(some()),
            StoreError::Full,
            StoreError::Busy,
            StoreError::ImportRunning(liant_model::Territory::parse("62").unwrap()),
            StoreError::Conflict { what: "a link" },
            StoreError::NotEmpty,
            StoreError::StillRead,
            StoreError::Absent("territory"),
            StoreError::Damaged(some()),
            StoreError::File { path: "liant.db-turn".into(), cause: std::io::ErrorKind::NotFound.into() },
            StoreError::Engine(some()),
        ] {
            let (fr, en) = (error.message(Lang::Fr), error.message(Lang::En));
            assert!(!fr.is_empty() && fr != en, "{fr} / {en}");
            assert_eq!(en, error.to_string());
        }
    }
}
