//! Two answers at once: one is recorded, the other is refused, and nothing is half written.

use std::sync::Barrier;

use liant_app::casework::{self, Acted, Asked, Doing, DueReport, Reason};
use liant_audit::verify::leaf_hash;
use liant_model::{ActId, IdentityId};
use liant_store::{AuditRecord, CaseworkChange, CaseworkHeads, Change, ChangeSet, StoreError};

use crate::world::{ANNE, EMMA, GLOBAL, NOW, World, code, day, every_engine, propose, territory};

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
        world.act(0, world.yann, EMMA, propose());
        let version = world.path(1, world.head, EMMA).unwrap().version;
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
        world.act(0, world.yann, EMMA, propose());
        let version = world.path(1, world.head, EMMA).unwrap().version;
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

/// The source identity that carries someone's path.
pub(crate) fn carrier(world: &World, whom: usize) -> IdentityId {
    let rows = world.workplace.store.read(territory(), |snapshot| snapshot.casework_of(world.people[whom]));
    rows.unwrap().0[0].identity
}

/// How SQL says a source identity.
pub(crate) fn literal(world: &World, identity: IdentityId) -> String {
    let id = identity.0.simple().to_string();
    if world.test.engine == "postgres" { format!("'{id}'::uuid") } else { format!("x'{id}'") }
}

#[test]
fn who_acts_while_the_path_becomes_another_persons_is_refused() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.orient_socially(EMMA);
        world.act(0, world.yann, EMMA, propose());
        let version = world.path(1, world.head, EMMA).unwrap().version;
        let events = world.count("casework_event");
        let moved = format!(
            "UPDATE link SET ended_at = 1 WHERE territory_id = '62' AND identity_id = {}",
            literal(&world, carrier(&world, EMMA))
        );
        world.test.commit_under("62", &moved, || {
            let refused = answer(&world, version, Asked::Accept).unwrap_err();
            assert_eq!(refused.reason, Reason::Stale, "{engine}");
        });
        assert_eq!(world.count("casework_event"), events, "{engine}: nothing was recorded on another's path");
    }
}

#[test]
fn what_falls_due_is_written_on_the_path_that_it_was_computed_from() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(0, world.yann, ANNE, propose());
        let (person, carrier) = (world.people[ANNE], carrier(&world, ANNE));
        let heads = world.test.rows("62", "SELECT programme, stage FROM casework_head");
        let expected = [(carrier, 1)].into();
        let stale = [
            CaseworkChange::Heads {
                person,
                carrier,
                expected,
                identities: vec![carrier],
                heads: CaseworkHeads::default(),
            },
            CaseworkChange::Alerts { person, carrier, expected: [(carrier, 3)].into(), alerts: Vec::new() },
        ];
        for (number, change) in (1..).zip(stale) {
            let audit = AuditRecord {
                act: ActId::new(NOW, [number; 10]),
                at: NOW,
                commitment: leaf_hash(b"salt", b"payload"),
                salt: b"salt".to_vec(),
                payload: b"payload".to_vec(),
            };
            let set = ChangeSet::new(territory(), NOW, audit).with(Change::Casework(change));
            let refused = world.workplace.store.apply(&set).unwrap_err();
            assert!(matches!(refused, StoreError::Conflict { .. }), "{engine}: {refused}");
        }
        assert_eq!(world.test.rows("62", "SELECT programme, stage FROM casework_head"), heads, "{engine}");
    }
}

#[test]
fn of_several_people_one_who_is_acted_upon_holds_up_nobody_else() {
    for world in every_engine() {
        let engine = world.test.engine;
        for whom in [ANNE, EMMA] {
            world.act(0, world.yann, whom, propose());
        }
        let run = || -> DueReport {
            world.at(8, world.head, |context| casework::due(context, &world.workplace).unwrap())
        };
        // Somebody records something on Anne's path, and is not done when the run wants to write.
        let hers = literal(&world, carrier(&world, ANNE));
        let acted = format!(
            "UPDATE link SET ended_at = ended_at WHERE territory_id = '62' AND identity_id = {hers};
             INSERT INTO casework_event (territory_id, identity_id, nth, recorded_at, recorded_by, organisation_id, party,
                 register, about_id, body)
             SELECT territory_id, identity_id, 3, recorded_at, recorded_by, organisation_id, party, register, about_id, body
             FROM casework_event WHERE territory_id = '62' AND identity_id = {hers} AND nth = 1"
        );
        world.test.commit_under("62", &acted, || {
            let done = run();
            assert_eq!(done.alerts + done.acted_upon, 2, "{engine}: {done:?}");
            assert_eq!(done.acted_upon, u64::from(engine == "postgres"), "{engine}: {done:?}");
        });
        run();
        assert_eq!(world.count("casework_alert"), 2, "{engine}: each once");
    }
}
