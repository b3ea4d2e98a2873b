use std::sync::Arc;

use liant_model::{CodeLists, mask};

use crate::book::Book;
use crate::capture::{Captures, Slot};
use crate::check::Lists;
use crate::diagnostic::{Diagnostic, Fault, Place, Refusal, Severity};
use crate::encoding::{Classes, Encoding, Text, classes};
use crate::message;
use crate::options::ReadOptions;
use crate::profile::{Element, Profile};
use crate::scan::Reading;
use crate::tally::Tally;
use crate::{careful, scan};

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Base {
    pub(crate) number: u64,
    pub(crate) offset: u64,
    pub(crate) line: u64,
}

/// Reads records one at a time; everything it needs is allocated once.
pub(crate) struct Record {
    pub(crate) profile: Profile,
    pub(crate) options: ReadOptions,
    pub(crate) lists: Arc<Lists>,
    pub(crate) encoding: Encoding,
    pub(crate) tally: Tally,
    pub(crate) base: Base,
    pub(crate) problems: Vec<Diagnostic>,
    pub(crate) key: Option<String>,
    pub(crate) household_key: Option<String>,
    /// Place of the person in her household, from 0.
    pub(crate) person: usize,
    pub(crate) text: Text,
    pub(crate) side: String,
    pub(crate) captures: Captures,
    pub(crate) slots: Vec<Slot>,
    pub(crate) present: u128,
    pub(crate) household: u128,
    book: Book,
    pub(crate) spare_key: String,
}

impl Record {
    pub(crate) fn new(
        profile: &Profile,
        lists: &CodeLists,
        encoding: Encoding,
        options: &ReadOptions,
    ) -> Self {
        Self::with(profile, Arc::new(Lists::new(profile, lists)), encoding, options)
    }

    /// Another reader of records of the same file.
    pub(crate) fn sibling(&self) -> Self {
        Self::with(&self.profile, Arc::clone(&self.lists), self.encoding, &self.options)
    }

    fn with(profile: &Profile, lists: Arc<Lists>, encoding: Encoding, options: &ReadOptions) -> Self {
        Self {
            lists,
            book: Book::new(&profile.tree),
            tally: Tally::new(options.warning_examples),
            slots: vec![Slot::default(); profile.elements.len()],
            profile: profile.clone(),
            options: options.clone(),
            encoding,
            base: Base::default(),
            problems: Vec::new(),
            key: None,
            household_key: None,
            person: 0,
            text: Text::default(),
            side: String::new(),
            captures: Captures::default(),
            present: 0,
            household: 0,
            spare_key: String::new(),
        }
    }

    /// Reads the XML record `bytes`, whose tag's name has `name` bytes. Gives the number of persons in it.
    pub(crate) fn read_xml(&mut self, bytes: &[u8], name: usize, base: Base) -> Result<usize, Refusal> {
        let found = self.start(bytes, base)?;
        let text = self.text.as_str();
        let name = match self.encoding {
            Encoding::Utf8 => name,
            _ if text.get(1..=name).is_some_and(str::is_ascii) => name,
            _ => crate::frame::name_length(text.as_bytes()),
        };
        self.captures.clear();
        self.side.clear();
        let limits = self.options.limits;
        let mut reading = Reading {
            tree: &self.profile.tree,
            book: &mut self.book,
            captures: &mut self.captures,
            side: &mut self.side,
        };
        if self.options.always_careful || scan::scan(text, name, limits.text_bytes, &mut reading).is_err() {
            reading.captures.clear();
            reading.side.clear();
            if let Err(refused) = careful::read(text, &limits, &mut reading) {
                return Err(self.refusal(refused.fault, refused.at));
            }
        }
        if found.c1 {
            self.note_c1();
        }
        self.note_spellings();
        let persons = self.captures.persons.len();
        if persons > limits.persons {
            return Err(self.refusal(Fault::TooManyPersons { max: limits.persons }, 0));
        }
        Ok(persons.max(1))
    }

    /// Decodes the record and refuses what no record may contain.
    pub(crate) fn start(&mut self, bytes: &[u8], base: Base) -> Result<Classes, Refusal> {
        self.base = base;
        let found = classes(bytes);
        if let Err(at) = self.text.decode(self.encoding, bytes) {
            self.text.decode(Encoding::Latin1, bytes).ok();
            let fault = Fault::InvalidBytes { encoding: self.encoding.name() };
            return Err(Refusal::Rule(Box::new(self.at_byte(fault, bytes, at))));
        }
        if found.control {
            let bad = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
            let at = bytes.iter().position(bad).unwrap_or(0);
            let byte = bytes.get(at).copied().unwrap_or(0);
            return Err(Refusal::Rule(Box::new(self.at_byte(Fault::ControlByte { byte }, bytes, at))));
        }
        let c1 = found.c1 && self.encoding == Encoding::Latin1;
        Ok(Classes { c1, ..found })
    }

