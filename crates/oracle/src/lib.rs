//! A second reading of conventions, to judge the gate by.
//!
//! It reads the same files as the gate, by itself, and makes of each clause a policy of
//! [Cedar](https://www.cedarpolicy.com), as `docs/convention.md` words it; Cedar's evaluator then answers. Nothing of it
//! comes from the crates that it judges: it depends on none of ours. Its tests hold the gate to it, on every decision of
//! the files in `conventions/` and on generated files ([`Drawn`]); where both differ, the reference decides which is
//! wrong.
//!
//! It takes files that have no error for granted: the lint is judged elsewhere.

mod classes;
mod drawn;
mod files;
mod judge;
mod policies;
mod random;

pub use drawn::{Drawn, PARTIES, PROFILES, PURPOSES, SOURCES, USES};
pub use files::Unreadable;
pub use judge::{Asked, Judge, Slice, Verdict};
pub use random::Random;
