use liant_convention::{Channel, Query, Reach, Refusal};
use liant_guard::{Listing, Plan, RefusalRecord, Scope};
use liant_model::{AccountId, OrganisationId};

use crate::{AppError, Context, Workplace, access, lookups};

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
    /// The seat, with what it leaves open taken from where the actor of the context sits.
    fn or(self, context: &Context<'_>) -> Self {
        Self {
            account: self.account.or(context.seat.account),
            organisation: self.organisation.or(context.seat.organisation),
            ..self
        }
    }

    /// The scope of a reach, if she has one there. A local service sees those who live in its communes, another
    /// organisation those whom its people follow; a body that has services under it sees theirs.
    pub(crate) fn scope(
        self,
        context: &Context<'_>,
        workplace: &Workplace,
        reach: Reach,
    ) -> Result<Option<Scope>, AppError> {
        Ok(match (reach, self.account, self.organisation) {
            (Reach::Territory, _, _) => Some(Scope::Territory),
            (Reach::Designated, Some(account), Some(organisation)) => {
                Some(Scope::Designated(account, organisation))
            }
            (Reach::Caseload, Some(account), Some(organisation)) => {
                Some(Scope::Caseload(account, organisation))
            }
            (Reach::Service, _, Some(organisation)) => {
                let (has_services, communes) = workplace.store.read(context.territory, |snapshot| {
                    Ok((snapshot.has_services(organisation)?, snapshot.communes_of(organisation)?))
                })?;
                Some(match (has_services, communes.is_empty()) {
                    (true, _) => Scope::Body(organisation),
                    (false, false) => Scope::Service(organisation),
                    (false, true) => Scope::Followed(organisation),
                })
            }
            _ => None,
        })
    }

    /// The plan of the widest reach that is given, and who may be listed by it. A refusal is audited.
    pub(super) fn take(&self, context: &Context<'_>, workplace: &Workplace) -> Result<Seated, AppError> {
        self.take_for(context, workplace, Channel::Screen)
    }

    /// The same, for another channel than a screen.
    pub(super) fn take_for(
        &self,
        context: &Context<'_>,
        workplace: &Workplace,
        channel: Channel,
    ) -> Result<Seated, AppError> {
        lookups::not_blocked(context, workplace)?;
        let mut refused: Option<(Reach, Box<Refusal>)> = None;
        let wanted = [Reach::Territory, Reach::Service, Reach::Caseload, Reach::Designated];
        let seat = self.or(context);
        for reach in wanted.into_iter().filter(|reach| self.reach.is_none_or(|asked| asked == *reach)) {
            let Some(scope) = seat.scope(context, workplace, reach)? else { continue };
            match Plan::compile(context.gate(workplace)?, &query(context, reach, channel)) {
                Ok(plan) => {
                    let listing = plan.listing(scope).ok_or(AppError::Absent("list"))?;
                    return Ok(Seated { plan, listing });
                }
                Err(refusal) => refused = Some((reach, refusal)),
            }
        }
        let Some((reach, refusal)) = refused else { return Err(AppError::Absent("list")) };
        let record = RefusalRecord::of_query(&query(context, reach, channel), &refusal);
        access::write_refusal(context, workplace, &record.reason)?;
        Err(AppError::Gate(refusal))
    }
}

impl Seat {
    /// Whether a clause lets the actor have anything by this channel, as far as she may look. Asks, and does nothing: it leaves no trace.
    pub(super) fn may(&self, context: &Context<'_>, workplace: &Workplace, channel: Channel) -> bool {
        let Ok(gate) = context.gate(workplace) else { return false };
        let reaches = [Reach::Territory, Reach::Service, Reach::Caseload, Reach::Designated].into_iter();
        reaches
            .filter(|reach| self.reach.is_none_or(|asked| asked == *reach))
            .any(|reach| Plan::compile(gate, &query(context, reach, channel)).is_ok())
    }
}

pub(crate) fn query<'a>(context: &'a Context<'_>, reach: Reach, channel: Channel) -> Query<'a> {
    Query {
        actor: context.actor,
        purpose: &context.purpose,
        channel,
        territory: context.territory,
        reach,
        now: context.now(),
    }
}
