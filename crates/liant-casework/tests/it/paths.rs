//! What no path leads to, whatever is ordered, in whatever order.

use std::collections::{BTreeMap, BTreeSet};

use liant_casework::*;
use proptest::prelude::*;

use crate::oracle::Day;
use crate::story::*;

/// A thing that people try to do: several orders, of which any may be refused.
#[derive(Clone, Debug)]
enum Move {
    Wait(u16),
    Back(u16),
    Consent,
    ConsentBack,
    Propose { rsa: bool, awaits: bool },
    Enter { long: bool, skip: u8 },
    Extend { long: bool, skip: u8 },
    Social { skip: u8 },
    EndSocial { back: bool },
    ExtendSocial,
    End(u8),
    Withdraw,
    Round,
    Work(u16),
    Name { social: bool, who: u8 },
    HandOver { social: bool, from: u8, to: u8 },
    Orient { nature: u8, reason: u8 },
    Follow { skip: u8 },
    Sign,
    Youth,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        6 => (0_u16..200).prop_map(Move::Wait),
        2 => (0_u16..60).prop_map(Move::Back),
        1 => Just(Move::Consent),
        1 => Just(Move::ConsentBack),
        3 => any::<(bool, bool)>().prop_map(|(rsa, awaits)| Move::Propose { rsa, awaits }),
        4 => (any::<bool>(), 0_u8..12).prop_map(|(long, skip)| Move::Enter { long, skip }),
        5 => (any::<bool>(), 0_u8..12).prop_map(|(long, skip)| Move::Extend { long, skip }),
        4 => (0_u8..8).prop_map(|skip| Move::Social { skip }),
        3 => any::<bool>().prop_map(|back| Move::EndSocial { back }),
        3 => Just(Move::ExtendSocial),
        2 => Just(Move::Round),
        2 => (0_u8..3).prop_map(Move::End),
        1 => Just(Move::Withdraw),
        1 => (1_u16..500).prop_map(Move::Work),
        2 => (any::<bool>(), 0_u8..4).prop_map(|(social, who)| Move::Name { social, who }),
        2 => (any::<bool>(), 0_u8..4, 0_u8..4).prop_map(|(social, from, to)| Move::HandOver { social, from, to }),
        3 => (1_u8..8, 0_u8..6).prop_map(|(nature, reason)| Move::Orient { nature, reason }),
        2 => (0_u8..6).prop_map(|skip| Move::Follow { skip }),
        2 => Just(Move::Sign),
        1 => Just(Move::Youth),
    ];
    proptest::collection::vec(one, 1..60)
}

struct Teller {
    story: Story,
    on: Day,
    now: Day,
}

impl Teller {
    /// Gives an order that may be refused.
    fn try_in(&mut self, programme: &str, by: &str, order: Order) {
        self.story.programme = code(programme);
        let on = self.on.date().to_string();
        self.story.now = Some(noon(self.now.date()));
        let _ = self.story.try_order(by, &on, order);
    }