    fn at_byte(&self, fault: Fault, bytes: &[u8], at: usize) -> Diagnostic {
        let before = bytes.get(..at).unwrap_or_default();
        let place = Place {
            record: Some(self.base.number).filter(|number| *number > 0),
            line: self.base.line + memchr::memchr_iter(b'\n', before).count() as u64,
            offset: self.base.offset + at as u64,
            element: String::new(),
        };
        self.file_diagnostic(Severity::Error, fault, place)
    }

    fn note_c1(&mut self) {
        let text = self.text.as_str();
        let at = text.find(|c| ('\u{80}'..='\u{9f}').contains(&c)).unwrap_or(0);
        self.warn_file(Fault::C1Bytes, at, "");
    }

    fn note_spellings(&mut self) {
        for odd in 0..self.captures.odd.len() {
            let Some(&(spelling, at)) = self.captures.odd.get(odd) else { continue };
            let Some(found) = self.book.get(spelling) else { continue };
            if self.profile.partial && found.canonical.is_none() || self.tally.count(("TAG", spelling)) {
                continue;
            }
            let raw = found.text.strip_suffix('>').unwrap_or_default().to_owned();
            match &found.canonical {
                Some(canonical) => {
                    let fault = Fault::TagSpelling { canonical: canonical.to_string() };
                    self.warn_keyed(("TAG", spelling), fault, at as usize, &raw);
                }
                None => self.warn_keyed(("TAG", spelling), Fault::UnknownElement, at as usize, &raw),
            }
        }
    }

    /// Takes the person of this place in the record (0 when the record is one person) and applies every rule.
    pub(crate) fn select(&mut self, person: usize) -> Result<(), Refusal> {
        self.person = person;
        self.problems.clear();
        self.present = 0;
        self.household = 0;
        let values = std::mem::take(&mut self.captures.values);
        let persons = std::mem::take(&mut self.captures.persons);
        if persons.is_empty() {
            self.place_values(&values);
        } else {
            let mut from = 0;
            for (start, end) in &persons {
                self.place_values(values.get(from..*start).unwrap_or_default());
                from = *end;
            }
            self.place_values(values.get(from..).unwrap_or_default());
            self.household = self.present;
            let (start, end) = persons.get(person).copied().unwrap_or_default();
            self.place_values(values.get(start..end).unwrap_or_default());
        }
        self.captures.values = values;
        self.captures.persons = persons;
        self.apply_rules()
    }

    /// Starts a record whose values will be placed one by one.
    pub(crate) fn begin(&mut self, base: Base) {
        self.base = base;
        self.person = 0;
        self.problems.clear();
        self.captures.clear();
        self.side.clear();
        self.present = 0;
        self.household = 0;
    }

    fn place_values(&mut self, values: &[(u8, Slot)]) {
        for (element, slot) in values {
            self.place(usize::from(*element), *slot);
        }
    }

    /// Puts a value in its place; the first of two stays.
    pub(crate) fn place(&mut self, element: usize, slot: Slot) {
        if self.present & 1 << element != 0 {
            let profile = self.profile.clone();
            if let Some(found) = profile.elements.get(element) {
                self.report(found, Severity::Error, Fault::Repeated, slot, element);
            }
            return;
        }
        self.present |= 1 << element;
        if let Some(place) = self.slots.get_mut(element) {
            *place = slot;
        }
    }

    /// The value of an element.
    pub(crate) fn read(&self, element: usize) -> Option<&str> {
        if self.present & 1_u128.checked_shl(element as u32)? == 0 {
            return None;
        }
        Some(self.slots.get(element)?.read(self.text.as_str(), &self.side))
    }

    pub(crate) fn slot(&self, element: usize) -> Slot {
        self.slots.get(element).copied().unwrap_or_default()
    }

    /// The place of the byte `at` of the decoded text.
    pub(crate) fn where_is(&self, at: usize) -> Place {
        let text = self.text.as_str();
        let before = text.get(..at).unwrap_or_default();
        Place {
            record: Some(self.base.number).filter(|number| *number > 0),
            line: self.base.line + memchr::memchr_iter(b'\n', before.as_bytes()).count() as u64,
            offset: self.base.offset + self.encoding.bytes_before(text, at) as u64,
            element: String::new(),
        }
    }

