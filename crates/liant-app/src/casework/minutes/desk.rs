//! All the papers of committees that someone has a part in: how each committee stands, its minutes, its actions, and the yearly reviews.

use std::collections::{BTreeMap, BTreeSet};

use liant_casework::{
    Code, CommitteeOf, Followed, MeetingDue, MeetingStanding, Programme, ReviewDue, meeting_due, review_due,
};
use liant_convention::Length;
use liant_model::{Date, Lang, Party};

use super::super::words;
use super::content::Saying;
use super::{CommitteeKey, Part, SealedLine, Shelves, Standing, line, review};
use crate::{AppError, Context, Workplace, trail};

/// A committee.
#[derive(Clone, Debug)]
pub struct CommitteeShelf {
    /// Which.
    pub key: CommitteeKey,
    /// What it is called.
    pub text: String,
    /// The title of its programme.
    pub title: String,
    /// The name of the local service.
    pub place_name: Option<String>,
    /// How often it meets at least, and where that comes from.
    pub every: (Length, String),
    /// Whether the actor leads it.
    pub leads: bool,
    /// When it meets again.
    pub meeting: MeetingDue,
    /// Where that stands today.
    pub standing: MeetingStanding,
    /// The draft of its minutes, for those who lead it.
    pub draft: Option<SealedLine>,
    /// Its minutes that all have signed, the latest first.
    pub papers: Vec<SealedLine>,
    /// Its actions that are open, in the order in which they were decided.
    pub open: Vec<Followed>,
    /// What local committees alerted it to since it met last: the name of the service, the day, the codes.
    pub alerted: Vec<(Option<String>, Date, BTreeSet<Code>)>,
}

/// The reviews of a programme.
#[derive(Clone, Debug)]
pub struct ReviewShelf {
    /// The programme.
    pub programme: Code,
    /// Its title.
    pub title: String,
    /// What the review is called.
    pub text: String,
    /// Where the rule comes from.
    pub source: String,
    /// Whether the actor signs it.
    pub signs: bool,
    /// Each year since the programme began, the latest first.
    pub years: Vec<ReviewYear>,
}

/// A year.
#[derive(Clone, Debug)]
pub struct ReviewYear {
    /// Which, and when its review is due.
    pub due: ReviewDue,
    /// Whether it is over: its review may be written.
    pub is_over: bool,
    /// Its review; a draft for those who sign it alone.
    pub paper: Option<SealedLine>,
    /// The parties whose amounts are missing from the draft.
    pub missing: Vec<Party>,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct PapersDesk {
    /// The committees.
    pub committees: Vec<CommitteeShelf>,
    /// The reviews.
    pub reviews: Vec<ReviewShelf>,
    /// The programmes as they run, for the words of their codes.
    pub programmes: Vec<Programme>,
    /// The names of those who signed, by what stands in their signature.
    pub names: BTreeMap<String, String>,
}

/// The papers that the actor has a part in. They name nobody who is accompanied.
///
/// # Errors
/// [`AppError::Absent`] when she has a part in none.
pub fn papers_desk(context: &Context<'_>, workplace: &Workplace, lang: Lang) -> Result<PapersDesk, AppError> {
    let shelves = Shelves::read(context, workplace)?;
    let today = context.now().date();
    let mut committees = Vec::new();
    for one in shelves.standings(context) {
        committees.push(shelf(&shelves, &one, (today, lang))?);
    }
    let mut reviews = Vec::new();
    for (programme, rules, rule, part) in shelves.reviews(context) {
        let mut years = Vec::new();
        for (year, is_over) in review::years(&shelves, &programme.id, today) {
            let Some(due) = review_due(rule, year) else { continue };
            let there = shelves.review_of(&programme.id, year);
            let seen = there.filter(|(row, _)| part == Part::Leads || row.complete_at.is_some());
            let missing = seen.map_or_else(Vec::new, |(_, content)| {
                review::missing(rules, &Saying::Review(content.clone()))
            });
            let paper = seen.map(|(row, _)| line(rules, row)).transpose()?;
            years.push(ReviewYear { due, is_over, paper, missing });
        }
        reviews.push(ReviewShelf {
            programme: programme.id.clone(),
            title: words::said(&programme.title, lang),
            text: words::said(&rule.text, lang),
            source: rule.source.clone(),
            signs: part == Part::Leads,
            years,
        });
    }
    if committees.is_empty() && reviews.is_empty() {
        return Err(AppError::Absent("committee"));
    }
    let signed: Vec<String> = shelves
        .papers
        .iter()
        .flat_map(|(row, _)| row.signatures.iter().map(|one| one.signed_by.clone()))
        .collect();
    let names = trail::names(workplace, context.territory, &signed)?.into_iter().collect();
    let programmes = shelves.running().into_iter().map(|(one, _)| one.clone()).collect();
    Ok(PapersDesk { committees, reviews, programmes, names })
}

fn shelf(
    shelves: &Shelves,
    one: &Standing<'_>,
    (today, lang): (Date, Lang),
) -> Result<CommitteeShelf, AppError> {
    let meeting = meeting_due(one.committee, one.last());
    let signed = one.signed.iter().rev().map(|(row, _)| line(one.rules, row));
    let leads = one.part == Part::Leads;
    let draft = one.draft.filter(|_| leads);
    Ok(CommitteeShelf {
        key: one.key.clone(),
        text: words::said(&one.committee.text, lang),
        title: words::said(&one.programme.title, lang),
        place_name: one.place_name.clone(),
        every: (one.committee.every, one.committee.source.clone()),
        leads,
        meeting,
        standing: meeting.standing(today),
        draft: draft.map(|row| line(one.rules, row)).transpose()?,
        papers: signed.collect::<Result<_, _>>()?,
        open: one.open(),
        alerted: alerted(shelves, one),
    })
}

/// What the committees of local services alerted this one to since it met last; nothing, of one of them.
fn alerted(shelves: &Shelves, one: &Standing<'_>) -> Vec<(Option<String>, Date, BTreeSet<Code>)> {
    if one.committee.of != CommitteeOf::Territory {
        return Vec::new();
    }
    let since = one.last().map(|said| said.held_on);
    let mut all: Vec<_> = shelves
        .papers
        .iter()
        .filter_map(|(row, saying)| match saying {
            Saying::Minutes(content)
                if row.complete_at.is_some()
                    && content.programme == one.key.programme
                    && content.place.is_some()
                    && !content.said.alerts.is_empty()
                    && since.is_none_or(|since| content.said.held_on > since) =>
            {
                Some((content.place_name.clone(), content.said.held_on, content.said.alerts.clone()))
            }
            _ => None,
        })
        .collect();
    all.sort_by_key(|(_, day, _)| *day);
    all
}
