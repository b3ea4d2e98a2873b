//! What the press is given. The jobs of `samples/` are what this code makes of invented people; the tests of the press print them,
//! so that templates and data are tried together.

#![expect(clippy::unwrap_used, reason = "test support: a failure here is a failed test")]

mod invented;
mod samples;
