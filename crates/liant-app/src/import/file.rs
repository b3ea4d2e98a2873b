use std::cell::Cell;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use liant_flux::Refusal;
use ring::digest;

use crate::{AppError, background};

/// A file that is hashed while it is read, and that must not change meanwhile.
pub(crate) struct WatchedFile {
    path: PathBuf,
    before: Metadata,
    /// Bytes that were handed over.
    bytes: Rc<Cell<u64>>,
    ahead: Cell<Option<ReadAhead>>,
    hashing: Cell<Option<JoinHandle<[u8; 32]>>>,
}

impl WatchedFile {
    pub(crate) fn open(path: &Path) -> Result<Self, AppError> {
        // Asked before it is opened: opening a pipe waits for somebody to write to it.
        let kind = std::fs::metadata(path).map_err(|error| AppError::file(path, error))?;
        if !kind.is_file() {
            return Err(AppError::NotAFile(path.to_path_buf()));
        }
        let file = File::open(path).map_err(|error| AppError::file(path, error))?;
        let before = file.metadata().map_err(|error| AppError::file(path, error))?;
        let bytes = Rc::new(Cell::new(0));
        let (ahead, hashing) = ReadAhead::begin(file, Rc::clone(&bytes));
        Ok(Self {
            path: path.to_path_buf(),
            before,
            bytes,
            ahead: Cell::new(Some(ahead)),
            hashing: Cell::new(Some(hashing)),
        })
    }

    /// What reads it; take one.
    pub(crate) fn reader(&self) -> impl Read + use<> {
        self.ahead.take().unwrap_or_else(|| ReadAhead::ended(Rc::clone(&self.bytes)))
    }

    /// Name without its folder.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Bytes read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Bytes there are.
    pub(crate) fn length(&self) -> u64 {
        self.before.len()
    }

    /// SHA-256 of what was read. Ask once, when it has been read to its end.
    pub(crate) fn hash(&self) -> Result<[u8; 32], AppError> {
        let failed = || AppError::Internal("the hash of the file was not taken".to_owned());
        self.hashing.take().ok_or_else(failed)?.join().map_err(|_| failed())
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

/// Bytes read at once.
const PIECE: usize = 1 << 18;
/// Pieces that wait to be taken.
const PIECES_AHEAD: usize = 8;

/// Reads a file and hashes it on a thread of its own, a few pieces ahead of whoever takes them.
struct ReadAhead {
    pieces: Receiver<io::Result<Vec<u8>>>,
    emptied: Sender<Vec<u8>>,
    piece: Vec<u8>,
    taken: usize,
    bytes: Rc<Cell<u64>>,
}

impl ReadAhead {
    fn begin(mut file: File, bytes: Rc<Cell<u64>>) -> (Self, JoinHandle<[u8; 32]>) {
        let (to, pieces) = sync_channel(PIECES_AHEAD);
        let (emptied, to_fill) = channel();
        let hashing = std::thread::spawn(move || {
            background::give_way();
            read_ahead(&mut file, &to, &to_fill)
        });
        (Self { pieces, emptied, piece: Vec::new(), taken: 0, bytes }, hashing)
    }

    /// Gives nothing.
    fn ended(bytes: Rc<Cell<u64>>) -> Self {
        Self { pieces: channel().1, emptied: channel().0, piece: Vec::new(), taken: 0, bytes }
    }
}

/// Reads to the end of the file, or until nobody takes the pieces any more. Gives the SHA-256 of what was read.
fn read_ahead(
    file: &mut File,
    to: &SyncSender<io::Result<Vec<u8>>>,
    to_fill: &Receiver<Vec<u8>>,
) -> [u8; 32] {
    let mut hash = digest::Context::new(&digest::SHA256);
    loop {
        let mut piece = to_fill.try_recv().unwrap_or_default();
        piece.resize(PIECE, 0);
        let read = file.read(&mut piece).map(|length| {
            piece.truncate(length);
            piece
        });
        let ended = match &read {
            Ok(piece) => {
                hash.update(piece);
                piece.is_empty()
            }
            Err(error) => error.kind() != io::ErrorKind::Interrupted,
        };
        if to.send(read).is_err() || ended {
            return hash.finish().as_ref().try_into().unwrap_or_default();
        }
    }
}

impl Read for ReadAhead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.piece.len() {
            let Ok(next) = self.pieces.recv() else { return Ok(0) };
            let emptied = std::mem::replace(&mut self.piece, next?);
            self.taken = 0;
            // The thread may have come to the end of the file: then nobody wants the memory back.
            let _ = self.emptied.send(emptied);
        }
        let left = self.piece.get(self.taken..).unwrap_or_default();
        let length = left.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), left.get(..length)) {
            to.copy_from_slice(from);
        }
        self.taken += length;
        self.bytes.set(self.bytes.get() + length as u64);
        Ok(length)
    }
}

/// A refusal of the reader as the application's.
pub(crate) fn refusal(refusal: Refusal) -> AppError {
    match refusal {
        Refusal::Rule(diagnostic) => AppError::Refused(diagnostic),
        Refusal::Io(error) => AppError::Unreadable(error.into()),
    }
}
