//! The record of what was destroyed (*registre des effacements*), outside of the store: whoever restores a backup of before
//! destroys it again. What people's rights closed of their data is in it too: no backup opens it again.
//!
//! A file for each run, one for each account that was deleted, and one for each limit on the use of someone's data; a JSON object a line, with numbers and clauses alone. A line
//! is on the disk before what it says is done; the last line of a file may be cut, and what it would say was then not done. A
//! file goes when no backup can be read any more that is older than its end.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

use liant_casework::{RequestState, Right};
use liant_convention::retention::{Fate, HeldVersion};
use liant_convention::{Limit, Limited};
use liant_model::{
    AccountId, ActId, BatchNo, Block, Date, IdentityId, Instant, Party, PersonId, Purpose, RightsRequestId,
    Territory,
};
use liant_store::retention::{Destruction, Doomed};
use liant_store::{Erasing, ErasureMark, ErasureRow, LiftRow, LimitRow, RequestWay, RightsRequestRow};

use crate::retention::Part;
use crate::uploads::private_folder;
use crate::{AppError, Workplace};

/// One line.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Line {
    /// A run begins: the first line of its file.
    Begun { territory: String, run: ActId, day: Date, at: Instant, by: String },
    /// What goes of some people.
    People { looked_at: Instant, gone: Vec<Gone>, parts: Vec<Part> },
    /// Records set aside of a file go.
    Rejects { batch: i64, part: Part },
    /// Who was shown what before a moment goes.
    AccessLog { before: Instant, part: Part },
    /// What entries of the log say before a moment goes.
    Entries { before: Instant, part: Part },
    /// The run has ended; of two such lines the last holds.
    Ended { at: Instant, certificate: String },
    /// An account was deleted: the only line of its file.
    Account { account: AccountId, at: Instant },
    /// What someone is about to have erased, with her answer: done when [`Line::Carried`] follows, else it never was.
    Erased { gone: Vec<Gone>, parts: Vec<Part>, erasure: Box<KeptErasure> },
    /// It was done.
    Carried { request: RightsRequestId },
    /// Someone who was erased may come back: after the end of its run.
    Admitted { territory: String, request: RightsRequestId, at: Instant },
    /// How a limit on the use of someone's data stands: the last line of its file holds.
    Limit { territory: String, at: Instant, limit: Box<KeptLimit> },
}

/// A request that was carried out, as the store keeps it; of the person herself nothing.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct KeptErasure {
    row: ErasureRow,
    is_from_space: bool,
    received_at: Instant,
    owed_by: String,
    due_on: Date,
    due_clause: String,
    marks: Vec<ErasureMark>,
}

impl KeptErasure {
    pub(crate) fn of(erasing: &Erasing) -> Self {
        let request = &erasing.request;
        Self {
            row: erasing.row.clone(),
            is_from_space: request.way == RequestWay::Space,
            received_at: request.received_at,
            owed_by: request.owed_by.clone(),
            due_on: request.due_on,
            due_clause: request.due_clause.clone(),
            marks: erasing.marks.clone(),
        }
    }

    /// The request that it answers.
    pub(super) fn request(&self) -> RightsRequestId {
        self.row.request
    }

    pub(super) fn erasing(self) -> Erasing {
        let request = RightsRequestRow {
            request: self.row.request,
            identity: IdentityId(self.row.request.0),
            person: None,
            right: Right::Erasure,
            way: if self.is_from_space { RequestWay::Space } else { RequestWay::Recorded },
            made_by: String::new(),
            received_at: self.received_at,
            owed_by: self.owed_by,
            due_on: self.due_on,
            due_clause: self.due_clause,
            about: None,
            said: None,
            state: RequestState::Answered,
            version: 1,
            changed_at: self.row.carried_at,
            changed_by: self.row.carried_by.clone(),
        };
        Erasing { row: self.row, request, marks: self.marks, entry: None }
    }
}

/// A limit on the use of someone's data, as the store has it.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct KeptLimit {
    limit: ActId,
    identities: Vec<(IdentityId, bool)>,
    by: Party,
    /// Of an objection; a restriction has none.
    purposes: Option<Vec<Purpose>>,
    ground: String,
    request: RightsRequestId,
    set_by: String,
    set_at: Instant,
    review_on: Date,
    lift: Option<KeptLift>,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct KeptLift {
    reason: String,
    told: (String, Date),
    on: Date,
    by: (String, Instant),
}

