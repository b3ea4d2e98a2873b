//! The gate: conventions compiled to sorted rules, and the decisions taken from them.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::Date;
use liant_model::{Instant, Party, Purpose, Role, Source, Territory};

use crate::convention::{Condition, Convention, Grant, InForce};
use crate::course::{Course, Milestone};
use crate::decision::{ClauseRef, Closed, Decision, Granted, Query, Refusal, Release, UsePermit, Validity};
use crate::flow_gate::FlowRule;
use crate::terms::{Channel, Consents, Despite, Reach, UseKind};

/// Decides what may leave the store: deny by default, and every release cites its clause.
#[derive(Clone, Debug)]
pub struct Gate {
    conventions: Vec<Convention>,
    terms: Vec<Term>,
    rules: Vec<Rule>,
    pub(crate) flows: Vec<FlowRule>,
    uses: Vec<UseRule>,
}

/// When a file of the gate decides: its own dates, cut where a later version takes over.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) in_force: InForce,
    /// The versions of the convention that it carries out, when it carries one out.
    under: Option<Vec<usize>>,
    /// The spells for which it is suspended, each with its last day when that is known.
    pub(crate) suspended: Vec<(Date, Option<Date>)>,
}

/// One grant, for one recipient, purpose and source.
#[derive(Clone, Debug)]
struct Rule {
    territory: Territory,
    party: Party,
    role: Role,
    purpose: Purpose,
    channels: Vec<Channel>,
    reach: Reach,
    opening: Opening,
    release: Arc<Release>,
}

/// Where a clause lies and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) convention: usize,
    /// Conditions, and what makes each met.
    requires: Vec<(String, Condition)>,
}

impl Opening {
    pub(crate) fn unconditional(convention: usize) -> Self {
        Self { convention, requires: Vec::new() }
    }

    pub(crate) fn of_grant(convention: usize, file: &Convention, grant: &Grant) -> Self {
        let met = |id: &String| {
            let condition = file.conditions.iter().find(|condition| condition.id == *id);
            (
                id.clone(),
                condition
                    .map_or(Condition::Fact { from: None, until: None }, |condition| condition.met.clone()),
            )
        };
        Self { convention, requires: grant.requires.iter().map(met).collect() }
    }

    /// The first condition that is not met on that day, of someone who agreed to `consents`.
    pub(crate) fn unmet(&self, day: Date, consents: Consents) -> Option<&str> {
        let unmet = self.requires.iter().find(|(_, condition)| !condition.is_met(day, consents));
        unmet.map(|(id, _)| id.as_str())
    }
}

#[derive(Clone, Debug)]
struct UseRule {
    territory: Territory,
    kind: UseKind,
    opening: Opening,
    release: Arc<Release>,
}

/// Why conventions make no gate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("version {version} of `{convention}` is there twice: keep one file of each version")]
pub struct SameVersionTwice {
    /// Short name of the convention.
    pub convention: String,
    /// The version.
    pub version: u32,
}

impl Gate {
    /// Compiles conventions and register entries. Of the versions of one, each is in force until the next begins.
    ///
    /// # Errors
    /// [`SameVersionTwice`] when two files have the same short name and version.
    pub fn new(mut conventions: Vec<Convention>) -> Result<Self, SameVersionTwice> {
        conventions.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
        for (file, next) in conventions.iter().zip(conventions.iter().skip(1)) {
            if file.id == next.id && file.version == next.version {
                return Err(SameVersionTwice { convention: file.id.to_string(), version: file.version });
            }
        }
        let terms = (0..conventions.len()).filter_map(|number| term(&conventions, number)).collect();
        let mut gate =
            Self { conventions: Vec::new(), terms, rules: Vec::new(), flows: Vec::new(), uses: Vec::new() };
        for (number, file) in conventions.iter().enumerate() {
            gate.add_grants(number, file);
            gate.add_uses(number, file);
            gate.flows.extend(file.flows.iter().map(|flow| FlowRule::compile(number, file, flow)));
        }
        gate.rules.sort_by(|a, b| a.key().cmp(&b.key()));
        gate.uses.sort_by(|a, b| a.key().cmp(&b.key()));
        gate.conventions = conventions;
        Ok(gate)
    }

    /// The conventions and register entries that it executes.
    pub fn conventions(&self) -> &[Convention] {
        &self.conventions
    }

