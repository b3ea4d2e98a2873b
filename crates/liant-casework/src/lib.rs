//! The calendar of the exchange, pure: no I/O, and the present day is a value.
//!
//! - [`Holidays`]: public holidays of each Département, from a file of data.
//! - [`flow_day`]: which day `3rd working friday` is, and when the words may be read otherwise.
//! - [`agenda`]: every date that the conventions in force set, between two days.
//! - [`follow`]: where a monthly flow stands: received, awaited, late.
//! - [`answer_due`]: by when a request of a person about her data is answered; [`parts`]: which other parties have part in it.
//! - [`owed_lists`]: the lists that parties owe each other, and when each is due again.
//! - [`concerned`], [`deadlines`]: whom a breach of personal data concerns, and what is owed to whom by when.

mod agenda;
mod breach;
mod follow;
mod holidays;
mod lists;
mod month;
mod rights;
mod working;

pub use agenda::{DueDate, What, agenda};
pub use breach::{
    Addressee, Concerned, Deadline, Kept, Moved, Nature, Shown, concerned, deadlines, end, kept,
};
pub use follow::{Expected, Standing, follow};
pub use holidays::{Holiday, HolidayError, Holidays};
pub use lists::{OwedList, allows, owed_lists};
pub use month::Month;
pub use rights::{AnswerDue, Part, PartStep, RequestState, Right, answer_due, parts};
pub use working::{Reckoned, ambiguities, flow_day};
