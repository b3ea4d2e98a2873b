//! What of one person goes on a day.

use std::sync::Arc;

use jiff::civil::Date;
use liant_model::Source;

use super::{Batches, DueVersion, HeldIdentity, Terms, Times, last};
use crate::decision::ClauseRef;

/// What is held of one person.
#[derive(Clone, Debug, Default)]
pub struct HeldPerson<'h> {
    /// Her source identities, each with the number of rows that the controller recorded about her itself.
    pub identities: Vec<(&'h HeldIdentity, u64)>,
    /// When her right ended; none while it runs.
    pub right_ended: Option<Date>,
}

/// What becomes of a source identity once what is due has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays: something of it is not due.
    Stays,
    /// Nothing of its source stays. It stays as what the controller's own rows hang on: without its key, and of no stock.
    KeepsOwn,
    /// It goes, and its person with the last of hers.
    Goes,
}

/// What of one source identity goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The versions that are due.
    pub versions: Vec<DueVersion>,
    /// The clause under which what the controller recorded about her goes, and since when; none while it is kept.
    pub own: Option<(Date, Arc<ClauseRef>)>,
    /// What becomes of the rest.
    pub fate: Fate,
}

impl Verdict {
    /// Whether anything of it goes.
    pub fn is_anything(&self, own_rows: u64) -> bool {
        !self.versions.is_empty() || self.fate != Fate::Stays || (self.own.is_some() && own_rows > 0)
    }
}

/// Decides what of each source identity of a person goes on `day`. Only of sources that `may` go: those of which a clause lets
/// the software destroy what is due (`[[use]] for = ["retain"]`).
pub fn decide(
    person: &HeldPerson<'_>,
    (terms, batches): (&Terms, &Batches),
    may: impl Fn(&Source) -> bool,
    day: Date,
) -> Vec<Verdict> {
    let times = Times { right_ended: person.right_ended, ..Times::default() };
    let own = last(&terms.own(&Source::DEPARTEMENT), &times)
        .filter(|(since, _)| *since <= day && may(&Source::DEPARTEMENT))
        .map(|(since, term)| (since, Arc::clone(&term.clause)));
    let of_identity = |(held, own_rows): &(&HeldIdentity, u64)| {
        let versions =
            if may(&held.source) { batches.due(held, person.right_ended, terms, day) } else { Vec::new() };
        let said = held.versions.iter().filter(|version| !version.is_empty).count();
        let own_stays = own.is_none() && *own_rows > 0;
        // Of whom nothing was said to begin with, the rows that hang on her tell when she goes.
        let is_bare = said == 0 && !held.in_stock() && own.is_some() && may(&held.source);
        let fate = if versions.len() < said || (said == 0 && !is_bare) {
            Fate::Stays
        } else if own_stays {
            Fate::KeepsOwn
        } else {
            Fate::Goes
        };
        Verdict { versions, own: own.clone(), fate }
    };
    person.identities.iter().map(of_identity).collect()
}
