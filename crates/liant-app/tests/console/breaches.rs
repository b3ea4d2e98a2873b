//! Whom a breach concerns, against an answer found the other way round: person by person, by who read her.

use std::collections::{BTreeMap, BTreeSet};

use liant_app::breaches::{self, BreachFile, Deed, NewBreach};
use liant_app::review::Disclosure;
use liant_app::{AppError, deposit, person, review, trail};
use liant_casework::breach::Nature;
use liant_model::{Instant, Lang, PersonId};

use crate::world::{NOW, Place, act_at, dpo, every_engine, minutes};

const ADVISED: (&str, &str) = ("orientation_officer", "orientation");

/// Who read each person, of everyone there is and was before links were moved: asked of the log person by person.
type Readings = BTreeMap<PersonId, Vec<Disclosure>>;

/// An hour of reading by several people, during which identities are settled.
fn read(place: &Place) -> Readings {
    let mut everyone: BTreeSet<PersonId> = place.everyone(minutes(1)).into_iter().collect();
    let some: Vec<PersonId> = everyone.iter().step_by(7).copied().collect();
    for (n, one) in (2..).zip(&some) {
        act_at(minutes(n), ADVISED, |context| person::show(context, &place.served, *one, Lang::En)).unwrap();
    }
    let clerk = ("clerk", "identity-review");
    act_at(minutes(30), clerk, |context| {
        let queue =
            review::queue(context, &place.served, review::QueueFilter::default(), (0, 50), Lang::En).unwrap();
        for asked in queue.page.iter().take(3) {
            review::accept(context, &place.served, asked.review).unwrap();
        }
        if let Some(first) = queue.page.first() {
            review::take_back(context, &place.served, first.review).unwrap();
        }
    });
    for (n, one) in (31..).zip(&some) {
        // Some are no more: they were found to be others.
        let _ = act_at(minutes(n), ADVISED, |context| person::show(context, &place.served, *one, Lang::En));
    }
    let technician = ("technician", "file-handling");
    act_at(minutes(60), technician, |context| deposit::build(context, &place.served, Lang::En)).unwrap();
    act_at(minutes(61), technician, |context| deposit::fetch(context, &place.served).map(drop)).unwrap();
    everyone.extend(place.everyone(minutes(62)));
    let who_read = |person: &PersonId| {
        let readings = act_at(minutes(500), ("dpo", "person-rights"), |context| {
            trail::who_read(context, &place.served, *person, Instant::from_micros(0))
        });
        match readings {
            Ok(readings) => Some((*person, readings)),
            Err(AppError::Absent(_)) => None,
            Err(error) => panic!("{error}"),
        }
    };
    everyone.iter().filter_map(who_read).collect()
}

/// Of each person, what was shown of her by an actor in a period.
fn oracle(
    readings: &Readings,
    (actor, since, until): (Option<&str>, Instant, Instant),
) -> BTreeMap<PersonId, BTreeSet<&'static str>> {
    let within =
        |one: &&Disclosure| actor.is_none_or(|actor| one.actor == actor) && one.at >= since && one.at < until;
    let of_hers = readings.iter().filter_map(|(person, readings)| {
        let mut shown = readings.iter().filter(within).peekable();
        shown.peek()?;
        Some((*person, shown.flat_map(|one| one.fields.iter().copied()).collect()))
    });
    of_hers.collect()
}

fn open(place: &Place, (actor, since, until): (Option<&str>, Instant, Instant)) -> BreachFile {
    let new = NewBreach {
        nature: Nature::Breach,
        discovered_at: NOW,
        actor: actor.map(str::to_owned),
        act: None,
        since,
        until: Some(until),
    };
    act_at(minutes(400), ("dpo", "person-rights"), |context| {
        let breach = breaches::open(context, &place.served, &new).unwrap();
        breaches::show(context, &place.served, breach).unwrap()
    })
}