    fn tell(&mut self, one: &Move) {
        match one {
            Move::Wait(days) => {
                self.on = self.on.days_on(i64::from(*days));
                self.now = self.now.max(self.on);
            }
            // What happened before is recorded now.
            Move::Back(days) => self.on = (0..*days).fold(self.on, |day, _| day.before()),
            Move::Consent => self.try_in(GLOBAL, "adviser", consent()),
            Move::ConsentBack => {
                self.try_in(GLOBAL, "adviser", Order::WithdrawConsent { consent: code("transmission") });
            }
            Move::Propose { rsa, awaits } => {
                let met = public(*rsa, *awaits);
                self.try_in(GLOBAL, "adviser", propose("local_service_head", &met));
                self.try_in(GLOBAL, "local_service_head", Order::Accept);
            }
            Move::Enter { long, skip } => self.enter(*long, *skip),
            Move::Extend { long, skip } => {
                for (place, act) in ["review", "interview", "goals"].iter().enumerate() {
                    if usize::from(*skip) != place {
                        self.try_in(GLOBAL, "adviser", done(act));
                    }
                }
                self.try_in(GLOBAL, "social_referent", done("pair-agreement"));
                self.try_in(GLOBAL, "adviser", extend(if *long { "12 months" } else { "6 months" }));
            }
            Move::Social { skip } => self.social(*skip),
            Move::EndSocial { back } => {
                self.try_in(SOCIAL, "adviser", done("re-examination"));
                let next = Some(code(if *back { GLOBAL } else { RSA }));
                self.try_in(SOCIAL, "social_referent", Order::End { exit: code("barriers-lifted"), next });
            }
            Move::ExtendSocial => {
                self.try_in(SOCIAL, "adviser", done("re-examination"));
                self.try_in(SOCIAL, "local_service_head", extend("6 months"));
            }
            Move::End(exit) => {
                self.try_in(GLOBAL, "adviser", done("review"));
                self.try_in(GLOBAL, "adviser", done("interview"));
                let exit = ["training", "left-territory", "difficulties-worse"][usize::from(*exit)];
                self.try_in(GLOBAL, "adviser", end(exit));
            }
            Move::Withdraw => self.try_in(GLOBAL, "adviser", Order::Withdraw),
            Move::Round => self.round(),
            Move::Work(days) => {
                let until = self.on.days_on(i64::from(*days)).date();
                self.try_in(GLOBAL, "adviser", Order::FollowIntoWork { until });
            }
            Move::Name { social, who } => {
                let (by, role_name) = pair(*social);
                self.try_in(GLOBAL, by, Order::Name { role: role(role_name), who: someone((*who).into()) });
            }
            Move::HandOver { social, from, to } => {
                let (by, role_name) = pair(*social);
                let (from, to) = (someone((*from).into()), someone((*to).into()));
                self.try_in(GLOBAL, by, Order::HandOver { role: role(role_name), from, to });
            }
            Move::Orient { nature, reason } => {
                let reasons = [
                    None,
                    Some("no-progress"),
                    Some("other-reason"),
                    Some("life-as-a-couple"),
                    Some("outside-remit"),
                    Some("whim"),
                ];
                let nature = format!("0{nature}").parse().unwrap();
                let reason = reasons[usize::from(*reason)].map(code);
                self.try_in(RSA, "local_service_head", Order::Orient { nature, reason });
            }
            Move::Follow { skip } => self.follow(*skip),
            Move::Sign => {
                for (by, form, who) in
                    [("adviser", "ppae", Some(someone(1))), ("social_referent", "cer", None)]
                {
                    self.try_in(RSA, by, Order::Sign { form: code(form), length: length("6 months"), who });
                }
            }
            Move::Youth => {
                let met = ["aged-16-to-25", "not-in-studies", "not-in-durable-work", "commits"];
                self.try_in(YOUTH, "counsellor", propose("counsellor", &met));
                self.try_in(YOUTH, "counsellor", done("diagnosis"));
                self.try_in(YOUTH, "counsellor", enter(Some("12 months"), &met, &[("counsellor", 6)]));
            }
        }
    }

    fn enter(&mut self, long: bool, skip: u8) {
        if skip != 0 {
            self.try_in(GLOBAL, "adviser", consent());
        }
        self.try_in(GLOBAL, "adviser", propose("local_service_head", SEEKER));
        if skip != 1 {
            self.try_in(GLOBAL, "adviser", done("integration-interview"));
        }
        if skip != 2 {
            self.try_in(
                GLOBAL,
                "local_service_head",
                Order::Name { role: role("social_referent"), who: someone(2) },
            );
        }
        let met = if skip == 3 { &SEEKER[..2] } else { SEEKER };
        let length = if long { "12 months" } else { "6 months" };
        self.try_in(GLOBAL, "adviser", enter(Some(length), met, &[("adviser", 1)]));
    }

