//! Look-ups of oneself, a relative, a colleague: caught, declared, reviewed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail by panicking, as tests do")]

use liant_access::close::{Closeness, LookUpState};
use liant_app::lookups::{self, Declared, Particulars};
use liant_app::{AppError, CloseBar, addresses};
use liant_model::{Date, Lang};

use crate::world::{ANNE, CLAIRE, EMMA, EVE, LEA, NOW, PAUL, Someone, World, every_engine, later};

/// Claire gave her birth date and commune, and follows everyone.
fn world_of_claire(world: &World) {
    world.follow(&[ANNE, LEA, CLAIRE, EMMA, PAUL, EVE]);
    world.act(world.claire, |context| {
        let given =
            Particulars { birth_date: Some(Date::constant(1985, 3, 3)), commune: Some("62041".to_owned()) };
        lookups::set_particulars(context, &world.workplace, given.clone()).unwrap();
        assert_eq!(lookups::particulars(context, &world.workplace).unwrap(), given);
    });
}

fn bar(world: &World, person: usize) -> Option<CloseBar> {
    bar_at(world, 0, person)
}

fn bar_at(world: &World, days: i64, person: usize) -> Option<CloseBar> {
    match world.show_at(later(days, 0), world.claire, world.people[person]) {
        Ok(_) => None,
        Err(AppError::Close(bar)) => Some(bar),
        Err(error) => panic!("{}: {error}", world.test.engine),
    }
}

fn declare(world: &World, person: usize) -> Result<liant_model::LookUpId, AppError> {
    world.act(world.claire, |context| {
        lookups::declare(context, &world.workplace, world.people[person], "assigned")
    })
}

fn queue(world: &World, who: Someone, state: LookUpState) -> Result<Vec<Declared>, AppError> {
    world.act(who, |context| lookups::declared(context, &world.workplace, state, 50, Lang::Fr))
}

fn answer(world: &World, who: Someone, of: &Declared, accepted: bool) -> Result<(), AppError> {
    world.act(who, |context| lookups::review(context, &world.workplace, of.look_up, (accepted, of.version)))
}

#[test]
fn each_who_is_close_is_caught() {
    for world in every_engine() {
        let engine = world.test.engine;
        world_of_claire(&world);
        let declared = |closeness| Some(CloseBar::Declare(closeness));
        for (case, person, expected) in [
            ("nobody", ANNE, None),
            ("before her own record is known", PAUL, None),
            ("herself", CLAIRE, declared(Closeness::Oneself)),
            ("her name, her commune", EMMA, declared(Closeness::Relative)),
            ("her household", PAUL, declared(Closeness::Relative)),
            ("a colleague", EVE, declared(Closeness::Colleague)),
        ] {
            assert_eq!(bar(&world, person), expected, "{engine}: {case}");
            let assessed = world.act(world.claire, |context| {
                lookups::assess(context, &world.workplace, world.people[person]).unwrap()
            });
            assert_eq!(assessed.and_then(lookups::Assessment::bar), expected, "{engine}: {case}");
        }
        // She is no colleague of who sits elsewhere, and close to nobody who is not.
        let officer = world.show(world.officer, world.people[EVE]);
        assert!(officer.is_ok(), "{engine}");
        let refused = world.audited().into_iter().filter(|(act, _)| act == "refusal").count();
        assert_eq!(refused, 8, "{engine}: each of two pages of four people");
        world.keeps_no_name();
    }
}

#[test]
fn who_is_close_and_beyond_reach_looks_absent() {
    for world in every_engine() {
        world_of_claire(&world);
        let elsewhere = Someone { organisation: world.south, ..world.claire };
        for person in [CLAIRE, EMMA, EVE] {
            let shown = world.show(elsewhere, world.people[person]);
            assert!(matches!(shown, Err(AppError::Absent("person"))), "{}", world.test.engine);
            let assessed = world
                .act(elsewhere, |context| lookups::assess(context, &world.workplace, world.people[person]));
            assert!(matches!(assessed, Err(AppError::Absent("person"))), "{}", world.test.engine);
        }
    }
}

