//! Orientation decisions (*décisions d'orientation*), and when one may change.

use crate::clock::shift;
use crate::path::decide::{Ask, no, no_about};
use crate::path::{Event, Open, Orientation, Reason, Refusal, Stay, What};
use crate::programme::{Code, Nature, OrientWhen, OrientationRule};

pub(super) fn orient(ask: &Ask<'_>, nature: Nature, reason: Option<&Code>) -> Result<Vec<Event>, Refusal> {
    let rule = ask.programme.orientation.as_ref().filter(|rule| !rule.by.is_empty());
    let rule = rule.ok_or_else(|| no(Reason::NotYours, "orientation.by", ""))?;
    ask.only(&rule.by, "orientation.by", &rule.source)?;
    if !rule.natures.contains(&nature) {
        return Err(no(Reason::UnknownNature, "orientation.natures", &rule.source));
    }
    kept_elsewhere(ask, nature)?;
    match (&ask.path.orientation, reason) {
        (None, None) => {}
        (None, Some(reason)) => {
            return Err(no_about(Reason::ReasonNotNow, "orientation.reason", &rule.source, reason));
        }
        (Some(_), None) => return Err(no(Reason::ReasonMissing, "orientation.reason", &rule.source)),
        (Some(held), Some(reason)) => may_change(ask, rule, held, reason)?,
    }
    Ok(vec![ask.event(What::Oriented { nature, reason: reason.cloned() })])
}

/// While someone is followed by a way that keeps her orientation, it stays what that programme takes.
fn kept_elsewhere(ask: &Ask<'_>, nature: Nature) -> Result<(), Refusal> {
    for (id, track) in &ask.path.tracks {
        let (version, route) = match &track.open {
            Some(Open::Stay(stay)) if stay.suspended.is_none() => (stay.version, &stay.route),
            Some(Open::Proposal(proposal)) => (proposal.version, &proposal.route),
            _ => continue,
        };
        let Some(programme) = ask.programmes.version(id, version) else { continue };
        let Some(route) = programme.route(route).filter(|route| route.keeps_orientation) else { continue };
        let takes = programme.orientation.as_ref().map_or(&[][..], |rule| &rule.on_entry);
        if !takes.contains(&nature) {
            return Err(no_about(Reason::OrientationKept, "route.keeps_orientation", &route.source, id));
        }
    }
    Ok(())
}

fn may_change(
    ask: &Ask<'_>,
    rule: &OrientationRule,
    held: &Orientation,
    reason: &Code,
) -> Result<(), Refusal> {
    ask.not_before(held.decided, "command.on")?;
    let unknown = || no_about(Reason::UnknownReason, "orientation.reason", &rule.source, reason);
    let known = rule.reasons.iter().find(|one| one.id == *reason).ok_or_else(unknown)?;
    let open = ask.path.open(&ask.command.programme);
    let stay = ask.path.stay(&ask.command.programme);
    let holds = match known.when {
        OrientWhen::AnyTime => true,
        OrientWhen::BeforeContract => open.is_some() && stay.is_none_or(|stay| stay.contract.is_none()),
        OrientWhen::EndOfContract => stay.is_some_and(|stay| contract_ends(ask, rule, stay)),
    };
    if holds {
        return Ok(());
    }
    Err(no_about(Reason::ReasonNotNow, "orientation.reason.when", &rule.source, reason))
}

/// Whether a contract is at its end: on its last day, or as long before as the rule says.
fn contract_ends(ask: &Ask<'_>, rule: &OrientationRule, stay: &Stay) -> bool {
    let Some(contract) = &stay.contract else { return false };
    let from = rule.end_from.and_then(|before| shift(contract.until, before, -1)).unwrap_or(contract.until);
    ask.on() >= from
}
