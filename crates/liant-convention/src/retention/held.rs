//! What is held of people, and which of it is due. A file of the exchange is a stock: it says again what it does not change, so
//! a version that holds was last received with the last file that held the person.

use std::sync::Arc;

use jiff::civil::Date;
use liant_model::{BatchNo, Block, Source};

use super::{Terms, Times, convention_of, last};
use crate::decision::ClauseRef;

/// A file that was received and published.
#[derive(Clone, Debug)]
pub struct HeldBatch {
    /// Its number.
    pub number: BatchNo,
    /// Whose file.
    pub source: Source,
    /// The clause it was received under.
    pub received_under: String,
    /// The day it was received.
    pub received: Date,
    /// The day it speaks for.
    pub speaks_for: Date,
    /// The blocks that its flow carries.
    pub blocks: Vec<Block>,
}

/// The files that were received, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub struct Batches(Vec<HeldBatch>);

/// One version of one block of a source identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldVersion {
    /// The batch that brought it.
    pub from: BatchNo,
    /// Which block.
    pub block: Block,
    /// Whether it says nothing: the source speaks of the block no longer.
    pub is_empty: bool,
}

/// One stay in the stock of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldSpell {
    /// The batch that brought her in.
    pub from: BatchNo,
    /// The first batch without her.
    pub to: Option<BatchNo>,
}

/// One source identity: her stays and her versions, each oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldIdentity {
    /// The register she is known to.
    pub source: Source,
    /// Her stays in its stock.
    pub spells: Vec<HeldSpell>,
    /// The versions of her blocks.
    pub versions: Vec<HeldVersion>,
}

/// A version whose time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueVersion {
    /// Which.
    pub version: HeldVersion,
    /// Since when it must be gone.
    pub since: Date,
    /// The clause.
    pub clause: Arc<ClauseRef>,
}

impl HeldIdentity {
    /// Whether the stock of her source holds her.
    pub fn in_stock(&self) -> bool {
        self.spells.last().is_some_and(|spell| spell.to.is_none())
    }

    /// The first later version of the same block: from then on this one is superseded.
    fn superseded(&self, version: HeldVersion) -> Option<BatchNo> {
        let later = |other: &&HeldVersion| other.block == version.block && other.from > version.from;
        self.versions.iter().filter(later).map(|other| other.from).min()
    }

    fn held_by(&self, batch: BatchNo) -> bool {
        self.spells.iter().any(|spell| spell.from <= batch && spell.to.is_none_or(|to| batch < to))
    }
}

impl Batches {
    /// Files in any order.
    pub fn new(mut batches: Vec<HeldBatch>) -> Self {
        batches.sort_by_key(|batch| batch.number);
        Self(batches)
    }

    /// Each of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &HeldBatch> {
        self.0.iter()
    }

    fn get(&self, number: BatchNo) -> Option<&HeldBatch> {
        let place = self.0.binary_search_by_key(&number, |batch| batch.number).ok()?;
        self.0.get(place)
    }

    /// The last file that said what a version says: the one that brought it, or a later one of its source that carries the
    /// block, held her, and changed nothing of it.
    pub fn last_said(&self, identity: &HeldIdentity, version: HeldVersion) -> Option<&HeldBatch> {
        let superseded = identity.superseded(version);
        let says = |batch: &&HeldBatch| {
            batch.source == identity.source
                && batch.number >= version.from
                && superseded.is_none_or(|next| batch.number < next)
                && batch.blocks.contains(&version.block)
                && identity.held_by(batch.number)
        };
        self.0.iter().rev().find(says).or_else(|| self.get(version.from))
    }

    /// The day that the first file without her speaks for, when the stock does not hold her any more.
    pub fn left_on(&self, identity: &HeldIdentity) -> Option<Date> {
        let to = identity.spells.last()?.to?;
        Some(self.get(to)?.speaks_for)
    }

    /// The versions whose time is over on `day`, of someone whose right ended then.
    pub fn due(
        &self,
        identity: &HeldIdentity,
        right_ended: Option<Date>,
        terms: &Terms,
        day: Date,
    ) -> Vec<DueVersion> {
        let said = identity.versions.iter().filter(|version| !version.is_empty);
        let due = said.filter_map(|version| {
            let said = self.last_said(identity, *version)?;
            let times = Times { received: Some(said.received), right_ended, recorded: None };
            let of = terms.facts(convention_of(&said.received_under), &identity.source);
            let (since, term) = last(&of, &times)?;
            (since <= day).then(|| DueVersion { version: *version, since, clause: Arc::clone(&term.clause) })
        });
        due.collect()
    }
}

/// When someone's right to the benefit ended (*fin de droit*), told from all registers together.
///
/// While the CNAF's stock holds her, its word is the last: her right runs until the end that it gives. Of someone whom it
/// does not hold, France Travail's stock of recipients tells. Whoever left both has had her right until the last of the days they
/// give. Someone whom neither ever held is followed for as long as the Département's own list holds her.
#[derive(Clone, Debug, Default)]
pub struct RightEnd {
    cnaf_holds: bool,
    others_hold: bool,
    recipients: Option<Date>,
    own_holds: bool,
    own: Option<Date>,
    given: Option<Date>,
}

impl RightEnd {
    /// Takes in one source identity, and the end of right that its facts give.
    pub fn take(&mut self, batches: &Batches, identity: &HeldIdentity, given: Option<Date>) {
        let (holds, left) = (identity.in_stock(), batches.left_on(identity));
        if identity.source == Source::CNAF {
            self.cnaf_holds |= holds;
            self.given = self.given.max(given);
            self.recipients = self.recipients.max(left);
        } else if identity.source == Source::DEPARTEMENT {
            self.own_holds |= holds;
            self.own = self.own.max(left);
        } else {
            self.others_hold |= holds;
            self.recipients = self.recipients.max(left);
        }
    }

    /// The day; none while the right runs, or while nothing tells.
    pub fn day(&self) -> Option<Date> {
        if self.cnaf_holds {
            return self.given;
        }
        if self.others_hold {
            return None;
        }
        match self.recipients.max(self.given) {
            Some(day) => Some(day),
            None if self.own_holds => None,
            None => self.own,
        }
    }
}
