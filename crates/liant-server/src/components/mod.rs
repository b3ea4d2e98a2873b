//! The parts that screens are made of. A handler builds them, typed; a template prints them: `{{ row.due }}`. Each says
//! its own texts in the language of the page. `/style` shows them all, in all their states.

mod filters;
mod forms;
mod marks;
mod records;
mod states;
mod tables;

pub use filters::{Chip, Filters, Pagination};
pub use forms::{Choice, Errors, Field, FormToken, Provider, Upload};
pub use marks::{Countdown, SourceMark, Tag, Tile, Tiles, Tone};
pub use records::{Compared, Comparison, Detail, Happening, Kind, Path, SummaryList, Why};
pub use states::{Confirmation, Empty, Meter, Notice, Steps};
pub use tables::{Column, Columns, Order};

/// Marks components whose display is HTML already, escaped by their own templates.
macro_rules! html {
    ($($name:ty),+ $(,)?) => {
        $(impl askama::filters::HtmlSafe for $name {})+
    };
}
use html;

/// Where a text leads.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its address.
    pub address: String,
    /// Its text: a verb and what it acts upon, or a name.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn new(address: impl Into<String>, text: impl Into<String>) -> Self {
        Self { address: address.into(), text: text.into() }
    }
}

#[cfg(test)]
mod tests;
