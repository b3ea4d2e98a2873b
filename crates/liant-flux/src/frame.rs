use std::io::Read;

use memchr::memmem;

use crate::diagnostic::{Fault, Refusal};
use crate::options::Limits;
use crate::source::Source;
use crate::walk::{self, Walk};

/// Cuts an XML file into the children of its root, whatever their encoding.
///
/// The plain case (`<dossier>` … `</dossier>` without comment, CDATA or instruction inside) is one search for the
/// closing tag; anything else is walked construct by construct.
pub(crate) struct Framer<R> {
    source: Source<R>,
    limits: Limits,
    closing: Vec<u8>,
    finder: memmem::Finder<'static>,
    pending: usize,
    root: Vec<u8>,
    root_closed: bool,
}

/// One child of the root: its bytes are [`Framer::bytes`] until the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) offset: u64,
    pub(crate) line: u64,
    pub(crate) length: usize,
    /// Length of the tag's name, which starts at the second byte.
    pub(crate) name: usize,
}

/// A refusal before anything says which profile's rule it breaks: the caller makes the diagnostic.
pub(crate) struct Broken {
    pub(crate) fault: Fault,
    pub(crate) offset: u64,
    pub(crate) line: u64,
}

pub(crate) enum FrameError {
    Broken(Broken),
    Io(std::io::Error),
}

impl From<std::io::Error> for FrameError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl FrameError {
    pub(crate) fn refusal(self, make: impl FnOnce(Broken) -> Refusal) -> Refusal {
        match self {
            Self::Broken(broken) => make(broken),
            Self::Io(error) => Refusal::Io(error),
        }
    }
}

const XML_SPACE: [u8; 4] = *b" \t\r\n";

impl<R: Read> Framer<R> {
    pub(crate) fn new(input: R, limits: Limits) -> Self {
        Self {
            source: Source::new(input),
            limits,
            closing: Vec::new(),
            finder: memmem::Finder::new("</").into_owned(),
            pending: 0,
            root: Vec::new(),
            root_closed: false,
        }
    }

    /// Bytes read and passed.
    pub(crate) fn offset(&self) -> u64 {
        self.source.offset()
    }

    /// The line after those bytes.
    pub(crate) fn line(&self) -> u64 {
        self.source.line()
    }

    /// Offset and line of the first carriage return.
    pub(crate) fn carriage_return(&self) -> Option<(u64, u64)> {
        self.source.carriage_return()
    }

    /// The bytes of the frame last given.
    pub(crate) fn bytes(&self, frame: Frame) -> &[u8] {
        self.source.window().get(..frame.length).unwrap_or_default()
    }

    fn broken(&self, fault: Fault, ahead: usize) -> FrameError {
        let passed = self.source.window().get(..ahead).unwrap_or_default();
        FrameError::Broken(Broken {
            fault,
            offset: self.source.offset() + ahead as u64,
            line: self.source.line() + memchr::memchr_iter(b'\n', passed).count() as u64,
        })
    }

    /// Reads what precedes the root's children: byte order mark, declaration, root tag. Gives the name of the
    /// declared encoding, and whether a UTF-8 mark came first.
    pub(crate) fn prolog(&mut self) -> Result<(Option<String>, bool), FrameError> {
        if !self.source.ensure(4)? && self.source.window().is_empty() {
            return Err(self.broken(Fault::EmptyFile, 0));
        }
        let mark = self.source.window().starts_with(b"\xEF\xBB\xBF");
        if matches!(self.source.window(), [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) {
            return Err(self.broken(Fault::ByteOrderMark, 0));
        }
        if mark {
            self.source.consume(3);
        }
        let mut declared = None;
        loop {
            if !self.skip_space()? {
                return Err(self.broken(Fault::EmptyFile, 0));
            }
            match self.source.window() {
                [b'<', b'?', ..] => {
                    let length = self.construct()?;
                    let instruction = self.source.window().get(..length).unwrap_or_default();
                    let declaration = instruction.starts_with(b"<?xml")
                        && instruction.get(5).is_some_and(u8::is_ascii_whitespace);
                    if declaration && declared.is_none() {
                        declared = declared_encoding(instruction);
                    }
                    self.source.consume(length);
                }
                [b'<', b'!', ..] => {
                    let length = self.construct()?;
                    self.source.consume(length);
                }
                [b'<', ..] => break,
                _ => return Err(self.broken(Fault::NotXml, 0)),
            }
        }
        let length = self.construct()?;
        let tag = self.source.window().get(..length).unwrap_or_default();
        self.root = tag.get(1..=name_length(tag)).unwrap_or_default().to_vec();
        self.root_closed = tag.ends_with(b"/>");
        self.source.consume(length);
        Ok((declared, mark))
    }

    /// The next child of the root, or `None` once the root is closed and the file ends.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, FrameError> {
        self.source.consume(std::mem::take(&mut self.pending));
        loop {
            if !self.skip_space()? {
                return if self.root_closed { Ok(None) } else { Err(self.broken(Fault::Truncated, 0)) };
            }
            match self.source.window() {
                [b'<', b'!' | b'?', ..] => {
                    let length = self.construct()?;
                    if self.source.window().starts_with(b"<![") {
                        return Err(self.broken(Fault::StrayText, 0));
                    }
                    self.source.consume(length);
                }
                _ if self.root_closed => return Err(self.broken(Fault::TrailingContent, 0)),
                [b'<', b'/', ..] => {
                    let length = self.construct()?;
                    let tag = self.source.window().get(2..length.saturating_sub(1)).unwrap_or_default();
                    if tag.trim_ascii_end() != self.root {
                        return Err(self.broken(Fault::Unbalanced, 0));
                    }
                    self.root_closed = true;
                    self.source.consume(length);
                }
                [b'<', ..] => return self.child().map(Some),
                _ => return Err(self.broken(Fault::StrayText, 0)),
            }
        }
    }

