use std::collections::{BTreeMap, BTreeSet};

use liant_model::Role;

use crate::path::tenure::{days_after, days_between};
use crate::path::{
    Appointment, AppointmentState, Contract, Done, Event, Log, Mark, Open, Orientation, Past, Path, Proposal,
    Referent, Relay, Stay, Term, Track, What, Written,
};
use crate::programme::{Code, Means, Outcome};

/// A path, after one more event. What an event cannot be about (an act of someone who is not followed) changes nothing but the
/// version: history is never refused.
#[must_use]
pub fn fold(mut path: Path, event: &Event) -> Path {
    path.version += 1;
    let mark = Mark { on: event.on, at: event.at, nth: path.version };
    match &event.what {
        What::ConsentGiven { consent } => {
            path.consents.insert(consent.clone(), mark);
        }
        What::ConsentWithdrawn { consent } => {
            path.consents.remove(consent);
        }
        What::Oriented { nature, .. } => {
            path.orientation = Some(Orientation { nature: *nature, decided: mark });
        }
        What::Named { role, place, who } => name(&mut path, event, mark, role, place, *who),
        What::Released { place, vacant } => {
            path.referents.remove(place);
            if let Some(stay) = stay_mut(&mut path, &event.programme).filter(|_| *vacant) {
                stay.vacant.insert(place.clone(), mark);
            }
        }
        What::AppointmentFixed { .. } | What::AppointmentMoved { .. } | What::AppointmentCancelled { .. } => {
            appoint(path.tracks.entry(event.programme.clone()).or_default(), &event.what, mark);
        }
        What::WorkingRecord { party, entry } => {
            let track = path.tracks.entry(event.programme.clone()).or_default();
            let record = track.records.entry(party.clone()).or_default();
            record.write(entry, Written { on: event.on, at: event.at });
        }
        _ => track(&mut path, event, mark),
    }
    path
}

fn name(path: &mut Path, event: &Event, mark: Mark, role: &Role, place: &Code, who: liant_model::AccountId) {
    let referent = Referent { role: role.clone(), who, programme: event.programme.clone(), since: mark };
    path.referents.insert(place.clone(), referent);
    if let Some(stay) = stay_mut(path, &event.programme) {
        stay.vacant.remove(place);
        stay.stood.insert(role.clone());
    }
}

fn stay_mut<'p>(path: &'p mut Path, programme: &Code) -> Option<&'p mut Stay> {
    match path.tracks.get_mut(programme)?.open.as_mut()? {
        Open::Stay(stay) => Some(stay),
        _ => None,
    }
}

/// What happens to someone in one programme.
fn track(path: &mut Path, event: &Event, mark: Mark) {
    let beside = path.referents.values().filter(|held| held.programme == event.programme);
    let beside: BTreeSet<Role> = match &event.what {
        What::Entered { .. } => beside.map(|held| held.role.clone()).collect(),
        _ => BTreeSet::new(),
    };
    let track = path.tracks.entry(event.programme.clone()).or_default();
    let excused = settle(track, &event.what, mark);
    match (&event.what, &mut track.open) {
        (What::Relayed { version, route, form }, open) => {
            let (version, route, form) = (*version, route.clone(), *form);
            *open = Some(Open::Relay(Relay { version, route, since: mark, form }));
        }
        (What::Sent { version, route, .. }, open) => {
            *open = Some(Open::Proposal(Proposal {
                version: *version,
                route: route.clone(),
                sent: mark,
                accepted: None,
                log: Log::default(),
            }));
        }
        (What::Accepted {}, Some(Open::Proposal(proposal))) => proposal.accepted = Some(mark),
        (
            What::Refused { .. } | What::Dropped { .. } | What::ProposalWithdrawn {},
            open @ Some(Open::Relay(_) | Open::Proposal(_)),
        ) => *open = None,
        (What::Entered { .. }, open) => enter(open, event, mark, beside),
        (What::Acted { act, outcome, means, .. }, Some(Open::Proposal(proposal))) => {
            proposal.log.missed.retain(|one| Some(*one) != excused);
            acted(&mut proposal.log, act, *outcome, *means, mark);
        }
        (What::Acted { act, outcome, means, .. }, Some(Open::Stay(stay))) => {
            stay.log.missed.retain(|one| Some(*one) != excused);
            acted(&mut stay.log, act, *outcome, *means, mark);
        }
        (What::Ended { exit, .. }, open) => {
            if let Some(Open::Stay(stay)) = open.take() {
                track.past.push(past(&stay, mark, exit));
            }
        }
        (_, Some(Open::Stay(stay))) => stay_goes_on(stay, event, mark),
        _ => {}
    }
}

/// An appointment that is fixed, moved or cancelled.
fn appoint(track: &mut Track, what: &What, mark: Mark) {
    match what {
        What::AppointmentFixed { appointment, meeting } => track.appointments.push(Appointment {
            id: *appointment,
            meeting: meeting.clone(),
            moved: 0,
            said: mark,
            state: AppointmentState::Standing,
        }),
        What::AppointmentMoved { appointment, meeting } => {
            for one in track.appointments.iter_mut().filter(|one| one.id == *appointment && one.stands()) {
                (one.meeting, one.moved, one.said) = (meeting.clone(), one.moved + 1, mark);
            }
        }
        What::AppointmentCancelled { appointment } => {
            for one in track.appointments.iter_mut().filter(|one| one.id == *appointment && one.stands()) {
                (one.state, one.said) = (AppointmentState::Cancelled, mark);
            }
        }
        _ => {}
    }
}

