use std::cmp::Reverse;
use std::collections::BTreeSet;

use liant_convention::Reach;
use liant_model::{Field, Nir};

use crate::plan::Plan;
use crate::record::{AccessRecord, SourceFields};
use crate::sealed::{GuardedFacts, GuardedNir, Subject};
use crate::standing::Standing;
use crate::view::View;

/// One act of reading. It takes sealed rows in, and gives no view before the record of the act is written.
#[must_use = "nothing is read before `release`"]
pub struct Session<'p> {
    plan: &'p Plan,
    views: Vec<View>,
    /// How far from the actor the farthest of whom something came in stands.
    farthest: Option<Reach>,
}

impl<'p> Session<'p> {
    pub(crate) const fn new(plan: &'p Plan) -> Self {
        Self { plan, views: Vec::new(), farthest: None }
    }

    /// Takes facts in, with the standing of their person. Facts of a source of which no clause about her lets anything
    /// out are left aside, and so are facts that come with the standing of someone else: they look absent.
    pub fn add(&mut self, facts: &GuardedFacts, standing: &Standing) {
        let view = self.plan.open(facts, standing);
        self.take(view, standing);
    }

    /// Takes in the value of a sealed field, [`Field::Nir`] or [`Field::MsaIdentifier`], if the plan lets it out.
    pub fn add_nir(&mut self, field: Field, nir: &GuardedNir, standing: &Standing) {
        let view = self.plan.view_of_nir(field, nir, standing);
        self.take(view, standing);
    }

    fn take(&mut self, view: Option<View>, standing: &Standing) {
        if view.is_some() {
            self.farthest = self.farthest.max(Some(standing.near()));
        }
        self.views.extend(view);
    }

    /// Gives the views, in the order in which rows were added, once `write` has made their record durable.
    ///
    /// # Errors
    /// Whatever `write` answers: the views are then destroyed unseen.
    pub fn release<E>(self, write: impl FnOnce(&AccessRecord) -> Result<(), E>) -> Result<Vec<View>, E> {
        let shown = || self.views.iter().filter(|view| !view.fields().is_empty());
        let people: BTreeSet<_> = shown().map(View::subject).collect();
        let clauses = shown().flat_map(View::clauses).collect();
        let mut fields: Vec<SourceFields> = Vec::new();
        for view in shown() {
            match fields.iter_mut().find(|one| one.source == *view.source()) {
                Some(one) => one.fields = one.fields.union(view.fields()),
                None => fields.push(SourceFields { source: view.source().clone(), fields: view.fields() }),
            }
        }
        let reach = self.farthest.unwrap_or(self.plan.reach());
        write(&self.plan.record(people.into_iter().collect(), fields, &clauses, reach))?;
        Ok(self.views)
    }
}

/// One file of many people, whose record is already written: rows open one by one.
pub struct BulkSession<'p> {
    plan: &'p Plan,
    /// By subject.
    people: Vec<(Subject, Standing)>,
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
        people: impl IntoIterator<Item = Standing>,
        write: impl FnOnce(&AccessRecord) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut distinct: Vec<Standing> = Vec::new();
        let mut named: Vec<(Subject, Standing)> = Vec::new();
        for standing in people {
            let Some(subject) = standing.subject().filter(|_| plan.is_about(&standing)) else { continue };
            if !distinct.iter().any(|one| one.is_like(&standing)) {
                distinct.push(standing.clone());
            }
            named.push((subject, standing));
        }
        // Of two standings given of one person, the wider category counts, the farther place, and the more limits: fewer clauses are
        // about her.
        named.sort_unstable_by_key(|(subject, standing)| {
            (
                *subject,
                standing.narrowest(),
                Reverse(standing.near()),
                Reverse(standing.is_address_protected()),
                Reverse(standing.limits().len()),
            )
        });
        named.dedup_by_key(|(subject, _)| *subject);
        let (fields, clauses) = plan.all_of(&distinct);
        let farthest = named.iter().map(|(_, standing)| standing.near()).max();
        let reach = if plan.is_flow() { None } else { farthest }.unwrap_or(plan.reach());
        write(&plan.record(named.iter().map(|(subject, _)| *subject).collect(), fields, &clauses, reach))?;
        Ok(Self { plan, people: named })
    }

    /// Opens facts.
    ///
    /// # Errors
    /// [`NotOpened`] when the record does not name their subject, or no clause about her lets
    /// anything out of their source.
    pub fn open(&self, facts: &GuardedFacts) -> Result<View, NotOpened> {
        let standing = self.named(facts.subject())?;
        self.plan.open(facts, standing).ok_or(NotOpened::NotAllowed)
    }

    /// Opens the value of a sealed field.
    ///
    /// # Errors
    /// [`NotOpened`] when the record does not name its subject, or no clause lets the field out of its source.
    pub fn open_nir(&self, field: Field, nir: &GuardedNir) -> Result<Nir, NotOpened> {
        let standing = self.named(nir.subject())?;
        self.plan.open_nir(field, nir, standing).map(|(nir, _)| *nir).ok_or(NotOpened::NotAllowed)
    }

    fn named(&self, subject: Subject) -> Result<&Standing, NotOpened> {
        let place = self.people.binary_search_by_key(&subject, |(subject, _)| *subject);
        let found = place.ok().and_then(|place| self.people.get(place));
        found.map(|(_, standing)| standing).ok_or(NotOpened::NotRecorded)
    }
}
