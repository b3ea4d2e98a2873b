//! The export of a log as plain lines, for whoever verifies it elsewhere.
//!
//! ```text
//! liant-log/1 <origin>
//! <index> <commitment> <salt or -> <payload or ->     one line a leaf, from 0; hexadecimal; - when erased
//! end <how many leaves>
//! ```

use std::io::{BufRead, Read as _};

use super::{text::from_hex, tree::Hash};

/// First word of an export.
pub const FORMAT: &str = "liant-log/1";
/// Bytes of a salt.
pub const SALT_LENGTH: usize = 16;
/// No payload is longer than this: 16 MiB lists some eight million people.
pub const LARGEST_PAYLOAD: usize = 16 << 20;
const LARGEST_LINE: u64 = 2 * LARGEST_PAYLOAD as u64 + 256;

/// A leaf as stored: its place, its commitment, and what it commits to unless that was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLeaf {
    /// Its place in the log, from 0.
    pub index: u64,
    /// `SHA-256(0x00 ‖ salt ‖ payload)`.
    pub commitment: Hash,
    /// The salt and the payload; `None` once erased.
    pub opening: Option<([u8; SALT_LENGTH], Vec<u8>)>,
}

/// Why an export cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line} of the export: {problem}; the file was altered or cut, export it again or take another copy"
)]
pub struct LogFileError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub problem: String,
}

/// Reads an export leaf by leaf, one line in memory at a time.
#[derive(Debug)]
pub struct LogReader<R> {
    input: R,
    line: u64,
    leaves: u64,
    ended: bool,
    /// The log's name, from the first line.
    pub origin: String,
}

impl<R: BufRead> LogReader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// [`LogFileError`].
    pub fn new(input: R) -> Result<Self, LogFileError> {
        let mut reader = Self { input, line: 0, leaves: 0, ended: false, origin: String::new() };
        let line = reader.read_line()?.unwrap_or_default();
        let origin = line.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix(' '));
        match origin.filter(|origin| !origin.is_empty()) {
            Some(origin) => origin.clone_into(&mut reader.origin),
            None => return Err(reader.error(&format!("should be \"{FORMAT} <name of the log>\""))),
        }
        Ok(reader)
    }

    fn error(&self, problem: &str) -> LogFileError {
        LogFileError { line: self.line, problem: problem.to_owned() }
    }

    fn read_line(&mut self) -> Result<Option<String>, LogFileError> {
        self.line += 1;
        let mut line = String::new();
        let read = self.input.by_ref().take(LARGEST_LINE).read_line(&mut line);
        match read.map_err(|error| self.error(&error.to_string()))? {
            0 => Ok(None),
            _ if line.pop() == Some('\n') => Ok(Some(line)),
            _ => Err(self.error("too long, or without an end of line")),
        }
    }

    fn read_leaf(&mut self) -> Result<Option<StoredLeaf>, LogFileError> {
        let line = self.read_line()?.ok_or_else(|| self.error("the file stops without its line \"end\""))?;
        if let Some(count) = line.strip_prefix("end ") {
            if count != self.leaves.to_string() {
                return Err(self.error(&format!("it does not count the {} leaves above it", self.leaves)));
            }
            return match self.read_line()? {
                None => Ok(None),
                Some(_) => Err(self.error("there is something after the end")),
            };
        }
        self.leaves += 1;
        parse_leaf(&line).map(Some).ok_or_else(|| self.error("should be \"index commitment salt payload\""))
    }
}

impl<R: BufRead> Iterator for LogReader<R> {
    type Item = Result<StoredLeaf, LogFileError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let leaf = self.read_leaf().transpose();
        self.ended = !matches!(leaf, Some(Ok(_)));
        leaf
    }
}

fn parse_leaf(line: &str) -> Option<StoredLeaf> {
    let mut words = line.split(' ');
    let (number, commitment, salt, payload) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let index: u64 = number.parse().ok()?;
    if words.next().is_some() || index.to_string() != number {
        return None;
    }
    let opening = match (salt, payload) {
        ("-", "-") => None,
        _ => Some((from_hex(salt)?.try_into().ok()?, from_hex(payload)?)),
    };
    Some(StoredLeaf { index, commitment: from_hex(commitment)?.try_into().ok()?, opening })
}
