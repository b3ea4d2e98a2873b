//! From a path and a command to what happens, or to the rule that forbids it.

mod appointment;
mod contract;
mod ending;
mod entry;
mod orientation;
mod record;
mod referents;
mod stay;

use std::borrow::Cow;

use jiff::civil::Date;
use liant_model::{Instant, Role};

use crate::path::{
    Command, Event, EventForm, Log, Mark, Open, Order, Path, Proposal, Reason, Refusal, Stay, What,
};
use crate::programme::{Code, Programme, Programmes};

/// The role in which the person herself acts, in any programme.
const PERSON: &str = "person";

/// What a command makes happen.
///
/// # Errors
/// [`Refusal`]: the reason, the rule of the programme file, and where that rule comes from.
pub fn decide(
    programmes: &Programmes,
    path: &Path,
    command: &Command,
    now: Instant,
) -> Result<Vec<Event>, Refusal> {
    let programme = programme_of(programmes, path, command)?;
    let ask = Ask { programmes, programme, path, command, now };
    if command.expected != path.version {
        return Err(no(Reason::Stale, "command.expected", ""));
    }
    if command.on > programme.calendar.date(now) {
        return Err(no(Reason::Future, "command.on", ""));
    }
    match &command.order {
        Order::GiveConsent { consent } => entry::give_consent(&ask, consent),
        Order::WithdrawConsent { consent } => entry::withdraw_consent(&ask, consent),
        Order::Propose(proposing) => entry::propose(&ask, proposing),
        Order::Forward(proposing) => entry::forward(&ask, proposing),
        Order::Accept => entry::accept(&ask),
        Order::Refuse { reason } => entry::refuse(&ask, reason),
        Order::Drop { reason } => entry::drop_proposal(&ask, reason),
        Order::Enter(entering) => entry::enter::enter(&ask, entering),
        Order::Record { act, outcome, means, appointment: None } => {
            stay::record(&ask, act, *outcome, *means, None)
        }
        Order::Record { act, outcome, means, appointment: Some(id) } => {
            appointment::settle(&ask, *id, act, (*outcome, *means))
        }
        Order::Fix { appointment, meeting } => appointment::fix(&ask, *appointment, meeting),
        Order::Move { appointment, meeting } => appointment::put_off(&ask, *appointment, meeting),
        Order::Cancel { appointment } => appointment::cancel(&ask, *appointment),
        Order::Name { role, who } => referents::name(&ask, role, *who),
        Order::HandOver { role, from, to } => referents::hand_over(&ask, role, *from, *to),
        Order::Leave { role, who } => referents::leave(&ask, role, *who),
        Order::Extend { length } => stay::extend(&ask, *length),
        Order::FollowIntoWork { until } => stay::follow_into_work(&ask, *until),
        Order::Sign { form, length, who } => contract::sign(&ask, form, *length, *who),
        Order::Orient { nature, reason } => orientation::orient(&ask, *nature, reason.as_ref()),
        Order::EndRight => contract::end_right(&ask),
        Order::ResumeRight => contract::resume_right(&ask),
        Order::Withdraw => ending::withdraw(&ask),
        Order::End { exit, next } => ending::end(&ask, exit, next.as_ref()),
        Order::KeepRecord(keeping) => record::keep(&ask, keeping),
    }
}

/// The version that what is under way began under; else the one that takes people in on the day.
fn programme_of<'p>(
    programmes: &'p Programmes,
    path: &Path,
    command: &Command,
) -> Result<&'p Programme, Refusal> {
    let open = path.open(&command.programme);
    let found = match open {
        Some(open) => programmes.version(&command.programme, open.version()),
        None => programmes.on(&command.programme, command.on),
    };
    found.ok_or(Refusal {
        reason: Reason::UnknownProgramme,
        rule: "programme.from",
        source: Cow::Borrowed(""),
        about: Some(command.programme.clone()),
    })
}

/// All that a decision rests on.
pub(super) struct Ask<'a> {
    pub(super) programmes: &'a Programmes,
    pub(super) programme: &'a Programme,
    pub(super) path: &'a Path,
    pub(super) command: &'a Command,
    pub(super) now: Instant,
}

