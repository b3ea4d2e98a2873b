use liant_model::Role;

use crate::path::{Event, What};
use crate::programme::{Code, Moment, Outcome, Programme};

/// The roles that are told of an event (*information des parties*), for someone who came by a route. The gate of the conventions
/// decides what they are told.
pub fn told<'p>(programme: &'p Programme, route: Option<&Code>, event: &Event) -> Vec<&'p Role> {
    let Some(moment) = moment(&event.what) else { return Vec::new() };
    let rules = programme.tells.iter().filter(|tell| tell.of.contains(&moment));
    let rules = rules.filter(|tell| tell.route.is_none() || tell.route.as_ref() == route);
    let mut told: Vec<&Role> = Vec::new();
    for role in rules.flat_map(|tell| &tell.to) {
        if !told.contains(&role) {
            told.push(role);
        }
    }
    told
}

/// The moment that an event is.
fn moment(what: &What) -> Option<Moment> {
    Some(match what {
        What::Relayed { .. } => Moment::Relayed,
        What::Sent { .. } => Moment::Sent,
        What::Accepted {} | What::Refused { .. } => Moment::Answered,
        What::Entered { .. } => Moment::Entered,
        What::Extended { .. } => Moment::Extended,
        What::Suspended { .. } => Moment::Suspended,
        What::Resumed { .. } => Moment::Resumed,
        What::Ended { .. } => Moment::Ended,
        What::Signed { .. } => Moment::ContractSigned,
        What::RightEnded { .. } => Moment::RightEnded,
        What::Oriented { .. } => Moment::Oriented,
        What::Released { vacant: true, .. } => Moment::Vacant,
        What::Acted { outcome: Outcome::Missed, .. } => Moment::Absence,
        What::Acted { act, outcome: Outcome::Kept, .. } => Moment::Act(act.clone()),
        _ => return None,
    })
}
