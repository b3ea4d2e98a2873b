//! What an admin has to see to: for each organisation that she manages, who has not come in yet and what runs out.

use liant_model::{AccountId, Instant, Span};
use liant_store::accounts::{AccountRow, MembershipRow, OrganisationRow};

use super::{AccountError, Authority, Office, SignedIn, organisations};

/// Days before the end of a membership from which it is told.
const ENDS_SOON: i64 = 30;

/// An organisation that is managed, in figures.
#[derive(Clone, Debug)]
pub struct Managed {
    /// Which.
    pub organisation: OrganisationRow,
    /// Whether it is the admin's own.
    pub is_own: bool,
    /// People whose membership holds today.
    pub people: u64,
    /// Of them, those who must have a second factor and have none: they have never come in, or lost it.
    pub without_factor: u64,
    /// Of them, those whose membership ends within thirty days.
    pub ending: u64,
    /// Invitations that nobody has accepted or withdrawn.
    pub invitations: u64,
    /// When the first of them runs out.
    pub first_expiry: Option<Instant>,
}

/// The organisations that an admin manages, her own first.
///
/// # Errors
/// [`Refusal::Rule`](super::Refusal::Rule) for who is no admin.
pub fn desk(office: &Office<'_>, admin: &SignedIn) -> Result<Vec<Managed>, AccountError> {
    let rows = organisations::managed(office, Authority::Admin(admin), admin.seat.territory)?;
    let mut found = Vec::with_capacity(rows.len());
    for organisation in rows {
        let is_own = organisation.id == admin.seat.organisation;
        found.push(figures(office, organisation, is_own)?);
    }
    found.sort_by_key(|one| !one.is_own);
    Ok(found)
}

fn figures(
    office: &Office<'_>,
    organisation: OrganisationRow,
    is_own: bool,
) -> Result<Managed, AccountError> {
    let (id, today) = (organisation.id, office.now().date());
    let (people, with_factor, open) = office.workplace.store.directory(office.home, |directory| {
        Ok((directory.people_of(id)?, directory.with_factor(id)?, directory.open_invitations(id)?))
    })?;
    let present: Vec<&(MembershipRow, AccountRow)> = people
        .iter()
        .filter(|(membership, account)| {
            membership.ended_at.is_none()
                && account.disabled_at.is_none()
                && membership.post.term.holds_on(today)
        })
        .collect();
    let soon = today.saturating_add(Span::new().days(ENDS_SOON));
    let count = |keep: &dyn Fn(&MembershipRow) -> bool| {
        present.iter().filter(|(membership, _)| keep(membership)).count() as u64
    };
    Ok(Managed {
        organisation,
        is_own,
        people: present.len() as u64,
        without_factor: count(&|membership| lacks_factor(membership, &with_factor)),
        ending: count(&|membership| membership.post.term.to.is_some_and(|to| to <= soon)),
        invitations: open.len() as u64,
        first_expiry: open.iter().map(|one| one.expires_at).min(),
    })
}

/// Whether someone must have a second factor and has none.
pub(super) fn lacks_factor(membership: &MembershipRow, with_factor: &[AccountId]) -> bool {
    let post = membership.post;
    post.role.needs_second_factor(post.is_admin) && !with_factor.contains(&membership.account)
}
