//! When what is held must be destroyed: the `[[retention]]` clauses of conventions and register entries, and the days on which
//! their times are over. Nothing here reads a clock or a store.
//!
//! A suspension changes nothing of this: it stops what leaves, and neither lengthens nor shortens how long data lie.

mod decide;
mod held;

use std::sync::Arc;

use jiff::civil::Date;
use liant_model::{Source, Territory};

pub use decide::{Fate, HerPath, Hers, Verdict, decide};
pub use held::{Batches, DueVersion, HeldBatch, HeldIdentity, HeldSpell, HeldVersion, RightEnd};

use crate::convention::{Convention, Kind, Retention};
use crate::decision::ClauseRef;
use crate::gate::{Gate, clause};
use crate::problem::Problems;
use crate::terms::{Holding, Length, RetentionStart, SpecialBasis};

/// One time of retention, as the version of its convention that prevails on the day words it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Term {
    /// The clause that everything destroyed under it is cited with.
    pub clause: Arc<ClauseRef>,
    /// Its short name.
    pub id: String,
    /// What starts it.
    pub starts: RetentionStart,
    /// How long it is.
    pub keep: Length,
    /// How long before its end whoever it concerns is warned.
    pub warn: Option<Length>,
    /// The last day of the convention, once no version of it goes on; a register entry may have none.
    convention_ends: Option<Date>,
}

/// The days from which times of retention run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// When it was received, or said again by a later file.
    pub received: Option<Date>,
    /// When the person's right ended; none while it runs.
    pub right_ended: Option<Date>,
    /// When it was put on record, or last served.
    pub recorded: Option<Date>,
}

impl Term {
    /// The day on which it is over: from then on what it is about must be gone. None while nothing has started it.
    pub fn ends(&self, times: &Times) -> Option<Date> {
        let start = match self.starts {
            RetentionStart::Deposit | RetentionStart::Receipt => times.received,
            RetentionStart::EndOfConvention => self.convention_ends,
            RetentionStart::EndOfRight => times.right_ended,
            RetentionStart::Recorded | RetentionStart::LastUse | RetentionStart::Signature => times.recorded,
        };
        Some(self.keep.after(start?))
    }
}

/// The last of several times, with the day on which it is over: what is kept for two reasons goes when neither is left. None
/// while one of them has no end, or there are none.
pub fn last<'t>(terms: &[&'t Term], times: &Times) -> Option<(Date, &'t Term)> {
    let ends: Option<Vec<_>> = terms.iter().map(|term| Some((term.ends(times)?, *term))).collect();
    ends?.into_iter().max_by_key(|(day, _)| *day)
}

/// The times of retention that hold in a territory on a day.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Of facts: by convention and source.
    facts: Vec<(Arc<str>, Source, Term)>,
    /// Of what a controller records about people itself: by source.
    own: Vec<(Source, Term)>,
    /// Of paths: by the register that they are in.
    paths: Vec<(Source, Term)>,
    files: Vec<(Arc<str>, Term)>,
    access_log: Vec<Term>,
    accounts: Vec<Term>,
}

impl Terms {
    /// Gathers the clauses of a territory as they stand on `day`: of the versions of one convention the last that has begun
    /// prevails, and its end is that of the last version there is.
    pub fn of(gate: &Gate, territory: Territory, day: Date) -> Self {
        let mut terms = Self::default();
        let files: Vec<&Convention> =
            gate.conventions().iter().filter(|file| file.territory == territory).collect();
        for versions in files.chunk_by(|one, next| one.id == next.id) {
            let begun = versions.iter().rev().find(|file| file.in_force.from <= day);
            if let (Some(file), Some(last)) = (begun.or(versions.first()), versions.last()) {
                terms.add(file, last.in_force.until);
            }
        }
        terms
    }

    fn add(&mut self, file: &Convention, convention_ends: Option<Date>) {
        for retention in &file.retention {
            let term = term(file, retention, convention_ends);
            match retention.of {
                Holding::Facts => self.add_facts(file, &term),
                Holding::Files => self.files.push((Arc::clone(&file.id), term)),
                Holding::AccessLog => self.access_log.push(term),
                Holding::Accounts => self.accounts.push(term),
                // They name nobody who is accompanied: each bears its own last day.
                Holding::Papers => {}
            }
        }
    }

