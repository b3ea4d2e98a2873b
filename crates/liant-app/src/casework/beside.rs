//! Who stands beside a person decides who sees her: a place taken begins a following and a designation, a form that goes to one begins a
//! designation. What a place or a form began ends with it, and nothing else does: who follows her by assignment, or is given her by an
//! officer, goes on.

use liant_casework::{Code, Path, Referent};
use liant_model::{
    AccountId, Date, DesignationId, FollowId, IdentityId, OrganisationId, PersonId, Role, Span,
};
use liant_store::{
    CaseworkTie, Change, DesignationRow, FollowRole, FollowRow, NewDesignation, NewFollow, ReachChange,
    Snapshot, StoreError, TieId,
};

use super::asked::Colleague;
use crate::context::random;
use crate::{AppError, Context};

/// Days for which whoever receives a form may read it: the delay of the entry, and as long again for what is late.
const TO_READ_A_FORM: i64 = 60;
/// Days after the term during which a referent still sees what must be closed.
const AFTER_TERM: i64 = 60;
/// Days of a place that has no term: it is given again when the programme says so.
const WITHOUT_TERM: i64 = 730;

/// Who follows someone, to whom she is designated, and which of these casework began.
pub(super) struct Ties {
    follows: Vec<FollowRow>,
    designations: Vec<DesignationRow>,
    ours: Vec<CaseworkTie>,
}

/// Reads them.
pub(super) fn ties(snapshot: &mut Snapshot<'_>, person: PersonId, today: Date) -> Result<Ties, StoreError> {
    let follows = snapshot.follows_of(person)?;
    Ok(Ties {
        follows: follows.into_iter().filter(|(_, ended)| ended.is_none()).map(|(row, _)| row).collect(),
        designations: snapshot.designations_of(person, today)?,
        ours: snapshot.casework_ties_of(person)?,
    })
}

/// A path before an act and after it.
pub(super) struct Turn<'a> {
    pub(super) before: &'a Path,
    pub(super) after: &'a Path,
    pub(super) on: Date,
    /// Whom a form was sent to, and in which programme.
    pub(super) sent_to: Option<(Colleague, &'a Code)>,
}

/// For which organisation someone holds a place.
pub(super) type WorksFor<'a> = dyn Fn(&Code, AccountId) -> Option<OrganisationId> + 'a;

fn follow_role(role: &Role) -> Option<FollowRole> {
    FollowRole::ALL.into_iter().find(|one| one.as_str() == role.as_str())
}

/// What begins and what ends with an act.
#[derive(Default)]
pub(super) struct Turned {
    pub(super) ended_follows: Vec<FollowId>,
    pub(super) ended_designations: Vec<DesignationId>,
    pub(super) follows: Vec<NewFollow>,
    pub(super) designations: Vec<NewDesignation>,
    /// What began it, of each that begins.
    pub(super) ties: Vec<CaseworkTie>,
}

impl Turned {
    /// The changes, what ends before what begins.
    pub(super) fn changes(self, on: Date) -> Vec<Change> {
        let to_day = on.to_string();
        let follows = self.ended_follows.into_iter();
        let follows = follows.map(|follow| Change::EndFollow { follow, to_day: to_day.clone() });
        let designations = self.ended_designations.into_iter();
        let mut all: Vec<Change> = follows.collect();
        all.extend(designations.map(|one| Change::Reach(ReachChange::EndDesignation(one))));
        all.extend(self.follows.into_iter().map(Change::Follow));
        all.extend(self.designations.into_iter().map(|one| Change::Reach(ReachChange::Designate(one))));
        all
    }

    /// Ends what casework began, of those that `which` tells.
    fn end(&mut self, ties: &Ties, which: impl Fn(&CaseworkTie) -> bool) {
        for ours in ties.ours.iter().filter(|tie| which(tie)) {
            match ours.tie {
                TieId::Follow(follow) => {
                    let goes_on = ties.follows.iter().any(|row| row.follow == follow);
                    if goes_on && !self.ended_follows.contains(&follow) {
                        self.ended_follows.push(follow);
                    }
                }
                TieId::Designation(designation) => {
                    let goes_on = ties.designations.iter().any(|row| row.designation == designation);
                    if goes_on && !self.ended_designations.contains(&designation) {
                        self.ended_designations.push(designation);
                    }
                }
            }
        }
    }

