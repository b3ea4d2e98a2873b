use std::io::Read;

use crate::capture::Slot;
use crate::diagnostic::{Fault, Place, Refusal, Severity};
use crate::encoding::{Encoding, Text};
use crate::frame::{Broken, Frame, FrameError};
use crate::options::Limits;
use crate::record::{Base, Record, file_diagnostic};
use crate::source::Source;
use crate::tree::fold_tag;

/// Cuts a CSV file into its lines (a quoted cell may hold line feeds).
pub(crate) struct CsvFramer<R> {
    source: Source<R>,
    limits: Limits,
    pending: usize,
    pub(crate) columns: Columns,
}

/// What the first line said.
#[derive(Clone, Default)]
pub(crate) struct Columns {
    separator: u8,
    /// Element of each column; `None` for a column to pass over.
    elements: Vec<Option<usize>>,
}

impl<R: Read> CsvFramer<R> {
    /// Reads the line of column names.
    pub(crate) fn open(input: R, record: &mut Record) -> Result<Self, Refusal> {
        let mut framer = Self {
            source: Source::new(input),
            limits: record.options.limits,
            pending: 0,
            columns: Columns::default(),
        };
        let profile = record.profile.clone();
        let broken = |error: FrameError| {
            error.refusal(|Broken { fault, offset, line }| {
                let place = Place { line, offset, ..Place::default() };
                Refusal::Rule(Box::new(file_diagnostic(&profile, Severity::Error, fault, place)))
            })
        };
        framer.source.ensure(3)?;
        if matches!(framer.source.window(), [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) {
            return Err(broken(framer.broken(Fault::ByteOrderMark)));
        }
        if framer.source.window().starts_with(b"\xEF\xBB\xBF") {
            framer.source.consume(3);
        }
        let Some(frame) = framer.next().map_err(broken)? else {
            return Err(broken(framer.broken(Fault::EmptyFile)));
        };
        record.start(framer.bytes(frame), Base { number: 0, offset: frame.offset, line: frame.line })?;
        framer.columns = Columns::read_names(record)?;
        Ok(framer)
    }

    pub(crate) fn offset(&self) -> u64 {
        self.source.offset()
    }

    pub(crate) fn line(&self) -> u64 {
        self.source.line()
    }

    /// The bytes of the line last given, without its end.
    pub(crate) fn bytes(&self, frame: Frame) -> &[u8] {
        self.source.window().get(..frame.length).unwrap_or_default()
    }

    fn broken(&self, fault: Fault) -> FrameError {
        FrameError::Broken(Broken { fault, offset: self.source.offset(), line: self.source.line() })
    }

    /// The next line that is not empty.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, FrameError> {
        self.source.consume(std::mem::take(&mut self.pending));
        loop {
            let end = self.line_end()?;
            if end == 0 {
                return Ok(None);
            }
            if end > self.limits.record_bytes {
                return Err(self.broken(Fault::RecordTooLarge { max: self.limits.record_bytes }));
            }
            let line = self.source.window().get(..end).unwrap_or_default();
            let length = line.strip_suffix(b"\n").unwrap_or(line);
            let length = length.strip_suffix(b"\r").unwrap_or(length).len();
            if line.trim_ascii().is_empty() {
                self.source.consume(end);
                continue;
            }
            self.pending = end;
            return Ok(Some(Frame {
                offset: self.source.offset(),
                line: self.source.line(),
                length,
                name: 0,
            }));
        }
    }

    /// Where the line at the window's start ends, its line feed included.
    fn line_end(&mut self) -> Result<usize, FrameError> {
        let (mut at, mut quoted) = (0, false);
        loop {
            let window = self.source.window();
            let rest = window.get(at..).unwrap_or_default();
            if let Some(found) = memchr::memchr2(b'"', b'\n', rest) {
                at += found + 1;
                if rest.get(found) == Some(&b'"') {
                    quoted = !quoted;
                } else if !quoted {
                    return Ok(at);
                }
                continue;
            }
            at = window.len();
            if at > self.limits.record_bytes {
                return Err(self.broken(Fault::RecordTooLarge { max: self.limits.record_bytes }));
            }
            if !self.source.ensure(at + 1)? {
                return if quoted { Err(self.broken(Fault::QuoteOpen)) } else { Ok(at) };
            }
        }
    }
}

