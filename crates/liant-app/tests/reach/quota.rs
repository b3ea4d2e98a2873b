//! A stolen session asks for one person after the other: nobody's file opens, it is stopped, and the DPO is told.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use liant_app::{AppError, Workplace, lookups, person};
use liant_convention::{Convention, Gate, SHIPPED};
use liant_model::{Lang, PersonId};
use liant_store::Store;
use liant_vault::Keyring;

use crate::world::{ANNE, EMMA, LEA, NOW, World, every_engine, later};

/// Ids of people that she made up: version 7, as ours.
fn made_up(number: usize) -> PersonId {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&(number as u64).to_be_bytes());
    PersonId::new(NOW, random)
}

fn open(world: &World, person: PersonId) -> Result<(), AppError> {
    world.act(world.claire, |context| person::open(context, &world.workplace, person, Lang::En).map(drop))
}

fn waiting(world: &World) -> Vec<lookups::Blocked> {
    let all = world.act(world.dpo, |context| lookups::blocked(context, &world.workplace, 10).unwrap());
    all.into_iter().filter(|one| one.lifted.is_none()).collect()
}

#[test]
fn a_stolen_session_opens_nobody_beyond_its_caseload_and_is_stopped_within_fifty() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[ANNE, EMMA]);
        open(&world, world.people[ANNE]).unwrap();
        // Those of the others, and ten thousand that are nobody's.
        let beyond = [world.people[LEA]].into_iter().chain((0..10_000).map(made_up));
        let (mut asked, mut stopped_after) = (0, None);
        for person in beyond {
            match open(&world, person) {
                Err(AppError::Absent("person")) => asked += 1,
                Err(AppError::Blocked) => {
                    stopped_after.get_or_insert(asked);
                    // What is stopped stays so: a hundred more tell as much as ten thousand.
                    asked += 1;
                    if asked > 120 {
                        break;
                    }
                }
                other => panic!("{engine}: {other:?}"),
            }
        }
        assert!(stopped_after.is_some_and(|asked| asked <= 50), "{engine}: {stopped_after:?}");
        // Each of those asked for in vain is in the log, as long as anybody was asked for.
        let sought = world.audited();
        let sought = sought.iter().filter(|(_, subject)| subject.starts_with("asked for someone"));
        assert!(stopped_after.is_some_and(|asked| sought.count() >= asked), "{engine}");
        // Neither does her own caseload open, nor a list, nor a search beyond it.
        assert!(matches!(open(&world, world.people[ANNE]), Err(AppError::Blocked)), "{engine}");
        let listed = world.list(world.claire, &liant_app::people::ListRequest::default());
        assert!(matches!(listed, Err(AppError::Blocked)), "{engine}");
        // It is in the log and on the DPO's desk at once, and names nobody who was asked for.
        let told = waiting(&world);
        assert_eq!(told.len(), 1, "{engine}: {told:?}");
        assert_eq!(told[0].actor, world.claire.account.to_string());
        assert!(
            world.audited().iter().any(|(act, subject)| act == "refusal" && subject.starts_with("stopped"))
        );
        let watch =
            world.act(world.dpo, |context| liant_app::desk::watch(context, &world.workplace).unwrap());
        assert_eq!(watch.overseen.unwrap().stopped, 1, "{engine}");
        // Another process, and tomorrow, find it as it is.
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
        let store = Store::open(&world.test.address).unwrap();
        let other =
            Workplace::assemble(store, Keyring::generate(NOW).unwrap(), conventions.collect()).unwrap();
        let tomorrow = world.act_at(later(2, 0), world.claire, |context| {
            person::open(context, &other, world.people[ANNE], Lang::En).map(drop)
        });
        assert!(matches!(tomorrow, Err(AppError::Blocked)), "{engine}: {tomorrow:?}");
    }
}

#[test]
fn the_dpo_alone_lets_in_again_and_not_herself() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[ANNE]);
        for number in 0..50 {
            drop(open(&world, made_up(number)));
        }
        let told = waiting(&world);
        let stop = told[0].blocking;
        let lift = |who| world.act(who, |context| lookups::lift(context, &world.workplace, stop));
        for who in [world.officer, world.head] {
            assert!(matches!(lift(who), Err(AppError::Gate(_))), "{engine}");
        }
        assert!(matches!(open(&world, world.people[ANNE]), Err(AppError::Blocked)));
        lift(world.dpo).unwrap();
        assert!(lift(world.dpo).unwrap_err().is_conflict(), "{engine}: it is lifted already");
        open(&world, world.people[ANNE]).unwrap();
        // She is counted anew.
        for number in 0..5 {
            assert!(matches!(open(&world, made_up(100 + number)), Err(AppError::Absent("person"))));
        }
        assert!(waiting(&world).is_empty(), "{engine}");
    }
}

#[test]
fn few_mistakes_stop_nobody_and_the_same_one_counts_once() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[ANNE]);
        for _ in 0..60 {
            assert!(matches!(open(&world, world.people[LEA]), Err(AppError::Absent("person"))), "{engine}");
        }
        open(&world, world.people[ANNE]).unwrap();
        // Nor do mistakes of many days.
        for number in 0..60 {
            let day = later(number, 0);
            let asked = world.act_at(day, world.claire, |context| {
                person::open(context, &world.workplace, made_up(number as usize), Lang::En).map(drop)
            });
            assert!(matches!(asked, Err(AppError::Absent("person"))), "{engine}: day {number}");
        }
    }
}

#[test]
fn as_many_files_open_as_the_caseload_explains() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        let few = |text: &str| {
            let text = text.replace("opened_per_hour = 120", "opened_per_hour = 2");
            text.replace("opened_per_day  = 400", "opened_per_day  = 3")
        };
        let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, &few(text)).unwrap());
        world.workplace.govern_by(Gate::new(files.collect()).unwrap());
        let show = |hours, number: usize| {
            world.act_at(later(0, hours), world.officer, |context| {
                person::open(context, &world.workplace, world.people[number], Lang::En).map(drop)
            })
        };
        show(0, ANNE).unwrap();
        show(0, LEA).unwrap();
        assert!(matches!(show(0, EMMA), Err(AppError::TooManyOpened)), "{engine}: two in an hour");
        show(0, ANNE).unwrap();
        show(2, EMMA).unwrap();
        assert!(matches!(show(4, 4), Err(AppError::TooManyOpened)), "{engine}: three in a day");
        show(30, 4).unwrap();
        // Whoever follows many opens many: two times her caseload.
        world.follow(&[ANNE, EMMA]);
        for number in [ANNE, EMMA] {
            open(&world, world.people[number]).unwrap();
        }
    }
}

#[test]
fn whom_no_clause_measures_is_stopped_all_the_same() {
    for mut world in every_engine() {
        let engine = world.test.engine;
        let unmeasured = |text: &str| {
            text.replace(
                r#"to              = ["local_service_head", "orientation_officer", "social_referent","#,
                r#"to              = ["orientation_officer","#,
            )
        };
        let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, &unmeasured(text)).unwrap());
        world.workplace.govern_by(Gate::new(files.collect()).unwrap());
        world.follow(&[ANNE]);
        let stopped =
            (0..60).position(|number| matches!(open(&world, made_up(number)), Err(AppError::Blocked)));
        assert_eq!(stopped, Some(50), "{engine}");
        let told = waiting(&world);
        assert_eq!((told.len(), told[0].clause.as_str(), told[0].tried), (1, "", 50), "{engine}");
        world.act(world.dpo, |context| {
            lookups::lift(context, &world.workplace, told[0].blocking).unwrap();
        });
        open(&world, world.people[ANNE]).unwrap();
    }
}
