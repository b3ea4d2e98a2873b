use jiff::civil::Date;
use liant_model::{Instant, PersonId, Role};

use crate::clock::{Alert, Clock};
use crate::programme::Code;

/// An alert whose hour has come.
#[derive(Clone, Copy, Debug)]
pub struct DueAlert<'c, 'p> {
    /// Of which clock.
    pub clock: &'c Clock<'p>,
    /// Which of its alerts.
    pub alert: Alert<'p>,
    /// Its hour.
    pub at: Instant,
}

/// What tells an alert from every other, for whoever keeps a list of those sent: asking twice for the same time sends nothing
/// twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertKey {
    /// About whom.
    pub person: PersonId,
    /// In which programme.
    pub programme: Code,
    /// Of which clock.
    pub clock: Code,
    /// From what day that clock is counted.
    pub start: Date,
    /// On what day.
    pub on: Date,
}

impl DueAlert<'_, '_> {
    /// Who is told.
    pub fn tell(&self) -> &[Role] {
        &self.alert.rule.tell
    }

    /// What tells it from every other.
    pub fn key(&self, person: PersonId) -> AlertKey {
        AlertKey {
            person,
            programme: self.clock.programme.id.clone(),
            clock: self.clock.rule.id.clone(),
            start: self.clock.start,
            on: self.alert.on,
        }
    }
}

/// The alerts whose hour came after one moment and not after another: the last run of the scheduler, and now. However long the
/// scheduler was away, it gives each of them once: late, and none lost.
pub fn due_alerts<'c, 'p>(clocks: &'c [Clock<'p>], after: Instant, until: Instant) -> Vec<DueAlert<'c, 'p>> {
    let mut due = Vec::new();
    for clock in clocks {
        for alert in &clock.alerts {
            let at = hour(clock, alert.on);
            if at > after && at <= until {
                due.push(DueAlert { clock, alert: *alert, at });
            }
        }
    }
    due.sort_by_key(|one| one.at);
    due
}

/// When an alert is due: on its day, at the hour of the programme, and never before its clock is known. An hour that the change of
/// the clocks leaves out is the next that there is; of one that comes twice, the first.
fn hour(clock: &Clock<'_>, day: Date) -> Instant {
    let calendar = &clock.programme.calendar;
    let hour = day.to_datetime(calendar.alerts_at).to_zoned(calendar.zone.clone());
    let hour = hour.map_or(clock.known, |hour| Instant::from_micros(hour.timestamp().as_microsecond()));
    hour.max(clock.known)
}
