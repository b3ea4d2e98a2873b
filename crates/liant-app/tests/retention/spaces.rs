//! What people's own spaces leave goes with them: the way in, requests, consents, and what other parties did about a request.

use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, totp};
use liant_app::accounts::{Office, Origin};
use liant_app::rights::shared::{self, PartStep};
use liant_app::rights::{self, NewRequest, Right};
use liant_app::space::{SpaceToken, asking, coming_in, contact, opening};
use liant_model::{Date, FixedClock, Instant, Lang, PersonId, TraceId};

use crate::world::{DPO, JUNE, OFFICER, Place, YEARS_LATER, act_at, days_after, every_engine, territory};

const PASSWORD: &str = "brume tuile gant sorbier nef ocre";
const ORIGIN: Origin<'_> =
    Origin { address: "198.51.100.7", known_browser: None, browser: "Firefox, Android" };
const THEN: Instant = days_after(JUNE, 1);

/// Each table of spaces and requests, with that of what its rows hang on and the column that both have.
const TABLES: [(&str, &str, &str); 8] = [
    ("space", "identity", "identity_id"),
    ("rights_request", "identity", "identity_id"),
    ("electronic_contact", "identity", "identity_id"),
    ("space_code", "space", "space_id"),
    ("space_recovery", "space", "space_id"),
    ("space_pending", "space", "space_id"),
    ("space_session", "space", "space_id"),
    ("rights_part", "rights_request", "request_id"),
];

fn office<T>(place: &Place, work: impl FnOnce(&Office<'_>) -> T) -> T {
    let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
    work(&Office::new(&place.workplace, &rules, territory(), &FixedClock(THEN)).unwrap())
}

/// Who comes in, asks and agrees: she is in, and on her way in once more.
pub(crate) fn live(place: &Place, person: PersonId) -> (SpaceToken, String) {
    let workplace = &place.workplace;
    let handed =
        act_at(THEN, OFFICER, |context| opening::open(context, workplace, person, 72, Lang::Fr)).unwrap();
    let entered = office(place, |office| {
        let pending = coming_in::code(office, &handed.number, handed.code.reveal(), &ORIGIN).unwrap();
        coming_in::choose_password(office, &pending, &Password::new(PASSWORD)).unwrap();
        let secret = coming_in::enrolment(office, &pending).unwrap().secret;
        let code = totp::Secret::from_base32(&secret).unwrap().code(totp::step_of(THEN));
        let (entered, _) = coming_in::bind(office, &pending, &code, &ORIGIN).unwrap();
        coming_in::password(office, &handed.number, &Password::new(PASSWORD), &ORIGIN).unwrap();
        entered
    });
    let clock = FixedClock(THEN);
    let context = entered.herself.context(TraceId::new(THEN, [5; 10]), &clock).unwrap();
    for right in Right::ALL {
        let new = NewRequest { right: *right, about: None, statement: Some("QUOLIBETAIRE".to_owned()) };
        let request = asking::ask(&context, workplace, &entered.herself, &new).unwrap();
        act_at(THEN, DPO, |context| {
            let case = shared::case(context, workplace, request).unwrap();
            for (part, seen) in case.parts.iter().zip(0..) {
                let told = (part.party.as_str(), PartStep::Told, seen);
                shared::record(context, workplace, request, told).unwrap();
            }
        });
    }
    contact::say(&context, workplace, &entered.herself, true).unwrap();
    (entered.token, handed.number)
}

/// How many rows each table has, and that each hangs on something.
fn rows(place: &Place) -> [usize; TABLES.len()] {
    TABLES.map(|(table, on, column)| {
        let orphans = format!(
            "SELECT 1 FROM {table} WHERE NOT EXISTS (SELECT 1 FROM {on} WHERE {on}.{column} = {table}.{column})"
        );
        assert!(place.test.rows("62", &orphans).is_empty(), "{}: {table}", place.test.engine);
        place.count(table)
    })
}

#[test]
fn the_space_of_who_is_destroyed_goes_with_all_that_hangs_on_it() {
    for mut place in every_engine() {
        place.month(0, JUNE, (40, 1, Date::constant(2025, 3, 1)));
        let engine = place.test.engine;
        let some: Vec<PersonId> = place.listed(THEN).into_iter().take(8).collect();
        let spaces: Vec<_> = some.iter().map(|person| (*person, live(&place, *person))).collect();
        // One that came by letter, of someone who has no space.
        let other = place.listed(THEN).into_iter().nth(8).unwrap();
        let new = NewRequest { right: Right::Erasure, about: None, statement: None };
        act_at(THEN, DPO, |context| rights::record(context, &place.workplace, other, &new, THEN)).unwrap();
        let before = rows(&place);
        assert!(before.iter().all(|count| *count >= some.len()), "{engine}: {before:?}");

        place.month(1, days_after(JUNE, 40), (30, 77, Date::constant(2025, 6, 1)));
        place.run_at(YEARS_LATER).unwrap().unwrap();
        let (left, after) = (place.people(), rows(&place));
        let gone: Vec<_> = spaces.iter().filter(|(person, _)| !left.contains(person)).collect();
        assert!(gone.len() > some.len() / 2, "{engine}: {} of {}", gone.len(), some.len());
        assert_eq!(after[0], some.len() - gone.len(), "{engine}: a space each");
        for (_, (token, number)) in gone {
            office(&place, |office| {
                assert!(coming_in::resume(office, token).unwrap().is_none(), "{engine}: she is in no more");
                assert!(coming_in::waiting(office, token).unwrap().is_none(), "{engine}");
                let again = coming_in::password(office, number, &Password::new(PASSWORD), &ORIGIN);
                assert!(again.is_err(), "{engine}: nor does she come in again");
            });
        }
        let unknown = "SELECT 1 FROM access_person WHERE NOT EXISTS
             (SELECT 1 FROM person WHERE person.person_id = access_person.person_id)";
        assert!(place.test.rows("62", unknown).is_empty(), "{engine}: nor is it kept who read her");
        place.log_holds();
    }
}

#[test]
fn the_space_of_who_stays_leads_to_her() {
    for mut place in every_engine() {
        place.month(0, JUNE, (40, 1, Date::constant(2025, 3, 1)));
        let engine = place.test.engine;
        let some: Vec<PersonId> = place.listed(THEN).into_iter().take(15).collect();
        let spaces: Vec<_> = some.iter().map(|person| (*person, live(&place, *person))).collect();
        // The convention has ended, and all that came by it goes; what she asked stays with whoever is known still.
        let ended = days_after(JUNE, 1_231);
        place.run_at(ended).unwrap().unwrap();
        let (left, after) = (place.people(), rows(&place));
        let mut stays = 0;
        for (person, (token, _)) in &spaces {
            let found =
                place.workplace.store.read(territory(), |snapshot| snapshot.spaces_of(*person)).unwrap();
            assert!(found.is_empty() || left.contains(person), "{engine}");
            let is_in = office(&place, |office| coming_in::resume(office, token).unwrap().is_some());
            assert_eq!(is_in, !found.is_empty(), "{engine}: her space leads to her, or is gone");
            stays += found.len();
        }
        assert_eq!(after[0], stays, "{engine}: no space leads to nobody");
        assert!(stays > 0, "{engine}");
        place.log_holds();
    }
}
