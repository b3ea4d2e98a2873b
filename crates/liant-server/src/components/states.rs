//! What has happened, what is empty, how far it is.

use askama::Template;

use super::{Link, html};
use crate::words::Words;

/// A notice at the head of a page: something was done, or must be known before reading on.
#[derive(Template, Clone, Debug)]
#[template(path = "components/notice.html")]
pub struct Notice {
    w: Words,
    is_success: bool,
    text: String,
    link: Option<Link>,
}

impl Notice {
    /// Something was done.
    pub fn done(w: Words, text: impl Into<String>) -> Self {
        Self { w, is_success: true, text: text.into(), link: None }
    }

    /// Something must be known.
    pub fn important(w: Words, text: impl Into<String>) -> Self {
        Self { w, is_success: false, text: text.into(), link: None }
    }

    /// With a way to act upon it, or to undo.
    #[must_use]
    pub fn with_link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}

/// Nothing here yet: what would be, and how to bring it.
#[derive(Template, Clone, Debug)]
#[template(path = "components/empty.html")]
pub struct Empty {
    title: String,
    text: String,
    act: Option<Link>,
}

impl Empty {
    /// An empty state.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), act: None }
    }

    /// With a way to fill it.
    #[must_use]
    pub fn with_act(mut self, act: Link) -> Self {
        self.act = Some(act);
        self
    }
}

/// An act is done: what comes of it, where to go next.
#[derive(Template, Clone, Debug)]
#[template(path = "components/confirmation.html")]
pub struct Confirmation {
    title: String,
    text: String,
    next: Vec<Link>,
}

impl Confirmation {
    /// A confirmation.
    pub fn new(title: impl Into<String>, text: impl Into<String>, next: Vec<Link>) -> Self {
        Self { title: title.into(), text: text.into(), next }
    }
}

/// The steps of a long act, and where one is.
#[derive(Template, Clone, Debug)]
#[template(path = "components/steps.html")]
pub struct Steps {
    w: Words,
    names: Vec<String>,
    current: usize,
}

impl Steps {
    /// Steps, the current one by its place from 0.
    pub fn new(w: Words, names: Vec<String>, current: usize) -> Self {
        Self { w, names, current }
    }
}

/// How far something is, or how full.
#[derive(Template, Clone, Debug)]
#[template(path = "components/meter.html")]
pub struct Meter {
    label: String,
    text: String,
    value: u64,
    most: u64,
}

impl Meter {
    /// `value` of `most`, said in words by `text`.
    pub fn new(label: impl Into<String>, text: impl Into<String>, value: u64, most: u64) -> Self {
        Self { label: label.into(), text: text.into(), value: value.min(most), most }
    }
}

html!(Notice, Empty, Confirmation, Steps, Meter);
