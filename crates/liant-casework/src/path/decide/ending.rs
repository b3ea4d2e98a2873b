//! How an accompaniment ends, and what is taken up again.

use jiff::civil::Date;

use crate::path::decide::entry::{closed, released};
use crate::path::decide::{Ask, no, no_about};
use crate::path::fold::resumed_term;
use crate::path::{Event, Open, Reason, Refusal, Stay, What};
use crate::programme::{Code, Suspends};

/// The person withdraws: whoever works in the programme records it, and it needs no act of anybody.
pub(super) fn withdraw(ask: &Ask<'_>) -> Result<Vec<Event>, Refusal> {
    let (open, ending) = (ask.open()?, &ask.programme.ending);
    let exit = ending.withdrawal.as_ref();
    let exit = exit.ok_or_else(|| no(Reason::MayNotWithdraw, "ending.withdrawal", &ending.source))?;
    ask.ours()?;
    ask.not_before(open.since(), "command.on")?;
    match open {
        Open::Relay(_) | Open::Proposal(_) => Ok(closed(ask, What::ProposalWithdrawn {})),
        Open::Stay(_) => Ok(over(ask, ask.any_stay()?, exit, None)),
    }
}

pub(super) fn end(ask: &Ask<'_>, exit: &Code, next: Option<&Code>) -> Result<Vec<Event>, Refusal> {
    let (stay, ending) = (ask.any_stay()?, &ask.programme.ending);
    ask.only(&ending.by, "ending.by", &ending.source)?;
    let rule = ask.programme.exit(exit);
    let rule = rule.ok_or_else(|| no_about(Reason::UnknownExit, "exit.id", &ending.source, exit))?;
    if !rule.at_once {
        ask.needs(&ending.needs, &stay.log, Some(stay.decided), ("ending.needs", &ending.source))?;
        if ending.says_next && next.is_none() {
            return Err(no(Reason::NextMissing, "ending.says_next", &ending.source));
        }
    }
    if let Some(next) = next.filter(|next| ask.programmes.on(next, ask.on()).is_none()) {
        return Err(no_about(Reason::UnknownProgramme, "ending.says_next", &ending.source, next));
    }
    Ok(over(ask, stay, exit, next))
}

/// The end, on its term at the latest: what is recorded late does not make the stay longer.
fn over(ask: &Ask<'_>, stay: &Stay, exit: &Code, next: Option<&Code>) -> Vec<Event> {
    let on = last_day(ask, stay);
    let what = What::Ended { exit: exit.clone(), next: next.cloned() };
    let mut events = vec![ask.event_in(&ask.command.programme, on, what)];
    events.extend(released(ask, &ask.command.programme));
    for stops in &ask.programme.suspends {
        events.extend(taken_up(ask, stops, exit, next, on));
    }
    events
}

fn last_day(ask: &Ask<'_>, stay: &Stay) -> Date {
    let running = stay.suspended.is_none();
    let term = stay.term.filter(|_| running).map_or(ask.on(), |term| term.day.min(ask.on()));
    stay.right_ended.map_or(term, |(_, tail_end)| term.min(tail_end)).max(stay.entered.on)
}

/// What becomes of a programme that stood still: the person goes back to it, or it ends too.
fn taken_up(ask: &Ask<'_>, stops: &Suspends, exit: &Code, next: Option<&Code>, on: Date) -> Vec<Event> {
    let stay = ask.path.stay(&stops.programme);
    let Some((stay, since)) = stay.and_then(|stay| Some((stay, stay.suspended?))) else { return Vec::new() };
    let on = on.max(since.on);
    if next == Some(&stops.programme) {
        let term = resumed_term(stay, on);
        let mut events = vec![ask.event_in(&stops.programme, on, What::Resumed { term })];
        events.extend(left_empty(ask, &stops.programme, stay, on));
        return events;
    }
    // Who died, or left, did so there as here.
    let same = ask.programmes.version(&stops.programme, stay.version).and_then(|other| other.exit(exit));
    let exit = same.filter(|exit| exit.at_once).map_or(&stops.otherwise, |exit| &exit.id);
    let what = What::Ended { exit: exit.clone(), next: next.cloned() };
    let mut events = vec![ask.event_in(&stops.programme, on, what)];
    events.extend(released(ask, &stops.programme));
    events
}

/// The places of a programme that is taken up again which nobody holds any more, since whoever held them left when it was suspended: each
/// is vacant, and somebody is to be named.
fn left_empty(ask: &Ask<'_>, programme: &Code, stay: &Stay, on: Date) -> Vec<Event> {
    let Some(rules) = ask.programmes.version(programme, stay.version) else { return Vec::new() };
    let places = rules.entry.names.iter().filter_map(|role| rules.role(role)?.kind.as_ref());
    let is_empty = |place: &&Code| {
        ask.path.referents.get(*place).is_none_or(|held| held.programme == ask.command.programme)
    };
    let vacant = |place: &Code| What::Released { place: place.clone(), vacant: true };
    places.filter(is_empty).map(|place| ask.event_in(programme, on, vacant(place))).collect()
}
