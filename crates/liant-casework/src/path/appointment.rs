use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use liant_model::{AccountId, AppointmentId, Instant};

use crate::path::Mark;
use crate::programme::{Code, Means};

/// When and how someone is met. It holds no phrase: the place is one of the installation's file of places.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// What is done there.
    pub act: Code,
    /// The day and hour, as clocks show them where the programme's dates are dates.
    pub at: DateTime,
    /// How they meet.
    pub means: Means,
    /// Where; of a call, the place that it comes from.
    pub place: Code,
    /// With whom.
    pub with: AccountId,
}

impl Meeting {
    /// The moment that its hour is. Of an hour that comes twice, the first; of one that the change of the clocks leaves out, the next
    /// that there is.
    pub fn moment(&self, zone: &TimeZone) -> Instant {
        moment(self.at, zone)
    }

    /// Whether clocks show its hour there: the change of the clocks leaves one out.
    pub fn is_an_hour(&self, zone: &TimeZone) -> bool {
        !matches!(zone.to_ambiguous_zoned(self.at).offset(), AmbiguousOffset::Gap { .. })
    }
}

/// The moment that a day and hour are in a zone.
pub(crate) fn moment(at: DateTime, zone: &TimeZone) -> Instant {
    let found = zone.to_ambiguous_zoned(at).compatible();
    found.map_or(Instant::from_micros(i64::MAX), |found| {
        Instant::from_micros(found.timestamp().as_microsecond())
    })
}

/// An appointment (*rendez-vous*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Which.
    pub id: AppointmentId,
    /// When, where, with whom.
    pub meeting: Meeting,
    /// How many times it was moved.
    pub moved: u32,
    /// When it was fixed, moved last, or cancelled.
    pub said: Mark,
    /// Where it stands.
    pub state: AppointmentState,
}

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentState {
    /// It holds.
    Standing,
    /// It took place.
    Kept,
    /// She did not come, without excuse.
    Missed(Mark),
    /// She did not come, and is excused.
    Excused,
    /// It was cancelled.
    Cancelled,
    /// What it was a part of is over.
    Lapsed,
}

impl Appointment {
    /// The day that it is on.
    pub fn day(&self) -> Date {
        self.meeting.at.date()
    }

    /// Whether it holds, and nothing was said yet of what became of it.
    pub fn stands(&self) -> bool {
        self.state == AppointmentState::Standing
    }
}
