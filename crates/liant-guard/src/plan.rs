use std::sync::Arc;

use liant_convention::{Channel, ClauseRef, FlowQuery, Gate, Granted, People, Query, Reach, Refusal};
use liant_model::{Actor, Field, FieldSet, Instant, Nir, Party, Purpose, Source, Territory};

use crate::record::{AccessRecord, FlowRecord, SourceFields};
use crate::sealed::{GuardedFacts, GuardedNir, Subject};
use crate::session::{BulkSession, Session};
use crate::view::{Shown, View};

/// What one actor may have, for one act: rows × (source, field) × clauses. Made by the gate and by nothing else;
/// compile one for each act, so that a suspension stops the next one.
#[derive(Clone, Debug)]
pub struct Plan {
    actor: Actor,
    purposes: Vec<Purpose>,
    channel: Channel,
    territory: Territory,
    reach: Reach,
    at: Instant,
    flow: Option<FlowRecord>,
    parts: Vec<Part>,
    clauses: Arc<[Arc<ClauseRef>]>,
}

/// What the plan lets out of one source.
#[derive(Clone, Debug)]
struct Part {
    source: Source,
    people: People,
    fields: FieldSet,
    /// Fields by the number of the clause that lets them out.
    by_clause: Vec<(FieldSet, u16)>,
}

/// The rows of one source that a plan is about. Whoever reads for the plan must read no other row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rows {
    /// Whose people.
    pub territory: Territory,
    /// How far the actor looks.
    pub reach: Reach,
    /// Which people of the source.
    pub people: People,
}

impl Plan {
    /// Asks the gate what the query may have.
    ///
    /// # Errors
    /// The gate's refusal; [`RefusalRecord`](crate::RefusalRecord) makes an audit entry of it.
    pub fn compile(gate: &Gate, query: &Query<'_>) -> Result<Self, Box<Refusal>> {
        let granted = gate.decide(query).granted()?;
        let (parts, clauses) = parts(&granted);
        Ok(Self {
            actor: query.actor.clone(),
            purposes: vec![query.purpose.clone()],
            channel: query.channel,
            territory: query.territory,
            reach: query.reach,
            at: query.now,
            flow: None,
            parts,
            clauses,
        })
    }

    /// Asks the gate what a file may hold that the actor is about to send.
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn for_sending(gate: &Gate, query: &FlowQuery<'_>) -> Result<Self, Box<Refusal>> {
        let permit = gate.send(query)?;
        let (parts, clauses) = parts(&permit.content);
        Ok(Self {
            actor: query.actor.clone(),
            purposes: permit.purposes,
            channel: Channel::Flow,
            territory: query.territory,
            reach: Reach::Territory,
            at: query.now,
            flow: Some(FlowRecord {
                profile: query.profile.to_owned(),
                recipient: permit.to,
                clause: permit.clause,
            }),
            parts,
            clauses,
        })
    }

    /// Who will have the data: the actor, or the party that a file is sent to.
    pub fn recipient(&self) -> &Party {
        self.flow.as_ref().map_or(&self.actor.party, |flow| &flow.recipient)
    }

    /// Whether it lets this field of this source out. What it does not let out may be neither shown, nor filtered
    /// on, nor sorted by, nor counted.
    pub fn allows(&self, source: &Source, field: Field) -> bool {
        self.fields(source).contains(field)
    }

    /// The fields of this source that it lets out.
    pub fn fields(&self, source: &Source) -> FieldSet {
        self.part(source).map_or(FieldSet::EMPTY, |part| part.fields)
    }

