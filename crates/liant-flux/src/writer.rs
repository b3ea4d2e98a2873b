use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use liant_model::{CodeLists, Date, Field, ReferenceDate, Territory};

use crate::capture::Slot;
use crate::diagnostic::{Diagnostic, Fault, Severity};
use crate::encoding::{Encoding, fold_c1};
use crate::fold::{latin1, upper_unaccented};
use crate::options::ReadOptions;
use crate::profile::{Element, Item, ItemRole, Profile, Section};
use crate::record::{Base, Record};
use crate::tally::{Tally, Warning};

/// What the header of a file to write says. The trailer's reference date is the header's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteHeader {
    /// Département the file is of.
    pub territory: Territory,
    /// Functional date.
    pub reference_date: ReferenceDate,
    /// Day the file is made: rules that speak of today mean this day.
    pub fabrication_date: Date,
    /// Periodicity code; `None` writes the profile's own.
    pub periodicity: Option<String>,
}

/// The values of a record to write.
pub trait Values {
    /// The value of a field, if there is one.
    fn value(&self, field: Field) -> Option<Cow<'_, str>>;
}

impl<F: Fn(Field) -> Option<String>> Values for F {
    fn value(&self, field: Field) -> Option<Cow<'_, str>> {
        self(field).map(Cow::Owned)
    }
}

impl Values for crate::Dossier<'_> {
    fn value(&self, field: Field) -> Option<Cow<'_, str>> {
        crate::Dossier::value(self, field).map(Cow::Borrowed)
    }
}

/// Why something was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The record breaks the profile's rules; nothing of it was written, and the next one may be.
    #[error("the record breaks {} rule(s) of the flow, first {}", .0.len(), .0.first().map_or("", |first| &first.rule))]
    Refused(Vec<Diagnostic>),
    /// The profile, or the header, cannot be written.
    #[error("{0}")]
    Profile(String),
    /// The output failed: the file is to be thrown away.
    #[error("the file could not be written: {0}")]
    Io(#[from] io::Error),
}

/// What a finished file holds.
#[derive(Debug)]
pub struct Written<W> {
    /// The output, flushed.
    pub output: W,
    /// Records written, as the trailer says.
    pub records: u64,
    /// Warnings about what was written.
    pub warnings: Vec<Warning>,
}

/// Writes a file of a flow, refusing each record that breaks a rule the reader would reject it for.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use liant_flux::{Profile, WriteHeader, Writer};
/// use liant_model::{Date, Field, ReferenceDate, Territory};
/// let header = WriteHeader {
///     territory: Territory::parse("62")?,
///     reference_date: ReferenceDate::new(Date::constant(2026, 11, 1)),
///     fabrication_date: Date::constant(2026, 11, 20),
///     periodicity: None,
/// };
/// let lists = liant_model::CodeLists::shipped()?;
/// let mut writer = Writer::create(Vec::new(), &Profile::shipped("CGPEM")?, &header, &lists)?;
/// writer.write(&|field: Field| {
///     let value = match field {
///         Field::BirthName => "Lefèvre",
///         Field::FirstName => "Zoé",
///         Field::Nir => "2820251108030",
///         Field::OrientationNature => "01",
///         Field::OrientationDecided => "2026-11-02",
///         Field::OrientationOrganisation => "CCAS",
///         _ => return None,
///     };
///     Some(value.to_owned())
/// })?;
/// let written = writer.finish()?;
/// assert!(String::from_utf8(written.output)?.contains("<nom-naissance>LEFEVRE</nom-naissance>"));
/// # Ok(()) }
/// ```
pub struct Writer<W> {
    output: W,
    record: Record,
    header: WriteHeader,
    lines: Vec<Line>,
    /// Warnings about the records written; the record's own tally holds those of the record at hand.
    tally: Tally,
    buffer: String,
    bytes: Vec<u8>,
    records: u64,
    offset: u64,
}

/// One step of writing a record.
enum Line {
    Open(String),
    Close(String),
    Value { element: usize, tag: String },
}

