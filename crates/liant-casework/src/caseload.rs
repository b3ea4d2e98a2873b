//! Caseloads (*portefeuilles*): how many people each worker has, how many she will have, and who takes the next.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use liant_model::{AccountId, Role};

use crate::path::Path;
use crate::programme::{CaseloadRule, Code, Per, Programme};

/// What one worker has, in one role of a programme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// People whom she accompanies.
    pub people: u32,
    /// Those who wait while another programme goes before.
    pub suspended: u32,
    /// Of her people, those whose stay comes to its term within four weeks, and within twelve.
    pub ends: Horizons,
    /// Of her people, those who entered in the last twelve weeks.
    pub entered: u32,
    /// When the last of them was given to her.
    pub last: Option<Date>,
}

/// A figure at four weeks and at twelve.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Horizons {
    /// At four weeks.
    pub four: u32,
    /// At twelve.
    pub twelve: u32,
}

/// The loads of every worker of a programme, by account and role, on a day.
pub fn loads<'a>(
    programme: &Programme,
    paths: impl IntoIterator<Item = &'a Path>,
    today: Date,
) -> BTreeMap<(AccountId, Role), Load> {
    let mut loads: BTreeMap<(AccountId, Role), Load> = BTreeMap::new();
    for path in paths {
        let Some(stay) = path.stay(&programme.id) else { continue };
        for held in path.referents.values().filter(|held| held.programme == programme.id) {
            let load = loads.entry((held.who, held.role.clone())).or_default();
            load.last = load.last.max(Some(held.since.on));
            if stay.suspended.is_some() {
                load.suspended += 1;
                continue;
            }
            load.people += 1;
            load.entered += u32::from(stay.entered.on > weeks(today, -12));
            let ends_by = |weeks_on: i64| stay.term.is_some_and(|term| term.day <= weeks(today, weeks_on));
            load.ends.four += u32::from(ends_by(4));
            load.ends.twelve += u32::from(ends_by(12));
        }
    }
    loads
}

fn weeks(day: Date, count: i64) -> Date {
    Span::new().try_weeks(count).map_or(day, |span| day.saturating_add(span))
}

impl Load {
    /// How many people there will be, if stays end at their terms and entries go on at the pace of the last twelve weeks.
    pub fn forecast(&self) -> Horizons {
        let after = |ends: u32, entries: u32| (self.people + entries).saturating_sub(ends);
        Horizons {
            four: after(self.ends.four, self.entered / 3),
            twelve: after(self.ends.twelve, self.entered),
        }
    }
}

/// A load against the bounds of the programme.
#[derive(Clone, Copy, Debug)]
pub struct Gauge<'p> {
    /// The rule.
    pub rule: &'p CaseloadRule,
    /// How many she has.
    pub people: u32,
    /// How many would be too few, and too many, for her time of work.
    pub bounds: (Option<u32>, Option<u32>),
}

/// Where a load stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// By so many too few.
    Below(u32),
    /// Between the bounds.
    Within,
    /// By so many too many.
    Above(u32),
}

impl Gauge<'_> {
    /// Where it stands.
    pub fn fill(&self) -> Fill {
        match self.bounds {
            (_, Some(most)) if self.people > most => Fill::Above(self.people - most),
            (Some(least), _) if self.people < least => Fill::Below(least - self.people),
            _ => Fill::Within,
        }
    }
}

/// Who works in a role: where, with what skills, and how much of her time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worker {
    /// Who.
    pub who: AccountId,
    /// In what role.
    pub role: Role,
    /// Where she works.
    pub zones: Vec<Code>,
    /// What she knows: themes, languages.
    pub skills: Vec<Code>,
    /// Her time of work, in per cent of a full post.
    pub time: u32,
}

/// The gauge of a worker: bounds for a full-time post are in proportion to her time.
pub fn gauge<'p>(programme: &'p Programme, worker: &Worker, load: &Load) -> Option<Gauge<'p>> {
    let rule = programme.caseloads.iter().find(|rule| rule.role == worker.role)?;
    let share =
        |bound: u32| if rule.per == Per::FullTime { (bound * worker.time).div_ceil(100) } else { bound };
    Some(Gauge { rule, people: load.people, bounds: (rule.least.map(share), rule.most.map(share)) })
}

/// A worker who could take the next person, and why she.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Who.
    pub who: AccountId,
    /// Why, the weightiest first.
    pub because: Vec<Because>,
}

/// Why a worker is suggested, or comes late in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// She works where the person lives.
    SameZone,
    /// She works elsewhere.
    OtherZone,
    /// She has so many of the skills that are wanted.
    Skills(u32),
    /// So many people more and she has the most that the programme allows.
    Room(u32),
    /// She has the most that the programme allows, or more.
    Full,
    /// So many people less than her full share: the programme wants her to have more.
    BelowLeast(u32),
    /// How many people she has.
    People(u32),
}

/// Who takes the next person, the first the best: those with room before those without, then by place, by skills, by how full they
/// are for their time of work, then whoever was given nobody for longest. The order depends on nothing else, so that it is the
/// same for everyone.
pub fn suggest(
    programme: &Programme,
    workers: &[Worker],
    loads: &BTreeMap<(AccountId, Role), Load>,
    (zone, skills): (Option<&Code>, &[Code]),
) -> Vec<Suggestion> {
    let mut ranked: Vec<_> = workers
        .iter()
        .map(|worker| {
            let load = loads.get(&(worker.who, worker.role.clone())).copied().unwrap_or_default();
            let gauge = gauge(programme, worker, &load);
            let full = gauge.is_some_and(|one| one.bounds.1.is_some_and(|most| load.people >= most));
            let away = zone.is_some_and(|zone| !worker.zones.contains(zone));
            let known = u32::try_from(skills.iter().filter(|skill| worker.skills.contains(skill)).count());
            let known = known.unwrap_or_default();
            // How full, in people of a full post.
            let weight =
                (u64::from(load.people) * 10_000).checked_div(u64::from(worker.time)).unwrap_or(u64::MAX);
            let rank = (full, away, std::cmp::Reverse(known), weight, load.last, worker.who);
            (rank, suggestion(worker, &load, gauge, (zone.is_some(), away), known))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, suggestion)| suggestion).collect()
}

fn suggestion(
    worker: &Worker,
    load: &Load,
    gauge: Option<Gauge<'_>>,
    (placed, away): (bool, bool),
    known: u32,
) -> Suggestion {
    let mut because = Vec::new();
    if let Some(most) = gauge.and_then(|gauge| gauge.bounds.1) {
        let room = most.saturating_sub(load.people);
        because.push(if room == 0 { Because::Full } else { Because::Room(room) });
    }
    if placed {
        because.push(if away { Because::OtherZone } else { Because::SameZone });
    }
    if known > 0 {
        because.push(Because::Skills(known));
    }
    if let Some(Fill::Below(by)) = gauge.map(|gauge| gauge.fill()) {
        because.push(Because::BelowLeast(by));
    }
    because.push(Because::People(load.people));
    Suggestion { who: worker.who, because }
}
