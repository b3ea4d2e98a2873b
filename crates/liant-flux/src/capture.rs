use crate::diagnostic::Fault;
use crate::profile_text::Repeat;
use crate::tree::Tree;

/// Where a value stands: in the decoded text of the record, or in the side buffer of values that had to be
/// written anew (entities, normalised dates).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Offset of the value in its buffer; the top bit says it is the side buffer.
    start: u32,
    end: u32,
    /// Offset, in the decoded text, of the place to show in a diagnostic.
    pub(crate) at: u32,
}

const SIDE: u32 = 1 << 31;

impl Slot {
    /// The value `text[start..end]`.
    pub(crate) fn here(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32, at: start as u32 }
    }

    /// The value `side[start..end]`, shown at `at`.
    pub(crate) fn aside(start: usize, end: usize, at: usize) -> Self {
        Self { start: start as u32 | SIDE, end: end as u32, at: at as u32 }
    }

    /// The value.
    pub(crate) fn read<'a>(self, text: &'a str, side: &'a str) -> &'a str {
        let buffer = if self.start & SIDE == 0 { text } else { side };
        buffer.get((self.start & !SIDE) as usize..self.end as usize).unwrap_or_default()
    }
}

/// What a scanner found in one record, before any rule is looked at.
#[derive(Default)]
pub(crate) struct Captures {
    /// Element number and value, in the order of the record.
    pub(crate) values: Vec<(u8, Slot)>,
    /// Ranges of `values` that belong to each person of a household.
    pub(crate) persons: Vec<(usize, usize)>,
    /// Spellings that deserve a warning, and where.
    pub(crate) odd: Vec<(usize, u32)>,
    /// Faults of the markup that cost the record only.
    pub(crate) faults: Vec<(Fault, u32)>,
    open: Vec<Open>,
    kept: Vec<(usize, usize, usize)>,
}

struct Open {
    group: usize,
    start: usize,
}

impl Captures {
    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.persons.clear();
        self.odd.clear();
        self.faults.clear();
        self.open.clear();
        self.kept.clear();
    }

    /// A value.
    pub(crate) fn leaf(&mut self, element: usize, slot: Slot) {
        self.values.push((element as u8, slot));
    }

    /// A group opens.
    pub(crate) fn open(&mut self, tree: &Tree, node: usize) {
        let Some(node) = tree.nodes.get(node) else { return };
        if node.person {
            self.persons.push((self.values.len(), self.values.len()));
            self.kept.clear();
        }
        if let Some(group) = node.group {
            self.open.push(Open { group, start: self.values.len() });
        }
    }

    /// A group closes: it may turn out not to count.
    pub(crate) fn close(&mut self, tree: &Tree, node: usize, text: &str, side: &str) {
        let Some(node) = tree.nodes.get(node) else { return };
        if node.group.is_some()
            && let Some(open) = self.open.pop()
        {
            self.close_group(tree, &open, text, side);
        }
        if node.person
            && let Some(person) = self.persons.last_mut()
        {
            person.1 = self.values.len();
        }
    }

    fn close_group(&mut self, tree: &Tree, open: &Open, text: &str, side: &str) {
        let Some(group) = tree.groups.get(open.group) else { return };
        let inside = self.values.get(open.start..).unwrap_or_default();
        let counts = group.when.as_ref().is_none_or(|(element, wanted)| {
            inside
                .iter()
                .any(|(found, slot)| usize::from(*found) == *element && slot.read(text, side) == wanted)
        });
        let before = self.kept.iter().position(|(kept, ..)| *kept == open.group);
        match (counts, before, group.repeat) {
            (false, ..) | (true, Some(_), Repeat::First) => self.values.truncate(open.start),
            (true, None, _) => self.kept.push((open.group, open.start, self.values.len())),
            (true, Some(place), Repeat::Last) => {
                let (_, start, end) = self.kept.swap_remove(place);
                let gone = end - start;
                self.values.drain(start..end);
                for (_, kept_start, kept_end) in &mut self.kept {
                    if *kept_start >= end {
                        *kept_start -= gone;
                        *kept_end -= gone;
                    }
                }
                self.kept.push((open.group, open.start - gone, self.values.len()));
            }
        }
    }
}
