//! The review of a year (*bilan d'exécution annuel : qualitatif, quantitatif et financier*): the figures of its months as committees were shown them,
//! its meetings and corrective actions, and the amounts that each party writes.

use std::collections::{BTreeMap, BTreeSet};

use liant_casework::{
    Amounts, Code, CommitteesRule, EntriesOf, ExitsOf, MinutesFault, Month, Programme, ReviewDue,
    check_amounts, followed, review_due,
};
use liant_model::{Date, OrganisationId, Party, Uuid};
use liant_store::{PaperKind, PaperRow};

use super::content::{
    FORM, FrozenPlace, HeldMeeting, ReviewContent, ReviewedAction, Saying, Shown, frozen, months, sealed,
};
use super::{Part, SealedLine, Shelves, draft::seal, kept_until, line};
use crate::context::random;
use crate::{AppError, Context, Workplace};

/// What the form of a review is made with.
#[derive(Clone, Debug)]
pub struct ReviewForm {
    /// The programme.
    pub programme: Programme,
    /// The year, and when its review is due.
    pub due: ReviewDue,
    /// The party that writes.
    pub party: Party,
    /// The draft that is there: which, its seal, the amounts so far, and how many have signed it.
    pub draft: Option<(Uuid, String, Amounts, usize)>,
}

/// The parties whose amounts are missing from a review.
pub(super) fn missing(rules: &CommitteesRule, saying: &Saying) -> Vec<Party> {
    let (Saying::Review(content), Some(rule)) = (saying, &rules.review) else { return Vec::new() };
    let lacks = |party: &&Party| {
        let written = content.amounts.get(*party);
        rule.lines_of(party).any(|line| written.is_none_or(|amounts| !amounts.contains_key(&line.id)))
    };
    rule.signed_by.iter().map(|one| &one.party).filter(lacks).cloned().collect()
}

/// The first year of a programme, and whether a year of it is over.
pub(super) fn years(shelves: &Shelves, programme: &Code, today: Date) -> impl Iterator<Item = (i16, bool)> {
    let begins =
        shelves.programmes.iter().filter(|one| one.id == *programme).map(|one| one.from.year()).min();
    let this = today.year();
    (begins.unwrap_or(this)..=this).rev().map(move |year| (year, year < this))
}

/// The programme and the due date of a review that the actor signs, of a year that is over.
fn found<'a>(
    shelves: &'a Shelves,
    context: &Context<'_>,
    (programme, year): (&Code, i16),
) -> Result<(&'a Programme, &'a CommitteesRule, ReviewDue), AppError> {
    let absent = || AppError::Absent("review");
    let all = shelves.reviews(context).into_iter();
    let mut hers = all.filter(|(one, .., part)| one.id == *programme && *part == Part::Leads);
    let (running, rules, rule, _) = hers.next().ok_or_else(absent)?;
    let is_over = years(shelves, programme, context.now().date()).any(|(one, over)| one == year && over);
    let due = review_due(rule, year).filter(|_| is_over).ok_or_else(absent)?;
    Ok((running, rules, due))
}

/// The last day of a year.
pub(super) fn last_day(year: i16) -> Result<Date, AppError> {
    Date::new(year, 12, 31).map_err(|_| AppError::Value("there is no such year".to_owned()))
}

/// What the form of a review is made with, for those who sign it.
///
/// # Errors
/// [`AppError::Absent`] when the actor signs no review of that year, or it is not over, or all have signed it.
pub fn review_form(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, year): (&Code, i16),
) -> Result<ReviewForm, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let (running, _, due) = found(&shelves, context, (programme, year))?;
    let there = shelves.review_of(programme, year);
    if there.is_some_and(|(row, _)| row.complete_at.is_some()) {
        return Err(AppError::Absent("review"));
    }
    let draft = there
        .map(|(row, content)| (row.paper, row.hash.clone(), content.amounts.clone(), row.signatures.len()));
    Ok(ReviewForm { programme: running.clone(), due, party: context.actor.party.clone(), draft })
}

/// Seals the review of a year with the amounts of the actor's party, beside those that the others wrote. Whoever had signed the draft before
/// signs again.
///
/// # Errors
/// As [`review_form`]; [`AppError::Value`] when no clause says how long it is kept; the gate's refusal when the software may count nobody; a
/// conflict when another draft was sealed meanwhile.
pub fn draft_review(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, year): (&Code, i16),
    (amounts, replaces): (BTreeMap<Code, u32>, Option<(Uuid, String)>),
) -> Result<Result<SealedLine, Vec<MinutesFault>>, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let (running, rules, _) = found(&shelves, context, (programme, year))?;
    let Some(rule) = &rules.review else { return Err(AppError::Absent("review")) };
    let party = &context.actor.party;
    let faults = check_amounts(rule, party, &amounts);
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let kept_until = kept_until(context, workplace, (running, last_day(year)?))?;
    let there = shelves.review_of(programme, year);
    let mut all = there.map(|(_, content)| content.amounts.clone()).unwrap_or_default();
    all.insert(party.clone(), amounts);
    let id = liant_model::ActId::new(context.now(), random()?).0;
    let content = content(context, workplace, (&shelves, running, rules), (id, year, all))?;
    let (body, hash) = sealed(&content)?;
    let row = PaperRow {
        paper: id,
        kind: PaperKind::Review,
        programme: programme.to_string(),
        committee: String::new(),
        place: String::new(),
        about: year.to_string(),
        made_at: content.made_at,
        made_by: context.actor.name.clone(),
        hash,
        body,
        signers: u32::try_from(rule.signed_by.len()).unwrap_or(u32::MAX),
        complete_at: None,
        kept_until,
        signatures: Vec::new(),
    };
    let there = there.map(|(row, _)| (row.paper, row.hash.clone()));
    seal(context, workplace, &row, (there, replaces))?;
    line(rules, &row).map(Ok)
}

