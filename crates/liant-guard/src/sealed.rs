use liant_model::{Facts, IdentityId, Nir, PersonId, Source};

/// Whose data: the person, when the source identity is linked to one, or the source identity itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// A source identity that no person gathers yet: a record under review.
    Identity(IdentityId),
}

/// Data that the store has read and that nobody may look at yet. Anyone can seal; only this crate opens, and only
/// for a [`Plan`](crate::Plan) or a [`UsePlan`](crate::UsePlan). It has no `Debug`, no `Clone`, no serialisation.
pub struct Guarded<T> {
    subject: Subject,
    source: Source,
    content: T,
}

/// The facts of one block of one source identity.
pub type GuardedFacts = Guarded<Facts>;

/// A NIR, unsealed from its column.
pub type GuardedNir = Guarded<Nir>;

impl<T> Guarded<T> {
    /// Seals data of `subject` that came from `source`.
    pub const fn seal(subject: Subject, source: Source, content: T) -> Self {
        Self { subject, source, content }
    }

    /// Whose data it is: an id, which says nothing by itself.
    pub const fn subject(&self) -> Subject {
        self.subject
    }

    /// Which register it comes from.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    pub(crate) const fn content(&self) -> &T {
        &self.content
    }
}
