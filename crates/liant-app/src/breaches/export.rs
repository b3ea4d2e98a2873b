//! The people of a breach as a file: who they are as far as a clause lets that out, and what was shown of each.

use liant_audit::Act;
use liant_casework::breach::Concerned;
use liant_convention::Channel;
use liant_guard::Subject;
use liant_model::{ActId, Field, FieldSet, Lang, PersonId};

use super::find;
use super::gather::{self, SeenAct};
use crate::people::{Exported, columns, head, row, take_in};
use crate::spreadsheet::{self, Cell, Table};
use crate::{AppError, Context, Workplace, access};

/// What tells who someone is and where to write to her (GDPR art. 34).
const COLUMNS: [Field; 9] = [
    Field::OwnReference,
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::AddressLine,
    Field::AddressComplement,
    Field::Postcode,
    Field::TownName,
];

/// The heads of the columns that the breach itself fills: number, data, acts, first, last.
pub type ListHeads = [String; 5];

/// The people of a breach, each on a line, those too of whom no clause lets a name out. The record of the file names everyone in
/// it and is written first.
///
/// # Errors
/// [`AppError::Absent`] when there is no such breach in the file of the actor's party; the gate's refusal.
pub fn export(
    context: &Context<'_>,
    workplace: &Workplace,
    breach: ActId,
    (heads, lang): (&ListHeads, Lang),
) -> Result<Exported, AppError> {
    let found = find(context, workplace, breach)?;
    let gathered = gather::gather(context, workplace, &found.scope)?;
    let plan = access::plan(context, workplace, Channel::Export)?;
    let plan = plan.narrowed(COLUMNS.into_iter().collect::<FieldSet>());
    let people: Vec<PersonId> = gathered.concerned.keys().copied().collect();
    let (held, protected) = workplace
        .store
        .read(context.territory, |snapshot| Ok((snapshot.held_of(&people)?, snapshot.protected()?)))?;
    let mut standings = access::standings(context, workplace)?;
    for (person, held) in &held {
        standings.place(Subject::Person(*person), plan.reach());
        take_in(&mut standings, *person, held, protected.contains(person));
    }
    let subjects: Vec<_> = people.iter().map(|person| standings.of(Subject::Person(*person))).collect();
    let what = format!("people of the breach {breach}, csv");
    let session =
        plan.begin_file(subjects, |record| access::write(context, workplace, record, Act::Export, &what))?;
    let columns = columns(&plan, &COLUMNS);
    let rows = gathered.concerned.iter().map(|(person, one)| {
        let known = held.get(person);
        let known = known.and_then(|held| row(workplace, &session, (*person, held), &columns, lang));
        let mut cells = vec![Cell::Text(person.to_string())];
        cells.extend(known.unwrap_or_else(|| vec![Cell::Empty; columns.len()]));
        cells.extend(shown(&gathered.acts, one, lang));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let [number, data, acts, first, last] = heads.clone();
    let heads = std::iter::once(number)
        .chain(columns.iter().map(|column| head(column, lang)))
        .chain([data, acts, first, last]);
    let table = Table {
        name: String::new(),
        heads: heads.collect(),
        rows,
        about_name: String::new(),
        about: Vec::new(),
    };
    let bytes = spreadsheet::csv(&table).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Exported { bytes, people: gathered.concerned.len() as u64 })
}

/// What was shown of one: the data, how many acts, the first and the last day.
fn shown(acts: &[SeenAct], one: &Concerned, lang: Lang) -> [Cell; 4] {
    let labels: Vec<&str> = one.fields.iter().map(|field| field.label(lang)).collect();
    let day = |place: Option<&u32>| {
        let act = place.and_then(|place| acts.get(*place as usize));
        act.map_or(Cell::Empty, |act| Cell::Day(act.at.date()))
    };
    [
        Cell::Text(labels.join(", ")),
        Cell::Text(one.acts.len().to_string()),
        day(one.acts.first()),
        day(one.acts.last()),
    ]
}
