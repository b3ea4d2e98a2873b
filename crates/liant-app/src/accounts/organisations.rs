//! Organisations and the mandates between them.

use liant_access::OrganisationKind;
use liant_access::membership::{Giver, Mandate, RuleFault, Term, check_mandate};
use liant_audit::Act;
use liant_model::{Date, DelegationId, OrganisationId, Party, Territory};
use liant_store::accounts::{AccountChange, DelegationRow, OrganisationRow};

use super::entries::EntryOf;
use super::passwords::checked_name;
use super::seats::looks_absent;
use super::{AccountError, Authority, Office, Refusal};

/// An organisation to record.
#[derive(Clone, Debug)]
pub struct NewOrganisation<'a> {
    /// Whose people it works with.
    pub territory: Territory,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its name, unique in the territory.
    pub name: &'a str,
    /// The party to conventions that its people act for; a service's is its parent's, and may be left out.
    pub party: Option<Party>,
    /// The body that it is a service of.
    pub parent: Option<OrganisationId>,
}

/// Records an organisation. The operator records any; an admin records services of her own organisation.
///
/// # Errors
/// [`Refusal::Rule`]; [`Refusal::Name`]; a conflict when the territory has one of that name.
pub fn add(
    office: &Office<'_>,
    authority: Authority<'_>,
    new: &NewOrganisation<'_>,
) -> Result<OrganisationId, AccountError> {
    let name = checked_name(new.name)?;
    let parent = match new.parent {
        Some(id) => {
            let found =
                office.workplace.store.directory(office.home, |directory| directory.organisation(id))?;
            Some(found.ok_or(Refusal::Absent("organisation"))?)
        }
        None => None,
    };
    match authority.giver() {
        Giver::Operator => {}
        Giver::Professional { is_admin: false, .. } => return Err(RuleFault::NotAdmin.into()),
        Giver::Professional { organisation, .. } if new.parent == Some(organisation) => {}
        Giver::Professional { .. } => return Err(Refusal::Absent("organisation").into()),
    }
    if let Some(parent) = &parent {
        let fits = new.kind.service_of() == Some(parent.kind)
            && parent.territory == new.territory
            && parent.closed_at.is_none()
            && new.party.as_ref().is_none_or(|party| *party == parent.party);
        if !fits {
            return Err(RuleFault::NotAService.into());
        }
    }
    let party = new.party.clone().or_else(|| parent.map(|parent| parent.party));
    let row = OrganisationRow {
        id: office.id(OrganisationId::new)?,
        territory: new.territory,
        kind: new.kind,
        name,
        party: party.ok_or(Refusal::Absent("party"))?,
        parent: new.parent,
        created_at: office.now(),
        closed_at: None,
    };
    let id = row.id;
    let subject = format!("organisation recorded: {id}, {}, for {}", row.kind.code(), row.party);
    act(office, authority, row.territory, subject, AccountChange::Organisation(row))?;
    Ok(id)
}

/// The organisations of a territory, by name. The directory of organisations is no secret among those signed in.
///
/// # Errors
/// When the store cannot be read.
pub fn list(office: &Office<'_>, territory: Territory) -> Result<Vec<OrganisationRow>, AccountError> {
    Ok(office.workplace.store.directory(office.home, |directory| directory.organisations(territory))?)
}

/// The organisations whose people `authority` manages today: her own, its services, those it mandates; all of a territory for
/// the operator.
///
/// # Errors
/// [`Refusal::Rule`] for who is no admin.
pub fn managed(
    office: &Office<'_>,
    authority: Authority<'_>,
    territory: Territory,
) -> Result<Vec<OrganisationRow>, AccountError> {
    let giver = authority.giver();
    if let Giver::Professional { is_admin: false, .. } = giver {
        return Err(RuleFault::NotAdmin.into());
    }
    let day = office.now().date();
    let found = office.workplace.store.directory(office.home, |directory| {
        let given: Vec<Mandate> = match giver {
            Giver::Professional { organisation, .. } => {
                directory.mandates_by(organisation)?.into_iter().map(|row| row.mandate).collect()
            }
            Giver::Operator => Vec::new(),
        };
        let all = directory.organisations(territory)?;
        Ok(all.into_iter().filter(|row| giver.manages(&row.facts(), &given, day).is_ok()).collect())
    })?;
    Ok(found)
}

/// Records a mandate: `mandator` has `mandated` do part of its task. By the operator, or the mandator's admin.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn mandate(
    office: &Office<'_>,
    authority: Authority<'_>,
    mandator: OrganisationId,
    mandated: OrganisationId,
    term: Term,
) -> Result<DelegationId, AccountError> {
    let (from, to) = office.workplace.store.directory(office.home, |directory| {
        Ok((directory.organisation(mandator)?, directory.organisation(mandated)?))
    })?;
    let (from, to) = from.zip(to).ok_or(Refusal::Absent("organisation"))?;
    manages(office, authority, &from)?;
    if from.territory != to.territory {
        return Err(RuleFault::NoMandate.into());
    }
    check_mandate(from.kind, to.kind, &term)?;
    let row = DelegationRow {
        id: office.id(DelegationId::new)?,
        mandate: Mandate { mandator, mandated, term },
        recorded_at: office.now(),
    };
    let last = term.to.map_or_else(|| "on".to_owned(), |to| format!("to {to}"));
    let subject = format!("mandate {} recorded: {mandator} to {mandated}, from {} {last}", row.id, term.from);
    let id = row.id;
    act(office, authority, from.territory, subject, AccountChange::Mandate(row))?;
    Ok(id)
}

/// The mandates that an organisation has given, oldest first.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn mandates(
    office: &Office<'_>,
    authority: Authority<'_>,
    mandator: OrganisationId,
) -> Result<Vec<DelegationRow>, AccountError> {
    let (row, mandates) = office.workplace.store.directory(office.home, |directory| {
        Ok((directory.organisation(mandator)?, directory.mandates_by(mandator)?))
    })?;
    manages(office, authority, &row.ok_or(Refusal::Absent("organisation"))?)?;
    Ok(mandates)
}

/// Sets the last day of a mandate. From the day after, whoever works under it alone is out at her next request.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn end_mandate(
    office: &Office<'_>,
    authority: Authority<'_>,
    mandator: OrganisationId,
    delegation: DelegationId,
    last_day: Date,
) -> Result<(), AccountError> {
    let given = mandates(office, authority, mandator)?;
    let found = given.into_iter().find(|row| row.id == delegation).ok_or(Refusal::Absent("mandate"))?;
    Term { to: Some(last_day), ..found.mandate.term }.check()?;
    let territory = office
        .workplace
        .store
        .directory(office.home, |directory| directory.organisation(mandator))?
        .map_or(office.home, |row| row.territory);
    let change = AccountChange::EndMandate { delegation, last_day: last_day.to_string() };
    act(office, authority, territory, format!("mandate {delegation} ends on {last_day}"), change)
}

fn manages(office: &Office<'_>, authority: Authority<'_>, row: &OrganisationRow) -> Result<(), AccountError> {
    let managed = authority.giver().manages(&row.facts(), &[], office.now().date());
    managed.map(drop).map_err(|fault| looks_absent(fault, "organisation"))
}

fn act(
    office: &Office<'_>,
    authority: Authority<'_>,
    territory: Territory,
    subject: String,
    change: AccountChange,
) -> Result<(), AccountError> {
    let entry = EntryOf { actor: authority.actor(), act: Act::Account, territory, subject };
    office.act(entry, vec![change], Vec::new())?;
    Ok(())
}
