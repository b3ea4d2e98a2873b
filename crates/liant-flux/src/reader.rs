use std::io::Read;

use liant_model::CodeLists;

use crate::chunk::{Chunk, ChunkParser};
use crate::csv::CsvFramer;
use crate::diagnostic::{Fault, Place, Refusal, Severity};
use crate::dossier::Dossier;
use crate::encoding::Encoding;
use crate::frame::{Broken, Frame, FrameError, Framer};
use crate::header::{self, Header, Trailer};
use crate::keys::KeysMet;
use crate::options::ReadOptions;
use crate::profile::{Format, Profile};
use crate::record::{Base, Record, file_diagnostic};
use crate::tally::{self, Warning};
use crate::tree::fold_tag;

/// Reads a file of a flow, one person at a time, in constant memory.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let file: &[u8] = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><flux><entete><fichier>PECD</fichier>\
/// # <periodicite>H</periodicite><departement>62</departement><date-reference>2026-11-03</date-reference>\
/// # <date-fabrication>2026-11-03</date-fabrication><version>001,0</version></entete><fin><departement>62\
/// # </departement><date-reference>2026-11-03</date-reference><nb-dossier>0</nb-dossier></fin></flux>";
/// use liant_flux::{Profile, ReadOptions, Reader};
/// let profile = Profile::shipped("PECDH")?;
/// let lists = liant_model::CodeLists::shipped()?;
/// let mut reader = Reader::open(file, &profile, &lists, &ReadOptions::default())?;
/// while let Some(dossier) = reader.next_dossier()? {
///     for problem in dossier.problems() {
///         eprint!("{}", problem.render("PECDH.xml", liant_model::Lang::En));
///     }
/// }
/// let summary = reader.finish()?;
/// assert_eq!(summary.records, 0);
/// # Ok(()) }
/// ```
pub struct Reader<R> {
    input: Input<R>,
    record: Record,
    header: Header,
    trailer: Option<(Trailer, Place)>,
    /// Spelling of the record's tag last met.
    record_tag: Vec<u8>,
    records: u64,
    dossiers: u64,
    rejected: u64,
    next_person: usize,
    persons: usize,
    absorbed: Vec<Warning>,
    held_refusal: Option<Refusal>,
    /// The keys met, when they may come once only.
    keys: Option<KeysMet>,
    ended: bool,
}

pub(crate) enum Input<R> {
    Xml(Box<Framer<R>>),
    Csv(Box<CsvFramer<R>>),
}

/// What a whole file held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What the file said of itself.
    pub header: Header,
    /// Records of the file: dossiers, households, lines.
    pub records: u64,
    /// Persons read.
    pub dossiers: u64,
    /// Persons set aside by an error.
    pub rejected: u64,
    /// Households that the sender itself flagged, when the trailer says.
    pub declared_anomalies: Option<u64>,
    /// Bytes of the file.
    pub bytes: u64,
    /// Warnings, by rule and subject, in the order in which they began.
    pub warnings: Vec<Warning>,
}

impl<R: Read> Reader<R> {
    /// Reads the prolog and the header, and checks them.
    ///
    /// # Errors
    /// [`Refusal`] when the file is none of this flow, is of another Département than expected, or cannot be read.
    pub fn open(
        input: R,
        profile: &Profile,
        lists: &CodeLists,
        options: &ReadOptions,
    ) -> Result<Self, Refusal> {
        match profile.format() {
            Format::Xml => Self::open_xml(input, profile, lists, options),
            Format::Csv => Self::open_csv(input, profile, lists, options),
        }
    }

    fn open_csv(
        input: R,
        profile: &Profile,
        lists: &CodeLists,
        options: &ReadOptions,
    ) -> Result<Self, Refusal> {
        let mut record = Record::new(profile, lists, profile.encoding, options);
        let framer = CsvFramer::open(input, &mut record)?;
        Ok(Self::new(Input::Csv(Box::new(framer)), record, Header::empty(profile.id(), profile.encoding)))
    }

    fn new(input: Input<R>, record: Record, header: Header) -> Self {
        let keys_once = record.options.keys_once && record.profile.is_stock();
        Self {
            keys: keys_once.then(KeysMet::default),
            input,
            record,
            header,
            trailer: None,
            record_tag: Vec::new(),
            records: 0,
            dossiers: 0,
            rejected: 0,
            next_person: 0,
            persons: 0,
            absorbed: Vec::new(),
            held_refusal: None,
            ended: false,
        }
    }

