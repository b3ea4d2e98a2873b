//! The liaison form: filled in with the person, signed and sent; and read again by whom it is for.

mod fill;
mod read;
mod said;
mod typed;

pub(super) use fill::{Going, go_on};
pub(in crate::pages) use read::{FormPage, pressed, printed};
pub(in crate::pages) use read::{blank, paper, show};
pub(in crate::pages) use said::{lines, model};
