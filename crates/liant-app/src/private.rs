use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A file of personal data on its way: for its owner alone, beside its place, and given its name only when whole.
pub(crate) struct PrivateFile {
    partial: PathBuf,
    path: PathBuf,
}

impl PrivateFile {
    /// Begins a file that will stand at `path`.
    pub(crate) fn begin(path: &Path) -> io::Result<(Self, File)> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        let partial = path.with_file_name(name);
        // What a run that died has left is of no use.
        match std::fs::remove_file(&partial) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&partial)?;
        Ok((Self { partial, path: path.to_path_buf() }, file))
    }

    /// Where it lies until it is whole.
    pub(crate) fn partial(&self) -> &Path {
        &self.partial
    }

    /// Gives it its name.
    pub(crate) fn finish(self) -> io::Result<()> {
        std::fs::rename(&self.partial, &self.path)
    }
}

impl Drop for PrivateFile {
    fn drop(&mut self) {
        // Once it has its name there is nothing left here; before, what is half written is of no use to anyone.
        let _ = std::fs::remove_file(&self.partial);
    }
}