    fn open_xml(
        input: R,
        profile: &Profile,
        lists: &CodeLists,
        options: &ReadOptions,
    ) -> Result<Self, Refusal> {
        let mut framer = Framer::new(input, options.limits);
        let (declared, mark) = framer.prolog().map_err(|error| refuse(profile, error))?;
        let here = Place { line: 1, ..Place::default() };
        let fail = |fault: Fault, place: &Place| {
            Refusal::Rule(Box::new(file_diagnostic(profile, Severity::Error, fault, place.clone())))
        };
        let encoding = match &declared {
            Some(name) => Encoding::named(name).ok_or_else(|| fail(Fault::UnknownEncoding, &here))?,
            None if mark => Encoding::Utf8,
            None => profile.encoding,
        };
        if mark && encoding != Encoding::Utf8 {
            return Err(fail(Fault::ByteOrderMark, &here));
        }
        let mut record = Record::new(profile, lists, encoding, options);
        if encoding != profile.encoding && !profile.partial {
            let fault = Fault::EncodingDeclared { found: encoding.name().to_owned() };
            record.warn_keyed(("ENCODING", 0), fault, 0, "");
        }
        let section = profile.header.as_ref();
        let missing = |place: Place| {
            let element = section.map(|section| section.element.clone()).unwrap_or_default();
            fail(Fault::HeaderMissing { element }, &place)
        };
        let frame = framer.next().map_err(|error| refuse(profile, error))?;
        let (Some(section), Some(frame)) = (section, frame) else {
            return Err(missing(Place { line: framer.line(), offset: framer.offset(), ..Place::default() }));
        };
        let bytes = framer.bytes(frame);
        if !named(bytes, frame.name, encoding, &section.element) {
            return Err(missing(Place { line: frame.line, offset: frame.offset, ..Place::default() }));
        }
        record.start(bytes, Base { number: 0, offset: frame.offset, line: frame.line })?;
        let header = header::header(&mut record, section)?;
        Ok(Self::new(Input::Xml(Box::new(framer)), record, header))
    }

