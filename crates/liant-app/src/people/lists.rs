use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use liant_audit::Act;
use liant_convention::{ClauseRef, Reach};
use liant_guard::{Filter, Limits, Order, Plan, Subject, Test, View};
use liant_identity::SearchWords;
use liant_model::{AccountId, Date, Field, FieldSet, Lang, PersonId, Source};
use liant_store::directory::{Count, DirectoryState, HeldPerson, Listed};
use liant_store::{FollowRole, Snapshot, StoreError};

use super::filters::Offered;
use super::seat::{Seat, Seated};
use crate::person::{Origin, Value};
use crate::{AppError, Context, Workplace, access, rights};

/// What a list shows of each person, as far as the plan lets it.
const SHOWN: [Field; 21] = [
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::ResidenceCommune,
    Field::TownName,
    Field::CafIdentifier,
    Field::FtIdentifier,
    Field::OwnReference,
    Field::RegistrationStart,
    Field::RegistrationCategory,
    Field::CessationDate,
    Field::RadiationDate,
    Field::RsaState,
    Field::BenefitSince,
    Field::RsaRequested,
    Field::OrientationNature,
    Field::OrientationDecided,
    Field::OrientationOrganisation,
    Field::ReferentName,
    Field::ReferentFirstName,
];

/// How many people a page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageSize {
    /// 25.
    #[default]
    Short,
    /// 50.
    Middle,
    /// 100.
    Long,
}

impl PageSize {
    const fn number(self) -> usize {
        match self {
            Self::Short => 25,
            Self::Middle => 50,
            Self::Long => 100,
        }
    }
}

/// A page of a list that is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// Where the actor sits.
    pub seat: Seat,
    /// What is asked of those listed; all must hold.
    pub tests: Vec<Test>,
    /// In which order.
    pub order: Order,
    /// The last person of the page before.
    pub after: Option<PersonId>,
    /// How many to pass over, after that: pages that have a number. At most [`Count::MOST`].
    pub skip: usize,
    /// How many a page.
    pub size: PageSize,
}

/// Someone of a list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// The person.
    pub person: PersonId,
    /// What each source says of her, ours first.
    pub origins: Vec<Origin>,
    /// Who follows her as social referent, where a clause lets the actor see her referent.
    pub referent: Option<AccountId>,
}

impl Line {
    /// The first source that says this of her, and what it says.
    pub fn said(&self, field: Field) -> Option<(&str, &str)> {
        let of = |origin: &'_ Origin| origin.values.iter().position(|value| value.field == field.code());
        self.origins.iter().find_map(|origin| {
            let value = origin.values.get(of(origin)?)?;
            Some((origin.source.as_str(), value.value.as_str()))
        })
    }
}

/// A page of a list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Page {
    /// Those on it.
    pub people: Vec<Line>,
    /// How many the whole list holds.
    pub count: Count,
    /// The last of this page, when another follows: the `after` of that one.
    pub next: Option<PersonId>,
    /// How far the actor looked.
    pub reach: Reach,
    /// How far the directory is made.
    pub state: DirectoryState,
    /// What the list may be narrowed and ordered by.
    pub offered: Offered,
}

/// Those whom a search found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SearchResult {
    /// The first of them.
    pub people: Vec<Line>,
    /// Whether there are more.
    pub and_more: bool,
    /// How far the actor looked.
    pub reach: Reach,
    /// How far the directory is made.
    pub state: DirectoryState,
    /// What the search may be narrowed by.
    pub offered: Offered,
}

/// People whom a search shows.
const MOST_FOUND: usize = 50;

pub(super) fn filters(plan: &Plan, tests: &[Test]) -> Result<Vec<Filter>, AppError> {
    tests.iter().map(|test| plan.filter(test.clone()).ok_or(AppError::Absent("filter"))).collect()
}

