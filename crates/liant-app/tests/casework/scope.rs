//! Who sees a path: her service and those beside her, and nobody else. Forbidden and absent look the same.

use liant_app::AppError;
use liant_app::casework::{self, Asked, CaseworkStage, Slice, Whose};
use liant_model::{Lang, PersonId};

use crate::world::{ANNE, GLOBAL, Someone, World, code, every_engine, met};

fn absent<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    match result {
        Err(error @ AppError::Absent(_)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_service_sees_nothing() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let stranger = |who: Someone, person: PersonId| {
            world.at(8, who, |context| casework::path(context, &world.workplace, person, Lang::En))
        };
        let nobody = PersonId(liant_model::Uuid::from_u128(7));
        for who in [world.head_south, world.eve, world.zoe] {
            let role = who.role.code();
            let forbidden = absent(stranger(who, world.people[ANNE]));
            assert_eq!(forbidden, absent(stranger(who, nobody)), "{engine}: {role}");
            absent(world.try_act(8, who, ANNE, vec![met("meeting")]));
        }
        for (who, inbox, caseload) in [
            (world.head, 0, 0),
            (world.head_south, 0, 0),
            (world.claire, 0, 1),
            (world.eve, 0, 0),
            (world.yann, 0, 1),
            (world.zoe, 0, 0),
        ] {
            let role = who.role.code();
            let (received, held) = world.at(8, who, |context| {
                let received =
                    casework::inbox(context, &world.workplace, Slice::default(), Lang::En).unwrap();
                let held = casework::caseload(context, &world.workplace, Slice::default(), Lang::En).unwrap();
                (received.lines.len(), held.lines.len())
            });
            assert_eq!((received, held), (inbox, caseload), "{engine}: {role}");
        }
        let counts = |who: Someone, whose: Whose| {
            world.at(8, who, |context| casework::counts(context, &world.workplace, whose).unwrap())
        };
        let one = vec![(code(GLOBAL), CaseworkStage::Stay, 1)];
        assert_eq!(counts(world.head, Whose::Service), one, "{engine}: her service received the form");
        assert_eq!(counts(world.head_south, Whose::Service), [], "{engine}");
        assert_eq!(counts(world.claire, Whose::Mine), one, "{engine}");
    }
}

#[test]
fn roles_without_a_clause_are_refused() {
    for world in every_engine() {
        let engine = world.test.engine;
        let refused = world.at(0, world.dpo, |context| {
            casework::inbox(context, &world.workplace, Slice::default(), Lang::En)
        });
        assert!(matches!(refused, Err(AppError::Gate(_))), "{engine}: {refused:?}");
    }
}

#[test]
fn only_who_works_in_a_role_is_named_to_it() {
    for world in every_engine() {
        let world: World = world;
        world.act(0, world.yann, ANNE, crate::world::propose());
        let name = Asked::Name("social_referent".parse().unwrap(), world.zoe.colleague());
        absent(world.try_act(1, world.head, ANNE, vec![name]));
    }
}
