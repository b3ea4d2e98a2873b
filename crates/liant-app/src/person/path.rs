//! The path of a person (*parcours*): what each source said at each file, put in the order of the days it speaks of.

use std::collections::BTreeMap;

use liant_model::{BatchNo, Date, Field, FieldType, Source};
use liant_store::Spell;

use super::file::{Decision, Said, Version, Words};

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// The day.
    pub day: Date,
    /// What.
    pub what: Happened,
    /// Which source says so.
    pub source: Source,
    /// The date of the file that said it first.
    pub told_on: Option<Date>,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Happened {
    /// She is in the source's stock.
    Entered,
    /// She is not any more.
    Left,
    /// The source dates it: registration, ceasing, last contact… with its reason, in words.
    Dated {
        /// The datum that holds the day.
        field: Field,
        /// The reason or the kind, in words.
        reason: Option<String>,
    },
    /// The source says something else than before.
    Changed(Vec<Changed>),
    /// The Département decided where to orient her.
    Oriented {
        /// Nature, organisation, referent.
        values: Vec<Said>,
        /// Whether it is in force.
        in_force: bool,
    },
}

/// One datum that changed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The datum.
    pub field: Field,
    /// What was said before.
    pub before: Option<String>,
    /// What is said now.
    pub after: Option<String>,
}

/// Data that are days of her path, each with the datum that says why.
const DATED: [(Field, Option<Field>); 12] = [
    (Field::RegistrationStart, None),
    (Field::CessationDate, Some(Field::CessationReason)),
    (Field::RadiationDate, Some(Field::RadiationReason)),
    (Field::PlanSigned, None),
    (Field::PlanNotified, None),
    (Field::LastContact, None),
    (Field::RsaRequested, Some(Field::RsaRequestOrigin)),
    (Field::BenefitSince, None),
    (Field::RightSuspendedOn, Some(Field::RightSuspensionReason)),
    (Field::PaymentSuspendedOn, Some(Field::PaymentSuspensionReason)),
    (Field::RightEnded, Some(Field::RightEndReason)),
    (Field::FamilySituationSince, Some(Field::FamilySituation)),
];

/// Whether a change of this datum is told by itself: not what a dated event tells, nor a label, nor an address of an
/// office.
fn is_told(field: Field) -> bool {
    let of_office =
        field.code().starts_with("follow_up.structure.") || field.code().starts_with("follow_up.delegate.");
    let office_name = matches!(field, Field::StructureName | Field::DelegateName);
    let dated = DATED.iter().any(|(day, reason)| *day == field || *reason == Some(field));
    !dated && !matches!(field.field_type(), FieldType::Label(_)) && (!of_office || office_name)
}

/// What one source's record tells of her path.
pub(super) fn of_record(
    words: &Words<'_>,
    source: &Source,
    spells: &[Spell],
    versions: &[Version],
    days: &BTreeMap<BatchNo, Date>,
) -> Vec<Event> {
    let event = |day: Date, what, told_on| Event { day, what, source: source.clone(), told_on };
    let mut events = Vec::new();
    for spell in spells {
        events.extend(days.get(&spell.from).map(|day| event(*day, Happened::Entered, None)));
        let left = spell.to.and_then(|batch| days.get(&batch));
        events.extend(left.map(|day| event(*day, Happened::Left, None)));
    }
    let first = versions.iter().map(|version| version.batch).min();
    let mut last: BTreeMap<u8, &Version> = BTreeMap::new();
    let mut changed: BTreeMap<BatchNo, Vec<Changed>> = BTreeMap::new();
    for version in versions {
        let before = last.insert(version.block as u8, version);
        for (field, reason) in DATED {
            let Some(raw) = version.view.get(field) else { continue };
            let known = before.and_then(|before| before.view.get(field)) == Some(raw);
            let Ok(day) = raw.parse::<Date>() else { continue };
            let told_on = days.get(&version.batch).copied();
            if !known {
                let why = reason.and_then(|reason| {
                    version.view.get(reason).map(|raw| words.of(&version.view, reason, raw))
                });
                events.push(event(day, Happened::Dated { field, reason: why }, told_on));
            }
        }
        // What the first file of a record says is no change.
        if Some(version.batch) != first {
            changed.entry(version.batch).or_default().extend(changes(words, before, version));
        }
    }
    for (batch, changes) in changed.into_iter().filter(|(_, changes)| !changes.is_empty()) {
        events.extend(days.get(&batch).map(|day| event(*day, Happened::Changed(changes), None)));
    }
    events
}

fn changes(words: &Words<'_>, before: Option<&Version>, after: &Version) -> Vec<Changed> {
    let value = |version: &Version, field| {
        version.view.get(field).map(|raw| (raw.to_owned(), words.of(&version.view, field, raw)))
    };
    Field::all()
        .filter(|field| field.block() == after.block && is_told(*field))
        .filter_map(|field| {
            let old = before.and_then(|before| value(before, field));
            let new = value(after, field);
            let raw = |said: &Option<(String, String)>| said.as_ref().map(|(raw, _)| raw.clone());
            (raw(&old) != raw(&new)).then(|| Changed {
                field,
                before: old.map(|(_, words)| words),
                after: new.map(|(_, words)| words),
            })
        })
        .collect()
}

/// What the decisions tell of her path.
pub(super) fn of_decisions(decisions: &[Decision]) -> Vec<Event> {
    decisions
        .iter()
        .map(|decision| Event {
            day: decision.from,
            what: Happened::Oriented { values: decision.values.clone(), in_force: decision.in_force },
            source: Source::DEPARTEMENT,
            told_on: None,
        })
        .collect()
}
