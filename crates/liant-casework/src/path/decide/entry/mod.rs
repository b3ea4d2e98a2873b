//! From detection to the answer: consent, proposal, relay, acceptance, refusal.

pub(super) mod enter;

use liant_model::Role;

use crate::FormModel;
use crate::path::decide::{Ask, no, no_about};
use crate::path::{Event, Facts, Open, Proposing, Reason, Refusal, Stay, What};
use crate::programme::{Agreement, Code, Experiment, Programme, Route};

pub(super) fn give_consent(ask: &Ask<'_>, consent: &Code) -> Result<Vec<Event>, Refusal> {
    let rule = ask.programme.entry.consent.as_ref().filter(|rule| rule.id == *consent);
    let unknown = || no_about(Reason::UnknownConsent, "entry.consent", &ask.programme.entry.source, consent);
    let rule = rule.ok_or_else(unknown)?;
    ask.only(&rule.by, "entry.consent.by", &rule.source)?;
    Ok(vec![ask.event(What::ConsentGiven { consent: consent.clone() })])
}

/// Anyone records that a person takes her consent back; proposals that rest on it end with it.
pub(super) fn withdraw_consent(ask: &Ask<'_>, consent: &Code) -> Result<Vec<Event>, Refusal> {
    let given = ask.path.consents.get(consent);
    let given = given.ok_or_else(|| no_about(Reason::NoConsent, "entry.consent", "", consent))?;
    ask.ours()?;
    ask.not_before(*given, "command.on")?;
    let mut events = vec![ask.event(What::ConsentWithdrawn { consent: consent.clone() })];
    for (id, track) in &ask.path.tracks {
        let Some(open) = track.open.as_ref().filter(|open| !matches!(open, Open::Stay(_))) else { continue };
        let programme = ask.programmes.version(id, open.version());
        let rests = programme.and_then(|programme| programme.entry.consent.as_ref());
        if rests.is_some_and(|rule| rule.id == *consent) {
            events.push(ask.event_in(id, ask.on(), What::ProposalWithdrawn {}));
            events.extend(released(ask, id));
        }
    }
    Ok(events)
}

pub(super) fn propose(ask: &Ask<'_>, proposing: &Proposing) -> Result<Vec<Event>, Refusal> {
    if ask.path.open(&ask.command.programme).is_some() {
        return Err(no(Reason::AlreadyOpen, "entry", &ask.programme.entry.source));
    }
    let past = ask.path.past(&ask.command.programme).last();
    if past.is_some_and(|past| ask.on() < past.ended) {
        return Err(no(Reason::TooEarly, "command.on", &ask.programme.entry.source));
    }
    let route = the_route(ask, proposing)?;
    let (version, id) = (ask.programme.version, route.id.clone());
    let what = match route.agreement {
        Agreement::Relay => What::Relayed { version, route: id, form: proposing.form },
        Agreement::Tacit | Agreement::Bilateral => What::Sent { version, route: id, form: proposing.form },
    };
    Ok(vec![ask.event(what)])
}

/// Hands on what was proposed to the one who alone talks to the partner.
pub(super) fn forward(ask: &Ask<'_>, proposing: &Proposing) -> Result<Vec<Event>, Refusal> {
    let Open::Relay(relay) = ask.open()? else {
        return Err(no(Reason::WrongStage, "route.agreement", &ask.programme.entry.source));
    };
    ask.not_before(relay.since, "command.on")?;
    if let Some(held) = ask.programme.route(&relay.route) {
        ask.only(std::slice::from_ref(&held.to), "route.to", &held.source)?;
    }
    let route = the_route(ask, proposing)?;
    // What the partner's form says goes on where it is the form of this route, unless it was filled in anew.
    let goes_on = relay.form.filter(|form| FormModel::of_route(route) == Some(form.model));
    let (route, form) = (route.id.clone(), proposing.form.or(goes_on));
    Ok(vec![ask.event(What::Sent { version: relay.version, route, form })])
}

/// The first route that fits. Consent and the entry rule come first: without them nothing is sent by any way.
fn the_route<'a>(ask: &Ask<'a>, proposing: &Proposing) -> Result<&'a Route, Refusal> {
    consent_holds(ask)?;
    eligible(ask, &proposing.facts)?;
    let programme = ask.programme;
    let ways = programme
        .routes
        .iter()
        .filter(|route| route.from.contains(&ask.command.by) && route.to == proposing.to);
    let mut refusal = no(Reason::NoRoute, "route.from", &programme.entry.source);
    for route in ways {
        match fits(ask, programme, route, proposing) {
            Ok(()) => return its_form(route, proposing),
            Err(reason) => refusal = reason,
        }
    }
    Err(refusal)
}

/// A route, unless a form was filled in that is of another: the route decides which form it is, never the form the route.
fn its_form<'a>(route: &'a Route, proposing: &Proposing) -> Result<&'a Route, Refusal> {
    if proposing.form.is_some_and(|form| FormModel::of_route(route) != Some(form.model)) {
        return Err(no(Reason::OtherForm, "route.form", &route.source));
    }
    Ok(route)
}

