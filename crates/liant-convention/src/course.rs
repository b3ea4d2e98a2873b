//! The course of a convention (*vie de la convention*): suspended and resumed, put on formal notice, ended by default. Steps are
//! recorded by humans; what follows from them on a day is computed, never stored.
//!
//! A suspension is its party's own: only she who suspended resumes, and one suspension is enough. Formal notice (*mise en
//! demeure*) starts the time to put a default right that the convention words (`end.cure`); unless the party that gave it
//! records an answer by its last day, the convention ends with that day. Where a default suspends at once
//! (`end.suspends_on_default`), so does the notice, until it is answered.

use jiff::Span;
use jiff::civil::Date;
use liant_model::{Actor, Party};

use crate::convention::{Convention, Kind, Recipient};
use crate::terms::{Contact, Ground, Length, Step, Unit};

/// One step that was recorded. Steps are given in the order in which they were recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// Short name of the convention: a step is about all its versions.
    pub convention: String,
    /// What was done.
    pub step: Step,
    /// The party that did it.
    pub by: Party,
    /// The first day on which it holds.
    pub from: Date,
}

/// A spell of suspension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspended {
    /// The party that suspended.
    pub by: Party,
    /// Its first day.
    pub since: Date,
    /// Its last day, when that is known.
    pub until: Option<Date>,
    /// Whether it follows from formal notice.
    pub by_notice: bool,
}

/// A formal notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The party that gave it.
    pub by: Party,
    /// The day it was given.
    pub given: Date,
    /// The last day to put the default right.
    pub cure_by: Date,
    /// The day on which the party that gave it found the default put right.
    pub answered: Option<Date>,
}

/// What follows from the steps recorded of one convention.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    spells: Vec<(Date, Option<Date>)>,
    suspensions: Vec<Suspended>,
    notices: Vec<Notice>,
}

/// Why a step cannot be taken. It names no person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourseError {
    /// A controller's own processing.
    #[error("a register entry is never suspended and never put on notice: it binds nobody else")]
    Register,
    /// The actor answers for the data of no party.
    #[error("only who answers for the protection of data at a party may do this")]
    NotYours,
    /// Steps are not dated back.
    #[error("give today or a later day: a step is never dated back")]
    Past,
    /// The convention is over on that day.
    #[error("the convention has ended by then")]
    Over,
    /// It is suspended by this party already.
    #[error("this party has suspended it already")]
    Suspended,
    /// The text lets others alone suspend it for a default.
    #[error(
        "the convention does not let this party suspend it for a default: give formal notice, or suspend for a breach or a flaw"
    )]
    NotForDefault,
    /// This party has not suspended it.
    #[error("this party has not suspended it: only who suspended resumes")]
    NotSuspended,
    /// The convention gives no time to put a default right.
    #[error("the convention words no formal notice: its file has no `end.cure`")]
    NoCure,
    /// A notice of this party runs.
    #[error("a formal notice of this party runs already")]
    NoticeRuns,
    /// No notice of this party runs.
    #[error("no formal notice of this party waits for an answer")]
    NoNotice,
}

impl Course {
    /// What follows for this version of a convention; `files` holds all versions, since a notice runs by the words that were in
    /// force when it was given.
    pub fn of(file: &Convention, files: &[Convention], recorded: &[Milestone]) -> Self {
        if file.kind != Kind::Convention {
            return Self::default();
        }
        let steps: Vec<&Milestone> = recorded.iter().filter(|one| one.convention == *file.id).collect();
        let mut parties: Vec<&Party> = steps.iter().map(|one| &one.by).collect();
        parties.sort_unstable();
        parties.dedup();
        let mut course = Self::default();
        for party in parties {
            let own: Vec<&Milestone> = steps.iter().copied().filter(|one| one.by == *party).collect();
            course.suspensions.extend(suspensions(party, &own));
            course.add_notices(file, files, &own);
        }
        course.suspensions.sort_by_key(|one| one.since);
        course.notices.sort_by_key(|one| one.given);
        course.spells = course.suspensions.iter().map(|one| (one.since, one.until)).collect();
        course
    }

    fn add_notices(&mut self, file: &Convention, files: &[Convention], own: &[&Milestone]) {
        let mut open: Option<Notice> = None;
        for step in own {
            match (step.step, &mut open) {
                (Step::Notice, None) => {
                    let words = wording(file, files, step.from).ending.as_ref();
                    let Some(cure) = words.and_then(|ending| ending.cure) else { continue };
                    let cure_by = after(cure, step.from);
                    open = Some(Notice { by: step.by.clone(), given: step.from, cure_by, answered: None });
                }
                (Step::Answered, Some(notice)) if step.from <= notice.cure_by => {
                    notice.answered = Some(step.from);
                    self.close(file, files, open.take());
                }
                _ => {}
            }
        }
        self.close(file, files, open);
    }

    fn close(&mut self, file: &Convention, files: &[Convention], notice: Option<Notice>) {
        let Some(notice) = notice else { return };
        let words = wording(file, files, notice.given).ending.as_ref();
        if words.is_some_and(|ending| ending.suspends_on_default) {
            // The day of the answer is one on which it passes again.
            let until = notice.answered.map(|day| day.yesterday().unwrap_or(day));
            if until.is_none_or(|until| until >= notice.given) {
                let (by, since) = (notice.by.clone(), notice.given);
                self.suspensions.push(Suspended { by, since, until, by_notice: true });
            }
        }
        self.notices.push(notice);
    }

    /// The spells of suspension: first and last day.
    pub fn suspended(&self) -> &[(Date, Option<Date>)] {
        &self.spells
    }

    /// Each suspension, in order.
    pub fn suspensions(&self) -> &[Suspended] {
        &self.suspensions
    }

