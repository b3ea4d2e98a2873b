//! Figures: for whom they are, at which days, and not of few.

use liant_app::AppError;
use liant_app::casework::{self, Asked, Committee, EntriesOf, FigureOf, Month};
use liant_model::{Date, Lang};

use crate::world::{ANNE, EMMA, GLOBAL, Someone, World, code, every_engine};

fn figures(world: &World, who: Someone, until: Date) -> Result<Vec<FigureOf>, AppError> {
    world
        .at(60, who, |context| casework::figures(context, &world.workplace, (&code(GLOBAL), until), Lang::En))
}

#[test]
fn figures_are_for_whom_the_programme_says_at_the_end_of_months() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.enter(EMMA);
        let (october, november) = (Date::constant(2026, 10, 31), Date::constant(2026, 11, 30));
        for who in [world.stella, world.yann, world.head] {
            let role = who.role.code();
            let entries = |until| {
                let all = figures(&world, who, until).unwrap();
                let found = all.iter().find(|one| one.indicator == code("entries-per-pair")).unwrap().clone();
                (found.value, found.of, found.below)
            };
            assert_eq!(entries(november), (None, None, None), "{engine}: {role}: two people are too few");
            assert_eq!(entries(october).0, Some(0), "{engine}: {role}: nobody had entered");
        }
        let november_ends = figures(&world, world.stella, november.yesterday().unwrap());
        assert!(matches!(november_ends, Err(AppError::Value(_))), "{engine}: a day apart tells who");
        let next = figures(&world, world.stella, Date::constant(2027, 1, 31));
        assert!(matches!(next, Err(AppError::Value(_))), "{engine}: that month is not over");
        let last_day = world.at(28, world.stella, |context| {
            casework::figures(context, &world.workplace, (&code(GLOBAL), november), Lang::En)
        });
        assert!(matches!(last_day, Err(AppError::Value(_))), "{engine}: nor is a month over on its last day");
        // Who is shown figures is shown nobody.
        assert!(world.path(60, world.stella, ANNE).is_err(), "{engine}");
        let counts = world.at(60, world.stella, |context| {
            casework::counts(context, &world.workplace, casework::Whose::Service)
        });
        assert!(counts.is_err(), "{engine}");
        assert!(figures(&world, world.dpo, november).is_err(), "{engine}: nor is everyone shown figures");
    }
}

fn committee(world: &World, who: Someone, month: &str) -> Result<Committee, AppError> {
    let month: Month = month.parse().unwrap();
    world.at(60, who, |context| {
        casework::committee(context, &world.workplace, (&code(GLOBAL), month), Lang::En)
    })
}

#[test]
fn committees_are_shown_a_month_by_service_and_always_the_same() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.enter(EMMA);
        let november = committee(&world, world.stella, "2026-11").unwrap();
        let names: Vec<_> = november.places.iter().map(|line| line.name.as_deref()).collect();
        assert_eq!(names, [Some("Autre service"), Some("Nord"), Some("Sud"), None], "{engine}");
        let entries: Vec<_> = november.places.iter().map(|line| line.figures.entries).collect();
        let none = Some(EntriesOf::default());
        assert_eq!(entries, [none, None, none, none], "{engine}: two entered in the north, and are hidden");
        assert_eq!(november.total.entries, None, "{engine}: as is the total, which would tell");
        assert!(november.total.exits.is_some(), "{engine}: that nobody left is no secret");
        let october = committee(&world, world.stella, "2026-10").unwrap();
        assert_eq!(october.total.entries, none, "{engine}");
        // What is recorded late does not change what was shown: Anne left in November.
        world.act_late((40, 20), world.yann, ANNE, vec![Asked::Withdraw]);
        assert_eq!(committee(&world, world.head, "2026-11").unwrap(), november, "{engine}");
        assert_eq!(world.count("casework_published"), 2, "{engine}");
        let files = world.test.rows("62", "SELECT body FROM casework_published").join("\n");
        for person in &world.people {
            assert!(!files.contains(&person.to_string()), "{engine}: it names nobody");
        }
        let next = committee(&world, world.stella, "2027-01");
        assert!(matches!(next, Err(AppError::Value(_))), "{engine}: that month is not over");
        assert!(committee(&world, world.dpo, "2026-10").is_err(), "{engine}: not everyone is shown figures");
        assert!(committee(&world, world.dpo, "2026-09").is_err(), "{engine}: nor counts them");
        assert_eq!(world.count("casework_published"), 2, "{engine}");
    }
}
