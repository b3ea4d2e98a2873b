use std::fmt;
use std::io;
use std::path::PathBuf;

use liant_casework::FormFault;
use liant_flux::Diagnostic;
use liant_model::{Date, Lang, Source, system_words};

use crate::error_fr;
use crate::form_faults::faults;
use crate::lookups::CloseBar;
use crate::mail::MailTrouble;
use crate::press::PressTrouble;

/// Whose fault a failure is: what the exit code of a command tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The data (exit code 1).
    Data,
    /// The call or the environment (exit code 2).
    Call,
}

/// Why a use case did not do what was asked. No message holds a value of a person.
///
/// `Display` is the English, for logs and the audit; [`AppError::message`] is what a user reads.
#[derive(Debug, thiserror::Error)]
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
    /// More of the stock are absent from the file than a month explains.
    #[error(
        "{left} of the {present} people of the stock are not in this file, more than {most} %; nothing has changed. Ask the sender whether the file is whole; if it is, run again with --many-left, or raise `most_leaving` in liant.toml"
    )]
    ManyLeave {
        /// How many would leave.
        left: u64,
        /// How many are in the stock.
        present: u64,
        /// The most that may, in per cent.
        most: u8,
    },
    /// The file at hand cannot be read on.
    #[error("the file cannot be read: {0}")]
    Unreadable(FileCause),
    /// The gate lets nothing pass.
    #[error("{0}")]
    Gate(Box<liant_convention::Refusal>),
    /// A step in the course of a convention cannot be taken.
    #[error("{0}")]
    Course(liant_convention::CourseError),
    /// What was asked for is not there, or is not for this actor: the two look the same.
    #[error("no such {0}, or it is not yours to see")]
    Absent(&'static str),
    /// The file may be that of the actor herself, of a relative or of a colleague.
    #[error("{}", .0.english())]
    Close(CloseBar),
    /// Nobody reviews what she declared herself, or what is about herself.
    #[error("nobody reviews a reason that she declared herself: leave it to someone else")]
    OwnLookUp,
    /// A wider search of the actor's has waited too long for someone to look it over.
    #[error(
        "an earlier wider search of yours was not looked over in time: ask the data protection officer to, then search again"
    )]
    SearchNotReviewed,
    /// The actor asked for many people beyond her reach, and is stopped until someone else has looked at it.
    #[error(
        "your access to people is stopped: too many were asked for who are not yours to see; the data protection officer has \
         been told, and alone lets you in again"
    )]
    Blocked,
    /// The actor has opened as many people as a clause allows.
    #[error("as many people were opened as your caseload explains: wait, or ask the data protection officer")]
    TooManyOpened,
    /// A wider search finds exact matches only.
    #[error(
        "a wider search takes a whole name, a first name and a birth date, or a whole number: complete what you have, or \
         search in your own reach"
    )]
    NotExact,
    /// The settings are not there.
    #[error("there is no {}: make one with `liant init`, or name it with --config", .0.display())]
    NoSettings(PathBuf),
    /// The settings name a territory that is none.
    #[error(
        "the settings name the territory `{0}`, which is no Département: write its code, as in `62` or `2A`"
    )]
    SettingsTerritory(String),
    /// Nobody of that name may act, or nobody was named.
    #[error("say who acts, with --as NAME; the settings name: {}", .0.join(", "))]
    NoSuchActor(Vec<String>),
    /// No flow profile has that name.
    #[error("no flow profile `{name}`; there are: {}", there.join(", "))]
    NoSuchProfile {
        /// The name.
        name: String,
        /// Those there are.
        there: Vec<String>,
    },
    /// A word given is none of those that may stand there.
    #[error("`{word}` is unknown; give one of: {}", there.join(", "))]
    NoSuchWord {
        /// The word.
        word: String,
        /// Those there are.
        there: Vec<String>,
    },
    /// A profile, or two conventions, cannot be used as they are written; the text tells where.
    #[error("{0}")]
    Definition(String),
    /// A path that should be a file's is something else.
    #[error("{}: this is no file; give a file, and name its flow with --profile", .0.display())]
    NotAFile(PathBuf),
    /// The flow holds decisions, which are nobody's stock.
    #[error(
        "{0} holds decisions of orientation, and is nobody's stock: record them with `liant orientation import`"
    )]
    DecisionsAreNoStock(String),
    /// No clause lets the software keep facts up to date.
    #[error(
        "no clause lets the software keep the facts of `{0}` up to date: the convention needs a [[use]] for `update`"
    )]
    NoUseToKeep(Source),
    /// A source identity that is linked to no other.
    #[error("this source identity stands alone: there is no link to undo")]
    StandsAlone,
    /// A question of identity was answered before.
    #[error("this question was {} by {by}{}", if *.accepted { "accepted" } else { "refused" }, undo_help(*.accepted))]
    Answered {
        /// Whether both were found to be one person.
        accepted: bool,
        /// The account that answered.
        by: String,
    },
    /// The keys do not open what the store holds.
    #[error(
        "the keys of {} do not open what {store} holds: they are the keys of another store, or a version is missing; \
         nothing has changed. Name the key file that belongs to this store in the settings (`keys`), or restore it",
        keys.display()
    )]
    KeysDoNotFit {
        /// The file of the keys.
        keys: PathBuf,
        /// What they should open: a store without its password, or an exported file.
        store: String,
    },
    /// A file is no backup.
    #[error("{}: this is no backup; give a file that `liant store backup` wrote", .0.display())]
    NotABackup(PathBuf),
    /// The key of a backup was destroyed, or is not there.
    #[error(
        "this backup could be read until {expires}, and its key {} is not there, or its day has come: it cannot be read any \
         more. Give one that is younger, or the installation's own folder of backups in the settings (`backup.folder`)",
        key.display()
    )]
    BackupKeyGone {
        /// Where its key should be.
        key: PathBuf,
        /// The day on which the key is destroyed.
        expires: Date,
    },
    /// A checkpoint was given without the key that signed it.
    #[error("give the public key that signed the checkpoint, with --key")]
    CheckpointKeyMissing,
    /// A file holds no public key.
    #[error("{}: this is no public key of a log; give the .pub file written with the signing key", .0.display())]
    NotAPublicKey(PathBuf),
    /// The request contradicts the state of things.
    #[error("{0}")]
    State(String),
    /// A file that was built has someone in it who may not be sent any more.
    #[error("someone in this file may not be sent any more: build it again")]
    OutOfDate,
    /// A value given by the caller is wrong.
    #[error("{0}")]
    Value(String),
    /// Something stands against sending a liaison form.
    #[error("the liaison form does not leave: {}", faults(_0, Lang::En))]
    Form(Vec<FormFault>),
    /// A file of the environment cannot be used.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: FileCause,
    },
    /// A document could not be made.
    #[error("{}", .0.words(Lang::En))]
    Press(PressTrouble),
    /// E-mail cannot be sent.
    #[error("{}", .0.words(Lang::En))]
    Mail(MailTrouble),
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