    fn designate(
        &mut self,
        (context, carrier): (&Context<'_>, IdentityId),
        (account, organisation): (AccountId, OrganisationId),
        (from, to): (Date, Date),
        (programme, place): (&Code, Option<&Code>),
    ) -> Result<(), AppError> {
        let designation = DesignationId::new(context.now(), random()?);
        self.designations.push(NewDesignation {
            designation,
            identity: carrier,
            account,
            organisation,
            from,
            to,
            given_by: context.actor.name.clone(),
        });
        self.ties.push(tie(TieId::Designation(designation), programme, place));
        Ok(())
    }

    /// Begins the following of a place, when nobody follows her in its role: who does by assignment, or by another place, goes on, and
    /// whoever takes the place is designated.
    fn follow(
        &mut self,
        (context, carrier): (&Context<'_>, IdentityId),
        ties: &Ties,
        (place, came, organisation): (&Code, &Referent, OrganisationId),
        on: Date,
    ) -> Result<(), AppError> {
        let Some(role) = follow_role(&came.role) else { return Ok(()) };
        let goes_on = |row: &&FollowRow| row.role == role && !self.ended_follows.contains(&row.follow);
        if ties.follows.iter().any(|row| goes_on(&row)) || self.follows.iter().any(|new| new.role == role) {
            return Ok(());
        }
        let follow = FollowId::new(context.now(), random()?);
        self.follows.push(NewFollow {
            follow,
            identity: carrier,
            role,
            account: came.who,
            organisation,
            from_day: on.to_string(),
            replaces: Vec::new(),
        });
        self.ties.push(tie(TieId::Follow(follow), &came.programme, Some(place)));
        Ok(())
    }
}

fn tie(tie: TieId, programme: &Code, place: Option<&Code>) -> CaseworkTie {
    CaseworkTie { tie, programme: programme.to_string(), place: place.map(ToString::to_string) }
}

/// What changes.
pub(super) fn changes(
    context: &Context<'_>,
    carrier: IdentityId,
    turn: &Turn<'_>,
    (ties, works_for): (&Ties, &WorksFor<'_>),
) -> Result<Turned, AppError> {
    let mut turned = Turned::default();
    // Of what is recorded late, the days to read it begin when it is recorded.
    let since = turn.on.max(context.now().date());
    let same = |one: &Referent, other: Option<&Referent>| {
        other.is_some_and(|other| {
            (one.who, &one.role, &one.programme) == (other.who, &other.role, &other.programme)
        })
    };
    let (before, after) = (&turn.before.referents, &turn.after.referents);
    let of_place = |tie: &CaseworkTie, place: &Code, programme: &Code| {
        tie.place.as_deref() == Some(place.as_str()) && tie.programme == programme.as_str()
    };
    for (place, left) in before.iter().filter(|(place, left)| !same(left, after.get(*place))) {
        turned.end(ties, |tie| of_place(tie, place, &left.programme));
    }
    for programme in turn.before.tracks.keys().filter(|id| turn.before.open(id).is_some()) {
        if turn.after.open(programme).is_none() {
            turned.end(ties, |tie| tie.programme == programme.as_str());
        }
    }
    for (place, came) in after {
        let term = |path: &Path| path.stay(&came.programme).and_then(|stay| stay.term).map(|term| term.day);
        let stays = same(came, before.get(place));
        if stays && (term(turn.after) == term(turn.before) || term(turn.after).is_none()) {
            continue;
        }
        let Some(organisation) = works_for(place, came.who) else { continue };
        let last = term(turn.after)
            .map_or_else(|| later(since, WITHOUT_TERM), |day| later(day.max(since), AFTER_TERM));
        if stays {
            // The term was put off: what she was given ends sooner than what she is given now.
            turned.end(ties, |tie| {
                of_place(tie, place, &came.programme) && matches!(tie.tie, TieId::Designation(_))
            });
        } else {
            turned.follow((context, carrier), ties, (place, came, organisation), turn.on)?;
        }
        let whose = (&came.programme, Some(place));
        turned.designate((context, carrier), (came.who, organisation), (since, last), whose)?;
    }
    if let Some((to, programme)) = turn.sent_to {
        let days = (since, later(since, TO_READ_A_FORM));
        turned.designate((context, carrier), (to.account, to.organisation), days, (programme, None))?;
    }
    Ok(turned)
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}
