//! The figures of a month that committees are shown (*tableaux de bord des comités*), by place. They are of what happened in the month,
//! and never of how many there are at its end: from one month to the next, those would tell what is hidden.

use crate::figures::{Counted, median, per_cent, stays};
use crate::month::Month;
use crate::programme::{Code, Measure, Programme};
use crate::secrecy::{tellable, veil};

/// The figures of a place in a month. A part that is none is hidden.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct MonthFigures {
    /// Entries.
    pub entries: Option<EntriesOf>,
    /// Exits.
    pub exits: Option<ExitsOf>,
    /// Those accompanied at the end of the month who meet the criterion of the programme's share (*part de bénéficiaires du RSA*), per
    /// cent; none too when the programme has no such share, or nobody is accompanied.
    pub share: Option<u32>,
    /// Of the whole territory: how many entries there are, also where how many of them were in time is hidden; none where it is of few.
    #[serde(default)]
    pub all_entries: Option<u32>,
    /// Of the whole territory: how many exits there are, likewise.
    #[serde(default)]
    pub all_exits: Option<u32>,
    /// Whether nobody is accompanied at the end of the month: then there is no share, and none is hidden.
    #[serde(default)]
    pub nobody: bool,
}

/// Entries of a month (*entrées effectives*).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EntriesOf {
    /// Within the delay of the programme.
    pub in_time: u32,
    /// After it.
    pub late: u32,
    /// Days from the form to the entry: the middle one; none of no entry.
    pub median: Option<u32>,
}

/// Exits of a month (*sorties*). Each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ExitsOf {
    /// Successes (*sorties positives*).
    pub positive: u32,
    /// Others of which the barriers are lifted, or less (*freins levés*).
    pub lifted: u32,
    /// All others.
    pub other: u32,
}

impl EntriesOf {
    /// How many there are.
    pub fn all(&self) -> u32 {
        self.in_time + self.late
    }

    /// Those within the delay, per cent; none of no entry.
    pub fn share_in_time(&self) -> Option<u32> {
        (self.all() > 0).then(|| per_cent(self.in_time, self.all()))
    }
}

impl ExitsOf {
    /// How many there are.
    pub fn all(&self) -> u32 {
        self.positive + self.lifted + self.other
    }
}

/// What is counted of one place.
#[derive(Default)]
struct Tally {
    delays: Vec<u32>,
    entries: [u32; 2],
    exits: [u32; 3],
    share: [u32; 2],
}

impl Tally {
    fn of<'a>(programme: &Programme, people: impl IntoIterator<Item = Counted<'a>>, month: Month) -> Self {
        let within = |day| day >= month.first() && day <= month.last();
        let criterion = criterion(programme);
        let mut tally = Self::default();
        for person in people {
            for stay in stays(programme, None, person.path) {
                if within(stay.from) {
                    tally.entries[usize::from(!stay.in_time)] += 1;
                    tally.delays.push(stay.days_to_entry);
                }
                if stay.ended.is_some_and(within) {
                    let kind = if stay.positive { 0 } else { 2 - usize::from(stay.lifted) };
                    tally.exits[kind] += 1;
                }
                if stay.from <= month.last() && stay.ended.is_none_or(|end| end > month.last()) {
                    let meets = criterion.is_some_and(|criterion| person.facts.meets(criterion));
                    tally.share[usize::from(!meets)] += 1;
                }
            }
        }
        tally
    }
}

fn criterion(programme: &Programme) -> Option<&Code> {
    let share = programme.indicators.iter().find(|one| one.of == Measure::Share)?;
    share.criterion.as_ref()
}

/// The figures of a month, of each place and of all together, as they may be shown: nothing of few people, nor what would tell it.
pub fn month_figures<'a, P: IntoIterator<Item = Counted<'a>>>(
    programme: &Programme,
    places: impl IntoIterator<Item = P>,
    month: Month,
) -> (Vec<MonthFigures>, MonthFigures) {
    let tallies: Vec<Tally> = places.into_iter().map(|people| Tally::of(programme, people, month)).collect();
    let fewest = programme.figures.fewest;
    let mut shown = vec![MonthFigures::default(); tallies.len()];
    let mut total = MonthFigures::default();
    let table = |row: &dyn Fn(&Tally) -> Vec<u32>| veil(&tallies.iter().map(row).collect::<Vec<_>>(), fewest);

    let entries = table(&|tally| tally.entries.to_vec());
    for ((shown, row), tally) in shown.iter_mut().zip(&entries.rows).zip(&tallies) {
        shown.entries = row.as_deref().and_then(|row| entries_of(row, tally.delays.clone()));
    }
    let delays: Vec<u32> = tallies.iter().flat_map(|tally| tally.delays.iter().copied()).collect();
    total.entries = entries.total.as_deref().and_then(|row| entries_of(row, delays));

    let sum = |counts: &dyn Fn(&Tally) -> u32| {
        let all = tallies.iter().map(counts).sum();
        tellable(all, fewest).then_some(all)
    };
    total.all_entries = sum(&|tally| tally.entries.iter().sum());
    total.all_exits = sum(&|tally| tally.exits.iter().sum());

    let exits = table(&|tally| tally.exits.to_vec());
    for (shown, row) in shown.iter_mut().zip(&exits.rows) {
        shown.exits = row.as_deref().and_then(exits_of);
    }
    total.exits = exits.total.as_deref().and_then(exits_of);

    if criterion(programme).is_some() {
        let share = table(&|tally| tally.share.to_vec());
        for (shown, row) in shown.iter_mut().zip(&share.rows) {
            shown.share = row.as_deref().and_then(share_of);
            shown.nobody = row.as_deref().is_some_and(is_nobody);
        }
        total.share = share.total.as_deref().and_then(share_of);
        total.nobody = share.total.as_deref().is_some_and(is_nobody);
    }
    (shown, total)
}

fn entries_of(row: &[u32], delays: Vec<u32>) -> Option<EntriesOf> {
    let [in_time, late] = *row else { return None };
    Some(EntriesOf { in_time, late, median: (!delays.is_empty()).then(|| median(delays)) })
}

fn exits_of(row: &[u32]) -> Option<ExitsOf> {
    let [positive, lifted, other] = *row else { return None };
    Some(ExitsOf { positive, lifted, other })
}

fn is_nobody(row: &[u32]) -> bool {
    row.iter().all(|count| *count == 0)
}

fn share_of(row: &[u32]) -> Option<u32> {
    let [met, others] = *row else { return None };
    (met + others > 0).then(|| per_cent(met, met + others))
}
