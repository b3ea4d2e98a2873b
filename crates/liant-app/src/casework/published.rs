//! The figures of months as they are kept. A month is counted when it is asked for first, after all those before it, and shown so ever after:
//! what is recorded later does not change it, so that asking twice tells nothing. The table of committees and the indicators at the end of the
//! month are made at once, and what one would tell of the other is hidden.

use std::collections::BTreeMap;

use liant_access::OrganisationKind;
use liant_audit::Act;
use liant_casework::{
    Code, Counted, Facts, Flow, Indicator, Measure, Month, MonthFigures, Programme, Programmes, beside,
    figure, flows, month_figures,
};
use liant_model::{Instant, OrganisationId, PersonId};
use liant_store::{CaseworkChange, Change, ChangeSet, StoreError};

use super::figures::criteria;
use super::held::Held;
use crate::context::{Audited, audit};
use crate::{AppError, Context, Workplace, access, rights};

/// What is kept of a month.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Kept {
    pub(super) fewest: u32,
    pub(super) places: Vec<(Option<OrganisationId>, MonthFigures)>,
    pub(super) total: MonthFigures,
    /// The indicators that are shown.
    #[serde(default)]
    pub(super) figures: Vec<KeptFigure>,
}

/// An indicator at the end of a month.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct KeptFigure {
    pub(super) indicator: Code,
    pub(super) value: u32,
    /// What it was counted from; none: hidden.
    pub(super) of: Option<u32>,
}

/// A month, when it was counted, and what is kept of it.
type KeptMonth = (Month, Instant, Kept);

/// All months of a programme until one, in order. Those that nobody asked for yet are counted now.
pub(super) fn published(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, last): (&Code, Month),
) -> Result<Vec<KeptMonth>, AppError> {
    let programmes = workplace.programmes(context.territory)?;
    let begins = programmes.iter().filter(|one| one.id == *programme).map(|one| Month::of(one.from)).min();
    let mut known = read(context, workplace, programme, (begins.unwrap_or(last).min(last), last))?;
    if known.iter().any(|(_, kept)| kept.is_none()) {
        let people = People::read(context, workplace, (&*programmes, programme))?;
        for place in 0..known.len() {
            let (before, rest) = known.split_at_mut(place);
            let Some((month, kept @ None)) = rest.first_mut() else { continue };
            let before: Vec<(Month, &MonthFigures)> =
                before.iter().filter_map(|(month, kept)| Some((*month, &kept.as_ref()?.1.total))).collect();
            *kept = Some(publish(context, workplace, (&people, *month), &before)?);
        }
    }
    Ok(known.into_iter().filter_map(|(month, kept)| kept.map(|(at, kept)| (month, at, kept))).collect())
}

type Read = Vec<(Month, Option<(Instant, Kept)>)>;

/// What was kept of months.
fn read(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Code,
    (first, last): (Month, Month),
) -> Result<Read, AppError> {
    let mut all = Vec::new();
    workplace.store.read(context.territory, |snapshot| {
        all.clear();
        for month in first.to(last) {
            let row = snapshot.casework_published(programme.as_str(), &month.to_string())?;
            let kept = row.map(|(at, body)| {
                serde_json::from_str::<Kept>(&body)
                    .map(|kept| (at, kept))
                    .map_err(|_| StoreError::Damaged("the figures of a month do not read".to_owned()))
            });
            all.push((month, kept.transpose()?));
        }
        Ok(())
    })?;
    Ok(all)
}

/// The local services of the territory, with their names.
pub(super) fn services(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<BTreeMap<OrganisationId, String>, AppError> {
    let all = workplace
        .store
        .directory(context.territory, |directory| directory.organisations(context.territory))?;
    let local = all.into_iter().filter(|one| one.kind == OrganisationKind::LocalService);
    Ok(local.map(|one| (one.id, one.name)).collect())
}

/// Whom a programme counts, and what is known of them today.
struct People<'a> {
    programmes: &'a Programmes,
    programme: &'a Code,
    paths: BTreeMap<PersonId, Held>,
    facts: BTreeMap<PersonId, Facts>,
    /// Of whom nothing is known.
    nothing: Facts,
    services: BTreeMap<OrganisationId, String>,
}

impl<'a> People<'a> {
    fn read(
        context: &Context<'_>,
        workplace: &Workplace,
        (programmes, programme): (&'a Programmes, &'a Code),
    ) -> Result<Self, AppError> {
        let left_out = rights::limits::out_of_work(context, workplace)?;
        let mut paths: BTreeMap<PersonId, Held> = BTreeMap::new();
        workplace.store.read(context.territory, |snapshot| {
            snapshot.casework_of_all(|person, rows| {
                let held = Held::read(rows)?;
                if !left_out.contains(&person) && held.path.tracks.contains_key(programme) {
                    paths.insert(person, held);
                }
                Ok(())
            })
        })?;
        let indicators = programmes.iter().filter(|one| one.id == *programme).flat_map(|one| &one.indicators);
        let wanted = indicators.into_iter().any(|one| one.criterion.is_some() || one.of == Measure::Share);
        let facts = if wanted { criteria(context, workplace, &paths)? } else { BTreeMap::new() };
        let services = services(context, workplace)?;
        Ok(Self { programmes, programme, paths, facts, nothing: Facts::default(), services })
    }

