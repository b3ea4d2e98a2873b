//! Whom a breach concerns, from the log alone.

use std::collections::{BTreeMap, BTreeSet};

use liant_audit::{Act, Entry, PeopleBlock};
use liant_casework::breach::{Concerned, Moved, Shown, concerned};
use liant_model::{ActId, FieldSet, Instant, PersonId};
use liant_store::{BreachScope, LogLeaf, StoreError};

use crate::{AppError, Context, Workplace};

/// An act that a breach is about.
#[derive(Clone, Debug)]
pub struct SeenAct {
    /// Which.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// Who acted.
    pub actor: String,
    /// To whom the data went; nothing when the act named people and showed no datum of theirs.
    pub recipient: String,
    /// What it was.
    pub what: String,
    /// How many data it showed.
    pub fields: u64,
    /// How many people it named.
    pub people: u64,
}

/// The acts of a scope, and whom they concern.
pub(super) struct Gathered {
    pub(super) acts: Vec<SeenAct>,
    pub(super) concerned: BTreeMap<PersonId, Concerned>,
    /// Entries of the period that were erased: what they said is gone.
    pub(super) erased: u64,
}

/// The acts that name people they show: those of a breach, when they have no record of a release. An import names records, not
/// people, and shows nobody.
const NAMING: [Act; 4] = [Act::Read, Act::Search, Act::Export, Act::Send];

/// Gathers from the records of what was released, and from the entries of the log that name people beside.
pub(super) fn gather(
    context: &Context<'_>,
    workplace: &Workplace,
    scope: &BreachScope,
) -> Result<Gathered, AppError> {
    let (rows, moved) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.disclosures_within(scope)?, snapshot.moved_links(scope.since)?))
    })?;
    let mut found: Vec<(SeenAct, Shown)> = Vec::with_capacity(rows.len());
    let released: BTreeSet<ActId> = rows.iter().map(|row| row.act).collect();
    for row in rows.into_iter().filter(|row| !is_own_visit(scope, row.recipient.split('/').nth(1))) {
        let people = PeopleBlock::from_bytes(&row.people)?;
        let fields = FieldSet::from_bits(u128::from_be_bytes(row.fields));
        let act = SeenAct {
            act: row.act,
            at: row.at,
            actor: row.actor,
            recipient: row.recipient,
            what: row.what,
            fields: fields.len() as u64,
            people: people.len(),
        };
        found.push((act, Shown { at: row.at, fields, people: people.iter().collect() }));
    }
    let erased = add_named(context, workplace, (scope, &released), &mut found)?;
    found.sort_by_key(|(act, _)| (act.at, act.act));
    let (acts, shown): (Vec<SeenAct>, Vec<Shown>) = found.into_iter().unzip();
    let moved: Vec<Moved> = moved
        .into_iter()
        .map(|link| Moved { person: link.person, from: link.made_at, until: link.ended_at, now: link.now })
        .collect();
    Ok(Gathered { concerned: concerned(&shown, &moved), acts, erased })
}

/// Whether whoever acted was a person in her own space, where no account or act of hers is meant: she is shown herself.
fn is_own_visit(scope: &BreachScope, role: Option<&str>) -> bool {
    role == Some(crate::space::ROLE) && scope.actor.is_none() && scope.act.is_none()
}

/// Adds the entries that name people and have no record of a release; counts those that were erased.
fn add_named(
    context: &Context<'_>,
    workplace: &Workplace,
    (scope, released): (&BreachScope, &BTreeSet<ActId>),
    found: &mut Vec<(SeenAct, Shown)>,
) -> Result<u64, AppError> {
    let mut erased = 0;
    let mut add = |leaf: LogLeaf| {
        if released.contains(&leaf.act) {
            return Ok(());
        }
        let Some((_, payload)) = &leaf.content else {
            erased += 1;
            return Ok(());
        };
        let entry = Entry::decode(payload)
            .map_err(|_| StoreError::Damaged("an entry of the log does not read".to_owned()))?;
        let is_of_actor = scope.actor.as_ref().is_none_or(|actor| entry.actor.name == *actor);
        let is_own = is_own_visit(scope, Some(entry.actor.role.as_str()));
        if is_of_actor && !is_own && NAMING.contains(&entry.act) && !entry.people.is_empty() {
            let people: Vec<PersonId> = entry.people.iter().collect();
            let act = SeenAct {
                act: leaf.act,
                at: leaf.at,
                actor: entry.actor.name,
                recipient: String::new(),
                what: entry.subject,
                fields: 0,
                people: people.len() as u64,
            };
            found.push((act, Shown { at: leaf.at, fields: FieldSet::EMPTY, people }));
        }
        Ok(())
    };
    workplace.store.read(context.territory, |snapshot| snapshot.log_within(scope, &mut add))?;
    Ok(erased)
}
