use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;

/// Warnings of one rule about one thing, gathered over a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable code of the rule.
    pub rule: String,
    /// What the warnings are about: an element's path, a tag's spelling, or nothing.
    pub subject: String,
    /// How many times the rule was broken.
    pub count: u64,
    /// The first places, in the order of the file; the first is where it began.
    pub examples: Vec<Diagnostic>,
}

/// A kind of warning before it has a text: the number of the rule's kind, and of the element or spelling.
pub(crate) type Key = (&'static str, usize);

/// Gathers warnings in bounded memory.
#[derive(Default)]
pub(crate) struct Tally {
    groups: FxHashMap<Key, Warning>,
    examples: usize,
}

impl Tally {
    pub(crate) fn new(examples: usize) -> Self {
        Self { groups: FxHashMap::default(), examples: examples.max(1) }
    }

    /// Counts one more warning of a kind that has its examples; false when [`Tally::note`] must be told.
    pub(crate) fn count(&mut self, key: Key) -> bool {
        match self.groups.get_mut(&key) {
            Some(group) if group.examples.len() >= self.examples => {
                group.count += 1;
                true
            }
            _ => false,
        }
    }

    /// Counts one warning; `make` is called only while examples are wanted.
    pub(crate) fn note(&mut self, key: Key, make: impl FnOnce() -> (String, Diagnostic)) {
        if let Some(group) = self.groups.get_mut(&key) {
            group.count += 1;
            if group.examples.len() < self.examples {
                group.examples.push(make().1);
            }
        } else {
            let (subject, diagnostic) = make();
            let rule = diagnostic.rule.clone();
            self.groups.insert(key, Warning { rule, subject, count: 1, examples: vec![diagnostic] });
        }
    }

    /// Takes the warnings that `other` gathered later, and empties it.
    pub(crate) fn take(&mut self, other: &mut Self) {
        for (key, warning) in other.groups.drain() {
            match self.groups.get_mut(&key) {
                Some(group) => {
                    group.count += warning.count;
                    group.examples.extend(warning.examples);
                    group.examples.truncate(self.examples);
                }
                None => {
                    self.groups.insert(key, warning);
                }
            }
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.groups.clear();
    }

    /// The warnings, in the order in which they began.
    pub(crate) fn warnings(&self) -> Vec<Warning> {
        merge(self.groups.values().cloned(), self.examples)
    }
}

/// Joins warnings of the same rule and subject that several readers of one file gathered.
pub(crate) fn merge(warnings: impl Iterator<Item = Warning>, examples: usize) -> Vec<Warning> {
    let mut merged: Vec<Warning> = Vec::new();
    for warning in warnings {
        match merged.iter_mut().find(|group| group.rule == warning.rule && group.subject == warning.subject) {
            Some(group) => {
                group.count += warning.count;
                group.examples.extend(warning.examples);
            }
            None => merged.push(warning),
        }
    }
    for group in &mut merged {
        group.examples.sort_by_key(|example| example.place.offset);
        group.examples.truncate(examples);
    }
    merged.sort_by(|a, b| {
        let first = |warning: &Warning| warning.examples.first().map(|example| example.place.offset);
        (first(a), &a.rule, &a.subject).cmp(&(first(b), &b.rule, &b.subject))
    });
    merged
}