    fn social(&mut self, skip: u8) {
        let met = ["job-seeker", "search-blocked", "agrees", "rsa"];
        let mut proposal = proposing("local_service_head", &met);
        proposal.zone = Some(code("trial-east"));
        if skip != 0 {
            proposal.confirmed_by = vec![role("social_referent")];
        }
        self.try_in(SOCIAL, "adviser", Order::Propose(proposal));
        if skip != 1 {
            self.try_in(SOCIAL, "local_service_head", Order::Accept);
        }
        let length = if skip == 2 { "3 months" } else { "6 months" };
        self.try_in(SOCIAL, "local_service_head", enter(Some(length), &met, &[("social_referent", 3)]));
    }

    /// A year of social follow-up, and back.
    fn round(&mut self) {
        self.social(7);
        for _ in 0..2 {
            self.tell(&Move::Wait(180));
            self.tell(&Move::ExtendSocial);
        }
        self.tell(&Move::EndSocial { back: true });
    }

    fn follow(&mut self, skip: u8) {
        self.try_in(RSA, "platform_agent", propose("local_service_head", &["rsa", "no-referent"]));
        for act in ["first-contract", "diagnosis"] {
            self.try_in(RSA, "platform_agent", done(act));
        }
        self.try_in(RSA, "local_service_head", Order::Accept);
        if skip != 0 {
            self.try_in(RSA, "social_referent", done("synthesis-read"));
        }
        self.try_in(
            RSA,
            "local_service_head",
            Order::Name { role: role("social_referent"), who: someone(5) },
        );
        self.try_in(RSA, "social_referent", enter(None, &["rsa"], &[]));
        self.try_in(RSA, "social_referent", done("path-defined"));
    }
}

fn public(rsa: bool, awaits: bool) -> Vec<&'static str> {
    let mut met = SEEKER.to_vec();
    met.extend(rsa.then_some("rsa"));
    met.extend(awaits.then_some("awaits-orientation"));
    met
}

fn pair(social: bool) -> (&'static str, &'static str) {
    if social { ("local_service_head", "social_referent") } else { ("adviser", "adviser") }
}

fn told(moves: &[Move]) -> Story {
    let story = Story::with(PROGRAMMES.with(Clone::clone), GLOBAL);
    let start = Day { year: 2025, month: 1, of_month: 6 };
    let mut teller = Teller { story, on: start, now: start };
    for one in moves {
        teller.tell(one);
    }
    teller.story
}

thread_local! {
    static PROGRAMMES: Programmes = shipped();
}

/// Days in which someone was accompanied, stay by stay, told from the events alone: (first day, days, days before the next).
fn stays(history: &[Event], programme: &str) -> Vec<(i64, i64)> {
    let number = |date| Day::of(date).number();
    let (mut stays, mut since, mut days, mut term) = (Vec::new(), None, 0, None);
    let mut first = 0;
    for event in history.iter().filter(|event| event.programme.as_str() == programme) {
        let on = number(event.on);
        match &event.what {
            Happened::Entered { term: end, .. } => {
                (since, days, term, first) = (Some(on), 0, end.map(number), on);
            }
            Happened::Extended { term: end, .. } => term = Some(number(*end)),
            Happened::Suspended { .. } => days += on - since.take().unwrap(),
            Happened::Resumed { term: end } => (since, term) = (Some(on), end.map(number)),
            Happened::Ended { .. } => {
                days += since.take().map_or(0, |since| on - since);
                stays.push((first, days));
                term = None;
            }
            _ => {}
        }
    }
    // What runs lasts until its term, whatever is recorded later.
    if let (Some(since), Some(term)) = (since, term) {
        stays.push((first, days + term - since));
    }
    stays
}

