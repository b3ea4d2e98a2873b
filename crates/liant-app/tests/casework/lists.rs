//! Lists read part by part, and what is counted of them.

use liant_app::casework::{self, CaseworkStage, Outcome, Slice, Whose};
use liant_app::casework::{Asked, Listed};
use liant_model::{Lang, PersonId};
use liant_store::{CaseworkList, CaseworkRow, CaseworkScope};

use crate::world::{ANNE, EMMA, GLOBAL, LEA, World, code, day, done, every_engine, met, propose, territory};

/// Anne is accompanied, Emma's form waits in the north, Léa's in the south.
fn filled(world: &World) {
    world.enter(ANNE);
    world.act(3, world.yann, EMMA, propose());
    world.act(5, world.yann, LEA, propose());
}

#[test]
fn a_list_is_the_same_whole_and_part_by_part_of_few_and_of_many() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        let (ours, agency) = (world.officer.organisation, world.yann.organisation);
        let caseload = CaseworkScope::Caseload(world.claire.account, world.claire.organisation);
        for (list, length) in [
            (CaseworkList::Scope(CaseworkScope::Service(ours), None), 3),
            (CaseworkList::Scope(CaseworkScope::Service(ours), Some(day(24))), 1),
            (CaseworkList::Scope(CaseworkScope::Service(world.head_south.organisation), None), 1),
            (CaseworkList::Scope(CaseworkScope::Service(agency), None), 3),
            (CaseworkList::Scope(caseload, None), 1),
            (CaseworkList::Inbox(world.head.organisation, "local_service_head"), 1),
            (CaseworkList::Sent(agency), 2),
        ] {
            let read = |after: Option<&CaseworkRow>, most: usize| {
                let store = &world.workplace.store;
                let ways = store
                    .read(territory(), |snapshot| snapshot.casework_list_each_way(list, after, most))
                    .unwrap();
                assert_eq!(ways[0], ways[1], "{engine}: {list:?} after {after:?}");
                ways[0].clone()
            };
            let whole = read(None, 100);
            assert_eq!(whole.len(), length, "{engine}: {list:?}");
            let due: Vec<_> = whole.iter().map(|row| row.head.due.clone().map(|(day, _)| day)).collect();
            assert!(due.is_sorted_by_key(|day| (day.is_none(), *day)), "{engine}: {due:?}");
            let mut parts: Vec<CaseworkRow> = Vec::new();
            while let [row] = read(parts.last(), 1).as_slice() {
                parts.push(row.clone());
            }
            assert_eq!(parts, whole, "{engine}: {list:?}");
        }
    }
}

fn sent(world: &World, skip: usize, size: usize) -> Listed {
    world.at(8, world.yann, |context| {
        casework::sent(context, &world.workplace, Slice { skip, size }, Lang::En).unwrap()
    })
}

#[test]
fn pages_follow_one_another() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        let people = |listed: &Listed| listed.lines.iter().map(|line| line.person).collect::<Vec<PersonId>>();
        let whole = sent(&world, 0, 25);
        assert_eq!(
            (people(&whole), whole.next),
            (vec![world.people[EMMA], world.people[LEA]], None),
            "{engine}"
        );
        let (first, second, third) = (sent(&world, 0, 1), sent(&world, 1, 1), sent(&world, 2, 1));
        assert_eq!((people(&first), first.next), (vec![world.people[EMMA]], Some(1)), "{engine}");
        assert_eq!((people(&second), second.next), (vec![world.people[LEA]], None), "{engine}");
        assert_eq!((people(&third), third.next), (vec![], None), "{engine}");
    }
}

#[test]
fn what_is_counted_is_what_the_paths_show() {
    for world in every_engine() {
        let engine = world.test.engine;
        filled(&world);
        let missed =
            Asked::Record { act: code("meeting"), outcome: Outcome::Missed, means: None, appointment: None };
        world.act(9, world.claire, ANNE, vec![met("meeting"), missed, done("monthly-point")]);
        for (who, whose, stay, sent) in [
            (world.head, Whose::Service, 1, 1),
            (world.head_south, Whose::Service, 0, 1),
            (world.yann, Whose::Service, 1, 2),
            (world.yann, Whose::Mine, 1, 0),
            (world.claire, Whose::Mine, 1, 0),
            (world.eve, Whose::Mine, 0, 0),
        ] {
            let counts =
                world.at(12, who, |context| casework::counts(context, &world.workplace, whose).unwrap());
            let of = |stage| {
                let found =
                    counts.iter().find(|(programme, of, _)| *programme == code(GLOBAL) && *of == stage);
                found.map_or(0, |(.., count)| *count)
            };
            let counted = (of(CaseworkStage::Stay), of(CaseworkStage::Sent));
            assert_eq!(counted, (stay, sent), "{engine}: {} {whose:?}", who.role.code());
        }
        // What is over is neither counted nor looked at.
        let due =
            || world.at(12, world.head, |context| casework::due(context, &world.workplace).unwrap().people);
        assert_eq!(due(), 3, "{engine}");
        world.act(12, world.yann, EMMA, vec![Asked::Withdraw]);
        assert_eq!(due(), 2, "{engine}");
    }
}
