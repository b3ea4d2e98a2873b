//! Minutes of committees: what they may not say, corrective actions from meeting to meeting, when a committee meets again (annexe 1, art. 3),
//! and when the yearly review is due (art. 5).

use std::collections::BTreeMap;

use jiff::civil::date;
use liant_casework::*;
use liant_convention::Convention;
use liant_model::{Date, Party, Uuid};

use crate::story::place;

fn programme() -> Programme {
    let (holidays, territory) = place();
    let all = Programmes::shipped(&holidays, territory).unwrap();
    all.version(&code("accompagnement-global"), 1).unwrap().clone()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn party(text: &str) -> Party {
    text.parse().unwrap()
}

fn id(nth: u128) -> Uuid {
    Uuid::from_u128(nth)
}

const HELD: Date = date(2026, 11, 3);

fn action(gap: &str, party_of: &str, due: Date) -> Corrective {
    Corrective { action: code("fill-post"), gap: code(gap), party: party(party_of), due }
}

fn said() -> Minutes {
    Minutes {
        held_on: HELD,
        present: [code("agency-director"), code("local-service-head")].into(),
        gaps: [code("entries-late")].into(),
        actions: vec![action("entries-late", "departement-62", date(2026, 12, 15))],
        answers: Vec::new(),
        practices: [code("joint-interviews")].into(),
        alerts: [code("posts-not-filled")].into(),
        next_on: date(2027, 1, 20),
    }
}

fn check(said: &Minutes, last: Option<Date>, open: &[Followed]) -> Vec<MinutesFault> {
    let programme = programme();
    let rules = programme.committees.as_ref().unwrap();
    let committee = rules.committee(&code("operational")).unwrap();
    let before = BeforeMinutes { last, open, today: date(2026, 11, 10) };
    check_minutes(&programme, (rules, committee), said, &before)
}

#[test]
fn minutes_that_are_sound_are_taken() {
    assert_eq!(check(&said(), None, &[]), []);
    assert_eq!(check(&said(), Some(date(2026, 8, 4)), &[]), []);
    // Nothing but who was there and when the next one is.
    let bare =
        Minutes { gaps: [].into(), actions: Vec::new(), practices: [].into(), alerts: [].into(), ..said() };
    assert_eq!(check(&bare, None, &[]), []);
}

#[test]
fn each_fault_of_minutes_is_told() {
    let gone = || code("gone");
    let cases: Vec<(Box<dyn Fn(&mut Minutes)>, MinutesFault)> = vec![
        (Box::new(|said| said.held_on = date(2026, 11, 11)), MinutesFault::NotHeldYet),
        (Box::new(|said| said.held_on = date(2026, 8, 4)), MinutesFault::BeforeLast(date(2026, 8, 4))),
        (Box::new(|said| said.held_on = date(2023, 12, 31)), MinutesFault::BeforeProgramme),
        (Box::new(|said| said.present.clear()), MinutesFault::NobodyPresent),
        (Box::new(|said| said.next_on = HELD), MinutesFault::NextTooEarly),
        // A quarter at most: the same day three months later is the last.
        (Box::new(|said| said.next_on = date(2027, 2, 4)), MinutesFault::NextTooLate(date(2027, 2, 3))),
        (Box::new(move |said| said.present = [gone()].into()), MinutesFault::UnknownCode(gone())),
        (Box::new(move |said| said.practices = [gone()].into()), MinutesFault::UnknownCode(gone())),
        (Box::new(move |said| said.alerts = [gone()].into()), MinutesFault::UnknownCode(gone())),
        (
            Box::new(move |said| {
                said.gaps.insert(gone());
            }),
            MinutesFault::UnknownCode(gone()),
        ),
        (Box::new(move |said| said.actions[0].action = gone()), MinutesFault::UnknownCode(gone())),
        (Box::new(|said| said.gaps.clear()), MinutesFault::GapNotNoted(0)),
        (Box::new(|said| said.actions[0].party = party("caf-62")), MinutesFault::NoSuchParty(0)),
        (Box::new(|said| said.actions[0].due = HELD), MinutesFault::DueTooEarly(0)),
        (
            Box::new(|said| said.actions = vec![said.actions[0].clone(); MOST_ACTIONS + 1]),
            MinutesFault::TooMany,
        ),
    ];
    for (spoil, fault) in cases {
        let mut spoilt = said();
        spoil(&mut spoilt);
        let found = check(&spoilt, Some(date(2026, 8, 4)), &[]);
        assert!(found.contains(&fault), "{fault:?} is not in {found:?}");
    }
    let latest = Minutes { next_on: date(2027, 2, 3), ..said() };
    assert_eq!(check(&latest, None, &[]), []);
}

#[test]
fn each_open_action_has_one_answer() {
    let programme = programme();
    let rules = programme.committees.as_ref().unwrap();
    let open = followed(rules, [(id(1), &said())]);
    let key = open[0].key;
    let answer = |state: &str, reason: Option<&str>| Answered {
        of: key,
        state: code(state),
        reason: reason.map(code),
    };
    let cases = [
        (vec![], Some(MinutesFault::Unanswered(key))),
        (vec![answer("going-on", None)], None),
        (vec![answer("done", None)], None),
        (vec![answer("given-up", Some("no-means"))], None),
        (vec![answer("given-up", None)], Some(MinutesFault::NoReason(key))),
        (vec![answer("given-up", Some("gone"))], Some(MinutesFault::UnknownCode(code("gone")))),
        (vec![answer("done", Some("no-means"))], Some(MinutesFault::IdleReason(key))),
        (vec![answer("gone", None)], Some(MinutesFault::UnknownCode(code("gone")))),
        (vec![answer("done", None), answer("going-on", None)], Some(MinutesFault::NotOpen(key))),
    ];
    for (answers, fault) in cases {
        let next = Minutes { held_on: date(2026, 11, 9), answers: answers.clone(), ..said() };
        let found = check(&next, Some(HELD), &open);
        assert_eq!(found, fault.into_iter().collect::<Vec<_>>(), "{answers:?}");
    }
    let stranger = Answered { of: ActionKey { minutes: id(9), nth: 0 }, ..answer("done", None) };
    let next = Minutes { held_on: date(2026, 11, 9), answers: vec![stranger.clone()], ..said() };
    assert_eq!(
        check(&next, Some(HELD), &[]),
        [MinutesFault::NotOpen(stranger.of)],
        "nothing was decided there"
    );
}

#[test]
fn an_action_is_followed_until_it_is_closed() {
    let programme = programme();
    let rules = programme.committees.as_ref().unwrap();
    let first = Minutes {
        actions: vec![
            action("entries-late", "departement-62", date(2026, 12, 15)),
            action("entries-late", "france-travail", date(2027, 3, 1)),
        ],
        ..said()
    };
    let keys = [0, 1].map(|nth| ActionKey { minutes: id(1), nth });
    let answer = |key: usize, state: &str, reason: Option<&str>| Answered {
        of: keys[key],
        state: code(state),
        reason: reason.map(code),
    };
    let second = Minutes {
        held_on: date(2027, 1, 20),
        actions: Vec::new(),
        answers: vec![answer(0, "going-on", None), answer(1, "given-up", Some("gap-closed"))],
        ..said()
    };
    let third = Minutes { held_on: date(2027, 4, 1), answers: vec![answer(0, "done", None)], ..said() };
    let all = followed(rules, [(id(1), &first)]);
    assert_eq!(all.iter().map(|one| one.key).collect::<Vec<_>>(), keys);
    assert!(all.iter().all(|one| !one.is_closed && one.state == code("going-on") && one.said_on.is_none()));
    for (day, overdue) in
        [("2026-12-15", [false, false]), ("2026-12-16", [true, false]), ("2027-03-02", [true, true])]
    {
        let found: Vec<bool> = all.iter().map(|one| one.is_overdue(day.parse().unwrap())).collect();
        assert_eq!(found, overdue, "{day}");
    }
    let all = followed(rules, [(id(1), &first), (id(2), &second)]);
    assert_eq!((all[0].is_closed, all[1].is_closed), (false, true));
    assert_eq!((all[1].reason.clone(), all[0].said_on), (Some(code("gap-closed")), Some(second.held_on)));
    assert!(
        all[0].is_overdue(date(2027, 2, 1)) && !all[1].is_overdue(date(2028, 1, 1)),
        "closed is never late"
    );
    let all = followed(rules, [(id(1), &first), (id(2), &second), (id(3), &third)]);
    assert_eq!(all.len(), 3, "what the third decides comes after");
    assert!(all[0].is_closed && !all[2].is_closed);
}

#[test]
fn a_committee_meets_within_its_rhythm() {
    let programme = programme();
    let rules = programme.committees.as_ref().unwrap();
    let (local, steering) =
        (rules.committee(&code("operational")).unwrap(), rules.committee(&code("steering")).unwrap());
    assert_eq!(meeting_due(local, None).standing(HELD), MeetingStanding::Never);
    let due = meeting_due(local, Some(&said()));
    assert_eq!((due.planned, due.latest), (Some(date(2027, 1, 20)), Some(date(2027, 2, 3))));
    for (day, standing) in [
        ("2026-11-03", MeetingStanding::Held),
        ("2027-01-04", MeetingStanding::Held),
        // Fifteen days before the day that was planned.
        ("2027-01-05", MeetingStanding::Soon),
        ("2027-02-03", MeetingStanding::Soon),
        ("2027-02-04", MeetingStanding::Late),
    ] {
        assert_eq!(due.standing(day.parse().unwrap()), standing, "{day}");
    }
    // A month is a month: of 30 November, a quarter later is the last day of February.
    let late = Minutes { held_on: date(2026, 11, 30), next_on: date(2027, 2, 28), ..said() };
    assert_eq!(meeting_due(local, Some(&late)).latest, Some(date(2027, 2, 28)));
    assert_eq!(meeting_due(steering, Some(&said())).latest, Some(date(2027, 11, 3)), "once a year");
}

#[test]
fn a_review_is_due_by_the_end_of_june() {
    let programme = programme();
    let rule = programme.committees.as_ref().unwrap().review.as_ref().unwrap();
    let due = review_due(rule, 2026).unwrap();
    assert_eq!((due.by, due.told_from), (date(2027, 6, 30), date(2027, 4, 30)));
    let early = ReviewRule { alert: Some("1 year".parse().unwrap()), ..rule.clone() };
    assert_eq!(
        review_due(&early, 2026).unwrap().told_from,
        date(2027, 1, 1),
        "never before the year is over"
    );
    for (text, is_day) in
        [("06-30", true), ("02-29", false), ("6-30", false), ("13-01", false), ("06-31", false), ("", false)]
    {
        assert_eq!(text.parse::<MonthDay>().is_ok(), is_day, "{text}");
    }
}

#[test]
fn each_party_writes_its_own_lines() {
    let programme = programme();
    let rule = programme.committees.as_ref().unwrap().review.as_ref().unwrap();
    let (ours, theirs) = (party("departement-62"), party("france-travail"));
    let all =
        |party: &Party| rule.lines_of(party).map(|line| (line.id.clone(), 0)).collect::<BTreeMap<_, u32>>();
    assert_eq!(all(&ours).len(), all(&theirs).len() + 1, "mandated structures are the Département's");
    assert_eq!(check_amounts(rule, &ours, &all(&ours)), []);
    assert_eq!(
        check_amounts(rule, &theirs, &all(&ours)),
        [MinutesFault::UnknownLine(code("mandated-structures"))]
    );
    let mut less = all(&ours);
    less.remove(&code("posts"));
    assert_eq!(check_amounts(rule, &ours, &less), [MinutesFault::NoAmount(code("posts"))]);
    for (euros, sound) in [(MOST_EUROS, true), (MOST_EUROS + 1, false)] {
        let mut large = all(&ours);
        large.insert(code("posts"), euros);
        assert_eq!(check_amounts(rule, &ours, &large).is_empty(), sound, "{euros}");
    }
}

#[test]
fn a_paper_is_kept_as_long_as_the_first_clause_to_end_says() {
    let file = |name: &str| {
        let (_, text) = liant_convention::ON_ACCOMPANIMENT.iter().find(|(file, _)| *file == name).unwrap();
        (*text).to_owned()
    };
    let cooperation = file("62-accompagnement-global.toml");
    let shorter = cooperation.replace("keep   = \"5 years\"", "keep   = \"18 months\"");
    let read = |text: &str| Convention::parse("a.toml", text).unwrap();
    let (long, short) = (read(&cooperation), read(&shorter));
    let exchange = read(&file("62-echange-accompagnement-global.toml"));
    assert_eq!(paper_kept_until([&exchange], HELD), None, "it says nothing of papers");
    assert_eq!(paper_kept_until([&exchange, &long], HELD), Some(date(2031, 11, 3)));
    assert_eq!(paper_kept_until([&long, &short], HELD), Some(date(2028, 5, 3)));
}
