//! Casework, pure: no I/O, and the present moment is a value.
//!
//! Programmes and paths:
//! - [`Programme`]: a programme (*dispositif*) as data, from a file; [`check_programme`] reads and lints it; [`Programmes`] holds
//!   them in all their versions. The grammar is described for its readers in `docs/programme.md`.
//! - [`decide`]: from a person's [`Path`], a [`Command`] and the present moment to [`Event`]s, or to the [`Refusal`] that
//!   names the rule and its source. [`fold`] makes the path of the events.
//! - [`clocks`]: every delay that runs, computed and never kept; [`due_alerts`]: which alerts have come since the last run.
//! - [`loads`], [`gauge`], [`suggest`]: caseloads, what they will be, and who takes the next person. [`figure`]: the indicators.
//! - [`month_figures`]: what committees are shown of a month, place by place; [`veil`]: which counts of a table stay hidden.
//! - [`check_minutes`]: what the minutes of a committee may say; [`followed`]: its corrective actions from meeting to meeting; [`meeting_due`],
//!   [`review_due`]: when it meets again, and when the yearly review is due.
//! - [`accompanied`]: who is on the half-yearly list for the European Social Fund.
//! - [`standing`]: the appointments that hold; [`notices`]: what a person is told of one, and when. [`Places`]: where people are met.
//! - [`WorkingRecord`]: each party's own record of its work (goals, actions, skills, progress), made of what its people wrote alone.
//! - [`told`]: who is told of an event. [`CriterionMap`]: which data tell whether someone meets a criterion.
//! - [`LiaisonForm`]: the liaison form (*fiche de liaison*), all that it may hold, and [`LiaisonForm::against_sending`].
//!
//! The calendar of the exchange:
//! - [`Holidays`]: public holidays of each Département, from a file of data.
//! - [`flow_day`]: which day `3rd working friday` is, and when the words may be read otherwise.
//! - [`agenda`]: every date that the conventions in force set, between two days.
//! - [`follow`]: where a monthly flow stands: received, awaited, late.
//! - [`answer_due`]: by when a request of a person about her data is answered; [`parts`]: which other parties have part in it.
//! - [`owed_lists`]: the lists that parties owe each other, and when each is due again.
//! - [`breach`]: whom a breach of personal data concerns, and what is owed to whom by when.

mod accompanied;
mod agenda;
pub mod breach;
mod caseload;
mod clock;
mod committee;
mod criteria;
mod figures;
mod follow;
mod form_fields;
mod holidays;
mod liaison;
mod lists;
mod minutes;
mod month;
mod papers;
mod path;
mod places;
mod programme;
mod reminders;
mod rights;
mod secrecy;
mod sent_form;
mod working;

pub use accompanied::{Accompanied, HalfYear, NoHalfYear, accompanied, kept_until};
pub use agenda::{DueDate, What, agenda};
pub use caseload::{Because, Fill, Gauge, Horizons, Load, Suggestion, Worker, gauge, loads, suggest};
pub use clock::{
    Alert, AlertKey, Calendar, Clock, DueAlert, Standing as ClockStanding, clocks, due_alerts, without_file,
};
pub use committee::{EntriesOf, ExitsOf, MonthFigures, month_figures};
pub use criteria::{CriteriaError, CriterionMap, Look, SHIPPED as SHIPPED_CRITERIA, untold};
pub use figures::{Beside as BesideMonths, Counted, Figure, Flow, beside, figure, flows, posts};
pub use follow::{Expected, Standing, follow};
pub use holidays::{Holiday, HolidayError, Holidays};
pub use liaison::{
    ADDRESS_LINES, Barrier, ElectronicContact, FormAgent, FormDecision, FormFault, FormModel, FormPart,
    FormPerson, FormReferent, FormSignature, LONGEST_LINE, LiaisonForm, MOST_CHILDREN,
};
pub use lists::{OwedList, allows, owed_lists};
pub use minutes::{
    ActionKey, Amounts, Answered, Before as BeforeMinutes, Corrective, Followed, MOST_ACTIONS, MOST_EUROS,
    MeetingDue, MeetingStanding, Minutes, MinutesFault, ReviewDue, check_amounts, check_minutes, followed,
    meeting_due, paper_kept_until, review_due,
};
pub use month::Month;
pub use papers::{Paper, drafts, paper_of};
pub use path::{
    Action, Appointment, AppointmentState, AtEntry, Coding, Command, Contract, Done, Entering, Event,
    EventForm, Facts, Goal, Keeping, Log, Mark, Meeting, Open, Order, Orientation, Past, Path, Proposal,
    Proposing, Reason, RecordEntry, RecordOrder, Referent, Refusal, Relay, Standing as RecordStanding, Stay,
    Tenure, Term, Track, UnknownForm, What as Happened, WorkingRecord, Written, decide, fold, has_part,
    is_told, replay, told,
};
pub use places::{Place, Places, PlacesError};
pub use programme::{
    Act, Agreement, AlertDay, AlertRule, CalendarRule, CaseloadRule, Checked as CheckedProgramme, ClockRule,
    Code, Coded, CodedGoal, CodedTheme, CommitteeOf, CommitteeRule, CommitteesRule, Condition, ConsentRule,
    ContractForm, ContractRule, Days, Duration, During, Ending, Entry, Exit, Experiment, FiguresRule,
    GapRule, IfOff, Indicator, InvalidCode, ListRule, Means, Measure, Moment, MoneyLine, MonthDay, Nature,
    NoAlertDay, NoMoment, NoMonthDay, NoNature, Nomenclature, OrientReason, OrientWhen, OrientationRule,
    Outcome, Overdue, Per, Programme, Programmes, RecordRule, RecordState, RecordTheme, RemindersRule,
    ReviewRule, RoleRule, Route, SHIPPED as SHIPPED_PROGRAMMES, SetError, Suspends, Tell, Weekday, Zone,
    check as check_programme, check_together as check_programmes_together,
};
pub use reminders::{Notice, NoticeKind, notices, standing};
pub use rights::{
    AnswerDue, ErasureGround, ErasureRefusal, FactSet, LiftReason, LimitGround, LimitRefusal, NotErased,
    Part, PartStep, RequestState, Resting, Right, Telling, answer_due, carried_out, lifted_on, may_be_erased,
    parts, reviewed_on,
};
pub use secrecy::{Veiled, tellable, veil};
pub use sent_form::{FormSeal, NoSeal, SentForm};
pub use working::{Reckoned, ambiguities, flow_day};
