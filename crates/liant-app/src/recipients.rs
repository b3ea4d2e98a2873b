//! Who is an RSA recipient in course (*bénéficiaire du RSA en cours*).

use std::collections::{BTreeSet, HashMap};

use liant_convention::{People, UseKind};
use liant_flux::RecipientRule;
use liant_guard::{Plan, UsePlan};
use liant_model::{Block, Field, IdentityId, PersonId, Source};
use liant_store::{CurrentFact, Snapshot, StoreError};

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

/// Keeps, of the facts of one person, those of the sources whose clauses are about her: a clause about RSA recipients
/// says nothing of a child of the household. A source identity whose own facts do not tell is about a recipient when
/// France Travail's stock holds her, which is a stock of recipients.
pub(crate) fn within(
    context: &Context<'_>,
    workplace: &Workplace,
    plan: &Plan,
    person: PersonId,
    facts: Vec<CurrentFact>,
) -> Result<Vec<CurrentFact>, AppError> {
    let count = UsePlan::compile(&workplace.gate, UseKind::Count, context.territory, context.now())?;
    let rule = RecipientRule::shipped().map_err(|error| AppError::Internal(error.to_string()))?;
    let asks = |fact: &CurrentFact| {
        count.read(&fact.facts, |reading| {
            reading.text(Field::HouseholdRole).is_some_and(|role| rule.admits(Field::HouseholdRole, role))
        })
    };
    let recipient = facts.iter().any(|fact| {
        *fact.facts.source() == Source::FRANCE_TRAVAIL
            || (fact.block == Block::Household && asks(fact).unwrap_or(false))
    });
    let mut in_course_now = None;
    let mut kept = Vec::with_capacity(facts.len());
    for fact in facts {
        let about_her = match plan.rows(fact.facts.source()).map(|rows| rows.people) {
            None => false,
            Some(People::Everyone) => true,
            Some(People::RsaRecipient) => recipient,
            Some(People::RsaRecipientInCourse) => {
                let people = match in_course_now.take() {
                    Some(people) => people,
                    None => in_course(context, workplace)?,
                };
                let is_in = people.contains(&person);
                in_course_now = Some(people);
                is_in
            }
        };
        if about_her {
            kept.push(fact);
        }
    }
    Ok(kept)
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
