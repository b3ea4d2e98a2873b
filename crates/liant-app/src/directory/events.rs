//! What happened to people by a batch, told from the versions before it and after it.

use liant_convention::UseKind;
use liant_guard::{Happening, UsePlan};
use liant_model::{Field, Instant, Territory};
use liant_store::directory::{BatchChanges, EventRow};

use crate::{AppError, Workplace};

/// A date of a registration whose change is an event.
const DATES: [(Field, Happening); 3] = [
    (Field::RegistrationStart, Happening::Registered),
    (Field::CessationDate, Happening::Ceased),
    (Field::RadiationDate, Happening::Radiated),
];

/// Source identities that are looked at in one snapshot.
const AT_ONCE: usize = 2_000;

/// The events of a batch. The first batch of a source brings none: that everyone is new in it is no news. Of who enters
/// a stock, her entering is the event, and not each date that comes with her.
pub(super) fn of(
    workplace: &Workplace,
    (territory, now): (Territory, Instant),
    changes: &BatchChanges,
) -> Result<Vec<EventRow>, AppError> {
    if changes.is_first {
        return Ok(Vec::new());
    }
    let mut events: Vec<EventRow> = changes
        .spells
        .iter()
        .map(|(identity, kind)| EventRow {
            identity: *identity,
            kind: *kind,
            happened_on: changes.reference_date.clone(),
        })
        .collect();
    // Without a clause for it, what a file changed is not looked at.
    let Ok(update) = UsePlan::compile(&*workplace.gate(territory)?, UseKind::Update, territory, now) else {
        return Ok(events);
    };
    for part in changes.changed.chunks(AT_ONCE) {
        workplace.store.read(territory, |snapshot| {
            snapshot.registration_changes(changes.batch, part, |change| {
                let Some(before) = &change.before else { return Ok(()) };
                let dates = |facts| update.read(facts, |reading| DATES.map(|(field, _)| reading.get(field)));
                let (before, after) = (dates(before), dates(&change.after));
                let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
                for ((_, kind), (before, after)) in DATES.into_iter().zip(before.into_iter().zip(after)) {
                    if let Some(happened_on) = after.filter(|after| before.as_ref() != Some(after)) {
                        events.push(EventRow { identity: change.identity, kind, happened_on });
                    }
                }
                Ok(())
            })
        })?;
    }
    Ok(events)
}
