//! Delays: computed from a path whenever they are asked for, and never kept.

mod calendar;
mod reckon;
mod schedule;

pub use calendar::Calendar;
pub(crate) use calendar::{at_most_days, shift};
pub(crate) use reckon::due_of;
pub use reckon::{Alert, Clock, Standing, clocks, without_file};
pub use schedule::{AlertKey, DueAlert, due_alerts};
