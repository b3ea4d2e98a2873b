//! Who may be given people: the social referents (*référents sociaux*) of the territory.

use liant_access::membership::is_effective;
use liant_access::{OrganisationKind, ProfessionalRole};
use liant_model::{AccountId, Date, OrganisationId, Territory};
use liant_store::StoreError;
use liant_store::accounts::{Directory, OrganisationRow};

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

/// Who and what a list may be narrowed to.
pub struct Choices {
    /// Those who may follow people.
    pub referents: Vec<Follower>,
    /// The local services of the territory, by name.
    pub services: Vec<LocalService>,
}

/// Who and what a list of people may be narrowed to.
///
/// # Errors
/// When the store cannot be read.
pub fn choices(context: &Context<'_>, workplace: &Workplace) -> Result<Choices, AppError> {
    let today = context.now().date();
    Ok(workplace.store.glance_at_accounts(|directory| {
        let organisations = directory.organisations(context.territory)?;
        Ok(Choices {
            referents: effective(
                directory,
                (context.territory, today),
                (ProfessionalRole::SocialReferent, MOST),
            )?,
            services: open_services(organisations),
        })
    })?)
}

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
    of: (ProfessionalRole, usize),
) -> Result<Vec<Follower>, AppError> {
    let (territory, today) = (context.territory, context.now().date());
    Ok(workplace.store.directory(territory, |directory| effective(directory, (territory, today), of))?)
}

fn effective(
    directory: &mut Directory<'_>,
    (territory, today): (Territory, Date),
    (role, most): (ProfessionalRole, usize),
) -> Result<Vec<Follower>, StoreError> {
    let mut found = Vec::new();
    for (seat, account) in directory.seats_in_role(territory, role, most)? {
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
}

fn open_services(organisations: Vec<OrganisationRow>) -> Vec<LocalService> {
    let is_open =
        |row: &OrganisationRow| row.kind == OrganisationKind::LocalService && row.closed_at.is_none();
    let services = organisations.into_iter().filter(is_open);
    services.map(|row| LocalService { organisation: row.id, name: row.name }).collect()
}

/// The names of these accounts, in their order.
///
/// # Errors
/// When the store cannot be read.
pub fn names_of(workplace: &Workplace, accounts: &[AccountId]) -> Result<Vec<(AccountId, String)>, AppError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(workplace.store.glance_at_accounts(|directory| {
        let mut names = Vec::with_capacity(accounts.len());
        for account in accounts {
            names.extend(directory.account(*account)?.map(|row| (*account, row.name)));
        }
        Ok(names)
    })?)
}
