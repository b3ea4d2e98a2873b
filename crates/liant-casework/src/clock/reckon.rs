use jiff::civil::Date;
use liant_model::Instant;

use crate::clock::{Calendar, shift};
use crate::path::{Mark, Open, Path, Proposal, Stay};
use crate::programme::{
    Agreement, AlertDay, AlertRule, ClockRule, Code, Days, During, Moment, Programme, Programmes,
};

/// A delay that runs.
#[derive(Clone, Debug)]
pub struct Clock<'p> {
    /// In which programme.
    pub programme: &'p Programme,
    /// By which rule: what is due, who owes it.
    pub rule: &'p ClockRule,
    /// The day from which it is counted.
    pub start: Date,
    /// When it was known that it runs: nobody is told of anything before.
    pub known: Instant,
    /// The last day on which nothing is amiss.
    pub due: Date,
    /// When people are told, in order.
    pub alerts: Vec<Alert<'p>>,
}

/// A day on which people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert<'p> {
    /// The day.
    pub on: Date,
    /// By which line of the rule: the day in its words, and who is told.
    pub rule: &'p AlertRule,
}

/// Where a clock stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Its due date has passed, by so many days.
    Late(u32),
    /// It is due today.
    Due,
    /// So many days are left.
    Ahead(u32),
}

impl Clock<'_> {
    /// What is due.
    pub fn what(&self) -> &Code {
        &self.rule.id
    }

    /// Where it stands on a day.
    pub fn standing(&self, day: Date) -> Standing {
        use crate::path::tenure::days_between;
        match day.cmp(&self.due) {
            std::cmp::Ordering::Greater => Standing::Late(days_between(self.due, day)),
            std::cmp::Ordering::Equal => Standing::Due,
            std::cmp::Ordering::Less => Standing::Ahead(days_between(day, self.due)),
        }
    }
}

/// Every delay that runs for a person, the first due first.
pub fn clocks<'p>(programmes: &'p Programmes, path: &Path) -> Vec<Clock<'p>> {
    let mut found = Vec::new();
    for (id, track) in &path.tracks {
        let Some(open) = &track.open else { continue };
        let Some(programme) = programmes.version(id, open.version()) else { continue };
        found.extend(programme.clocks.iter().filter_map(|rule| running(programme, rule, path, open)));
    }
    found.sort_by_key(|clock| clock.due);
    found
}

/// What is under way by a version of a programme that is not in the set: its delays cannot be computed, so somebody must be told that
/// the file is missing.
pub fn without_file<'a>(programmes: &Programmes, path: &'a Path) -> Vec<(&'a Code, u32)> {
    let open = path.tracks.iter().filter_map(|(id, track)| Some((id, track.open.as_ref()?.version())));
    open.filter(|(id, version)| programmes.version(id, *version).is_none()).collect()
}

/// The day until which the entry of a proposal is in time.
pub(crate) fn due_of(programme: &Programme, proposal: &Proposal) -> Option<Date> {
    let rule = programme.clock(programme.entry.clock.as_ref()?)?;
    let open = Open::Proposal(proposal.clone());
    let start = start(rule, &Path::default(), &open)?;
    due(rule, &programme.calendar.days, start.day)
}

/// A moment from which a clock may be counted.
#[derive(Clone, Copy)]
struct Began {
    /// The day from which it is counted: that of a term is to come.
    day: Date,
    /// What made it so.
    since: Mark,
}

impl From<Mark> for Began {
    fn from(mark: Mark) -> Self {
        Self { day: mark.on, since: mark }
    }
}

fn running<'p>(programme: &'p Programme, rule: &'p ClockRule, path: &Path, open: &Open) -> Option<Clock<'p>> {
    let during = match open {
        Open::Relay(_) | Open::Proposal(_) => During::Proposal,
        Open::Stay(stay) if stay.suspended.is_some() => During::Suspension,
        Open::Stay(_) => During::Accompaniment,
    };
    let held = rule.held_by.as_ref().is_none_or(|role| {
        path.referents.values().any(|held| held.role == *role && held.programme == programme.id)
    });
    if rule.during != during || !held || met(programme, rule, open) || needs_no_answer(programme, rule, open)
    {
        return None;
    }
    let start = start(rule, path, open)?;
    let place = |began: Began| (began.since.on, began.since.nth);
    let stopped = |moment: &Moment| began(moment, path, open).is_some_and(|end| place(end) > place(start));
    if rule.until.iter().any(stopped) {
        return None;
    }
    let due = due(rule, &programme.calendar.days, start.day)?;
    let alerts = alerts(programme, rule, start, due);
    Some(Clock { programme, rule, start: start.day, known: start.since.at, due, alerts })
}

