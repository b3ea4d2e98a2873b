//! A request that several parties answer: who has part is computed, a partner sees what is asked and nobody's name, each answers once.

use liant_app::rights::shared::{self, Asked, Case, PartStep};
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_app::{AppError, Context, cgpem, person};
use liant_model::{Field, FixedClock, Instant, Lang, PersonId, Purpose, RightsRequestId, Source};
use liant_store::StoreError;

use crate::world::{NOW, Place, act, actor, dpo, every_engine, minutes, officer, territory};

/// Does something as the officer for data protection of another party.
fn partner<T>(party: &str, at: Instant, work: impl FnOnce(&Context<'_>) -> T) -> T {
    let actor = actor(party, "dpo");
    let purpose = Purpose::parse("person-rights").unwrap();
    work(&Context::new(&actor, purpose, territory(), &FixedClock(at)).unwrap())
}

/// Someone whose family name France Travail says.
fn someone(place: &Place) -> PersonId {
    let is_known = |person: &PersonId| {
        let shown = officer(|context| person::show(context, &place.served, *person, Lang::En));
        shown.unwrap_or_default().iter().any(|origin| origin.source == Source::FRANCE_TRAVAIL.as_str())
    };
    place.everyone(NOW).into_iter().find(is_known).unwrap()
}

fn record(place: &Place, person: PersonId, about: Option<(Source, Field)>) -> RightsRequestId {
    let new = NewRequest { right: Right::Rectification, about, statement: Some("ABEILLE".to_owned()) };
    dpo(|context| rights::record(context, &place.served, person, &new, NOW)).unwrap()
}

fn case(place: &Place, request: RightsRequestId) -> Case {
    dpo(|context| shared::case(context, &place.served, request)).unwrap()
}

fn parts(case: &Case) -> Vec<(&str, bool, bool)> {
    case.parts.iter().map(|part| (part.party.as_str(), part.gave, part.received)).collect()
}

fn asked(place: &Place, party: &str, open: bool) -> Vec<Asked> {
    partner(party, minutes(5), |context| shared::queues(context, &place.other, open, 50)).unwrap().1
}

#[test]
fn a_partner_is_told_sees_nobody_and_answers_once() {
    for place in every_engine() {
        let engine = place.engine();
        let person = someone(&place);
        let request = record(&place, person, Some((Source::FRANCE_TRAVAIL, Field::BirthName)));
        let before = case(&place, request);
        assert_eq!(parts(&before), [("france-travail", true, false)], "{engine}");
        assert!(before.parts.iter().all(|part| part.is_owed(Right::Rectification)), "{engine}");
        assert!(asked(&place, "france-travail", true).is_empty(), "{engine}: not told yet");

        let note = |party: &str, step, seen| {
            dpo(|context| shared::record(context, &place.served, request, (party, step, seen)))
        };
        assert!(
            matches!(note("caf-62", PartStep::Told, 0), Err(AppError::Absent(_))),
            "{engine}: no part in it"
        );
        assert!(
            matches!(note("france-travail", PartStep::Done, 0), Err(AppError::State(_))),
            "{engine}: not told"
        );
        note("france-travail", PartStep::Told, 0).unwrap();
        assert!(
            matches!(note("france-travail", PartStep::Told, 1), Err(AppError::State(_))),
            "{engine}: told"
        );
        let stale = note("france-travail", PartStep::Done, 0);
        assert!(matches!(stale, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}");

        let seen = asked(&place, "france-travail", true);
        assert_eq!(seen.len(), 1, "{engine}");
        let own = before.request;
        assert_eq!(
            (seen[0].due_on, &seen[0].due_clause),
            (own.due_on, &own.due_clause),
            "{engine}: one clock"
        );
        let said = format!("{seen:?}");
        assert!(
            !said.contains(&person.to_string()) && !said.contains("ABEILLE"),
            "{engine}: it names nobody"
        );

        let answer = |party: &str| {
            partner(party, minutes(6), |context| {
                shared::answer(context, &place.other, request, PartStep::Done)
            })
        };
        assert!(matches!(answer("caf-62"), Err(AppError::Absent(_))), "{engine}: a stranger to it");
        answer("france-travail").unwrap();
        assert!(matches!(answer("france-travail"), Err(AppError::State(_))), "{engine}: once");
        assert!(asked(&place, "france-travail", true).is_empty(), "{engine}");
        assert_eq!(asked(&place, "france-travail", false).len(), 1, "{engine}");
        let after = case(&place, request);
        assert_eq!(after.steps.len(), 2, "{engine}");
        assert_eq!(after.parts[0].answer, Some((PartStep::Done, minutes(6))), "{engine}");
        let version = after.request.version;
        dpo(|context| rights::advance(context, &place.served, request, version, RequestState::Answered))
            .unwrap();
    }
}

#[test]
fn whoever_received_a_datum_has_part_in_its_correction() {
    for place in every_engine() {
        let engine = place.engine();
        let output = place.folder.path().join("cgpem.xml");
        let report = act("technician", "file-handling", |context| {
            cgpem::export(context, &place.served, &output, None, Lang::En)
        });
        assert!(report.unwrap().written > 0, "{engine}");
        let in_file = |person: &PersonId| {
            let found = case(&place, record(&place, *person, None));
            parts(&found).iter().any(|(party, _, received)| *party == "france-travail" && *received)
        };
        let everyone: Vec<PersonId> = place.everyone(NOW).into_iter().take(40).collect();
        let found = everyone.iter().filter(|person| in_file(person)).count();
        assert!(found > 0 && found < everyone.len(), "{engine}: {found} of {}", everyone.len());
    }
}
