//! Searches beyond one's reach (*recherches élargies*): exact matches only, for a declared reason, so many times, on record.

use std::collections::HashMap;

use liant_audit::{Act, PeopleBlock};
use liant_convention::{Channel, Query, Reach, UseKind, WiderPermit};
use liant_guard::{NAMES, NUMBERS, Plan, Scope, Standings, Subject, UsePlan};
use liant_identity::{SearchWords, fold_name};
use liant_model::{ActId, Date, Field, Instant, Lang, Party, PersonId, Source};
use liant_store::directory::HeldPerson;
use liant_store::{
    Change, ChangeSet, CurrentFact, LookUpChange, Quota, StoreError, WiderSearchFilter, WiderSearchRow,
};

use super::lists::{Line, lines};
use super::seat;
use crate::addresses::{choices, one_of};
use crate::context::{Audited, audit};
use crate::lookups::{self, Watch};
use crate::{AppError, Context, Workplace, access, trail};

/// The list of the reasons.
const REASONS: &str = "wider-search-reason";
/// People whose names begin as those asked for, looked at for an exact match.
const MOST_LOOKED_AT: usize = 50;

/// Whom is looked for. Never `Debug`, never in an address: it is what was typed about someone.
pub enum Exactly {
    /// By her whole birth name or name in use, first name and birth date.
    Named {
        /// Birth name or name in use.
        name: String,
        /// First name, or first names, as the source writes them.
        first_name: String,
        /// Birth date.
        born: Date,
    },
    /// By one of her numbers: CAF, France Travail, RSA request, own reference.
    Numbered(String),
}

/// Those whom a wider search found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct WiderResult {
    /// The first of them, with what the clause shows.
    pub people: Vec<Line>,
    /// Whether there are more: then the search is not exact enough.
    pub and_more: bool,
    /// The clause that lets the actor search.
    pub clause: String,
}

/// On what terms the actor may search beyond her reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WiderTerms {
    /// Reasons that may be declared: each code with its words.
    pub reasons: Vec<(String, String)>,
    /// Searches that she may make in an hour.
    pub per_hour: u32,
    /// Searches that she may make in a day.
    pub per_day: u32,
    /// The clause.
    pub clause: String,
}

/// On what terms the actor may search beyond her reach; none when no clause lets her, which is no refusal: she has not
/// searched.
pub fn wider_terms(context: &Context<'_>, workplace: &Workplace, lang: Lang) -> Option<WiderTerms> {
    let permit = context.gate(workplace).ok()?.wider_search(&query(context)).ok()?;
    Some(WiderTerms {
        reasons: allowed(workplace, &permit, lang),
        per_hour: permit.per_hour,
        per_day: permit.per_day,
        clause: permit.clause.to_string(),
    })
}

fn query<'a>(context: &'a Context<'_>) -> Query<'a> {
    seat::query(context, Reach::Territory, Channel::Screen)
}

fn allowed(workplace: &Workplace, permit: &WiderPermit, lang: Lang) -> Vec<(String, String)> {
    choices(&workplace.lists, REASONS, lang, |code| permit.reasons.iter().any(|known| known == code))
}

