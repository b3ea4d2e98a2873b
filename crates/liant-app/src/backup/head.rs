//! The head of a backup: a line of text that says which key opens it, and until when.

use std::fs::File;
use std::io::{self, Read as _};

use liant_model::{ActId, Date, Instant};

const FORM: &str = "LIANT BACKUP 1";

/// Which backup, and the day on which its key is destroyed. The name of its key says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) id: ActId,
    pub(super) expires: Date,
}

impl Head {
    pub(super) fn to_bytes(self) -> Vec<u8> {
        format!("{FORM} {} {}\n", self.id, self.expires).into_bytes()
    }

    /// The head of a file; none when it is no backup.
    pub(super) fn read(mut file: &File) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        let length = FORM.len() + 1 + 36 + 1 + 10 + 1;
        file.by_ref().take(length as u64).read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).unwrap_or_default();
        let parts = text.strip_suffix('\n').and_then(|line| line.strip_prefix(FORM)?.strip_prefix(' '));
        Ok(parts.and_then(|parts| Self::of(parts, ' ')))
    }

    /// The number and the day, with this between them.
    pub(super) fn of(text: &str, between: char) -> Option<Self> {
        let (id, expires) = text.split_once(between)?;
        Some(Self { id: id.parse().ok()?, expires: expires.parse().ok()? })
    }

    /// When it was made: its number says so.
    pub(super) fn made_at(self) -> Option<Instant> {
        let (seconds, nanos) = self.id.0.get_timestamp()?.to_unix();
        Some(Instant::from_micros(i64::try_from(seconds).ok()? * 1_000_000 + i64::from(nanos) / 1_000))
    }

    /// The name of its key.
    pub(super) fn key_name(self) -> String {
        format!("{}_{}.keys", self.id, self.expires)
    }

    /// When it was begun: its number holds the moment, to the millisecond before.
    pub(super) fn made(self) -> Instant {
        let (seconds, nanos) = self.id.0.get_timestamp().map(|at| at.to_unix()).unwrap_or_default();
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 2_000_000);
        Instant::from_micros(seconds * 1_000_000 + i64::from(nanos / 1_000))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek as _, Write as _};

    use super::*;

    #[test]
    fn a_head_reads_as_it_was_written() {
        let made = Instant::from_micros(1_750_413_600_123_000);
        let head = Head { id: ActId::new(made, [7; 10]), expires: Date::constant(2025, 7, 20) };
        assert_eq!(head.made(), made);
        let text = head.to_bytes();
        let file = tempfile::tempfile().unwrap();
        (&file).write_all(&text).unwrap();
        (&file).rewind().unwrap();
        assert_eq!(Head::read(&file).unwrap(), Some(head));
        let name = head.key_name();
        assert_eq!(Head::of(name.strip_suffix(".keys").unwrap(), '_'), Some(head));
        (&file).rewind().unwrap();
        (&file).write_all(b"LIANT STORE 1\n").unwrap();
        (&file).rewind().unwrap();
        assert_eq!(Head::read(&file).unwrap(), None);
    }
}
