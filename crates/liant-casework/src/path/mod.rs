//! A person's path through programmes: events, the state that they make, commands, and what decides them.

mod appointment;
mod command;
mod decide;
mod event;
mod fold;
mod record;
mod refusal;
mod state;
pub(crate) mod tenure;
mod told;

pub(crate) use appointment::moment as appointment_moment;
pub use appointment::{Appointment, AppointmentState, Meeting};
pub use command::{Command, Entering, Facts, Keeping, Order, Proposing, RecordOrder};
pub use decide::decide;
pub use event::{AtEntry, Event, EventForm, UnknownForm, What};
pub use fold::{fold, replay};
pub use record::{Action, Coding, Goal, RecordEntry, Standing, WorkingRecord, Written};
pub use refusal::{Reason, Refusal};
pub use state::{
    Contract, Done, Log, Mark, Open, Orientation, Past, Path, Proposal, Referent, Relay, Stay, Term, Track,
};
pub use tenure::Tenure;
pub use told::{has_part, is_told, told};