    fn add_grants(&mut self, number: usize, file: &Convention) {
        for grant in &file.grants {
            let clause = clause(file, &grant.clause);
            for source in &grant.sources {
                let release = Arc::new(Release {
                    source: source.clone(),
                    fields: grant.fields,
                    people: grant.people,
                    reach: grant.reach,
                    protected_address: grant.protected_address,
                    despite: despite(grant),
                    clause: Arc::clone(&clause),
                });
                for to in &grant.to {
                    self.rules.extend(grant.purposes.iter().map(|purpose| Rule {
                        territory: file.territory,
                        party: to.party.clone(),
                        role: to.role.clone(),
                        purpose: purpose.clone(),
                        channels: grant.channels.clone(),
                        reach: grant.reach,
                        opening: Opening::of_grant(number, file, grant),
                        release: Arc::clone(&release),
                    }));
                }
            }
        }
    }

    fn add_uses(&mut self, number: usize, file: &Convention) {
        for used in &file.uses {
            let clause = clause(file, &used.clause);
            for source in &used.sources {
                let release = Arc::new(Release {
                    source: source.clone(),
                    fields: used.fields,
                    people: crate::terms::People::Everyone,
                    reach: Reach::Territory,
                    protected_address: true,
                    despite: None,
                    clause: Arc::clone(&clause),
                });
                self.uses.extend(used.kinds.iter().map(|kind| UseRule {
                    territory: file.territory,
                    kind: *kind,
                    opening: Opening::unconditional(number),
                    release: Arc::clone(&release),
                }));
            }
        }
    }

    /// How the convention of this number stands on a day. One that carries out another stands with it, and that one
    /// with its own.
    pub(crate) fn validity(&self, convention: usize, day: Date) -> Validity {
        self.validity_within(convention, day, self.terms.len())
    }

    /// No chain is longer than there are files: those that carry out each other in a ring stand on nothing.
    fn validity_within(&self, convention: usize, day: Date, steps: usize) -> Validity {
        let own = self.own_validity(convention, day);
        let under = self.terms.get(convention).and_then(|term| term.under.as_ref());
        let Some(under) = under.filter(|_| own == Validity::InForce) else { return own };
        let Some(steps) = steps.checked_sub(1) else { return Validity::WithoutParent };
        let mut last = Validity::WithoutParent;
        for parent in under {
            last = self.validity_within(*parent, day, steps);
            if last == Validity::InForce {
                break;
            }
        }
        last
    }

    fn own_validity(&self, convention: usize, day: Date) -> Validity {
        let Some(term) = self.terms.get(convention) else { return Validity::NotYet(Date::MAX) };
        if day < term.in_force.from {
            return Validity::NotYet(term.in_force.from);
        }
        if let Some(last) = term.in_force.until
            && day > last
        {
            return Validity::Ended(last);
        }
        let within =
            |(since, until): &&(Date, Option<Date>)| day >= *since && until.is_none_or(|until| day <= until);
        term.suspended.iter().find(within).map_or(Validity::InForce, |(since, _)| Validity::Suspended(*since))
    }

    /// How this version of a convention or register entry stands on a day; none when the gate does not hold it.
    pub fn standing(&self, id: &str, version: u32, day: Date) -> Option<Validity> {
        let number = self.conventions.iter().position(|file| &*file.id == id && file.version == version)?;
        Some(self.validity(number, day))
    }

    /// The same gate once it knows what was recorded in the course of the conventions of a territory: suspensions, formal
    /// notices. A step adds to what the file itself says, and never lets out more than the file does.
    #[must_use]
    pub fn following(&self, territory: Territory, recorded: &[Milestone]) -> Self {
        let mut gate = self.clone();
        let files = self.conventions.clone();
        for (number, file) in files.iter().enumerate().filter(|(_, file)| file.territory == territory) {
            let course = Course::of(file, &files, recorded);
            let Some(term) = gate.terms.get_mut(number) else { continue };
            term.suspended.extend_from_slice(course.suspended());
            let Some(ends) = course.ends() else { continue };
            let cut = |in_force: &mut InForce| {
                in_force.until = Some(in_force.until.map_or(ends, |until| until.min(ends)));
            };
            cut(&mut term.in_force);
            gate.conventions.get_mut(number).into_iter().for_each(|file| cut(&mut file.in_force));
        }
        gate
    }

