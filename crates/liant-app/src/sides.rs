//! The sides of questions of identity, as far as the clauses are about the people who stand there.

use std::collections::{BTreeSet, HashMap};

use liant_audit::Act;
use liant_guard::{Plan, Standing, Subject};
use liant_model::{Block, IdentityId};
use liant_store::{CurrentFact, OpenReview, Snapshot, StoreError};

use crate::positions::Positions;
use crate::review::Side;
use crate::{AppError, Context, Workplace, access, recipients};

/// Source identities that were looked at, their facts still sealed.
pub(crate) struct Sides<'p> {
    plan: &'p Plan,
    positions: Positions,
    met: HashMap<IdentityId, Met>,
}

/// One of them.
struct Met {
    standing: Standing,
    /// Whether the actor may see who she is.
    is_seen: bool,
    facts: Option<CurrentFact>,
}

impl<'p> Sides<'p> {
    pub(crate) fn new(plan: &'p Plan, positions: Positions) -> Self {
        Self { plan, positions, met: HashMap::new() }
    }

    /// Whether the actor may see both sides of a question.
    pub(crate) fn are_seen(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        review: &OpenReview,
    ) -> Result<bool, StoreError> {
        Ok(self.is_seen(snapshot, review.identity)? && self.is_seen(snapshot, review.candidate)?)
    }

    /// Whether some clause lets the actor see who a source identity is.
    pub(crate) fn is_seen(
        &mut self,
        snapshot: &mut Snapshot<'_>,
        identity: IdentityId,
    ) -> Result<bool, StoreError> {
        if let Some(met) = self.met.get(&identity) {
            return Ok(met.is_seen);
        }
        let links = snapshot.links_of_identity(identity)?;
        let Some(link) = links.into_iter().rfind(|link| link.ended_at.is_none()) else { return Ok(false) };
        let Some((source, _)) = snapshot.identity(identity)? else { return Ok(false) };
        let facts = recipients::gather(snapshot, &mut self.positions, link.person)?;
        let standing = self.positions.standings.of(Subject::Person(link.person));
        let is_seen =
            self.plan.fields(&source, &standing).iter().any(|field| field.block() == Block::Identity);
        let facts = facts.into_iter().find(|fact| fact.identity == identity && fact.block == Block::Identity);
        self.met.insert(identity, Met { standing, is_seen, facts });
        Ok(is_seen)
    }

    /// What the actor may see of these source identities, of those looked at, once the record of it is written.
    pub(crate) fn open(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        identities: Vec<IdentityId>,
    ) -> Result<HashMap<IdentityId, Side>, AppError> {
        let identities: BTreeSet<IdentityId> = identities.into_iter().collect();
        let mut session = self.plan.begin();
        let mut owners = Vec::new();
        for met in identities.iter().filter_map(|identity| self.met.get(identity)).filter(|met| met.is_seen) {
            if let Some(fact) = &met.facts {
                session.add(&fact.facts, &met.standing);
                owners.push((fact.identity, fact.person));
            }
        }
        let views = session
            .release(|record| access::write(context, workplace, record, Act::Read, "identity review"))?;
        // One view for each fact that was added: the plan lets something out about each.
        if views.len() != owners.len() {
            return Err(AppError::Internal("the views of a review do not fit its facts".to_owned()));
        }
        let side = |((identity, person), view): ((IdentityId, _), &liant_guard::View)| {
            let fields = view.iter().map(|(field, value, _)| (field.code(), value.to_owned())).collect();
            (identity, Side { identity, person, source: view.source().to_string(), fields })
        };
        Ok(owners.into_iter().zip(&views).map(side).collect())
    }
}
