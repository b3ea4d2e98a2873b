//! Documents as data, pure: what the press is given to make each of them.
//!
//! - [`Job`]: a template, what it may import, and its data. As JSON it is what the program `liant-press` reads.
//! - [`Copy`](struct@Copy): the copy of what is held of someone, for herself.
//! - [`liaison`]: the liaison form, by the template that its convention names ([`FormTemplate`]).
//! - [`RecordPaper`]: a contract with the person, or a diagnosis, of what a party's working record says.
//!
//! A template of Liant's lies in `templates/`. One that parties signed belongs to their convention: it lies in `conventions/forms/`,
//! complete in itself, under its name and version, and is never changed, since what was signed must look the same for ever.

mod copy;
mod form;
mod job;
mod liaison;
mod record;

pub use copy::{Aside, Copy, Datum, Part, Path, Reader, Readers, Said, Step, Words};
pub use form::{FormTemplate, SHIPPED_FORMS};
pub use job::Job;
pub use liaison::liaison;
pub use record::{PaperGoal, PaperTheme, RecordPaper};