/// What is wrong with a file of the environment.
#[derive(Debug)]
pub enum FileCause {
    /// The system refuses.
    System(io::Error),
    /// What it holds does not read; the text tells where, and quotes nothing of a person.
    Content(String),
    /// It is there already, and would be lost.
    There,
}

impl FileCause {
    pub(crate) fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::System(error), lang) => system_words(error, lang),
            (Self::Content(text), _) => text.clone(),
            (Self::There, Lang::En) => "it is there already; remove it, or choose another folder".to_owned(),
            (Self::There, Lang::Fr) => {
                "il existe déjà ; retirez-le, ou choisissez un autre dossier".to_owned()
            }
        }
    }
}

impl fmt::Display for FileCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl From<io::Error> for FileCause {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl From<&io::Error> for FileCause {
    fn from(error: &io::Error) -> Self {
        // An error of the system is copied by its number, any other by its words.
        Self::System(
            error.raw_os_error().map_or_else(
                || io::Error::new(error.kind(), error.to_string()),
                io::Error::from_raw_os_error,
            ),
        )
    }
}

impl From<liant_flux::WriteError> for FileCause {
    fn from(error: liant_flux::WriteError) -> Self {
        match error {
            liant_flux::WriteError::Io(error) => Self::System(error),
            error => Self::Content(error.to_string()),
        }
    }
}

impl From<String> for FileCause {
    fn from(text: String) -> Self {
        Self::Content(text)
    }
}

impl From<&str> for FileCause {
    fn from(text: &str) -> Self {
        Self::Content(text.to_owned())
    }
}

impl From<&dyn fmt::Display> for FileCause {
    fn from(error: &dyn fmt::Display) -> Self {
        Self::Content(error.to_string())
    }
}

fn undo_help(accepted: bool) -> &'static str {
    if accepted { "; undo the link first, with `liant review undo` and the source identity" } else { "" }
}

