//! What of committees waits for someone today: computed each time, and never kept.

use liant_casework::{MeetingDue, MeetingStanding, meeting_due, review_due};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_model::{Date, Lang, Uuid};
use liant_store::PaperRow;

use super::super::words;
use super::content::Saying;
use super::{CommitteeKey, Part, Shelves, Standing, part, review};
use crate::{AppError, Context, Workplace};

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperTask {
    /// A committee is to meet.
    Meet {
        /// Which.
        key: CommitteeKey,
        /// What it is called.
        text: String,
        /// The name of the local service.
        place: Option<String>,
        /// When.
        due: MeetingDue,
        /// Where that stands.
        standing: MeetingStanding,
    },
    /// Minutes wait for her signature.
    Sign {
        /// Which.
        paper: Uuid,
        /// What the committee is called.
        text: String,
        /// The name of the local service.
        place: Option<String>,
        /// The day of the meeting.
        held_on: String,
    },
    /// Corrective actions should be done by now.
    Overdue {
        /// Whose.
        key: CommitteeKey,
        /// What it is called.
        text: String,
        /// The name of the local service.
        place: Option<String>,
        /// How many.
        count: u64,
        /// The day by which the first of them was due.
        first: Date,
    },
    /// A review is due.
    Review {
        /// Of which programme.
        programme: liant_casework::Code,
        /// Its title.
        title: String,
        /// Of which year.
        year: i16,
        /// By when.
        by: Date,
        /// Its draft, once it waits for her signature alone.
        sign: Option<Uuid>,
    },
}

/// What waits for whoever leads a committee or signs a review; nothing for anyone else.
///
/// # Errors
/// The gate's refusal; when the store refuses.
pub fn papers_day(
    context: &Context<'_>,
    workplace: &Workplace,
    lang: Lang,
) -> Result<Vec<PaperTask>, AppError> {
    // Most people lead none: nothing is read for them.
    let programmes = workplace.programmes(context.territory)?;
    let writes = programmes.iter().filter_map(|one| one.committees.as_ref()).any(|rules| {
        let leads = |people| part(context, people, &[]) == Some(Part::Leads);
        rules.committees.iter().any(|one| leads(&one.led_by))
            || rules.review.as_ref().is_some_and(|one| leads(&one.signed_by))
    });
    if !writes {
        return Ok(Vec::new());
    }
    // Where no clause lets the software count there are no figures to write minutes about.
    UsePlan::compile(context.gate(workplace)?, UseKind::Count, context.territory, context.now())?;
    let shelves = Shelves::read(context, workplace)?;
    let today = context.now().date();
    let mut tasks = Vec::new();
    for one in
        shelves.standings(context).iter().filter(|one| one.part == Part::Leads && is_hers(context, one))
    {
        tasks.extend(of_committee(context, one, (today, lang)));
    }
    for (programme, rules, rule, part) in shelves.reviews(context) {
        // Nothing is told of years before the first of which anything was written here.
        let papers = shelves.papers.iter().filter(|(row, _)| row.programme == programme.id.as_str());
        let begun = papers.filter_map(|(row, _)| row.about.get(..4)?.parse::<i16>().ok()).min();
        let over = review::years(&shelves, &programme.id, today)
            .filter(|(year, is_over)| *is_over && begun.is_some_and(|begun| begun <= *year));
        let due = over.filter(|_| part == Part::Leads).filter_map(|(year, _)| review_due(rule, year));
        for due in due.filter(|due| due.told_from <= today) {
            let there = shelves.review_of(&programme.id, due.year);
            if there.is_some_and(|(row, _)| row.complete_at.is_some() || is_signed(context, row)) {
                continue;
            }
            let ready = there.filter(|(_, content)| {
                review::missing(rules, &Saying::Review((*content).clone())).is_empty()
            });
            tasks.push(PaperTask::Review {
                programme: programme.id.clone(),
                title: words::said(&programme.title, lang),
                year: due.year,
                by: due.by,
                sign: ready.map(|(row, _)| row.paper),
            });
        }
    }
    Ok(tasks)
}

/// Whether her party has signed a paper.
fn is_signed(context: &Context<'_>, row: &PaperRow) -> bool {
    row.signatures.iter().any(|one| one.party == context.actor.party)
}

/// Whether a committee is for her to call: that of her own service; of another party, the one that her organisation led last, or that
/// nobody of her party has led yet. Nothing else says which agency leads where.
fn is_hers(context: &Context<'_>, one: &Standing<'_>) -> bool {
    if one.key.place.is_none() || one.key.place == context.seat.organisation {
        return true;
    }
    let last = one.signed.last().map(|(row, _)| &row.signatures);
    let hers = last.and_then(|all| all.iter().find(|signature| signature.party == context.actor.party));
    hers.is_none_or(|signature| {
        signature.organisation.is_none() || signature.organisation == context.seat.organisation
    })
}

fn of_committee(context: &Context<'_>, one: &Standing<'_>, (today, lang): (Date, Lang)) -> Vec<PaperTask> {
    let (key, text) = (one.key.clone(), words::said(&one.committee.text, lang));
    let place = one.place_name.clone();
    let mut tasks = Vec::new();
    match one.draft {
        // A meeting that is written down was held: what lacks is a signature.
        Some(draft) if !is_signed(context, draft) => tasks.push(PaperTask::Sign {
            paper: draft.paper,
            text: text.clone(),
            place: place.clone(),
            held_on: draft.about.clone(),
        }),
        Some(_) | None => {}
    }
    let due = meeting_due(one.committee, one.last());
    let standing = due.standing(today);
    // While minutes wait for the other's signature, the next meeting is told of once it is late: they may wait for ever.
    if standing == MeetingStanding::Late || (one.draft.is_none() && standing != MeetingStanding::Held) {
        let (key, text, place) = (key.clone(), text.clone(), place.clone());
        tasks.push(PaperTask::Meet { key, text, place, due, standing });
    }
    let open = one.open();
    let late: Vec<Date> = open.iter().filter(|one| one.is_overdue(today)).map(|one| one.due).collect();
    if let Some(first) = late.iter().min().copied() {
        tasks.push(PaperTask::Overdue { key, text, place, count: late.len() as u64, first });
    }
    tasks
}
