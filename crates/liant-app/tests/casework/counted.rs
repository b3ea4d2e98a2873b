//! Figures: for whom they are, at which days, and not of few.

use liant_app::AppError;
use liant_app::casework::{self, Asked, Committee, EntriesOf, FigureOf, Month};
use liant_app::people::Format;
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
        // All months since the programme began, January 2024, each once.
        assert_eq!(world.count("casework_published"), 35, "{engine}");
        let files = world.test.rows("62", "SELECT body FROM casework_published").join("\n");
        for person in &world.people {
            assert!(!files.contains(&person.to_string()), "{engine}: it names nobody");
        }
        let next = committee(&world, world.stella, "2027-01");
        assert!(matches!(next, Err(AppError::Value(_))), "{engine}: that month is not over");
        assert!(committee(&world, world.dpo, "2026-10").is_err(), "{engine}: not everyone is shown figures");
        assert!(committee(&world, world.dpo, "2026-09").is_err(), "{engine}: nor counts them");
        assert_eq!(world.count("casework_published"), 35, "{engine}");
    }
}

#[test]
fn indicators_are_kept_with_the_table_of_their_month() {
    for world in every_engine() {
        let engine = world.test.engine;
        let november = Date::constant(2026, 11, 30);
        let first = figures(&world, world.stella, november).unwrap();
        let entries = first.iter().find(|one| one.indicator == code("entries-per-pair")).unwrap();
        assert_eq!((entries.value, entries.of), (Some(0), Some(0)), "{engine}: nobody has entered");
        let table = committee(&world, world.stella, "2026-11").unwrap();
        // What is recorded late changes neither: what one tells on a day and the other on the next would tell who.
        world.enter(ANNE);
        assert_eq!(figures(&world, world.head, november).unwrap(), first, "{engine}");
        assert_eq!(committee(&world, world.head, "2026-11").unwrap(), table, "{engine}");
    }
}

#[test]
fn a_committee_has_its_months_in_order_and_a_file_of_the_same_cells() {
    for world in every_engine() {
        let engine = world.test.engine;
        world.enter(ANNE);
        world.enter(EMMA);
        let november: Month = "2026-11".parse().unwrap();
        let (months, file) = world.at(60, world.stella, |context| {
            let of = (&code(GLOBAL), november);
            let months = casework::committees(context, &world.workplace, of, 3, Lang::En).unwrap();
            let file =
                casework::committee_file(context, &world.workplace, of, Format::Csv, Lang::En).unwrap();
            (months, String::from_utf8(file).unwrap())
        });
        let named: Vec<String> = months.iter().map(|one| one.month.to_string()).collect();
        assert_eq!(named, ["2026-09", "2026-10", "2026-11"], "{engine}");
        assert_eq!(months[2], committee(&world, world.stella, "2026-11").unwrap(), "{engine}");
        let line = |begins: &str| file.lines().find(|line| line.starts_with(begins)).unwrap().to_owned();
        let whole = line("2026-11;Whole territory");
        assert!(whole.contains("hidden (fewer than 5)"), "{engine}: {whole}");
        assert!(
            whole.ends_with(";0;0;0;0;hidden (fewer than 5)"),
            "{engine}: that nobody left is no secret: {whole}"
        );
        assert!(line("2026-11;Nord").contains("hidden"), "{engine}");
        assert!(line("2026-11;Sud;0;0;;;0;0;0;0;").ends_with(';'), "{engine}: of nobody there is no share");
        assert_eq!(file.lines().count(), 1 + 12 + 4, "{engine}: {file}");
        let refused = world.at(60, world.dpo, |context| {
            casework::committee_file(
                context,
                &world.workplace,
                (&code(GLOBAL), november),
                Format::Xlsx,
                Lang::En,
            )
        });
        assert!(refused.is_err(), "{engine}: not everyone is given the file");
    }
}
