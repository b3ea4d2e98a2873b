//! Invitations: how people come to have access. Whoever invites designates.

use liant_access::membership::{Giver, Post, Term, may_give};
use liant_access::password::Password;
use liant_access::{Email, OrganisationKind, ProfessionalRole, Token};
use liant_audit::Act;
use liant_model::{AccountId, Actor, Instant, InvitationId, Lang, OrganisationId};
use liant_store::accounts::{
    AccountChange, AccountRow, ClosedInvitation, InvitationRow, MembershipRow, OrganisationRow, Stage, Way,
};

use super::entries::{EntryOf, outsider};
use super::factors::account_of;
use super::people::{held_roles, may_designate, membership, of};
use super::seats::{looks_absent, organisation as organisation_of};
use super::sign_in::Proof;
use super::{AccountError, Authority, Office, Origin, Refusal, SignedIn, Step, hash_of};
use crate::context::random;

/// Someone to invite.
#[derive(Clone, Debug)]
pub struct Invite<'a> {
    /// Her address.
    pub email: &'a Email,
    /// Where.
    pub organisation: OrganisationId,
    /// As what.
    pub role: ProfessionalRole,
    /// Whether she will manage its people.
    pub is_admin: bool,
    /// From when to when; from today on when left out.
    pub term: Option<Term>,
}

/// An invitation that was made.
#[derive(Debug)]
pub struct Invited {
    /// Which.
    pub id: InvitationId,
    /// For the link in the mail; given once.
    pub token: Token,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// Invites someone into an organisation that `authority` manages. The link with its token is to be mailed to her.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn invite(
    office: &Office<'_>,
    authority: Authority<'_>,
    invite: &Invite<'_>,
) -> Result<Invited, AccountError> {
    let post = Post { role: invite.role, is_admin: invite.is_admin, term: office.term(invite.term) };
    let known =
        office.workplace.store.directory(office.home, |directory| directory.account_of(invite.email))?;
    let held = match &known {
        Some(account) => {
            authority.giver().is_not(account.id)?;
            held_roles(office, account.id, invite.organisation, None)?
        }
        None => Vec::new(),
    };
    let (_, territory) = may_designate(office, authority, invite.organisation, &post, &held)?;
    let token = Office::token()?;
    let row = InvitationRow {
        id: office.id(InvitationId::new)?,
        token: token.hash(),
        email: invite.email.clone(),
        organisation: invite.organisation,
        post,
        invited_by: authority.actor().name.clone(),
        created_at: office.now(),
        expires_at: office.after_days(office.rules.invitation_days),
        closed_at: None,
        account: None,
    };
    let (id, expires_at) = (row.id, row.expires_at);
    let admin = if post.is_admin { ", admin" } else { "" };
    let subject =
        format!("invitation {id} made: into {} as {}{admin}", invite.organisation, post.role.code());
    let entry = EntryOf { actor: authority.actor(), act: Act::Account, territory, subject };
    office.act(entry, vec![AccountChange::Invitation(row)], Vec::new())?;
    Ok(Invited { id, token, expires_at })
}