/// Looks someone up beyond the actor's reach. The search, its reason and those found are written before anything is shown.
/// What was typed is kept nowhere. Whose file would not open to the actor without a reason is not found.
///
/// # Errors
/// When the gate refuses; [`AppError::NotExact`]; an unknown reason; [`StoreError::Spent`] when the actor has made as many
/// searches as the clause allows, which is on record too.
pub fn wider_search(
    context: &Context<'_>,
    workplace: &Workplace,
    whom: &Exactly,
    reason: &str,
    lang: Lang,
) -> Result<WiderResult, AppError> {
    lookups::not_blocked(context, workplace)?;
    let query = query(context);
    let (plan, permit) = Plan::for_wider_search(context.gate(workplace)?, &query)
        .map_err(|refusal| access::refused(context, workplace, &query, refusal))?;
    one_of(reason, &allowed(workplace, &permit, lang))?;
    earlier_are_reviewed(context, workplace)?;
    let sought = Sought::of(whom).ok_or(AppError::NotExact)?;
    let index = UsePlan::compile(context.gate(workplace)?, UseKind::Index, context.territory, context.now())?;
    let mut standings = access::standings(context, workplace)?;
    let watch = Watch::begin(context, workplace)?;
    let listing = plan.listing(Scope::Territory).ok_or(AppError::Absent("list"))?;
    let held = workplace.store.read(context.territory, |snapshot| {
        let people = snapshot.search(&listing, &[], &sought.words, MOST_LOOKED_AT)?;
        let (held, protected) = (snapshot.held_of(&people)?, snapshot.protected()?);
        for (person, held) in &held {
            take_in(&mut standings, *person, held, protected.contains(person));
        }
        Ok(held)
    })?;
    let mut found: Vec<(PersonId, &HeldPerson)> = Vec::new();
    for (person, held) in &held {
        let standing = standings.of(Subject::Person(*person));
        let may = |source: &Source, fields| plan.fields(source, &standing).covers(fields);
        let exact = held.facts.iter().any(|fact| {
            sought.is_said_by(&index, fact, |fields| may(fact.facts.source(), NAMES.union(fields)))
        });
        let closed = match &watch {
            Some(watch) if exact => {
                let close = watch.assess(context, workplace, *person, &held.facts)?;
                close.is_some_and(|close| close.bar().is_some())
            }
            _ => false,
        };
        if exact && !closed {
            found.push((*person, held));
        }
    }
    let (count, most) = (found.len(), permit.most_found as usize);
    found.truncate(most);
    let mut session = plan.begin();
    for (person, held) in &found {
        let standing = standings.of(Subject::Person(*person));
        held.facts.iter().for_each(|fact| session.add(&fact.facts, &standing));
    }
    let quota = Quota { per_hour: permit.per_hour, per_day: permit.per_day };
    let clause = permit.clause.to_string();
    let written = session.release(|record| {
        let act = context.act_id()?;
        let row = WiderSearchRow {
            act,
            at: context.now(),
            human: context.actor.name.clone(),
            recipient: format!("{}/{}", context.actor.party, context.actor.role),
            purpose: context.purpose.to_string(),
            reason: reason.to_owned(),
            by_number: matches!(whom, Exactly::Numbered(_)),
            clause: clause.clone(),
            found: count as u64,
            people: access::people_of(record).as_bytes().to_vec(),
            reviewed: None,
        };
        let what = format!("wider search ({reason})");
        let set = access::release(context, record, (act, Act::Search), &what)?;
        workplace.store.apply(&set.with(Change::LookUp(LookUpChange::WiderSearch { row, quota })))?;
        access::sequence(context, workplace);
        Ok::<_, AppError>(())
    });
    if let Err(AppError::Store(StoreError::Spent)) = &written {
        access::write_refusal(context, workplace, "wider search: as many as the clause allows were made")?;
    }
    let people: Vec<PersonId> = found.iter().map(|(person, _)| *person).collect();
    Ok(WiderResult { people: lines(written?, &people, HashMap::new(), lang), and_more: count > most, clause })
}

/// Each search is looked over by someone else. Where nobody does, nobody searches; and whoever has one that has waited for as long
/// as a declared reason holds makes no other before someone has looked at it.
fn earlier_are_reviewed(context: &Context<'_>, workplace: &Workplace) -> Result<(), AppError> {
    let now = context.now();
    let permit = context.gate(workplace)?.overseen(&context.actor.party, context.territory, now)?;
    let since = permit.reasons_hold.before(now.date());
    let human = Some(context.actor.name.clone());
    let of_hers =
        WiderSearchFilter { human, waiting: true, most: usize::MAX, ..WiderSearchFilter::default() };
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.wider_searches(&of_hers))?;
    if rows.last().is_some_and(|first| first.at.date() < since) {
        access::write_refusal(context, workplace, "wider search: an earlier one was not looked over")?;
        return Err(AppError::SearchNotReviewed);
    }
    Ok(())
}

