//! Who sees whom: role × reach × where she sits.

#![expect(clippy::unwrap_used, reason = "a failure here is a failed test")]

use liant_app::people::{self, Ending, FollowRole, Happening, ListRequest, Order, PageSize, Seat, Test};
use liant_app::{AppError, directory};
use liant_convention::Reach;
use liant_model::{Date, PersonId};

use crate::world::{
    MARCH, NOW, Place, account, act, every_engine, every_engine_with, known, officer, organisation, pecgm,
    territory,
};

/// A service of Arras (62041), one of Calais (62193); people of each.
pub(crate) fn place(place: &Place) -> Vec<PersonId> {
    let people: Vec<[String; 7]> = (0..60)
        .map(|number: u32| {
            let commune = if number.is_multiple_of(3) { "62193" } else { "62041" };
            let letters: String =
                [number / 26, number % 26].iter().map(|place| char::from(b'A' + *place as u8)).collect();
            [
                format!("R{number}"),
                format!("NOM{letters}"),
                String::new(),
                "ANNE".to_owned(),
                format!("19{:02}-01-01", 40 + number % 60),
                commune.to_owned(),
                String::new(),
            ]
        })
        .collect();
    let rows: Vec<[&str; 7]> = people.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    place.load("known.csv", &known(&rows));
    let ft: Vec<[&str; 6]> =
        rows.iter().take(20).map(|row| [row[0], row[1], row[3], row[4], row[5], ""]).collect();
    place.load("ft.xml", &pecgm(("2025-04-01", "2025-04-30"), &ft));
    place.refresh();
    for (service, commune) in [(1, "62041"), (2, "62193")] {
        let done = officer(|context| {
            people::set_communes(context, &place.workplace, organisation(service), &[commune.to_owned()])
        });
        done.unwrap();
    }
    place.all(&ListRequest { size: PageSize::Middle, ..ListRequest::default() })
}

fn seat(account_no: u8, organisation_no: u8) -> Seat {
    Seat {
        account: Some(account(account_no)),
        organisation: Some(organisation(organisation_no)),
        reach: None,
    }
}

#[test]
fn each_sees_as_far_as_a_clause_lets_her() {
    for test in every_engine() {
        let engine = test.test.engine;
        let all = place(&test);
        assert_eq!(all.len(), 60, "{engine}: pages follow each other without a gap");
        // Account 5 of organisation 5, which has no communes, follows four people.
        test.assign(Seat::default(), &all[..4], (5, 1)).unwrap();
        let narrow = |reach| Seat { reach: Some(reach), ..seat(5, 5) };
        let service = |reach| Seat { reach: Some(reach), ..seat(9, 1) };
        for (role, sits, expected) in [
            ("orientation_officer", Seat::default(), Ok(60)),
            ("orientation_officer", seat(5, 1), Ok(60)),
            ("orientation_officer", service(Reach::Service), Ok(40)),
            ("orientation_officer", Seat { reach: Some(Reach::Service), ..seat(9, 2) }, Ok(20)),
            ("orientation_officer", narrow(Reach::Caseload), Ok(4)),
            ("orientation_officer", narrow(Reach::Service), Ok(4)),
            ("orientation_officer", Seat { reach: Some(Reach::Caseload), ..seat(9, 1) }, Ok(0)),
            ("local_service_head", seat(9, 1), Ok(40)),
            ("local_service_head", seat(9, 2), Ok(20)),
            ("local_service_head", seat(9, 7), Ok(0)),
            ("local_service_head", seat(5, 5), Ok(4)),
            ("local_service_head", narrow(Reach::Caseload), Ok(4)),
            ("local_service_head", Seat { reach: Some(Reach::Territory), ..seat(9, 1) }, Err("gate")),
            ("local_service_head", Seat::default(), Err("gate")),
            ("technician", seat(9, 1), Err("gate")),
            ("dpo", seat(9, 1), Err("gate")),
            ("stranger", seat(9, 1), Err("gate")),
        ] {
            let found = test.list(role, sits, &[]);
            let found = match found {
                Ok(page) => Ok(page.count.number),
                Err(AppError::Gate(_)) => Err("gate"),
                Err(error) => panic!("{engine}: {role}: {error}"),
            };
            assert_eq!(found, expected, "{engine}: {role} at {sits:?}");
            if let Ok(number) = expected {
                let search = test.search(role, sits, "anne");
                assert_eq!(
                    (search.people.len() as u64, search.and_more),
                    (number.min(50), number > 50),
                    "{engine}: {role}"
                );
            }
        }
    }
}