    pub(crate) fn is_open(&self, opening: &Opening, day: Date, consents: Consents) -> bool {
        self.validity(opening.convention, day) == Validity::InForce && opening.unmet(day, consents).is_none()
    }

    pub(crate) fn closed(&self, convention: usize, day: Date) -> Closed {
        let file = self.conventions.get(convention);
        Closed {
            convention: file.map_or_else(String::new, |file| file.id.to_string()),
            version: file.map_or(0, |file| file.version),
            validity: self.validity(convention, day),
        }
    }

    /// Decides. Anything that no clause in force gives to this role, for this purpose, by this way, stays in; so does
    /// what waits for a person's consent, since none is known.
    pub fn decide(&self, query: &Query<'_>) -> Decision {
        self.decide_of(query, Consents::NONE)
    }

    /// Decides about one person, who agreed to `consents`.
    pub fn decide_of(&self, query: &Query<'_>, consents: Consents) -> Decision {
        if query.channel == Channel::Flow {
            return Decision::Refused(Box::new(Refusal::FlowIsAFile));
        }
        let day = query.now.date();
        let releases: Vec<_> = self
            .rules_for(query)
            .iter()
            .filter(|rule| rule.channels.contains(&query.channel) && rule.reach >= query.reach)
            .filter(|rule| self.is_open(&rule.opening, day, consents))
            .map(|rule| Arc::clone(&rule.release))
            .collect();
        if releases.is_empty() {
            return Decision::Refused(Box::new(self.refuse(query, day, consents)));
        }
        Decision::Granted(Granted { releases })
    }

    /// The rules of the query's territory, actor and purpose.
    fn rules_for(&self, query: &Query<'_>) -> &[Rule] {
        let actor = query.actor;
        let key =
            (query.territory.as_str(), actor.party.as_str(), actor.role.as_str(), query.purpose.as_str());
        side_by_side(&self.rules, |rule| rule.key().cmp(&key))
    }

    fn uses_for(&self, kind: UseKind, territory: Territory) -> &[UseRule] {
        side_by_side(&self.uses, |rule| rule.key().cmp(&(territory.as_str(), kind)))
    }

    /// The first reason, from the widest to the narrowest, for which nothing is granted.
    fn refuse(&self, query: &Query<'_>, day: Date, consents: Consents) -> Refusal {
        let actor = query.actor;
        let (party, role) = (actor.party.clone(), actor.role.clone());
        let entries = || {
            let files = self.conventions.iter().filter(|file| file.territory == query.territory);
            files.filter_map(|file| Some((file, file.parties.iter().find(|entry| entry.org == actor.party)?)))
        };
        if entries().next().is_none() {
            return Refusal::NoConvention { party, territory: query.territory };
        }
        if !entries().any(|(_, entry)| entry.roles.contains(&actor.role)) {
            return Refusal::UnknownRole { party, role, territory: query.territory };
        }
        if !entries().any(|(file, _)| file.purposes.iter().any(|entry| entry.id == *query.purpose)) {
            return Refusal::UnknownPurpose { party, purpose: query.purpose.clone() };
        }
        let rules = self.rules_for(query);
        let mut allowed: Vec<_> = rules.iter().flat_map(|rule| rule.channels.iter().copied()).collect();
        allowed.sort_unstable();
        allowed.dedup();
        if allowed.is_empty() {
            return Refusal::NoGrant { party, role, purpose: query.purpose.clone() };
        }
        if !allowed.contains(&query.channel) {
            return Refusal::Channel { role, channel: query.channel, allowed };
        }
        self.refuse_rules(query, day, consents, rules)
    }

    /// The reason why none of the rules for the query's role and purpose gives anything by its channel.
    fn refuse_rules(&self, query: &Query<'_>, day: Date, consents: Consents, rules: &[Rule]) -> Refusal {
        let by_channel = rules.iter().filter(|rule| rule.channels.contains(&query.channel));
        let widest = by_channel.clone().map(|rule| rule.reach).max().unwrap_or(Reach::Oneself);
        if widest < query.reach {
            return Refusal::Reach { role: query.actor.role.clone(), asked: query.reach, widest };
        }
        let mut closed = Vec::new();
        for rule in by_channel.filter(|rule| rule.reach >= query.reach) {
            let validity = self.closed(rule.opening.convention, day);
            if validity.validity != Validity::InForce {
                closed.push(validity);
            } else if let Some(condition) = rule.opening.unmet(day, consents) {
                let clause = Arc::clone(&rule.release.clause);
                return Refusal::Condition { condition: condition.to_owned(), clause };
            }
        }
        closed.dedup();
        Refusal::NotInForce(closed)
    }

