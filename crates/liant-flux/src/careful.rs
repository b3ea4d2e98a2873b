//! The careful reading of one record, by quick-xml: whatever [`crate::scan`] does not understand.

use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::book::Target;
use crate::capture::Slot;
use crate::diagnostic::Fault;
use crate::options::Limits;
use crate::scan::{Reading, predefined, trim};

/// The file cannot be trusted: what is wrong, and where in the text.
pub(crate) struct Refused {
    pub(crate) fault: Fault,
    pub(crate) at: usize,
}

/// A value being read.
#[derive(Default)]
struct Value {
    /// The one piece of plain text, when there is no more than that.
    plain: Option<(usize, usize)>,
    /// Whether the pieces went to the side buffer.
    aside: bool,
    from: usize,
    at: usize,
}

#[derive(Clone, Copy)]
struct Level {
    target: Target,
    /// Whether this element is the record itself, or stands inside something unknown or inside a value.
    skipped: bool,
}

struct Careful<'a, 'r> {
    text: &'a str,
    limits: &'a Limits,
    reading: &'a mut Reading<'r>,
    stack: Vec<Level>,
    value: Value,
}

/// Reads the record `text` whole.
pub(crate) fn read(text: &str, limits: &Limits, reading: &mut Reading<'_>) -> Result<(), Refused> {
    let mut careful = Careful { text, limits, reading, stack: Vec::new(), value: Value::default() };
    let mut reader = quick_xml::Reader::from_str(text);
    let config = reader.config_mut();
    config.check_comments = false;
    config.trim_markup_names_in_closing_tags = true;
    loop {
        let at = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|error| Refused {
            fault: Fault::Malformed { cause: cause(&error) },
            at: (reader.error_position() as usize).min(text.len()),
        })?;
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(tag) => careful.start(&tag, at)?,
            Event::Empty(tag) => {
                careful.start(&tag, at)?;
                careful.end(at)?;
            }
            Event::End(_) => {
                careful.end(at)?;
                if careful.stack.is_empty() {
                    return if end == text.len() {
                        Ok(())
                    } else {
                        Err(Refused { fault: Fault::Unbalanced, at: end })
                    };
                }
            }
            Event::Text(_) => careful.text(at, end)?,
            Event::CData(data) => careful.piece(&data, at)?,
            Event::GeneralRef(reference) => careful.reference(&reference, at)?,
            Event::Comment(_) | Event::PI(_) => {}
            Event::Decl(_) | Event::DocType(_) => return Err(Refused { fault: Fault::Doctype, at }),
            Event::Eof => return Err(Refused { fault: Fault::Unbalanced, at }),
        }
        if careful.stack.is_empty() && end == text.len() {
            return Ok(());
        }
    }
}

/// What quick-xml says, without what the file says.
fn cause(error: &quick_xml::Error) -> String {
    use quick_xml::errors::IllFormedError;
    match error {
        quick_xml::Error::Syntax(error) => error.to_string(),
        quick_xml::Error::IllFormed(IllFormedError::MismatchedEndTag { expected, .. }) => {
            format!("`</{}>` expected", expected.chars().take(64).collect::<String>())
        }
        quick_xml::Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => {
            "closing tag without its opening".to_owned()
        }
        quick_xml::Error::IllFormed(IllFormedError::UnclosedReference) => "`&` without its `;`".to_owned(),
        _ => "not well formed".to_owned(),
    }
}

impl Careful<'_, '_> {
    fn start(&mut self, tag: &BytesStart<'_>, at: usize) -> Result<(), Refused> {
        let mut attributes = 0;
        for attribute in tag.attributes().with_checks(false) {
            if attribute.is_err() {
                return Err(Refused { fault: Fault::Malformed { cause: "attribute".to_owned() }, at });
            }
            attributes += 1;
            if attributes > self.limits.attributes {
                return Err(Refused { fault: Fault::TooManyAttributes { max: self.limits.attributes }, at });
            }
        }
        if self.stack.len() >= self.limits.depth {
            return Err(Refused { fault: Fault::TooDeep { max: self.limits.depth }, at });
        }
        let level = match self.stack.last().copied() {
            None => Level { target: Target::Group(0), skipped: false },
            Some(parent) => self.child(parent, tag.name().as_ref(), at)?,
        };
        if let (Target::Group(node), false) = (level.target, level.skipped)
            && node != 0
        {
            self.reading.captures.open(self.reading.tree, node);
        }
        if let Target::Leaf(_) = level.target {
            self.value = Value { from: self.reading.side.len(), at, ..Value::default() };
        }
        self.stack.push(level);
        Ok(())
    }

