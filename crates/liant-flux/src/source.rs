use std::io::{self, Read};

/// A window over the bytes of a file, refilled as it moves. It holds at least one byte more than asked for, or
/// the end of the file: what is found in it does not depend on how the bytes arrive.
pub(crate) struct Source<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    line: u64,
    ended: bool,
    carriage_return: Option<(u64, u64)>,
}

const CAPACITY: usize = 256 << 10;

impl<R: Read> Source<R> {
    pub(crate) fn new(input: R) -> Self {
        Self {
            input,
            buffer: vec![0; CAPACITY],
            start: 0,
            end: 0,
            offset: 0,
            line: 1,
            ended: false,
            carriage_return: None,
        }
    }

    /// The bytes at hand.
    pub(crate) fn window(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Makes the window hold `wanted` bytes; false when the file ends before.
    pub(crate) fn ensure(&mut self, wanted: usize) -> io::Result<bool> {
        if self.end - self.start >= wanted {
            return Ok(true);
        }
        if self.ended {
            return Ok(false);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < wanted {
            self.buffer.resize(wanted.next_power_of_two(), 0);
        }
        while !self.ended && self.end < self.buffer.len() {
            let room = self.buffer.get_mut(self.end..).unwrap_or_default();
            match self.input.read(room) {
                Ok(0) => self.ended = true,
                Ok(count) => self.end = (self.end + count).min(self.buffer.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.end >= wanted)
    }

    /// Moves past the first `count` bytes of the window.
    pub(crate) fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        let passed = self.buffer.get(self.start..self.start + count).unwrap_or_default();
        if self.carriage_return.is_none()
            && let Some(at) = memchr::memchr(b'\r', passed)
        {
            self.carriage_return = Some((self.offset + at as u64, self.line));
        }
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.offset += count as u64;
        self.start += count;
    }

    /// Offset and line of the first carriage return passed (the line is that of the piece it was passed with).
    pub(crate) fn carriage_return(&self) -> Option<(u64, u64)> {
        self.carriage_return
    }

    /// Byte offset of the window's first byte.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Line of the window's first byte, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }
}
