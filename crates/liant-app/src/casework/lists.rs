//! Lists of what is under way: forms that wait, forms that were sent, caseloads, what falls due. Answered by SQL within the actor's scope, then
//! opened through the gate: of whom nothing comes out, she is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use liant_casework::{Code, Programmes};
use liant_model::{Date, Lang, PersonId};
use liant_store::{CaseworkList, CaseworkRow, CaseworkScope, CaseworkStage};

use super::several::Several;
use super::sight;
use super::view::{self, Due, Now};
use super::{held, words};
use crate::people::Line;
use crate::{AppError, Context, Workplace};

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many to pass over.
    pub skip: usize,
    /// How many, at most [`Slice::MOST`].
    pub size: usize,
}

impl Slice {
    /// Lines of a page at most.
    pub const MOST: usize = 100;
}

impl Default for Slice {
    fn default() -> Self {
        Self { skip: 0, size: 25 }
    }
}

/// Whose casework.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// That of those beside whom the actor stands (*portefeuille*).
    #[default]
    Mine,
    /// What her organisation and those under it received, sent or hold.
    Service,
}

/// A part of a list, opened.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its lines.
    pub lines: Vec<CaseLine>,
    /// What the next part passes over, when there is one.
    pub next: Option<usize>,
}

/// Something under way.
#[derive(Clone, Debug)]
pub struct CaseLine {
    /// The person.
    pub person: PersonId,
    /// Her names, as each source gives them.
    pub name: Line,
    /// In which programme.
    pub programme: Code,
    /// Its title.
    pub title: String,
    /// The version of the path: what an act expects.
    pub version: u64,
    /// What is under way.
    pub now: Now,
    /// What is due first.
    pub first: Option<Due>,
}

/// What is asked of an agenda.
#[derive(Clone, Copy, Debug)]
pub struct AgendaRequest {
    /// Whose.
    pub whose: Whose,
    /// What is due by that day, or was before.
    pub until: Date,
    /// Which part.
    pub page: Slice,
}

impl Whose {
    /// The scope, of someone who sits somewhere.
    pub(super) fn scope(self, context: &Context<'_>) -> Result<CaseworkScope, AppError> {
        let seat = context.seat;
        let organisation = seat.organisation.ok_or(AppError::Absent("list"))?;
        Ok(match (self, seat.account) {
            (Self::Mine, Some(account)) => CaseworkScope::Caseload(account, organisation),
            (Self::Mine, None) => return Err(AppError::Absent("list")),
            (Self::Service, _) => CaseworkScope::Service(organisation),
        })
    }
}

/// Forms that wait in the actor's organisation for people of her role (*corbeille*), the first due first.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] for who sits nowhere.
pub fn inbox(
    context: &Context<'_>,
    workplace: &Workplace,
    page: Slice,
    lang: Lang,
) -> Result<Listed, AppError> {
    let organisation = context.seat.organisation.ok_or(AppError::Absent("list"))?;
    let role = context.actor.role.to_string();
    let list = CaseworkList::Inbox(organisation, &role);
    listed(context, workplace, (page, "liaison forms received", lang), list)
}

/// Forms that the actor's organisation sent and that have led to no entry yet.
///
/// # Errors
/// As [`inbox`].
pub fn sent(
    context: &Context<'_>,
    workplace: &Workplace,
    page: Slice,
    lang: Lang,
) -> Result<Listed, AppError> {
    let organisation = context.seat.organisation.ok_or(AppError::Absent("list"))?;
    listed(context, workplace, (page, "liaison forms sent", lang), CaseworkList::Sent(organisation))
}

/// The people beside whom the actor stands (*portefeuille*), what is due first before the rest.
///
/// # Errors
/// As [`inbox`].
pub fn caseload(
    context: &Context<'_>,
    workplace: &Workplace,
    page: Slice,
    lang: Lang,
) -> Result<Listed, AppError> {
    let list = CaseworkList::Scope(Whose::Mine.scope(context)?, None);
    listed(context, workplace, (page, "caseload", lang), list)
}

