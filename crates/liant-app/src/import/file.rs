use std::cell::{Cell, RefCell};
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use liant_flux::Refusal;
use ring::digest;

use crate::AppError;

/// A file that is hashed while it is read, and that must not change meanwhile.
pub(crate) struct WatchedFile {
    path: PathBuf,
    file: File,
    before: Metadata,
    state: Rc<State>,
}

struct State {
    hash: RefCell<digest::Context>,
    bytes: Cell<u64>,
}

impl WatchedFile {
    pub(crate) fn open(path: &Path) -> Result<Self, AppError> {
        // Asked before it is opened: opening a pipe waits for somebody to write to it.
        let kind = std::fs::metadata(path).map_err(|error| AppError::file(path, error))?;
        if !kind.is_file() {
            return Err(AppError::file(
                path,
                "this is no file: it cannot be read twice, nor known to be whole",
            ));
        }
        let file = File::open(path).map_err(|error| AppError::file(path, error))?;
        let before = file.metadata().map_err(|error| AppError::file(path, error))?;
        let state = State { hash: RefCell::new(digest::Context::new(&digest::SHA256)), bytes: Cell::new(0) };
        Ok(Self { path: path.to_path_buf(), file, before, state: Rc::new(state) })
    }

    /// What reads it; take one.
    pub(crate) fn reader(&self) -> impl Read + use<'_> {
        WatchedReader { file: &self.file, state: Rc::clone(&self.state) }
    }

    /// Name without its folder.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Bytes read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.state.bytes.get()
    }

    /// Bytes there are.
    pub(crate) fn length(&self) -> u64 {
        self.before.len()
    }

    /// SHA-256 of what was read.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let digest = self.state.hash.borrow().clone().finish();
        digest.as_ref().try_into().unwrap_or_default()
    }

    /// SHA-256 of the file as it is now, by a reading of its own.
    pub(crate) fn hash_now(&self) -> Result<[u8; 32], AppError> {
        let fault = |error: io::Error| AppError::file(&self.path, error);
        let mut file = File::open(&self.path).map_err(fault)?;
        let mut hash = digest::Context::new(&digest::SHA256);
        let mut buffer = vec![0; 1 << 18];
        loop {
            let read = file.read(&mut buffer).map_err(fault)?;
            if read == 0 {
                return Ok(hash.finish().as_ref().try_into().unwrap_or_default());
            }
            hash.update(buffer.get(..read).unwrap_or_default());
        }
    }

    /// Refuses a file that grew, shrank or was written to while it was read.
    pub(crate) fn unchanged(&self) -> Result<(), AppError> {
        let after = std::fs::metadata(&self.path).map_err(|error| AppError::file(&self.path, error))?;
        let same = after.len() == self.before.len()
            && after.modified().ok() == self.before.modified().ok()
            && self.bytes() == self.before.len();
        if same { Ok(()) } else { Err(AppError::Moving(self.path.clone())) }
    }
}

struct WatchedReader<'a> {
    file: &'a File,
    state: Rc<State>,
}

impl Read for WatchedReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.state.hash.borrow_mut().update(buffer.get(..read).unwrap_or_default());
        self.state.bytes.set(self.state.bytes.get() + read as u64);
        Ok(read)
    }
}

/// A refusal of the reader as the application's.
pub(crate) fn refusal(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::Rule(diagnostic) => AppError::Refused(diagnostic),
        Refusal::Io(error) => AppError::Value(format!("the file cannot be read: {error}")),
    }
}
