use std::sync::Arc;

use liant_convention::{ClauseRef, Gate, Refusal, UseKind};
use liant_model::{Facts, Field, FieldSet, Instant, Nir, Source, Territory};

use crate::record::{SourceFields, UseRecord};
use crate::sealed::{GuardedFacts, GuardedNir};

/// What the software itself may work on, by the `[[use]]` clauses: the only door to sealed data beside a
/// [`Plan`](crate::Plan).
///
/// What a closure answers must carry no field value to a human: a matching run answers links and scores, a clock run
/// dates, a count numbers. The type system cannot see that; reviews of the few callers can, so keep them few.
#[derive(Clone, Debug)]
pub struct UsePlan {
    kind: UseKind,
    territory: Territory,
    at: Instant,
    fields: Vec<SourceFields>,
    clauses: Vec<Arc<ClauseRef>>,
}

impl UsePlan {
    /// Asks the gate what the software may do `kind` with. Sources whose convention is not in force are left out.
    ///
    /// # Errors
    /// The refusal, when no source at all may be used.
    pub fn compile(
        gate: &Gate,
        kind: UseKind,
        territory: Territory,
        now: Instant,
    ) -> Result<Self, Box<Refusal>> {
        let mut plan = Self { kind, territory, at: now, fields: Vec::new(), clauses: Vec::new() };
        let mut refused = None;
        for source in gate.sources_for(kind, territory) {
            match gate.may_use(kind, &source, territory, now) {
                Ok(permit) => {
                    plan.fields.push(SourceFields { source, fields: permit.fields });
                    plan.clauses.extend(permit.clauses);
                }
                Err(refusal) => refused = Some(refusal),
            }
        }
        plan.clauses.sort_unstable();
        plan.clauses.dedup();
        if plan.fields.is_empty() {
            let origin = Source::DEPARTEMENT;
            return Err(refused.unwrap_or_else(|| Box::new(Refusal::NoUse { kind, origin, territory })));
        }
        Ok(plan)
    }

    /// The fields of this source that may be worked on.
    pub fn fields(&self, source: &Source) -> FieldSet {
        let found = self.fields.iter().find(|one| one.source == *source);
        found.map_or(FieldSet::EMPTY, |one| one.fields)
    }

    /// Lets `work` read sealed facts; none when their source may not be used.
    pub fn read<R>(&self, facts: &GuardedFacts, work: impl FnOnce(Reading<'_>) -> R) -> Option<R> {
        let fields = self.fields(facts.source());
        if fields.is_empty() {
            return None;
        }
        Some(work(Reading { facts: facts.content(), fields }))
    }

    /// Lets `work` read the value of a sealed field; none when no clause lets the software use it.
    pub fn read_nir<R>(&self, field: Field, nir: &GuardedNir, work: impl FnOnce(&Nir) -> R) -> Option<R> {
        self.fields(nir.source()).contains(field).then(|| work(nir.content()))
    }

    /// What the audit keeps of the run.
    pub fn record(&self) -> UseRecord {
        UseRecord {
            kind: self.kind,
            territory: self.territory,
            at: self.at,
            clauses: self.clauses.iter().map(|clause| (**clause).clone()).collect(),
            fields: self.fields.clone(),
        }
    }
}

/// The fields of sealed facts that a use may read. It cannot leave the closure it is given to.
#[derive(Clone, Copy)]
pub struct Reading<'f> {
    facts: &'f Facts,
    fields: FieldSet,
}

impl Reading<'_> {
    /// The value of a field.
    pub fn get(&self, field: Field) -> Option<String> {
        if self.fields.contains(field) { self.facts.get(field) } else { None }
    }

    /// The value of a text field, without a copy.
    pub fn text(&self, field: Field) -> Option<&str> {
        if self.fields.contains(field) { self.facts.text(field) } else { None }
    }

    /// The text fields and their values, by number, without a copy; dates are left out.
    pub fn texts(&self) -> impl Iterator<Item = (Field, &str)> {
        self.facts.texts().filter(|(field, _)| self.fields.contains(*field))
    }

    /// The fields and their values, by number.
    pub fn iter(&self) -> impl Iterator<Item = (Field, String)> {
        self.facts.iter().filter(|(field, _)| self.fields.contains(*field))
    }
}
