//! What waits for someone among the people whom she may list: counts, each of a list that [`list`](super::list) shows by the same
//! tests under the same purpose.

use liant_convention::Reach;
use liant_guard::{Filter, Happening, Plan, Test};
use liant_model::{Date, Instant, Source, Span};
use liant_store::BatchRow;
use liant_store::directory::{Count, DirectoryState};

use super::seat::{Seat, Seated};
use crate::{AppError, Context, Workplace};

/// Days of waiting that are told apart: a month, and the two that the law gives (CASF L.262-29).
const AGES: [i64; 2] = [60, 30];
/// The stock of each source, which brings the news.
const STOCKS: [&str; 2] = ["PECGM", "RSABEM"];

/// What waits among people. None where the plan does not allow the question.
#[derive(Clone, Debug)]
pub struct Desk {
    /// How far the actor looks.
    pub reach: Reach,
    /// How far the directory is made.
    pub state: DirectoryState,
    /// Whom she follows as social referent.
    pub mine: Option<Count>,
    /// Recipients in course (*bénéficiaires en cours*) who are not oriented.
    pub to_orient: Option<Count>,
    /// Of them, those whose right began on this day or before, the oldest first.
    pub waiting: Vec<(Date, Count)>,
    /// Recipients in course without a social referent.
    pub without_referent: Option<Count>,
    /// What the last stock of each source brought.
    pub news: Vec<News>,
}

/// What happened to people since a source's last stock, that one included.
#[derive(Clone, Debug)]
pub struct News {
    /// Who says so.
    pub source: Source,
    /// When the stock was imported.
    pub at: Instant,
    /// What happened to anyone at all.
    pub happened: Vec<Happened>,
}

/// One kind of thing that happened.
#[derive(Clone, Copy, Debug)]
pub struct Happened {
    /// What.
    pub kind: Happening,
    /// To how many.
    pub count: Count,
    /// To how many of them who have no social referent: asked of those who arrive.
    pub without_referent: Option<Count>,
}

impl News {
    /// The day from which on it counts: that of the import.
    pub fn since(&self) -> Date {
        self.at.date()
    }
}

/// Counts what waits for the actor, all in one statement. Nobody's data is shown.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn desk(context: &Context<'_>, workplace: &Workplace, seat: &Seat) -> Result<Desk, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let today = context.now().date();
    let mut questions = Questions { plan: &plan, asked: Vec::new() };
    let mine = seat.account.and_then(|account| questions.ask([Test::Referent(account)]));
    let ages = AGES.map(|days| today.saturating_sub(Span::new().days(days)));
    let waiting: Vec<(Date, usize)> =
        ages.into_iter().filter_map(|day| Some((day, questions.ask([Test::ToOrientSince(day)])?))).collect();
    let (to_orient, without_referent) =
        (questions.ask([Test::ToOrient]), questions.ask([Test::WithoutReferent]));
    let desk = workplace.store.read(context.territory, |snapshot| {
        let (batches, state) = (snapshot.batches()?, snapshot.directory_state()?);
        let news: Vec<_> = stocks(&batches)
            .into_iter()
            .map(|(source, at)| (happenings(&source, at.date(), &mut questions), source, at))
            .filter(|(asked, ..)| !asked.is_empty())
            .collect();
        let choices: Vec<&[Filter]> = questions.asked.iter().map(Vec::as_slice).collect();
        let counts = snapshot.count_each(&listing, &[], &choices)?;
        let count = |place: usize| counts.get(place).copied().unwrap_or(Count::NONE);
        let news = news.into_iter().map(|(asked, source, at)| {
            let told = asked.into_iter().map(|(kind, of, without)| Happened {
                kind,
                count: count(of),
                without_referent: without.map(count),
            });
            News { source, at, happened: told.filter(|one| one.count.number > 0).collect() }
        });
        Ok(Desk {
            reach: listing.scope().reach(),
            state,
            mine: mine.map(count),
            to_orient: to_orient.map(count),
            waiting: waiting.into_iter().map(|(day, place)| (day, count(place))).collect(),
            without_referent: without_referent.map(count),
            news: news.collect(),
        })
    })?;
    Ok(desk)
}

/// Questions that one statement answers, each at its place.
struct Questions<'a> {
    plan: &'a Plan,
    asked: Vec<Vec<Filter>>,
}

impl Questions<'_> {
    /// How many pass all these tests? None when the plan does not allow the question; else where its answer will be.
    fn ask(&mut self, tests: impl IntoIterator<Item = Test>) -> Option<usize> {
        let filters: Option<Vec<Filter>> = tests.into_iter().map(|test| self.plan.filter(test)).collect();
        self.asked.push(filters?);
        Some(self.asked.len() - 1)
    }
}

/// The last stock of each source, and when it came.
fn stocks(batches: &[BatchRow]) -> Vec<(Source, Instant)> {
    let last = |flow: &&str| {
        let of_flow = batches.iter().filter(|batch| batch.state == "published" && batch.flow == **flow);
        let last = of_flow.max_by_key(|batch| batch.batch)?;
        Some((Source::parse(&last.source).ok()?, last.published_at?))
    };
    STOCKS.iter().filter_map(last).collect()
}

/// What may have happened since a day by a source: where it will be told to how many, and to how many of those who arrive
/// without a social referent.
fn happenings(
    source: &Source,
    since: Date,
    questions: &mut Questions<'_>,
) -> Vec<(Happening, usize, Option<usize>)> {
    let asked = Happening::ALL.into_iter().filter_map(|kind| {
        let test = Test::Happened(kind, source.clone(), since);
        let arrives = matches!(kind, Happening::Entered | Happening::Back | Happening::Registered);
        let all = questions.ask([test.clone()])?;
        let without = if arrives { questions.ask([test, Test::WithoutReferent]) } else { None };
        Some((kind, all, without))
    });
    asked.collect()
}