#[test]
fn it_is_exactly_whom_the_log_says() {
    for place in every_engine() {
        let readings = read(&place);
        let always = (minutes(-1), minutes(300));
        for (actor, since, until) in [
            (Some("orientation_officer"), always.0, always.1),
            (Some("orientation_officer"), minutes(2), minutes(10)),
            (Some("orientation_officer"), minutes(2), minutes(30)),
            (Some("clerk"), always.0, always.1),
            (Some("technician"), minutes(61), minutes(62)),
            (None, minutes(2), minutes(62)),
            (None, always.0, always.1),
        ] {
            let file = open(&place, (actor, since, until));
            let expected = oracle(&readings, (actor, since, until));
            let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
            expected.values().flatten().for_each(|code| *counts.entry(code).or_default() += 1);
            let said: BTreeMap<&str, u64> =
                file.fields.iter().map(|(field, count)| (field.code(), *count)).collect();
            assert_eq!(file.people, expected.len() as u64, "{actor:?} {since:?} {until:?}");
            assert_eq!(said, counts, "{actor:?} {since:?} {until:?}");
            assert!(file.people > 0, "{actor:?}: nothing was tried");
        }
        // Nobody who was not there.
        assert_eq!(open(&place, (Some("clerk"), minutes(100), minutes(200))).people, 0);
    }
}

#[test]
fn the_list_names_everyone_of_the_breach_and_is_itself_a_reading() {
    for place in every_engine() {
        let readings = read(&place);
        let scope = (Some("technician"), minutes(61), minutes(62));
        let file = open(&place, scope);
        let expected = oracle(&readings, scope);
        let heads = ["n", "data", "acts", "first", "last"].map(str::to_owned);
        let breach = file.summary.breach;
        let made = act_at(minutes(401), ("dpo", "person-rights"), |context| {
            breaches::export(context, &place.served, breach, (&heads, Lang::En)).unwrap()
        });
        let text = String::from_utf8(made.bytes).unwrap();
        assert!(!expected.is_empty(), "nobody is in the file");
        let lines: BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.split(';').next()).collect();
        let people: BTreeSet<String> = expected.keys().map(ToString::to_string).collect();
        assert_eq!(lines, people.iter().map(String::as_str).collect());
        assert!(text.lines().next().unwrap().contains("Birth name"));
        let own = open(&place, (Some("dpo"), minutes(401), minutes(402)));
        assert!(own.people > 0, "who takes the list has read them");
        let act = own.acts.iter().find(|act| act.what.contains("breach")).unwrap();
        assert!(act.what.contains(&breach.to_string()) && act.recipient == "departement-62/dpo");
    }
}

#[test]
fn what_may_be_opened_and_recorded() {
    for place in every_engine() {
        let new = |actor: Option<&str>, discovered_at, until| NewBreach {
            nature: Nature::Flaw,
            discovered_at,
            actor: actor.map(str::to_owned),
            act: None,
            since: minutes(-60),
            until,
        };
        let open = |new: &NewBreach| dpo(|context| breaches::open(context, &place.served, new));
        for wrong in [
            new(None, minutes(1), None),
            new(None, NOW, Some(minutes(-60))),
            new(Some("nobody"), NOW, None),
            new(Some("nobody@office.example"), NOW, None),
        ] {
            assert!(matches!(open(&wrong), Err(AppError::Value(_))), "{wrong:?}");
        }
        // Nobody was read: the authority is not to be told of this flaw, the partner is.
        let breach = open(&new(None, NOW, None)).unwrap();
        let file = dpo(|context| breaches::show(context, &place.served, breach)).unwrap();
        let to: Vec<&str> = file.summary.owed.iter().map(|owed| owed.deadline.to.code()).collect();
        assert_eq!((file.people, to), (0, vec!["france-travail"]));
        let record = |deed, to: &str, at| {
            dpo(|context| breaches::record(context, &place.served, breach, (deed, to, at)))
        };
        assert!(matches!(record(Deed::Initial, "caf-59", NOW), Err(AppError::Absent(_))));
        assert!(matches!(record(Deed::Initial, "france-travail", minutes(1)), Err(AppError::Value(_))));
        assert!(matches!(record(Deed::Answered, "france-travail", NOW), Err(AppError::State(_))));
        record(Deed::Initial, "france-travail", NOW).unwrap();
        record(Deed::Answered, "france-travail", NOW).unwrap();
        record(Deed::Closed, "", NOW).unwrap();
        assert!(matches!(record(Deed::Complement, "france-travail", NOW), Err(AppError::State(_))));
        // It is in our file, and nobody else's.
        let other = crate::world::act("orientation_officer", "orientation", |context| {
            breaches::show(context, &place.served, breach).map(drop)
        });
        assert!(matches!(other, Err(AppError::Absent(_) | AppError::Gate(_))), "{other:?}");
        let listed = dpo(|context| breaches::list(context, &place.served)).unwrap();
        assert!(listed.iter().all(|one| one.closed_at.is_some() && one.pressing().is_none()));
    }
}