/// Notes that a wider search of the party's own was looked over.
///
/// # Errors
/// When no clause has the actor look over them, or there is none such; [`AppError::OwnLookUp`] when it is her own; a conflict
/// when someone has looked it over.
pub fn review_wider_search(
    context: &Context<'_>,
    workplace: &Workplace,
    search: ActId,
) -> Result<(), AppError> {
    lookups::oversee(context, workplace)?;
    let found = workplace.store.read(context.territory, |snapshot| snapshot.wider_search(search))?;
    let found = found.filter(|row| is_of(row, &context.actor.party)).ok_or(AppError::Absent("search"))?;
    if found.human == context.actor.name {
        return Err(AppError::OwnLookUp);
    }
    let change = LookUpChange::ReviewSearch { search, reviewed_by: context.actor.name.clone() };
    let what = Audited { subject: format!("wider search looked over: {search}"), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::LookUp, what)?;
    let set = ChangeSet::new(context.territory, context.now(), entry);
    workplace.store.apply(&set.with(Change::LookUp(change)))?;
    access::sequence(context, workplace);
    Ok(())
}

/// Whether someone of this party made a search.
fn is_of(row: &WiderSearchRow, party: &Party) -> bool {
    row.recipient.split_once('/').is_some_and(|(of, _)| of == party.as_str())
}

/// Takes in what is held of someone, for her standing.
pub(crate) fn take_in(standings: &mut Standings, person: PersonId, held: &HeldPerson, is_protected: bool) {
    let subject = Subject::Person(person);
    for one in &held.identities {
        standings.hold(subject, &one.source, one.identity, !one.left);
    }
    for fact in &held.facts {
        standings.read(fact.identity, &fact.facts);
    }
    standings.say_address(subject, is_protected);
}

/// Whom is looked for, folded.
struct Sought {
    words: SearchWords,
    name: String,
    first_name: String,
    born: String,
    number: Option<String>,
}

impl Sought {
    /// None when what was typed is not whole.
    fn of(whom: &Exactly) -> Option<Self> {
        let typed = match whom {
            Exactly::Named { name, first_name, born } => format!("{name} {first_name} {born}"),
            Exactly::Numbered(number) => number.clone(),
        };
        let mut sought = Self {
            words: SearchWords::parse(&typed)?,
            name: String::new(),
            first_name: String::new(),
            born: String::new(),
            number: None,
        };
        match whom {
            Exactly::Named { name, first_name, born } => {
                sought.name = fold_name(name);
                sought.first_name = fold_name(first_name);
                sought.born = born.to_string();
                (!sought.name.is_empty() && !sought.first_name.is_empty()).then_some(sought)
            }
            Exactly::Numbered(number) => {
                let folded = fold_name(number);
                let is_whole =
                    folded.len() >= SHORTEST_NUMBER && folded.bytes().any(|byte| byte.is_ascii_digit());
                sought.number = Some(folded);
                is_whole.then_some(sought)
            }
        }
    }

    /// Whether the facts say just that, in fields that `may` be used.
    fn is_said_by(
        &self,
        index: &UsePlan,
        fact: &CurrentFact,
        may: impl Fn(liant_model::FieldSet) -> bool,
    ) -> bool {
        let said = index.read(&fact.facts, |reading| {
            let folded = |field| reading.get(field).map(|value| fold_name(&value)).unwrap_or_default();
            match &self.number {
                Some(number) => NUMBERS
                    .into_iter()
                    .any(|field| may(liant_model::FieldSet::EMPTY.with(field)) && folded(field) == *number),
                None => {
                    may(liant_model::FieldSet::EMPTY)
                        && reading.get(Field::BirthDate).as_deref() == Some(self.born.as_str())
                        && folded(Field::FirstName) == self.first_name
                        && (folded(Field::BirthName) == self.name || folded(Field::MarriedName) == self.name)
                }
            }
        });
        said.unwrap_or_default()
    }
}

