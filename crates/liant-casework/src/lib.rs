//! The calendar of the exchange, pure: no I/O, and the present day is a value.
//!
//! - [`Holidays`]: public holidays of each Département, from a file of data.
//! - [`flow_day`]: which day `3rd working friday` is, and when the words may be read otherwise.
//! - [`agenda`]: every date that the conventions in force set, between two days.
//! - [`follow`]: where a monthly flow stands: received, awaited, late.
//! - [`answer_due`]: by when a request of a person about her data is answered.

mod agenda;
mod follow;
mod holidays;
mod month;
mod rights;
mod working;

pub use agenda::{DueDate, What, agenda};
pub use follow::{Expected, Standing, follow};
pub use holidays::{Holiday, HolidayError, Holidays};
pub use month::Month;
pub use rights::{AnswerDue, RequestState, Right, answer_due};
pub use working::{Reckoned, ambiguities, flow_day};