    /// What the file says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next person, or `None` after the last. Every record is given, the rejected ones too
    /// ([`Dossier::is_rejected`]).
    ///
    /// # Errors
    /// [`Refusal`] when the file breaks a rule without which no record can be trusted, or cannot be read.
    pub fn next_dossier(&mut self) -> Result<Option<Dossier<'_>>, Refusal> {
        while self.next_person >= self.persons {
            if !self.read_record()? {
                return Ok(None);
            }
        }
        self.record.select(self.next_person)?;
        self.meet_key();
        self.next_person += 1;
        self.dossiers += 1;
        let dossier = Dossier { record: &self.record };
        if dossier.is_rejected() {
            self.rejected += 1;
        }
        Ok(Some(dossier))
    }

    /// Sets the record aside when its key was given before, if that is asked for. One that breaks another rule is set
    /// aside already, and its key counts all the same.
    fn meet_key(&mut self) {
        if let (Some(keys), Some(key)) = (&mut self.keys, &self.record.key)
            && !keys.meet(key)
            && self.record.problems.is_empty()
        {
            self.record.add_problem(self.record.key_twice());
        }
    }

    /// Reads the next record into place; false at the end.
    fn read_record(&mut self) -> Result<bool, Refusal> {
        let Some((frame, base)) = self.next_frame()? else { return Ok(false) };
        self.next_person = 0;
        self.persons = match &mut self.input {
            Input::Xml(framer) => self.record.read_xml(framer.bytes(frame), frame.name, base)?,
            Input::Csv(framer) => framer.columns.read(&mut self.record, framer.bytes(frame), base)?,
        };
        Ok(true)
    }

    /// The next record's frame; header and trailer are dealt with on the way.
    fn next_frame(&mut self) -> Result<Option<(Frame, Base)>, Refusal> {
        if self.ended {
            return Ok(None);
        }
        loop {
            let next = match &mut self.input {
                Input::Xml(framer) => framer.next(),
                Input::Csv(framer) => framer.next(),
            };
            let profile = &self.record.profile;
            let Some(frame) = next.map_err(|error| refuse(profile, error))? else {
                self.ended = true;
                return Ok(None);
            };
            if self.is_record(frame) {
                if self.trailer.is_some() {
                    return Err(self.refusal(Fault::RecordAfterTrailer, frame));
                }
                self.records += 1;
                let max = self.record.options.limits.records;
                if self.records > max {
                    return Err(self.refusal(Fault::TooManyRecords { max }, frame));
                }
                return Ok(Some((
                    frame,
                    Base { number: self.records, offset: frame.offset, line: frame.line },
                )));
            }
            self.other_child(frame)?;
        }
    }

    fn is_record(&mut self, frame: Frame) -> bool {
        let Input::Xml(framer) = &self.input else { return true };
        let bytes = framer.bytes(frame);
        let tag = bytes.get(1..=frame.name).unwrap_or_default();
        if tag == self.record_tag && !tag.is_empty() {
            return true;
        }
        if named(bytes, frame.name, self.record.encoding, &self.record.profile.record) {
            let tag = tag.to_vec();
            if tag != self.record.profile.record.as_bytes() {
                let canonical = self.record.profile.record.clone();
                let place = Place { line: frame.line, offset: frame.offset, ..Place::default() };
                let fault = Fault::TagSpelling { canonical };
                let diagnostic = self.record.file_diagnostic(Severity::Warning, fault, place);
                let subject = String::from_utf8_lossy(&tag).into_owned();
                self.record.tally.note(("RECORD-TAG", tag.len()), || (subject, diagnostic));
            }
            self.record_tag = tag;
            return true;
        }
        false
    }

    /// A child of the root that is no record: the trailer, a second header, or something unknown.
    fn other_child(&mut self, frame: Frame) -> Result<(), Refusal> {
        let Input::Xml(framer) = &self.input else { return Ok(()) };
        let profile = self.record.profile.clone();
        let bytes = framer.bytes(frame);
        let is = |name: &str| named(bytes, frame.name, self.header.encoding, name);
        let base = Base { number: 0, offset: frame.offset, line: frame.line };
        match &profile.trailer {
            Some(section) if is(&section.element) => {
                self.record.start(bytes, base)?;
                if self.trailer.is_some() {
                    return Err(self.refusal(Fault::RecordAfterTrailer, frame));
                }
                let trailer = header::trailer(&mut self.record, section, &self.header)?;
                let place = Place {
                    line: frame.line,
                    offset: frame.offset,
                    element: section.element.clone(),
                    ..Place::default()
                };
                self.trailer = Some((trailer, place));
            }
            _ if profile.header.as_ref().is_some_and(|section| is(&section.element)) => {
                return Err(self.refusal(Fault::HeaderRepeated, frame));
            }
            _ if self.trailer.is_some() => return Err(self.refusal(Fault::RecordAfterTrailer, frame)),
            _ => {
                self.record.start(bytes, base)?;
                let text = self.record.text.as_str();
                let tag: String = text.chars().skip(1).take(frame.name.min(64)).collect();
                let key = ("ROOT-CHILD", fold_tag(&tag).len());
                self.record.warn_keyed(key, Fault::UnknownElement, 0, &tag);
            }
        }
        Ok(())
    }

    fn refusal(&self, fault: Fault, frame: Frame) -> Refusal {
        let place = Place { line: frame.line, offset: frame.offset, ..Place::default() };
        Refusal::Rule(Box::new(self.record.file_diagnostic(Severity::Error, fault, place)))
    }

    /// Fills `chunk` with the next records, unread, until it holds `bytes` of them: for other threads to read with a
    /// [`ChunkParser`]. False when there is none left. Use either this or [`Reader::next_dossier`], not both.
    ///
    /// # Errors
    /// [`Refusal`] as [`Reader::next_dossier`], once the records before the fault were given.
    pub fn next_chunk(&mut self, chunk: &mut Chunk, bytes: usize) -> Result<bool, Refusal> {
        chunk.clear();
        if let Some(refusal) = self.held_refusal.take() {
            return Err(refusal);
        }
        while chunk.bytes() < bytes.max(1) {
            match self.next_frame() {
                Ok(Some((frame, base))) => {
                    let raw = match &self.input {
                        Input::Xml(framer) => framer.bytes(frame),
                        Input::Csv(framer) => framer.bytes(frame),
                    };
                    chunk.push(raw, frame.name, base);
                }
                Ok(None) => break,
                Err(refusal) if chunk.records() == 0 => return Err(refusal),
                Err(refusal) => {
                    self.held_refusal = Some(refusal);
                    break;
                }
            }
        }
        Ok(chunk.records() > 0)
    }

    /// A parser of this file's chunks, for a thread of its own. Give it back with [`Reader::absorb`].
    pub fn chunk_parser(&self) -> ChunkParser {
        let columns = match &self.input {
            Input::Xml(_) => None,
            Input::Csv(framer) => Some(framer.columns.clone()),
        };
        ChunkParser::new(self.record.sibling(), columns)
    }

    /// Takes back what a parser counted.
    pub fn absorb(&mut self, parser: ChunkParser) {
        let (warnings, dossiers, rejected) = parser.into_parts();
        self.absorbed.extend(warnings);
        self.dossiers += dossiers;
        self.rejected += rejected;
    }

    /// Reads what is left, checks the trailer, and says what the file held.
    ///
    /// # Errors
    /// [`Refusal`] as [`Reader::next_dossier`], and when the trailer is missing or its count is not that of the
    /// records read.
    pub fn finish(mut self) -> Result<Summary, Refusal> {
        if let Some(refusal) = self.held_refusal.take() {
            return Err(refusal);
        }
        while self.next_dossier()?.is_some() {}
        let (offset, line) = match &self.input {
            Input::Xml(framer) => (framer.offset(), framer.line()),
            Input::Csv(framer) => (framer.offset(), framer.line()),
        };
        let profile = self.record.profile.clone();
        // What is said of the trailer comes from the trailer's own article.
        let about_trailer = |severity: Severity, fault: Fault, place: Place| {
            let mut diagnostic = file_diagnostic(&profile, severity, fault, place);
            if let Some(section) = &profile.trailer {
                diagnostic.article = section.article.clone();
            }
            diagnostic
        };
        if let (Some(section), None) = (&profile.trailer, &self.trailer) {
            let place = Place { line, offset, ..Place::default() };
            let fault = Fault::HeaderMissing { element: section.element.clone() };
            return Err(Refusal::Rule(Box::new(about_trailer(Severity::Error, fault, place))));
        }
        let mut declared_anomalies = None;
        if let Some((trailer, place)) = self.trailer {
            if let Some(declared) = trailer.count.filter(|declared| *declared != self.records) {
                let fault = Fault::CountMismatch { declared, counted: self.records };
                if self.records < declared || trailer.more != Some(Severity::Warning) {
                    return Err(Refusal::Rule(Box::new(about_trailer(Severity::Error, fault, place))));
                }
                let diagnostic = about_trailer(Severity::Warning, fault, place);
                self.record.tally.note(("COUNT", 0), || (String::new(), diagnostic));
            }
            declared_anomalies = trailer.anomalies;
        }
        if let Input::Xml(framer) = &self.input
            && let Some((offset, line)) = framer.carriage_return()
        {
            let place = Place { line, offset, ..Place::default() };
            let diagnostic = file_diagnostic(&profile, Severity::Warning, Fault::CrLf, place);
            self.record.tally.note(("CRLF", 0), || (String::new(), diagnostic));
        }
        let own = self.record.tally.warnings();
        let examples = self.record.options.warning_examples;
        Ok(Summary {
            header: self.header,
            records: self.records,
            dossiers: self.dossiers,
            rejected: self.rejected,
            declared_anomalies,
            bytes: offset,
            warnings: tally::merge(own.into_iter().chain(self.absorbed), examples.max(1)),
        })
    }
}

fn refuse(profile: &Profile, error: FrameError) -> Refusal {
    error.refusal(|Broken { fault, offset, line }| {
        let place = Place { record: None, line, offset, element: String::new() };
        Refusal::Rule(Box::new(file_diagnostic(profile, Severity::Error, fault, place)))
    })
}

/// Whether the tag of `bytes` is `name`, however it is spelled.
fn named(bytes: &[u8], length: usize, encoding: Encoding, name: &str) -> bool {
    let tag = bytes.get(1..=length).unwrap_or_default();
    if tag == name.as_bytes() {
        return true;
    }
    if tag.len() > 128 {
        return false;
    }
    let mut text = crate::encoding::Text::default();
    text.decode(encoding, tag).is_ok() && fold_tag(text.as_str()) == fold_tag(name)
}