    /// The programme as it runs at the end of a month.
    fn running(&self, month: Month) -> Option<&'a Programme> {
        let latest = || self.programmes.iter().filter(|one| one.id == *self.programme).last();
        self.programmes.on(self.programme, month.last()).or_else(latest)
    }

    /// The paths as they were at the end of a month: what happened since does not change what was so.
    fn until(&self, month: Month) -> BTreeMap<PersonId, Held> {
        let cut = |held: &Held| held.only(|event, _| (event.on <= month.last()).then(|| event.clone()));
        let all = self.paths.iter().map(|(person, held)| (*person, cut(held)));
        all.filter(|(_, held)| held.path.tracks.contains_key(self.programme)).collect()
    }

    fn counted<'b>(&'b self, person: PersonId, held: &'b Held) -> Counted<'b> {
        Counted { path: &held.path, facts: self.facts.get(&person).unwrap_or(&self.nothing) }
    }

    /// Each service with those who are counted there; every service has its row, whoever is.
    fn by_service<'b>(
        &'b self,
        paths: &'b BTreeMap<PersonId, Held>,
    ) -> Vec<(Option<OrganisationId>, Vec<Counted<'b>>)> {
        let mut places: BTreeMap<Option<OrganisationId>, Vec<Counted<'_>>> =
            self.services.keys().map(|service| (Some(*service), Vec::new())).collect();
        let mut nowhere = Vec::new();
        for (person, held) in paths {
            let (from, to) = held.between(self.programme);
            let service = [to, from].into_iter().flatten().find(|one| self.services.contains_key(one));
            match places.get_mut(&service) {
                Some(there) => there.push(self.counted(*person, held)),
                None => nowhere.push(self.counted(*person, held)),
            }
        }
        places.into_iter().chain([(None, nowhere)]).collect()
    }
}

/// Counts a month, and keeps what may be shown of it beside the months before. Of two who ask first at once, what one kept holds.
fn publish(
    context: &Context<'_>,
    workplace: &Workplace,
    (people, month): (&People<'_>, Month),
    before: &[(Month, &MonthFigures)],
) -> Result<(Instant, Kept), AppError> {
    let programme = people.running(month).ok_or(AppError::Absent("programme"))?;
    let paths = people.until(month);
    let places = people.by_service(&paths);
    let (figures, total) =
        month_figures(programme, places.iter().map(|(_, there)| there.iter().copied()), month);
    let shown: Vec<(Month, &MonthFigures)> = before.iter().copied().chain([(month, &total)]).collect();
    let everyone = || paths.iter().map(|(person, held)| people.counted(*person, held));
    let of = |indicator: &Indicator| kept_figure(programme, indicator, everyone, &shown);
    let figures_shown = programme.indicators.iter().filter_map(of).collect();
    let kept = Kept {
        fewest: programme.figures.fewest,
        places: places.iter().map(|(place, _)| *place).zip(figures).collect(),
        figures: figures_shown,
        total,
    };
    let body = serde_json::to_string(&kept).map_err(|error| AppError::Internal(error.to_string()))?;
    let (id, named) = (programme.id.to_string(), month.to_string());
    let what = Audited { subject: format!("figures of {named}, {id}"), ..Audited::default() };
    let entry = audit(context, context.act_id()?, Act::Casework, what)?;
    let change = CaseworkChange::Publish { programme: id, month: named, body };
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Casework(change));
    match workplace.store.apply(&set) {
        Ok(()) => access::sequence(context, workplace),
        Err(StoreError::Conflict { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let row = read(context, workplace, &programme.id, (month, month))?.pop().and_then(|(_, kept)| kept);
    row.ok_or(AppError::Absent("figures"))
}

/// An indicator at the end of the last of some months; none when it is hidden.
fn kept_figure<'a, P: Iterator<Item = Counted<'a>>>(
    programme: &Programme,
    indicator: &Indicator,
    everyone: impl Fn() -> P,
    shown: &[(Month, &MonthFigures)],
) -> Option<KeptFigure> {
    let ((first, _), (last, _)) = (shown.first()?, shown.last()?);
    let fewest = programme.figures.fewest;
    let figure = figure(programme, indicator, everyone(), last.last());
    let happened = flows(programme, indicator, everyone(), (*first, *last));
    let months: Vec<(Month, Flow, &MonthFigures)> =
        shown.iter().zip(happened).map(|((month, shown), flow)| (*month, flow, *shown)).collect();
    let beside = beside(indicator, &months, fewest);
    // That nobody is there is no secret.
    let is_shown = figure.may_be_shown(fewest) && (beside.value || figure.of == 0 && figure.value == 0);
    is_shown.then(|| KeptFigure {
        indicator: indicator.id.clone(),
        value: figure.value,
        of: beside.of.then_some(figure.of),
    })
}