/// A page of people. Written as one access record, with everyone on it.
///
/// # Errors
/// When the gate refuses; [`AppError::Absent`] for a filter or an order that the plan does not allow, and when the last person of the
/// page before is not in the list any more: begin anew.
pub fn list(
    context: &Context<'_>,
    workplace: &Workplace,
    request: &ListRequest,
    lang: Lang,
) -> Result<Page, AppError> {
    let Seated { plan, listing } = request.seat.take(context, workplace)?;
    let filters = filters(&plan, &request.tests)?;
    let sorting = plan.sorting(request.order).ok_or(AppError::Absent("order"))?;
    let size = request.size.number();
    let skip = request.skip.min(Count::MOST as usize);
    let (listed, gathered, state) = workplace.store.read(context.territory, |snapshot| {
        let mut listed = snapshot.list(&listing, &filters, &sorting, request.after, skip + size + 1)?;
        listed.people.drain(..skip.min(listed.people.len()));
        let shown = listed.people.get(..size).unwrap_or(&listed.people);
        let gathered = Gathered::of(snapshot, shown, context.now().date())?;
        Ok((listed, gathered, snapshot.directory_state()?))
    })?;
    let Listed { people: mut found, count } = listed;
    let has_next = found.len() > size;
    found.truncate(size);
    let next = found.last().copied().filter(|_| has_next);
    let people = open(context, workplace, &plan, (&found, gathered), (Act::Read, "people list"), lang)?;
    let offered = Offered::of(&plan, context.now().date());
    Ok(Page { people, count, next, reach: listing.scope().reach(), state, offered })
}

/// Those who have every word of what was typed: names without accents, birth dates in French or ISO form, numbers. Written as one
/// access record, with everyone found; what was typed is kept nowhere.
///
/// # Errors
/// When the gate refuses.
pub fn search(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    typed: &str,
    lang: Lang,
) -> Result<SearchResult, AppError> {
    search_among(context, workplace, seat, (typed, &[]), lang)
}

/// [`search`] among those who pass every test.
///
/// # Errors
/// As [`list`].
pub fn search_among(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    (typed, tests): (&str, &[Test]),
    lang: Lang,
) -> Result<SearchResult, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let (words, filters) = (SearchWords::parse(typed), filters(&plan, tests)?);
    let (mut found, gathered, state) = workplace.store.read(context.territory, |snapshot| {
        let found = match &words {
            Some(words) => snapshot.search(&listing, &filters, words, MOST_FOUND + 1)?,
            None => Vec::new(),
        };
        let shown = found.get(..MOST_FOUND).unwrap_or(&found);
        let gathered = Gathered::of(snapshot, shown, context.now().date())?;
        Ok((found, gathered, snapshot.directory_state()?))
    })?;
    let and_more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    let people = open(context, workplace, &plan, (&found, gathered), (Act::Search, "people search"), lang)?;
    let offered = Offered::of(&plan, context.now().date());
    Ok(SearchResult { people, and_more, reach: listing.scope().reach(), state, offered })
}

/// How many people pass these tests.
///
/// # Errors
/// As [`list`].
pub fn count(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    tests: &[Test],
) -> Result<Count, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let filters = filters(&plan, tests)?;
    Ok(workplace.store.read(context.territory, |snapshot| snapshot.count(&listing, &filters))?)
}

/// Facets: how many of those who pass `tests` pass each of `choices` too; none for a choice that the plan does not allow.
///
/// # Errors
/// As [`list`].
pub fn counts(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    tests: &[Test],
    choices: &[Test],
) -> Result<Vec<Option<Count>>, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let filters = filters(&plan, tests)?;
    let allowed: Vec<Option<Filter>> = choices.iter().map(|choice| plan.filter(choice.clone())).collect();
    let asked: Vec<&[Filter]> = allowed.iter().flatten().map(std::slice::from_ref).collect();
    let counted = workplace
        .store
        .read(context.territory, |snapshot| snapshot.count_each(&listing, &filters, &asked))?;
    let mut counted = counted.into_iter();
    Ok(allowed.iter().map(|choice| choice.as_ref().and_then(|_| counted.next())).collect())
}

/// What is held of the people of a list, and what decides of what it shows of them: of one state of the store, or the latter of a later.
pub(super) struct Gathered {
    held: BTreeMap<PersonId, Arc<HeldPerson>>,
    protected: HashSet<PersonId>,
    limits: Limits,
}

impl Gathered {
    fn of(snapshot: &mut Snapshot<'_>, people: &[PersonId], day: Date) -> Result<Self, StoreError> {
        let held = snapshot.held_of(people)?;
        Self::with(snapshot, held, day)
    }

