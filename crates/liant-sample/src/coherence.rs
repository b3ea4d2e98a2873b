//! Whether histories hold together, person by person.

use crate::calendar::Day;
use crate::history::Phase;
use crate::pecgm::Ending;
use crate::sources::Errors;
use crate::story::StoryKind;
use crate::{World, WorldOptions};
use liant_model::{Date, Nir, Territory};
use std::collections::{HashMap, HashSet};

fn world(people: u32, seed: u64, months: u32) -> World {
    let territory = Territory::parse("62").unwrap();
    World::new(WorldOptions::new(territory, people, seed, Date::constant(2025, 11, 1), months))
}

fn increases(days: impl Iterator<Item = Day>) -> bool {
    let days: Vec<_> = days.collect();
    days.windows(2).all(|pair| pair[0] < pair[1])
}

#[test]
fn spells_never_overlap_and_time_only_goes_forward() {
    for seed in 0..4 {
        let world = world(3_000, seed, 14);
        assert_eq!(world.people(), 3_000);
        for household in &world.households {
            assert!(increases(household.rights.iter().map(|span| span.0)), "{:?}", household.rights);
            assert!(increases(household.residences.iter().map(|home| home.from)));
            assert!(increases(household.situations.iter().map(|situation| situation.0)));
            for pair in household.rights.windows(2) {
                assert!(follows(pair[0].1, pair[1].1), "{pair:?}");
            }
        }
        for person in &world.people {
            assert!(increases(person.registrations.iter().map(|spell| spell.start)));
            for pair in person.registrations.windows(2) {
                let last = pair[0].last_day().expect("a spell that is followed has ended");
                assert!(last < pair[1].start);
            }
            for spell in &person.registrations {
                assert!(spell.last_day().is_none_or(|last| last >= spell.start));
                assert!(increases(spell.statuses.iter().map(|status| status.0)));
                assert!(
                    spell.statuses.iter().all(|status| spell.last_day().is_none_or(|last| status.0 <= last))
                );
            }
            assert!(increases(person.follow_ups.iter().map(|follow_up| follow_up.from)));
            assert!(increases(person.contacts.iter().copied()));
            assert!(increases(person.qualifications.iter().map(|qualification| qualification.from)));
            assert!(increases(person.orientations.iter().map(|orientation| orientation.decided)));
            let known = person.known.as_ref().map(|known| known.since);
            for orientation in &person.orientations {
                assert!(known.is_some_and(|since| since <= orientation.decided));
            }
            for spell in &person.registrations {
                assert!(
                    person.follow_ups.iter().any(|follow_up| follow_up.from == spell.start),
                    "each spell starts with a follow-up"
                );
            }
        }
    }
}

fn follows(before: Phase, after: Phase) -> bool {
    use Phase::{Closed, Payable, PaymentSuspended, Pending, Refused, RightSuspended};
    matches!(
        (before, after),
        (Pending, Payable | Refused)
            | (Refused, Pending)
            | (Payable, RightSuspended(_) | PaymentSuspended(_) | Closed(_))
            | (RightSuspended(_) | PaymentSuspended(_), Payable | Closed(_))
    ) || matches!((before, after), (Closed(reason), Pending) if reason != "MUT")
}

#[test]
fn a_change_of_zone_changes_the_identifiers_and_only_that_does() {
    let world = world(4_000, 3, 12);
    let mut moves = 0;
    for person in &world.people {
        for pair in person.registrations.windows(2) {
            let region = |place: usize| &world.land.agencies[pair[place].agency].region;
            let same = pair[0].identifier == pair[1].identifier;
            assert_eq!(same, region(0) == region(1), "the identifier changes with the zone");
            if pair[0].end.is_some_and(|(_, _, reason)| reason == crate::codes::CHANGE_OF_SITE) {
                assert!(!same);
                assert_eq!(pair[1].start.since(pair[0].last_day().unwrap()), 1);
                moves += 1;
            }
        }
    }
    assert!(moves > 10, "{moves}");
}

#[test]
fn numbers_are_valid_and_nobody_shares_one() {
    let world = world(8_000, 11, 6);
    let mut nirs = HashSet::new();
    let (mut waiting, mut abroad, mut corsica) = (0, 0, 0);
    for person in &world.people {
        let nir = Nir::parse(person.identity.birth.nir(false).as_bytes()).unwrap();
        assert!((1..=97).contains(&nir.key()));
        assert!(nirs.insert(nir));
        let (year, month, _) = person.identity.birth.day.parts();
        assert_eq!(i32::from(nir.year()), year % 100);
        assert_eq!(nir.month().map(u32::from), Some(month));
        waiting += u32::from(person.identity.waiting_until.is_some());
        abroad += u32::from(nir.born_abroad());
        corsica += u32::from(!nir.as_str().as_bytes()[6].is_ascii_digit());
    }
    for child in world.households.iter().flat_map(|household| &household.children) {
        assert!(nirs.insert(Nir::parse(child.identity.birth.nir(false).as_bytes()).unwrap()));
    }
    assert!(waiting > 20 && abroad > 800 && corsica > 20, "{waiting} {abroad} {corsica}");
    let matricules: HashSet<_> = world.households.iter().map(|household| &household.matricule).collect();
    assert_eq!(matricules.len(), world.households.len());
}

