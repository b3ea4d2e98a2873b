//! The figures that a programme is judged by (*indicateurs*), at the end of a month. They lead to no list, and those of few people are
//! not shown, nor what would tell them by subtraction.

use std::collections::BTreeMap;

use liant_casework::{Code, Facts, Indicator, Measure, Month};
use liant_convention::UseKind;
use liant_guard::UsePlan;
use liant_model::{Date, Lang, PersonId};

use super::committee::admitted;
use super::held::Held;
use super::published::published;
use super::words;
use crate::people::take_in;
use crate::{AppError, Context, Workplace, access};

/// An indicator and its figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureOf {
    /// Its code.
    pub indicator: Code,
    /// Its definition.
    pub text: String,
    /// The figure; none when it is of too few people to be shown.
    pub value: Option<u32>,
    /// What it was counted from; none likewise.
    pub of: Option<u32>,
    /// What the programme wants at least.
    pub least: Option<u32>,
    /// By how much it is below that.
    pub below: Option<u32>,
    /// What it is counted in: `people`, `per cent`, `days`.
    pub unit: &'static str,
    /// Where the indicator comes from.
    pub source: String,
}

/// The indicators of a programme at the end of a month, for the whole territory: for the roles that it shows them to, and for whoever sees
/// paths. Two figures a day apart would tell what one person did. They are kept with the table of committees of that month, and what one
/// would tell of the other is hidden.
///
/// # Errors
/// The gate's refusal, when the actor is not of these or the software may count none; [`AppError::Absent`] when there is no such
/// programme; [`AppError::Value`] of a day that ends no month that is over.
pub fn figures(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, until): (&Code, Date),
    lang: Lang,
) -> Result<Vec<FigureOf>, AppError> {
    if until != until.last_of_month() || until >= context.now().date() {
        let why = "figures are counted at the end of a month that is over: give its last day";
        return Err(AppError::Value(why.to_owned()));
    }
    let month = Month::of(until);
    let running = admitted(context, workplace, (programme, month))?;
    let kept = published(context, workplace, (programme, month))?.pop().map(|(_, _, kept)| kept.figures);
    let kept = kept.unwrap_or_default();
    let figure = |indicator: &Indicator| {
        let shown = kept.iter().find(|one| one.indicator == indicator.id);
        let below = |value: u32| indicator.least?.checked_sub(value).filter(|below| *below > 0);
        FigureOf {
            indicator: indicator.id.clone(),
            text: words::said(&indicator.text, lang),
            value: shown.map(|one| one.value),
            of: shown.and_then(|one| one.of),
            least: indicator.least,
            below: shown.and_then(|one| below(one.value)),
            unit: match indicator.of {
                Measure::Share | Measure::EntriesInTime => "per cent",
                Measure::DaysToEntry => "days",
                _ => "people",
            },
            source: indicator.source.clone(),
        }
    };
    Ok(running.indicators.iter().map(figure).collect())
}

/// The criteria that these people meet by what registers tell, read under the clauses for `count`.
pub(super) fn criteria(
    context: &Context<'_>,
    workplace: &Workplace,
    paths: &BTreeMap<PersonId, Held>,
) -> Result<BTreeMap<PersonId, Facts>, AppError> {
    let count = UsePlan::compile(context.gate(workplace)?, UseKind::Count, context.territory, context.now())?;
    let mut standings = access::standings(context, workplace)?;
    let people: Vec<PersonId> = paths.keys().copied().collect();
    let held = workplace.store.read(context.territory, |snapshot| snapshot.shown_of(&people))?;
    let mut facts = BTreeMap::new();
    for (person, one) in &held {
        take_in(&mut standings, *person, one, true);
        let standing = standings.of(liant_guard::Subject::Person(*person));
        let mut look = workplace.criteria.look(context.now().date());
        let stays = |identity| one.identities.iter().any(|known| known.identity == identity && !known.left);
        let current = one.facts.iter().filter(|fact| stays(fact.identity)).map(|fact| &fact.facts);
        for sealed in current.chain(one.orientations.iter().map(|row| &row.facts)) {
            count.read(sealed, |reading| look.take(sealed.source(), &|field| reading.get(field)));
        }
        facts.insert(*person, look.facts(&[], &|people| standing.is_in(people)));
    }
    Ok(facts)
}
