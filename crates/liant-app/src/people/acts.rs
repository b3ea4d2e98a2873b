use std::sync::Arc;

use liant_audit::{Act, PeopleBlock};
use liant_guard::Test;
use liant_model::{AccountId, Date, DesignationId, FollowId, OrganisationId, PersonId, Source};
use liant_store::directory::HeldPerson;
use liant_store::{Change, ChangeSet, DesignationRow, FollowRole, NewDesignation, NewFollow, ReachChange};

use super::seat::{Seat, Seated};
use crate::context::{Audited, audit, random};
use crate::{AppError, Context, Workplace, access, directory};

/// People to whom someone is given, in one act.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// Whom; at most [`Assignment::MOST`].
    pub people: Vec<PersonId>,
    /// As what.
    pub role: FollowRole,
    /// Who will follow them.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// From which day on.
    pub from: Date,
}

impl Assignment {
    /// People of one act at most.
    pub const MOST: usize = 1_000;
}

/// What an assignment did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Assigned {
    /// People whom she follows now.
    pub assigned: u64,
    /// Of them, those whom someone else followed in the role.
    pub replaced: u64,
    /// People whom she followed in the role before, and who stay as they are.
    pub unchanged: u64,
}

/// Gives people a referent (*désigner un référent*), all of them or none. Whoever followed them in the role ends on that day.
///
/// # Errors
/// When the gate refuses; [`AppError::Absent`] when one of them is not there or not the actor's to see; a conflict
/// when something changed meanwhile.
pub fn assign(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    assignment: &Assignment,
) -> Result<Assigned, AppError> {
    let mut people = assignment.people.clone();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() || people.len() > Assignment::MOST {
        return Err(AppError::Value(format!("give from one to {} people at once", Assignment::MOST)));
    }
    let held = mine(context, workplace, seat, &people)?;
    let mut assigned = Assigned::default();
    let mut changes = Vec::new();
    for (_, held) in &held {
        let before: Vec<_> = held.follows.iter().filter(|follow| follow.role == assignment.role).collect();
        let same =
            |account, organisation| (account, organisation) == (assignment.account, assignment.organisation);
        if let [only] = before.as_slice()
            && same(only.account, only.organisation)
        {
            assigned.unchanged += 1;
            continue;
        }
        assigned.assigned += 1;
        assigned.replaced += u64::from(!before.is_empty());
        changes.push(Change::Follow(NewFollow {
            follow: FollowId::new(context.now(), random()?),
            identity: hangs_on(held).ok_or(AppError::Absent("person"))?,
            role: assignment.role,
            account: assignment.account,
            organisation: assignment.organisation,
            from_day: assignment.from.to_string(),
            replaces: before.iter().map(|follow| follow.follow).collect(),
        }));
    }
    if !changes.is_empty() {
        apply(context, workplace, (&people, assignment.role), changes)?;
    }
    Ok(assigned)
}

/// A following to be ended.
#[derive(Clone, Copy, Debug)]
pub struct Ending {
    /// Who is followed.
    pub person: PersonId,
    /// As what.
    pub role: FollowRole,
    /// The last day.
    pub to: Date,
}

/// Ends a following (*fin de suivi*).
///
/// # Errors
/// When the gate refuses; [`AppError::Absent`] when nobody follows her in the role, or she is not the actor's to see.
pub fn end(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    ending: Ending,
) -> Result<(), AppError> {
    let people = [ending.person];
    let held = mine(context, workplace, seat, &people)?;
    let follows = held.iter().flat_map(|(_, held)| &held.follows);
    let changes: Vec<Change> = follows
        .filter(|follow| follow.role == ending.role)
        .map(|follow| Change::EndFollow { follow: follow.follow, to_day: ending.to.to_string() })
        .collect();
    if changes.is_empty() {
        return Err(AppError::Absent("referent"));
    }
    apply(context, workplace, (&people, ending.role), changes)
}

/// Someone given to a professional for a time (*personne désignée*).
#[derive(Clone, Copy, Debug)]
pub struct Designation {
    /// Who is given.
    pub person: PersonId,
    /// To whom.
    pub account: AccountId,
    /// In which organisation she works on it.
    pub organisation: OrganisationId,
    /// First day.
    pub from: Date,
    /// Last day: nobody is given for ever.
    pub to: Date,
}

