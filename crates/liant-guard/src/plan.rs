use std::collections::BTreeSet;
use std::sync::Arc;

use liant_convention::{
    Channel, ClauseRef, Closable, Consents, Despite, FlowQuery, Gate, Granted, Limit, People, Query, Reach,
    Refusal, WiderPermit,
};
use liant_model::{Actor, Field, FieldSet, Instant, Nir, Party, Purpose, Source, Territory};

use crate::record::{AccessRecord, FlowRecord, SourceFields};
use crate::sealed::{GuardedFacts, GuardedNir, Subject};
use crate::session::{BulkSession, Session};
use crate::standing::Standing;
use crate::view::{Shown, View};

/// What one actor may have, for one act: (source, field) × people × clauses. Made by the gate and by nothing else;
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
    /// Who decides whether it goes out: whose limits close it.
    deciders: Vec<Party>,
    by_clause: Vec<OfClause>,
}

/// What one clause lets out of one source.
#[derive(Clone, Debug)]
struct OfClause {
    fields: FieldSet,
    /// About whom: it lets nothing out of anybody else.
    people: People,
    /// How far from the actor.
    reach: Reach,
    /// Whether it lets out the address even of someone whose address is protected.
    protected_address: bool,
    /// On what ground it lets out data whose use is restricted.
    despite: Option<Despite>,
    /// Those of the plan's purposes that are open to objection under it.
    open_to_objection: Vec<Purpose>,
    /// Number of the clause in the plan.
    number: u16,
}

impl Plan {
    /// Asks the gate what the query may have.
    ///
    /// # Errors
    /// The gate's refusal; [`RefusalRecord`](crate::RefusalRecord) makes an audit entry of it.
    pub fn compile(gate: &Gate, query: &Query<'_>) -> Result<Self, Box<Refusal>> {
        Self::compile_of(gate, query, Consents::NONE)
    }

    /// Asks the gate what the query may have of people who agreed to `consents`. The caller opens nobody else through it.
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn compile_of(gate: &Gate, query: &Query<'_>, consents: Consents) -> Result<Self, Box<Refusal>> {
        let granted = gate.decide_of(query, consents).granted()?;
        let purposes = vec![query.purpose.clone()];
        let party = &query.actor.party;
        let (parts, clauses) =
            parts(gate, (&granted, &purposes), |source| gate.deciders(query.territory, party, source));
        Ok(Self {
            actor: query.actor.clone(),
            purposes,
            channel: query.channel,
            territory: query.territory,
            reach: query.reach,
            at: query.now,
            flow: None,
            parts,
            clauses,
        })
    }

    /// Asks the gate what the query may have of whoever stands near enough to the actor for some clause: the plan of a
    /// page about someone, whose place is found once she is. The reach of the query does not matter: of each person it lets
    /// out what the clauses do that reach as far as her [`Standing::near`].
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn compile_near(gate: &Gate, query: &Query<'_>) -> Result<Self, Box<Refusal>> {
        Self::compile_near_of(gate, query, Consents::NONE)
    }

    /// [`Plan::compile_near`] of people who agreed to `consents`. The caller opens nobody else through it.
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn compile_near_of(gate: &Gate, query: &Query<'_>, consents: Consents) -> Result<Self, Box<Refusal>> {
        Self::compile_of(gate, &Query { reach: Reach::Oneself, ..*query }, consents)
    }

    /// Asks the gate on what terms the actor may look someone up beyond her reach (*recherche élargie*).
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn for_wider_search(gate: &Gate, query: &Query<'_>) -> Result<(Self, WiderPermit), Box<Refusal>> {
        let permit = gate.wider_search(query)?;
        let purposes = vec![query.purpose.clone()];
        let party = &query.actor.party;
        let content = (&permit.content, purposes.as_slice());
        let (parts, clauses) = parts(gate, content, |source| gate.deciders(query.territory, party, source));
        let plan = Self {
            actor: query.actor.clone(),
            purposes,
            channel: query.channel,
            territory: query.territory,
            reach: Reach::Territory,
            at: query.now,
            flow: None,
            parts,
            clauses,
        };
        Ok((plan, permit))
    }

