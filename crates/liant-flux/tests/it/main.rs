//! The flows from outside.

mod cgpem;
mod other_flows;
mod pecgm;
mod profiles;
mod streams;
mod support;
