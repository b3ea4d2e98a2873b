//! Reads what the parties owe each other beside data, and how they read their own text: lists, agreed readings.

use liant_model::Party;

use crate::clauses::CLAUSE;
use crate::convention::{ListEntry, Reading};
use crate::parse::{read_text, short_name, values};
use crate::problem::Problems;
use crate::reader::Table;
use crate::terms::{Length, ListKind, ReadingOf};

pub(crate) fn read_list(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<ListEntry> {
    let span = table.span;
    let of = table.need_parsed("of", "what it lists", str::parse::<ListKind>, problems);
    let clause = table.need_text("clause", CLAUSE, problems);
    let every = table.parsed("every", str::parse::<Length>, problems);
    let owed_by = table.parsed("owed_by", Party::parse, problems);
    Some(ListEntry {
        of: of?.value,
        clause: clause?.value,
        every: every.map(|at| at.value),
        owed_by: owed_by.map(|at| at.value),
        span,
    })
}

pub(crate) fn read_reading(table: &mut Table<'_, '_>, problems: &mut Problems<'_>) -> Option<Reading> {
    let span = table.span;
    let of = table.need_parsed("of", "what it settles", str::parse::<ReadingOf>, problems);
    let about = values(table.list("about", short_name, problems));
    if !table.has("agreed_on") {
        table.missing("agreed_on", "the day on which the parties agreed", problems);
    }
    let agreed_on = table.date("agreed_on", problems);
    let clause = table.need_text("clause", "where they did: an article, minutes", problems);
    let text = read_text(table, "text", problems);
    let of = of?.value;
    if of != ReadingOf::WorkingFriday && about.len() < 2 {
        table.missing("about", "the clocks or retentions that it settles, at least two", problems);
    }
    Some(Reading { of, about, agreed_on: agreed_on?.value, clause: clause?.value, text: text?, span })
}