impl KeptLimit {
    fn of(row: &LimitRow) -> Self {
        Self {
            limit: row.limit,
            identities: row.identities.clone(),
            by: row.what.by.clone(),
            purposes: match &row.what.what {
                Limited::Restriction => None,
                Limited::Objection(purposes) => Some(purposes.clone()),
            },
            ground: row.ground.clone(),
            request: row.request,
            set_by: row.set_by.clone(),
            set_at: row.set_at,
            review_on: row.review_on,
            lift: row.lift.as_ref().map(|lift| KeptLift {
                reason: lift.reason.clone(),
                told: lift.told.clone(),
                on: lift.on,
                by: lift.by.clone(),
            }),
        }
    }

    pub(super) fn row(self) -> LimitRow {
        let what = self.purposes.map_or(Limited::Restriction, Limited::Objection);
        LimitRow {
            limit: self.limit,
            identities: self.identities,
            what: Limit { by: self.by, what },
            ground: self.ground,
            request: self.request,
            set_by: self.set_by,
            set_at: self.set_at,
            review_on: self.review_on,
            lift: self.lift.map(|lift| LiftRow {
                reason: lift.reason,
                told: lift.told,
                on: lift.on,
                by: lift.by,
            }),
        }
    }
}

/// What goes of one source identity.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Gone {
    person: PersonId,
    identity: IdentityId,
    /// The batch that brought each version, and the number of its block.
    versions: Vec<(i64, u8)>,
    own: bool,
    #[serde(default)]
    path: bool,
    fate: GoneFate,
}

#[derive(Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum GoneFate {
    Stays,
    KeepsOwn,
    Goes,
}

impl Gone {
    pub(crate) fn of(doomed: &Doomed) -> Self {
        Self {
            person: doomed.person,
            identity: doomed.identity,
            versions: doomed.versions.iter().map(|one| (one.from.0, one.block as u8)).collect(),
            own: doomed.own,
            path: doomed.path,
            fate: match doomed.fate {
                Fate::Stays => GoneFate::Stays,
                Fate::KeepsOwn => GoneFate::KeepsOwn,
                Fate::Goes => GoneFate::Goes,
            },
        }
    }

    /// None when it names no block.
    pub(super) fn doomed(&self) -> Option<Doomed> {
        let version = |(from, block): &(i64, u8)| {
            let block = Block::from_number(*block)?;
            Some(HeldVersion { from: BatchNo(*from), block, is_empty: false })
        };
        Some(Doomed {
            person: self.person,
            identity: self.identity,
            versions: self.versions.iter().map(version).collect::<Option<_>>()?,
            own: self.own,
            path: self.path,
            fate: match self.fate {
                GoneFate::Stays => Fate::Stays,
                GoneFate::KeepsOwn => Fate::KeepsOwn,
                GoneFate::Goes => Fate::Goes,
            },
        })
    }
}

/// The record of one run, made with its first line.
pub(crate) struct Ledger {
    path: PathBuf,
    file: Option<File>,
    begun: Line,
}

impl Ledger {
    /// That of a run, begun now or before.
    pub(crate) fn of_run(workplace: &Workplace, territory: Territory, run: &Destruction) -> Self {
        let (day, at, by) = (run.day, run.begun_at, run.begun_by.clone());
        let begun = Line::Begun { territory: territory.to_string(), run: run.id, day, at, by };
        Self { path: file_of(&workplace.backups.folder, &run.id.to_string()), file: None, begun }
    }

    /// Puts a line on the disk.
    pub(crate) fn write(&mut self, line: &Line) -> Result<(), AppError> {
        let fault = |error| AppError::file(&self.path, error);
        if self.file.is_none() {
            let file = open(&self.path).map_err(fault)?;
            if file.metadata().map_err(fault)?.len() == 0 {
                put(&file, &self.begun).map_err(fault)?;
            }
            self.file = Some(file);
        }
        self.file.as_ref().map_or(Ok(()), |file| put(file, line)).map_err(fault)
    }
}

impl Ledger {
    /// Forgets a run that found nothing to destroy.
    pub(crate) fn give_up(self) -> Result<(), AppError> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(AppError::file(self.path, error)),
            _ => Ok(()),
        }
    }
}

