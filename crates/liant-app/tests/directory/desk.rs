//! The figures of the first page are those of the lists that they lead to; the directory follows an import, whoever else is at it.

use std::time::Duration;

use liant_app::people::{self, Happening, ListRequest, Seat, Test};
use liant_app::{AppError, Workplace, directory};
use liant_convention::{Convention, SHIPPED};
use liant_model::{Date, FixedClock, Source};
use liant_store::Store;
use liant_vault::Keyring;

use crate::world::{NOW, account, act, every_engine, known, officer, organisation, pecgm, territory};

/// The day of [`NOW`].
const TODAY: Date = Date::constant(2025, 6, 20);

#[test]
fn each_figure_is_that_of_its_list() {
    for place in every_engine() {
        let engine = place.test.engine;
        place.load("known.csv", &known(&[["R1", "NOMA", "", "ANNE", "1980-01-01", "62041", ""]]));
        let april = [
            ["A", "NOMA", "ANNE", "1980-01-01", "62041", ""],
            ["B", "NOMB", "BEA", "1981-01-01", "62041", ""],
        ];
        place.load("april.xml", &pecgm(("2025-04-01", "2025-04-30"), &april));
        place.refresh();
        let may = [
            ["A", "NOMA", "ANNE", "1980-01-01", "62041", "2025-05-12"],
            ["C", "NOMC", "CELINE", "1982-01-01", "62041", ""],
        ];
        place.load("may.xml", &pecgm(("2025-05-01", "2025-05-31"), &may));
        place.refresh();
        let desk = act("orientation_officer", "orientation", |context| {
            people::desk(context, &place.workplace, &Seat::default())
        });
        let desk = desk.unwrap();
        assert!(desk.state.is_fresh(), "{engine}");
        let [news] = desk.news.as_slice() else { panic!("{engine}: {:?}", desk.news) };
        assert_eq!((&news.source, news.since()), (&Source::FRANCE_TRAVAIL, TODAY), "{engine}");
        assert!(!news.happened.is_empty(), "{engine}");
        for one in &news.happened {
            let test = Test::Happened(one.kind, Source::FRANCE_TRAVAIL, news.since());
            let listed =
                place.list("orientation_officer", Seat::default(), std::slice::from_ref(&test)).unwrap();
            assert_eq!(listed.count, one.count, "{engine}: {:?}", one.kind);
            let alone = place.list("orientation_officer", Seat::default(), &[test, Test::WithoutReferent]);
            if let Some(without) = one.without_referent {
                assert_eq!(alone.unwrap().count, without, "{engine}: {:?}", one.kind);
            }
        }
        let counted = |test: Test| place.list("orientation_officer", Seat::default(), &[test]).unwrap().count;
        assert_eq!(desk.to_orient, Some(counted(Test::ToOrient)), "{engine}");
        assert_eq!(desk.without_referent, Some(counted(Test::WithoutReferent)), "{engine}");
        for (day, count) in &desk.waiting {
            assert_eq!(*count, counted(Test::ToOrientSince(*day)), "{engine}: {day}");
            assert!(count.number <= counted(Test::ToOrient).number, "{engine}");
        }
        assert!(news.happened.iter().all(|one| one.kind != Happening::Radiated), "{engine}");
    }
}

#[test]
fn who_is_given_nothing_is_refused_and_the_refusal_is_on_record() {
    for place in every_engine() {
        let desk =
            act("dpo", "orientation", |context| people::desk(context, &place.workplace, &Seat::default()));
        assert!(matches!(desk, Err(AppError::Gate(_))), "{}", place.test.engine);
    }
}

#[test]
fn two_who_follow_at_once_leave_a_directory_that_shows_everything() {
    for place in every_engine() {
        let engine = place.test.engine;
        let rows: Vec<[String; 2]> =
            (0..400).map(|number| [format!("R{number}"), format!("NOM{}", letters(number))]).collect();
        let people: Vec<[&str; 7]> = rows
            .iter()
            .map(|[reference, name]| {
                [reference.as_str(), name.as_str(), "", "ANNE", "1980-01-01", "62041", ""]
            })
            .collect();
        place.load("known.csv", &known(&people));
        let follow = || {
            directory::follow(&place.workplace, territory(), &FixedClock(NOW), Duration::from_secs(30))
                .unwrap()
        };
        let states = std::thread::scope(|scope| {
            let threads = [scope.spawn(follow), scope.spawn(follow)];
            threads.map(|thread| thread.join().unwrap())
        });
        assert!(states.iter().all(directory::DirectoryState::is_fresh), "{engine}: {states:?}");
        let all = place.list("orientation_officer", Seat::default(), &[]).unwrap();
        assert_eq!(all.count.number, 400, "{engine}");
    }
}

#[test]
fn a_figure_follows_what_another_process_changes() {
    for place in every_engine() {
        let engine = place.test.engine;
        let conventions = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap());
        let store = Store::open(&place.test.address).unwrap();
        // Figures need no key.
        let keys = Keyring::generate(NOW).unwrap();
        let other = Workplace::assemble(store, keys, conventions.collect()).unwrap();
        let count = |tests: &[Test]| {
            // Twice: the second answer is one that was kept.
            let [first, second] = [(), ()].map(|()| {
                officer(|context| people::count(context, &other, &Seat::default(), tests)).unwrap().number
            });
            assert_eq!(first, second, "{engine}");
            second
        };
        let hers = [Test::Referent(account(5))];
        let of_service = [Test::Service(Some(organisation(1)))];
        let anne = ["R1", "NOMA", "", "ANNE", "1980-01-01", "62041", ""];
        let bea = ["R2", "NOMB", "", "BEA", "1981-01-01", "62042", ""];
        place.load("known.csv", &known(&[anne, bea]));
        place.refresh();
        assert_eq!((count(&[]), count(&hers), count(&of_service)), (2, 0, 0), "{engine}");
        let everyone = place.all(&ListRequest::default());
        place.assign(Seat::default(), &everyone[..1], (5, 1)).unwrap();
        assert_eq!((count(&[]), count(&hers), count(&of_service)), (2, 1, 0), "{engine}");
        let communes = ["62041".to_owned(), "62042".to_owned()];
        officer(|context| people::set_communes(context, &place.workplace, organisation(1), &communes))
            .unwrap();
        assert_eq!((count(&[]), count(&hers), count(&of_service)), (2, 1, 2), "{engine}");
        let celine = ["R3", "NOMC", "", "CELINE", "1982-01-01", "62041", ""];
        place.load("more.csv", &known(&[anne, bea, celine]));
        assert_eq!(count(&[]), 2, "{engine}: she has no row yet");
        place.refresh();
        assert_eq!((count(&[]), count(&hers), count(&of_service)), (3, 1, 3), "{engine}");
    }
}

/// A number in letters: names hold no digit.
fn letters(number: u32) -> String {
    [number / 26 % 26, number % 26].iter().map(|place| char::from(b'A' + *place as u8)).collect()
}
