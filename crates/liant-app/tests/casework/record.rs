//! Each party's own working record: its own people write and read it, the person reads all of it, and nobody else is shown anything of it
//! by any page, list, figure or version.

use liant_app::AppError;
use liant_app::casework::{
    self, AgendaRequest, Asked, Reason, RecordAsked, RecordDoing, RecordTrack, RecordView, Slice, Whose,
    coding,
};
use liant_app::space::readers;
use liant_model::{FixedClock, Lang, PersonId, TraceId, Uuid};

use crate::hers::{come_in, held_of};
use crate::world::{
    ANNE, EMMA, GLOBAL, NOW, Someone, World, after, code, day, done, every_engine, every_engine_with, met,
    propose,
};

/// Words and codes that stand in the records of the two, and nowhere else.
const OF_CLAIRE: [&str; 6] = [
    "find-housing",
    "find housing",
    "begin care",
    "putting a file together",
    "fills in a form",
    "first steps",
];
const OF_YANN: [&str; 4] =
    ["driving-licence", "pass the driving licence", "point complet mobilité", "presents her path"];

fn record(world: &World, days: i64, who: Someone, whom: usize) -> Result<RecordView, AppError> {
    world.at(days, who, |context| casework::record(context, &world.workplace, world.people[whom], Lang::En))
}

fn track(view: &RecordView) -> &RecordTrack {
    view.tracks.iter().find(|track| track.programme.as_str() == GLOBAL).unwrap()
}

fn keep(
    world: &World,
    days: i64,
    who: Someone,
    (expected, asked): (u64, RecordAsked),
) -> Result<Result<u64, Reason>, AppError> {
    let doing = RecordDoing { programme: code(GLOBAL), on: day(days), expected, asked };
    let kept =
        world.at(days, who, |context| casework::keep(context, &world.workplace, world.people[ANNE], &doing));
    kept.map(|answer| answer.map_err(|refusal| refusal.reason))
}

fn write(world: &World, days: i64, who: Someone, asked: RecordAsked) -> u64 {
    let expected = track(&record(world, days, who, ANNE).unwrap()).version;
    keep(world, days, who, (expected, asked)).unwrap().unwrap()
}

fn goal(text: &str) -> RecordAsked {
    RecordAsked::SetGoal(coding(text).unwrap())
}

fn skill(text: &str) -> RecordAsked {
    RecordAsked::GainSkill(coding(text).unwrap())
}

fn progress(level: &str) -> RecordAsked {
    RecordAsked::NoteProgress { theme: None, level: code(level) }
}

/// Anne is in global accompaniment; Claire and Yann each keep a record of her.
fn kept_by_both(world: &World) {
    world.enter(ANNE);
    for asked in [
        RecordAsked::NoteBarrier { theme: code("housing"), state: code("being-lifted") },
        goal("liant/1/find-housing"),
        goal("liant/1/begin-care"),
        skill("liant/1/fill-forms"),
        progress("first-steps"),
    ] {
        write(world, 8, world.claire, asked);
    }
    let view = record(world, 8, world.claire, ANNE).unwrap();
    let housing = track(&view).says.themes.iter().find(|theme| theme.theme == code("housing")).unwrap();
    let of = code("file");
    write(world, 9, world.claire, RecordAsked::SetAction { goal: housing.goals[0].id, of });
    for asked in
        [goal("liant/1/driving-licence"), goal("france-travail/v1/25"), skill("liant/1/present-herself")]
    {
        write(world, 9, world.yann, asked);
    }
}

fn nowhere(told: &str, forbidden: &[&str], whose: &str) {
    for word in forbidden {
        assert!(!told.contains(word), "{whose}: {word}");
    }
    assert!(!told.contains("working_record") && !told.contains("WorkingRecord"), "{whose}");
}