#[test]
fn homonyms_are_two_people() {
    let world = world(20_000, 5, 2);
    let mut pairs = 0;
    for line in world.people.iter().filter(|person| matches!(person.kin, Some((crate::kin::Kin::Homonym, _))))
    {
        let other = &world.people[line.kin.unwrap().1.0 as usize];
        let (a, b) = (&line.identity, &other.identity);
        assert_eq!(
            (&a.birth_name, a.first_name(), a.birth.day),
            (&b.birth_name, b.first_name(), b.birth.day)
        );
        assert_ne!(a.birth.nir(false), b.birth.nir(false));
        pairs += 1;
    }
    assert!(pairs >= 5, "{pairs}");
}

#[test]
fn what_a_source_has_wrong_stays_the_same_from_month_to_month() {
    use crate::sources::Habit;
    let world = world(1_500, 2, 8);
    let months: Vec<_> = world.months().collect();
    for person in world.people.iter().filter(|person| person.married.is_none()) {
        let mut before: Option<Vec<&'static str>> = None;
        for month in &months {
            let seen = month.seen(person, Habit::Cnaf, month.last, 0);
            if let Some(notes) = &before {
                assert_eq!(*notes, seen.notes);
            }
            before = Some(seen.notes);
        }
    }
}

#[test]
fn sources_without_errors_are_right() {
    let territory = Territory::parse("971").unwrap();
    let mut options = WorldOptions::new(territory, 500, 9, Date::constant(2026, 1, 15), 3);
    options.errors = Errors::NONE;
    let world = World::new(options);
    let mut truth = Vec::new();
    world.month(2).unwrap().write_truth_csv(&mut truth).unwrap();
    assert!(String::from_utf8(truth).unwrap().lines().skip(1).all(|line| line.ends_with(',')));
}

#[test]
fn every_world_has_something_to_tell() {
    for seed in 0..6 {
        let world = world(60, seed, 6);
        let story = world.story();
        for kind in [
            StoryKind::Homonyms,
            StoryKind::Twins,
            StoryKind::Namesakes,
            StoryKind::Wedding,
            StoryKind::ZoneMove,
        ] {
            let line = story.iter().find(|line| line.kind == kind);
            let line = line.unwrap_or_else(|| panic!("seed {seed} tells nothing of {kind:?}"));
            assert!(!line.people.is_empty() && line.people.len() == line.references.len());
            assert!(!line.references.iter().any(String::is_empty), "{kind:?}");
            assert!(!line.fr.is_empty() && !line.en.is_empty());
        }
        let moved = story.iter().find(|line| line.kind == StoryKind::ZoneMove).unwrap();
        assert!(moved.identifiers.len() >= 2);
    }
    let story = world(5_000, 1, 12).story();
    let mut kinds: HashMap<StoryKind, usize> = HashMap::new();
    for line in &story {
        *kinds.entry(line.kind).or_default() += 1;
    }
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    assert!(kinds.values().all(|count| *count <= 2));
}

#[test]
fn small_worlds_and_every_departement_hold() {
    for code in ["01", "2A", "2B", "95", "971", "988"] {
        for (people, months) in [(0, 1), (1, 1), (2, 1), (9, 0), (40, 2)] {
            let territory = Territory::parse(code).unwrap();
            let start = Date::constant(2026, 12, 31);
            let world = World::new(WorldOptions::new(territory, people, 1, start, months));
            assert_eq!(world.people(), people);
            assert_eq!(world.months().count() as u32, months.max(1));
            for month in world.months() {
                let mut out = Vec::new();
                month.write_pecgm(&mut out, crate::FileOptions::default()).unwrap();
                month.write_rsabem(&mut out, crate::FileOptions::default()).unwrap();
                month.write_cgpem(&mut out, crate::FileOptions::default()).unwrap();
                month.write_truth_csv(&mut out).unwrap();
            }
            world.story();
        }
    }
}

#[test]
fn people_who_leave_the_register_are_seen_once_more_then_gone() {
    let world = world(5_000, 8, 6);
    let months: Vec<_> = world.months().collect();
    let stock = |index: usize| -> HashSet<String> {
        months[index].entries(months[index].last).into_iter().map(|entry| entry.number).collect()
    };
    let (third, fourth) = (stock(2), stock(3));
    let (mut ceased, mut struck_off) = (0, 0);
    for entry in months[2].entries(months[2].last) {
        match entry.spell.end {
            Some((ending, day, _)) if day <= months[2].last => {
                assert!(day >= months[2].first);
                let back = entry.person.registrations.iter().any(|spell| {
                    spell.start > day
                        && spell.start <= months[3].last
                        && spell.identifier == entry.spell.identifier
                });
                assert_eq!(fourth.contains(&entry.number), back);
                if ending == Ending::Cessation { ceased += 1 } else { struck_off += 1 }
            }
            _ => {}
        }
    }
    assert!(ceased > 20 && struck_off > 2, "{ceased} {struck_off}");
    let stayed = third.intersection(&fourth).count();
    assert!(stayed * 100 > third.len() * 80, "most people stay: {stayed} of {}", third.len());
}