    /// Asks the gate what a file may hold that the actor is about to send.
    ///
    /// # Errors
    /// The gate's refusal.
    pub fn for_sending(gate: &Gate, query: &FlowQuery<'_>) -> Result<Self, Box<Refusal>> {
        let permit = gate.send(query)?;
        // Who sends it decides; whom it goes to decides at home.
        let content = (&permit.content, permit.purposes.as_slice());
        let (parts, clauses) = parts(gate, content, |_| vec![query.actor.party.clone()]);
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

    /// Whether it lets this field of this source out of someone of this standing. What it does not let out may be
    /// neither shown, nor filtered on, nor sorted by, nor counted.
    pub fn allows(&self, source: &Source, field: Field, standing: &Standing) -> bool {
        self.fields(source, standing).contains(field)
    }

    /// The fields of this source that it lets out of someone of this standing. Of whom it lets nothing out, she is to
    /// look absent.
    pub fn fields(&self, source: &Source, standing: &Standing) -> FieldSet {
        self.part(source).map_or(FieldSet::EMPTY, |part| part.fields(standing))
    }

    /// The clauses that let this field of this source out of someone of this standing.
    pub fn clauses_for<'p>(
        &'p self,
        source: &Source,
        field: Field,
        standing: &'p Standing,
    ) -> impl Iterator<Item = &'p ClauseRef> {
        let is_protected = standing.is_address_protected();
        let about = self.part(source).into_iter().flat_map(|part| part.about(standing));
        let let_out = about.filter(move |one| one.fields_of(is_protected).contains(field));
        let_out.filter_map(|one| self.clauses.get(usize::from(one.number)).map(|clause| &**clause))
    }

    /// The clauses that would let this field of this source out of someone of this standing, if she stood as near as the plan reaches:
    /// what is asked before she is given to someone.
    pub fn clauses_once_given<'p>(
        &'p self,
        source: &Source,
        field: Field,
        standing: &'p Standing,
    ) -> impl Iterator<Item = &'p ClauseRef> {
        let of_source =
            self.part(source).into_iter().flat_map(|part| part.by_clause.iter().map(move |one| (part, one)));
        let about = of_source.filter(move |(part, one)| {
            standing.is_in(one.people)
                && self.reach <= one.reach
                && one.fields_of(standing.is_address_protected()).contains(field)
                && !standing.is_closed(part.closable(one))
        });
        let about = about.map(|(_, one)| one);
        about.filter_map(|one| self.clauses.get(usize::from(one.number)).map(|clause| &**clause))
    }

    /// Whether it lets this field of this source out of anybody at all.
    pub fn may_let_out(&self, source: &Source, field: Field) -> bool {
        let of_source = self.part(source).map(|part| part.by_clause.as_slice()).unwrap_or_default();
        of_source.iter().any(|one| one.fields.contains(field))
    }

    /// Whether the category that someone belongs to matters to whether this field comes out of her: some clause that lets it out is not
    /// about everyone.
    pub fn asks_who_she_is(&self, field: Field) -> bool {
        let mut all = self.parts.iter().flat_map(|part| &part.by_clause);
        all.any(|one| one.fields.contains(field) && one.people != People::Everyone)
    }

    /// This plan with fewer fields: what a list shows of many people is less than what a page shows of one.
    #[must_use]
    pub fn narrowed(&self, fields: FieldSet) -> Self {
        let mut narrowed = self.clone();
        for one in narrowed.parts.iter_mut().flat_map(|part| &mut part.by_clause) {
            one.fields = one.fields.intersection(fields);
        }
        for part in &mut narrowed.parts {
            part.by_clause.retain(|one| !one.fields.is_empty());
        }
        narrowed.parts.retain(|part| !part.by_clause.is_empty());
        narrowed
    }

    /// The fields of this source that it lets out of anyone of the plan's reach whose narrowest category this is; of those
    /// whose address is protected, or of the others.
    pub(crate) fn fields_about(&self, source: &Source, people: People, is_protected: bool) -> FieldSet {
        let of_source = self.part(source).map(|part| part.by_clause.as_slice()).unwrap_or_default();
        let about = of_source.iter().filter(|one| one.people <= people && one.reach >= self.reach);
        about.fold(FieldSet::EMPTY, |all, one| all.union(one.fields_of(is_protected)))
    }

    /// Whether these limits close anything of it: who has them is then on no list of it, and in no count.
    pub fn is_narrowed_by(&self, limits: &[Limit]) -> bool {
        self.closables().any(|one| limits.iter().any(|limit| limit.closes(one)))
    }

    /// Whether these limits close all of it: who has them is to look absent.
    pub fn is_closed_by(&self, limits: &[Limit]) -> bool {
        self.closables().all(|one| limits.iter().any(|limit| limit.closes(one)))
    }

    fn closables(&self) -> impl Iterator<Item = Closable<'_>> {
        self.parts.iter().flat_map(|part| part.by_clause.iter().map(move |one| part.closable(one)))
    }

    /// Whether some clause of it reaches less far than the whole territory: how near people stand then matters.
    pub fn is_bounded(&self) -> bool {
        self.parts.iter().flat_map(|part| &part.by_clause).any(|one| one.reach < Reach::Territory)
    }

    /// Whether it lets anything at all out of someone of this standing. If not, she is to look absent.
    pub fn sees(&self, standing: &Standing) -> bool {
        self.is_about(standing)
    }

    /// How far it was asked to reach.
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    pub(crate) const fn at(&self) -> Instant {
        self.at
    }

    pub(crate) const fn is_flow(&self) -> bool {
        self.flow.is_some()
    }

    pub(crate) const fn territory(&self) -> Territory {
        self.territory
    }

    /// The sources that it lets anything out of.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.parts.iter().map(|part| &part.source)
    }

    /// The clauses that it cites.
    pub fn clauses(&self) -> impl Iterator<Item = &ClauseRef> {
        self.clauses.iter().map(|clause| &**clause)
    }

    /// Begins an act whose rows are few enough to be held: a page, a list, a search.
    pub fn begin(&self) -> Session<'_> {
        Session::new(self)
    }

    /// Begins a file: the record of it, with everyone in it, is written first, then its rows open one by one, each as
    /// the standing of its person lets it. The record names those only of whom something may come out.
    ///
    /// # Errors
    /// Whatever `write` answers: without a record, nothing opens.
    pub fn begin_file<E>(
        &self,
        people: impl IntoIterator<Item = Standing>,
        write: impl FnOnce(&AccessRecord) -> Result<(), E>,
    ) -> Result<BulkSession<'_>, E> {
        BulkSession::begin(self, people, write)
    }

    /// Writes the record of a look at a file of `source` that the actor holds and the store need not know: the `fields`
    /// that came out of it, as [`Plan::fields`] lets each record's standing, and those of its `people` whom the store
    /// knows. Nothing of the file may be shown before this answers.
    ///
    /// # Errors
    /// Whatever `write` answers.
    pub fn look_at_file<E>(
        &self,
        source: &Source,
        fields: FieldSet,
        people: impl IntoIterator<Item = Subject>,
        write: impl FnOnce(&AccessRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let people: BTreeSet<Subject> = people.into_iter().collect();
        let of_source = self.part(source).map(|part| part.by_clause.as_slice()).unwrap_or_default();
        let out =
            of_source.iter().fold(FieldSet::EMPTY, |all, one| all.union(one.fields)).intersection(fields);
        let cited = of_source.iter().filter(|one| !one.fields.intersection(out).is_empty());
        let fields = SourceFields { source: source.clone(), fields: out };
        write(&self.record(
            people.into_iter().collect(),
            vec![fields],
            &cited.map(|one| one.number).collect(),
            self.reach,
        ))
    }

    fn part(&self, source: &Source) -> Option<&Part> {
        self.parts.iter().find(|part| part.source == *source)
    }

    /// The view of sealed facts; none when the plan lets nothing out of their source about her, or the standing is
    /// not hers.
    pub(crate) fn open(&self, facts: &GuardedFacts, standing: &Standing) -> Option<View> {
        let part = self.part_about(facts.subject(), facts.source(), standing)?;
        let mut hidden = 0;
        let mut shown = Vec::new();
        for (field, value) in facts.content().iter() {
            match part.clause(field, standing) {
                Some(clause) => shown.push(Shown { field, value, clause }),
                None => hidden += 1,
            }
        }
        Some(View::new(facts.subject(), facts.source().clone(), shown, hidden, Arc::clone(&self.clauses)))
    }

    pub(crate) fn open_nir<'n>(
        &self,
        field: Field,
        nir: &'n GuardedNir,
        standing: &Standing,
    ) -> Option<(&'n Nir, u16)> {
        let clause = self.part_about(nir.subject(), nir.source(), standing)?.clause(field, standing)?;
        Some((nir.content(), clause))
    }

    pub(crate) fn view_of_nir(&self, field: Field, nir: &GuardedNir, standing: &Standing) -> Option<View> {
        let (value, clause) = self.open_nir(field, nir, standing)?;
        let shown = vec![Shown { field, value: value.as_str().to_owned(), clause }];
        Some(View::new(nir.subject(), nir.source().clone(), shown, 0, Arc::clone(&self.clauses)))
    }

    fn part_about(&self, subject: Subject, source: &Source, standing: &Standing) -> Option<&Part> {
        if standing.subject() != Some(subject) {
            return None;
        }
        self.part(source).filter(|part| part.about(standing).next().is_some())
    }

    /// The record of an act on `people` (sorted, each once) in which `fields` came out under `clauses`.
    pub(crate) fn record(
        &self,
        people: Vec<Subject>,
        fields: Vec<SourceFields>,
        clauses: &BTreeSet<u16>,
        reach: Reach,
    ) -> AccessRecord {
        let cited = clauses.iter().filter_map(|number| self.clauses.get(usize::from(*number)));
        AccessRecord {
            actor: self.actor.clone(),
            purposes: self.purposes.clone(),
            channel: self.channel,
            territory: self.territory,
            reach,
            at: self.at,
            flow: self.flow.clone(),
            clauses: cited.map(|clause| (**clause).clone()).collect(),
            fields,
            people,
        }
    }

    /// Whether it lets anything at all out of someone of this standing.
    pub(crate) fn is_about(&self, standing: &Standing) -> bool {
        self.parts.iter().any(|part| part.about(standing).next().is_some())
    }

    /// Everything that it may let out of people of these standings, by source, and the clauses that do.
    pub(crate) fn all_of(&self, people: &[Standing]) -> (Vec<SourceFields>, BTreeSet<u16>) {
        let mut clauses = BTreeSet::new();
        let mut fields = Vec::new();
        for part in &self.parts {
            let mut of_part = FieldSet::EMPTY;
            for one in &part.by_clause {
                let about = people.iter().filter(|standing| part.is_about(one, standing));
                let out = about.fold(FieldSet::EMPTY, |all, standing| {
                    all.union(one.fields_of(standing.is_address_protected()))
                });
                if !out.is_empty() {
                    of_part = of_part.union(out);
                    clauses.insert(one.number);
                }
            }
            if !of_part.is_empty() {
                fields.push(SourceFields { source: part.source.clone(), fields: of_part });
            }
        }
        (fields, clauses)
    }
}