#[test]
fn each_reads_her_own_party_s_record_and_nothing_of_the_other_s() {
    for world in every_engine() {
        let engine = world.test.engine;
        kept_by_both(&world);
        let claires = record(&world, 10, world.claire, ANNE).unwrap();
        let yanns = record(&world, 10, world.yann, ANNE).unwrap();
        let told = format!("{:?}", track(&claires).says);
        for word in OF_CLAIRE.iter().filter(|word| **word != "find-housing") {
            assert!(told.contains(word), "{engine}: {word}: {told}");
        }
        assert_eq!(track(&claires).version, 6, "{engine}");
        assert_eq!(track(&yanns).version, 3, "{engine}");
        nowhere(&format!("{:?}", track(&claires).says), &OF_YANN, "Claire");
        nowhere(&format!("{:?}", track(&yanns).says), &OF_CLAIRE, "Yann");
        assert!(claires.clauses.iter().all(|clause| clause.starts_with("62-departement")), "{engine}");
        assert!(yanns.clauses.iter().all(|clause| clause.starts_with("62-france-travail")), "{engine}");
        // The head of the service reads her service's, but for what is about health; she writes nothing.
        let heads = record(&world, 10, world.head, ANNE).unwrap();
        let told = format!("{:?}", track(&heads).says);
        assert!(told.contains("find housing") && !told.contains("begin care"), "{engine}: {told}");
        assert_eq!(track(&heads).choices.as_ref().unwrap_err().reason, "not-yours", "{engine}");
        let refused = keep(&world, 10, world.head, (6, progress("autonomous")));
        assert_eq!(refused.unwrap(), Err(Reason::NotYours), "{engine}");
    }
}

#[test]
fn for_everybody_else_there_is_none() {
    for world in every_engine() {
        let engine = world.test.engine;
        kept_by_both(&world);
        let nobody = PersonId(Uuid::from_u128(7));
        for who in [
            world.eve,
            world.head_south,
            world.zoe,
            world.dora,
            world.officer,
            world.stella,
            world.mia,
            world.other_head,
            world.dpo,
        ] {
            let role = who.role.code();
            let at = |person: PersonId| {
                world.at(10, who, |context| casework::record(context, &world.workplace, person, Lang::En))
            };
            let (forbidden, absent) = (at(world.people[ANNE]), at(nobody));
            assert!(matches!(forbidden, Err(AppError::Absent(_) | AppError::Gate(_))), "{engine}: {role}");
            assert_eq!(
                forbidden.unwrap_err().to_string(),
                absent.unwrap_err().to_string(),
                "{engine}: {role}: forbidden and absent look the same"
            );
            assert!(keep(&world, 10, who, (6, progress("autonomous"))).is_err(), "{engine}: {role}");
        }
        assert_eq!(world.count("casework_event WHERE kind = 'working_record'"), 9, "{engine}");
    }
}

/// The pages, lists and counts of paths, as everyone sees them.
fn shown_of_paths(world: &World, days: i64, who: Someone) -> String {
    let path = world.path(days, who, ANNE);
    let version = path.as_ref().map(|path| path.version).unwrap_or_default();
    let agenda = AgendaRequest { whose: Whose::Mine, until: day(60), page: Slice::default() };
    let lists = world.at(days, who, |context| {
        let workplace = &world.workplace;
        (
            casework::inbox(context, workplace, Slice::default(), Lang::En).ok(),
            casework::sent(context, workplace, Slice::default(), Lang::En).ok(),
            casework::caseload(context, workplace, Slice::default(), Lang::En).ok(),
            casework::agenda(context, workplace, &agenda, Lang::En).ok(),
        )
    });
    format!("{version} {path:?} {lists:?}")
}

#[test]
fn nothing_of_a_record_is_on_the_common_path_for_anybody() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let everybody = [
            world.head,
            world.head_south,
            world.claire,
            world.eve,
            world.yann,
            world.zoe,
            world.dora,
            world.officer,
            world.stella,
            world.mia,
            world.other_head,
            world.dpo,
        ];
        let before: Vec<String> = everybody.iter().map(|who| shown_of_paths(&world, 10, *who)).collect();
        for asked in [goal("liant/1/find-housing"), goal("liant/1/begin-care"), progress("first-steps")] {
            write(&world, 8, world.claire, asked);
        }
        for asked in [goal("liant/1/driving-licence"), goal("france-travail/v1/25")] {
            write(&world, 9, world.yann, asked);
        }
        for (who, before) in everybody.iter().zip(before) {
            // Whatever is shown of paths is what was shown before anything was written: versions, dates and counts too.
            let now = shown_of_paths(&world, 10, *who);
            assert_eq!(now, before, "{engine}: {}", who.role.code());
            nowhere(&now, &OF_CLAIRE, who.role.code());
            nowhere(&now, &OF_YANN, who.role.code());
        }
        // A page that was read before the other wrote is fresh still.
        world.act(10, world.yann, ANNE, vec![met("meeting")]);
    }
}

