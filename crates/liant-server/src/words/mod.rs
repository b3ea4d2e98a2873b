//! What is said to users: Fluent messages of `locales/`, compiled in, and dates and numbers as each language writes them.

mod dates;
mod numbers;

pub use dates::Delay;

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use liant_model::{Date, Lang};

/// The files of `locales/`, French and English.
const SOURCES: &[(&str, &str)] = &[
    (include_str!("../../locales/fr/site.ftl"), include_str!("../../locales/en/site.ftl")),
    (include_str!("../../locales/fr/demo.ftl"), include_str!("../../locales/en/demo.ftl")),
    (include_str!("../../locales/fr/desk.ftl"), include_str!("../../locales/en/desk.ftl")),
    (include_str!("../../locales/fr/parts.ftl"), include_str!("../../locales/en/parts.ftl")),
    (include_str!("../../locales/fr/review.ftl"), include_str!("../../locales/en/review.ftl")),
    (include_str!("../../locales/fr/person.ftl"), include_str!("../../locales/en/person.ftl")),
    (include_str!("../../locales/fr/people.ftl"), include_str!("../../locales/en/people.ftl")),
    (include_str!("../../locales/fr/orientation.ftl"), include_str!("../../locales/en/orientation.ftl")),
    (include_str!("../../locales/fr/casework.ftl"), include_str!("../../locales/en/casework.ftl")),
    (include_str!("../../locales/fr/committees.ftl"), include_str!("../../locales/en/committees.ftl")),
    (include_str!("../../locales/fr/liaison.ftl"), include_str!("../../locales/en/liaison.ftl")),
    (include_str!("../../locales/fr/record.ftl"), include_str!("../../locales/en/record.ftl")),
    (include_str!("../../locales/fr/retention.ftl"), include_str!("../../locales/en/retention.ftl")),
    (include_str!("../../locales/fr/look_ups.ftl"), include_str!("../../locales/en/look_ups.ftl")),
    (include_str!("../../locales/fr/audit.ftl"), include_str!("../../locales/en/audit.ftl")),
    (include_str!("../../locales/fr/space.ftl"), include_str!("../../locales/en/space.ftl")),
    (include_str!("../../locales/fr/dpo.ftl"), include_str!("../../locales/en/dpo.ftl")),
    (include_str!("../../locales/fr/style.ftl"), include_str!("../../locales/en/style.ftl")),
    (include_str!("../../locales/fr/sign_in.ftl"), include_str!("../../locales/en/sign_in.ftl")),
    (include_str!("../../locales/fr/accounts.ftl"), include_str!("../../locales/en/accounts.ftl")),
    (include_str!("../../locales/fr/files.ftl"), include_str!("../../locales/en/files.ftl")),
];

type Bundle = FluentBundle<FluentResource>;

/// Both languages, read once: a constant that only a program can compute.
static BUNDLES: LazyLock<[Bundle; 2]> = LazyLock::new(|| [bundle(Lang::Fr), bundle(Lang::En)]);

fn bundle(lang: Lang) -> Bundle {
    let name = unic_langid::LanguageIdentifier::from_bytes(code(lang).as_bytes()).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![name]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Fr => |value, _| numbers::of_value(Lang::Fr, value),
        Lang::En => |value, _| numbers::of_value(Lang::En, value),
    }));
    for (fr, en) in SOURCES.iter().copied() {
        let text = match lang {
            Lang::Fr => french_spaces(fr),
            Lang::En => en.to_owned(),
        };
        // A mistake in a file would cost its message alone; the tests let none through.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The spaces that French typography does not break: before `; : ? ! %` and inside guillemets.
fn french_spaces(text: &str) -> String {
    let mut text = text.replace(" : ", "\u{a0}: ").replace(" :\n", "\u{a0}:\n");
    for (mark, space) in
        [(';', '\u{202f}'), ('?', '\u{202f}'), ('!', '\u{202f}'), ('%', '\u{202f}'), ('»', '\u{a0}')]
    {
        text = text.replace(&format!(" {mark}"), &format!("{space}{mark}"));
    }
    text.replace("« ", "«\u{a0}")
}

/// The code of a language in HTML and HTTP.
pub(crate) const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    }
}

/// A language and the present day: all that is needed to say something. Copied into every component.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    lang: Lang,
    today: Date,
}

impl Words {
    /// Words in a language, on a day.
    pub const fn new(lang: Lang, today: Date) -> Self {
        Self { lang, today }
    }

    /// The language.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// The present day.
    pub const fn today(self) -> Date {
        self.today
    }

    /// The code of the language in HTML.
    pub const fn code(self) -> &'static str {
        code(self.lang)
    }

    /// A text of the rules, as this site writes its language: the apostrophes and spaces of French typography.
    pub(crate) fn typeset(self, text: &str) -> String {
        match self.lang {
            Lang::Fr => french_spaces(&text.replace('\'', "’")),
            Lang::En => text.replace('\'', "’"),
        }
    }

    /// A clause or an article of law, as this language cites it.
    pub(crate) fn cite(self, clause: &str) -> String {
        self.typeset(&liant_convention::cited(clause, self.lang))
    }

    /// The message of this key: `{{ w.say("home-title") }}`.
    pub fn say(self, key: &'static str) -> Message {
        Message { lang: self.lang, key, values: Vec::new() }
    }
}

/// A message, with the values it speaks of: `w.say("count-results").with("count", 12)`.
#[derive(Clone, Debug)]
pub struct Message {
    lang: Lang,
    key: &'static str,
    values: Vec<(&'static str, FluentValue<'static>)>,
}

impl Message {
    /// Gives a value to the message. A number is written as the language does.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<FluentValue<'static>>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The same, for a text of the caller's.
    #[must_use]
    pub fn text(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with(name, value.to_string())
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bundle = match (self.lang, &*BUNDLES) {
            (Lang::Fr, [fr, _]) => fr,
            (Lang::En, [_, en]) => en,
        };
        // A key that no file holds shows itself; the tests let none through.
        let Some(pattern) = bundle.get_message(self.key).and_then(|message| message.value()) else {
            return f.write_str(self.key);
        };
        let mut arguments = FluentArgs::with_capacity(self.values.len());
        for (name, value) in &self.values {
            arguments.set(*name, value.clone());
        }
        let mut problems = Vec::new();
        f.write_str(&bundle.format_pattern(pattern, Some(&arguments), &mut problems))
    }
}

impl From<Message> for String {
    fn from(message: Message) -> Self {
        message.to_string()
    }
}

#[cfg(test)]
mod tests;