/// Puts on record that an account is deleted.
pub(crate) fn account(workplace: &Workplace, account: AccountId, at: Instant) -> Result<(), AppError> {
    let path = file_of(&workplace.backups.folder, &account.to_string());
    let written = open(&path).and_then(|file| put(&file, &Line::Account { account, at }));
    written.map_err(|error| AppError::file(path, error))
}

/// Puts on record that someone who was erased by a run may come back.
pub(crate) fn admitted(
    workplace: &Workplace,
    territory: Territory,
    (run, request): (ActId, RightsRequestId),
    at: Instant,
) -> Result<(), AppError> {
    let path = file_of(&workplace.backups.folder, &run.to_string());
    let line = Line::Admitted { territory: territory.to_string(), request, at };
    let written = open(&path).and_then(|file| put(&file, &line));
    written.map_err(|error| AppError::file(path, error))
}

/// Puts on record how a limit on the use of someone's data stands.
pub(crate) fn limit(
    workplace: &Workplace,
    territory: Territory,
    row: &LimitRow,
    at: Instant,
) -> Result<(), AppError> {
    let path = file_of(&workplace.backups.folder, &row.limit.to_string());
    let line = Line::Limit { territory: territory.to_string(), at, limit: Box::new(KeptLimit::of(row)) };
    let written = open(&path).and_then(|file| put(&file, &line));
    written.map_err(|error| AppError::file(path, error))
}

/// Forgets a limit that was not set after all.
pub(crate) fn no_limit(workplace: &Workplace, limit: ActId) -> Result<(), AppError> {
    let path = file_of(&workplace.backups.folder, &limit.to_string());
    std::fs::remove_file(&path).map_err(|error| AppError::file(path, error))
}

fn folder_of(backups: &Path) -> PathBuf {
    backups.join("erased")
}

fn file_of(backups: &Path, name: &str) -> PathBuf {
    folder_of(backups).join(format!("{name}.jsonl"))
}

/// Opens a file to write at its end; what a process that died has left of a line goes.
fn open(path: &Path) -> io::Result<File> {
    let folder = path.parent().unwrap_or(path);
    private_folder(folder)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let mut whole = 0;
    let mut reader = BufReader::new(&file);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
        whole += line.len() as u64;
        line.clear();
    }
    file.set_len(whole)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(file)
}

fn put(mut file: &File, line: &Line) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    file.write_all(&text)?;
    file.sync_data()
}

/// The files there are, those of runs in the order in which they were begun.
pub(super) fn files(backups: &Path) -> Result<Vec<PathBuf>, AppError> {
    let folder = folder_of(backups);
    let fault = |error| AppError::file(&folder, error);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(fault(error)),
    };
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = paths.map_err(fault)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    // Numbers sort by the time they were made.
    paths.sort();
    Ok(paths)
}

/// Hands over each line of a file.
pub(super) fn each(path: &Path, mut take: impl FnMut(Line) -> Result<(), AppError>) -> Result<(), AppError> {
    let fault = |error| AppError::file(path, error);
    let mut reader = BufReader::new(File::open(path).map_err(fault)?);
    let mut text = Vec::new();
    while reader.read_until(b'\n', &mut text).map_err(fault)? > 0 && text.ends_with(b"\n") {
        let line = serde_json::from_slice(&text)
            .map_err(|error| AppError::file(path, format!("the record of what was destroyed: {error}")))?;
        take(line)?;
        text.clear();
    }
    Ok(())
}

/// Removes the files of what had ended before `first`; all that had ended, when there is no such moment.
pub(super) fn forget(backups: &Path, first: Option<Instant>) -> Result<(), AppError> {
    for path in files(backups)? {
        let mut ended = None;
        each(&path, |line| {
            ended = match line {
                Line::Ended { at, .. }
                | Line::Account { at, .. }
                | Line::Admitted { at, .. }
                | Line::Limit { at, .. } => Some(at),
                _ => None,
            };
            Ok(())
        })?;
        if ended.is_some_and(|ended| first.is_none_or(|first| ended < first)) {
            std::fs::remove_file(&path).map_err(|error| AppError::file(path, error))?;
        }
    }
    Ok(())
}
