//! An admin's people: who is in her organisation, as what, until when.

use liant_access::membership::{Post, Term, may_give};
use liant_access::password::Password;
use liant_access::{Email, ProfessionalRole};
use liant_audit::Act;
use liant_model::{AccountId, Actor, Instant, Lang, MembershipId, OrganisationId, Territory};
use liant_store::accounts::{AccountChange, AccountRow, MembershipRow, SeatRow, Upkeep};

use super::desk::lacks_factor;
use super::entries::EntryOf;
use super::passwords::{check, checked_name};
use super::seats::{looks_absent, mandates, organisation as organisation_of};
use super::{AccountError, Authority, Office, Refusal};
use crate::context::random;

/// Someone of an organisation, as its admin sees her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Her membership.
    pub membership: MembershipId,
    /// Her account.
    pub account: AccountId,
    /// Her name.
    pub name: String,
    /// Her address.
    pub email: Email,
    /// As what, and from when to when.
    pub post: Post,
    /// Who designated her: an account's id, or the operator's actor.
    pub designated_by: String,
    /// When.
    pub designated_at: Instant,
    /// When her membership was ended, if it was.
    pub ended_at: Option<Instant>,
    /// Whether her account is disabled.
    pub is_disabled: bool,
    /// Whether she must have a second factor and has none: she has never come in, or lost it.
    pub lacks_factor: bool,
    /// When she asked for a new password, if nobody has given her the link yet.
    pub asked_password_at: Option<Instant>,
}

/// The people of an organisation, ended memberships too, by name.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn list(
    office: &Office<'_>,
    authority: Authority<'_>,
    organisation: OrganisationId,
) -> Result<Vec<Colleague>, AccountError> {
    managed(office, authority, organisation)?;
    let (rows, with_factor) = office.workplace.store.directory(office.home, |directory| {
        Ok((directory.people_of(organisation)?, directory.with_factor(organisation)?))
    })?;
    let addresses: Vec<_> = rows.iter().map(|(_, account)| account.email.clone()).collect();
    let asked = super::forgotten::asked(office, &addresses)?;
    Ok(rows.into_iter().zip(asked).map(|(row, asked)| colleague(row, asked, &with_factor)).collect())
}

fn colleague(
    (membership, account): (MembershipRow, AccountRow),
    asked: Option<Instant>,
    with_factor: &[AccountId],
) -> Colleague {
    Colleague {
        lacks_factor: lacks_factor(&membership, with_factor),
        membership: membership.id,
        account: account.id,
        name: account.name,
        email: account.email,
        post: membership.post,
        designated_by: membership.designated_by,
        designated_at: membership.designated_at,
        ended_at: membership.ended_at,
        is_disabled: account.disabled_at.is_some(),
        asked_password_at: asked,
    }
}

/// The names behind the account ids that the audit holds; an actor of the command line is her own name.
///
/// # Errors
/// When the store cannot be read.
pub fn names(office: &Office<'_>, actors: &[String]) -> Result<Vec<Option<String>>, AccountError> {
    Ok(office.workplace.store.directory(office.home, |directory| {
        let mut names = Vec::with_capacity(actors.len());
        for actor in actors {
            let account = match actor.parse::<AccountId>() {
                Ok(id) => directory.account(id)?,
                Err(_) => None,
            };
            names.push(account.map(|account| account.name));
        }
        Ok(names)
    })?)
}

/// Someone to be given an account at once, with a password: the operator's way to a first admin, and the demo's.
pub struct NewColleague<'a> {
    /// Her address.
    pub email: &'a Email,
    /// Her name.
    pub name: &'a str,
    /// Her language.
    pub lang: Lang,
    /// Her password.
    pub password: &'a Password,
    /// Where.
    pub organisation: OrganisationId,
    /// As what.
    pub role: ProfessionalRole,
    /// Whether she manages its people.
    pub is_admin: bool,
    /// From when to when; from today on when left out.
    pub term: Option<Term>,
}

