//! What a person's file finds in her records: contradictions, and what presses. Pure.

use liant_identity::fold_name;
use liant_model::{Date, Field};

use super::file::{Alert, Conflict, Decision, Record, Said};

/// What sources may contradict each other about.
const COMPARED: [Field; 6] = [
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::ResidenceCommune,
    Field::CafIdentifier,
];

/// Where the sources that hold her now contradict each other.
pub(super) fn conflicts(records: &[Record]) -> Vec<Conflict> {
    let of_field = |field: Field| {
        let values: Vec<(usize, &Said)> = records
            .iter()
            .enumerate()
            .filter(|(_, record)| record.in_stock)
            .filter_map(|(place, record)| Some((place, record.get(field)?)))
            .collect();
        let first = fold_name(&values.first()?.1.raw);
        let differ = values.iter().any(|(_, said)| fold_name(&said.raw) != first);
        let values = values.into_iter().map(|(place, said)| (place, said.words.clone())).collect();
        differ.then_some(Conflict { field, values })
    };
    COMPARED.into_iter().filter_map(of_field).collect()
}

/// What must be known first.
pub(super) fn alerts(
    records: &[Record],
    decisions: &[Decision],
    sees_decisions: bool,
    in_course: bool,
) -> Vec<Alert> {
    let here = || records.iter().filter(|record| record.in_stock);
    let day = |field: Field| here().find_map(|record| record.get(field)?.raw.parse::<Date>().ok());
    let in_force: Vec<&Decision> = decisions.iter().filter(|decision| decision.in_force).collect();
    let mut found = Vec::new();
    match in_force.as_slice() {
        [] if in_course && sees_decisions => found.push(Alert::ToOrient),
        [decision, ..] if decision.get(Field::ReferentName).is_none() => found.push(Alert::NoReferent),
        _ => {}
    }
    if in_force.len() > 1 {
        found.push(Alert::TwoDecisions);
    }
    found.extend(day(Field::RightEnded).map(Alert::RightEnded));
    let suspended = day(Field::RightSuspendedOn).or_else(|| day(Field::PaymentSuspendedOn));
    found.extend(suspended.map(Alert::Suspended));
    found.extend(day(Field::RadiationDate).map(Alert::StruckOff));
    found.extend(day(Field::CessationDate).map(Alert::Ceased));
    found
}

#[cfg(test)]
mod tests {
    use liant_model::{IdentityId, Instant, OrientationId, Source};

    use super::*;
    use crate::person::Evidence;

    fn record(source: Source, in_stock: bool, values: &[(Field, &str)]) -> Record {
        let said =
            |(field, raw): &(Field, &str)| Said { field: *field, raw: (*raw).into(), words: (*raw).into() };
        Record {
            identity: IdentityId::new(Instant::from_micros(0), [0; 10]),
            source,
            said_on: None,
            left_on: None,
            in_stock,
            evidence: Evidence {
                decision: "new".into(),
                score: None,
                reason: String::new(),
                since: Instant::from_micros(0),
            },
            values: values.iter().map(said).collect(),
        }
    }

    fn decision(in_force: bool, values: &[(Field, &str)]) -> Decision {
        Decision {
            orientation: OrientationId::new(Instant::from_micros(0), [0; 10]),
            from: Date::constant(2026, 1, 1),
            to: None,
            in_force,
            recorded_at: Instant::from_micros(0),
            values: record(Source::DEPARTEMENT, true, values).values,
        }
    }

    #[test]
    fn only_present_sources_contradict_each_other_and_not_by_an_accent() {
        let named = |source, in_stock, name| record(source, in_stock, &[(Field::FirstName, name)]);
        let conflict = |other, in_stock| {
            let two = [named(Source::CNAF, true, "Zoé"), named(Source::FRANCE_TRAVAIL, in_stock, other)];
            conflicts(&two).len()
        };
        assert_eq!([conflict("ZOE", true), conflict("Zita", true), conflict("Zita", false)], [0, 1, 0]);
    }

    #[test]
    fn alerts_say_what_presses() {
        let rights = |values: &[(Field, &str)]| vec![record(Source::CNAF, true, values)];
        let oriented = decision(true, &[(Field::OrientationNature, "01"), (Field::ReferentName, "N")]);
        let bare = decision(true, &[(Field::OrientationNature, "01")]);
        let past = decision(false, &[(Field::OrientationNature, "01")]);
        let day = Date::constant(2026, 3, 1);
        for (records, decisions, sees, in_course, expected) in [
            (rights(&[]), vec![], true, true, vec![Alert::ToOrient]),
            (rights(&[]), vec![past], true, true, vec![Alert::ToOrient]),
            (rights(&[]), vec![], false, true, vec![]),
            (rights(&[]), vec![], true, false, vec![]),
            (rights(&[]), vec![bare.clone()], true, true, vec![Alert::NoReferent]),
            (rights(&[]), vec![oriented.clone(), bare], true, true, vec![Alert::TwoDecisions]),
            (
                rights(&[(Field::RightSuspendedOn, "2026-03-01")]),
                vec![oriented.clone()],
                true,
                true,
                vec![Alert::Suspended(day)],
            ),
            (
                rights(&[(Field::RightEnded, "2026-03-01")]),
                vec![oriented],
                true,
                false,
                vec![Alert::RightEnded(day)],
            ),
        ] {
            assert_eq!(alerts(&records, &decisions, sees, in_course), expected);
        }
    }
}