impl OfClause {
    /// Whether it is about someone of this standing: of its people, and no farther from the actor than it reaches.
    fn is_about(&self, standing: &Standing) -> bool {
        standing.is_in(self.people)
            && standing.near() <= self.reach
            && !self.fields_of(standing.is_address_protected()).is_empty()
    }

    /// What it lets out of someone whose address is protected, or of anybody else.
    fn fields_of(&self, is_protected: bool) -> FieldSet {
        if is_protected && !self.protected_address {
            self.fields.difference(FieldSet::ADDRESS)
        } else {
            self.fields
        }
    }
}

impl Part {
    /// What the clauses let out that are about someone of this standing.
    fn about<'p>(&'p self, standing: &'p Standing) -> impl Iterator<Item = &'p OfClause> {
        self.by_clause.iter().filter(|one| self.is_about(one, standing))
    }

    /// Whether a clause lets anything out of someone of this standing.
    fn is_about(&self, one: &OfClause, standing: &Standing) -> bool {
        one.is_about(standing) && !standing.is_closed(self.closable(one))
    }

    /// What limits may close of a clause.
    fn closable<'p>(&'p self, one: &'p OfClause) -> Closable<'p> {
        Closable { deciders: &self.deciders, open_to_objection: &one.open_to_objection, despite: one.despite }
    }

