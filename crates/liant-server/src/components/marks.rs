//! Small marks inside lines: what is late, when it is due, who said it.

use askama::Template;
use liant_model::{Date, Source};

use super::{Link, html};
use crate::words::{Delay, Words};

/// How much something presses: the same three everywhere, and done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Its day has passed.
    Late,
    /// Its day is near.
    Soon,
    /// Nothing presses.
    Fine,
    /// Done.
    Done,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Fine => "fine",
            Self::Done => "done",
        }
    }
}

/// A state in a word or two.
#[derive(Template, Clone, Debug)]
#[template(source = r#"<span class="tag tag--{{ tone.class() }}">{{ text }}</span>"#, ext = "html")]
pub struct Tag {
    tone: Tone,
    text: String,
}

impl Tag {
    /// A tag.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}

/// When something is due: the delay in words, the exact day on hover and for screen readers.
#[derive(Template, Clone, Debug)]
#[template(path = "components/countdown.html")]
pub struct Countdown {
    w: Words,
    due: Date,
    tone: Tone,
}

impl Countdown {
    /// The delay to `due`, pressing from `soon_days` before it on.
    pub fn new(w: Words, due: Date, soon_days: u16) -> Self {
        let Delay(days) = w.delay(due);
        let tone = match days {
            ..0 => Tone::Late,
            _ if days <= i32::from(soon_days) => Tone::Soon,
            _ => Tone::Fine,
        };
        Self { w, due, tone }
    }

    /// How much it presses.
    pub fn tone(&self) -> Tone {
        self.tone
    }
}

/// Who said something: a square and a name, the same on every screen, with the day it was said.
#[derive(Template, Clone, Debug)]
#[template(path = "components/source.html")]
pub struct SourceMark {
    w: Words,
    class: &'static str,
    name: String,
    said: Option<Date>,
}

impl SourceMark {
    /// The mark of a source of the store.
    pub fn of(w: Words, source: &Source) -> Self {
        let (class, name) = match source.as_str() {
            "france-travail" => ("france-travail", "France Travail".to_owned()),
            "cnaf" | "caf" => ("caf", w.say("source-caf").into()),
            "departement" => ("departement", w.say("source-departement").into()),
            "mission-locale" => ("mission-locale", w.say("source-mission-locale").into()),
            "person" => ("person", w.say("source-person").into()),
            other => ("other", other.to_owned()),
        };
        Self { w, class, name, said: None }
    }

    /// Its name, for a sentence.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// With the day it was said.
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.said = Some(day);
        self
    }
}

/// A figure that leads to the list behind it.
#[derive(Clone, Debug)]
pub struct Tile {
    /// How many.
    pub count: u64,
    /// The list, and what the figure counts.
    pub link: Link,
    /// How much it presses.
    pub tone: Tone,
}

/// Figures side by side.
#[derive(Template, Clone, Debug)]
#[template(path = "components/tiles.html")]
pub struct Tiles {
    w: Words,
    tiles: Vec<Tile>,
}

impl Tiles {
    /// Tiles, the most pressing first.
    pub fn new(w: Words, tiles: Vec<Tile>) -> Self {
        Self { w, tiles }
    }
}

html!(Tag, Countdown, SourceMark, Tiles);
