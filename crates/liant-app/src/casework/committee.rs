//! What committees are shown of a month (*comité de pilotage, comité opérationnel*): by local service, nothing of few people nor what would tell
//! it, and the same whenever it is asked ([`super::published`]).

use liant_casework::{Code, Month, MonthFigures, Programme};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_model::{Instant, Lang, OrganisationId};

use super::published::{Kept, published, services};
use super::words;
use crate::{AppError, Context, Workplace};

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

/// The figures of a month that is over, by local service: for the roles that the programme shows figures to, and for whoever sees paths. They
/// lead to no list. Asked twice they are the same.
///
/// # Errors
/// The gate's refusal, when the actor is not of these or the software may count nobody; [`AppError::Absent`] when there is no such
/// programme; [`AppError::Value`] of a month that is not over.
pub fn committee(
    context: &Context<'_>,
    workplace: &Workplace,
    of: (&Code, Month),
    lang: Lang,
) -> Result<Committee, AppError> {
    committees(context, workplace, of, 1, lang)?.pop().ok_or(AppError::Absent("figures"))
}

/// The same of the last `many` months until one, in order; fewer when the programme is younger.
///
/// # Errors
/// As [`committee`].
pub fn committees(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, month): (&Code, Month),
    many: usize,
    lang: Lang,
) -> Result<Vec<Committee>, AppError> {
    let running = admitted(context, workplace, (programme, month))?;
    let (services, title) = (services(context, workplace)?, words::said(&running.title, lang));
    let months = published(context, workplace, (programme, month))?;
    let before = months.len().saturating_sub(many.max(1));
    let table = |(month, made_at, kept): (Month, Instant, Kept)| {
        let line = |(place, figures): (Option<OrganisationId>, MonthFigures)| {
            let name = place.and_then(|place| services.get(&place).cloned());
            CommitteeLine { place, name, figures }
        };
        let mut places: Vec<CommitteeLine> = kept.places.into_iter().map(line).collect();
        places.sort_by(|one, other| {
            (one.place.is_none(), &one.name).cmp(&(other.place.is_none(), &other.name))
        });
        let (programme, title, fewest, total) = (programme.clone(), title.clone(), kept.fewest, kept.total);
        Committee { programme, title, month, made_at, fewest, places, total }
    };
    Ok(months.into_iter().skip(before).map(table).collect())
}

/// The programme as it runs at the end of a month that is over, for those to whom it shows figures and for whoever sees paths.
pub(super) fn admitted(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, month): (&Code, Month),
) -> Result<Programme, AppError> {
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
    Ok(running.clone())
}
