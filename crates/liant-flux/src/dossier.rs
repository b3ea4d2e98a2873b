use liant_model::{Block, Facts, Field, FieldType};

use crate::diagnostic::Diagnostic;
use crate::record::Record;

/// One person's record, lent until the next one is read.
pub struct Dossier<'a> {
    pub(crate) record: &'a Record,
}

impl<'a> Dossier<'a> {
    /// Number of the record in the file, from 1. The persons of one household share it: see
    /// [`Dossier::place_in_household`].
    pub fn number(&self) -> u64 {
        self.record.base.number
    }

    /// Place of the person in her household, from 1; always 1 in a flow whose records are persons.
    pub fn place_in_household(&self) -> u64 {
        self.record.person as u64 + 1
    }

    /// Byte offset of the record.
    pub fn offset(&self) -> u64 {
        self.record.base.offset
    }

    /// Line of the record, from 1.
    pub fn line(&self) -> u64 {
        self.record.base.line
    }

    /// Whether an error sets the record aside.
    pub fn is_rejected(&self) -> bool {
        !self.record.problems.is_empty()
    }

    /// The errors of the record; warnings are gathered by the reader.
    pub fn problems(&self) -> &'a [Diagnostic] {
        &self.record.problems
    }

    /// The value of a field, without the spaces around it: dates as `aaaa-mm-jj`, NIRs as 13 characters, flags as
    /// `1` or `0`. A value that broke a rule of form by a warning only is given as it is written.
    pub fn value(&self, field: Field) -> Option<&'a str> {
        self.record.read(self.record.profile.element_of(field)?)
    }

    /// The source's own key of the person, as text: `062/0007932B`. `None` when its parts are missing.
    pub fn own_key(&self) -> Option<&'a str> {
        self.record.key.as_deref()
    }

    /// What is said of the record when an identifier that it gives is that of several people whom its reader knows.
    /// `None` when the flow does not carry the field.
    pub fn ambiguous(&self, field: Field) -> Option<Diagnostic> {
        self.record.ambiguous(self.record.profile.element_of(field)?)
    }

    /// The source's own key of the household, for a flow that has one.
    pub fn household_key(&self) -> Option<&'a str> {
        self.record.household_key.as_deref()
    }

    /// The blocks of data the flow carries.
    pub fn blocks(&self) -> &'a [Block] {
        self.record.profile.blocks()
    }

    /// Writes the fields of a block into `facts`, which is cleared first. Sealed fields (NIRs) are never written.
    pub fn facts(&self, block: Block, facts: &mut Facts) {
        facts.clear();
        let profile = &self.record.profile;
        let Some(place) = profile.blocks.iter().position(|known| *known == block) else { return };
        for (field, element) in profile.block_fields.get(place).into_iter().flatten() {
            if let Some(value) = self.record.read(*element)
                && !self.is_known_label(*field, *element, value)
            {
                facts.push(*field, value);
            }
        }
    }

    fn is_known_label(&self, field: Field, element: usize, value: &str) -> bool {
        if !self.record.options.leave_out_known_labels || !matches!(field.field_type(), FieldType::Label(_)) {
            return false;
        }
        let lists = &self.record.lists;
        let Some(code) = lists.label_of(element) else { return false };
        self.record.read(code).and_then(|code_value| lists.label(code, code_value)) == Some(value)
    }
}

impl std::fmt::Debug for Dossier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dossier({})", self.number())
    }
}
