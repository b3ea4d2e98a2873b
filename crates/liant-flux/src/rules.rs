//! The rules of a profile, applied to the values of one record.

use std::fmt::Write as _;

use liant_model::{Territory, parse_flow_date};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::capture::Slot;
use crate::check;
use crate::diagnostic::{Bilingual, Diagnostic, Fault, Refusal, Severity};
use crate::profile::{Check, Element, Profile, Rule, RuleKind};
use crate::record::{Record, shown};

impl Record {
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
        self.add_problem(Diagnostic { severity, rule, fault, article: article.clone(), place, value: None });
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
            Severity::Error => self.add_problem(diagnostic),
            Severity::Warning => {
                self.tally.note(("RULE", rule.element), || (element.path.clone(), diagnostic));
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
            let _ = write!(key, "{:012x}", digest >> 16);
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
}
