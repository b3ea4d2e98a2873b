//! One act on many people: those ticked on a page, or everyone who passes filters, page after page.
//!
//! [`look`] says how many they are before anything is done, with a fingerprint of what was seen; [`assign_many`] and [`end_many`]
//! do nothing when the list, or who follows those on it, is not what was seen any more.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use liant_audit::Act;
use liant_guard::{Order, Test};
use liant_model::{AccountId, Date, FollowId, Lang, OrganisationId, PersonId, Uuid};
use liant_store::directory::HeldPerson;
use liant_store::{Change, FollowRole, FollowRow, NewFollow};
use ring::digest;

use super::acts::{self, Assignment};
use super::lists::{self, Gathered, Line};
use super::seat::{Seat, Seated};
use crate::context::random;
use crate::{AppError, Context, Workplace};

/// The role that many people are given at once.
const ROLE: FollowRole = FollowRole::SocialReferent;

/// Whom an act is about.
#[derive(Clone, Debug)]
pub enum Whom {
    /// These people.
    These(Vec<PersonId>),
    /// Everyone who passes these tests.
    Passing(Vec<Test>),
}

/// Those whom an act is about, as they stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// How many.
    pub count: u64,
    /// Of them, those who have a social referent.
    pub followed: u64,
    /// Those asked for who are not there, or not the actor's to see any more.
    pub gone: u64,
    /// What was seen: hand it back with the act.
    pub seen: String,
}

/// What a look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// These.
    At(Selection),
    /// More people than one act may be about: [`Assignment::MOST`].
    TooMany,
}

/// A referent for many people.
#[derive(Clone, Debug)]
pub struct ManyAssignment {
    /// Whom.
    pub whom: Whom,
    /// Who will follow them.
    pub account: AccountId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// From which day on.
    pub from: Date,
    /// Whether those who have another referent change; else they are left as they are.
    pub replaces: bool,
    /// [`Selection::seen`].
    pub seen: String,
}

/// The end of many followings.
#[derive(Clone, Debug)]
pub struct ManyEnding {
    /// Whom.
    pub whom: Whom,
    /// The last day.
    pub to: Date,
    /// [`Selection::seen`].
    pub seen: String,
}

/// Why an act left someone aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftAside {
    /// She is not there, or not the actor's to see any more.
    Gone,
    /// She has another referent, whom the act leaves.
    HasReferent,
    /// She has this referent.
    Unchanged,
    /// She has none to end.
    HasNone,
}

/// What an act on many people did.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Those for whom it was done.
    pub done: u64,
    /// Of them, those whose referent it replaced.
    pub replaced: u64,
    /// How many were left aside, and why.
    pub aside: BTreeMap<LeftAside, u64>,
    /// Of those left aside and still there, the first, with why.
    pub lines: Vec<(Line, LeftAside)>,
}

/// What became of an act.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Done.
    Done(Box<Report>),
    /// Nothing: the list, or who follows those on it, is not what was seen.
    Changed,
}

/// People left aside whom a report names.
const MOST_NAMED: usize = 50;

/// What is held of people.
type HeldPeople = BTreeMap<PersonId, Arc<HeldPerson>>;

/// What is held of those whom an act is about, and who of them is gone.
struct Found {
    held: HeldPeople,
    gone: u64,
}

fn find(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    whom: &Whom,
) -> Result<Option<Found>, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    // Who may not see who follows whom changes nothing of it.
    plan.filter(Test::Referent(AccountId(Uuid::nil()))).ok_or(AppError::Absent("list"))?;
    let most = Assignment::MOST;
    let found = match whom {
        Whom::These(people) => {
            let mut asked = people.clone();
            asked.sort_unstable();
            asked.dedup();
            if asked.len() > most {
                return Ok(None);
            }
            workplace.store.read(context.territory, |snapshot| {
                let listed = snapshot.listed(&listing, &asked)?;
                let there: Vec<PersonId> = asked.iter().filter(|one| listed.contains(one)).copied().collect();
                let held = snapshot.held_of(&there)?;
                Ok(Found { gone: asked.len().saturating_sub(held.len()) as u64, held })
            })?
        }
        Whom::Passing(tests) => {
            let filters = lists::filters(&plan, tests)?;
            let sorting = plan.sorting(Order::Name).ok_or(AppError::Absent("order"))?;
            let found = workplace.store.read(context.territory, |snapshot| {
                let people = snapshot.list(&listing, &filters, &sorting, None, most + 1)?.people;
                let held = if people.len() > most { None } else { Some(snapshot.held_of(&people)?) };
                Ok(held)
            })?;
            let Some(held) = found else { return Ok(None) };
            Found { held, gone: 0 }
        }
    };
    Ok(Some(found))
}