    /// The facts that a time is about: those of the sources of the clauses that cite it.
    fn add_facts(&mut self, file: &Convention, term: &Term) {
        // A clause that lets rights be answered shows what is held, and is no reason to hold it.
        let on_paths = file.grants.iter().filter(|grant| {
            grant.keep == term.id
                && grant.fields.contains(liant_model::Field::AccompanimentPath)
                && grant.special_basis != Some(SpecialBasis::RightOfAccess)
        });
        let mut registers: Vec<&Source> = on_paths.flat_map(|grant| &grant.sources).collect();
        registers.sort_unstable();
        registers.dedup();
        // What a controller recorded itself goes by its own register; what another did, by what both agreed.
        let is_own = matches!(file.kind, Kind::Register { .. });
        let kept = registers.into_iter().filter(|register| is_own == (**register == Source::DEPARTEMENT));
        self.paths.extend(kept.map(|register| (register.clone(), term.clone())));
        let granted = file.grants.iter().map(|grant| (&grant.keep, &grant.sources));
        let searched = file.wider_searches.iter().map(|search| (&search.keep, &search.sources));
        let mut sources: Vec<&Source> = granted
            .chain(searched)
            .filter(|(keep, _)| **keep == term.id)
            .flat_map(|(_, sources)| sources)
            .collect();
        sources.sort_unstable();
        sources.dedup();
        for source in sources {
            self.facts.push((Arc::clone(&file.id), source.clone(), term.clone()));
            if matches!(file.kind, Kind::Register { .. }) {
                self.own.push((source.clone(), term.clone()));
            }
        }
    }

    /// The times of facts of a source that were received under a convention.
    pub fn facts(&self, convention: &str, source: &Source) -> Vec<&Term> {
        let of = self.facts.iter().filter(|(id, from, _)| **id == *convention && from == source);
        of.map(|(_, _, term)| term).collect()
    }

    /// The times of what the controller records itself about people (orientations, who follows them), as facts of `source`.
    pub fn own(&self, source: &Source) -> Vec<&Term> {
        self.own.iter().filter(|(from, _)| from == source).map(|(_, term)| term).collect()
    }

    /// The times of what is recorded on people's paths in a register.
    pub fn path(&self, register: &Source) -> Vec<&Term> {
        self.paths.iter().filter(|(of, _)| of == register).map(|(_, term)| term).collect()
    }

    /// The times of files that were received under a convention, and of what was set aside of them.
    pub fn files(&self, convention: &str) -> Vec<&Term> {
        self.files.iter().filter(|(id, _)| **id == *convention).map(|(_, term)| term).collect()
    }

    /// The times of who was shown what.
    pub fn access_log(&self) -> Vec<&Term> {
        self.access_log.iter().collect()
    }

    /// The times of accounts of professionals.
    pub fn accounts(&self) -> Vec<&Term> {
        self.accounts.iter().collect()
    }
}

fn term(file: &Convention, retention: &Retention, convention_ends: Option<Date>) -> Term {
    Term {
        clause: clause(file, &retention.clause),
        id: retention.id.clone(),
        starts: retention.starts,
        keep: retention.keep,
        warn: retention.warn,
        convention_ends,
    }
}

/// What a time is about that does not say so: a deposit is of a file, an act on record of the log, a use of an account.
pub(crate) const fn usual_holding(starts: RetentionStart) -> Holding {
    match starts {
        RetentionStart::Deposit => Holding::Files,
        RetentionStart::Recorded => Holding::AccessLog,
        RetentionStart::LastUse => Holding::Accounts,
        RetentionStart::Signature => Holding::Papers,
        RetentionStart::Receipt | RetentionStart::EndOfConvention | RetentionStart::EndOfRight => {
            Holding::Facts
        }
    }
}

/// The convention of a clause as facts keep it (`received_under`): `62-echange-rsa v1, art. 3`.
pub fn convention_of(received_under: &str) -> &str {
    received_under.split(' ').next().unwrap_or_default()
}

pub(crate) fn lint(convention: &Convention, problems: &mut Problems<'_>) {
    for retention in &convention.retention {
        let usual = usual_holding(retention.starts);
        let fits = match retention.of {
            Holding::Facts => usual == Holding::Facts,
            Holding::Files => matches!(
                retention.starts,
                RetentionStart::Deposit | RetentionStart::Receipt | RetentionStart::EndOfConvention
            ),
            other => other == usual,
        };
        if !fits {
            problems.error(
                "start-of-another",
                retention.span,
                format!("`{}` starts no time about `{}`", retention.starts, retention.of),
                format!("leave `of` out, or write `of = \"{usual}\"`"),
            );
        }
    }
}

#[cfg(test)]
mod tests;
