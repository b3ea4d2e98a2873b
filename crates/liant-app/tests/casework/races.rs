//! Two answers at once: one is recorded, the other is refused, and nothing is half written.

use std::sync::Barrier;

use liant_app::casework::{self, Acted, Asked, Doing, Reason};

use crate::world::{EMMA, GLOBAL, World, code, day, every_engine, propose};

fn answer(world: &World, expected: u64, asked: Asked) -> Acted {
    world.at(1, world.head, |context| {
        let doing = Doing { programme: code(GLOBAL), on: day(1), expected, asked: vec![asked] };
        casework::act(context, &world.workplace, world.people[EMMA], &doing).unwrap()
    })
}

#[test]
fn who_answers_what_was_answered_is_told_so() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(EMMA);
        let version = world.act(0, world.yann, EMMA, propose()).version;
        answer(&world, version, Asked::Accept).unwrap();
        let events = world.count("casework_event");
        let second = answer(&world, version, Asked::Refuse(code("no-room"))).unwrap_err();
        assert_eq!(second.reason, Reason::Stale, "{engine}");
        assert_eq!(world.count("casework_event"), events, "{engine}");
    }
}

#[test]
fn of_two_answers_at_the_same_moment_one_wins() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(EMMA);
        let version = world.act(0, world.yann, EMMA, propose()).version;
        let before = world.count("casework_event");
        let start = Barrier::new(2);
        let answers = std::thread::scope(|scope| {
            let both = [Asked::Accept, Asked::Refuse(code("no-room"))].map(|asked| {
                let (world, start) = (&world, &start);
                scope.spawn(move || {
                    start.wait();
                    answer(world, version, asked)
                })
            });
            both.map(|one| one.join().unwrap())
        });
        let won: Vec<_> = answers.iter().flatten().collect();
        let lost: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
        assert_eq!((won.len(), lost.len()), (1, 1), "{engine}");
        assert_eq!(lost[0].reason, Reason::Stale, "{engine}");
        assert_eq!(world.count("casework_event"), before + won[0].events.len(), "{engine}");
        assert_eq!(world.path(1, world.head, EMMA).unwrap().version, won[0].version, "{engine}");
    }
}
