//! Writes a log as the plain lines that [`crate::verify::LogReader`] reads.

use std::io::{self, Write};

use crate::verify::{FORMAT, StoredLeaf, to_hex};

/// Writes an export leaf by leaf.
#[derive(Debug)]
pub struct LogWriter<W> {
    output: W,
    leaves: u64,
}

impl<W: Write> LogWriter<W> {
    /// Begins the export of the log named `origin`.
    ///
    /// # Errors
    /// Those of the output, and `InvalidInput` when the name is not one line of text.
    pub fn new(mut output: W, origin: &str) -> io::Result<Self> {
        if origin.is_empty() || origin.contains(char::is_control) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a log's name is one line of text, not empty",
            ));
        }
        writeln!(output, "{FORMAT} {origin}")?;
        Ok(Self { output, leaves: 0 })
    }

    /// Writes the next leaf.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, leaf: &StoredLeaf) -> io::Result<()> {
        write!(self.output, "{} {} ", leaf.index, to_hex(&leaf.commitment))?;
        match &leaf.opening {
            Some((salt, payload)) => writeln!(self.output, "{} {}", to_hex(salt), to_hex(payload))?,
            None => writeln!(self.output, "- -")?,
        }
        self.leaves += 1;
        Ok(())
    }

    /// Writes the last line, without which the export counts as cut, and gives the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        writeln!(self.output, "end {}", self.leaves)?;
        self.output.flush()?;
        Ok(self.output)
    }
}
