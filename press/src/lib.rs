//! The press: a [`Job`] (a template and data) in, an accessible PDF out.
//!
//! - **Accessible.** The document is PDF/UA-1: tagged, with its title and language, its fonts inside. What cannot be made so is a
//!   [`Fault`]; no lesser document comes out.
//! - **A closed world.** A template sees the job and the fonts of this crate: no file, no network, no clock, no package.
//! - **The same each time.** One job makes the same bytes on every day and machine.
//! - **Discreet.** A fault says where the template failed, by line and column, and tells nothing of the data: what the typesetter
//!   says of its own is shown for a job whose data are invented, and for no other.
//!
//! The program (`main.rs`) reads one job from standard input and bounds what it may use of the machine. Liant runs it for each
//! document (`liant_app::press`); it holds no door to the store, so a template that goes wrong reaches nothing.

mod fault;
mod job;
mod world;

pub use fault::{Fault, Place};
pub use job::{FORM, Job, Lang, NoJob};

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use world::ClosedWorld;

/// Makes the document of a job.
///
/// # Errors
/// A [`Fault`]: the template does not compile or fails on the data, or the document would not be accessible.
pub fn press(job: &Job) -> Result<Vec<u8>, Fault> {
    let world = ClosedWorld::of(job)?;
    let told = |stage, errors: &[_]| Fault::of(stage, errors, &world, job.invented);
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|errors| told(fault::Stage::Setting, &errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_| Fault::Internal)?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Liant".to_owned())),
        timestamp: Some(Timestamp::new_utc(world.date())),
        standards,
        tagged: true,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| told(fault::Stage::Writing, &errors))
}