/// Characters of the shortest number that may be looked up.
const SHORTEST_NUMBER: usize = 4;

/// Which wider searches are wanted.
#[derive(Clone, Debug, Default)]
pub struct WiderFilter {
    /// By this actor: her account, as the log holds it.
    pub actor: Option<String>,
    /// From this moment on.
    pub since: Option<Instant>,
    /// Before this moment.
    pub until: Option<Instant>,
    /// Those alone that nobody has looked over.
    pub waiting: bool,
}

/// A wider search, as whoever looks over it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WiderUse {
    /// Its entry in the log.
    pub act: ActId,
    /// When.
    pub at: Instant,
    /// Who: her account, as the log holds it.
    pub actor: String,
    /// Her name, when she has an account here.
    pub name: Option<String>,
    /// The party and role she acted for.
    pub seat: String,
    /// For which purpose.
    pub purpose: String,
    /// Why, in words.
    pub reason: String,
    /// Whether by a number, else by names and birth date.
    pub by_number: bool,
    /// The clause.
    pub clause: String,
    /// How many were found, those that were not shown too.
    pub found: u64,
    /// Those shown.
    pub shown: Vec<PersonId>,
    /// Who has looked it over, by name or account, and when.
    pub reviewed: Option<(String, Instant)>,
    /// Whether the actor may: it is of her party, and not her own.
    pub is_hers_to_review: bool,
}

/// Wider searches, the latest first. Reading them is on record itself.
///
/// # Errors
/// When no clause has the actor look over them.
pub fn wider_searches(
    context: &Context<'_>,
    workplace: &Workplace,
    filter: &WiderFilter,
    most: usize,
    lang: Lang,
) -> Result<Vec<WiderUse>, AppError> {
    lookups::oversee(context, workplace)?;
    let filter = WiderSearchFilter {
        human: filter.actor.clone(),
        since: filter.since,
        until: filter.until,
        waiting: filter.waiting,
        most,
    };
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.wider_searches(&filter))?;
    let reviewers = rows.iter().filter_map(|row| row.reviewed.as_ref().map(|(by, _)| by.clone()));
    let actors: Vec<String> = rows.iter().map(|row| row.human.clone()).chain(reviewers).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let words = choices(&workplace.lists, REASONS, lang, |_| true);
    let what = Audited {
        subject: "wider searches".to_owned(),
        counts: vec![("searches", rows.len() as u64)],
        ..Audited::default()
    };
    workplace.store.ensure_territory(context.territory)?;
    let entry = audit(context, context.act_id()?, Act::Read, what)?;
    workplace.store.apply(&ChangeSet::new(context.territory, context.now(), entry))?;
    access::sequence(context, workplace);
    let shown = |row: WiderSearchRow| {
        let people =
            PeopleBlock::from_bytes(&row.people).map_err(|error| AppError::Internal(error.to_string()))?;
        let is_open = row.reviewed.is_none() && row.human != context.actor.name;
        Ok(WiderUse {
            is_hers_to_review: is_open && is_of(&row, &context.actor.party),
            reviewed: row.reviewed.map(|(by, at)| (names.get(&by).cloned().unwrap_or(by), at)),
            act: row.act,
            at: row.at,
            name: names.get(&row.human).cloned(),
            actor: row.human,
            seat: row.recipient,
            purpose: row.purpose,
            reason: words
                .iter()
                .find(|(code, _)| *code == row.reason)
                .map_or(row.reason, |(_, words)| words.clone()),
            by_number: row.by_number,
            clause: row.clause,
            found: row.found,
            shown: people.iter().collect(),
        })
    };
    rows.into_iter().map(shown).collect()
}
