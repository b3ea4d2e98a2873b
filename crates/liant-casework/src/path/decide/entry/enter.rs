//! The entry itself (*entrée effective*).

use jiff::civil::Date;
use liant_model::{AccountId, Role};

use crate::clock::due_of;
use crate::path::decide::entry::{consent_holds, eligible, released};
use crate::path::decide::{Ask, no};
use crate::path::tenure::{cap, days_between};
use crate::path::{AtEntry, Entering, Event, Path, Proposal, Reason, Refusal, Tenure, What, fold};
use crate::programme::{Agreement, Code, Overdue, Route};

pub(in crate::path::decide) fn enter(ask: &Ask<'_>, entering: &Entering) -> Result<Vec<Event>, Refusal> {
    let (proposal, entry) = (ask.proposal()?, &ask.programme.entry);
    ask.only(&entry.by, "entry.by", &entry.source)?;
    let route = ask.programme.route(&proposal.route);
    let route = route.ok_or_else(|| no(Reason::RouteClosed, "route.id", ""))?;
    agreed(ask, proposal, route)?;
    consent_holds(ask)?;
    eligible(ask, &entering.facts)?;
    ask.needs(&entry.needs, &proposal.log, None, ("entry.needs", &entry.source))?;
    if entry.oriented && ask.path.orientation.is_none() {
        return Err(no(Reason::NotOriented, "entry.oriented", &entry.source));
    }
    let in_time = due_of(ask.programme, proposal).is_none_or(|due| ask.on() <= due);
    if !in_time && entry.overdue == Overdue::Lapses {
        return Err(no(Reason::Lapsed, "entry.overdue", &entry.source));
    }
    let granted = granted(ask, route, entering)?;
    let mut events = vec![ask.event(What::Entered {
        tenure: granted.map(|(tenure, _)| tenure),
        term: granted.map(|(_, term)| term),
        days: days_between(proposal.sent.on, ask.on()),
        in_time,
        keeps_orientation: route.keeps_orientation,
        orientation: at_entry(ask, route, entering),
    })];
    events.extend(suspensions(ask));
    let after = events.iter().fold(ask.path.clone(), fold);
    events.extend(named(ask, &after, route, &entering.referents)?);
    Ok(events)
}

fn agreed(ask: &Ask<'_>, proposal: &Proposal, route: &Route) -> Result<(), Refusal> {
    match proposal.accepted {
        Some(accepted) => ask.not_before(accepted, "command.on"),
        None if route.agreement == Agreement::Bilateral => {
            Err(no(Reason::NotAgreed, "route.agreement", &route.source))
        }
        None => Ok(()),
    }
}

/// What is granted at first, within what is left of the cap.
fn granted(ask: &Ask<'_>, route: &Route, entering: &Entering) -> Result<Option<(Tenure, Date)>, Refusal> {
    let Some(rule) = &ask.programme.duration else {
        return match entering.length {
            None => Ok(None),
            Some(_) => Err(no(Reason::LengthNotAllowed, "duration", "")),
        };
    };
    let Some(length) = entering.length.filter(|length| rule.initial.contains(length)) else {
        return Err(no(Reason::LengthNotAllowed, "duration.initial", &rule.source));
    };
    let agrees = |role: &Role| *role == ask.command.by || entering.agreed_by.contains(role);
    if !route.duration_by.iter().all(agrees) {
        return Err(no(Reason::NotConfirmed, "route.duration_by", &route.source));
    }
    let cap = cap(rule, ask.path.past(&ask.command.programme), ask.on(), 0);
    if cap <= ask.on() {
        return Err(no(Reason::CapReached, "duration.total_most", &rule.source));
    }
    let tenure = Tenure::of(length);
    Ok(Some((tenure, tenure.end(ask.on()).min(cap))))
}

fn at_entry(ask: &Ask<'_>, route: &Route, entering: &Entering) -> Option<AtEntry> {
    let rule = ask.programme.orientation.as_ref().filter(|rule| !rule.on_entry.is_empty())?;
    if entering.facts.against(&rule.when).is_some() {
        return None;
    }
    Some(match &ask.path.orientation {
        _ if route.keeps_orientation => AtEntry::Kept,
        None => AtEntry::New,
        Some(held) if rule.on_entry.contains(&held.nature) => AtEntry::Kept,
        Some(_) => AtEntry::ToChange,
    })
}

/// What stops while this programme goes before, and who leaves her place: all but those who stay on watch.
fn suspensions(ask: &Ask<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for stops in &ask.programme.suspends {
        let running = ask.path.stay(&stops.programme).filter(|stay| stay.suspended.is_none());
        let Some(stay) = running else { continue };
        if let Some(term) = stay.term.filter(|term| term.day < ask.on()) {
            let what =
                What::Ended { exit: stops.otherwise.clone(), next: Some(ask.command.programme.clone()) };
            events.push(ask.event_in(&stops.programme, term.day, what));
            events.extend(released(ask, &stops.programme));
            continue;
        }
        let before = What::Suspended { before: ask.command.programme.clone() };
        events.push(ask.event_in(&stops.programme, ask.on(), before));
        let other = ask.programmes.version(&stops.programme, stay.version);
        let watches = |role: &Role| other.and_then(|one| one.role(role)).is_some_and(|role| role.watches);
        let leaving = released(ask, &stops.programme).into_iter().filter(|event| match &event.what {
            What::Released { place, .. } => {
                ask.path.referents.get(place).is_none_or(|held| !watches(&held.role))
            }
            _ => true,
        });
        events.extend(leaving);
    }
    events
}

/// The people who take their place at the entry. Everyone whom the rule asks for must be there in the end.
fn named(
    ask: &Ask<'_>,
    path: &Path,
    route: &Route,
    referents: &[(Role, AccountId)],
) -> Result<Vec<Event>, Refusal> {
    let mut events: Vec<Event> = Vec::new();
    let mut after = path.clone();
    for (role, who) in referents {
        if let Some(event) = super::super::referents::named(ask, &after, role, *who)? {
            after = fold(after, &event);
            events.push(event);
        }
    }
    let entry = &ask.programme.entry;
    let wanted = if route.names.is_empty() { &entry.names } else { &route.names };
    let has_places = ask.programme.roles.iter().any(|role| role.kind.is_some());
    let anyone = || after.referents.values().any(|held| held.programme == ask.command.programme);
    if wanted.is_empty() && has_places && !anyone() {
        return Err(no(Reason::ReferentMissing, "entry.names", &entry.source));
    }
    for role in wanted {
        let place = ask.programme.role(role).and_then(|rule| rule.kind.clone());
        let there = |place: &Code| after.referents.get(place).is_some_and(|held| held.role == *role);
        if !place.as_ref().is_some_and(there) {
            let refusal = no(Reason::ReferentMissing, "entry.names", &entry.source);
            return Err(Refusal { about: place, ..refusal });
        }
    }
    Ok(events)
}
