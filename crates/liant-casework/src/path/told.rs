use liant_model::Role;

use crate::path::{Event, What};
use crate::programme::{Code, Moment, Outcome, Programme, Route};

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

/// Whether a role is told (*information des parties*) of what goes by a route of an experiment, at whose ends it is not. Of the other routes those at
/// their ends alone are.
pub fn is_told(programme: &Programme, role: &Role, route: &Route) -> bool {
    let of_it = programme.tells.iter().filter(|tell| tell.route.as_ref().is_none_or(|id| *id == route.id));
    let is_end = route.from.contains(role) || route.to == *role;
    route.experiment.is_some() && !is_end && of_it.flat_map(|tell| &tell.to).any(|to| to == role)
}

/// Whether a role has part in what began by a route. What began by an experiment is its pair's, and theirs who are told of it; who works in
/// the programme by an experiment alone has part in nothing else of it. A role that no route names is bound by the conventions alone.
pub fn has_part(programme: &Programme, role: &Role, route: &Route) -> bool {
    let takes = |way: &&Route| way.from.contains(role) || way.to == *role || way.names.contains(role);
    if takes(&route) || is_told(programme, role, route) {
        return true;
    }
    let ways: Vec<&Route> = programme.routes.iter().filter(takes).collect();
    let outside = route.experiment.is_none() && ways.iter().any(|way| way.experiment.is_none());
    ways.is_empty() || outside
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
