//! Searches beyond one's reach: exact, few, with a reason, so many times, on record.

use liant_app::people::{self, Exactly, WiderFilter, WiderResult, WiderUse};
use liant_app::{AppError, addresses};
use liant_convention::Refusal;
use liant_model::{Date, Instant, Lang};
use liant_store::StoreError;

use crate::world::{ANNE, CLAIRE, NOW, PAUL, Someone, World, every_engine, later};

fn named(name: &str, first_name: &str, born: Date) -> Exactly {
    Exactly::Named { name: name.to_owned(), first_name: first_name.to_owned(), born }
}

fn number(number: &str) -> Exactly {
    Exactly::Numbered(number.to_owned())
}

fn anne() -> Exactly {
    named("Abel", "Ànne", Date::constant(1980, 1, 1))
}

/// The head of the south: nobody in these files is close to her, and Anne is beyond her reach.
fn head(world: &World) -> Someone {
    Someone { organisation: world.south, ..world.head }
}

fn search(
    world: &World,
    (who, now): (Someone, Instant),
    whom: &Exactly,
    reason: &str,
) -> Result<WiderResult, AppError> {
    world.act_at(now, who, |context| people::wider_search(context, &world.workplace, whom, reason, Lang::En))
}

fn uses(world: &World, who: Someone, filter: &WiderFilter) -> Result<Vec<WiderUse>, AppError> {
    world.act_at(later(2, 0), who, |context| {
        people::wider_searches(context, &world.workplace, filter, 100, Lang::Fr)
    })
}

#[test]
fn exact_matches_alone_are_found() {
    for world in every_engine() {
        let engine = world.test.engine;
        let head = Someone { purpose: "follow-up", ..head(&world) };
        let born = Date::constant(1980, 1, 1);
        for (case, whom, expected) in [
            ("whole", anne(), 1),
            ("part of a name", named("Abe", "Anne", born), 0),
            ("part of a first name", named("Abel", "Ann", born), 0),
            ("another day", named("Abel", "Anne", Date::constant(1980, 1, 2)), 0),
            ("names exchanged", named("Anne", "Abel", born), 0),
            ("CAF number of two", number("2000002"), 2),
            ("part of a number", number("200000"), 0),
            ("own reference, too short", number("R5"), 9),
            ("no first name", named("Abel", "", born), 9),
            ("no number at all", number("ABEL"), 9),
        ] {
            match search(&world, (head, later(0, 2 * expected)), &whom, "visit") {
                Ok(found) => {
                    assert_eq!(found.people.len() as i64, expected, "{engine}: {case}");
                    assert!(!found.and_more, "{engine}: {case}");
                }
                Err(AppError::NotExact) => assert_eq!(expected, 9, "{engine}: {case}"),
                Err(error) => panic!("{engine}: {case}: {error}"),
            }
        }
        let found = search(&world, (head, later(1, 0)), &anne(), "visit").unwrap();
        let [line] = found.people.as_slice() else { panic!("{engine}") };
        assert_eq!(line.person, world.people[ANNE], "{engine}");
        let mut fields: Vec<_> =
            line.origins.iter().flat_map(|origin| &origin.values).map(|value| value.field).collect();
        fields.sort_unstable();
        let minimal = [
            "identifiers.own_reference",
            "identity.birth_date",
            "identity.birth_name",
            "identity.first_name",
        ];
        assert_eq!(fields, minimal, "{engine}");
        // What she found does not open to her.
        assert!(matches!(world.show(head, world.people[ANNE]), Err(AppError::Absent(_))), "{engine}");
    }
}

