//! Decisions about files between parties.

use std::sync::Arc;

use jiff::civil::Date;
use liant_model::{Party, Purpose, Territory};

use crate::convention::{Convention, Flow, Recipient};
use crate::decision::{ClauseRef, Direction, FlowPermit, FlowQuery, Granted, Refusal, Release, Validity};
use crate::gate::{Gate, Opening, clause, despite};
use crate::terms::Consents;

/// One flow, with what passes in it: what it carries and some clause grants by flow to a role of its receiver.
#[derive(Clone, Debug)]
pub(crate) struct FlowRule {
    territory: Territory,
    profile: String,
    from: Party,
    to: Party,
    by: Vec<Recipient>,
    purposes: Vec<Purpose>,
    convention: usize,
    clause: Arc<ClauseRef>,
    content: Vec<(Opening, Arc<Release>)>,
}

impl FlowRule {
    pub(crate) fn compile(number: usize, file: &Convention, flow: &Flow) -> Self {
        Self {
            territory: file.territory,
            profile: flow.profile.clone(),
            from: flow.from.clone(),
            to: flow.to.clone(),
            by: flow.by.clone(),
            purposes: flow.purposes.clone(),
            convention: number,
            clause: clause(file, &flow.clause),
            content: content(number, file, flow),
        }
    }

    fn end(&self, direction: Direction) -> &Party {
        match direction {
            Direction::Send => &self.from,
            Direction::Receive => &self.to,
        }
    }
}

fn content(number: usize, file: &Convention, flow: &Flow) -> Vec<(Opening, Arc<Release>)> {
    let mut content: Vec<(Opening, Arc<Release>)> = Vec::new();
    for grant in file.grants.iter().filter(|grant| grant.passes_in(flow)) {
        let opening = Opening::of_grant(number, file, grant);
        let cited = clause(file, &grant.clause);
        for source in grant.sources.iter().filter(|source| flow.sources.contains(source)) {
            let entry = (
                opening.clone(),
                Arc::new(Release {
                    source: source.clone(),
                    fields: flow.carries.intersection(grant.fields),
                    people: grant.people,
                    // A file is for its receiver as a whole, and carries what the convention says that it does.
                    reach: crate::Reach::Territory,
                    protected_address: true,
                    despite: despite(grant),
                    clause: Arc::clone(&cited),
                }),
            );
            if !content.contains(&entry) {
                content.push(entry);
            }
        }
    }
    content
}

impl Gate {
    /// Decides whether the actor may take in a file for her party, under which clause, and what of it.
    ///
    /// # Errors
    /// The refusal.
    pub fn receive(&self, query: &FlowQuery<'_>) -> Result<FlowPermit, Box<Refusal>> {
        self.pass(query, Direction::Receive)
    }

    /// Decides whether the actor may send a file of her party, under which clause, and what may be in it.
    ///
    /// # Errors
    /// The refusal.
    pub fn send(&self, query: &FlowQuery<'_>) -> Result<FlowPermit, Box<Refusal>> {
        self.pass(query, Direction::Send)
    }

    /// Whether the actor takes in such files for her party, or sends them, by a convention that is in force, was or will be: whether
    /// those that have passed are hers to look at.
    pub fn handles(&self, query: &FlowQuery<'_>, direction: Direction) -> bool {
        self.known(query, direction)
            .any(|rule| rule.by.iter().any(|by| by.party == query.actor.party && by.role == query.actor.role))
    }

    /// The rules of a flow at whose end the actor's party is.
    fn known(&self, query: &FlowQuery<'_>, direction: Direction) -> impl Iterator<Item = &FlowRule> {
        let of_it = move |rule: &&FlowRule| {
            rule.territory == query.territory
                && rule.profile == query.profile
                && *rule.end(direction) == query.actor.party
        };
        self.flows.iter().filter(of_it)
    }

    fn pass(&self, query: &FlowQuery<'_>, direction: Direction) -> Result<FlowPermit, Box<Refusal>> {
        let day = query.now.date();
        let known: Vec<_> = self.known(query, direction).collect();
        // Several conventions may know the flow: the file passes under the first that lets this actor handle it.
        let mut refused = None;
        for rule in known.iter().filter(|rule| self.validity(rule.convention, day) == Validity::InForce) {
            match self.open_flow(rule, query, day) {
                Ok(permit) => return Ok(permit),
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        Err(Box::new(refused.unwrap_or_else(|| {
            let mut closed: Vec<_> = known.iter().map(|rule| self.closed(rule.convention, day)).collect();
            closed.dedup();
            if closed.is_empty() {
                let (profile, party) = (query.profile.to_owned(), query.actor.party.clone());
                Refusal::UnknownFlow { profile, party, direction, territory: query.territory }
            } else {
                Refusal::NotInForce(closed)
            }
        })))
    }

    fn open_flow(&self, rule: &FlowRule, query: &FlowQuery<'_>, day: Date) -> Result<FlowPermit, Refusal> {
        let clause = Arc::clone(&rule.clause);
        let own = rule.by.iter().filter(|handler| handler.party == query.actor.party);
        if !own.clone().any(|handler| handler.role == query.actor.role) {
            return Err(Refusal::Handler {
                profile: rule.profile.clone(),
                role: query.actor.role.clone(),
                clause,
                allowed: own.map(|handler| handler.role.clone()).collect(),
            });
        }
        let open = rule.content.iter().filter(|(opening, _)| self.is_open(opening, day, Consents::NONE));
        let releases: Vec<_> = open.map(|(_, release)| Arc::clone(release)).collect();
        if releases.is_empty() {
            return Err(Refusal::EmptyFlow { profile: rule.profile.clone(), clause });
        }
        Ok(FlowPermit {
            clause,
            from: rule.from.clone(),
            to: rule.to.clone(),
            purposes: rule.purposes.clone(),
            content: Granted { releases },
        })
    }
}
