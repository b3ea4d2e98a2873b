use std::collections::BTreeSet;

use liant_model::{Field, Nir};

use crate::plan::Plan;
use crate::record::{AccessRecord, SourceFields};
use crate::sealed::{GuardedFacts, GuardedNir, Subject};
use crate::view::View;

/// One act of reading. It takes sealed rows in, and gives no view before the record of the act is written.
#[must_use = "nothing is read before `release`"]
pub struct Session<'p> {
    plan: &'p Plan,
    views: Vec<View>,
}

impl<'p> Session<'p> {
    pub(crate) const fn new(plan: &'p Plan) -> Self {
        Self { plan, views: Vec::new() }
    }

    /// Takes facts in. Facts of a source that the plan lets nothing out of are left aside: they look absent.
    pub fn add(&mut self, facts: &GuardedFacts) {
        self.views.extend(self.plan.open(facts));
    }

    /// Takes in the value of a sealed field, [`Field::Nir`] or [`Field::MsaIdentifier`], if the plan lets it out.
    pub fn add_nir(&mut self, field: Field, nir: &GuardedNir) {
        self.views.extend(self.plan.view_of_nir(field, nir));
    }

    /// Gives the views, in the order in which rows were added, once `write` has made their record durable.
    ///
    /// # Errors
    /// Whatever `write` answers: the views are then destroyed unseen.
    pub fn release<E>(self, write: impl FnOnce(&AccessRecord) -> Result<(), E>) -> Result<Vec<View>, E> {
        let people: BTreeSet<_> = self.views.iter().map(View::subject).collect();
        let mut fields: Vec<SourceFields> = Vec::new();
        for view in &self.views {
            match fields.iter_mut().find(|one| one.source == *view.source()) {
                Some(one) => one.fields = one.fields.union(view.fields()),
                None => fields.push(SourceFields { source: view.source().clone(), fields: view.fields() }),
            }
        }
        write(&self.plan.record(people.into_iter().collect(), fields))?;
        Ok(self.views)
    }
}

/// One file of many people, whose record is already written: rows open one by one.
pub struct BulkSession<'p> {
    plan: &'p Plan,
    people: Vec<Subject>,
}

/// Why a row of a file does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// The record of the file does not name this person.
    NotRecorded,
    /// The plan lets nothing of this out.
    NotAllowed,
}

impl std::fmt::Display for NotOpened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotRecorded => {
                "the record of this file does not name this person: name everyone before the file begins"
            }
            Self::NotAllowed => "no clause lets this out in this file",
        })
    }
}

impl std::error::Error for NotOpened {}

impl<'p> BulkSession<'p> {
    pub(crate) fn begin<E>(
        plan: &'p Plan,
        people: impl IntoIterator<Item = Subject>,
        write: impl FnOnce(&AccessRecord) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut people: Vec<_> = people.into_iter().collect();
        people.sort_unstable();
        people.dedup();
        let record = plan.record(people, plan.all_fields());
        write(&record)?;
        Ok(Self { plan, people: record.people })
    }

    /// Opens facts.
    ///
    /// # Errors
    /// [`NotOpened`] when the record does not name their subject, or the plan lets nothing out of their source.
    pub fn open(&self, facts: &GuardedFacts) -> Result<View, NotOpened> {
        self.named(facts.subject())?;
        self.plan.open(facts).ok_or(NotOpened::NotAllowed)
    }

    /// Opens the value of a sealed field.
    ///
    /// # Errors
    /// [`NotOpened`] when the record does not name its subject, or no clause lets the field out of its source.
    pub fn open_nir(&self, field: Field, nir: &GuardedNir) -> Result<Nir, NotOpened> {
        self.named(nir.subject())?;
        self.plan.open_nir(field, nir).map(|(nir, _)| *nir).ok_or(NotOpened::NotAllowed)
    }

    fn named(&self, subject: Subject) -> Result<(), NotOpened> {
        self.people.binary_search(&subject).map(|_| ()).map_err(|_| NotOpened::NotRecorded)
    }
}
