//! What waits for someone among the people whom she may list: counts, each of a list that [`list`](super::list) shows by the same
//! tests under the same purpose.

use liant_convention::Reach;
use liant_guard::{Happening, Test};
use liant_model::{Date, Instant, Source, Span};
use liant_store::directory::{Count, DirectoryState};
use liant_store::{BatchRow, StoreError};

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

/// Counts what waits for the actor. Nobody's data is shown.
///
/// # Errors
/// When the gate refuses, or the store.
pub fn desk(context: &Context<'_>, workplace: &Workplace, seat: &Seat) -> Result<Desk, AppError> {
    let Seated { plan, listing } = seat.take(context, workplace)?;
    let today = context.now().date();
    let desk = workplace.store.read(context.territory, |snapshot| {
        let (batches, state) = (snapshot.batches()?, snapshot.directory_state()?);
        let mut count = |tests: Vec<Test>| -> Result<Option<Count>, StoreError> {
            let filters: Option<Vec<_>> = tests.into_iter().map(|test| plan.filter(test)).collect();
            filters.map(|filters| snapshot.count(&listing, &filters)).transpose()
        };
        let mine = match seat.account {
            Some(account) => count(vec![Test::Referent(account)])?,
            None => None,
        };
        let mut waiting = Vec::new();
        for day in AGES.map(|days| today.saturating_sub(Span::new().days(days))) {
            waiting.extend(count(vec![Test::ToOrientSince(day)])?.map(|count| (day, count)));
        }
        let (to_orient, without_referent) =
            (count(vec![Test::ToOrient])?, count(vec![Test::WithoutReferent])?);
        let mut news = Vec::new();
        for (source, at) in stocks(&batches) {
            let happened = happened(&source, at.date(), &mut count)?;
            if let Some(happened) = happened {
                news.push(News { source, at, happened });
            }
        }
        let reach = listing.scope().reach();
        Ok(Desk { reach, state, mine, to_orient, waiting, without_referent, news })
    })?;
    Ok(desk)
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

/// What happened since a day by a source; none when the plan allows no such question.
fn happened(
    source: &Source,
    since: Date,
    count: &mut impl FnMut(Vec<Test>) -> Result<Option<Count>, StoreError>,
) -> Result<Option<Vec<Happened>>, StoreError> {
    let (mut happened, mut may_ask) = (Vec::new(), false);
    for kind in Happening::ALL {
        let test = Test::Happened(kind, source.clone(), since);
        let Some(found) = count(vec![test.clone()])? else { continue };
        may_ask = true;
        if found.number == 0 {
            continue;
        }
        let arrives = matches!(kind, Happening::Entered | Happening::Back | Happening::Registered);
        let without_referent = if arrives { count(vec![test, Test::WithoutReferent])? } else { None };
        happened.push(Happened { kind, count: found, without_referent });
    }
    Ok(may_ask.then_some(happened))
}
