//! What of one person goes on a day.

use std::sync::Arc;

use jiff::civil::Date;
use liant_model::Source;

use super::{Batches, DueVersion, HeldIdentity, RightEnd, Terms, Times, last};
use crate::decision::ClauseRef;

/// One source identity of a person, and what else tells when it goes.
#[derive(Clone, Copy, Debug)]
pub struct Hers<'h> {
    /// Her stays and versions.
    pub held: &'h HeldIdentity,
    /// How many rows the controller recorded about her itself, and hung on it.
    pub own: u64,
    /// How many events of her path hang on it.
    pub path: u64,
    /// The end of right that its facts give.
    pub right_ended: Option<Date>,
}

/// A person's path (*parcours d'accompagnement*), whatever its events hang on. It goes whole or stays whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HerPath {
    /// The registers that its events are in.
    pub registers: Vec<Source>,
    /// Whether something is under way: then it stays, with who stands beside her.
    pub is_live: bool,
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
    /// The clause under which her path goes, and since when; none while it is kept.
    pub path: Option<(Date, Arc<ClauseRef>)>,
    /// What becomes of the rest.
    pub fate: Fate,
}

impl Verdict {
    /// Whether anything of it goes.
    pub fn is_anything(&self, own_rows: u64, path_rows: u64) -> bool {
        !self.versions.is_empty()
            || self.fate != Fate::Stays
            || (self.own.is_some() && own_rows > 0)
            || (self.path.is_some() && path_rows > 0)
    }
}

/// Decides what of each source identity of a person goes on `day`. Only of sources that `may` go: those of which a clause lets
/// the software destroy what is due (`[[use]] for = ["retain"]`).
///
/// What goes tells nothing any more of her right: what a register said of it is asked of those that stay, until nothing more
/// goes. So a second run on the same day finds nothing.
///
/// Her path goes when the last of the times of its registers is over, and never while something is under way on it.
pub fn decide(
    (hers, path): (&[Hers<'_>], &HerPath),
    (terms, batches): (&Terms, &Batches),
    may: impl Fn(&Source) -> bool,
    day: Date,
) -> Vec<Verdict> {
    let mut stay = vec![true; hers.len()];
    loop {
        let mut end = RightEnd::default();
        for (one, _) in hers.iter().zip(&stay).filter(|(_, stays)| **stays) {
            end.take(batches, one.held, one.right_ended);
        }
        // When no register stays that tells, the controller followed her until the last file of any.
        let right_ended = if stay.contains(&true) {
            end.day()
        } else {
            batches.iter().last().map(|batch| batch.speaks_for)
        };
        let verdicts = decide_at((hers, path), (terms, batches), &may, (right_ended, day));
        let next: Vec<bool> = verdicts
            .iter()
            .zip(&stay)
            .map(|(verdict, stays)| *stays && verdict.fate == Fate::Stays)
            .collect();
        if next == stay {
            return verdicts;
        }
        stay = next;
    }
}

/// Decides for a right that ended then.
fn decide_at(
    (hers, path): (&[Hers<'_>], &HerPath),
    (terms, batches): (&Terms, &Batches),
    may: &impl Fn(&Source) -> bool,
    (right_ended, day): (Option<Date>, Date),
) -> Vec<Verdict> {
    let times = Times { right_ended, ..Times::default() };
    let own = last(&terms.own(&Source::DEPARTEMENT), &times)
        .filter(|(since, _)| *since <= day && may(&Source::DEPARTEMENT) && !path.is_live)
        .map(|(since, term)| (since, Arc::clone(&term.clause)));
    let of_path = path_due(path, terms, may, (&times, day));
    let of_identity = |one: &Hers<'_>| {
        let held = one.held;
        let versions =
            if may(&held.source) { batches.due(held, right_ended, terms, day) } else { Vec::new() };
        let said = held.versions.iter().filter(|version| !version.is_empty).count();
        let own_stays = (own.is_none() && one.own > 0) || (of_path.is_none() && one.path > 0);
        // Of whom nothing was said to begin with, the rows that hang on her tell when she goes.
        let is_bare = said == 0 && !held.in_stock() && own.is_some() && !own_stays && may(&held.source);
        let fate = if versions.len() < said || (said == 0 && !is_bare) {
            Fate::Stays
        } else if own_stays {
            Fate::KeepsOwn
        } else {
            Fate::Goes
        };
        Verdict { versions, own: own.clone(), path: of_path.clone(), fate }
    };
    hers.iter().map(of_identity).collect()
}

/// Since when her path must be gone, by the last of the times of the registers that it is in.
fn path_due(
    path: &HerPath,
    terms: &Terms,
    may: &impl Fn(&Source) -> bool,
    (times, day): (&Times, Date),
) -> Option<(Date, Arc<ClauseRef>)> {
    if path.is_live || !path.registers.iter().all(may) {
        return None;
    }
    let of: Option<Vec<_>> =
        path.registers.iter().map(|register| last(&terms.path(register), times)).collect();
    let (since, term) = of?.into_iter().max_by_key(|(since, _)| *since)?;
    (since <= day).then(|| (since, Arc::clone(&term.clause)))
}
