//! Requests about rights: recorded with their clock, answered once, seen by those who answer alone.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_app::AppError;
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_model::{Field, Source};
use liant_store::StoreError;

use crate::world::{ANNE, EMMA, NOW, World, every_engine, later};

fn wrong_name() -> NewRequest {
    NewRequest {
        right: Right::Rectification,
        about: Some((Source::DEPARTEMENT, Field::BirthName)),
        statement: Some("ABEILLE, as on my card".to_owned()),
    }
}

fn queue(world: &World, open: bool) -> Vec<rights::Request> {
    world.act(world.dpo, |context| rights::queue(context, &world.workplace, open, 50).unwrap())
}

#[test]
fn a_request_is_recorded_with_its_clock_and_answered_once() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = world.people[ANNE];
        let record = |who, new: NewRequest, received| {
            world.act(who, |context| rights::record(context, &world.workplace, anne, &new, received))
        };
        let objection = NewRequest { right: Right::Opposition, about: None, statement: None };
        let late = record(world.dpo, wrong_name(), NOW).unwrap();
        // A letter of ten days ago is owed an answer ten days earlier.
        let soon = record(world.dpo, objection, later(-10, 0)).unwrap();

        let open = queue(&world, true);
        assert_eq!(open.iter().map(|one| one.request).collect::<Vec<_>>(), [soon, late], "{engine}");
        let days: Vec<_> = open.iter().map(|one| one.due_on.to_string()).collect();
        assert_eq!(days, ["2026-11-23", "2026-12-02"], "{engine}");
        assert!(
            open.iter().all(|one| one.owed_by == "departement-62" && one.person == Some(anne)),
            "{engine}"
        );
        assert!(open[0].due_clause.contains(" v1, "), "{engine}: {}", open[0].due_clause);
        assert_eq!(open[1].statement.as_deref(), Some("ABEILLE, as on my card"), "{engine}");
        assert_eq!(open[1].about, Some((Source::DEPARTEMENT, Field::BirthName)), "{engine}");

        let advance = |request, version, state| {
            world
                .act(world.dpo, |context| rights::advance(context, &world.workplace, request, version, state))
        };
        advance(soon, 1, RequestState::UnderWay).unwrap();
        let stale = advance(soon, 1, RequestState::Answered);
        assert!(matches!(stale, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}");
        advance(soon, 2, RequestState::Answered).unwrap();
        let again = advance(soon, 3, RequestState::UnderWay);
        assert!(again.is_err(), "{engine}: an answer stands");
        assert_eq!(queue(&world, true).len(), 1, "{engine}");
        let done = queue(&world, false);
        assert_eq!((done.len(), done[0].state), (1, RequestState::Answered), "{engine}");
        assert_eq!(done[0].changed_by, world.dpo.account.to_string(), "{engine}");

        let of = |person| {
            world
                .act(world.dpo, |context| rights::of_person(context, &world.workplace, person).unwrap().len())
        };
        assert_eq!((of(anne), of(world.people[EMMA])), (2, 0), "{engine}");
    }
}

#[test]
fn what_she_writes_is_sealed_and_shown_to_those_who_answer() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = world.people[ANNE];
        let record = |who, new: NewRequest| {
            world.act(who, |context| rights::record(context, &world.workplace, anne, &new, NOW))
        };
        let request = record(world.dpo, wrong_name()).unwrap();
        for row in world.test.rows("62", "SELECT * FROM rights_request") {
            assert!(!row.contains("ABEILLE"), "{engine}");
        }
        let long = NewRequest { statement: Some("a".repeat(rights::LONGEST + 1)), ..wrong_name() };
        assert!(matches!(record(world.dpo, long), Err(AppError::Value(_))), "{engine}");
        world.follow(&[ANNE]);
        for (case, who) in [("officer", world.officer), ("head", world.head), ("referent", world.claire)] {
            assert!(record(who, wrong_name()).is_err(), "{engine}: {case}");
            let refused = world.act(who, |context| {
                (
                    rights::queue(context, &world.workplace, true, 50).is_err(),
                    rights::one(context, &world.workplace, request).is_err(),
                    rights::of_person(context, &world.workplace, anne).is_err(),
                    rights::advance(context, &world.workplace, request, 1, RequestState::Answered).is_err(),
                )
            });
            assert_eq!(refused, (true, true, true, true), "{engine}: {case}");
        }
        let read = world.act(world.dpo, |context| rights::one(context, &world.workplace, request).unwrap());
        assert_eq!(read.statement.as_deref(), Some("ABEILLE, as on my card"), "{engine}");
        let acts = world.audited();
        assert_eq!(acts.iter().filter(|(act, _)| act == "rights").count(), 2, "{engine}");
        assert!(acts.iter().all(|(_, subject)| !subject.contains("ABEILLE")), "{engine}");
    }
}
