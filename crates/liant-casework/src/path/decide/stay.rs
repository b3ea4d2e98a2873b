//! What is done in an accompaniment, and how it is made longer.

use jiff::civil::Date;
use liant_convention::Length;
use liant_model::AppointmentId;

use crate::clock::shift;
use crate::path::decide::{Ask, no, no_about};
use crate::path::tenure::{cap, days_after};
use crate::path::{Event, Log, Open, Reason, Refusal, Stay, Tenure, What};
use crate::programme::{Act, Code, Duration, During, Means, Outcome};

pub(super) fn record(
    ask: &Ask<'_>,
    act: &Code,
    outcome: Outcome,
    means: Option<Means>,
    appointment: Option<AppointmentId>,
) -> Result<Vec<Event>, Refusal> {
    let source = &ask.programme.ending.source;
    let rule = ask.programme.act(act);
    let rule = rule.ok_or_else(|| no_about(Reason::UnknownAct, "act.id", "", act))?;
    ask.only(&rule.by, "act.by", "")?;
    let log = stage(ask, rule)?;
    if outcome != Outcome::Kept && !rule.meets {
        return Err(no_about(Reason::NotMet, "act.meets", "", act));
    }
    if outcome == Outcome::Kept {
        if rule.meets && means.is_none() {
            return Err(no_about(Reason::MeansMissing, "act.meets", "", act));
        }
        ask.needs(&rule.after, log, None, ("act.after", source))?;
    }
    Ok(vec![ask.event(What::Acted { act: act.clone(), outcome, means, appointment })])
}

/// What was done in the stage that an act belongs to, when that is where the person stands.
pub(super) fn stage<'a>(ask: &Ask<'a>, act: &Act) -> Result<&'a Log, Refusal> {
    let open = ask.open()?;
    ask.not_before(open.since(), "command.on")?;
    let (during, log) = match open {
        Open::Relay(_) => return Err(no_about(Reason::WrongStage, "act.during", "", &act.id)),
        Open::Proposal(proposal) => (During::Proposal, &proposal.log),
        Open::Stay(stay) if stay.suspended.is_some() => (During::Suspension, &stay.log),
        Open::Stay(stay) => (During::Accompaniment, &stay.log),
    };
    if !act.during.contains(&during) {
        return Err(no_about(Reason::WrongStage, "act.during", "", &act.id));
    }
    if let Open::Stay(stay) = open {
        ask.right_lasts(stay)?;
        not_over(ask, stay, act)?;
    }
    Ok(log)
}

/// After the term only what closes the stay is recorded.
fn not_over(ask: &Ask<'_>, stay: &Stay, act: &Act) -> Result<(), Refusal> {
    let (Some(term), Some(rule)) = (stay.term, &ask.programme.duration) else { return Ok(()) };
    let closes = ask.programme.ending.needs.contains(&act.id) || rule.extension_needs.contains(&act.id);
    if closes || stay.suspended.is_some() || ask.on() <= grace(rule, term.day) {
        return Ok(());
    }
    Err(no_about(Reason::TermPassed, "duration.decided_until", &rule.source, &act.id))
}

/// The last day on which a stay that has come to its term may be decided upon.
fn grace(rule: &Duration, term: Date) -> Date {
    rule.decided_until.and_then(|grace| shift(term, grace, 1)).unwrap_or(term)
}

pub(super) fn extend(ask: &Ask<'_>, length: Length) -> Result<Vec<Event>, Refusal> {
    let stay = ask.stay()?;
    let Some((rule, term)) = ask.programme.duration.as_ref().zip(stay.term) else {
        return Err(no(Reason::NoTerm, "duration", ""));
    };
    ask.only(&rule.by, "duration.by", &rule.source)?;
    ask.right_lasts(stay)?;
    if !rule.extension.contains(&length) {
        return Err(no(Reason::LengthNotAllowed, "duration.extension", &rule.source));
    }
    let cap = with_work(
        rule,
        stay,
        cap(rule, ask.path.past(&ask.command.programme), stay.entered.on, stay.days_suspended),
    );
    if term.day >= cap {
        return Err(no(Reason::CapReached, "duration.total_most", &rule.source));
    }
    if ask.on() > grace(rule, term.day) {
        return Err(no(Reason::TermPassed, "duration.decided_until", &rule.source));
    }
    ask.needs(
        &rule.extension_needs,
        &stay.log,
        Some(stay.decided),
        ("duration.extension_needs", &rule.source),
    )?;
    let tenure = term.tenure.and(Tenure::of(length));
    let term = days_after(tenure.end(stay.entered.on), stay.days_suspended).min(cap);
    Ok(vec![ask.event(What::Extended { tenure, term })])
}

/// The cap, put off for someone who is followed in a job.
fn with_work(rule: &Duration, stay: &Stay, cap: Date) -> Date {
    let most = rule.in_employment.and_then(|most| shift(cap, most, 1));
    match (stay.in_work_until, most) {
        (Some(until), Some(most)) => cap.max(until.min(most)),
        _ => cap,
    }
}

pub(super) fn follow_into_work(ask: &Ask<'_>, until: Date) -> Result<Vec<Event>, Refusal> {
    ask.stay()?;
    let Some(rule) = ask.programme.duration.as_ref().filter(|rule| rule.in_employment.is_some()) else {
        return Err(no(Reason::NotInWork, "duration.in_employment", ""));
    };
    ask.only(&rule.by, "duration.by", &rule.source)?;
    if until <= ask.on() {
        return Err(no(Reason::TooEarly, "duration.in_employment", &rule.source));
    }
    Ok(vec![ask.event(What::FollowedIntoWork { until })])
}
