//! What is done with a file that was received: it is checked, then imported.

use std::fs::File;

use liant_flux::Refusal;
use liant_model::Lang;

use super::findings::{self, Finding, Said};
use super::spool::{Begun, Folder};
use super::{Preview, Progress, Stage, UploadId};
use crate::import::refusal;
use crate::{AppError, Context, ImportReport, ImportRequest, Workplace, import};

/// The right to work on a file, until it is dropped.
pub struct Claim {
    folder: Folder,
    _lock: File,
}

/// Takes a file, to work on it.
///
/// # Errors
/// [`AppError::State`] when it is being worked on; [`AppError::Absent`] as of [`get`](super::get).
pub fn claim(context: &Context<'_>, workplace: &Workplace, id: UploadId) -> Result<Claim, AppError> {
    super::get(context, workplace, id)?;
    let folder = Folder::of(workplace, context.territory, id);
    let lock = folder.lock()?;
    Ok(Claim { folder, _lock: lock })
}

impl Claim {
    /// Says that the work begins: from now on who looks sees it. Only what waits may be worked on.
    ///
    /// # Errors
    /// [`AppError::State`] when the file has gone.
    pub fn to_check(self) -> Result<Self, AppError> {
        self.begin(Begun::Check)
    }

    /// The same, for the import.
    ///
    /// # Errors
    /// [`AppError::State`] when the file has not been checked, or has gone.
    pub fn to_import(self) -> Result<Self, AppError> {
        self.begin(Begun::Import)
    }

    fn begin(self, what: Begun) -> Result<Self, AppError> {
        let stage = self.folder.read()?.stage;
        let ready = match what {
            Begun::Check => matches!(stage, Stage::Received),
            Begun::Import => matches!(stage, Stage::Checked(_)),
        };
        if !ready {
            return Err(AppError::State("this file has been decided upon".to_owned()));
        }
        self.folder.tell(Progress::default());
        self.folder.update(|kept| {
            kept.begun = Some(what);
            kept.note = None;
        })?;
        Ok(self)
    }

    fn end(&self, stage: Option<Stage>, note: Option<Said>) -> Result<(), AppError> {
        let gone =
            matches!(stage, Some(Stage::Refused { .. } | Stage::Impossible { .. } | Stage::Imported { .. }));
        if gone {
            self.folder.remove_data();
        }
        self.folder.update(|kept| {
            kept.begun = None;
            kept.note = note;
            if let Some(stage) = stage {
                kept.stage = stage;
            }
        })
    }
}

/// Reads a file to its end, as its import would, and writes nothing but what was found.
///
/// # Errors
/// When what was found cannot be written. What is wrong with the file is kept beside it.
pub fn check(context: &Context<'_>, workplace: &Workplace, claim: &Claim) -> Result<(), AppError> {
    match preview(context, workplace, &claim.folder) {
        Ok(preview) => claim.end(Some(Stage::Checked(Box::new(preview))), None),
        Err(error) => failed(claim, &error),
    }
}

/// Imports a file. One that lacks much of the stock is refused and waits, unless `many_left` says that it is whole all the
/// same: see [`Upload::lacks_many`](super::Upload::lacks_many).
///
/// # Errors
/// When its state cannot be written. Why the import failed is kept beside the file.
pub fn load(
    context: &Context<'_>,
    workplace: &Workplace,
    claim: &Claim,
    many_left: bool,
) -> Result<(), AppError> {
    let most_leaving = (!many_left).then_some(workplace.most_leaving);
    match run(context, workplace, &claim.folder, (false, most_leaving)) {
        Ok(ImportReport { batch: Some(batch), .. }) => claim.end(Some(Stage::Imported { batch }), None),
        Ok(_) => claim.end(None, Some(Said::of(&AppError::Internal("an import without a batch".to_owned())))),
        Err(error) => failed(claim, &error),
    }
}

fn preview(context: &Context<'_>, workplace: &Workplace, folder: &Folder) -> Result<Preview, AppError> {
    let report = run(context, workplace, folder, (true, None))?;
    let mut preview = Preview { report, ..Preview::default() };
    let upload = folder.read()?;
    let profile = workplace.profile(&upload.flow)?;
    let path = folder.data(&upload.file_name);
    let file = File::open(&path).map_err(|error| AppError::file(&upload.file_name, error))?;
    let found = findings::find(context, workplace, profile, file, &mut preview);
    found.map_err(|error: Refusal| refusal(error))?;
    preview.report.problems.clear();
    Ok(preview)
}

fn run(
    context: &Context<'_>,
    workplace: &Workplace,
    folder: &Folder,
    (dry_run, most_leaving): (bool, Option<u8>),
) -> Result<ImportReport, AppError> {
    let upload = folder.read()?;
    let profile = workplace.profile(&upload.flow)?;
    let path = folder.data(&upload.file_name);
    let request =
        ImportRequest { path: &path, profile, dry_run, strict: false, most_leaving, lang: Lang::Fr };
    let mut told = 0;
    import(context, workplace, request, &mut |read, total| {
        if (read - told) * 100 >= total {
            told = read;
            folder.tell(Progress { read, total });
        }
    })
}

/// What becomes of a file whose work failed: at fault, it goes; else it waits, and may be tried again.
fn failed(claim: &Claim, error: &AppError) -> Result<(), AppError> {
    match error {
        AppError::Refused(diagnostic) => {
            let why = Box::new(Finding::of(diagnostic, 1));
            claim.end(Some(Stage::Refused { why }), None)
        }
        AppError::SameFile { batch, .. } => {
            claim.end(Some(Stage::Impossible { why: Said::of(error), batch: Some(*batch) }), None)
        }
        AppError::OlderThanLast { .. } | AppError::MadeBefore { .. } | AppError::Gate(_) => {
            claim.end(Some(Stage::Impossible { why: Said::of(error), batch: None }), None)
        }
        AppError::ManyLeave { .. } => {
            claim.folder.update(|kept| kept.lacks_many = true)?;
            claim.end(None, None)
        }
        error => claim.end(None, Some(Said::of(error))),
    }
}
