//! Whether a form finds somebody who may open it: to where nobody may, it does not leave.

use liant_casework::Programme;
use liant_convention::{Channel, Consents, Query, Reach};
use liant_guard::{Plan, Standing};
use liant_model::{Actor, Field, OrganisationId, Role};

use super::{entry, purposes, register_of};
use crate::{AppError, Context, Workplace};

/// A form about to leave.
pub(super) struct Opening<'a> {
    pub(super) programme: &'a Programme,
    /// The role that it goes to.
    pub(super) to: &'a Role,
    /// Where; none when nothing says.
    pub(super) organisation: Option<OrganisationId>,
    /// What the person agreed to.
    pub(super) consents: Consents,
    pub(super) standing: &'a Standing,
}

/// Whether somebody works there in the role that the form goes to, and a clause that the programme rests on shows her what the sender
/// recorded.
pub(super) fn opens(
    context: &Context<'_>,
    workplace: &Workplace,
    form: &Opening<'_>,
) -> Result<bool, AppError> {
    let Some(organisation) = form.organisation else { return Ok(false) };
    if !entry::receives(context, workplace, organisation, form.to)? {
        return Ok(false);
    }
    let there =
        workplace.store.directory(context.territory, |directory| directory.organisation(organisation))?;
    let Some(there) = there else { return Ok(false) };
    let reader = Actor { name: String::new(), party: there.party, role: form.to.clone(), os_user: None };
    let (gate, register) = (context.gate(workplace)?, register_of(&context.actor.party));
    for purpose in purposes(&reader)? {
        let query = Query {
            actor: &reader,
            purpose: &purpose,
            channel: Channel::Screen,
            territory: context.territory,
            reach: Reach::Designated,
            now: context.now(),
        };
        let Ok(plan) = Plan::compile_of(gate, &query, form.consents) else { continue };
        let mut by = plan.clauses_once_given(&register, Field::AccompanimentPath, form.standing);
        let is_own = reader.party == context.actor.party;
        if by.any(|clause| is_own || form.programme.conventions.contains(&clause.convention)) {
            return Ok(true);
        }
    }
    Ok(false)
}
