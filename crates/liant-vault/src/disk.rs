//! Key files on disk: mode 0600, replaced whole, changed by one process at a time.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::{
    error::{Action, VaultError},
    keyring::Keyring,
    kms::Kms,
};

/// No key file comes near this: some 4 000 versions fit.
const LARGEST: u64 = 1 << 20;

/// How the keys of a file are protected, besides the file's mode.
#[derive(Clone, Copy)]
pub enum Protection<'a> {
    /// Not at all: whoever reads the file has the keys.
    Clear,
    /// Each key is wrapped by this service.
    Wrapped(&'a dyn Kms),
}

impl fmt::Debug for Protection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clear => f.write_str("Clear"),
            Self::Wrapped(kms) => f.debug_tuple("Wrapped").field(&kms.id()).finish(),
        }
    }
}

/// A key file at a path.
#[derive(Clone, Debug)]
pub struct KeyFile {
    path: PathBuf,
}

impl KeyFile {
    /// The key file at `path`, which need not exist yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Writes `ring` to a new file.
    ///
    /// # Errors
    /// [`VaultError::File`], notably when the file exists: overwriting keys would lose what they sealed.
    pub fn create(&self, ring: &Keyring, protection: Protection<'_>) -> Result<(), VaultError> {
        create(&self.path, ring.to_text(protection)?.as_bytes())
    }

    /// Reads the ring.
    ///
    /// # Errors
    /// [`VaultError::Exposed`] when others than the owner may use the file, [`VaultError::File`],
    /// [`VaultError::KeyText`], [`VaultError::Kms`].
    pub fn load(&self, protection: Protection<'_>) -> Result<Keyring, VaultError> {
        Keyring::from_text(&read(&self.path)?, protection)
    }

    /// Destroys the keys: whatever they sealed can never be read again. The file is overwritten, then removed.
    ///
    /// # Errors
    /// [`VaultError::File`]; when the file was overwritten and not removed, a next call goes on.
    pub fn destroy(&self) -> Result<(), VaultError> {
        let fault = |action| move |source| file_error(action, &self.path, source);
        let file = OpenOptions::new().write(true).open(&self.path).map_err(fault(Action::Open))?;
        let length = file.metadata().map_err(fault(Action::Examine))?.len();
        fill(file, &vec![b'0'; length as usize]).map_err(fault(Action::Write))?;
        fs::remove_file(&self.path).map_err(fault(Action::Remove))?;
        sync_directory(&self.path)
    }

    /// Loads the ring, changes it (rotates it, say) and replaces the file, all under a lock: two rotations at once
    /// add two versions. The old file stays in place until the new one is on disk.
    ///
    /// # Errors
    /// As [`KeyFile::load`], and whatever `change` returns; the file is then as before.
    pub fn update<T>(
        &self,
        protection: Protection<'_>,
        change: impl FnOnce(&mut Keyring) -> Result<T, VaultError>,
    ) -> Result<(Keyring, T), VaultError> {
        // A link stays a link: the file it leads to is the one locked and replaced.
        let path =
            fs::canonicalize(&self.path).map_err(|source| file_error(Action::Find, &self.path, source))?;
        let lock_path = beside(&path, ".lock");
        let lock = private_file(OpenOptions::new().write(true).create(true).truncate(false))
            .open(&lock_path)
            .map_err(|source| file_error(Action::Open, &lock_path, source))?;
        lock.lock().map_err(|source| file_error(Action::Lock, &lock_path, source))?;
        let mut ring = self.load(protection)?;
        let result = change(&mut ring)?;
        replace(&path, ring.to_text(protection)?.as_bytes())?;
        Ok((ring, result))
    }
}

/// Reads a secret text, refusing one that others may use.
pub(crate) fn read(path: &Path) -> Result<Zeroizing<String>, VaultError> {
    let file = File::open(path).map_err(|source| file_error(Action::Open, path, source))?;
    // Asked of the open file, so that it cannot be another by the time it is read.
    let metadata = file.metadata().map_err(|source| file_error(Action::Examine, path, source))?;
    if !metadata.is_file() {
        return Err(file_error(Action::Read, path, io::Error::other("not a regular file")));
    }
    refuse_exposed(path, &metadata)?;
    if metadata.len() > LARGEST {
        return Err(file_error(
            Action::Read,
            path,
            io::Error::other("too large to be a key file (over 1 MiB)"),
        ));
    }
    let mut text = Zeroizing::new(String::with_capacity(metadata.len() as usize + 1));
    file.take(LARGEST).read_to_string(&mut text).map_err(|source| file_error(Action::Read, path, source))?;
    Ok(text)
}

/// Writes a secret text to a file that must not exist yet.
pub(crate) fn create(path: &Path, text: &[u8]) -> Result<(), VaultError> {
    let file = private_file(OpenOptions::new().write(true).create_new(true))
        .open(path)
        .map_err(|source| file_error(Action::Create, path, source))?;
    fill(file, text).map_err(|source| {
        // It was made just above and holds no key in use: a partial one would only be in the way.
        let _ = fs::remove_file(path);
        file_error(Action::Write, path, source)
    })?;
    sync_directory(path)
}

fn replace(path: &Path, text: &[u8]) -> Result<(), VaultError> {
    let new = beside(path, ".new");
    // One left by a crash; the lock says that nobody is writing it.
    let _ = fs::remove_file(&new);
    create(&new, text)?;
    fs::rename(&new, path).map_err(|source| file_error(Action::Replace, path, source))?;
    sync_directory(path)
}

fn fill(mut file: File, text: &[u8]) -> io::Result<()> {
    file.write_all(text)?;
    file.sync_all()
}

fn sync_directory(path: &Path) -> Result<(), VaultError> {
    if cfg!(unix) {
        let directory = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let synced = File::open(directory).and_then(|handle| handle.sync_all());
        synced.map_err(|source| file_error(Action::SyncDirectory, directory, source))?;
    }
    Ok(())
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(unix)]
fn private_file(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private_file(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

#[cfg(unix)]
fn refuse_exposed(path: &Path, metadata: &fs::Metadata) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = metadata.permissions().mode() & 0o777;
    let others = mode & 0o077;
    if others == 0 { Ok(()) } else { Err(VaultError::Exposed { path: path.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn refuse_exposed(_: &Path, _: &fs::Metadata) -> Result<(), VaultError> {
    Ok(())
}

fn file_error(action: Action, path: &Path, source: io::Error) -> VaultError {
    VaultError::File { action, path: path.to_owned(), source }
}
