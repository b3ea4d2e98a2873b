//! Appointments: fixed, moved, cancelled, and what became of them.

use liant_model::AppointmentId;

use crate::path::decide::{Ask, no, no_about, stay};
use crate::path::{Appointment, AppointmentState, Event, Meeting, Reason, Refusal, What};
use crate::programme::{Code, Means, Outcome};

pub(super) fn fix(ask: &Ask<'_>, id: AppointmentId, meeting: &Meeting) -> Result<Vec<Event>, Refusal> {
    if ask.path.appointment(&ask.command.programme, id).is_some() {
        return Err(no(Reason::Stale, "command.expected", ""));
    }
    may_be(ask, meeting)?;
    Ok(vec![ask.event(What::AppointmentFixed { appointment: id, meeting: meeting.clone() })])
}

pub(super) fn put_off(ask: &Ask<'_>, id: AppointmentId, meeting: &Meeting) -> Result<Vec<Event>, Refusal> {
    let before = standing(ask, id)?;
    if before.meeting.act != meeting.act {
        return Err(no_about(Reason::OtherAct, "act.id", "", &before.meeting.act));
    }
    may_be(ask, meeting)?;
    if before.meeting == *meeting {
        return Err(no(Reason::NothingChanges, "reminders", ""));
    }
    Ok(vec![ask.event(What::AppointmentMoved { appointment: id, meeting: meeting.clone() })])
}

pub(super) fn cancel(ask: &Ask<'_>, id: AppointmentId) -> Result<Vec<Event>, Refusal> {
    let one = standing(ask, id)?;
    only_by(ask, &one.meeting.act)?;
    Ok(vec![ask.event(What::AppointmentCancelled { appointment: id })])
}

/// What became of an appointment. Of one that she missed it may still be said that she is excused.
pub(super) fn settle(
    ask: &Ask<'_>,
    id: AppointmentId,
    act: &Code,
    (outcome, means): (Outcome, Option<Means>),
) -> Result<Vec<Event>, Refusal> {
    let one = known(ask, id)?;
    if one.meeting.act != *act {
        return Err(no_about(Reason::OtherAct, "act.id", "", &one.meeting.act));
    }
    match (one.state, outcome) {
        (AppointmentState::Standing | AppointmentState::Missed(_), Outcome::Excused) => {}
        // Before its hour nobody has come, and nobody is absent.
        (AppointmentState::Standing, _) if !has_come(ask, one) => {
            return Err(no(Reason::NotYet, "appointment.at", ""));
        }
        (AppointmentState::Standing, _) => {}
        _ => return Err(no(Reason::Settled, "appointment", "")),
    }
    let means = if outcome == Outcome::Kept { means.or(Some(one.meeting.means)) } else { None };
    stay::record(ask, act, outcome, means, Some(id))
}

/// Whether its hour has come, on the day that what became of it is recorded for.
fn has_come(ask: &Ask<'_>, one: &Appointment) -> bool {
    one.meeting.moment(&ask.programme.calendar.zone) <= ask.now && ask.on() >= one.day()
}

fn known<'a>(ask: &Ask<'a>, id: AppointmentId) -> Result<&'a Appointment, Refusal> {
    ask.open()?;
    let found = ask.path.appointment(&ask.command.programme, id);
    found.ok_or_else(|| no(Reason::NoAppointment, "appointment", ""))
}

fn standing<'a>(ask: &Ask<'a>, id: AppointmentId) -> Result<&'a Appointment, Refusal> {
    let one = known(ask, id)?;
    if one.stands() { Ok(one) } else { Err(no(Reason::Settled, "appointment", "")) }
}

fn only_by(ask: &Ask<'_>, act: &Code) -> Result<(), Refusal> {
    let rule = ask.programme.act(act);
    let rule = rule.ok_or_else(|| no_about(Reason::UnknownAct, "act.id", "", act))?;
    ask.only(&rule.by, "act.by", "")
}

/// Refuses a meeting that may not be: an act at which nobody is met or that is not for the stage, an hour that is past or that no clock
/// shows, or one too far off.
fn may_be(ask: &Ask<'_>, meeting: &Meeting) -> Result<(), Refusal> {
    only_by(ask, &meeting.act)?;
    let rule = ask.programme.act(&meeting.act);
    let rule = rule.ok_or_else(|| no_about(Reason::UnknownAct, "act.id", "", &meeting.act))?;
    if !rule.meets {
        return Err(no_about(Reason::NotMet, "act.meets", "", &meeting.act));
    }
    stay::stage(ask, rule)?;
    let zone = &ask.programme.calendar.zone;
    if !meeting.is_an_hour(zone) {
        return Err(no(Reason::NoSuchHour, "calendar.zone", ""));
    }
    if meeting.moment(zone) <= ask.now {
        return Err(no(Reason::HourPast, "appointment.at", ""));
    }
    let reminders = ask.programme.reminders.as_ref();
    let last = reminders.and_then(|rule| crate::clock::shift(ask.on(), rule.ahead?, 1));
    if last.is_some_and(|last| meeting.at.date() > last) {
        let source = reminders.map_or("", |rule| rule.source.as_str());
        return Err(no(Reason::TooFarOff, "reminders.ahead", source));
    }
    Ok(())
}
