//! Files and questions drawn from seeds.

use liant_convention::{Channel, Reach, UseKind};
use liant_guard::Standing;
use liant_model::{Date, Field, Instant};
use oracle::{Drawn, PARTIES, PROFILES, PURPOSES, Random, SOURCES, USES};

use crate::court::{Alike, CONSENTS, Case, Court, Facts, moment, standings};

/// Questions put to each world.
const QUESTIONS: usize = 80;
/// Fields asked about in each question.
const FIELDS: usize = 5;

/// Decisions compared in each world.
pub(crate) const OF_A_WORLD: usize = QUESTIONS * FIELDS;

/// Who asks, why, by what way, how far, whose people, when.
struct Question {
    who: &'static str,
    purpose: &'static str,
    channel: Channel,
    reach: Reach,
    territory: &'static str,
    now: Instant,
}

impl Question {
    fn drawn(random: &mut Random, days: &[i64]) -> Self {
        let day = drawn_day(random, days);
        Self {
            who: random.one(&PARTIES).unwrap(),
            purpose: random.one(&PURPOSES).unwrap(),
            channel: *random.one(Channel::ALL).unwrap(),
            reach: *random.one(Reach::ALL).unwrap(),
            territory: if random.chance(95) { "62" } else { "59" },
            now: moment(day, random.below(3)),
        }
    }
}

/// A drawn question; every other one is drawn again a few times until something may come out, as most get nothing.
fn apt(random: &mut Random, court: &Court, days: &[i64]) -> Question {
    let mut drawn = Question::drawn(random, days);
    let again = if random.chance(50) { 20 } else { 0 };
    for _ in 0..again {
        let case =
            Case { actor: drawn.who, action: drawn.purpose, territory: drawn.territory, now: drawn.now };
        if !court.reading(case, drawn.channel, drawn.reach, CONSENTS[3]).is_refused() {
            break;
        }
        drawn = Question::drawn(random, days);
    }
    drawn
}

/// Draws a world and questions about it. Answers how many decisions were compared, and how many of them let something out.
fn world(seed: u64, standings: &[Standing]) -> (usize, usize) {
    let mut random = Random::new(seed);
    let court = Court::new(Drawn::new(&mut random).texts);
    // Of each tenth world Cedar goes through every policy; of the others, through those about who asks and why.
    let policies = |actor: &str, action: &str| {
        if seed.is_multiple_of(10) { court.judge.whole().unwrap() } else { court.slice(actor, action) }
    };
    let codes: Vec<&str> = Field::all().map(Field::code).collect();
    let days = court.judge.days();
    let (mut decisions, mut let_out) = (0, 0);
    for _ in 0..QUESTIONS {
        let Question { who, purpose, channel, reach, territory, now } = apt(&mut random, &court, &days);
        let facts: Vec<Facts<'_>> = (0..FIELDS)
            .map(|_| (*random.one(&SOURCES).unwrap(), Alike::of(&[*random.one(&codes).unwrap()])))
            .collect();
        let case = |action| Case { actor: who, action, territory, now };
        match random.below(20) {
            0..=8 => {
                let consents = *random.one(&CONSENTS).unwrap();
                let reading = court.reading(case(purpose), channel, reach, consents);
                let policies = policies(who, purpose);
                for one in &facts {
                    let verdict = reading.holds(&policies, one);
                    reading.is_explained(&verdict, one.0, one.1.code);
                }
                let_out += usize::from(!reading.is_refused());
            }
            9..=13 => {
                let standing = std::slice::from_ref(random.one(standings).unwrap());
                court.seen(&policies(who, purpose), case(purpose), (channel, reach), standing, &facts);
            }
            14..=16 => {
                let way = *random.one(&["file:send", "file:receive"]).unwrap();
                court.passed(&policies(who, way), case(way), random.one(&PROFILES).unwrap(), &facts);
            }
            17 | 18 => {
                let word = *random.one(&USES).unwrap();
                let kind: UseKind = word.parse().unwrap();
                let action = format!("use:{word}");
                court.used(&policies("software", &action), case(&action), kind, &facts);
            }
            _ => {
                let (oversee, wider) = (format!("oversee:{purpose}"), format!("wider:{purpose}"));
                court.overseen(&policies(who, &oversee), case(&oversee), purpose);
                let standing = std::slice::from_ref(random.one(standings).unwrap());
                court.searched(&policies(who, &wider), case(&wider), purpose, standing, &facts);
            }
        }
        decisions += FIELDS;
    }
    (decisions, let_out)
}

/// One of these days, or the one before or after.
pub(crate) fn drawn_day(random: &mut Random, days: &[i64]) -> Date {
    let number = *random.one(days).unwrap();
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    let first = Date::constant(year as i16, month as i8, 1);
    let near = day + random.below(3) as i64 - 2;
    first.checked_add(jiff::Span::new().days(near)).unwrap()
}

/// Runs worlds of seeds and answers how many decisions were compared.
pub(crate) fn worlds(seeds: std::ops::Range<u64>) -> usize {
    let wanted = seeds.clone().count() * OF_A_WORLD;
    let standings = standings();
    let (mut decisions, mut let_out) = (0, 0);
    for seed in seeds {
        let found = world(seed, &standings);
        decisions += found.0;
        let_out += found.1;
    }
    assert!(let_out * 20 > decisions / FIELDS, "too few questions let anything out: {let_out}");
    assert_eq!(decisions, wanted);
    decisions
}

#[test]
fn the_gate_agrees_on_a_hundred_thousand_drawn_decisions() {
    assert!(worlds(0..250) >= 100_000);
}

#[test]
fn the_oracle_denies_what_no_clause_is_about() {
    let court = Court::new(Drawn::new(&mut Random::new(1)).texts);
    let slice = court.slice("nobody/clerk", "orientation");
    assert!(slice.is_empty());
    let asked = oracle::Asked {
        source: "cnaf",
        field: "identity.birth_name",
        ..oracle::Asked::of("nobody/clerk", "orientation", "62", 20_250_701)
    };
    assert!(!slice.answer(&asked).unwrap().is_allowed());
}