/// Makes an account with a password and a membership: the operator's alone, since an admin who chose a colleague's password
/// could come in as her. An account that is there already takes no password from anyone but its owner: she is invited.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Password`], [`Refusal::Name`]; a conflict when the address has an account.
pub fn add(
    office: &Office<'_>,
    operator: &Actor,
    new: &NewColleague<'_>,
) -> Result<(AccountId, MembershipId), AccountError> {
    let authority = Authority::Operator(operator);
    let name = checked_name(new.name)?;
    let post = Post { role: new.role, is_admin: new.is_admin, term: office.term(new.term) };
    let (organisation, territory) = may_designate(office, authority, new.organisation, &post, &[])?;
    check(office, new.password, &[new.email.as_str(), &name, &organisation])?;
    let account = AccountRow {
        id: office.id(AccountId::new)?,
        email: new.email.clone(),
        name,
        lang: new.lang,
        password: Some(office.hasher.hash(new.password, random()?)?),
        created_at: office.now(),
        disabled_at: None,
        link_until: None,
    };
    let membership = membership(office, account.id, new.organisation, post, &authority.actor().name)?;
    let (account_id, membership_id) = (account.id, membership.id);
    let subject = format!("account {account_id} made: {}", of(&membership));
    let changes = vec![AccountChange::Account(account), AccountChange::Membership(membership)];
    act(office, authority, territory, subject, changes)?;
    Ok((account_id, membership_id))
}

/// Changes role, admin flag or term of a membership. Its sessions end at once.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn change(
    office: &Office<'_>,
    authority: Authority<'_>,
    membership: MembershipId,
    after: Post,
) -> Result<(), AccountError> {
    let (seat, mandates) = office.managed_seat(authority, membership)?;
    let before = seat.membership.post;
    let held = held_roles(office, seat.membership.account, seat.organisation.id, Some(membership))?;
    let day = office.now().date();
    may_give(&authority.giver(), &after, &seat.organisation.facts(), &held, &mandates, day)?;
    let admin = if after.is_admin { ", admin" } else { "" };
    let subject = format!(
        "membership {membership} changed: from {} to {}{admin}",
        before.role.code(),
        after.role.code()
    );
    let change = AccountChange::Post { membership, before, after };
    act(office, authority, seat.organisation.territory, subject, vec![change])
}

/// Ends a membership. Its sessions end at once.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn end(
    office: &Office<'_>,
    authority: Authority<'_>,
    membership: MembershipId,
) -> Result<(), AccountError> {
    let (seat, _) = office.managed_seat(authority, membership)?;
    let subject = format!("membership ended: {}", of(&seat.membership));
    let change = AccountChange::EndMembership(membership);
    act(office, authority, seat.organisation.territory, subject, vec![change])
}

/// Disables an account: it signs in nowhere, and its sessions end at once. An admin disables only who works for nobody but
/// hers; of others she ends the membership.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn disable(
    office: &Office<'_>,
    authority: Authority<'_>,
    account: AccountId,
) -> Result<(), AccountError> {
    let territory = wholly_managed(office, authority, account)?;
    let subject = format!("account disabled: {account}");
    act(office, authority, territory, subject, vec![AccountChange::Disable(account)])
}

/// Enables an account again.
///
/// # Errors
/// As [`disable`].
pub fn enable(office: &Office<'_>, authority: Authority<'_>, account: AccountId) -> Result<(), AccountError> {
    let territory = wholly_managed(office, authority, account)?;
    let subject = format!("account enabled: {account}");
    act(office, authority, territory, subject, vec![AccountChange::Enable(account)])
}

/// Lets an account be linked to a provider at its owner's next sign-in there, by the provider's word on her address.
///
/// # Errors
/// As [`disable`].
pub fn allow_link(
    office: &Office<'_>,
    authority: Authority<'_>,
    account: AccountId,
) -> Result<(), AccountError> {
    let territory = wholly_managed(office, authority, account)?;
    let until = Some(office.after_days(office.rules.invitation_days));
    let subject = format!("a provider may be linked: account {account}");
    act(office, authority, territory, subject, vec![AccountChange::LinkUntil { account, until }])
}

/// Ends every session of an account, and forgets its browsers: a computer was lost, or left open.
///
/// # Errors
/// As [`disable`].
pub fn sign_out(
    office: &Office<'_>,
    authority: Authority<'_>,
    account: AccountId,
) -> Result<(), AccountError> {
    let territory = wholly_managed(office, authority, account)?;
    let subject = format!("every session ended: account {account}");
    let entry = EntryOf { actor: authority.actor(), act: Act::Account, territory, subject };
    let end = AccountChange::EndSessions { account, except: None };
    office.act(entry, vec![end], vec![Upkeep::ForgetBrowsers(account)])?;
    Ok(())
}

