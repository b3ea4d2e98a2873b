//! Programmes (*dispositifs*) as data: what a programme is, read from a file that a professional can read.

mod code;
mod committees;
mod lint;
mod lint_committees;
mod lint_record;
mod names;
mod parse;
mod parts;
mod read_committees;
mod read_entry;
mod read_record;
mod read_stay;
mod read_watch;
mod record;
mod set;
mod words;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use liant_convention::{Span, Text};
use liant_model::{Instant, Role};

use crate::clock::Calendar;

pub use code::{Code, InvalidCode};
pub use committees::{
    CommitteeOf, CommitteeRule, CommitteesRule, GapRule, MoneyLine, MonthDay, NoMonthDay, ReviewRule,
};
pub use lint::check_together;
pub use parse::{Checked, check};
pub use parts::{
    Act, AlertDay, AlertRule, CaseloadRule, ClockRule, Coded, Condition, ConsentRule, ContractForm,
    ContractRule, Duration, Ending, Entry, Exit, Experiment, FiguresRule, Indicator, ListRule, Nature,
    NoAlertDay, NoNature, OrientReason, OrientationRule, RemindersRule, RoleRule, Route, Suspends, Tell,
    Zone,
};
pub use record::{CodedGoal, CodedTheme, Nomenclature, RecordRule, RecordState, RecordTheme};
pub use set::{Programmes, SHIPPED, SetError};
pub use words::{
    Agreement, Days, During, IfOff, Means, Measure, Moment, NoMoment, OrientWhen, Outcome, Overdue, Per,
    Weekday,
};

/// A programme, as its file says it: read by [`check`], executed by [`decide`](crate::decide) and
/// [`clocks`](crate::clocks).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Programme {
    /// Short name, the same for all versions.
    pub id: Code,
    /// Version. A path keeps the version that it was proposed under.
    pub version: u32,
    /// Title.
    pub title: Text,
    /// Short names of the conventions that let its data pass.
    pub conventions: Vec<String>,
    /// First day on which someone may be proposed.
    pub from: Date,
    /// Last day; those under way then finish.
    pub until: Option<Date>,
    /// Whose days are counted.
    pub calendar: CalendarRule,
    /// What the software knows of a person as yes or no.
    pub criteria: Vec<Coded>,
    /// Who may enter, and how.
    pub entry: Entry,
    /// Roles.
    pub roles: Vec<RoleRule>,
    /// Ways in.
    pub routes: Vec<Route>,
    /// Experiments.
    pub experiments: Vec<Experiment>,
    /// Reasons to refuse, or to drop, a proposal.
    pub refusals: Vec<Coded>,
    /// How long it lasts; without, until it is ended.
    pub duration: Option<Duration>,
    /// How it ends.
    pub ending: Ending,
    /// Outcomes.
    pub exits: Vec<Exit>,
    /// What is done.
    pub acts: Vec<Act>,
    /// The contract with the person.
    pub contract: Option<ContractRule>,
    /// Each party's own working record; without, none is kept here.
    pub record: Option<RecordRule>,
    /// What it has to do with orientations.
    pub orientation: Option<OrientationRule>,
    /// What stops meanwhile.
    pub suspends: Vec<Suspends>,
    /// Delays.
    pub clocks: Vec<ClockRule>,
    /// How many people a worker has.
    pub caseloads: Vec<CaseloadRule>,
    /// Figures.
    pub indicators: Vec<Indicator>,
    /// How they are shown.
    pub figures: FiguresRule,
    /// How people are reminded of their appointments; without, they are told of them and not reminded.
    pub reminders: Option<RemindersRule>,
    /// Forms.
    pub forms: Vec<Coded>,
    /// Committees, their minutes and the yearly review; without, none are kept here.
    pub committees: Option<CommitteesRule>,
    /// Lists.
    pub lists: Vec<ListRule>,
    /// Who is told of what.
    pub tells: Vec<Tell>,
    /// Place of its head in the file.
    pub span: Span,
}

/// Whose days a programme counts.
#[derive(Clone, Debug)]
pub struct CalendarRule {
    /// Where its dates are dates.
    pub zone: TimeZone,
    /// The hour at which people are told.
    pub alerts_at: Time,
    /// The days on which its services work.
    pub days: Calendar,
}

impl CalendarRule {
    /// The date that a moment is there.
    pub fn date(&self, now: Instant) -> Date {
        let moment = jiff::Timestamp::from_microsecond(now.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(moment).date()
    }
}

impl Programme {
    /// The role of this short name.
    pub fn role(&self, id: &Role) -> Option<&RoleRule> {
        self.roles.iter().find(|role| role.id == *id)
    }

    /// The route of this code.
    pub fn route(&self, id: &Code) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == *id)
    }

    /// The act of this code.
    pub fn act(&self, id: &Code) -> Option<&Act> {
        self.acts.iter().find(|act| act.id == *id)
    }

    /// The exit of this code.
    pub fn exit(&self, id: &Code) -> Option<&Exit> {
        self.exits.iter().find(|exit| exit.id == *id)
    }

    /// The clock of this code.
    pub fn clock(&self, id: &Code) -> Option<&ClockRule> {
        self.clocks.iter().find(|clock| clock.id == *id)
    }

    /// The experiment of this code.
    pub fn experiment(&self, id: &Code) -> Option<&Experiment> {
        self.experiments.iter().find(|experiment| experiment.id == *id)
    }

    /// Whether someone may be proposed on a day.
    pub fn is_open(&self, day: Date) -> bool {
        day >= self.from && self.until.is_none_or(|until| day <= until)
    }
}