    fn child(&mut self, parent: Level, raw: &str, at: usize) -> Result<Level, Refused> {
        let skipped = Level { target: Target::Unknown, skipped: true };
        let record = self.text.get(1..).is_some_and(|text| {
            text.strip_prefix(raw).is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n', '>', '/']))
        });
        if record {
            return Err(Refused { fault: Fault::NestedRecord, at });
        }
        match parent.target {
            _ if parent.skipped => Ok(skipped),
            Target::Unknown => Ok(skipped),
            Target::Leaf(_) => {
                self.reading.captures.faults.push((Fault::ChildInValue, at as u32));
                Ok(skipped)
            }
            Target::Group(node) => {
                let spelling = self.reading.book.resolve(self.reading.tree, node, raw);
                let found = self.reading.book.get(spelling);
                let target = found.map_or(Target::Unknown, |found| found.target);
                if target == Target::Unknown || found.is_some_and(|found| found.canonical.is_some()) {
                    self.reading.captures.odd.push((spelling, at as u32));
                }
                Ok(Level { target, skipped: target == Target::Unknown })
            }
        }
    }

    fn end(&mut self, at: usize) -> Result<(), Refused> {
        let Some(level) = self.stack.pop() else { return Err(Refused { fault: Fault::Unbalanced, at }) };
        match level.target {
            Target::Group(node) if node != 0 && !level.skipped => {
                self.reading.captures.close(self.reading.tree, node, self.text, self.reading.side);
            }
            Target::Leaf(element) => self.leaf(element),
            Target::Group(_) | Target::Unknown => {}
        }
        Ok(())
    }

    fn leaf(&mut self, element: usize) {
        let value = std::mem::take(&mut self.value);
        if value.aside {
            let text = self.reading.side.get(value.from..).unwrap_or_default();
            let lead = text.len() - text.trim_ascii_start().len();
            let length = text.trim_ascii().len();
            if length > 0 {
                let start = value.from + lead;
                self.reading.captures.leaf(element, Slot::aside(start, start + length, value.at));
            }
        } else if let Some((start, end)) = value.plain {
            let (start, end) = trim(self.text.as_bytes(), start, end);
            if start < end {
                self.reading.captures.leaf(element, Slot::here(start, end));
            }
        }
    }

    fn text(&mut self, start: usize, end: usize) -> Result<(), Refused> {
        let piece = self.text.get(start..end).unwrap_or_default();
        match self.stack.last() {
            Some(Level { target: Target::Leaf(_), .. })
                if self.value.plain.is_none() && !self.value.aside =>
            {
                self.too_long(end - start, start)?;
                self.value.plain = Some((start, end));
                if end > start {
                    self.value.at = start;
                }
                Ok(())
            }
            Some(_) => self.piece(piece, start),
            None => Err(Refused { fault: Fault::StrayText, at: start }),
        }
    }

    /// A piece of text that cannot stay where it is: CDATA, an entity, or text beside one.
    fn piece(&mut self, piece: &str, at: usize) -> Result<(), Refused> {
        match self.stack.last() {
            Some(Level { target: Target::Leaf(_), .. }) => {
                if let (false, Some((start, end))) = (self.value.aside, self.value.plain) {
                    let plain = self.text.get(start..end).unwrap_or_default();
                    self.reading.side.push_str(plain);
                } else if !self.value.aside {
                    self.value.at = at;
                }
                self.value.aside = true;
                self.reading.side.push_str(piece);
                self.too_long(self.reading.side.len() - self.value.from, at)
            }
            Some(Level { target: Target::Group(_), skipped: false }) if !piece.trim_ascii().is_empty() => {
                self.reading.captures.faults.push((Fault::StrayText, at as u32));
                Ok(())
            }
            _ => self.too_long(piece.len(), at),
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>, at: usize) -> Result<(), Refused> {
        let refused = || Refused { fault: Fault::Entity, at };
        let allowed = |c: &char| *c >= ' ' || matches!(c, '\t' | '\n' | '\r');
        let found = if reference.is_char_ref() {
            reference.resolve_char_ref().ok().flatten().filter(allowed)
        } else {
            predefined(reference)
        };
        let mut buffer = [0; 4];
        self.piece(found.ok_or_else(refused)?.encode_utf8(&mut buffer), at)
    }

    fn too_long(&self, length: usize, at: usize) -> Result<(), Refused> {
        if length > self.limits.text_bytes {
            return Err(Refused { fault: Fault::TextTooLong { max: self.limits.text_bytes }, at });
        }
        Ok(())
    }
}