    /// The sources that it lets anything out of.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.parts.iter().map(|part| &part.source)
    }

    /// The rows of this source that it is about; none when it lets nothing out of it.
    pub fn rows(&self, source: &Source) -> Option<Rows> {
        let part = self.part(source)?;
        Some(Rows { territory: self.territory, reach: self.reach, people: part.people })
    }

    /// The clauses that it cites.
    pub fn clauses(&self) -> impl Iterator<Item = &ClauseRef> {
        self.clauses.iter().map(|clause| &**clause)
    }

    /// Begins an act whose rows are few enough to be held: a page, a list, a search.
    pub fn begin(&self) -> Session<'_> {
        Session::new(self)
    }

    /// Begins a file: the record of it, with everyone in it, is written first, then its rows open one by one.
    ///
    /// # Errors
    /// Whatever `write` answers: without a record, nothing opens.
    pub fn begin_file<E>(
        &self,
        people: impl IntoIterator<Item = Subject>,
        write: impl FnOnce(&AccessRecord) -> Result<(), E>,
    ) -> Result<BulkSession<'_>, E> {
        BulkSession::begin(self, people, write)
    }

    fn part(&self, source: &Source) -> Option<&Part> {
        self.parts.iter().find(|part| part.source == *source)
    }

    /// The view of sealed facts; none when the plan lets nothing out of their source.
    pub(crate) fn open(&self, facts: &GuardedFacts) -> Option<View> {
        let part = self.part(facts.source())?;
        let mut hidden = 0;
        let mut shown = Vec::new();
        for (field, value) in facts.content().iter() {
            match part.clause(field) {
                Some(clause) => shown.push(Shown { field, value, clause }),
                None => hidden += 1,
            }
        }
        Some(View::new(facts.subject(), facts.source().clone(), shown, hidden, Arc::clone(&self.clauses)))
    }

    pub(crate) fn open_nir<'n>(&self, field: Field, nir: &'n GuardedNir) -> Option<(&'n Nir, u16)> {
        let clause = self.part(nir.source())?.clause(field)?;
        Some((nir.content(), clause))
    }

    pub(crate) fn view_of_nir(&self, field: Field, nir: &GuardedNir) -> Option<View> {
        let (value, clause) = self.open_nir(field, nir)?;
        let shown = vec![Shown { field, value: value.as_str().to_owned(), clause }];
        Some(View::new(nir.subject(), nir.source().clone(), shown, 0, Arc::clone(&self.clauses)))
    }

    /// The record of an act on `people` (sorted, each once) in which `fields` came out.
    pub(crate) fn record(&self, people: Vec<Subject>, fields: Vec<SourceFields>) -> AccessRecord {
        let cited = |number: u16| {
            self.parts.iter().any(|part| {
                let out = fields.iter().find(|one| one.source == part.source);
                let out = out.map_or(FieldSet::EMPTY, |one| one.fields);
                part.by_clause
                    .iter()
                    .any(|(of, clause)| *clause == number && !of.intersection(out).is_empty())
            })
        };
        let clauses = self.clauses.iter().enumerate().filter(|(number, _)| cited(*number as u16));
        AccessRecord {
            actor: self.actor.clone(),
            purposes: self.purposes.clone(),
            channel: self.channel,
            territory: self.territory,
            reach: self.reach,
            at: self.at,
            flow: self.flow.clone(),
            clauses: clauses.map(|(_, clause)| (**clause).clone()).collect(),
            fields,
            people,
        }
    }

    /// Everything that it may let out, by source.
    pub(crate) fn all_fields(&self) -> Vec<SourceFields> {
        self.parts
            .iter()
            .map(|part| SourceFields { source: part.source.clone(), fields: part.fields })
            .collect()
    }
}

impl Part {
    fn clause(&self, field: Field) -> Option<u16> {
        self.by_clause.iter().find(|(fields, _)| fields.contains(field)).map(|(_, clause)| *clause)
    }
}

/// Gathers releases by source and numbers their clauses.
fn parts(granted: &Granted) -> (Vec<Part>, Arc<[Arc<ClauseRef>]>) {
    let mut clauses: Vec<Arc<ClauseRef>> = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for release in granted.releases() {
        let number = clauses.iter().position(|known| *known == release.clause).unwrap_or_else(|| {
            clauses.push(Arc::clone(&release.clause));
            clauses.len() - 1
        }) as u16;
        match parts.iter_mut().find(|part| part.source == release.source) {
            Some(part) => {
                part.fields = part.fields.union(release.fields);
                part.people = part.people.max(release.people);
                part.by_clause.push((release.fields, number));
            }
            None => parts.push(Part {
                source: release.source.clone(),
                people: release.people,
                fields: release.fields,
                by_clause: vec![(release.fields, number)],
            }),
        }
    }
    (parts, clauses.into())
}
