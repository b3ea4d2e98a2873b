//! The people of a list as a file for a spreadsheet (*extraction*): what a clause lets out by the channel `export`, and no more.
//!
//! A file leaves the screen where each look is on record: its record, with everyone in it, is written before any of it is opened.

use std::collections::BTreeMap;

use liant_audit::Act;
use liant_convention::{Channel, Reach};
use liant_guard::{BulkSession, Filter, Order, Plan, Subject, Test};
use liant_model::{Date, Field, FieldSet, FieldType, Lang, PersonId, Source};
use liant_store::directory::{Count, HeldPerson};

use super::lists;
use super::seat::{Seat, Seated};
use crate::spreadsheet::{self, Cell, Table};
use crate::{AppError, Context, Workplace, access};

/// What a file may hold of each person, in the order of its columns.
const COLUMNS: [Field; 21] = [
    Field::OwnReference,
    Field::CafIdentifier,
    Field::FtIdentifier,
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::ResidenceCommune,
    Field::TownName,
    Field::RsaState,
    Field::BenefitSince,
    Field::OrientationNature,
    Field::OrientationDecided,
    Field::OrientationOrganisation,
    Field::OrientationService,
    Field::ReferentName,
    Field::ReferentFirstName,
    Field::RegistrationStart,
    Field::RegistrationCategory,
    Field::CessationDate,
    Field::RadiationDate,
];

/// The columns that come from one record together: names of one source are not mixed with those of another.
const NAMING: [Field; 4] = [Field::BirthName, Field::MarriedName, Field::FirstName, Field::BirthDate];

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CSV in UTF-8 with its mark, columns apart by `;`.
    Csv,
    /// A workbook (Office Open XML).
    Xlsx,
}

impl Format {
    /// The end of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportColumn {
    /// The datum.
    pub field: Field,
    /// The sources that may give it.
    pub sources: Vec<Source>,
}

/// What a file would be.
#[derive(Clone, Debug)]
pub struct ExportOffer {
    /// How many people pass the tests that a file may rest on.
    pub count: Count,
    /// Most people whom a file may hold.
    pub most: u64,
    /// Its columns.
    pub columns: Vec<ExportColumn>,
    /// The clauses that let it out.
    pub clauses: Vec<String>,
    /// Tests that no clause lets a file rest on: with one of them there is no file.
    pub refused: Vec<Test>,
    /// How far the actor looks.
    pub reach: Reach,
}

/// A file that is asked for.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// Where the actor sits.
    pub seat: Seat,
    /// What is asked of those in it.
    pub tests: Vec<Test>,
    /// In which order.
    pub order: Order,
    /// Which kind of file.
    pub format: Format,
    /// The filters as an address writes them, for the record: no name.
    pub filters: String,
    /// Names of the file's sheets: the people, and where it comes from.
    pub sheets: [String; 2],
    /// What the file says of itself: a name and a text a line.
    pub about: Vec<(String, String)>,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many people it holds.
    pub people: u64,
}

/// Whether a clause lets the actor take people out in a file. Asks, and leaves no trace.
pub fn may_export(context: &Context<'_>, workplace: &Workplace, seat: &Seat) -> bool {
    seat.may(context, workplace, Channel::Export)
}

/// What a file of those who pass these tests would be. Shows nobody.
///
/// # Errors
/// When the gate refuses.
pub fn offer(
    context: &Context<'_>,
    workplace: &Workplace,
    seat: &Seat,
    tests: &[Test],
) -> Result<ExportOffer, AppError> {
    let Seated { plan, listing } = seat.take_for(context, workplace, Channel::Export)?;
    let mut refused = Vec::new();
    let mut filters: Vec<Filter> = Vec::new();
    for test in tests {
        match plan.filter(test.clone()) {
            Some(filter) => filters.push(filter),
            None => refused.push(test.clone()),
        }
    }
    let count = workplace.store.read(context.territory, |snapshot| snapshot.count(&listing, &filters))?;
    let plan = plan.narrowed(COLUMNS.into_iter().collect::<FieldSet>());
    Ok(ExportOffer {
        count,
        most: u64::from(workplace.most_exported),
        columns: columns(&plan, &COLUMNS),
        clauses: plan.clauses().map(ToString::to_string).collect(),
        refused,
        reach: listing.scope().reach(),
    })
}

/// The columns that some source may fill, of those wanted.
pub(crate) fn columns(plan: &Plan, wanted: &[Field]) -> Vec<ExportColumn> {
    let mut sources: Vec<&Source> = plan.sources().collect();
    sources.sort_by_key(|source| lists::rank(source.as_str()));
    let of = |field: Field| ExportColumn {
        field,
        sources: sources.iter().copied().filter(|source| plan.may_let_out(source, field)).cloned().collect(),
    };
    wanted.iter().copied().map(of).filter(|column| !column.sources.is_empty()).collect()
}

