//! Who stands beside a person decides who sees her: a place taken begins a following and a designation, a place left ends them.

use liant_casework::{Code, Path, Referent};
use liant_model::{
    AccountId, Date, DesignationId, FollowId, IdentityId, OrganisationId, PersonId, Role, Span,
};
use liant_store::{
    Change, DesignationRow, FollowRole, FollowRow, NewDesignation, NewFollow, ReachChange, Snapshot,
    StoreError,
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

/// For which organisation someone holds a place.
pub(super) type WorksFor<'a> = dyn Fn(&Code, AccountId) -> Option<OrganisationId> + 'a;

fn follow_role(role: &Role) -> Option<FollowRole> {
    FollowRole::ALL.into_iter().find(|one| one.as_str() == role.as_str())
}

/// What changes.
pub(super) fn changes(
    context: &Context<'_>,
    carrier: IdentityId,
    turn: &Turn<'_>,
    (ties, works_for): (&Ties, &WorksFor<'_>),
) -> Result<Vec<Change>, AppError> {
    let same = |one: &Referent, other: Option<&Referent>| {
        other.is_some_and(|other| (one.who, &one.role) == (other.who, &other.role))
    };
    let (before, after) = (&turn.before.referents, &turn.after.referents);
    let mut over = Over { ties, on: turn.on, follows: Vec::new(), designations: Vec::new() };
    let mut begun = Vec::new();
    for (place, left) in before.iter().filter(|(place, left)| !same(left, after.get(*place))) {
        // Whoever takes the same place in the same role replaces her.
        if after.get(place).is_none_or(|now| now.role != left.role) {
            over.follow(left);
        }
        if after.values().all(|one| one.who != left.who) {
            over.designations_of(left.who);
        }
    }
    for (place, came) in after {
        let term = |path: &Path| path.stay(&came.programme).and_then(|stay| stay.term).map(|term| term.day);
        let stays = same(came, before.get(place));
        if stays && (term(turn.after) == term(turn.before) || term(turn.after).is_none()) {
            continue;
        }
        let Some(organisation) = works_for(place, came.who) else { continue };
        let last =
            term(turn.after).map_or_else(|| later(turn.on, WITHOUT_TERM), |day| later(day, AFTER_TERM));
        begun.push(designated(context, carrier, (came.who, organisation), (turn.on, last))?);
        if stays {
            // The term was put off: what she was given ends sooner than what she is given now.
            over.designations_of(came.who);
        } else {
            begun.extend(followed(context, carrier, ties, (came, organisation, turn.on))?);
        }
    }
    // Whoever refused a form, or dropped it, reads it no more.
    let open = |path: &Path| path.tracks.values().filter(|track| track.open.is_some()).count();
    let free = |account: &AccountId| after.values().all(|one| one.who != *account);
    if let Some(account) = context.seat.account.filter(free)
        && open(turn.after) < open(turn.before)
    {
        over.designations_of(account);
    }
    if let Some(to) = turn.sent_to {
        let days = (turn.on, later(turn.on, TO_READ_A_FORM));
        begun.push(designated(context, carrier, (to.account, to.organisation), days)?);
    }
    let mut changes = over.changes();
    changes.extend(begun);
    Ok(changes)
}

/// What ends, each once.
struct Over<'a> {
    ties: &'a Ties,
    on: Date,
    follows: Vec<FollowId>,
    designations: Vec<DesignationId>,
}

impl Over<'_> {
    fn follow(&mut self, left: &Referent) {
        let hers = self
            .ties
            .follows
            .iter()
            .filter(|row| Some(row.role) == follow_role(&left.role) && row.account == left.who)
            .map(|row| row.follow);
        self.follows.extend(hers);
    }

    fn designations_of(&mut self, who: AccountId) {
        let hers = self.ties.designations.iter().filter(|row| row.account == who);
        self.designations.extend(hers.map(|row| row.designation));
    }

    fn changes(mut self) -> Vec<Change> {
        self.follows.sort_unstable();
        self.follows.dedup();
        self.designations.sort_unstable();
        self.designations.dedup();
        let on = self.on.to_string();
        let follows = self.follows.into_iter().map(|follow| Change::EndFollow { follow, to_day: on.clone() });
        let designations =
            self.designations.into_iter().map(|one| Change::Reach(ReachChange::EndDesignation(one)));
        follows.chain(designations).collect()
    }
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
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
