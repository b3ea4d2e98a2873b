//! The log from outside.

mod checkpoints;
mod common;
mod entries;
mod tree;
mod verifier;