#[test]
fn a_clause_and_a_reason_are_needed() {
    for world in every_engine() {
        let engine = world.test.engine;
        for who in [world.officer, world.dpo, Someone { purpose: "person-rights", ..world.head }] {
            match search(&world, (who, NOW), &anne(), "visit") {
                Err(AppError::Gate(refusal)) => {
                    assert!(matches!(*refusal, Refusal::NoWiderSearch { .. }), "{engine}: {refusal}");
                }
                other => panic!("{engine}: {:?}", other.map(|found| found.people.len())),
            }
            let terms = world.act(who, |context| people::wider_terms(context, &world.workplace, Lang::Fr));
            assert_eq!(terms, None, "{engine}");
        }
        for reason in ["", "curiosity", "homonym"] {
            let refused = search(&world, (world.head, NOW), &anne(), reason);
            assert!(matches!(refused, Err(AppError::NoSuchWord { .. })), "{engine}: {reason}");
        }
        let terms = world.act(world.head, |context| people::wider_terms(context, &world.workplace, Lang::Fr));
        let terms = terms.unwrap();
        assert_eq!((terms.per_hour, terms.per_day, terms.reasons.len()), (10, 30, 6), "{engine}");
        assert!(world.test.rows("62", "SELECT act_id FROM wider_search").is_empty(), "{engine}");
    }
}

#[test]
fn so_many_in_an_hour_and_in_a_day() {
    for world in every_engine() {
        let engine = world.test.engine;
        // From midnight UTC on, whatever the hour of the test's now.
        let midnight = NOW.micros() - NOW.micros().rem_euclid(86_400_000_000);
        let at = |hour: i64| Instant::from_micros(midnight + hour * 3_600_000_000);
        let ask =
            |who, hour| search(&world, (who, at(hour)), &anne(), "call").map(|found| found.people.len());
        let is_spent = |answer| matches!(answer, Err(AppError::Store(StoreError::Spent)));
        for _ in 0..10 {
            assert_eq!(ask(head(&world), 1).unwrap(), 1, "{engine}");
        }
        assert!(is_spent(ask(head(&world), 1)), "{engine}: the eleventh of the hour");
        let claire = Someone { purpose: "orientation", ..world.claire };
        assert!(ask(claire, 1).is_ok(), "{engine}: another human");
        for hour in [2, 3] {
            for _ in 0..10 {
                assert!(ask(head(&world), hour).is_ok(), "{engine}: {hour}");
            }
        }
        assert!(is_spent(ask(head(&world), 4)), "{engine}: the thirty-first of the day");
        assert!(ask(head(&world), 24).is_ok(), "{engine}: the next day");
        let refused: Vec<_> = world.audited().into_iter().filter(|(act, _)| act == "refusal").collect();
        assert_eq!(refused.len(), 2, "{engine}: {refused:?}");
        assert_eq!(world.test.rows("62", "SELECT act_id FROM wider_search").len(), 32, "{engine}");
    }
}

#[test]
fn each_is_in_the_list_of_who_looks_over_it() {
    for world in every_engine() {
        let engine = world.test.engine;
        search(&world, (head(&world), NOW), &anne(), "visit").unwrap();
        search(&world, (head(&world), later(1, 0)), &number("7777777"), "emergency").unwrap();
        search(&world, (world.claire, later(1, 1)), &number("1000001"), "transfer").unwrap();
        let all = uses(&world, world.dpo, &WiderFilter::default()).unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|one| {
                (one.name.as_deref().unwrap(), one.reason.as_str(), one.by_number, one.found, one.shown.len())
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Claire Martin", "La personne change de service ou de référent", true, 1, 1),
                ("Hugo H", "Urgence sociale", true, 0, 0),
                ("Hugo H", "La personne se présente au service", false, 1, 1),
            ],
            "{engine}"
        );
        assert_eq!(all[2].shown, [world.people[ANNE]], "{engine}");
        assert!(all.iter().all(|one| one.clause.contains("§9")), "{engine}");
        let of = |filter: WiderFilter| uses(&world, world.dpo, &filter).unwrap().len();
        let actor = Some(world.head.account.to_string());
        assert_eq!(of(WiderFilter { actor: actor.clone(), ..WiderFilter::default() }), 2, "{engine}");
        assert_eq!(of(WiderFilter { since: Some(later(1, 0)), ..WiderFilter::default() }), 2, "{engine}");
        let first = WiderFilter { actor, until: Some(later(1, 0)), ..WiderFilter::default() };
        assert_eq!(of(first), 1, "{engine}");
        for who in [head(&world), world.officer, Someone { purpose: "follow-up", ..world.dpo }] {
            let refused = uses(&world, who, &WiderFilter::default());
            assert!(matches!(refused, Err(AppError::Gate(_))), "{engine}");
        }
        world.keeps_no_name();
        let searched = world.audited().into_iter().filter(|(act, _)| act == "search").collect::<Vec<_>>();
        assert_eq!(searched.len(), 3, "{engine}: {searched:?}");
    }
}