/// The fewest days that so many months can be.
fn fewest(months: i64) -> i64 {
    let from = (0..48).map(|month| Day { year: 2023, month: 1, of_month: 1 }.months_on(month));
    from.map(|day| day.months_on(months).number() - day.number()).min().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn no_path_leads_where_none_must(moves in moves()) {
        let story = told(&moves);
        let history = &story.history;

        // 19 months of global accompaniment, in one stay or in stays less than a year apart; a job adds six at most.
        let worked = history.iter().any(|event| matches!(event.what, Happened::FollowedIntoWork { .. }));
        let limit = fewest(if worked { 25 } else { 19 });
        let (mut run, mut over) = (0, -100_000);
        for (first, days) in stays(history, GLOBAL) {
            run = if first - over >= 365 { days } else { run + days };
            over = first + days;
            prop_assert!(run < limit, "{run} days of global accompaniment");
        }

        // 25 months of social follow-up in all, 13 in one stay.
        let social = stays(history, SOCIAL);
        prop_assert!(social.iter().map(|(_, days)| days).sum::<i64>() < fewest(25));
        prop_assert!(social.iter().all(|(_, days)| *days < fewest(13)));

        // Two active referents of one kind; an entry without consent; an orientation that changes when it must not.
        let (mut places, mut consents) = (BTreeMap::new(), BTreeSet::new());
        let (mut orientation, mut keeping) = (None, false);
        for event in history {
            match &event.what {
                Happened::Named { place, who, .. } => {
                    let before = places.insert(place.clone(), *who);
                    prop_assert!(before.is_none() || before == Some(*who), "two at {place}");
                }
                Happened::Released { place, .. } => {
                    places.remove(place);
                }
                Happened::ConsentGiven { consent } => {
                    consents.insert(consent.clone());
                }
                Happened::ConsentWithdrawn { consent } => {
                    consents.remove(consent);
                }
                Happened::Sent { .. } | Happened::Entered { .. } | Happened::Relayed { .. } => {
                    let needed = [GLOBAL, SOCIAL].contains(&event.programme.as_str());
                    prop_assert!(!needed || consents.contains(&code("transmission")), "without consent");
                    if let Happened::Entered { keeps_orientation, .. } = &event.what {
                        keeping |= *keeps_orientation;
                    }
                }
                Happened::Suspended { .. } => keeping = false,
                Happened::Ended { .. } if event.programme.as_str() == GLOBAL => keeping = false,
                Happened::Oriented { nature, reason } => {
                    prop_assert_eq!(event.by.as_str(), "local_service_head");
                    prop_assert_eq!(reason.is_some(), orientation.is_some(), "a change has its reason");
                    prop_assert!(!keeping || ["05", "06"].contains(&nature.to_string().as_str()));
                    orientation = Some(*nature);
                }
                _ => {}
            }
        }
        prop_assert_eq!(story.path.orientation.as_ref().map(|held| held.nature), orientation);

        // History is all there is: written, read back and replayed it makes the same path.
        let written = serde_json::to_string(history).unwrap();
        let read: Vec<Event> = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(&read, history);
        prop_assert_eq!(replay(&read), story.path);
    }
}

/// The moves reach what they are about: long stays, suspensions, refusals at the caps.
#[test]
fn the_moves_go_far() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..300 {
        let moves = moves().new_tree(&mut runner).unwrap().current();
        let story = told(&moves);
        for event in &story.history {
            let kind = serde_json::to_value(&event.what).unwrap()["kind"].as_str().unwrap().to_owned();
            *seen.entry(kind).or_default() += 1;
        }
        let longest = stays(&story.history, GLOBAL).iter().map(|(_, days)| *days).max().unwrap_or(0);
        *seen.entry(format!("global over {} months", if longest > 500 { 16 } else { 0 })).or_default() += 1;
        let social: i64 = stays(&story.history, SOCIAL).iter().map(|(_, days)| days).sum();
        *seen.entry(format!("social over {} months", if social > 400 { 13 } else { 0 })).or_default() += 1;
    }
    for kind in [
        "suspended",
        "resumed",
        "extended",
        "oriented",
        "signed",
        "global over 16 months",
        "social over 13 months",
    ] {
        assert!(seen.get(kind).is_some_and(|count| *count >= 5), "{kind}: {seen:?}");
    }
}