    /// Of those of whom it was read before.
    pub(super) fn with(
        snapshot: &mut Snapshot<'_>,
        held: BTreeMap<PersonId, Arc<HeldPerson>>,
        day: Date,
    ) -> Result<Self, StoreError> {
        let limits = rights::limits::closing(&snapshot.limited(day)?);
        Ok(Self { held, protected: snapshot.protected()?, limits })
    }
}

/// Opens what a list shows of these people, in their order. Of whom nothing comes out, she is not on it.
pub(super) fn open(
    context: &Context<'_>,
    workplace: &Workplace,
    plan: &Plan,
    (people, Gathered { held, protected, limits }): (&[PersonId], Gathered),
    (act, what): (Act, &str),
    lang: Lang,
) -> Result<Vec<Line>, AppError> {
    let plan = plan.narrowed(SHOWN.into_iter().collect::<FieldSet>());
    let mut standings = access::standings_within(context, workplace, limits)?;
    for (person, held) in &held {
        // All of them are within the scope of the list, whose reach the plan was asked for.
        standings.place(Subject::Person(*person), plan.reach());
        standings.say_address(Subject::Person(*person), protected.contains(person));
        for one in &held.identities {
            standings.hold(Subject::Person(*person), &one.source, one.identity, !one.left);
        }
        for fact in &held.facts {
            standings.read(fact.identity, &fact.facts);
        }
    }
    let mut session = plan.begin();
    let mut referents: HashMap<PersonId, AccountId> = HashMap::new();
    for (person, held) in &held {
        let standing = standings.of(Subject::Person(*person));
        let facts = held.facts.iter().map(|fact| &fact.facts);
        for facts in facts.chain(held.orientations.iter().map(|row| &row.facts)) {
            session.add(facts, &standing);
        }
        let follows = held.follows.iter().find(|follow| follow.role == FollowRole::SocialReferent);
        if plan.allows(&Source::DEPARTEMENT, Field::ReferentName, &standing) {
            referents.extend(follows.map(|follow| (*person, follow.account)));
        }
    }
    let views = session.release(|record| access::write(context, workplace, record, act, what))?;
    Ok(lines(views, people, referents, lang))
}

/// What was opened of these people, in their order, with those who follow them.
pub(crate) fn lines(
    views: Vec<View>,
    people: &[PersonId],
    mut referents: HashMap<PersonId, AccountId>,
    lang: Lang,
) -> Vec<Line> {
    let mut lines: HashMap<PersonId, Vec<Origin>> = HashMap::new();
    // A page names few clauses, each many times.
    let mut clauses: Vec<(Arc<ClauseRef>, Arc<str>)> = Vec::new();
    let mut named = |clause: Arc<ClauseRef>| {
        if let Some((_, name)) =
            clauses.iter().find(|(known, _)| Arc::ptr_eq(known, &clause) || *known == clause)
        {
            return Arc::clone(name);
        }
        let name: Arc<str> = clause.to_string().into();
        clauses.push((clause, Arc::clone(&name)));
        name
    };
    for view in views {
        let Subject::Person(person) = view.subject() else { continue };
        let (source, hidden) = (view.source().clone(), view.hidden());
        let values: Vec<Value> = view
            .into_values()
            .map(|(field, value, clause)| Value {
                field: field.code(),
                label: field.label(lang),
                value,
                clause: named(clause),
            })
            .collect();
        if values.is_empty() {
            continue;
        }
        let origins = lines.entry(person).or_default();
        match origins.iter_mut().find(|origin| origin.source == source.as_str()) {
            Some(origin) => {
                origin.values.extend(values);
                origin.hidden += hidden;
            }
            None => origins.push(Origin { source: source.to_string(), values, hidden }),
        }
    }
    people
        .iter()
        .filter_map(|person| {
            let mut origins = lines.remove(person)?;
            origins.sort_by_key(|origin| rank(&origin.source));
            Some(Line { person: *person, origins, referent: referents.remove(person) })
        })
        .collect()
}

/// The place of a source where one must come first: ours, then the CNAF, then France Travail.
pub(super) fn rank(source: &str) -> usize {
    let known = [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL];
    known.iter().position(|one| one.as_str() == source).unwrap_or(known.len())
}