/// What becomes of appointments by what was done, or because what they were a part of is over. Gives the absence that is excused by it.
fn settle(track: &mut Track, what: &What, mark: Mark) -> Option<Mark> {
    match what {
        What::Acted { outcome, appointment: Some(id), .. } => {
            let one = track.appointments.iter_mut().find(|one| one.id == *id)?;
            let before = std::mem::replace(
                &mut one.state,
                match outcome {
                    Outcome::Kept => AppointmentState::Kept,
                    Outcome::Missed => AppointmentState::Missed(mark),
                    Outcome::Excused => AppointmentState::Excused,
                },
            );
            if let AppointmentState::Missed(absence) = before { Some(absence) } else { None }
        }
        What::Ended { .. } | What::Refused { .. } | What::Dropped { .. } | What::ProposalWithdrawn {} => {
            for one in track.appointments.iter_mut().filter(|one| one.stands()) {
                one.state = AppointmentState::Lapsed;
            }
            None
        }
        _ => None,
    }
}

fn enter(open: &mut Option<Open>, event: &Event, mark: Mark, stood: BTreeSet<Role>) {
    let What::Entered { tenure, term, days, in_time, keeps_orientation, .. } = &event.what else { return };
    let Some(Open::Proposal(proposal)) = open else { return };
    let term = tenure.zip(*term).map(|(tenure, day)| Term { tenure, day, at: mark.at });
    *open = Some(Open::Stay(Box::new(Stay {
        version: proposal.version,
        route: proposal.route.clone(),
        keeps_orientation: *keeps_orientation,
        entered: mark,
        days_to_entry: *days,
        in_time: *in_time,
        stood,
        term,
        decided: mark,
        extended: None,
        in_work_until: None,
        suspended: None,
        resumed: None,
        days_suspended: 0,
        contract: None,
        right_ended: None,
        vacant: BTreeMap::new(),
        log: Log::default(),
    })));
}

fn acted(log: &mut Log, act: &Code, outcome: Outcome, means: Option<Means>, mark: Mark) {
    match outcome {
        Outcome::Missed => log.missed.push(mark),
        Outcome::Excused => {}
        Outcome::Kept => {
            let met = u32::from(means == Some(Means::InPerson));
            match log.done.iter_mut().find(|done| done.act == *act) {
                Some(done) => {
                    // An act recorded late does not hide a later one.
                    if mark.on >= done.last.on {
                        done.last = mark;
                    }
                    done.in_person += met;
                }
                None => log.done.push(Done { act: act.clone(), last: mark, in_person: met }),
            }
        }
    }
}

fn past(stay: &Stay, mark: Mark, exit: &Code) -> Past {
    let still = stay.suspended.map_or(0, |since| days_between(since.on, mark.on));
    Past {
        from: stay.entered.on,
        ended: mark.on,
        days_suspended: stay.days_suspended + still,
        exit: exit.clone(),
        version: stay.version,
        days_to_entry: stay.days_to_entry,
        in_time: stay.in_time,
        stood: stay.stood.clone(),
    }
}

fn stay_goes_on(stay: &mut Stay, event: &Event, mark: Mark) {
    match &event.what {
        What::Extended { tenure, term } => {
            stay.term = Some(Term { tenure: *tenure, day: *term, at: mark.at });
            stay.decided = mark;
            stay.extended = Some(mark);
        }
        What::FollowedIntoWork { until } => stay.in_work_until = Some(*until),
        What::Suspended { .. } => {
            stay.suspended = Some(mark);
            stay.vacant.clear();
        }
        What::Resumed { term } => {
            let still = stay.suspended.take().map_or(0, |since| days_between(since.on, mark.on));
            stay.days_suspended += still;
            stay.resumed = Some(mark);
            if let (Some(held), Some(day)) = (&mut stay.term, term) {
                (held.day, held.at) = (*day, mark.at);
            }
        }
        What::Signed { form, until } => {
            stay.contract = Some(Contract { form: form.clone(), signed: mark, until: *until });
            stay.log.done.iter_mut().for_each(|done| done.in_person = 0);
        }
        What::RightEnded { tail_end } => stay.right_ended = Some((mark, *tail_end)),
        What::RightResumed {} => stay.right_ended = None,
        _ => {}
    }
}

/// The path that a history makes.
pub fn replay<'e>(history: impl IntoIterator<Item = &'e Event>) -> Path {
    history.into_iter().fold(Path::default(), fold)
}

/// The term of a stay that is taken up again: put off by the time that it stood still.
pub(crate) fn resumed_term(stay: &Stay, on: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let still = stay.suspended.map_or(0, |since| days_between(since.on, on));
    stay.term.map(|term| days_after(term.day, still))
}
