//! Who may enter: the criteria of a programme, found out under the gate and shown to nobody; and who receives forms.

use liant_access::{OrganisationKind, ProfessionalRole};
use liant_casework::{Code, Coded, Facts, Programme};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_model::{OrganisationId, PersonId, Role};

use super::sight::Seen;
use crate::people::{Follower, in_role};
use crate::{AppError, Context, Workplace};

/// The criteria that someone meets today: what registers tell, under the clauses for `count`, and what was ticked.
pub(super) fn facts(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, seen): (PersonId, &Seen<'_>),
    declared: &[Code],
) -> Result<Facts, AppError> {
    let count = UsePlan::compile(context.gate(workplace)?, UseKind::Count, context.territory, context.now())?;
    let mut look = workplace.criteria.look(context.now().date());
    let (left, orientations) = workplace.store.read(context.territory, |snapshot| {
        let mut left = Vec::new();
        for link in snapshot.links_of_person(person)? {
            if let Some((_, current)) = snapshot.identity(link.identity)? {
                left.extend(current.left.then_some(link.identity));
            }
        }
        Ok((left, snapshot.orientations_of(person)?))
    })?;
    let stays = seen.facts.iter().filter(|fact| !left.contains(&fact.identity)).map(|fact| &fact.facts);
    for facts in stays.chain(orientations.iter().map(|row| &row.facts)) {
        // What comes out of the closure is which tests hold.
        count.read(facts, |reading| look.take(facts.source(), &|field| reading.get(field)));
    }
    Ok(look.facts(declared, &|people| seen.standing.is_in(people)))
}

/// The criteria of a programme that a form ticks; the others registers tell.
pub fn declared<'p>(workplace: &Workplace, programme: &'p Programme) -> Vec<&'p Coded> {
    workplace.criteria.declared(programme)
}

/// More than any territory has professionals of a role: whoever is left out could be given nothing.
const EVERYONE: usize = i32::MAX as usize;

/// Professionals of a role whose memberships may be worked in today, by name: who may be named, or sent a form.
///
/// # Errors
/// When the store cannot be read.
pub fn colleagues(
    context: &Context<'_>,
    workplace: &Workplace,
    role: &Role,
) -> Result<Vec<Follower>, AppError> {
    match ProfessionalRole::from_code(role.as_str()) {
        Some(role) => in_role(context, workplace, (role, EVERYONE)),
        None => Ok(Vec::new()),
    }
}

/// Whether an organisation has people in a role.
pub(super) fn receives(
    context: &Context<'_>,
    workplace: &Workplace,
    organisation: OrganisationId,
    role: &Role,
) -> Result<bool, AppError> {
    Ok(colleagues(context, workplace, role)?.iter().any(|one| one.organisation == organisation))
}

/// The local service of someone's commune, for a role that is held there.
pub(super) fn service_of(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, _): (PersonId, &Seen<'_>),
    role: &Role,
) -> Result<Option<OrganisationId>, AppError> {
    let held_there = ProfessionalRole::from_code(role.as_str())
        .is_some_and(|role| role.is_own_task_of(OrganisationKind::LocalService));
    if !held_there {
        return Ok(None);
    }
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.service_of(person))?)
}
