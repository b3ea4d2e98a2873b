//! Counts that were made and still hold.
//!
//! A count of the directory alone, where neither designations nor protections have a say, changes with its rows and with nothing
//! else, and each change of the rows raises the edition of the directory in its own transaction, whichever process makes it. So a count of the edition that a reader sees need not be made
//! again, however many open the page that tells it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use liant_model::Territory;
use ring::digest;

use super::query::Found;
use crate::StoreError;
use crate::connection::Connection;
use crate::value::Value;

/// Counts by what was asked. Nothing of it outlives the process.
#[derive(Default)]
pub(crate) struct Counted(Mutex<HashMap<Question, (Edition, Vec<Found>)>>);

/// A statement with its values, of which the territory is one: what tells it from any other.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Question([u8; 32]);

impl Question {
    pub(super) fn new(sql: &str, values: &[Value<'_>]) -> Self {
        let text = format!("{sql}\n{values:?}");
        let mut told = [0; 32];
        told.copy_from_slice(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
        Self(told)
    }
}

/// Which rows a directory holds: another one after each change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Edition(pub(super) i64);

/// Answers that are kept at most; past it all are forgotten, and made again when asked.
const MOST: usize = 2_000;

impl Counted {
    /// The answer, when it was given on this edition.
    pub(super) fn get(&self, question: &Question, edition: Edition) -> Option<Vec<Found>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(question).filter(|(of, _)| *of == edition).map(|(_, found)| found.clone())
    }

    pub(super) fn keep(&self, question: Question, edition: Edition, found: &[Found]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&question) {
            kept.clear();
        }
        kept.insert(question, (edition, found.to_vec()));
    }
}

/// Says that rows have changed, in the transaction that changes them: the last thing it does, since on PostgreSQL whoever else
/// changes rows waits from here to its end.
pub(crate) fn raise_edition(connection: &mut Connection, territory: Territory) -> Result<(), StoreError> {
    connection
        .execute(
            "UPDATE directory_state SET edition = edition + 1 WHERE territory_id = ?1",
            &[Value::Code(territory)],
        )
        .map(drop)
}
