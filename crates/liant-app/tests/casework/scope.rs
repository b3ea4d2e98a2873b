//! Who sees a path: her service and those beside her, and nobody else. Forbidden and absent look the same.

use liant_app::AppError;
use liant_app::casework::{self, AgendaRequest, Asked, CaseworkStage, Happened, Outcome, Slice, Whose};
use liant_model::{Lang, PersonId};

use crate::world::{ANNE, EMMA, GLOBAL, Someone, World, code, day, done, every_engine, met, propose};

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
fn who_sent_a_form_does_not_see_her_for_another_organisation() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.act(0, world.yann, ANNE, propose());
        assert!(world.path(1, world.yann, ANNE).is_ok(), "{engine}");
        absent(world.path(1, world.yann.sitting_with(world.mia), ANNE));
    }
}

#[test]
fn an_end_that_is_recorded_late_is_told_for_as_long() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.act(60, world.yann, ANNE, vec![done("review"), met("interview")]);
        let end = Asked::End { exit: code("training"), next: None };
        world.act_late((100, 60), world.yann, ANNE, vec![end]);
        assert!(kinds(&world, 130, world.head).contains(&"ended"), "{engine}");
        assert!(!kinds(&world, 131, world.head).contains(&"ended"), "{engine}");
    }
}

#[test]
fn whose_files_are_gone_is_there_for_whom_her_path_is_shown_to() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.test.commit_under("62", "DELETE FROM fact WHERE territory_id = '62'", || {});
        absent(world.path(8, world.eve, ANNE));
        absent(world.path(8, world.yann, EMMA));
        world.act(8, world.yann, ANNE, vec![Asked::End { exit: code("left-territory"), next: None }]);
        assert!(kinds(&world, 8, world.yann).contains(&"ended"), "{engine}");
        assert_eq!(world.count("casework_head"), 0, "{engine}");
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
        world.act(0, world.yann, ANNE, propose());
        let name = Asked::Name("social_referent".parse().unwrap(), world.zoe.colleague());
        absent(world.try_act(1, world.head, ANNE, vec![name]));
    }
}

/// The kinds of what someone sees of Anne's path, in order.
fn kinds(world: &World, days: i64, who: Someone) -> Vec<&'static str> {
    let mut kinds: Vec<_> =
        world.path(days, who, ANNE).unwrap().history.iter().map(|step| step.kind).collect();
    kinds.reverse();
    kinds
}

#[test]
fn a_party_is_told_of_the_other_what_crosses_and_no_more() {
    for world in every_engine() {
        let engine = world.test.engine;
        let (yann, claire, head) = (world.yann, world.claire, world.head);
        world.enter(ANNE);
        assert_eq!(
            kinds(&world, 8, yann),
            ["consent_given", "sent", "named", "acted", "entered", "named"],
            "{engine}: his own record whole, and whom the head named"
        );
        let told = ["sent", "named", "entered", "named"];
        assert_eq!(kinds(&world, 8, head), told, "{engine}: no consent, and no interview");
        assert_eq!(kinds(&world, 8, claire), told, "{engine}");
        // Of what the referent does, he is told that a point was held, and not how.
        world.act(9, claire, ANNE, vec![met("meeting")]);
        let missed =
            Asked::Record { act: code("meeting"), outcome: Outcome::Missed, means: None, appointment: None };
        world.act(10, claire, ANNE, vec![missed]);
        world.act(11, claire, ANNE, vec![done("monthly-point")]);
        let path = world.path(12, yann, ANNE).unwrap();
        let [last, before, ..] = path.history.as_slice() else { panic!("{engine}") };
        assert_eq!((last.kind, before.kind), ("acted", "named"), "{engine}");
        assert!(
            matches!(&last.what, Happened::Acted { act, means: None, .. } if *act == code("monthly-point"))
        );
        let track = path.tracks.iter().find(|track| track.programme == code(GLOBAL)).unwrap();
        assert_eq!(track.now.as_ref().unwrap().absences, 0, "{engine}: an absence is the referent's to know");
        assert_eq!(path.version, 7, "{engine}: and what he sees is what he acts upon");
        let inbox = world.at(12, yann, |context| {
            casework::caseload(context, &world.workplace, Slice::default(), Lang::En)
        });
        assert_eq!(inbox.unwrap().lines[0].now.absences, 0, "{engine}");

        // She takes her consent back: each has what it recorded itself.
        world.act(13, yann, ANNE, vec![Asked::WithdrawConsent(code("transmission"))]);
        let ours = ["named", "acted", "acted", "acted"];
        assert_eq!(kinds(&world, 14, head), ours, "{engine}: nothing of France Travail");
        assert_eq!(kinds(&world, 14, claire), ours, "{engine}");
        let own = ["consent_given", "sent", "acted", "entered", "named", "consent_withdrawn"];
        assert_eq!(kinds(&world, 14, yann), own, "{engine}: nothing of the Département");
        let (path, lines) = world.at(14, head, |context| {
            let path = casework::path(context, &world.workplace, world.people[ANNE], Lang::En).unwrap();
            (path, casework::counts(context, &world.workplace, Whose::Service).unwrap())
        });
        assert!(path.tracks.iter().all(|track| track.now.is_none()), "{engine}");
        assert!(
            path.clauses.iter().all(|clause| clause.starts_with("62-departement")),
            "{engine}: {:?}",
            path.clauses
        );
        assert_eq!(lines, [], "{engine}: nor is it counted");
        // A page is filled by whom she may see, and tells of nobody else.
        world.act(14, yann, EMMA, propose());
        let request =
            AgendaRequest { whose: Whose::Service, until: day(90), page: Slice { skip: 0, size: 1 } };
        let agenda = world
            .at(15, head, |context| casework::agenda(context, &world.workplace, &request, Lang::En).unwrap());
        let people: Vec<PersonId> = agenda.lines.iter().map(|line| line.person).collect();
        assert_eq!((people, agenda.next), (vec![world.people[EMMA]], None), "{engine}");
    }
}

#[test]
fn what_is_shown_is_on_record_under_the_clauses_that_show_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let clauses = world.path(8, world.head, ANNE).unwrap().clauses;
        assert_eq!(clauses.len(), 2, "{engine}: her own record, and what she is told: {clauses:?}");
        let purposes = world.test.rows(
            "62",
            "SELECT purposes FROM access_record WHERE what = 'accompaniment' ORDER BY at DESC, purposes LIMIT 2",
        );
        for (row, purpose) in purposes.iter().zip(["follow-up", "lifting-barriers"]) {
            assert!(row.contains(purpose), "{engine}: {purposes:?}");
        }
    }
}