    fn fields(&self, standing: &Standing) -> FieldSet {
        let is_protected = standing.is_address_protected();
        self.about(standing).fold(FieldSet::EMPTY, |all, one| all.union(one.fields_of(is_protected)))
    }

    fn clause(&self, field: Field, standing: &Standing) -> Option<u16> {
        let is_protected = standing.is_address_protected();
        self.about(standing).find(|one| one.fields_of(is_protected).contains(field)).map(|one| one.number)
    }
}

/// Gathers releases by source, with who decides about each, and numbers their clauses.
fn parts(
    gate: &Gate,
    (granted, purposes): (&Granted, &[Purpose]),
    deciders: impl Fn(&Source) -> Vec<Party>,
) -> (Vec<Part>, Arc<[Arc<ClauseRef>]>) {
    let mut clauses: Vec<Arc<ClauseRef>> = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for release in granted.releases() {
        let number = clauses.iter().position(|known| *known == release.clause).unwrap_or_else(|| {
            clauses.push(Arc::clone(&release.clause));
            clauses.len() - 1
        }) as u16;
        let of_clause = OfClause {
            fields: release.fields,
            people: release.people,
            reach: release.reach,
            protected_address: release.protected_address,
            despite: release.despite,
            open_to_objection: gate.open_to_objection(&release.clause, purposes),
            number,
        };
        match parts.iter_mut().find(|part| part.source == release.source) {
            Some(part) => part.by_clause.push(of_clause),
            None => parts.push(Part {
                source: release.source.clone(),
                deciders: deciders(&release.source),
                by_clause: vec![of_clause],
            }),
        }
    }
    (parts, clauses.into())
}