    /// Reports a fault of a value: a problem of the record, or one more warning.
    pub(crate) fn report(
        &mut self,
        element: &Element,
        severity: Severity,
        fault: Fault,
        slot: Slot,
        index: usize,
    ) {
        if severity == Severity::Warning && self.person > 0 && self.household & 1 << index != 0 {
            return;
        }
        let suffix = message::suffix(&fault);
        // Where a fault stands takes a look at all that is before it: not for one that nobody will be told.
        if severity == Severity::Error && self.says_enough()
            || severity == Severity::Warning && self.tally.count((suffix, index))
        {
            return;
        }
        let mut tally = std::mem::take(&mut self.tally);
        let make = || {
            let mut place = self.where_is(slot.at as usize);
            element.path.clone_into(&mut place.element);
            let value = slot.read(self.text.as_str(), &self.side);
            // A code outside its list says little of the person, and must be seen to be added to the list.
            let unknown = fault == Fault::UnknownCode && value.len() <= 8;
            let shown_code = if unknown { value.to_owned() } else { shown(element, value) };
            Diagnostic {
                severity,
                rule: format!("{}-{suffix}", element.rule),
                fault,
                article: self.profile.article.clone(),
                place,
                value: Some(shown_code),
            }
        };
        if severity == Severity::Error {
            let diagnostic = make();
            self.add_problem(diagnostic);
        } else {
            tally.note((suffix, index), || (element.path.clone(), make()));
        }
        self.tally = tally;
    }

    /// Sets the record aside.
    pub(crate) fn add_problem(&mut self, problem: Diagnostic) {
        if !self.says_enough() {
            self.problems.push(problem);
        }
    }

    /// A hostile record may break rules without end: past the first ones, more say nothing.
    fn says_enough(&self) -> bool {
        const KEPT: usize = 64;
        self.problems.len() >= KEPT
    }

    pub(crate) fn key_twice(&self) -> Diagnostic {
        self.file_diagnostic(Severity::Error, Fault::KeyTwice, self.where_is(0))
    }

    pub(crate) fn ambiguous(&self, index: usize) -> Option<Diagnostic> {
        let element = self.profile.elements.get(index)?;
        let mut place = self.where_is(self.slot(index).at as usize);
        element.path.clone_into(&mut place.element);
        Some(Diagnostic {
            severity: Severity::Error,
            rule: format!("{}-{}", element.rule, message::suffix(&Fault::Ambiguous)),
            fault: Fault::Ambiguous,
            article: self.profile.article.clone(),
            place,
            value: self.read(index).map(|value| shown(element, value)),
        })
    }

    pub(crate) fn report_file(&mut self, fault: Fault, at: usize) {
        if self.says_enough() {
            return;
        }
        let diagnostic = self.file_diagnostic(Severity::Error, fault, self.where_is(at));
        self.add_problem(diagnostic);
    }

    fn warn_file(&mut self, fault: Fault, at: usize, subject: &str) {
        let key = (message::suffix(&fault), usize::MAX);
        self.warn_keyed(key, fault, at, subject);
    }

    pub(crate) fn warn_keyed(&mut self, key: crate::tally::Key, fault: Fault, at: usize, subject: &str) {
        let mut tally = std::mem::take(&mut self.tally);
        tally.note(key, || {
            let mut place = self.where_is(at);
            subject.clone_into(&mut place.element);
            (subject.to_owned(), self.file_diagnostic(Severity::Warning, fault, place))
        });
        self.tally = tally;
    }

    pub(crate) fn refusal(&self, fault: Fault, at: usize) -> Refusal {
        Refusal::Rule(Box::new(self.file_diagnostic(Severity::Error, fault, self.where_is(at))))
    }

    /// A diagnostic of a rule that is about the file rather than about a field.
    pub(crate) fn file_diagnostic(&self, severity: Severity, fault: Fault, place: Place) -> Diagnostic {
        file_diagnostic(&self.profile, severity, fault, place)
    }
}

/// A diagnostic of a rule that is about the file rather than about a field.
pub(crate) fn file_diagnostic(
    profile: &Profile,
    severity: Severity,
    fault: Fault,
    place: Place,
) -> Diagnostic {
    let rule = format!("{}-{}", profile.id, message::suffix(&fault));
    Diagnostic { severity, rule, fault, article: profile.article.clone(), place, value: None }
}

/// The value as a diagnostic shows it.
pub(crate) fn shown(element: &Element, value: &str) -> String {
    if element.ordinary { value.chars().take(64).collect() } else { mask(value) }
}