/// The account of an address. For the operator.
///
/// # Errors
/// [`Refusal::Absent`].
pub fn find(office: &Office<'_>, email: &Email) -> Result<AccountId, AccountError> {
    let found = office.workplace.store.directory(office.home, |directory| directory.account_of(email))?;
    Ok(found.ok_or(Refusal::Absent("account"))?.id)
}

fn managed(
    office: &Office<'_>,
    authority: Authority<'_>,
    organisation: OrganisationId,
) -> Result<(), AccountError> {
    let found = office
        .workplace
        .store
        .directory(office.home, |directory| organisation_of(directory, organisation))?;
    let (row, mandates) = found.ok_or(Refusal::Absent("organisation"))?;
    let tie = authority.giver().manages(&row.facts(), &mandates, office.now().date());
    tie.map(drop).map_err(|fault| looks_absent(fault, "organisation"))
}

/// Holds the authority to the rules for giving this post; gives the organisation's name and territory.
pub(super) fn may_designate(
    office: &Office<'_>,
    authority: Authority<'_>,
    organisation: OrganisationId,
    post: &Post,
    held: &[ProfessionalRole],
) -> Result<(String, Territory), AccountError> {
    let found = office
        .workplace
        .store
        .directory(office.home, |directory| organisation_of(directory, organisation))?;
    let (row, mandates) = found.ok_or(Refusal::Absent("organisation"))?;
    may_give(&authority.giver(), post, &row.facts(), held, &mandates, office.now().date())
        .map_err(|fault| looks_absent(fault, "organisation"))?;
    Ok((row.name, row.territory))
}

/// The roles that an account holds in an organisation, apart from one membership.
pub(super) fn held_roles(
    office: &Office<'_>,
    account: AccountId,
    organisation: OrganisationId,
    apart: Option<MembershipId>,
) -> Result<Vec<ProfessionalRole>, AccountError> {
    let seats = office.workplace.store.directory(office.home, |directory| directory.seats_of(account))?;
    let day = office.now().date();
    let holds = |seat: &&SeatRow| {
        seat.organisation.id == organisation
            && Some(seat.membership.id) != apart
            && seat.membership.post.term.to.is_none_or(|to| to >= day)
    };
    Ok(seats.iter().filter(holds).map(|seat| seat.membership.post.role).collect())
}

/// Refuses an account that works for someone else too, or that is oneself; gives the territory of its first organisation.
pub(super) fn wholly_managed(
    office: &Office<'_>,
    authority: Authority<'_>,
    account: AccountId,
) -> Result<Territory, AccountError> {
    let giver = authority.giver();
    giver.is_not(account)?;
    let found = office.workplace.store.directory(office.home, |directory| {
        let mut seats = Vec::new();
        for seat in directory.seats_of(account)? {
            let mandates = mandates(directory, seat.organisation.id)?;
            seats.push((seat, mandates));
        }
        Ok(directory.account(account)?.map(|_| seats))
    })?;
    let seats = found.ok_or(Refusal::Absent("account"))?;
    let day = office.now().date();
    for (seat, mandates) in &seats {
        giver
            .manages(&seat.organisation.facts(), mandates, day)
            .map_err(|fault| looks_absent(fault, "account"))?;
    }
    match (seats.first(), authority) {
        (Some((seat, _)), _) => Ok(seat.organisation.territory),
        (None, Authority::Operator(_)) => Ok(office.home),
        (None, Authority::Admin(_)) => Err(Refusal::Absent("account").into()),
    }
}

/// A membership made now.
pub(super) fn membership(
    office: &Office<'_>,
    account: AccountId,
    organisation: OrganisationId,
    post: Post,
    designated_by: &str,
) -> Result<MembershipRow, AccountError> {
    Ok(MembershipRow {
        id: office.id(MembershipId::new)?,
        account,
        organisation,
        post,
        designated_by: designated_by.to_owned(),
        designated_at: office.now(),
        ended_at: None,
    })
}

/// A membership in the words of the audit.
pub(super) fn of(row: &MembershipRow) -> String {
    let admin = if row.post.is_admin { ", admin" } else { "" };
    format!(
        "membership {} of {} in {} as {}{admin}",
        row.id,
        row.account,
        row.organisation,
        row.post.role.code()
    )
}

fn act(
    office: &Office<'_>,
    authority: Authority<'_>,
    territory: Territory,
    subject: String,
    changes: Vec<AccountChange>,
) -> Result<(), AccountError> {
    let entry = EntryOf { actor: authority.actor(), act: Act::Account, territory, subject };
    office.act(entry, changes, Vec::new())?;
    Ok(())
}
