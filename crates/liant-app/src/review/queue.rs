//! The queue of questions of identity: newcomers by file, each with whom she may be.

use liant_convention::Channel;
use liant_model::{Instant, Lang, ReviewId};
use liant_store::{OpenReview, ReviewState};

use super::{Side, explain};
use crate::sides::Sides;
use crate::{AppError, Context, Workplace, access, positions};

/// How sure the machine is, as a filter offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likelihood {
    /// At least a million to one.
    High,
    /// At least a thousand to one.
    Middle,
    /// Less.
    Low,
}

impl Likelihood {
    /// Every one, the highest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Middle, Self::Low];

    /// Of a score: odds as a base-2 logarithm.
    pub fn of(score: f64) -> Self {
        match score {
            score if score >= 20.0 => Self::High,
            score if score >= 10.0 => Self::Middle,
            _ => Self::Low,
        }
    }

    /// Its word in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Middle => "middle",
            Self::Low => "low",
        }
    }
}

/// Which questions are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueueFilter {
    /// Those that this file raised.
    pub batch: Option<i64>,
    /// Of newcomers whose likeliest candidate is so likely.
    pub likelihood: Option<Likelihood>,
    /// Asked at least so many days ago.
    pub days: Option<u16>,
}

impl QueueFilter {
    fn admits(&self, group: &[OpenReview], now: Instant) -> bool {
        let Some(best) = group.first() else { return false };
        let asked = asked_at(best.review);
        self.batch.is_none_or(|batch| best.batch.0 == batch)
            && self.likelihood.is_none_or(|wanted| Likelihood::of(best.score) == wanted)
            && self.days.is_none_or(|days| now.micros() - asked.micros() >= i64::from(days) * MICROS_A_DAY)
    }
}

const MICROS_A_DAY: i64 = 86_400_000_000;

/// One newcomer, with whom she may be.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The likeliest question.
    pub review: ReviewId,
    /// The newcomer.
    pub newcomer: Side,
    /// How many candidates she has.
    pub candidates: usize,
    /// Score of the likeliest.
    pub score: f64,
    /// Why the machine hesitates about the likeliest, in words.
    pub reason: String,
    /// When it was asked.
    pub at: Instant,
    /// The file that raised it.
    pub batch: i64,
}

/// A file that raised questions which are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskingFile {
    /// Its batch.
    pub batch: i64,
    /// The flow.
    pub flow: String,
    /// The date it speaks for.
    pub reference_date: String,
}

/// One page of the queue.
#[derive(Clone, Debug)]
pub struct Queue {
    /// The newcomers of this page.
    pub page: Vec<Asked>,
    /// How many newcomers there are under the filter, of those the actor may see.
    pub count: usize,
    /// Whether there are more than were counted.
    pub more: bool,
    /// The files with open questions.
    pub files: Vec<AskingFile>,
}

/// Newcomers counted at most: to count is to look whether each may be seen.
const MOST_COUNTED: usize = 300;

/// A page of the newcomers with open questions, from the `skip`th on, at most `most`. What the actor may not see is
/// neither shown nor counted.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn queue(
    context: &Context<'_>,
    workplace: &Workplace,
    filter: QueueFilter,
    (skip, most): (usize, usize),
    lang: Lang,
) -> Result<Queue, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let now = context.now();
    let (groups, count, more, files) = workplace.store.read(context.territory, |snapshot| {
        let open = snapshot.reviews(ReviewState::Open)?;
        let (mut page, mut count, mut more) = (Vec::new(), 0, false);
        let mut batches: Vec<i64> = Vec::new();
        for group in open.chunk_by(|one, next| one.identity == next.identity) {
            let wanted = filter.admits(group, now);
            let new_file = !batches.contains(&group.first().map_or(0, |review| review.batch.0));
            if !new_file && (!wanted || count >= MOST_COUNTED.max(skip + most)) {
                more |= wanted;
                continue;
            }
            let mut seen = Vec::new();
            for review in group {
                if sides.are_seen(snapshot, review)? {
                    seen.push(review.clone());
                }
            }
            let Some(best) = seen.first() else { continue };
            if new_file {
                batches.push(best.batch.0);
            }
            if wanted {
                if count >= skip && page.len() < most {
                    page.push(seen);
                }
                count += 1;
            }
        }
        let files =
            snapshot.batches()?.into_iter().filter(|row| batches.contains(&row.batch.0)).map(|row| {
                AskingFile { batch: row.batch.0, flow: row.flow, reference_date: row.reference_date }
            });
        Ok((page, count, more, files.collect()))
    })?;
    let newcomers = groups.iter().filter_map(|group| group.first()).map(|review| review.identity);
    let shown = sides.open(context, workplace, newcomers.collect())?;
    let page = groups.iter().filter_map(|group| {
        let best = group.first()?;
        Some(Asked {
            review: best.review,
            newcomer: shown.get(&best.identity)?.clone(),
            candidates: group.len(),
            score: best.score,
            reason: explain(&best.evidence, lang),
            at: asked_at(best.review),
            batch: best.batch.0,
        })
    });
    Ok(Queue { page: page.collect(), count, more, files })
}

