//! The liaison form: filled in with the person, signed and sent; read again by whom it is for; and sent to a
//! partner outside as an encrypted archive.

mod archive;
mod fill;
mod read;
mod said;
mod typed;

pub(in crate::pages) use archive::{ask, take};
pub(super) use fill::{Going, go_on};
pub(in crate::pages) use read::{FormPage, pressed, printed};
pub(in crate::pages) use read::{blank, paper, show};
pub(in crate::pages) use said::{lines, model};
