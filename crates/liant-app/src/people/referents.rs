//! Who may be given people: the social referents (*référents sociaux*) of the territory.

use liant_access::membership::is_effective;
use liant_access::{OrganisationKind, ProfessionalRole};
use liant_model::{AccountId, OrganisationId};

use crate::{AppError, Context, Workplace};

/// Someone who may follow people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    /// Her account.
    pub account: AccountId,
    /// Her name.
    pub name: String,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
}

/// A local service (*SLAI*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalService {
    /// Which.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
}

/// Referents that a page offers at most.
const MOST: usize = 500;

/// The social referents of the territory whose memberships may be worked in today, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn referents(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Follower>, AppError> {
    in_role(context, workplace, (ProfessionalRole::SocialReferent, MOST))
}

/// The same, of any role; a number of them.
pub(crate) fn in_role(
    context: &Context<'_>,
    workplace: &Workplace,
    (role, most): (ProfessionalRole, usize),
) -> Result<Vec<Follower>, AppError> {
    let today = context.now().date();
    Ok(workplace.store.directory(context.territory, |directory| {
        let mut found = Vec::new();
        for (seat, account) in directory.seats_in_role(context.territory, role, most)? {
            let organisation = seat.organisation.facts();
            let mandates: Vec<_> = if seat.membership.post.role.is_own_task_of(organisation.kind) {
                Vec::new()
            } else {
                directory.mandates_of(organisation.id)?.into_iter().map(|row| row.mandate).collect()
            };
            if is_effective(&seat.membership.post, &organisation, &mandates, today) {
                found.push(Follower {
                    account: account.id,
                    name: account.name,
                    organisation: organisation.id,
                    organisation_name: seat.organisation.name,
                });
            }
        }
        Ok(found)
    })?)
}

/// The local services of the territory, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn local_services(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<LocalService>, AppError> {
    let rows = workplace
        .store
        .directory(context.territory, |directory| directory.organisations(context.territory))?;
    let is_open = |row: &liant_store::accounts::OrganisationRow| {
        row.kind == OrganisationKind::LocalService && row.closed_at.is_none()
    };
    let services = rows.into_iter().filter(is_open);
    Ok(services.map(|row| LocalService { organisation: row.id, name: row.name }).collect())
}

/// The names of these accounts, in their order.
///
/// # Errors
/// When the store cannot be read.
pub fn names_of(
    context: &Context<'_>,
    workplace: &Workplace,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, String)>, AppError> {
    Ok(workplace.store.directory(context.territory, |directory| {
        let mut names = Vec::with_capacity(accounts.len());
        for account in accounts {
            names.extend(directory.account(*account)?.map(|row| (*account, row.name)));
        }
        Ok(names)
    })?)
}
