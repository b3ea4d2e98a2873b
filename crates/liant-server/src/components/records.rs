//! What is known of someone: facts with their origin, a path, two records compared, and why one may see them.

use askama::Template;
use liant_model::Date;

use super::{Link, SourceMark, html};
use crate::words::Words;

/// One line of a summary: what it is, what each source says, what can be done about it.
#[derive(Clone, Debug)]
pub struct Detail {
    label: String,
    values: Vec<(String, Option<SourceMark>)>,
    act: Option<Link>,
}

impl Detail {
    /// A line without values yet: it shows that nobody said anything.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), values: Vec::new(), act: None }
    }

    /// A value and who said it. Several sources may say different things: all are shown.
    #[must_use]
    pub fn said(mut self, value: impl Into<String>, by: SourceMark) -> Self {
        self.values.push((value.into(), Some(by)));
        self
    }

    /// A value of our own.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.values.push((value.into(), None));
        self
    }

    /// What can be done about it.
    #[must_use]
    pub fn act(mut self, act: Link) -> Self {
        self.act = Some(act);
        self
    }
}

/// Facts, one line each, with their origin.
#[derive(Template, Clone, Debug)]
#[template(path = "components/summary.html")]
pub struct SummaryList {
    w: Words,
    details: Vec<Detail>,
}

impl SummaryList {
    /// A list of facts.
    pub fn new(w: Words, details: Vec<Detail>) -> Self {
        Self { w, details }
    }

    fn has_acts(&self) -> bool {
        self.details.iter().any(|detail| detail.act.is_some())
    }
}

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A source said that something is so.
    Fact,
    /// Someone decided.
    Decision,
    /// Someone met, called or wrote.
    Contact,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Decision => "decision",
            Self::Contact => "contact",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Fact => "kind-fact",
            Self::Decision => "kind-decision",
            Self::Contact => "kind-contact",
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Happening {
    /// The day.
    pub day: Date,
    /// What kind of thing.
    pub kind: Kind,
    /// What happened, in a few words.
    pub title: String,
    /// More of it.
    pub text: Option<String>,
    /// Who said it.
    pub source: SourceMark,
}

/// What happened to someone, from all sources, the latest first.
#[derive(Template, Clone, Debug)]
#[template(path = "components/path.html")]
pub struct Path {
    w: Words,
    happenings: Vec<Happening>,
}

impl Path {
    /// A path; it puts itself in order.
    pub fn new(w: Words, mut happenings: Vec<Happening>) -> Self {
        happenings.sort_by_key(|happening| std::cmp::Reverse(happening.day));
        Self { w, happenings }
    }
}

/// One line of two records held side by side.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What is compared.
    pub label: String,
    /// What one says.
    pub left: Option<String>,
    /// What the other says.
    pub right: Option<String>,
}

impl Compared {
    fn differs(&self) -> bool {
        self.left.is_some() && self.right.is_some() && self.left != self.right
    }

    fn verdict(&self) -> &'static str {
        match (&self.left, &self.right) {
            (Some(left), Some(right)) if left == right => "compared-same",
            (Some(_), Some(_)) => "compared-different",
            _ => "compared-unknown",
        }
    }
}

/// Two records held side by side.
#[derive(Template, Clone, Debug)]
#[template(path = "components/comparison.html")]
pub struct Comparison {
    w: Words,
    caption: String,
    left: SourceMark,
    right: SourceMark,
    lines: Vec<Compared>,
}

impl Comparison {
    /// Two records, line by line.
    pub fn new(
        w: Words,
        caption: impl Into<String>,
        left: SourceMark,
        right: SourceMark,
        lines: Vec<Compared>,
    ) -> Self {
        Self { w, caption: caption.into(), left, right, lines }
    }
}

/// Why the visitor may see what the page shows: on every page about a person.
#[derive(Template, Clone, Debug)]
#[template(path = "components/why.html")]
pub struct Why {
    w: Words,
    reason: String,
    clauses: Vec<Link>,
    held_back: u64,
    shown_to_person: bool,
}

impl Why {
    /// The reason, in a sentence: whose service follows whom.
    pub fn new(w: Words, reason: impl Into<String>) -> Self {
        Self { w, reason: reason.into(), clauses: Vec::new(), held_back: 0, shown_to_person: false }
    }

    /// The clauses that let the data out, each with where it can be read; without an address when that is nowhere here.
    #[must_use]
    pub fn by(mut self, clauses: Vec<Link>) -> Self {
        self.clauses = clauses;
        self
    }

    /// How many data no clause lets out.
    #[must_use]
    pub fn without(mut self, held_back: u64) -> Self {
        self.held_back = held_back;
        self
    }

    /// The person sees that her data was read.
    #[must_use]
    pub fn shown_to_person(mut self) -> Self {
        self.shown_to_person = true;
        self
    }
}

html!(SummaryList, Path, Comparison, Why);
