//! The review of access (*revue des habilitations*): who acts for the actor's party, as what, when each last came in; each membership
//! confirmed or withdrawn, by someone else than its owner, with its date.

use liant_access::ProfessionalRole;
pub use liant_access::review::Verdict;
use liant_access::review::due;
use liant_audit::Act;
use liant_model::{Date, Instant, MembershipId};
use liant_store::accounts::{AccessReviewRow, AccountAct, AccountChange, AccountRow, HeldAccess, SeatRow};

use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, trail};

/// Days of reviews that are shown: somewhat more than a year.
const SHOWN: i64 = 400;
const MICROS_A_DAY: i64 = 86_400_000_000;

/// A membership to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Which.
    pub membership: MembershipId,
    /// Her name.
    pub name: String,
    /// Her address.
    pub email: String,
    /// Where.
    pub organisation: String,
    /// As what.
    pub role: ProfessionalRole,
    /// Whether she manages the access of others.
    pub is_admin: bool,
    /// Its last day, if one is set.
    pub until: Option<Date>,
    /// Whether her account is disabled.
    pub is_disabled: bool,
    /// When she last came in.
    pub used_at: Option<Instant>,
    /// When it was given.
    pub given_at: Instant,
    /// When it was last looked at.
    pub reviewed_at: Option<Instant>,
    /// By when it is looked at again.
    pub due: Date,
    /// Whether it is the actor's own: someone else looks at it.
    pub is_own: bool,
}

/// What a review found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// When.
    pub at: Instant,
    /// What.
    pub verdict: Verdict,
    /// Whose membership.
    pub name: String,
    /// Where.
    pub organisation: String,
    /// As what.
    pub role: ProfessionalRole,
    /// Who looked.
    pub by: String,
}

/// The memberships in force of the people who act for the actor's party, those first that are due first; and what reviews found of
/// late. Reading them is on record.
///
/// # Errors
/// When no clause has the actor act for the rights of people.
pub fn list(context: &Context<'_>, workplace: &Workplace) -> Result<(Vec<Access>, Vec<Reviewed>), AppError> {
    let mut found = all(context, workplace)?;
    found.sort_by_key(|one| one.due);
    let party = context.actor.party.as_str();
    let since = Instant::from_micros(context.now().micros().saturating_sub(SHOWN * MICROS_A_DAY));
    let rows = workplace.store.directory(context.territory, |directory| {
        directory.access_reviews(context.territory, party, since)
    })?;
    trail::write_read(context, workplace, "access review", None, found.len())?;
    let actors: Vec<String> = rows.iter().map(|(review, ..)| review.reviewed_by.clone()).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let told = |(review, seat, account): (AccessReviewRow, SeatRow, AccountRow)| Reviewed {
        at: review.reviewed_at,
        verdict: review.verdict,
        name: account.name,
        organisation: seat.organisation.name,
        role: seat.membership.post.role,
        by: names.get(&review.reviewed_by).cloned().unwrap_or(review.reviewed_by),
    };
    Ok((found, rows.into_iter().map(told).collect()))
}

/// How many memberships are to be looked at by a day: a figure, of which nothing is put on record.
pub(crate) fn due_by(context: &Context<'_>, workplace: &Workplace, day: Date) -> Result<u64, AppError> {
    Ok(all(context, workplace)?.iter().filter(|one| one.due <= day).count() as u64)
}

fn all(context: &Context<'_>, workplace: &Workplace) -> Result<Vec<Access>, AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let held = workplace
        .store
        .directory(context.territory, |directory| directory.access_of(context.territory, party))?;
    Ok(held.into_iter().map(|one| of(context, one)).collect())
}

fn of(context: &Context<'_>, one: HeldAccess) -> Access {
    let HeldAccess { seat, account, used_at, reviewed_at } = one;
    let membership = seat.membership;
    Access {
        membership: membership.id,
        is_own: context.seat.account == Some(account.id) || context.actor.name == account.id.to_string(),
        name: account.name,
        email: account.email.as_str().to_owned(),
        organisation: seat.organisation.name,
        role: membership.post.role,
        is_admin: membership.post.is_admin,
        until: membership.post.term.to,
        is_disabled: account.disabled_at.is_some(),
        used_at,
        given_at: membership.designated_at,
        reviewed_at,
        due: due(membership.designated_at.date(), reviewed_at.map(Instant::date)),
    }
}

/// Records what a review found. A membership that is withdrawn ends at once, with its sessions.
///
/// # Errors
/// When no clause has the actor act for the rights of people; [`AppError::Absent`] when it is no membership of her party's people;
/// [`AppError::State`] when it is her own; a conflict when it has ended meanwhile.
pub fn decide(
    context: &Context<'_>,
    workplace: &Workplace,
    membership: MembershipId,
    verdict: Verdict,
) -> Result<(), AppError> {
    let all = all(context, workplace)?;
    let found = all.iter().find(|one| one.membership == membership).ok_or(AppError::Absent("membership"))?;
    if found.is_own {
        return Err(AppError::State("nobody reviews her own access".to_owned()));
    }
    let act = context.act_id()?;
    let row = AccessReviewRow {
        act,
        membership,
        verdict,
        reviewed_by: context.actor.name.clone(),
        reviewed_at: context.now(),
    };
    let subject = format!("access review: membership {membership} {}", verdict.code());
    let entry = audit(context, act, Act::Account, Audited { subject, ..Audited::default() })?;
    workplace.store.ensure_territory(context.territory)?;
    let mut set = AccountAct::new(context.territory, context.now(), entry).with(AccountChange::Review(row));
    if verdict == Verdict::Withdrawn {
        set = set.with(AccountChange::EndMembership(membership));
    }
    workplace.store.apply_to_accounts(&set)?;
    access::sequence(context, workplace);
    Ok(())
}