#[test]
fn who_comes_from_another_party_begins_a_record_of_her_own() {
    for world in every_engine() {
        let engine = world.test.engine;
        kept_by_both(&world);
        let hand_over = Asked::HandOver {
            role: "social_referent".parse().unwrap(),
            from: world.claire.account,
            to: world.mia.colleague(),
        };
        world.act(10, world.head, ANNE, vec![hand_over]);
        assert!(record(&world, 11, world.claire, ANNE).is_err(), "{engine}: she stands beside her no more");
        let mias = record(&world, 11, world.mia, ANNE).unwrap();
        assert_eq!(track(&mias).version, 0, "{engine}");
        nowhere(&format!("{:?}", track(&mias).says), &OF_CLAIRE, "Mia");
        write(&world, 11, world.mia, goal("liant/1/childcare"));
        let heads = record(&world, 11, world.head, ANNE).unwrap();
        let told = format!("{:?}", track(&heads).says);
        assert!(told.contains("find housing") && !told.contains("childcare"), "{engine}: {told}");
    }
}

#[test]
fn she_reads_all_of_it_under_who_wrote_it_and_so_does_whoever_answers_her() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = come_in(&world, ANNE);
        kept_by_both(&world);
        let (held, copy) = held_of(&world, &anne, Lang::En);
        assert!(held.path.iter().all(|step| step.words != "working record"), "{engine}: told in its place");
        let whose: Vec<_> =
            held.working_records.iter().map(|one| (one.party.as_str(), one.written_by.as_str())).collect();
        assert_eq!(
            whose,
            [("departement-62", "the Département"), ("france-travail", "France Travail")],
            "{engine}"
        );
        for (record, words) in held
            .working_records
            .iter()
            .zip([&["find housing", "begin care"][..], &["pass the driving licence"]])
        {
            let says = serde_json::to_string(&record.says).unwrap();
            for word in words {
                assert!(says.contains(word) && copy.contains(word), "{engine}: {word}: {says}");
            }
            assert!(record.shown_under.iter().all(|clause| clause.starts_with("62-departement")), "{engine}");
        }
        let of_dpo = world.run_later(after(10), |context| {
            liant_app::space::held::of_person(context, &world.workplace, world.people[ANNE], Lang::En)
                .unwrap()
        });
        assert_eq!(of_dpo.working_records.len(), 2, "{engine}");
        let said = serde_json::to_string(&of_dpo).unwrap();
        assert!(said.contains("begin care") && said.contains("driving licence"), "{engine}: {said}");
    }
}

#[test]
fn what_is_read_is_on_record_by_its_data_and_she_is_told() {
    for world in every_engine() {
        let engine = world.test.engine;
        let anne = come_in(&world, ANNE);
        kept_by_both(&world);
        record(&world, 10, world.head, ANNE).unwrap();
        let clock = FixedClock(after(11));
        let context = anne.context(TraceId::new(NOW, [6; 10]), &clock).unwrap();
        let all = readers::readers(&context, &world.workplace, &anne, Lang::En).unwrap();
        let of = |role: &str| {
            let found = all.iter().find(|one| {
                one.role.as_deref() == Some(role) && one.fields.contains(&"working_record.goals")
            });
            found.unwrap_or_else(|| panic!("{engine}: {role}")).fields.clone()
        };
        let all_data = ["working_record.barriers", "working_record.skills", "working_record.progress"];
        for field in all_data {
            assert!(of("local_service_head").contains(&field), "{engine}: {field}");
        }
        assert!(!of("local_service_head").contains(&"working_record.health"), "{engine}");
        assert!(of("social_referent").contains(&"working_record.health"), "{engine}");
    }
}

