//! Whether someone agrees to be reached by e-mail and telephone (*consentement au contact électronique*): given and withdrawn by
//! her, seen by those who follow her, who record it when she tells them that she withdraws it.

use liant_audit::{Act, PeopleBlock};
use liant_model::{IdentityId, PersonId};
pub use liant_store::ContactRow;
use liant_store::{Change, ChangeSet, SpaceChange};

use super::Herself;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, lookups};

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
    let subject = format!("electronic contact: consent {}", if given { "given" } else { "withdrawn" });
    write(context, workplace, (her.person, her.identity), given, subject)
}

/// Records that someone withdraws her consent, for who may see her and was told so, by telephone for one: it is as easy as giving it
/// (GDPR art. 7 (3)). Nobody but herself gives it: in her space, or on a liaison form with her signature. Saying again what holds changes nothing.
///
/// # Errors
/// When there is no such person to see, or the gate refuses; [`AppError::Close`] when she is close to the actor and no reason holds.
pub fn taken_back(context: &Context<'_>, workplace: &Workplace, person: PersonId) -> Result<(), AppError> {
    let seen = access::in_sight(context, workplace, person)?;
    lookups::admit(context, workplace, person, &seen.facts)?;
    let (rows, links) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.contact_of(person)?, snapshot.links_of_person(person)?))
    })?;
    if rows.first().is_some_and(|row| !row.given) {
        return Ok(());
    }
    let identity = links.first().ok_or(AppError::Absent("person"))?.identity;
    let subject = "electronic contact: consent withdrawn, as she told who recorded it".to_owned();
    write(context, workplace, (person, identity), false, subject)
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, identity): (PersonId, IdentityId),
    given: bool,
    subject: String,
) -> Result<(), AppError> {
    let what = Audited { subject, people: PeopleBlock::new([person]), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Rights, what)?;
    let change = SpaceChange::Contact { identity, given, said_by: context.actor.name.clone() };
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Space(change));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}
