//! Whose path the actor may see: the path is a datum like another ([`Field::AccompanimentPath`]), sealed and opened by the gate.

use std::collections::{BTreeMap, HashMap, HashSet};

use liant_audit::Act;
use liant_convention::{Channel, Consents};
use liant_guard::{GuardedFacts, NAMES, Plan, Standing, Subject};
use liant_model::{Facts, Field, FieldSet, Lang, PersonId, Source};
use liant_store::CurrentFact;
use liant_store::directory::HeldPerson;

use super::held::{Held, HeldOf};
use crate::people::{self, Line};
use crate::{AppError, Context, Workplace, access, positions, recipients};

/// The registers that a path is in: each party that works on it has its own record of it.
pub(super) const REGISTERS: [Source; 2] = [Source::DEPARTEMENT, Source::FRANCE_TRAVAIL];

/// Someone whose path the actor may see.
pub(super) struct Seen {
    pub(super) held: Held,
    pub(super) plan: Plan,
    pub(super) standing: Standing,
    pub(super) facts: Vec<CurrentFact>,
}

/// Whether the plan lets the path of someone of this standing out.
fn allows(plan: &Plan, standing: &Standing) -> bool {
    REGISTERS.iter().any(|source| plan.allows(source, Field::AccompanimentPath, standing))
}

/// Finds someone whose path a clause shows the actor, where she stands and for what she agreed to. With consents that she is about to
/// give, for an act that records them.
pub(super) fn seen(context: &Context<'_>, workplace: &Workplace, person: PersonId) -> Result<Seen, AppError> {
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.casework_of(person))?;
    let held = Held::read(rows)?;
    let plan = access::plan_near_of(context, workplace, Channel::Screen, held.consents())?;
    let mut positions = positions::positions_of(context, workplace, held.consents())?;
    let facts = workplace
        .store
        .read(context.territory, |snapshot| recipients::gather(snapshot, &mut positions, person))?;
    let standing = positions.standings.of(Subject::Person(person));
    access::admit(context, workplace, (&plan, &standing), person, &facts)?;
    if facts.is_empty() || !allows(&plan, &standing) {
        return Err(AppError::Absent("person"));
    }
    Ok(Seen { held, plan, standing, facts })
}

/// The path as data under the gate.
fn sealed(person: PersonId, held: &Held) -> [GuardedFacts; 2] {
    REGISTERS.map(|source| {
        let mut facts = Facts::new();
        facts.push(Field::AccompanimentPath, &held.path.version.to_string());
        GuardedFacts::seal(Subject::Person(person), source, facts)
    })
}

/// Writes that the actor was shown someone's path; gives the clauses.
pub(super) fn shown(
    context: &Context<'_>,
    workplace: &Workplace,
    (person, seen): (PersonId, &Seen),
) -> Result<Vec<String>, AppError> {
    let plan = seen.plan.narrowed(FieldSet::EMPTY.with(Field::AccompanimentPath));
    let mut session = plan.begin();
    for facts in sealed(person, &seen.held) {
        session.add(&facts, &seen.standing);
    }
    let views =
        session.release(|record| access::write(context, workplace, record, Act::Read, "accompaniment"))?;
    let mut clauses: Vec<String> =
        views.iter().flat_map(|view| view.iter().map(|(.., clause)| clause.to_string())).collect();
    clauses.sort_unstable();
    clauses.dedup();
    Ok(clauses)
}

/// Someone on a list.
pub(super) struct OnList {
    pub(super) line: Line,
    pub(super) held: Held,
}

/// What a list shows of these people: names and paths, of each what a clause lets out where she stands. Of whom nothing comes out, she is
/// not there. Written as one access record for each set of consents.
pub(super) fn list(
    context: &Context<'_>,
    workplace: &Workplace,
    people: &[PersonId],
    (what, lang): (&str, Lang),
) -> Result<BTreeMap<PersonId, OnList>, AppError> {
    super::sees_paths(context, workplace)?;
    let (mut paths, people_held, protected) = workplace.store.read(context.territory, |snapshot| {
        let mut paths = HeldOf::new();
        for person in people {
            paths.insert(*person, Held::read(snapshot.casework_of(*person)?)?);
        }
        Ok((paths, snapshot.shown_of(people)?, snapshot.protected()?))
    })?;
    let mut by_consents: Vec<(Consents, Vec<PersonId>)> = Vec::new();
    for (person, held) in &paths {
        match by_consents.iter_mut().find(|(consents, _)| *consents == held.consents()) {
            Some((_, same)) => same.push(*person),
            None => by_consents.push((held.consents(), vec![*person])),
        }
    }
    let mut found = BTreeMap::new();
    for (consents, same) in by_consents {
        let lines =
            open(context, workplace, consents, (&same, &paths, &people_held, &protected), (what, lang))?;
        for line in lines {
            let held = paths.remove(&line.person).unwrap_or_default();
            found.insert(line.person, OnList { line, held });
        }
    }
    Ok(found)
}

/// Opens those who agreed to the same.
fn open(
    context: &Context<'_>,
    workplace: &Workplace,
    consents: Consents,
    (people, paths, held, protected): (
        &[PersonId],
        &HeldOf,
        &BTreeMap<PersonId, HeldPerson>,
        &HashSet<PersonId>,
    ),
    (what, lang): (&str, Lang),
) -> Result<Vec<Line>, AppError> {
    let query = people::seat::query(context, liant_convention::Reach::Designated, Channel::Screen);
    let Ok(plan) = Plan::compile_near_of(context.gate(workplace)?, &query, consents) else {
        return Ok(Vec::new());
    };
    let plan = plan.narrowed(NAMES.with(Field::AccompanimentPath));
    let mut positions = positions::positions_of(context, workplace, consents)?;
    for person in people {
        let Some(one) = held.get(person) else { continue };
        people::take_in(&mut positions.standings, *person, one, protected.contains(person));
    }
    workplace.store.read(context.territory, |snapshot| {
        people.iter().try_for_each(|person| positions.place(snapshot, *person))
    })?;
    let mut session = plan.begin();
    let mut shown = Vec::new();
    for person in people {
        let standing = positions.standings.of(Subject::Person(*person));
        let (Some(one), Some(path)) = (held.get(person), paths.get(person)) else { continue };
        if !allows(&plan, &standing) {
            continue;
        }
        shown.push(*person);
        for fact in &one.facts {
            session.add(&fact.facts, &standing);
        }
        for facts in sealed(*person, path) {
            session.add(&facts, &standing);
        }
    }
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let views = session.release(|record| access::write(context, workplace, record, Act::Read, what))?;
    Ok(people::lines(&views, &shown, HashMap::new(), lang))
}
