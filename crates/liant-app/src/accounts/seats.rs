//! Memberships as they may be worked in now.

use liant_access::membership::{Mandate, RuleFault, Term, is_effective};
use liant_model::{Actor, MembershipId, OrganisationId};
use liant_store::StoreError;
use liant_store::accounts::{AccountRow, Directory, OrganisationRow, SeatRow, SessionRow};

use super::{AccountError, Office, Refusal, Seat, SignedIn};

pub(super) fn mandates(
    directory: &mut Directory<'_>,
    organisation: OrganisationId,
) -> Result<Vec<Mandate>, StoreError> {
    Ok(directory.mandates_of(organisation)?.into_iter().map(|row| row.mandate).collect())
}

/// An organisation with the mandates given to it.
pub(super) fn organisation(
    directory: &mut Directory<'_>,
    id: OrganisationId,
) -> Result<Option<(OrganisationRow, Vec<Mandate>)>, StoreError> {
    match directory.organisation(id)? {
        Some(row) => Ok(Some((row, mandates(directory, id)?))),
        None => Ok(None),
    }
}

impl Seat {
    pub(super) fn of(row: &SeatRow) -> Self {
        Self {
            membership: row.membership.id,
            organisation: row.organisation.id,
            organisation_name: row.organisation.name.clone(),
            kind: row.organisation.kind,
            role: row.membership.post.role,
            is_admin: row.membership.post.is_admin,
            territory: row.organisation.territory,
        }
    }

    pub(super) fn needs_second_factor(&self) -> bool {
        self.role.needs_second_factor(self.is_admin)
    }
}

impl Office<'_> {
    /// Whether a seat may be worked in now.
    pub(super) fn is_open(&self, row: &SeatRow, mandates: &[Mandate]) -> bool {
        row.membership.ended_at.is_none()
            && is_effective(&row.membership.post, &row.organisation.facts(), mandates, self.now().date())
    }

    /// The seats of an account that may be worked in now.
    pub(super) fn open_seats(
        &self,
        directory: &mut Directory<'_>,
        account: liant_model::AccountId,
    ) -> Result<Vec<SeatRow>, StoreError> {
        let mut open = Vec::new();
        for row in directory.seats_of(account)? {
            let mandates = mandates(directory, row.organisation.id)?;
            if self.is_open(&row, &mandates) {
                open.push(row);
            }
        }
        Ok(open)
    }

    /// The seat of a membership that is in force, for whoever manages its organisation.
    pub(super) fn managed_seat(
        &self,
        authority: super::Authority<'_>,
        membership: MembershipId,
    ) -> Result<(SeatRow, Vec<Mandate>), AccountError> {
        let found = self.workplace.store.directory(self.home, |directory| {
            let Some(seat) = directory.seat(membership)? else { return Ok(None) };
            let mandates = mandates(directory, seat.organisation.id)?;
            Ok(Some((seat, mandates)))
        })?;
        let (seat, mandates) = found
            .filter(|(seat, _)| seat.membership.ended_at.is_none())
            .ok_or(Refusal::Absent("membership"))?;
        let giver = authority.giver();
        giver
            .manages(&seat.organisation.facts(), &mandates, self.now().date())
            .map_err(|fault| looks_absent(fault, "membership"))?;
        giver.is_not(seat.membership.account)?;
        Ok((seat, mandates))
    }

    /// Someone signed in by this session.
    pub(super) fn signed_in(&self, session: &SessionRow, account: &AccountRow, seat: &SeatRow) -> SignedIn {
        SignedIn {
            session: session.id,
            account: account.id,
            name: account.name.clone(),
            lang: account.lang,
            seat: Seat::of(seat),
            actor: actor(account, seat),
            second_factor: session.second_factor,
            opened_at: session.opened_at,
            ends_at: self.rules.session.ends_at(session.opened_at, self.now()),
        }
    }

    /// A term from today on, unless another is given.
    pub(super) fn term(&self, term: Option<Term>) -> Term {
        term.unwrap_or(Term { from: self.now().date(), to: None })
    }
}

/// Who acts in this seat, as the gate and the audit know it.
pub(super) fn actor(account: &AccountRow, seat: &SeatRow) -> Actor {
    Actor {
        name: account.id.to_string(),
        party: seat.organisation.party.clone(),
        role: seat.membership.post.role.role(),
        os_user: None,
    }
}

/// What is not hers to manage looks as if it were not there.
pub(super) fn looks_absent(fault: RuleFault, what: &'static str) -> AccountError {
    match fault {
        RuleFault::NotYours => Refusal::Absent(what).into(),
        other => other.into(),
    }
}
