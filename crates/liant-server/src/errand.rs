use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use liant_app::people::Seat;
use liant_app::{Context, casework};
use liant_model::{Actor, Clock, Purpose, Territory, TraceId};

use crate::Site;
use crate::facts::Facts;
use crate::failure::Failure;
use crate::routes::Access;

/// Who acts, why, for whose people, in which request: what a handler hands to [`Site::act`]. The purpose is the
/// route's: a handler cannot choose another.
#[derive(Clone, Debug)]
pub struct Errand {
    /// Who acts.
    pub actor: Actor,
    /// Why.
    pub purpose: Purpose,
    /// Whose people.
    pub territory: Territory,
    trace: TraceId,
    seat: Seat,
}

impl Errand {
    pub(crate) fn context<'a>(&'a self, clock: &'a dyn Clock) -> Context<'a> {
        let asked = (&self.actor, self.purpose.clone(), self.territory, clock);
        Context::within(self.trace, self.seat, asked)
    }
}

impl FromRequestParts<Site> for Errand {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Failure> {
        let facts = parts.extensions.get::<Arc<Facts>>().ok_or_else(|| Failure::internal("no facts"))?;
        let (Some(route), Some(person)) = (facts.route(), facts.visitor().signed_in()) else {
            return Err(Failure::internal("an errand of nobody"));
        };
        let purpose = match (route.access, route.access.purpose(&person.actor.role)) {
            (Access::Casework { .. }, _) => casework::purpose(&person.actor)?,
            (_, Some(purpose)) => {
                Purpose::parse(purpose).map_err(|error| Failure::internal(error.to_string()))?
            }
            (_, None) => return Err(Failure::internal("an errand on a route without a purpose")),
        };
        Ok(Self {
            actor: person.actor.clone(),
            purpose,
            territory: person.seat.territory,
            trace: facts.trace(),
            seat: Seat {
                account: Some(person.account),
                organisation: Some(person.seat.organisation),
                reach: None,
            },
        })
    }
}
