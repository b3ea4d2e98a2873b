use liant_convention::{Channel, Query, Reach, Refusal};
use liant_guard::{Listing, Plan, RefusalRecord, Scope};
use liant_model::{AccountId, OrganisationId};

use crate::{AppError, Context, Workplace, access};

/// Where the actor sits, and whose people she wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// Her account; without it she has no caseload.
    pub account: Option<AccountId>,
    /// Her organisation; without it she has no service.
    pub organisation: Option<OrganisationId>,
    /// How far she looks; none: as far as a clause lets her role.
    pub reach: Option<Reach>,
}

/// A plan, and who may be listed by it.
pub(super) struct Seated {
    pub(super) plan: Plan,
    pub(super) listing: Listing,
}

impl Seat {
    /// The scope of a reach, if she has one there. A local service sees those who live in its communes, another
    /// organisation those whom its people follow.
    fn scope(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        reach: Reach,
    ) -> Result<Option<Scope>, AppError> {
        Ok(match (reach, self.account, self.organisation) {
            (Reach::Territory, _, _) => Some(Scope::Territory),
            (Reach::Caseload, Some(account), _) => Some(Scope::Caseload(account)),
            (Reach::Service, _, Some(organisation)) => {
                let communes =
                    workplace.store.read(context.territory, |snapshot| snapshot.communes_of(organisation))?;
                let is_local = !communes.is_empty();
                Some(if is_local { Scope::Service(organisation) } else { Scope::Followed(organisation) })
            }
            _ => None,
        })
    }

    /// The plan of the widest reach that is given, and who may be listed by it. A refusal is audited.
    pub(super) fn take(&self, context: &Context<'_>, workplace: &Workplace) -> Result<Seated, AppError> {
        let mut refused: Option<(Reach, Box<Refusal>)> = None;
        let wanted = [Reach::Territory, Reach::Service, Reach::Caseload];
        for reach in wanted.into_iter().filter(|reach| self.reach.is_none_or(|asked| asked == *reach)) {
            let Some(scope) = self.scope(context, workplace, reach)? else { continue };
            match Plan::compile(&workplace.gate, &query(context, reach)) {
                Ok(plan) => {
                    let listing = plan.listing(scope).ok_or(AppError::Absent("list"))?;
                    return Ok(Seated { plan, listing });
                }
                Err(refusal) => refused = Some((reach, refusal)),
            }
        }
        let Some((reach, refusal)) = refused else { return Err(AppError::Absent("list")) };
        let record = RefusalRecord::of_query(&query(context, reach), &refusal);
        access::write_refusal(context, workplace, &record.reason)?;
        Err(AppError::Gate(refusal))
    }
}

fn query<'a>(context: &'a Context<'_>, reach: Reach) -> Query<'a> {
    Query {
        actor: context.actor,
        purpose: &context.purpose,
        channel: Channel::Screen,
        territory: context.territory,
        reach,
        now: context.now(),
    }
}