impl AppError {
    /// Whether somebody else acted first: what was decided upon is no longer so.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Answered { .. } | Self::Store(liant_store::StoreError::Conflict { .. }))
    }

    /// Whether a file comes in, or a run of destruction is at work: another moment will do.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Store(liant_store::StoreError::ImportRunning(_)))
    }

    /// Whose fault it is.
    pub fn blame(&self) -> Blame {
        match self {
            Self::Refused(_)
            | Self::SameFile { .. }
            | Self::OlderThanLast { .. }
            | Self::MadeBefore { .. }
            | Self::Unrecognised(_)
            | Self::Moving(_)
            | Self::Strict { .. }
            | Self::ManyLeave { .. } => Blame::Data,
            _ => Blame::Call,
        }
    }

    /// A file of the environment cannot be used.
    pub fn file(path: impl Into<PathBuf>, cause: impl Into<FileCause>) -> Self {
        Self::File { path: path.into(), cause: cause.into() }
    }

    /// What is wrong, where, by which rule, and what to do, in `lang`. Holds no value of a person.
    pub fn message(&self, lang: Lang) -> String {
        match (lang, self) {
            (_, Self::Refused(diagnostic)) => refused(diagnostic, lang),
            (lang, Self::Store(error)) => error.message(lang),
            (lang, Self::Vault(error)) => error.message(lang),
            (Lang::En, error) => error.to_string(),
            (Lang::Fr, error) => error_fr::words(error),
        }
    }
}

fn refused(diagnostic: &Diagnostic, lang: Lang) -> String {
    let place = &diagnostic.place;
    let (line, file) = match lang {
        Lang::Fr => ("ligne", "le fichier est refusé"),
        Lang::En => ("line", "the file is refused"),
    };
    format!(
        "{file} — {}, {line} {} : {} ; {}",
        diagnostic.rule,
        place.line,
        diagnostic.message(lang),
        diagnostic.help(lang)
    )
}

impl From<Box<liant_convention::Refusal>> for AppError {
    fn from(refusal: Box<liant_convention::Refusal>) -> Self {
        Self::Gate(refusal)
    }
}

#[cfg(test)]
mod tests {
    use liant_access::close::Closeness;
    use liant_model::{Party, Purpose, Role, Territory};

    use super::*;

    fn gate(refusal: liant_convention::Refusal) -> AppError {
        AppError::Gate(Box::new(refusal))
    }

    fn refusals() -> Vec<liant_convention::Refusal> {
        use liant_convention::{Channel, Closed, Direction, Reach, Refusal, UseKind, Validity};
        let party = || Party::parse("departement-62").unwrap();
        let role = || Role::parse("technician").unwrap();
        let territory = Territory::parse("62").unwrap();
        let profile = || "PECGM".to_owned();
        let day = Date::constant(2026, 11, 1);
        let closed = |validity| Closed { convention: "62-echange-rsa".to_owned(), version: 1, validity };
        vec![
            Refusal::NoConvention { party: party(), territory },
            Refusal::UnknownRole { party: party(), role: role(), territory },
            Refusal::UnknownPurpose { party: party(), purpose: Purpose::parse("statistics").unwrap() },
            Refusal::NoGrant {
                party: party(),
                role: role(),
                purpose: Purpose::parse("orientation").unwrap(),
            },
            Refusal::Channel {
                role: role(),
                channel: *Channel::ALL.first().unwrap(),
                allowed: Channel::ALL.to_vec(),
            },
            Refusal::Reach {
                role: role(),
                asked: *Reach::ALL.first().unwrap(),
                widest: *Reach::ALL.last().unwrap(),
            },
            Refusal::NotInForce(vec![
                closed(Validity::InForce),
                closed(Validity::NotYet(day)),
                closed(Validity::Ended(day)),
                closed(Validity::Suspended(day)),
                closed(Validity::WithoutParent),
            ]),
            Refusal::FlowIsAFile,
            Refusal::UnknownFlow {
                profile: profile(),
                party: party(),
                direction: Direction::Send,
                territory,
            },
            Refusal::NoUse { kind: UseKind::Update, origin: Source::DEPARTEMENT, territory },
            Refusal::NoWiderSearch {
                party: party(),
                role: role(),
                purpose: Purpose::parse("follow-up").unwrap(),
            },
            Refusal::NoOversight {
                party: party(),
                role: role(),
                purpose: Purpose::parse("follow-up").unwrap(),
            },
            Refusal::NobodyOversees { party: party(), territory },
        ]
    }

