//! Reads TOML tables key by key, keeps every place, and reports every fault instead of stopping at the first.

use std::collections::BTreeSet;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{Problems, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// What was read.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

/// One table of the file. Keys that nobody asked for are reported by [`Table::finish`].
pub struct Table<'a, 't> {
    /// How messages call it: `[[grant]]`.
    pub name: String,
    /// Its place in the file.
    pub span: Span,
    entries: &'a DeTable<'t>,
    asked: BTreeSet<&'static str>,
}

impl<'a, 't> Table<'a, 't> {
    /// The table of these entries, under the name that messages call it by.
    #[must_use]
    pub fn new(name: impl Into<String>, entries: &'a DeTable<'t>, span: Span) -> Self {
        Self { name: name.into(), span, entries, asked: BTreeSet::new() }
    }

    /// The same table under another name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Whether it has this key.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Whether what stands under a key is a text in quotes.
    pub fn is_text(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|value| value.get_ref().as_str().is_some())
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.asked.insert(key);
        self.entries.get(key)
    }

    /// Reports a key that must be there and is not.
    pub fn missing(&self, key: &str, why: &str, problems: &mut Problems<'_>) {
        problems.error(
            "missing-key",
            self.span,
            format!("{} has no `{key}`", self.name),
            format!("add `{key}`: {why}"),
        );
    }

    fn wrong_type(
        &self,
        key: &str,
        expected: &str,
        value: &Spanned<DeValue<'_>>,
        problems: &mut Problems<'_>,
    ) {
        problems.error(
            "wrong-type",
            problems.span(value.span()),
            format!("`{key}` of {} is {}, not {expected}", self.name, article(value.get_ref().type_str())),
            format!("write {expected}"),
        );
    }

    /// A text that is not empty.
    pub fn text(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => {
                Some(At { value: text.to_owned(), span: problems.span(value.span()) })
            }
            Some(_) => {
                problems.error(
                    "empty-text",
                    problems.span(value.span()),
                    format!("`{key}` of {} is empty", self.name),
                    "write the text, or remove the key",
                );
                None
            }
            None => {
                self.wrong_type(key, "a text in quotes", value, problems);
                None
            }
        }
    }

    /// A text that must be there; `why` says what it is.
    pub fn need_text(
        &mut self,
        key: &'static str,
        why: &str,
        problems: &mut Problems<'_>,
    ) -> Option<At<String>> {
        if !self.has(key) {
            self.asked.insert(key);
            self.missing(key, why, problems);
        }
        self.text(key, problems)
    }

    /// A text read by `read`, which says in its error what it expects.
    pub fn parsed<T, E: std::fmt::Display>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str) -> Result<T, E>,
        problems: &mut Problems<'_>,
    ) -> Option<At<T>> {
        let text = self.text(key, problems)?;
        self.read_value(key, &text, &read, problems)
    }

    /// A text read by `read`, which must be there; `why` says what it is.
    pub fn need_parsed<T, E: std::fmt::Display>(
        &mut self,
        key: &'static str,
        why: &str,
        read: impl Fn(&str) -> Result<T, E>,
        problems: &mut Problems<'_>,
    ) -> Option<At<T>> {
        let text = self.need_text(key, why, problems)?;
        self.read_value(key, &text, &read, problems)
    }

    fn read_value<T, E: std::fmt::Display>(
        &self,
        key: &str,
        text: &At<String>,
        read: &impl Fn(&str) -> Result<T, E>,
        problems: &mut Problems<'_>,
    ) -> Option<At<T>> {
        match read(&text.value) {
            Ok(value) => Some(At { value, span: text.span }),
            Err(error) => {
                problems.error(
                    "unknown-word",
                    text.span,
                    format!("`{key}` of {} cannot be `{}`", self.name, text.value),
                    error.to_string(),
                );
                None
            }
        }
    }

    /// A list of texts; a key that is absent is an empty list.
    pub fn texts(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Vec<At<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of texts, [\"…\"]", value, problems);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => {
                    texts.push(At { value: text.to_owned(), span: problems.span(item.span()) });
                }
                None => self.wrong_type(key, "a text in quotes", item, problems),
            }
        }
        texts
    }

    /// A list of texts, each read by `read`; a key that is absent is an empty list.
    pub fn list<T, E: std::fmt::Display>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str) -> Result<T, E>,
        problems: &mut Problems<'_>,
    ) -> Vec<At<T>> {
        let texts = self.texts(key, problems);
        texts.iter().filter_map(|text| self.read_value(key, text, &read, problems)).collect()
    }

    /// A list that must name something.
    pub fn need_list<T, E: std::fmt::Display>(
        &mut self,
        key: &'static str,
        why: &str,
        read: impl Fn(&str) -> Result<T, E>,
        problems: &mut Problems<'_>,
    ) -> Vec<At<T>> {
        let empty =
            self.get(key).is_none_or(|value| value.get_ref().as_array().is_some_and(|a| a.is_empty()));
        if empty {
            self.missing(key, why, problems);
        }
        self.list(key, read, problems)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, "true or false", value, problems);
        }
        flag
    }

    /// A whole number above 0.
    pub fn number(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<At<u32>> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer().filter(|number| number.radix() == 10);
        let number =
            number.and_then(|number| number.as_str().parse::<u32>().ok()).filter(|number| *number > 0);
        if number.is_none() {
            self.wrong_type(key, "a whole number above 0", value, problems);
        }
        number.map(|number| At { value: number, span: problems.span(value.span()) })
    }

    /// A date without quotes.
    pub fn date(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<At<Date>> {
        let value = self.get(key)?;
        let date = value.get_ref().as_datetime().and_then(|moment| {
            match (moment.date, moment.time, moment.offset) {
                (Some(date), None, None) => Date::new(
                    i16::try_from(date.year).ok()?,
                    date.month.cast_signed(),
                    date.day.cast_signed(),
                )
                .ok(),
                _ => None,
            }
        });
        if date.is_none() {
            self.wrong_type(key, "a date without quotes, 2026-01-31", value, problems);
        }
        date.map(|date| At { value: date, span: problems.span(value.span()) })
    }

    /// A table, `{ … }`.
    pub fn table(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Option<Table<'a, 't>> {
        let value = self.get(key)?;
        let span = problems.span(value.span());
        if let Some(table) = value.get_ref().as_table() {
            return Some(Table::new(format!("`{key}` of {}", self.name), table, span));
        }
        self.wrong_type(key, "a table, { … }", value, problems);
        None
    }

    /// The tables written `[[key]]`.
    pub fn tables(&mut self, key: &'static str, problems: &mut Problems<'_>) -> Vec<Table<'a, 't>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, &format!("a list of tables, [[{key}]]"), value, problems);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => {
                    tables.push(Table::new(format!("[[{key}]]"), table, problems.span(item.span())));
                }
                None => self.wrong_type(key, &format!("a table, [[{key}]]"), item, problems),
            }
        }
        tables
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self, problems: &mut Problems<'_>) {
        for (key, _) in self.entries {
            if !self.asked.contains(key.get_ref().as_ref()) {
                let known: Vec<_> = self.asked.iter().map(|key| format!("`{key}`")).collect();
                problems.error(
                    "unknown-key",
                    problems.span(key.span()),
                    format!("{} has no key `{}`", self.name, key.get_ref()),
                    format!("remove it or write one of {}", known.join(", ")),
                );
            }
        }
    }
}

fn article(type_name: &str) -> String {
    match type_name.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {type_name}"),
        _ => format!("a {type_name}"),
    }
}