#[test]
fn who_is_beyond_the_scope_looks_absent() {
    for test in every_engine() {
        let engine = test.test.engine;
        let all = place(&test);
        let head = |work: &dyn Fn(&liant_app::Context<'_>) -> Result<(), AppError>| {
            act("local_service_head", "orientation", work)
        };
        let of_calais = test.list("local_service_head", seat(9, 2), &[]).unwrap().people[0].person;
        let nobody = PersonId::new(NOW, [7; 10]);
        let ending =
            |person| Ending { person, role: FollowRole::SocialReferent, to: Date::constant(2025, 6, 30) };
        let answer = |person| {
            head(&|context| people::end(context, &test.workplace, &seat(9, 1), ending(person)))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(answer(of_calais), answer(nobody), "{engine}");
        // A page that begins after someone beyond the scope is one that begins after nobody.
        let after = |person| {
            let request = ListRequest { seat: seat(9, 1), after: Some(person), ..ListRequest::default() };
            let page = act("local_service_head", "orientation", |context| {
                people::list(context, &test.workplace, &request, liant_model::Lang::En)
            });
            page.unwrap_err().to_string()
        };
        assert_eq!(after(of_calais), after(nobody), "{engine}");
        // All or nothing.
        let refused = test.assign(Seat::default(), &[all[0], nobody], (5, 1));
        assert!(matches!(refused, Err(AppError::Absent(_))), "{engine}");
        assert!(test.test.rows("62", "SELECT follow_id FROM follow").is_empty(), "{engine}");
    }
}

#[test]
fn one_follows_in_a_role_and_the_next_ends_her() {
    for test in every_engine() {
        let engine = test.test.engine;
        let all = place(&test);
        let alone = || {
            test.list("orientation_officer", Seat::default(), &[Test::WithoutReferent]).unwrap().count.number
        };
        let before = alone();
        assert_eq!(before, 20, "{engine}: France Travail's stock is of recipients");
        let done = test.assign(Seat::default(), &all, (5, 1)).unwrap();
        assert_eq!((done.assigned, done.replaced, done.unchanged, alone()), (60, 0, 0, 0), "{engine}");
        let done = test.assign(Seat::default(), &all, (5, 1)).unwrap();
        assert_eq!((done.assigned, done.replaced, done.unchanged), (0, 0, 60), "{engine}");
        let done = test.assign(Seat::default(), &all[..10], (6, 1)).unwrap();
        assert_eq!((done.assigned, done.replaced), (10, 10), "{engine}");
        let of = |number| {
            test.list("orientation_officer", Seat::default(), &[Test::Referent(account(number))])
                .unwrap()
                .count
                .number
        };
        assert_eq!((of(5), of(6)), (50, 10), "{engine}");
        let ending =
            Ending { person: all[0], role: FollowRole::SocialReferent, to: Date::constant(2025, 6, 30) };
        officer(|context| people::end(context, &test.workplace, &Seat::default(), ending)).unwrap();
        assert_eq!((of(5), of(6)), (50, 9), "{engine}");
        let kept = test.workplace.store.read(territory(), |snapshot| snapshot.follows_of(all[0])).unwrap();
        let mut ended: Vec<Option<&str>> = kept.iter().map(|(_, to)| to.as_deref()).collect();
        ended.sort_unstable();
        assert_eq!(ended, [Some("2025-06-20"), Some("2025-06-30")], "{engine}: ended, never deleted");
    }
}

#[test]
fn what_a_batch_changed_is_told_once() {
    const ANNE: [&str; 6] = ["0000001A", "ABEL", "ANNE", "1980-01-01", "62041", ""];
    const LEA: [&str; 6] = ["0000002B", "BABEL", "LEA", "1981-01-01", "62041", ""];
    const EVE: [&str; 6] = ["0000003C", "CABEL", "EVE", "1982-01-01", "62041", ""];
    let mut ceased = ANNE;
    ceased[5] = "2025-05-12";
    for test in every_engine() {
        let engine = test.test.engine;
        let fresh = || test.list("orientation_officer", Seat::default(), &[]).unwrap().state.is_fresh();
        let told = || {
            assert!(fresh(), "{engine}");
            test.happened(&Seat::default())
        };
        test.load("1.xml", &pecgm(("2025-04-01", "2025-04-30"), &[ANNE, LEA]));
        test.refresh();
        assert!(told().is_empty(), "{engine}: that everyone is new in the first file is no news");
        test.load("2.xml", &pecgm(("2025-05-01", "2025-05-31"), &[ceased, EVE]));
        assert!(!fresh(), "{engine}");
        assert_eq!(test.refresh().events, 3, "{engine}");
        let after_two = [(Happening::Entered, 1), (Happening::Left, 1), (Happening::Ceased, 1)];
        assert_eq!(told(), after_two, "{engine}");
        assert_eq!(test.refresh(), directory::Refreshed::default(), "{engine}: nothing is left to do");
        test.load("3.xml", &pecgm(("2025-06-01", "2025-06-19"), &[ceased, EVE, LEA]));
        test.refresh();
        let after_three =
            [(Happening::Entered, 1), (Happening::Back, 1), (Happening::Left, 1), (Happening::Ceased, 1)];
        assert_eq!(told(), after_three, "{engine}");
        directory::rebuild(&test.workplace, territory(), NOW).unwrap();
        assert_eq!(told(), after_three, "{engine}: a directory made anew keeps what happened");
    }
}

#[test]
fn a_child_is_in_no_list_and_is_found_by_nothing() {
    let world = liant_sample::World::new(liant_sample::WorldOptions::new(territory(), 300, 5, MARCH, 1));
    let mut rights = Vec::new();
    world.month(0).unwrap().write_rsabem(&mut rights, liant_sample::FileOptions::default()).unwrap();
    for test in every_engine() {
        test.load("rsabem.xml", &rights);
        test.refresh();
        let engine = test.test.engine;
        let by_standing = |code: u8| {
            let sql = format!(
                "SELECT DISTINCT person_id FROM directory JOIN directory_profile AS p ON p.profile = directory.profile WHERE standing {} 0",
                if code == 0 { "=" } else { ">" }
            );
            test.test.rows("62", &sql).len() as u64
        };
        assert!(by_standing(0) > 0 && by_standing(1) > 0, "{engine}: the file holds children and recipients");
        assert_eq!(
            test.list("orientation_officer", Seat::default(), &[]).unwrap().count.number,
            by_standing(1),
            "{engine}"
        );
    }
}

#[test]
fn a_list_in_each_order_holds_the_same_people() {
    for test in every_engine_with(str::to_owned) {
        let all = place(&test);
        let engine = test.test.engine;
        let to_orient = |order| {
            let mut people =
                test.all(&ListRequest { tests: vec![Test::ToOrient], order, ..ListRequest::default() });
            people.sort_unstable();
            people
        };
        let expected = to_orient(Order::Name);
        assert_eq!(expected.len(), 20, "{engine}");
        assert_eq!(to_orient(Order::Waiting), expected, "{engine}");
        assert_eq!(to_orient(Order::Registered), expected, "{engine}");
        assert!(expected.iter().all(|person| all.contains(person)), "{engine}");
    }
}