    /// One of each kind, as use cases make them.
    fn every_error() -> Vec<AppError> {
        let path = || PathBuf::from("pecgm.xml");
        let day = || "2026-11-01".to_owned();
        let mut errors = vec![
            AppError::SameFile { batch: 3, at: day() },
            AppError::OlderThanLast { flow: "PECGM".to_owned(), found: day(), last: day() },
            AppError::MadeBefore { flow: "PECGM".to_owned(), found: day(), last: day() },
            AppError::Unrecognised(path()),
            AppError::Moving(path()),
            AppError::Strict { rejected: 2 },
            AppError::ManyLeave { left: 40, present: 60, most: 30 },
            AppError::Unreadable(FileCause::from(io::Error::from(io::ErrorKind::UnexpectedEof))),
            AppError::State("some state".to_owned()),
            AppError::OutOfDate,
            AppError::Value("some value".to_owned()),
            AppError::Form(vec![FormFault::NotAgreed, FormFault::Missing(liant_casework::FormPart::Name)]),
            AppError::Absent("person"),
            AppError::Absent("question of identity"),
            AppError::Absent("source identity"),
            AppError::Absent("import"),
            AppError::Close(CloseBar::Declare(Closeness::Oneself)),
            AppError::Close(CloseBar::Declare(Closeness::Relative)),
            AppError::Close(CloseBar::Declare(Closeness::Colleague)),
            AppError::Close(CloseBar::AwaitReview),
            AppError::Close(CloseBar::Closed),
            AppError::OwnLookUp,
            AppError::Blocked,
            AppError::TooManyOpened,
            AppError::NotExact,
            AppError::Store(liant_store::StoreError::Spent),
            AppError::NoSettings(path()),
            AppError::SettingsTerritory("999".to_owned()),
            AppError::NoSuchActor(vec!["clerk".to_owned()]),
            AppError::NoSuchProfile { name: "X".to_owned(), there: vec!["PECGM".to_owned()] },
            AppError::NoSuchWord { word: "x".to_owned(), there: vec!["pecgm".to_owned()] },
            AppError::Definition("62 v1".to_owned()),
            AppError::NotAFile(path()),
            AppError::DecisionsAreNoStock("ORIENTATIONS".to_owned()),
            AppError::NoUseToKeep(Source::DEPARTEMENT),
            AppError::StandsAlone,
            AppError::Answered { accepted: true, by: "clerk".to_owned() },
            AppError::Answered { accepted: false, by: "clerk".to_owned() },
            AppError::KeysDoNotFit { keys: path(), store: "liant.db".to_owned() },
            AppError::SearchNotReviewed,
            AppError::NotABackup(path()),
            AppError::BackupKeyGone { key: path(), expires: Date::constant(2026, 12, 1) },
            AppError::CheckpointKeyMissing,
            AppError::NotAPublicKey(path()),
            AppError::file(path(), io::Error::from(io::ErrorKind::NotFound)),
            AppError::file(path(), "line 3"),
            AppError::file(path(), FileCause::There),
            AppError::Store(liant_store::StoreError::Full),
            AppError::Vault(liant_vault::VaultError::Refused),
            AppError::Mail(MailTrouble::NoAnswer),
            AppError::Press(PressTrouble::NotThere),
            AppError::Internal("a thread ended".to_owned()),
        ];
        errors.extend(refusals().into_iter().map(gate));
        errors
    }

    #[test]
    fn every_error_is_said_in_both_languages() {
        for error in every_error() {
            let (fr, en) = (error.message(Lang::Fr), error.message(Lang::En));
            assert!(!fr.is_empty() && fr != en, "{fr} / {en}");
            assert_eq!(en, error.to_string(), "the log says what the user reads in English");
        }
    }

    #[test]
    fn the_french_says_no_english_connective() {
        for error in every_error() {
            let fr = error.message(Lang::Fr);
            for word in [" the ", " is ", " and ", " with ", " of "] {
                assert!(!fr.contains(word), "{fr}");
            }
        }
    }

    #[test]
    fn a_file_keeps_the_systems_cause() {
        let error = AppError::file("none.toml", std::fs::read("/nonexistent/none.toml").unwrap_err());
        assert_eq!(
            error.message(Lang::Fr),
            "le fichier none.toml ne peut servir : le fichier ou le dossier n’existe pas"
        );
    }
}
