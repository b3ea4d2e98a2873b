//! Lists of what is under way: forms that wait, forms that were sent, caseloads, what falls due. Answered by SQL within the actor's scope, then
//! opened through the gate: of whom nothing comes out, she is not there.

use liant_casework::Code;
use liant_model::{Date, Lang, PersonId};
use liant_store::{CaseworkRow, CaseworkScope, CaseworkStage, Snapshot, StoreError};

use super::view::{self, Due, Now};
use super::{sight, words};
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
    listed(context, workplace, (page, "liaison forms received", lang), read)
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
    listed(context, workplace, (page, "liaison forms sent", lang), read)
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
    listed(context, workplace, (page, "caseload", lang), read)
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
    listed(context, workplace, (request.page, "casework agenda", lang), read)
}

/// How many things are under way, by programme and stage. Nobody's data is shown.
///
/// # Errors
/// [`AppError::Absent`] for who sits nowhere.
pub fn counts(
    context: &Context<'_>,
    workplace: &Workplace,
    whose: Whose,
) -> Result<Vec<(Code, CaseworkStage, u64)>, AppError> {
    super::sees_paths(context, workplace)?;
    let scope = whose.scope(context)?;
    let found = workplace.store.read(context.territory, |snapshot| snapshot.casework_counts(scope))?;
    found.into_iter().map(|(programme, stage, count)| Ok((super::code(&programme)?, stage, count))).collect()
}

/// Reads a part of a list, and opens it.
fn listed(
    context: &Context<'_>,
    workplace: &Workplace,
    (page, what, lang): (Slice, &str, Lang),
    read: impl Fn(&mut Snapshot<'_>, (usize, usize)) -> Result<Vec<CaseworkRow>, StoreError>,
) -> Result<Listed, AppError> {
    let size = page.size.clamp(1, Slice::MOST);
    let mut rows =
        workplace.store.read(context.territory, |snapshot| read(snapshot, (page.skip, size + 1)))?;
    let next = (rows.len() > size).then_some(page.skip + size);
    rows.truncate(size);
    let mut people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    people.sort_unstable();
    people.dedup();
    let found = sight::list(context, workplace, &people, (what, lang))?;
    let (programmes, today) = (workplace.programmes(context.territory)?, context.now().date());
    let mut lines = Vec::new();
    for row in &rows {
        let (Some(seen), programme) = (found.get(&row.person), super::code(&row.head.programme)?) else {
            continue;
        };
        // What was read a moment later has the last word.
        let Some(now) = view::now(&programmes, &seen.held, &programme, (today, lang)) else { continue };
        let title = programmes.version(&programme, row.head.version).map(|one| words::said(&one.title, lang));
        lines.push(CaseLine {
            person: row.person,
            name: seen.line.clone(),
            title: title.unwrap_or_else(|| programme.to_string()),
            programme,
            version: seen.held.path.version,
            first: now.clocks.first().cloned(),
            now,
        });
    }
    Ok(Listed { lines, next })
}