/// Gives a person to a professional for a time: clauses of the reach `designated`, and wider ones, are then about her.
///
/// # Errors
/// When the gate refuses; [`AppError::Absent`] when she is not there or not the actor's to see; when the last day is before
/// the first.
pub fn designate(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    designation: &Designation,
) -> Result<DesignationId, AppError> {
    if designation.to < designation.from {
        return Err(AppError::Value("the last day is before the first".to_owned()));
    }
    let people = [designation.person];
    let held = mine(context, workplace, seat, &people)?;
    let identity = held.first().and_then(|(_, held)| hangs_on(held)).ok_or(AppError::Absent("person"))?;
    let id = DesignationId::new(context.now(), random()?);
    let change = ReachChange::Designate(NewDesignation {
        designation: id,
        identity,
        account: designation.account,
        organisation: designation.organisation,
        from: designation.from,
        to: designation.to,
        given_by: context.actor.name.clone(),
    });
    write(context, workplace, (&people, format!("designation {id}")), vec![Change::Reach(change)])?;
    Ok(id)
}

/// The designations of a person that hold or will, the latest first.
///
/// # Errors
/// As [`designate`].
pub fn designations(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    person: PersonId,
) -> Result<Vec<DesignationRow>, AppError> {
    mine(context, workplace, seat, &[person])?;
    let day = context.now().date();
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.designations_of(person, day))?)
}

/// Ends a designation before its last day.
///
/// # Errors
/// As [`designate`]; [`AppError::Absent`] when the person has no such designation.
pub fn end_designation(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    (person, designation): (PersonId, DesignationId),
) -> Result<(), AppError> {
    let rows = designations(context, workplace, seat, person)?;
    if !rows.iter().any(|row| row.designation == designation) {
        return Err(AppError::Absent("designation"));
    }
    let change = Change::Reach(ReachChange::EndDesignation(designation));
    write(context, workplace, (&[person], format!("designation {designation} ended")), vec![change])
}

/// What is held of these people, all of whom the actor must be able to list, and whose referents a clause must show her.
fn mine(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    people: &[PersonId],
) -> Result<Vec<(PersonId, Arc<HeldPerson>)>, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let any = Test::Referent(AccountId(liant_model::Uuid::nil()));
    plan.filter(any).ok_or(AppError::Absent("person"))?;
    let (listed, held) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.listed(&listing, people)?, snapshot.held_of(people)?))
    })?;
    if people.iter().any(|person| !listed.contains(person)) {
        return Err(AppError::Absent("person"));
    }
    Ok(held.into_iter().collect())
}

/// The source identity that a following hangs on: the Département's own if there is one.
pub(super) fn hangs_on(held: &HeldPerson) -> Option<liant_model::IdentityId> {
    let rank = |source: &Source| {
        let known = [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL];
        known.iter().position(|one| one == source).unwrap_or(known.len())
    };
    let first = held.identities.iter().min_by_key(|one| (one.left, rank(&one.source), one.identity));
    first.map(|one| one.identity)
}

pub(super) fn apply(
    context: &Context<'_>,
    workplace: &Workplace,
    (people, role): (&[PersonId], FollowRole),
    changes: Vec<Change>,
) -> Result<(), AppError> {
    write(context, workplace, (people, format!("follow ({})", role.as_str())), changes)?;
    directory::after_act(context, workplace, people);
    Ok(())
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (people, subject): (&[PersonId], String),
    changes: Vec<Change>,
) -> Result<(), AppError> {
    let what = Audited {
        subject,
        counts: vec![("changed", changes.len() as u64)],
        people: PeopleBlock::new(people.iter().copied()),
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Follow, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&changes.into_iter().fold(set, ChangeSet::with))?;
    access::sequence(context, workplace);
    Ok(())
}

/// Gives a local service (*SLAI*) its communes, by INSEE code, and no others.
///
/// # Errors
/// When a code is none, or the store refuses.
pub fn set_communes(
    context: &Context<'_>,
    workplace: &Workplace,
    organisation: OrganisationId,
    communes: &[String],
) -> Result<(), AppError> {
    let is_code = |code: &String| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if let Some(place) = communes.iter().position(|code| !is_code(code)) {
        return Err(AppError::Value(format!("commune {}: an INSEE code has five characters", place + 1)));
    }
    workplace.store.ensure_territory(context.territory)?;
    let what = Audited {
        subject: format!("communes of {organisation}"),
        counts: vec![("communes", communes.len() as u64)],
        ..Audited::default()
    };
    let entry = audit(context, context.act_id()?, Act::Account, what)?;
    let change = Change::ServiceCommunes { organisation, communes: communes.to_vec() };
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry).with(change))?;
    access::sequence(context, workplace);
    Ok(())
}
