use std::collections::{BTreeMap, HashMap};

use liant_audit::Act;
use liant_convention::Reach;
use liant_guard::{Filter, Happening, Order, Plan, Subject, Test};
use liant_identity::SearchWords;
use liant_model::{Date, Field, FieldSet, Lang, PersonId, Source};
use liant_store::StoreError;
use liant_store::directory::{Count, DirectoryState, HeldPerson};

use super::seat::{Seat, Seated};
use crate::person::{Origin, Value};
use crate::{AppError, Context, Workplace, access};

/// What a list shows of each person, as far as the plan lets it.
const SHOWN: [Field; 17] = [
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::ResidenceCommune,
    Field::CafIdentifier,
    Field::FtIdentifier,
    Field::OwnReference,
    Field::RegistrationStart,
    Field::RegistrationCategory,
    Field::CessationDate,
    Field::RadiationDate,
    Field::RsaState,
    Field::BenefitSince,
    Field::OrientationNature,
    Field::OrientationDecided,
    Field::OrientationOrganisation,
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
    /// How many a page.
    pub size: PageSize,
}

/// Someone of a list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Line {
    /// The person.
    pub person: PersonId,
    /// What each source says of her.
    pub origins: Vec<Origin>,
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
}

/// People whom a search shows.
const MOST_FOUND: usize = 20;

fn filters(plan: &Plan, tests: &[Test]) -> Result<Vec<Filter>, AppError> {
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
    let (mut found, held, count, state) = workplace.store.read(context.territory, |snapshot| {
        let found = snapshot.list(&listing, &filters, &sorting, request.after, size + 1)?;
        let shown = found.get(..size).unwrap_or(&found);
        let held = snapshot.held_of(shown)?;
        Ok((found, held, snapshot.count(&listing, &filters)?, snapshot.directory_state()?))
    })?;
    let has_next = found.len() > size;
    found.truncate(size);
    let next = found.last().copied().filter(|_| has_next);
    let people = open(context, workplace, &plan, (&found, &held), (Act::Read, "people list"), lang)?;
    Ok(Page { people, count, next, reach: listing.scope().reach(), state })
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
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let words = SearchWords::parse(typed);
    let (mut found, held, state) = workplace.store.read(context.territory, |snapshot| {
        let found = match &words {
            Some(words) => snapshot.search(&listing, words, MOST_FOUND + 1)?,
            None => Vec::new(),
        };
        let held = snapshot.held_of(found.get(..MOST_FOUND).unwrap_or(&found))?;
        Ok((found, held, snapshot.directory_state()?))
    })?;
    let and_more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    let people = open(context, workplace, &plan, (&found, &held), (Act::Search, "people search"), lang)?;
    Ok(SearchResult { people, and_more, reach: listing.scope().reach(), state })
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
    let mut filters = filters(&plan, tests)?;
    let counted = workplace.store.read(context.territory, |snapshot| {
        let mut counted = Vec::with_capacity(choices.len());
        for choice in choices {
            let Some(filter) = plan.filter(choice.clone()) else {
                counted.push(None);
                continue;
            };
            filters.push(filter);
            counted.push(Some(snapshot.count(&listing, &filters)?));
            filters.pop();
        }
        Ok(counted)
    })?;
    Ok(counted)
}

/// What waits for the actor. None where the plan does not allow the question.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Home {
    /// Recipients in course who are not oriented.
    pub to_orient: Option<Count>,
    /// Recipients in course without a social referent.
    pub without_referent: Option<Count>,
    /// Since the day asked for, by source and kind.
    pub happened: Vec<(Source, Happening, Count)>,
    /// Open questions of identity whose both sides the actor may see, the first thousand looked at.
    pub questions: Option<Count>,
    /// How far the actor looked.
    pub reach: Reach,
    /// How far the directory is made.
    pub state: DirectoryState,
}

/// The counts of the home page: figures only, each of a list that [`list`] shows by the same test.
///
/// # Errors
/// When the gate refuses.
pub fn home(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    since: Date,
) -> Result<Home, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let of_stock = [Source::FRANCE_TRAVAIL, Source::CNAF].into_iter();
    let asked: Vec<(Source, Happening)> =
        of_stock.flat_map(|source| Happening::ALL.map(|kind| (source.clone(), kind))).collect();
    let home = workplace.store.read(context.territory, |snapshot| {
        let mut count = |test: Test| -> Result<Option<Count>, StoreError> {
            match plan.filter(test) {
                Some(filter) => snapshot.count(&listing, &[filter]).map(Some),
                None => Ok(None),
            }
        };
        let (to_orient, without_referent) = (count(Test::ToOrient)?, count(Test::WithoutReferent)?);
        let mut happened = Vec::new();
        for (source, kind) in asked {
            let counted = count(Test::Happened(kind, source.clone(), since))?;
            happened.extend(counted.filter(|count| count.number > 0).map(|count| (source, kind, count)));
        }
        let questions = Some(snapshot.count_questions(&listing)?);
        let (reach, state) = (listing.scope().reach(), snapshot.directory_state()?);
        Ok(Home { to_orient, without_referent, happened, questions, reach, state })
    })?;
    Ok(home)
}

/// Opens what a list shows of these people, in their order. Of whom nothing comes out, she is not on it.
fn open(
    context: &Context<'_>,
    workplace: &Workplace,
    plan: &Plan,
    (people, held): (&[PersonId], &BTreeMap<PersonId, HeldPerson>),
    (act, what): (Act, &str),
    lang: Lang,
) -> Result<Vec<Line>, AppError> {
    let plan = plan.narrowed(SHOWN.into_iter().collect::<FieldSet>());
    let mut standings = access::standings(context, workplace)?;
    for (person, held) in held {
        for one in &held.identities {
            standings.hold(Subject::Person(*person), &one.source, one.identity, !one.left);
        }
        for fact in &held.facts {
            standings.read(fact.identity, &fact.facts);
        }
    }
    let mut session = plan.begin();
    for (person, held) in held {
        let standing = standings.of(Subject::Person(*person));
        let facts = held.facts.iter().map(|fact| &fact.facts);
        for facts in facts.chain(held.orientations.iter().map(|row| &row.facts)) {
            session.add(facts, &standing);
        }
    }
    let views = session.release(|record| access::write(context, workplace, record, act, what))?;
    let mut lines: HashMap<PersonId, Vec<Origin>> = HashMap::new();
    for view in &views {
        let Subject::Person(person) = view.subject() else { continue };
        let values: Vec<Value> = view
            .iter()
            .map(|(field, value, clause)| Value {
                field: field.code(),
                label: field.label(lang),
                value: value.to_owned(),
                clause: clause.to_string(),
            })
            .collect();
        if values.is_empty() {
            continue;
        }
        let (origins, source) = (lines.entry(person).or_default(), view.source().to_string());
        match origins.iter_mut().find(|origin| origin.source == source) {
            Some(origin) => {
                origin.values.extend(values);
                origin.hidden += view.hidden();
            }
            None => origins.push(Origin { source, values, hidden: view.hidden() }),
        }
    }
    Ok(people
        .iter()
        .filter_map(|person| Some(Line { person: *person, origins: lines.remove(person)? }))
        .collect())
}