impl<'a> Ask<'a> {
    pub(super) fn on(&self) -> Date {
        self.command.on
    }

    pub(super) fn event(&self, what: What) -> Event {
        self.event_in(&self.command.programme, self.on(), what)
    }

    pub(super) fn event_in(&self, programme: &Code, on: Date, what: What) -> Event {
        Event {
            v: EventForm::First,
            at: self.now,
            on,
            by: self.command.by.clone(),
            programme: programme.clone(),
            what,
        }
    }

    /// Refuses a role that a rule does not name.
    pub(super) fn only(&self, roles: &[Role], rule: &'static str, source: &str) -> Result<(), Refusal> {
        if roles.contains(&self.command.by) { Ok(()) } else { Err(no(Reason::NotYours, rule, source)) }
    }

    /// Refuses whoever is neither the person nor of a role of the programme.
    pub(super) fn ours(&self) -> Result<(), Refusal> {
        if self.command.by.as_str() == PERSON || self.programme.role(&self.command.by).is_some() {
            return Ok(());
        }
        Err(no(Reason::NotYours, "role.id", &self.programme.entry.source))
    }

    /// Refuses a day before the one that it follows.
    pub(super) fn not_before(&self, mark: Mark, rule: &'static str) -> Result<(), Refusal> {
        if self.on() >= mark.on { Ok(()) } else { Err(no(Reason::TooEarly, rule, "")) }
    }

    pub(super) fn open(&self) -> Result<&'a Open, Refusal> {
        let open = self.path.open(&self.command.programme);
        open.ok_or_else(|| no(Reason::NothingOpen, "programme.id", ""))
    }

    pub(super) fn proposal(&self) -> Result<&'a Proposal, Refusal> {
        match self.open()? {
            Open::Proposal(proposal) => {
                self.not_before(proposal.sent, "command.on")?;
                Ok(proposal)
            }
            _ => Err(no(Reason::WrongStage, "entry", "")),
        }
    }

    /// The stay, suspended or not.
    pub(super) fn any_stay(&self) -> Result<&'a Stay, Refusal> {
        match self.open()? {
            Open::Stay(stay) => {
                for mark in [Some(stay.entered), stay.suspended, stay.resumed].into_iter().flatten() {
                    self.not_before(mark, "command.on")?;
                }
                Ok(stay)
            }
            _ => Err(no(Reason::WrongStage, "entry", "")),
        }
    }

    /// The stay, while it runs.
    pub(super) fn stay(&self) -> Result<&'a Stay, Refusal> {
        let stay = self.any_stay()?;
        match stay.suspended {
            Some(_) => Err(no(Reason::Suspended, "suspends.programme", "")),
            None => Ok(stay),
        }
    }

    /// Refuses when one of these acts has not taken place since a moment, when there is one.
    pub(super) fn needs(
        &self,
        acts: &[Code],
        log: &Log,
        since: Option<Mark>,
        (rule, source): (&'static str, &str),
    ) -> Result<(), Refusal> {
        let after = |mark: Mark| since.is_none_or(|since| mark.nth > since.nth && mark.on >= since.on);
        let done = |act: &Code| log.last(act).is_some_and(|mark| after(mark) && mark.on <= self.on());
        match acts.iter().find(|act| !done(act)) {
            Some(act) => Err(no_about(Reason::ActMissing, rule, source, act)),
            None => Ok(()),
        }
    }

    /// Refuses a day on which what goes on after the right has ended is over too.
    pub(super) fn right_lasts(&self, stay: &Stay) -> Result<(), Refusal> {
        match stay.right_ended {
            Some((_, tail_end)) if self.on() > tail_end => {
                Err(no(Reason::RightOver, "ending.tail", &self.programme.ending.source))
            }
            _ => Ok(()),
        }
    }
}

/// A refusal, by a rule and its source.
fn no(reason: Reason, rule: &'static str, source: &str) -> Refusal {
    Refusal { reason, rule, source: Cow::Owned(source.to_owned()), about: None }
}

/// A refusal that is about something.
fn no_about(reason: Reason, rule: &'static str, source: &str, about: &Code) -> Refusal {
    Refusal { about: Some(about.clone()), ..no(reason, rule, source) }
}