    /// Each formal notice, in order.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The last day of the convention by a notice that nobody answered.
    pub fn ends(&self) -> Option<Date> {
        self.notices.iter().filter(|one| one.answered.is_none()).map(|one| one.cure_by).min()
    }

    /// Whether a step may be taken.
    ///
    /// # Errors
    /// Why not.
    pub fn admits(
        &self,
        file: &Convention,
        files: &[Convention],
        step: &Milestone,
        today: Date,
    ) -> Result<(), CourseError> {
        if file.kind != Kind::Convention {
            return Err(CourseError::Register);
        }
        if step.from < today {
            return Err(CourseError::Past);
        }
        let last = file.in_force.until.into_iter().chain(self.ends()).min();
        if last.is_some_and(|last| step.from > last) {
            return Err(CourseError::Over);
        }
        let own = |one: &&Suspended| {
            one.by == step.by && !one.by_notice && one.until.is_none_or(|until| until >= step.from)
        };
        let running = self.notices.iter().any(|one| one.by == step.by && one.answered.is_none());
        let suspended = self.suspensions.iter().find(own);
        match step.step {
            Step::Suspended if suspended.is_some_and(|one| one.since <= step.from) => {
                Err(CourseError::Suspended)
            }
            Step::Resumed if suspended.is_none() => Err(CourseError::NotSuspended),
            Step::Notice if running => Err(CourseError::NoticeRuns),
            Step::Notice if !has_cure(wording(file, files, step.from)) => Err(CourseError::NoCure),
            Step::Answered if !running => Err(CourseError::NoNotice),
            _ => Ok(()),
        }
    }
}

impl Convention {
    /// Who may suspend, resume, give notice and find it answered: who answers for the protection of data (*délégué à la protection
    /// des données*) at each party.
    pub fn steered_by(&self) -> Vec<Recipient> {
        let named = self.contacts.iter().filter(|entry| entry.contact == Contact::Dpo);
        let named: Vec<Recipient> = named.map(|entry| entry.role.clone()).collect();
        if !named.is_empty() {
            return named;
        }
        let is_dpo = |role: &&liant_model::Role| role.as_str() == "dpo";
        let of = |party: &crate::PartyEntry| {
            let role = party.roles.iter().find(is_dpo)?.clone();
            Some(Recipient { party: party.org.clone(), role })
        };
        self.parties.iter().filter_map(of).collect()
    }

    /// Whether this actor may.
    ///
    /// # Errors
    /// [`CourseError::NotYours`].
    pub fn steered(&self, actor: &Actor) -> Result<(), CourseError> {
        let is_hers = |one: &Recipient| one.party == actor.party && one.role == actor.role;
        if self.steered_by().iter().any(is_hers) { Ok(()) } else { Err(CourseError::NotYours) }
    }

    /// Whether a party may suspend it on this ground. For a default, those may that its text names, when it names any; to stop a
    /// breach or a flaw, or because an authority asks, each party may, whatever the text says of defaults (GDPR art. 32).
    ///
    /// # Errors
    /// [`CourseError::NotForDefault`].
    pub fn suspends_on(&self, party: &Party, ground: Ground) -> Result<(), CourseError> {
        let named = self.ending.as_ref().map_or(&[][..], |ending| &ending.suspended_by);
        let may = ground != Ground::Default || named.is_empty() || named.contains(party);
        if may { Ok(()) } else { Err(CourseError::NotForDefault) }
    }

    /// The last day to ask for its renewal (*reconduction*).
    pub fn ask_renewal_by(&self) -> Option<Date> {
        Some(self.renewal.as_ref()?.ask_before.before(self.in_force.until?))
    }
}

/// The version whose words hold on a day: the last to have begun, else the one at hand.
fn wording<'a>(file: &'a Convention, files: &'a [Convention], day: Date) -> &'a Convention {
    let begun = files.iter().filter(|one| one.id == file.id && one.in_force.from <= day);
    begun.max_by_key(|one| one.version).unwrap_or(file)
}

fn has_cure(file: &Convention) -> bool {
    file.ending.as_ref().is_some_and(|ending| ending.cure.is_some())
}

/// The spells for which one party suspends. On each day the last step recorded that holds by then decides.
fn suspensions(party: &Party, own: &[&Milestone]) -> Vec<Suspended> {
    let about = |one: &&&Milestone| matches!(one.step, Step::Suspended | Step::Resumed);
    let own: Vec<&&Milestone> = own.iter().filter(about).collect();
    let mut days: Vec<Date> = own.iter().map(|one| one.from).collect();
    days.sort_unstable();
    days.dedup();
    let mut spells: Vec<Suspended> = Vec::new();
    for day in days {
        let last = own.iter().rev().find(|one| one.from <= day);
        let is_suspended = last.is_some_and(|one| one.step == Step::Suspended);
        let open = spells.last_mut().filter(|one| one.until.is_none());
        match (open, is_suspended) {
            (None, true) => {
                spells.push(Suspended { by: party.clone(), since: day, until: None, by_notice: false });
            }
            (Some(open), false) => open.until = Some(day.yesterday().unwrap_or(day)),
            _ => {}
        }
    }
    spells
}

/// The last day of a length of time that begins on `day`. Hours count as the days that they fill.
fn after(length: Length, day: Date) -> Date {
    let count = i64::from(length.count);
    let span = match length.unit {
        Unit::Hours => Span::new().try_days(count.div_euclid(24) + i64::from(count.rem_euclid(24) > 0)),
        Unit::Days => Span::new().try_days(count),
        Unit::Months => Span::new().try_months(count),
        Unit::Years => Span::new().try_years(count),
    };
    span.map_or(Date::MAX, |span| day.saturating_add(span))
}