/// Takes those who pass the tests out in a file. Its record names everyone in it and is written first.
///
/// # Errors
/// When the gate refuses; [`AppError::Absent`] for a filter or an order that no clause lets a file rest on; [`AppError::Value`]
/// when there are more people than a file may hold.
pub fn export(
    context: &Context<'_>,
    workplace: &Workplace,
    request: &ExportRequest,
    lang: Lang,
) -> Result<Exported, AppError> {
    let Seated { plan, listing } = request.seat.take_for(context, workplace, Channel::Export)?;
    let filters = lists::filters(&plan, &request.tests)?;
    let sorting = plan.sorting(request.order).ok_or(AppError::Absent("order"))?;
    let most = workplace.most_exported as usize;
    let (people, held, protected) = workplace.store.read(context.territory, |snapshot| {
        let people = snapshot.list(&listing, &filters, &sorting, None, most + 1)?.people;
        let held = if people.len() > most { BTreeMap::new() } else { snapshot.held_of(&people)? };
        Ok((people, held, snapshot.protected()?))
    })?;
    if people.len() > most {
        return Err(AppError::Value(format!("a file holds at most {most} people: narrow the list")));
    }
    let plan = plan.narrowed(COLUMNS.into_iter().collect::<FieldSet>());
    let mut standings = access::standings(context, workplace)?;
    for (person, held) in &held {
        // All of them are within the scope of the list, whose reach the plan was asked for.
        standings.place(Subject::Person(*person), plan.reach());
        standings.say_address(Subject::Person(*person), protected.contains(person));
        for one in &held.identities {
            standings.hold(Subject::Person(*person), &one.source, one.identity, !one.left);
        }
        for fact in &held.facts {
            standings.read(fact.identity, &fact.facts);
        }
    }
    let subjects: Vec<_> = people.iter().map(|person| standings.of(Subject::Person(*person))).collect();
    let what = format!("people list, {} ({})", request.format.extension(), request.filters);
    let session =
        plan.begin_file(subjects, |record| access::write(context, workplace, record, Act::Export, &what))?;
    let columns = columns(&plan, &COLUMNS);
    let rows: Vec<Vec<Cell>> = people
        .iter()
        .filter_map(|person| row(workplace, &session, (*person, held.get(person)?), &columns, lang))
        .collect();
    let count = rows.len() as u64;
    let [name, about_name] = request.sheets.clone();
    let heads = columns.iter().map(|column| head(column, lang)).collect();
    let table = Table { name, heads, rows, about_name, about: request.about.clone() };
    let fault = |error: String| AppError::Internal(format!("the file cannot be made: {error}"));
    let bytes = match request.format {
        Format::Csv => spreadsheet::csv(&table).map_err(|error| fault(error.to_string()))?,
        Format::Xlsx => spreadsheet::xlsx(&table).map_err(|error| fault(error.to_string()))?,
    };
    Ok(Exported { bytes, people: count })
}

/// The head of a column: the datum, and its source when it has but one.
pub(crate) fn head(column: &ExportColumn, lang: Lang) -> String {
    let label = column.field.label(lang);
    match column.sources.as_slice() {
        [only] => {
            let name = match only {
                source if *source == Source::FRANCE_TRAVAIL => "France Travail",
                source if *source == Source::CNAF => "CAF",
                _ => "Département",
            };
            format!("{label} ({name})")
        }
        _ => label.to_owned(),
    }
}

/// One row; none when nothing of her comes out.
pub(crate) fn row(
    workplace: &Workplace,
    session: &BulkSession<'_>,
    (_, held): (PersonId, &HeldPerson),
    columns: &[ExportColumn],
    lang: Lang,
) -> Option<Vec<Cell>> {
    let left = |identity| held.identities.iter().any(|one| one.identity == identity && one.left);
    // Of one source, what its stock holds speaks before what it held.
    let facts = held.facts.iter().map(|fact| (left(fact.identity), &fact.facts));
    let decisions = held.orientations.iter().map(|row| (false, &row.facts));
    let mut views: Vec<_> = facts
        .chain(decisions)
        .filter_map(|(left, facts)| {
            Some((left, lists::rank(facts.source().as_str()), session.open(facts).ok()?))
        })
        .collect();
    views.sort_by_key(|(left, rank, _)| (*left, *rank));
    let naming = views.iter().position(|(.., view)| view.get(Field::BirthName).is_some());
    let value = |field: Field| {
        if NAMING.contains(&field) {
            return views.get(naming?)?.2.get(field).map(str::to_owned);
        }
        views.iter().find_map(|(.., view)| view.get(field)).map(str::to_owned)
    };
    let cells: Vec<Cell> = columns
        .iter()
        .map(|column| match value(column.field).filter(|value| !value.is_empty()) {
            None => Cell::Empty,
            Some(value) => match (column.field.field_type(), value.parse::<Date>()) {
                (FieldType::Date, Ok(day)) => Cell::Day(day),
                _ => Cell::Text(workplace.in_words(column.field, &value, lang)),
            },
        })
        .collect();
    cells.iter().any(|cell| *cell != Cell::Empty).then_some(cells)
}
