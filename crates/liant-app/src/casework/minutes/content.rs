//! What is sealed, and how it is read again.

use std::collections::{BTreeMap, BTreeSet};

use liant_casework::{Amounts, Code, Followed, Minutes, Month, MonthFigures, Programme};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_model::{Date, Instant, OrganisationId, Uuid};
use liant_store::{PaperKind, PaperRow, StoreError};

use super::super::evidence::hash;
use super::super::published::{Kept, published};
use crate::{AppError, Context, Workplace};

/// The form of what is sealed. Another is refused, never misread.
pub(super) const FORM: u8 = 1;

/// A month as committees were shown it, when the paper was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenMonth {
    /// The month.
    pub month: String,
    /// When it was counted.
    pub counted_at: Instant,
    /// No figure is of fewer people than this, but of nobody.
    pub fewest: u32,
    /// Of the local service; none: of the whole territory alone, or the service had no row yet.
    pub place: Option<MonthFigures>,
    /// Of all together.
    pub total: MonthFigures,
}

/// What minutes are sealed as.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinutesContent {
    /// The form of the content.
    pub form: u8,
    /// The paper.
    pub id: Uuid,
    /// The programme.
    pub programme: Code,
    /// In which version its codes are meant.
    pub version: u32,
    /// The committee.
    pub committee: Code,
    /// The local service; none: the whole territory.
    pub place: Option<OrganisationId>,
    /// Its name then.
    pub place_name: Option<String>,
    /// When it was sealed.
    pub made_at: Instant,
    /// What was said.
    pub said: Minutes,
    /// The actions of earlier meetings that were open, as they stood before this one.
    pub earlier: Vec<Followed>,
    /// The figures of the months since the last meeting.
    pub months: Vec<FrozenMonth>,
}

/// A local service over a year.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrozenPlace {
    /// The local service; none: those of none.
    pub place: Option<OrganisationId>,
    /// Its name then.
    pub name: Option<String>,
    /// Entries of the year, where those of each month were shown.
    pub entries: Option<u32>,
    /// Exits, likewise.
    pub exits: Option<u32>,
}

/// A meeting of the year that is reviewed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldMeeting {
    /// The committee.
    pub committee: Code,
    /// Where, by name; none: the whole territory.
    pub place: Option<String>,
    /// The day.
    pub held_on: Date,
    /// The seal of its minutes.
    pub seal: String,
    /// The gaps that were noted.
    pub gaps: BTreeSet<Code>,
    /// The good practices that were shared.
    pub practices: BTreeSet<Code>,
    /// What the committee above was alerted to.
    pub alerts: BTreeSet<Code>,
}

/// A corrective action of the year that is reviewed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewedAction {
    /// The committee that decided it.
    pub committee: Code,
    /// Where, by name; none: the whole territory.
    pub place: Option<String>,
    /// The action as it stood at the end of the year.
    pub action: Followed,
}

/// What a yearly review is sealed as.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewContent {
    /// The form of the content.
    pub form: u8,
    /// The paper.
    pub id: Uuid,
    /// The programme.
    pub programme: Code,
    /// In which version its codes are meant.
    pub version: u32,
    /// The year.
    pub year: i16,
    /// When it was sealed.
    pub made_at: Instant,
    /// The figures of its months, of all together.
    pub months: Vec<FrozenMonth>,
    /// Each local service over the year.
    pub places: Vec<FrozenPlace>,
    /// The indicators at the end of the year that are shown: value, and what it was counted from.
    pub indicators: BTreeMap<Code, (u32, Option<u32>)>,
    /// The meetings of the year.
    pub meetings: Vec<HeldMeeting>,
    /// The corrective actions of the year.
    pub actions: Vec<ReviewedAction>,
    /// The amounts, in whole euros: by party, by line.
    pub amounts: Amounts,
}

/// What a paper says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Saying {
    /// Minutes.
    Minutes(MinutesContent),
    /// A review.
    Review(ReviewContent),
}

impl Saying {
    /// What a row says: what was sealed, or nothing.
    pub(super) fn read(row: &PaperRow) -> Result<Self, AppError> {
        let damaged = || StoreError::Damaged("a paper of a committee is not what was sealed".to_owned());
        if hash(row.body.as_bytes()) != row.hash {
            return Err(damaged().into());
        }
        let (form, saying) = match row.kind {
            PaperKind::Minutes => {
                let content: MinutesContent = serde_json::from_str(&row.body).map_err(|_| damaged())?;
                (content.form, Self::Minutes(content))
            }
            PaperKind::Review => {
                let content: ReviewContent = serde_json::from_str(&row.body).map_err(|_| damaged())?;
                (content.form, Self::Review(content))
            }
        };
        if form == FORM { Ok(saying) } else { Err(damaged().into()) }
    }
}

/// A content as it is sealed: its text, and its seal.
pub(super) fn sealed(content: &impl serde::Serialize) -> Result<(String, String), AppError> {
    let body = serde_json::to_string(content).map_err(|error| AppError::Internal(error.to_string()))?;
    let seal = hash(body.as_bytes());
    Ok((body, seal))
}

/// A month, and what is kept of it.
pub(super) type Shown = (Month, Instant, Kept);

/// The months of a programme between two, as committees are shown them. The software must be let count: months that nobody asked for yet are
/// counted now, by the same rules.
pub(super) fn months(
    context: &Context<'_>,
    workplace: &Workplace,
    programme: &Programme,
    (first, last): (Month, Month),
) -> Result<Vec<Shown>, AppError> {
    UsePlan::compile(context.gate(workplace)?, UseKind::Count, context.territory, context.now())?;
    let all = published(context, workplace, (&programme.id, last))?;
    Ok(all.into_iter().filter(|(month, ..)| *month >= first && *month <= last).collect())
}

/// A month, as it is sealed.
pub(super) fn frozen((month, counted_at, kept): &Shown, place: Option<OrganisationId>) -> FrozenMonth {
    let row = place.and_then(|place| kept.places.iter().find(|(one, _)| *one == Some(place)));
    FrozenMonth {
        month: month.to_string(),
        counted_at: *counted_at,
        fewest: kept.fewest,
        place: row.map(|(_, figures)| figures.clone()),
        total: kept.total.clone(),
    }
}