/// The queue in figures: those of the list under the same filters, as far as it is worth counting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFigures {
    /// How many newcomers there are, of those the actor may see.
    pub count: usize,
    /// Whether there are more than were counted.
    pub more: bool,
    /// Of them, those who were asked about at least so many days ago, by the days that were given.
    pub aged: Vec<(u16, usize)>,
    /// Of them, those whose likeliest candidate is so likely.
    pub likely: Vec<(Likelihood, usize)>,
    /// Since when the oldest waits.
    pub oldest: Option<Instant>,
}

/// Counts the queue, by age in days and by likelihood. Nobody's data is shown.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn figures(context: &Context<'_>, workplace: &Workplace, ages: &[u16]) -> Result<QueueFigures, AppError> {
    let plan = access::plan_near(context, workplace, Channel::Screen)?;
    let mut sides = Sides::new(&plan, positions::positions(context, workplace)?);
    let now = context.now();
    let (seen, more) = workplace.store.read(context.territory, |snapshot| {
        let open = snapshot.reviews(ReviewState::Open)?;
        let (mut seen, mut more) = (Vec::new(), false);
        for group in open.chunk_by(|one, next| one.identity == next.identity) {
            if seen.len() >= MOST_COUNTED {
                more = true;
                break;
            }
            let mut best = None;
            for review in group {
                if best.is_none() && sides.are_seen(snapshot, review)? {
                    best = Some(review.clone());
                }
            }
            seen.extend(best);
        }
        Ok((seen, more))
    })?;
    let count = |filter: QueueFilter| {
        seen.iter().filter(|best| filter.admits(std::slice::from_ref(*best), now)).count()
    };
    let aged = ages.iter().map(|days| {
        let filter = QueueFilter { days: Some(*days), ..QueueFilter::default() };
        (*days, count(filter))
    });
    let likely = Likelihood::ALL.into_iter().map(|likelihood| {
        let filter = QueueFilter { likelihood: Some(likelihood), ..QueueFilter::default() };
        (likelihood, count(filter))
    });
    Ok(QueueFigures {
        count: seen.len(),
        more,
        aged: aged.collect(),
        likely: likely.collect(),
        oldest: seen.iter().map(|best| asked_at(best.review)).min(),
    })
}

/// When a question was asked: its id says.
pub(crate) fn asked_at(review: ReviewId) -> Instant {
    let (millis, _) = review.0.as_bytes().split_at(6);
    let millis = millis.iter().fold(0_i64, |millis, byte| millis << 8 | i64::from(*byte));
    Instant::from_micros(millis.saturating_mul(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_question_says_when_it_was_asked() {
        let at = Instant::from_micros(1_794_816_240_123_000);
        assert_eq!(asked_at(ReviewId::new(at, [7; 10])), at);
    }

    #[test]
    fn scores_fall_into_three() {
        assert_eq!(
            [25.0, 20.0, 19.9, 10.0, 9.9, -3.0].map(Likelihood::of),
            [
                Likelihood::High,
                Likelihood::High,
                Likelihood::Middle,
                Likelihood::Middle,
                Likelihood::Low,
                Likelihood::Low
            ]
        );
    }
}