    fn skip_space(&mut self) -> Result<bool, FrameError> {
        loop {
            let window = self.source.window();
            let space = window.iter().position(|byte| !XML_SPACE.contains(byte)).unwrap_or(window.len());
            self.source.consume(space);
            if !self.source.window().is_empty() {
                // The longest opening of a construct, `<![CDATA[`, is in sight.
                self.source.ensure(10)?;
                return Ok(true);
            }
            if !self.source.ensure(1)? {
                return Ok(false);
            }
        }
    }

    /// The length of the construct at the window's start, read whole.
    fn construct(&mut self) -> Result<usize, FrameError> {
        self.walk(walk::construct)
    }

    fn walk(&mut self, walk: fn(&[u8]) -> Walk) -> Result<usize, FrameError> {
        loop {
            let held = self.source.window().len();
            match walk(self.source.window()) {
                Walk::Complete(length) => return Ok(length),
                Walk::Refused(fault, at) => return Err(self.broken(fault, at)),
                Walk::More if held > self.limits.record_bytes => return Err(self.too_large()),
                Walk::More => {
                    if !self.source.ensure(held + 1)? {
                        return Err(self.broken(Fault::Truncated, held));
                    }
                }
            }
        }
    }

    fn too_large(&self) -> FrameError {
        let window = self.source.window();
        let last = memchr::memrchr(b'<', window).unwrap_or(0);
        if window.len() - last > self.limits.text_bytes {
            self.broken(Fault::TextTooLong { max: self.limits.text_bytes }, last)
        } else {
            self.broken(Fault::RecordTooLarge { max: self.limits.record_bytes }, 0)
        }
    }

    fn child(&mut self) -> Result<Frame, FrameError> {
        let (offset, line) = (self.source.offset(), self.source.line());
        let mut held = self.source.window().len();
        let mut name = name_length(self.source.window());
        while name + 2 >= held {
            if held > self.limits.record_bytes {
                return Err(self.too_large());
            }
            if !self.source.ensure(held + 1)? {
                return Err(self.broken(Fault::Truncated, held));
            }
            held = self.source.window().len();
            name = name_length(self.source.window());
        }
        if name == 0 {
            return Err(self.broken(Fault::Malformed { cause: "tag without a name".to_owned() }, 0));
        }
        let length = match self.plain(name)? {
            Some(length) => length,
            None => self.walk(walk::element)?,
        };
        if length > self.limits.record_bytes {
            return Err(self.too_large());
        }
        self.pending = length;
        Ok(Frame { offset, line, length, name })
    }

    /// The length of a child in which nothing surprises, `None` when something does.
    fn plain(&mut self, name: usize) -> Result<Option<usize>, FrameError> {
        if self.source.window().get(name + 1) != Some(&b'>') {
            return Ok(None);
        }
        let tag = self.source.window().get(1..=name).unwrap_or_default();
        if self.closing.get(2..) != Some(tag) {
            self.closing.clear();
            self.closing.extend_from_slice(b"</");
            self.closing.extend_from_slice(tag);
            self.finder = memmem::Finder::new(&self.closing).into_owned();
        }
        let mut from = name + 2;
        loop {
            let window = self.source.window();
            let found = self.finder.find(window.get(from..).unwrap_or_default());
            if let Some(at) = found {
                let end = from + at + self.closing.len();
                self.source.ensure(end + 1)?;
                let window = self.source.window();
                let inside = window.get(..end).unwrap_or_default();
                let plain = window.get(end) == Some(&b'>')
                    && !memchr::memchr2_iter(b'!', b'?', inside)
                        .any(|at| inside.get(at.wrapping_sub(1)) == Some(&b'<'));
                return Ok(plain.then_some(end + 1));
            }
            let held = window.len();
            from = from.max(held.saturating_sub(self.closing.len()));
            if held > self.limits.record_bytes || !self.source.ensure(held + 1)? {
                return Ok(None);
            }
        }
    }
}

/// Length of the name in the tag `<name…`.
pub(crate) fn name_length(tag: &[u8]) -> usize {
    let rest = tag.get(1..).unwrap_or_default();
    rest.iter()
        .position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>'))
        .unwrap_or(rest.len())
}

fn declared_encoding(declaration: &[u8]) -> Option<String> {
    let at = memmem::find(declaration, b"encoding")? + "encoding".len();
    let rest = declaration.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let end = memchr::memchr(*quote, rest)?;
    Some(String::from_utf8_lossy(rest.get(..end.min(40))?).into_owned())
}
