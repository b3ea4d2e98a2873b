//! The directory, on each engine: it says what is held, to whom it may be said, and says the same when it is made anew.

mod desk;
mod kept;
mod many;
mod plans;
mod same;
mod scope;
mod search;
mod ways;
mod world;
