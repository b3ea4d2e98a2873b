//! The figures that a programme is judged by (*indicateurs*), counted from paths.

use jiff::civil::Date;
use liant_convention::Unit;
use liant_model::Role;

use crate::caseload::Worker;
use crate::clock::shift;
use crate::committee::MonthFigures;
use crate::month::Month;
use crate::path::{Facts, Path};
use crate::programme::{Indicator, Measure, Programme};
use crate::secrecy::tellable;

/// Someone who is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// Her path.
    pub path: &'a Path,
    /// What is known of her today.
    pub facts: &'a Facts,
}

/// A figure, with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The number; per cent of a share, days of a delay.
    pub value: u32,
    /// How many people, or entries, it was counted from.
    pub of: u32,
    /// How many of these it is the figure of.
    pub part: u32,
    /// By how much it is below what the programme wants.
    pub below: Option<u32>,
}

impl Figure {
    /// Whether it may be shown (*secret statistique*): neither those whom it was counted from, nor those whom it is of, nor the others are
    /// fewer than `fewest`, unless they are none.
    pub fn may_be_shown(&self, fewest: u32) -> bool {
        let enough = |count: u32| count == 0 || count >= fewest;
        enough(self.of) && enough(self.part) && enough(self.of.saturating_sub(self.part))
    }
}

/// A stay, open or over.
pub(crate) struct Stayed {
    pub(crate) from: Date,
    pub(crate) ended: Option<Date>,
    pub(crate) days_to_entry: u32,
    pub(crate) in_time: bool,
    pub(crate) positive: bool,
    pub(crate) lifted: bool,
}

/// An indicator at the end of a day, over the time that it is counted over. People of a pair, of a worker or of a place are counted by
/// giving those alone.
pub fn figure<'a>(
    programme: &Programme,
    indicator: &Indicator,
    people: impl IntoIterator<Item = Counted<'a>>,
    today: Date,
) -> Figure {
    let since = since(indicator, today).unwrap_or(Date::MIN);
    let within = |day: Date| day > since && day <= today;
    let (mut value, mut of, mut delays) = (0_u32, 0_u32, Vec::new());
    for person in people {
        let stays = stays(programme, indicator.role.as_ref(), person.path);
        let met = indicator.criterion.as_ref().is_none_or(|criterion| person.facts.meets(criterion));
        let now = stays.iter().any(|stay| stay.from <= today && stay.ended.is_none());
        match indicator.of {
            Measure::Share => {
                of += u32::from(now);
                value += u32::from(now && met);
            }
            Measure::Accompanied if met => {
                let during = |stay: &Stayed| stay.from <= today && stay.ended.is_none_or(|end| end > since);
                value += u32::from(stays.iter().any(during));
            }
            Measure::Accompanied => {}
            _ if !met => {}
            Measure::Exits | Measure::PositiveExits => {
                for stay in stays.iter().filter(|stay| stay.ended.is_some_and(within)) {
                    of += 1;
                    value += u32::from(stay.positive || indicator.of == Measure::Exits);
                }
            }
            Measure::Entries | Measure::EntriesInTime | Measure::DaysToEntry => {
                for stay in stays.iter().filter(|stay| within(stay.from)) {
                    of += 1;
                    value += u32::from(stay.in_time || indicator.of == Measure::Entries);
                    delays.push(stay.days_to_entry);
                }
            }
        }
    }
    let part = value;
    let value = match indicator.of {
        Measure::Share | Measure::EntriesInTime => per_cent(value, of),
        Measure::DaysToEntry => median(delays),
        _ => value,
    };
    let of = if indicator.of == Measure::Accompanied { value } else { of };
    // A delay is of all of them.
    let part = if indicator.of == Measure::DaysToEntry { of } else { part };
    let below = indicator.least.and_then(|least| least.checked_sub(value)).filter(|below| *below > 0);
    Figure { value, of, part, below }
}

/// The day before the time that an indicator is counted over, which ends today; none when it is counted from the beginning. A year that ends
/// today began on the day after, a year ago; at the end of a month, at the beginning of one.
fn since(indicator: &Indicator, today: Date) -> Option<Date> {
    let since = shift(today, indicator.every?, -1)?;
    let by_months = matches!(indicator.every?.unit, Unit::Months | Unit::Years);
    Some(if by_months && today == today.last_of_month() { since.last_of_month() } else { since })
}

/// What happened in a month to those whom an indicator is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Entries: within the delay, and after it.
    pub entries: [u32; 2],
    /// Exits: successes, and others.
    pub exits: [u32; 2],
}

/// What happened in each month, from the first to the last, to those whom an indicator is about.
pub fn flows<'a>(
    programme: &Programme,
    indicator: &Indicator,
    people: impl IntoIterator<Item = Counted<'a>>,
    (first, last): (Month, Month),
) -> Vec<Flow> {
    let mut all: Vec<Flow> = first.to(last).map(|_| Flow::default()).collect();
    let criterion = indicator.criterion.as_ref().filter(|_| indicator.of != Measure::Share);
    for person in people {
        if !criterion.is_none_or(|criterion| person.facts.meets(criterion)) {
            continue;
        }
        for stay in stays(programme, indicator.role.as_ref(), person.path) {
            if let Some(flow) = first.months_to(Month::of(stay.from)).and_then(|place| all.get_mut(place)) {
                flow.entries[usize::from(!stay.in_time)] += 1;
            }
            let ended = stay.ended.and_then(|day| first.months_to(Month::of(day)));
            if let Some(flow) = ended.and_then(|place| all.get_mut(place)) {
                flow.exits[usize::from(!stay.positive)] += 1;
            }
        }
    }
    all
}

