//! The head of a table: its caption, and columns that sort by a link.

use askama::Template;

use super::html;
use crate::words::Words;

/// In which order a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The least first.
    Rising,
    /// The greatest first.
    Falling,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    name: String,
    is_numeric: bool,
    is_hidden: bool,
    sort: Option<(String, Option<Order>)>,
}

impl Column {
    /// A column of texts.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_numeric: false, is_hidden: false, sort: None }
    }

    /// Of numbers, which align to the right.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.is_numeric = true;
        self
    }

    /// Named for screen readers only: acts at the end of the row.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }

    /// Sorted by following `address`; in this order at present.
    #[must_use]
    pub fn sorted_by(mut self, address: impl Into<String>, now: Option<Order>) -> Self {
        self.sort = Some((address.into(), now));
        self
    }

    fn order(&self) -> Option<Order> {
        self.sort.as_ref().and_then(|(_, now)| *now)
    }
}

/// Caption and column heads: the beginning of a `<table>`, printed inside it.
#[derive(Template, Clone, Debug)]
#[template(path = "components/columns.html")]
pub struct Columns {
    w: Words,
    caption: String,
    heads: Vec<Column>,
}

impl Columns {
    /// The head of a table. The caption says what the table holds.
    pub fn new(w: Words, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { w, caption: caption.into(), heads: columns }
    }
}

html!(Columns);