/// Whether a clock waits for an answer that an agreement does not take (*accord tacite*).
fn needs_no_answer(programme: &Programme, rule: &ClockRule, open: &Open) -> bool {
    let Open::Proposal(proposal) = open else { return false };
    let route = programme.route(&proposal.route);
    rule.until.contains(&Moment::Answered) && route.is_some_and(|route| route.agreement == Agreement::Tacit)
}

/// The latest of the moments that start a clock.
fn start(rule: &ClockRule, path: &Path, open: &Open) -> Option<Began> {
    let moments = rule.from.iter().filter_map(|moment| began(moment, path, open));
    moments.max_by_key(|began| (began.day, began.since.nth))
}

/// Whether what a clock counts has been done as often as it must.
fn met(programme: &Programme, rule: &ClockRule, open: &Open) -> bool {
    let (Some(act), Open::Stay(stay)) = (&rule.until_least, open) else { return false };
    let least = programme.act(act).and_then(|act| act.least_in_person);
    least.is_some_and(|least| stay.log.of(act).map_or(0, |done| done.in_person) >= least)
}

fn due(rule: &ClockRule, calendar: &Calendar, start: Date) -> Option<Date> {
    let due = match (rule.within, rule.counts) {
        (None, _) => start,
        (Some(within), Days::Calendar) => shift(start, within, 1)?,
        (Some(within), Days::Working) => calendar.working_days_after(start, within.count),
    };
    Some(calendar.settled(due, rule.if_off))
}

/// When people are told. Of the days that had passed before the clock was known, the last alone is made up for.
fn alerts<'p>(programme: &Programme, rule: &'p ClockRule, start: Began, due: Date) -> Vec<Alert<'p>> {
    let day = |on: &AlertDay| match on {
        AlertDay::After(days) => {
            Some(crate::path::tenure::days_after(start.day, u32::from(*days))).filter(|day| *day <= due)
        }
        AlertDay::Before(before) => shift(due, *before, -1),
        AlertDay::Due => Some(due),
        AlertDay::Late(late) => shift(due, *late, 1),
    };
    let mut alerts: Vec<Alert<'p>> =
        rule.alerts.iter().filter_map(|one| Some(Alert { on: day(&one.on)?, rule: one })).collect();
    alerts.sort_by_key(|alert| alert.on);
    let known = programme.calendar.date(start.since.at);
    let passed = alerts.iter().take_while(|alert| alert.on < known).count();
    alerts.drain(..passed.saturating_sub(1));
    alerts
}

/// When a moment came, or comes.
fn began(moment: &Moment, path: &Path, open: &Open) -> Option<Began> {
    if matches!(moment, Moment::Oriented) {
        return path.orientation.as_ref().map(|held| held.decided.into());
    }
    let mark = match open {
        Open::Relay(relay) => matches!(moment, Moment::Relayed).then_some(relay.since),
        Open::Proposal(proposal) => match moment {
            Moment::Sent => Some(proposal.sent),
            Moment::Answered => proposal.accepted,
            Moment::Absence => proposal.log.absence(),
            Moment::Act(act) => proposal.log.last(act),
            _ => None,
        },
        Open::Stay(stay) => return of_stay(moment, stay),
    };
    mark.map(Began::from)
}

fn of_stay(moment: &Moment, stay: &Stay) -> Option<Began> {
    let to_come = |day: Date, since: Mark| Some(Began { day, since });
    let mark = match moment {
        Moment::Term => {
            let term = stay.term?;
            return to_come(term.day, Mark { at: term.at, ..stay.decided });
        }
        Moment::ContractEnd => {
            let contract = stay.contract.as_ref()?;
            return to_come(contract.until, contract.signed);
        }
        Moment::TailEnd => {
            let (ended, tail_end) = stay.right_ended?;
            return to_come(tail_end, ended);
        }
        Moment::Entered => Some(stay.entered),
        Moment::Extended => stay.extended,
        Moment::Suspended => stay.suspended,
        Moment::Resumed => stay.resumed,
        Moment::ContractSigned => stay.contract.as_ref().map(|contract| contract.signed),
        Moment::RightEnded => stay.right_ended.map(|(ended, _)| ended),
        Moment::Absence => stay.log.absence(),
        Moment::Vacant => stay.vacant.values().min_by_key(|mark| mark.nth).copied(),
        Moment::Act(act) => stay.log.last(act),
        Moment::Relayed | Moment::Sent | Moment::Answered | Moment::Ended | Moment::Oriented => None,
    };
    mark.map(Began::from)
}