/// What falls due by a day, or did before (*échéancier*).
///
/// # Errors
/// As [`inbox`].
pub fn agenda(
    context: &Context<'_>,
    workplace: &Workplace,
    request: &AgendaRequest,
    lang: Lang,
) -> Result<Listed, AppError> {
    let list = CaseworkList::Scope(request.whose.scope(context)?, Some(request.until));
    listed(context, workplace, (request.page, "casework agenda", lang), list)
}

/// How many things are under way, by programme and stage, of those that the actor may see. Nobody's data is shown.
///
/// # Errors
/// [`AppError::Absent`] for who sits nowhere.
pub fn counts(
    context: &Context<'_>,
    workplace: &Workplace,
    whose: Whose,
) -> Result<Vec<(Code, CaseworkStage, u64)>, AppError> {
    let scope = whose.scope(context)?;
    super::sees_paths(context, workplace)?;
    let programmes = workplace.programmes(context.territory)?;
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.casework_within(scope))?;
    let mut counts: BTreeMap<(Code, CaseworkStage), u64> = BTreeMap::new();
    for part in rows.chunks(COUNTED_AT_ONCE) {
        let several =
            Several::outline(context, workplace, &each_once(part, |(person, _)| *person), &programmes)?;
        for (person, programme) in part {
            let programme = super::code(programme)?;
            let shown = several.shown(*person).and_then(|shown| shown.path.open(&programme));
            if let Some(open) = shown {
                let stage = held::stage(&programmes, &programme, open);
                *counts.entry((programme, stage)).or_default() += 1;
            }
        }
    }
    Ok(counts.into_iter().map(|((programme, stage), count)| (programme, stage, count)).collect())
}

/// How many things are late, and how many fall due from today to a day, of those beside whom the actor stands, as far as she may see
/// them. Nobody's data is shown.
///
/// # Errors
/// As [`counts`].
pub(crate) fn falling(
    context: &Context<'_>,
    workplace: &Workplace,
    until: Date,
) -> Result<(u64, u64), AppError> {
    // She has asked for nothing: that no clause shows her a path is no refusal of hers.
    if sight::windows(context, workplace, super::ALL_CONSENTS)?.is_empty() {
        return Ok((0, 0));
    }
    let programmes = workplace.programmes(context.territory)?;
    let list = CaseworkList::Scope(Whose::Mine.scope(context)?, Some(until));
    let today = context.now().date();
    let (mut late, mut soon) = (0, 0);
    for rows in everything(context, workplace, list)?.chunks(*AT_ONCE.end()) {
        let several = Several::look(context, workplace, &each_once(rows, |row| row.person), &programmes)?;
        for one in visible(context, (&programmes, &several), (rows, list), Lang::default())? {
            let is_late = one.first.is_some_and(|first| first.due < today);
            if is_late { late += 1 } else { soon += 1 }
        }
    }
    Ok((late, soon))
}

/// Every row of a list, in its order, each thing under way once.
pub(super) fn everything(
    context: &Context<'_>,
    workplace: &Workplace,
    list: CaseworkList<'_>,
) -> Result<Vec<CaseworkRow>, AppError> {
    let (mut all, mut known) = (Vec::new(), BTreeSet::new());
    let mut after: Option<CaseworkRow> = None;
    loop {
        let part = workplace
            .store
            .read(context.territory, |snapshot| snapshot.casework_list(list, after.as_ref(), READ_AT_ONCE))?;
        let is_last = part.len() < READ_AT_ONCE;
        after = part.last().cloned();
        // Of who was found to be two, both have something under way until lists are made again: it is one path.
        all.extend(part.into_iter().filter(|row| known.insert((row.person, row.head.programme.clone()))));
        if is_last {
            return Ok(all);
        }
    }
}

/// Rows of a list that are read together, where all of it is.
const READ_AT_ONCE: usize = 1_000;
/// People whose stages are counted together.
const COUNTED_AT_ONCE: usize = 1_000;
/// Rows that are looked at together: those of a page with some to spare at first, for those whom the actor may not see.
const AT_ONCE: RangeInclusive<usize> = 25..=200;