impl Found {
    fn seen(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        for (person, held) in &self.held {
            context.update(person.0.as_bytes());
            for follow in following(held) {
                context.update(follow.follow.0.as_bytes());
            }
        }
        let hash = context.finish();
        hash.as_ref().iter().take(16).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn selection(&self) -> Selection {
        let followed = self.held.values().filter(|held| following(held).next().is_some()).count();
        Selection {
            count: self.held.len() as u64,
            followed: followed as u64,
            gone: self.gone,
            seen: self.seen(),
        }
    }
}

fn following(held: &HeldPerson) -> impl Iterator<Item = &FollowRow> {
    held.follows.iter().filter(|follow| follow.role == ROLE)
}

/// How many people an act would be about. Shows nobody.
///
/// # Errors
/// When the gate refuses; [`AppError::Absent`] for a filter that the plan does not allow.
pub fn look(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    whom: &Whom,
) -> Result<Look, AppError> {
    let found = find(context, workplace, seat, whom)?;
    Ok(found.map_or(Look::TooMany, |found| Look::At(found.selection())))
}

/// Gives many people a social referent (*désigner un référent social*), in one act: all that it does happens, or nothing.
///
/// # Errors
/// As [`look`]; [`AppError::Absent`] when the account may follow nobody for the organisation.
pub fn assign_many(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    wanted: &ManyAssignment,
    lang: Lang,
) -> Result<Outcome, AppError> {
    let referents = super::referents(context, workplace)?;
    let is_one =
        |one: &super::Follower| (one.account, one.organisation) == (wanted.account, wanted.organisation);
    if !referents.iter().any(is_one) {
        return Err(AppError::Absent("referent"));
    }
    let decide = |held: &HeldPerson| -> Result<Result<(Vec<Change>, bool), LeftAside>, AppError> {
        let before: Vec<&FollowRow> = following(held).collect();
        if let [only] = before.as_slice()
            && (only.account, only.organisation) == (wanted.account, wanted.organisation)
        {
            return Ok(Err(LeftAside::Unchanged));
        }
        if !before.is_empty() && !wanted.replaces {
            return Ok(Err(LeftAside::HasReferent));
        }
        let Some(identity) = acts::hangs_on(held) else { return Ok(Err(LeftAside::Gone)) };
        let change = Change::Follow(NewFollow {
            follow: FollowId::new(context.now(), random()?),
            identity,
            role: ROLE,
            account: wanted.account,
            organisation: wanted.organisation,
            from_day: wanted.from.to_string(),
            replaces: before.iter().map(|follow| follow.follow).collect(),
        });
        Ok(Ok((vec![change], !before.is_empty())))
    };
    many(context, workplace, seat, (&wanted.whom, &wanted.seen), decide, lang)
}

/// Ends the following of many people by their social referents (*fin de suivi*), in one act.
///
/// # Errors
/// As [`look`].
pub fn end_many(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    wanted: &ManyEnding,
    lang: Lang,
) -> Result<Outcome, AppError> {
    let decide = |held: &HeldPerson| -> Result<Result<(Vec<Change>, bool), LeftAside>, AppError> {
        let end =
            |follow: &FollowRow| Change::EndFollow { follow: follow.follow, to_day: wanted.to.to_string() };
        let changes: Vec<Change> = following(held).map(end).collect();
        Ok(if changes.is_empty() { Err(LeftAside::HasNone) } else { Ok((changes, false)) })
    };
    many(context, workplace, seat, (&wanted.whom, &wanted.seen), decide, lang)
}

/// Does what is decided for each, or nothing when the list is not what was seen.
fn many(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    (whom, seen): (&Whom, &str),
    decide: impl Fn(&HeldPerson) -> Result<Result<(Vec<Change>, bool), LeftAside>, AppError>,
    lang: Lang,
) -> Result<Outcome, AppError> {
    let Some(found) = find(context, workplace, seat, whom)? else { return Ok(Outcome::Changed) };
    if found.seen() != seen {
        return Ok(Outcome::Changed);
    }
    let mut report = Report::default();
    if found.gone > 0 {
        report.aside.insert(LeftAside::Gone, found.gone);
    }
    let (mut changes, mut done, mut aside) = (Vec::new(), Vec::new(), Vec::new());
    for (person, held) in &found.held {
        match decide(held)? {
            Ok((hers, replaced)) => {
                changes.extend(hers);
                done.push(*person);
                report.replaced += u64::from(replaced);
            }
            Err(why) => {
                *report.aside.entry(why).or_default() += 1;
                aside.push((*person, why));
            }
        }
    }
    report.done = done.len() as u64;
    if !changes.is_empty() {
        match acts::apply(context, workplace, (&done, ROLE), changes) {
            Err(error) if error.is_conflict() => return Ok(Outcome::Changed),
            other => other?,
        }
    }
    aside.truncate(MOST_NAMED);
    report.lines = named(context, workplace, seat, (found.held, &aside), lang)?;
    Ok(Outcome::Done(Box::new(report)))
}

/// Those left aside, as a list shows them: on record, as any list.
fn named(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    (mut held, aside): (HeldPeople, &[(PersonId, LeftAside)]),
    lang: Lang,
) -> Result<Vec<(Line, LeftAside)>, AppError> {
    if aside.is_empty() {
        return Ok(Vec::new());
    }
    let plan = seat.take(context, workplace)?.plan;
    let people: Vec<PersonId> = aside.iter().map(|(person, _)| *person).collect();
    held.retain(|person, _| people.contains(person));
    let gathered = workplace
        .store
        .read(context.territory, |snapshot| Gathered::with(snapshot, held, context.now().date()))?;
    let what = (Act::Read, "people left aside");
    let lines = lists::open(context, workplace, &plan, (&people, gathered), what, lang)?;
    let why = |line: &Line| aside.iter().find(|(person, _)| *person == line.person).map(|(_, why)| *why);
    Ok(lines
        .into_iter()
        .filter_map(|line| Some((why(&line)?, line)))
        .map(|(why, line)| (line, why))
        .collect())
}
