//! Caseloads (*portefeuilles*): what each professional has and will have, and who takes the next person.

use std::collections::BTreeMap;

use liant_casework::{Because, Code, Fill, Horizons, Load, Programme, Programmes, Worker, gauge, suggest};
use liant_model::{AccountId, Date, OrganisationId, Role, Span};
use liant_store::CaseworkLoad;

use super::{Whose, entry, sight};
use crate::people::Follower;
use crate::{AppError, Context, Workplace, rights, trail};

/// What one professional has in a role of a programme.
#[derive(Clone, Debug)]
pub struct WorkerLoad {
    /// Who.
    pub account: AccountId,
    /// Her name.
    pub name: String,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// In what role.
    pub role: Role,
    /// What she has.
    pub load: Load,
    /// What she will have, if stays end at their terms and entries go on at their pace.
    pub forecast: Horizons,
    /// How few would be too few.
    pub least: Option<u32>,
    /// How many would be too many.
    pub most: Option<u32>,
    /// Where she stands between the two, where the programme bounds her role.
    pub fill: Option<Fill>,
}

/// Who could take the next person, and why she.
#[derive(Clone, Debug)]
pub struct Suggested {
    /// Who.
    pub who: Follower,
    /// Why, the weightiest first.
    pub because: Vec<Because>,
}

/// Time of work of whoever is not known to work less, in per cent of a full post.
const FULL_TIME: u32 = 100;

fn weeks(day: Date, weeks: i64) -> Date {
    day.saturating_add(Span::new().weeks(weeks))
}

fn load(row: &CaseworkLoad) -> Load {
    Load {
        people: row.people,
        suspended: row.suspended,
        ends: Horizons { four: row.ends.0, twelve: row.ends.1 },
        entered: row.entered,
        last: row.last,
    }
}

fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Code,
    organisation: Option<OrganisationId>,
) -> Result<Vec<CaseworkLoad>, AppError> {
    let today = context.now().date();
    let days = (weeks(today, 4), weeks(today, 12), weeks(today, -12));
    let windows = sight::windows(context, workplace, super::ALL_CONSENTS)?;
    let plans: Vec<_> = windows.iter().map(|window| &window.plan).collect();
    let left_out = rights::limits::absent_to(context, workplace, &plans)?;
    Ok(workplace.store.read(context.territory, |snapshot| {
        snapshot.casework_loads(programme.as_str(), organisation, days, &left_out)
    })?)
}

fn running<'p>(programmes: &'p Programmes, id: &Code, day: Date) -> Result<&'p Programme, AppError> {
    let latest = || programmes.iter().filter(|one| one.id == *id).last();
    programmes.on(id, day).or_else(latest).ok_or(AppError::Absent("programme"))
}

fn worker(account: AccountId, role: &Role) -> Worker {
    Worker { who: account, role: role.clone(), zones: Vec::new(), skills: Vec::new(), time: FULL_TIME }
}

/// What the professionals of the actor's organisation, and of those under it, have in a programme; or the actor alone. Nobody's data is shown.
///
/// # Errors
/// The gate's refusal; [`AppError::Absent`] for who sits nowhere, and when there is no such programme.
pub fn loads(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Code,
    whose: Whose,
) -> Result<Vec<WorkerLoad>, AppError> {
    super::sees_paths(context, workplace)?;
    let organisation = context.seat.organisation.ok_or(AppError::Absent("list"))?;
    let programmes = workplace.programmes(context.territory)?;
    let running = running(&programmes, programme, context.now().date())?;
    let mut rows = read(context, workplace, programme, Some(organisation))?;
    if whose == Whose::Mine {
        rows.retain(|row| Some(row.account) == context.seat.account);
    }
    let actors: Vec<String> = rows.iter().map(|row| row.account.to_string()).collect();
    let names = trail::names(workplace, context.territory, &actors)?;
    let mut all = Vec::new();
    for row in &rows {
        let role = Role::parse(&row.role).map_err(|error| AppError::Internal(error.to_string()))?;
        let load = load(row);
        let gauge = gauge(running, &worker(row.account, &role), &load);
        let account = row.account.to_string();
        all.push(WorkerLoad {
            account: row.account,
            name: names.get(&account).cloned().unwrap_or(account),
            organisation: row.organisation,
            forecast: load.forecast(),
            least: gauge.and_then(|gauge| gauge.bounds.0),
            most: gauge.and_then(|gauge| gauge.bounds.1),
            fill: gauge.map(|gauge| gauge.fill()),
            role,
            load,
        });
    }
    Ok(all)
}

/// Who takes the next person in a role of a programme, the best first, each with why: room first, then who was given nobody for
/// longest. The same for everyone who asks.
///
/// # Errors
/// As [`loads`].
pub fn suggested(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Code,
    role: &Role,
) -> Result<Vec<Suggested>, AppError> {
    super::sees_paths(context, workplace)?;
    let programmes = workplace.programmes(context.territory)?;
    let running = running(&programmes, programme, context.now().date())?;
    let there = entry::colleagues(context, workplace, role)?;
    let rows = read(context, workplace, programme, None)?;
    let mut held: BTreeMap<(AccountId, Role), Load> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.role == role.as_str()) {
        held.insert((row.account, role.clone()), load(row));
    }
    let workers: Vec<Worker> = there.iter().map(|one| worker(one.account, role)).collect();
    let ranked = suggest(running, &workers, &held, (None, &[]));
    Ok(ranked
        .into_iter()
        .filter_map(|one| {
            let who = there.iter().find(|known| known.account == one.who)?.clone();
            Some(Suggested { who, because: one.because })
        })
        .collect())
}