/// What of a figure may be shown beside the months of committees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its value.
    pub value: bool,
    /// What it was counted from.
    pub of: bool,
}

/// Whether an indicator at the end of the last of some months may be shown beside what committees are shown of each of them, from the
/// first month of the programme on: it is when it could be reckoned from these tables, or from tables like them about those whom it is about.
/// Then whoever subtracts one from the other computes nothing that is hidden.
pub fn beside(indicator: &Indicator, months: &[(Month, Flow, &MonthFigures)], fewest: u32) -> Beside {
    let Some((last, _, shown)) = months.last() else { return Beside { value: true, of: true } };
    let is_of_some =
        indicator.role.is_some() || indicator.criterion.is_some() && indicator.of != Measure::Share;
    // How many, and how many others: none of them few.
    let counted = |flow: [u32; 2], all: Option<u32>| {
        let some: u32 = flow.iter().sum();
        all.is_some_and(|all| !is_of_some || tellable(some, fewest) && tellable(all.abs_diff(some), fewest))
    };
    let split = |flow: [u32; 2], is_shown: bool| {
        is_shown && (!is_of_some || flow.iter().all(|count| tellable(*count, fewest)))
    };
    let entries = |(_, flow, shown): &(Month, Flow, &MonthFigures)| counted(flow.entries, shown.all_entries);
    let exits = |(_, flow, shown): &(Month, Flow, &MonthFigures)| counted(flow.exits, shown.all_exits);
    let in_time =
        |(_, flow, shown): &(Month, Flow, &MonthFigures)| split(flow.entries, shown.entries.is_some());
    let positive = |(_, flow, shown): &(Month, Flow, &MonthFigures)| split(flow.exits, shown.exits.is_some());
    let since = since(indicator, last.last());
    // It begins with a month: a part of one would be told.
    let is_whole = since.is_none_or(|day| {
        day == day.last_of_month() || months.first().is_none_or(|(first, ..)| day < first.first())
    });
    let over = |month: &&(Month, Flow, &MonthFigures)| since.is_none_or(|day| month.0.last() > day);
    let mut over_time = months.iter().filter(over);
    let value = is_whole
        && match indicator.of {
            Measure::Entries => over_time.all(entries),
            Measure::EntriesInTime | Measure::DaysToEntry => over_time.all(in_time),
            Measure::Exits => over_time.all(exits),
            Measure::PositiveExits => over_time.all(positive),
            // How many there are hangs on all who ever came and left.
            Measure::Accompanied => months.iter().all(|month| entries(month) && exits(month)),
            Measure::Share => fewest < 2 || shown.share.is_some(),
        };
    // So does of how many a share is.
    let of = value
        && (indicator.of != Measure::Share || months.iter().all(|month| entries(month) && exits(month)));
    Beside { value, of }
}

/// Stays in a programme; of a role, those beside which it stood.
pub(crate) fn stays(programme: &Programme, role: Option<&Role>, path: &Path) -> Vec<Stayed> {
    let beside = |stood: &std::collections::BTreeSet<_>| role.is_none_or(|role| stood.contains(role));
    let past = path.past(&programme.id).iter().filter(|past| beside(&past.stood)).map(|past| {
        let exit = programme.exit(&past.exit);
        Stayed {
            from: past.from,
            ended: Some(past.ended),
            days_to_entry: past.days_to_entry,
            in_time: past.in_time,
            positive: exit.is_some_and(|exit| exit.positive),
            lifted: exit.is_some_and(|exit| exit.lifted),
        }
    });
    let open = path.stay(&programme.id).filter(|stay| beside(&stay.stood)).map(|stay| Stayed {
        from: stay.entered.on,
        ended: None,
        days_to_entry: stay.days_to_entry,
        in_time: stay.in_time,
        positive: false,
        lifted: false,
    });
    past.chain(open).collect()
}

/// Rounded to the nearest; 0 of nobody.
pub(crate) fn per_cent(part: u32, of: u32) -> u32 {
    (part * 100 + of / 2).checked_div(of).unwrap_or(0)
}

/// The middle one; the lower of the two in the middle.
pub(crate) fn median(mut delays: Vec<u32>) -> u32 {
    delays.sort_unstable();
    delays.get(delays.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}

/// The posts of an experiment, place by place: the code of the place, how many people work there in a role, how many may.
pub fn posts<'p>(programme: &'p Programme, workers: &[Worker]) -> Vec<(&'p crate::programme::Zone, u32)> {
    let zones = programme.experiments.iter().flat_map(|experiment| &experiment.zones);
    zones
        .map(|zone| {
            let there = workers.iter().filter(|worker| worker.zones.contains(&zone.id)).count();
            (zone, u32::try_from(there).unwrap_or(u32::MAX))
        })
        .collect()
}
