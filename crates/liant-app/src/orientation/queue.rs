//! Whom the Département has to orient: recipients in course without a decision, those who wait longest first.

use std::collections::{BTreeMap, HashSet};

use liant_audit::Act;
use liant_convention::{Channel, People};
use liant_guard::{Standing, Subject};
use liant_model::{Block, Date, Field, PersonId, Source};
use liant_store::CurrentFact;

use crate::{AppError, Context, Workplace, access, positions, recipients};

/// Someone to orient.
#[derive(Clone, Debug)]
pub struct ToOrient {
    /// The person.
    pub person: PersonId,
    /// Birth name.
    pub birth_name: Option<String>,
    /// Name in use.
    pub married_name: Option<String>,
    /// First name.
    pub first_name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Commune of residence.
    pub commune: Option<String>,
    /// Since when she waits: the day her right to the RSA began, or she asked for it; as the directory has it.
    pub since: Option<Date>,
}

/// A page of the queue.
#[derive(Clone, Debug)]
pub struct OrientationQueue {
    /// Who waits, the longest first; those of whom it is not known since when, last.
    pub page: Vec<ToOrient>,
    /// How many wait under the filter.
    pub count: usize,
    /// How many wait in all.
    pub all: usize,
}

/// A page of those who wait at least `days`, from the `skip`th on, at most `most`. Only what the clauses let the actor
/// see counts: since when someone waits is not known of whom no clause shows it.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn queue(
    context: &Context<'_>,
    workplace: &Workplace,
    days: Option<u16>,
    (skip, most): (usize, usize),
) -> Result<OrientationQueue, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut positions = positions::positions(context, workplace)?;
    workplace.store.read(context.territory, |snapshot| recipients::gather_all(snapshot, &mut positions))?;
    let sees = |standing: &Standing| plan.allows(&Source::DEPARTEMENT, Field::OrientationNature, standing);
    let mut waiting: BTreeMap<PersonId, Standing> = positions
        .standings
        .all_in(People::RsaRecipientInCourse)
        .filter(sees)
        .filter_map(|standing| match standing.subject()? {
            Subject::Person(person) => Some((person, standing)),
            Subject::Identity(_) => None,
        })
        .collect();
    let rights = workplace.store.read(context.territory, |snapshot| {
        let mut oriented = HashSet::new();
        snapshot.orientations(|row| {
            oriented.insert(row.person);
            Ok(())
        })?;
        waiting.retain(|person, _| !oriented.contains(person));
        let mut rights: Vec<CurrentFact> = Vec::new();
        snapshot.block_of_all(Block::Rights, |fact| {
            if waiting.contains_key(&fact.person) {
                rights.push(fact);
            }
            Ok(())
        })?;
        Ok(rights)
    })?;
    let since = since(context, workplace, &plan, &waiting, rights)?;
    let today = context.now().date();
    let all = waiting.len();
    let mut order: Vec<(Option<Date>, PersonId)> =
        waiting.keys().map(|person| (since.get(person).copied(), *person)).collect();
    if let Some(days) = days {
        let limit = today.saturating_sub(liant_model::Span::new().days(i64::from(days)));
        order.retain(|(since, _)| since.is_some_and(|since| since <= limit));
    }
    order.sort_by_key(|(since, person)| (since.is_none(), *since, *person));
    let count = order.len();
    let wanted: Vec<(Option<Date>, PersonId)> = order.into_iter().skip(skip).take(most).collect();
    let page = named(context, workplace, &plan, &waiting, &wanted)?;
    Ok(OrientationQueue { page, count, all })
}

/// Since when people wait. The days are compared inside, and shown of a page only; the record of the page names its
/// people and these fields.
fn since(
    context: &Context<'_>,
    workplace: &Workplace,
    plan: &liant_guard::Plan,
    waiting: &BTreeMap<PersonId, Standing>,
    rights: Vec<CurrentFact>,
) -> Result<BTreeMap<PersonId, Date>, AppError> {
    let mut since: BTreeMap<PersonId, Date> = BTreeMap::new();
    if rights.is_empty() {
        return Ok(since);
    }
    let count = liant_guard::UsePlan::compile(
        context.gate(workplace)?,
        liant_convention::UseKind::Clocks,
        context.territory,
        context.now(),
    )?;
    for fact in rights {
        let allowed = |field| {
            waiting
                .get(&fact.person)
                .is_some_and(|standing| plan.allows(fact.facts.source(), field, standing))
        };
        let day = count.read(&fact.facts, |facts| {
            let day = |field| facts.get(field).filter(|_| allowed(field))?.parse::<Date>().ok();
            day(Field::BenefitSince).or_else(|| day(Field::RsaRequested))
        });
        if let Some(day) = day.flatten() {
            let known = since.entry(fact.person).or_insert(day);
            *known = (*known).min(day);
        }
    }
    Ok(since)
}

fn named(
    context: &Context<'_>,
    workplace: &Workplace,
    plan: &liant_guard::Plan,
    waiting: &BTreeMap<PersonId, Standing>,
    wanted: &[(Option<Date>, PersonId)],
) -> Result<Vec<ToOrient>, AppError> {
    let mut session = plan.begin();
    workplace.store.read(context.territory, |snapshot| {
        for (_, person) in wanted {
            let Some(standing) = waiting.get(person) else { continue };
            for link in snapshot.links_of_person(*person)? {
                for fact in snapshot.facts(link.identity)? {
                    if matches!(fact.block, Block::Identity | Block::Rights) {
                        session.add(&fact.facts, standing);
                    }
                }
            }
        }
        Ok(())
    })?;
    let views =
        session.release(|record| access::write(context, workplace, record, Act::Read, "to orient"))?;
    let of = |person: PersonId, field: Field| {
        let mut hers = views.iter().filter(|view| view.subject() == Subject::Person(person));
        hers.find_map(|view| view.get(field)).map(str::to_owned)
    };
    Ok(wanted
        .iter()
        .map(|(since, person)| ToOrient {
            person: *person,
            birth_name: of(*person, Field::BirthName),
            married_name: of(*person, Field::MarriedName),
            first_name: of(*person, Field::FirstName),
            birth_date: of(*person, Field::BirthDate).and_then(|day| day.parse().ok()),
            commune: of(*person, Field::ResidenceCommune),
            since: *since,
        })
        .collect())
}