pub(super) fn each_once<R>(rows: &[R], person: impl Fn(&R) -> PersonId) -> Vec<PersonId> {
    let people: BTreeSet<PersonId> = rows.iter().map(person).collect();
    people.into_iter().collect()
}

/// Something under way that the actor may see.
struct Visible {
    person: PersonId,
    programme: Code,
    title: String,
    version: u64,
    now: Now,
    first: Option<Due>,
}

/// What of these rows the actor may see, in their order. What she may not see is not there.
fn visible(
    context: &Context<'_>,
    (programmes, several): (&Programmes, &Several<'_>),
    (rows, list): (&[CaseworkRow], CaseworkList<'_>),
    lang: Lang,
) -> Result<Vec<Visible>, AppError> {
    let mut visible = Vec::new();
    for row in rows {
        let (Some(shown), programme) = (several.shown(row.person), super::code(&row.head.programme)?) else {
            continue;
        };
        // What was read a moment later has the last word.
        let Some(now) = view::now(programmes, shown, &programme, (context.now().date(), lang)) else {
            continue;
        };
        let first = now.clocks.first().cloned();
        if let CaseworkList::Scope(_, Some(by)) = list
            && first.as_ref().is_none_or(|first| first.due > by)
        {
            continue;
        }
        let known = programmes.version(&programme, row.head.version);
        let title = known.map_or_else(|| programme.to_string(), |one| words::said(&one.title, lang));
        visible.push(Visible {
            person: row.person,
            programme,
            title,
            version: shown.path.version,
            now,
            first,
        });
    }
    Ok(visible)
}

/// Reads a part of a list, and opens it: goes through what is under way, in the order of the list, until the page is full and it is
/// known whether there is more.
fn listed(
    context: &Context<'_>,
    workplace: &Workplace,
    (page, what, lang): (Slice, &str, Lang),
    list: CaseworkList<'_>,
) -> Result<Listed, AppError> {
    super::sees_paths(context, workplace)?;
    let programmes = workplace.programmes(context.territory)?;
    let size = page.size.clamp(1, Slice::MOST);
    let wanted = page.skip.saturating_add(size).saturating_add(1);
    let (mut lines, mut passed) = (Vec::new(), 0_usize);
    // Of who was found to be two, both have something under way until lists are made again: it is one path.
    let mut known: BTreeSet<(PersonId, Code)> = BTreeSet::new();
    let mut after: Option<CaseworkRow> = None;
    let mut most = wanted.clamp(*AT_ONCE.start(), *AT_ONCE.end());
    loop {
        let rows = workplace
            .store
            .read(context.territory, |snapshot| snapshot.casework_list(list, after.as_ref(), most))?;
        let several = Several::look(context, workplace, &each_once(&rows, |row| row.person), &programmes)?;
        let mut met = visible(context, (&programmes, &several), (&rows, list), lang)?;
        met.retain(|one| known.insert((one.person, one.programme.clone())));
        let over = page.skip.saturating_sub(passed).min(met.len());
        passed += met.len();
        met.drain(..over);
        met.truncate(size - lines.len());
        let people: Vec<PersonId> = met.iter().map(|one| one.person).collect();
        let names = several.open(context, workplace, &people, (what, lang))?;
        lines.extend(met.into_iter().filter_map(|one| {
            let Visible { person, programme, title, version, now, first } = one;
            let name = names.get(&person)?.clone();
            Some(CaseLine { person, name, programme, title, version, now, first })
        }));
        if passed >= wanted {
            return Ok(Listed { lines, next: Some(page.skip + size) });
        }
        if rows.len() < most {
            return Ok(Listed { lines, next: None });
        }
        after = rows.into_iter().next_back();
        // Of a list in which she sees few, more are looked at each time.
        most = (most * 2).min(*AT_ONCE.end());
    }
}