#[test]
fn ones_own_file_waits_for_someone_else() {
    for world in every_engine() {
        let engine = world.test.engine;
        world_of_claire(&world);
        declare(&world, CLAIRE).unwrap();
        assert_eq!(bar(&world, CLAIRE), Some(CloseBar::AwaitReview), "{engine}");
        assert!(matches!(declare(&world, CLAIRE), Err(AppError::Close(CloseBar::AwaitReview))), "{engine}");
        let waiting = queue(&world, world.dpo, LookUpState::Pending).unwrap();
        let [one] = waiting.as_slice() else { panic!("{engine}: {waiting:?}") };
        assert_eq!(one.name.as_deref(), Some("Claire Martin"), "{engine}");
        assert_eq!((one.person, one.closeness), (world.people[CLAIRE], Closeness::Oneself), "{engine}");
        assert!(one.reason.starts_with("Dossier attribué"), "{engine}: {}", one.reason);
        // Nobody reviews her own, even as a DPO; whoever does not look over it does not.
        let herself = Someone { account: world.claire.account, ..world.dpo };
        assert!(matches!(answer(&world, herself, one, true), Err(AppError::OwnLookUp)), "{engine}");
        assert!(matches!(answer(&world, world.head, one, true), Err(AppError::Gate(_))), "{engine}");
        assert!(
            matches!(queue(&world, world.claire, LookUpState::Pending), Err(AppError::Gate(_))),
            "{engine}"
        );
        answer(&world, world.dpo, one, true).unwrap();
        assert_eq!(bar(&world, CLAIRE), None, "{engine}");
        assert!(
            matches!(answer(&world, world.dpo, one, false), Err(AppError::Store(_))),
            "{engine}: it changed"
        );
        assert!(queue(&world, world.dpo, LookUpState::Pending).unwrap().is_empty(), "{engine}");
        let accepted = queue(&world, world.dpo, LookUpState::Accepted).unwrap();
        assert_eq!(accepted[0].reviewed.as_ref().map(|(by, _)| by.as_str()), Some("Denis D"), "{engine}");
        // A reason holds ninety days.
        assert_eq!(bar_at(&world, 90, CLAIRE), None, "{engine}");
        let again = Some(CloseBar::Declare(Closeness::Oneself));
        assert_eq!(bar_at(&world, 91, CLAIRE), again, "{engine}");
    }
}

#[test]
fn a_relatives_file_opens_at_once_and_closes_when_the_reason_is_refused() {
    for world in every_engine() {
        let engine = world.test.engine;
        world_of_claire(&world);
        assert!(
            matches!(declare(&world, ANNE), Err(AppError::Absent(_))),
            "{engine}: she is close to nobody"
        );
        let unknown = world.act(world.claire, |context| {
            lookups::declare(context, &world.workplace, world.people[EMMA], "curiosity")
        });
        assert!(matches!(unknown, Err(AppError::NoSuchWord { .. })), "{engine}");
        declare(&world, EMMA).unwrap();
        assert_eq!(bar(&world, EMMA), None, "{engine}");
        let waiting = queue(&world, world.dpo, LookUpState::Pending).unwrap();
        answer(&world, world.dpo, &waiting[0], false).unwrap();
        assert_eq!(bar(&world, EMMA), Some(CloseBar::Closed), "{engine}");
        assert!(matches!(declare(&world, EMMA), Err(AppError::Close(CloseBar::Closed))), "{engine}");
        let acts: Vec<_> = world.audited().into_iter().filter(|(act, _)| act == "look-up").collect();
        assert_eq!(acts.len(), 3, "{engine}: particulars, declared, refused: {acts:?}");
    }
}

#[test]
fn an_own_record_that_is_noted_guards_the_household() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.follow(&[PAUL]);
        assert_eq!(bar(&world, PAUL), None, "{engine}");
        let note = |who| {
            world.act(who, |context| {
                lookups::note_own_record(
                    context,
                    &world.workplace,
                    world.claire.account,
                    world.people[CLAIRE],
                )
            })
        };
        assert!(matches!(note(world.head), Err(AppError::Gate(_))), "{engine}");
        note(world.dpo).unwrap();
        assert_eq!(bar(&world, PAUL), Some(CloseBar::Declare(Closeness::Relative)), "{engine}");
        assert!(NOW < later(0, 1));
    }
}

#[test]
fn whoever_looks_over_them_is_told_how_many_wait() {
    for world in every_engine() {
        let engine = world.test.engine;
        world_of_claire(&world);
        let waiting = |who| {
            let watch = world.act(who, |context| liant_app::desk::watch(context, &world.workplace)).unwrap();
            watch.overseen.map(|overseen| (overseen.waiting, overseen.searches))
        };
        assert_eq!(waiting(world.dpo), Some((0, 0)), "{engine}");
        declare(&world, CLAIRE).unwrap();
        declare(&world, EMMA).unwrap();
        assert_eq!(waiting(world.dpo), Some((2, 0)), "{engine}");
        let all = queue(&world, world.dpo, LookUpState::Pending).unwrap();
        answer(&world, world.dpo, &all[0], false).unwrap();
        assert_eq!(waiting(world.dpo), Some((1, 0)), "{engine}");
    }
}

#[test]
fn the_address_of_someone_close_is_not_touched_without_a_reason() {
    for world in every_engine() {
        let engine = world.test.engine;
        world_of_claire(&world);
        let protect = || {
            world.act(world.claire, |context| {
                addresses::protect(context, &world.workplace, world.people[EMMA], "threat")
            })
        };
        let unprotect = || {
            world.act(world.claire, |context| {
                addresses::unprotect(context, &world.workplace, world.people[EMMA])
            })
        };
        let close = |error: Result<(), AppError>| {
            matches!(error, Err(AppError::Close(CloseBar::Declare(Closeness::Relative))))
        };
        assert!(close(protect()) && close(unprotect()), "{engine}");
        declare(&world, EMMA).unwrap();
        protect().unwrap();
        unprotect().unwrap();
    }
}
