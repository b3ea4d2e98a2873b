//! The folders of the spool.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use liant_model::{ActId, Instant, Territory, Uuid};

use super::{Doing, Progress, Said, Stage, Upload};
use crate::private::PrivateFile;
use crate::{AppError, Context, Workplace, access};

/// The number of a file that was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UploadId(Uuid);

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for UploadId {
    type Err = AppError;
    fn from_str(text: &str) -> Result<Self, AppError> {
        Uuid::try_parse(text).map(Self).map_err(|_| AppError::Absent("upload"))
    }
}

/// What is kept of a file beside it.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Kept {
    pub(super) file_name: String,
    pub(super) bytes: u64,
    pub(super) flow: String,
    pub(super) received_at: Instant,
    pub(super) actor: String,
    /// What was begun and has not come to its end.
    pub(super) begun: Option<Begun>,
    pub(super) note: Option<Said>,
    #[serde(default)]
    pub(super) lacks_many: bool,
    pub(super) stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Begun {
    Check,
    Import,
}

/// The folder of one file.
pub(super) struct Folder {
    id: UploadId,
    path: PathBuf,
}

fn place(workplace: &Workplace, territory: Territory) -> PathBuf {
    workplace.spool.join("in").join(territory.as_str())
}

/// Every file of a territory, the last received first.
pub(super) fn all(workplace: &Workplace, territory: Territory) -> Vec<Upload> {
    let entries = fs::read_dir(place(workplace, territory)).into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let mut found: Vec<Upload> =
        ids.filter_map(|id| Folder::of(workplace, territory, id).read().ok()).collect();
    found.sort_by_key(|upload| std::cmp::Reverse((upload.received_at, upload.id)));
    found
}

impl Folder {
    pub(super) fn of(workplace: &Workplace, territory: Territory, id: UploadId) -> Self {
        Self { id, path: place(workplace, territory).join(id.to_string()) }
    }

    /// The file, by the name that its sender gave it: what its import says of it in the store and in the audit.
    pub(super) fn data(&self, name: &str) -> PathBuf {
        self.path.join("file").join(name)
    }

    fn kept(&self) -> Result<Kept, AppError> {
        let bytes = fs::read(self.path.join("upload.json")).map_err(|_| AppError::Absent("upload"))?;
        serde_json::from_slice(&bytes).map_err(|_| AppError::Absent("upload"))
    }

    pub(super) fn read(&self) -> Result<Upload, AppError> {
        let kept = self.kept()?;
        let doing = match kept.begun {
            None => Doing::Nothing,
            Some(_) if self.is_free() => Doing::Interrupted,
            Some(Begun::Check) => Doing::Checking(self.progress(kept.bytes)),
            Some(Begun::Import) => Doing::Importing(self.progress(kept.bytes)),
        };
        Ok(Upload {
            id: self.id,
            file_name: kept.file_name,
            bytes: kept.bytes,
            flow: kept.flow,
            received_at: kept.received_at,
            actor: kept.actor,
            stage: kept.stage,
            doing,
            note: kept.note,
            lacks_many: kept.lacks_many,
        })
    }

    /// Changes what is kept of the file; readers see it before or after.
    pub(super) fn update(&self, change: impl FnOnce(&mut Kept)) -> Result<(), AppError> {
        let mut kept = self.kept()?;
        change(&mut kept);
        self.write(&kept)
    }

    fn write(&self, kept: &Kept) -> Result<(), AppError> {
        let path = self.path.join("upload.json");
        let fault = |error: io::Error| AppError::file(&path, error);
        let bytes = serde_json::to_vec(kept).map_err(|error| AppError::Internal(error.to_string()))?;
        let (private, mut file) = PrivateFile::begin(&path).map_err(fault)?;
        file.write_all(&bytes).map_err(fault)?;
        private.finish().map_err(fault)
    }

