//! Who is an RSA recipient in course (*bénéficiaire du RSA en cours*).

use std::collections::{BTreeSet, HashMap};

use liant_convention::UseKind;
use liant_flux::RecipientRule;
use liant_guard::UsePlan;
use liant_model::{Block, Field, IdentityId, PersonId, Source};
use liant_store::{Snapshot, StoreError};

use crate::{AppError, Context, Workplace};

/// What the rule asks of a person's rights: few fields, kept no longer than the question.
type Known = HashMap<IdentityId, (PersonId, Vec<(Field, String)>)>;

/// The persons of the territory who are recipients in course: by the rights that the CNAF flow gives; where it says
/// nothing of a person, by her being in France Travail's stock of recipients.
pub(crate) fn in_course(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<BTreeSet<PersonId>, AppError> {
    let count = UsePlan::compile(&workplace.gate, UseKind::Count, context.territory, context.now())?;
    let rule = RecipientRule::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
    let found = workplace.store.read(context.territory, |snapshot| {
        let mut present: BTreeSet<IdentityId> = BTreeSet::new();
        let mut known_to_cnaf: BTreeSet<PersonId> = BTreeSet::new();
        snapshot.present(&Source::CNAF, |identity, _, person| {
            present.insert(identity);
            known_to_cnaf.insert(person);
            Ok(())
        })?;
        let mut known = Known::new();
        for block in [Block::Rights, Block::Household] {
            gather(snapshot, &count, block, &present, &mut known)?;
        }
        let mut people: BTreeSet<PersonId> = known
            .values()
            .filter(|(_, values)| {
                rule.applies(&|field| {
                    values.iter().find(|(found, _)| *found == field).map(|(_, value)| value.as_str())
                })
            })
            .map(|(person, _)| *person)
            .collect();
        snapshot.present(&Source::FRANCE_TRAVAIL, |_, _, person| {
            if !known_to_cnaf.contains(&person) {
                people.insert(person);
            }
            Ok(())
        })?;
        Ok(people)
    })?;
    Ok(found)
}

fn gather(
    snapshot: &mut Snapshot<'_>,
    count: &UsePlan,
    block: Block,
    present: &BTreeSet<IdentityId>,
    known: &mut Known,
) -> Result<(), StoreError> {
    snapshot.block_of_all(block, |fact| {
        if present.contains(&fact.identity) {
            count.read(&fact.facts, |reading| {
                known
                    .entry(fact.identity)
                    .or_insert_with(|| (fact.person, Vec::new()))
                    .1
                    .extend(reading.iter());
            });
        }
        Ok(())
    })
}