#[test]
fn who_may_not_read_of_her_health_writes_nothing_of_it() {
    let no_health = |name: &str, text: &str| {
        if name == "62-france-travail.toml" {
            let from = "fields   = [\"working_record.*\"]";
            assert!(text.contains(from));
            text.replacen(from, &format!("{from}\nexcept   = [\"working_record.health\"]"), 1).replacen(
                "special_basis = \"social_protection\"",
                "",
                1,
            )
        } else {
            text.to_owned()
        }
    };
    for world in every_engine_with(no_health) {
        let engine = world.test.engine;
        world.enter(ANNE);
        let view = record(&world, 8, world.yann, ANNE).unwrap();
        let choices = track(&view).choices.as_ref().unwrap();
        assert!(choices.goals.iter().any(|one| one.theme == "housing"), "{engine}");
        assert!(choices.goals.iter().all(|one| one.theme != "health"), "{engine}");
        for asked in [
            goal("liant/1/begin-care"),
            RecordAsked::NoteBarrier { theme: code("health"), state: code("open") },
            RecordAsked::NoteProgress { theme: Some(code("health")), level: code("first-steps") },
        ] {
            let answer = keep(&world, 8, world.yann, (0, asked));
            assert!(matches!(answer, Err(AppError::Absent(_))), "{engine}: {answer:?}");
        }
        assert_eq!(world.count("casework_event WHERE kind = 'working_record'"), 0, "{engine}");
    }
}

/// The convention with the Département is over: the adviser is told nothing by it, and her own work is hers.
#[test]
fn no_end_of_a_convention_blinds_a_party_to_its_working_record() {
    for world in every_engine() {
        let engine = world.test.engine;
        kept_by_both(&world);
        let days = 430;
        assert!(world.path(days, world.yann, ANNE).is_err(), "{engine}");
        let view = record(&world, days, world.yann, ANNE).unwrap();
        assert_eq!(track(&view).version, 3, "{engine}");
        write(&world, days, world.yann, progress("with-support"));
        assert!(record(&world, days, world.claire, ANNE).is_ok(), "{engine}");
    }
}

#[test]
fn an_entry_is_refused_by_its_rule_or_as_one_that_came_second() {
    for world in every_engine() {
        let engine = world.test.engine;
        // Before anything is under way nothing is offered, and nothing written.
        world.act(0, world.yann, ANNE, propose());
        assert!(record(&world, 1, world.yann, ANNE).unwrap().tracks.is_empty(), "{engine}");
        let refused = keep(&world, 1, world.yann, (0, progress("first-steps")));
        assert_eq!(refused.unwrap(), Err(Reason::WrongStage), "{engine}");
        let world: World = world;
        let name = Asked::Name("social_referent".parse().unwrap(), world.claire.colleague());
        world.act(1, world.head, ANNE, vec![name]);
        world.act(7, world.yann, ANNE, vec![met("integration-interview")]);
        world.act(7, world.yann, ANNE, vec![crate::world::entry(world.yann)]);
        write(&world, 8, world.claire, goal("liant/1/budget"));
        let second = keep(&world, 8, world.claire, (0, progress("first-steps")));
        assert_eq!(second.unwrap(), Err(Reason::Stale), "{engine}");
        let twice = keep(&world, 8, world.claire, (1, goal("liant/1/budget")));
        assert_eq!(twice.unwrap(), Err(Reason::GoalOpen), "{engine}");
        // Whose path is over has a record that is read, and written no more.
        world.act(60, world.yann, ANNE, vec![done("review"), met("interview")]);
        world.act(60, world.yann, ANNE, vec![Asked::End { exit: code("training"), next: None }]);
        let refused = keep(&world, 60, world.yann, (0, progress("first-steps")));
        assert!(matches!(refused, Err(AppError::Absent(_)) | Ok(Err(Reason::NothingOpen))), "{engine}");
        // She is Yann's still, as France Travail has it: of someone else's caseload there is nothing.
        assert!(record(&world, 60, world.zoe, EMMA).is_err(), "{engine}");
    }
}

#[test]
fn what_the_other_writes_at_the_same_moment_refuses_nobody() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        let start = std::sync::Barrier::new(2);
        let answers = std::thread::scope(|scope| {
            let both = [world.claire, world.yann].map(|who| {
                let (world, start) = (&world, &start);
                scope.spawn(move || {
                    start.wait();
                    keep(world, 8, who, (0, progress("first-steps")))
                })
            });
            both.map(|one| one.join().unwrap().unwrap())
        });
        assert_eq!(answers, [Ok(1), Ok(1)], "{engine}");
    }
}