    /// Takes the lock of the folder; the system frees it when the file is closed, or the process ends.
    pub(super) fn lock(&self) -> Result<File, AppError> {
        let file = self.lock_file().map_err(|_| AppError::Absent("upload"))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(_) => Err(AppError::State("this file is being worked on".to_owned())),
        }
    }

    fn lock_file(&self) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).open(self.path.join("lock"))
    }

    fn is_free(&self) -> bool {
        self.lock_file().is_ok_and(|file| file.try_lock_shared().is_ok())
    }

    /// Tells how far the work has come: who looks reads it, and the work does not wait for that.
    pub(super) fn tell(&self, progress: Progress) {
        let path = self.path.join("progress");
        // It is only told: a disk that is full shows elsewhere.
        let _ = fs::write(path, format!("{} {}", progress.read, progress.total));
    }

    fn progress(&self, total: u64) -> Progress {
        let text = fs::read_to_string(self.path.join("progress")).unwrap_or_default();
        let told = text.split_once(' ').and_then(|(read, _)| read.parse().ok());
        Progress { read: told.unwrap_or(0).min(total), total }
    }

    pub(super) fn remove_data(&self) {
        // What cannot be removed now goes with the next sweep.
        let _ = fs::remove_dir_all(self.path.join("file"));
    }

    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A file that is being received. Dropped before it is finished, it leaves nothing.
pub struct Incoming {
    folder: Option<Folder>,
    file_name: String,
    id: UploadId,
}

impl Incoming {
    pub(super) fn begin(context: &Context<'_>, workplace: &Workplace, name: &str) -> Result<Self, AppError> {
        let ActId(number) = context.act_id()?;
        let id = UploadId(number);
        let folder = Folder::of(workplace, context.territory, id);
        let fault = |error| AppError::file(&folder.path, error);
        private_folder(&folder.path.join("file")).map_err(fault)?;
        private_file(&folder.path.join("lock")).map_err(fault)?;
        Ok(Self { folder: Some(folder), file_name: sound_name(name), id })
    }

    /// Where its bytes are to be written.
    ///
    /// # Errors
    /// [`AppError::File`].
    pub fn open(&self) -> Result<File, AppError> {
        let Some(folder) = &self.folder else { return Err(AppError::Absent("upload")) };
        private_file(&folder.data(&self.file_name)).map_err(|error| AppError::file(&self.file_name, error))
    }

    /// All its bytes are there: what flow is it, and may the actor import it?
    ///
    /// # Errors
    /// [`AppError::Unrecognised`], [`AppError::Value`] and the gate's refusal; the file is then gone.
    pub fn finish(mut self, context: &Context<'_>, workplace: &Workplace) -> Result<UploadId, AppError> {
        let Some(folder) = &self.folder else { return Err(AppError::Absent("upload")) };
        let fault = |error| AppError::file(&self.file_name, error);
        let mut start = Vec::new();
        let mut file = File::open(folder.data(&self.file_name)).map_err(fault)?;
        (&mut file).take(8 << 10).read_to_end(&mut start).map_err(fault)?;
        let bytes = file.metadata().map_err(fault)?.len();
        let unknown = || AppError::Unrecognised(PathBuf::from(&self.file_name));
        let profile = liant_flux::detect(&start, &workplace.profiles).ok_or_else(unknown)?;
        if profile.blocks().contains(&liant_model::Block::Orientation) {
            return Err(AppError::DecisionsAreNoStock(profile.id().to_owned()));
        }
        access::receive(context, workplace, profile.id())?;
        folder.write(&Kept {
            file_name: self.file_name.clone(),
            bytes,
            flow: profile.id().to_owned(),
            received_at: context.now(),
            actor: context.actor.name.clone(),
            begun: None,
            note: None,
            lacks_many: false,
            stage: Stage::Received,
        })?;
        self.folder = None;
        Ok(self.id)
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            folder.remove();
        }
    }
}

/// The name of a file as it may be shown and kept: no folder, no control character, no more than a line.
fn sound_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let sound: String = name.chars().filter(|letter| !letter.is_control()).take(120).collect();
    if sound.is_empty() { "—".to_owned() } else { sound }
}

pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folder_and_no_line_end() {
        for (given, kept) in [
            ("pecgm.xml", "pecgm.xml"),
            ("C:\\exports\\pecgm.xml", "pecgm.xml"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
            ("", "—"),
            ("/", "—"),
        ] {
            assert_eq!(sound_name(given), kept);
        }
        assert_eq!(sound_name(&"é".repeat(500)).chars().count(), 120);
    }
}