#[test]
fn the_file_of_someone_close_is_not_found() {
    for world in every_engine() {
        let engine = world.test.engine;
        let born = Date::constant(1985, 3, 3);
        let found = search(&world, (world.claire, NOW), &named("Martin", "Claire", born), "visit").unwrap();
        assert!(found.people.is_empty(), "{engine}: herself");
        let by_head = search(&world, (world.head, NOW), &number("2000002"), "visit").unwrap();
        // Claire works with the head.
        let people: Vec<_> = by_head.people.iter().map(|line| line.person).collect();
        assert_eq!(people, [world.people[PAUL]], "{engine}");
        assert!(!people.contains(&world.people[CLAIRE]), "{engine}");
        // A protected address changes nothing: a wider search shows none.
        world.act(world.officer, |context| {
            addresses::protect(context, &world.workplace, world.people[PAUL], "threat").unwrap();
        });
        let again = search(&world, (world.head, NOW), &number("2000002"), "visit").unwrap();
        assert_eq!(again.people.len(), 1, "{engine}");
    }
}

#[test]
fn each_is_looked_over_by_someone_else_and_none_waits_for_ever() {
    for world in every_engine() {
        let engine = world.test.engine;
        let ask = |now| search(&world, (head(&world), now), &anne(), "emergency");
        ask(NOW).unwrap();
        let waiting = WiderFilter { waiting: true, ..WiderFilter::default() };
        let one = uses(&world, world.dpo, &waiting).unwrap().remove(0);
        assert!(one.is_hers_to_review && one.reviewed.is_none(), "{engine}");
        let review = |who, search| {
            world.act_at(later(2, 0), who, |context| {
                people::review_wider_search(context, &world.workplace, search)
            })
        };
        assert!(
            matches!(review(head(&world), one.act), Err(AppError::Gate(_))),
            "{engine}: no clause has her"
        );
        let unknown = liant_model::ActId::new(NOW, [9; 10]);
        assert!(matches!(review(world.dpo, unknown), Err(AppError::Absent(_))), "{engine}");
        // It has waited for longer than a declared reason holds (90 days): she makes no other, and the refusal is on record.
        let late = Instant::from_micros(NOW.micros() + 92 * 86_400_000_000);
        assert!(matches!(ask(late), Err(AppError::SearchNotReviewed)), "{engine}");
        let claire = Someone { purpose: "orientation", ..world.claire };
        assert!(search(&world, (claire, late), &anne(), "visit").is_ok(), "{engine}: another human");

        review(world.dpo, one.act).unwrap();
        let again = review(world.dpo, one.act);
        assert!(again.is_err_and(|error| error.is_conflict()), "{engine}: once");
        let all = uses(&world, world.dpo, &WiderFilter::default()).unwrap();
        let seen = all.iter().find(|other| other.act == one.act).unwrap();
        assert!(seen.reviewed.is_some() && !seen.is_hers_to_review, "{engine}");
        assert!(
            uses(&world, world.dpo, &waiting).unwrap().iter().all(|other| other.act != one.act),
            "{engine}"
        );
        assert!(ask(late).is_ok(), "{engine}");
        world.keeps_no_name();
    }
}
