use std::sync::Arc;

use liant_model::{CodeLists, Territory, mask, parse_flow_date};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::book::Book;
use crate::capture::{Captures, Slot};
use crate::check::{self, Lists};
use crate::diagnostic::{Bilingual, Diagnostic, Fault, Place, Refusal, Severity};
use crate::encoding::{Classes, Encoding, Text, classes};
use crate::message;
use crate::options::ReadOptions;
use crate::profile::{Check, Element, Profile, Rule, RuleKind};
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
    household: u128,
    book: Book,
    spare_key: String,
    #[cfg(test)]
    pub(crate) always_careful: bool,
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
            #[cfg(test)]
            always_careful: false,
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
        #[cfg(test)]
        let fast = !self.always_careful;
        #[cfg(not(test))]
        let fast = true;
        if !fast || scan::scan(text, name, limits.text_bytes, &mut reading).is_err() {
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
        Ok(self.captures.persons.len().max(1))
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

    /// Applies every rule to the values in place.
    pub(crate) fn apply_rules(&mut self) -> Result<(), Refusal> {
        for (fault, at) in std::mem::take(&mut self.captures.faults) {
            self.report_file(fault, at as usize);
        }
        self.reroute();
        let profile = self.profile.clone();
        self.check_values(&profile)?;
        self.check_required(&profile);
        for rule in &profile.rules {
            self.apply(rule);
        }
        self.make_keys(&profile);
        Ok(())
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

    fn slot(&self, element: usize) -> Slot {
        self.slots.get(element).copied().unwrap_or_default()
    }

    fn reroute(&mut self) {
        let profile = self.profile.clone();
        for reroute in &profile.reroutes {
            let letters = |code: &str| code.bytes().all(|byte| byte.is_ascii_alphabetic());
            let moves = self.present & 1 << reroute.to == 0 && self.read(reroute.from).is_some_and(letters);
            let (Some(from), true) = (profile.elements.get(reroute.from), moves) else { continue };
            let to = profile.elements.get(reroute.to).and_then(|element| element.field);
            let to = to.map_or("", liant_model::Field::code);
            self.report(from, Severity::Warning, Fault::Moved { to }, self.slot(reroute.from), reroute.from);
            self.shift(reroute.from, reroute.to);
            if let Some((from, to)) = reroute.with {
                self.shift(from, to);
            }
        }
    }

    fn shift(&mut self, from: usize, to: usize) {
        if self.present & 1 << from != 0 && self.present & 1 << to == 0 {
            let slot = self.slot(from);
            self.present = self.present & !(1 << from) | 1 << to;
            if let Some(place) = self.slots.get_mut(to) {
                *place = slot;
            }
        }
    }

    fn check_values(&mut self, profile: &Profile) -> Result<(), Refusal> {
        let mut left = self.present;
        while left != 0 {
            let index = left.trailing_zeros() as usize;
            left &= left - 1;
            let Some(element) = profile.elements.get(index) else { continue };
            let slot = self.slot(index);
            let value = slot.read(self.text.as_str(), &self.side);
            if element.check == Check::Territory {
                self.check_territory(element, slot)?;
                continue;
            }
            let verdict = check::check(element, index, value, &self.lists);
            for (severity, fault) in verdict.fault.into_iter().chain(verdict.remark) {
                self.report(element, severity, fault, slot, index);
            }
            if let Some(standard) = verdict.standard {
                let start = self.side.len();
                self.side.push_str(standard.as_str());
                let aside = Slot::aside(start, self.side.len(), slot.at as usize);
                if let Some(place) = self.slots.get_mut(index) {
                    *place = aside;
                }
            }
        }
        Ok(())
    }

    fn check_territory(&mut self, element: &Element, slot: Slot) -> Result<(), Refusal> {
        let Some(expected) = self.options.expected_territory else { return Ok(()) };
        let value = slot.read(self.text.as_str(), &self.side);
        let code = if value.len() == 3 { value.strip_prefix('0').unwrap_or(value) } else { value };
        if Territory::parse(code) == Ok(expected) {
            return Ok(());
        }
        let mut place = self.where_is(slot.at as usize);
        element.path.clone_into(&mut place.element);
        let fault = Fault::WrongTerritory { expected: expected.to_string() };
        let mut diagnostic = self.file_diagnostic(Severity::Error, fault, place);
        diagnostic.value = Some(value.chars().take(24).collect());
        Err(Refusal::Rule(Box::new(diagnostic)))
    }

    fn check_required(&mut self, profile: &Profile) {
        let mut missing = profile.required & !self.present;
        while missing != 0 {
            let index = missing.trailing_zeros() as usize;
            missing &= missing - 1;
            if let Some(element) = profile.elements.get(index) {
                let rule = format!("{}-REQUIRED", element.rule);
                self.missing(rule, Severity::Error, Fault::Required, &element.path, &profile.article);
            }
        }
    }

    /// Reports a fault about a value that is not there.
    fn missing(&mut self, rule: String, severity: Severity, fault: Fault, path: &str, article: &Bilingual) {
        let mut place = self.where_is(0);
        path.clone_into(&mut place.element);
        self.problems.push(Diagnostic {
            severity,
            rule,
            fault,
            article: article.clone(),
            place,
            value: None,
        });
    }

    fn apply(&mut self, rule: &Rule) {
        let given = |set: u128| self.present & set;
        let element_given = given(1 << rule.element) != 0;
        let broken = match rule.kind {
            RuleKind::RequiredUnless(set) => !element_given && given(set) != set,
            RuleKind::RequiredWhenAny(set) => !element_given && given(set) != 0,
            RuleKind::AnyOf(set) | RuleKind::NoneOf(set) => given(set) == 0,
            RuleKind::NotAfterToday => match (self.options.today, self.read(rule.element)) {
                (Some(today), Some(value)) => {
                    parse_flow_date(value.as_bytes()).is_ok_and(|(date, _)| date > today)
                }
                _ => false,
            },
        };
        if !broken {
            return;
        }
        let profile = self.profile.clone();
        let Some(element) = profile.elements.get(rule.element) else { return };
        let fault = Fault::Rule { message: rule.message.clone(), help: rule.help.clone() };
        let at = if element_given { self.slot(rule.element).at as usize } else { 0 };
        let mut place = self.where_is(at);
        element.path.clone_into(&mut place.element);
        let diagnostic = Diagnostic {
            severity: rule.severity,
            rule: rule.code.clone(),
            fault,
            article: rule.article.clone(),
            place,
            value: self.read(rule.element).map(|value| shown(element, value)),
        };
        match rule.severity {
            Severity::Error => self.problems.push(diagnostic),
            Severity::Warning => {
                self.tally.note(("RULE", rule.element), || (element.path.clone(), diagnostic))
            }
        }
    }

    fn make_keys(&mut self, profile: &Profile) {
        let mut key = self.key.take().unwrap_or_else(|| std::mem::take(&mut self.spare_key));
        key.clear();
        let complete = self.join(&profile.key, &mut key);
        if let (true, Some(_)) = (complete, profile.key_digest.first()) {
            let digest = self.digest(&profile.key_digest);
            key.push('/');
            key.push_str(&format!("{:012x}", digest >> 16));
        }
        if complete && !profile.key.is_empty() {
            self.key = Some(key);
        } else {
            self.spare_key = key;
            let needed = profile.key.iter().find(|element| self.present & 1 << **element == 0);
            if let Some(element) = needed
                && profile.key_required
                && profile.required & 1 << *element == 0
                && let Some(element) = profile.elements.get(*element)
            {
                let rule = format!("{}-KEY", profile.id);
                self.missing(rule, Severity::Error, Fault::KeyMissing, &element.path, &profile.article);
            }
        }
        if !profile.household_key.is_empty() {
            let mut key = self.household_key.take().unwrap_or_default();
            key.clear();
            self.household_key = self.join(&profile.household_key, &mut key).then_some(key);
        }
    }

    /// Joins the values of `elements` by `/`; false when one is missing.
    fn join(&self, elements: &[usize], key: &mut String) -> bool {
        for (place, element) in elements.iter().enumerate() {
            let Some(value) = self.read(*element) else { return false };
            if place > 0 {
                key.push('/');
            }
            key.push_str(value);
        }
        true
    }

    /// FNV-1a of the values folded to plain capitals: a stable place in the household, not a secret.
    fn digest(&self, elements: &[usize]) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut feed = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        for element in elements {
            let value = self.read(*element).unwrap_or_default();
            for c in value.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_uppercase) {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut feed);
            }
            feed(0x1f);
        }
        hash
    }

    /// The place of the byte `at` of the decoded text.
    fn where_is(&self, at: usize) -> Place {
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
        if severity == Severity::Warning && self.tally.count((suffix, index)) {
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
            self.problems.push(diagnostic);
        } else {
            tally.note((suffix, index), || (element.path.clone(), make()));
        }
        self.tally = tally;
    }

    fn report_file(&mut self, fault: Fault, at: usize) {
        let diagnostic = self.file_diagnostic(Severity::Error, fault, self.where_is(at));
        self.problems.push(diagnostic);
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