/// An invitation as its organisation's admin sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Which.
    pub id: InvitationId,
    /// Who is invited.
    pub email: Email,
    /// As what.
    pub post: Post,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// The invitations of an organisation that nobody has accepted or withdrawn, newest first.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn list(
    office: &Office<'_>,
    authority: Authority<'_>,
    organisation: OrganisationId,
) -> Result<Vec<OpenInvitation>, AccountError> {
    let (found, rows) = office.workplace.store.directory(office.home, |directory| {
        Ok((organisation_of(directory, organisation)?, directory.open_invitations(organisation)?))
    })?;
    let (row, mandates) = found.ok_or(Refusal::Absent("organisation"))?;
    authority
        .giver()
        .manages(&row.facts(), &mandates, office.now().date())
        .map_err(|fault| looks_absent(fault, "organisation"))?;
    let open = |row: InvitationRow| OpenInvitation {
        id: row.id,
        email: row.email,
        post: row.post,
        created_at: row.created_at,
        expires_at: row.expires_at,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// Withdraws an invitation.
///
/// # Errors
/// [`Refusal::Rule`], [`Refusal::Absent`].
pub fn withdraw(office: &Office<'_>, authority: Authority<'_>, id: InvitationId) -> Result<(), AccountError> {
    let found = office.workplace.store.directory(office.home, |directory| {
        let Some(row) = directory.invitation_of_id(id)? else { return Ok(None) };
        organisation_of(directory, row.organisation)
    })?;
    let (organisation, mandates) = found.ok_or(Refusal::Absent("invitation"))?;
    authority
        .giver()
        .manages(&organisation.facts(), &mandates, office.now().date())
        .map_err(|fault| looks_absent(fault, "invitation"))?;
    let entry = EntryOf {
        actor: authority.actor(),
        act: Act::Account,
        territory: organisation.territory,
        subject: format!("invitation {id} withdrawn"),
    };
    let close = AccountChange::CloseInvitation(ClosedInvitation { id, by: None });
    office.act(entry, vec![close], Vec::new()).map_err(|error| error.or(Refusal::Absent("invitation")))
}

/// An invitation as whoever holds its link sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The address it was sent to.
    pub email: Email,
    /// Name of the organisation.
    pub organisation_name: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// As what.
    pub role: ProfessionalRole,
    /// Until when it is good.
    pub expires_at: Instant,
    /// Whether she has an account: she signs in to accept, and chooses no password.
    pub has_account: bool,
}

/// What the link of an invitation leads to.
///
/// # Errors
/// [`Refusal::Expired`] when it is no longer good, or never was.
pub fn look(office: &Office<'_>, token: &Token) -> Result<Invitation, AccountError> {
    let open = open(office, hash_of(token).as_bytes())?;
    let known =
        office.workplace.store.directory(office.home, |directory| directory.account_of(&open.row.email))?;
    Ok(Invitation {
        email: open.row.email,
        organisation_name: open.organisation.name,
        kind: open.organisation.kind,
        role: open.row.post.role,
        expires_at: open.row.expires_at,
        has_account: known.is_some(),
    })
}

/// Accepts as someone who has no account yet: makes it. The sign-in goes on from there.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::Password`], [`Refusal::Name`].
pub fn accept_as_new(
    office: &Office<'_>,
    token: &Token,
    name: &str,
    lang: Lang,
    password: &Password,
    origin: &Origin<'_>,
) -> Result<Step, AccountError> {
    let open = open(office, hash_of(token).as_bytes())?;
    let name = super::passwords::checked_name(name)?;
    let words = [open.row.email.as_str(), &name, &open.organisation.name];
    super::passwords::check(office, password, &words)?;
    let account = AccountRow {
        id: office.id(AccountId::new)?,
        email: open.row.email.clone(),
        name,
        lang,
        password: Some(office.hasher.hash(password, random()?)?),
        created_at: office.now(),
        disabled_at: None,
        link_until: None,
    };
    let (mut changes, subject) = joining(office, &open, account.id)?;
    changes.insert(0, AccountChange::Account(account.clone()));
    let actor = outsider(Some(account.id))?;
    record(office, &actor, &open, format!("account {} made; {subject}", account.id), changes)?;
    let proof =
        Proof { way: Way::Password, second_factor: false, provider: None, done: None, notes: Vec::new() };
    office.next(&account, proof, Vec::new(), origin)
}

/// Accepts in a sign-in that waits for the choice of a membership.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::OtherAddress`], [`Refusal::Rule`].
pub fn accept_in_sign_in(
    office: &Office<'_>,
    pending: &Token,
    token: &Token,
    origin: &Origin<'_>,
) -> Result<Step, AccountError> {
    let (row, account) = office.pending(pending, Stage::Choose)?;
    let open = open_for(office, token, &account)?;
    let (changes, subject) = joining(office, &open, account.id)?;
    record(office, &outsider(Some(account.id))?, &open, subject, changes)?;
    office.next(&account, Proof::after(row), Vec::new(), origin)
}

/// Accepts as someone who is signed in; [`super::sessions::switch`] then leads to the new membership.
///
/// # Errors
/// [`Refusal::Expired`], [`Refusal::OtherAddress`], [`Refusal::Rule`].
pub fn accept_signed_in(office: &Office<'_>, who: &SignedIn, token: &Token) -> Result<(), AccountError> {
    let account = account_of(office, who.account)?;
    let open = open_for(office, token, &account)?;
    let (changes, subject) = joining(office, &open, account.id)?;
    record(office, &who.actor, &open, subject, changes)
}

/// An invitation that is still good, with its organisation.
pub(super) struct Open {
    pub(super) row: InvitationRow,
    pub(super) organisation: OrganisationRow,
    mandates: Vec<liant_access::membership::Mandate>,
}

/// The invitation of this token, if it is still good.
pub(super) fn open(office: &Office<'_>, token: &[u8; 32]) -> Result<Open, AccountError> {
    let found = office.workplace.store.directory(office.home, |directory| {
        let Some(row) = directory.invitation(token)? else { return Ok(None) };
        let organisation = organisation_of(directory, row.organisation)?;
        Ok(organisation.map(|(organisation, mandates)| Open { row, organisation, mandates }))
    })?;
    let is_good = |open: &Open| open.row.closed_at.is_none() && open.row.expires_at > office.now();
    Ok(found.filter(is_good).ok_or(Refusal::Expired)?)
}

fn open_for(office: &Office<'_>, token: &Token, account: &AccountRow) -> Result<Open, AccountError> {
    let open = open(office, hash_of(token).as_bytes())?;
    if open.row.email == account.email { Ok(open) } else { Err(Refusal::OtherAddress.into()) }
}

/// What joins an account to the organisation that invites it. The rules are asked again: a mandate may have ended since.
pub(super) fn joining(
    office: &Office<'_>,
    open: &Open,
    account: AccountId,
) -> Result<(Vec<AccountChange>, String), AccountError> {
    let held = held_roles(office, account, open.row.organisation, None)?;
    let facts = open.organisation.facts();
    may_give(&Giver::Operator, &open.row.post, &facts, &held, &open.mandates, office.now().date())?;
    let row: MembershipRow =
        membership(office, account, open.row.organisation, open.row.post, &open.row.invited_by)?;
    let subject = format!("invitation {} accepted: {}", open.row.id, of(&row));
    let close = ClosedInvitation { id: open.row.id, by: Some(account) };
    Ok((vec![AccountChange::CloseInvitation(close), AccountChange::Membership(row)], subject))
}

fn record(
    office: &Office<'_>,
    actor: &Actor,
    open: &Open,
    subject: String,
    mut changes: Vec<AccountChange>,
) -> Result<(), AccountError> {
    // An invitation refers to the account that accepts it: the account comes first.
    changes.sort_by_key(|change| !matches!(change, AccountChange::Account(_)));
    let territory = open.organisation.territory;
    let entry = EntryOf { actor, act: Act::Account, territory, subject };
    office.act(entry, changes, Vec::new()).map_err(|error| error.or(Refusal::Expired))
}