    /// Decides whether the software may do `kind` with facts of `source`, and on which fields.
    ///
    /// # Errors
    /// The refusal. [`UseKind::Retain`] outlives the end and the suspension of a convention, and of the one that it
    /// carries out.
    pub fn may_use(
        &self,
        kind: UseKind,
        source: &Source,
        territory: Territory,
        now: Instant,
    ) -> Result<UsePermit, Box<Refusal>> {
        let day = now.date();
        let rules: Vec<_> =
            self.uses_for(kind, territory).iter().filter(|rule| rule.release.source == *source).collect();
        let open = |rule: &&&UseRule| {
            let convention = rule.opening.convention;
            let began = || !matches!(self.own_validity(convention, day), Validity::NotYet(_));
            self.validity(convention, day) == Validity::InForce || kind == UseKind::Retain && began()
        };
        let granted: Vec<_> = rules.iter().filter(open).map(|rule| &rule.release).collect();
        if granted.is_empty() {
            let mut closed: Vec<_> =
                rules.iter().map(|rule| self.closed(rule.opening.convention, day)).collect();
            closed.dedup();
            return Err(Box::new(if closed.is_empty() {
                Refusal::NoUse { kind, origin: source.clone(), territory }
            } else {
                Refusal::NotInForce(closed)
            }));
        }
        Ok(UsePermit {
            fields: granted.iter().fold(liant_model::FieldSet::EMPTY, |all, one| all.union(one.fields)),
            clauses: granted.iter().map(|release| Arc::clone(&release.clause)).collect(),
        })
    }

    /// The sources of which some clause of the territory, in force or not, lets the software do `kind`.
    pub fn sources_for(&self, kind: UseKind, territory: Territory) -> Vec<Source> {
        let rules = self.uses_for(kind, territory).iter();
        let mut sources: Vec<_> = rules.map(|rule| rule.release.source.clone()).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }
}

impl Rule {
    fn key(&self) -> (&str, &str, &str, &str) {
        (self.territory.as_str(), self.party.as_str(), self.role.as_str(), self.purpose.as_str())
    }
}

impl UseRule {
    fn key(&self) -> (&str, UseKind) {
        (self.territory.as_str(), self.kind)
    }
}

/// The items of a sorted slice that `compare` finds equal.
fn side_by_side<T>(sorted: &[T], compare: impl Fn(&T) -> Ordering) -> &[T] {
    let start = sorted.partition_point(|item| compare(item).is_lt());
    let rest = sorted.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|item| compare(item).is_le())).unwrap_or_default()
}

/// On what ground a grant gives data whose use is restricted. What is held about her she reads herself: she agrees.
pub(crate) fn despite(grant: &Grant) -> Option<Despite> {
    grant.despite_restriction.or_else(|| (grant.reach == Reach::Oneself).then_some(Despite::Consent))
}

pub(crate) fn clause(file: &Convention, clause: &str) -> Arc<ClauseRef> {
    Arc::new(ClauseRef { convention: file.id.to_string(), version: file.version, clause: clause.to_owned() })
}

/// The dates of a file, cut on the day before the first of its later versions begins, and what it hangs on.
fn term(files: &[Convention], number: usize) -> Option<Term> {
    let file = files.get(number)?;
    let mut in_force = file.in_force;
    // Not only the next one: were two numbered against the order of their days, the oldest would come back.
    let later = files.iter().filter(|other| other.id == file.id && other.version > file.version);
    if let Some(taken_over) = later.map(|other| other.in_force.from).min() {
        let cut = taken_over.yesterday().unwrap_or(taken_over);
        in_force.until = Some(in_force.until.map_or(cut, |until| until.min(cut)));
    }
    // No register entry has a suspension: the lint refuses it.
    let suspended = file.suspended.iter().map(|suspension| (suspension.since, suspension.until));
    let parents = |id: &String| {
        let is_parent =
            |(_, parent): &(usize, &Convention)| *parent.id == **id && parent.territory == file.territory;
        files.iter().enumerate().filter(is_parent).map(|(number, _)| number).collect()
    };
    Some(Term { in_force, under: file.under.as_ref().map(parents), suspended: suspended.collect() })
}