fn content(
    context: &Context<'_>,
    workplace: &Workplace,
    (shelves, running, rules): (&Shelves, &Programme, &CommitteesRule),
    (id, year, amounts): (Uuid, i16, Amounts),
) -> Result<ReviewContent, AppError> {
    let no_year = |_| AppError::Absent("review");
    let first = Date::new(year, 1, 1).map_err(no_year)?;
    let last = Date::new(year, 12, 31).map_err(no_year)?;
    let shown = months(context, workplace, running, (Month::of(first), Month::of(last)))?;
    let called =
        |place: OrganisationId| shelves.services.get(&place).map(|(name, _): &(String, Party)| name.clone());
    let (meetings, actions) = held(shelves, (running, rules), (first, last));
    let indicators = shown.last().map(|(.., kept)| &kept.figures).into_iter().flatten();
    Ok(ReviewContent {
        form: FORM,
        id,
        programme: running.id.clone(),
        version: running.version,
        year,
        made_at: context.now(),
        places: places(&shown)
            .into_iter()
            .map(|(place, entries, exits)| {
                let name = place.and_then(called);
                FrozenPlace { place, name, entries, exits }
            })
            .collect(),
        indicators: indicators.map(|one| (one.indicator.clone(), (one.value, one.of))).collect(),
        months: shown.iter().map(|one| frozen(one, None)).collect(),
        meetings,
        actions,
        amounts,
    })
}

type PlaceYear = (Option<OrganisationId>, Option<u32>, Option<u32>);

/// Each place over the months, where each of them was shown: a sum that whoever read the months makes herself.
fn places(shown: &[Shown]) -> Vec<PlaceYear> {
    let all: BTreeSet<_> =
        shown.iter().flat_map(|(.., kept)| kept.places.iter().map(|(place, _)| *place)).collect();
    all.into_iter()
        .map(|place| {
            let rows = || {
                let of = |(.., kept): &'_ Shown| {
                    let row = kept.places.iter().find(|(one, _)| *one == place);
                    row.map(|(_, figures)| figures.clone())
                };
                shown.iter().filter_map(of).collect::<Vec<_>>()
            };
            let entries: Option<u32> =
                rows().iter().map(|row| row.entries.as_ref().map(EntriesOf::all)).sum();
            let exits: Option<u32> = rows().iter().map(|row| row.exits.as_ref().map(ExitsOf::all)).sum();
            (place, entries, exits)
        })
        .collect()
}

/// The meetings that were held between two days, and the actions that were decided, answered or open then, as they stood on the last one.
fn held(
    shelves: &Shelves,
    (running, rules): (&Programme, &CommitteesRule),
    (first, last): (Date, Date),
) -> (Vec<HeldMeeting>, Vec<ReviewedAction>) {
    let mut by_committee: BTreeMap<(String, String), Vec<(&PaperRow, &super::MinutesContent)>> =
        BTreeMap::new();
    for (row, saying) in &shelves.papers {
        if let Saying::Minutes(content) = saying
            && row.programme == running.id.as_str()
            && row.complete_at.is_some()
            && content.said.held_on <= last
        {
            by_committee.entry((row.committee.clone(), row.place.clone())).or_default().push((row, content));
        }
    }
    let (mut meetings, mut actions) = (Vec::new(), Vec::new());
    for mut papers in by_committee.into_values() {
        papers.sort_by_key(|(_, content)| content.said.held_on);
        let Some((_, latest)) = papers.last() else { continue };
        let (committee, place) = (latest.committee.clone(), latest.place_name.clone());
        for (row, content) in papers.iter().filter(|(_, content)| content.said.held_on >= first) {
            meetings.push(HeldMeeting {
                committee: committee.clone(),
                place: place.clone(),
                held_on: content.said.held_on,
                seal: row.hash.clone(),
                gaps: content.said.gaps.clone(),
                practices: content.said.practices.clone(),
                alerts: content.said.alerts.clone(),
            });
        }
        let all = followed(rules, papers.iter().map(|(row, content)| (row.paper, &content.said)));
        let of_year = all.into_iter().filter(|one| {
            !one.is_closed || one.decided_on >= first || one.said_on.is_some_and(|day| day >= first)
        });
        actions.extend(of_year.map(|action| ReviewedAction {
            committee: committee.clone(),
            place: place.clone(),
            action,
        }));
    }
    meetings.sort_by_key(|one| one.held_on);
    (meetings, actions)
}
