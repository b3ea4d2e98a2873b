//! Figures: for whom they are, at which days, and not of few.

use liant_app::AppError;
use liant_app::casework::{self, FigureOf};
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
