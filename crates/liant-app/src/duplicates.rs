//! People whom the store holds twice: found among everyone it knows, and put to a human as questions of identity.

use std::collections::HashSet;

use liant_audit::Act;
use liant_convention::Channel;
use liant_identity::{Link, Options, duplicates};
use liant_model::{BulkIds, IdentityId};
use liant_store::{Change, ChangeSet, ReviewRow, ReviewState};

use crate::context::{Audited, audit, random};
use crate::import::recogniser::{Recognised, THREADS, everyone};
use crate::{AppError, Context, Workplace, access};

/// Questions asked in one act at most.
const MOST_IN_ONE_ACT: usize = 1_000;

/// Looks for pairs of source identities that seem to be one person and belong to two, and asks about each that was
/// never asked about. Nothing is linked. Gives the number of questions.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn find(context: &Context<'_>, workplace: &Workplace) -> Result<u64, AppError> {
    access::plan(context, workplace, Channel::Screen)?;
    workplace.store.ensure_territory(context.territory)?;
    let (known, recognised) = everyone(workplace, (context.territory, context.now()))?;
    let found = duplicates(&known, &Options { threads: THREADS, ..Options::default() });
    drop(known);
    let asked = asked(context, workplace)?;
    let mut ids = BulkIds::new(context.now(), random()?);
    let questions: Vec<ReviewRow> = found
        .iter()
        .filter_map(|link| sides(link, &recognised).map(|sides| (link, sides)))
        .filter(|(_, (left, right))| !asked.contains(&(*left, *right)) && !asked.contains(&(*right, *left)))
        .map(|(link, (identity, candidate))| ReviewRow {
            review: ids.next_id(),
            identity,
            candidate,
            score: f64::from(link.score),
            evidence: link.evidence.to_bytes().to_vec(),
        })
        .collect();
    for part in questions.chunks(MOST_IN_ONE_ACT) {
        let what = Audited {
            subject: "duplicates".to_owned(),
            counts: vec![("questions", part.len() as u64)],
            ..Audited::default()
        };
        let entry = audit(context, context.act_id()?, Act::Match, what)?;
        let set = ChangeSet::new(context.territory, context.now(), entry);
        workplace.store.apply(&part.iter().cloned().map(Change::Ask).fold(set, ChangeSet::with))?;
    }
    access::sequence(context, workplace);
    Ok(questions.len() as u64)
}

/// The two source identities of a pair that belong to two persons.
fn sides(link: &Link, recognised: &Recognised) -> Option<(IdentityId, IdentityId)> {
    let (left, right) = (link.left as usize, link.right as usize);
    let two = recognised.persons.get(left)? != recognised.persons.get(right)?;
    two.then_some((*recognised.identities.get(left)?, *recognised.identities.get(right)?))
}

/// The pairs that were asked about before, whatever was answered.
fn asked(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<HashSet<(IdentityId, IdentityId)>, AppError> {
    Ok(workplace.store.read(context.territory, |snapshot| {
        let mut pairs = HashSet::new();
        for state in [ReviewState::Open, ReviewState::Accepted, ReviewState::Refused] {
            pairs.extend(snapshot.reviews(state)?.iter().map(|review| (review.identity, review.candidate)));
        }
        Ok(pairs)
    })?)
}