fn fits(ask: &Ask<'_>, programme: &Programme, route: &Route, proposing: &Proposing) -> Result<(), Refusal> {
    if let Some(against) = proposing.facts.against(&route.when) {
        return Err(no_about(Reason::RouteClosed, "route.when", &route.source, &against));
    }
    let experiment = route.experiment.as_ref().and_then(|id| programme.experiment(id));
    if let Some(experiment) = experiment.filter(|one| !runs(ask, one, proposing)) {
        return Err(no_about(Reason::OutsideExperiment, "experiment", &experiment.source, &experiment.id));
    }
    if let Some(within) = &route.within {
        let stay = ask.path.stay(within);
        let runs = |stay: &Stay| {
            let over = stay.term.is_some_and(|term| term.day < ask.on());
            stay.suspended.is_none() && stay.entered.on <= ask.on() && !over
        };
        if !stay.is_some_and(runs) {
            return Err(no_about(Reason::NotWithin, "route.within", &route.source, within));
        }
    }
    let agrees = |role: &Role| *role == ask.command.by || proposing.confirmed_by.contains(role);
    if !route.confirmed_by.iter().all(agrees) {
        return Err(no(Reason::NotConfirmed, "route.confirmed_by", &route.source));
    }
    Ok(())
}

/// Whether an experiment takes someone in: there, then, and her.
fn runs(ask: &Ask<'_>, experiment: &Experiment, proposing: &Proposing) -> bool {
    let day = ask.on();
    let here = proposing.zone.as_ref().is_some_and(|zone| experiment.zones.iter().any(|one| one.id == *zone));
    here && day >= experiment.from
        && experiment.until.is_none_or(|until| day <= until)
        && proposing.facts.against(&experiment.condition).is_none()
}

pub(super) fn consent_holds(ask: &Ask<'_>) -> Result<(), Refusal> {
    let Some(rule) = &ask.programme.entry.consent else { return Ok(()) };
    if ask.path.consents.get(&rule.id).is_some_and(|given| given.on <= ask.on()) {
        return Ok(());
    }
    Err(no_about(Reason::NoConsent, "entry.consent", &rule.source, &rule.id))
}

pub(super) fn eligible(ask: &Ask<'_>, facts: &Facts) -> Result<(), Refusal> {
    let entry = &ask.programme.entry;
    match facts.against(&entry.condition) {
        Some(against) => Err(no_about(Reason::NotEligible, "entry.requires", &entry.source, &against)),
        None => Ok(()),
    }
}

pub(super) fn accept(ask: &Ask<'_>) -> Result<Vec<Event>, Refusal> {
    let proposal = ask.proposal()?;
    let route = asked(ask)?;
    if proposal.accepted.is_some() {
        return Err(no(Reason::AlreadyAnswered, "route.agreement", &route.source));
    }
    ask.needs(&route.needs, &proposal.log, None, ("route.needs", &route.source))?;
    Ok(vec![ask.event(What::Accepted {})])
}

pub(super) fn refuse(ask: &Ask<'_>, reason: &Code) -> Result<Vec<Event>, Refusal> {
    let open = ask.open()?;
    ask.not_before(open.since(), "command.on")?;
    match open {
        Open::Relay(relay) => {
            if let Some(held) = ask.programme.route(&relay.route) {
                ask.only(std::slice::from_ref(&held.to), "route.to", &held.source)?;
            }
        }
        Open::Proposal(proposal) => {
            let route = asked(ask)?;
            if proposal.accepted.is_some() {
                return Err(no(Reason::AlreadyAnswered, "route.agreement", &route.source));
            }
        }
        Open::Stay(_) => return Err(no(Reason::WrongStage, "entry", "")),
    }
    coded(ask, reason)?;
    Ok(closed(ask, What::Refused { reason: reason.clone() }))
}

/// The route of a proposal that its receiver is to answer.
fn asked<'a>(ask: &Ask<'a>) -> Result<&'a Route, Refusal> {
    let route = ask.programme.route(ask.open()?.route());
    let route = route.ok_or_else(|| no(Reason::RouteClosed, "route.id", ""))?;
    ask.only(std::slice::from_ref(&route.to), "route.to", &route.source)?;
    if route.agreement == Agreement::Bilateral {
        return Ok(route);
    }
    Err(no(Reason::NoAnswerNeeded, "route.agreement", &route.source))
}

pub(super) fn drop_proposal(ask: &Ask<'_>, reason: &Code) -> Result<Vec<Event>, Refusal> {
    let (proposal, entry) = (ask.proposal()?, &ask.programme.entry);
    ask.only(&entry.by, "entry.by", &entry.source)?;
    if entry.drop_after.is_none_or(|least| proposal.log.absences() < least) {
        return Err(no(Reason::TooFewAbsences, "entry.drop_after_absences", &entry.source));
    }
    coded(ask, reason)?;
    Ok(closed(ask, What::Dropped { reason: reason.clone() }))
}

fn coded(ask: &Ask<'_>, reason: &Code) -> Result<(), Refusal> {
    if ask.programme.refusals.iter().any(|one| one.id == *reason) {
        return Ok(());
    }
    Err(no_about(Reason::UnknownReason, "refusal.id", "", reason))
}

/// The end of a proposal: whoever was named for it is free again.
pub(super) fn closed(ask: &Ask<'_>, what: What) -> Vec<Event> {
    let mut events = vec![ask.event(what)];
    events.extend(released(ask, &ask.command.programme));
    events
}

/// Everyone who held a place in a programme leaves it.
pub(super) fn released(ask: &Ask<'_>, programme: &Code) -> Vec<Event> {
    let held = ask.path.referents.iter().filter(|(_, referent)| referent.programme == *programme);
    held.map(|(place, _)| {
        ask.event_in(programme, ask.on(), What::Released { place: place.clone(), vacant: false })
    })
    .collect()
}
