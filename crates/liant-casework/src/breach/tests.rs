use super::*;
use liant_convention::SHIPPED;
use liant_model::Field;
use proptest::prelude::*;

const HOUR: i64 = 3_600_000_000;

/// Friday 20 November 2026, 17:30 in Paris.
const FRIDAY: Instant = Instant::from_micros(1_795_192_200_000_000);

fn shipped() -> Vec<Convention> {
    SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect()
}

fn party(name: &str) -> Party {
    Party::parse(name).unwrap()
}

#[test]
fn each_clock_of_the_conventions_runs_from_the_discovery() {
    let files = shipped();
    let said = |nature, touches, our: &str| -> Vec<(String, i64)> {
        let found = deadlines(&files, (nature, touches), FRIDAY, &party(our));
        found
            .iter()
            .map(|one| (one.to.code().to_owned(), (one.at.micros() - FRIDAY.micros()) / HOUR))
            .collect()
    };
    let ft = |hours| ("france-travail".to_owned(), hours);
    let authority = ("authority".to_owned(), 72);
    for (nature, touches, our, expected) in [
        (Nature::Breach, true, "departement-62", vec![ft(36), authority.clone()]),
        // A breach is told even before anyone is found to be concerned.
        (Nature::Breach, false, "departement-62", vec![ft(36), authority.clone()]),
        (Nature::Complaint, false, "departement-62", vec![ft(36), ft(48)]),
        (Nature::Complaint, true, "departement-62", vec![ft(36), ft(48), authority.clone()]),
        (Nature::Flaw, false, "departement-62", vec![ft(48)]),
        // The clock of the API's flaws is the Département's alone.
        (Nature::Flaw, false, "france-travail", vec![]),
        (Nature::Breach, true, "france-travail", vec![("departement-62".to_owned(), 36), authority]),
    ] {
        assert_eq!(said(nature, touches, our), expected, "{nature:?} {touches} {our}");
    }
}

#[test]
fn hours_run_over_the_change_of_clocks_and_months_end_with_their_day() {
    let at = |text: &str| Instant::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
    for (from, length, until) in [
        // 36 hours over the night of 25 October 2026, when an hour comes twice.
        ("2026-10-24T18:00:00Z", "36 hours", "2026-10-26T06:00:00Z"),
        ("2026-11-20T16:30:00Z", "72 hours", "2026-11-23T16:30:00Z"),
        // A month from 31 January ends with 28 February, in Paris.
        ("2026-01-31T10:00:00Z", "1 month", "2026-02-28T22:59:59.999999Z"),
        ("2026-06-30T22:30:00Z", "2 days", "2026-07-03T21:59:59.999999Z"),
    ] {
        assert_eq!(end(at(from), length.parse().unwrap()), at(until), "{from} {length}");
    }
}

#[test]
fn what_was_told_after_its_moment_is_late_for_ever() {
    let at = |hours: i64| Instant::from_micros(FRIDAY.micros() + hours * HOUR);
    for (told, now, expected) in [
        (None, 35, Kept::Runs(HOUR)),
        (None, 36, Kept::Runs(0)),
        (None, 38, Kept::Missed(2 * HOUR)),
        (Some(36), 90, Kept::InTime),
        (Some(37), 90, Kept::Late(HOUR)),
    ] {
        assert_eq!(kept(at(36), told.map(at), at(now)), expected, "{told:?} {now}");
    }
}

fn person(number: u8) -> PersonId {
    PersonId::new(FRIDAY, [number; 10])
}

fn acts() -> impl Strategy<Value = Vec<Shown>> {
    let act =
        (0_i64..50, any::<u8>(), prop::collection::vec(0_u8..6, 0..5)).prop_map(|(at, fields, people)| {
            Shown {
                at: Instant::from_micros(at),
                fields: Field::all()
                    .take(8)
                    .enumerate()
                    .filter(|(bit, _)| fields >> bit & 1 == 1)
                    .map(|(_, one)| one)
                    .collect(),
                people: people.into_iter().map(person).collect(),
            }
        });
    prop::collection::vec(act, 0..12)
}

fn moves() -> impl Strategy<Value = Vec<Moved>> {
    let one = (0_u8..6, 0_i64..50, 0_i64..50, 0_u8..6).prop_map(|(whose, from, until, now)| Moved {
        person: person(whose),
        from: Instant::from_micros(from.min(until)),
        until: Instant::from_micros(from.max(until)),
        now: person(now),
    });
    prop::collection::vec(one, 0..6)
}

proptest! {
    /// Asked the other way round: of each person, act and field apart, whether it was shown of her.
    #[test]
    fn it_is_what_asking_person_by_person_finds(acts in acts(), moved in moves()) {
        let found = concerned(&acts, &moved);
        for number in 0..6 {
            let her = person(number);
            let shows = |act: &Shown| {
                act.people.contains(&her)
                    || moved.iter().any(|one| {
                        one.now == her && act.people.contains(&one.person) && one.from <= act.at && act.at < one.until
                    })
            };
            let showing: Vec<u32> =
                (0_u32..).zip(&acts).filter(|(_, act)| shows(act)).map(|(place, _)| place).collect();
            match found.get(&her) {
                None => prop_assert!(showing.is_empty()),
                Some(one) => {
                    prop_assert_eq!(&one.acts, &showing);
                    for field in Field::all() {
                        let shown = acts.iter().any(|act| shows(act) && act.fields.contains(field));
                        prop_assert_eq!(one.fields.contains(field), shown);
                    }
                }
            }
        }
    }
}
