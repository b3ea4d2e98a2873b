//! Who stands beside a person decides who sees her: a place taken begins a following and a designation, a place left ends them.

use liant_casework::{Code, Path, Referent};
use liant_model::{AccountId, Date, DesignationId, FollowId, IdentityId, OrganisationId, PersonId, Role, Span};
use liant_store::{
    Change, DesignationRow, FollowRole, FollowRow, NewDesignation, NewFollow, ReachChange, Snapshot, StoreError,
};

use super::acts::Colleague;
use crate::context::random;
use crate::{AppError, Context};

/// Days for which whoever receives a form may read it: the delay of the entry, and as long again for what is late.
const TO_READ_A_FORM: i64 = 60;
/// Days after the term during which a referent still sees what must be closed.
const AFTER_TERM: i64 = 60;
/// Days of a place that has no term: it is given again when the programme says so.
const WITHOUT_TERM: i64 = 730;

/// Who follows someone, and to whom she is designated.
pub(super) struct Ties {
    follows: Vec<FollowRow>,
    designations: Vec<DesignationRow>,
}

/// Reads them.
pub(super) fn ties(snapshot: &mut Snapshot<'_>, person: PersonId, today: Date) -> Result<Ties, StoreError> {
    let follows = snapshot.follows_of(person)?;
    Ok(Ties {
        follows: follows.into_iter().filter(|(_, ended)| ended.is_none()).map(|(row, _)| row).collect(),
        designations: snapshot.designations_of(person, today)?,
    })
}

/// A path before an act and after it.
pub(super) struct Turn<'a> {
    pub(super) before: &'a Path,
    pub(super) after: &'a Path,
    pub(super) on: Date,
    /// Whom a form was sent to.
    pub(super) sent_to: Option<Colleague>,
}

fn follow_role(role: &Role) -> Option<FollowRole> {
    FollowRole::ALL.into_iter().find(|one| one.as_str() == role.as_str())
}

/// What changes.
pub(super) fn changes(
    context: &Context<'_>,
    carrier: IdentityId,
    turn: &Turn<'_>,
    (ties, works_for): (&Ties, &dyn Fn(&Code, AccountId) -> Option<OrganisationId>),
) -> Result<Vec<Change>, AppError> {
    let mut changes = Vec::new();
    let same = |one: &Referent, other: Option<&Referent>| {
        other.is_some_and(|other| (one.who, &one.role) == (other.who, &other.role))
    };
    // Who left, before who came: a place has one.
    for (place, left) in &turn.before.referents {
        if same(left, turn.after.referents.get(place)) {
            continue;
        }
        let taken_over = turn.after.referents.get(place).is_some_and(|now| now.role == left.role);
        let hers = ties.follows.iter().filter(|row| {
            Some(row.role) == follow_role(&left.role) && row.account == left.who && !taken_over
        });
        changes.extend(hers.map(|row| Change::EndFollow { follow: row.follow, to_day: turn.on.to_string() }));
        changes.extend(ended(ties, left.who));
    }
    for (place, came) in &turn.after.referents {
        if same(came, turn.before.referents.get(place)) {
            continue;
        }
        let Some(organisation) = works_for(place, came.who) else { continue };
        let term = turn.after.stay(&came.programme).and_then(|stay| stay.term);
        let last = term.map_or_else(|| later(turn.on, WITHOUT_TERM), |term| later(term.day, AFTER_TERM));
        changes.push(designated(context, carrier, (came.who, organisation), (turn.on, last))?);
        changes.extend(followed(context, carrier, ties, (came, organisation, turn.on))?);
    }
    // A term put off is one for whoever stays, too.
    for (place, stays) in &turn.after.referents {
        let term = |path: &Path| path.stay(&stays.programme).and_then(|stay| stay.term).map(|term| term.day);
        let (was, is) = (term(turn.before), term(turn.after));
        if same(stays, turn.before.referents.get(place)) && is != was && is.is_some() {
            let Some(organisation) = works_for(place, stays.who) else { continue };
            let last = is.map_or(turn.on, |day| later(day, AFTER_TERM));
            changes.extend(ended(ties, stays.who));
            changes.push(designated(context, carrier, (stays.who, organisation), (turn.on, last))?);
        }
    }
    // Whoever refused a form, or dropped it, reads it no more.
    let open = |path: &Path| path.tracks.values().filter(|track| track.open.is_some()).count();
    if let Some(account) = context.seat.account.filter(|_| open(turn.after) < open(turn.before)) {
        let stands = turn.after.referents.values().any(|one| one.who == account);
        let stood = turn.before.referents.values().any(|one| one.who == account);
        if !stands && !stood {
            changes.extend(ended(ties, account));
        }
    }
    if let Some(to) = turn.sent_to {
        let days = (turn.on, later(turn.on, TO_READ_A_FORM));
        changes.push(designated(context, carrier, (to.account, to.organisation), days)?);
    }
    Ok(changes)
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// The ends of someone's designations.
fn ended(ties: &Ties, who: AccountId) -> impl Iterator<Item = Change> {
    let hers = ties.designations.iter().filter(move |row| row.account == who);
    hers.map(|row| Change::Reach(ReachChange::EndDesignation(row.designation)))
}

fn designated(
    context: &Context<'_>,
    carrier: IdentityId,
    (account, organisation): (AccountId, OrganisationId),
    (from, to): (Date, Date),
) -> Result<Change, AppError> {
    Ok(Change::Reach(ReachChange::Designate(NewDesignation {
        designation: DesignationId::new(context.now(), random()?),
        identity: carrier,
        account,
        organisation,
        from,
        to,
        given_by: context.actor.name.clone(),
    })))
}

/// The following that a place begins, unless she follows her already.
fn followed(
    context: &Context<'_>,
    carrier: IdentityId,
    ties: &Ties,
    (came, organisation, on): (&Referent, OrganisationId, Date),
) -> Result<Option<Change>, AppError> {
    let Some(role) = follow_role(&came.role) else { return Ok(None) };
    let before: Vec<&FollowRow> = ties.follows.iter().filter(|row| row.role == role).collect();
    if let [only] = before.as_slice()
        && (only.account, only.organisation) == (came.who, organisation)
    {
        return Ok(None);
    }
    Ok(Some(Change::Follow(NewFollow {
        follow: FollowId::new(context.now(), random()?),
        identity: carrier,
        role,
        account: came.who,
        organisation,
        from_day: on.to_string(),
        replaces: before.iter().map(|row| row.follow).collect(),
    })))
}