impl<W: Write> Writer<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// [`WriteError`] when the profile is of no XML flow in ISO-8859-1 or UTF-8, when the header breaks it, or when
    /// the output fails.
    pub fn create(
        output: W,
        profile: &Profile,
        header: &WriteHeader,
        lists: &CodeLists,
    ) -> Result<Self, WriteError> {
        let (Some(section), Some(_)) = (&profile.header, &profile.trailer) else {
            return Err(WriteError::Profile(format!("{} has no header and trailer to write", profile.id())));
        };
        if profile.root.is_empty() || matches!(profile.encoding, Encoding::SingleByte(_)) {
            return Err(WriteError::Profile(format!("{} is a flow that Liant only reads", profile.id())));
        }
        let options = ReadOptions { today: Some(header.fabrication_date), ..ReadOptions::default() };
        let mut writer = Self {
            output,
            record: Record::new(profile, lists, profile.encoding, &options),
            header: header.clone(),
            lines: lines(profile),
            tally: Tally::new(options.warning_examples),
            buffer: String::new(),
            bytes: Vec::new(),
            records: 0,
            offset: 0,
        };
        writer.buffer =
            format!("<?xml version=\"1.0\" encoding=\"{}\"?>\n<{}>\n", profile.encoding.name(), profile.root);
        writer.section(section)?;
        writer.flush_buffer()?;
        Ok(writer)
    }

    fn section(&mut self, section: &Section) -> Result<(), WriteError> {
        let _ = write!(self.buffer, "<{}>", section.element);
        for item in &section.items {
            let value = self.item(item)?;
            if !value.is_empty() {
                let _ = write!(self.buffer, "<{0}>{value}</{0}>", item.tag);
            }
        }
        let _ = writeln!(self.buffer, "</{}>", section.element);
        Ok(())
    }

    fn item(&self, item: &Item) -> Result<String, WriteError> {
        let standard = item.values.first().cloned().unwrap_or_default();
        Ok(match item.role {
            ItemRole::Flow | ItemRole::Version | ItemRole::Other => standard,
            ItemRole::Periodicity => match &self.header.periodicity {
                Some(given) if item.values.contains(given) => given.clone(),
                Some(given) => {
                    let known = item.values.join(", ");
                    return Err(WriteError::Profile(format!("periodicity `{given}` is none of {known}")));
                }
                None => standard,
            },
            ItemRole::Territory => self.header.territory.to_string(),
            ItemRole::ReferenceDate => self.header.reference_date.to_string(),
            ItemRole::FabricationDate => self.header.fabrication_date.to_string(),
            ItemRole::Count => self.records.to_string(),
            ItemRole::AnomalyCount => String::new(),
        })
    }

    fn flush_buffer(&mut self) -> Result<(), WriteError> {
        let bytes = if self.record.encoding == Encoding::Utf8 {
            self.buffer.as_bytes()
        } else {
            self.bytes.clear();
            // INVARIANT: every value went through `latin1`, every tag is ASCII or Latin-1.
            self.bytes.extend(self.buffer.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
            &self.bytes
        };
        self.output.write_all(bytes)?;
        self.offset += bytes.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    /// Writes one record.
    ///
    /// # Errors
    /// [`WriteError::Refused`] when it breaks a rule: nothing of it was written. [`WriteError::Io`] when the output
    /// fails.
    pub fn write<V: Values + ?Sized>(&mut self, values: &V) -> Result<(), WriteError> {
        let profile = self.record.profile.clone();
        self.record.tally.clear();
        self.record.begin(Base { number: self.records + 1, offset: self.offset, line: self.records + 4 });
        for (index, element) in profile.elements.iter().enumerate() {
            let Some(field) = element.field else { continue };
            let Some(value) = values.value(field) else { continue };
            self.put(index, element, &value);
        }
        if let Err(refusal) = self.record.apply_rules() {
            let problem = refusal.diagnostic().cloned();
            return Err(WriteError::Refused(problem.into_iter().collect()));
        }
        if !self.record.problems.is_empty() {
            return Err(WriteError::Refused(std::mem::take(&mut self.record.problems)));
        }
        self.compose(&profile);
        self.flush_buffer()?;
        self.records += 1;
        self.tally.take(&mut self.record.tally);
        Ok(())
    }

    /// Puts a value in its place, folded as the profile asks.
    fn put(&mut self, index: usize, element: &Element, value: &str) {
        let value = fold_c1(value);
        let folded = match (element.upper, self.record.encoding) {
            (Some(_), Encoding::Utf8) => Some(upper_unaccented(&value)),
            (Some(_), _) => latin1(&upper_unaccented(&value)),
            (None, Encoding::Utf8) => Some(value.to_string()),
            (None, _) => latin1(&value),
        };
        let start = self.record.side.len();
        let Some(mut folded) = folded else {
            self.record.side.push_str(&liant_model::mask(&value));
            let slot = Slot::aside(start, self.record.side.len(), 0);
            self.record.report(element, Severity::Error, Fault::Encodable, slot, index);
            return;
        };
        if element.cut
            && let Some((cut, _)) = folded.char_indices().nth(element.max)
        {
            folded.truncate(cut);
        }
        let trimmed = folded.trim_ascii();
        if !trimmed.is_empty() {
            self.record.side.push_str(trimmed);
            self.record.place(index, Slot::aside(start, self.record.side.len(), 0));
        }
    }

    fn compose(&mut self, profile: &Profile) {
        let _ = write!(self.buffer, "<{}>", profile.record);
        // Groups are opened when they have something to hold.
        let mut waiting: Vec<&str> = Vec::new();
        for line in &self.lines {
            match line {
                Line::Open(tag) => waiting.push(tag),
                Line::Close(tag) => {
                    if waiting.pop().is_none() {
                        let _ = write!(self.buffer, "</{tag}>");
                    }
                }
                Line::Value { element, tag } => {
                    let Some(value) = self.record.read(*element) else { continue };
                    for group in waiting.drain(..) {
                        self.buffer.push('<');
                        self.buffer.push_str(group);
                        self.buffer.push('>');
                    }
                    self.buffer.push('<');
                    self.buffer.push_str(tag);
                    self.buffer.push('>');
                    escape(value, &mut self.buffer);
                    self.buffer.push_str("</");
                    self.buffer.push_str(tag);
                    self.buffer.push('>');
                }
            }
        }
        let _ = writeln!(self.buffer, "</{}>", profile.record);
    }

    /// Records written so far.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Writes the trailer and flushes the output.
    ///
    /// # Errors
    /// [`WriteError::Io`] when the output fails.
    pub fn finish(mut self) -> Result<Written<W>, WriteError> {
        let profile = self.record.profile.clone();
        if let Some(section) = &profile.trailer {
            self.section(section)?;
        }
        let _ = writeln!(self.buffer, "</{}>", profile.root);
        self.flush_buffer()?;
        self.output.flush()?;
        let warnings = self.tally.warnings();
        Ok(Written { output: self.output, records: self.records, warnings })
    }
}

/// The steps of writing a record, in the order of the profile.
fn lines(profile: &Profile) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for (index, element) in profile.elements.iter().enumerate() {
        if element.field.is_none() {
            continue;
        }
        let mut groups: Vec<&str> = element.path.split('/').collect();
        let tag = groups.pop().unwrap_or_default().to_owned();
        let common = open.iter().zip(&groups).take_while(|(a, b)| a == b).count();
        lines.extend(open.drain(common..).rev().map(|group| Line::Close(group.to_owned())));
        for group in groups.into_iter().skip(common) {
            lines.push(Line::Open(group.to_owned()));
            open.push(group);
        }
        lines.push(Line::Value { element: index, tag });
    }
    lines.extend(open.drain(..).rev().map(|group| Line::Close(group.to_owned())));
    lines
}

fn escape(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}
