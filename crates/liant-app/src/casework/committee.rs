//! What committees are shown of a month (*comité de pilotage, comité opérationnel*): by local service, nothing of few people nor what would tell
//! it, and the same whenever it is asked: the first time it is kept, and what is recorded later does not change it.

use std::collections::BTreeMap;

use liant_access::OrganisationKind;
use liant_audit::Act;
use liant_casework::{Code, Counted, Facts, Measure, Month, MonthFigures, Programme, month_figures};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_model::{Instant, Lang, OrganisationId, PersonId};
use liant_store::{CaseworkChange, Change, ChangeSet, StoreError};

use super::figures::criteria;
use super::held::Held;
use super::words;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, rights};

/// The figures of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committee {
    /// Of which programme.
    pub programme: Code,
    /// Its title.
    pub title: String,
    /// The month.
    pub month: Month,
    /// When they were counted.
    pub made_at: Instant,
    /// No figure is of fewer people than this, but of nobody.
    pub fewest: u32,
    /// Of each local service, by name; then of those of none.
    pub places: Vec<CommitteeLine>,
    /// Of all together.
    pub total: MonthFigures,
}

/// The figures of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitteeLine {
    /// The local service; none: those of none.
    pub place: Option<OrganisationId>,
    /// Its name.
    pub name: Option<String>,
    /// Its figures.
    pub figures: MonthFigures,
}

/// What is kept of a month.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    fewest: u32,
    places: Vec<(Option<OrganisationId>, MonthFigures)>,
    total: MonthFigures,
}

/// The figures of a month that is over, by local service: for the roles that the programme shows figures to, and for whoever sees paths. They
/// lead to no list. Asked twice they are the same.
///
/// # Errors
/// The gate's refusal, when the actor is not of these or the software may count nobody; [`AppError::Absent`] when there is no such
/// programme; [`AppError::Value`] of a month that is not over.
pub fn committee(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, month): (&Code, Month),
    lang: Lang,
) -> Result<Committee, AppError> {
    if month.last() >= context.now().date() {
        return Err(AppError::Value("figures are counted once the month is over".to_owned()));
    }
    UsePlan::compile(context.gate(workplace)?, UseKind::Count, context.territory, context.now())?;
    let programmes = workplace.programmes(context.territory)?;
    let latest = || programmes.iter().filter(|one| one.id == *programme).last();
    let running =
        programmes.on(programme, month.last()).or_else(latest).ok_or(AppError::Absent("programme"))?;
    if !running.figures.to.contains(&context.actor.role) {
        super::sees_paths(context, workplace)?;
    }
    let services = services(context, workplace)?;
    let mut known = published(context, workplace, (programme, month))?;
    if known.is_none() {
        publish(context, workplace, (running, month), &services)?;
        known = published(context, workplace, (programme, month))?;
    }
    let (made_at, kept) = known.ok_or(AppError::Absent("figures"))?;
    let name = |place: OrganisationId| services.get(&place).cloned();
    let mut places: Vec<CommitteeLine> = kept
        .places
        .into_iter()
        .map(|(place, figures)| CommitteeLine { place, name: place.and_then(name), figures })
        .collect();
    places.sort_by(|one, other| (one.place.is_none(), &one.name).cmp(&(other.place.is_none(), &other.name)));
    Ok(Committee {
        programme: programme.clone(),
        title: words::said(&running.title, lang),
        month,
        made_at,
        fewest: kept.fewest,
        places,
        total: kept.total,
    })
}

/// The local services of the territory, with their names.
fn services(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<BTreeMap<OrganisationId, String>, AppError> {
    let all = workplace
        .store
        .directory(context.territory, |directory| directory.organisations(context.territory))?;
    let local = all.into_iter().filter(|one| one.kind == OrganisationKind::LocalService);
    Ok(local.map(|one| (one.id, one.name)).collect())
}

/// What was kept of a month, and when.
fn published(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, month): (&Code, Month),
) -> Result<Option<(Instant, Kept)>, AppError> {
    let row = workplace.store.read(context.territory, |snapshot| {
        snapshot.casework_published(programme.as_str(), &month.to_string())
    })?;
    let read = |body: &str| {
        serde_json::from_str::<Kept>(body)
            .map_err(|_| StoreError::Damaged("the figures of a month do not read".to_owned()))
    };
    Ok(row.map(|(made_at, body)| read(&body).map(|kept| (made_at, kept))).transpose()?)
}

/// Counts a month, and keeps what may be shown of it. Of two who ask first at once, what one kept holds.
fn publish(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, month): (&Programme, Month),
    services: &BTreeMap<OrganisationId, String>,
) -> Result<(), AppError> {
    let left_out = rights::limits::out_of_work(context, workplace)?;
    let mut paths: BTreeMap<PersonId, Held> = BTreeMap::new();
    workplace.store.read(context.territory, |snapshot| {
        snapshot.casework_of_all(|person, rows| {
            // What happened since does not change what was so.
            let held = Held::read(rows)?.only(|event, _| (event.on <= month.last()).then(|| event.clone()));
            if !left_out.contains(&person) && held.path.tracks.contains_key(&programme.id) {
                paths.insert(person, held);
            }
            Ok(())
        })
    })?;
    let wanted = programme.indicators.iter().any(|one| one.of == Measure::Share);
    let facts = if wanted { criteria(context, workplace, &paths)? } else { BTreeMap::new() };
    let nothing = Facts::default();
    // Every service has its row, whoever is counted there.
    let mut places: Vec<(Option<OrganisationId>, Vec<Counted<'_>>)> =
        services.keys().map(|service| (Some(*service), Vec::new())).chain([(None, Vec::new())]).collect();
    for (person, held) in &paths {
        let (from, to) = held.between(&programme.id);
        let service = [to, from].into_iter().flatten().find(|one| services.contains_key(one));
        let counted = Counted { path: &held.path, facts: facts.get(person).unwrap_or(&nothing) };
        if let Some((_, there)) = places.iter_mut().find(|(place, _)| *place == service) {
            there.push(counted);
        }
    }
    let people = places.iter().map(|(_, people)| people.iter().copied());
    let (figures, total) = month_figures(programme, people, month);
    let places = places.iter().map(|(place, _)| *place).zip(figures).collect();
    let kept = Kept { fewest: programme.figures.fewest, places, total };
    let body = serde_json::to_string(&kept).map_err(|error| AppError::Internal(error.to_string()))?;
    let (id, month) = (programme.id.to_string(), month.to_string());
    let what = Audited { subject: format!("figures of {month}, {id}"), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Casework, what)?;
    let change = CaseworkChange::Publish { programme: id, month, body };
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Casework(change));
    match workplace.store.apply(&set) {
        Ok(()) => access::sequence(context, workplace),
        Err(StoreError::Conflict { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
