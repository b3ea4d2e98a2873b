//! Lists of what is under way: forms that wait, forms that were sent, caseloads, what falls due. Answered by SQL within the actor's scope, then
//! opened through the gate: of whom nothing comes out, she is not there.

use std::collections::BTreeMap;

use liant_casework::Code;
use liant_model::{Date, Lang, PersonId};
use liant_store::{CaseworkRow, CaseworkScope, CaseworkStage, Snapshot, StoreError};

use super::several::Several;
use super::view::{self, Due, Now};
use super::words;
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
    let read = |snapshot: &mut Snapshot<'_>, part| snapshot.casework_inbox((organisation, &role), part);
    listed(context, workplace, (page, "liaison forms received", None, lang), read)
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
    let read = |snapshot: &mut Snapshot<'_>, part| snapshot.casework_sent(organisation, part);
    listed(context, workplace, (page, "liaison forms sent", None, lang), read)
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
    let scope = Whose::Mine.scope(context)?;
    let read = |snapshot: &mut Snapshot<'_>, part| snapshot.casework_list(scope, None, part);
    listed(context, workplace, (page, "caseload", None, lang), read)
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
    let scope = request.whose.scope(context)?;
    let by = Some(request.until);
    let read = |snapshot: &mut Snapshot<'_>, part| snapshot.casework_list(scope, by, part);
    listed(context, workplace, (request.page, "casework agenda", by, lang), read)
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
    let read = |snapshot: &mut Snapshot<'_>, part| snapshot.casework_list(scope, None, part);
    let mut counts: BTreeMap<(Code, CaseworkStage), u64> = BTreeMap::new();
    seen(context, workplace, (None, Lang::default()), read, |_, visible| {
        for one in visible {
            *counts.entry((one.programme, one.now.stage)).or_default() += 1;
        }
        Ok(true)
    })?;
    Ok(counts.into_iter().map(|((programme, stage), count)| (programme, stage, count)).collect())
}

/// Rows that are looked at together.
const AT_ONCE: usize = 200;

/// Goes through what is under way, in the order of the list, as far as the actor may see it, until `each` has had enough. What she may not
/// see is neither there nor counted.
fn seen(
    context: &Context<'_>,
    workplace: &Workplace,
    (due_by, lang): (Option<Date>, Lang),
    read: impl Fn(&mut Snapshot<'_>, (usize, usize)) -> Result<Vec<CaseworkRow>, StoreError>,
    mut each: impl FnMut(&Several<'_>, Vec<Visible>) -> Result<bool, AppError>,
) -> Result<(), AppError> {
    super::sees_paths(context, workplace)?;
    let (programmes, today) = (workplace.programmes(context.territory)?, context.now().date());
    let mut skip = 0;
    loop {
        let rows = workplace.store.read(context.territory, |snapshot| read(snapshot, (skip, AT_ONCE)))?;
        let mut people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        people.sort_unstable();
        people.dedup();
        let several = Several::look(context, workplace, &people, &programmes)?;
        let mut visible = Vec::new();
        for row in &rows {
            let (Some(shown), programme) = (several.shown(row.person), super::code(&row.head.programme)?)
            else {
                continue;
            };
            // What was read a moment later has the last word.
            let Some(now) = view::now(&programmes, shown, &programme, (today, lang)) else { continue };
            let first = now.clocks.first().cloned();
            if due_by.is_some_and(|day| first.as_ref().is_none_or(|first| first.due > day)) {
                continue;
            }
            let known = programmes.version(&programme, row.head.version);
            let title = known.map_or_else(|| programme.to_string(), |one| words::said(&one.title, lang));
            let version = shown.path.version;
            visible.push(Visible { person: row.person, programme, title, version, now, first });
        }
        if !each(&several, visible)? || rows.len() < AT_ONCE {
            return Ok(());
        }
        skip += AT_ONCE;
    }
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

/// Reads a part of a list, and opens it.
fn listed(
    context: &Context<'_>,
    workplace: &Workplace,
    (page, what, due_by, lang): (Slice, &str, Option<Date>, Lang),
    read: impl Fn(&mut Snapshot<'_>, (usize, usize)) -> Result<Vec<CaseworkRow>, StoreError>,
) -> Result<Listed, AppError> {
    let size = page.size.clamp(1, Slice::MOST);
    let (mut lines, mut passed, mut next) = (Vec::new(), 0, None);
    seen(context, workplace, (due_by, lang), read, |several, visible| {
        let over = page.skip.saturating_sub(passed).min(visible.len());
        passed += over;
        let mut wanted: Vec<Visible> = visible.into_iter().skip(over).collect();
        if lines.len() + wanted.len() > size {
            wanted.truncate(size - lines.len());
            next = Some(page.skip + size);
        }
        let people: Vec<PersonId> = wanted.iter().map(|one| one.person).collect();
        let names = several.open(context, workplace, &people, (what, lang))?;
        lines.extend(wanted.into_iter().filter_map(|one| {
            let Visible { person, programme, title, version, now, first } = one;
            Some(CaseLine {
                person,
                name: names.get(&person)?.clone(),
                programme,
                title,
                version,
                now,
                first,
            })
        }));
        Ok(next.is_none())
    })?;
    Ok(Listed { lines, next })
}
