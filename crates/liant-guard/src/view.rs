use std::fmt;
use std::sync::Arc;

use liant_convention::ClauseRef;
use liant_model::{Field, Source};

use crate::sealed::Subject;

/// What a plan let out of one row: each field with its value and the clause that lets it out. `Debug` shows no value.
pub struct View {
    subject: Subject,
    source: Source,
    shown: Vec<Shown>,
    hidden: usize,
    clauses: Arc<[Arc<ClauseRef>]>,
}

pub(crate) struct Shown {
    pub(crate) field: Field,
    pub(crate) value: String,
    pub(crate) clause: u16,
}

impl View {
    pub(crate) const fn new(
        subject: Subject,
        source: Source,
        shown: Vec<Shown>,
        hidden: usize,
        clauses: Arc<[Arc<ClauseRef>]>,
    ) -> Self {
        Self { subject, source, shown, hidden, clauses }
    }

    /// Whose data.
    pub const fn subject(&self) -> Subject {
        self.subject
    }

    /// From which register.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The value of a field. Hidden and absent look the same.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.shown.iter().find(|shown| shown.field == field).map(|shown| shown.value.as_str())
    }

    /// The fields that came out, with their values and clauses.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str, &ClauseRef)> {
        self.shown.iter().filter_map(|shown| {
            let clause = self.clauses.get(usize::from(shown.clause))?;
            Some((shown.field, shown.value.as_str(), &**clause))
        })
    }

    /// The same, given away.
    pub fn into_values(self) -> impl Iterator<Item = (Field, String, Arc<ClauseRef>)> {
        let Self { shown, clauses, .. } = self;
        shown.into_iter().filter_map(move |shown| {
            let clause = clauses.get(usize::from(shown.clause))?;
            Some((shown.field, shown.value, Arc::clone(clause)))
        })
    }

    /// How many fields have a value that stays in.
    pub const fn hidden(&self) -> usize {
        self.hidden
    }

    /// The numbers of the clauses that let them out.
    pub(crate) fn clauses(&self) -> impl Iterator<Item = u16> {
        self.shown.iter().map(|shown| shown.clause)
    }

    /// The fields that came out.
    pub(crate) fn fields(&self) -> liant_model::FieldSet {
        self.shown.iter().map(|shown| shown.field).collect()
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("subject", &self.subject)
            .field("source", &self.source)
            .field("fields", &self.fields())
            .field("hidden", &self.hidden)
            .finish_non_exhaustive()
    }
}
