//! Fields of forms, with their hints and their errors, and the summary of the errors.

use std::borrow::Cow;

use askama::Template;

use super::{Link, html};
use crate::words::Words;

/// The hidden field that every form begins with: proof that a page of ours made it.
#[derive(Template, Clone, Debug)]
#[template(source = r#"<input type="hidden" name="{{ name }}" value="{{ token }}">"#, ext = "html")]
pub struct FormToken {
    name: &'static str,
    token: String,
}

impl FormToken {
    pub(crate) fn new(token: String) -> Self {
        Self { name: crate::forms::FIELD, token }
    }
}

/// One answer among those offered.
#[derive(Clone, Debug)]
pub struct Choice {
    value: String,
    label: String,
    hint: Option<String>,
    is_chosen: bool,
}

impl Choice {
    /// An answer.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None, is_chosen: false }
    }

    /// With a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Chosen, or not.
    #[must_use]
    pub fn chosen(mut self, is_chosen: bool) -> Self {
        self.is_chosen = is_chosen;
        self
    }
}

/// What a field takes.
#[derive(Clone, Debug)]
enum Takes {
    Line { kind: &'static str, autocomplete: Option<&'static str>, width: Option<u8> },
    Paragraph { rows: u8 },
    Day { day: String, month: String, year: String },
    OneOf(Vec<Choice>),
    OneOfMany(Vec<Choice>),
    Some(Vec<Choice>),
    Files { accept: &'static str },
}

/// A file to send: what the field of a form takes.
#[derive(Clone, Copy, Debug)]
pub struct Upload {
    /// The kinds of file, as HTML's `accept` lists them: `.xml,.csv`.
    pub accept: &'static str,
}

/// One question of a form.
#[derive(Template, Clone, Debug)]
#[template(path = "components/field.html")]
pub struct Field {
    w: Words,
    name: Cow<'static, str>,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    value: String,
    is_optional: bool,
    takes: Takes,
}

impl Field {
    fn new(w: Words, name: impl Into<Cow<'static, str>>, label: impl Into<String>, takes: Takes) -> Self {
        let (name, label) = (name.into(), label.into());
        Self { w, name, label, hint: None, error: None, value: String::new(), is_optional: false, takes }
    }

    /// A line of text.
    pub fn line(w: Words, name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(w, name, label, Takes::Line { kind: "text", autocomplete: None, width: None })
    }

    /// An e-mail address.
    pub fn email(w: Words, name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(w, name, label, Takes::Line { kind: "email", autocomplete: Some("email"), width: None })
    }

    /// A password, new or known: `autocomplete` is `new-password` or `current-password`.
    pub fn password(
        w: Words,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        autocomplete: &'static str,
    ) -> Self {
        Self::new(
            w,
            name,
            label,
            Takes::Line { kind: "password", autocomplete: Some(autocomplete), width: None },
        )
    }

    /// A code of a few digits, received elsewhere.
    pub fn code(w: Words, name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        let takes = Takes::Line { kind: "code", autocomplete: Some("one-time-code"), width: Some(10) };
        Self::new(w, name, label, takes)
    }

    /// Some sentences.
    pub fn paragraph(w: Words, name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::new(w, name, label, Takes::Paragraph { rows: 5 })
    }

    /// A day, in three fields `NAME-day`, `NAME-month`, `NAME-year`, as they were typed.
    pub fn day(
        w: Words,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        typed: [&str; 3],
    ) -> Self {
        let [day, month, year] = typed.map(str::to_owned);
        Self::new(w, name, label, Takes::Day { day, month, year })
    }

    /// One answer among a few.
    pub fn one_of(
        w: Words,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(w, name, label, Takes::OneOf(choices))
    }

    /// One answer among many: a list to pull down.
    pub fn one_of_many(
        w: Words,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(w, name, label, Takes::OneOfMany(choices))
    }

    /// Any number of answers.
    pub fn any_of(
        w: Words,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        Self::new(w, name, label, Takes::Some(choices))
    }

    /// A file. The form needs `enctype="multipart/form-data"`.
    pub fn file(
        w: Words,
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        upload: Upload,
    ) -> Self {
        Self::new(w, name, label, Takes::Files { accept: upload.accept })
    }

    /// With a hint: what to write, where to find it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With what is wrong with it, and what to do.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }

    /// Filled in by the browser with what HTML names so: `username`, `name`.
    #[must_use]
    pub fn completed_by(mut self, what: &'static str) -> Self {
        if let Takes::Line { autocomplete, .. } = &mut self.takes {
            *autocomplete = Some(what);
        }
        self
    }

    /// As wide as this many characters: 2, 3, 4, 5, 10, 20 or 30.
    #[must_use]
    pub fn wide(mut self, characters: u8) -> Self {
        if let Takes::Line { width, .. } = &mut self.takes {
            *width = Some(characters);
        }
        self
    }

    /// The ids of what describes the field, for `aria-describedby`.
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    /// The three fields of a day: suffix, message of the label, value, width.
    fn day_parts<'a>(
        day: &'a str,
        month: &'a str,
        year: &'a str,
    ) -> [(&'static str, &'static str, &'a str, u8); 3] {
        [("day", "field-day", day, 2), ("month", "field-month", month, 2), ("year", "field-year", year, 4)]
    }

    /// The id of the first thing to fill in: where the summary of errors leads.
    fn first_id(&self) -> String {
        match self.takes {
            Takes::Day { .. } => format!("{}-day", self.name),
            _ => self.name.clone().into_owned(),
        }
    }

    fn is_day(&self) -> bool {
        matches!(self.takes, Takes::Day { .. })
    }

    fn is_group(&self) -> bool {
        matches!(self.takes, Takes::Day { .. } | Takes::OneOf(_) | Takes::Some(_))
    }
}

/// All that is wrong with a form, at the head of its page, each leading to its field. Shows nothing when all is well.
#[derive(Template, Clone, Debug)]
#[template(path = "components/errors.html")]
pub struct Errors {
    w: Words,
    lines: Vec<(String, String)>,
}

impl Errors {
    /// The errors of these fields.
    pub fn of(w: Words, fields: &[&Field]) -> Self {
        let line = |field: &&Field| Some((field.first_id(), field.error.clone()?));
        Self { w, lines: fields.iter().filter_map(line).collect() }
    }

    /// With what is wrong and lies in no field.
    #[must_use]
    pub fn and(mut self, text: impl Into<String>) -> Self {
        self.lines.push((String::new(), text.into()));
        self
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// The button that signs in at an identity provider, with a page that tells what it is.
#[derive(Template, Clone, Debug)]
#[template(path = "components/provider.html")]
pub struct Provider {
    address: String,
    token: FormToken,
    label: String,
    next: String,
    about: Option<Link>,
}

impl Provider {
    /// A button of this label, sent to `address`; `next` is where to go once signed in.
    pub fn new(
        address: impl Into<String>,
        token: FormToken,
        label: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self { address: address.into(), token, label: label.into(), next: next.into(), about: None }
    }

    /// With a page elsewhere that tells what the provider is.
    #[must_use]
    pub fn with_about(mut self, about: Option<Link>) -> Self {
        self.about = about;
        self
    }
}

html!(FormToken, Field, Errors, Provider);
