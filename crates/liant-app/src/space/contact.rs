//! Whether someone agrees to be reached by e-mail and telephone (*consentement au contact électronique*): given and withdrawn by
//! her, seen by those who follow her.

use liant_audit::{Act, PeopleBlock};
use liant_model::PersonId;
pub use liant_store::ContactRow;
use liant_store::{Change, ChangeSet, SpaceChange};

use super::Herself;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access};

/// What she said, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn said(
    context: &Context<'_>,
    workplace: &Workplace,
    her: &Herself,
) -> Result<Vec<ContactRow>, AppError> {
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.contact_of(her.person))?)
}

/// What someone said last, for who may see her.
///
/// # Errors
/// When there is no such person to see, or the gate refuses.
pub fn of_person(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
) -> Result<Option<ContactRow>, AppError> {
    access::in_sight(context, workplace, person)?;
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.contact_of(person))?;
    Ok(rows.into_iter().next())
}

/// Gives her consent, or withdraws it. Saying again what holds changes nothing.
///
/// # Errors
/// When the store cannot be written.
pub fn say(context: &Context<'_>, workplace: &Workplace, her: &Herself, given: bool) -> Result<(), AppError> {
    let before = said(context, workplace, her)?;
    if before.first().is_some_and(|row| row.given == given) || (before.is_empty() && !given) {
        return Ok(());
    }
    let what = Audited {
        subject: format!("electronic contact: consent {}", if given { "given" } else { "withdrawn" }),
        people: PeopleBlock::new([her.person]),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Rights, what)?;
    let change = SpaceChange::Contact { identity: her.identity, given, said_by: her.actor.name.clone() };
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Space(change));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}
