//! The processors of the actor's party (*sous-traitants*), and the lists that its conventions have it give: of its processors, of the
//! countries, of those who have access. Bodies and firms, nobody's data; each change is on record.

use liant_audit::Act;
pub use liant_casework::OwedList;
use liant_casework::owed_lists;
pub use liant_convention::ListKind;
use liant_model::{ActId, Date};
use liant_store::{Change, ChangeSet, GivenListRow, ProcessorChange, ProcessorRow};

use crate::context::{Audited, audit};
use crate::conventions::binding;
use crate::{AppError, Context, Workplace, access, trail};

/// The longest name or service, in characters.
pub const LONGEST: usize = 120;

/// A processor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Processor {
    /// Which.
    pub processor: ActId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub service: String,
    /// The country from which it does so, as ISO 3166 codes it.
    pub country: String,
    /// From when on.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
    /// The conventions in force that do not allow that country.
    pub against: Vec<String>,
}

/// A processor to be recorded.
#[derive(Clone, Debug)]
pub struct NewProcessor {
    /// Its name.
    pub name: String,
    /// What it does.
    pub service: String,
    /// The country, by its two letters.
    pub country: String,
    /// From when on.
    pub from: Date,
}

/// The processors of the actor's party, and the lists that it owes.
///
/// # Errors
/// When no clause has the actor act for the rights of people.
pub fn list(
    context: &Context<'_>,
    workplace: &Workplace,
) -> Result<(Vec<Processor>, Vec<OwedList>), AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let (rows, given) = workplace.store.read(context.territory, |snapshot| {
        Ok((snapshot.processors(party)?, snapshot.given_lists(party)?))
    })?;
    let files = binding(context, workplace, context.now())?;
    let against = |country: &str| {
        let refuses = |area: &String| !liant_casework::allows(area, country);
        let files = files.iter().filter(|file| file.hosting.as_ref().is_some_and(refuses));
        files.map(|file| file.id.to_string()).collect()
    };
    let processors = rows.into_iter().map(|row| Processor {
        against: if row.until.is_none() { against(&row.country) } else { Vec::new() },
        processor: row.processor,
        name: row.name,
        service: row.service,
        country: row.country,
        from: row.from,
        until: row.until,
    });
    let given: Vec<(String, ListKind, Date)> =
        given.into_iter().map(|row| (row.convention, row.of, row.on)).collect();
    Ok((processors.collect(), owed_lists(&files, &context.actor.party, &given)))
}

/// Records a processor.
///
/// # Errors
/// [`AppError::Value`], which begins with the name of the field, for an empty or too long text, or what is no country's code.
pub fn add(context: &Context<'_>, workplace: &Workplace, new: &NewProcessor) -> Result<(), AppError> {
    trail::watch(context, workplace)?;
    let text = |field: &str, typed: &str| {
        let text = typed.trim().to_owned();
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(AppError::Value(format!("{field}: give 1 to {LONGEST} characters")));
        }
        Ok(text)
    };
    let country = new.country.trim().to_uppercase();
    if country.len() != 2 || !country.chars().all(|letter| letter.is_ascii_uppercase()) {
        return Err(AppError::Value("country: give the two letters of ISO 3166".to_owned()));
    }
    let act = context.act_id()?;
    let row = ProcessorRow {
        processor: act,
        party: context.actor.party.as_str().to_owned(),
        name: text("name", &new.name)?,
        service: text("service", &new.service)?,
        country,
        from: new.from,
        until: None,
        recorded_by: context.actor.name.clone(),
        recorded_at: context.now(),
    };
    let subject = format!("processor {act} recorded ({})", row.country);
    write(context, workplace, (act, subject), ProcessorChange::Add(row))
}

/// Records that the party has no longer recourse to a processor, from tomorrow on.
///
/// # Errors
/// [`AppError::Absent`] when it has no such processor; a conflict when that was recorded meanwhile.
pub fn end(context: &Context<'_>, workplace: &Workplace, processor: ActId) -> Result<(), AppError> {
    trail::watch(context, workplace)?;
    let party = context.actor.party.as_str();
    let rows = workplace.store.read(context.territory, |snapshot| snapshot.processors(party))?;
    rows.iter().find(|row| row.processor == processor).ok_or(AppError::Absent("processor"))?;
    let subject = format!("processor {processor} ended");
    let change = ProcessorChange::End { processor, on: context.now().date() };
    write(context, workplace, (context.act_id()?, subject), change)
}

/// Records that a list was given to the partners of a convention today.
///
/// # Errors
/// [`AppError::Absent`] when the party owes no such list.
pub fn gave(
    context: &Context<'_>,
    workplace: &Workplace,
    convention: &str,
    of: ListKind,
) -> Result<(), AppError> {
    let (_, owed) = list(context, workplace)?;
    owed.iter().find(|one| one.convention == convention && one.of == of).ok_or(AppError::Absent("list"))?;
    let act = context.act_id()?;
    let row = GivenListRow {
        act,
        party: context.actor.party.as_str().to_owned(),
        convention: convention.to_owned(),
        of,
        on: context.now().date(),
        recorded_by: context.actor.name.clone(),
        recorded_at: context.now(),
    };
    let subject = format!("{convention}: list of {of} given");
    write(context, workplace, (act, subject), ProcessorChange::Gave(row))
}

fn write(
    context: &Context<'_>,
    workplace: &Workplace,
    (act, subject): (ActId, String),
    change: ProcessorChange,
) -> Result<(), AppError> {
    workplace.store.ensure_territory(context.territory)?;
    let entry = audit(context, act, Act::Convention, Audited { subject, ..Audited::default() })?;
    let set = ChangeSet::new(context.territory, context.now(), entry).with(Change::Processor(change));
    workplace.store.apply(&set)?;
    access::sequence(context, workplace);
    Ok(())
}