impl Columns {
    /// Understands the line of names in the record's text.
    fn read_names(record: &mut Record) -> Result<Self, Refusal> {
        let profile = record.profile.clone();
        let mut text = Text::default();
        text.decode(Encoding::Utf8, record.text.as_str().as_bytes()).ok();
        let line = text.as_str();
        let count = |separator: u8| line.bytes().filter(|byte| *byte == separator).count();
        let separator = *[b',', b';', b'\t']
            .iter()
            .max_by_key(|separator| (count(**separator), **separator == b','))
            .unwrap_or(&b',');
        let mut columns = Self { separator, elements: Vec::new() };
        let mut side = String::new();
        for (number, cell) in cells(line, separator).enumerate() {
            side.clear();
            let slot = cell.slot(line, &mut side);
            let name = slot.read(line, &side);
            let folded = fold_tag(name).replace([' ', '-'], "_");
            let mut element =
                profile.tree.child(0, &folded).and_then(|node| profile.tree.nodes.get(node)?.element);
            if number == 0 && profile.first_column.is_some() {
                element = profile.first_column;
            }
            if element.is_none() && number < 100 {
                let key = ("COLUMN", number);
                record.warn_keyed(
                    key,
                    Fault::UnknownColumn,
                    cell.start,
                    &name.chars().take(64).collect::<String>(),
                );
            }
            if element.is_some() && columns.elements.contains(&element) {
                return Err(record.refusal(Fault::ColumnRepeated, cell.start));
            }
            columns.elements.push(element);
        }
        for (index, element) in profile.elements.iter().enumerate() {
            if profile.required & 1 << index != 0 && !columns.elements.contains(&Some(index)) {
                return Err(record.refusal(Fault::ColumnMissing { wanted: element.path.clone() }, 0));
            }
        }
        Ok(columns)
    }

    /// Reads one line into the record's captures.
    pub(crate) fn read(&self, record: &mut Record, bytes: &[u8], base: Base) -> Result<usize, Refusal> {
        record.start(bytes, base)?;
        record.captures.clear();
        record.side.clear();
        let limits = record.options.limits;
        let mut count = 0;
        let mut too_long = None;
        let text = record.text.as_str();
        for cell in cells(text, self.separator) {
            if cell.end - cell.start > limits.text_bytes {
                too_long.get_or_insert(cell.start);
            }
            if let Some(Some(element)) = self.elements.get(count) {
                let slot = cell.slot(text, &mut record.side);
                if !slot.read(text, &record.side).is_empty() {
                    record.captures.leaf(*element, slot);
                }
            }
            count += 1;
        }
        if let Some(at) = too_long {
            return Err(record.refusal(Fault::TextTooLong { max: limits.text_bytes }, at));
        }
        if count != self.elements.len() {
            let fault = Fault::CellCount { expected: self.elements.len(), found: count };
            record.captures.faults.push((fault, 0));
        }
        Ok(1)
    }
}

/// A cell between two separators, quotes included.
struct Cell {
    start: usize,
    end: usize,
    quoted: bool,
}

impl Cell {
    fn slot(&self, text: &str, side: &mut String) -> Slot {
        let raw = text.get(self.start..self.end).unwrap_or_default();
        if !self.quoted {
            let (start, end) = crate::scan::trim(text.as_bytes(), self.start, self.end);
            return Slot::here(start, end);
        }
        let from = side.len();
        let trimmed = raw.trim_ascii();
        let inner = trimmed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(trimmed);
        side.push_str(inner.trim_ascii().replace("\"\"", "\"").as_str());
        Slot::aside(from, side.len(), self.start)
    }
}

fn cells(text: &str, separator: u8) -> impl Iterator<Item = Cell> + '_ {
    let bytes = text.as_bytes();
    let mut at = Some(0_usize);
    std::iter::from_fn(move || {
        let start = at?;
        let (mut inside, mut quoted, mut end) = (false, false, start);
        while let Some(byte) = bytes.get(end) {
            if *byte == b'"' {
                inside = !inside;
                quoted = true;
            } else if *byte == separator && !inside {
                break;
            }
            end += 1;
        }
        at = (end < bytes.len()).then_some(end + 1);
        Some(Cell { start, end, quoted })
    })
}
