//! What a person is told of her appointments, and when (*rappels de rendez-vous*). By what way she is told is decided when it is sent:
//! by e-mail whom she has allowed to, else by letter.

use jiff::civil::Date;
use liant_model::Instant;

use crate::clock::shift;
use crate::path::{Appointment, AppointmentState, Open, Path, appointment_moment};
use crate::programme::{During, Programme, Programmes};

/// What something sent to a person tells her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// An appointment is fixed, or moved.
    Said,
    /// It is cancelled. For whom was told of it alone.
    Cancelled,
    /// It comes soon: by e-mail.
    ReminderByEmail,
    /// It comes soon: by letter.
    ReminderByLetter,
}

impl NoticeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Said, Self::Cancelled, Self::ReminderByEmail, Self::ReminderByLetter];

    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Cancelled => "cancelled",
            Self::ReminderByEmail => "reminder-email",
            Self::ReminderByLetter => "reminder-letter",
        }
    }

    /// The kind of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == code)
    }
}

/// Something that a person is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub kind: NoticeKind,
    /// Of reminders, which: the days before.
    pub days: u32,
    /// Not before.
    pub from: Instant,
    /// Not from then on: the hour of the appointment.
    pub until: Instant,
}

/// The appointments that hold: nothing was said yet of what became of them, and what they are for may be done where the person
/// stands. Each with the programme in the version that she is under.
pub fn standing<'p>(programmes: &'p Programmes, path: &'p Path) -> Vec<(&'p Programme, &'p Appointment)> {
    let all = tracked(programmes, path).filter(|(programme, during, one)| {
        one.stands() && programme.act(&one.meeting.act).is_some_and(|act| act.during.contains(during))
    });
    all.map(|(programme, _, one)| (programme, one)).collect()
}

fn tracked<'p>(
    programmes: &'p Programmes,
    path: &'p Path,
) -> impl Iterator<Item = (&'p Programme, During, &'p Appointment)> {
    path.tracks.iter().flat_map(move |(id, track)| {
        let open = track.open.as_ref();
        let programme = open.and_then(|open| programmes.version(id, open.version()));
        let known = programme.zip(open.and_then(during));
        known.into_iter().flat_map(|(programme, during)| {
            track.appointments.iter().map(move |one| (programme, during, one))
        })
    })
}

fn during(open: &Open) -> Option<During> {
    match open {
        Open::Relay(_) => None,
        Open::Proposal(_) => Some(During::Proposal),
        Open::Stay(stay) if stay.suspended.is_some() => Some(During::Suspension),
        Open::Stay(_) => Some(During::Accompaniment),
    }
}

/// What a person is to be told of her appointments: that each is fixed or moved, when to think of it, that it is cancelled. A reminder
/// that would come no later than what was last said of its appointment is left out. Of what is over nothing is told.
pub fn notices<'p>(
    programmes: &'p Programmes,
    path: &'p Path,
) -> Vec<(&'p Programme, &'p Appointment, Notice)> {
    let mut all = Vec::new();
    for (programme, one) in standing(programmes, path) {
        all.extend(told_of(programme, one).into_iter().map(|notice| (programme, one, notice)));
    }
    for (programme, _, one) in tracked(programmes, path) {
        if one.state == AppointmentState::Cancelled {
            let until = one.meeting.moment(&programme.calendar.zone);
            let notice = Notice { kind: NoticeKind::Cancelled, days: 0, from: one.said.at, until };
            all.extend((notice.from < until).then_some((programme, one, notice)));
        }
    }
    all
}

fn told_of(programme: &Programme, one: &Appointment) -> Vec<Notice> {
    let until = one.meeting.moment(&programme.calendar.zone);
    let said = Notice { kind: NoticeKind::Said, days: 0, from: one.said.at, until };
    let mut all = vec![said];
    let Some(rule) = &programme.reminders else { return all };
    for (kind, lengths) in
        [(NoticeKind::ReminderByEmail, &rule.email), (NoticeKind::ReminderByLetter, &rule.letter)]
    {
        all.extend(lengths.iter().filter_map(|before| {
            let day = shift(one.day(), *before, -1)?;
            let from =
                appointment_moment(day.to_datetime(programme.calendar.alerts_at), &programme.calendar.zone);
            let said_before = one.said.at < from && day_of(programme, one.said.at) < day;
            (said_before && from < until).then(|| Notice { kind, days: days(one.day(), day), from, until })
        }));
    }
    all
}

fn day_of(programme: &Programme, at: Instant) -> Date {
    programme.calendar.date(at)
}

fn days(to: Date, from: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}
